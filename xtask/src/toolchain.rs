//! The parts of the Rust toolchain that not every installation has.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{process, project};

/// What the browser runs.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Makes sure that the toolchain compiles to wasm.
pub(crate) fn need_wasm() -> Result<()> {
    let output = Command::new("rustc")
        .current_dir(project::root())
        .args(["--print", "target-libdir", "--target", WASM])
        .output()
        .context("`rustc` cannot be started")?;
    let libraries = String::from_utf8_lossy(&output.stdout);
    if output.status.success() && Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    // rust-toolchain.toml names the target too, but rustup heeds that only
    // when it installs the toolchain itself.
    add("target", WASM)
}

/// Makes sure that a cargo command is there that comes with a component.
pub(crate) fn need_component(component: &str, subcommand: &str) -> Result<()> {
    if process::succeeds(&mut project::cargo(&[subcommand, "--version"])) {
        return Ok(());
    }
    add("component", component)
}

fn add(kind: &str, name: &str) -> Result<()> {
    if process::find("rustup").is_none() {
        bail!(
            "the Rust {kind} {name} is missing, and there is no rustup to add it: \
             install it by the package manager that brought Rust, or install Rust with rustup"
        );
    }
    println!("Adding the Rust {kind} {name} …");
    process::run(
        Command::new("rustup")
            .current_dir(project::root())
            .args([kind, "add", name]),
    )
}
