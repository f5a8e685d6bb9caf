//! Passages that do not stand where they say, and so have to be looked for in the worker.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Session;
use crate::anchor::Resolution;
use crate::annotation::Annotation;
use crate::engine::Event;
use crate::job;
use crate::project::Filter;
use crate::text::Digest;

impl Session {
    /// Has the passages of the open document be looked for that have no place yet. Most often
    /// there are none; then the worker is not even fetched.
    pub(super) fn seek(&self) {
        let document = self.document.get_untracked();
        // In a text that is still being read there is nothing to look for.
        if !self.is_current() {
            return;
        }
        let some = self.with(|project| !project.shelf(document.id, Filter::Unsought).is_empty());
        if some && self.is_halted(&document.digest) {
            return;
        }
        // It was stopped in another text, or there is nothing left to look for.
        if self.halted.with_untracked(Option::is_some) {
            self.update(|state| state.halted = None);
            self.halted.set(None);
        }
        if some && !self.seeking.get_untracked() {
            self.seeking.set(true);
        }
    }

    /// Looks for them: what [`Session::seeking`] asks for.
    pub fn seek_in_worker(self) {
        let document = self.document.get_untracked();
        let digest = document.digest.clone();
        let unsought: Vec<Arc<Annotation>> =
            self.with(|project| project.unsought(document.id).cloned().collect());
        // Another text may have been opened since.
        if unsought.is_empty() {
            self.seeking.set(false);
            return;
        }
        let session = self;
        spawn_local(async move {
            let question = job::ask_to_resolve(&document, &unsought);
            let answer = session.ask("Looking for passages", question, None).await;
            let found = answer.and_then(|(_, bytes)| job::places(&bytes));
            let found = match found {
                Ok(found) => found,
                // It is not tried again by itself: each change would only say so once more.
                Err(failure) => {
                    let stopped =
                        "You have stopped looking for passages, so some marks have no place yet.";
                    session.halt(digest, failure.words().as_deref().unwrap_or(stopped));
                    return;
                }
            };
            // In the order in which they were asked for.
            let mut found = found.into_iter().peekable();
            let found = unsought.into_iter().map(|asked| {
                let answer = found.next_if(|(id, _)| *id == asked.id);
                // One without an answer is not asked for over and over.
                let unknown = Resolution::Uncertain(Vec::new());
                (asked, answer.map_or(unknown, |(_, place)| place))
            });
            session.handle(Event::Found(document.id, digest, found.collect()));
        });
    }

    /// What was found is taken over.
    pub(super) fn end_seeking(&self) {
        self.seeking.set(false);
        self.publish_rows();
        self.marks.notify();
    }

    /// Whether passages are no longer looked for in a text.
    pub(super) fn is_halted(&self, text: &Digest) -> bool {
        self.state
            .with_value(|state| state.halted.as_ref() == Some(text))
    }

    /// Looks no longer for the passages of a text, and says why.
    pub(super) fn halt(&self, text: Digest, reason: &str) {
        self.update(|state| state.halted = Some(text));
        self.wake();
        self.halted.set(Some(reason.into()));
        self.seeking.set(false);
        // Another text may have been opened meanwhile.
        self.seek();
    }

    /// Does not look for them, since what does is not here, and says so.
    pub fn seek_nowhere(&self, reason: &str) {
        let digest = self
            .document
            .with_untracked(|document| document.digest.clone());
        self.halt(digest, reason);
    }

    /// Looks again for passages, after that was stopped or failed.
    pub fn seek_again(&self) {
        self.update(|state| state.halted = None);
        self.show(self.wanted());
        self.seek();
    }
}
