//! Putting another version of the text in its place.

pub const HEADING: &str = "New version of this text";

pub fn intro(title: &str) -> String {
    format!(
        "Paste another version of “{title}”, or open a file that has it. Before anything changes you see what becomes of your marks."
    )
}

/// The name of the field.
pub const NEW_TEXT: &str = "New text";

/// What file is wanted, for who can't see the button; the button; its tip.
pub const TEXT_FILE: &str = "Text file";
pub const OPEN_FILE: &str = "Open file…";
pub const KINDS: &str = "Text, Markdown, a web page, Word or OpenDocument";

pub const COMPARE: &str = "Compare";
pub const BACK: &str = "Back";
pub const REPLACE: &str = "Replace text";

// What is wrong with the text.
pub const PASTE_FIRST: &str = "Paste the new text first.";
pub const NO_WORDS: &str = "There are no words in it.";
pub const CHANGED_SINCE: &str =
    "The text has been changed in another window since it was compared. Compare it again.";

pub const SAME: &str = "This is the text that is open: nothing would change.";

/// The name of what is shown before it is done.
pub const PREVIEW: &str = "What it would do";

pub fn losing(marks: usize) -> String {
    if marks == 1 {
        "1 mark would lose its place: its words are not in the new text. It stays in the list and in every export. If it is another text and no new version, add it as a document of its own.".into()
    } else {
        format!(
            "{marks} marks would lose their places: their words are not in the new text. They stay in the list and in every export. If it is another text and no new version, add it as a document of its own."
        )
    }
}

/// Beside a box to check.
pub fn known(marks: usize) -> String {
    if marks == 1 {
        "I know that 1 mark loses its place".into()
    } else {
        format!("I know that {marks} marks lose their places")
    }
}

/// Above what becomes of so many.
pub fn of_marks(marks: usize) -> String {
    match marks {
        0 => "There are no marks on this text.".into(),
        1 => "Of 1 mark:".into(),
        _ => format!("Of {marks} marks:"),
    }
}

// What becomes of them, each behind a number. The first has the space between.
pub const KEPT: &str = " kept in their places";
pub const OTHER_WORDS_INSIDE: &str = "of these with other words inside";
pub const MOVED: &str = "moved: their words stand elsewhere now";
pub const FOUND: &str = "found: they had no place before";
pub const UNCERTAIN: &str = "uncertain: say under “Review” where they are";
pub const LOST: &str = "lost: their words are gone. They stay in the list and in every export";

pub const MARKS_THAT_CHANGE: &str = "Marks that change";

/// What becomes of one of these, in a word, before its own words.
pub mod fate {
    pub const REWORDED: &str = "reworded";
    pub const MOVED: &str = "moved";
    pub const FOUND: &str = "found";
    pub const UNCERTAIN: &str = "uncertain";
    pub const LOST: &str = "lost";
}

pub fn changes(count: usize) -> String {
    format!("Changes in the text: {count}")
}

// Before what stood somewhere and before what stands there now; what the eye sees by a line is said
// to the ear.
pub const WAS: &str = " was: ";
pub const NOW: &str = " now: ";
