//! `cargo xtask screenshot`: the picture in the README, taken anew.

use anyhow::Result;
use xshell::Shell;

use crate::build::Build;
use crate::{browser, build, project};

pub(crate) fn run(sh: &Shell) -> Result<()> {
    build::run(sh, &Build { single_file: false })?;
    let chromium = browser::chromium(sh)?;
    let picture = sh.current_dir().join("docs/screenshot.png");
    browser::cargo(sh, &chromium, &project::dist(sh))
        .args(["run", "--package", "browser-tests", "--bin", "screenshot"])
        .env("THEMARK_SCREENSHOT", &picture)
        .run()?;
    println!("Taken: {}", picture.display());
    Ok(())
}
