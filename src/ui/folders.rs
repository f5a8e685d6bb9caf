//! Folders: where documents are to lie, and what a folder is called.

use std::rc::Rc;
use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use super::dialog::Dialog;
use super::elements::{button, missing, name_field, name_in, press, tagged};
use super::modal::Modal;
use super::page::Page;
use crate::document::DocumentId;
use crate::session::Session;
use crate::words;

/// The dialog that moves documents.
#[component]
pub(super) fn MoveDialog(session: Session, page: Page, ids: Vec<DocumentId>) -> impl IntoView {
    let close = move || page.dialog.set(Dialog::None);
    view! {
        <Modal page heading=words::library::MOVE_HEADING>
            {choice(session, ids, Rc::new(close))}
        </Modal>
    }
}

/// The folders that documents can be moved to, and a field for a new one. It is left when they are
/// moved, or not to be.
pub(super) fn choice(session: Session, ids: Vec<DocumentId>, leave: Rc<dyn Fn()>) -> AnyView {
    let said = match ids.as_slice() {
        [id] => session.title_of(*id).to_string(),
        all => words::library::documents(all.len()),
    };
    // Where all of them lie, if they lie together.
    let own = session.folder_of(&ids);
    let ids: Rc<[DocumentId]> = ids.into();
    let go: Rc<dyn Fn(&str)> = {
        let leave = leave.clone();
        Rc::new(move |folder: &str| {
            leave();
            session.move_documents(&ids, folder);
        })
    };
    let mut all = vec![Arc::default()];
    all.extend(session.folders());
    let folder = |name: Arc<str>| {
        let is_here = own.as_ref() == Some(&name);
        let words = if name.is_empty() {
            words::library::NO_FOLDER.into()
        } else {
            name.to_string()
        };
        let go = go.clone();
        view! {
            <li>
                <button type="button" dir="auto" aria-current=is_here.then_some("true") on:click=press(move || go(&name))>
                    {words}
                </button>
            </li>
        }
        .into_any()
    };
    let folders: Vec<AnyView> = all.into_iter().map(folder).collect();
    let field = NodeRef::<html::Input>::new();
    let wrong = RwSignal::new("");
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Some(name) = name_in(field, wrong) {
            go(&name);
        }
    };
    view! {
        {tagged("p", said)}
        <ul class="folders">{folders}</ul>
        <form class="fields" on:submit=save>
            {name_field(words::library::NEW_FOLDER, field, String::new())}
            {missing(wrong)}
            <div class="actions">
                {button("", words::common::CANCEL, move || leave())}
                <button type="submit" class="main">{words::library::MOVE_THERE}</button>
            </div>
        </form>
    }
    .into_any()
}

/// The dialog of a folder's name.
#[component]
pub(super) fn FolderDialog(session: Session, page: Page, name: Arc<str>) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let wrong = RwSignal::new("");
    let close = move || page.dialog.set(Dialog::None);
    let shown = name.to_string();
    let own = name.clone();
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Some(new) = name_in(field, wrong) {
            close();
            session.rename_folder(&own, &new);
        }
    };
    let dissolve = move || {
        close();
        session.rename_folder(&name, "");
    };
    view! {
        <Modal page heading=words::library::FOLDER>
            <form class="fields" on:submit=save>
                {name_field(words::library::FOLDER_NAME, field, shown)}
                {missing(wrong)}
                {tagged("p", words::library::FOLDER_HELP)}
                <div class="actions">
                    {button("", words::library::DISSOLVE, dissolve)}
                    {button("", words::common::CANCEL, close)}
                    <button type="submit" class="main">{words::themes::SAVE}</button>
                </div>
            </form>
        </Modal>
    }
}
