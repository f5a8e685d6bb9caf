//! Measures how long the page's own thread is kept busy while passages are looked for: a
//! thousand of them, edited, in a text of 3.3 MB. Prints a sentence a figure.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a measurement that can't be made ends the program with a sentence"
)]

use std::sync::Arc;

use anchor_bench::cases::{Case, change, passages};
use anchor_bench::chance::Chance;
use anchor_bench::texts::{Kind, Vocabulary, text};
use browser_tests::generated::{annotations, source};
use browser_tests::{Page, Visit};
use serde::Deserialize;
use themark::document::article;
use themark::text::Span;

const BYTES: usize = 3_300_000;
const PASSAGES: usize = 1_000;

/// Notes every task over 50 ms, and when a worker was asked and had answered.
const WATCH: &str = "
    window.tasks = [];
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) window.tasks.push([startTime, duration]);
    }).observe({ type: 'longtask', buffered: true });
    window.asked = 0;
    window.answered = 0;
    window.Worker = class extends Worker {
      constructor(...words) {
        super(...words);
        this.addEventListener('message', ({ data }) => {
          if (data instanceof Uint8Array) window.answered = performance.now();
        });
      }
      postMessage(...words) {
        super.postMessage(...words);
        window.asked = performance.now();
      }
    };";

#[derive(Deserialize)]
struct Seen {
    /// When the worker was last asked, when it last answered, and when this was noted; in ms
    /// since the page began.
    asked: f64,
    answered: f64,
    seen: f64,
    /// Start and length of each long task, in ms.
    tasks: Vec<(f64, f64)>,
}

fn main() {
    let vocabulary = Vocabulary::new();
    let text = format!(
        "A generated text\n{}",
        text(Kind::Prose, BYTES, 1, &vocabulary)
    );
    let document = Arc::new(article::read(&source(&text)).expect("an article"));
    assert_eq!(document.text.text(), text, "the article is the text");
    let mut chance = Chance::new(1);
    let case = Case::Words(15);
    let passages = passages(&text, case, PASSAGES, &mut chance);
    let changed = change(&text, &passages, case, &vocabulary, &mut chance);

    let page = Visit::default()
        .after(WATCH)
        .with_article(source(&changed.text))
        .open();
    page.settle();
    let marked = passages
        .iter()
        .map(|passage| (Span::between(passage.start, passage.end), Vec::new()));
    page.choose("generated.json", annotations(&document, marked));
    page.see_dialog("Import annotations");
    page.settle();
    let reading = seen(&page);
    // Drawing so much text takes longer than that, so there is one at least.
    assert!(!reading.tasks.is_empty(), "the browser tells of long tasks");
    page.click_in("dialog", "Import annotations", "Add to article");
    page.see_status("Imported");
    page.wait("all have been looked for", || {
        let buttons = page.buttons_in("region", "Annotations");
        buttons.iter().any(|name| name.starts_with("Review"))
            && !page.has("group", "Looking for passages")
    });
    page.settle();
    let placing = seen(&page);
    println!(
        "In the page, on the same text: {} passages, 15 % of their words edited, are looked for in \
         the worker in {:.1} s. Longest task on the page's own thread while they are: {}; when the \
         answer is taken over: {}; when all are added to the list and to the article: {}; while those \
         without a place are looked for once more, to be listed under Review: {}; when that answer is \
         taken over: {}.",
        passages.len(),
        (reading.answered - reading.asked) / 1_000.0,
        placing.longest(reading.asked, reading.answered),
        placing.longest(reading.answered, reading.seen),
        placing.longest(reading.seen, placing.asked),
        placing.longest(placing.asked, placing.answered),
        placing.longest(placing.answered, placing.seen),
    );
}

fn seen(page: &Page) -> Seen {
    page.script("return { asked, answered, seen: performance.now(), tasks };")
}

impl Seen {
    /// The longest task that began within some time.
    fn longest(&self, from: f64, until: f64) -> String {
        let within = self
            .tasks
            .iter()
            .filter(|(start, _)| (from..until).contains(start));
        match within.map(|(_, length)| *length).fold(0.0, f64::max) {
            0.0 => "below 50 ms".to_owned(),
            length => format!("{length:.0} ms"),
        }
    }
}
