//! The project file: why one can't be read or written, and what is said of one that was.

pub const NO_ARCHIVE: &str = "It is no project file of Themark, or only a piece of one.";
pub const FOREIGN: &str =
    "It is a packed file, but no project of Themark: no “project.json” in it says that it is one.";
pub const DAMAGED: &str =
    "It is damaged or not complete. Get it once more from where it came from.";
pub const LOCKED: &str = "It is locked with a password. Pack what is in it without one.";
pub const PACKED_OTHERWISE: &str = "It is packed in a way that can’t be read here. Unpack it, and pack what is in it as a plain ZIP file.";
pub const TOO_LARGE: &str =
    "There is more in it than can be read at once: 128 MB of one part, or 256 MB in all.";
pub const NEWER: &str = "A newer version of Themark wrote it; reload the page to get that.";

/// The project is too large for a file.
pub const TOO_LARGE_TO_WRITE: &str = "The project is too large for one file: a text, its marks or its history hold more than 128 MB, or all together more than 256 MB.";

/// `part` is a file in it, `reason` why that can't be read, in English.
pub fn unreadable(part: &str, reason: &str) -> String {
    format!("“{part}” in it can’t be read: {reason}.")
}

/// `part` names something by what is no name of it, or says what can't be.
pub fn wrong(part: &str, member: &str, value: &str) -> String {
    format!("“{part}” in it says something that can’t be: “{member}” is “{value}”.")
}

pub fn twice(part: &str, id: &str) -> String {
    format!("“{part}” in it has two records with the same id: {id}.")
}

pub fn other_text(part: &str) -> String {
    format!("“{part}” in it is not the text that it is named after.")
}

// What is said of one that was read or written.

pub const OTHER_STATE: &str =
    "“project.json” in it says something else than the history does. The history was taken.";
pub const NO_HISTORY: &str = "Its history is missing; what is in “project.json” was taken.";
pub const INCOMPLETE: &str =
    "Changes are missing in the middle of its history; what they did is left out.";

pub fn unread(records: usize) -> String {
    let records = super::count::of(records, "record", "records");
    format!("{records} of its history can’t be read; what they did is left out.")
}

pub fn no_text(titles: &[&str], besides: usize) -> String {
    let titles = super::count::names(titles, besides);
    format!("These documents come without their text, which is not there: {titles}.")
}

pub fn others(files: usize) -> String {
    let files = super::count::of(files, "file", "files");
    format!("{files} in it belong to no project of Themark and were left out.")
}
