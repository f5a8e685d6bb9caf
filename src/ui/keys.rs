//! Keys that act wherever the focus is.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::reader::{Desk, ends, paging};
use super::{Dialog, NoteOn, Page, modal};
use crate::browser::{self, selection};
use crate::session::Session;

/// Listens for as long as the page lives.
pub(super) fn listen(session: Session, page: Page, desk: Desk) {
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        if !is_command(&event) {
            return;
        }
        let before = browser::focused();
        let acted = if event.alt_key() {
            ends::key(desk, &event)
        } else {
            act(session, page, &event)
        };
        if acted {
            event.prevent_default();
            // What had the focus may go with the act: a list entry, or a button.
            keep_focus(before);
            return;
        }
        // Where nothing has the focus, keys are about the text.
        if before.is_none() && paging::unfocused(desk, &event) {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

/// Whether a key is meant for the page as a whole.
fn is_command(event: &KeyboardEvent) -> bool {
    !(event.default_prevented() || event.is_composing() || in_field(event) || modal::is_open())
}

/// Typing into a field is not a command.
fn in_field(event: &KeyboardEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|element| element.matches("input, textarea, select").unwrap_or(false))
}

/// Carries out what a key asks for; whether it asked for anything.
fn act(session: Session, page: Page, event: &KeyboardEvent) -> bool {
    let key = event.key();
    if event.ctrl_key() || event.meta_key() {
        match (key.to_ascii_lowercase().as_str(), event.shift_key()) {
            ("z", false) => session.undo(),
            ("z", true) | ("y", false) => session.redo(),
            _ => return false,
        }
        return true;
    }
    match key.as_str() {
        "Escape" => {
            if page.attaching.get_untracked().is_some() {
                page.attaching.set(None);
                session.say("Nothing was attached");
            }
            selection::collapse();
            session.passage.set(None);
            session.select(None);
            return true;
        }
        "Delete" => return delete(session),
        _ if !page.single_keys.get_untracked() => return false,
        "?" => page.dialog.set(Dialog::Shortcuts),
        "n" | "N" => return open_note(session, page),
        "j" => return step(session, page, 1),
        "k" => return step(session, page, -1),
        digit => {
            let Some(theme) = digit
                .parse()
                .ok()
                .and_then(|number| session.theme_numbered(number))
            else {
                return false;
            };
            let target = session.passage.get_untracked().is_some()
                || session.selected.get_untracked().is_some();
            if page.attaching.get_untracked().is_some() {
                session.say("Press Enter to attach it here, Escape to leave it");
            } else if target {
                session.tag(theme);
            }
            return target;
        }
    }
    true
}

/// Deletes the selected mark; whether there is one.
pub(super) fn delete(session: Session) -> bool {
    let Some(id) = session.selected.get_untracked() else {
        return false;
    };
    session.delete(id);
    true
}

/// Gives the focus back, once the page has been drawn anew, to what had it. That may be
/// gone: then it goes to the entry that took the place of an entry, or to the one beside it,
/// else to the article, never to nobody.
pub(super) fn keep_focus(before: Option<HtmlElement>) {
    let row = before
        .as_ref()
        .and_then(|element| element.closest("[data-id]").ok().flatten());
    let beside = row.as_ref().and_then(|row| {
        row.next_element_sibling()
            .or_else(|| row.previous_element_sibling())
    });
    let entry = row.and_then(|row| row.get_attribute("data-id"));
    request_animation_frame(move || {
        if browser::focused().is_some() {
            return;
        }
        let page = browser::document();
        let first = |selector: &str| page.query_selector(selector).ok().flatten();
        let next = before
            .map(Element::from)
            .filter(|element| element.is_connected())
            .or_else(|| first(&format!("[data-id=\"{}\"] button", entry?)))
            .or_else(|| beside?.query_selector("button").ok().flatten())
            .or_else(|| first("article"));
        let next = next.and_then(|next| next.dyn_into().ok());
        if let Some(next) = next {
            browser::focus(&next);
        }
    });
}

/// Opens the note of what is selected; whether anything is.
pub(super) fn open_note(session: Session, page: Page) -> bool {
    let on = session
        .passage
        .get_untracked()
        .map(|span| NoteOn::Passage(session.document.get_untracked().id, span))
        .or_else(|| session.selected.get_untracked().map(NoteOn::Mark));
    let Some(on) = on else { return false };
    page.dialog.set(Dialog::Note(on));
    true
}

/// Goes to the next listed mark, or the one before; from none to the first or last.
fn step(session: Session, page: Page, by: isize) -> bool {
    let Some(row) = session.next_row(by) else {
        return false;
    };
    session.say(&format!("“{}”", row.quote));
    session.passage.set(None);
    session.select(Some(row.id));
    page.jump.set(Some(row.id));
    true
}
