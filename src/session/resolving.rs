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
use crate::words;

impl Session {
    /// Has the passages of the open document be looked for that have no place yet. Most often
    /// there are none; then the worker is not even fetched.
    pub(super) fn resolve(&self) {
        let document = self.document.get_untracked();
        // In a text that is still being read there is nothing to look for.
        if !self.is_current() {
            return;
        }
        let some =
            self.with(|project| !project.index(document.id(), Filter::Unresolved).is_empty());
        if some && self.is_paused(&document.digest) {
            return;
        }
        // It was stopped in another text, or there is nothing left to look for.
        if self.paused.with_untracked(Option::is_some) {
            self.update(|state| state.paused = None);
            self.paused.set(None);
        }
        if some && !self.resolving.get_untracked() {
            self.resolving.set(true);
        }
    }

    /// Looks for them: what [`Session::resolving`] asks for.
    pub fn resolve_in_worker(self) {
        let document = self.document.get_untracked();
        let digest = document.digest.clone();
        let unresolved: Vec<Arc<Annotation>> =
            self.with(|project| project.unresolved(document.id()).cloned().collect());
        // Another text may have been opened since.
        if unresolved.is_empty() {
            self.resolving.set(false);
            return;
        }
        let session = self;
        spawn_local(async move {
            let question = job::ask_to_resolve(&document, &unresolved);
            let answer = session.ask(words::work::LOOKING, question, None).await;
            let found = answer.and_then(|(_, bytes)| job::places(&bytes));
            let found = match found {
                Ok(found) => found,
                // It is not tried again by itself: each change would only say so once more.
                Err(failure) => {
                    let stopped = words::said::LOOKING_STOPPED;
                    session.pause(digest, failure.words().as_deref().unwrap_or(stopped));
                    return;
                }
            };
            // In the order in which they were asked for.
            let mut found = found.into_iter().peekable();
            let found = unresolved.into_iter().map(|asked| {
                let answer = found.next_if(|(id, _)| *id == asked.id);
                // One without an answer is not asked for over and over.
                let unknown = Resolution::Uncertain(Vec::new());
                (asked, answer.map_or(unknown, |(_, place)| place))
            });
            session.handle(Event::Found(document.id(), digest, found.collect()));
        });
    }

    /// What was found is taken over.
    pub(super) fn end_resolving(&self) {
        self.resolving.set(false);
        self.publish_rows();
        self.marks.notify();
    }

    /// Whether passages are no longer looked for in a text.
    pub(super) fn is_paused(&self, text: &Digest) -> bool {
        self.state
            .with_value(|state| state.paused.as_ref() == Some(text))
    }

    /// Looks no longer for the passages of a text, and says why.
    pub(super) fn pause(&self, text: Digest, reason: &str) {
        self.update(|state| state.paused = Some(text));
        self.wake();
        self.paused.set(Some(reason.into()));
        self.resolving.set(false);
        // Another text may have been opened meanwhile.
        self.resolve();
    }

    /// Does not look for them, since what does is not here, and says so.
    pub fn resolve_nowhere(&self, reason: &str) {
        let digest = self
            .document
            .with_untracked(|document| document.digest.clone());
        self.pause(digest, reason);
    }

    /// Looks again for passages, after that was stopped or failed.
    pub fn resolve_again(&self) {
        self.update(|state| state.paused = None);
        self.show(self.wanted());
        self.resolve();
    }
}
