//! `cargo xtask test`: every check and test, from quick to slow. The first one
//! that fails ends the run; only of the engines each is visited. At the end the slowest visits
//! are named.

use std::thread;

use anyhow::{Result, bail, ensure};
use clap::{Args, ValueEnum};
use xshell::{Cmd, Shell, cmd};

use crate::browser::Browser;
use crate::build::Build;
use crate::engine::Engine;
use crate::step::{Beside, step};
use crate::{browser, build, fuzz, minify, project, reproduce, times, tools, wasm_tests};

#[derive(Debug, Args)]
pub(crate) struct Test {
    /// Where the page is visited; may be repeated.
    #[arg(long, value_enum, default_values_t = Engine::ALL)]
    engine: Vec<Engine>,
    /// What is run; may be repeated.
    #[arg(long, value_enum, default_values_t = [Group::Native, Group::Wasm, Group::Browser])]
    only: Vec<Group>,
    /// Look for what is rare, too, which takes long: every visit in every engine, more seeds, more
    /// rounds, a second build that has to come to the same bytes.
    #[arg(long)]
    thorough: bool,
}

/// A group of test steps that can be run alone.
#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
enum Group {
    Native,
    Wasm,
    Browser,
}

pub(crate) fn run(sh: &Shell, options: &Test) -> Result<()> {
    if options.thorough {
        sh.set_var("THEMARK_THOROUGH", "1");
        // How many cases a property is tried with; 256 are the library’s own choice.
        sh.set_var("PROPTEST_CASES", "2000");
    }
    let mut report = Report::default();
    if options.only.contains(&Group::Native) {
        native(sh, &mut report)?;
    }
    let mut engines = Vec::new();
    if options.only.contains(&Group::Wasm) {
        engines.push(Engine::Chromium);
    }
    if options.only.contains(&Group::Browser) {
        engines.extend(&options.engine);
    }
    browser::install(sh, &engines)?;
    if options.only.contains(&Group::Wasm) {
        wasm(sh, &mut report)?;
    }
    if options.only.contains(&Group::Browser) {
        browsers(sh, options, &mut report)?;
    }
    if report.passed.is_empty() {
        bail!("{}", report.closing_line());
    }
    println!("\n{}", report.closing_line());
    Ok(())
}

fn native(sh: &Shell, report: &mut Report) -> Result<()> {
    tools::need(sh, "component", "rustfmt")?;
    tools::need(sh, "component", "clippy")?;
    step("formatting", || cmd!(sh, "cargo fmt --all --check").run())?;
    step("clippy", || {
        cmd!(sh, "cargo clippy --workspace --all-targets -- -D warnings").run()
    })?;
    // The browser tests are in the workspace too, and need a browser.
    step("native tests", || {
        cmd!(sh, "cargo test --package themark --package xtask").run()
    })?;
    step("native tests of finding passages", || {
        cmd!(sh, "cargo test --package anchor-bench --profile tried").run()
    })?;
    step("readers, given what nobody wrote", || {
        cmd!(sh, "cargo test --package reader-fuzz --profile tried").run()?;
        fuzz::briefly(sh)
    })?;
    report.passed.push("native".to_owned());
    let deny = tools::CARGO_DENY.get(sh);
    if let Some(deny) = report.unless_missing("what is depended on", deny)? {
        // The root is a package as well, and would else be all that is looked at.
        step("dependencies", || {
            dependencies(sh, || cmd!(sh, "{deny} --workspace"))
        })?;
    }
    Ok(())
}

/// Holds what the project depends on to deny.toml: licences, second versions, sources, and known
/// faults where their list can be had.
fn dependencies<'a>(sh: &Shell, deny: impl Fn() -> Cmd<'a>) -> Result<()> {
    // A warning is an error here: all that is expected stands in deny.toml, and what stands there
    // and is no longer so is warned of only.
    let check = ["check", "--hide-inclusion-graph", "--deny", "warnings"];
    let locked = deny().arg("--locked").args(check);
    locked.args(["bans", "licenses", "sources"]).run()?;

    // The list is a git repository on GitHub, which not everyone can reach who can reach
    // crates.io. What it says of an old Cargo.lock changes from day to day. Nobody is there to be
    // asked for a password.
    let _guard = sh.push_env("GIT_TERMINAL_PROMPT", "0");
    if deny().args(["--locked", "fetch", "db"]).output().is_err() {
        println!(
            "Known faults of dependencies were NOT CHECKED: RustSec's list of them cannot be fetched."
        );
        return Ok(());
    }
    // Offline, or it would be fetched once more.
    let frozen = deny().arg("--frozen").args(check);
    Ok(frozen.arg("advisories").run()?)
}

fn wasm(sh: &Shell, report: &mut Report) -> Result<()> {
    let wasm = tools::WASM;
    tools::need(sh, "target", wasm)?;
    tools::need(sh, "component", "clippy")?;
    let tests = wasm_tests::TARGETS;
    step("clippy for wasm", || {
        // The unit tests are native: what they test does not know the browser.
        let clippy = cmd!(sh, "cargo clippy --package themark --lib --bins {tests...}");
        clippy
            .args(["--target", wasm, "--", "-D", "warnings"])
            .run()
    })?;
    let title = "wasm (Chromium)";
    let chromium = browser::find(sh, Engine::Chromium);
    if let Some(chromium) = report.unless_missing(title, chromium)? {
        let command = wasm_tests::command(sh, &chromium, "themark")?.args(tests);
        step("wasm tests in Chromium", || command.run())?;
        report.passed.push(title.to_owned());
    }
    Ok(())
}

