//! Writes an `AnnotationCollection` with one embedded `AnnotationPage`.

use std::ops::Range;

use super::super::json::{Json, new_line};
use super::super::{Bundle, Loss, Losses, Written};
use super::{ANNO, NAMESPACE};
use crate::anchor::{Resolution, Selectors, describe};
use crate::annotation::Annotation;
use crate::codebook::Codebook;
use crate::document::Document;
use crate::project::{Filter, Placed, Project};
use crate::text::Digest;
use crate::time::Timestamp;

/// The rule by which the canonical text is made, for whoever checks the offsets.
const TEXT_RULE: &str = "The blocks of the article joined by one LINE FEED, Unicode as in the \
     source, no normalization; positions count Unicode code points, half-open.";

/// Depth at which an annotation stands in the file, in values around it.
const DEPTH: usize = 3;

/// Writes the live annotations of a document as pretty-printed JSON with a final
/// line feed. Two exports of one state differ in `generated` only, once passages have been looked
/// for: of one that has not, the file says just that.
#[must_use]
pub fn write(project: &Project, document: &Document, at: Timestamp) -> String {
    let Frame {
        before,
        after,
        count,
    } = frame(project, document, at);
    before + &items(project, document, 0..count) + &after
}

/// A file without its annotations. A long one is written some annotations at a time.
#[derive(Clone, Debug)]
pub struct Frame {
    /// What stands before them.
    pub before: String,
    /// What stands behind them.
    pub after: String,
    /// How many they are.
    pub count: usize,
}

/// What stands around a document's annotations in a file.
#[must_use]
pub fn frame(project: &Project, document: &Document, at: Timestamp) -> Frame {
    let count = project.index(document.id(), Filter::All).len();
    let id = urn(document.id().0);
    let text = Json::Map(vec![
        ("id", (&*document.record.source).into()),
        ("themark:document", id.clone().into()),
        (
            "themark:sha256",
            document.record.version.text.to_string().into(),
        ),
        ("themark:rule", TEXT_RULE.into()),
    ]);
    collection(&id, &document.record.title, text, project, at, count)
}

/// Writes the live annotations of several documents as one collection; of one only, as [`write`] does.
/// Each annotation names its document by the `source` of its target, and by its name in the project:
/// two documents may come from one address.
pub(in crate::format) fn write_bundle(bundle: &Bundle<'_>) -> Written {
    let project = bundle.project;
    let mut losses = Losses::default();
    losses.add(Loss::Texts, bundle.records().count());
    let described = bundle.records().filter(|own| !own.fields.is_empty());
    losses.add(Loss::Fields, described.count());
    let mut records = bundle.records();
    if let (Some(only), None) = (records.next(), records.next()) {
        let document = bundle.document(only);
        return Written {
            bytes: write(project, &document, bundle.generated).into_bytes(),
            losses,
        };
    }
    let text = |own: &std::sync::Arc<crate::document::Record>| {
        Json::Map(vec![
            ("id", (&*own.source).into()),
            ("themark:document", urn(own.id.0).into()),
            ("themark:title", (&*own.title).into()),
            ("themark:sha256", own.version.text.to_string().into()),
            ("themark:rule", TEXT_RULE.into()),
        ])
    };
    let texts = Json::List(bundle.records().map(text).collect());
    let counts = bundle
        .records()
        .map(|own| project.index(own.id, Filter::All).len());
    let ids: Vec<String> = bundle.records().map(|own| urn(own.id.0)).collect();
    // The same documents have the same one.
    let id = urn(Digest::of(&ids.join(" ")).uuid());
    let label = crate::words::export::marks_in_documents(ids.len());
    let frame = collection(&id, &label, texts, project, bundle.generated, counts.sum());
    let mut file = frame.before;
    let mut is_first = true;
    for record in bundle.records() {
        let document = bundle.document(record);
        for placed in bundle.annotations(record.id) {
            if !std::mem::take(&mut is_first) {
                file.push(',');
            }
            new_line(DEPTH, &mut file);
            item(placed, &document, project.codebook(), true).write(DEPTH, &mut file);
        }
    }
    file.push_str(&frame.after);
    Written {
        bytes: file.into_bytes(),
        losses,
    }
}

