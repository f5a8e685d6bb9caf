//! The tests that run as wasm, inside a browser: tests/wasm.rs and whatever
//! else in tests/ has a name that starts with `wasm`.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::browser::Browser;
use crate::toolchain::WASM;
use crate::{process, project, tools};

/// The arguments by which cargo chooses the wasm tests. A native test cannot
/// be among them, as its libraries need not even compile to wasm.
pub(crate) fn targets() -> Result<Vec<String>> {
    let folder = project::root().join("tests");
    let mut names = Vec::new();
    let entries =
        fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    for entry in entries {
        let name = entry?.file_name();
        names.extend(target(&name.to_string_lossy()));
    }
    names.sort();
    Ok(names
        .into_iter()
        .flat_map(|name| ["--test".to_owned(), name])
        .collect())
}

/// The name of the test in a file or folder of tests/, when it is a wasm test.
fn target(entry: &str) -> Option<String> {
    let name = entry.strip_suffix(".rs").unwrap_or(entry);
    let is_test = name.starts_with("wasm") && !name.contains('.');
    is_test.then(|| name.to_owned())
}

/// Runs them in headless Chromium. The browser half of the program is tested
/// here piece by piece; the browser tests visit it as a whole.
pub(crate) fn run(chromium: &Browser, targets: &[String]) -> Result<()> {
    process::run(&mut command(chromium, "themark", targets)?)
}

/// The command that runs tests of a package in headless Chromium.
pub(crate) fn command(chromium: &Browser, package: &str, targets: &[String]) -> Result<Command> {
    let runner = tools::wasm_bindgen_test_runner()?;
    let capabilities = project::scratch()?.join("webdriver.json");
    fs::write(&capabilities, chromium_capabilities(&chromium.program))
        .with_context(|| format!("{} cannot be written", capabilities.display()))?;

    let mut command = project::cargo(&["test", "--package", package, "--target", WASM]);
    command.args(targets);
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
    Ok(command)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wasm_test_is_known_by_its_name() {
        for (entry, expect) in [
            ("wasm.rs", Some("wasm")),
            ("wasm", Some("wasm")),
            ("wasm_storage.rs", Some("wasm_storage")),
            ("wasm.rs.orig", None),
            ("layers.rs", None),
            ("fixtures", None),
        ] {
            assert_eq!(target(entry).as_deref(), expect, "{entry}");
        }
    }

    #[test]
    fn a_browsers_path_is_escaped_for_json() {
        let text = chromium_capabilities(Path::new(r#"C:\a "b"\chrome.exe"#));
        assert!(text.contains(r#""binary": "C:\\a \"b\"\\chrome.exe""#));
    }
}
