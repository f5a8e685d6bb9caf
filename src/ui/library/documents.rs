//! The documents in the pane: filtered and sorted, in folders that fold, dragged from one to another.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, HtmlElement, KeyboardEvent, MouseEvent};

use super::super::dialog::Dialog;
use super::super::elements::{button, effect, live, part};
use super::super::focus::focus_text;
use super::super::menu::{Item, Menu};
use super::super::page::Page;
use super::super::rows::Rows;
use super::choosing::Choosing;
use super::drag::Drag;
use super::elements::{filter_field, heading};
use super::keys::Keys;
use super::row::{Drawn, Row, count, draw, in_folders, seen, set_chosen, set_current, stop_at};
use crate::browser;
use crate::document::DocumentId;
use crate::library::{Chosen, Sort};
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
    let list = NodeRef::<html::Div>::new();
    let sought = RwSignal::new(String::new());
    let most = RwSignal::new(ROWS);
    let counts = RwSignal::new((0_usize, 0_usize));
    let choosing = Choosing::new(session);
    let drag = Drag::new(session, page, rows, list, choosing);
    let keys = Keys {
        session,
        page,
        choosing,
        rows,
        list,
        most,
    };
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
        choosing.show(seen(&found, &is_folded));
        let wanted = session.moved.get();
        if let Some(wanted) = wanted {
            let all = in_folders(&found, &is_folded, usize::MAX);
            let place = all.iter().position(|row| row.id() == Some(wanted));
            if let Some(place) = place.filter(|place| *place >= most.get_untracked()) {
                most.set(place + ROWS);
            }
        }
        let all = in_folders(&found, &is_folded, most.get());
        rows.update_value(|rows| {
            rows.show(&list, &all, &draw);
            // An element that is drawn anew would lose the focus.
            for (row, element) in rows.all() {
                set_current(element, row.id() == Some(open));
            }
            choose_all(choosing, rows);
            count_all(session, rows);
            let mut all = rows.all().iter();
            let current = all.find(|(row, _)| row.id() == Some(open));
            let is_inside = browser::focused().is_some_and(|own| list.contains(Some(&own)));
            stop_at(rows, current.filter(|_| !is_inside).map(|(_, own)| own));
        });
        if let Some(wanted) = wanted {
            session.moved.set(None);
            rows.with_value(|rows| show_moved(rows, wanted));
        }
    });
    effect(move || {
        choosing.chosen.track();
        rows.with_value(|rows| choose_all(choosing, rows));
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
            Some(Row::Document(own)) if choosing.press(own.id, &event) => focus_on(&event),
            Some(Row::Document(own)) => {
                choosing.clear();
                session.open(own.id);
                if page.close_drawer() {
                    focus_text();
                }
            }
            Some(Row::Folder(name, ..)) if is_on(&event, ".about-folder") => {
                page.open(Dialog::Folder(name));
            }
            Some(Row::Folder(name, _, is_folded)) => keys.fold(&name, !is_folded),
            None => {}
        }
    });
    let keyed = move |event: KeyboardEvent| {
        if keys.press(&event) {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    let focused = move |event: FocusEvent| {
        rows.with_value(|rows| stop_at(rows, rows.row(&event)));
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
        let chosen = choosing.chosen.with(Chosen::len);
        match found {
            _ if chosen > 0 => words::library::chosen(chosen, found),
            _ if found == all => String::new(),
            0 => words::library::NOTHING_FOUND.into(),
            _ => words::list::some_of(found, all),
        }
    });
    // From the menu as well.
    let let_go = move |event: KeyboardEvent| {
        if event.key() == "Escape" && choosing.clear() {
            event.stop_propagation();
        }
    };
    view! {
        <header on:keydown=let_go>
            {heading(words::library::DOCUMENTS)}
            <span class="count">{number}</span>
            {button("add", words::library::PLUS, move || page.open(Dialog::Texts))}
            <Menu
                label=words::library::MENU
                class="icon"
                sign="⋯"
                items=Box::new(move || items(session, page, choosing))
            />
        </header>
        {finding(session, sought, most, counts)}
        <p class="more" role="status">{some}</p>
        <div
            class="documents"
            node_ref=list
            role="treegrid"
            aria-label=words::library::DOCUMENTS
            aria-description=words::library::CHOOSING_HELP
            aria-multiselectable="true"
            on:click=pressed
            on:keydown=keyed
            on:focusin=focused
            on:scroll=scrolled
            on:pointerdown=move |event| drag.begin(&event)
            on:pointermove=move |event| drag.go_on(&event)
            on:pointerup=move |event| drag.end(&event)
            on:pointercancel=move |_| drag.call_off()
            on:contextmenu=move |event| drag.menu(&event)
        ></div>
        {drag.places()}
    }
    .into_any()
}

