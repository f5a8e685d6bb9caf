//! A project: documents, a codebook, and the annotations on them.
//!
//! Its records change by transactions only: by [`Project::apply`] of one, which gives
//! back what undoes it and what it touched, or by [`Project::take_back`] of that.

mod check;
mod edit;
mod marks;

pub use edit::{
    Applied, Change, Edit, OnAnnotation, OnDocument, OnTheme, Origin, Touched, Transaction,
};
pub use marks::{Mark, Marks};

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::anchor::{Candidate, Finder, Resolution, hold};
use crate::annotation::{Annotation, AnnotationId, Known};
use crate::codebook::{Codebook, ThemeId};
use crate::document::{Document, DocumentId};
use crate::text::Span;

/// An annotation and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The record.
    pub annotation: Arc<Annotation>,
    /// Where its target was found; nothing until it has been looked for.
    pub place: Option<Resolution>,
}

impl Placed {
    /// The passage, where it is sure.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.place.as_ref()?.span()
    }
}

/// Everything a person is working on.
#[derive(Clone, Debug, Default)]
pub struct Project {
    documents: BTreeMap<DocumentId, Arc<Document>>,
    codebook: Codebook,
    annotations: BTreeMap<AnnotationId, Placed>,
    /// Derived: the live marks of each document, for looking up by place.
    marks: BTreeMap<DocumentId, Marks>,
    /// Derived: how many live annotations of a document bear a theme.
    counts: BTreeMap<(DocumentId, ThemeId), usize>,
}

impl Project {
    /// A project with the first codebook and no annotations.
    #[must_use]
    pub fn new(documents: impl IntoIterator<Item = Arc<Document>>) -> Self {
        Self::with_codebook(documents, Codebook::first())
    }

    /// A project without annotations.
    #[must_use]
    pub fn with_codebook(
        documents: impl IntoIterator<Item = Arc<Document>>,
        codebook: Codebook,
    ) -> Self {
        let mut project = Self {
            codebook,
            ..Self::default()
        };
        for document in documents {
            project.documents.insert(document.id, document);
        }
        project
    }

    /// A document.
    #[must_use]
    pub fn document(&self, id: DocumentId) -> Option<&Arc<Document>> {
        self.documents.get(&id)
    }

    /// The themes.
    #[must_use]
    pub fn codebook(&self) -> &Codebook {
        &self.codebook
    }

    /// An annotation, deleted or not.
    #[must_use]
    pub fn annotation(&self, id: AnnotationId) -> Option<&Placed> {
        self.annotations.get(&id)
    }

    /// A live annotation.
    #[must_use]
    pub fn live(&self, id: AnnotationId) -> Option<&Placed> {
        self.annotations
            .get(&id)
            .filter(|placed| !placed.annotation.deleted)
    }

    /// Every annotation, deleted or not, in the order of their ids.
    pub fn records(&self) -> impl Iterator<Item = &Arc<Annotation>> {
        self.annotations.values().map(|placed| &placed.annotation)
    }

    /// Every live annotation of a document: those with a sure place in text order,
    /// then the rest in the order of their ids, for those made here that in which they were made.
    pub fn annotations(&self, document: DocumentId) -> impl Iterator<Item = &Placed> {
        let placed = self
            .marks
            .get(&document)
            .into_iter()
            .flat_map(Marks::iter)
            .filter_map(|mark| self.annotations.get(&mark.id));
        let unplaced = self.annotations.values().filter(move |placed| {
            let annotation = &placed.annotation;
            annotation.target.document == document && !annotation.deleted && placed.span().is_none()
        });
        placed.chain(unplaced)
    }

    /// The live annotations of a document that do not stand where they say and have not
    /// been looked for.
    pub fn unsought(&self, document: DocumentId) -> impl Iterator<Item = &Arc<Annotation>> {
        self.annotations(document)
            .filter(|placed| placed.place.is_none())
            .map(|placed| &placed.annotation)
    }

    /// The live marks of a document that touch a span, in text order.
    pub fn marks_in(&self, document: DocumentId, span: Span) -> impl Iterator<Item = Mark> {
        self.marks
            .get(&document)
            .into_iter()
            .flat_map(move |marks| marks.touching(span))
    }

