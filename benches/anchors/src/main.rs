//! Prints what the cases give on texts of all kinds and sizes.
use anchor_bench::cases::Case;
use anchor_bench::run::{AtLeast, Outcomes, Trial};
use anchor_bench::texts::{Kind, Vocabulary, text};

use std::time::Instant;
use themark::anchor::Finder;

fn main() {
    let vocabulary = Vocabulary::new();
    let args: Vec<String> = std::env::args().collect();
    let sizes: Vec<usize> = args.get(1).map_or(vec![700_000], |s| {
        s.split(',').map(|s| s.parse().unwrap_or(0)).collect()
    });
    let most: usize = args.get(2).map_or(300, |s| s.parse().unwrap_or(0));
    let base = args.get(3).map_or(0, |s| s.parse().unwrap_or(0));
    let hostile = args.get(4).is_some();
    for kind in Kind::ALL {
        for &size in &sizes {
            let text = text(kind, size, 42, &vocabulary);
            println!("## {} {} bytes", kind.name(), text.len());
            for case in Case::ALL {
                let trial = Trial::new(&text, case, most, hostile, &vocabulary, 7);
                let (index, digest) = trial.index();
                let start = Instant::now();
                let finder = Finder::new(&index, digest);
                let built = start.elapsed();
                let start = Instant::now();
                let found = trial.find(&finder);
                let took = start.elapsed().as_secs_f64() * 1e6 / trial.passages() as f64;
                let least = if case == Case::Short {
                    0
                } else if case.deletes() {
                    20
                } else {
                    40
                };
                let o = trial.judge(&found, AtLeast(least));
                let pct = |n: usize| n as f64 * 100.0 / o.total().max(1) as f64;
                print!(
                    "{:24} n {:4} right {:6.2} ends {:6.2} wrong {:6.2} offered {:6.2} misled {:6.2} lost {:6.2}  {took:8.1} µs (index {:.0} ms)",
                    case.name(),
                    o.total(),
                    pct(o.right),
                    o.ends as f64 * 100.0 / o.right.max(1) as f64,
                    pct(o.wrong),
                    pct(o.offered),
                    pct(o.misled),
                    pct(o.lost),
                    built.as_secs_f64() * 1e3
                );
                if base > 0 {
                    let wanted = trial.wanted(base);
                    let start = Instant::now();
                    let found = trial.find_by_baseline(&wanted);
                    let took = start.elapsed().as_secs_f64() * 1e6 / wanted.len() as f64;
                    let b: Outcomes = trial.judge_baseline(&found, AtLeast(least));
                    let pct = |n: usize| n as f64 * 100.0 / b.total().max(1) as f64;
                    print!(
                        " | baseline right {:5.1} wrong {:5.1} {took:8.0} µs",
                        pct(b.right),
                        pct(b.wrong)
                    );
                }
                println!();
            }
        }
    }
}
