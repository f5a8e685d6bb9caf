//! `cargo xtask bench anchors`: how surely and how fast passages are found again, measured
//! natively and in Chromium, into docs/anchoring.md.

use std::process::Stdio;

use anyhow::{Context, Result, bail};

use super::{machine, write_below};
use crate::arguments::Build;
use crate::browser::{self, Browser, environment};
use crate::engine::Engine;
use crate::{build, process, project, toolchain, wasm_tests};

pub(crate) fn run() -> Result<()> {
    toolchain::need_wasm()?;
    let prepared = browser::prepare(&[Engine::Chromium])?;
    let chromium = prepared
        .get(Engine::Chromium)
        .context("the times in a browser are measured in Chromium")?;
    println!("\nMeasuring natively: about three minutes …");
    let mut native = project::cargo(&["run", "--profile", "bench", "--package", "anchor-bench"]);
    let tables = native
        .stderr(Stdio::inherit())
        .output()
        .context("the benchmark does not start")?;
    println!("Measuring in Chromium …");
    let lines = in_browser(chromium)?;
    println!("Measuring the page …");
    build::run(&Build { single_file: false })?;
    let page = in_page(chromium)?;

    let figures = format!(
        "## In Chromium\n\n{lines}\n{page}\n{}",
        String::from_utf8_lossy(&tables.stdout)
    );
    write_below("anchoring.md", "anchors", &machine(&[chromium]), &figures)?;
    if !tables.status.success() {
        bail!("not everything is as good as it has to be: see above");
    }
    Ok(())
}

/// The lines that the benchmark's wasm tests log: a table, and a sentence.
fn in_browser(chromium: &Browser) -> Result<String> {
    let targets = ["--release", "--test", "wasm"].map(str::to_owned);
    let mut command = wasm_tests::command(chromium, "anchor-bench", &targets)?;
    command.args(["--", "--nocapture"]);
    command.env("WASM_BINDGEN_TEST_TIMEOUT", "600");
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .context("the benchmark does not start in Chromium")?;
    let said = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        bail!("the benchmark in Chromium failed:\n{said}");
    }
    let (rows, sentences): (Vec<&str>, Vec<&str>) = said
        .lines()
        .filter(|line| line.starts_with("| ") || line.contains(" unmoved: "))
        .partition(|line| line.starts_with('|'));
    if rows.is_empty() || sentences.is_empty() {
        bail!("the benchmark in Chromium said nothing:\n{said}");
    }
    Ok(format!(
        "On prose of 3.3 MB, with the program as it is shipped (small, not fast). {}.\n\n\
         | case | µs a quote | baseline | times as fast | index |\n|---|---|---|---|---|\n{}\n",
        sentences.join(". "),
        rows.join("\n")
    ))
}

/// What the page says of its own thread.
fn in_page(chromium: &Browser) -> Result<String> {
    let mut command = project::cargo(&["run", "--package", "browser-tests", "--bin", "long_tasks"]);
    process::read(command.envs(environment(chromium, &project::dist(), None)))
}
