//! What is said about a document: its title and fields.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::dialog::Dialog;
use super::elements::button;
use super::modal::Modal;
use super::page::Page;
use crate::document::{DocumentId, LANGUAGE};
use crate::library::{AUTHOR, DATE, FOLDER, SOURCE};
use crate::session::Session;
use crate::words;

/// The fields that are always offered, and what they are called.
const KNOWN: [(&str, &str); 5] = [
    (AUTHOR, words::document::AUTHOR),
    (DATE, words::document::DATE),
    (SOURCE, words::document::SOURCE),
    (LANGUAGE, words::document::LANGUAGE),
    (FOLDER, words::document::FOLDER),
];

/// What a field is called that every document may have.
pub(super) fn label(name: &str) -> Option<&'static str> {
    let known = KNOWN.iter().find(|(known, _)| *known == name);
    known.map(|(_, label)| *label)
}

/// The dialog.
#[component]
pub(super) fn DocumentDialog(session: Session, page: Page, id: DocumentId) -> impl IntoView {
    let record = session.with(|project| project.record(id).cloned());
    let form = NodeRef::<html::Form>::new();
    let close = move || page.dialog.set(Dialog::None);
    let own = record.clone();
    let said = move |name: &str| {
        let value = own.as_ref().and_then(|own| own.said(name));
        value.map(ToString::to_string).unwrap_or_default()
    };
    let is_known = |name: &str| KNOWN.iter().any(|(known, _)| *known == name);
    let all = record.iter().flat_map(|own| own.fields.iter());
    let others = all.map(|(name, _)| name).filter(|name| !is_known(name));
    let mut names: Vec<String> = KNOWN.iter().map(|(name, _)| (*name).into()).collect();
    names.extend(others.map(ToString::to_string));
    let fields: Vec<AnyView> = names
        .iter()
        .enumerate()
        .map(|(number, name)| {
            let value = said(name);
            let label = label(name).map_or(name.clone(), Into::into);
            view! {
                <label class="field">
                    <span>{label}</span>
                    <input type="text" data-field=name.clone() data-number=number.to_string() dir="auto" prop:value=value />
                </label>
            }
            .into_any()
        })
        .collect();
    let title = record.map(|own| own.title.to_string()).unwrap_or_default();
    let shown_title = title.clone();
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(form) = form.get_untracked() else {
            return;
        };
        if !session.may_change() {
            return;
        }
        let value = |selector: &str| {
            let found = form.query_selector(selector).ok().flatten();
            found
                .and_then(|own| own.dyn_into::<HtmlInputElement>().ok())
                .map(|own| own.value())
        };
        let title = value("[data-title]").unwrap_or_default();
        // Only what was changed here: another window may have changed the rest meanwhile.
        let title = if title == shown_title {
            String::new()
        } else {
            title
        };
        let mut all: Vec<(String, String)> = Vec::new();
        for (number, name) in names.iter().enumerate() {
            let shown = said(name).replace('\n', "");
            let now = value(&format!("[data-number=\"{number}\"]")).unwrap_or_default();
            if now != shown {
                all.push((name.clone(), now));
            }
        }
        let new = value("[data-new-name]").zip(value("[data-new-value]"));
        all.extend(new.filter(|(name, _)| !names.iter().any(|own| own == name.trim())));
        page.dialog.set(Dialog::None);
        session.describe_document(id, &title, &all);
    };
    view! {
        <Modal page heading=words::document::HEADING>
            <form node_ref=form class="fields" on:submit=save>
                <label class="field">
                    <span>{words::document::TITLE}</span>
                    <input type="text" data-title dir="auto" autofocus prop:value=title />
                </label>
                {fields}
                <div class="field">
                    <input type="text" data-new-name aria-label=words::document::NEW_NAME placeholder=words::document::NEW_NAME />
                    <input type="text" data-new-value dir="auto" aria-label=words::document::NEW_VALUE placeholder=words::document::NEW_VALUE />
                </div>
                <div class="actions">
                    {button("", words::common::CANCEL, close)}
                    <button type="submit" class="main">{words::themes::SAVE}</button>
                </div>
            </form>
        </Modal>
    }
}
