//! What is printed.

/// On the paper, where it may be incomplete.
pub const STILL_LOADING: &str = "Printed while the page was still loading: marks may be missing.";

// Headings.
pub const NOTES: &str = "Notes";
pub const UNPLACED: &str = "Marks without a sure place";

// In the legend, behind the themes.
pub const NUMBERS: &str = "Bold raised numbers: the notes at the end";
pub const CROWDED: &str =
    "Where more lines meet than there is room for, some share the lowest place";

// Why a mark has no place in the text; there are more in [`list`](super::list).
pub const UNCERTAIN: &str = "It is not sure where these words stand in this text.";
pub const LOST: &str = "These words are not in this text.";

/// A note is cut.
pub fn left_out(characters: usize) -> String {
    format!("The other {characters} characters of this note are not printed.")
}

/// The licence of the text, by its name and its address, and the address that the text is from;
/// nothing where there is neither.
pub fn licence(licence: Option<(&str, &str)>, source: Option<&str>) -> Option<String> {
    Some(match (licence, source) {
        (Some((name, address)), Some(source)) => {
            format!("Text: {name} ({address}), from {source}")
        }
        (Some((name, address)), None) => format!("Text: {name} ({address})"),
        (None, Some(source)) => format!("Text: from {source}"),
        (None, None) => return None,
    })
}
