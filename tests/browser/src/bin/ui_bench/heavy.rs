//! Files that hold much in one place: thousands of themes, thousands of tags on one mark, a note of
//! megabytes. They are imported, and opened again, and nothing of that may be felt for long.

use std::path::Path;

use browser_tests::{Engine, Page};
use serde_json::{Value, json};

use crate::figure::{Figures, Measure};
use crate::gesture::{attempt, repeat, rest};
use crate::matrix::{FLOOR, Measured, thousands};
use crate::{LIMIT, complain, product, visit};

/// Words of the bundled article.
const PASSAGE: &str = "sparked by rising gas prices";

/// What a file holds much of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Heavy {
    /// Themes, one a mark, all over the article.
    Themes(usize),
    /// Tags on one mark.
    Tags(usize),
    /// Bytes of one note.
    Note(usize),
}

/// Those that are measured: in Chromium, since no other engine tells of long tasks.
pub(crate) fn all(engine: Engine) -> Vec<Heavy> {
    match engine {
        Engine::Chromium => vec![
            Heavy::Themes(3_000),
            Heavy::Themes(10_000),
            Heavy::Tags(10_000),
            Heavy::Note(5_000_000),
        ],
        Engine::Firefox | Engine::Webkit => Vec::new(),
    }
}

impl Heavy {
    /// What it is called.
    pub(crate) fn name(self) -> String {
        match self {
            Self::Themes(count) => {
                format!("the article, {} themes, one a mark", thousands(count))
            }
            Self::Tags(count) => format!("the article, {} tags on one mark", thousands(count)),
            Self::Note(bytes) => format!("the article, a note of {} MB", bytes / 1_000_000),
        }
    }

    /// The file.
    fn file(self) -> String {
        let tag = |number: usize| json!({ "type": "TextualBody", "purpose": "tagging", "value": format!("Theme {number}") });
        let items: Vec<Value> = match self {
            // Each on a piece of the same words, so that all of them are seen at once.
            Self::Themes(count) => {
                let pieces = 4..PASSAGE.len();
                let piece = |number: usize| &PASSAGE[..pieces.start + number % pieces.len()];
                let item = |number| item(number, piece(number), vec![tag(number)]);
                (0..count).map(item).collect()
            }
            Self::Tags(count) => vec![item(0, PASSAGE, (0..count).map(tag).collect())],
            Self::Note(bytes) => {
                let line = "A line of a note that never ends.\n";
                let note = line.repeat(bytes / line.len());
                let note = json!({ "type": "TextualBody", "purpose": "commenting", "value": note });
                vec![item(0, PASSAGE, vec![note])]
            }
        };
        json!(items).to_string()
    }

    /// Imports it into a profile without marks, and opens the page again.
    pub(crate) fn measure(self, against: Option<&Path>, times: usize) -> Measured {
        Measured {
            name: self.name(),
            product: self.measure_build(None, times),
            other: against.map(|other| self.measure_build(Some(other), times)),
            floor: Figures::default(),
            beside: FLOOR,
        }
    }

    fn measure_build(self, build: Option<&Path>, times: usize) -> Figures {
        let mut product = Figures::default();
        let file = self.file();
        let outcome = attempt(|| {
            let page = visit(build).open();
            let _deadline = page.end_after(LIMIT);
            let measures = [Measure::Read, Measure::Saved, Measure::ImportTask];
            repeat(&mut product, times, &measures, |number| {
                if number > 0 {
                    page.forget_everything();
                }
                rest(&page);
                product::import_once(&page, &file)
            });
            let measures = [Measure::Load, Measure::Open, Measure::OpenTask];
            repeat(&mut product, times, &measures, |_| open_again(&page));
            Ok(())
        });
        complain(outcome, &mut product);
        product
    }
}

/// An annotation on the first place of some words.
fn item(number: usize, words: &str, body: Vec<Value>) -> Value {
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": format!("https://example.org/{number}"),
        "type": "Annotation",
        "body": body,
        "target": {
            "source": "https://example.org/",
            "selector": { "type": "TextQuoteSelector", "exact": words, "prefix": "Kazakhstan " },
        },
    })
}

fn open_again(page: &Page) -> Result<Vec<(Measure, f64)>, String> {
    page.reload();
    page.wait("all is listed", || !page.quotes().is_empty());
    let open: f64 = page.script("return performance.now();");
    rest(page);
    let first: Option<f64> = page.script("return probe.first();");
    let first = first.ok_or("no mark was painted")?;
    let task: Option<f64> = page.script("return probe.longestTask(0, performance.now());");
    let task = task.ok_or("the engine tells of no tasks")?;
    Ok(vec![
        (Measure::Load, first),
        (Measure::Open, open),
        (Measure::OpenTask, task),
    ])
}
