//! Prints the tables, and ends with a failure where something is not good enough.

use std::process::ExitCode;
use std::sync::OnceLock;
use std::time::Instant;

use anchor_bench::report::{Sample, measure, misses};
use anchor_bench::texts::Kind;

const SAMPLES: [Sample; 3] = [
    Sample {
        bytes: 7_000,
        texts: 20,
        passages: 300,
        baseline: 300,
    },
    Sample {
        bytes: 700_000,
        texts: 2,
        passages: 300,
        baseline: 60,
    },
    Sample {
        bytes: 3_300_000,
        texts: 1,
        passages: 1_000,
        baseline: 30,
    },
];

fn clock() -> f64 {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed().as_secs_f64()
}

fn main() -> ExitCode {
    let mut missed = Vec::new();
    for (hostile, heading) in [(false, "As they are"), (true, "With hostile variations")] {
        println!("## {heading}\n");
        let tables = Kind::ALL.map(|kind| measure(kind, &SAMPLES, hostile, clock));
        for table in &tables {
            println!("{}", table.markdown());
        }
        missed.extend(misses(&tables));
    }
    for miss in &missed {
        eprintln!("{miss}");
    }
    if missed.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
