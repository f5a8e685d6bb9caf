//! The list of keys, from the table that the page itself goes by.

use leptos::prelude::*;

use super::dialog::Dialog;
use super::elements::{button, tag, tagged};
use super::modal::Modal;
use super::page::Page;
use crate::browser;
use crate::keys::{Group, listed, of_documents};
use crate::words;

/// Keys that are pressed together.
fn keycaps(key: &str) -> AnyView {
    tag(
        "span",
        key.split(" + ").map(|part| tagged("kbd", part)).collect(),
    )
}

/// The dialog with the keys.
#[component]
pub(super) fn KeysDialog(page: Page) -> impl IntoView {
    let is_mac = browser::is_mac();
    let mut groups: Vec<AnyView> = Vec::new();
    let mut show = |heading, lines: Vec<(Vec<String>, &'static str)>| {
        let lines = lines.into_iter().map(|(keys, does)| {
            let keys = keys.iter().map(|key| keycaps(key)).collect();
            tag("div", vec![tag("dt", keys), tagged("dd", does)])
        });
        groups.push(tagged("h3", heading));
        groups.push(tag("dl", lines.collect()));
    };
    for group in Group::ALL {
        show(group.heading(), listed(group, is_mac).collect());
    }
    show(words::keys::IN_DOCUMENTS, of_documents(is_mac).collect());
    view! {
        <Modal page heading=words::common::KEYS to_read=true>
            <div class="keys">{groups}</div>
            <label class="choice">
                <input
                    type="checkbox"
                    prop:checked=page.single_keys
                    on:change=move |event| page.single_keys.set(event_target_checked(&event))
                />
                {words::keys::SINGLE_KEYS}
            </label>
            <div class="actions">
                {button("main", words::common::CLOSE, move || page.dialog.set(Dialog::None))}
            </div>
        </Modal>
    }
}
