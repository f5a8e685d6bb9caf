//! What documents and themes have in common in the pane.

use leptos::prelude::*;
use web_sys::Element;

use super::super::elements::live;
use crate::browser::element::{append, words as holding};
use crate::words;

/// A heading of the pane.
pub(super) fn heading(name: &'static str) -> AnyView {
    view! { <h2>{name}</h2> }.into_any()
}

/// The field in which documents are sought; `typed` is told when that is something else.
pub(in crate::ui) fn filter_field(sought: RwSignal<String>, typed: impl Fn() + 'static) -> AnyView {
    let input = move |event| {
        sought.set(event_target_value(&event));
        typed();
    };
    view! {
        <input
            type="search"
            aria-label=words::library::FILTER
            placeholder=words::library::FILTER
            title=words::library::FILTER_HELP
            aria-description=words::library::FILTER_HELP
            prop:value=live(move || sought.get())
            on:input=input
        />
    }
    .into_any()
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
