//! Which annotations of a document belong together: derived, and kept as they change, so
//! that listing and counting some of 100,000 costs no more than of ten.

use super::{DocumentEntry, Mark, Marks, Placed, Project};
use crate::anchor::Resolution;
use crate::annotation::{Annotation, AnnotationId};
use crate::codebook::ThemeId;
use crate::document::DocumentId;

/// Some of a document's live annotations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Filter {
    /// All of them.
    #[default]
    All,
    /// Those tagged with a theme.
    Theme(ThemeId),
    /// Those tagged with none that is in use.
    Untagged,
    /// Those of which a person has to say where they are.
    Review,
    /// Those that still have to be looked for.
    Unresolved,
    /// Those with a note.
    Noted,
}

impl Project {
    /// Some of a document's annotations, in text order; those without a sure place stand
    /// last, in the order of their ids: for those made here that in which they were made.
    #[must_use]
    pub fn index(&self, document: DocumentId, filter: Filter) -> &Marks {
        static NONE: Marks = Marks::none();
        let entry = self.documents.get(&document);
        entry.and_then(|entry| entry.index(filter)).unwrap_or(&NONE)
    }

    /// Where an annotation stands in every index that lists it.
    #[must_use]
    pub fn mark(&self, id: AnnotationId) -> Option<Mark> {
        self.live(id).map(Placed::mark)
    }

    /// Whether an annotation is one of some.
    #[must_use]
    pub fn matches(&self, filter: Filter, placed: &Placed) -> bool {
        let annotation = &placed.annotation;
        !annotation.deleted
            && match filter {
                Filter::All => true,
                Filter::Theme(theme) => annotation.bears(theme),
                Filter::Untagged => !annotation
                    .themes
                    .iter()
                    .any(|theme| self.codebook.is_in_use(*theme)),
                Filter::Review => match placed.place {
                    Some(Resolution::Uncertain(_)) => true,
                    Some(Resolution::Lost) => !self.is_given_up(annotation),
                    _ => false,
                },
                Filter::Unresolved => placed.place.is_none(),
                Filter::Noted => !annotation.note.is_empty(),
            }
    }

    /// Whether a person has said that the passage is not in the document's text.
    #[must_use]
    pub fn is_given_up(&self, annotation: &Annotation) -> bool {
        let record = self.record(annotation.target.document);
        record.is_some_and(|own| annotation.target.is_absent_from(&own.version.text))
    }

    /// Puts an annotation on its indexes.
    pub(super) fn insert_into_indexes(&mut self, placed: &Placed) {
        for filter in filters(&placed.annotation) {
            if self.matches(filter, placed) {
                self.set_indexed(filter, placed, true);
            }
        }
    }

    /// Takes it out of every index that may list it.
    pub(super) fn remove_from_indexes(&mut self, placed: &Placed) {
        for filter in filters(&placed.annotation) {
            self.set_indexed(filter, placed, false);
        }
    }

    fn set_indexed(&mut self, filter: Filter, placed: &Placed, on: bool) {
        let document = placed.annotation.target.document;
        let Some(DocumentEntry { indexes, .. }) = self.documents.get_mut(&document) else {
            self.has_orphans = true;
            return;
        };
        let mark = placed.mark();
        match (find(indexes, filter), on) {
            (Ok(at), true) => indexes[at].1.insert(mark),
            (Ok(at), false) => indexes[at].1.remove(mark),
            (Err(at), true) => {
                let mut marks = Marks::none();
                marks.insert(mark);
                indexes.insert(at, (filter, marks));
            }
            (Err(_), false) => {}
        }
    }

    /// Puts what bears a theme where it belongs, after the theme has come into use or gone
    /// out of it: that makes a difference to what bears no other. It costs as much as there is
    /// of it.
    pub(super) fn reindex(&mut self, theme: ThemeId) {
        let mut bearing = Vec::new();
        for entry in self.documents.values() {
            if let Some(marks) = entry.index(Filter::Theme(theme)) {
                bearing.extend(marks.iter());
            }
        }
        for mark in bearing {
            if let Some(placed) = self.annotation(mark.id).cloned() {
                let is_untagged = self.matches(Filter::Untagged, &placed);
                self.set_indexed(Filter::Untagged, &placed, is_untagged);
            }
        }
    }
}

impl DocumentEntry {
    fn index(&self, filter: Filter) -> Option<&Marks> {
        let at = find(&self.indexes, filter).ok()?;
        Some(&self.indexes[at].1)
    }
}

/// Where an index stands, or is to stand. A new one moves those behind it, but only once: of ten
/// thousand that costs some 20 µs.
fn find(indexes: &[(Filter, Marks)], filter: Filter) -> Result<usize, usize> {
    indexes.binary_search_by_key(&filter, |(other, _)| *other)
}

/// Every filter whose index may list an annotation.
fn filters(annotation: &Annotation) -> Vec<Filter> {
    use Filter::{All, Noted, Review, Theme, Unresolved, Untagged};
    let mut filters = vec![All, Untagged, Review, Unresolved];
    filters.extend((!annotation.note.is_empty()).then_some(Noted));
    filters.extend(annotation.themes.iter().copied().map(Theme));
    filters
}
