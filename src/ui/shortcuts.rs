//! The list of keys. Its words are a script of their own (style/shortcuts.js), which comes when
//! they are first asked for.

use leptos::prelude::*;

use super::modal::Modal;
use super::{Dialog, Page, button};

/// The dialog with the keys.
#[component]
pub(super) fn ShortcutsDialog(page: Page) -> impl IntoView {
    view! {
        <Modal page heading="Shortcuts" to_read=true>
            <div class="keys"></div>
            <label class="choice">
                <input
                    type="checkbox"
                    prop:checked=page.single_keys
                    on:change=move |event| page.single_keys.set(event_target_checked(&event))
                />
                "Single-key shortcuts (switch off if you dictate)"
            </label>
            <div class="actions">
                {button("main", "Close", move || page.dialog.set(Dialog::None))}
            </div>
        </Modal>
    }
}
