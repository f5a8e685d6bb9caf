//! `cargo xtask screenshot`: the picture in the README, taken anew.

use std::fs;

use anyhow::{Context, Result};

use crate::arguments::Build;
use crate::browser::{self, environment};
use crate::engine::Engine;
use crate::{build, process, project};

pub(crate) fn run() -> Result<()> {
    build::run(&Build { single_file: false })?;
    let prepared = browser::prepare(&[Engine::Chromium])?;
    let chromium = prepared
        .get(Engine::Chromium)
        .context("the picture is taken in Chromium")?;
    let folder = project::root().join("docs");
    fs::create_dir_all(&folder)
        .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    let picture = folder.join("screenshot.png");
    process::run(
        project::cargo(&["run", "--package", "browser-tests", "--bin", "screenshot"])
            .envs(environment(chromium, &project::dist(), None))
            .env("THEMARK_SCREENSHOT", &picture),
    )?;
    println!("Taken: {}", picture.display());
    Ok(())
}
