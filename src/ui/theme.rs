//! A theme as it is shown outside the text: its colour and its line.

use web_sys::Element;

use crate::browser::element::{style, words};
use crate::codebook::{Scheme, Theme};
use crate::layout::line_style;

/// The custom properties that colour an element for a theme, each for light and dark.
pub(super) fn colours(theme: &Theme) -> [(&'static str, String); 2] {
    let tint = |scheme| theme.colour.behind_text(scheme, 0.3);
    let line = |scheme| theme.colour.as_line(scheme);
    [
        ("--tint", Scheme::either(tint)),
        ("--mark", Scheme::either(line)),
    ]
}

/// The theme's name on its tint, underlined as its marks are.
pub(super) fn chip(theme: &Theme, number: usize) -> Element {
    let class = format!("chip line-{}", line_style(number));
    let chip = words("span", &class, &theme.name);
    let rules = colours(theme).map(|(name, value)| format!("{name}:{value}"));
    style(&chip, &rules.join(";"));
    chip
}

/// What a theme is called and which digit tags with it.
pub(super) fn described(theme: &Theme, number: usize) -> String {
    format!("{} ({})", theme.name, number + 1)
}
