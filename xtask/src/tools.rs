//! What a build and the tests need beside cargo: parts of the Rust toolchain, and programs, each
//! at one version. These are installed once, into the user's cache, for all checkouts.

use std::env::consts::EXE_SUFFIX;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use etcetera::base_strategy::{BaseStrategy, choose_native_strategy};
use xshell::{Shell, cmd};

/// What the browser runs.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Adds a part of the Rust toolchain that may be missing. rust-toolchain.toml names them too, but
/// rustup heeds that only when it installs the toolchain itself. Without rustup, or where it can't
/// add anything, what needs the part says what is missing.
pub(crate) fn need(sh: &Shell, kind: &str, part: &str) -> Result<()> {
    if which::which("rustup").is_ok() {
        let rustup = cmd!(sh, "rustup --quiet {kind} add {part}");
        rustup.quiet().ignore_status().run()?;
    }
    Ok(())
}

/// A program, and where it comes from.
pub(crate) struct Tool {
    package: &'static str,
    version: &'static str,
    /// The program's name; of a package of npm its path in that.
    program: &'static str,
    from: From,
}

enum From {
    /// Compiled, with some options.
    Cargo(&'static [&'static str]),
    Npm,
}

/// Builds and serves the page. Without its TLS library Trunk downloads nothing; it has no need to,
/// and so none for OpenSSL's headers either.
pub(crate) const TRUNK: Tool = Tool {
    from: From::Cargo(&["--locked", "--no-default-features"]),
    ..Tool::cargo("trunk", "0.21.14")
};

/// Writes the JavaScript beside the wasm. Its version must be that of the crate, to the letter. The
/// package is published without a lockfile.
pub(crate) const WASM_BINDGEN: Tool = Tool {
    program: "wasm-bindgen",
    from: From::Cargo(&[]),
    ..Tool::cargo("wasm-bindgen-cli", "0.2.130")
};

/// Runs wasm tests in a browser.
pub(crate) const WASM_TEST_RUNNER: Tool = Tool {
    program: "wasm-bindgen-test-runner",
    ..WASM_BINDGEN
};

/// Divides a program into parts. What it takes and what it gives has no stable form, so it is this
/// version, which goes with that of `wasm_split_helpers`.
pub(crate) const WASM_SPLIT: Tool = Tool {
    program: "wasm-split-cli",
    from: From::Cargo(&["--locked", "--features", "build-binary"]),
    ..Tool::cargo("wasm_split_cli_support", "0.2.4")
};

/// Drives Firefox. Versions before 0.36 do not know the current one.
pub(crate) const GECKODRIVER: Tool = Tool::cargo("geckodriver", "0.37.1");

/// Checks what the project depends on. What deny.toml may say differs from version to version.
pub(crate) const CARGO_DENY: Tool = Tool::cargo("cargo-deny", "0.20.2");

/// Makes wasm small. This version and no other: what 108 and 132 write does not start in Chromium.
pub(crate) const WASM_OPT: Tool = Tool::npm("binaryen", "129.0.0", "bin/wasm-opt");

/// Makes scripts and styles small.
pub(crate) const ESBUILD: Tool = Tool::npm("esbuild", "0.28.2", "bin/esbuild");

/// Finds accessibility faults in a page; the browser tests inject it.
pub(crate) const AXE: Tool = Tool::npm("axe-core", "4.14.1", "axe.min.js");

impl Tool {
    const fn cargo(package: &'static str, version: &'static str) -> Self {
        Self {
            package,
            version,
            program: package,
            from: From::Cargo(&["--locked"]),
        }
    }

    const fn npm(package: &'static str, version: &'static str, program: &'static str) -> Self {
        Self {
            package,
            version,
            program,
            from: From::Npm,
        }
    }

    /// The program: the one on the PATH where it is of the same version, else that in the cache,
    /// where it is installed when it is missing.
    pub(crate) fn get(&self, sh: &Shell) -> Result<PathBuf> {
        if let Some(program) = self.on_path(sh) {
            return Ok(program);
        }
        let base = choose_native_strategy()?.cache_dir();
        let cache = base.join("themark").join("tools");
        self.in_cache(&cache, |folder| self.install(sh, folder))
            .with_context(|| format!("{} {} could not be had", self.package, self.version))
    }

