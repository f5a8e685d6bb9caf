//! Exports: documents' annotations as files, which the worker makes.

use js_sys::{Array, Uint8Array};
use leptos::prelude::WithValue;
use web_sys::File;

use super::Session;
use super::view::DOWNLOADED;
use crate::browser::{clock, file};
use crate::document::{DocumentId, VersionId};
use crate::format::Format;
use crate::job::{self, Exported, Failure};
use crate::journal::texts;
use crate::project::Filter;
use crate::words;

impl Session {
    /// The documents that can be exported together, in the order in which they are written: that in
    /// which they were made.
    #[must_use]
    pub fn all_documents(&self) -> Vec<DocumentId> {
        self.with(|project| project.live_documents().map(|own| own.id).collect())
    }

    /// Has a file be made of documents' annotations.
    ///
    /// # Errors
    /// When it can't be, or a person has stopped that.
    pub async fn export(
        &self,
        format: Format,
        documents: &[DocumentId],
    ) -> Result<Exported, Failure> {
        self.loaded(words::export::WRITING).await?;
        let texts = self.texts_of(documents).await.map_err(Failure::Broken)?;
        let question =
            self.with(|project| job::ask_to_export(project, format, documents, clock::now()));
        let answer = self.ask(words::export::WRITING, question, Some(texts));
        job::exported(&answer.await?.1)
    }

    /// What documents with annotations say, as a file of records: from where it has been read already,
    /// or as the store has it. What is nowhere is left out: then passages have no more than their
    /// quotes.
    async fn texts_of(&self, documents: &[DocumentId]) -> Result<File, String> {
        let pieces = Array::new();
        for id in documents {
            let version = self.with(|project| {
                let is_marked = !project.index(*id, Filter::All).is_empty();
                let record = project.record(*id).filter(|_| is_marked);
                record.map(|own| own.version.clone())
            });
            if let Some(version) = version
                && let Some(record) = self.text_record(&version).await?
            {
                pieces.push(&file::piece(&(record + "\n\n"))?.into());
            }
        }
        file::of("texts", &pieces)
    }

    /// A text as a record: as it has been read already, or as the store has it; nothing where it is
    /// nowhere.
    pub(super) async fn text_record(&self, id: &VersionId) -> Result<Option<String>, String> {
        if let Some(read) = self.with(|project| project.version(id).map(texts::write)) {
            return Ok(Some(read));
        }
        let store = self.state.with_value(|state| state.store.clone());
        match store {
            Some(store) => store.text(&id.to_string()).await,
            None => Ok(None),
        }
    }

    /// What a file of documents' annotations is called.
    #[must_use]
    pub fn export_name(&self, format: Format, documents: &[DocumentId]) -> String {
        let only = match documents {
            [only] => self.with(|project| Some(project.record(*only)?.name.to_string())),
            _ => None,
        };
        let name = only.unwrap_or_else(|| format!("themark.{}", clock::date(clock::now())));
        format!("{name}.{}", format.about().extension)
    }

    /// Offers a file that was made as a download.
    ///
    /// # Errors
    /// When the page may not make files, in a sentence.
    pub fn offer_export(
        &self,
        name: &str,
        format: Format,
        exported: &Exported,
    ) -> Result<(), String> {
        let bytes = Uint8Array::from(&*exported.bytes);
        file::offer_bytes(name, &bytes, format.about().media_type)?;
        // Of the others no work can be brought back.
        if format == Format::W3c {
            self.remember(&[(DOWNLOADED, &clock::now().0.to_string())]);
        }
        self.say(&words::export::downloaded(name));
        Ok(())
    }
}
