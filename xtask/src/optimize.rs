//! Shrinks the wasm, scripts and styles of a release build, and lists the files of it for
//! use without the network. Trunk calls this as a hook, after the page is put together and
//! before it is moved to where it is served from.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result, anyhow};
use xshell::{Shell, cmd};

use crate::{folder, imports, minify, notices, order, precache, project, sizes, split, tools};

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
pub(crate) fn run(sh: &Shell) -> Result<()> {
    if env::var("TRUNK_PROFILE").as_deref() != Ok("release") {
        return Ok(());
    }
    let folder = env::var_os("TRUNK_STAGING_DIR")
        .map(PathBuf::from)
        .context("TRUNK_STAGING_DIR is not set: this command is Trunk's hook")?;
    split::divide(sh, &folder).context("the program can't be divided into parts")?;
    let mut programs = folder::files(&folder)?;
    programs.retain(|file| file.extension() == Some(OsStr::new("wasm")));
    for file in &programs {
        unburden(file).with_context(|| format!("{} can't be shortened", file.display()))?;
    }
    match minify::need(sh).and_then(|()| tools::WASM_OPT.get(sh)) {
        Ok(wasm_opt) => {
            shrink_all(&wasm_opt, &programs)?;
            minify::shrink_all(sh, &folder)?;
            split::join(sh, &folder)?;
        }
        Err(error) if project::is_ci() => return Err(error),
        Err(error) => println!("The page stays larger than it need be: {error:#}."),
    }
    notices::write(sh, &folder)?;
    // From here on no file changes.
    precache::list_in(sh, &folder)
}

/// Whether what a build has made could be made small: only then its scripts are joined.
pub(crate) fn was_possible(dist: &Path) -> bool {
    !dist.join(split::LOADER).exists()
}

/// Shortens the imports of `name_bg.wasm`, and of `name.js` likewise. A part has no such script.
fn unburden(file: &Path) -> Result<()> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    if split::is_part(&name) {
        return Ok(());
    }
    let script = file.with_file_name(name.replace("_bg.wasm", ".js"));
    let mut words = fs::read_to_string(&script)?;
    fs::write(file, imports::shorten(&fs::read(file)?, &mut words)?)?;
    Ok(fs::write(script, words)?)
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

/// Optimizes nothing, but writes as tersely as when it does: else much is lost again. What built
/// it, and for which engines, nobody asks.
const IN_ORDER: [&str; 5] = [
    "--optimize-level=0",
    "--shrink-level=2",
    "--reorder-functions-by-name",
    "--strip-producers",
    "--strip-target-features",
];

/// Side by side: each takes one core for most of a minute, and none knows of the others.
fn shrink_all(wasm_opt: &Path, files: &[PathBuf]) -> Result<()> {
    thread::scope(|scope| {
        let mut begun = Vec::new();
        for file in files {
            begun.push(scope.spawn(move || shrink(wasm_opt, file)));
        }
        for thread in begun {
            let ended = thread.join();
            ended.map_err(|_| anyhow!("what makes the wasm small panicked"))??;
        }
        Ok(())
    })
}

fn shrink(wasm_opt: &Path, file: &Path) -> Result<()> {
    // Each thread needs a shell of its own.
    let sh = project::shell()?;
    let run = |passes: &[&str]| {
        let wasm_opt = cmd!(
            sh,
            "node {wasm_opt} {passes...} {FEATURES...} {file} --output {file}"
        );
        wasm_opt.quiet().run()
    };
    let before = fs::metadata(file)?.len();
    run(&PASSES)?;
    let named = order::name_by_likeness(&fs::read(file)?)
        .with_context(|| format!("{} can't be put in order", file.display()))?;
    fs::write(file, named)?;
    run(&IN_ORDER)?;
    let after = fs::metadata(file)?.len();
    println!(
        "wasm-opt: {} from {} to {}",
        file.file_name().unwrap_or_default().to_string_lossy(),
        sizes::kib(before),
        sizes::kib(after)
    );
    Ok(())
}
