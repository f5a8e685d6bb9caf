//! Themes: what is said when one was changed, and the dialog of one.

/// There is a theme of that name, or none was given.
pub fn is_there(name: &str) -> String {
    if name.is_empty() {
        "A theme needs a name".into()
    } else {
        format!("There is a theme “{name}” already")
    }
}

pub fn added(name: &str) -> String {
    format!("Added the theme {name}")
}

pub fn changed(name: &str) -> String {
    format!("Changed the theme {name}")
}

pub fn deleted(name: &str) -> String {
    format!("Deleted the theme {name}")
}

pub const HEADING: &str = "Theme";
pub const NAME: &str = "Name";
pub const COLOUR: &str = "Colour";
pub const OWN_COLOUR: &str = "A colour of your own";
pub const UP: &str = "Move up";
pub const DOWN: &str = "Move down";
pub const DELETE: &str = "Delete theme";
pub const SAVE: &str = "Save";

/// A colour that is offered, by its number.
pub fn colour(number: usize) -> String {
    format!("Colour {number}")
}

/// How many marks would lose the theme with it.
pub fn loses(count: usize) -> String {
    match count {
        0 => "No mark in the project has this theme.".into(),
        1 => "If you delete it, 1 mark in the project loses this theme, and stays.".into(),
        _ => format!("If you delete it, {count} marks in the project lose this theme, and stay."),
    }
}
