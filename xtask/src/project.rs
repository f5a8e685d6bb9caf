//! The repository: where it is, and how cargo is called in it.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::version;

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    // Cargo tells where the package is now; a folder that was moved since the
    // program was compiled would be wrong in `env!`.
    let package = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package
        .parent()
        .map_or_else(|| package.clone(), Path::to_path_buf)
}

/// The folder that Trunk builds into, as Trunk.toml names it.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// The folder of the quick build that is visited while work is in progress. Not dist/, where
/// the release stays as it is.
pub(crate) fn dev_dist() -> Result<PathBuf> {
    Ok(scratch()?.join("visited"))
}

/// A folder that git does not see, for what the commands write for
/// themselves: the one that holds this very program.
pub(crate) fn scratch() -> Result<PathBuf> {
    let program = env::current_exe().context("this program cannot find its own path")?;
    Ok(program
        .parent()
        .map_or_else(env::temp_dir, Path::to_path_buf))
}

/// Cargo in the repository's root, the very one that runs this program.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let program = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command.current_dir(root()).args(arguments);
    command
}

/// The version that Cargo.lock holds a package at.
pub(crate) fn locked(package: &str) -> Result<String> {
    let path = root().join("Cargo.lock");
    let lockfile =
        fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    version::locked(&lockfile, package)
        .map(str::to_owned)
        .with_context(|| format!("{} does not name {package}", path.display()))
}

/// Whether this is an unattended run, where what is missing is a failure and
/// never left out.
pub(crate) fn is_ci() -> bool {
    env::var("CI").is_ok_and(|value| !value.is_empty() && value != "false")
}
