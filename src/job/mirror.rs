//! What a worker keeps of the project from one question to the next. The page remembers what it has
//! sent to it, so that each record goes there once for each change of it, and a text once.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Failure, Heard, Text};
use crate::annotation::{Annotation, AnnotationId};
use crate::codebook::{Codebook, Theme};
use crate::document::{Document, DocumentId, Saying, Version, VersionId};
use crate::journal::texts;
use crate::project::{Edit, Project};
use crate::words;

/// What of the project a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Nothing: it brings the records that it needs.
    Nothing,
    /// All annotations, and the themes.
    All,
    /// The annotations of a document.
    Document(DocumentId),
}

impl Scope {
    pub(super) fn holds(self, annotation: &Annotation) -> bool {
        match self {
            Self::Nothing => false,
            Self::All => true,
            Self::Document(document) => annotation.target.document == document,
        }
    }
}

/// What a worker has been sent of the project and still keeps.
#[derive(Debug, Default)]
pub struct Sent {
    /// Each annotation, and the number of the question that was the last to be about it.
    annotations: BTreeMap<AnnotationId, (Arc<Annotation>, u32)>,
    themes: Vec<Theme>,
    text: Option<VersionId>,
    /// Whether the themes go with the question that is being sent.
    brings_themes: bool,
    /// How many questions were asked.
    asked: u32,
}

impl Sent {
    /// Begins with another question; whether the themes have to be sent for it.
    pub(super) fn begin(&mut self, scope: Scope, themes: &[Theme]) -> bool {
        self.asked = self.asked.wrapping_add(1);
        self.brings_themes = scope == Scope::All && self.themes != themes;
        if self.brings_themes {
            self.themes = themes.to_vec();
        }
        self.brings_themes
    }

    /// Whether the worker keeps nothing of the project.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.annotations.is_empty() && self.themes.is_empty() && self.text.is_none()
    }

    /// Whether a record has to be sent; from then on it is taken to be.
    pub(super) fn needs(&mut self, edit: &Edit) -> bool {
        let Edit::AddAnnotation(annotation) = edit else {
            return true;
        };
        let entry = (annotation.clone(), self.asked);
        let before = self.annotations.insert(annotation.id, entry);
        // One that is another has been made anew.
        before.is_none_or(|(before, _)| !Arc::ptr_eq(&before, annotation))
    }

    /// What is to be said besides, once all records of a question have gone through
    /// [`Sent::needs`].
    pub(super) fn update(&mut self, scope: Scope, text: Option<&(VersionId, Version)>) -> Update {
        let asked = self.asked;
        let mut gone = Vec::new();
        self.annotations.retain(|id, (annotation, number)| {
            let is_gone = scope.holds(annotation) && *number != asked;
            gone.extend(is_gone.then_some(*id));
            !is_gone
        });
        let other = text.filter(|(id, _)| self.text.as_ref() != Some(id));
        if let Some((id, _)) = other {
            self.text = Some(id.clone());
        }
        Update {
            gone,
            brings_themes: self.brings_themes,
            text: other.map(|(_, text)| Saying::of(text)),
        }
    }
}

/// What of the project is otherwise since the last question, beside the records that have come.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Update {
    /// Annotations that the project does not hold any more.
    gone: Vec<AnnotationId>,
    /// The themes are among the records, all of them that there are.
    brings_themes: bool,
    /// The text that the question is about, where it is another than before.
    text: Option<Saying>,
}

/// A worker's part of the conversation: what it keeps of the project, and what has come of the next
/// question.
#[derive(Debug, Default)]
pub struct Mirror {
    annotations: BTreeMap<AnnotationId, Arc<Annotation>>,
    themes: Vec<Theme>,
    text: Option<Version>,
    /// Texts that are looked through, by their names: who sends them says when they may go.
    texts: BTreeMap<String, Version>,
    /// The records of the next question.
    heard: Heard,
}

impl Mirror {
    /// Takes in records of the next question, or a text. One that can't be read is missed where it is
    /// asked for.
    pub fn hear(&mut self, records: &str) {
        if !texts::is_one(records) {
            self.heard.hear(records);
        } else if let Some(version) = texts::read(records) {
            self.texts.insert(version.id().to_string(), version);
        }
    }

    /// A text that was sent to be looked through.
    pub(super) fn said(&self, name: &VersionId) -> Option<&Version> {
        self.texts.get(&name.to_string())
    }

    /// Lets go of it.
    pub(super) fn forget(&mut self, name: &VersionId) {
        self.texts.remove(&name.to_string());
    }

    /// Lets go of all of them.
    pub(super) fn forget_all(&mut self) {
        self.texts.clear();
    }

    /// Takes over what has become otherwise in the project, and gives back the records that are only
    /// for this question: all of them, where it is not about the project.
    pub(super) fn update(&mut self, update: Update, scope: Scope) -> Result<Vec<Edit>, Failure> {
        let records = self.heard.take()?;
        if let Some(text) = update.text {
            self.text = Some(super::version(text)?);
        }
        if scope == Scope::Nothing {
            return Ok(records);
        }
        if update.brings_themes {
            self.themes.clear();
        }
        for id in update.gone {
            self.annotations.remove(&id);
        }
        let mut own = Vec::new();
        for edit in records {
            match edit {
                Edit::AddAnnotation(annotation) => {
                    self.annotations.insert(annotation.id, annotation);
                }
                Edit::AddTheme(theme) => self.themes.push(theme),
                other => own.push(other),
            }
        }
        Ok(own)
    }

    /// A document of which the text was sent.
    pub(super) fn document(&self, text: Text) -> Result<Arc<Document>, Failure> {
        let version = self.text.as_ref();
        let version = version.filter(|version| version.id() == text.says);
        let version = version.ok_or_else(|| Failure::garbled(words::worker::TEXT))?;
        Ok(Arc::new(Document::of(Arc::new(text.record()), version)))
    }

    /// A project of some documents, with what there is of annotations in a scope, and the themes
    /// where that is all of them.
    pub(super) fn project(
        &self,
        documents: impl IntoIterator<Item = Arc<Document>>,
        scope: Scope,
    ) -> Project {
        let mut project = Project::with_codebook(documents, Codebook::default());
        project.apply(&self.edits(scope));
        project
    }

    /// What there is in a scope, as it would be added.
    pub(super) fn edits(&self, scope: Scope) -> Vec<Edit> {
        let themes = self.themes.iter().filter(|_| scope == Scope::All);
        let themes = themes.cloned().map(Edit::AddTheme);
        let annotations = self.annotations.values();
        let annotations = annotations.filter(|annotation| scope.holds(annotation));
        themes
            .chain(annotations.cloned().map(Edit::AddAnnotation))
            .collect()
    }
}
