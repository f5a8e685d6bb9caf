//! Measures the built page beside the floor, a hand-written page (`benches/floor/`), in the
//! engine that the environment names. Prints tables in Markdown and ends with a failure
//! where something is not as good as it has to be. `cargo xtask bench ui` runs it.
//!
//! Where the environment names another build as well, both are measured in one run instead, by
//! turns, and nothing is judged: the tables say how many times as long this one takes.
//!
//! - [`matrix`], [`material`]: which texts with how many marks, and these from a seed
//! - [`gesture`]: one gesture, timed in the page by `probe.js`
//! - [`product`], [`floor`], [`compare`](mod@compare): what is done on one page, the other, and both
//! - [`heavy`]: files that hold much in one place
//! - [`library`], [`documents`]: many documents, beside one of them alone; what is done with many
//! - [`figure`], [`table`], [`verdict`]: the figures, shown and judged
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a measurement that can't be made ends with a sentence, in the table if it can"
)]

mod compare;
mod documents;
mod figure;
mod floor;
mod gesture;
mod heavy;
mod library;
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
use matrix::{Cell, FLOOR, Measured, cells};

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
    let only_library = std::env::var_os("THEMARK_BENCH_LIBRARY").is_some();
    let mut tables = Vec::new();
    let mut verdicts = Vec::new();
    for cell in cells(engine, quick).into_iter().filter(|_| !only_library) {
        let start = Instant::now();
        eprintln!("  {name}, {} …", cell.name());
        let measured = match &against {
            Some(other) => compare(cell, other, times),
            None => measure(cell, times),
        };
        eprintln!("    {:.0} s", start.elapsed().as_secs_f64());
        verdicts.extend(verdict::verdicts(engine, cell, &measured));
        tables.push(table::table(&measured, times));
    }
    for heavy in heavy::all(engine).into_iter().filter(|_| !only_library) {
        eprintln!("  {name}, {} …", heavy.name());
        let measured = heavy.measure(against.as_deref(), times);
        verdicts.extend(verdict::of_heavy(&measured));
        tables.push(table::table(&measured, times));
    }
    if against.is_none() {
        eprintln!("  {name}, {} …", library::name());
        if let Some(measured) = library::measure(engine, times) {
            verdicts.extend(verdict::of_library(&measured));
            tables.push(table::table(&measured, times));
        }
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

/// Both pages, each in a browser of its own: loaded by turns, so that a machine that is slower
/// for a while is slower for both, and everything else one after the other. WebKit has but one
/// window at a time, so there all is done with the floor before the product is opened.
fn measure(cell: Cell, times: usize) -> Measured {
    let material = Material::new(cell.size, cell.marks);
    let (mut product, mut floor) = (Figures::default(), Figures::default());
    let mut bare = Some(attempt(|| {
        let page = visit(None).open();
        let _deadline = page.end_after(LIMIT);
        floor::import(&page, &material, &mut floor, times);
        compare::memory(&page, floor::LOADED, &mut floor, times);
        Ok(page)
    }));
    let finish_floor = |bare: Result<Page, String>, floor: &mut Figures| {
        let outcome = bare.and_then(|page| {
            finish(page, |page| {
                floor::measure(page, floor, times);
                compare::first_load(cell, page, floor::LOADED, floor, times);
            })
        });
        complain(outcome, floor);
    };
    if let Some(bare) = bare.take_if(|_| engine() == Engine::Webkit) {
        if let Ok(page) = &bare {
            compare::load(vec![(page, floor::LOADED, &mut floor)], times * LOADS);
        }
        finish_floor(bare, &mut floor);
    }
    let full = open(None, &material, &mut product, times);
    let mut turns = Vec::new();
    if let Some(Ok(page)) = &bare {
        turns.push((page, floor::LOADED, &mut floor));
    }
    if let Ok(page) = &full {
        turns.push((page, "/", &mut product));
    }
    compare::load(turns, times * LOADS);
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
            compare::memory(page, "/", &mut product, times);
            product::measure(page, &mut product, 0..times);
            compare::first_load(cell, page, "/", &mut product, times);
        })
    });
    complain(outcome, &mut product);
    Measured {
        name: cell.name(),
        product,
        other: None,
        floor,
        beside: FLOOR,
    }
}

/// Two builds, each in a browser of its own: loaded by turns, and what is done on them as well, this
/// one, the other, the other, this one. Memory is left out, which browsers share; so is the floor.
fn compare(cell: Cell, other: &Path, times: usize) -> Measured {
    let material = Material::new(cell.size, cell.marks);
    let (mut product, mut others) = (Figures::default(), Figures::default());
    let own = open(None, &material, &mut product, times);
    let full = open(Some(other), &material, &mut others, times);
    let mut turns = Vec::new();
    if let Ok(page) = &own {
        turns.push((page, "/", &mut product));
    }
    if let Ok(page) = &full {
        turns.push((page, "/", &mut others));
    }
    compare::load(turns, times * LOADS);
    let half = times.div_ceil(2);
    for (is_own, rounds) in [
        (true, 0..half),
        (false, 0..half),
        (false, half..times),
        (true, half..times),
    ] {
        let (page, figures) = if is_own {
            (&own, &mut product)
        } else {
            (&full, &mut others)
        };
        if let Ok(page) = page {
            let _deadline = page.end_after(LIMIT);
            product::measure(page, figures, rounds);
        }
    }
    for (page, figures) in [(own, &mut product), (full, &mut others)] {
        let outcome = page.and_then(|page| {
            finish(page, |page| {
                compare::first_load(cell, page, "/", figures, times);
            })
        });
        complain(outcome, figures);
    }
    Measured {
        name: cell.name(),
        product,
        other: Some(others),
        floor: Figures::default(),
        beside: FLOOR,
    }
}

/// Opens a build's page and imports the marks; the last run's stay.
fn open(
    build: Option<&Path>,
    material: &Material,
    figures: &mut Figures,
    times: usize,
) -> Result<Page, String> {
    attempt(|| {
        let page = Visit {
            article: material.source.clone(),
            ..visit(build)
        }
        .open();
        let _deadline = page.end_after(LIMIT);
        product::import(&page, material, figures, times)?;
        Ok(page)
    })
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
