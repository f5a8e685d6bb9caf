//! Where one goes to: the rooms in the bar of a wide window, and the tabs at the foot of a phone's.

use leptos::prelude::*;

use super::dialog::Dialog;
use super::elements::{live, press};
use super::focus::{focus_first, focus_text};
use super::page::{Ask, Page};
use crate::browser::{self, element};
use crate::keys::{Command, tip};
use crate::session::Session;
use crate::words;

/// The rooms, and the palette's button beside them.
pub(super) fn in_bar(session: Session, page: Page) -> AnyView {
    let finds = page.finds;
    let text = tab(
        "room",
        words::rooms::TEXT.into_any(),
        Role::Room(live(move || !finds.get())),
        move || to_text(session, page),
    );
    let find = tab(
        "room",
        words::rooms::FIND.into_any(),
        Role::Room(finds.into()),
        move || page.look_for(session, Ask::Everywhere),
    );
    view! {
        <nav class="rooms" aria-label=words::rooms::LABEL>{text} {find}</nav>
        <button class="to-palette" on:click=press(move || page.open(Dialog::Palette))>
            <span>{words::rooms::PALETTE}</span>
            <kbd aria-hidden="true">{tip(Command::Palette, browser::is_mac())}</kbd>
        </button>
    }
    .into_any()
}

/// The tabs, and above them how to begin. The code bar takes their place while it is about something.
pub(super) fn at_foot(session: Session, page: Page) -> AnyView {
    // Without keys it does not matter how many themes have one.
    let begin = live(move || Some(words::code_bar::steps(page.steps.get()?, 0, false)));
    let is_text = live(move || !page.finds.get() && !page.sheet.get() && !page.library.get());
    let text = tab(
        "tab",
        words::rooms::TEXT.into_any(),
        Role::Room(is_text),
        move || to_text(session, page),
    );
    let count = live(move || {
        let all = session.list.with(|list| list.counts.all);
        (all > 0).then_some(all)
    });
    let named = view! {
        {words::rooms::MARKS}
        " "
        <span class="count" aria-hidden="true">{count}</span>
    };
    let marks = tab(
        "tab",
        named.into_any(),
        Role::Opens(page.sheet.into(), Some("annotations-body")),
        move || show_marks(session, page),
    );
    let themes = tab(
        "tab",
        words::rooms::THEMES.into_any(),
        Role::Opens(page.library.into(), None),
        move || show_themes(page),
    );
    let find = tab(
        "tab",
        words::rooms::FIND.into_any(),
        Role::Opens(page.finds.into(), None),
        move || {
            page.close_drawer();
            page.sheet.set(false);
            let is_open = page.finds.get_untracked();
            page.look_for(session, if is_open { Ask::Close } else { Ask::Open });
        },
    );
    view! {
        <p class="begin">{begin}</p>
        {text}
        {marks}
        {themes}
        {find}
    }
    .into_any()
}

/// What a tab leads to.
enum Role {
    /// A room, and whether one is there.
    Room(Signal<bool>),
    /// Something beside the text: whether that is open, and its id, if it is always there.
    Opens(Signal<bool>, Option<&'static str>),
}

fn tab(class: &'static str, name: AnyView, role: Role, act: impl Fn() + 'static) -> AnyView {
    let (current, expanded, id) = match role {
        Role::Room(is_here) => (Some(is_here), None, None),
        Role::Opens(is_open, id) => (None, Some(is_open), id),
    };
    let current = live(move || current.is_some_and(|own| own.get()).then_some("page"));
    let expanded = live(move || expanded.map(|own| own.get().to_string()));
    view! {
        <button
            class=class
            aria-current=current
            aria-expanded=expanded
            aria-controls=id
            on:click=press(act)
        >
            {name}
        </button>
    }
    .into_any()
}

/// Closes what lies over the text or beside it.
fn to_text(session: Session, page: Page) {
    page.close_drawer();
    page.sheet.set(false);
    if page.finds.get_untracked() {
        page.look_for(session, Ask::Close);
    } else {
        focus_text();
    }
}

/// Opens the sheet with the marks, or closes it.
fn show_marks(session: Session, page: Page) {
    page.close_drawer();
    let opens = !page.sheet.get_untracked();
    // The list of hits has the same place.
    if opens && page.finds.get_untracked() {
        page.look_for(session, Ask::Close);
    }
    page.sheet.set(opens);
    if opens {
        request_animation_frame(|| focus_first("#annotations-heading"));
    }
}

/// Opens the drawer at its themes, or closes it.
fn show_themes(page: Page) {
    page.sheet.set(false);
    if page.library.get_untracked() {
        page.close_drawer();
        return;
    }
    page.library.set(true);
    request_animation_frame(|| {
        let themes = browser::document().query_selector(".codes").ok().flatten();
        if let Some(themes) = themes {
            element::show(&themes);
        }
    });
}
