//! A folder that is there for a while.

use std::fs;
use std::path::PathBuf;

/// Removes itself, however the work in it ends. Only who kills the program keeps it.
pub(crate) struct Temporary(pub(crate) PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