/// A collection without its annotations.
fn collection(
    id: &str,
    label: &str,
    text: Json,
    project: &Project,
    at: Timestamp,
    count: usize,
) -> Frame {
    let page = format!("{id}#page-1");
    let themes = project.codebook().themes().map(|theme| {
        Json::Map(vec![
            ("id", urn(theme.id.0).into()),
            ("label", (&*theme.name).into()),
            ("themark:colour", theme.colour.to_string().into()),
            ("themark:order", theme.order.as_str().into()),
        ])
    });
    // What the standard's own context has no words for.
    let terms = Json::Map(vec![
        ("themark", NAMESPACE.into()),
        (
            "themark:codebook",
            Json::Map(vec![("@container", "@list".into())]),
        ),
    ]);
    let generator = Json::Map(vec![
        ("id", NAMESPACE.trim_end_matches('#').into()),
        ("type", "Software".into()),
        (
            "name",
            concat!("Themark ", env!("CARGO_PKG_VERSION")).into(),
        ),
    ]);
    let mut collection = vec![
        ("@context", Json::List(vec![ANNO.into(), terms])),
        ("id", format!("{id}#annotations").into()),
        ("type", "AnnotationCollection".into()),
        ("label", label.into()),
        ("generator", generator),
        ("generated", at.to_string().into()),
        ("themark:text", text),
        ("themark:codebook", Json::List(themes.collect())),
        ("total", Json::Number(count)),
    ];
    // A page must have an annotation (5.2), so an empty collection has no page.
    if count > 0 {
        let first = Json::Map(vec![
            ("id", page.clone().into()),
            ("type", "AnnotationPage".into()),
            ("startIndex", Json::Number(0)),
            ("items", Json::List(Vec::new())),
        ]);
        collection.extend([("first", first), ("last", page.into())]);
    }
    let mut text = String::new();
    Json::Map(collection).write(0, &mut text);
    text.push('\n');
    // Inside a string the quotes would be escaped, so this is the list, if there is one.
    let Some((before, after)) = text.split_once("\"items\": []") else {
        return Frame {
            before: text,
            after: String::new(),
            count,
        };
    };
    let mut end = String::new();
    new_line(DEPTH - 1, &mut end);
    Frame {
        before: format!("{before}\"items\": ["),
        after: format!("{end}]{after}"),
        count,
    }
}

/// Some of a document's annotations, by their numbers from 0.
#[must_use]
pub fn items(project: &Project, document: &Document, numbers: Range<usize>) -> String {
    let mut text = String::new();
    let marks = project.index(document.id(), Filter::All);
    for (number, mark) in numbers.clone().zip(marks.numbered(numbers)) {
        if let Some(placed) = project.live(mark.id) {
            if number > 0 {
                text.push(',');
            }
            new_line(DEPTH, &mut text);
            item(placed, document, project.codebook(), false).write(DEPTH, &mut text);
        }
    }
    text
}

fn urn(id: uuid::Uuid) -> String {
    format!("urn:uuid:{id}")
}

/// An annotation; where it is one of several documents' its target names its own.
fn item(placed: &Placed, document: &Document, codebook: &Codebook, is_of_several: bool) -> Json {
    let annotation = &placed.annotation;
    let bodies = bodies(annotation, codebook);
    let mut motivation: Vec<&str> = bodies.iter().map(|body| body.0).collect();
    motivation.dedup();
    if motivation.is_empty() {
        motivation.push("highlighting");
    }
    let iri = annotation.iri.as_deref();
    let mut item = vec![
        (
            "id",
            iri.map_or_else(|| urn(annotation.id.0), Into::into).into(),
        ),
        ("type", "Annotation".into()),
        (
            "motivation",
            Json::List(motivation.into_iter().map(Json::from).collect()),
        ),
    ];
    if let Some(name) = annotation.creator.as_deref() {
        let agent = vec![("type", "Person".into()), ("name", name.into())];
        item.push(("creator", Json::Map(agent)));
    }
    item.push(("created", annotation.created.to_string().into()));
    item.push(("modified", annotation.modified.to_string().into()));
    match &placed.place {
        Some(Resolution::Exact(_) | Resolution::Moved(_)) => {}
        Some(Resolution::Uncertain(_)) => item.push(("themark:place", "uncertain".into())),
        Some(Resolution::Lost) => item.push(("themark:place", "lost".into())),
        None => item.push(("themark:place", "unsought".into())),
    }
    if !bodies.is_empty() {
        let bodies = bodies.into_iter().map(|(_, body)| body).collect();
        item.push(("body", Json::List(bodies)));
    }
    item.push(("target", target(placed, document, is_of_several)));
    Json::Map(item)
}

