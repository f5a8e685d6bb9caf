//! `cargo xtask reproduce`: whether the same sources give the same page, byte for byte,
//! wherever they lie. What a build takes along from its folder (a path, a time, an order in
//! which files are found) shows when two builds in different folders are compared.

use std::fs;

use anyhow::{Context, Result, bail, ensure};
use xshell::{Shell, cmd};

use crate::folder::{self, Contents};
use crate::project;

/// Builds two clean copies of the sources and compares what they give.
pub(crate) fn run(sh: &Shell) -> Result<()> {
    compare(&built_in(sh, "copy")?, &built_in(sh, DEEPER)?)
}

/// Builds one clean copy and compares it with dist/, as the checkout has just built it.
pub(crate) fn dist(sh: &Shell) -> Result<()> {
    compare(&folder::read(&project::dist(sh))?, &built_in(sh, DEEPER)?)
}

/// Another name and another depth than those of any other build.
const DEEPER: &str = "another/copy, further/down";

/// The page that `cargo xtask build` makes of a clean copy of the sources, which is removed
/// afterwards.
///
/// The copy lies beside this program, not with the system's temporary files: a release build
/// takes a gigabyte or two, and those may be in memory.
fn built_in(sh: &Shell, place: &str) -> Result<Contents> {
    let all = project::scratch()?.join("reproduced");
    // What a killed or failed run has left.
    sh.remove_path(&all)?;
    let copy = all.join(place);
    // What git has of the project and what it would take if told to. So changes that are not
    // committed are in it, and what builds have left is not. In a container the checkout may be
    // another user's, and git would not read it.
    let root = sh.current_dir();
    let safe = format!("safe.directory={}", root.display());
    let list = ["-z", "--cached", "--others", "--exclude-standard"];
    let sources = cmd!(sh, "git -c {safe} ls-files {list...}")
        .read()
        .context("git, which knows what the sources are, does not tell")?;
    for source in sources.split_terminator('\0') {
        // Git still has what was deleted since, and names a repository within this one.
        if root.join(source).is_file() {
            let target = copy.join(source);
            sh.create_dir(target.parent().unwrap_or(&copy))?;
            sh.copy_file(source, target)?;
        }
    }
    println!("Building a clean copy in {} …", copy.display());
    let _guard = sh.push_dir(&copy);
    cmd!(sh, "cargo xtask build --single-file")
        .env("CARGO_TARGET_DIR", copy.join("target"))
        .run()?;
    let page = folder::read(&project::dist(sh))?;
    fs::remove_dir_all(&all)?;
    Ok(page)
}

/// Says that two builds are the same.
///
/// # Errors
/// When they differ, or there is nothing to compare.
fn compare(one: &Contents, other: &Contents) -> Result<()> {
    ensure!(!one.is_empty(), "there is no page to compare");
    if let Some(difference) = difference(one, other) {
        bail!("the same sources gave two different pages: {difference}");
    }
    println!(
        "\nBuilt in two places, the page is the same byte for byte: {} files. SHA-256 of them all:\n{}",
        one.len(),
        digest(one)
    );
    Ok(())
}

/// Where two builds differ first, by the names of the files.
fn difference(one: &Contents, other: &Contents) -> Option<String> {
    for name in one.keys().chain(other.keys()) {
        let (Some(one), Some(other)) = (one.get(name), other.get(name)) else {
            return Some(format!("only one has {name}"));
        };
        if one != other {
            let offset = one.iter().zip(other).take_while(|(a, b)| a == b).count();
            let shown = |bytes: &[u8]| {
                let end = bytes.len().min(offset + 24);
                bytes[offset..end].escape_ascii().to_string()
            };
            let (one, other) = (shown(one), shown(other));
            return Some(format!(
                "{name}, from byte {offset} on: `{one}` and `{other}`"
            ));
        }
    }
    None
}

/// A digest of all files and their names, which coreutils can make as well: that of what
/// `sha256sum` says of the files, sorted by their names.
fn digest(page: &Contents) -> String {
    let mut list = String::new();
    for (name, bytes) in page {
        list += &format!("{}  ./{name}\n", folder::sha256(bytes));
    }
    folder::sha256(list.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(files: &[(&str, &str)]) -> Contents {
        let owned = |&(name, text): &(&str, &str)| (name.to_owned(), text.as_bytes().to_vec());
        files.iter().map(owned).collect()
    }

    #[test]
    fn the_first_difference_is_named_whichever_build_has_it() {
        let check = |one: &[(&str, &str)], other: &[(&str, &str)], expect: Option<&str>| {
            assert_eq!(difference(&page(one), &page(other)).as_deref(), expect);
        };
        let both = [("a", "1"), ("b", "")];
        check(&both, &both, None);
        check(&both, &both[..1], Some("only one has b"));
        check(&both[..1], &both, Some("only one has b"));
        check(
            &[("a.js", "let a = 1;"), ("b.wasm", "\0asm /here")],
            &[("a.js", "let a = 1;"), ("b.wasm", "\0asm /there")],
            Some("b.wasm, from byte 6 on: `here` and `there`"),
        );
        let shorter = Some("a, from byte 2 on: `\\n` and ``");
        check(&[("a", "12\n")], &[("a", "12")], shorter);
        assert!(compare(&page(&[]), &page(&[])).is_err());
    }

    /// `(cd page && find . -type f | LC_ALL=C sort | xargs sha256sum | sha256sum)`, with a
    /// page of these files.
    #[test]
    fn the_digest_is_what_coreutils_make_of_the_files() {
        assert_eq!(
            digest(&page(&[("b", "2\n"), ("a/c", "1\n"), ("_", "")])),
            "c66e7cf8b0f97041aa2afa9a9ec6f42f373daee2fce468d6ad6cd3c111568059"
        );
    }
}
