//! `cargo xtask reproduce`: whether the same sources give the same bytes, wherever they are
//! built. Then anybody can hold a hosted page against the sources that it claims to be.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::{process, project, sizes};

/// Builds two clean copies of the sources in different places and compares them.
pub(crate) fn run() -> Result<()> {
    let first = Copy::built("reproduce")?;
    check(&first.dist())
}

/// Builds a clean copy of the sources, and compares it with a folder that was built of them.
pub(crate) fn check(dist: &Path) -> Result<()> {
    // Of another depth and length, which a path in the program would tell.
    let other = Copy::built("reproduce-elsewhere/further/down")?;
    let count = same(&contents(dist)?, &contents(&other.dist())?)?;
    println!("Built twice, in two places: all {count} files are the same to the byte.");
    Ok(())
}

/// A clean copy of the sources, built; it is removed when it is dropped.
struct Copy(PathBuf);

impl Copy {
    fn built(place: &str) -> Result<Self> {
        let copy = Self(project::scratch()?.join(place));
        copy.remove();
        for name in sources()? {
            let (from, to) = (project::root().join(&name), copy.0.join(&name));
            // What was deleted and not committed yet is listed all the same.
            if !from.is_file() {
                continue;
            }
            fs::create_dir_all(to.parent().unwrap_or(&copy.0))
                .and_then(|()| fs::copy(&from, &to))
                .with_context(|| format!("{} cannot be copied", from.display()))?;
        }
        println!("Building a clean copy in {}", copy.0.display());
        process::run(
            project::cargo(&["xtask", "build", "--single-file"])
                .current_dir(&copy.0)
                .env_remove("CARGO_TARGET_DIR"),
        )?;
        Ok(copy)
    }

    fn dist(&self) -> PathBuf {
        self.0.join("dist")
    }

    fn remove(&self) {
        // Where it can't be removed, the next copy is written over it.
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        self.remove();
    }
}

/// The files that belong to the sources, as git knows them, with what is not committed yet.
fn sources() -> Result<Vec<String>> {
    let listed = Command::new("git")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(project::root())
        .output()
        .context("git is needed to tell sources from what was made of them")?;
    ensure!(
        listed.status.success(),
        "git does not list the sources: {}",
        String::from_utf8_lossy(&listed.stderr).trim()
    );
    let names = String::from_utf8(listed.stdout).context("a file's name is no text")?;
    Ok(names.split_terminator('\0').map(str::to_owned).collect())
}

/// What a folder's files hold, by their paths within it.
fn contents(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let read = |file: PathBuf| {
        let bytes =
            fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        let name = file.strip_prefix(folder).unwrap_or(&file);
        Ok((name.to_path_buf(), bytes))
    };
    sizes::files(folder)?.into_iter().map(read).collect()
}

/// How many files there are, where they are the same.
///
/// # Errors
/// Where they are not, with the first difference.
fn same(one: &BTreeMap<PathBuf, Vec<u8>>, other: &BTreeMap<PathBuf, Vec<u8>>) -> Result<usize> {
    let names = one.keys().chain(other.keys());
    if let Some(alone) = names
        .clone()
        .find(|name| !one.contains_key(*name) || !other.contains_key(*name))
    {
        bail!("{} is in one of the two builds only", alone.display());
    }
    for (name, bytes) in one {
        let others = other.get(name).map(Vec::as_slice).unwrap_or_default();
        let differ = bytes.iter().zip(others).position(|(a, b)| a != b);
        if let Some(at) =
            differ.or_else(|| (bytes.len() != others.len()).then(|| bytes.len().min(others.len())))
        {
            bail!("{} differs from byte {at} on", name.display());
        }
    }
    Ok(one.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(files: &[(&str, &str)]) -> BTreeMap<PathBuf, Vec<u8>> {
        let file = |(name, words): &(&str, &str)| (PathBuf::from(name), words.as_bytes().to_vec());
        files.iter().map(file).collect()
    }

    #[test]
    fn the_first_difference_is_named() {
        let one = files(&[("a.js", "abc"), ("b.css", "x")]);
        assert_eq!(same(&one, &one).ok(), Some(2));
        for (other, expect) in [
            (
                files(&[("a.js", "abd"), ("b.css", "x")]),
                "a.js differs from byte 2 on",
            ),
            (
                files(&[("a.js", "abcd"), ("b.css", "x")]),
                "a.js differs from byte 3 on",
            ),
            (
                files(&[("a.js", "abc")]),
                "b.css is in one of the two builds only",
            ),
        ] {
            for outcome in [same(&one, &other), same(&other, &one)] {
                let error = outcome.err().map(|error| error.to_string());
                assert_eq!(error.as_deref(), Some(expect));
            }
        }
    }

    #[test]
    fn the_sources_are_those_that_git_knows() -> Result<()> {
        let sources = sources()?;
        assert!(sources.iter().any(|name| name == "xtask/src/main.rs"));
        assert!(!sources.iter().any(|name| name.starts_with("target/")));
        Ok(())
    }
}
