//! A folder's files: which there are and what they hold; and a folder that is there for a while.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// What the files of a folder hold, by their paths within it, `/` between folders.
pub(crate) type Contents = BTreeMap<String, Vec<u8>>;

/// Reads every file below a folder.
pub(crate) fn read(folder: &Path) -> Result<Contents> {
    let mut contents = Contents::new();
    for file in files(folder)? {
        let bytes =
            fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        let within = file.strip_prefix(folder).unwrap_or(&file);
        let names: Vec<_> = within.iter().map(|name| name.to_string_lossy()).collect();
        contents.insert(names.join("/"), bytes);
    }
    Ok(contents)
}

/// All files below a folder.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let entries =
        fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

/// SHA-256 of what a file holds, in lowercase hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A folder that removes itself, however the work in it ends. Only who kills the program keeps it.
pub(crate) struct Temporary(pub(crate) PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
