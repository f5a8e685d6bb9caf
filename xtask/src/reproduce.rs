//! `cargo xtask reproduce`: whether the same sources give the same page, byte for byte,
//! wherever they lie. What a build takes along from its folder (a path, a time, an order in
//! which files are found) shows when two builds in different folders are compared.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::folder::{self, Contents, Temporary};
use crate::{process, project};

/// Builds two clean copies of the sources and compares what they give.
pub(crate) fn run() -> Result<()> {
    let one = built_in("copy")?;
    let other = built_in(DEEPER)?;
    println!("\n{}", verdict(&one, &other)?);
    Ok(())
}

/// Builds one clean copy and compares it with dist/, as the checkout has just built it.
pub(crate) fn dist() -> Result<()> {
    let one = folder::read(&project::dist())?;
    let other = built_in(DEEPER)?;
    println!("\n{}", verdict(&one, &other)?);
    Ok(())
}

/// Another name and another depth than those of any other build.
const DEEPER: &str = "another/copy, further/down";

/// The page that `cargo xtask build` makes of a clean copy of the sources, which is removed
/// afterwards.
///
/// The copy lies beside this program, not with the system's temporary files: a release build
/// takes a gigabyte or two, and those may be in memory.
fn built_in(place: &str) -> Result<Contents> {
    let all = Temporary(project::scratch()?.join("reproduced"));
    // What a killed run has left.
    let _ = fs::remove_dir_all(&all.0);
    let folder = all.0.join(place);
    copy(&project::root(), &sources()?, &folder)?;

    println!("Building a clean copy in {} …", folder.display());
    process::run(
        project::cargo(&["xtask", "build", "--single-file"])
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", folder.join("target")),
    )?;
    folder::read(&folder.join("dist"))
}

/// What git has of the project and what it would take if told to, relative to the root. So
/// changes that are not committed are in it, and what builds have left is not.
fn sources() -> Result<Vec<PathBuf>> {
    let root = project::root();
    let output = Command::new("git")
        .current_dir(&root)
        // In a container the checkout may be another user's, and git would not read it.
        .arg("-c")
        .arg(format!("safe.directory={}", root.display()))
        .args(["ls-files", "-z", "--cached", "--others"])
        .arg("--exclude-standard")
        .output()
        .context("git, which knows what the sources are, cannot be started")?;
    if !output.status.success() {
        let reason = String::from_utf8_lossy(&output.stderr);
        bail!(
            "git, which knows what the sources are, does not tell: {}",
            reason.trim()
        );
    }
    let names = String::from_utf8(output.stdout).context("a source's name is not UTF-8")?;
    Ok(names.split_terminator('\0').map(PathBuf::from).collect())
}

/// Copies files, named by their paths within `from`.
fn copy(from: &Path, files: &[PathBuf], to: &Path) -> Result<()> {
    for file in files {
        let source = from.join(file);
        // Git still has what was deleted since, and names a repository within this one.
        if !source.is_file() {
            continue;
        }
        let target = to.join(file);
        let parent = target.parent().unwrap_or(to);
        fs::create_dir_all(parent)
            .and_then(|()| fs::copy(&source, &target))
            .with_context(|| format!("{} cannot be copied", source.display()))?;
    }
    Ok(())
}

/// What is to be said of two builds.
///
/// # Errors
/// When they differ, or there is nothing to compare.
fn verdict(one: &Contents, other: &Contents) -> Result<String> {
    ensure!(!one.is_empty(), "there is no page to compare");
    if let Some(difference) = difference(one, other) {
        bail!("the same sources gave two different pages: {difference}");
    }
    Ok(format!(
        "Built in two places, the page is the same byte for byte: {} files. SHA-256 of them all:\n{}",
        one.len(),
        digest(one)
    ))
}

