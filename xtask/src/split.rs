//! Divides the page's program: what `src/ui/later.rs` says comes later becomes a file of its own,
//! which shares everything with the program that is there already.
//!
//! The dividing comes before wasm-bindgen, since it goes by what the linker tells; so what Trunk has
//! let wasm-bindgen write is written once more.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::folder::{self, Temporary};
use crate::minify::Minifier;
use crate::{process, project, tools};

/// The page's program, as cargo calls it.
const PROGRAM: &str = "themark";

/// What the dividing program calls the script that fetches a part.
const LOADER: &str = "__wasm_split.js";

/// How the names of its parts begin.
const PART: &str = "split_";

/// Puts the program in parts in the place of the whole one.
pub(crate) fn divide(folder: &Path) -> Result<()> {
    let scratch = Temporary(project::scratch()?.join("divided"));
    // What a killed run has left.
    let _ = fs::remove_dir_all(&scratch.0);
    process::run(
        Command::new(tools::wasm_split()?)
            .arg(linked())
            .arg(&scratch.0)
            .args(["--target", "web", "--out-name", PROGRAM]),
    )?;
    process::run(
        Command::new(tools::wasm_bindgen()?)
            .args(["--target", "web", "--no-typescript", "--keep-lld-exports"])
            .args(["--out-name", PROGRAM])
            .arg("--out-dir")
            .arg(folder)
            .arg(scratch.0.join(format!("{PROGRAM}.wasm"))),
    )?;
    for file in folder::files(&scratch.0)? {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if is_part(&name) {
            fs::copy(&file, folder.join(&*name))?;
        }
    }
    let loader = fs::read_to_string(scratch.0.join(LOADER))
        .with_context(|| format!("no {LOADER} was written"))?;
    fs::write(folder.join(LOADER), whole_first(&loader)?)?;
    Ok(())
}

/// What cargo has linked last.
fn linked() -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    project::root()
        .join(target)
        .join("wasm32-unknown-unknown/release")
        .join(PROGRAM)
        .with_extension("wasm")
}

/// Whether a file of the build is a part that comes later.
pub(crate) fn is_part(name: &str) -> bool {
    name.starts_with(PART)
}

/// Names each part after the program that it is a part of, and puts what fetches parts into the
/// program's script. No file of a program may change after this.
///
/// Where a host is in the middle of an update, a part of another build would be linked to places
/// of this one where something else stands; under its own name it is not found.
pub(crate) fn join(folder: &Path, minifier: &Minifier) -> Result<()> {
    let program = fs::read(folder.join(format!("{PROGRAM}_bg.wasm")))?;
    let build = &folder::sha256(&program)[..8];
    let loader = folder.join(LOADER);
    let mut words = fs::read_to_string(&loader)?;
    let mut parts = 0;
    for file in folder::files(folder)? {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if let Some(stem) = name.strip_suffix(".wasm").filter(|name| is_part(name)) {
            let own = format!("{stem}_{build}.wasm");
            ensure!(words.contains(&*name), "{LOADER} does not fetch {name}");
            words = words.replace(&*name, &own);
            fs::rename(&file, folder.join(own))?;
            parts += 1;
        }
    }
    ensure!(parts > 0, "the program is in one piece");
    fs::write(&loader, words)?;
    let script = folder.join(format!("{PROGRAM}.js"));
    let joined = minifier.small(&script, &["--bundle", "--format=esm"])?;
    fs::write(&script, joined)?;
    fs::remove_file(&loader).with_context(|| format!("{} cannot be removed", loader.display()))
}

/// The script that fetches parts, so that it has a part whole before it is compiled: WebKit 2.50
/// now and then runs wrongly what was compiled while it arrived. What did not arrive is told by
/// the page.
fn whole_first(words: &str) -> Result<String> {
    let mut changed = words.to_owned();
    for (from, to) in [
        (
            "WebAssembly.instantiateStreaming(src, imports)",
            "src.then((answer) => answer.arrayBuffer()).then((bytes) => WebAssembly.instantiate(bytes, imports))",
        ),
        ("console.error(e);", ""),
    ] {
        if !changed.contains(from) {
            bail!("{LOADER} is not as it was: it has no `{from}`");
        }
        changed = changed.replace(from, to);
    }
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_whole_before_it_is_compiled() -> Result<()> {
        let loader = "try { await callee(); } catch (e) { console.error(e); }\n\
             return async (imports) => (WebAssembly.instantiateStreaming(src, imports));";
        let changed = whole_first(loader)?;
        assert!(changed.contains("WebAssembly.instantiate(bytes, imports)"));
        assert!(!changed.contains("Streaming") && !changed.contains("console"));
        assert!(whole_first("another program's").is_err());
        Ok(())
    }

    #[test]
    fn parts_are_known_by_their_names() {
        assert!(is_part("split_later_0123abcd.wasm"));
        assert!(!is_part("themark_bg.wasm"));
    }
}