    fn on_path(&self, sh: &Shell) -> Option<PathBuf> {
        // What npm brings is a script of Node.js, and called as such.
        if matches!(self.from, From::Npm) {
            return None;
        }
        let program = which::which(self.program).ok()?;
        let said = cmd!(sh, "{program} --version")
            .ignore_stderr()
            .read()
            .ok()?;
        let mut words = said.split_whitespace();
        words.any(|word| word == self.version).then_some(program)
    }

    /// The program in a cache. A folder there is complete or not there at all, as it is filled
    /// under another name; that is the same each time, so what a killed install has left makes way.
    fn in_cache(&self, cache: &Path, fill: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
        let folder = cache.join(format!("{}-{}", self.package, self.version));
        let within = self.within();
        let program = folder.join(&within);
        if program.is_file() {
            return Ok(program);
        }
        fs::create_dir_all(cache)?;
        let lock = File::create(cache.join("lock"))?;
        if lock.try_lock().is_err() {
            println!("Waiting until something else is installed into the cache …");
            lock.lock()?;
        }
        // Another run may have been at it.
        if program.is_file() {
            return Ok(program);
        }
        let filled = cache.join(".installing");
        for old in [&folder, &filled] {
            let _ = fs::remove_dir_all(old);
        }
        fs::create_dir(&filled)?;
        fill(&filled)?;
        ensure!(
            filled.join(&within).is_file(),
            "the install ended well and yet left no {}",
            within.display()
        );
        fs::rename(&filled, &folder)?;
        Ok(program)
    }

    /// The program's place in the folder that it is installed into.
    fn within(&self) -> PathBuf {
        match self.from {
            From::Cargo(_) => format!("bin/{}{EXE_SUFFIX}", self.program).into(),
            From::Npm => ["node_modules", self.package, self.program]
                .iter()
                .collect(),
        }
    }

    fn install(&self, sh: &Shell, folder: &Path) -> Result<()> {
        let Self {
            package, version, ..
        } = self;
        match self.from {
            From::Cargo(options) => {
                println!("Compiling {package} {version} into the cache, once: some minutes …");
                // Not with the system's temporary files, which may be in memory.
                let target = folder.join("target");
                let install = cmd!(sh, "cargo install {package} --version {version} --quiet")
                    .args(options)
                    .args(["--root".as_ref(), folder])
                    .args(["--target-dir".as_ref(), target.as_path()])
                    // Compiled with the project's flags a tool might not even link.
                    .env_remove("RUSTFLAGS")
                    .env_remove("CARGO_ENCODED_RUSTFLAGS")
                    .env_remove("CARGO_BUILD_RUSTFLAGS")
                    .env_remove("CARGO_BUILD_TARGET");
                install.quiet().run()?;
                Ok(fs::remove_dir_all(target)?)
            }
            From::Npm => {
                println!("Fetching {package} {version} into the cache …");
                let npm = which::which("npm")
                    .context("npm is not on the PATH: install Node.js, which brings it")?;
                let install = cmd!(sh, "{npm} install {package}@{version} --prefix {folder}");
                let quietly = ["--no-save", "--no-audit", "--no-fund", "--loglevel=error"];
                let install = install.arg("--ignore-scripts").args(quietly);
                Ok(install.quiet().run()?)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;
    use crate::project;

    #[test]
    fn a_tool_is_there_whole_and_once_or_not_at_all() -> Result<()> {
        let cache = project::shell()?.create_temp_dir()?;
        let get = |fill: fn(&Path) -> Result<()>| ESBUILD.in_cache(cache.path(), fill);
        assert!(get(|_| bail!("out of reach")).is_err());
        assert!(get(|_| Ok(())).is_err());
        assert!(!cache.path().join("esbuild-0.28.2").exists());
        let path = get(|folder| {
            let file = folder.join("node_modules/esbuild/bin/esbuild");
            fs::create_dir_all(file.parent().unwrap_or(folder))?;
            Ok(fs::write(file, "")?)
        })?;
        let expect = "esbuild-0.28.2/node_modules/esbuild/bin/esbuild";
        assert_eq!(path, cache.path().join(expect));
        assert_eq!(get(|_| bail!("asked for twice"))?, path);
        Ok(())
    }

    #[test]
    fn wasm_bindgen_is_of_the_version_that_is_locked() -> Result<()> {
        let lockfile = project::shell()?.read_file("Cargo.lock")?;
        let locked = project::between(&lockfile, "name = \"wasm-bindgen\"\nversion = \"", "\"")?;
        assert_eq!(locked, WASM_BINDGEN.version);
        Ok(())
    }
}
