//! `cargo xtask test`: every check and test, from quick to slow. The first one
//! that fails ends the run; only of the engines each is visited. At the end the slowest visits
//! are named.

use anyhow::{Result, bail};

use crate::arguments::{Build, Group, Test};
use crate::browser::{self, Prepared, environment};
use crate::engine::Engine;
use crate::lanes::{self, Visits};
use crate::minify::Minifier;
use crate::npm::AXE;
use crate::step::{Beside, step};
use crate::times::Times;
use crate::toolchain::{self, WASM};
use crate::{build, dependencies, process, project, reproduce, tools, wasm_tests};

pub(crate) fn run(options: &Test) -> Result<()> {
    let mut report = Report::default();
    let groups = options.groups();
    if groups.contains(&Group::Native) {
        native(options, &mut report)?;
    }

    let prepared = browser::prepare(&engines(&groups, &options.engines()))?;
    if groups.contains(&Group::Wasm) {
        wasm(&prepared, &mut report)?;
    }
    if groups.contains(&Group::Browser) {
        browsers(options, &prepared, &mut report)?;
    }
    if report.passed.is_empty() {
        bail!("{}", report.closing_line());
    }
    println!("\n{}", report.closing_line());
    Ok(())
}

/// The engines that the chosen groups need, where the browser tests run in some.
fn engines(groups: &[Group], visited: &[Engine]) -> Vec<Engine> {
    let mut engines = Vec::new();
    if groups.contains(&Group::Wasm) {
        engines.push(Engine::Chromium);
    }
    if groups.contains(&Group::Browser) {
        for &engine in visited {
            if !engines.contains(&engine) {
                engines.push(engine);
            }
        }
    }
    engines
}

/// How many cases a property is tried with where there is time; 256 are the library’s own choice.
const THOROUGH_CASES: &str = "2000";

/// What tells a test that there is time.
fn thoroughness(options: &Test) -> Vec<(&'static str, &'static str)> {
    if options.thorough {
        vec![
            ("THEMARK_THOROUGH", "1"),
            ("PROPTEST_CASES", THOROUGH_CASES),
        ]
    } else {
        Vec::new()
    }
}

fn native(options: &Test, report: &mut Report) -> Result<()> {
    toolchain::need_component("rustfmt", "fmt")?;
    toolchain::need_component("clippy", "clippy")?;
    step("formatting", || {
        process::run(&mut project::cargo(&["fmt", "--all", "--check"]))
    })?;
    step("clippy", || {
        process::run(&mut project::cargo(&[
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ]))
    })?;
    // The browser tests are in the workspace too, and need a browser.
    step("native tests", || {
        let mut command = project::cargo(&["test", "--package", "themark", "--package", "xtask"]);
        process::run(command.envs(thoroughness(options)))
    })?;
    step("native tests of finding passages", || {
        let mut command =
            project::cargo(&["test", "--package", "anchor-bench", "--profile", "tried"]);
        process::run(command.envs(thoroughness(options)))
    })?;
    report.passed.push("native".to_owned());
    if let Some(deny) = report.unless_missing("what is depended on", tools::cargo_deny())? {
        step("dependencies", || dependencies::check(&deny))?;
    }
    Ok(())
}

fn wasm(prepared: &Prepared, report: &mut Report) -> Result<()> {
    toolchain::need_wasm()?;
    toolchain::need_component("clippy", "clippy")?;
    let tests = wasm_tests::targets()?;
    step("clippy for wasm", || {
        // The unit tests are native: what they test does not know the browser.
        let mut command = project::cargo(&["clippy", "--package", "themark", "--lib", "--bins"]);
        command.args(&tests).args(["--target", WASM]);
        process::run(command.args(["--", "-D", "warnings"]))
    })?;
    let title = "wasm (Chromium)".to_owned();
    match prepared.get(Engine::Chromium) {
        _ if tests.is_empty() => report.passed.push("wasm (no tests yet)".to_owned()),
        None => report.left_out.push(title),
        Some(chromium) => {
            step("wasm tests in Chromium", || {
                wasm_tests::run(chromium, &tests)
            })?;
            report.passed.push(title);
        }
    }
    Ok(())
}

