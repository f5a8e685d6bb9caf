//! Passages that did not stand where they say and were looked for: where each was found.

use std::sync::Arc;
use std::vec::IntoIter;

use super::{Effect, Engine};
use crate::anchor::Resolution;
use crate::annotation::Annotation;
use crate::document::DocumentId;
use crate::text::Digest;

/// What was found, and is still to be taken over.
#[derive(Debug)]
pub(super) struct Found {
    document: DocumentId,
    /// The text in which it was looked for.
    text: Digest,
    rest: IntoIter<(Arc<Annotation>, Resolution)>,
}

impl Engine {
    pub(super) fn take_found(
        &mut self,
        document: DocumentId,
        text: Digest,
        found: Vec<(Arc<Annotation>, Resolution)>,
    ) {
        self.found = Some(Found {
            document,
            text,
            rest: found.into_iter(),
        });
        self.effects.push(Effect::Run);
    }

    /// Takes over the next of them.
    pub(super) fn take_some_found(&mut self) {
        let Some(mut found) = self.found.take() else {
            return;
        };
        let mut moved = Vec::new();
        let is_current = self
            .project
            .document(found.document)
            .is_some_and(|own| own.digest == found.text);
        for (asked, place) in found.rest.by_ref().take(self.batch) {
            let own = self.project.annotation(asked.id);
            // Where it was pointed elsewhere meanwhile, or the text has changed, the answer says
            // nothing.
            if is_current && own.is_some_and(|own| own.annotation.target == asked.target) {
                moved.extend(self.project.resolve(asked.id, place));
            }
        }
        if !moved.is_empty() {
            self.effects.push(Effect::Moved(moved));
        }
        if found.rest.len() > 0 {
            self.found = Some(found);
        } else {
            self.effects.push(Effect::Resolved);
        }
    }
}
