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

/// The accessibility checker, axe-core, as one script.
///
/// # Panics
/// When the environment does not name it.
#[must_use]
pub fn axe() -> PathBuf {
    variable("THEMARK_AXE")
}

#[track_caller]
fn variable(name: &str) -> PathBuf {
    env::var_os(name).map(PathBuf::from).unwrap_or_else(|| {
        panic!(
            "{name} is not set. Run the browser tests by `cargo xtask test`, which builds the \
             page, finds the browsers and sets it."
        )
    })
}

/// The seeds of a visit that is left to chance.
#[must_use]
pub fn seeds(few: u64, _many: u64) -> Vec<u64> {
    match env::var("THEMARK_SEED") {
        Ok(seed) => vec![seed.parse().expect("THEMARK_SEED is a number")],
        Err(_) => (0..few).collect(),
    }
}
