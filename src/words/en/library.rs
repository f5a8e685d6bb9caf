//! The pane with the documents, and what brings texts in.

/// The heading above the documents.
pub const DOCUMENTS: &str = "Documents";

/// What leads to new texts.
pub const OPEN_TEXTS: &str = "Open texts…";

/// The name of the pane, and of what shows it.
pub const PANE: &str = "Documents and themes";

/// On a small button that leads to new texts.
pub const PLUS: &str = "+ Open";

/// The heading above the themes, and the field for a new one.
pub const THEMES: &str = "Themes";
pub const NEW_THEME: &str = "New theme, then Enter";

/// The menu of the open document.
pub const MENU: &str = "This document";
pub const ABOUT: &str = "Title and fields…";
pub const DUPLICATE: &str = "Duplicate";
pub const DELETE: &str = "Delete";

/// In the text's place, where there is no document.
pub const NONE_OPEN: &str = "No document is open";
pub const NONE: &str =
    "Drop files here, paste a text, or press “Open texts…”. All stays on this device.";

/// Annotations are about a document, and there is none.
pub const OPEN_ONE_FIRST: &str = "Open a text first.";

pub const NO_OTHER: &str = "There is no other document";

pub const UNTITLED: &str = "Untitled";

/// Behind a number of marks, for who can't see where it stands.
pub fn marks(count: usize) -> &'static str {
    if count == 1 { " mark" } else { " marks" }
}

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

/// Documents have another text now; `title` is that of the only one.
pub fn replaced(count: usize, title: &str) -> String {
    if count == 1 {
        format!("“{title}” has a new version now")
    } else {
        format!("{count} documents have a new version now")
    }
}

/// Documents were added, and others have another text now.
pub fn brought(added: usize, replaced: usize) -> String {
    let added = super::count::of(added, "document", "documents");
    let replaced = super::count::of(replaced, "new version", "new versions");
    format!("Added {added}, and {replaced} of others")
}

/// Its title or fields are others.
pub fn described(title: &str) -> String {
    format!("Changed what is said about “{title}”")
}

pub fn deleted(title: &str) -> String {
    format!("Deleted “{title}”")
}
