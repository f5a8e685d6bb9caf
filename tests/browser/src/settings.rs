//! Which engine is driven, and where its programs are: told by the environment.

use std::env;
use std::path::PathBuf;

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Blink, by Chromium and chromedriver.
    Chromium,
    /// Gecko, by Firefox and geckodriver.
    Firefox,
    /// WebKitGTK, by its MiniBrowser and WebKitWebDriver.
    Webkit,
}

/// The engine these tests run in.
///
/// # Panics
/// When the environment names none.
#[must_use]
pub fn engine() -> Engine {
    match variable("THEMARK_ENGINE").to_str() {
        Some("chromium") => Engine::Chromium,
        Some("firefox") => Engine::Firefox,
        Some("webkit") => Engine::Webkit,
        other => panic!("THEMARK_ENGINE is {other:?}; it can be chromium, firefox or webkit."),
    }
}

/// The folder of the built page.
///
/// # Panics
/// When the environment does not name it.
#[must_use]
pub fn dist() -> PathBuf {
    variable("THEMARK_DIST")
}

/// The WebDriver program.
///
/// # Panics
/// When the environment does not name it.
#[must_use]
pub fn driver() -> PathBuf {
    variable("THEMARK_DRIVER")
}

/// The browser.
///
/// # Panics
/// When the environment does not name it.
#[must_use]
pub fn browser() -> PathBuf {
    variable("THEMARK_BROWSER")
}

/// The accessibility checker, axe-core, as one script; none where it could not be had.
#[must_use]
pub fn axe() -> Option<PathBuf> {
    env::var_os("THEMARK_AXE").map(PathBuf::from)
}

#[track_caller]
fn variable(name: &str) -> PathBuf {
    env::var_os(name).map(PathBuf::from).unwrap_or_else(|| {
        panic!(
            "{name} is not set. Run the browser tests by `cargo xtask test` or `cargo xtask \
             visit`, which build the page, find the browsers and set it."
        )
    })
}
