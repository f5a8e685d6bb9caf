//! The store's own format: one JSON object a transaction.
//!
//! Keys are short because a journal holds many. A record carries the version it
//! was written in; a reader refuses what is newer than itself.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::anchor::{Quote, Selectors};
use crate::annotation::{Annotation, AnnotationId, Target};
use crate::codebook::{Colour, Order, Theme, ThemeId};
use crate::document::DocumentId;
use crate::project::{Edit, OnAnnotation, OnTheme, Origin, Transaction};
use crate::text::{CodePoint, Digest, Span};
use crate::time::Timestamp;

/// The version this program writes.
const VERSION: u32 = 1;

/// Why a record can't be read.
#[derive(Debug, PartialEq, Eq)]
pub enum Error {
    /// A later version of the program wrote it.
    Newer(u32),
    /// It is not a record, or not a whole one; the reason, for a report.
    Damaged(String),
}

/// Writes a transaction as one line of JSON.
#[must_use]
pub fn write(transaction: &Transaction) -> String {
    let record = Record {
        v: VERSION,
        at: transaction.at.0,
        by: match transaction.origin {
            Origin::Person => By::Person,
            Origin::Undo => By::Undo,
            Origin::Redo => By::Redo,
        },
        what: transaction.label.as_ref().into(),
        edits: transaction.edits.iter().map(WireEdit::from_model).collect(),
    };
    // Strings, numbers, lists and structs of them always serialize.
    serde_json::to_string(&record).unwrap_or_default()
}

/// Reads what [`write()`] wrote.
///
/// # Errors
/// When the record is of a newer version, or damaged.
pub fn read(line: &str) -> Result<Transaction, Error> {
    let damaged = |cause: serde_json::Error| Error::Damaged(cause.to_string());
    // The version first: a newer record may have any shape.
    let Version { v } = serde_json::from_str(line).map_err(damaged)?;
    if v > VERSION {
        return Err(Error::Newer(v));
    }
    let record: Record = serde_json::from_str(line).map_err(damaged)?;
    Ok(Transaction {
        label: record.what.into(),
        origin: match record.by {
            By::Person => Origin::Person,
            By::Undo => Origin::Undo,
            By::Redo => Origin::Redo,
        },
        at: Timestamp(record.at),
        edits: record
            .edits
            .into_iter()
            .map(WireEdit::into_model)
            .collect::<Option<_>>()
            .ok_or_else(|| Error::Damaged("a value out of its range".into()))?,
    })
}

#[derive(Deserialize)]
struct Version {
    v: u32,
}

#[derive(Serialize, Deserialize)]
struct Record {
    v: u32,
    at: i64,
    by: By,
    what: String,
    edits: Vec<WireEdit>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum By {
    Person,
    Undo,
    Redo,
}

/// An edit: the record's id beside the field's name and value.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum WireEdit {
    Add(Box<WireAnnotation>),
    Tag(Uuid, Uuid, bool),
    Note(Uuid, String),
    Target(Uuid, WireTarget),
    Creator(Uuid, Option<String>),
    Created(Uuid, i64),
    Modified(Uuid, i64),
    Deleted(Uuid, bool),
    AddTheme(WireTheme),
    ThemeName(Uuid, String),
    ThemeColour(Uuid, String),
    ThemeOrder(Uuid, String),
    ThemeDeleted(Uuid, bool),
}

#[derive(Serialize, Deserialize)]
struct WireAnnotation {
    id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    iri: Option<String>,
    target: WireTarget,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    themes: Vec<Uuid>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    creator: Option<String>,
    created: i64,
    modified: i64,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    deleted: bool,
}

#[derive(Serialize, Deserialize)]
struct WireTarget {
    document: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    /// The quote: exact, prefix, suffix.
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<[Box<str>; 3]>,
    /// The position in code points: start, end.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<[u32; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct WireTheme {
    id: Uuid,
    name: String,
    colour: String,
    order: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    deleted: bool,
}

fn owned(text: Option<&Arc<str>>) -> Option<String> {
    text.map(|text| text.as_ref().into())
}

impl WireEdit {
    fn from_model(edit: &Edit) -> Self {
        match edit {
            Edit::AddAnnotation(annotation) => {
                Self::Add(Box::new(WireAnnotation::from_model(annotation)))
            }
            Edit::Annotation(AnnotationId(id), field) => match field {
                OnAnnotation::Tag(ThemeId(theme), tagged) => Self::Tag(*id, *theme, *tagged),
                OnAnnotation::Note(note) => Self::Note(*id, note.as_ref().into()),
                OnAnnotation::Target(target) => Self::Target(*id, WireTarget::from_model(target)),
                OnAnnotation::Creator(creator) => Self::Creator(*id, owned(creator.as_ref())),
                OnAnnotation::Created(at) => Self::Created(*id, at.0),
                OnAnnotation::Modified(at) => Self::Modified(*id, at.0),
                OnAnnotation::Deleted(deleted) => Self::Deleted(*id, *deleted),
            },
            Edit::AddTheme(theme) => Self::AddTheme(WireTheme::from_model(theme)),
            Edit::Theme(ThemeId(id), field) => match field {
                OnTheme::Name(name) => Self::ThemeName(*id, name.as_ref().into()),
                OnTheme::Colour(colour) => Self::ThemeColour(*id, colour.to_string()),
                OnTheme::Order(order) => Self::ThemeOrder(*id, order.as_str().into()),
                OnTheme::Deleted(deleted) => Self::ThemeDeleted(*id, *deleted),
            },
        }
    }

