//! The browsers on this machine, installed where that can be done.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use xshell::{Cmd, Shell, cmd};

use crate::engine::Engine;
use crate::{debian, project, tools};

/// A browser that can be driven.
#[derive(Debug)]
pub(crate) struct Browser {
    pub(crate) engine: Engine,
    /// The WebDriver program.
    pub(crate) driver: PathBuf,
    pub(crate) program: PathBuf,
}

/// Installs what is missing of some engines' browsers, where that can be done.
///
/// # Errors
/// Unattended, when something can't be installed. Else that is told, and what it means for the
/// tests shows when the browsers are looked for.
pub(crate) fn install(sh: &Shell, engines: &[Engine]) -> Result<()> {
    if engines.is_empty() || !debian::is_here() {
        return Ok(());
    }
    let mut packages = Vec::new();
    for &engine in engines {
        if programs(sh, engine).is_err() {
            packages.extend(debian::packages(engine));
        }
    }
    let beside = debian::BESIDE.into_iter();
    packages.extend(beside.filter(|package| !debian::is_installed(sh, package)));
    if packages.is_empty() {
        return Ok(());
    }
    println!("Installing {} …", packages.join(" "));
    match debian::install(sh, &packages) {
        Err(error) if !project::is_ci() => println!(
            "They are not installed: {error:#}. Type `sudo apt-get install {}`.",
            packages.join(" ")
        ),
        outcome => outcome?,
    }
    Ok(())
}

/// An engine's browser.
///
/// # Errors
/// When something is missing, with what to do.
pub(crate) fn find(sh: &Shell, engine: Engine) -> Result<Browser> {
    let (program, driver) = programs(sh, engine)
        .with_context(|| format!("{} cannot be tested: {}", engine.name(), engine.advice()))?;
    Ok(Browser {
        engine,
        program,
        driver: match driver {
            Some(driver) => driver,
            None => tools::GECKODRIVER.get(sh)?,
        },
    })
}

/// All of some engines' browsers, what is missing installed.
pub(crate) fn all(sh: &Shell, engines: &[Engine]) -> Result<Vec<Browser>> {
    install(sh, engines)?;
    engines.iter().map(|&engine| find(sh, engine)).collect()
}

/// Chromium, installed if need be.
pub(crate) fn chromium(sh: &Shell) -> Result<Browser> {
    install(sh, &[Engine::Chromium])?;
    find(sh, Engine::Chromium)
}

/// An engine's browser and driver. There is no driver where cargo has to bring it.
fn programs(sh: &Shell, engine: Engine) -> Result<(PathBuf, Option<PathBuf>)> {
    let mut browsers = engine
        .browsers()
        .iter()
        .filter_map(|name| which::which(name).ok());
    // Ubuntu has scripts of these names that only tell of a snap. WebKit's browser can't say its
    // version without a screen, and Windows' browsers open a window.
    let can_say = cfg!(target_os = "linux") && engine != Engine::Webkit;
    let says = |program: &PathBuf| cmd!(sh, "{program} --version").output().is_ok();
    let browser = browsers.find(|program| !can_say || says(program));
    let browser = browser.context("the browser is missing")?;
    let mut drivers = engine.drivers().iter();
    let driver = drivers.find_map(|name| which::which(name).ok());
    if driver.is_none() && engine != Engine::Firefox {
        bail!("the driver is missing");
    }
    if engine == Engine::Webkit && needs_screen() {
        for part in ["xvfb-run", "Xvfb", "xauth"] {
            let is_there = which::which(part).is_ok();
            ensure!(is_there, "a screen is missing, real or by {part}");
        }
    }
    Ok((browser, driver))
}

/// WebKit's test browser has no headless mode. It runs under an X server.
fn needs_screen() -> bool {
    env::var_os("DISPLAY").is_none_or(|display| display.is_empty())
}

/// Cargo, for a command that visits a page in a browser: where the browser needs a screen and
/// there is none, on a screen that ends with the command.
pub(crate) fn cargo<'a>(sh: &'a Shell, browser: &Browser, page: &Path) -> Cmd<'a> {
    let cargo = if browser.engine == Engine::Webkit && needs_screen() {
        // A free display, and room for a desktop window in full colour.
        let screen = "--server-args=-screen 0 1600x1200x24";
        cmd!(sh, "xvfb-run --auto-servernum {screen} cargo")
    } else {
        cmd!(sh, "cargo")
    };
    let Browser {
        engine,
        driver,
        program,
    } = browser;
    cargo
        .env("THEMARK_ENGINE", engine.name().to_lowercase())
        .env("THEMARK_DIST", page)
        .env("THEMARK_DRIVER", driver)
        .env("THEMARK_BROWSER", program)
}

/// Sees that there is what the tests read with what browsers print.
pub(crate) fn poppler() -> Result<()> {
    for program in ["pdftoppm", "pdftotext"] {
        let is_there = which::which(program).is_ok();
        ensure!(
            is_there,
            "{program} is missing: install poppler, on the PATH"
        );
    }
    Ok(())
}
