//! What is said when something was done, or could not be: read out, and shown below the text.

pub fn tagged(theme: &str) -> String {
    format!("Tagged {theme}")
}

pub fn untagged(theme: &str) -> String {
    format!("Untagged {theme}")
}

pub fn already_tagged(theme: &str) -> String {
    format!("Already tagged {theme}")
}

pub fn nothing_to_tag(theme: &str) -> String {
    format!("Nothing is selected. Select some words to tag them {theme}")
}

pub const MARKED: &str = "Marked, without a theme yet";

/// An end of a mark was moved; `words` are those it stands on now.
pub fn marked(words: &str) -> String {
    format!("Marked “{words}”")
}

pub const NOT_MARKED: &str = "Nothing was written, so nothing is marked";
pub const NOTE_KEPT: &str = "The note is kept on a new mark";
pub const DELETED: &str = "Deleted";
pub const ATTACHED: &str = "Attached";
pub const KEPT_AS_LOST: &str = "Kept as lost";
pub const REPLACED: &str = "Replaced the text";
pub const RESTORED: &str = "Restored the earlier version";

pub fn imported(annotations: usize) -> String {
    if annotations == 1 {
        "Imported 1 annotation".into()
    } else {
        format!("Imported {annotations} annotations")
    }
}

// A step was taken back or done again; `document` is the title of the one it was in, where that is
// not the one that was open.

pub fn undid(step: &str, document: Option<&str>) -> String {
    match document {
        Some(title) => format!("Undid {step}: “{title}”"),
        None => format!("Undid {step}"),
    }
}

pub fn redid(step: &str, document: Option<&str>) -> String {
    match document {
        Some(title) => format!("Redid {step}: “{title}”"),
        None => format!("Redid {step}"),
    }
}

/// All that the step had changed has been changed since.
pub fn nothing_left(step: &str, document: Option<&str>) -> String {
    match document {
        Some(title) => format!("Nothing is left of {step}: “{title}”"),
        None => format!("Nothing is left of {step}"),
    }
}

pub const ALL_THERE: &str = "Nothing was changed: it is all there already";
pub const STOPPED: &str = "Stopped; nothing was changed";
pub const CHANGED_SINCE: &str = "Nothing was done, for something has changed since. Try again.";

/// How many marks a search has found.
pub fn found(count: usize) -> String {
    format!("{count} found")
}

/// `unplaced` are marks of which it is not known where they stand, since they were not looked for.
pub fn downloaded(name: &str, unplaced: usize) -> String {
    if unplaced == 0 {
        format!("Downloaded {name}")
    } else {
        format!("Downloaded {name}; not looked for: {unplaced} of its marks")
    }
}

pub const DOWNLOAD_STOPPED: &str = "Stopped; nothing was downloaded";
pub const DOWNLOAD_OTHER: &str = "Another article is open now; nothing was downloaded.";

// Why something can't be done now.
pub const STILL_LOADING: &str = "Your annotations are still being loaded; try again in a moment.";
pub const STILL_WORKING: &str = "Something long is still being done.";
pub const OTHER_ARTICLE: &str = "Another article is open now; try again.";
pub const OTHER_TEXT: &str = "The text is another one now, which is still being read; try again.";

/// Above the text, until a person has passages looked for again.
pub const LOOKING_STOPPED: &str =
    "You have stopped looking for passages, so some marks have no place yet.";