/// Has each row say whether its document is chosen.
fn choose_all(choosing: Choosing, rows: &Rows<Row>) {
    choosing.chosen.with_untracked(|chosen| {
        for (row, element) in rows.all() {
            if let Some(id) = row.id() {
                set_chosen(element, chosen.has(id));
            }
        }
    });
}

/// Brings a document that was moved into view, with the head of its folder where there is room.
fn show_moved(rows: &Rows<Row>, id: DocumentId) {
    let all = rows.all();
    let place = all.iter().position(|(row, _)| row.id() == Some(id));
    let Some(place) = place else { return };
    let folder = all[place].0.folder();
    let is_head = |row: &Row| matches!(row, Row::Folder(name, ..) if name == folder);
    let head = all.iter().find(|(row, _)| is_head(row));
    for (_, element) in head.into_iter().chain([&all[place]]) {
        browser::element::show(element);
    }
}

/// Takes the focus to the button that was pressed: not every browser does that by itself.
fn focus_on(event: &MouseEvent) {
    let target = event
        .target()
        .and_then(|own| own.dyn_into::<Element>().ok());
    let button = target.and_then(|own| own.closest("button").ok().flatten());
    if let Some(button) = button.and_then(|own| own.dyn_into::<HtmlElement>().ok()) {
        browser::focus(&button);
    }
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
                <select
                    aria-label=words::library::SORT
                    prop:value=live(move || session.sort.get().name().to_owned())
                    on:change=sorted
                >
                    {options}
                </select>
            </div>
        }
        .into_any()
    };
    part(move || is_wanted.get().then(view)).into_any()
}

/// What is done with the open document, and with all; or else with those that are chosen.
fn items(session: Session, page: Page, choosing: Choosing) -> Vec<Item> {
    let ids = choosing.chosen.with_untracked(Chosen::all);
    if !ids.is_empty() {
        let (moved, deleted) = (ids.clone(), ids.clone());
        return vec![
            Item::new(words::library::move_chosen(ids.len()), move || {
                page.open(Dialog::Move(moved.clone()));
            }),
            Item::new(words::library::delete_chosen(ids.len()), move || {
                session.delete_documents(&deleted);
            }),
            Item::new(words::library::CHOOSE_NONE, move || {
                choosing.clear();
            }),
        ];
    }
    let texts = Item::new(words::library::OPEN_TEXTS, move || page.open(Dialog::Texts));
    let open = session.open_now();
    if session.has_none_open() {
        return vec![texts];
    }
    vec![
        texts,
        Item::new(words::table::OPEN, move || page.open(Dialog::Table)),
        Item::new(words::library::ABOUT, move || {
            page.open(Dialog::Document(open));
        }),
        Item::new(words::library::MOVE, move || {
            page.open(Dialog::Move(vec![open]))
        }),
        Item::new(words::bar::REPLACE, move || {
            page.open(Dialog::Replace(None))
        }),
        Item::new(words::library::CHOOSE_SEVERAL, move || choosing.begin(open)),
        Item::new(words::library::DUPLICATE, move || {
            session.duplicate_document(open)
        }),
        Item::new(words::library::DELETE, move || {
            session.delete_document(open)
        }),
    ]
}

fn is_on(event: &MouseEvent, selector: &str) -> bool {
    let target = event
        .target()
        .and_then(|own| own.dyn_into::<Element>().ok());
    target.is_some_and(|own| matches!(own.closest(selector), Ok(Some(_))))
}
