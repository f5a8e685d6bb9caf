//! The bar at the top: which article, undo and redo, whether all is saved, the download, and a
//! menu with the rest.

use leptos::html;
use leptos::prelude::*;

use super::code_bar::Outcome;
use super::dialog::Dialog;
use super::elements::{live, press};
use super::file_picker::{ANYTHING, FileInput};
use super::focus::focus_text;
use super::library::LibraryToggle;
use super::menu::{Item, Menu};
use super::page::{Ask, Page};
use super::{door, print};
use crate::browser;
use crate::keys::{Command, tip};
use crate::session::{Saving, Session};
use crate::words;

/// Where the bar has no room for the download, which is in the menu then.
const NARROW: &str = "(max-width: 47.5rem)";

/// The bar.
#[component]
pub(super) fn Bar(session: Session, page: Page) -> impl IntoView {
    let annotations = NodeRef::<html::Input>::new();
    view! {
        <header class="bar">
            <a class="skip" href="#text" on:click=move |event| skip(&event)>{words::bar::SKIP}</a>
            <LibraryToggle page />
            <p class="brand">{words::bar::NAME}</p>
            <Title session />
            <div class="history">
                <Step session undo=true />
                <Step session undo=false />
            </div>
            <Status session page />
            {page.later.unasked(move |later| (later.rooms)(session, page), |_| ().into_any())}
            <Outcome session page tabindex="0" sign=words::common::UNDO />
            <button
                class="main"
                title=words::bar::DOWNLOAD_TIP
                on:click=press(move || session.download())
            >
                {words::common::DOWNLOAD_JSON}
            </button>
            <button
                class="main icon"
                aria-label=words::export::OTHER_FORMATS
                title=words::export::OTHER_FORMATS
                on:click=press(move || page.open(Dialog::Export))
            >
                <span aria-hidden="true">"▾"</span>
            </button>
            <FileInput
                input=annotations
                label=words::bar::ANNOTATION_FILE
                accept=ANYTHING
                take=move |file| door::take_when_loaded(session, page, file)
            />
            <Menu
                label=words::bar::MORE
                class="icon"
                sign="⋯"
                items=Box::new(move || items(session, page, annotations))
            />
        </header>
    }
}

fn items(session: Session, page: Page, annotations: NodeRef<html::Input>) -> Vec<Item> {
    let choose = move || {
        if let Some(input) = annotations.get_untracked() {
            input.click();
        }
    };
    let keyed = |item: Item, key: Option<String>| Item { key, ..item };
    let is_mac = browser::is_mac();
    let replace = move || page.open(Dialog::Replace(None));
    let keys = move || page.open(Dialog::Keys);
    let mut items = vec![
        Item::new(words::library::OPEN_TEXTS, move || page.open(Dialog::Texts)),
        Item::new(words::projects::MENU, move || page.open(Dialog::Projects)),
        keyed(
            Item::new(words::find::OPEN, move || {
                page.look_for(session, Ask::Open);
            }),
            tip(Command::Find, is_mac),
        ),
        Item::new(words::bar::IMPORT, choose),
        Item::new(words::export::MENU, move || page.open(Dialog::Export)),
        Item::new(words::bar::REPLACE, replace),
        Item::new(words::bar::HISTORY, move || {
            page.open(Dialog::History(None))
        }),
        Item::new(words::bar::PRINT, move || print::print(session, page)),
        Item::new(words::look::MENU, move || page.open(Dialog::Look)),
        keyed(
            Item::new(words::palette::HEADING, move || page.open(Dialog::Palette)),
            tip(Command::Palette, is_mac),
        ),
        keyed(
            Item::new(words::common::KEYS, keys),
            tip(Command::Keys, is_mac),
        ),
    ];
    if browser::media(NARROW) {
        let download = move || session.download();
        items.insert(0, Item::new(words::common::DOWNLOAD_JSON, download));
    }
    items
}

/// Takes the focus past the bar to the text.
fn skip(event: &web_sys::MouseEvent) {
    event.prevent_default();
    focus_text();
}

/// A step back or on. Disabled by ARIA only, so that the focus is not lost with the last step.
#[component]
fn Step(session: Session, undo: bool) -> impl IntoView {
    let (name, sign, label, command) = if undo {
        (words::common::UNDO, "↶", session.undo_label, Command::Undo)
    } else {
        (words::common::REDO, "↷", session.redo_label, Command::Redo)
    };
    let keys = tip(command, browser::is_mac()).unwrap_or_default();
    let titled = if undo {
        words::bar::undo
    } else {
        words::bar::redo
    };
    let title = live(move || titled(label.get().as_deref(), &keys));
    let act = press(move || {
        if undo {
            session.undo();
        } else {
            session.redo();
        }
    });
    view! {
        <button
            class="icon"
            aria-label=name
            title=title
            aria-disabled=live(move || label.with(Option::is_none).to_string())
            on:click=act
        >
            <span aria-hidden="true">{sign}</span>
        </button>
    }
}

/// What happened last, which the code bar shows to the eye, and whether it is saved.
#[component]
fn Status(session: Session, page: Page) -> impl IntoView {
    let saving = live(move || match session.saving.get() {
        Saving::Loading => words::bar::LOADING,
        Saving::Saved => page.note.waits.get().unwrap_or(words::bar::SAVED),
        Saving::Busy => words::bar::SAVING,
        Saving::Failed(_) | Saving::Off(_) => words::bar::NOT_SAVED,
    });
    let said = live(move || {
        let said = session.said.get().words;
        if said.is_empty() { said } else { said + " · " }
    });
    view! {
        <p class="status" role="status">
            <span class="unseen">{said}</span>
            <span>{saving}</span>
        </p>
    }
}

/// What the open document is called.
#[component]
fn Title(session: Session) -> impl IntoView {
    let title = live(move || {
        session.documents.track();
        let open = session.document.with(|open| open.id());
        session.title_of(open).to_string()
    });
    view! { <p class="article" title=title>{title}</p> }
}
