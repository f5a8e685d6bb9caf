//! What the program promises of finding passages again, on texts small enough for a test.
#![cfg(not(target_arch = "wasm32"))]

use anchor_bench::report::{Sample, measure};
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

fn check(kind: Kind, hostile: bool) {
    let misses = measure(kind, &SAMPLES, hostile, || 0.0).misses();
    assert!(misses.is_empty(), "{misses:#?}");
}

#[test]
fn prose() {
    check(Kind::Prose, false);
}

#[test]
fn repetitive_text() {
    check(Kind::Legal, false);
}

#[test]
fn dialogue() {
    check(Kind::Dialogue, false);
}

#[test]
fn prose_made_hostile() {
    check(Kind::Prose, true);
}

#[test]
fn repetitive_text_made_hostile() {
    check(Kind::Legal, true);
}

#[test]
fn dialogue_made_hostile() {
    check(Kind::Dialogue, true);
}
