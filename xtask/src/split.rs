//! Divides the page's program: what `src/ui/later.rs` says comes later becomes a file of its own,
//! which shares everything with the program that is there already.
//!
//! The dividing comes before wasm-bindgen, since it goes by what the linker tells; so what Trunk has
//! let wasm-bindgen write is written once more.

use std::env;
use std::path::Path;

use anyhow::{Result, ensure};
use xshell::{Shell, cmd};

use crate::{folder, minify, tools};

/// The page's program, as cargo calls it.
const PROGRAM: &str = "themark";

/// What the dividing program calls the script that fetches a part.
pub(crate) const LOADER: &str = "__wasm_split.js";

/// How the names of its parts begin.
const PART: &str = "split_";

/// Puts the program in parts in the place of the whole one. Each part is named after the program
/// that it is a part of: where a host is in the middle of an update, a part of another build would
/// be linked to places of this one where something else stands; under its own name it is not found.
pub(crate) fn divide(sh: &Shell, folder: &Path) -> Result<()> {
    // What cargo has linked last.
    let target = env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    let linked = Path::new(&target)
        .join("wasm32-unknown-unknown/release")
        .join(format!("{PROGRAM}.wasm"));
    let divided = sh.create_temp_dir()?;
    let parts = divided.path();
    let split = tools::WASM_SPLIT.get(sh)?;
    let named = ["--target", "web", "--out-name", PROGRAM];
    cmd!(sh, "{split} {linked} {parts} {named...}")
        .quiet()
        .run()?;

    let main = parts.join(format!("{PROGRAM}.wasm"));
    let bindgen = tools::WASM_BINDGEN.get(sh)?;
    let options = ["--no-typescript", "--keep-lld-exports"];
    cmd!(
        sh,
        "{bindgen} {main} {options...} {named...} --out-dir {folder}"
    )
    .quiet()
    .run()?;

    let mut loader = whole_first(&sh.read_file(parts.join(LOADER))?)?;
    // The same wherever it was built.
    let build = &folder::sha256(&sh.read_binary_file(&main)?)[..8];
    let mut count = 0;
    for file in folder::files(parts)? {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if let Some(stem) = name.strip_suffix(".wasm").filter(|name| is_part(name)) {
            let own = format!("{stem}_{build}.wasm");
            ensure!(loader.contains(&*name), "{LOADER} does not fetch {name}");
            loader = loader.replace(&*name, &own);
            sh.copy_file(&file, folder.join(own))?;
            count += 1;
        }
    }
    ensure!(count > 0, "the program is in one piece");
    Ok(sh.write_file(folder.join(LOADER), loader)?)
}

/// Whether a file of the build is a part that comes later.
pub(crate) fn is_part(name: &str) -> bool {
    name.starts_with(PART)
}

/// Puts what fetches parts into the program's script.
pub(crate) fn join(sh: &Shell, folder: &Path) -> Result<()> {
    let script = folder.join(format!("{PROGRAM}.js"));
    let joined = minify::small(sh, &script, &["--bundle", "--format=esm"])?;
    sh.write_file(&script, joined)?;
    Ok(sh.remove_path(folder.join(LOADER))?)
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
        let is_there = changed.contains(from);
        ensure!(is_there, "{LOADER} is not as it was: it has no `{from}`");
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
