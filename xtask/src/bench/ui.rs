//! `cargo xtask bench ui`: how quickly the page answers beside a hand-written one, in every
//! engine, into docs/performance.md.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use clap::Args;
use xshell::{Shell, cmd};

use super::{machine, write_below};
use crate::build::Build;
use crate::engine::Engine;
use crate::{browser, build, project};

#[derive(Debug, Args)]
pub(crate) struct Ui {
    /// A few runs of a few things: for work in progress. It is only shown, as with the options that
    /// follow.
    #[arg(long)]
    quick: bool,
    /// Many documents beside one of them alone, and nothing else.
    #[arg(long)]
    library: bool,
    /// Where it is measured; may be repeated. All of them unless told, with --quick, --library or
    /// --against Chromium.
    #[arg(long, value_enum)]
    engine: Vec<Engine>,
    /// Another build’s dist/, to be measured beside this one by turns.
    #[arg(long)]
    against: Option<PathBuf>,
}

pub(crate) fn run(sh: &Shell, options: &Ui) -> Result<()> {
    let against = options.against.as_ref().map(|dist| {
        let page = dist.join("index.html");
        ensure!(page.is_file(), "{} holds no built page", dist.display());
        Ok(dist.canonicalize()?)
    });
    let against = against.transpose()?;
    let is_small = options.quick || options.library || against.is_some();
    let is_whole = !is_small && options.engine.is_empty();
    let engines: &[Engine] = match &options.engine[..] {
        [] if is_small => &[Engine::Chromium],
        [] => &Engine::ALL,
        named => named,
    };
    let browsers = browser::all(sh, engines)?;
    build::run(sh, &Build { single_file: false })?;
    // Compiled beforehand, so that no compiler keeps the machine busy meanwhile.
    let benchmark = ["--package", "browser-tests", "--bin", "ui_bench"];
    cmd!(sh, "cargo build {benchmark...}").run()?;
    let (mut tables, mut missed) = (Vec::new(), Vec::new());
    for (done, browser) in (1..).zip(&browsers) {
        let name = browser.engine.name();
        println!("\nMeasuring in {name} …");
        let mut measure = browser::cargo(sh, browser, &project::dist(sh))
            .args(["run", "--quiet"])
            .args(benchmark)
            // As people's browsers draw: by a thread for each of two processors. Visits do without.
            .env("LP_NUM_THREADS", "2");
        if options.quick {
            measure = measure.env("THEMARK_BENCH_QUICK", "1");
        }
        if options.library {
            measure = measure.env("THEMARK_BENCH_LIBRARY", "1");
        }
        if let Some(other) = &against {
            measure = measure.env("THEMARK_BENCH_AGAINST", other);
        }
        // Its verdicts and tables; the exit status tells whether all holds.
        let mut measure = std::process::Command::from(measure);
        let output = measure.stderr(std::process::Stdio::inherit()).output();
        let output = output.context("the benchmark does not start")?;
        let table = String::from_utf8(output.stdout)?;
        ensure!(!table.is_empty(), "the benchmark broke off in {name}");
        if !output.status.success() {
            missed.push(name);
        }
        if is_whole {
            tables.push(table);
            // After each, so that what has been measured stays if the rest is broken off.
            let machine = machine(sh, &browsers[..done]);
            let figures = tables.join("\n");
            write_below(sh, "docs/performance.md", "ui", &machine, &figures)?;
        } else {
            println!("{table}");
        }
    }
    let missed = missed.join(" and ");
    ensure!(
        missed.is_empty(),
        "not everything is as quick as it has to be in {missed}"
    );
    Ok(())
}
