//! Scrolling by keys, at once: where an engine takes its time for the way, it is stopped on it
//! by what has to be laid out there.

use leptos::prelude::*;

use super::context::ReaderContext;
use crate::keys::Way;

/// Share of the pane's height that a page is: some lines are seen before and after.
const PAGE_SHARE: f64 = 0.875;

/// Distance that an arrow scrolls, in CSS pixels.
const LINE_HEIGHT: f64 = 40.0;

/// Scrolls by a page.
pub(in crate::ui) fn page(reader: ReaderContext, way: Way) {
    if let Some(pane) = reader.pane.get_untracked() {
        // Whole pixels, so that back is the reverse of on.
        let length = (PAGE_SHARE * f64::from(pane.client_height())).round();
        scroll_by(reader, way, length);
    }
}

/// Scrolls by about a line.
pub(in crate::ui) fn line(reader: ReaderContext, way: Way) {
    scroll_by(reader, way, LINE_HEIGHT);
}

fn scroll_by(reader: ReaderContext, way: Way, length: f64) {
    let by = match way {
        Way::On => length,
        Way::Back => -length,
    };
    if let Some(pane) = reader.pane.get_untracked() {
        pane.scroll_by_with_x_and_y(0.0, by);
    }
}

/// Scrolls to the end of the text, or to its beginning.
pub(in crate::ui) fn scroll_to_end(reader: ReaderContext, way: Way) {
    let pane = reader.pane.get_untracked();
    // A text that is not shown yet has its place already.
    let Some(pane) = pane.filter(|_| !reader.session.blank.get_untracked()) else {
        return;
    };
    // What is laid out there is higher or lower than it was taken to be.
    for _ in 0..2 {
        let to = match way {
            Way::On => pane.scroll_height(),
            Way::Back => 0,
        };
        pane.set_scroll_top(to);
        reader.capture_anchor();
    }
}
