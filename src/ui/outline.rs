//! The outline of the open document: its headings, the one that is being read among them.

use std::cell::RefCell;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, MouseEvent};

use super::elements::{effect, live, press};
use super::focus::{focus_text, step};
use super::page::Page;
use super::rows::Rows;
use crate::browser::element::{append, attribute, element, style, words as holding};
use crate::browser::{self, memory};
use crate::document::outline::{Heading, heading_of, listed, outline};
use crate::session::Session;
use crate::text;
use crate::words;

/// Under what it is remembered that it is folded.
const FOLDED: &str = "outline folded";

/// Fewer headings are no outline.
const FEWEST: usize = 2;

/// Beginning of a heading that is listed, in bytes at most.
const BYTES: usize = 200;

/// Levels that are set in; deeper ones stand with the last.
const DEEPEST: u8 = 5;

/// A heading as it is listed: its block, its depth, and what it says.
type Row = (usize, u8, String);

/// The outline; nothing is seen of it where there are too few headings.
pub(super) fn drawn(session: Session, page: Page) -> AnyView {
    let rows = StoredValue::new_local(Rows::<Row>::default());
    let list = NodeRef::<html::Ol>::new();
    let is_folded = RwSignal::new(memory::remembered(FOLDED).is_some());
    let headings = Memo::new(move |_| session.document.with(|open| outline(&open.blocks)));
    let current = Memo::new(move |_| {
        let at = page.at.get();
        headings.with(|all| heading_of(all, at))
    });
    let shown = Memo::new(move |_| {
        let current = current.get().unwrap_or_default();
        headings.with(|all| listed(all.len(), current))
    });
    effect(move || {
        let Some(list) = list.get() else { return };
        let own = session.document.get();
        let draw = |all: &Vec<Heading>| -> Vec<Row> {
            let is_shown = !is_folded.get() && all.len() >= FEWEST;
            // Of the document before, some may be left out until the next moment.
            let some = all.get(shown.get()).unwrap_or_default().iter();
            let some = some.filter(|own| {
                is_shown && own.block < session.document.with(|own| own.blocks.len())
            });
            let row = |heading: &Heading| {
                let words = own.blocks[heading.block].span.of(own.text.text());
                let words = text::one_line(&text::opening(words, BYTES));
                (heading.block, heading.depth, words)
            };
            some.map(row).collect()
        };
        let all = headings.with(draw);
        rows.update_value(|rows| rows.show(&list, &all, &draw_row));
    });
    // Of hundreds of rows only two change.
    let marked = StoredValue::new_local(RefCell::new(None::<HtmlElement>));
    effect(move || {
        let Some(list) = list.get() else { return };
        shown.track();
        is_folded.track();
        let block = current
            .get()
            .and_then(|at| headings.with(|all| Some(all.get(at)?.block)));
        let button = rows.with_value(|rows| {
            let own = rows.all().iter().find(|((own, ..), _)| Some(*own) == block);
            let any = own.or(rows.all().first());
            let button =
                any.and_then(|(_, row)| row.first_element_child()?.dyn_into::<HtmlElement>().ok());
            button.map(|button| (button, own.is_some()))
        });
        let before = marked.with_value(RefCell::take);
        if let Some(before) = before {
            // A name of ARIA's is not refused.
            let _ = before.remove_attribute("aria-current");
            before.set_tab_index(-1);
        }
        if let Some((button, is_current)) = button {
            show_in(&list, &button);
            if is_current {
                attribute(&button, "aria-current", "location");
            }
            button.set_tab_index(0);
            marked.with_value(|marked| marked.replace(Some(button)));
        }
    });
    let pressed: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| {
        if let Some((block, ..)) = rows.with_value(|rows| rows.hit(&event).cloned()) {
            page.go_to.set(Some(block));
            page.show_article();
            if page.close_drawer() {
                focus_text();
            }
        }
    });
    let keyed = move |event: KeyboardEvent| {
        let is_held = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
        let key = event.key();
        let edge = |last: bool| {
            let row = rows.with_value(|rows| {
                let all = rows.all();
                let row = if last { all.last() } else { all.first() };
                row.and_then(|(_, row)| row.first_element_child()?.dyn_into::<HtmlElement>().ok())
            });
            if let Some(row) = row {
                browser::focus(&row);
            }
        };
        match key.as_str() {
            _ if is_held => return,
            "ArrowDown" | "ArrowUp" => step(&event, key == "ArrowDown"),
            "Home" | "End" => edge(key == "End"),
            _ => return,
        }
        if let (Some(list), Some(focused)) = (list.get_untracked(), browser::focused()) {
            show_in(&list, &focused);
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let fold = move || {
        is_folded.update(|folded| *folded = !*folded);
        if is_folded.get_untracked() {
            memory::remember(FOLDED, "1");
        } else {
            memory::forget(FOLDED);
        }
    };
    let more = live(move || {
        let left = headings.with(Vec::len) - shown.get().len().min(headings.with(Vec::len));
        (left > 0 && !is_folded.get()).then(|| words::look::more_headings(left))
    });
    view! {
        <div hidden=live(move || headings.with(Vec::len) < FEWEST)>
            <header>
                <h2>
                    <button
                        class="outline-fold"
                        aria-expanded=live(move || (!is_folded.get()).to_string())
                        aria-controls="outline"
                        on:click=press(fold)
                    >
                        {words::look::OUTLINE}
                    </button>
                </h2>
            </header>
            <ol id="outline" class="outline" node_ref=list on:click=pressed on:keydown=keyed></ol>
            <p class="more">{more}</p>
        </div>
    }
    .into_any()
}

fn draw_row((_, depth, words): &Row) -> Element {
    let (item, button) = (element("li", ""), holding("button", "", words));
    attribute(&button, "tabindex", "-1");
    attribute(&button, "title", words);
    let depth = u32::from(*depth.min(&DEEPEST));
    style(
        &button,
        &format!("padding-inline-start:{}px", 16 + 12 * depth),
    );
    append(&item, &button);
    item
}

/// Scrolls the outline, and nothing around it, until one of its buttons is seen.
fn show_in(list: &HtmlElement, button: &HtmlElement) {
    let (top, height) = (button.offset_top(), button.offset_height());
    let (from, room) = (list.scroll_top(), list.client_height());
    if top < from {
        list.set_scroll_top(top - height);
    } else if top + height > from + room {
        list.set_scroll_top(top + 2 * height - room);
    }
}
