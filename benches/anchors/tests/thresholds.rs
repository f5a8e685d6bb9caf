//! What the program promises of finding passages again, on texts small enough for a test.
#![cfg(not(target_arch = "wasm32"))]

use anchor_bench::report::{Sample, measure, misses};
use anchor_bench::texts::Kind;

const SAMPLES: [Sample; 2] = [
    Sample {
        bytes: 7_000,
        texts: 8,
        passages: 300,
        baseline: 1,
    },
    Sample {
        bytes: 70_000,
        texts: 2,
        passages: 300,
        baseline: 1,
    },
];

fn check(hostile: bool) {
    let tables = Kind::ALL.map(|kind| measure(kind, &SAMPLES, hostile, || 0.0));
    let misses = misses(&tables);
    assert!(misses.is_empty(), "{misses:#?}");
}

#[test]
fn passages_are_found_again_and_never_silently_wrong() {
    check(false);
}

#[test]
fn so_they_are_under_hostile_variations() {
    check(true);
}
