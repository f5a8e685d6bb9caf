//! The bar at the top, and its menu.

/// A link that the first press of Tab comes to.
pub const SKIP: &str = "Skip to the text";

/// The program's name.
pub const NAME: &str = "Themark";

/// What file is wanted, for who can't see the menu.
pub const ANNOTATION_FILE: &str = "Annotation file";

/// The name of the menu.
pub const MORE: &str = "More";

/// The tip of the button that downloads.
pub const DOWNLOAD_TIP: &str = "Download the marks of this document";

pub const IMPORT: &str = "Import…";
pub const REPLACE: &str = "New version of this text…";
pub const HISTORY: &str = "History";
pub const PRINT: &str = "Print…";

// How saving stands.
pub const LOADING: &str = "Loading…";
pub const SAVED: &str = "Saved";
pub const SAVING: &str = "Saving…";
pub const NOT_SAVED: &str = "Not saved";

/// The tip of the button that undoes: what it would take back, where there is anything, as
/// [`steps`](super::steps) names it.
pub fn undo(step: Option<&str>, keys: &str) -> String {
    match step {
        Some(step) => format!("Undo {step} ({keys})"),
        None => "Nothing to undo".into(),
    }
}

/// The same of the button that does it again.
pub fn redo(step: Option<&str>, keys: &str) -> String {
    match step {
        Some(step) => format!("Redo {step} ({keys})"),
        None => "Nothing to redo".into(),
    }
}
