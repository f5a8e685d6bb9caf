//! Texts that come while others are there: whether they are known, and other versions of what documents
//! say.

use std::sync::Arc;

use leptos::prelude::*;

use super::Session;
use crate::browser::clock;
use crate::document::{Document, DocumentId};
use crate::engine::Event;
use crate::job::{self, Failure, NewText};
use crate::project::Edit;
use crate::reading::Reading;
use crate::recognition::{self, Coming, Recognition};
use crate::replace::Plan;
use crate::text::Digest;
use crate::words;

/// What putting another version in a document's place would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Replacement {
    /// The document.
    pub document: DocumentId,
    /// The text that this was planned on.
    pub on: Digest,
    /// What it would do.
    pub plan: Arc<Plan>,
}

impl Session {
    /// What a text that comes is to the project; `file` is what its file is called.
    #[must_use]
    pub fn recognize(&self, file: &str, reading: &Reading) -> Recognition {
        let coming = Coming {
            digest: &reading.version.digest,
            file,
            address: &reading.about.source,
        };
        self.with(|project| recognition::recognize(project, coming))
    }

    /// What putting another version in the place of a document's text would do.
    ///
    /// # Errors
    /// When there is none.
    pub async fn plan_replacement(
        &self,
        id: DocumentId,
        new: NewText,
    ) -> Result<Replacement, Failure> {
        self.loaded(words::work::COMPARING).await?;
        let document = self.with_text(id).await.map_err(Failure::refused)?;
        let question =
            self.with(|project| job::ask_to_replace(new, project, &document, clock::now()));
        let (answer, bytes) = self.ask(words::work::COMPARING, question, None).await?;
        Ok(Replacement {
            document: id,
            on: document.digest.clone(),
            plan: Arc::new(answer.replacement(&bytes)?),
        })
    }

    /// Whether what something was planned on is there still.
    #[must_use]
    pub fn may_replace(&self, planned: &Replacement) -> bool {
        self.with(|project| {
            let own = project.record(planned.document);
            own.is_some_and(|own| !own.deleted && own.version.text == planned.on)
        })
    }

    /// Puts another text in a document's place, as one step. Its own has to be the one that this was
    /// planned on.
    pub fn replace(&self, planned: &Replacement) {
        let edits = self.replacing(planned);
        let said = words::said::REPLACED.into();
        self.make(words::steps::REPLACE, edits, said);
    }

    /// The edits that do what was planned; the text that they name is taken in.
    pub(super) fn replacing(&self, planned: &Replacement) -> Vec<Edit> {
        if let Some(version) = &planned.plan.version {
            self.handle(Event::Text(version.clone()));
        }
        planned.plan.edits.clone()
    }

    /// A document with its text, which is read if it has not been.
    async fn with_text(&self, id: DocumentId) -> Result<Arc<Document>, String> {
        let known = || self.with(|project| project.document(id).cloned());
        if let Some(document) = known() {
            return Ok(document);
        }
        let store = self.state.with_value(|state| state.store.clone());
        let asked = self.with(|project| Some(project.record(id)?.version.clone()));
        if let (Some(asked), Some(store)) = (asked, store) {
            let text = Self::read_text(&asked, &store).await;
            let text =
                text.map_err(|reason| words::saving::unreadable_text(&self.title_of(id), &reason))?;
            self.handle(Event::Text(text));
        }
        known().ok_or_else(|| {
            words::saving::unreadable_text(&self.title_of(id), words::saving::TEXT_NOWHERE)
        })
    }
}
