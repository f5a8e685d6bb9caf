//! The tools that are published by npm, one package at one version each.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::{cache, process};

/// A package, and the one file of it that is wanted.
pub(crate) struct Package {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    pub(crate) file: &'static str,
}

/// Finds accessibility faults in a page; the browser tests inject it.
pub(crate) const AXE: Package = Package {
    name: "axe-core",
    version: "4.14.1",
    file: "axe.min.js",
};

impl Package {
    /// The file, installed when it is not in the cache.
    pub(crate) fn get(&self) -> Result<PathBuf> {
        cache::get_or_fill(&self.cache_name(), &self.path(), |room| {
            let npm = process::find("npm")
                .context("npm is not on the PATH: install Node.js, which brings it")?;
            println!("Fetching {} {} into the cache …", self.name, self.version);
            process::run(
                Command::new(npm)
                    // Outside the project, and free of a parent's package.json.
                    .current_dir(&room.kept)
                    .arg("install")
                    .arg("--prefix")
                    .arg(&room.kept)
                    .arg("--cache")
                    .arg(&room.scratch)
                    .args(["--no-save", "--ignore-scripts", "--no-audit", "--no-fund"])
                    .args(["--loglevel", "error"])
                    .arg(format!("{}@{}", self.name, self.version)),
            )
        })
        .with_context(|| format!("{} {} could not be had", self.name, self.version))
    }

    /// The file, when it is in the cache.
    pub(crate) fn cached(&self) -> Option<PathBuf> {
        cache::get(&self.cache_name(), &self.path())
    }

    fn cache_name(&self) -> String {
        format!("{}-{}", self.name, self.version)
    }

    fn path(&self) -> PathBuf {
        Path::new("node_modules").join(self.name).join(self.file)
    }
}
