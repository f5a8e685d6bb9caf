//! Scrolling by keys, at once: where an engine takes its time for the way, it is stopped on it
//! by what has to be laid out there.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::desk::Desk;
use crate::browser::document;

/// How much of the pane a page is: some lines are seen before and after.
const PAGE: f64 = 0.875;

/// How far an arrow goes, in pixels.
const LINE: f64 = 40.0;

/// Scrolls by a page, if the key asks for that.
pub(super) fn page(desk: Desk, event: &KeyboardEvent) -> bool {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return false;
    }
    let pages = match (event.key().as_str(), event.shift_key()) {
        ("PageDown", _) | (" ", false) => PAGE,
        ("PageUp", _) | (" ", true) => -PAGE,
        _ => return false,
    };
    if let Some(pane) = desk.pane.get_untracked() {
        let height = f64::from(pane.client_height());
        pane.scroll_by_with_x_and_y(0.0, pages * height);
    }
    true
}

/// Scrolls where nothing has the focus: then the text is what a key is about, unless the
/// pointer rests on the list, which engines scroll themselves.
pub(in crate::ui) fn unfocused(desk: Desk, event: &KeyboardEvent) -> bool {
    let on_list = document().query_selector(".panel:hover");
    if event.alt_key() || matches!(on_list, Ok(Some(_))) {
        return false;
    }
    let control = event.ctrl_key() || event.meta_key();
    let by = match (event.key().as_str(), control || event.shift_key()) {
        ("Home" | "End", _) if !event.shift_key() => {
            scroll_to_end(desk, event.key() == "End");
            return true;
        }
        ("ArrowDown", false) => LINE,
        ("ArrowUp", false) => -LINE,
        _ => return page(desk, event),
    };
    if let Some(pane) = desk.pane.get_untracked() {
        pane.scroll_by_with_x_and_y(0.0, by);
    }
    true
}

/// Scrolls to the end of the text, or to its beginning.
pub(super) fn scroll_to_end(desk: Desk, end: bool) {
    let pane = desk.pane.get_untracked();
    // A text that is not shown yet has its place already.
    let Some(pane) = pane.filter(|_| !desk.session.blank.get_untracked()) else {
        return;
    };
    // What is laid out there is higher or lower than it was taken to be.
    for _ in 0..2 {
        pane.set_scroll_top(if end { pane.scroll_height() } else { 0 });
        desk.settle();
    }
}
