//! `cargo xtask bench anchors`: how surely and how fast passages are found again, measured
//! natively and in Chromium, into docs/anchoring.md.

use std::process::{Command, Stdio};
use std::slice;

use anyhow::{Context, Result, ensure};
use xshell::{Shell, cmd};

use super::{machine, write_below};
use crate::browser::{self, Browser};
use crate::build::Build;
use crate::{build, project, tools, wasm_tests};

pub(crate) fn run(sh: &Shell) -> Result<()> {
    tools::need(sh, "target", tools::WASM)?;
    let chromium = browser::chromium(sh)?;
    println!("\nMeasuring natively: about three minutes …");
    let native = cmd!(sh, "cargo run --profile bench --package anchor-bench");
    let native = Command::from(native).stderr(Stdio::inherit()).output();
    let native = native.context("the benchmark does not start")?;
    let tables = String::from_utf8(native.stdout)?;
    println!("Measuring in Chromium …");
    let lines = in_browser(sh, &chromium)?;
    println!("Measuring the page …");
    build::run(sh, &Build { single_file: false })?;
    // What the page says of its own thread.
    let page = browser::cargo(sh, &chromium, &project::dist(sh))
        .args(["run", "--package", "browser-tests", "--bin", "long_tasks"])
        .read()?;

    let figures = format!("## In Chromium\n\n{lines}\n{page}\n\n{tables}");
    let machine = machine(sh, slice::from_ref(&chromium));
    write_below(sh, "docs/anchoring.md", "anchors", &machine, &figures)?;
    let is_good = native.status.success();
    ensure!(
        is_good,
        "not everything is as good as it has to be: see above"
    );
    Ok(())
}

/// The lines that the benchmark's wasm tests log: a table, and a sentence.
fn in_browser(sh: &Shell, chromium: &Browser) -> Result<String> {
    let said = wasm_tests::command(sh, chromium, "anchor-bench")?
        .args(["--release", "--test", "wasm", "--", "--nocapture"])
        .env("WASM_BINDGEN_TEST_TIMEOUT", "600")
        .read()?;
    let (rows, sentences): (Vec<&str>, Vec<&str>) = said
        .lines()
        .filter(|line| line.starts_with("| ") || line.contains(" unmoved: "))
        .partition(|line| line.starts_with('|'));
    let is_whole = !rows.is_empty() && !sentences.is_empty();
    ensure!(is_whole, "the benchmark in Chromium said nothing:\n{said}");
    Ok(format!(
        "On prose of 3.3 MB, with the program as it is shipped (small, not fast). {}.\n\n\
         | case | µs a quote | baseline | times as fast | index |\n|---|---|---|---|---|\n{}\n",
        sentences.join(". "),
        rows.join("\n")
    ))
}
