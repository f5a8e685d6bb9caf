//! The text: how keys move in it, what is beside it, and what is said where a key can't go on.

/// Read out when the text gets the focus.
pub const HELP: &str = "Arrow keys move a caret, with Shift they select. H goes to the next heading, Alt with the arrow down selects the next sentence. Question mark lists all keys.";

/// The licence, below the text: "Text: CC BY 4.0, from its source", with a link on its name and one
/// on the last words.
pub const LICENCE: &str = "Text: ";
pub const FROM: &str = ", from ";
pub const ITS_SOURCE: &str = "its source";

/// What leads to a footnote, whose number alone is seen.
pub fn footnote(number: u32) -> String {
    format!("Footnote {number}")
}

/// What leads back from it.
pub fn back_from(number: u32) -> String {
    format!("Back to where footnote {number} is referred to")
}

pub const ENDS_HERE: &str = "The text ends here";
pub const BEGINS_HERE: &str = "The text begins here";
pub const NO_HEADING_BELOW: &str = "There is no heading below";
pub const NO_HEADING_ABOVE: &str = "There is no heading above";

// Where the end of a mark can't be moved.
pub const MARK_FIRST: &str = "Mark the passage first, then move the mark’s ends";
pub const CHOOSE_A_MARK: &str = "Choose a mark to move its ends";
pub const NO_FURTHER: &str = "It can’t go further there";

/// The name of the buttons beside the text.
pub const MARKED_PASSAGES: &str = "Marked passages";

/// The tip of one of them.
pub const IN_PARAGRAPH: &str = "Marks in this paragraph";

/// In the place of themes, in a mark of [`marks`].
pub const NO_THEME: &str = "no theme";

/// The same where it stands alone, beside the pointer.
pub const NO_THEME_ALONE: &str = "No theme";

/// A mark in [`marks`]: its words and its themes.
pub fn mark(words: &str, themes: &str) -> String {
    format!("“{words}”, {themes}")
}

/// "2 marks: “the first words…”, Energy; “others”, no theme".
pub fn marks(count: usize, listed: &[String]) -> String {
    let noun = if count == 1 { "mark" } else { "marks" };
    format!("{count} {noun}: {}", listed.join("; "))
}

/// Marks under the pointer that are not shown beside it.
pub fn more_marks(count: usize) -> String {
    format!("and {count} more")
}
