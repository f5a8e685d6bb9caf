//! What stands in `project.json`, and the records that it is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{json, texts};
use crate::anchor::{self, Selectors};
use crate::annotation::{self, AnnotationId, Known, Target, add_sorted};
use crate::codebook::{self, Codebook, Colour, Order, ThemeId};
use crate::document::{self, DocumentId, Record};
use crate::project::{Edit, Project};
use crate::text::{CodePoint, Digest, Span};
use crate::time::Timestamp;
use crate::words::project_file as words;

/// What the member `format` says.
const FORMAT: &str = "themark-project";

/// The version that is written, and the last that is read.
const VERSION: u32 = 1;

/// How canonical texts are made and offsets counted, for whoever reads the file.
const RULE: &str = "A text is its blocks joined by one LINE FEED, Unicode as in the source, no \
     normalization; offsets count Unicode code points, half-open.";

/// What a file says of itself, whatever else is in it.
#[derive(Deserialize)]
struct Name {
    #[serde(default)]
    format: String,
    #[serde(default)]
    version: u32,
}

/// The file: documents and annotations in the order of their ids, themes in theirs. A member that is
/// not known here is refused: it would be lost in silence.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: String,
    version: u32,
    generator: String,
    generated: String,
    title: String,
    /// Whether the history is in the archive as well.
    history: bool,
    rule: String,
    documents: Vec<Document>,
    codebook: Vec<Theme>,
    annotations: Vec<Annotation>,
}

#[derive(PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    id: Uuid,
    name: Arc<str>,
    title: Arc<str>,
    language: Arc<str>,
    source: Arc<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    licence: Option<Licence>,
    fields: BTreeMap<Arc<str>, Arc<str>>,
    /// The file with what it says.
    text: String,
    #[serde(default, skip_serializing_if = "is_false")]
    deleted: bool,
}

#[derive(PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Licence {
    name: Arc<str>,
    address: Arc<str>,
}

#[derive(PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Theme {
    id: Uuid,
    name: Arc<str>,
    colour: String,
    order: String,
    #[serde(default, skip_serializing_if = "is_false")]
    deleted: bool,
}

#[derive(PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Annotation {
    id: Uuid,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    iri: Option<Arc<str>>,
    document: Uuid,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<Arc<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quote: Option<Quote>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    position: Option<Position>,
    /// That of the text on which quote and position were taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
    /// A person said that the passage is not in the text with this digest.
    #[serde(
        rename = "absentFrom",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    absent_from: Option<String>,
    /// What is found in the text with this digest is for a person to judge.
    #[serde(rename = "doubtedIn", default, skip_serializing_if = "Option::is_none")]
    doubted_in: Option<String>,
    themes: Vec<Uuid>,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    note: Arc<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    creator: Option<Arc<str>>,
    created: String,
    modified: String,
    #[serde(default, skip_serializing_if = "is_false")]
    deleted: bool,
}

#[derive(PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Quote {
    exact: String,
    prefix: String,
    suffix: String,
}

#[derive(PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Position {
    start: u32,
    end: u32,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "what is passed over is asked by reference"
)]
fn is_false(value: &bool) -> bool {
    !value
}

/// What a file says.
pub(super) struct Said {
    pub(super) title: String,
    pub(super) generated: Timestamp,
    pub(super) has_history: bool,
    /// A project with its records, and no texts.
    pub(super) project: Project,
}

/// Writes a project's records.
pub(super) fn write(
    project: &Project,
    title: &str,
    generated: Timestamp,
    has_history: bool,
) -> Vec<u8> {
    json(&File {
        format: FORMAT.into(),
        version: VERSION,
        generator: concat!("Themark ", env!("CARGO_PKG_VERSION")).into(),
        generated: generated.to_string(),
        title: title.into(),
        history: has_history,
        rule: RULE.into(),
        documents: project.documents().map(|own| Document::of(own)).collect(),
        codebook: project.codebook().all().map(|own| Theme::of(own)).collect(),
        annotations: project.records().map(|own| Annotation::of(own)).collect(),
    })
}

