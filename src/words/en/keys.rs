//! The list of keys, and the names of keys in it and in tips.

/// Beside a box to check.
pub const SINGLE_KEYS: &str = "Keys that only type, such as 1, N and H (switch off if you dictate)";

// Headings.
pub const IN_TEXT: &str = "In the text";
pub const WITH_SUBJECT: &str = "With words selected, or a mark";
pub const EVERYWHERE: &str = "Everywhere";
pub const IN_DOCUMENTS: &str = "In the list of documents";

// What keys do. A line that begins with an ellipsis goes on with the one above it.
pub const MOVE_CARET: &str = "Move the caret; with Shift, select";
pub const BY_WORD: &str = "… by a word";
pub const BY_PARAGRAPH: &str = "… by a paragraph";
pub const TO_LINE_END: &str = "… to the start or the end of the line";
pub const TO_TEXT_END: &str = "… to the start or the end of the text";
pub const HEADING: &str = "Go to the next heading, or back";
pub const SENTENCE: &str = "Select the next sentence, or the one before";
pub const PARAGRAPH: &str = "Select the next paragraph, or the one before";
pub const SELECT_ALL: &str = "Select the whole text";
pub const CHOOSE_AT_CARET: &str = "Choose the mark at the caret";
pub const CHOOSE_OVERLAPPING: &str = "Choose the next mark where several overlap";
pub const TAG: &str = "Tag with a theme, or take it away";
pub const NOTE: &str = "Write a note";
pub const MOVE_START: &str = "Move the start of the mark by a word";
pub const MOVE_END: &str = "Move its end by a word";
pub const BY_CHARACTER: &str = "… by a character";
pub const DELETE: &str = "Delete the mark";
pub const LET_GO: &str = "Let go of what is selected";
pub const SCROLL: &str = "Scroll the text by a page";
pub const NEXT_MARK: &str = "Go to the next mark, or the one before";
pub const NEXT_DOCUMENT: &str = "Open the next document, or the one before";
pub const PALETTE: &str = "Find or do anything";
pub const FIND: &str = "Find in the text; in the field, the browser’s own";
pub const NEXT_HIT: &str = "Go to the next hit, or the one before";
pub const UNDO: &str = "Undo";
pub const REDO: &str = "Redo";
pub const SHOW_KEYS: &str = "Show this list";

// What they do in the list of documents.
pub const BESIDE: &str = "Go to the row above, or below";
pub const AT_END: &str = "… to the first, or the last";
pub const OPEN_DOCUMENT: &str = "Open the document";
pub const FOLD: &str = "Fold the folder, or unfold it";
pub const CHOOSE_BESIDES: &str = "Choose the document besides others, or let go of it";
pub const CHOOSE_UP_TO: &str = "Choose all up to the one above, or below";
pub const MOVE_TO_FOLDER: &str = "Move the document to the folder above, or below";
pub const DESCRIBE: &str = "Title and fields, or the name of the folder";
pub const DELETE_DOCUMENT: &str = "Delete the document";

/// The first and the last of many keys.
pub fn range(first: &str, last: &str) -> String {
    format!("{first} to {last}")
}

/// A key as it is written on keyboards, by its name in the program's table. Those that are not here,
/// such as "Ctrl", "Shift", "Tab", "Home", "Delete" and letters, bear the same name in English.
pub fn cap(name: &str, is_mac: bool) -> &str {
    match (name, is_mac) {
        ("Left", _) => "←",
        ("Right", _) => "→",
        ("Up", _) => "↑",
        ("Down", _) => "↓",
        ("PageUp", false) => "Page up",
        ("PageDown", false) => "Page down",
        ("Ctrl", true) => "⌃",
        ("Alt", true) => "⌥",
        ("Shift", true) => "⇧",
        ("Cmd", true) => "⌘",
        ("Backspace", true) => "⌫",
        ("Escape", true) => "esc",
        (name, _) => name,
    }
}
