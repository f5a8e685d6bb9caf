//! The palette.

pub const HEADING: &str = "Find or do";
pub const FIELD: &str = "A command, a document, a theme, words of a mark";
pub const NOTHING: &str = "Nothing found.";

// What a line is.
pub const DOCUMENT: &str = "document";
pub const MARK: &str = "mark";

/// A theme, with its digit where it has one.
pub fn theme(digit: Option<usize>) -> String {
    digit.map_or("theme".into(), |digit| format!("theme {digit}"))
}

pub const NEXT_DOCUMENT: &str = "Next document";
pub const DOCUMENT_BEFORE: &str = "Previous document";
pub const LIBRARY: &str = "Show or hide documents and themes";
pub const DELETE_DOCUMENT: &str = "Delete this document";
