//! The table of all documents: a line a document, a column a field, written and pasted into cell by
//! cell; and what is done with several documents at once.

mod desk;
mod editor;
mod grid;
mod paste;

use std::rc::Rc;
use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use self::desk::{Aside, Desk, back};
use self::grid::Grid;
use super::dialog::Dialog;
use super::elements::{button, button_once, effect, live, part, tagged};
use super::folders;
use super::library::filter_field;
use super::modal::Modal;
use super::page::Page;
use crate::browser;
use crate::document::{DocumentId, Fields};
use crate::library::{self, Column};
use crate::session::Session;
use crate::text::one_line;
use crate::words;

/// The dialog.
#[component]
pub(super) fn TableDialog(session: Session, page: Page) -> impl IntoView {
    let desk = Desk::new(session);
    let grid = Grid::new(desk);
    session.say("");
    // What is undone here is seen here.
    session.stays.set(true);
    on_cleanup(move || session.stays.set(false));
    // The dialog opens first, and gives the focus to what it has first.
    request_animation_frame(move || {
        let _ = desk.active.try_update(|_| ());
    });
    let aside = NodeRef::<html::Div>::new();
    // What is asked below the table is entered at what it is about.
    effect(move || {
        desk.aside.track();
        let Some(aside) = aside.get() else { return };
        request_animation_frame(move || enter(&aside));
    });
    // Back to the table first.
    let key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            desk.leave();
        }
    };
    let shown = part(move || {
        let shown = match desk.aside.get() {
            Aside::None => return None,
            Aside::Paste => paste::field(desk),
            Aside::Preview(pasted) => paste::preview(desk, &pasted),
            Aside::Move(ids) => folders::choice(session, ids, Rc::new(back(desk))),
            Aside::Add => add(desk),
            Aside::Delete(name) => delete(desk, name),
        };
        Some(view! { <div node_ref=aside class="aside" on:keydown=key>{shown}</div> }.into_any())
    });
    let said = live(move || session.said.get().words);
    let count = live(move || {
        session.documents.track();
        let shown = desk.table.with(|table| table.lines.len());
        words::table::shown(shown, session.library().len())
    });
    view! {
        <Modal page heading=words::table::HEADING>
            <div class="desk">
                <div class="tools" hidden=live(move || desk.aside.get() != Aside::None)>
                    {filter_field(desk.sought, || ())}
                    <span class="count">{count}</span>
                    {tools(desk, page)}
                </div>
                {grid.view()}
                {shown}
                <p class="help" role="status">{said}</p>
            </div>
        </Modal>
    }
}

/// Takes the focus to the first field, or else to the last button.
fn enter(aside: &Element) {
    let first = |selector: &str| aside.query_selector(selector).ok().flatten();
    let field = first("input").or_else(|| first("textarea"));
    let field = field.or_else(|| first(".main")).or_else(|| first("button"));
    if let Some(field) = field.and_then(|field| field.dyn_into().ok()) {
        browser::focus(&field);
    }
}

/// What is done with the documents that are selected, and with columns.
fn tools(desk: Desk, page: Page) -> AnyView {
    let session = desk.session;
    let open = move || {
        if let Some(id) = desk.document() {
            page.dialog.set(Dialog::None);
            session.open(id);
        }
    };
    let of_documents = move |act: fn(Desk, Vec<DocumentId>)| {
        move || {
            let ids = untrack(|| desk.documents());
            if !ids.is_empty() {
                act(desk, ids);
            }
        }
    };
    let own = move || match desk.column() {
        Some(Column::Field(name)) if Column::Field(name.clone()).is_own() => Some(name),
        _ => None,
    };
    let delete_column = part(move || {
        let name = own()?;
        Some(button("", words::table::DELETE_COLUMN, move || {
            desk.aside.set(Aside::Delete(name.clone()));
        }))
    });
    let selected = live(move || {
        let count = desk.documents().len();
        (count > 1).then(|| words::table::selected(count))
    });
    view! {
        <span class="count">{selected}</span>
        {button("", words::table::OPEN_DOCUMENT, open)}
        {button("", words::table::MOVE, of_documents(|desk, ids| desk.aside.set(Aside::Move(ids))))}
        {button_once(words::table::DELETE, move || desk.delete())}
        {button("", words::table::PASTE, move || desk.aside.set(Aside::Paste))}
        {button("", words::table::ADD_COLUMN, move || desk.aside.set(Aside::Add))}
        {delete_column}
        {button("", words::common::CLOSE, move || page.dialog.set(Dialog::None))}
    }
    .into_any()
}

/// The name of a new column.
fn add(desk: Desk) -> AnyView {
    let field = NodeRef::<html::Input>::new();
    let wrong = RwSignal::new(String::new());
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let name = field.get_untracked().map(|field| field.value());
        let name = one_line(&name.unwrap_or_default());
        let is_there = desk.table.with_untracked(|table| {
            let mut columns = table.columns.iter();
            columns.any(|own| {
                let is_named = |own: &str| own.to_lowercase() == name.to_lowercase();
                is_named(&Desk::name(own)) || matches!(own, Column::Field(field) if is_named(field))
            })
        });
        if is_there || !Fields::is_name(&name) {
            wrong.set(words::table::is_there(&name));
            return;
        }
        let name: Arc<str> = name.into();
        desk.added.update(|added| added.push(name));
        desk.leave();
    };
    view! {
        <form class="fields" on:submit=save>
            <label class="field">
                <span>{words::table::NEW_COLUMN}</span>
                <input node_ref=field type="text" dir="auto" maxlength="200" />
            </label>
            <p class="wrong" role="alert">{wrong}</p>
            {tagged("p", words::table::COLUMN_HELP)}
            <div class="actions">
                {button("", words::common::CANCEL, back(desk))}
                <button type="submit" class="main">{words::table::ADD}</button>
            </div>
        </form>
    }
    .into_any()
}

/// What goes with a column.
fn delete(desk: Desk, name: Arc<str>) -> AnyView {
    let edits = desk
        .session
        .with(|project| library::delete_column(project, &name));
    let said = words::table::loses(&name, edits.len());
    let words = words::table::delete_column(&name);
    let go = move |_| {
        desk.added.update(|added| added.retain(|own| *own != name));
        desk.leave();
        desk.session.delete_column(&name);
    };
    view! {
        {tagged("p", said)}
        <div class="actions">
            {button("", words::common::CANCEL, back(desk))}
            <button type="button" class="main" on:click=go>{words}</button>
        </div>
    }
    .into_any()
}
