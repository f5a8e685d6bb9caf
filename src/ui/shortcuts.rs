//! The list of keys.

use leptos::prelude::*;

use super::modal::Modal;
use super::{Dialog, Page, button, tag, tagged};

/// Keys and what they do, in the groups they are shown in.
const KEYS: [(&str, &[(&str, &str)]); 3] = [
    (
        "In the article",
        &[
            (
                "Arrow keys",
                "Move the caret; with Ctrl by word, Home and End within the line, with Ctrl to the text’s ends",
            ),
            ("Shift + arrow keys", "Select text"),
            ("Ctrl + A", "Select the whole article"),
            ("Enter", "Select the mark at the caret"),
            ("Tab", "Next mark where several overlap"),
        ],
    ),
    (
        "With text or a mark selected",
        &[
            ("1 to 9", "Tag with a theme, or take it away"),
            ("N", "Write a note"),
            (
                "Alt + Left, Right",
                "Move the mark's start by a word; with Ctrl by a character",
            ),
            ("Alt + Shift + Left, Right", "Move its end"),
            ("Enter", "Attach what is being reviewed"),
            ("Delete", "Delete the mark"),
            ("Escape", "Clear the selection"),
        ],
    ),
    (
        "Everywhere",
        &[
            ("Page up, page down, space", "Scroll the text"),
            ("J, K", "Next and previous mark"),
            ("Ctrl + Z", "Undo"),
            ("Ctrl + Shift + Z, Ctrl + Y", "Redo"),
            ("?", "This list"),
        ],
    ),
];

/// The dialog with the keys.
#[component]
pub(super) fn ShortcutsDialog(page: Page) -> impl IntoView {
    let mut groups = Vec::new();
    for (heading, keys) in KEYS {
        groups.push(tagged("h3", heading));
        let mut rows = Vec::new();
        for (key, does) in keys {
            let key = tag("dt", vec![tagged("kbd", *key)]);
            rows.push(tag("div", vec![key, tagged("dd", *does)]));
        }
        groups.push(tag("dl", rows));
    }
    view! {
        <Modal page heading="Shortcuts" to_read=true>
            {groups}
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
