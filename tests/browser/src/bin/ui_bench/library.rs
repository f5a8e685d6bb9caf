//! A library: many documents with their marks, beside one such document alone. What a person does in
//! one of them must not cost more for the others.

use std::borrow::Cow;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use anchor_bench::texts::{Kind, Vocabulary, text};
use browser_tests::server::BLANK;
use browser_tests::{Engine, Page};
use serde_json::{Value, json};
use themark::annotation::{Annotation, AnnotationId, Target};
use themark::codebook::Codebook;
use themark::document::{Document, DocumentId, Fields, Record, Version, plain};
use themark::journal::{self, Part, Sum, texts};
use themark::project::{Edit, Head, TransactionId};
use themark::text::Span;
use themark::time::Timestamp;
use uuid::Uuid;

use crate::figure::{Figures, Measure};
use crate::gesture::{attempt, repeat, rest};
use crate::material::passages;
use crate::matrix::{Measured, thousands};
use crate::{LIMIT, LOADS, compare, complain, documents, visit};

/// Documents of the library.
const DOCUMENTS: usize = 200;
/// Size of each text, in bytes.
pub(crate) const BYTES: usize = 100_000;
/// Marks on each document.
const MARKS: usize = 100;

/// Records that go to the store at a time.
const BATCH: usize = 1_000;

/// How long the page may take to make its snapshot of the journal.
const SNAPSHOT: Duration = Duration::from_secs(180);

/// What the library is called in tables.
pub(crate) fn name() -> String {
    format!(
        "{DOCUMENTS} documents of {} kB, {} marks",
        BYTES / 1_000,
        thousands(DOCUMENTS * MARKS)
    )
}

/// Measures it, but in WebKit, which has but one window at a time.
pub(crate) fn measure(engine: Engine, times: usize) -> Option<Measured> {
    if engine == Engine::Webkit {
        return None;
    }
    let (mut product, mut floor) = (Figures::default(), Figures::default());
    let all = opened(DOCUMENTS);
    let one = opened(1);
    let mut turns = Vec::new();
    if let Ok(page) = &all {
        turns.push((page, "/", &mut product));
    }
    if let Ok(page) = &one {
        turns.push((page, "/", &mut floor));
    }
    compare::load(turns, times * LOADS);
    for (page, figures, are_many) in [(all, &mut product, true), (one, &mut floor, false)] {
        let outcome = page.and_then(|page| {
            attempt(|| {
                let deadline = page.end_after(LIMIT);
                compare::memory(&page, "/", figures, times);
                repeat(figures, times, &[Measure::Open], |_| {
                    page.go("/");
                    page.wait_until_loaded();
                    let ready: f64 = page.script("return performance.now();");
                    rest(&page);
                    Ok(vec![(Measure::Open, ready)])
                });
                compare::edit(&page, figures, 0..times);
                page.see_saved();
                drop(deadline);
                if are_many {
                    documents::measure(&page, figures, times);
                }
                Ok(())
            })
        });
        complain(outcome, figures);
    }
    Some(Measured {
        name: name(),
        product,
        other: None,
        floor,
        beside: "one document alone",
    })
}

/// A page whose store holds so many documents; the last is open, as the one that was worked on: its
/// marks are the newest, behind the snapshot.
fn opened(documents: usize) -> Result<Page, String> {
    attempt(|| {
        let page = visit(None).open();
        let _deadline = page.end_after(2 * LIMIT);
        page.go(BLANK);
        fill(&page, documents);
        page.go("/");
        page.wait_until_loaded();
        if documents > 1 {
            wait_for_snapshot(&page)?;
        }
        Ok(page)
    })
}

/// What is to be written, in pieces that a driver takes.
struct Writer<'a> {
    page: &'a Page,
    last: Option<Sum>,
    lines: Vec<String>,
    /// How many transactions there are.
    number: u64,
}

impl Writer<'_> {
    fn write(&mut self, edit: &Edit) {
        self.number += 1;
        let at = Timestamp(1_600_000_000_000 + self.number as i64);
        let head = Head::of_nobody(TransactionId(name_of(at, self.number)), at);
        let mut edits = std::iter::once(Cow::Borrowed(edit));
        let (line, sum) = journal::write_part(&head, Part::WHOLE, self.last.as_ref(), &mut edits);
        self.last = Some(sum);
        self.lines.push(line);
        if self.lines.len() == BATCH {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let lines = json!(std::mem::take(&mut self.lines));
        let put = "given.map((line) => journal.add(line)).at(-1) ?? view.get(0)";
        let _: Value = self.page.with_store(put, lines);
    }
}

fn name_of(at: Timestamp, number: u64) -> Uuid {
    let mut random = [0; 10];
    random[..8].copy_from_slice(&number.to_be_bytes());
    at.name(random)
}

/// Fills the store as a person would: each document is added, and each mark made one by one.
fn fill(page: &Page, documents: usize) {
    let vocabulary = Vocabulary::new();
    let themes: Vec<_> = Codebook::first().themes().map(|theme| theme.id).collect();
    let mut writer = Writer {
        page,
        last: None,
        lines: Vec::new(),
        number: 0,
    };
    for number in 0..documents {
        let words = text(Kind::Prose, BYTES, 1 + number as u64, &vocabulary);
        let version = plain::read(&format!("Document {number}\n{words}"));
        let document = document(number, &version);
        let name = version.id().to_string();
        let put = "texts.put(given[1], given[0])";
        let _: Value = page.with_store(put, json!([name, texts::write(&version)]));
        if number + 1 == documents {
            let put = "(view.put(given[0], 'open'), view.put(given[1], 'text'))";
            let _: Value = page.with_store(put, json!([document.id().0.to_string(), name]));
        }
        writer.write(&Edit::AddDocument(Box::new(Record::clone(
            &document.record,
        ))));
        for passage in passages(document.text.text(), MARKS) {
            let at = Timestamp(1_600_000_000_000 + writer.number as i64);
            let id = AnnotationId(name_of(at, writer.number));
            let span = Span::between(passage.start, passage.end);
            writer.write(&Edit::AddAnnotation(Arc::new(Annotation {
                themes: vec![themes[passage.theme]],
                ..Annotation::new(id, Target::on(&document, span), at)
            })));
        }
    }
    writer.flush();
}

fn document(number: usize, version: &Version) -> Document {
    let record = Record {
        id: DocumentId(Uuid::from_u128(1 << 100 | number as u128)),
        name: format!("document-{number}").into(),
        title: format!("Document {number}").into(),
        language: "en".into(),
        source: format!("https://example.org/{number}").into(),
        licence: None,
        fields: Fields::default(),
        version: version.id(),
        deleted: false,
    };
    Document::of(Arc::new(record), version)
}

/// The page makes it once it rests.
fn wait_for_snapshot(page: &Page) -> Result<(), String> {
    let start = Instant::now();
    while start.elapsed() < SNAPSHOT {
        thread::sleep(Duration::from_secs(1));
        let head: Value = page.with_store("view.get(0)", json!(null));
        if head["sum"].is_string() {
            return Ok(());
        }
    }
    Err("no snapshot was made".into())
}
