//! `cargo xtask bench`: what is measured, each into a document of its own. What stands in
//! it above a marker line is written by hand, what stands below by the command.

pub(crate) mod anchors;
pub(crate) mod ui;

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::browser::Browser;
use crate::project;

/// Puts figures below the marker line of a document in docs/.
fn write_below(document: &str, benchmark: &str, machine: &str, figures: &str) -> Result<()> {
    let below = format!("<!-- Below: written by `cargo xtask bench {benchmark}`. -->");
    let document = project::root().join("docs").join(document);
    let old = fs::read_to_string(&document)
        .with_context(|| format!("{} cannot be read", document.display()))?;
    let Some((words, _)) = old.split_once(&below) else {
        bail!("{} lacks the line `{below}`", document.display());
    };
    let figures = figures.trim_end();
    let new = format!("{words}{below}\n\nMeasured on {machine}.\n\n{figures}\n");
    fs::write(&document, new)
        .with_context(|| format!("{} cannot be written", document.display()))?;
    println!("Written: {}", document.display());
    Ok(())
}

/// The machine and the versions.
fn machine(browsers: &[&Browser]) -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let processor = fs::read_to_string("/proc/cpuinfo")
        .ok()
        .and_then(|all| {
            let line = all.lines().find(|line| line.starts_with("model name"))?;
            Some(line.split_once(':')?.1.trim().to_owned())
        })
        .unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let version = |mut program: Command| {
        let said = program.arg("--version").output().ok()?;
        Some(String::from_utf8_lossy(&said.stdout).trim().to_owned())
    };
    let mut parts = vec![format!("{cores} cores of {processor}")];
    parts.extend(version(Command::new("rustc")));
    for browser in browsers {
        let own = version(Command::new(&browser.program)).filter(|said| !said.is_empty());
        // Not every browser says its version without a screen.
        parts.push(own.unwrap_or_else(|| browser.engine.name().to_owned()));
    }
    parts.join(", ")
}
