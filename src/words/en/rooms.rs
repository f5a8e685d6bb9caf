//! Where one goes to: the rooms in the bar, and the tabs at the foot of a phone's window.

/// What all of them are called together.
pub const LABEL: &str = "Rooms";

pub const TEXT: &str = "Text";
pub const FIND: &str = "Find";
pub const MARKS: &str = "Marks";
pub const THEMES: &str = "Themes";

/// On the button beside its key.
pub const PALETTE: &str = "Find or do…";
