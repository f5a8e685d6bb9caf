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
pub const MOVE: &str = "Move to folder…";

/// How several documents are chosen.
pub const CHOOSING_HELP: &str = "Control with a press or with Space chooses a document besides, Shift \
    with a press or an arrow key all up to one, Control with A all. Escape lets go.";

/// In the menu, where documents are chosen.
pub fn move_chosen(count: usize) -> String {
    match count {
        1 => "Move the chosen document to folder…".into(),
        _ => format!("Move {count} documents to folder…"),
    }
}

pub fn delete_chosen(count: usize) -> String {
    match count {
        1 => "Delete the chosen document".into(),
        _ => format!("Delete {count} documents"),
    }
}

pub const CHOOSE_SEVERAL: &str = "Choose several";
pub const CHOOSE_NONE: &str = "Choose none";

/// How many are chosen.
pub fn chosen(count: usize, all: usize) -> String {
    format!("{count} of {all} chosen")
}

/// The field that filters the documents, and how it is used.
pub const FILTER: &str = "Filter documents";
pub const FILTER_HELP: &str = "Words of the title or of a field. A field by its name: author:napper, year>2019, date<2020-05, marks>=10. With a hyphen before it, the contrary: -author:napper.";
pub const NOTHING_FOUND: &str = "No document has all of that.";

/// By what documents are sorted.
pub const SORT: &str = "Sort documents";
pub const BY_TITLE: &str = "By title";
pub const BY_OPENED: &str = "Last opened";
pub const BY_ADDED: &str = "Added last";
pub const BY_MARKS: &str = "Most marks";

/// The dialog of a folder, and the button that leads to it.
pub const FOLDER: &str = "Folder";
pub const FOLDER_NAME: &str = "Name";
pub const FOLDER_HELP: &str = "A folder is there as long as a document lies in it.";

pub fn about_folder(name: &str) -> String {
    format!("Rename the folder {name}")
}

/// On the button that takes the documents of a folder out of it.
pub const DISSOLVE: &str = "Take its documents out";

/// The dialog that moves documents.
pub const MOVE_HEADING: &str = "Move to folder";
pub const NO_FOLDER: &str = "No folder";
pub const NEW_FOLDER: &str = "New folder";
pub const MOVE_THERE: &str = "Move there";

/// Where a document can be let go of: out of its folder, or in a new one.
pub const DROP_OUT: &str = "Out of the folder";
pub const DROP_NEW: &str = "New folder…";

/// Beside the pointer, while something is dragged: a document by its title, or how many.
pub fn dragged(what: &str, to: Option<&str>) -> String {
    match to {
        Some("") => format!("{what} → no folder"),
        Some(to) => format!("{what} → {to}"),
        None => what.into(),
    }
}

pub fn moved_one(title: &str, folder: &str) -> String {
    if folder.is_empty() {
        format!("Took “{title}” out of its folder")
    } else {
        format!("Moved “{title}” to {folder}")
    }
}

pub fn moved(count: usize, folder: &str) -> String {
    let documents = super::count::of(count, "document", "documents");
    if folder.is_empty() {
        format!("Took {documents} out of their folders")
    } else {
        format!("Moved {documents} to {folder}")
    }
}

pub fn renamed(folder: &str, name: &str) -> String {
    if name.is_empty() {
        format!("Took the documents out of the folder {folder}")
    } else {
        format!("Renamed the folder {folder} to {name}")
    }
}

pub fn deleted_some(count: usize) -> String {
    format!(
        "Deleted {}",
        super::count::of(count, "document", "documents")
    )
}

/// How many documents a dialog is about.
pub fn documents(count: usize) -> String {
    super::count::of(count, "document", "documents")
}

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
