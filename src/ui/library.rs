//! The pane with the project's documents and themes.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, MouseEvent};

use super::dialog::Dialog;
use super::elements::{button, effect, live, press};
use super::focus::{focus_text, step};
use super::later::line_instead;
use super::menu::{Item, Menu};
use super::page::{Page, has_room_for_library, shows_library};
use super::projects;
use super::rows::Rows;
use super::{outline, panes, theme};
use crate::browser;
use crate::browser::element::{append, attribute, element, words as holding};
use crate::codebook::{Theme, ThemeId};
use crate::library::Listed;
use crate::marking::Subject;
use crate::session::Session;
use crate::words;

/// Themes that are listed, at most: a file may bring thousands, and the palette finds any.
const MOST_THEMES: usize = 100;

/// A row of the documents.
#[derive(Clone, PartialEq)]
enum Row {
    Folder(Arc<str>),
    Document(Listed),
}

/// A row of the themes: its number, and how many marks of the open document bear it.
type ThemeRow = (Arc<Theme>, usize, usize);

/// The pane; what is in it comes later.
#[component]
pub(super) fn Library(session: Session, page: Page) -> impl IntoView {
    let instead = move |is_missing: bool| {
        let said = is_missing.then(|| line_instead(page.later, true));
        view! { <header>{heading(words::library::DOCUMENTS)}</header> {said} }.into_any()
    };
    let close = move |event: KeyboardEvent| {
        if event.key() == "Escape" && page.close_drawer() {
            focus_text();
        }
    };
    view! {
        <nav class="library" class:open=page.library aria-label=words::library::PANE on:keydown=close>
            {page.later.unasked(move |later| (later.library)(session, page), instead)}
        </nav>
    }
}

fn heading(name: &'static str) -> AnyView {
    view! { <h2>{name}</h2> }.into_any()
}

/// What is in the pane.
pub(super) fn drawn(session: Session, page: Page) -> AnyView {
    follow_window(page);
    panes::remember_fold(page);
    vec![
        projects::shown(session, page),
        documents(session, page),
        outline::drawn(session, page),
        themes(session, page),
    ]
    .into_any()
}

fn documents(session: Session, page: Page) -> AnyView {
    let rows = StoredValue::new_local(Rows::<Row>::default());
    let list = NodeRef::<html::Ul>::new();
    let count = RwSignal::new(0_usize);
    effect(move || {
        let Some(list) = list.get() else { return };
        session.documents.track();
        let open = session.document.with(|open| open.id());
        let documents = session.library();
        count.set(documents.len());
        let all = in_folders(documents);
        rows.update_value(|rows| {
            rows.show(&list, &all, &draw);
            // An element that is drawn anew would lose the focus.
            for (row, element) in rows.all() {
                let is_open = matches!(row, Row::Document(own) if own.id == open);
                set_current(element, is_open);
            }
        });
    });
    let pressed: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| {
        if let Some(Row::Document(own)) = rows.with_value(|rows| rows.hit(&event).cloned()) {
            session.open(own.id);
            if page.close_drawer() {
                focus_text();
            }
        }
    });
    let keyed = move |event: KeyboardEvent| {
        let key = event.key();
        let row = rows.with_value(|rows| rows.hit(&event).cloned());
        let is_held = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
        if let Some(Row::Document(own)) = row.filter(|_| !is_held) {
            match key.as_str() {
                "F2" => page.open(Dialog::Document(own.id)),
                "Delete" => {
                    step(&event, true);
                    session.delete_document(own.id);
                }
                "ArrowDown" | "ArrowUp" => step(&event, key == "ArrowDown"),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        }
    };
    view! {
        <header>
            {heading(words::library::DOCUMENTS)}
            <span class="count">{live(move || count.get().to_string())}</span>
            {button("add", words::library::PLUS, move || page.open(Dialog::Texts))}
            <Menu
                label=words::library::MENU
                class="icon"
                sign="⋯"
                items=Box::new(move || items(session, page))
            />
        </header>
        <ul class="documents" node_ref=list on:click=pressed on:keydown=keyed></ul>
    }
    .into_any()
}

