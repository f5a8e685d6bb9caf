//! Going back to an earlier version, and what that would do.

pub const HEADING: &str = "Restore this version";
pub const RESTORE: &str = "Restore";

// What is said of the version first; `{}` is its name.
pub const IS_NOW: &str = "“{}” is what is here now.";
pub const CAN_BE: &str = "“{}” can be restored. Undo takes that back.";

/// Behind the number `then`, of marks.
pub fn then_and_now(then: usize, now: usize) -> String {
    let noun = if then == 1 { "mark" } else { "marks" };
    format!("{noun} then, {now} now")
}

// What would happen, each behind a number: of marks, of texts, of records.
pub const COME_BACK: &str = "would come back";
pub const CHANGED_BACK: &str = "would be changed back";
pub const GO: &str = "made since would go";
pub const DOCUMENTS_BACK: &str = "of the documents would come back";
pub const DOCUMENTS_GONE: &str = "of the documents would go";
pub const DOCUMENTS_DESCRIBED: &str = "of the documents would get their title or fields back";
pub const TEXTS: &str = "of the texts would be changed back";
pub const UNREAD: &str = "of its records can’t be read; what they did is left out";

/// One of the first three, with the passages of some of these marks, in quotation marks; and whether
/// there are more.
pub fn with_passages(what: &str, passages: &[String], has_more: bool) -> String {
    let rest = if has_more { ", …" } else { "" };
    format!("{what}: {}{rest}", passages.join(", "))
}

pub const INCOMPLETE: &str = "Records are missing in its middle; what they did is left out.";

// Why there is nothing to go back to.
pub const NEWER: &str = "A newer version of Themark wrote it; reload the page to get that.";
pub const NO_RECORDS: &str = "It holds no records of Themark’s journal.";
