//! What is told while the page rests, below everything else.

pub const NO_NETWORK: &str = "There is no network. Themark opens and works without it.";

// A new version.
pub const NEW_VERSION: &str = "A new version of Themark is ready. What you have done stays.";
pub const NEW_ONCE_SAVED: &str =
    "A new version of Themark is ready. Reload once everything is saved.";
pub const NEW_NOT_ALONE: &str =
    "A new version of Themark is ready. Close its other windows, then reload.";
pub const RELOAD: &str = "Reload";

pub fn new_failed(reason: &str) -> String {
    format!("A new version of Themark is ready. It could not be put in use ({reason}). Try again.")
}

// Keeping one's work.

pub fn no_copies(reason: &str) -> String {
    format!(
        "For a day or longer no copy of your work could be kept: {reason}. Download your annotations."
    )
}

/// `day` is that of the last copy.
pub fn work_gone(day: &str) -> String {
    format!(
        "Earlier work that was stored here is gone, but its copies are kept, the last from {day}."
    )
}

pub const SHOW_COPIES: &str = "Show copies";

pub fn nearly_full(percent: i64) -> String {
    format!(
        "{percent} % of the room that this browser gives the page is used. Download your annotations before it is full."
    )
}

pub const NOT_DOWNLOADED: &str = "What you have marked is on this machine only, and this browser has not downloaded it for a week or longer.";

pub const NOT_NOW: &str = "Not now";
