//! A project: documents, a codebook, and the annotations on them.
//!
//! Its records change by transactions only: by [`Project::apply`] of the edits of one, which gives
//! back what undoes it and what it touched, by [`Project::take_back`] of that, or, where it has to be
//! as if it had never been, by [`Project::withdraw`].

mod check;
mod edit;
mod index;
mod marks;
mod transaction;

pub use edit::{Applied, Change, Edit, OnAnnotation, OnDocument, OnTheme, Touched};
pub use index::Filter;
pub use marks::{Mark, Marks};
pub use transaction::{AuthorId, Head, Origin, Stamp, Transaction, TransactionId};

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::anchor::{Candidate, Finder, Resolution, verify_position};
use crate::annotation::{Annotation, AnnotationId};
use crate::codebook::{Codebook, ThemeId};
use crate::document::{Document, DocumentId, Record, Version, VersionId};
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

    /// The place at which it is listed.
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark::new(self.annotation.id, self.span())
    }
}

/// Everything a person is working on.
#[derive(Clone, Debug, Default)]
pub struct Project {
    documents: BTreeMap<DocumentId, DocumentEntry>,
    codebook: Codebook,
    /// Nothing where one was withdrawn: most often it comes again at once, and a map that
    /// nothing is taken out of is a kilobyte less to load.
    annotations: BTreeMap<AnnotationId, Option<Placed>>,
    /// Whether an annotation may be on a document that is not there.
    has_orphans: bool,
    /// What documents say or said, as far as it has been read. None is put away again.
    versions: Vec<(VersionId, Version)>,
}

/// A document in a project.
#[derive(Clone, Debug)]
struct DocumentEntry {
    record: Arc<Record>,
    /// The same with its text, once that has been read.
    document: Option<Arc<Document>>,
    /// Derived: its live annotations, all and some of them, in the order of the filters.
    indexes: Vec<(Filter, Marks)>,
}