/// The themes in the codebook's order, then the note, each with its purpose.
fn bodies(annotation: &Annotation, codebook: &Codebook) -> Vec<(&'static str, Json)> {
    let mut bodies = Vec::new();
    let mut add = |id: Option<String>, purpose: &'static str, value: &str| {
        let mut body = Vec::new();
        if let Some(id) = id {
            body.push(("id", id.into()));
        }
        body.extend([
            ("type", "TextualBody".into()),
            ("purpose", purpose.into()),
            ("value", value.into()),
            ("format", "text/plain".into()),
        ]);
        bodies.push((purpose, Json::Map(body)));
    };
    for number in codebook.first_numbers(&annotation.themes, usize::MAX) {
        if let Some(theme) = codebook.numbered(number) {
            add(Some(urn(theme.id.0)), "tagging", &theme.name);
        }
    }
    if !annotation.note.is_empty() {
        add(None, "commenting", &annotation.note);
    }
    bodies
}

fn target(placed: &Placed, document: &Document, is_of_several: bool) -> Json {
    let own = &placed.annotation.target;
    // A passage with a sure place is described as it stands now; one without
    // keeps the description it came with.
    let selectors = match placed.span() {
        Some(span) => describe(&document.text, &document.digest, span),
        None => Selectors::clone(&own.selectors),
    };
    let mut list = Vec::new();
    if let Some(quote) = selectors.quote {
        let mut selector = vec![
            ("type", "TextQuoteSelector".into()),
            ("exact", quote.exact().into()),
        ];
        for (name, words) in [("prefix", quote.prefix()), ("suffix", quote.suffix())] {
            if !words.is_empty() {
                selector.push((name, words.into()));
            }
        }
        list.push(Json::Map(selector));
    }
    if let Some(position) = selectors.position {
        list.push(Json::Map(vec![
            ("type", "TextPositionSelector".into()),
            ("start", Json::Number(position.start.index())),
            ("end", Json::Number(position.end.index())),
        ]));
    }
    let source = own.source.as_ref().unwrap_or(&document.record.source);
    let mut target = vec![
        ("type", "SpecificResource".into()),
        ("source", (&**source).into()),
    ];
    if !list.is_empty() {
        target.push(("selector", Json::List(list)));
    }
    if is_of_several {
        target.push(("themark:document", urn(document.id().0).into()));
    }
    Json::Map(target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::AnnotationId;
    use crate::project::{Edit, OnAnnotation};
    use crate::testing::{annotation, document, project, span_of, theme};
    use serde_json::{Value, json};
    use std::sync::Arc;

    fn exported(edits: Vec<Edit>) -> Value {
        let mut project = project();
        project.apply(&edits);
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
    fn a_mark_without_a_sure_place_says_why() {
        let quoting = |id, words: &str| {
            let mut annotation = annotation(id, span_of("jumps"));
            let quote = Some(crate::anchor::Quote::new("", words, ""));
            annotation.target.selectors = Arc::new(Selectors {
                quote,
                ..Selectors::default()
            });
            Edit::AddAnnotation(Arc::new(annotation))
        };
        let mut project = project();
        project.apply(&[quoting(1, "no such words"), quoting(2, "quick")]);
        project.apply(&[Edit::AddAnnotation(Arc::new(annotation(3, span_of("fox"))))]);
        let places = |project: &Project| {
            let text = write(project, &document(), Timestamp(0));
            let value: Value = serde_json::from_str(&text).unwrap();
            let items = value["first"]["items"].as_array().unwrap().clone();
            let place = |item: Value| item["themark:place"].as_str().map(str::to_owned);
            items.into_iter().map(place).collect::<Vec<_>>()
        };
        let some = |words: &str| Some(words.to_owned());
        // The one with a place stands first.
        assert_eq!(places(&project), [None, some("unsought"), some("unsought")]);
        crate::testing::resolve_all(&mut project);
        assert_eq!(places(&project), [None, some("lost"), some("uncertain")]);
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
