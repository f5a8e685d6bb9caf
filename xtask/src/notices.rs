//! Who wrote what is in the page beside the project's own, and on which terms: most licences ask
//! whoever hands a program on to say so. It is hosted beside the page, as a file of its own.
//!
//! cargo-about would do the same; compiling it would make up a third of the set-up.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use xshell::{Shell, cmd};

use crate::{project, tools};

/// The file, in the folder that is hosted.
pub(crate) const NAME: &str = "licences.txt";

/// How the names of files begin that hold a licence or a notice.
const BEGINNINGS: [&str; 5] = ["licen", "copying", "copyright", "notice", "unlicense"];

/// What stands above the packages.
const HEAD: &str = "\
Themark’s own licence is the file LICENSE of its source; the bundled articles name theirs.
This is in its WebAssembly besides, with the standard library of Rust (MIT OR Apache-2.0,
https://github.com/rust-lang/rust):

";

/// Writes the file into a folder.
pub(crate) fn write(sh: &Shell, folder: &Path) -> Result<()> {
    let wasm = tools::WASM;
    let tree = cmd!(sh, "cargo tree --locked --package themark --target {wasm}")
        // What runs while it is compiled is not in it.
        .args(["--edges", "normal,no-proc-macro", "--prefix", "none"])
        .args(["--format", "{p}|{l}, {r}"])
        .read()?;
    let metadata = cmd!(sh, "cargo metadata --locked --format-version 1")
        .args(["--filter-platform", wasm])
        .read()?;
    let mut all = HEAD.to_owned();
    // Each text once, with those that bear it.
    let mut bearers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut found = Vec::new();
    for (package, terms) in packages(&tree) {
        let home = home(&metadata, &package)
            .with_context(|| format!("{package} is nowhere on this machine"))?;
        found.push((package, terms, texts_of(sh, &home)?));
    }
    for (package, terms, own) in &found {
        let mut texts = own.clone();
        if texts.is_empty() && terms.contains("MIT") {
            texts.push(mit(sh)?);
        } else if texts.is_empty() {
            // Another under the same terms brings them: these name no holder.
            let is_same =
                |other: &str| other.starts_with("MPL-2.0") && terms.starts_with("MPL-2.0");
            let same = found
                .iter()
                .find(|(_, other, texts)| !texts.is_empty() && is_same(other));
            let (.., same) =
                same.with_context(|| format!("{package} brings no text of its licence"))?;
            texts.clone_from(same);
        }
        all += &format!("{package}: {terms}\n");
        let (name, _) = package.split_once(' ').unwrap_or((package, ""));
        for text in texts {
            bearers.entry(text).or_default().push(name.to_owned());
        }
    }
    ensure!(
        !bearers.is_empty(),
        "cargo tells nothing of what is compiled"
    );
    // By who comes first, not by what it says.
    let mut texts: Vec<_> = bearers.into_iter().collect();
    texts.sort_by(|(_, one), (_, other)| one.cmp(other));
    for (text, names) in texts {
        let line = "-".repeat(72);
        all += &format!("\n{line}\n{}:\n\n{text}\n", names.join(", "));
    }
    Ok(sh.write_file(folder.join(NAME), all)?)
}

/// The packages of a tree as cargo prints it, each a name and a version, without the project's
/// own; with their terms.
fn packages(tree: &str) -> BTreeMap<String, String> {
    let package = |line: &str| {
        let (package, terms) = line.trim_end_matches(" (*)").split_once('|')?;
        // Behind the version of one that is developed here stands its folder.
        let (name, version) = package.split_once(" v")?;
        let is_own = version.contains(' ');
        (!is_own).then(|| (format!("{name} {version}"), terms.to_owned()))
    };
    tree.lines().filter_map(package).collect()
}

/// The folder of a package, out of what cargo tells of all: the one value of its JSON that is
/// needed is a path, which is as it stands there but for Windows' separators.
fn home(metadata: &str, package: &str) -> Option<PathBuf> {
    let manifest = format!("/{}/Cargo.toml", package.replace(' ', "-"));
    let mut values = metadata.split('"').map(|value| value.replace(r"\\", "/"));
    let path = PathBuf::from(values.find(|value| value.ends_with(&manifest))?);
    path.parent().map(Path::to_owned)
}

/// What the files of a package say that hold a licence or a notice, in the order of their names.
fn texts_of(sh: &Shell, folder: &Path) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for file in sh.read_dir(folder)? {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let name = name.to_lowercase();
        if file.is_file() && BEGINNINGS.iter().any(|begin| name.starts_with(begin)) {
            let bytes = sh.read_binary_file(&file)?;
            let text = String::from_utf8_lossy(&bytes).replace('\r', "");
            texts.push(text.trim().to_owned());
        }
    }
    Ok(texts)
}

/// The terms of MIT, for packages that name it and bring no text of their own.
fn mit(sh: &Shell) -> Result<String> {
    let licence = sh.read_file("LICENSE")?;
    let (start, end) = ("Permission is hereby granted", "=====");
    let terms = project::between(&licence, start, end)?.trim();
    let whose = "Copyright (c) the authors of each, as told where it is developed";
    Ok(format!("{whose}\n\n{start}{terms}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cargo_tells_is_understood() {
        let tree = "themark v0.1.0 (/home/me/themark)|MIT, \n\
            b v1.2.3|MIT OR Apache-2.0, https://example.org/b\n\
            a v0.1.0|MIT, https://example.org/a\n\
            a v0.1.0|MIT, https://example.org/a (*)\n";
        let found: Vec<_> = packages(tree).into_keys().collect();
        assert_eq!(found, ["a 0.1.0", "b 1.2.3"]);
        let metadata = r#"{"packages":[{"manifest_path":"/src/a-0.1.0/Cargo.toml"},
            {"manifest_path":"C:\\src\\b-1.2.3\\Cargo.toml"}]}"#;
        assert_eq!(home(metadata, "a 0.1.0"), Some("/src/a-0.1.0".into()));
        assert_eq!(home(metadata, "b 1.2.3"), Some("C:/src/b-1.2.3".into()));
        assert_eq!(home(metadata, "c 1.2.3"), None);
    }

    #[test]
    fn the_terms_of_mit_are_whole() -> Result<()> {
        let terms = mit(&project::shell()?)?;
        assert!(terms.contains("Permission is hereby granted, free of charge"));
        assert!(terms.ends_with("SOFTWARE."));
        Ok(())
    }
}
