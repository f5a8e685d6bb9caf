//! A file may bring ten thousand themes, and ten thousand tags on one mark: all that is done with
//! them costs no more than they are long.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "a test says what it wants by failing"
)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;
use themark::articles;
use themark::document::{Document, DocumentId};
use themark::format::w3c;
use themark::import;
use themark::journal;
use themark::layout::{Styles, highlights};
use themark::project::{
    Edit, Filter, Head, Mark, OnAnnotation, OnTheme, Project, Transaction, TransactionId,
};
use themark::query;
use themark::text::Span;
use themark::time::Timestamp;

/// Themes and tags.
const MANY: usize = 10_000;

/// How long all of a test may take without the compiler's optimizing: a few seconds are usual, and
/// what goes through all themes for each theme takes many minutes.
const LIMIT: Duration = Duration::from_secs(60);

const PASSAGE: &str = "sparked by rising gas prices";

fn article() -> Arc<Document> {
    articles::all().remove(0)
}

/// A file of annotations on a passage, each with its tags.
fn file(marks: &[Vec<String>]) -> String {
    let item = |(number, tags): (usize, &Vec<String>)| {
        let body =
            |tag: &String| json!({ "type": "TextualBody", "purpose": "tagging", "value": tag });
        json!({
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": format!("https://example.org/{number}"),
            "type": "Annotation",
            "body": tags.iter().map(body).collect::<Vec<_>>(),
            "target": {
                "source": "https://example.org/",
                "selector": { "type": "TextQuoteSelector", "exact": PASSAGE },
            },
        })
    };
    json!(marks.iter().enumerate().map(item).collect::<Vec<_>>()).to_string()
}

fn name(number: usize) -> String {
    format!("Theme {number}")
}

/// What the page does with a file: it is read, planned, made, written to the journal, read from
/// there, painted, listed, written out, read once more, and taken back.
fn go_through(marks: &[Vec<String>]) -> (Project, DocumentId) {
    let start = Instant::now();
    let document = article();
    let file = file(marks);
    let mut project = Project::new([document.clone()]);
    let plan = |project: &Project, file: &str| {
        let said = w3c::read(file, project.codebook(), document.id(), Timestamp(1)).unwrap();
        import::plan(project, &document, said.annotations, &said.themes)
    };
    let planned = plan(&project, &file);
    let told = planned.preview().1.concat();
    assert!(
        told.contains("Theme ") && told.ends_with("and 9,988 more"),
        "{told}"
    );
    let record = journal::write(&Transaction {
        head: Head::of_nobody(TransactionId::default(), Timestamp(1)),
        edits: planned.edits,
    });
    let read = journal::read(&record).unwrap();
    let applied = project.apply(&read.edits);
    project.check().unwrap();

    let all = project.index(document.id(), Filter::All);
    let rows = query::rows(&project, all, 0..60);
    let rows_themes = rows.iter().map(|row| row.themes.len());
    assert!(rows_themes.max() <= Some(query::SHOWN));
    let counts = query::counts(&project, &[document.id()]);
    assert_eq!(
        counts.themes.len() + counts.more_themes,
        project.codebook().count()
    );
    // Each mark somewhere in view.
    let span = Span::between(0_usize, 100_usize);
    let ids = project
        .annotations(document.id())
        .map(|own| own.annotation.id);
    let in_view: Vec<Mark> = ids.map(|id| Mark::new(id, Some(span))).collect();
    let paints = highlights(&project, &in_view, span, None);
    let mut styles = Styles::new(true);
    assert!(styles.take_in(paints.keys(), project.codebook()).is_some());
    for _ in 0..100 {
        assert!(styles.take_in(paints.keys(), project.codebook()).is_none());
    }
    let exported = w3c::write(&project, &document, Timestamp(2));
    assert!(plan(&project, &exported).edits.is_empty());

    let back = project.take_back(&applied.changes);
    assert_eq!(project.codebook().count(), 3);
    project.take_back(&back.changes);
    project.check().unwrap();
    assert!(start.elapsed() < LIMIT, "{:?}", start.elapsed());
    (project, document.id())
}

#[test]
fn a_mark_with_ten_thousand_tags() {
    let tags: Vec<String> = (0..MANY).map(name).collect();
    let (mut project, document) = go_through(&[tags]);
    let row = query::rows(&project, project.index(document, Filter::All), 0..1).remove(0);
    assert_eq!(row.themes.len() + row.more_themes, MANY);
    // An edit of it costs no more.
    let start = Instant::now();
    let theme = project.codebook().numbered(3).unwrap().id;
    for tagged in [false, true] {
        let tag = Edit::Annotation(row.id, OnAnnotation::Tag(theme, tagged));
        let named = Edit::Theme(theme, OnTheme::Name(format!("Now {tagged}").into()));
        project.apply(&[tag, named]);
    }
    assert!(start.elapsed() < LIMIT / 10, "{:?}", start.elapsed());
    project.check().unwrap();
}

#[test]
fn ten_thousand_themes_a_mark_each() {
    let marks: Vec<Vec<String>> = (0..MANY).map(|number| vec![name(number)]).collect();
    let (project, document) = go_through(&marks);
    assert_eq!(project.codebook().count(), MANY + 3);
    let counts = query::counts(&project, &[document]);
    // Those that are borne, in place of the three that are not.
    let first = counts.themes.first().unwrap();
    assert_eq!(first.1, 1);
    assert_eq!(&*project.codebook().get(first.0).unwrap().name, "Theme 0");
}
