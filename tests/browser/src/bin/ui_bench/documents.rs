//! What a person does with many documents: lists them, opens one, finds words in all, brings more in.

use anchor_bench::texts::{Kind, Vocabulary, text};
use browser_tests::page::Point;
use browser_tests::{Page, server::BLANK};
use serde_json::json;

use crate::figure::{Figures, Measure};
use crate::gesture::{Gesture, Run, Timed, repeat, rest};
use crate::library::BYTES;

/// Files that are dropped at once.
const FILES: usize = 20;

/// Documents from one that is opened to the next.
const STRIDE: usize = 7;

/// Letters of a word that is looked for, at least: short ones stand in most others.
const LETTERS: usize = 6;

/// How often it stands in a text, at least.
const TIMES: usize = 4;

/// Measures all of it, on a page whose store holds the documents.
pub(crate) fn measure(page: &Page, figures: &mut Figures, times: usize) {
    let vocabulary = Vocabulary::new();
    list(page, figures, times);
    open(page, figures, times);
    find(page, figures, times, &word(&vocabulary));
    bring(page, figures, times, &vocabulary);
}

/// The list of documents after a load, and when its pane is opened.
fn list(page: &Page, figures: &mut Figures, times: usize) {
    repeat(figures, times, &[Measure::Listed], |_| {
        page.go(BLANK);
        let _: bool = page.script("sessionStorage.setItem('probe', 'documents'); return true;");
        load(page);
        let listed = || -> Option<f64> { page.script("return probe.listed();") };
        page.wait("the documents are listed", || listed().is_some());
        let took = listed().ok_or("the documents are not listed")?;
        let _: bool = page.script("sessionStorage.removeItem('probe'); return true;");
        Ok(vec![(Measure::Listed, took)])
    });
    repeat(figures, times, &[Measure::Unfolded], |_| {
        let toggle = point(page, "toggle()")?;
        page.click_at(toggle);
        rest(page);
        let timed = Gesture::click("rows", false).time(page, || page.click_at(toggle))?;
        Ok(vec![(Measure::Unfolded, timed.took)])
    });
}

/// Opens documents whose texts are not here yet.
fn open(page: &Page, figures: &mut Figures, times: usize) {
    repeat(figures, times, &[Measure::OpenDocument], |number| {
        let row = point(page, &format!("row({})", number * STRIDE))?;
        rest(page);
        let timed = Gesture::click("opened", true).time(page, || page.click_at(row))?;
        rest(page);
        Ok(vec![(Measure::OpenDocument, timed.took)])
    });
}

/// Finds a word in all documents, first on a page that has read the open one's text only; then all of
/// it by its last letter, where it has read all.
fn find(page: &Page, figures: &mut Figures, times: usize, word: &str) {
    let hits = [
        ("hits", Measure::FirstHits, Measure::FirstHitsAgain),
        ("all hits", Measure::AllHits, Measure::AllHitsAgain),
    ];
    for (effect, first, again) in hits {
        repeat(figures, times, &[first, again], |_| {
            load(page);
            let (beginning, letter) = word.split_at(word.len() - 1);
            page.press("Ctrl+f");
            page.wait("the field is there", || {
                page.holds("document.activeElement.matches('.find input')")
            });
            page.write(beginning);
            page.wait("it is found here", || {
                page.holds("document.querySelector('#find-said').textContent !== ''")
            });
            rest(page);
            let all = Gesture::click(effect, false);
            let clicked = all.time(page, || {
                page.click_in("search", "Find in the text", "All documents");
            })?;
            rest(page);
            let typed = Gesture {
                effect,
                ..Gesture::key("")
            };
            let typed = typed.time(page, || page.press(letter))?;
            page.press("Escape");
            rest(page);
            Ok(vec![(first, clicked.took), (again, typed.took)])
        });
    }
}

/// Drops files, adds them, and takes that back.
fn bring(page: &Page, figures: &mut Figures, times: usize, vocabulary: &Vocabulary) {
    let measures = [
        Measure::FilesRead,
        Measure::FilesReadTask,
        Measure::FilesAdded,
        Measure::FilesAddedTask,
    ];
    load(page);
    repeat(figures, times, &measures, |number| {
        let files: Vec<_> = (0..FILES)
            .map(|file| brought(number, file, vocabulary))
            .collect();
        let take = "probe.take(arguments[0]); done(true);";
        let _: bool = page.ask_later(take, vec![json!(files)]);
        rest(page);
        let drop = Gesture {
            event: "drop",
            ..Gesture::click("read", false)
        };
        let read = drop.time(page, || {
            let _: bool = page.script("probe.drop(); return true;");
        })?;
        rest(page);
        let add = Gesture::click("saved", false);
        let added = add.time(page, || {
            let button = format!("Add {FILES} documents");
            page.click_in("dialog", "Open texts", &button);
        })?;
        rest(page);
        page.press("Ctrl+z");
        page.see_saved();
        rest(page);
        let mut run = timed(&read, Measure::FilesRead, Measure::FilesReadTask);
        run.extend(timed(&added, Measure::FilesAdded, Measure::FilesAddedTask));
        Ok(run)
    });
}

fn timed(timed: &Timed, took: Measure, task: Measure) -> Run {
    let longest = timed.task.map(|longest| (task, longest));
    [(took, timed.took)].into_iter().chain(longest).collect()
}

/// A file that no other is like: words, Markdown or a page by turns.
fn brought(run: usize, number: usize, vocabulary: &Vocabulary) -> (String, String) {
    let seed = (1_000 + run * FILES + number) as u64;
    let words = text(Kind::Prose, BYTES, seed, vocabulary);
    let name = format!("Brought {run} {number}");
    match number % 3 {
        0 => (format!("{name}.txt"), words),
        1 => (format!("{name}.md"), words.replace('\n', "\n\n")),
        _ => {
            let blocks = words.replace('\n', "</p>\n<p>");
            let page = format!(
                "<!doctype html><title>{name}</title><article><h1>{name}</h1><p>{blocks}</p></article>"
            );
            (format!("{name}.html"), page)
        }
    }
}

/// A word that is neither rare nor in each line.
fn word(vocabulary: &Vocabulary) -> String {
    let text = text(Kind::Prose, BYTES, 1, vocabulary);
    let is_plain =
        |word: &&str| word.len() >= LETTERS && word.chars().all(|c| c.is_ascii_lowercase());
    let mut words = text.split_whitespace().filter(is_plain);
    let found = words.find(|word| text.matches(word).count() >= TIMES);
    found.unwrap_or_default().to_owned()
}

fn load(page: &Page) {
    page.go("/");
    page.wait_until_loaded();
    rest(page);
}

fn point(page: &Page, of: &str) -> Result<Point, String> {
    let point: Option<Point> = page.script(&format!("return probe.{of};"));
    point.ok_or_else(|| format!("nothing to click: {of}"))
}
