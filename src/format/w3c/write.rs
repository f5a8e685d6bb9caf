//! Writes an `AnnotationCollection` with one embedded `AnnotationPage`.

use serde::Serialize;

use super::{ANNO, NAMESPACE};
use crate::anchor::{Quote, Resolution, Selectors, describe};
use crate::annotation::Annotation;
use crate::codebook::Codebook;
use crate::document::Document;
use crate::project::{Placed, Project};
use crate::text::{CodePoint, Span};
use crate::time::Timestamp;

/// The rule by which the canonical text is made, for whoever checks the offsets.
const TEXT_RULE: &str = "The blocks of the article joined by one LINE FEED, Unicode as in the \
     source, no normalization; positions count Unicode code points, half-open.";

/// Writes the live annotations of a document as pretty-printed JSON with a final
/// line feed. Two exports of one state differ in `generated` only.
#[must_use]
pub fn write(project: &Project, document: &Document, at: Timestamp) -> String {
    let items: Vec<Item> = project
        .annotations(document.id)
        .map(|placed| Item::new(placed, document, project.codebook()))
        .collect();
    let id = urn(document.id.0);
    let page = format!("{id}#page-1");
    let collection = Collection {
        context: (
            ANNO,
            Terms {
                themark: NAMESPACE,
                codebook: Container { container: "@list" },
            },
        ),
        id: format!("{id}#annotations"),
        r#type: "AnnotationCollection",
        label: &document.title,
        generator: Agent {
            id: Some(NAMESPACE.trim_end_matches('#')),
            r#type: "Software",
            name: concat!("Themark ", env!("CARGO_PKG_VERSION")),
        },
        generated: at.to_string(),
        text: Text {
            id: &document.source,
            sha256: document.digest.to_string(),
            rule: TEXT_RULE,
        },
        codebook: project
            .codebook()
            .themes()
            .map(|theme| Code {
                id: urn(theme.id.0),
                label: &theme.name,
                colour: theme.colour.to_string(),
                order: theme.order.as_str(),
            })
            .collect(),
        total: items.len(),
        last: (!items.is_empty()).then(|| page.clone()),
        // A page must have an annotation (5.2), so an empty collection has no page.
        first: (!items.is_empty()).then_some(Page {
            id: page,
            r#type: "AnnotationPage",
            start_index: 0,
            items,
        }),
    };
    // Strings, numbers, lists and maps with string keys always serialize.
    let mut text = serde_json::to_string_pretty(&collection).unwrap_or_default();
    text.push('\n');
    text
}

fn urn(id: uuid::Uuid) -> String {
    format!("urn:uuid:{id}")
}

#[derive(Serialize)]
struct Collection<'a> {
    #[serde(rename = "@context")]
    context: (&'static str, Terms),
    id: String,
    r#type: &'static str,
    label: &'a str,
    generator: Agent<'a>,
    generated: String,
    #[serde(rename = "themark:text")]
    text: Text<'a>,
    #[serde(rename = "themark:codebook")]
    codebook: Vec<Code<'a>>,
    total: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<Page<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<String>,
}

/// What the standard's own context has no words for.
#[derive(Serialize)]
struct Terms {
    themark: &'static str,
    #[serde(rename = "themark:codebook")]
    codebook: Container,
}

#[derive(Serialize)]
struct Container {
    #[serde(rename = "@container")]
    container: &'static str,
}

#[derive(Serialize)]
struct Agent<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    r#type: &'static str,
    name: &'a str,
}

#[derive(Serialize)]
struct Text<'a> {
    id: &'a str,
    #[serde(rename = "themark:sha256")]
    sha256: String,
    #[serde(rename = "themark:rule")]
    rule: &'static str,
}

#[derive(Serialize)]
struct Code<'a> {
    id: String,
    label: &'a str,
    #[serde(rename = "themark:colour")]
    colour: String,
    #[serde(rename = "themark:order")]
    order: &'a str,
}

#[derive(Serialize)]
struct Page<'a> {
    id: String,
    r#type: &'static str,
    #[serde(rename = "startIndex")]
    start_index: usize,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: String,
    r#type: &'static str,
    motivation: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    creator: Option<Agent<'a>>,
    created: String,
    modified: String,
    #[serde(rename = "themark:place", skip_serializing_if = "Option::is_none")]
    place: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    body: Vec<Body>,
    target: Target,
}

#[derive(Serialize)]
struct Body {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    r#type: &'static str,
    purpose: &'static str,
    value: String,
    format: &'static str,
}