    fn into_model(self) -> Option<Edit> {
        let on = |id, field| Edit::Annotation(AnnotationId(id), field);
        let on_theme = |id, field| Edit::Theme(ThemeId(id), field);
        Some(match self {
            Self::Add(annotation) => Edit::AddAnnotation(Arc::new(annotation.into_model()?)),
            Self::Tag(id, theme, tagged) => on(id, OnAnnotation::Tag(ThemeId(theme), tagged)),
            Self::Note(id, note) => on(id, OnAnnotation::Note(note.into())),
            Self::Target(id, target) => on(id, OnAnnotation::Target(target.into_model()?)),
            Self::Creator(id, creator) => on(id, OnAnnotation::Creator(creator.map(Into::into))),
            Self::Created(id, at) => on(id, OnAnnotation::Created(Timestamp(at))),
            Self::Modified(id, at) => on(id, OnAnnotation::Modified(Timestamp(at))),
            Self::Deleted(id, deleted) => on(id, OnAnnotation::Deleted(deleted)),
            Self::AddTheme(theme) => Edit::AddTheme(theme.into_model()?),
            Self::ThemeName(id, name) => on_theme(id, OnTheme::Name(name.into())),
            Self::ThemeColour(id, colour) => {
                on_theme(id, OnTheme::Colour(Colour::parse(&colour)?))
            }
            Self::ThemeOrder(id, order) => on_theme(id, OnTheme::Order(Order::parse(&order)?)),
            Self::ThemeDeleted(id, deleted) => on_theme(id, OnTheme::Deleted(deleted)),
        })
    }
}

impl WireAnnotation {
    fn from_model(annotation: &Annotation) -> Self {
        Self {
            id: annotation.id.0,
            iri: owned(annotation.iri.as_ref()),
            target: WireTarget::from_model(&annotation.target),
            themes: annotation.themes.iter().map(|theme| theme.0).collect(),
            note: annotation.note.as_ref().into(),
            creator: owned(annotation.creator.as_ref()),
            created: annotation.created.0,
            modified: annotation.modified.0,
            deleted: annotation.deleted,
        }
    }

    fn into_model(self) -> Option<Annotation> {
        let mut themes: Vec<ThemeId> = self.themes.into_iter().map(ThemeId).collect();
        themes.sort_unstable();
        themes.dedup();
        Some(Annotation {
            id: AnnotationId(self.id),
            iri: self.iri.map(Into::into),
            target: self.target.into_model()?,
            themes,
            note: self.note.into(),
            creator: self.creator.map(Into::into),
            created: Timestamp(self.created),
            modified: Timestamp(self.modified),
            deleted: self.deleted,
        })
    }
}

impl WireTarget {
    fn from_model(target: &Target) -> Self {
        let selectors = &target.selectors;
        Self {
            document: target.document.0,
            source: owned(target.source.as_ref()),
            quote: selectors.quote.clone().map(|quote| [quote.exact, quote.prefix, quote.suffix]),
            at: selectors.position.map(|span| [span.start.0, span.end.0]),
            sha256: selectors.digest.map(|digest| digest.to_string()),
        }
    }

    fn into_model(self) -> Option<Target> {
        let digest = match self.sha256 {
            Some(hex) => Some(Digest::parse(&hex)?),
            None => None,
        };
        Some(Target {
            document: DocumentId(self.document),
            source: self.source.map(Into::into),
            selectors: Arc::new(Selectors {
                quote: self.quote.map(|[exact, prefix, suffix]| Quote {
                    exact,
                    prefix,
                    suffix,
                }),
                position: self
                    .at
                    .map(|[start, end]| Span::between(CodePoint(start), CodePoint(end))),
                digest,
            }),
        })
    }
}

impl WireTheme {
    fn from_model(theme: &Theme) -> Self {
        Self {
            id: theme.id.0,
            name: theme.name.as_ref().into(),
            colour: theme.colour.to_string(),
            order: theme.order.as_str().into(),
            deleted: theme.deleted,
        }
    }

    fn into_model(self) -> Option<Theme> {
        Some(Theme {
            id: ThemeId(self.id),
            name: self.name.into(),
            colour: Colour::parse(&self.colour)?,
            order: Order::parse(&self.order)?,
            deleted: self.deleted,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{edits, project};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_transaction_reads_as_it_was_written(edits in edits(&project(), 0..12)) {
            for origin in [Origin::Person, Origin::Undo, Origin::Redo] {
                let transaction =
                    Transaction { label: "tag Energy".into(), edits: edits.clone(), origin, at: Timestamp(7) };
                prop_assert_eq!(read(&write(&transaction)), Ok(transaction));
            }
        }
    }

    /// Stores written by earlier versions have to open for ever: these lines are
    /// what version 1 wrote, and are never changed.
    #[test]
    fn version_one_reads() {
        let lines = include_str!("../../tests/fixtures/journal-v1.jsonl");
        assert_eq!(lines.lines().count(), 5);
        for line in lines.lines() {
            let transaction = read(line).unwrap();
            assert_eq!(write(&transaction), line);
        }
    }

    #[test]
    fn a_newer_record_is_named_as_such() {
        assert_eq!(read(r#"{"v":9,"shape":"unknown"}"#), Err(Error::Newer(9)));
    }

    #[test]
    fn a_damaged_record_is_no_transaction() {
        let whole = include_str!("../../tests/fixtures/journal-v1.jsonl").lines().next().unwrap();
        for cut in (0..whole.len()).filter(|cut| whole.is_char_boundary(*cut)) {
            assert!(matches!(read(&whole[..cut]), Err(Error::Damaged(_))), "{cut}");
        }
        let order = r##"{"v":1,"at":0,"by":"person","what":"","edits":[{"theme-order":["00000000-0000-0000-0000-000000000000",""]}]}"##;
        assert!(matches!(read(order), Err(Error::Damaged(_))));
    }
}
