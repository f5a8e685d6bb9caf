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

/// Puts the program in parts in the place of the whole one. Each part is named after the program
/// that it is a part of: where a host is in the middle of an update, a part of another build would
/// be linked to places of this one where something else stands; under its own name it is not found.
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
    let loader = fs::read_to_string(scratch.0.join(LOADER))
        .with_context(|| format!("no {LOADER} was written"))?;
    let mut loader = whole_first(&loader)?;
    // The same wherever it was built.
    let program = fs::read(scratch.0.join(format!("{PROGRAM}.wasm")))?;
    let build = &folder::sha256(&program)[..8];
    let mut parts = 0;
    for file in folder::files(&scratch.0)? {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let Some(stem) = name.strip_suffix(".wasm").filter(|name| is_part(name)) else {
            continue;
        };
        let own = format!("{stem}_{build}.wasm");
        ensure!(loader.contains(&*name), "{LOADER} does not fetch {name}");
        loader = loader.replace(&*name, &own);
        fs::copy(&file, folder.join(own))?;
        parts += 1;
    }
    ensure!(parts > 0, "the program is in one piece");
    fs::write(folder.join(LOADER), loader)?;
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

/// Puts what fetches parts into the program's script.
pub(crate) fn join(folder: &Path, minifier: &Minifier) -> Result<()> {
    let (script, loader) = (folder.join(format!("{PROGRAM}.js")), folder.join(LOADER));
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
