//! `cargo xtask bench`: what is measured, each into a document of its own. What stands in
//! it above a marker line is written by hand, what stands below by the command.

mod anchors;
mod ui;

use std::{env, fs, thread};

use anyhow::{Context, Result};
use clap::Subcommand;
use xshell::{Shell, cmd};

use crate::browser::Browser;

#[derive(Debug, Subcommand)]
pub(crate) enum Bench {
    /// Measure how passages are found again, into docs/anchoring.md.
    Anchors,
    /// Measure how quickly the page answers, beside a hand-written one, into docs/performance.md.
    Ui(ui::Ui),
}

pub(crate) fn run(sh: &Shell, bench: &Bench) -> Result<()> {
    match bench {
        Bench::Anchors => anchors::run(sh),
        Bench::Ui(options) => ui::run(sh, options),
    }
}

/// Puts figures below the marker line of a document.
fn write_below(
    sh: &Shell,
    document: &str,
    benchmark: &str,
    machine: &str,
    figures: &str,
) -> Result<()> {
    let below = format!("<!-- Below: written by `cargo xtask bench {benchmark}`. -->");
    let old = sh.read_file(document)?;
    let (words, _) = old
        .split_once(&below)
        .with_context(|| format!("{document} lacks the line `{below}`"))?;
    let figures = figures.trim_end();
    let new = format!("{words}{below}\n\nMeasured on {machine}.\n\n{figures}\n");
    sh.write_file(document, new)?;
    println!("Written: {document}");
    Ok(())
}

/// The machine and the versions.
fn machine(sh: &Shell, browsers: &[Browser]) -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let mut lines = processors.lines();
    let model = lines.find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let processor = model.map_or(env::consts::ARCH, |(_, name)| name);
    let rustc = cmd!(sh, "rustc --version").read();
    let mut parts = vec![format!("{cores} cores of {processor}")];
    parts.extend(rustc.ok());
    for Browser {
        engine, program, ..
    } in browsers
    {
        let said = cmd!(sh, "{program} --version").ignore_stderr().read();
        // Not every browser says its version without a screen.
        let own = said.ok().filter(|said| !said.is_empty());
        parts.push(own.map_or(engine.name().to_owned(), |said| said.trim().to_owned()));
    }
    parts.join(", ")
}
