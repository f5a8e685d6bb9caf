//! The list of marks: its head, its filters, its rows, and what it says when it is empty.

pub const HEADING: &str = "Annotations";
/// Behind the heading and the number of marks: whose they are.
pub const SCOPE: &str = "Of which documents";
pub const IN_DOCUMENT: &str = "in this document";
pub const IN_ALL: &str = "in all documents";
pub const SEARCH_LABEL: &str = "Search annotations";
pub const SEARCH: &str = "Search";

// On a phone the list is a sheet that is opened and closed.
pub const HIDE_LIST: &str = "Hide list";

/// How many marks are listed, of all.
pub fn some_of(listed: usize, all: usize) -> String {
    format!("{listed} of {all}")
}

/// The name of the filters.
pub const FILTERS: &str = "Show";

// Filters beside the themes, each with a number behind it.
pub const ALL: &str = "All";
pub const REVIEW: &str = "Review";

/// Also in the place of a theme's name, in what is printed.
pub const UNTAGGED: &str = "Untagged";

pub const NOTHING_MARKED: &str =
    "Nothing is marked yet. Select some words, then press 1 or choose a theme.";
pub const NOTHING_FOUND: &str = "No annotation holds these words.";
/// The same of all documents: what nobody has opened has not been looked through.
pub const NOTHING_TO_REVIEW_READ: &str =
    "Nothing is left to review in the documents that were opened.";
pub const NOTHING_TO_REVIEW: &str = "Nothing is left to review.";
pub const ALL_TAGGED: &str = "Every mark has a theme.";
pub const SHOW_ALL: &str = "Show all marks";

/// How many marks a search leaves out.
pub fn more_without_search(count: usize) -> String {
    format!("{count} more without the search")
}

/// How many marks a filter leaves out.
pub fn more_under_all(count: usize) -> String {
    format!("{count} more under “All”")
}

/// No mark bears a theme; `digit` is its key, where it has one.
pub fn no_mark(theme: &str, digit: Option<usize>) -> String {
    match digit {
        Some(digit) => {
            format!("No mark bears {theme} yet. Select some words, then press {digit}.")
        }
        None => format!("No mark bears {theme} yet."),
    }
}

/// In the place of a mark's words, where it has none.
pub const NO_QUOTE: &str = "(no quoted words)";

// Why a mark has no place in the text.
pub const GIVEN_UP: &str = "Kept, though not in this text.";
pub const UNRESOLVED: &str = "Still to be looked for.";
pub const UNCERTAIN: &str = "Not placed: it is not sure where these words stand in this text.";
pub const LOST: &str = "Not placed: these words are not in this text.";
