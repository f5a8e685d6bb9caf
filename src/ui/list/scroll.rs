//! Which rows of a long list stand in the page: those near what is seen of it.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::super::elements::effect;
use crate::annotation::AnnotationId;
use crate::browser::element::{attribute, style};
use crate::browser::{area, px};
use crate::project::Filter;
use crate::session::{FEW, List, ROWS, Scope, Session};

/// Rows kept above what is seen.
const ROWS_ABOVE: usize = 20;

/// Height of a row until some have been seen, in CSS pixels.
const ROW_HEIGHT: f64 = 72.0;

/// A scrolled list. Room is kept above and below its rows for those that are not there.
#[derive(Clone, Copy)]
pub(super) struct Scroll {
    session: Session,
    body: NodeRef<html::Div>,
    list: NodeRef<html::Ol>,
    state: StoredValue<Rc<RefCell<State>>, LocalStorage>,
}

struct State {
    /// The mean height of a row, once some have been seen.
    height: Option<f64>,
    /// A row that has to stay where it is, and its top.
    anchor: Option<(HtmlElement, f64)>,
    /// The selected row has to come into view.
    wanted: bool,
    scope: Scope,
    filter: Filter,
    search: String,
    selected: Option<AnnotationId>,
}

impl Scroll {
    pub(super) fn new(session: Session, body: NodeRef<html::Div>, list: NodeRef<html::Ol>) -> Self {
        let state = State {
            height: None,
            anchor: None,
            wanted: false,
            scope: Scope::default(),
            filter: Filter::All,
            search: String::new(),
            selected: None,
        };
        Self {
            session,
            body,
            list,
            state: StoredValue::new_local(Rc::new(RefCell::new(state))),
        }
    }

    /// Keeps up with the rows, and brings the selected one into view, if it is not; nothing
    /// else moves the list, but that another one begins at its top.
    pub(super) fn follow(self) {
        let session = self.session;
        effect(move || {
            session.list.track();
            let selected = session.subject.get().mark();
            let filter = session.filter.get_untracked();
            let search = session.search.get_untracked();
            let state = self.state.get_value();
            let mut state = state.borrow_mut();
            let scope = session.scope.get_untracked();
            if (state.scope != scope || state.filter != filter || state.search != search)
                && let Some(body) = self.body.get_untracked()
            {
                body.set_scroll_top(0);
            }
            let goes = state.selected != selected;
            (state.filter, state.search, state.selected) = (filter, search, selected);
            state.scope = scope;
            if goes && let Some(number) = selected.and_then(|id| session.number_of(id)) {
                let rows = |list: &List| list.first..list.first + list.rows.len();
                if !session.list.with_untracked(rows).contains(&number) {
                    session.list_from(number.saturating_sub(ROWS_ABOVE));
                }
                state.wanted = true;
            }
            // After the rows have been drawn, before they are painted.
            request_animation_frame(move || self.fit());
        });
    }

    /// The list was scrolled: where its rows end near what is seen, others take their place.
    pub(super) fn scrolled(self) {
        let state = self.state.get_value();
        let mut state = state.borrow_mut();
        // The list is about to go elsewhere: what is seen now is not what will be.
        if state.wanted {
            return;
        }
        let (Some(body), Some(list)) = (self.body.get_untracked(), self.list.get_untracked())
        else {
            return;
        };
        let rows = rows(&list);
        let (Some(top), Some(last)) = (rows.first(), rows.last()) else {
            return;
        };
        let (first, count) = self.numbers();
        let seen = area(&body);
        let margin = seen.bottom - seen.top;
        let (top, bottom) = (area(top).top, area(last).bottom);
        let short = (first > 0 && top > seen.top - margin)
            || (first + rows.len() < count && bottom < seen.bottom + margin);
        if !short {
            return;
        }
        let here = rows.iter().position(|row| area(row).bottom > seen.top);
        let number = match here.filter(|_| top < seen.bottom) {
            Some(at) => {
                let row = &rows[at];
                state.anchor = Some((row.clone(), area(row).top));
                first + at
            }
            // The place is far from all that stands there.
            None => {
                let height = state.height.unwrap_or(ROW_HEIGHT);
                ((seen.top - area(&list).top) / height).max(0.0) as usize
            }
        };
        drop(state);
        self.session.list_from(number.saturating_sub(ROWS_ABOVE));
    }

    /// The number of the first row that is there, and how many there are in all.
    fn numbers(self) -> (usize, usize) {
        let list = self.session.list;
        list.with_untracked(|list| (list.first, list.count))
    }

    /// Keeps room for the rows that are not there, tells those that are their numbers, and
    /// keeps in its place what was in view.
    fn fit(self) {
        let (Some(body), Some(list)) = (self.body.get_untracked(), self.list.get_untracked())
        else {
            return;
        };
        let state = self.state.get_value();
        let mut state = state.borrow_mut();
        let rows = rows(&list);
        let (first, count) = self.numbers();
        for (at, row) in rows.iter().enumerate() {
            attribute(row, "aria-setsize", &count.to_string());
            attribute(row, "aria-posinset", &(first + at + 1).to_string());
        }
        if rows.len() >= FEW && state.height.is_none() {
            let all = area(&rows[rows.len() - 1]).bottom - area(&rows[0]).top;
            state.height = (all > 0.0).then_some(all / rows.len() as f64);
        }
        let height = state.height.unwrap_or(ROW_HEIGHT);
        let below = count.saturating_sub(first + rows.len());
        let [above, below] = [first, below].map(|count| px(count as f64 * height));
        let room = format!("padding-top:{above};padding-bottom:{below}");
        style(&list, &room);
        if let Some((row, top)) = state.anchor.take()
            && row.is_connected()
        {
            let moved = area(&row).top - top;
            body.set_scroll_top(body.scroll_top() + moved.round() as i32);
        }
        let goes = std::mem::take(&mut state.wanted);
        let wanted = state.selected.filter(|_| goes);
        let wanted = wanted.map(|id| list.query_selector(&format!("[data-id=\"{}\"]", id.0)));
        if let Some(Ok(Some(row))) = wanted {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            row.scroll_into_view_with_scroll_into_view_options(&options);
        }
        drop(state);
        // A window may show more than a few, where there are more.
        if rows.len() < count.min(ROWS) {
            self.scrolled();
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