fn browsers(options: &Test, prepared: &Prepared, report: &mut Report) -> Result<()> {
    let title = |engine: Engine| format!("browser ({})", engine.name());
    let mut ready = Vec::new();
    for engine in options.engines() {
        match prepared.get(engine) {
            Some(browser) => ready.push(browser),
            None => report.left_out.push(title(engine)),
        }
    }
    if ready.is_empty() {
        return Ok(());
    }

    let minifier = report.unless_missing("the page in one file", Minifier::get())?;
    let both = Build {
        single_file: minifier.is_some(),
    };
    // The compiler works at the whole page on one core, mostly.
    let compiled = Beside::begin("build of the visits", |said| {
        process::run_into(project::cargo(&VISITS).arg("--no-run"), said)
    })?;
    let built = step("release build", || build::run(&both));
    compiled.end()?;
    built?;
    if options.thorough {
        step("the same build elsewhere", reproduce::dist)?;
    } else {
        println!("Whether a build elsewhere gives the same bytes, --thorough tells.");
    }
    let axe = report.unless_missing("accessibility checks", AXE.get())?;
    let poppler = report.unless_missing("what is printed", browser::poppler())?;
    let mut skipped = Vec::new();
    if !both.single_file {
        skipped.extend(["--skip", "single::"]);
    }
    if poppler.is_none() {
        skipped.extend(["--skip", "print::"]);
    }
    let times = Times::begin()?;
    let mut all = Vec::new();
    for (number, browser) in ready.into_iter().enumerate() {
        let mut command = project::cargo(&VISITS);
        command.arg("--").args(&skipped);
        if number > 0 && !options.thorough {
            command.args(["--skip", ONCE]);
        }
        command
            .envs(environment(browser, &project::dist(), axe.as_deref()))
            .envs(thoroughness(options))
            .env(Times::VARIABLE, &times.file);
        let engine = browser.engine;
        all.push(Visits { engine, command });
    }
    let outcomes = lanes::run(all)?;
    println!("\nThe visits that took longest:\n{}", times.slowest(SHOWN)?);
    lanes::verdict(&outcomes)?;
    report
        .passed
        .extend(outcomes.iter().map(|(engine, _)| title(*engine)));
    Ok(())
}

/// The arguments by which cargo runs the visits, and the tests of what they are made of.
const VISITS: [&str; 3] = ["test", "--package", "browser-tests"];

/// The visits that one engine is enough for: `tests/browser/tests/visits/once.rs`.
const ONCE: &str = "once::";

/// How many of the slowest visits are named.
const SHOWN: usize = 10;

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
        let left_out = self.left_out.join(", ");
        match (passed.is_empty(), left_out.is_empty()) {
            (_, true) => format!("All passed: {passed}."),
            (false, false) => {
                format!("Passed: {passed}. NOT RUN, because something is missing: {left_out}.")
            }
            (true, false) => format!("NOT RUN, because something is missing: {left_out}."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_engines_of_the_chosen_groups_are_prepared() {
        let check = |groups: &[Group], expect: &[Engine]| {
            let visited = [Engine::Firefox, Engine::Chromium];
            assert_eq!(engines(groups, &visited), expect);
        };
        check(&[Group::Native], &[]);
        check(&[Group::Wasm], &[Engine::Chromium]);
        check(&[Group::Browser], &[Engine::Firefox, Engine::Chromium]);
        check(
            &[Group::Wasm, Group::Browser],
            &[Engine::Chromium, Engine::Firefox],
        );
    }

    #[test]
    fn the_closing_line_never_says_all_when_something_was_left_out() {
        let report = |passed: &[&str], left_out: &[&str]| Report {
            passed: passed.iter().map(|name| (*name).to_owned()).collect(),
            left_out: left_out.iter().map(|name| (*name).to_owned()).collect(),
        };
        assert_eq!(
            report(&["native", "browser (Firefox)"], &[]).closing_line(),
            "All passed: native, browser (Firefox)."
        );
        assert_eq!(
            report(&["native"], &["browser (WebKit)"]).closing_line(),
            "Passed: native. NOT RUN, because something is missing: browser (WebKit)."
        );
    }
}
