//! Files: kinds of them, and why one can't be read or made.

// Kinds, as they follow "It is".
pub const JSON: &str = "JSON";
pub const JOURNAL: &str = "a journal of Themark";
pub const PROJECT: &str = "a project of Themark";
pub const TEXT: &str = "plain text";
pub const MARKDOWN: &str = "a text in Markdown";
pub const SAVED_PAGE: &str = "a saved web page (MHTML)";
pub const UTF16: &str = "text in UTF-16";
pub const RTF: &str = "a formatted text (RTF)";
pub const OLD_OFFICE: &str = "a document of an older office program";
pub const DATABASE: &str = "a database";
pub const PDF: &str = "a PDF";
pub const WORD: &str = "a Word document";
pub const OPEN_DOCUMENT: &str = "an OpenDocument text";
pub const SHEET: &str = "a spreadsheet";
pub const SLIDES: &str = "a presentation";
pub const BOOK: &str = "a book (EPUB)";
pub const TABLE: &str = "a table";
pub const PAGE: &str = "a web page (HTML)";
pub const IMAGE: &str = "an image";
pub const RECORDING: &str = "a recording";
pub const PACKED: &str = "a packed file";
pub const XML: &str = "an XML file";
pub const EMPTY: &str = "empty";
pub const UNKNOWN: &str = "of a kind that Themark does not know";

pub fn not_utf8(name: &str) -> String {
    format!("“{name}” is not a text file in UTF-8. Save it as UTF-8 and try again.")
}

pub fn too_large(name: &str) -> String {
    format!("“{name}” is larger than 256 MB, too large for this page.")
}

/// `reason` is the browser's.
pub fn unreadable(name: &str, reason: &str) -> String {
    format!("“{name}” could not be read ({reason}).")
}

/// The same of a download.
pub fn not_made(reason: &str) -> String {
    format!("The file could not be made ({reason}).")
}
