//! Where the focus goes.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use crate::browser;

/// Takes the focus to the text.
pub(super) fn focus_text() {
    let article = browser::document().query_selector("article").ok().flatten();
    if let Some(article) = article.and_then(|article| article.dyn_into().ok()) {
        browser::focus(&article);
    }
}

/// Gives the focus back, once the page has been drawn anew, to what had it. That may be
/// gone: then it goes to the entry that took the place of an entry, or to the one beside it,
/// else to the article, never to nobody.
pub(super) fn keep_focus(before: Option<HtmlElement>) {
    let row = before
        .as_ref()
        .and_then(|element| element.closest("[data-id]").ok().flatten());
    let beside = row.as_ref().and_then(|row| {
        row.next_element_sibling()
            .or_else(|| row.previous_element_sibling())
    });
    let entry = row.and_then(|row| row.get_attribute("data-id"));
    request_animation_frame(move || {
        if browser::focused().is_some() {
            return;
        }
        let page = browser::document();
        let first = |selector: &str| page.query_selector(selector).ok().flatten();
        let next = before
            .map(Element::from)
            .filter(|element| element.is_connected())
            .or_else(|| first(&format!("[data-id=\"{}\"] button", entry?)))
            .or_else(|| beside?.query_selector("button").ok().flatten())
            .or_else(|| first("article"));
        let next = next.and_then(|next| next.dyn_into().ok());
        if let Some(next) = next {
            browser::focus(&next);
        }
    });
}

/// Takes the focus to the first element that a selector finds.
pub(super) fn focus_first(selector: &str) {
    let found = browser::document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // One below the edge comes into view.
        let _ = element.focus();
    }
}

/// A row's first button.
pub(super) fn button_in(row: &Element) -> Option<HtmlElement> {
    let button = row.query_selector("button").ok().flatten();
    button?.dyn_into().ok()
}

/// Takes the focus from a list's row to the next one's button, or to that of the one before.
pub(super) fn step(event: &KeyboardEvent, is_on: bool) {
    let own = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let mut next = own.and_then(|own| own.closest("li, [role=row]").ok().flatten());
    while let Some(item) = next {
        next = if is_on {
            item.next_element_sibling()
        } else {
            item.previous_element_sibling()
        };
        if let Some(button) = next.as_ref().and_then(button_in) {
            browser::focus(&button);
            // Taking the focus scrolls nothing.
            browser::element::show(&button);
            return;
        }
    }
}
