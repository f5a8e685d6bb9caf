//! The speed in a browser, as ratios of one run: against comparing words, and against the
//! baseline.
#![cfg(target_arch = "wasm32")]

use anchor_bench::cases::Case;
use anchor_bench::run::Trial;
use anchor_bench::texts::{Kind, Vocabulary, text};
use themark::anchor::Finder;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Seconds.
fn clock() -> f64 {
    js_sys::Date::now() / 1_000.0
}

/// Seconds that something takes, the least of several times.
fn least(times: usize, mut act: impl FnMut()) -> f64 {
    (0..times)
        .map(|_| {
            let start = clock();
            act();
            clock() - start
        })
        .fold(f64::INFINITY, f64::min)
}

const PASSAGES: usize = 1_000;
/// The baseline is given so many of them; it takes its time.
const FEW: usize = 24;

#[wasm_bindgen_test]
fn edited_and_deleted_passages_are_found_many_times_faster_than_by_the_baseline() {
    let vocabulary = Vocabulary::new();
    let text = text(Kind::Prose, 3_300_000, 1, &vocabulary);
    let (mut own, mut baseline) = (0.0, 0.0);
    for case in [
        Case::Words(5),
        Case::Words(15),
        Case::Words(30),
        Case::Deleted,
    ] {
        let trial = Trial::new(&text, case, PASSAGES, false, &vocabulary, 1);
        let (index, digest) = trial.index();
        let mut finder = None;
        let built = least(1, || finder = Some(Finder::new(&index, &digest).prepared()));
        let Some(finder) = finder else { return };
        let each = least(2, || drop(trial.find(&finder))) / trial.passages() as f64;
        let wanted = trial.wanted(FEW);
        let other = least(1, || drop(trial.find_by_baseline(&wanted))) / wanted.len() as f64;
        console_log!(
            "| {} | {:.0} | {:.0} | {:.0} | {:.0} ms |",
            case.name(),
            each * 1e6,
            other * 1e6,
            other / each,
            built * 1e3
        );
        own += each;
        baseline += other;
    }
    console_log!("| all | | | {:.0} | |", baseline / own);
    assert!(
        baseline / own >= 50.0,
        "only {:.1} times as fast",
        baseline / own
    );
}

#[wasm_bindgen_test]
fn unmoved_passages_cost_little_more_than_comparing_their_words() {
    const ROUNDS: usize = 20;
    let vocabulary = Vocabulary::new();
    let text = text(Kind::Prose, 3_300_000, 1, &vocabulary);
    let trial = Trial::new(&text, Case::Untouched, 10_000, false, &vocabulary, 1);
    let (index, digest) = trial.index();
    let finder = Finder::new(&index, &digest);
    let own = least(ROUNDS, || drop(trial.find(&finder)));
    let mut same = 0;
    let compared = least(ROUNDS, || same = trial.compare(&index));
    assert_eq!(same, trial.passages());
    console_log!(
        "{} unmoved: {:.1} ms; comparing their words: {:.1} ms; {:.1} times",
        trial.passages(),
        own * 1e3,
        compared * 1e3,
        own / compared
    );
    assert!(own / compared <= 5.0, "{:.1} times", own / compared);
}
