//! A folder's files: which there are and what they hold.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

/// What the files of a folder hold, by their paths within it, `/` between folders.
pub(crate) type Contents = BTreeMap<String, Vec<u8>>;

/// Reads every file below a folder.
pub(crate) fn read(folder: &Path) -> Result<Contents> {
    let mut contents = Contents::new();
    for file in files(folder)? {
        let bytes =
            fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        let within = file.strip_prefix(folder).unwrap_or(&file);
        contents.insert(within.to_string_lossy().replace('\\', "/"), bytes);
    }
    Ok(contents)
}

/// All files below a folder, folder by folder in the order of their names.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

/// SHA-256 of what a file holds, in lowercase hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}
