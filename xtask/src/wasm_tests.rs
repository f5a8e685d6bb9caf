//! The tests that run as wasm, inside a browser: whatever in tests/ has a name that starts with
//! `wasm`. The browser half of the program is tested here piece by piece; the visits see it as a
//! whole.

use anyhow::Result;
use xshell::{Cmd, Shell, cmd};

use crate::browser::Browser;
use crate::{project, tools};

/// The arguments by which cargo chooses the wasm tests. A native test cannot
/// be among them, as its libraries need not even compile to wasm.
pub(crate) const TARGETS: [&str; 2] = ["--test", "wasm*"];

/// The command that runs tests of a package in headless Chromium.
pub(crate) fn command<'a>(sh: &'a Shell, chromium: &Browser, package: &str) -> Result<Cmd<'a>> {
    let wasm = tools::WASM;
    let runner = tools::WASM_TEST_RUNNER.get(sh)?;
    let capabilities = project::scratch()?.join("webdriver.json");
    // Shown for debugging, a text is escaped as in JSON. Without its background networking,
    // Chromium makes no request of its own.
    let program = format!("{:?}", chromium.program.to_string_lossy());
    sh.write_file(
        &capabilities,
        format!(
            r#"{{"goog:chromeOptions": {{"binary": {program}, "args": ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]}}}}"#
        ),
    )?;
    let mut command = cmd!(sh, "cargo test --package {package} --target {wasm}")
        // Cargo splits this variable at blanks, so a name alone is given, to be
        // found on the PATH, and not a path that may hold blanks.
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            "wasm-bindgen-test-runner",
        )
        .env("PATH", project::path_with(&runner)?)
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
        command = command.env_remove(name);
    }
    Ok(command)
}