    /// How many live annotations of a document bear a theme.
    #[must_use]
    pub fn count(&self, document: DocumentId, theme: ThemeId) -> usize {
        self.counts.get(&(document, theme)).copied().unwrap_or(0)
    }

    /// Where a target's passage stands, if it stands where it says, or a person said that it
    /// does not stand here. Anything else has to be looked for, which takes too long here: see
    /// [`Project::settle`].
    fn held(&self, annotation: &Annotation) -> Option<Resolution> {
        let target = &annotation.target;
        let document = self.document(target.document)?;
        match target.known {
            Some(Known::AbsentFrom(text)) if text == document.digest => {
                return Some(Resolution::Lost);
            }
            Some(Known::DoubtedIn(text)) if text == document.digest => return None,
            _ => {}
        }
        hold(&target.selectors, &document.text, document.digest).map(Resolution::Exact)
    }

    /// Places every annotation of a document anew, since its text is another. That costs as
    /// much as comparing all their words.
    fn hold_all(&mut self, document: DocumentId) {
        let own: Vec<AnnotationId> = self
            .annotations
            .values()
            .filter(|placed| placed.annotation.target.document == document)
            .map(|placed| placed.annotation.id)
            .collect();
        for id in own {
            if let Some(placed) = self.annotations.get(&id) {
                self.put_at(id, self.held(&placed.annotation));
            }
        }
    }

    /// Looks for every passage of a document that does not stand where it says, in the
    /// document's text. It is work for the worker.
    pub fn seek(&mut self, document: DocumentId, finder: &Finder<'_>) {
        let unsought: Vec<Arc<Annotation>> = self.unsought(document).cloned().collect();
        let selectors = unsought
            .iter()
            .map(|annotation| &*annotation.target.selectors);
        let found = finder.resolve_all(selectors);
        for (annotation, place) in unsought.iter().zip(found) {
            self.settle(annotation.id, place);
        }
    }

    /// Takes over where a passage was found that does not stand where it says. Derived,
    /// so no edit: every copy of the project finds the same.
    pub fn settle(&mut self, id: AnnotationId, place: Resolution) {
        let Some(placed) = self.annotations.get(&id) else {
            return;
        };
        let target = &placed.annotation.target;
        let digest = self.document(target.document).map(|text| text.digest);
        let is_doubted = digest.is_some_and(|text| target.known == Some(Known::DoubtedIn(text)));
        let place = match place {
            Resolution::Exact(span) if is_doubted => {
                Resolution::Uncertain(vec![Candidate { span, score: 100 }])
            }
            Resolution::Moved(place) if is_doubted => Resolution::Uncertain(vec![place]),
            place => place,
        };
        if self.held(&placed.annotation).is_none() {
            self.put_at(id, Some(place));
        }
    }

    /// Puts an annotation at a place, in the derived tables as well.
    fn put_at(&mut self, id: AnnotationId, place: Option<Resolution>) {
        let Some(before) = self.annotations.get(&id).cloned() else {
            return;
        };
        self.leave(&before);
        let placed = Placed { place, ..before };
        self.enter(&placed);
        self.annotations.insert(id, placed);
    }

    /// Takes a live annotation into the derived tables.
    fn enter(&mut self, placed: &Placed) {
        self.tally(placed, true);
    }

    /// Takes it out again.
    fn leave(&mut self, placed: &Placed) {
        self.tally(placed, false);
    }

    fn tally(&mut self, placed: &Placed, present: bool) {
        let annotation = &placed.annotation;
        if annotation.deleted {
            return;
        }
        let document = annotation.target.document;
        if let Some(span) = placed.span() {
            let marks = self.marks.entry(document).or_default();
            let mark = Mark {
                span,
                id: annotation.id,
            };
            if present {
                marks.insert(mark);
            } else {
                marks.remove(mark);
            }
        }
        for theme in &annotation.themes {
            let count = self.counts.entry((document, *theme)).or_default();
            *count = if present {
                *count + 1
            } else {
                count.saturating_sub(1)
            };
        }
    }
}