#[derive(Serialize)]
struct Target {
    r#type: &'static str,
    source: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    selector: Vec<Selector>,
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Selector {
    #[serde(rename = "TextQuoteSelector")]
    Quote {
        exact: Box<str>,
        #[serde(skip_serializing_if = "str::is_empty")]
        prefix: Box<str>,
        #[serde(skip_serializing_if = "str::is_empty")]
        suffix: Box<str>,
    },
    #[serde(rename = "TextPositionSelector")]
    Position { start: u32, end: u32 },
}

impl<'a> Item<'a> {
    fn new(placed: &'a Placed, document: &Document, codebook: &Codebook) -> Self {
        let annotation = &placed.annotation;
        let body = bodies(annotation, codebook);
        let mut motivation: Vec<&'static str> = body.iter().map(|body| body.purpose).collect();
        motivation.dedup();
        if motivation.is_empty() {
            motivation.push("highlighting");
        }
        Self {
            id: annotation
                .iri
                .as_ref()
                .map_or_else(|| urn(annotation.id.0), |iri| iri.as_ref().into()),
            r#type: "Annotation",
            motivation,
            creator: annotation.creator.as_deref().map(|name| Agent {
                id: None,
                r#type: "Person",
                name,
            }),
            created: annotation.created.to_string(),
            modified: annotation.modified.to_string(),
            place: match &placed.place {
                Some(Resolution::Exact(_) | Resolution::Moved(_)) => None,
                Some(Resolution::Uncertain(_)) | None => Some("uncertain"),
                Some(Resolution::Lost) => Some("lost"),
            },
            body,
            target: Target::new(placed, document),
        }
    }
}

/// The themes in the codebook's order, then the note.
fn bodies(annotation: &Annotation, codebook: &Codebook) -> Vec<Body> {
    let body = |id, purpose, value: &str| Body {
        id,
        r#type: "TextualBody",
        purpose,
        value: value.into(),
        format: "text/plain",
    };
    let mut bodies: Vec<Body> = codebook
        .themes()
        .filter(|theme| annotation.themes.contains(&theme.id))
        .map(|theme| body(Some(urn(theme.id.0)), "tagging", &theme.name))
        .collect();
    if !annotation.note.is_empty() {
        bodies.push(body(None, "commenting", &annotation.note));
    }
    bodies
}

impl Target {
    fn new(placed: &Placed, document: &Document) -> Self {
        let target = &placed.annotation.target;
        // A passage with a sure place is described as it stands now; one without
        // keeps the description it came with.
        let selectors = match placed.span() {
            Some(span) => describe(&document.text, document.digest, span),
            None => Selectors::clone(&target.selectors),
        };
        let quote = selectors.quote.map(
            |Quote {
                 exact,
                 prefix,
                 suffix,
             }| Selector::Quote {
                exact,
                prefix,
                suffix,
            },
        );
        let position = selectors.position.map(
            |Span {
                 start: CodePoint(start),
                 end: CodePoint(end),
             }| { Selector::Position { start, end } },
        );
        Self {
            r#type: "SpecificResource",
            source: target
                .source
                .as_ref()
                .unwrap_or(&document.source)
                .as_ref()
                .into(),
            selector: quote.into_iter().chain(position).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::AnnotationId;
    use crate::project::{Edit, OnAnnotation, Origin, Transaction};
    use crate::testing::{annotation, document, project, span_of, theme};
    use serde_json::{Value, json};
    use std::sync::Arc;

    fn exported(edits: Vec<Edit>) -> Value {
        let mut project = project();
        project.apply(&Transaction {
            label: "".into(),
            edits,
            origin: Origin::Person,
            at: Timestamp(0),
        });
        let text = write(&project, &document(), Timestamp(0));
        let value: Value = serde_json::from_str(&text).unwrap();
        let problems = super::super::validate::validate(&value);
        assert!(
            problems.is_empty(),
            "{:?}",
            problems
                .iter()
                .map(|problem| &problem.message)
                .collect::<Vec<_>>()
        );
        value
    }

    #[test]
    fn an_export_names_its_text_and_its_codebook() {
        let value = exported(Vec::new());
        assert_eq!(value["total"], 0);
        assert_eq!(
            value["themark:text"]["themark:sha256"],
            document().digest.to_string()
        );
        assert_eq!(value["themark:codebook"][1]["label"], "Energy");
        assert_eq!(value["themark:codebook"][1]["themark:colour"], "#e08a00");
    }

    #[test]
    fn positions_count_code_points() {
        let value = exported(vec![Edit::AddAnnotation(Arc::new(annotation(
            1,
            span_of("jumps"),
        )))]);
        let target = &value["first"]["items"][0]["target"];
        assert_eq!(target["selector"][0]["exact"], "jumps");
        // "A small text\n" is 13, "The quick brown fox 😀 " 22 code points.
        assert_eq!(target["selector"][1]["start"], 35);
        assert_eq!(target["source"], "https://example.org/small");
    }

    #[test]
    fn motivations_follow_the_bodies() {
        let id = AnnotationId(uuid::Uuid::from_u128(1));
        let add = Edit::AddAnnotation(Arc::new(annotation(1, span_of("fox"))));
        let tag = Edit::Annotation(id, OnAnnotation::Tag(theme("Energy"), true));
        let more = Edit::Annotation(id, OnAnnotation::Tag(theme("Sovereignty"), true));
        let note = Edit::Annotation(id, OnAnnotation::Note("why".into()));
        let motivation = |edits: &[&Edit]| {
            exported(edits.iter().copied().cloned().collect())["first"]["items"][0]["motivation"]
                .clone()
        };
        assert_eq!(motivation(&[&add]), json!(["highlighting"]));
        assert_eq!(motivation(&[&add, &tag]), json!(["tagging"]));
        assert_eq!(
            motivation(&[&add, &tag, &more, &note]),
            json!(["tagging", "commenting"])
        );
    }
}
