//! Shrinks the wasm, scripts and styles of a release build, and lists what is kept of it for
//! use without the network. Trunk calls this as a hook, after the page is put together and
//! before it is moved to where it is served from.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::panic;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use anyhow::{Context, Result};

use crate::minify::{self, Minifier};
use crate::npm::Package;
use crate::{folder, imports, notices, order, precache, process, project, sizes, split};

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
    split::divide(&folder).context("the program can't be divided into parts")?;
    for file in wasm_files(&folder)? {
        unburden(&file).with_context(|| format!("{} can't be shortened", file.display()))?;
    }
    match wasm_opt().and_then(|found| Ok((found, Minifier::get()?))) {
        Ok((wasm_opt, minifier)) => {
            shrink_all(&wasm_opt, &wasm_files(&folder)?)?;
            minifier.shrink_all(&folder)?;
            split::join(&folder, &minifier)?;
        }
        Err(error) if project::is_ci() => return Err(error),
        Err(error) => println!("The page stays larger than it need be: {error:#}."),
    }
    notices::write(&folder)?;
    // From here on no file changes.
    precache::list_in(&folder)
}

/// Whether release builds on this machine are optimized.
pub(crate) fn is_possible() -> bool {
    (on_path().is_some() || BINARYEN.cached().is_some()) && minify::is_possible()
}

/// Shortens the imports of `name_bg.wasm`, and of `name.js` likewise. A part has no such script.
fn unburden(file: &Path) -> Result<()> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    if split::is_part(&name) {
        return Ok(());
    }
    let script = file.with_file_name(name.replace("_bg.wasm", ".js"));
    let mut words = fs::read_to_string(&script)?;
    let wasm = imports::shorten(&fs::read(file)?, &mut words)?;
    fs::write(file, wasm)?;
    fs::write(script, words)?;
    Ok(())
}

/// Flattened, so that the optimizer sees through nested blocks; then twice, as the first time
/// leaves it something to find.
const PASSES: [&str; 6] = [
    // Only what is small goes into its one caller: large functions pressed into one
    // share too few locals.
    "--one-caller-inline-max-function-size=20",
    // Nothing lives in the first kilobyte: it is the far end of the stack.
    "--low-memory-unused",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
];

/// Optimizes nothing, but writes as tersely as when it does: else much is lost again.
const IN_ORDER: [&str; 3] = [
    "--optimize-level=0",
    "--shrink-level=2",
    "--reorder-functions-by-name",
];

/// Side by side: each takes one core for most of a minute, and none knows of the others.
fn shrink_all(wasm_opt: &WasmOpt, files: &[PathBuf]) -> Result<()> {
    thread::scope(|scope| {
        let begun: Vec<_> = files
            .iter()
            .map(|file| scope.spawn(move || shrink(wasm_opt, file)))
            .collect();
        let mut ended = begun.into_iter().map(|thread| {
            thread
                .join()
                .unwrap_or_else(|panicked| panic::resume_unwind(panicked))
        });
        ended.try_for_each(|outcome| outcome)
    })
}

fn shrink(wasm_opt: &WasmOpt, file: &Path) -> Result<()> {
    let before = fs::metadata(file)?.len();
    wasm_opt.run(&PASSES, file)?;
    let named = order::name_by_likeness(&fs::read(file)?)
        .with_context(|| format!("{} can't be put in order", file.display()))?;
    fs::write(file, named)?;
    wasm_opt.run(&IN_ORDER, file)?;
    let after = fs::metadata(file)?.len();
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

impl WasmOpt {
    /// Puts what the passes make of a file in its place, without the names of functions.
    fn run(&self, passes: &[&str], file: &Path) -> Result<()> {
        let written = file.with_extension("wasm-opt");
        process::run(
            Command::new(&self.program)
                .args(&self.script)
                .args(passes)
                .args(FEATURES)
                .arg(file)
                .arg("--output")
                .arg(&written),
        )?;
        fs::rename(&written, file).with_context(|| format!("{} cannot be replaced", file.display()))
    }
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
    let mut files = folder::files(folder)?;
    files.retain(|file| file.extension() == Some(OsStr::new("wasm")));
    Ok(files)
}
