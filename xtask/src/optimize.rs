//! Shrinks the wasm of a release build. Trunk calls this as a hook, after the
//! page is put together and before it is moved to where it is served from.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::npm::Package;
use crate::{imports, process, project, sizes};

/// wasm-opt. This version and no other: what 108 and 132 write does not start
/// in Chromium.
const BINARYEN: Package = Package {
    name: "binaryen",
    version: "129.0.0",
    file: "bin/wasm-opt",
};
const WASM_OPT_VERSION: &str = "129";

/// What rustc 1.95 compiles to wasm32-unknown-unknown with by default. It says
/// so in a section of the file, but a stripped file lacks that section.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Optimizes every wasm file in the folder that Trunk names.
pub(crate) fn run() -> Result<()> {
    if env::var("TRUNK_PROFILE").as_deref() != Ok("release") {
        return Ok(());
    }
    let folder = env::var_os("TRUNK_STAGING_DIR")
        .map(PathBuf::from)
        .context("TRUNK_STAGING_DIR is not set: this command is Trunk's hook")?;
    for file in wasm_files(&folder)? {
        shorten_imports(&file).with_context(|| format!("{} can't be shortened", file.display()))?;
    }
    let wasm_opt = match wasm_opt() {
        Ok(wasm_opt) => wasm_opt,
        Err(error) if project::is_ci() => return Err(error),
        Err(error) => {
            println!("The wasm stays larger than it need be: {error:#}.");
            return Ok(());
        }
    };
    for file in wasm_files(&folder)? {
        shrink(&wasm_opt, &file)?;
    }
    Ok(())
}

/// Whether release builds on this machine are optimized.
pub(crate) fn is_possible() -> bool {
    on_path().is_some() || BINARYEN.cached().is_some()
}

/// Shortens the imports of `name_bg.wasm`, and with them `name.js`.
fn shorten_imports(file: &Path) -> Result<()> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let script = file.with_file_name(name.replace("_bg.wasm", ".js"));
    let (wasm, words) = imports::shorten(&fs::read(file)?, &fs::read_to_string(&script)?)?;
    fs::write(file, wasm)?;
    fs::write(script, words)?;
    Ok(())
}

/// Flattened once, so that the optimizer sees through nested blocks; then in rounds until
/// it finds little more. Last, the functions in the order of their names: what was generated
/// from one generic function lies side by side, where gzip finds it alike.
const PASSES: [&str; 8] = [
    // Only what is small goes into its one caller: large functions pressed into one
    // share too few locals.
    "--one-caller-inline-max-function-size=20",
    // Nothing lives in the first kilobyte: it is the far end of the stack.
    "--low-memory-unused",
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--reorder-functions-by-name",
];

fn shrink(wasm_opt: &WasmOpt, file: &Path) -> Result<()> {
    let smaller = file.with_extension("wasm-opt");
    let before = fs::metadata(file)?.len();
    process::run(
        Command::new(&wasm_opt.program)
            .args(&wasm_opt.script)
            .args(PASSES)
            .args(FEATURES)
            .arg(file)
            .arg("--output")
            .arg(&smaller),
    )?;
    let after = fs::metadata(&smaller)?.len();
    fs::rename(&smaller, file).with_context(|| format!("{} cannot be replaced", file.display()))?;
    println!(
        "wasm-opt: {} from {} to {}",
        file.file_name().unwrap_or_default().to_string_lossy(),
        sizes::kib(before),
        sizes::kib(after)
    );
    Ok(())
}

struct WasmOpt {
    program: PathBuf,
    /// The program's first argument, where wasm-opt is a script of Node.js.
    /// Windows does not heed a script's first line, which names Node.js.
    script: Option<PathBuf>,
}

fn wasm_opt() -> Result<WasmOpt> {
    if let Some(program) = on_path() {
        return Ok(WasmOpt {
            program,
            script: None,
        });
    }
    let script = BINARYEN.get()?;
    let program = process::find("node").context("node is not on the PATH: install Node.js")?;
    Ok(WasmOpt {
        program,
        script: Some(script),
    })
}

fn on_path() -> Option<PathBuf> {
    let program = process::find("wasm-opt")?;
    process::version(&program)
        .is_some_and(|version| version.to_string() == WASM_OPT_VERSION)
        .then_some(program)
}

fn wasm_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = sizes::files(folder)?;
    files.retain(|file| file.extension() == Some(OsStr::new("wasm")));
    Ok(files)
}