/// Where two builds differ.
#[derive(Debug, PartialEq)]
enum Difference<'a> {
    /// Only one of them has the file.
    Missing { file: &'a str },
    /// Both have it; this is what follows from the first byte on that is not the same.
    Bytes {
        file: &'a str,
        /// In bytes from the start of the file.
        offset: usize,
        one: &'a [u8],
        other: &'a [u8],
    },
}

/// The first difference, by the names of the files.
fn difference<'a>(one: &'a Contents, other: &'a Contents) -> Option<Difference<'a>> {
    let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    names.into_iter().find_map(|file| {
        let (Some(one), Some(other)) = (one.get(file), other.get(file)) else {
            return Some(Difference::Missing { file });
        };
        let offset = one.iter().zip(other).take_while(|(a, b)| a == b).count();
        let (one, other) = (&one[offset..], &other[offset..]);
        let is_same = one.is_empty() && other.is_empty();
        (!is_same).then_some(Difference::Bytes {
            file,
            offset,
            one,
            other,
        })
    })
}

impl fmt::Display for Difference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { file } => write!(f, "only one has {file}"),
            Self::Bytes {
                file,
                offset,
                one,
                other,
            } => write!(
                f,
                "{file}, from byte {offset} on: {} and {}",
                beginning(one),
                beginning(other)
            ),
        }
    }
}

/// The first bytes, for reading.
fn beginning(bytes: &[u8]) -> String {
    match bytes {
        [] => "the file's end".to_owned(),
        bytes => format!("`{}`", bytes[..bytes.len().min(24)].escape_ascii()),
    }
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
        files
            .iter()
            .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
            .collect()
    }

    fn check(one: &[(&str, &str)], other: &[(&str, &str)], expect: Option<&str>) {
        let (one, other) = (page(one), page(other));
        let found = difference(&one, &other).map(|difference| difference.to_string());
        assert_eq!(found.as_deref(), expect);
        assert_eq!(verdict(&one, &other).is_ok(), expect.is_none());
    }

    #[test]
    fn the_same_files_are_the_same_page() {
        let files = [("a.css", "p {}"), ("articles/b.article", "")];
        check(&files, &files, None);
    }

    #[test]
    fn the_first_byte_that_differs_is_named() {
        check(
            &[("a.js", "let a = 1;"), ("b.wasm", "\0asm /here")],
            &[("a.js", "let a = 1;"), ("b.wasm", "\0asm /there")],
            Some("b.wasm, from byte 6 on: `here` and `there`"),
        );
    }

    #[test]
    fn a_file_that_ends_sooner_differs() {
        check(
            &[("a", "12\n")],
            &[("a", "12")],
            Some("a, from byte 2 on: `\\n` and the file's end"),
        );
    }

    #[test]
    fn a_file_that_only_one_has_is_named_whichever_that_is() {
        let (more, fewer) = ([("a", ""), ("b", "")], [("b", "")]);
        check(&more, &fewer, Some("only one has a"));
        check(&fewer, &more, Some("only one has a"));
    }

    #[test]
    fn of_several_differences_the_first_is_named() {
        check(
            &[("a", "same"), ("b", "1"), ("c", "")],
            &[("a", "same"), ("b", "2"), ("d", "")],
            Some("b, from byte 0 on: `1` and `2`"),
        );
    }

    #[test]
    fn two_pages_without_files_prove_nothing() {
        assert!(verdict(&Contents::new(), &Contents::new()).is_err());
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

    #[test]
    fn a_copy_has_what_is_there_and_is_read_by_paths_within_it() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("themark-copy-{}", std::process::id()));
        let folder = Temporary(folder);
        let (from, to) = (folder.0.join("from"), folder.0.join("to"));
        fs::create_dir_all(from.join("in"))?;
        fs::write(from.join("in").join("a"), "1")?;
        fs::write(from.join("left"), "2")?;
        let files = ["in/a", "in", "deleted"].map(PathBuf::from);
        copy(&from, &files, &to)?;
        assert_eq!(folder::read(&to)?, page(&[("in/a", "1")]));
        Ok(())
    }
}
