//! Which annotations of a document belong together: derived, and kept as they change, so
//! that listing and counting some of 100,000 costs no more than of ten.

use super::{Held, Mark, Marks, Placed, Project};
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
    Unsought,
    /// Those with a note.
    Noted,
}

impl Project {
    /// Some of a document's annotations, in text order; those without a sure place stand
    /// last, in the order of their ids: for those made here that in which they were made.
    #[must_use]
    pub fn shelf(&self, document: DocumentId, filter: Filter) -> &Marks {
        static NONE: Marks = Marks::none();
        let held = self.documents.get(&document);
        held.and_then(|held| held.shelf(filter)).unwrap_or(&NONE)
    }

    /// Where an annotation stands on every shelf it is on.
    #[must_use]
    pub fn mark(&self, id: AnnotationId) -> Option<Mark> {
        self.live(id).map(Placed::mark)
    }

    /// Whether an annotation is one of some.
    #[must_use]
    pub fn is_on(&self, filter: Filter, placed: &Placed) -> bool {
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
                Filter::Unsought => placed.place.is_none(),
                Filter::Noted => !annotation.note.is_empty(),
            }
    }

    /// Whether a person has said that the passage is not in the document's text.
    #[must_use]
    pub fn is_given_up(&self, annotation: &Annotation) -> bool {
        let record = self.record(annotation.target.document);
        record.is_some_and(|own| annotation.target.is_absent_from(&own.version.text))
    }

    /// Puts an annotation on its shelves.
    pub(super) fn enter(&mut self, placed: &Placed) {
        for filter in filters(&placed.annotation) {
            if self.is_on(filter, placed) {
                self.put_on(filter, placed, true);
            }
        }
    }

    /// Takes it off every shelf that it may be on.
    pub(super) fn leave(&mut self, placed: &Placed) {
        for filter in filters(&placed.annotation) {
            self.put_on(filter, placed, false);
        }
    }

    fn put_on(&mut self, filter: Filter, placed: &Placed, on: bool) {
        let document = placed.annotation.target.document;
        let Some(Held { shelves, .. }) = self.documents.get_mut(&document) else {
            self.has_orphans = true;
            return;
        };
        let mark = placed.mark();
        match (find(shelves, filter), on) {
            (Ok(at), true) => shelves[at].1.insert(mark),
            (Ok(at), false) => shelves[at].1.remove(mark),
            (Err(at), true) => {
                let mut marks = Marks::none();
                marks.insert(mark);
                shelves.insert(at, (filter, marks));
            }
            (Err(_), false) => {}
        }
    }

    /// Puts what bears a theme where it belongs, after the theme has come into use or gone
    /// out of it: that makes a difference to what bears no other. It costs as much as there is
    /// of it.
    pub(super) fn reshelve(&mut self, theme: ThemeId) {
        let mut bearing = Vec::new();
        for held in self.documents.values() {
            if let Some(marks) = held.shelf(Filter::Theme(theme)) {
                bearing.extend(marks.iter());
            }
        }
        for mark in bearing {
            if let Some(placed) = self.annotation(mark.id).cloned() {
                let is_untagged = self.is_on(Filter::Untagged, &placed);
                self.put_on(Filter::Untagged, &placed, is_untagged);
            }
        }
    }
}

impl Held {
    fn shelf(&self, filter: Filter) -> Option<&Marks> {
        let at = find(&self.shelves, filter).ok()?;
        Some(&self.shelves[at].1)
    }
}

/// Where a shelf stands, or is to stand. A new one moves those behind it, but only once: of ten
/// thousand that costs some 20 µs.
fn find(shelves: &[(Filter, Marks)], filter: Filter) -> Result<usize, usize> {
    shelves.binary_search_by_key(&filter, |(other, _)| *other)
}

/// Every shelf that an annotation may be on.
fn filters(annotation: &Annotation) -> Vec<Filter> {
    use Filter::{All, Noted, Review, Theme, Unsought, Untagged};
    let mut filters = vec![All, Untagged, Review, Unsought];
    filters.extend((!annotation.note.is_empty()).then_some(Noted));
    filters.extend(annotation.themes.iter().copied().map(Theme));
    filters
}
