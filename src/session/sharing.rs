//! The same project in several pages: each takes in what the others have appended to the
//! journal.
//!
//! The journal's order is the order of changes, for all pages. What this page has done and not
//! yet seen written is withdrawn, what others did is applied, and its own is done again: so every
//! page that has read the same lines holds the same.

use std::sync::Arc;

use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;

use super::long::Task;
use super::{SOON, Saving, Session, State};
use crate::browser::storage::{Lines, Store};
use crate::browser::{self, clock};
use crate::journal::{Record, Sum, Taken};
use crate::project::{Change, Origin, Project, Touched, Transaction};

/// How long the journal is read at a stretch, in ms: a short one to its end, so that its marks
/// are painted once.
const STRETCH: i64 = 30;

/// What tells a page that it is left.
const LEFT: &str = "pagehide";

/// That, and what tells it that it may have missed something: it was not seen.
const COMING_AND_GOING: [&str; 3] = [LEFT, "visibilitychange", "pageshow"];

impl State {
    /// Whether there is something to write or to read, and a store to do it with.
    pub(super) fn has_to_write(&self) -> bool {
        self.store.is_some() && (self.behind || !self.backlog.is_empty())
    }
}

impl Session {
    /// Takes in what other pages append to the store, from now on.
    pub(super) fn follow(&self, store: &Store) {
        let session = *self;
        store.listen(move || session.catch_up());
        for event in COMING_AND_GOING {
            // It lasts as long as the page.
            let _ = window_event_listener_untyped(event, move |event| {
                // One that is left may be put by as it is, in the middle of its reading or
                // writing: in WebKit nobody else could write then.
                if event.type_() == LEFT {
                    session.state.with_value(|state| match &state.store {
                        Some(store) if state.writing => store.leave(),
                        _ => {}
                    });
                } else if !browser::document().hidden() {
                    session.catch_up();
                }
            });
        }
    }

    /// Looks whether other pages have appended something. Where this one could not, that is
    /// done with what it tries next.
    pub(super) fn catch_up(&self) {
        self.update(|state| state.behind = true);
        if !matches!(self.saving.get_untracked(), Saving::Failed(_)) {
            self.write_on();
        }
    }

    /// Takes lines of the journal in, whole transactions only, and as steps of history where
    /// they are this page's past. One that can't be read is kept aside, never overwritten.
    pub(super) async fn take_in(&self, lines: &mut Lines, past: bool) -> Touched {
        let mut touched = Touched::default();
        let mut end = clock::now().0 + STRETCH;
        let mut pauses = 0_u32;
        // What was done of the transaction that is being read, and what a reversal says: it tells
        // what it reversed.
        let (mut changes, mut reversed) = (Vec::new(), Vec::new());
        let mut count = lines.len();
        for number in 0.. {
            while number == count && lines.more().await {
                count = lines.len();
            }
            if number == count {
                break;
            }
            if clock::now().0 >= end {
                pauses += 1;
                // Ever more seldom: it takes its time from the reading.
                if pauses.is_power_of_two() && self.shows_what_is_read() {
                    self.marks.notify();
                }
                browser::pause().await;
                end = clock::now().0 + STRETCH;
            }
            let Taken { torn, record } = self.update(|state| state.reader.take(&lines.get(number)));
            if torn {
                self.take_out(std::mem::take(&mut changes)).await;
                reversed.clear();
            }
            let Some(Record {
                transaction, part, ..
            }) = record
            else {
                continue;
            };
            let applied = self.alter(|project| project.apply(&transaction));
            touched.codebook |= applied.touched.codebook;
            touched.documents.extend(applied.touched.documents);
            changes.extend(applied.changes);
            let Transaction {
                label,
                origin,
                edits,
                ..
            } = transaction;
            if origin != Origin::Person {
                reversed.extend(edits);
            }
            if part.is_last() {
                let changes = Arc::new(std::mem::take(&mut changes));
                if past {
                    self.update(|state| {
                        state
                            .history
                            .record(&label, origin, changes, Some(&reversed));
                    });
                }
                reversed.clear();
            }
        }
        let torn = self.update(|state| state.reader.end());
        if torn {
            self.take_out(changes).await;
        }
        let unread = self.update(|state| state.reader.left_out());
        // What is cut off is not damaged.
        if lines.failure.is_some() {
            return touched;
        }
        if self.state.with_value(|state| state.reader.gaps() > 0) {
            self.missing.set(true);
        }
        if !unread.is_empty() {
            self.unread.update(|known| {
                for number in unread {
                    known.push(lines.get(number));
                }
            });
        }
        touched
    }

    /// Whether the journal is still being read, and the text that is shown is the one in it, not
    /// an earlier version.
    fn shows_what_is_read(&self) -> bool {
        let shown = self.document.get_untracked();
        let is_current = |project: &Project| {
            let own = project.document(shown.id);
            own.is_some_and(|own| Arc::ptr_eq(own, &shown))
        };
        self.saving.with_untracked(Saving::is_loading) && self.with(is_current)
    }

    /// Takes out what was done of a transaction that is not all there. What of it has to be shown
    /// was told when it was done.
    async fn take_out(&self, changes: Vec<Change>) {
        self.go_through(Task::Withdraw(changes.into())).await;
    }

    /// Has nothing more written where a newer program has written; whether that is so.
    pub(super) fn gives_way(&self) -> bool {
        let is_newer = self.state.with_value(|state| state.reader.is_newer());
        if is_newer {
            self.update(|state| state.store = None);
            let reason = "it was written by a newer version of Themark; reload to get that";
            self.saving.set(Saving::Off(reason.into()));
        }
        is_newer
    }

    /// Takes in what others have appended before the first `written` of the steps that are on
    /// their way, which are in the store now, the last of them with a checksum.
    pub(super) async fn merge(&self, mut others: Lines, written: usize, last: Option<Sum>) {
        if !others.is_empty() {
            while self.state.with_value(|state| state.carrying) {
                TimeoutFuture::new(SOON).await;
            }
            // No change must come between.
            let backlog = self.update(|state| {
                state.carrying = true;
                state.backlog.clone()
            });
            let mut touched = Touched::default();
            for entry in backlog.iter().rev() {
                let without = self.go_through(Task::Withdraw(entry.changes.clone())).await;
                touched.add(without.touched);
            }
            touched.add(self.take_in(&mut others, false).await);
            for (number, entry) in backlog.iter().enumerate() {
                let edits = entry.changes.iter().map(|change| change.now().into_owned());
                let again = self.go_through(Task::Make(edits.collect())).await;
                touched.add(again.touched);
                let changes = Arc::new(again.changes);
                self.update(|state| {
                    state.history.renew(&entry.changes, &changes);
                    state.backlog[number].changes = changes;
                });
            }
            self.update(|state| state.carrying = false);
            self.publish(&touched);
        }
        self.update(|state| {
            state.backlog.drain(..written);
            if let Some(last) = last {
                state.reader.wrote(last);
            }
        });
    }
}
