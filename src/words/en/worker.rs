//! The part of the program that reads files and looks for passages, where it fails.

/// `reason` is the browser's.
pub fn broke_off(reason: &str) -> String {
    format!("The part of Themark that reads files and looks for passages broke off ({reason}).")
}

pub fn not_loaded(reason: &str) -> String {
    format!(
        "The part of Themark that reads files and looks for passages could not be loaded; check the connection ({reason})."
    )
}

/// It was given no more memory.
pub const OUT_OF_MEMORY: &str = "This takes more memory than a page may use. Try it with a smaller file, or with fewer documents.";

/// `what` was not understood: one of those below.
pub fn garbled(what: &str) -> String {
    format!(
        "Themark and its worker do not understand each other ({what}). Reload the page and try again."
    )
}

pub const QUESTION: &str = "a question";
pub const ANSWER: &str = "an answer";
pub const RECORDS: &str = "some records";
pub const TEXT: &str = "a text";
pub const NO_ANNOTATION: &str = "no annotation where one should be";
pub const FEWER_DOCUMENTS: &str = "fewer documents than there should be";
