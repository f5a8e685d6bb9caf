//! The projects in this browser.

use super::count::of;

/// The dialog, and what leads to it.
pub const MENU: &str = "Projects…";
pub const HEADING: &str = "Projects";

/// What a project is called that nobody has given a name.
pub const UNNAMED: &str = "My project";

/// The sample, and what brings and throws away.
pub const SAMPLE: &str = "Sample";
pub const TRY_SAMPLE: &str = "Try the sample";
pub const THROW_AWAY: &str = "Throw the sample away";

/// A new project: its name's field, what makes it, and whether it gets the open project's themes.
pub const NEW: &str = "Name of a new project";
pub const MAKE: &str = "Make";
pub const WITH_THEMES: &str = "with the themes of this project";

pub const RENAME: &str = "Rename";
pub const DUPLICATE: &str = "Duplicate";
pub const DELETE: &str = "Delete";
pub const SAVE_NAME: &str = "Save";
pub const NAME: &str = "Name of the project";

/// A project as a file, and what brings one.
pub const DOWNLOAD: &str = "Download";
pub const WITH_HISTORY: &str = "Download with the history";
pub const WRITING: &str = "Writing the project file";
pub const READING: &str = "Reading the project file";
pub const OPEN_FILE: &str = "Open a project file…";
pub const FILE: &str = "Project file";
pub const FILE_TITLE: &str = "A file that “Download” has made here or on another machine";
pub const ADD: &str = "Open as a new project";

/// What a project file holds.
pub fn holds(title: &str, counts: &str, has_history: bool) -> String {
    let history = if has_history {
        "with its history"
    } else {
        "without its history"
    };
    format!("“{title}”: {counts}, {history}.")
}

/// Beside the one that is open.
pub const OPEN_NOW: &str = "open now";

/// Projects that were deleted.
pub const TAKE_OUT: &str = "Put back";
pub const ERASE: &str = "Delete for good";
pub const ERASE_REALLY: &str = "Really: it can’t be brought back";

pub const NOT_SAVED: &str = "Not everything is saved yet. Try again in a moment.";

/// The open project is in the bin.
pub const IN_BIN: &str = "This project is in the bin.";
pub const SHOW: &str = "Show projects";

pub fn bin(count: usize) -> String {
    format!("Bin: {}", of(count, "project", "projects"))
}

pub fn copy_of(title: &str) -> String {
    format!("{title} (copy)")
}

/// Each button names what it is about, for who can't see beside what it stands.
pub fn about(act: &str, title: &str) -> String {
    format!("{act}: {title}")
}

pub fn opened(title: &str) -> String {
    format!("Project: {title}. Show all projects")
}

pub fn counts(documents: usize, marks: usize) -> String {
    format!(
        "{}, {}",
        of(documents, "document", "documents"),
        of(marks, "mark", "marks")
    )
}

pub fn put_by(title: &str) -> String {
    format!("“{title}” is in the bin.")
}
