//! How wide the panes beside the text are, and whether the left one is folded.

use std::cell::Cell;

use leptos::html;
use leptos::prelude::*;
use web_sys::{KeyboardEvent, PointerEvent};

use super::elements::{effect, live};
use super::page::{Page, has_room_for_library};
use crate::browser::element::style;
use crate::browser::{self, memory};
use crate::look::{LOOK, PANES, Pane, Panes};
use crate::words;

/// How much wider or narrower a pane gets with a key, in CSS pixels.
const STEP: u32 = 16;

/// Keeps what is said about the page's look under a name, and gives the page the style that all of it
/// comes to.
pub(super) fn keep(name: &str, css: &str) {
    if css.is_empty() {
        memory::forget(name);
    } else {
        memory::remember(name, css);
    }
    let all = [LOOK, PANES].map(|own| {
        // Where nothing can be kept, it is so until the page is left.
        let kept = || memory::remembered(own).unwrap_or_default();
        if own == name { css.to_owned() } else { kept() }
    });
    if let Some(page) = browser::document().document_element() {
        style(&page, &all.join(";"));
    }
}

fn kept() -> Panes {
    Panes::read(&memory::remembered(PANES).unwrap_or_default())
}

/// Keeps whether the pane with documents and themes is folded, where it stands beside the text.
pub(super) fn remember_fold(page: Page) {
    effect(move || {
        let is_folded = !page.library.get();
        let panes = kept();
        if has_room_for_library() && panes.is_folded != is_folded {
            keep(PANES, &Panes { is_folded, ..panes }.css());
        }
    });
}

/// What makes the panes wider: by dragging, or by keys. A double press gives a pane its usual width.
pub(super) fn separators() -> AnyView {
    vec![separator(Pane::Left), separator(Pane::Right)].into_any()
}

fn separator(pane: Pane) -> AnyView {
    let (class, label, selector) = match pane {
        Pane::Left => ("separator left", words::look::LEFT_WIDTH, ".library"),
        Pane::Right => ("separator right", words::look::RIGHT_WIDTH, ".panel"),
    };
    let (least, most) = pane.range();
    let now = move || {
        let element = browser::document().query_selector(selector).ok().flatten();
        element.map_or(least, |element| {
            browser::area(&element).width().round() as u32
        })
    };
    let width = RwSignal::new(now());
    let set = move |wanted: Option<u32>| {
        keep(PANES, &kept().with(pane, wanted).css());
        width.set(now());
    };
    let own = NodeRef::<html::Div>::new();
    // Where it was taken hold of, and how wide the pane was then.
    let held = StoredValue::new_local(Cell::new(None::<(i32, u32)>));
    let pressed = move |event: PointerEvent| {
        if let Some(own) = own.get_untracked().filter(|_| event.button() == 0) {
            // No text is selected on the way.
            event.prevent_default();
            browser::focus(&own);
            // The pointer is there, so there is nothing to refuse.
            let _ = own.set_pointer_capture(event.pointer_id());
            held.with_value(|held| held.set(Some((event.client_x(), now()))));
        }
    };
    let moved = move |event: PointerEvent| {
        if let Some((x, wide)) = held.with_value(Cell::get) {
            let by = event.client_x() - x;
            let by = if pane == Pane::Left { by } else { -by };
            set(Some(wide.saturating_add_signed(by)));
        }
    };
    let let_go = move |_| held.with_value(|held| held.set(None));
    let keyed = move |event: KeyboardEvent| {
        let is_held = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
        let wide = now();
        let wanted = match event.key().as_str() {
            _ if is_held => return,
            "ArrowRight" if pane == Pane::Left => Some(wide + STEP),
            "ArrowLeft" if pane == Pane::Right => Some(wide + STEP),
            "ArrowLeft" | "ArrowRight" => Some(wide.saturating_sub(STEP)),
            "Home" => Some(least),
            "End" => Some(most),
            "Enter" => None,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        set(wanted);
    };
    view! {
        <div
            node_ref=own
            class=class
            role="separator"
            tabindex="0"
            aria-orientation="vertical"
            aria-label=label
            aria-valuemin=least.to_string()
            aria-valuemax=most.to_string()
            aria-valuenow=live(move || width.get().clamp(least, most).to_string())
            on:pointerdown=pressed
            on:pointermove=moved
            on:pointerup=let_go
            on:pointercancel=let_go
            on:dblclick=move |_| set(None)
            on:keydown=keyed
        ></div>
    }
    .into_any()
}
