//! Files that are read as texts: why one can't be.

/// `kind` is one of [`file`](super::file).
pub fn not_read(kind: &str) -> String {
    format!("It is {kind}, which can’t be opened as a text.")
}

/// A file of more than so many megabytes.
pub fn too_large(megabytes: u64) -> String {
    format!(
        "It is larger than {megabytes} MB, which is more than can be read as one text. Divide it into several files."
    )
}

/// The reader was given no more memory.
pub const OUT_OF_MEMORY: &str = "It needs more memory than a page may use. Divide it into several files, or save what you need of it as plain text, and open that.";

pub const TOO_MANY_BLOCKS: &str = "There are more than 500,000 paragraphs and cells in the file. Divide it into several documents, or leave out the large tables.";

pub const EMPTY: &str = "There are no words in it.";
pub const GARBLED: &str = "It could not be read. Reload the page and try again.";
