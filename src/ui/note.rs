//! Writing a note.

use leptos::html;
use leptos::prelude::*;

use super::modal::Modal;
use super::{Dialog, NoteOn, Page, press};
use crate::session::Session;

/// A dialog with the passage and its note.
#[component]
pub(super) fn NoteDialog(session: Session, page: Page, on: NoteOn) -> impl IntoView {
    let (quote, note) = match on {
        NoteOn::Passage(span) => {
            let quote = session
                .document
                .with_untracked(|document| span.of(document.text.text()).to_string());
            (quote, String::new())
        }
        NoteOn::Mark(id) => session
            .with(|project| {
                let placed = project.live(id)?;
                let row = crate::query::row(project, placed);
                Some((row.quote.to_string(), row.note.to_string()))
            })
            .unwrap_or_default(),
    };
    let field = NodeRef::<html::Textarea>::new();
    let save = move || {
        let note = field
            .get_untracked()
            .map(|field| field.value())
            .unwrap_or_default();
        page.dialog.set(Dialog::None);
        match on {
            NoteOn::Mark(id) => session.note(id, &note),
            // An empty note on a fresh passage makes nothing.
            NoteOn::Passage(span) if !note.trim().is_empty() => {
                session.mark(span, None, note.trim())
            }
            NoteOn::Passage(_) => {}
        }
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
        <Modal page heading="Note">
            <form on:submit=submit>
                <blockquote dir="auto">{quote}</blockquote>
                <textarea
                    node_ref=field
                    aria-label="Note"
                    rows="5"
                    dir="auto"
                    autofocus=true
                    prop:value=note
                    on:keydown=keys
                ></textarea>
                <div class="actions">
                    <button type="button" on:click=press(move || page.dialog.set(Dialog::None))>"Cancel"</button>
                    <button type="submit" class="main" title="Ctrl+Enter">"Save note"</button>
                </div>
            </form>
        </Modal>
    }
}
