//! The user's cache of tools: one folder a tool and version, shared by all
//! checkouts, complete or not there at all.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::folder::Temporary;

/// The folders that an install fills; both are on one disk.
pub(crate) struct Room {
    /// Becomes the cached folder.
    pub(crate) kept: PathBuf,
    /// Is thrown away afterwards.
    pub(crate) scratch: PathBuf,
}

/// The path of `file` in the cached folder `name`, which `fill` makes when it
/// is not there yet.
///
/// The folder is filled under another name and renamed at the end. So an
/// install that is interrupted leaves nothing half done, and of two at once
/// the first to end stays.
pub(crate) fn get_or_fill(
    name: &str,
    file: &Path,
    fill: impl FnOnce(&Room) -> Result<()>,
) -> Result<PathBuf> {
    fill_under(&folder()?, name, file, fill)
}

/// The path of `file` in the cached folder `name`, when it is there.
pub(crate) fn get(name: &str, file: &Path) -> Option<PathBuf> {
    let path = folder().ok()?.join(name).join(file);
    path.is_file().then_some(path)
}

fn fill_under(
    cache: &Path,
    name: &str,
    file: &Path,
    fill: impl FnOnce(&Room) -> Result<()>,
) -> Result<PathBuf> {
    let destination = cache.join(name);
    let wanted = destination.join(file);
    if wanted.is_file() {
        return Ok(wanted);
    }
    remove_abandoned(cache);

    let temporary = Temporary(cache.join(format!("{TEMPORARY}{name}-{}", process::id())));
    let room = Room {
        kept: temporary.0.join("kept"),
        scratch: temporary.0.join("scratch"),
    };
    for folder in [&room.kept, &room.scratch] {
        fs::create_dir_all(folder)
            .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    }
    fill(&room)?;
    ensure!(
        room.kept.join(file).is_file(),
        "the install of {name} ended well and yet left no {}",
        file.display()
    );

    // A folder that is there cannot be renamed onto. When it is whole, another
    // run came first, and that is as good; else it is in the way.
    if fs::rename(&room.kept, &destination).is_err() && !wanted.is_file() {
        let _ = fs::remove_dir_all(&destination);
        fs::rename(&room.kept, &destination)
            .with_context(|| format!("the folder {} cannot be made", destination.display()))?;
    }
    Ok(wanted)
}

const TEMPORARY: &str = ".installing-";

/// Removes what killed installs left behind. No install takes a day, so a
/// folder of that age is nobody's.
fn remove_abandoned(cache: &Path) {
    let Ok(entries) = fs::read_dir(cache) else {
        return;
    };
    for entry in entries.flatten() {
        let is_ours = entry.file_name().to_string_lossy().starts_with(TEMPORARY);
        let age = entry
            .metadata()
            .and_then(|data| data.modified())
            .ok()
            .and_then(|time| time.elapsed().ok());
        if is_ours && age > Some(Duration::from_secs(24 * 60 * 60)) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn folder() -> Result<PathBuf> {
    let base = base(env::consts::OS, |name| env::var_os(name)).context(
        "no cache folder is known: set XDG_CACHE_HOME (on Windows LOCALAPPDATA) \
         to a folder's full path",
    )?;
    Ok(base.join("themark").join("tools"))
}

/// Where the system wants a user's caches.
fn base(system: &str, variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    // The XDG Base Directory Specification has relative paths ignored.
    let absolute = |name| {
        variable(name)
            .map(PathBuf::from)
            .filter(|path| path.has_root())
    };
    match system {
        "windows" => absolute("LOCALAPPDATA"),
        "macos" => absolute("HOME").map(|home| home.join("Library").join("Caches")),
        _ => absolute("XDG_CACHE_HOME").or_else(|| Some(absolute("HOME")?.join(".cache"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::bail;

    /// An empty cache of its own for one test.
    fn empty(test: &str) -> Temporary {
        let path = env::temp_dir().join(format!("themark-xtask-{test}-{}", process::id()));
        let _ = fs::remove_dir_all(&path);
        Temporary(path)
    }

    fn names(cache: &Path) -> Vec<String> {
        fs::read_dir(cache)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect()
    }

    #[test]
    fn a_tool_is_filled_once_and_found_again() -> Result<()> {
        let cache = empty("once");
        let file = Path::new("bin/tool");
        for _ in 0..2 {
            let mut fills = 0;
            let path = fill_under(&cache.0, "tool-1", file, |room| {
                fills += 1;
                fs::write(room.scratch.join("litter"), "")?;
                fs::create_dir(room.kept.join("bin"))?;
                Ok(fs::write(room.kept.join(file), "")?)
            })?;
            assert_eq!(path, cache.0.join("tool-1").join(file));
            assert_eq!(names(&cache.0), ["tool-1"]);
            assert!(fills <= 1);
        }
        Ok(())
    }

    #[test]
    fn a_failed_install_leaves_nothing() {
        let cache = empty("failed");
        let outcome = fill_under(&cache.0, "tool-1", Path::new("tool"), |_| bail!("no"));
        assert!(outcome.is_err());
        let outcome = fill_under(&cache.0, "tool-1", Path::new("tool"), |_| Ok(()));
        assert!(outcome.is_err());
        assert!(names(&cache.0).is_empty());
    }

    #[test]
    fn an_incomplete_folder_is_replaced() -> Result<()> {
        let cache = empty("incomplete");
        fs::create_dir_all(cache.0.join("tool-1").join("half"))?;
        fill_under(&cache.0, "tool-1", Path::new("tool"), |room| {
            Ok(fs::write(room.kept.join("tool"), "")?)
        })?;
        assert_eq!(names(&cache.0.join("tool-1")), ["tool"]);
        Ok(())
    }

    #[test]
    fn of_two_installs_at_once_the_first_to_end_stays() -> Result<()> {
        let cache = empty("race");
        let path = fill_under(&cache.0, "tool-1", Path::new("tool"), |room| {
            let other = cache.0.join("tool-1");
            fs::create_dir_all(&other)?;
            fs::write(other.join("tool"), "first")?;
            Ok(fs::write(room.kept.join("tool"), "second")?)
        })?;
        assert_eq!(fs::read_to_string(path)?, "first");
        assert_eq!(names(&cache.0), ["tool-1"]);
        Ok(())
    }

    #[test]
    fn each_system_has_its_own_place_for_caches() {
        let check = |system, variables: &[(&str, &str)], expect: Option<&str>| {
            let found = base(system, |name| {
                variables
                    .iter()
                    .find(|(key, _)| *key == name)
                    .map(|(_, value)| OsString::from(value))
            });
            assert_eq!(found, expect.map(PathBuf::from));
        };
        let home = ("HOME", "/home/ada");
        check("linux", &[home], Some("/home/ada/.cache"));
        check("linux", &[home, ("XDG_CACHE_HOME", "/c")], Some("/c"));
        check(
            "linux",
            &[home, ("XDG_CACHE_HOME", "c")],
            Some("/home/ada/.cache"),
        );
        check("macos", &[home], Some("/home/ada/Library/Caches"));
        check("windows", &[("LOCALAPPDATA", "/local")], Some("/local"));
        check("windows", &[home], None);
    }
}