/// Reads what [`write`] wrote, from a file of that name.
///
/// # Errors
/// A sentence where it is another kind of file, of a later version, or says what can't be.
pub(super) fn read(part: &str, bytes: &[u8]) -> Result<Said, String> {
    let unreadable = |error: serde_json::Error| words::unreadable(part, &error.to_string());
    // The version first: a later one may have any other shape.
    let name: Name = serde_json::from_slice(bytes).map_err(unreadable)?;
    if name.format != FORMAT || name.version == 0 {
        return Err(words::FOREIGN.into());
    }
    if name.version > VERSION {
        return Err(words::NEWER.into());
    }
    let file: File = serde_json::from_slice(bytes).map_err(unreadable)?;
    let documents = file.documents.iter().map(|own| own.id);
    let themes = file.codebook.iter().map(|own| own.id);
    let annotations = file.annotations.iter().map(|own| own.id);
    let twice = [twice(documents), twice(themes), twice(annotations)];
    if let Some(id) = twice.into_iter().flatten().next() {
        return Err(words::twice(part, &id.to_string()));
    }
    let mut edits = Vec::new();
    let wrong = |Wrong(member, value)| words::wrong(part, member, &value);
    for own in file.documents {
        edits.push(Edit::AddDocument(Box::new(own.record().map_err(wrong)?)));
    }
    for own in file.codebook {
        edits.push(Edit::AddTheme(own.record().map_err(wrong)?));
    }
    for own in file.annotations {
        edits.push(Edit::AddAnnotation(Arc::new(own.record().map_err(wrong)?)));
    }
    let mut project = Project::with_codebook([], Codebook::default());
    project.apply(&edits);
    Ok(Said {
        title: file.title,
        generated: time("generated", &file.generated).map_err(wrong)?,
        has_history: file.history,
        project,
    })
}

/// Whether two projects have the same records; documents and themes of the first count only where they
/// are in the second, or not in the bin.
pub(super) fn is_same(now: &Project, then: &Project) -> bool {
    let documents = now.documents();
    let documents = documents.filter(|own| !own.deleted || then.record(own.id).is_some());
    let themes = now.codebook().all();
    let themes = themes.filter(|own| !own.deleted || then.codebook().get(own.id).is_some());
    documents.eq(then.documents())
        && themes.eq(then.codebook().all())
        && now.records().eq(then.records())
}

fn twice(ids: impl Iterator<Item = Uuid>) -> Option<Uuid> {
    let mut seen = BTreeSet::new();
    let mut ids = ids;
    ids.find(|id| !seen.insert(*id))
}

