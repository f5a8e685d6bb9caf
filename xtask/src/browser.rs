//! The browsers on this machine, installed where that can be done.

use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::debian::{self, Debian};
use crate::engine::Engine;
use crate::folder::Temporary;
use crate::{process, project, tools};

/// A browser that can be driven.
#[derive(Debug)]
pub(crate) struct Browser {
    pub(crate) engine: Engine,
    /// The WebDriver program.
    pub(crate) driver: PathBuf,
    pub(crate) program: PathBuf,
}

/// The browsers that are there, of those that were asked for.
#[derive(Debug, Default)]
pub(crate) struct Prepared(Vec<Browser>);

impl Prepared {
    pub(crate) fn get(&self, engine: Engine) -> Option<&Browser> {
        self.0.iter().find(|browser| browser.engine == engine)
    }
}

/// Finds the browsers of some engines and installs what is missing. An engine
/// that stays missing is named with what to do; unattended, it is an error.
pub(crate) fn prepare(engines: &[Engine]) -> Result<Prepared> {
    if engines.is_empty() {
        return Ok(Prepared::default());
    }
    let debian = Debian::here();
    if let Some(debian) = debian {
        install_missing(debian, engines)?;
    }
    let mut prepared = Prepared::default();
    let mut complaints = Vec::new();
    for &engine in engines {
        match find(engine, debian) {
            Ok(browser) => prepared.0.push(browser),
            Err(reason) => {
                complaints.push(format!("{} cannot be tested: {reason}", engine.name()));
            }
        }
    }
    if project::is_ci() && !complaints.is_empty() {
        bail!("{}", complaints.join("; "));
    }
    for complaint in &complaints {
        println!("{complaint}.");
    }
    Ok(prepared)
}

fn install_missing(debian: Debian, engines: &[Engine]) -> Result<()> {
    let mut packages = Vec::new();
    for &engine in engines {
        if programs(engine).is_err() {
            packages.extend_from_slice(debian.packages(engine));
        }
    }
    packages.extend(
        debian::FONTS
            .into_iter()
            .filter(|font| !debian::is_installed(font)),
    );
    if poppler().is_err() {
        packages.push(debian::POPPLER);
    }
    if packages.is_empty() {
        return Ok(());
    }
    match debian::install(&packages) {
        Err(error) if project::is_ci() => Err(error),
        // What it means for the tests is told when the engines are looked for.
        Err(error) => {
            println!("They are not installed: {error:#}.");
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

/// Sees that there is what the tests read with what browsers print.
pub(crate) fn poppler() -> Result<()> {
    for program in ["pdftoppm", "pdftotext"] {
        if process::find(program).is_none() {
            bail!("{program} is missing: install poppler, on the PATH");
        }
    }
    Ok(())
}

/// An engine's browser, or what is missing and what to do.
fn find(engine: Engine, debian: Option<Debian>) -> Result<Browser, String> {
    let (program, driver) = programs(engine).map_err(|lacking| {
        let advice = debian.map_or_else(
            || engine.advice().to_owned(),
            |debian| debian.advice(engine),
        );
        format!("{lacking} is missing: {advice}")
    })?;
    let driver = match driver {
        Some(driver) => driver,
        None => tools::geckodriver().map_err(|error| format!("{error:#}"))?,
    };
    Ok(Browser {
        engine,
        driver,
        program,
    })
}

/// An engine's browser and driver, or the name of what is missing. There is
/// no driver where cargo has to bring it.
fn programs(engine: Engine) -> Result<(PathBuf, Option<PathBuf>), &'static str> {
    let browser = engine
        .browsers()
        .iter()
        .filter_map(|name| process::find(name))
        // Ubuntu has scripts of these names that only tell of a snap.
        .find(|program| process::version(program).is_some())
        .or_else(|| {
            engine
                .places()
                .iter()
                .map(PathBuf::from)
                .find(|place| place.is_file())
        })
        .or_else(|| {
            (engine == Engine::Webkit)
                .then(debian::mini_browser)
                .flatten()
        });
    let Some(browser) = browser else {
        return Err("the browser");
    };
    let driver = engine.drivers().iter().find_map(|name| process::find(name));
    if driver.is_none() && engine != Engine::Firefox {
        return Err("the driver");
    }
    if engine == Engine::Webkit && needs_screen() {
        for part in ["xvfb-run", "Xvfb", "xauth"] {
            if process::find(part).is_none() {
                return Err("a screen, real or by xvfb-run,");
            }
        }
    }
    Ok((browser, driver))
}

/// WebKit's test browser has no headless mode. It runs under an X server.
fn needs_screen() -> bool {
    env::var_os("DISPLAY").is_none_or(|display| display.is_empty())
}

/// A command that may open the browser: the same one, and where the browser
/// needs a screen and there is none, on a screen that ends with it.
pub(crate) fn on_a_screen(engine: Engine, command: Command) -> Command {
    if engine != Engine::Webkit || !needs_screen() {
        return command;
    }
    let mut wrapped = Command::new("xvfb-run");
    // A free display, and room for a desktop window in full colour.
    wrapped.args(["--auto-servernum", "--server-args=-screen 0 1600x1200x24"]);
    wrapped.arg(command.get_program()).args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        wrapped.current_dir(folder);
    }
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => wrapped.env(name, value),
            None => wrapped.env_remove(name),
        };
    }
    wrapped
}

/// Runs visits. What their browsers leave behind is in a folder that goes with them. What they say
/// goes to a file, if there is one.
pub(crate) fn visit(engine: Engine, command: Command, said: Option<File>) -> Result<()> {
    let name = format!("themark-visits-{}-{}", engine.key(), std::process::id());
    let folder = Temporary(env::temp_dir().join(name));
    fs::create_dir_all(&folder.0)
        .with_context(|| format!("the folder {} cannot be made", folder.0.display()))?;
    let mut command = on_a_screen(engine, command);
    command.env("TMPDIR", &folder.0);
    match said {
        Some(file) => process::run_into(&mut command, file),
        None => process::run(&mut command),
    }
}

/// The environment by which the browser tests learn what to drive, and which built page to
/// visit.
pub(crate) fn environment(
    browser: &Browser,
    page: &Path,
    axe: Option<&Path>,
) -> Vec<(&'static str, OsString)> {
    let mut variables = vec![
        ("THEMARK_ENGINE", browser.engine.key().into()),
        ("THEMARK_DIST", page.into()),
        ("THEMARK_DRIVER", browser.driver.clone().into()),
        ("THEMARK_BROWSER", browser.program.clone().into()),
    ];
    if let Some(axe) = axe {
        variables.push(("THEMARK_AXE", axe.into()));
    }
    variables
}
