//! Trunk, with all that it calls in the place where it looks.

use std::env;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::{process, project, toolchain, tools};

/// Trunk in the repository's root, ready to build.
pub(crate) fn command() -> Result<Command> {
    toolchain::need_wasm()?;
    let trunk = tools::trunk()?;
    let wasm_bindgen = tools::wasm_bindgen()?;

    let mut command = Command::new(trunk);
    command.current_dir(project::root());
    // Trunk takes the first wasm-bindgen on the PATH when its version is that
    // of Cargo.lock, and would else download one.
    let folder = wasm_bindgen.parent().unwrap_or(Path::new("."));
    command.env("PATH", process::path_with(&[folder])?);
    // NO_COLOR may have any value by its convention, but Trunk ends with an
    // error at all but `true` and `false`.
    match env::var_os("NO_COLOR") {
        Some(value) if !value.is_empty() => command.env("NO_COLOR", "true"),
        _ => command.env_remove("NO_COLOR"),
    };
    Ok(command)
}
