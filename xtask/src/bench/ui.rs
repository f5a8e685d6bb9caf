//! `cargo xtask bench ui`: how quickly the page answers beside a hand-written one, in every
//! engine, into docs/performance.md.

use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use anyhow::{Context, Result, bail};

use super::{machine, write_below};
use crate::arguments::{Build, Ui};
use crate::browser::{self, Browser, environment, on_a_screen};
use crate::{build, project};

pub(crate) fn run(options: &Ui) -> Result<()> {
    let against = options.against.as_deref().map(built).transpose()?;
    let engines = options.engines();
    let prepared = browser::prepare(&engines)?;
    let browsers: Vec<&Browser> = engines
        .iter()
        .filter_map(|engine| prepared.get(*engine))
        .collect();
    if browsers.is_empty() {
        bail!("there is no browser to measure in");
    }
    build::run(&Build { single_file: false })?;
    // Compiled beforehand, so that no compiler keeps the machine busy meanwhile.
    let mut compiled =
        project::cargo(&["build", "--package", "browser-tests", "--bin", "ui_bench"]);
    if !compiled.status().context("cargo does not start")?.success() {
        bail!("the benchmark does not compile");
    }
    let (mut tables, mut missed) = (Vec::new(), Vec::new());
    for (done, browser) in (1..).zip(&browsers) {
        let name = browser.engine.name();
        println!("\nMeasuring in {name} …");
        let output = measure(browser, options.quick, against.as_deref())?;
        let table = String::from_utf8_lossy(&output.stdout).into_owned();
        if table.is_empty() {
            bail!("the benchmark broke off in {name}");
        }
        tables.push(table);
        if !output.status.success() {
            missed.push(name);
        }
        if !options.is_whole() {
            println!("{}", tables[done - 1]);
            continue;
        }
        // After each, so that what has been measured stays if the rest is broken off.
        let machine = machine(&browsers[..done]);
        write_below("performance.md", "ui", &machine, &tables.join("\n"))?;
    }
    if !missed.is_empty() {
        bail!(
            "not everything is as quick as it has to be in {}",
            missed.join(" and ")
        );
    }
    Ok(())
}

/// The folder of another build.
fn built(dist: &Path) -> Result<PathBuf> {
    if !dist.join("index.html").is_file() {
        bail!(
            "{} holds no built page; name the dist/ that `cargo xtask build` has made elsewhere",
            dist.display()
        );
    }
    dist.canonicalize()
        .with_context(|| format!("{} cannot be read", dist.display()))
}

/// One engine's verdicts and tables; the exit status tells whether all holds.
fn measure(browser: &Browser, quick: bool, against: Option<&Path>) -> Result<Output> {
    let mut command = project::cargo(&[
        "run",
        "--quiet",
        "--package",
        "browser-tests",
        "--bin",
        "ui_bench",
    ]);
    command.envs(environment(browser, &project::dist(), None));
    // As people's browsers draw: by a thread for each of two processors. Visits do without.
    command.env("LP_NUM_THREADS", "2");
    if quick {
        command.env("THEMARK_BENCH_QUICK", "1");
    }
    if let Some(other) = against {
        command.env("THEMARK_BENCH_AGAINST", other);
    }
    on_a_screen(browser.engine, command)
        .stderr(Stdio::inherit())
        .output()
        .context("the benchmark does not start")
}