fn browsers(sh: &Shell, options: &Test, report: &mut Report) -> Result<()> {
    let title = |engine: Engine| format!("browser ({})", engine.name());
    let mut ready = Vec::new();
    for &engine in &options.engine {
        ready.extend(report.unless_missing(&title(engine), browser::find(sh, engine))?);
    }
    if ready.is_empty() {
        return Ok(());
    }

    let minifier = report.unless_missing("the page in one file", minify::need(sh))?;
    let single_file = minifier.is_some();
    // The compiler works at the whole page on one core, mostly.
    let compile = cmd!(sh, "cargo test --package browser-tests --no-run");
    let compiled = Beside::begin("build of the visits", compile.into())?;
    let built = step("release build", || build::run(sh, &Build { single_file }));
    compiled.end()?;
    built?;
    if options.thorough {
        step("the same build elsewhere", || reproduce::dist(sh))?;
    } else {
        println!("Whether a build elsewhere gives the same bytes, --thorough tells.");
    }
    let axe = report.unless_missing("accessibility checks", tools::AXE.get(sh))?;
    let poppler = report.unless_missing("what is printed", browser::poppler())?;
    let mut skipped = Vec::new();
    if !single_file {
        skipped.extend(["--skip", "single::"]);
    }
    if poppler.is_none() {
        skipped.extend(["--skip", "print::"]);
    }
    // What browsers leave behind is in a folder that goes with them.
    let temporary = sh.create_temp_dir()?;
    let times = project::scratch()?.join("visit_times.txt");
    sh.write_file(&times, "")?;
    let visits = |browser: &Browser, more: &[&str]| {
        browser::cargo(sh, browser, &project::dist(sh))
            .args(["test", "--package", "browser-tests", "--"])
            .args(&skipped)
            .args(more)
            .envs(axe.as_ref().map(|axe| ("THEMARK_AXE", axe)))
            .env("TMPDIR", temporary.path())
            .env("THEMARK_TIMES", &times)
    };
    // WebKit is visited beside the others, which come one after the other: its windows share a
    // screen, so its visits come one at a time, which takes most of one core and the longest. Each
    // of the others makes as many visits at a time as there are cores, and so leaves as little of
    // them as two engines would want.
    let has_room = ready.len() > 1 && thread::available_parallelism()?.get() > 1;
    let mut beside = Vec::new();
    let mut in_a_row = Vec::new();
    for (number, browser) in ready.iter().enumerate() {
        let title = title(browser.engine);
        // The visits that one engine is enough for: `tests/browser/tests/visits/once.rs`.
        let is_first = number == 0 || options.thorough;
        let more: &[&str] = if is_first { &[] } else { &["--skip", "once::"] };
        let command = visits(browser, more);
        if has_room && browser.engine == Engine::Webkit {
            beside.push(Beside::begin(&title, command.into())?);
        } else {
            in_a_row.push((title, command));
        }
    }
    // A failure in one engine keeps none of the others from being visited.
    let mut outcomes = Vec::new();
    for (title, command) in in_a_row {
        outcomes.push(step(&title, || command.run()));
    }
    outcomes.extend(beside.into_iter().map(Beside::end));
    println!(
        "\nThe visits that took longest:\n{}",
        times::slowest(&sh.read_file(times)?, 10)
    );
    let failures = outcomes.into_iter().filter_map(Result::err);
    let failures: Vec<_> = failures.map(|error| format!("{error:#}")).collect();
    ensure!(failures.is_empty(), "{}", failures.join("; "));
    let titles = ready.iter().map(|browser| title(browser.engine));
    report.passed.extend(titles);
    Ok(())
}

/// What ran and what could not.
#[derive(Default)]
struct Report {
    passed: Vec<String>,
    left_out: Vec<String>,
}

impl Report {
    /// What a step needs; none where that can't be had, and the step is to be left out. In an
    /// unattended run nothing is.
    fn unless_missing<T>(&mut self, step: &str, needed: Result<T>) -> Result<Option<T>> {
        match needed {
            Err(error) if !project::is_ci() => {
                println!("Left out: {step}. {error:#}.");
                self.left_out.push(step.to_owned());
                Ok(None)
            }
            needed => needed.map(Some),
        }
    }

    fn closing_line(&self) -> String {
        let passed = self.passed.join(", ");
        if self.left_out.is_empty() {
            return format!("All passed: {passed}.");
        }
        let left_out = self.left_out.join(", ");
        format!("Passed: {passed}. NOT RUN, because something is missing: {left_out}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_never_says_all_when_something_was_left_out() {
        let mut report = Report::default();
        report.passed.push("native".to_owned());
        assert_eq!(report.closing_line(), "All passed: native.");
        report.left_out.push("browser (WebKit)".to_owned());
        assert_eq!(
            report.closing_line(),
            "Passed: native. NOT RUN, because something is missing: browser (WebKit)."
        );
    }
}
