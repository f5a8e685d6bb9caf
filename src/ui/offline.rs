//! Has the page kept on this machine, offers a new version of it, and takes files that the system
//! opens with it. The page works without any of this.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::door;
use super::notices::{Act, Notice};
use super::page::Page;
use crate::browser::offline::{self, Registration, Taking};
use crate::browser::{self, clock, file, memory};
use crate::session::Session;
use crate::words;

/// Time that a page that is open goes without looking for a new version, in ms.
const CHECK_MS: i64 = 3_600_000;

/// That the page needs no network is said once, when that goes.
const TOLD: &str = "told of offline";

/// Begins with all of it.
pub(super) fn begin(session: Session, page: Page) {
    file::when_opened_with(move |files| door::take_dropped(session, page, files, Vec::new()));
    let gone = move |_| spawn_local(tell_of_offline(page));
    window_event_listener_untyped("offline", gone);
    window_event_listener_untyped("online", move |_| page.notices.dismiss("offline"));
    spawn_local(async move {
        // Not in the way of what a visit begins with.
        browser::rest().await;
        match Registration::new().await {
            Some(Ok(registration)) => follow(session, page, registration),
            Some(Err(reason)) => {
                leptos::logging::log!("Themark is not kept for use without the network: {reason}");
            }
            None => {}
        }
    });
}

async fn tell_of_offline(page: Page) {
    let is_here = || browser::window().navigator().on_line();
    if !offline::is_kept().await || is_here() || memory::remembered(TOLD).is_some() {
        return;
    }
    page.notices.tell(Notice {
        name: "offline",
        words: words::notices::NO_NETWORK.into(),
        acts: vec![Act::new(words::common::UNDERSTOOD, || {
            memory::remember(TOLD, "1")
        })],
    });
}

/// Offers a new version when there is one.
fn follow(session: Session, page: Page, registration: Registration) {
    offer(session, page, &registration);
    let own = registration.clone();
    registration.follow(move || offer(session, page, &own));
    // A page that is open for days looks when it is looked at.
    let looked = Rc::new(Cell::new(clock::now().0));
    window_event_listener_untyped("visibilitychange", move |_| {
        let now = clock::now().0;
        if browser::document().hidden() || now - looked.get() < CHECK_MS {
            return;
        }
        looked.set(now);
        let registration = registration.clone();
        spawn_local(async move { registration.check_for_update().await });
    });
}

/// Offers a version until it is taken or put off.
fn offer(session: Session, page: Page, registration: &Registration) {
    if !registration.has_new() {
        return;
    }
    let registration = registration.clone();
    let take = move |words: RwSignal<String>| {
        if page.is_at_risk(session) {
            words.set(words::notices::NEW_ONCE_SAVED.into());
            return;
        }
        let registration = registration.clone();
        spawn_local(async move {
            let why = match registration.take().await {
                Ok(Taking::Reloads) => return,
                Ok(Taking::NotAlone) => words::notices::NEW_NOT_ALONE.into(),
                Err(reason) => words::notices::new_failed(&reason),
            };
            // It may have been put off meanwhile.
            words.try_set(why);
        });
    };
    page.notices.tell(Notice {
        name: "update",
        words: words::notices::NEW_VERSION.into(),
        acts: vec![
            Act {
                label: words::notices::RELOAD,
                act: Box::new(take),
                stays: true,
            },
            Act::new(words::common::LATER, || ()),
        ],
    });
}
