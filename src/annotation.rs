//! A mark on a passage: where it points and what is said of it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::anchor::{Selectors, describe};
use crate::codebook::ThemeId;
use crate::document::{Document, DocumentId};
use crate::text::{Digest, Span};
use crate::time::Timestamp;

/// Names an annotation for good: a UUIDv7 made by its author's device, or one that
/// follows from the name another tool gave it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct AnnotationId(pub Uuid);

/// A mark on a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// Its lasting name.
    pub id: AnnotationId,
    /// The name another tool gave it (an IRI), where that is not a UUID; exports keep it.
    pub iri: Option<Arc<str>>,
    /// What it points at.
    pub target: Target,
    /// The themes it is tagged with, in the order of their ids.
    pub themes: Vec<ThemeId>,
    /// What its author wrote about it; empty when nothing.
    pub note: Arc<str>,
    /// Who made it, where a file said so: a name or an IRI.
    pub creator: Option<Arc<str>>,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
    /// In the bin: shown nowhere, exported nowhere, and undo can bring it back.
    pub deleted: bool,
}

#[cfg(target_arch = "wasm32")]
const _: () = assert!(size_of::<Annotation>() <= 104);

impl Annotation {
    /// A new one, of which nothing is said yet.
    #[must_use]
    pub fn new(id: AnnotationId, target: Target, at: Timestamp) -> Self {
        Self {
            id,
            iri: None,
            target,
            themes: Vec::new(),
            note: Arc::default(),
            creator: None,
            created: at,
            modified: at,
            deleted: false,
        }
    }

    /// Whether it is tagged with a theme.
    #[must_use]
    pub fn bears(&self, theme: ThemeId) -> bool {
        self.themes.binary_search(&theme).is_ok()
    }
}

/// What an annotation points at. The selectors are the truth; the place in the
/// text follows from them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The document in this project.
    pub document: DocumentId,
    /// The address a file gave, where it is not the document's own.
    pub source: Option<Arc<str>>,
    /// The passage.
    pub selectors: Arc<Selectors>,
    /// What is known of it in one text, beyond what its selectors say; boxed, since of
    /// nearly all that is nothing.
    pub known: Option<Box<Known>>,
}

impl Target {
    /// A passage of a document, as its text is now.
    #[must_use]
    pub fn on(document: &Document, span: Span) -> Self {
        Self {
            document: document.id(),
            source: None,
            selectors: Arc::new(describe(&document.text, &document.digest, span)),
            known: None,
        }
    }

    /// Whether a person said that the passage is not in this text.
    #[must_use]
    pub fn is_absent_from(&self, text: &Digest) -> bool {
        matches!(self.known.as_deref(), Some(Known::AbsentFrom(own)) if own == text)
    }

    /// Whether what is found in this text is for a person to judge.
    #[must_use]
    pub fn is_doubted_in(&self, text: &Digest) -> bool {
        matches!(self.known.as_deref(), Some(Known::DoubtedIn(own)) if own == text)
    }
}

/// What is known of a passage in one text. In any other it is looked for as ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// A person said that it is not there.
    AbsentFrom(Digest),
    /// Its like stands there in another place: what is found is for a person to judge.
    DoubtedIn(Digest),
}

/// Themes of a mark up to which no more room is taken than they need: there are few to a mark,
/// and many marks. Beyond it, to make room for one at a time would cost the square of them.
const FEW: usize = 8;

/// Puts a theme into a list as an annotation holds it: in order, each once.
pub fn add_sorted(themes: &mut Vec<ThemeId>, theme: ThemeId) {
    let at = themes.partition_point(|other| *other < theme);
    if themes.get(at) != Some(&theme) {
        if themes.len() < FEW {
            themes.reserve_exact(1);
        }
        themes.insert(at, theme);
    }
}
