//! Writing a note.

/// The name of the field, and what stands in it while it is empty.
pub const NOTE: &str = "Note";

pub const HELP: &str = "Saved as you write. Escape goes back to the text.";

/// Above what another window has written in the same note, with two buttons.
pub const OTHER_WINDOW: &str = "Another window has written:";
pub const KEEP_MINE: &str = "Keep mine";
pub const TAKE_THAT: &str = "Take that";

/// Said where the field is to be left before one of them was pressed.
pub const TWO_WINDOWS: &str = "Two windows have written this note: say which words stay";

pub const NOTHING_SELECTED: &str = "Nothing is selected. Select some words to write a note on them";

/// Above a note, with two buttons.
pub const MARK_DELETED: &str = "The mark of this note has been deleted:";
pub const KEEP: &str = "Keep it on a new mark";
pub const LET_GO: &str = "Let it go";
