//! How the page looks: what can be chosen about the text, the panes, what stands above the text, and
//! the outline.

/// In menus.
pub const MENU: &str = "Reading…";

/// The heading of the dialog.
pub const HEADING: &str = "Reading";

pub const SIZE: &str = "Text size";
pub const WIDTH: &str = "Column";
pub const SPACING: &str = "Lines";
pub const FACE: &str = "Letters";
pub const COLOURS: &str = "Colours";

pub const SIZES: [&str; 7] = ["85 %", "100 %", "115 %", "130 %", "150 %", "175 %", "200 %"];
pub const WIDTHS: [&str; 4] = ["Narrow", "Medium", "Wide", "Full"];
pub const SPACINGS: [&str; 3] = ["Tight", "Normal", "Loose"];
pub const FACES: [&str; 2] = ["Serif", "Sans serif"];
pub const SCHEMES: [&str; 4] = ["As the system", "Light", "Sepia", "Dark"];

pub const SMALLER: &str = "Smaller";
pub const LARGER: &str = "Larger";

/// Everything is as it was at first.
pub const RESET: &str = "Reset";

// What makes the panes wider.
pub const LEFT_WIDTH: &str = "Width of documents and themes";
pub const RIGHT_WIDTH: &str = "Width of the marks";

/// The heading above the headings of a text.
pub const OUTLINE: &str = "Outline";

/// Below an outline of which not all is listed.
pub fn more_headings(count: usize) -> String {
    format!("{count} more, farther from here")
}

/// Which document of the list is open.
pub fn place(number: usize, count: usize) -> String {
    format!("{number} of {count}")
}

/// The tip of a button, with its key.
pub fn with_key(name: &str, key: Option<&str>) -> String {
    key.map_or(name.into(), |key| format!("{name} ({key})"))
}
