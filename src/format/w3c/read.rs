//! Reads annotation files: collections, pages, single annotations and bare lists.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;
use uuid::Uuid;

use super::validate;
use crate::anchor::{Quote, Selectors};
use crate::annotation::AnnotationId;
use crate::codebook::{Colour, Order, ThemeId};
use crate::text::{CodePoint, Digest, Span};
use crate::time::Timestamp;

/// Why a file is refused: every reason is a sentence that says what and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub Vec<String>);

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Its annotations, each id once.
    pub annotations: Vec<Incoming>,
    /// Its codebook, where it has one.
    pub themes: Vec<IncomingTheme>,
    /// What could not be taken over, in sentences.
    pub warnings: Vec<String>,
}

/// A theme of a file's codebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncomingTheme {
    /// Its id.
    pub id: ThemeId,
    /// Its name.
    pub name: Arc<str>,
    /// Its colour, where it is one.
    pub colour: Option<Colour>,
    /// Its order, where it is one.
    pub order: Option<Order>,
}

/// An annotation of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Incoming {
    /// Its id in this project.
    pub id: AnnotationId,
    /// Its own name, where that is not a UUID.
    pub iri: Option<Arc<str>>,
    /// What it points at.
    pub source: Option<Arc<str>>,
    /// The passage.
    pub selectors: Selectors,
    /// Its tags: a theme's id where the file gives one, and the name.
    pub tags: Vec<(Option<ThemeId>, Arc<str>)>,
    /// Its note; several texts are parted by an empty line.
    pub note: String,
    /// Who made it.
    pub creator: Option<Arc<str>>,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// When it was last changed.
    pub modified: Option<Timestamp>,
}

/// Reads a file.
///
/// # Errors
/// When it is not JSON, or breaks a MUST of the model; nothing of it is taken then.
pub fn read(file: &str) -> Result<Said, Refused> {
    let sentence = |problem: validate::Problem| {
        if problem.at.is_empty() {
            problem.message
        } else {
            format!("{} (at {})", problem.message, problem.at)
        }
    };
    let value = validate::parse(file).map_err(|problem| Refused(vec![sentence(problem)]))?;
    let problems = validate::validate(&value);
    if !problems.is_empty() {
        return Err(Refused(problems.into_iter().map(sentence).collect()));
    }
    let mut said = Said {
        themes: list(&value["themark:codebook"]).filter_map(theme).collect(),
        ..Said::default()
    };
    let digest = value["themark:text"]["themark:sha256"]
        .as_str()
        .and_then(Digest::parse);
    let mut skipped = Skipped::default();
    let mut seen = BTreeSet::new();
    for item in items(&value, &mut skipped) {
        // One that had no sure place there must not get one here by its position alone.
        let digest = digest.filter(|_| item["themark:place"].is_null());
        let annotation = incoming(item, digest, &mut skipped);
        if seen.insert(annotation.id) {
            said.annotations.push(annotation);
        } else {
            skipped.twice += 1;
        }
    }
    said.warnings = skipped.warnings();
    Ok(said)
}

/// What was met and not taken over.
#[derive(Default)]
struct Skipped {
    twice: usize,
    bodies: usize,
    targets: usize,
    selectors: usize,
    pages: usize,
}

impl Skipped {
    fn warnings(&self) -> Vec<String> {
        [
            (self.twice, "annotation(s) repeat an id of this file; the first was taken"),
            (self.bodies, "body or bodies are not text; they were left out"),
            (self.targets, "further target(s) of an annotation were left out; the first was taken"),
            (self.selectors, "annotation(s) select by something other than a quote or a position in the text"),
            (self.pages, "page(s) of the collection are elsewhere and were not fetched"),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}."))
        .collect()
    }
}

/// A value that may be one or several, as JSON-LD allows everywhere.
fn list(value: &Value) -> std::slice::Iter<'_, Value> {
    match value {
        Value::Null => [].iter(),
        Value::Array(values) => values.iter(),
        single => std::slice::from_ref(single).iter(),
    }
}

/// Whether a value's `type` names this class.
fn is_a(value: &Value, class: &str) -> bool {
    list(&value["type"]).any(|name| name == class)
}

