//! Which rows of a long list stand in the page: those near what is seen of it.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::annotation::AnnotationId;
use crate::browser::{area, px};
use crate::project::Filter;
use crate::session::{ROWS, Session};

/// Rows kept above what is seen.
const ABOVE: usize = 20;

/// The height of a row that was never seen, in pixels, until others were.
const HEIGHT: f64 = 120.0;

/// What decides which rows are shown.
struct Seen {
    filter: Filter,
    search: String,
    selected: Option<AnnotationId>,
}

/// A scrolled list. Room is kept above and below its rows for those that are not there.
#[derive(Clone, Copy)]
pub(super) struct Scroll {
    session: Session,
    body: NodeRef<html::Div>,
    list: NodeRef<html::Ol>,
    /// The mean height of a row, once some have been seen.
    height: StoredValue<Option<f64>>,
    /// A row that has to stay where it is, and its top.
    anchor: StoredValue<Option<(HtmlElement, f64)>, LocalStorage>,
    /// The selected row has to come into view.
    wanted: StoredValue<bool>,
}

impl Scroll {
    pub(super) fn new(session: Session, body: NodeRef<html::Div>, list: NodeRef<html::Ol>) -> Self {
        Self {
            session,
            body,
            list,
            height: StoredValue::new(None),
            anchor: StoredValue::new_local(None),
            wanted: StoredValue::new(false),
        }
    }

    /// Keeps up with the rows, and brings the selected one into view, if it is not; nothing
    /// else moves the list, but that another one begins at its top.
    pub(super) fn follow(self) {
        let session = self.session;
        Effect::new(move |before: Option<Seen>| {
            session.rows.track();
            let now = Seen {
                filter: session.filter.get_untracked(),
                search: session.search.get_untracked(),
                selected: session.selected.get(),
            };
            let (other, selected) = before.map_or((false, now.selected.is_some()), |before| {
                let other = before.filter != now.filter || before.search != now.search;
                (other, before.selected != now.selected)
            });
            if other && let Some(body) = self.body.get_untracked() {
                body.set_scroll_top(0);
            }
            if selected && let Some(number) = now.selected.and_then(|id| session.number_of(id)) {
                let first = session.first_row();
                if number < first || number >= first + ROWS {
                    session.list_from(number.saturating_sub(ABOVE));
                }
                self.wanted.set_value(true);
            }
            // After the rows have been drawn, before they are painted.
            request_animation_frame(move || self.fit());
            now
        });
    }

    /// The list was scrolled: where its rows end near what is seen, others take their place.
    pub(super) fn scrolled(self) {
        let (Some(body), Some(list)) = (self.body.get_untracked(), self.list.get_untracked())
        else {
            return;
        };
        let rows = rows(&list);
        let (Some(top), Some(last)) = (rows.first(), rows.last()) else {
            return;
        };
        let (first, listed) = (
            self.session.first_row(),
            self.session.listed.get_untracked(),
        );
        let seen = area(&body);
        let margin = seen.bottom - seen.top;
        let (top, bottom) = (area(top).top, area(last).bottom);
        let short = (first > 0 && top > seen.top - margin)
            || (first + rows.len() < listed && bottom < seen.bottom + margin);
        if !short {
            return;
        }
        let here = rows.iter().position(|row| area(row).bottom > seen.top);
        let number = match here.filter(|_| top < seen.bottom) {
            Some(at) => {
                let row = &rows[at];
                self.anchor.set_value(Some((row.clone(), area(row).top)));
                first + at
            }
            // The place is far from all that stands there.
            None => ((seen.top - area(&list).top) / self.row_height()).max(0.0) as usize,
        };
        self.session.list_from(number.saturating_sub(ABOVE));
    }

    fn row_height(self) -> f64 {
        self.height.get_value().unwrap_or(HEIGHT)
    }

    /// Keeps room for the rows that are not there, tells those that are their numbers, and
    /// keeps in its place what was in view.
    fn fit(self) {
        let (Some(body), Some(list)) = (self.body.get_untracked(), self.list.get_untracked())
        else {
            return;
        };
        let rows = rows(&list);
        let (first, listed) = (
            self.session.first_row(),
            self.session.listed.get_untracked(),
        );
        for (at, row) in rows.iter().enumerate() {
            // Names and numbers of one's own are never refused.
            let _ = row.set_attribute("aria-setsize", &listed.to_string());
            let _ = row.set_attribute("aria-posinset", &(first + at + 1).to_string());
        }
        if rows.len() == ROWS && self.height.get_value().is_none() {
            let all = area(&rows[ROWS - 1]).bottom - area(&rows[0]).top;
            self.height
                .set_value((all > 0.0).then_some(all / ROWS as f64));
        }
        let below = listed.saturating_sub(first + rows.len());
        for (name, count) in [("padding-top", first), ("padding-bottom", below)] {
            let _ =
                HtmlElement::style(&list).set_property(name, &px(count as f64 * self.row_height()));
        }
        if let Some((row, top)) = self.anchor.try_update_value(Option::take).flatten()
            && row.is_connected()
        {
            let moved = area(&row).top - top;
            body.set_scroll_top(body.scroll_top() + moved.round() as i32);
        }
        if self.wanted.try_update_value(std::mem::take) == Some(true)
            && let Some(id) = self.session.selected.get_untracked()
            && let Ok(Some(row)) = list.query_selector(&format!("[data-id=\"{}\"]", id.0))
        {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            row.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }
}

fn rows(list: &Element) -> Vec<HtmlElement> {
    let mut rows = Vec::new();
    let mut next = list.first_element_child();
    while let Some(row) = next {
        next = row.next_element_sibling();
        rows.push(row.unchecked_into());
    }
    rows
}
