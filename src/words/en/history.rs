//! The history: every moment of the project, the copies of the last days, and how safe both are.

pub const HEADING: &str = "History";
pub const VERSIONS: &str = "Versions";
pub const CHANGED_SINCE: &str = "Another window has changed something since.";
pub const SHOW_THAT_TOO: &str = "Show that too";

/// The reason may be a sentence, or the browser's own words.
pub fn failed(reason: &str) -> String {
    format!("That did not work: {}.", reason.trim_end_matches('.'))
}

pub fn unreadable(reason: &str) -> String {
    format!("This can’t be read: {}.", reason.trim_end_matches('.'))
}

/// On the button of each version.
pub const GO_BACK: &str = "Go back…";

// What was done, in a row of the history. `step` is one of [`steps`](super::steps).

pub fn did(step: &str) -> String {
    let mut letters = step.chars();
    match letters.next() {
        // Steps begin with a letter of English.
        Some(first) => first.to_ascii_uppercase().to_string() + letters.as_str(),
        None => String::new(),
    }
}

pub fn undid(step: &str) -> String {
    format!("Undid {step}")
}

pub fn redid(step: &str) -> String {
    format!("Redid {step}")
}

/// Several, which follow each other.
pub fn undid_changes(count: usize) -> String {
    format!("Undid {count} changes")
}

pub fn redid_changes(count: usize) -> String {
    format!("Redid {count} changes")
}

/// So many marks were made or tagged, three at least.
pub fn marks(count: usize) -> String {
    format!("{count} marks")
}

/// One thing, to one mark, several times.
pub fn in_steps(step: &str, count: usize) -> String {
    did(&format!("{step}, in {count} steps"))
}

/// Moments, latest first.
pub mod versions {
    pub const NOTHING_CHANGED: &str = "Nothing has been changed yet.";
    pub const NAMED_BEFORE: &str = "Earlier ones with a name";
    pub const LATEST: &str = "The latest";
    pub const INTRO: &str =
        "Going back to one of these brings everything as it stood right after it.";
    pub const SHOW_EARLIER: &str = "Show earlier";

    /// On a row of several moments, and in the place of the button that goes back to the last of all.
    pub const SHOW_EACH: &str = "Show each";
    pub const NOW: &str = "now";

    /// Where the open document is another one than the row is about.
    pub fn in_document(title: &str) -> String {
        format!("in “{title}”")
    }

    // Names of buttons and fields for who can't see the row: `when` is its time, `what` was done.

    pub fn go_back(when: &str, what: &str) -> String {
        format!("Go back to {when}, {what}")
    }

    pub fn show_each(when: &str, what: &str) -> String {
        format!("Show each of {what}, {when}")
    }

    pub fn name(when: &str, what: &str) -> String {
        format!("Name {when}, {what}")
    }

    pub fn name_of(when: &str, what: &str) -> String {
        format!("Name of {when}, {what}")
    }

    /// On a button that opens a field, and on the one that closes it.
    pub const NAME: &str = "Name…";
    pub const SAVE_NAME: &str = "Save name";
}

/// The copies of the last days, and the folder that gets them too.
pub mod copies {
    pub const HEADING: &str = "Daily copies";
    pub const NONE_IN_FILE: &str = "The page in one file keeps none: download your annotations.";
    pub const NONE_YET: &str = "None yet. One is made each day on which something has changed, and renewed while it goes on; the last seven are kept.";

    pub fn failing(since: &str, reason: &str) -> String {
        format!("Since {since} none could be made: {reason}.")
    }

    /// Behind the size of a copy whose journal is gone.
    pub fn of_earlier_work(size: &str) -> String {
        format!("{size}, of earlier work")
    }

    /// The name of one that is gone back to.
    pub fn copy_of(when: &str) -> String {
        format!("Copy of {when}")
    }

    pub const DOWNLOAD: &str = "Download";

    pub fn download(when: &str) -> String {
        format!("Download the copy of {when}")
    }

    pub fn go_back(when: &str) -> String {
        format!("Go back to the copy of {when}")
    }

    // Why one can't be had, inside a sentence.
    pub const MADE_ROOM: &str = "this copy has made room for a newer one; open the history again";
    pub const DAMAGED: &str = "this copy is damaged";

    pub const KEEP_IN_FOLDER: &str = "Keep copies in a folder too…";

    /// `last` is when the last one was written there, if one was.
    pub fn go_to(folder: &str, last: Option<&str>) -> String {
        match last {
            Some(last) => format!("Copies go to the folder “{folder}” too, the last on {last}."),
            None => format!("Copies go to the folder “{folder}” too."),
        }
    }

    /// The same, where the browser no longer lets the page write there.
    pub fn went_to(folder: &str, last: Option<&str>) -> String {
        match last {
            Some(last) => format!(
                "Copies went to the folder “{folder}”, the last on {last}; the browser wants to be asked again."
            ),
            None => format!(
                "Copies went to the folder “{folder}”; the browser wants to be asked again."
            ),
        }
    }

    pub fn not_written(reason: &str) -> String {
        format!("The newest could not be written there: {reason}.")
    }

    pub const ALLOW: &str = "Allow it";
    pub const STOP: &str = "Stop that";
}

/// How safe all of it is: sentences that follow each other.
pub mod safety {
    pub const KEPT_HERE: &str = "What you mark is kept by this browser, on this machine only.";
    pub const PROMISED: &str = "It has promised not to clear that by itself.";
    pub const NOT_PROMISED: &str =
        "It may clear that when the disk is nearly full: download your annotations now and then.";

    /// How much of the room there is, as sizes.
    pub fn used(used: &str, all: &str) -> String {
        format!("{used} of {all} are used.")
    }

    pub const ASK: &str = "Ask it to keep everything";
    pub const AGREED: &str = "The browser has agreed.";
    pub const DECLINED: &str = "The browser has declined for now. It often agrees for pages that are visited often, bookmarked or installed.";
}