/// The annotations of a file, whatever holds them.
fn items<'a>(value: &'a Value, skipped: &mut Skipped) -> Vec<&'a Value> {
    if value.is_array() {
        return list(value).collect();
    }
    let mut page = if is_a(value, "AnnotationCollection") {
        &value["first"]
    } else if is_a(value, "AnnotationPage") {
        value
    } else {
        return vec![value];
    };
    let mut found = Vec::new();
    while page.is_object() {
        found.extend(list(&page["items"]));
        page = &page["next"];
    }
    // A page named by its address only; nothing is ever fetched for it.
    skipped.pages += usize::from(page.is_string());
    found
}

fn theme(value: &Value) -> Option<IncomingTheme> {
    Some(IncomingTheme {
        id: ThemeId(uuid(value["id"].as_str()?)?),
        name: value["label"].as_str()?.into(),
        colour: value["themark:colour"].as_str().and_then(Colour::parse),
        order: value["themark:order"].as_str().and_then(Order::parse),
    })
}

/// The UUID in a `urn:uuid:` name.
fn uuid(iri: &str) -> Option<Uuid> {
    Uuid::try_parse(iri.strip_prefix("urn:uuid:")?).ok()
}

/// A project names annotations by UUID. Another kind of name becomes one that
/// follows from it, so that the same file read twice means
/// the same annotations; a list without names goes by its content.
fn id_of(item: &Value) -> (AnnotationId, Option<Arc<str>>) {
    let name = item["id"].as_str();
    if let Some(id) = name.and_then(uuid) {
        return (AnnotationId(id), None);
    }
    let digest = name.map_or_else(|| Digest::of(&item.to_string()), Digest::of);
    (AnnotationId(digest.uuid()), name.map(Into::into))
}

fn incoming(item: &Value, digest: Option<Digest>, skipped: &mut Skipped) -> Incoming {
    let (id, iri) = id_of(item);
    let moment = |key: &str| item[key].as_str().and_then(Timestamp::parse);
    let mut annotation = Incoming {
        id,
        iri,
        creator: list(&item["creator"]).find_map(|creator| {
            [&creator["name"], &creator["nickname"], &creator["id"], creator]
                .into_iter()
                .find_map(Value::as_str)
                .map(Into::into)
        }),
        created: moment("created"),
        modified: moment("modified"),
        ..Incoming::default()
    };
    let tagging = list(&item["motivation"]).any(|motivation| motivation == "tagging");
    let mut notes: Vec<&str> = item["bodyValue"].as_str().into_iter().collect();
    for body in list(&item["body"]) {
        let Some(value) = body["value"].as_str() else {
            skipped.bodies += 1;
            continue;
        };
        let purposes = &body["purpose"];
        let tags = if purposes.is_null() {
            tagging
        } else {
            list(purposes).any(|purpose| purpose == "tagging" || purpose == "classifying")
        };
        if tags {
            let theme = body["id"].as_str().and_then(uuid).map(ThemeId);
            annotation.tags.push((theme, value.trim().into()));
        } else {
            notes.push(value);
        }
    }
    annotation.note = notes.join("\n\n");

    let mut targets = list(&item["target"]);
    if let Some(target) = targets.next() {
        let source = target.as_str().or_else(|| {
            let source = &target["source"];
            source.as_str().or_else(|| source["id"].as_str()).or_else(|| target["id"].as_str())
        });
        annotation.source = source.map(Into::into);
        annotation.selectors = selectors(target, digest);
        if annotation.selectors == Selectors::default() {
            skipped.selectors += 1;
        }
    }
    skipped.targets += targets.count();
    annotation
}

fn selectors(target: &Value, digest: Option<Digest>) -> Selectors {
    let mut selectors = Selectors::default();
    for selector in list(&target["selector"]) {
        let text = |key: &str| selector[key].as_str().unwrap_or_default().into();
        if is_a(selector, "TextQuoteSelector") && selectors.quote.is_none() {
            selectors.quote = Some(Quote {
                exact: text("exact"),
                prefix: text("prefix"),
                suffix: text("suffix"),
            });
        } else if is_a(selector, "TextPositionSelector") && selectors.position.is_none() {
            let offset = |key: &str| selector[key].as_u64().and_then(|at| u32::try_from(at).ok());
            selectors.position = offset("start")
                .zip(offset("end"))
                .map(|(start, end)| Span::between(CodePoint(start), CodePoint(end)));
        }
    }
    if selectors != Selectors::default() {
        selectors.digest = digest;
    }
    selectors
}
