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
    let draft = page
        .draft
        .get_untracked()
        .and_then(|(other, draft)| (other == on).then_some(draft));
    let shown = draft.unwrap_or_else(|| note.clone());
    let field = NodeRef::<html::Textarea>::new();
    let written = move || field.get_untracked().map(|field| field.value());
    let keep = move || {
        if let Some(written) = written().filter(|written| *written != note) {
            page.draft.set(Some((on, written)));
            session.say("The note is not saved; open it again to go on");
        }
    };
    let save = move || {
        let note = written().unwrap_or_default();
        page.draft.set(None);
        page.dialog.set(Dialog::None);
        match on {
            NoteOn::Mark(id) => session.note(id, &note),
            // An empty note on a fresh passage makes nothing.
            NoteOn::Passage(span) if !note.trim().is_empty() => {
                session.mark(span, None, note.trim());
            }
            NoteOn::Passage(_) => {}
        }
    };
    let cancel = move || {
        page.draft.set(None);
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
        <Modal page heading="Note" before_closing=Box::new(keep)>
            <form on:submit=submit>
                <blockquote dir="auto">{quote}</blockquote>
                <textarea
                    node_ref=field
                    aria-label="Note"
                    rows="5"
                    dir="auto"
                    autofocus=true
                    prop:value=shown
                    on:keydown=keys
                ></textarea>
                <div class="actions">
                    <button type="button" on:click=press(cancel)>"Cancel"</button>
                    <button type="submit" class="main" title="Ctrl+Enter">"Save note"</button>
                </div>
            </form>
        </Modal>
    }
}
