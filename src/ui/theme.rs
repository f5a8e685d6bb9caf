//! A theme as it is shown outside the text: its colour and its line.

use leptos::prelude::*;

use crate::codebook::{Scheme, Theme};
use crate::layout::line_style;

/// The custom properties that colour an element for a theme, light and dark; the
/// style sheet takes the pair that fits.
pub(super) fn colours(theme: &Theme) -> [(&'static str, String); 4] {
    let tint = |scheme| theme.colour.behind_text(scheme, 0.3).to_string();
    let line = |scheme| theme.colour.as_line(scheme).to_string();
    [
        ("--tint-light", tint(Scheme::Light)),
        ("--tint-dark", tint(Scheme::Dark)),
        ("--line-light", line(Scheme::Light)),
        ("--line-dark", line(Scheme::Dark)),
    ]
}

/// The theme's name on its tint, underlined as its marks are.
#[component]
pub(super) fn Chip(theme: Theme, number: usize) -> impl IntoView {
    let [tint_light, tint_dark, line_light, line_dark] = colours(&theme);
    view! {
        <span
            class=format!("chip line-{}", line_style(number))
            style:--tint-light=tint_light.1
            style:--tint-dark=tint_dark.1
            style:--line-light=line_light.1
            style:--line-dark=line_dark.1
        >
            {theme.name.to_string()}
        </span>
    }
}
