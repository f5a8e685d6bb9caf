//! Finding in the open text and in all.

use super::count;

pub const OPEN: &str = "Find in the text";
pub const OPEN_EVERYWHERE: &str = "Find in all documents";

/// In the field.
pub const FIELD: &str = "Words to find";

/// How a hit is tagged from the bar.
pub const HINT: &str = "Escape: back to the text, where the hit is selected; a digit tags it";

/// The same beside the number of the hit.
pub const SHORT_HINT: &str = "Esc, then a digit tags it";

// On buttons; the first of two that go from hit to hit.
pub const BEFORE: &str = "Previous hit";
pub const NEXT: &str = "Next hit";
pub const CASE: &str = "Match case";
pub const CASE_SIGN: &str = "Aa";
pub const WHOLE_SIGN: &str = "“ ”";
pub const WHOLE: &str = "Whole words";
pub const EXPRESSION: &str = "Regular expression";
pub const EVERYWHERE: &str = "All documents";

/// What a button does, with its key if it has one.
pub fn with_key(name: &str, key: &str) -> String {
    if key.is_empty() {
        name.into()
    } else {
        format!("{name} ({key})")
    }
}

pub const NONE: &str = "No hits";

/// How many hits there are, or as many as are counted.
pub fn count(hits: usize, is_cut: bool) -> String {
    let more = if is_cut { "+" } else { "" };
    format!("{}{more}", count::written(hits))
}

/// The same with what is counted.
pub fn hits(hits: usize, is_cut: bool) -> String {
    let noun = if hits == 1 { "hit" } else { "hits" };
    format!("{} {noun}", count(hits, is_cut))
}

/// At which hit one is, by its number from 0.
pub fn at(number: usize, hits: usize, is_cut: bool) -> String {
    format!("{} of {}", count::written(number + 1), count(hits, is_cut))
}

// The list of hits in all documents.

pub const LIST: &str = "Hits in all documents";
pub const CLOSE_LIST: &str = "Close the list";
pub const TYPE_ABOVE: &str = "Type above what to find.";
pub const LIST_HINT: &str =
    "↓ and ↑ show the next hit and the one before, selected in the text: a digit tags it.";

/// Hits in so many documents.
pub fn found(all: usize, is_cut: bool, documents: usize) -> String {
    if all == 0 {
        return NONE.into();
    }
    let documents = count::of(documents, "document", "documents");
    format!("{} in {documents}", hits(all, is_cut))
}

/// What was found so far, while others are still looked through.
pub fn looking(found: &str, looked: usize, documents: usize) -> String {
    format!("{found} so far; {looked} of {documents} documents looked through…")
}

/// Documents whose texts can't be read; nothing where there are none.
pub fn unread(titles: &[std::sync::Arc<str>]) -> String {
    let shown: Vec<&str> = titles.iter().take(3).map(|title| &**title).collect();
    if shown.is_empty() {
        return String::new();
    }
    let names = count::names(&shown, titles.len() - shown.len());
    format!("Not looked through, since the text can’t be read: {names}")
}

// What is wrong with what is looked for.

pub const TOO_LONG: &str = "That is too long to look for: 2,000 letters at most.";
pub const TOO_MUCH: &str =
    "This expression comes to more than can be looked for. Repeat less in it.";

/// Something is wrong with a regular expression, at a character of it that is counted from 1.
pub fn wrong(what: &str, character: usize) -> String {
    format!("Character {character}: {what}.")
}

pub const NOT_UNDERSTOOD: &str = "this is not understood";
pub const CLASS_UNCLOSED: &str = "the bracket [ is not closed";
pub const CLASS_RANGE: &str = "the range runs backwards";
pub const CLASS_WRONG: &str = "this can’t stand in brackets";
pub const ESCAPE_AT_END: &str = "nothing follows the backslash";
pub const ESCAPE_UNKNOWN: &str = "a backslash before this means nothing";
pub const NO_CHARACTER: &str = "this number names no character";
pub const FLAG: &str = "no such switch behind (?";
pub const GROUP_NAME: &str = "the group can’t be named so";
pub const GROUP_UNCLOSED: &str = "the bracket ( is not closed";
pub const GROUP_UNOPENED: &str = "the bracket ) was not opened";
pub const TOO_DEEP: &str = "too many brackets within each other";
pub const REPETITION_COUNT: &str = "the first number is more than the second";
pub const NO_NUMBER: &str = "a number is missing";
pub const REPETITION_UNCLOSED: &str = "the bracket { is not closed";
pub const NOTHING_TO_REPEAT: &str = "there is nothing to repeat before this";
pub const WORD_BOUNDARY: &str = "no such edge of a word behind \\b{";
pub const PROPERTY: &str = "no such kind of character";
pub const BACK_REFERENCE: &str =
    "what a group found can’t be looked for again; for \\1 write it out";
pub const LOOK_AROUND: &str = "looking ahead or behind is not possible here";
pub const BYTES: &str = "this would part characters";

// Why nothing is found.

pub const TEXT_UNREAD: &str = "The text can’t be read.";
pub const TOO_SLOW: &str = "That takes too long. Look for something simpler.";
