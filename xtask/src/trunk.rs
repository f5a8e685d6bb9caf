//! Trunk, with all that it calls in the place where it looks.

use std::env;
use std::path::PathBuf;

use anyhow::Result;
use xshell::{Cmd, Shell};

use crate::{project, tools};

/// Trunk in the repository's root, ready to build.
pub(crate) fn command(sh: &Shell) -> Result<Cmd<'_>> {
    tools::need(sh, "target", tools::WASM)?;
    // Trunk takes the first wasm-bindgen on the PATH when its version is that
    // of Cargo.lock, and would else download one.
    let path = project::path_with(&tools::WASM_BINDGEN.get(sh)?)?;
    let mut trunk = sh.cmd(tools::TRUNK.get(sh)?).env("PATH", path);
    // NO_COLOR may have any value by its convention, but Trunk ends with an
    // error at all but `true` and `false`.
    trunk = match env::var_os("NO_COLOR") {
        Some(value) if !value.is_empty() => trunk.env("NO_COLOR", "true"),
        _ => trunk.env_remove("NO_COLOR"),
    };
    if let Some(flags) = short_paths() {
        trunk = trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
    }
    Ok(trunk)
}

/// Keeps this machine's paths out of the wasm, where a panic would tell them: nobody's
/// business, and not the same on two machines.
fn short_paths() -> Option<String> {
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(env::home_dir()?.join(".cargo")))?;
    let sources = home.join("registry/src");
    let sources = sources.to_str()?;
    // Flags are parted by spaces.
    (!sources.contains(char::is_whitespace)).then(|| format!("--remap-path-prefix={sources}="))
}
