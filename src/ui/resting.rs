//! While the page rests: lists the project, has the journal copied and a snapshot of it made, tells of work that is
//! gone and of copies that fail, warns before the room is full, and reminds of downloading. The page
//! works without any of this.

use std::cell::Cell;
use std::rc::Rc;

use gloo::timers::callback::{Interval, Timeout};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::dialog::Dialog;
use super::notices::{Act, Notice};
use super::page::Page;
use super::{arrivals, modal, offline, projects, texts};
use crate::browser::storage::key_of_project;
use crate::browser::{self, clock, database, memory, room};
use crate::journal::copies::Copy;
use crate::session::copying::{Copies, Found, look_after};
use crate::session::{Session, snapshot};
use crate::time::Timestamp;
use crate::words;

/// Time after the beginning of a visit at which it is first looked whether there is something to
/// copy, and from one such look to the next, in ms. It is asked each minute whether it is time:
/// clocks and idle pages are late.
const FIRST_COPY_MS: u32 = 1_000;
const COPY_MS: u32 = 600_000;
const MINUTE: u32 = 60_000;

const DAY: i64 = 86_400_000;

/// Time without a download after which that is spoken of, in ms.
const NO_DOWNLOAD_MS: i64 = 7 * DAY;

/// Share of the room that the browser gives which is nearly all of it, in percent.
const NEARLY_FULL_PERCENT: i64 = 90;

/// Since when copies fail, in ms since 1970, and why.
pub(super) const FAILING: &str = "failing";
/// When a person was last reminded of downloading, in ms since 1970.
const REMINDED: &str = "reminded";

/// Begins with all of it. The page in one file has a browser's storage of its own only by chance,
/// and nothing that could keep it.
pub(super) fn begin(session: Session, page: Page) {
    if browser::has_failed() {
        return;
    }
    database::follow_page();
    modal::spare_what_is_behind();
    texts::follow_dialogs(page);
    if !browser::is_hosted() {
        return;
    }
    arrivals::take(session, page);
    offline::begin(session, page);
    let looked = Rc::new(Cell::new(None::<i64>));
    let look = Rc::new(move || {
        if browser::has_failed() {
            return;
        }
        let now = clock::now().0;
        let is_new = looked
            .get()
            .is_some_and(|at| (now - at).abs() < i64::from(COPY_MS));
        // One that is left must not be at it: see the program's own reading of others' changes.
        if browser::document().hidden() || is_new {
            return;
        }
        looked.set(Some(now));
        spawn_local(look(session, page));
    });
    spawn_local(async move {
        let noted = database::unless_left(projects::follow(session, page));
        if let Err(reason) = noted.await {
            leptos::logging::log!("The project was not listed: {reason}");
        }
    });
    let soon = look.clone();
    Timeout::new(FIRST_COPY_MS, move || soon()).forget();
    let seen = look.clone();
    window_event_listener_untyped("visibilitychange", move |_| seen());
    // Also of a page that is never left.
    Interval::new(MINUTE, move || look()).forget();
}

async fn look(session: Session, page: Page) {
    browser::rest().await;
    let now = clock::now();
    let mut found = Found::default();
    let looked = database::unless_left(look_after(&mut found, now)).await;
    tell_of_failing(session, page, looked.err(), now);
    if let Some(lost) = &found.lost {
        tell_of_lost(page, lost);
    }
    tell_of_room(session, page).await;
    if session.ready().is_ok()
        && let Err(reason) = database::unless_left(projects::count(session)).await
    {
        leptos::logging::log!("The project was not counted: {reason}");
    }
    remind(session, page, &found, now);
    if let Err(reason) = database::unless_left(snapshot::refresh(&session.began())).await {
        leptos::logging::log!("No snapshot was kept: {reason}");
    }
}

fn download(session: Session) -> Act {
    Act::new(words::common::DOWNLOAD_JSON, move || session.download())
}

/// Takes note since when copying fails, and why, for the dialog as well.
fn tell_of_failing(session: Session, page: Page, failed: Option<String>, now: Timestamp) {
    let Some(reason) = failed else {
        memory::forget(&key_of_project(FAILING));
        page.notices.dismiss(FAILING);
        return;
    };
    let since = failing().map_or(now.0, |(since, _)| since.0);
    memory::remember(&key_of_project(FAILING), &format!("{since} {reason}"));
    if now.0 - since < DAY {
        return;
    }
    page.notices.tell(Notice {
        name: FAILING,
        words: words::notices::no_copies(&reason),
        acts: vec![download(session), Act::new(words::common::LATER, || ())],
    });
}

/// Since when copies fail, and why; nothing where they don't.
pub(super) fn failing() -> Option<(Timestamp, String)> {
    let told = memory::remembered(&key_of_project(FAILING))?;
    let (since, reason) = told.split_once(' ')?;
    Some((Timestamp(since.parse().ok()?), reason.to_owned()))
}

/// Tells of work that is gone until somebody has seen it, whatever has been done since.
fn tell_of_lost(page: Page, lost: &Copy) {
    let first = lost.first;
    let seen = move || {
        spawn_local(async move {
            // Where that fails it is told again.
            let known = async { Copies::open().await?.know(first).await };
            let _ = database::unless_left(known).await;
        });
    };
    let show = move || {
        seen();
        page.dialog.set(Dialog::History(None));
    };
    page.notices.tell(Notice {
        name: "lost",
        words: words::notices::work_gone(&lost.day),
        acts: vec![
            Act::new(words::notices::SHOW_COPIES, show),
            Act::new(words::common::UNDERSTOOD, seen),
        ],
    });
}

async fn tell_of_room(session: Session, page: Page) {
    let Some(room) = room::estimate().await else {
        return;
    };
    let share = room.used.saturating_mul(100) / room.all;
    if share <= NEARLY_FULL_PERCENT {
        return;
    }
    page.notices.tell(Notice {
        name: "room",
        words: words::notices::nearly_full(share),
        acts: vec![download(session), Act::new(words::common::LATER, || ())],
    });
}

fn remind(session: Session, page: Page, found: &Found, now: Timestamp) {
    let Some(first) = found.first else { return };
    let reminded = memory::remembered(&key_of_project(REMINDED)).and_then(|at| at.parse().ok());
    let reminded = reminded.map(Timestamp);
    let since = first.max(reminded.max(found.downloaded).unwrap_or(first));
    let is_new = found.last > found.downloaded;
    if !is_new || now.0 - since.0 <= NO_DOWNLOAD_MS {
        return;
    }
    let later = move || memory::remember(&key_of_project(REMINDED), &now.0.to_string());
    page.notices.tell(Notice {
        name: "remind",
        words: words::notices::NOT_DOWNLOADED.into(),
        acts: vec![download(session), Act::new(words::notices::NOT_NOW, later)],
    });
}
