//! Parts of the program that are on their way, or did not arrive.

/// In the place of the part.
pub const COMING: &str = "Loading…";

pub const MISSING: &str =
    "This part of Themark could not be loaded. Check the connection, then try again.";

// The headings of a dialog that is not here.
pub const ONE_MOMENT: &str = "One moment";
pub const NOT_LOADED: &str = "Not loaded";

/// Printed, where what prints is on its way.
pub const PRINT_AGAIN: &str =
    "Themark is still being loaded. Close this, and print again in a moment.";

/// In the place of the whole page.
pub fn no_articles(reason: &str) -> String {
    format!("The articles could not be loaded ({reason}). Check the connection, then reload.")
}
