//! Which engine is driven, where its programs are, and how thorough to be: told by the
//! environment.

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

/// The file that visits write their times to, if they are wanted.
pub(crate) fn times() -> Option<PathBuf> {
    env::var_os("THEMARK_TIMES").map(PathBuf::from)
}

/// Whether there is time to look for what is rare: `cargo xtask test --thorough`.
#[must_use]
pub fn is_thorough() -> bool {
    env::var_os("THEMARK_THOROUGH").is_some()
}

/// The seeds by which a visit that is left to chance goes, one after the other: from 0 on, so
/// many as `few` says, or `many` where there is time. THEMARK_SEED names a single one instead:
/// a visit that fails has to say its seed, so that it can be seen to fail again.
///
/// # Panics
/// When THEMARK_SEED is no number.
#[must_use]
pub fn seeds(few: u64, many: u64) -> Vec<u64> {
    let count = if is_thorough() { many } else { few };
    seeds_or(env::var("THEMARK_SEED").ok().as_deref(), count)
}

fn seeds_or(named: Option<&str>, count: u64) -> Vec<u64> {
    let Some(named) = named else {
        return (0..count).collect();
    };
    match named.parse() {
        Ok(seed) => vec![seed],
        Err(error) => panic!("THEMARK_SEED is {named:?}: {error}."),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seeds_are_the_first_ones_unless_one_is_named() {
        assert_eq!(seeds_or(None, 1), [0]);
        assert_eq!(seeds_or(None, 3), [0, 1, 2]);
        assert_eq!(seeds_or(Some("17"), 3), [17]);
    }

    #[test]
    #[should_panic(expected = "THEMARK_SEED is \"x\"")]
    fn a_seed_that_is_no_number_is_refused() {
        let _ = seeds_or(Some("x"), 3);
    }
}
