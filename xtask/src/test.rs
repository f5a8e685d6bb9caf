//! `cargo xtask test`: every check and test, from quick to slow. The first one
//! that fails ends the run.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::arguments::{Group, Test};
use crate::browser::{self, Browser, Prepared, environment};
use crate::engine::Engine;
use crate::npm::AXE;
use crate::toolchain::{self, WASM};
use crate::{build, process, project, tools};

pub(crate) fn run(options: &Test) -> Result<()> {
    let mut report = Report::default();
    if options.groups.contains(&Group::Native) {
        native()?;
        report.passed.push("native".to_owned());
    }

    let prepared = browser::prepare(&engines(options))?;
    if options.groups.contains(&Group::Wasm) {
        wasm(&prepared, &mut report)?;
    }
    if options.groups.contains(&Group::Browser) {
        browsers(options, &prepared, &mut report)?;
    }
    println!("\n{}", report.closing_line());
    Ok(())
}

/// The engines that the chosen groups need.
fn engines(options: &Test) -> Vec<Engine> {
    let mut engines = Vec::new();
    if options.groups.contains(&Group::Wasm) {
        engines.push(Engine::Chromium);
    }
    if options.groups.contains(&Group::Browser) {
        for &engine in &options.engines {
            if !engines.contains(&engine) {
                engines.push(engine);
            }
        }
    }
    engines
}

fn native() -> Result<()> {
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
        process::run(&mut project::cargo(&[
            "test",
            "--package",
            "themark",
            "--package",
            "xtask",
        ]))
    })
}

fn wasm(prepared: &Prepared, report: &mut Report) -> Result<()> {
    toolchain::need_wasm()?;
    toolchain::need_component("clippy", "clippy")?;
    step("clippy for wasm", || {
        process::run(&mut project::cargo(&[
            "clippy",
            "--package",
            "themark",
            "--target",
            WASM,
            "--lib",
            "--bins",
            "--tests",
            "--",
            "-D",
            "warnings",
        ]))
    })?;
    let Some(chromium) = prepared.get(Engine::Chromium) else {
        report.left_out.push("wasm (Chromium)".to_owned());
        return Ok(());
    };
    step("wasm tests in Chromium", || wasm_tests(chromium))?;
    report.passed.push("wasm (Chromium)".to_owned());
    Ok(())
}

fn wasm_tests(chromium: &Browser) -> Result<()> {
    let runner = tools::wasm_bindgen_test_runner()?;
    let capabilities = project::scratch()?.join("webdriver.json");
    std::fs::write(&capabilities, chromium_capabilities(&chromium.program))
        .with_context(|| format!("{} cannot be written", capabilities.display()))?;

    let mut command = project::cargo(&[
        "test",
        "--package",
        "themark",
        "--target",
        WASM,
        "--test",
        "wasm",
    ]);
    // Cargo splits this variable at blanks, so a name alone is given, to be
    // found on the PATH, and not a path that may hold blanks.
    command
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            "wasm-bindgen-test-runner",
        )
        .env(
            "PATH",
            process::path_with(&[runner.parent().unwrap_or(Path::new("."))])?,
        )
        .env("CHROMEDRIVER", &chromium.driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities)
        // Its 20 seconds are few for a busy machine.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    // Any of these would make the runner take another browser.
    for name in [
        "GECKODRIVER",
        "SAFARIDRIVER",
        "GECKODRIVER_REMOTE",
        "SAFARIDRIVER_REMOTE",
        "CHROMEDRIVER_REMOTE",
        "MSEDGEDRIVER_REMOTE",
        "NO_HEADLESS",
    ] {
        command.env_remove(name);
    }
    process::run(&mut command)
}

/// What the wasm test runner asks chromedriver for, as JSON.
fn chromium_capabilities(program: &Path) -> String {
    let program = program
        .to_string_lossy()
        .replace('\\', "\\\\")
        .replace('"', "\\\"");
    // Without its background networking, Chromium makes no request of its own.
    format!(
        r#"{{"goog:chromeOptions": {{"binary": "{program}", "args": ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]}}}}"#
    )
}

fn browsers(options: &Test, prepared: &Prepared, report: &mut Report) -> Result<()> {
    step("release build", build::run)?;
    let axe = match AXE.get() {
        Ok(axe) => Some(axe),
        Err(error) if project::is_ci() => return Err(error),
        Err(error) => {
            println!("The accessibility checks are left out: {error:#}.");
            report.left_out.push("accessibility checks".to_owned());
            None
        }
    };
    for &engine in &options.engines {
        let title = format!("browser ({})", engine.name());
        let Some(browser) = prepared.get(engine) else {
            report.left_out.push(title);
            continue;
        };
        step(&format!("browser tests in {}", engine.name()), || {
            let mut command = project::cargo(&["test", "--package", "browser-tests"]);
            command.envs(environment(browser, axe.as_deref()));
            process::run(&mut browser::on_a_screen(engine, command))
        })?;
        report.passed.push(title);
    }
    Ok(())
}

/// Announces a step, times it, and puts its name before what goes wrong.
fn step(title: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("\n── {title}");
    let start = Instant::now();
    work().with_context(|| format!("{title} failed"))?;
    println!("── {title}: passed in {} s", start.elapsed().as_secs());
    Ok(())
}

/// What ran and what could not.
#[derive(Default)]
struct Report {
    passed: Vec<String>,
    left_out: Vec<String>,
}

impl Report {
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
            let options = Test {
                engines: vec![Engine::Firefox, Engine::Chromium],
                groups: groups.to_vec(),
            };
            assert_eq!(engines(&options), expect);
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

    #[test]
    fn a_browsers_path_is_escaped_for_json() {
        let text = chromium_capabilities(Path::new(r#"C:\a "b"\chrome.exe"#));
        assert!(text.contains(r#""binary": "C:\\a \"b\"\\chrome.exe""#));
    }
}