fn themes(session: Session, page: Page) -> AnyView {
    let rows = StoredValue::new_local(Rows::<ThemeRow>::default());
    let list = NodeRef::<html::Ol>::new();
    let field = NodeRef::<html::Input>::new();
    effect(move || {
        let Some(list) = list.get() else { return };
        let all: Vec<ThemeRow> = session.themes.with(|themes| {
            let shown = themes.iter().take(MOST_THEMES).enumerate();
            session.list.with(|list| {
                let count = |id: ThemeId| {
                    let mut own = list.counts.themes.iter().filter(|(theme, _)| *theme == id);
                    own.next().map_or(0, |(_, count)| *count)
                };
                shown
                    .map(|(number, theme)| (theme.clone(), number, count(theme.id)))
                    .collect()
            })
        });
        rows.update_value(|rows| rows.show(&list, &all, &draw_theme));
    });
    let more = live(move || {
        let more = session
            .themes
            .with(|themes| themes.len().saturating_sub(MOST_THEMES));
        words::count::more_themes(more)
    });
    let pressed: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| {
        if let Some((theme, ..)) = rows.with_value(|rows| rows.hit(&event).cloned()) {
            if matches!(session.subject.get_untracked(), Subject::Passage(_)) {
                session.tag(theme.id);
            } else {
                page.open(Dialog::Theme(theme.id));
            }
        }
    });
    let add = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Some(field) = field.get_untracked()
            && session.add_theme(&field.value())
        {
            field.set_value("");
        }
    };
    view! {
        <header>{heading(words::library::THEMES)}</header>
        <ol class="codes" node_ref=list on:click=pressed></ol>
        <p class="more">{more}</p>
        <form class="new-theme" on:submit=add>
            <input
                node_ref=field
                type="text"
                aria-label=words::library::NEW_THEME
                placeholder=words::library::NEW_THEME
                maxlength="200"
            />
        </form>
    }
    .into_any()
}

/// Has the pane be a drawer as soon as the window is narrow: a press beside that closes it.
fn follow_window(page: Page) {
    let pressed = window_event_listener(leptos::ev::pointerdown, move |event| {
        if browser::has_failed() {
            return;
        }
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let is_beside = target.is_some_and(|target| {
            matches!(
                target.closest(".library, .library-toggle, dialog"),
                Ok(None)
            )
        });
        if is_beside && page.library.get_untracked() {
            page.close_drawer();
        }
    });
    let had_room = StoredValue::new(has_room_for_library());
    let resized = window_event_listener(leptos::ev::resize, move |_| {
        if browser::has_failed() {
            return;
        }
        let has_room = has_room_for_library();
        if had_room.get_value() != has_room {
            had_room.set_value(has_room);
            page.library.set(shows_library());
        }
    });
    on_cleanup(move || {
        pressed.remove();
        resized.remove();
    });
}

/// The button that shows the pane, or folds it.
#[component]
pub(super) fn LibraryToggle(page: Page) -> impl IntoView {
    view! {
        <button
            class="icon library-toggle"
            aria-label=words::library::PANE
            title=words::library::PANE
            aria-expanded=live(move || page.library.get().to_string())
            on:click=press(move || page.library.update(|open| *open = !*open))
        >
            <span aria-hidden="true">"☰"</span>
        </button>
    }
}

/// What is done with the open document.
fn items(session: Session, page: Page) -> Vec<Item> {
    let texts = Item::new(words::library::OPEN_TEXTS, move || page.open(Dialog::Texts));
    let open = session.document.with_untracked(|open| open.id());
    if session.has_none_open_now() {
        return vec![texts];
    }
    vec![
        texts,
        Item::new(words::library::ABOUT, move || {
            page.open(Dialog::Document(open));
        }),
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

/// The rows, with a row for each folder before what lies in it.
fn in_folders(documents: Vec<Listed>) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut folder: Arc<str> = Arc::default();
    for own in documents {
        if own.folder != folder {
            folder = own.folder.clone();
            rows.push(Row::Folder(folder.clone()));
        }
        rows.push(Row::Document(own));
    }
    rows
}

fn draw(row: &Row) -> Element {
    let item = element("li", "");
    match row {
        Row::Folder(name) => append(&item, &holding("h3", "", name)),
        Row::Document(own) => {
            let button = element("button", "document");
            append(&button, &holding("span", "", &own.title));
            if own.marks > 0 {
                append(&button, &counted(own.marks));
            }
            append(&item, &button);
        }
    }
    item
}

/// A number of marks; what it counts is said to who can't see where it stands.
fn counted(marks: usize) -> Element {
    let count = holding("span", "count", &marks.to_string());
    append(
        &count,
        &holding("span", "unseen", words::library::marks(marks)),
    );
    count
}

/// Says of a row whether its document is the open one.
fn set_current(row: &Element, is_open: bool) {
    let Some(button) = row.first_element_child() else {
        return;
    };
    if is_open {
        attribute(&button, "aria-current", "page");
    } else {
        // A name of ARIA's is not refused.
        let _ = button.remove_attribute("aria-current");
    }
}

fn draw_theme((own, number, count): &ThemeRow) -> Element {
    let (item, button) = (element("li", ""), element("button", "code"));
    let digit = if *number < 9 {
        (number + 1).to_string()
    } else {
        String::new()
    };
    append(&button, &holding("kbd", "", &digit));
    append(&button, &theme::chip(own, *number));
    if *count > 0 {
        append(&button, &counted(*count));
    }
    append(&item, &button);
    item
}
