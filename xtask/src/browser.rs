//! The browsers on this machine, installed where that can be done.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::debian::{self, Debian};
use crate::engine::Engine;
use crate::{process, project, tools};

/// A browser that can be driven.
#[derive(Debug)]
pub(crate) struct Browser {
    pub(crate) engine: Engine,
    /// The WebDriver program.
    pub(crate) driver: PathBuf,
    pub(crate) program: PathBuf,
}

/// What became of the engines that were asked for.
#[derive(Debug, Default)]
pub(crate) struct Prepared {
    pub(crate) ready: Vec<Browser>,
    pub(crate) missing: Vec<Engine>,
}

impl Prepared {
    pub(crate) fn get(&self, engine: Engine) -> Option<&Browser> {
        self.ready.iter().find(|browser| browser.engine == engine)
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
        let found = match programs(engine) {
            Ok((program, Some(driver))) => Ok((program, driver)),
            Ok((program, None)) => match tools::geckodriver() {
                Ok(driver) => Ok((program, driver)),
                Err(error) => Err(format!("{error:#}")),
            },
            Err(lacking) => {
                let advice = debian.map_or_else(
                    || engine.advice().to_owned(),
                    |debian| debian.advice(engine),
                );
                Err(format!("{lacking} is missing: {advice}"))
            }
        };
        match found {
            Ok((program, driver)) => prepared.ready.push(Browser {
                engine,
                driver,
                program,
            }),
            Err(reason) => {
                prepared.missing.push(engine);
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

/// An engine's browser and driver, or the name of what is missing. There is
/// no driver where cargo has to bring it.
fn programs(engine: Engine) -> Result<(PathBuf, Option<PathBuf>), &'static str> {
    let browser = first_on_path(engine.browsers())
        .or_else(|| {
            engine
                .places()
                .iter()
                .map(PathBuf::from)
                .find(|place| place.is_file())
        })
        .or_else(|| (engine == Engine::Webkit).then(debian::mini_browser)?);
    let Some(browser) = browser else {
        return Err("the browser");
    };
    let driver = first_on_path(engine.drivers());
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

fn first_on_path(names: &[&str]) -> Option<PathBuf> {
    names.iter().find_map(|name| process::find(name))
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

/// The environment by which the browser tests learn what to drive.
pub(crate) fn environment(browser: &Browser, axe: Option<&Path>) -> Vec<(&'static str, OsString)> {
    let mut variables = vec![
        ("THEMARK_ENGINE", browser.engine.key().into()),
        ("THEMARK_DIST", project::dist().into()),
        ("THEMARK_DRIVER", browser.driver.clone().into()),
        ("THEMARK_BROWSER", browser.program.clone().into()),
    ];
    if let Some(axe) = axe {
        variables.push(("THEMARK_AXE", axe.into()));
    }
    variables
}
