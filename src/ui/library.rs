//! The pane with the project's documents and themes.

mod choosing;
mod documents;
mod drag;
mod elements;
mod keys;
mod row;

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, MouseEvent};

pub(super) use self::elements::filter_field;
use self::elements::heading;
use self::row::count;
use super::dialog::Dialog;
use super::elements::{effect, live, press};
use super::focus::focus_text;
use super::later::line_instead;
use super::page::{Page, has_room_for_library, shows_library};
use super::projects;
use super::rows::Rows;
use super::{outline, panes, theme};
use crate::browser;
use crate::browser::element::{append, element, words as holding};
use crate::codebook::{Theme, ThemeId};
use crate::marking::Subject;
use crate::session::Session;
use crate::words;

/// Themes that are listed, at most: a file may bring thousands, and the palette finds any.
const MOST_THEMES: usize = 100;

/// A row of the themes, with its number.
type ThemeRow = (Arc<Theme>, usize);

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

/// What is in the pane.
pub(super) fn drawn(session: Session, page: Page) -> AnyView {
    follow_window(page);
    panes::remember_fold(page);
    vec![
        projects::shown(session, page),
        documents::drawn(session, page),
        outline::drawn(session, page),
        themes(session, page),
    ]
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
            shown.map(|(number, own)| (own.clone(), number)).collect()
        });
        rows.update_value(|rows| {
            rows.show(&list, &all, &draw_theme);
            count_all(session, rows);
        });
    });
    // The numbers alone: a row that is drawn anew would lose the focus.
    effect(move || {
        session.list.track();
        rows.with_value(|rows| count_all(session, rows));
    });
    let more = live(move || {
        let more = session
            .themes
            .with(|themes| themes.len().saturating_sub(MOST_THEMES));
        words::count::more_themes(more)
    });
    let pressed: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| {
        if let Some((theme, _)) = rows.with_value(|rows| rows.hit(&event).cloned()) {
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
                target.closest(".library, .library-toggle, .foot, dialog"),
                Ok(None)
            )
        });
        if is_beside && page.library.get_untracked() {
            page.close_drawer();
        }
    });
    let had_room = StoredValue::new(has_room_for_library());
    // The window may have been made wider before this was here.
    if has_room_for_library() {
        page.library.set(shows_library());
    }
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

/// Has each row say how many marks bear its theme.
fn count_all(session: Session, rows: &Rows<ThemeRow>) {
    session.list.with_untracked(|list| {
        let marks = |id: ThemeId| {
            let mut own = list.counts.themes.iter().filter(|(theme, _)| *theme == id);
            own.next().map_or(0, |(_, count)| *count)
        };
        for ((theme, _), element) in rows.all() {
            count(element, marks(theme.id));
        }
    });
}

fn draw_theme((own, number): &ThemeRow) -> Element {
    let (item, button) = (element("li", ""), element("button", "code"));
    let digit = if *number < 9 {
        (number + 1).to_string()
    } else {
        String::new()
    };
    append(&button, &holding("kbd", "", &digit));
    append(&button, &theme::chip(own, *number));
    append(&item, &button);
    item
}
