//! The pane with the documents, and what brings texts in.

/// The heading above the documents.
pub const DOCUMENTS: &str = "Documents";

/// What leads to new texts.
pub const OPEN_TEXTS: &str = "Open texts…";

/// What shows the pane, where it is a drawer.
pub const SHOW: &str = "Documents and themes";

/// In the text's place, where there is no document.
pub const NONE: &str = "No document is open. Drop files here, paste a text, or press “Open texts…”. All stays on this device.";

pub const NO_OTHER: &str = "There is no other document";

pub const UNTITLED: &str = "Untitled";

pub fn opened(title: &str) -> String {
    format!("Opened “{title}”")
}

/// Documents were added; `title` is that of the last.
pub fn added(count: usize, title: &str) -> String {
    if count == 1 {
        format!("Added “{title}”")
    } else {
        format!("Added {count} documents")
    }
}

pub fn renamed(title: &str) -> String {
    format!("Renamed to “{title}”")
}

pub fn deleted(title: &str) -> String {
    format!("Deleted “{title}”")
}
