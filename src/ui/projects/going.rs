//! From one project to another. The page begins anew with that; nothing of this one is left unsaved.

use std::cell::Cell;

use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::dialog::Dialog;
use super::super::notices::{Act, Notice};
use super::super::page::Page;
use crate::browser::{clock, memory, storage};
use crate::session::projects::{self, Counts, Entry};
use crate::session::{Saving, Session};
use crate::words;

/// Time between two looks whether all is saved, and how often that is looked at, in ms.
const SOON_MS: u32 = 50;
const TIMES: u32 = 100;

thread_local! {
    /// Whether the open project is being left.
    static IS_LEAVING: Cell<bool> = const { Cell::new(false) };
}

/// By this name a window knows after it began anew which project was put by before.
const PUT_BY: &str = "put-by";

/// Waits until all that was done in the open project is in its store.
///
/// # Errors
/// Where that does not come, in a sentence.
pub(super) async fn saved(session: Session, page: Page) -> Result<(), String> {
    for _ in 0..TIMES {
        page.note.save();
        let is_off = session
            .saving
            .with_untracked(|saving| matches!(saving, Saving::Off(_)));
        let is_at_risk = if is_off {
            // Nothing is kept, whatever is done: only what would be lost counts.
            page.is_at_risk(session)
        } else {
            session.saving.with_untracked(Saving::at_risk) || session.ready().is_err()
        };
        if !is_at_risk && !page.note.is_unsaved() {
            return Ok(());
        }
        TimeoutFuture::new(SOON_MS).await;
    }
    Err(words::projects::NOT_SAVED.into())
}

/// Opens another project as soon as all of this one is saved; says so where that does not come.
pub(super) fn go_to(session: Session, page: Page, name: String) {
    spawn_local(async move {
        match saved(session, page).await {
            Ok(()) => {
                // The list says how much there is in projects that are not open. Where that can't be
                // kept, it says what it was.
                let _ = count(session).await;
                projects::go_to(&name);
            }
            Err(reason) => session.say(&reason),
        }
    });
}

/// Leaves the open project, which was put by, for the one that was opened before; where there is none
/// left, for a new one.
pub(in crate::ui) fn leave(session: Session, page: Page) {
    // The window that puts a project by hears of that like the others.
    if IS_LEAVING.replace(true) {
        return;
    }
    spawn_local(async move {
        if let Err(reason) = next(session, page).await {
            IS_LEAVING.set(false);
            session.say(&words::history::failed(&reason));
        }
    });
}

async fn next(session: Session, page: Page) -> Result<(), String> {
    let now = clock::now();
    let all = projects::list(now).await?;
    if let Some(open) = all
        .iter()
        .find(|entry| entry.is_open())
        .filter(|own| !own.is_sample)
    {
        let told = format!("{} {}", open.database, open.shown_title());
        memory::remember_in_window(PUT_BY, Some(&told));
    }
    let is_there = |entry: &&Entry| entry.deleted.is_none() && !entry.is_open();
    let name = match all.iter().find(is_there) {
        Some(next) => next.database.clone(),
        None => session.new_project(String::new(), true).await?,
    };
    go_to(session, page, name);
    Ok(())
}

/// Throws the sample away, which is open. What somebody has done in it goes into the bin like any
/// project.
pub(in crate::ui) fn throw_away(session: Session, page: Page) {
    spawn_local(async move {
        let (name, now) = (storage::name(), clock::now());
        let put_by = if session.undo_label.with_untracked(Option::is_some) {
            projects::put_by(&name, now).await
        } else {
            projects::throw_away(&name, now).await
        };
        match put_by {
            Ok(()) => leave(session, page),
            Err(reason) => session.say(&words::history::failed(&reason)),
        }
    });
}

/// Takes note that the project is open, and tells what has become of it or of the one before. From
/// then on it is left where another window puts it by.
///
/// # Errors
/// Why it could not be listed, in the browser's words.
pub(in crate::ui) async fn follow(session: Session, page: Page) -> Result<(), String> {
    projects::when_put_by(move || leave(session, page));
    let now = clock::now();
    let open = projects::change(&storage::name(), now, |entry| entry.opened = now).await?;
    if open.deleted.is_some() {
        let back = move || {
            spawn_local(async {
                // Where that fails it is told again.
                let _ = projects::put_back(&storage::name(), clock::now()).await;
            });
        };
        page.notices.tell(Notice {
            name: "in-bin",
            words: words::projects::IN_BIN.into(),
            acts: vec![
                Act::new(words::projects::TAKE_OUT, back),
                Act::new(words::projects::SHOW, move || page.open(Dialog::Projects)),
            ],
        });
    }
    if let Some(told) = memory::window_remembered(PUT_BY) {
        memory::remember_in_window(PUT_BY, None);
        let (name, title) = told.split_once(' ').unwrap_or((&told, ""));
        let name = name.to_owned();
        let back = move || {
            let name = name.clone();
            spawn_local(async move {
                match projects::put_back(&name, clock::now()).await {
                    Ok(()) => go_to(session, page, name),
                    Err(reason) => session.say(&words::history::failed(&reason)),
                }
            });
        };
        page.notices.tell(Notice {
            name: "put-by",
            words: words::projects::put_by(title),
            acts: vec![
                Act::new(words::projects::TAKE_OUT, back),
                Act::new(words::common::UNDERSTOOD, || ()),
            ],
        });
    }
    for thrown in projects::list(now).await? {
        if thrown.is_sample && thrown.deleted.is_some() && !thrown.is_open() {
            projects::erase(&thrown.database).await?;
        }
    }
    Ok(())
}

/// How much there is in the open project.
pub(super) fn counts(session: Session) -> Counts {
    session.with(|project| Counts {
        documents: project.live_documents().count(),
        marks: project.records().filter(|own| !own.deleted).count(),
    })
}

/// Keeps how much there is in the open project, for the list.
///
/// # Errors
/// Why it could not be kept, in the browser's words.
pub(in crate::ui) async fn count(session: Session) -> Result<(), String> {
    let counts = counts(session);
    let is_new = |entry: &mut Entry| entry.counts = counts;
    projects::change(&storage::name(), clock::now(), is_new)
        .await
        .map(|_| ())
}
