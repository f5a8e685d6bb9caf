//! How the project's documents are listed, and what is done with several of them.

use std::collections::HashSet;
use std::sync::Arc;

use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;

use super::{Scope, Session};
use crate::browser::storage::StoreContents;
use crate::document::{DocumentId, VersionId};
use crate::journal::texts;
use crate::library::{self, FOLDER, Listed, Plan, Sort};
use crate::project::{Edit, Filter};
use crate::text::one_line;
use crate::words;

/// The names under which a browser remembers, for each project, by what its documents are sorted and
/// which folders are folded.
const SORT: &str = "sort";
const FOLDED: &str = "folded";

impl Session {
    /// The project's documents as they are listed. They are sorted once for each change of theirs, not
    /// for each mark.
    #[must_use]
    pub fn library(&self) -> Arc<[Listed]> {
        if let Some(listed) = self.state.with_value(|state| state.listed.clone()) {
            return listed;
        }
        let listed: Arc<[Listed]> = self.sought("").into();
        self.update(|state| state.listed = Some(listed.clone()));
        if self.scope.get_untracked() == Scope::All {
            self.publish_rows();
        }
        listed
    }

    /// Those that hold some words, in the same order.
    #[must_use]
    pub fn sought(&self, words: &str) -> Vec<Listed> {
        let sort = self.sort.get_untracked();
        self.state.with_value(|state| {
            let project = state.engine.project();
            library::list(project, sort, words, &state.visits)
        })
    }

    /// Says that documents may be listed otherwise.
    pub(super) fn publish_documents(&self) {
        self.update(|state| state.listed = None);
        self.documents.notify();
        self.counts.notify();
    }

    /// How many marks a document bears.
    #[must_use]
    pub fn marks_of(&self, id: DocumentId) -> usize {
        self.with(|project| project.index(id, Filter::All).len())
    }

    /// Lists the documents as they were listed when this project was left.
    pub(super) fn list_as_before(&self, stored: &StoreContents) {
        if let Some(sort) = stored.remembered(SORT) {
            self.sort.set(Sort::named(&sort));
        }
        if let Some(folded) = stored.remembered(FOLDED) {
            self.folded
                .set(folded.split('\n').map(Into::into).collect());
        }
    }

    /// Sorts the documents otherwise, from now on.
    pub fn sort_by(&self, sort: Sort) {
        self.sort.set(sort);
        self.remember(&[(SORT, sort.name())]);
        self.publish_documents();
    }

    /// Folds a folder, or shows what lies in it.
    pub fn fold(&self, folder: &Arc<str>, is_folded: bool) {
        let listed = self.library();
        self.folded.update(|folded| {
            folded.retain(|own| own != folder && listed.iter().any(|other| other.folder == *own));
            if is_folded {
                folded.push(folder.clone());
            }
        });
        self.remember(&[(FOLDED, &self.folded.get_untracked().join("\n"))]);
    }

    /// The folders that documents lie in.
    #[must_use]
    pub fn folders(&self) -> Vec<Arc<str>> {
        self.with(library::folders)
    }

    /// The folder that documents lie in, empty for none; nothing where they lie in several.
    #[must_use]
    pub fn folder_of(&self, ids: &[DocumentId]) -> Option<Arc<str>> {
        self.with(|project| {
            let folder = |id: &DocumentId| {
                let record = project.record(*id)?;
                Some(record.fields.get(FOLDER).cloned().unwrap_or_default())
            };
            let mut folders = ids.iter().filter_map(folder);
            let first = folders.next()?;
            folders.all(|other| other == first).then_some(first)
        })
    }

    /// Has documents lie in a folder, or in none, as one step. The folder shows what lies in it then,
    /// and the list one of them: what is moved must not vanish.
    pub fn move_documents(&self, ids: &[DocumentId], folder: &str) {
        let folder = one_line(folder);
        let edits = self.with(|project| library::into_folder(project, ids, &folder));
        let said = match ids {
            [id] => words::library::moved_one(&self.title_of(*id), &folder),
            _ => words::library::moved(edits.len(), &folder),
        };
        if !self.edit_documents(words::steps::MOVE, edits, said) {
            return;
        }
        let is_folded = |own: &Vec<Arc<str>>| own.iter().any(|own| **own == *folder);
        if self.folded.with_untracked(is_folded) {
            self.fold(&folder.as_str().into(), false);
        }
        self.moved.set(ids.first().copied());
    }

    /// Gives a folder another name, as one step; that of another folder has both be one.
    pub fn rename_folder(&self, folder: &str, name: &str) {
        let name = one_line(name);
        let joins = name.is_empty() || self.folders().iter().any(|own| **own == *name);
        let edits = self.with(|project| library::rename_folder(project, folder, &name));
        let said = words::library::renamed(folder, &name);
        if self.edit_documents(words::steps::RENAME_FOLDER, edits, said)
            && !joins
            && self
                .folded
                .with_untracked(|own| own.iter().any(|own| **own == *folder))
        {
            self.fold(&name.as_str().into(), true);
        }
    }

    /// Puts documents into the bin, as one step; their marks stay on them.
    pub fn delete_documents(&self, ids: &[DocumentId]) {
        if let [id] = ids {
            self.delete_document(*id);
            return;
        }
        if !self.may_change() {
            return;
        }
        let open = self.open_now();
        let gone: HashSet<DocumentId> = ids.iter().copied().collect();
        if gone.contains(&open) {
            let listed = self.library();
            let here = listed.iter().position(|own| own.id == open);
            let (before, after) = listed.split_at(here.unwrap_or_default());
            let mut others = after.iter().chain(before);
            if let Some(next) = others.find(|own| !gone.contains(&own.id)) {
                self.open(next.id);
            }
        }
        let edits = library::delete(ids);
        let said = words::library::deleted_some(edits.len());
        self.edit_documents(words::steps::DELETE_DOCUMENTS, edits, said);
    }

    /// Takes a field away from all documents, as one step.
    pub fn delete_column(&self, name: &Arc<str>) {
        let edits = self.with(|project| library::delete_column(project, name));
        let said = words::table::deleted_column(name, edits.len());
        self.edit_documents(words::steps::DELETE_COLUMN, edits, said);
    }

    /// Does what a paste was planned to do, as one step.
    pub fn paste_cells(&self, plan: &Plan) {
        let said = words::table::pasted(plan.edits.len(), plan.documents);
        self.edit_documents(words::steps::PASTE_CELLS, plan.edits.clone(), said);
    }

    /// Makes changes of documents, as one step; whether there were any to make.
    pub fn edit_documents(&self, label: &str, edits: Vec<Edit>, said: String) -> bool {
        let is_any = !edits.is_empty() && self.may_change();
        if is_any {
            self.make(label, edits, said);
        }
        is_any
    }

    /// How long a text is, in words; nothing where it can't be read.
    pub async fn length_of(&self, version: &VersionId) -> Option<usize> {
        let read = self.with(|project| {
            let own = project.version(version)?;
            Some(own.text.text().split_whitespace().count())
        });
        if read.is_some() {
            return read;
        }
        let store = self.state.with_value(|state| state.store.clone())?;
        let record = store.text(&version.to_string()).await.ok()??;
        // Of a long text that was a task by itself.
        TimeoutFuture::new(0).await;
        texts::words(&record)
    }
}
