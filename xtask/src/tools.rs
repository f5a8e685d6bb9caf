//! The build's tools that are Rust programs: one on the PATH when its version
//! is right, else compiled once into the cache.

use std::env::consts::EXE_SUFFIX;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::cache::{self, Room};
use crate::process;
use crate::project;
use crate::version::Version;

/// Builds and serves the page.
pub(crate) fn trunk() -> Result<PathBuf> {
    let tool = Tool {
        package: "trunk",
        version: "0.21.14".to_owned(),
        program: "trunk",
        // Without its TLS library Trunk downloads nothing. It has no need to,
        // and so none for OpenSSL's headers either.
        options: &["--locked", "--no-default-features"],
        minutes: 5,
    };
    tool.on_path(|version| version.to_string() == tool.version)
        .map_or_else(|| tool.cached(), Ok)
}

/// Writes the JavaScript beside the wasm. Its version must be that of the
/// crate, to the letter.
pub(crate) fn wasm_bindgen() -> Result<PathBuf> {
    wasm_bindgen_program("wasm-bindgen")
}

/// Divides a program into parts. What it takes and what it gives has no stable form, so it is this
/// version, which goes with that of `wasm_split_helpers`.
pub(crate) fn wasm_split() -> Result<PathBuf> {
    let tool = Tool {
        package: "wasm_split_cli_support",
        version: "0.2.4".to_owned(),
        program: "wasm-split-cli",
        options: &["--locked", "--features", "build-binary"],
        minutes: 2,
    };
    tool.cached()
}

/// Runs wasm tests in a browser.
pub(crate) fn wasm_bindgen_test_runner() -> Result<PathBuf> {
    wasm_bindgen_program("wasm-bindgen-test-runner")
}

fn wasm_bindgen_program(program: &'static str) -> Result<PathBuf> {
    let tool = Tool {
        package: "wasm-bindgen-cli",
        version: project::locked("wasm-bindgen")?,
        program,
        // The package is published without a lockfile.
        options: &[],
        minutes: 2,
    };
    tool.on_path(|version| version.to_string() == tool.version)
        .map_or_else(|| tool.cached(), Ok)
}

/// Drives Firefox.
pub(crate) fn geckodriver() -> Result<PathBuf> {
    let tool = Tool {
        package: "geckodriver",
        version: "0.37.1".to_owned(),
        program: "geckodriver",
        options: &["--locked"],
        minutes: 6,
    };
    // Older ones do not know the current Firefox.
    let oldest = Version::find("0.36");
    tool.on_path(|version| Some(version) >= oldest.as_ref())
        .map_or_else(|| tool.cached(), Ok)
}

/// Checks what the project depends on.
pub(crate) fn cargo_deny() -> Result<PathBuf> {
    let tool = Tool {
        package: "cargo-deny",
        version: "0.20.2".to_owned(),
        program: "cargo-deny",
        options: &["--locked"],
        minutes: 3,
    };
    // What deny.toml may say differs from version to version.
    tool.on_path(|version| version.to_string() == tool.version)
        .map_or_else(|| tool.cached(), Ok)
}

struct Tool {
    package: &'static str,
    version: String,
    program: &'static str,
    /// Of `cargo install`.
    options: &'static [&'static str],
    /// How long the compiler takes on two cores.
    minutes: u32,
}

impl Tool {
    fn on_path(&self, accept: impl Fn(&Version) -> bool) -> Option<PathBuf> {
        let program = process::find(self.program)?;
        process::version(&program)
            .is_some_and(|version| accept(&version))
            .then_some(program)
    }

    fn cached(&self) -> Result<PathBuf> {
        let name = format!("{}-{}", self.package, self.version);
        let program = Path::new("bin").join(format!("{}{EXE_SUFFIX}", self.program));
        cache::get_or_fill(&name, &program, |room| self.install(room)).with_context(|| {
            format!(
                "{} {} is needed and could not be installed",
                self.package, self.version
            )
        })
    }

    fn install(&self, room: &Room) -> Result<()> {
        println!(
            "Compiling {} {} into the cache, once: about {} minutes …",
            self.package, self.version, self.minutes
        );
        let mut command = project::cargo(&["install", self.package, "--version", &self.version]);
        command
            .args(self.options)
            .arg("--quiet")
            .arg("--root")
            .arg(&room.kept)
            .arg("--target-dir")
            .arg(&room.scratch)
            // Outside the project, so that its .cargo/config.toml has no say.
            .current_dir(&room.scratch);
        for (name, _) in std::env::vars_os() {
            if is_build_setting(&name) {
                command.env_remove(name);
            }
        }
        process::run(&mut command)
    }
}

/// Whether an environment variable is about how the project is compiled: a
/// tool compiled with the project's flags might not even link.
fn is_build_setting(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let is_flag = matches!(
        &*name,
        "RUSTFLAGS"
            | "RUSTDOCFLAGS"
            | "CARGO_ENCODED_RUSTFLAGS"
            | "CARGO_INCREMENTAL"
            | "CARGO_INSTALL_ROOT"
            | "CARGO_TARGET_DIR"
    );
    let is_section = ["CARGO_BUILD_", "CARGO_PROFILE_", "CARGO_TARGET_"]
        .iter()
        .any(|prefix| name.starts_with(prefix));
    is_flag || (is_section && name != "CARGO_BUILD_JOBS")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_is_compiled_without_the_projects_settings() {
        for name in [
            "RUSTFLAGS",
            "CARGO_TARGET_DIR",
            "CARGO_BUILD_TARGET",
            "CARGO_PROFILE_RELEASE_LTO",
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
        ] {
            assert!(is_build_setting(OsStr::new(name)), "{name}");
        }
        for name in [
            "PATH",
            "CARGO_HOME",
            "CARGO_BUILD_JOBS",
            "CARGO_HTTP_PROXY",
            "CARGO_REGISTRIES_CRATES_IO_PROTOCOL",
            "RUSTUP_TOOLCHAIN",
        ] {
            assert!(!is_build_setting(OsStr::new(name)), "{name}");
        }
    }

    #[test]
    fn the_lockfile_holds_wasm_bindgen_at_a_plain_version() -> Result<()> {
        let version = project::locked("wasm-bindgen")?;
        let found = Version::find(&version).map(|version| version.to_string());
        assert_eq!(found.as_ref(), Some(&version));
        Ok(())
    }
}
