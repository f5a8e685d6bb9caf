//! Makes scripts and styles small: names that nobody else calls are shortened, white space
//! and comments go.

use std::ffi::OsStr;
use std::path::Path;

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

use crate::{folder, tools};

/// Sees that it can be done.
pub(crate) fn need(sh: &Shell) -> Result<()> {
    which::which("node").context("node is not on the PATH: install Node.js")?;
    tools::ESBUILD.get(sh).map(drop)
}

/// Makes every script and style sheet of a folder small.
pub(crate) fn shrink_all(sh: &Shell, folder: &Path) -> Result<()> {
    let kinds = [Some(OsStr::new("js")), Some(OsStr::new("css"))];
    for file in folder::files(folder)? {
        if kinds.contains(&file.extension()) {
            sh.write_file(&file, small(sh, &file, &[])?)?;
        }
    }
    Ok(())
}

/// What a file is when it is made small, with more options if need be.
pub(crate) fn small(sh: &Shell, file: &Path, options: &[&str]) -> Result<String> {
    let esbuild = tools::ESBUILD.get(sh)?;
    let minify = ["--minify", "--charset=utf8", "--log-level=warning"];
    Ok(cmd!(sh, "node {esbuild} {file} {minify...} {options...}").read()?)
}
