//! Measures the built page beside the floor, a hand-written page (`benches/floor/`), in the
//! engine that the environment names. Prints tables in Markdown and ends with a failure
//! where something is not as good as it has to be. `cargo xtask bench ui` runs it.
//!
//! - [`matrix`], [`material`]: which texts with how many marks, and these from a seed
//! - [`gesture`]: one gesture, timed in the page by `probe.js`
//! - [`product`], [`floor`], [`alike`]: what is done on one page, the other, and both
//! - [`heavy`]: files that hold much in one place
//! - [`figure`], [`table`], [`verdict`]: the figures, shown and judged
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a measurement that can't be made ends with a sentence, in the table if it can"
)]

mod alike;
mod figure;
mod floor;
mod gesture;
mod heavy;
mod material;
mod matrix;
mod product;
mod table;
mod verdict;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use browser_tests::page::memory::PROGRAM;
use browser_tests::{Engine, Page, Visit, engine};

use figure::{Figures, Measure};
use gesture::{PATIENCE, PROBE, attempt};
use material::Material;
use matrix::{Cell, Measured, cells};

/// How long one page may keep the benchmark busy with one text.
const LIMIT: Duration = Duration::from_secs(240);

/// Loads for each run of the other measures: they differ most from one to the next.
const LOADS: usize = 3;

fn main() -> ExitCode {
    // What fails is told in the tables, and the run goes on.
    std::panic::set_hook(Box::new(|_| {}));
    let quick = std::env::var_os("THEMARK_BENCH_QUICK").is_some();
    let times = if quick { 3 } else { 7 };
    let engine = engine();
    let name = match engine {
        Engine::Chromium => "Chromium",
        Engine::Firefox => "Firefox",
        Engine::Webkit => "WebKit",
    };
    let mut tables = Vec::new();
    let mut verdicts = Vec::new();
    for cell in cells(engine, quick) {
        let start = Instant::now();
        eprintln!("  {name}, {} …", cell.name());
        let measured = measure(cell, times);
        eprintln!("    {:.0} s", start.elapsed().as_secs_f64());
        verdicts.extend(verdict::verdicts(engine, cell, &measured));
        tables.push(table::table(&measured, times));
    }
    for heavy in heavy::all(engine) {
        eprintln!("  {name}, {} …", heavy.name());
        let measured = heavy.measure(times);
        verdicts.extend(verdict::of_heavy(&measured));
        tables.push(table::table(&measured, times));
    }
    let list = table::list(&verdicts);
    eprint!("{list}");
    println!(
        "## {name}\n\nOf {times} runs each, {} of the cold load.\n\n{list}\n{}",
        times * LOADS,
        tables.join("\n")
    );
    if verdicts.iter().all(|verdict| verdict.holds) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// A page that is watched.
fn visit() -> Visit {
    Visit {
        patience: PATIENCE,
        alone: true,
        ..Visit::default()
    }
    .after(&[PROGRAM, PROBE].concat())
}

/// Both pages, each in a browser of its own: loaded by turns, so that a machine that is slower
/// for a while is slower for both, and everything else one after the other. WebKit has but one
/// window at a time, so there all is done with the floor before the product is opened.
fn measure(cell: Cell, times: usize) -> Measured {
    let material = Material::new(cell.size, cell.marks);
    let (mut product, mut floor) = (Figures::default(), Figures::default());
    let visit = visit();
    let mut bare = Some(attempt(|| {
        let page = visit.clone().open();
        let _deadline = page.end_after(LIMIT);
        floor::import(&page, &material, &mut floor, times);
        alike::memory(&page, floor::LOADED, &mut floor, times);
        Ok(page)
    }));
    let finish_floor = |bare: Result<Page, String>, floor: &mut Figures| {
        let outcome = bare.and_then(|page| {
            finish(page, |page| {
                floor::measure(page, floor, times);
                alike::first_load(cell, page, floor::LOADED, floor, times);
            })
        });
        complain(outcome, floor);
    };
    if let Some(bare) = bare.take_if(|_| engine() == Engine::Webkit) {
        if let Ok(page) = &bare {
            alike::load(vec![(page, floor::LOADED, &mut floor)], times * LOADS);
        }
        finish_floor(bare, &mut floor);
    }
    let full = attempt(|| {
        let article = material.source.clone();
        let page = Visit {
            article,
            ..visit.clone()
        }
        .open();
        let _deadline = page.end_after(LIMIT);
        product::import(&page, &material, &mut product, times)?;
        Ok(page)
    });
    let mut turns = Vec::new();
    if let Some(Ok(page)) = &bare {
        turns.push((page, floor::LOADED, &mut floor));
    }
    if let Ok(page) = &full {
        turns.push((page, "/", &mut product));
    }
    alike::load(turns, times * LOADS);
    if let Some(bare) = bare {
        finish_floor(bare, &mut floor);
    }
    let outcome = full.and_then(|page| {
        finish(page, |page| {
            // What could not be loaded can't be measured.
            if product.median(Measure::Load).is_none() {
                return;
            }
            // Alone now: browsers share memory.
            alike::memory(page, "/", &mut product, times);
            product::measure(page, &mut product, times);
            alike::first_load(cell, page, "/", &mut product, times);
        })
    });
    complain(outcome, &mut product);
    Measured {
        name: cell.name(),
        product,
        floor,
    }
}

/// Measures what is left on a page, and closes it: one that has complained fails then.
fn finish(mut page: Page, measure: impl FnOnce(&mut Page)) -> Result<(), String> {
    attempt(|| {
        let deadline = page.end_after(LIMIT);
        measure(&mut page);
        drop((deadline, page));
        Ok(())
    })
}

/// A page that could not even be opened, or complained in the end.
fn complain(outcome: Result<(), String>, figures: &mut Figures) {
    let Err(reason) = outcome else { return };
    eprintln!("    {reason}");
    if figures.get(Measure::Load).is_none() {
        figures.fail(Measure::Load, &reason);
    }
}
