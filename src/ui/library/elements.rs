//! What documents and themes have in common in the pane.

use leptos::prelude::*;
use web_sys::Element;

use crate::browser::element::{append, words as holding};
use crate::words;

/// A heading of the pane.
pub(super) fn heading(name: &'static str) -> AnyView {
    view! { <h2>{name}</h2> }.into_any()
}

/// A number of marks; what it counts is said to who can't see where it stands.
pub(super) fn counted(marks: usize) -> Element {
    let count = holding("span", "count", &marks.to_string());
    append(
        &count,
        &holding("span", "unseen", words::library::marks(marks)),
    );
    count
}
