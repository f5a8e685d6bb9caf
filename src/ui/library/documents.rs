//! The documents in the pane: filtered and sorted, in folders that fold, dragged from one to another.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, MouseEvent};

use super::super::dialog::Dialog;
use super::super::elements::{button, effect, live, part};
use super::super::focus::{focus_text, step};
use super::super::menu::{Item, Menu};
use super::super::page::Page;
use super::super::rows::Rows;
use super::drag::Drag;
use super::elements::{filter_field, heading};
use super::row::{Drawn, Row, count, draw, in_folders, set_current};
use crate::browser;
use crate::document::DocumentId;
use crate::library::{Listed, Sort};
use crate::session::Session;
use crate::words;

/// Documents above which they can be filtered and sorted.
const FEW: usize = 7;

/// Rows that are drawn at first, and as many more each time that their end comes near.
const ROWS: usize = 100;

/// How near the end of the rows comes before more are drawn, in CSS pixels.
const NEAR: i32 = 600;

/// The documents.
pub(super) fn drawn(session: Session, page: Page) -> AnyView {
    let rows: Drawn = StoredValue::new_local(Rows::default());
    let list = NodeRef::<html::Ul>::new();
    let sought = RwSignal::new(String::new());
    let most = RwSignal::new(ROWS);
    let counts = RwSignal::new((0_usize, 0_usize));
    let drag = Drag::new(session, page, rows, list);
    effect(move || {
        let Some(list) = list.get() else { return };
        session.documents.track();
        let open = session.document.with(|open| open.id());
        let folded = session.folded.get();
        let words = sought.get();
        let all = session.library();
        let is_sought = !words.trim().is_empty();
        let found = if is_sought {
            session.sought(&words).into()
        } else {
            all.clone()
        };
        counts.set((found.len(), all.len()));
        // What is sought is shown wherever it lies.
        let is_folded = |name: &Arc<str>| !is_sought && folded.contains(name);
        let all = in_folders(&found, &is_folded, most.get());
        rows.update_value(|rows| {
            rows.show(&list, &all, &draw);
            // An element that is drawn anew would lose the focus.
            for (row, element) in rows.all() {
                set_current(element, row.id() == Some(open));
            }
            count_all(session, rows);
        });
    });
    // The numbers alone, of what is drawn: a mark that is made costs no more.
    effect(move || {
        session.counts.track();
        rows.with_value(|rows| count_all(session, rows));
    });
    let pressed: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| {
        if drag.was_on() {
            return;
        }
        match rows.with_value(|rows| rows.hit(&event).cloned()) {
            Some(Row::Document(own)) => {
                session.open(own.id);
                if page.close_drawer() {
                    focus_text();
                }
            }
            Some(Row::Folder(name, ..)) if is_on(&event, ".about-folder") => {
                page.open(Dialog::Folder(name));
            }
            Some(Row::Folder(name, _, is_folded)) => fold(session, list, &name, !is_folded),
            None => {}
        }
    });
    let keyed = move |event: KeyboardEvent| {
        if let Some(row) = rows.with_value(|rows| rows.hit(&event).cloned())
            && key(session, page, list, &row, &event)
        {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    let scrolled = move |_| {
        if let Some(list) = list.get_untracked()
            && list.scroll_height() - list.scroll_top() - list.client_height() < NEAR
            && rows.with_value(|rows| rows.all().len()) >= most.get_untracked()
        {
            most.update(|most| *most += ROWS);
        }
    };
    let number = live(move || counts.get().1.to_string());
    let some = live(move || {
        let (found, all) = counts.get();
        match found {
            _ if found == all => String::new(),
            0 => words::library::NOTHING_FOUND.into(),
            _ => words::list::some_of(found, all),
        }
    });
    view! {
        <header>
            {heading(words::library::DOCUMENTS)}
            <span class="count">{number}</span>
            {button("add", words::library::PLUS, move || page.open(Dialog::Texts))}
            <Menu
                label=words::library::MENU
                class="icon"
                sign="⋯"
                items=Box::new(move || items(session, page))
            />
        </header>
        {finding(session, sought, most, counts)}
        <p class="more" role="status">{some}</p>
        <ul
            class="documents"
            node_ref=list
            on:click=pressed
            on:keydown=keyed
            on:scroll=scrolled
            on:pointerdown=move |event| drag.begin(&event)
            on:pointermove=move |event| drag.go_on(&event)
            on:pointerup=move |event| drag.end(&event)
            on:pointercancel=move |_| drag.call_off()
            on:contextmenu=move |event| drag.menu(&event)
        ></ul>
        {drag.places()}
    }
    .into_any()
}

/// Has each row say how many marks its document bears.
fn count_all(session: Session, rows: &Rows<Row>) {
    for (row, element) in rows.all() {
        if let Some(id) = row.id() {
            count(element, session.marks_of(id));
        }
    }
}

/// The fields that filter and sort, once there are some documents.
fn finding(
    session: Session,
    sought: RwSignal<String>,
    most: RwSignal<usize>,
    counts: RwSignal<(usize, usize)>,
) -> AnyView {
    let is_wanted = Memo::new(move |_| {
        let (_, all) = counts.get();
        all > FEW || sought.with(|words| !words.is_empty())
    });
    let sorted = move |event| session.sort_by(Sort::named(&event_target_value(&event)));
    let view = move || {
        let options: Vec<AnyView> = Sort::ALL
            .into_iter()
            .map(|own| {
                let words = match own {
                    Sort::Title => words::library::BY_TITLE,
                    Sort::Opened => words::library::BY_OPENED,
                    Sort::Added => words::library::BY_ADDED,
                    Sort::Marks => words::library::BY_MARKS,
                };
                view! { <option value=own.name() selected=own == session.sort.get_untracked()>{words}</option> }
                    .into_any()
            })
            .collect();
        view! {
            <div class="finding">
                {filter_field(sought, move || most.set(ROWS))}
                <select aria-label=words::library::SORT on:change=sorted>
                    {options}
                </select>
            </div>
        }
        .into_any()
    };
    part(move || is_wanted.get().then(view)).into_any()
}

/// What is done with the open document, and with all.
fn items(session: Session, page: Page) -> Vec<Item> {
    let texts = Item::new(words::library::OPEN_TEXTS, move || page.open(Dialog::Texts));
    let open = session.document.with_untracked(|open| open.id());
    if session.has_none_open() {
        return vec![texts];
    }
    vec![
        texts,
        Item::new(words::table::OPEN, move || page.open(Dialog::Table)),
        Item::new(words::library::ABOUT, move || {
            page.open(Dialog::Document(open));
        }),
        Item::new(words::library::MOVE, move || page.open(Dialog::Move(open))),
        Item::new(words::bar::REPLACE, move || {
            page.open(Dialog::Replace(None))
        }),
        Item::new(words::library::DUPLICATE, move || {
            session.duplicate_document(open)
        }),
        Item::new(words::library::DELETE, move || {
            session.delete_document(open)
        }),
    ]
}

/// What a key does that is pressed in a row; whether anything.
fn key(
    session: Session,
    page: Page,
    list: NodeRef<html::Ul>,
    row: &Row,
    event: &KeyboardEvent,
) -> bool {
    let key = event.key();
    let held = (
        event.alt_key() && event.shift_key(),
        event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key(),
    );
    let is_on = key == "ArrowDown";
    match (held, key.as_str(), row) {
        ((true, _), "ArrowDown" | "ArrowUp", Row::Document(own)) => {
            if let Some(next) = folder_beside(session, own, is_on) {
                session.move_documents(&[own.id], &next);
                focus_later(list, own.id);
            }
        }
        ((_, true), ..) => return false,
        (_, "ArrowDown" | "ArrowUp", _) => step(event, is_on),
        (_, "F2", Row::Document(own)) => page.open(Dialog::Document(own.id)),
        (_, "F2", Row::Folder(name, ..)) => page.open(Dialog::Folder(name.clone())),
        (_, "ArrowLeft", Row::Folder(name, _, false)) => fold(session, list, name, true),
        (_, "ArrowRight", Row::Folder(name, _, true)) => fold(session, list, name, false),
        (_, _, Row::Document(own)) if key == "Delete" => {
            step(event, true);
            session.delete_document(own.id);
        }
        _ => return false,
    }
    true
}

/// The folder below that of a document, or above it; none stands above all.
fn folder_beside(session: Session, own: &Listed, is_on: bool) -> Option<Arc<str>> {
    let mut all = vec![Arc::default()];
    all.extend(session.folders());
    let here = all.iter().position(|folder| *folder == own.folder)?;
    let next = if is_on {
        here + 1
    } else {
        here.checked_sub(1)?
    };
    all.get(next).cloned()
}

/// Takes the focus to a document once its row stands elsewhere. Where its folder is folded it goes to
/// that.
fn focus_later(list: NodeRef<html::Ul>, id: DocumentId) {
    request_animation_frame(move || {
        let Some(list) = list.get_untracked() else {
            return;
        };
        let own = list.query_selector(&format!("[data-document=\"{}\"]", id.0));
        if let Some(own) = own.ok().flatten().and_then(|own| own.dyn_into().ok()) {
            browser::focus(&own);
            browser::element::show(&own);
        }
    });
}

/// Folds a folder or unfolds it. Its row is drawn anew and keeps the focus.
fn fold(session: Session, list: NodeRef<html::Ul>, name: &Arc<str>, is_folded: bool) {
    session.fold(name, is_folded);
    let name = name.clone();
    request_animation_frame(move || {
        let Some(list) = list.get_untracked() else {
            return;
        };
        let mut next = list.first_element_child();
        while let Some(item) = next {
            next = item.next_element_sibling();
            let button = item.query_selector("h3 button").ok().flatten();
            let own = button.filter(|button| button.text_content().as_deref() == Some(&*name));
            if let Some(own) = own.and_then(|own| own.dyn_into::<HtmlElement>().ok()) {
                browser::focus(&own);
                return;
            }
        }
    });
}

fn is_on(event: &MouseEvent, selector: &str) -> bool {
    let target = event
        .target()
        .and_then(|own| own.dyn_into::<Element>().ok());
    target.is_some_and(|own| matches!(own.closest(selector), Ok(Some(_))))
}
