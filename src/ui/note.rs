//! Writing a note.

use leptos::html;
use leptos::prelude::*;

use super::modal::Modal;
use super::{Dialog, NoteOn, Page, press};
use crate::browser;
use crate::query;
use crate::session::Session;

/// A dialog with the passage and its note.
#[component]
pub(super) fn NoteDialog(session: Session, page: Page, on: NoteOn) -> impl IntoView {
    let (quote, note) = match on {
        NoteOn::Passage(_, span) => {
            let quote = session
                .document
                .with_untracked(|document| query::opening(span.of(document.text.text())));
            (quote.to_string(), String::new())
        }
        NoteOn::Mark(id) => session
            .with(|project| {
                let placed = project.live(id)?;
                let row = query::row(project, placed);
                Some((row.quote.to_string(), placed.annotation.note.to_string()))
            })
            .unwrap_or_default(),
    };
    // A draft on a passage that has been marked since is one on the mark.
    let former = match on {
        NoteOn::Passage(..) => None,
        NoteOn::Mark(id) => session.with(|project| {
            let placed = project.live(id)?;
            Some(NoteOn::Passage(
                placed.annotation.target.document,
                placed.span()?,
            ))
        }),
    };
    let is_this = move |other: NoteOn| other == on || Some(other) == former;
    let draft = page.drafts.with_untracked(|drafts| {
        let draft = drafts.iter().rev().find(|(other, _)| is_this(*other));
        draft.map(|(_, words)| words.clone())
    });
    let forget = move || {
        page.drafts
            .update(|drafts| drafts.retain(|(other, _)| !is_this(*other)));
    };
    let shown = draft.unwrap_or_else(|| note.clone());
    let note = StoredValue::new_local(note);
    let field = NodeRef::<html::Textarea>::new();
    let written = move || field.get_untracked().map(|field| field.value());
    // Kept with every letter: the page may be closed as well as the dialog.
    let keep = move || {
        forget();
        if let Some(written) = written().filter(|written| note.with_value(|note| written != note)) {
            page.drafts.update(|drafts| drafts.push((on, written)));
        }
    };
    let warn = move || {
        let kept = page
            .drafts
            .with_untracked(|drafts| drafts.iter().any(|(other, _)| *other == on));
        if kept {
            session.say("The note is not saved; open it again to go on");
        }
    };
    let open = move || {
        session
            .document
            .with_untracked(|document| document.digest.uuid())
    };
    let text = open();
    let save = move || {
        if !session.may_change() {
            return;
        }
        let is_there = match on {
            NoteOn::Mark(id) => session.with(|project| {
                let own = project.live(id);
                own.is_some_and(|own| note.with_value(|note| *note == *own.annotation.note))
            }),
            NoteOn::Passage(..) => open() == text,
        };
        if !is_there {
            if let Ok(Some(wrong)) = browser::document().query_selector("dialog .wrong") {
                wrong.set_text_content(Some(
                    "Another window has changed this. Copy your note, cancel, and look again.",
                ));
            }
            return;
        }
        let note = written().unwrap_or_default();
        forget();
        page.dialog.set(Dialog::None);
        match on {
            NoteOn::Mark(id) => session.note(id, &note),
            NoteOn::Passage(_, span) if !note.trim().is_empty() => {
                session.mark(span, None, note.trim());
            }
            NoteOn::Passage(..) => session.say("An empty note marks nothing"),
        }
    };
    let cancel = move || {
        forget();
        page.dialog.set(Dialog::None);
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        save();
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            save();
        }
    };
    view! {
        <Modal page heading="Note" before_closing=Box::new(warn)>
            <form on:submit=submit>
                <blockquote dir="auto">{quote}</blockquote>
                <textarea
                    node_ref=field
                    aria-label="Note"
                    rows="5"
                    dir="auto"
                    autofocus=true
                    prop:value=shown
                    on:input=move |_| keep()
                    on:keydown=keys
                ></textarea>
                <p class="wrong" role="alert"></p>
                <div class="actions">
                    <button type="button" on:click=press(cancel)>"Cancel"</button>
                    <button type="submit" class="main" title="Ctrl+Enter">"Save note"</button>
                </div>
            </form>
        </Modal>
    }
}
