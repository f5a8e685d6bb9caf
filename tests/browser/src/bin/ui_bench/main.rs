//! Measures the built page beside the floor, a hand-written page (`benches/floor/`), in the
//! engine that the environment names. Prints tables in Markdown and ends with a failure
//! where something is not as good as it has to be. `cargo xtask bench ui` runs it.
//!
//! Where the environment names another build as well, both are measured in one run, and nothing
//! is judged: the tables say how many times as long this one takes.
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

use std::path::{Path, PathBuf};
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
    let against = std::env::var_os("THEMARK_BENCH_AGAINST").map(PathBuf::from);
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
        let measured = measure(cell, against.as_deref(), times);
        eprintln!("    {:.0} s", start.elapsed().as_secs_f64());
        verdicts.extend(verdict::verdicts(engine, cell, &measured));
        tables.push(table::table(&measured, times));
    }
    for heavy in heavy::all(engine) {
        eprintln!("  {name}, {} …", heavy.name());
        let measured = heavy.measure(against.as_deref(), times);
        verdicts.extend(verdict::of_heavy(&measured));
        tables.push(table::table(&measured, times));
    }
    if against.is_some() {
        println!("## {name}\n\n{}", tables.join("\n"));
        return ExitCode::SUCCESS;
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

/// A page that is watched, of the build that is tested or of another one.
fn visit(build: Option<&Path>) -> Visit {
    Visit {
        patience: PATIENCE,
        alone: true,
        dist: build.map(Path::to_path_buf),
        ..Visit::default()
    }
    .after(&[PROGRAM, PROBE].concat())
}

/// All pages, each in a browser of its own: loaded by turns, so that a machine that is slower
/// for a while is slower for all, and everything else one after the other. WebKit has but one
/// window at a time, so there all is done with one before the next is opened.
fn measure(cell: Cell, against: Option<&Path>, times: usize) -> Measured {
    let material = Material::new(cell.size, cell.marks);
    let mut floor = Figures::default();
    let mut builds: Vec<(Option<&Path>, Figures)> = vec![(None, Figures::default())];
    builds.extend(against.map(|other| (Some(other), Figures::default())));
    let visit_to = |build| Visit {
        article: material.source.clone(),
        ..visit(build)
    };
    let open = |build, figures: &mut Figures| {
        attempt(|| {
            let page = visit_to(build).open();
            let _deadline = page.end_after(LIMIT);
            product::import(&page, &material, figures, times)?;
            Ok(page)
        })
    };
    let finish_floor = |bare: Result<Page, String>, floor: &mut Figures| {
        let outcome = bare.and_then(|page| {
            finish(page, |page| {
                floor::measure(page, floor, times);
                alike::first_load(cell, page, floor::LOADED, floor, times);
            })
        });
        complain(outcome, floor);
    };
    let finish_build = |full: Result<Page, String>, product: &mut Figures| {
        let outcome = full.and_then(|page| {
            finish(page, |page| {
                // What could not be loaded can't be measured.
                if product.median(Measure::Load).is_none() {
                    return;
                }
                // Alone now, or beside another build only: browsers share memory.
                alike::memory(page, "/", product, times);
                product::measure(page, product, times);
                alike::first_load(cell, page, "/", product, times);
            })
        });
        complain(outcome, product);
    };
    let bare = attempt(|| {
        let page = visit(None).open();
        let _deadline = page.end_after(LIMIT);
        floor::import(&page, &material, &mut floor, times);
        alike::memory(&page, floor::LOADED, &mut floor, times);
        Ok(page)
    });
    if engine() == Engine::Webkit {
        if let Ok(page) = &bare {
            alike::load(vec![(page, floor::LOADED, &mut floor)], times * LOADS);
        }
        finish_floor(bare, &mut floor);
        for (build, figures) in &mut builds {
            let full = open(*build, figures);
            if let Ok(page) = &full {
                alike::load(vec![(page, "/", &mut *figures)], times * LOADS);
            }
            finish_build(full, figures);
        }
    } else {
        let mut full = Vec::new();
        for (build, figures) in &mut builds {
            let page = open(*build, figures);
            full.push((page, figures));
        }
        let mut turns = Vec::new();
        if let Ok(page) = &bare {
            turns.push((page, floor::LOADED, &mut floor));
        }
        for (page, figures) in &mut full {
            if let Ok(page) = page {
                turns.push((page, "/", figures));
            }
        }
        alike::load(turns, times * LOADS);
        finish_floor(bare, &mut floor);
        for (page, figures) in full {
            finish_build(page, figures);
        }
    }
    let mut figures = builds.into_iter().map(|(_, figures)| figures);
    Measured {
        name: cell.name(),
        product: figures.next().unwrap_or_default(),
        other: figures.next(),
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