impl Project {
    /// A project with the first codebook and no annotations, of documents whose texts are known.
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
            let record = &document.record;
            let version = (record.version.clone(), document.version());
            project.versions.push(version);
            project.put_document(record.clone());
        }
        project
    }

    /// A document with its text, if that has been read.
    #[must_use]
    pub fn document(&self, id: DocumentId) -> Option<&Arc<Document>> {
        self.documents.get(&id)?.document.as_ref()
    }

    /// A document, deleted or not, whether its text has been read or not.
    #[must_use]
    pub fn record(&self, id: DocumentId) -> Option<&Arc<Record>> {
        self.documents.get(&id).map(|entry| &entry.record)
    }

    /// Every document, deleted or not, in the order of their ids.
    pub fn documents(&self) -> impl Iterator<Item = &Arc<Record>> {
        self.documents.values().map(|entry| &entry.record)
    }

    /// Every document that is not in the bin, in the order of their ids.
    pub fn live_documents(&self) -> impl Iterator<Item = &Arc<Record>> {
        self.documents().filter(|own| !own.deleted)
    }

    /// What a document says or said, if it has been read.
    #[must_use]
    pub fn version(&self, id: &VersionId) -> Option<&Version> {
        let mut versions = self.versions.iter();
        versions.find_map(|(own, version)| (own == id).then_some(version))
    }

    /// All that documents say or said, as far as it has been read.
    pub fn versions(&self) -> impl Iterator<Item = &Version> {
        self.versions.iter().map(|(_, version)| version)
    }

    /// Takes in a text that has been read; the documents that say that now. Derived, so no edit:
    /// it is the same in every copy of the project that reads it.
    pub fn read(&mut self, version: Version) -> Vec<DocumentId> {
        let id = version.id();
        if self.version(&id).is_some() {
            return Vec::new();
        }
        self.versions.push((id.clone(), version));
        let saying = self
            .documents
            .values()
            .filter(|entry| entry.record.version == id);
        let saying: Vec<Arc<Record>> = saying.map(|entry| entry.record.clone()).collect();
        for record in &saying {
            self.put_document(record.clone());
        }
        saying.iter().map(|record| record.id).collect()
    }

    /// Puts a document in the place of what it was, and its annotations where they stand in what it
    /// says now. Where that is another text it costs as much as there are annotations in the project.
    fn put_document(&mut self, record: Arc<Record>) {
        let version = self.version(&record.version);
        let document = version.map(|version| Arc::new(Document::of(record.clone(), version)));
        let id = record.id;
        let is_read = document.is_some();
        match self.documents.get_mut(&id) {
            Some(entry) => {
                let was_read = entry.document.is_some();
                let is_same = entry.record.version == record.version && is_read == was_read;
                entry.record = record;
                entry.document = document;
                if is_same {
                    return;
                }
            }
            None => {
                let entry = DocumentEntry {
                    record,
                    document,
                    indexes: Vec::new(),
                };
                self.documents.insert(id, entry);
                if !self.has_orphans {
                    return;
                }
            }
        }
        self.place_exact_ones(id);
    }

    /// Takes a document out as if it had never been there.
    fn remove_document(&mut self, id: DocumentId) {
        self.documents.remove(&id);
        self.place_exact_ones(id);
    }

    /// The themes.
    #[must_use]
    pub fn codebook(&self) -> &Codebook {
        &self.codebook
    }

    /// An annotation, deleted or not.
    #[must_use]
    pub fn annotation(&self, id: AnnotationId) -> Option<&Placed> {
        self.annotations.get(&id)?.as_ref()
    }

    /// A live annotation.
    #[must_use]
    pub fn live(&self, id: AnnotationId) -> Option<&Placed> {
        self.annotation(id)
            .filter(|placed| !placed.annotation.deleted)
    }

    /// Whether a live annotation is tagged with a theme.
    #[must_use]
    pub fn is_tagged(&self, id: AnnotationId, theme: ThemeId) -> bool {
        self.live(id)
            .is_some_and(|placed| placed.annotation.bears(theme))
    }

    /// Every annotation, deleted or not, in the order of their ids.
    pub fn placed(&self) -> impl Iterator<Item = &Placed> {
        self.annotations.values().flatten()
    }

    /// Their records.
    pub fn records(&self) -> impl Iterator<Item = &Arc<Annotation>> {
        self.placed().map(|placed| &placed.annotation)
    }

    /// Every live annotation of a document: those with a sure place in text order,
    /// then the rest in the order of their ids, for those made here that in which they were made.
    pub fn annotations(&self, document: DocumentId) -> impl Iterator<Item = &Placed> {
        self.indexed(document, Filter::All)
    }

    /// The live annotations of a document that do not stand where they say and have not
    /// been looked for.
    pub fn unresolved(&self, document: DocumentId) -> impl Iterator<Item = &Arc<Annotation>> {
        let unresolved = self.indexed(document, Filter::Unresolved);
        unresolved.map(|placed| &placed.annotation)
    }

    fn indexed(&self, document: DocumentId, filter: Filter) -> impl Iterator<Item = &Placed> {
        let marks = self.index(document, filter).iter();
        marks.filter_map(|mark| self.annotation(mark.id))
    }

    /// The live marks of a document that touch a span, in text order.
    pub fn marks_in(&self, document: DocumentId, span: Span) -> impl Iterator<Item = Mark> {
        self.index(document, Filter::All).touching(span).into_iter()
    }

    /// Where a target's passage stands, if it stands where it says, or a person said that it
    /// does not stand here. Anything else has to be looked for, which takes too long here: see
    /// [`Project::resolve`].
    fn place_if_exact(&self, annotation: &Annotation) -> Option<Resolution> {
        let target = &annotation.target;
        let document = self.document(target.document)?;
        if target.is_absent_from(&document.digest) {
            return Some(Resolution::Lost);
        }
        if target.is_doubted_in(&document.digest) {
            return None;
        }
        verify_position(&target.selectors, &document.text, &document.digest).map(Resolution::Exact)
    }

    /// Places every annotation of a document anew, since its text is another, or was not known
    /// before. That costs as much as comparing all their words.
    fn place_exact_ones(&mut self, document: DocumentId) {
        let own: Vec<AnnotationId> = self
            .placed()
            .filter(|placed| placed.annotation.target.document == document)
            .map(|placed| placed.annotation.id)
            .collect();
        for id in own {
            if let Some(placed) = self.annotation(id) {
                self.set_place(id, self.place_if_exact(&placed.annotation));
            }
        }
    }

    /// Looks for every passage of a document that does not stand where it says, in the
    /// document's text. It is work for the worker.
    pub fn resolve_all(&mut self, document: DocumentId, finder: &Finder<'_>) {
        let unresolved: Vec<Arc<Annotation>> = self.unresolved(document).cloned().collect();
        let selectors = unresolved
            .iter()
            .map(|annotation| &*annotation.target.selectors);
        let found = finder.resolve_all(selectors);
        for (annotation, place) in unresolved.iter().zip(found) {
            self.resolve(annotation.id, place);
        }
    }

    /// Takes over where a passage was found that does not stand where it says. Derived,
    /// so no edit: every copy of the project finds the same. Gives back where it stood; nothing
    /// where it stays there, since it stands where it says.
    pub fn resolve(&mut self, id: AnnotationId, place: Resolution) -> Option<Mark> {
        let placed = self.annotation(id)?;
        let stood = placed.mark();
        let target = &placed.annotation.target;
        let record = self.record(target.document);
        let is_doubted = record.is_some_and(|own| target.is_doubted_in(&own.version.text));
        let place = match place {
            Resolution::Exact(span) if is_doubted => {
                Resolution::Uncertain(vec![Candidate { span, score: 100 }])
            }
            Resolution::Moved(place) if is_doubted => Resolution::Uncertain(vec![place]),
            place => place,
        };
        if self.place_if_exact(&placed.annotation).is_some() {
            return None;
        }
        self.set_place(id, Some(place));
        Some(stood)
    }

    /// Puts an annotation at a place, in the derived tables as well.
    fn set_place(&mut self, id: AnnotationId, place: Option<Resolution>) {
        let Some(before) = self.annotation(id).cloned() else {
            return;
        };
        self.remove_from_indexes(&before);
        let placed = Placed { place, ..before };
        self.insert_into_indexes(&placed);
        self.annotations.insert(id, Some(placed));
    }
}
