//! What a person must know about how their work is kept: warnings above the text, and the reasons in
//! them. A reason stands inside a sentence, so it begins small and has no full stop.

pub const DOWNLOAD_NOW: &str = "Download now";

/// Gives a file with what could not be read.
pub const DOWNLOAD_THEM: &str = "Download them";

/// Has passages be looked for again.
pub const LOOK_AGAIN: &str = "Look again";

pub fn failed(reason: &str) -> String {
    format!(
        "Your last changes are not saved: {reason}. They are kept while this page is open. Download them before you close it."
    )
}

pub fn off(reason: &str) -> String {
    format!(
        "Nothing is saved in this browser: {reason}. You can go on working; download your annotations before you close the page."
    )
}

pub const MISSING: &str = "Some stored changes are missing: this browser has lost them. Everything else is here; see whether your last work is, and download it.";

pub fn unread(count: usize) -> String {
    format!(
        "{count} stored change(s) could not be read. They are left as they are; everything else is here."
    )
}

pub const CANT_PAINT: &str = "This browser can't paint highlights. Marking works all the same, and every mark is in the list; a current browser shows them in the text, too.";

/// The text of a document can't be shown.
pub fn unreadable_text(title: &str, reason: &str) -> String {
    format!("The text of “{title}” can’t be read ({reason}).")
}

// Reasons.
pub const TEXT_DAMAGED: &str = "it is damaged, or a newer version of Themark wrote it";
pub const TEXT_NOWHERE: &str = "it is not in the store";
pub const WRITTEN_BY_NEWER: &str =
    "it was written by a newer version of Themark; reload to get that";
pub const CLOSED: &str = "another window runs a newer version of Themark, or its data was deleted; download your annotations, then reload";
pub const NO_ANSWER: &str =
    "the browser’s storage does not answer; close other windows of this page, then reload";
pub const NO_DATA: &str = "this browser window keeps no data";
pub const NO_STORE: &str = "there is no store any more";
pub const PAGE_LEFT: &str = "the page was left";
pub const PROGRAM_FAILED: &str = "the program has failed";
pub const NOT_BEGUN: &str = "the page’s first script did not run";

/// Where a browser gives no reason of its own.
pub const UNKNOWN: &str = "an unknown error";

/// `reason` is the browser's.
pub fn cut_off(reason: &str) -> String {
    format!("only some of what is stored could be read ({reason}); reload to try again")
}
