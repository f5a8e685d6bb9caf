//! What is measured on the product and on the floor in the same way.

use std::io::Write;
use std::ops::Range;
use std::thread;
use std::time::{Duration, Instant};

use browser_tests::{Engine, Page, engine, page::Point, server::BLANK};
use flate2::{Compression, write::GzEncoder};

use crate::figure::{Figures, Measure};
use crate::gesture::{Gesture, LIMIT, Run, repeat, rest};
use crate::matrix::Cell;

/// In how many steps a text is scrolled through.
const STEPS: usize = 240;

/// How long one page may take to load, tried again included.
const LOADING: Duration = Duration::from_secs(150);

/// How long a page that loads is not asked anything: its answers would take their time from it.
const UNDISTURBED: Duration = Duration::from_millis(400);

/// How long a browser is let alone once it has started.
const STARTING: Duration = Duration::from_secs(1);

/// Loads pages that many times by turns, each time from another page: nothing is cached.
pub(crate) fn load(mut pages: Vec<(&Page, &str, &mut Figures)>, times: usize) {
    let start = Instant::now();
    for number in 0..times {
        // One that can't be loaded is not tried for ever.
        pages.retain_mut(|(page, address, figures)| {
            let _deadline = page.end_after(LOADING);
            repeat(figures, 1, &[Measure::Load], |_| {
                let before = page.server.asked().len();
                let mut run = vec![(Measure::Load, load_once(page, address)?)];
                if number == 0 {
                    run.extend(wire(page, before));
                }
                Ok(run)
            })
        });
        // Who comes second may find the machine warmer.
        pages.reverse();
        if start.elapsed() > 2 * LIMIT {
            break;
        }
    }
}

/// Loads a page that many times, each time in a browser that was started for it: that has
/// compiled nothing yet, and wakes its fonts and its store with the page. Only where loading is
/// judged, and not in WebKit, whose driver keeps no store from one browser to the next.
pub(crate) fn first_load(
    cell: Cell,
    page: &mut Page,
    address: &str,
    figures: &mut Figures,
    times: usize,
) {
    if !cell.has_to_load_quickly() || engine() == Engine::Webkit {
        return;
    }
    repeat(figures, times, &[Measure::FirstLoad], |_| {
        page.kill_and_start_blank();
        let _deadline = page.end_after(LOADING);
        // Until it has done what a browser does when it starts.
        thread::sleep(STARTING);
        Ok(vec![(Measure::FirstLoad, seen(page, address)?)])
    });
}

/// Loads a page; how long it took until a mark was painted, in ms.
fn seen(page: &Page, address: &str) -> Result<f64, String> {
    page.go(address);
    thread::sleep(UNDISTURBED);
    page.wait("the first mark is painted", || first(page).is_some());
    page.wait_until_loaded();
    rest(page);
    first(page).ok_or("no mark was painted".into())
}

/// The same from another page.
fn load_once(page: &Page, address: &str) -> Result<f64, String> {
    page.go(BLANK);
    seen(page, address)
}

/// Loads a page that many times, and looks at its memory. No other browser is open.
pub(crate) fn memory(page: &Page, address: &str, figures: &mut Figures, times: usize) {
    let measures = [Measure::WasmMemory, Measure::Heap, Measure::BrowserMemory];
    repeat(figures, times, &measures, |_| {
        load_once(page, address)?;
        let found = [page.program_memory(), page.heap(), page.browser_memory()];
        let found = measures.into_iter().zip(found);
        Ok(found
            .filter_map(|(measure, bytes)| Some((measure, bytes? / 1e6)))
            .collect())
    });
}

fn first(page: &Page) -> Option<f64> {
    page.script("return window.probe?.first() ?? null;")
}

/// What was sent since there had been so many requests, as it is and as a host would
/// compress it.
fn wire(page: &Page, before: usize) -> Run {
    let asked = page.server.asked().split_off(before);
    let files: Vec<Vec<u8>> = asked
        .iter()
        .filter(|path| *path != BLANK)
        .filter_map(|path| page.server.file(path))
        .collect();
    let whole: usize = files.iter().map(Vec::len).sum();
    let gzipped: usize = files.iter().map(|file| gzipped(file)).sum();
    vec![
        (Measure::Wire, whole as f64 / 1e3),
        (Measure::WireGzipped, gzipped as f64 / 1e3),
    ]
}

fn gzipped(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(bytes).expect("room in memory");
    encoder.finish().expect("room in memory").len()
}

/// Tags a passage by dragging and a key, tags it once more, deletes it and brings it back.
pub(crate) fn edit(page: &Page, figures: &mut Figures, rounds: Range<usize>) {
    let measures = [Measure::Tag, Measure::Retag, Measure::Delete, Measure::Undo];
    repeat(figures, rounds.len(), &measures, |number| {
        // Other words in each round: those of another are marked by now.
        select(page, rounds.start + number)?;
        let gestures = [
            (Measure::Tag, "1", "1"),
            (Measure::Retag, "2", "2"),
            (Measure::Delete, "Delete", "Delete"),
            (Measure::Undo, "z", "Ctrl+z"),
        ];
        let timed = gestures.map(|(measure, key, chord)| {
            rest(page);
            let timed = Gesture::key(key).time(page, || page.press(chord))?;
            Ok((measure, timed.took))
        });
        timed.into_iter().collect()
    });
}

/// Drags over some words in view, others each time.
fn select(page: &Page, number: usize) -> Result<(), String> {
    for attempt in 0..8 {
        page.press("Escape");
        rest(page);
        let number = number * 8 + attempt;
        let line: Option<[Point; 2]> = page.script(&format!("return probe.line({number});"));
        let Some([from, to]) = line else { continue };
        page.drag(from, to);
        rest(page);
        if page.selection().len() > 3 {
            return Ok(());
        }
    }
    Err("no words could be selected".into())
}

/// Moves the pointer over the text, as a hand does that reads along.
pub(crate) fn hover(page: &Page, figures: &mut Figures) {
    repeat(figures, 1, &[Measure::Hover], |_| {
        page.press("Escape");
        rest(page);
        let points: Vec<Point> = page.script("return probe.points();");
        let _: Option<()> = page.script("probe.watchMoves();");
        page.move_over(&points);
        rest(page);
        let moves: Vec<f64> = page.script("return probe.moves();");
        Ok(moves
            .into_iter()
            .map(|took| (Measure::Hover, took))
            .collect())
    });
}

/// Scrolls through the whole text.
pub(crate) fn scroll(page: &Page, figures: &mut Figures, times: usize) {
    let measures = [Measure::LongFrames, Measure::LongestFrame, Measure::Blocked];
    repeat(figures, times, &measures, |_| {
        let script = format!("probe.scrollThrough({STEPS}).then(done);");
        let frames: Vec<f64> = page.ask_later(&script, vec![]);
        let long = frames.iter().filter(|frame| **frame > 50.0);
        let blocked = long.clone().fold(0.0, |sum, frame| sum + frame - 50.0);
        Ok(vec![
            (Measure::LongFrames, long.count() as f64),
            (
                Measure::LongestFrame,
                frames.iter().copied().fold(0.0, f64::max),
            ),
            (Measure::Blocked, blocked),
        ])
    });
    to_top(page);
}

/// Back to the beginning, where there is a mark.
pub(crate) fn to_top(page: &Page) {
    let _: Option<()> =
        page.script("document.querySelector('article').parentElement.scrollTop = 0;");
    rest(page);
}
