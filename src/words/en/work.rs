//! What takes long, beside a bar that shows how far it is. An ellipsis follows each.

pub const COMPARING: &str = "Comparing the texts";
pub const READING: &str = "Reading annotations";
pub const WAITING: &str = "Waiting to download";
pub const LOOKING: &str = "Looking for passages";
pub const CHANGING: &str = "Making changes";
pub const UNDOING: &str = "Undoing";
pub const REDOING: &str = "Redoing";

/// The button that ends it.
pub const STOP: &str = "Stop";
