//! Saying where a passage is that was not found for sure.

/// The name of what can be said.
pub const WHERE: &str = "Where is this passage?";

/// A place that is likely: the words before it; then come its own; then the words behind it, and how
/// alike it is to what was described.
pub fn before(words: &str) -> String {
    format!("…{words}")
}

pub fn behind(words: &str, percent: u8) -> String {
    format!("{words}… {percent} %")
}

pub const SHOW: &str = "Show it";
pub const HERE: &str = "It is here";
pub const SELECT: &str = "Select it myself";
pub const KEEP_AS_LOST: &str = "Keep as lost";
pub const ATTACH_HERE: &str = "Attach here";

/// `words` are those of the mark.
pub fn how_to_attach(words: &str) -> String {
    format!("Select the passage in the article for “{words}”, then press Enter or “Attach here”")
}

pub const PRESS_ENTER: &str = "Press Enter to attach it here";

/// Said to a key that would do something else with the passage.
pub const ENTER_OR_ESCAPE: &str = "Press Enter to attach it here, Escape to leave it";

pub const NOTHING_ATTACHED: &str = "Nothing was attached";
