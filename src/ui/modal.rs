//! A dialog over the page: takes the focus, gives it back, closes by Escape.

use std::cell::RefCell;

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::dialog::Dialog;
use super::elements::{button, effect, tagged};
use super::focus::keep_focus;
use super::page::Page;
use crate::browser;
use crate::words;

/// A modal dialog with a heading.
#[component]
pub(super) fn Modal(
    page: Page,
    heading: &'static str,
    /// Called when it is closed without its own button: by Escape or a press beside it.
    #[prop(optional)]
    before_closing: Option<Box<dyn Fn()>>,
    /// There to be read: the focus goes to the heading, not to a control.
    #[prop(optional)]
    to_read: bool,
    /// The dialog that follows when this one is closed so.
    #[prop(optional)]
    next: Dialog,
    children: Children,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    // One that another dialog has led to gives the focus back where that one got it.
    let before = browser::focused().filter(|element| !is_in_dialog(element));
    if before.is_some() {
        page.before.set_value(before);
    }
    effect(move || {
        if let Some(dialog) = element.get() {
            // It is in the page and not open yet, so there is nothing to refuse.
            let _ = dialog.show_modal();
        }
    });
    // As long as the dialog stands in the page, nothing else can take the focus.
    on_cleanup(move || {
        let before = page.before.get_value();
        if page.dialog.with_untracked(|next| *next == Dialog::None) {
            page.before.set_value(None);
        }
        keep_focus(before);
    });
    let before_closing = StoredValue::new_local(before_closing);
    let next = StoredValue::new(next);
    let close = move || {
        before_closing.with_value(|act| {
            if let Some(act) = act {
                act();
            }
        });
        page.dialog.set(next.get_value());
    };
    // A press beside the dialog lands on the dialog element itself, as does one on its scroll bar.
    let beside = move |event: web_sys::PointerEvent| {
        let target = event.target();
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        if element.get_untracked().is_some_and(|dialog| {
            target.as_ref() == Some(&dialog) && !browser::area(&dialog).contains(x, y)
        }) {
            close();
        }
    };
    // That one has closed is told a moment later. Another may have opened since: it stays.
    let closed = move |_| {
        if !is_open() {
            close();
        }
    };
    view! {
        <dialog node_ref=element aria-labelledby="modal-heading" on:close=closed on:pointerdown=beside>
            <div class="sheet">
                // With nothing to do first, a dialog is read from its top.
                <h2 id="modal-heading" tabindex="-1" autofocus=to_read>{heading}</h2>
                {children()}
            </div>
        </dialog>
    }
}

fn is_in_dialog(element: &web_sys::HtmlElement) -> bool {
    element
        .closest("dialog")
        .is_ok_and(|dialog| dialog.is_some())
}

/// Has the second of two quick presses do nothing to what is behind a dialog that the first has closed:
/// it would select a word there. For as long as the page lasts.
pub(super) fn spare_what_is_behind() {
    let pressed = RefCell::new(None::<web_sys::Node>);
    let options = EventListenerOptions {
        phase: EventListenerPhase::Capture,
        passive: false,
    };
    let press = move |event: &web_sys::Event| {
        let times = event
            .dyn_ref::<web_sys::MouseEvent>()
            .map(|event| event.detail());
        if times.is_none_or(|times| times < 2) {
            pressed.replace(event.target().and_then(|target| target.dyn_into().ok()));
        } else if pressed
            .borrow()
            .as_ref()
            .is_some_and(|node| !node.is_connected())
        {
            event.prevent_default();
        }
    };
    EventListener::new_with_options(&browser::window(), "mousedown", options, press).forget();
}

/// Whether a dialog is open. The page itself is asked: one that Escape has closed tells so a
/// moment later, and the next key may be quicker.
pub(super) fn is_open() -> bool {
    let open = browser::document().query_selector("dialog[open]");
    open.is_ok_and(|dialog| dialog.is_some())
}

/// In the place of a dialog: nothing beside it can be done, as with the dialog itself.
pub(super) fn instead(page: Page, is_missing: bool) -> AnyView {
    let close = move || page.dialog.set(Dialog::None);
    let close = button("", words::common::CLOSE, close);
    let (heading, said, again) = if is_missing {
        let again = move || page.later.fetch();
        let again = button("main", words::common::TRY_AGAIN, again);
        (words::later::NOT_LOADED, words::later::MISSING, Some(again))
    } else {
        (words::later::ONE_MOMENT, words::later::COMING, None)
    };
    view! {
        <Modal page heading>
            {tagged("p", said)}
            <div class="actions">{close} {again}</div>
        </Modal>
    }
    .into_any()
}
