//! Makes scripts and styles small: names that nobody else calls are shortened, white space
//! and comments go.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::npm::Package;
use crate::{folder, process};

const ESBUILD: Package = Package {
    name: "esbuild",
    version: "0.28.2",
    file: "bin/esbuild",
};

/// A program of Node.js that is ready to run.
pub(crate) struct Minifier {
    node: PathBuf,
    script: PathBuf,
}

impl Minifier {
    /// It, installed when it is not in the cache.
    pub(crate) fn get() -> Result<Self> {
        Ok(Self {
            script: ESBUILD.get()?,
            node: process::find("node").context("node is not on the PATH: install Node.js")?,
        })
    }

    /// Makes every script and style sheet of a folder small.
    pub(crate) fn shrink_all(&self, folder: &Path) -> Result<()> {
        let kinds = [Some(OsStr::new("js")), Some(OsStr::new("css"))];
        for file in folder::files(folder)? {
            if kinds.contains(&file.extension()) {
                self.shrink(&file)
                    .with_context(|| format!("{} can't be made small", file.display()))?;
            }
        }
        Ok(())
    }

    fn shrink(&self, file: &Path) -> Result<()> {
        fs::write(file, self.small(file, &[])?)
            .with_context(|| format!("{} cannot be replaced", file.display()))
    }

    /// What a file is when it is made small, with more options if need be.
    pub(crate) fn small(&self, file: &Path, options: &[&str]) -> Result<String> {
        process::read(
            Command::new(&self.node)
                .arg(&self.script)
                .arg(file)
                .args(["--minify", "--charset=utf8", "--log-level=warning"])
                .args(options),
        )
    }
}

/// Whether it is in the cache.
pub(crate) fn is_possible() -> bool {
    ESBUILD.cached().is_some()
}
