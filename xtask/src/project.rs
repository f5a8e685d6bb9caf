//! The repository: where it is, and what its commands stand on.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::Shell;

/// A shell in the repository's root.
pub(crate) fn shell() -> Result<Shell> {
    let sh = Shell::new()?;
    // Cargo tells where the package is now; a folder that was moved since the
    // program was compiled would be wrong in `env!`.
    let package = env::var_os("CARGO_MANIFEST_DIR");
    let package = package.map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    sh.change_dir(package.parent().unwrap_or(&package));
    Ok(sh)
}

/// The folder that Trunk builds into, as Trunk.toml names it.
pub(crate) fn dist(sh: &Shell) -> PathBuf {
    sh.current_dir().join("dist")
}

/// The folder of the quick build that is visited while work is in progress. Not dist/, where
/// the release stays as it is.
pub(crate) fn dev_dist() -> Result<PathBuf> {
    Ok(scratch()?.join("visited"))
}

/// A folder that git does not see, for what the commands write for
/// themselves: the one that holds this very program.
pub(crate) fn scratch() -> Result<PathBuf> {
    let mut program = env::current_exe().context("this program cannot find its own path")?;
    program.pop();
    Ok(program)
}

/// Whether this is an unattended run, where what is missing is a failure and
/// never left out.
pub(crate) fn is_ci() -> bool {
    env::var("CI").is_ok_and(|value| !value.is_empty() && value != "false")
}

/// The PATH with a program's folder in front of it.
pub(crate) fn path_with(program: &Path) -> Result<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folder = program.parent().map(PathBuf::from);
    let folders = folder.into_iter().chain(env::split_paths(&path));
    env::join_paths(folders).context("a folder's name holds the sign that separates the PATH")
}

/// What stands between two pieces of a text.
pub(crate) fn between<'a>(text: &'a str, start: &str, end: &str) -> Result<&'a str> {
    text.split_once(start)
        .and_then(|(_, rest)| rest.split_once(end))
        .map(|(found, _)| found)
        .with_context(|| format!("there is no {start}…{end}"))
}
