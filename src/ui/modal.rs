//! A dialog over the page: takes the focus, gives it back, closes by Escape.

use leptos::html;
use leptos::prelude::*;

use super::keys::keep_focus;
use super::{Dialog, Page, effect};
use crate::browser;

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
    children: Children,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    let before = browser::focused();
    effect(move || {
        if let Some(dialog) = element.get() {
            // It is in the page and not open yet, so there is nothing to refuse.
            let _ = dialog.show_modal();
        }
    });
    on_cleanup({
        let before = send_wrapper::SendWrapper::new(before);
        // As long as the dialog stands in the page, nothing else can take the focus.
        move || keep_focus(before.take())
    });
    let before_closing = StoredValue::new_local(before_closing);
    let close = move || {
        before_closing.with_value(|act| {
            if let Some(act) = act {
                act();
            }
        });
        page.dialog.set(Dialog::None);
    };
    // A press beside the dialog lands on the dialog element itself, its backdrop.
    let beside = move |event: web_sys::PointerEvent| {
        let target = event.target();
        if element
            .get_untracked()
            .is_some_and(|dialog| target.as_ref() == Some(&dialog))
        {
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

/// Whether a dialog is open. The page itself is asked: one that Escape has closed tells so a
/// moment later, and the next key may be quicker.
pub(super) fn is_open() -> bool {
    let open = browser::document().query_selector("dialog[open]");
    open.is_ok_and(|dialog| dialog.is_some())
}
