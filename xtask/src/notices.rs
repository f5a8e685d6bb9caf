//! Who wrote what is in the page beside the project's own, and on which terms: most licences ask
//! whoever hands a program on to say so. It is hosted beside the page, as a file of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::toolchain::WASM;
use crate::{process, project};

/// The file, in the folder that is hosted.
pub(crate) const NAME: &str = "licences.txt";

/// How the names of files begin that hold a licence or a notice.
const BEGINNINGS: [&str; 5] = ["licen", "copying", "copyright", "notice", "unlicense"];

/// The terms of MIT (SPDX), for packages that name it and bring no text of their own. Whose they
/// are is told by where they are developed.
const MIT: &str = "\
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the \"Software\"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or
substantial portions of the Software.

THE SOFTWARE IS PROVIDED \"AS IS\", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT
OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.";

/// A package that is compiled into the page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Package {
    name: String,
    version: String,
    /// Its licence, as SPDX writes it.
    licence: String,
    /// Where it is developed.
    home: String,
}

/// Writes the file into a folder.
pub(crate) fn write(folder: &Path) -> Result<()> {
    let tree = process::read(&mut project::cargo(&[
        "tree",
        "--locked",
        "--package",
        "themark",
        "--target",
        WASM,
        // What runs while it is compiled is not in it.
        "--edges",
        "normal,no-proc-macro",
        "--prefix",
        "none",
        "--format",
        "{p}|{l}|{r}",
    ]))?;
    let metadata = process::read(&mut project::cargo(&[
        "metadata",
        "--locked",
        "--format-version",
        "1",
        "--filter-platform",
        WASM,
    ]))?;
    let mut texts = Vec::new();
    for package in packages(&tree) {
        let folder = home(&metadata, &package)
            .with_context(|| format!("{} is nowhere on this machine", package.name))?;
        let mut own = texts_of(&folder)?;
        if own.is_empty() {
            let is_mit = package.licence.contains("MIT");
            ensure!(is_mit, "{} brings no text of its licence", package.name);
            own.push(format!(
                "Copyright (c) the authors of each, as told where it is developed\n\n{MIT}"
            ));
        }
        texts.push((package, own));
    }
    ensure!(!texts.is_empty(), "cargo tells nothing of what is compiled");
    let file = folder.join(NAME);
    fs::write(&file, told(&texts)).with_context(|| format!("{} cannot be written", file.display()))
}

/// The packages of a tree as cargo prints it, without the project's own.
fn packages(tree: &str) -> BTreeSet<Package> {
    let package = |line: &str| {
        let mut fields = line.trim_end_matches(" (*)").split('|');
        let mut words = fields.next()?.split(' ');
        let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
        // Behind it stands the folder of one that is developed here.
        let is_own = words.next().is_some();
        let (licence, home) = (fields.next()?, fields.next()?);
        (!is_own).then(|| Package {
            name: name.to_owned(),
            version: version.to_owned(),
            licence: licence.to_owned(),
            home: home.to_owned(),
        })
    };
    tree.lines().filter_map(package).collect()
}

/// The folder of a package, out of what cargo tells of all: the one value of its JSON that is
/// needed is a path, which is as it stands there.
fn home(metadata: &str, package: &Package) -> Option<PathBuf> {
    let folder = format!("{}-{}", package.name, package.version);
    let mut manifests = metadata.split("\"manifest_path\":\"").skip(1);
    manifests.find_map(|rest| {
        let path = rest.split_once('"')?.0.replace(r"\\", r"\");
        let home = Path::new(&path).parent()?;
        (home.file_name()?.to_str()? == folder).then(|| home.to_owned())
    })
}

/// What the files of a package say that hold a licence or a notice, in the order of their names.
fn texts_of(folder: &Path) -> Result<Vec<String>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut files = BTreeSet::new();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = name.to_lowercase();
        if path.is_file() && BEGINNINGS.iter().any(|begin| name.starts_with(begin)) {
            files.insert(path);
        }
    }
    let read = |path: PathBuf| {
        let bytes =
            fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        Ok(String::from_utf8_lossy(&bytes)
            .replace('\r', "")
            .trim()
            .to_owned())
    };
    files.into_iter().map(read).collect()
}

/// All of it: the packages, then each text once, with those that bear it.
fn told(packages: &[(Package, Vec<String>)]) -> String {
    let mut all = String::from(
        "Themark’s own licence is the file LICENSE of its source; the bundled articles name theirs.\n\
         This is in its WebAssembly besides, with the standard library of Rust (MIT OR Apache-2.0,\n\
         https://github.com/rust-lang/rust):\n\n",
    );
    let mut bearers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (package, texts) in packages {
        let Package {
            name,
            version,
            licence,
            home,
        } = package;
        all += &format!("{name} {version}: {licence}, {home}\n");
        for text in texts {
            bearers.entry(text).or_default().push(name);
        }
    }
    // By who comes first, not by what it says.
    let mut texts: Vec<_> = bearers.into_iter().collect();
    texts.sort_by(|(_, one), (_, other)| one.cmp(other));
    for (text, names) in texts {
        let line = "-".repeat(72);
        all += &format!("\n{line}\n{}:\n\n{text}\n", names.join(", "));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cargo_tells_is_understood() {
        let tree = "themark v0.1.0 (/home/me/themark)|MIT|\n\
            b v1.2.3|MIT OR Apache-2.0|https://example.org/b\n\
            a v0.1.0|MIT|https://example.org/a\n\
            a v0.1.0|MIT|https://example.org/a (*)\n";
        let found = packages(tree);
        let names: Vec<_> = found.iter().map(|package| &*package.name).collect();
        assert_eq!(names, ["a", "b"]);
        let metadata = r#"{"packages":[{"manifest_path":"/src/a-0.1.0/Cargo.toml"},
            {"manifest_path":"C:\\src\\b-1.2.3\\Cargo.toml"}]}"#;
        let a = found.first().and_then(|package| home(metadata, package));
        assert_eq!(a, Some(PathBuf::from("/src/a-0.1.0")));
    }

    #[test]
    fn each_text_stands_once_with_all_that_bear_it() {
        let package = |name: &str| Package {
            name: name.into(),
            version: "1.0.0".into(),
            licence: "MIT".into(),
            home: "https://example.org".into(),
        };
        let texts = [
            (package("a"), vec!["Own words".to_owned()]),
            (package("b"), vec!["The same".to_owned()]),
            (package("c"), vec!["The same".to_owned()]),
            (package("d"), vec![]),
        ];
        let told = told(&texts);
        assert_eq!(told.matches("The same").count(), 1);
        assert!(told.contains("b, c:\n\nThe same\n"));
        assert!(told.contains("d 1.0.0: MIT, https://example.org\n"));
        assert!(told.find("Own words") < told.find("The same"));
    }
}
