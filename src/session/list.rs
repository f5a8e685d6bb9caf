//! The list of marks: which are listed, of which rows are published, and what is searched for.

use leptos::prelude::*;

use super::{Session, State};
use crate::annotation::AnnotationId;
use crate::document::DocumentId;
use crate::project::{Filter, Mark, Marks, Project};
use crate::query::{self, Counts, Found, Row};

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
        if let Some(found) = &mut self.found {
            for stood in stood {
                found.refresh(self.engine.project(), stood);
            }
        }
    }
}

impl Session {
    pub(super) fn publish_list(&self) {
        self.publish_rows();
        self.publish_history();
    }

    /// Of which document which annotations are listed.
    fn listed(&self) -> (DocumentId, Filter) {
        let document = self.document.with_untracked(|document| document.id());
        (document, self.filter.get_untracked())
    }

    /// Looks for what is searched for.
    pub(super) fn search_anew(&self) {
        let (document, filter) = self.listed();
        let words = self.search.get_untracked();
        let found = (!words.trim().is_empty())
            .then(|| self.with(|project| Found::new(project, document, filter, &words)));
        self.update(|state| state.found = found);
    }

    /// Reads from the project and from what the panel lists of it.
    fn with_list<T>(&self, read: impl FnOnce(&Project, &Marks) -> T) -> T {
        let (document, filter) = self.listed();
        self.state.with_value(|state| {
            let found = state.found.as_ref().map(Found::marks);
            let project = state.engine.project();
            let list = found.unwrap_or_else(|| project.index(document, filter));
            read(project, list)
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
        let document = self.document.with_untracked(|document| document.id());
        let list = self.with_list(|project, list| {
            let first = first.min(list.len().saturating_sub(ROWS));
            List {
                // Together with the list: a change may be under way.
                counts: query::counts(project, document),
                count: list.len(),
                first,
                rows: query::rows(project, list, first..first + some),
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
        self.with_list(|project, list| {
            let mark = project.mark(id)?;
            let number = list.before(mark);
            (list.numbered(number..number + 1) == [mark]).then_some(number)
        })
    }

    /// The row after the selected one, or before it; the first or the last where none is
    /// selected. Where it is not about these, those without a place are left out.
    #[must_use]
    pub fn next_row(&self, by: isize) -> Option<Row> {
        let in_review = self.filter.get_untracked() == Filter::Review;
        let here = self.current_mark().and_then(|id| self.number_of(id));
        self.with_list(|project, list| {
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
