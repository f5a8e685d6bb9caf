//! What is exported: documents of a project, and what stands in them.

use std::sync::Arc;

use crate::anchor::{Quote, Resolution, describe};
use crate::document::{Document, DocumentId, Record, Version};
use crate::project::{Placed, Project};
use crate::text::{CodePoint, Span};
use crate::time::Timestamp;

/// Documents of a project, and when they are exported. What they say should have been read, and passages
/// been looked for: of those that have not, no more is known than what they say themselves.
#[derive(Clone, Copy, Debug)]
pub struct Bundle<'a> {
    /// The project.
    pub project: &'a Project,
    /// The documents, in the order in which they are written.
    pub documents: &'a [DocumentId],
    /// When.
    pub generated: Timestamp,
}

/// A marked passage as it is written.
pub(super) struct Passage {
    pub(super) quote: Quote,
    /// Its place, where that is sure.
    pub(super) span: Option<Span<CodePoint>>,
    /// How sure that is, as formats name it.
    pub(super) state: &'static str,
}

impl<'a> Bundle<'a> {
    /// The documents that there are.
    pub(super) fn records(&self) -> impl Iterator<Item = &'a Arc<Record>> + Clone + use<'a> {
        let project = self.project;
        let all = self.documents.iter();
        all.filter_map(move |id| project.record(*id))
    }

    /// A document; without words where they have not been read.
    pub(super) fn document(&self, record: &Arc<Record>) -> Arc<Document> {
        let read = self.project.document(record.id).cloned();
        read.unwrap_or_else(|| Arc::new(Document::of(record.clone(), &Version::new([]))))
    }

    /// The live annotations of a document, in text order.
    pub(super) fn annotations(
        &self,
        document: DocumentId,
    ) -> impl Iterator<Item = &'a Placed> + use<'a> {
        self.project.annotations(document)
    }

    /// The passage of an annotation: as it stands now, where that is sure, or else as it was described.
    pub(super) fn passage(&self, placed: &Placed) -> Passage {
        let target = &placed.annotation.target;
        let own = &target.selectors;
        let document = self.project.document(target.document);
        if let (Some(document), Some(span)) = (document, placed.span()) {
            let now = describe(&document.text, &document.digest, span);
            return Passage {
                quote: now.quote.unwrap_or_default(),
                span: now.position,
                state: state(placed.place.as_ref()),
            };
        }
        // It stands where it was made, if the document says still the same.
        let record = self.project.record(target.document);
        let is_same = record.is_some_and(|own| {
            target.selectors.digest.as_ref() == Some(&own.version.text)
                && target.known.is_none()
                && document.is_none()
        });
        let span = own.position.filter(|_| is_same);
        Passage {
            quote: own.quote.clone().unwrap_or_default(),
            span,
            state: if span.is_some() {
                EXACT
            } else {
                state(placed.place.as_ref())
            },
        }
    }
}

const EXACT: &str = "exact";

fn state(place: Option<&Resolution>) -> &'static str {
    match place {
        Some(Resolution::Exact(_)) => EXACT,
        Some(Resolution::Moved(_)) => "moved",
        Some(Resolution::Uncertain(_)) => "uncertain",
        Some(Resolution::Lost) => "lost",
        None => "unsought",
    }
}
