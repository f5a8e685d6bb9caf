//! Files that are read as texts: why one can't be.

/// `kind` is one of [`file`](super::file).
pub fn not_read(kind: &str) -> String {
    format!("It is {kind}, which can’t be opened as a text.")
}

pub const EMPTY: &str = "There are no words in it.";
pub const GARBLED: &str = "It could not be read. Reload the page and try again.";
