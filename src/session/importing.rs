//! Imports: what a file would do, and doing it.

use std::collections::BTreeMap;

use leptos::prelude::*;
use web_sys::File;

use super::{Base, Session};
use crate::browser::{self, clock, file};
use crate::document::{Document, DocumentId, VersionId};
use crate::engine::Event;
use crate::job::{self, Failure, Preview, Texts};
use crate::journal::texts;
use crate::time::Timestamp;
use crate::words;

impl Session {
    /// What taking a file in would do, and what that is based on: annotations go into the documents
    /// that they are on, as far as these are here, and else into the open one; records of a journal take
    /// the whole project back to what they say. The file is read in the worker.
    ///
    /// # Errors
    /// When the file is not one.
    pub async fn plan_import(
        &self,
        file: File,
        is_journal: bool,
    ) -> Result<(Preview, Base), Failure> {
        self.loaded(words::work::READING).await?;
        file::check_size(&file, &file.name()).map_err(Failure::refused)?;
        let document = self.document.get_untracked();
        if !is_journal && document.id() == DocumentId::default() {
            return Err(Failure::refused(words::library::OPEN_ONE_FIRST));
        }
        let now = clock::now();
        let (preview, base) = if is_journal {
            let (question, base) = self.state.with_value(|state| {
                let question = job::ask_to_restore(state.engine.project(), &state.articles, now);
                (question, Base::Project(state.engine.revision()))
            });
            let (answer, bytes) = self.ask(words::work::READING, question, Some(file)).await?;
            (answer.preview(&bytes)?, base)
        } else {
            self.plan_annotations(file, &document, now).await?
        };
        // And showing what it says is a third.
        browser::pause().await;
        Ok((preview, base))
    }

    async fn plan_annotations(
        &self,
        file: File,
        open: &Document,
        at: Timestamp,
    ) -> Result<(Preview, Base), Failure> {
        let changed = || Failure::refused(words::said::CHANGED_SINCE);
        let mut sent = Texts::default();
        for is_second in [false, true] {
            let (question, says) = self.with(|project| {
                let question = job::ask_to_import(project, open, std::mem::take(&mut sent), at);
                let says = project.live_documents();
                let says = says.map(|own| (own.id, own.version.clone()));
                (question, says.collect::<BTreeMap<_, _>>())
            });
            // Another window may have put another text in its place.
            if says.get(&open.id()) != Some(&open.record.version) {
                return Err(changed());
            }
            let asked = self.ask(words::work::READING, question, Some(file.clone()));
            let (answer, bytes) = asked.await?;
            let lacking = job::texts_lacking(&bytes);
            if lacking.is_empty() {
                let preview = answer.preview(&bytes)?;
                let base = preview.documents.iter();
                let base = base.map(|id| Some((*id, says.get(id)?.clone())));
                let base: Option<Vec<_>> = base.collect();
                return Ok((preview, Base::Documents(base.ok_or_else(changed)?)));
            }
            if !is_second {
                sent = self.texts(lacking).await.map_err(Failure::refused)?;
            }
        }
        Err(changed())
    }

    /// What the store has of some texts.
    async fn texts(&self, names: Vec<VersionId>) -> Result<Texts, String> {
        let mut sent = Texts::default();
        for name in names {
            let record = self.text_record(&name).await?;
            let is_it = |record: &String| texts::read(record).is_some_and(|own| own.id() == name);
            match record.filter(is_it) {
                Some(record) => sent.texts.push(record),
                None => sent.without.push(name),
            }
        }
        Ok(sent)
    }

    /// Does what was previewed as one step, if what it is based on is still there; whether it is.
    pub fn import(&self, preview: Preview, base: &Base) -> bool {
        let Preview {
            edits,
            texts,
            count,
            ..
        } = preview;
        if !self.may_import(base) {
            self.say(words::said::CHANGED_SINCE);
            return false;
        }
        for text in texts {
            self.handle(Event::Text(text));
        }
        if let Base::Project(_) = base {
            self.make(words::steps::RESTORE, edits, words::said::RESTORED.into());
            return true;
        }
        let label = words::steps::import(count);
        self.make(&label, edits, words::said::imported(count));
        true
    }

    /// Whether what a preview is based on is still there.
    #[must_use]
    pub fn may_import(&self, base: &Base) -> bool {
        match base {
            Base::Documents(said) => self.still_say(said),
            Base::Project(at) => self.revision() == *at,
        }
    }

    /// Whether documents are still there and say the same.
    fn still_say(&self, said: &[(DocumentId, VersionId)]) -> bool {
        self.with(|project| {
            said.iter().all(|(id, version)| {
                let own = project.record(*id).filter(|own| !own.deleted);
                own.is_some_and(|own| own.version == *version)
            })
        })
    }
}
