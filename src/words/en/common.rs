//! What stands in more than one part of the page.

pub const CANCEL: &str = "Cancel";
pub const CLOSE: &str = "Close";
pub const TRY_AGAIN: &str = "Try again";
pub const UNDO: &str = "Undo";
pub const REDO: &str = "Redo";
pub const KEYS: &str = "Keys";

/// Where a name was to be written, and none was.
pub const NAME_MISSING: &str = "A name is missing.";

/// On a button, and in a menu where the bar has no room for that.
pub const DOWNLOAD_JSON: &str = "Download JSON";

/// On a button that puts a notice off.
pub const LATER: &str = "Later";

/// On a button after which a notice does not come again.
pub const UNDERSTOOD: &str = "Understood";

/// Behind the number of those that are not shown.
pub const MORE: &str = "more";

/// Words of a text or of a person, inside a sentence of the page's own.
pub fn quoted(words: &str) -> String {
    format!("“{words}”")
}