/// What a member says that can't be.
struct Wrong(&'static str, String);

fn parsed<T>(
    member: &'static str,
    value: &str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<T, Wrong> {
    parse(value).ok_or_else(|| Wrong(member, value.to_owned()))
}

fn time(member: &'static str, value: &str) -> Result<Timestamp, Wrong> {
    parsed(member, value, Timestamp::parse)
}

impl Document {
    fn of(record: &Record) -> Self {
        let licence = record.licence.as_ref().map(|own| Licence {
            name: own.name.clone(),
            address: own.address.clone(),
        });
        let fields = record.fields.iter();
        Self {
            id: record.id.0,
            name: record.name.clone(),
            title: record.title.clone(),
            language: record.language.clone(),
            source: record.source.clone(),
            licence,
            fields: fields.map(|(a, b)| (a.clone(), b.clone())).collect(),
            text: texts::path(&record.version),
            deleted: record.deleted,
        }
    }

    fn record(self) -> Result<Record, Wrong> {
        let is_name = |name: &&Arc<str>| !document::Fields::is_name(name);
        if let Some(name) = self.fields.keys().find(is_name) {
            return Err(Wrong("fields", name.to_string()));
        }
        Ok(Record {
            id: DocumentId(self.id),
            name: self.name,
            title: self.title,
            language: self.language,
            source: self.source,
            licence: self.licence.map(|own| document::Licence {
                name: own.name,
                address: own.address,
            }),
            fields: self.fields.into_iter().collect(),
            version: parsed("text", &self.text, texts::id)?,
            deleted: self.deleted,
        })
    }
}

impl Theme {
    fn of(theme: &codebook::Theme) -> Self {
        Self {
            id: theme.id.0,
            name: theme.name.clone(),
            colour: theme.colour.to_string(),
            order: theme.order.as_str().into(),
            deleted: theme.deleted,
        }
    }

    fn record(self) -> Result<codebook::Theme, Wrong> {
        Ok(codebook::Theme {
            id: ThemeId(self.id),
            name: self.name,
            colour: parsed("colour", &self.colour, Colour::parse)?,
            order: parsed("order", &self.order, Order::parse)?,
            deleted: self.deleted,
        })
    }
}

impl Annotation {
    fn of(own: &annotation::Annotation) -> Self {
        let Target {
            document,
            source,
            selectors,
            known,
        } = &own.target;
        let quote = selectors.quote.as_ref().map(|quote| Quote {
            exact: quote.exact().into(),
            prefix: quote.prefix().into(),
            suffix: quote.suffix().into(),
        });
        let position = selectors.position.map(|Span { start, end }| Position {
            start: start.0,
            end: end.0,
        });
        let (absent_from, doubted_in) = match known.as_deref() {
            Some(Known::AbsentFrom(text)) => (Some(text), None),
            Some(Known::DoubtedIn(text)) => (None, Some(text)),
            None => (None, None),
        };
        let written = |digest: Option<&Digest>| digest.map(Digest::to_string);
        Self {
            id: own.id.0,
            iri: own.iri.clone(),
            document: document.0,
            source: source.clone(),
            quote,
            position,
            sha256: written(selectors.digest.as_ref()),
            absent_from: written(absent_from),
            doubted_in: written(doubted_in),
            themes: own.themes.iter().map(|theme| theme.0).collect(),
            note: own.note.clone(),
            creator: own.creator.clone(),
            created: own.created.to_string(),
            modified: own.modified.to_string(),
            deleted: own.deleted,
        }
    }

    fn record(self) -> Result<annotation::Annotation, Wrong> {
        let digest = |member, hex: Option<String>| {
            let hex = hex.as_ref();
            hex.map(|hex| parsed(member, hex, Digest::parse))
                .transpose()
        };
        let position = self.position.map(|Position { start, end }| {
            let is_ordered = start <= end;
            let span = Span::between(CodePoint(start), CodePoint(end));
            let wrong = || Wrong("position", format!("{start}–{end}"));
            is_ordered.then_some(span).ok_or_else(wrong)
        });
        let quote = self.quote.as_ref();
        let selectors = Selectors {
            quote: quote.map(|own| anchor::Quote::new(&own.prefix, &own.exact, &own.suffix)),
            position: position.transpose()?,
            digest: digest("sha256", self.sha256)?,
        };
        let absent = digest("absentFrom", self.absent_from)?.map(Known::AbsentFrom);
        let doubted = digest("doubtedIn", self.doubted_in)?.map(Known::DoubtedIn);
        if let (Some(_), Some(Known::DoubtedIn(text))) = (&absent, &doubted) {
            return Err(Wrong("doubtedIn", text.to_string()));
        }
        let mut themes = Vec::new();
        for theme in self.themes {
            add_sorted(&mut themes, ThemeId(theme));
        }
        Ok(annotation::Annotation {
            id: AnnotationId(self.id),
            iri: self.iri,
            target: Target {
                document: DocumentId(self.document),
                source: self.source,
                selectors: Arc::new(selectors),
                known: absent.or(doubted).map(Box::new),
            },
            themes,
            note: self.note,
            creator: self.creator,
            created: time("created", &self.created)?,
            modified: time("modified", &self.modified)?,
            deleted: self.deleted,
        })
    }
}
