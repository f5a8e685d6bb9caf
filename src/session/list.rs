//! The list of marks: which are listed, of which rows are published, and what is searched for.

use leptos::prelude::*;

use super::{Session, State};
use crate::annotation::AnnotationId;
use crate::document::DocumentId;
use crate::project::{Filter, Mark, Marks, Project};
use crate::query::{self, Counts, Found, Row, Shelf};

/// Of which documents the marks are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Of the open one.
    #[default]
    Document,
    /// Of all, one after the other as the library lists them.
    All,
}

/// A list of which only some rows are published.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// The numbers beside the filters.
    pub counts: Counts,
    /// How many there are.
    pub count: usize,
    /// The number of the first that is published, from 0.
    pub first: usize,
    /// Those that are, [`ROWS`] at most.
    pub rows: Vec<Row>,
}

/// Rows that are published of a list that is scrolled: several screens of them, however many
/// there are.
pub const ROWS: usize = 60;

/// Rows that are published of another list: about those that are seen.
pub const FEW: usize = 20;

impl State {
    /// Keeps what was found true, after annotations have left where they stood.
    pub(super) fn refresh_found(&mut self, stood: impl IntoIterator<Item = Mark>) {
        let Some(found) = &mut self.found else { return };
        let project = self.engine.project();
        for stood in stood {
            match project.annotation(stood.id) {
                Some(own) => {
                    if let Some(at) = place_of(found, own.annotation.target.document) {
                        found[at].refresh(project, stood);
                    }
                }
                // Of one that is not there at all nobody knows where it was.
                None => found.iter_mut().for_each(|own| own.refresh(project, stood)),
            }
        }
    }
}

/// Where what was found in a document stands: in the order of the documents' ids.
fn place_of(found: &[Found], document: DocumentId) -> Option<usize> {
    found.binary_search_by_key(&document, Found::document).ok()
}

impl Session {
    pub(super) fn publish_list(&self) {
        self.publish_rows();
        self.publish_history();
    }

    /// The documents whose annotations are listed.
    fn documents_listed(&self) -> Vec<DocumentId> {
        match self.scope.get_untracked() {
            Scope::Document => vec![self.open_now()],
            // What sorts them comes later, and lists the marks anew then.
            Scope::All => self.state.with_value(|state| match &state.listed {
                Some(listed) => listed.iter().map(|own| own.id).collect(),
                None => {
                    let all = state.engine.project().live_documents();
                    all.map(|own| own.id).collect()
                }
            }),
        }
    }

    /// Lists the marks of other documents.
    pub fn list_of(&self, scope: Scope) {
        self.scope.set(scope);
        self.search_anew();
        self.list_anew();
    }

    /// Looks for what is searched for.
    pub(super) fn search_anew(&self) {
        let filter = self.filter.get_untracked();
        let words = self.search.get_untracked();
        let found = (!words.trim().is_empty()).then(|| {
            let documents = self.documents_listed();
            self.with(|project| {
                // See `place_of`.
                let mut found: Vec<Found> = Vec::new();
                for own in documents {
                    let at = found.partition_point(|other| other.document() < own);
                    found.insert(at, Found::new(project, own, filter, &words));
                }
                found
            })
        });
        self.update(|state| state.found = found);
    }

    /// Reads from the project and from what the panel lists of some documents.
    fn with_shelf<T>(
        &self,
        documents: &[DocumentId],
        read: impl FnOnce(&Project, &Shelf<'_>) -> T,
    ) -> T {
        let filter = self.filter.get_untracked();
        self.state.with_value(|state| {
            let project = state.engine.project();
            let marks = |id: &DocumentId| match &state.found {
                Some(found) => place_of(found, *id).map(|at| found[at].marks()),
                None => Some(project.index(*id, filter)),
            };
            let parts = documents.iter().filter_map(|id| Some((*id, marks(id)?)));
            let shelf = Shelf::new(project, parts.collect());
            read(project, &shelf)
        })
    }

    pub(super) fn publish_rows(&self) {
        let (first, some) = self
            .list
            .with_untracked(|list| (list.first, list.rows.len()));
        self.list_some(first, some.max(FEW));
        self.resolve();
    }

    /// Publishes the first rows of another list.
    pub(super) fn list_anew(&self) {
        self.list_some(0, FEW);
    }

    /// Publishes the rows from a number on.
    pub fn list_from(&self, first: usize) {
        self.list_some(first, ROWS);
    }

    fn list_some(&self, first: usize, some: usize) {
        let documents = self.documents_listed();
        let list = self.with_shelf(&documents, |project, shelf| {
            let count = shelf.len();
            let first = first.min(count.saturating_sub(ROWS));
            List {
                // Together with the list: a change may be under way.
                counts: query::counts(project, &documents),
                count,
                first,
                rows: shelf.rows(first..first + some),
            }
        });
        let offered = self.with(|project| {
            let themes = list.counts.themes.iter();
            let offered = themes.filter_map(|(theme, _)| project.codebook().get(*theme));
            offered.cloned().collect()
        });
        self.list.set(list);
        // Where they are the same, nothing is drawn anew.
        if self.offered.with_untracked(|before| *before != offered) {
            self.offered.set(offered);
        }
    }

    /// The number of an annotation in the list, if it is there.
    #[must_use]
    pub fn number_of(&self, id: AnnotationId) -> Option<usize> {
        self.with_shelf(&self.documents_listed(), |_, shelf| shelf.number_of(id))
    }

    /// The row after the selected one, or before it, of the open document; the first or the last where
    /// none is selected. Where it is not about these, those without a place are left out.
    #[must_use]
    pub fn next_row(&self, by: isize) -> Option<Row> {
        let in_review = self.filter.get_untracked() == Filter::Review;
        let open = self.open_now();
        self.with_shelf(&[open], |project, shelf| {
            let list: &Marks = shelf.parts().next()?;
            let here = self.current_mark().and_then(|id| shelf.number_of(id));
            let end = if in_review {
                list.len()
            } else {
                list.before(Mark::new(AnnotationId::default(), None))
            };
            let next = match here {
                Some(here) => here.checked_add_signed(by)?,
                None if by > 0 => 0,
                None => end.checked_sub(1)?,
            };
            let rows = query::rows(project, list, next..(next + 1).min(end));
            rows.into_iter().next()
        })
    }
}
