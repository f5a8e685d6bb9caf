//! The page as a whole.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::banner::Banner;
use super::bar::Bar;
use super::code_bar::CodeBar;
use super::dialog::Dialog;
use super::door::DropZone;
use super::elements::{effect, ended, part};
use super::later::line_instead;
use super::library::Library;
use super::list::Annotations;
use super::page::{Later, Page};
use super::reader::ReaderContext;
use super::text_pane::TextPane;
use super::{keys, modal, parts, print};
use crate::browser;
use crate::session::{Saving, Session};
use crate::words;

/// The program.
#[component]
pub fn App(session: Session) -> impl IntoView {
    browser::use_later_style();
    let page = Page::new(session, parts::fetch);
    let scrolled = RwSignal::new(None);
    spawn_local(session.load(scrolled));
    warn_before_leaving(session, page);
    print::listen(session, page);
    fetch_later(session, page);
    take_pasted(session, page);
    resolve(session, page);
    let reader = ReaderContext::new(session, page.dialog, page.at);

    let all = view! {
        <Bar session page />
        <Banner session />
        <main>
            <Library session page />
            <div class="text-pane">
                {page.later.unasked(
                    move |later| (later.find)(session, page, reader),
                    |_| ().into_any(),
                )}
                <TextPane session page reader scrolled />
                <CodeBar session page />
            </div>
            <Annotations session page />
            <nav class="foot" aria-label=words::rooms::LABEL>
                {page.later.unasked(move |later| (later.foot)(session, page), |_| ().into_any())}
            </nav>
            {work(session, page)}
        </main>
        <div class="notices" aria-live="polite" node_ref=page.notices.place></div>
        <DropZone session page />
        {part(move || {
            let dialog = page.dialog.get();
            let is_open = dialog != Dialog::None;
            let draw = move |later: Later| (later.dialog)(session, page, dialog.clone());
            let instead = move |is_missing| modal::instead(page, is_missing);
            is_open.then(|| page.later.view(draw, instead))
        })}
    };
    // Behind what the pane hears of a key.
    keys::listen(session, page, reader);
    all
}

/// Fetches what is not needed for the first marks, the list of documents among it, once they have been
/// painted, of many documents while the other marks are still being read; and has it begin with what is
/// done while the page rests as soon as all is here.
fn fetch_later(session: Session, page: Page) {
    let is_loading = move || session.saving.with(Saving::is_loading);
    // What does not arrive is fetched again when somebody asks for it.
    let is_fetched = StoredValue::new(false);
    let fetch = move || {
        if is_fetched.try_update_value(|own| std::mem::replace(own, true)) == Some(false) {
            spawn_local(async move {
                browser::painted().await;
                page.later.fetch();
            });
        }
    };
    ended(move || session.blank.get(), fetch);
    ended(is_loading, fetch);
    let mut has_begun = false;
    effect(move || {
        if let Some(later) = page.later.here().filter(|_| !is_loading() && !has_begun) {
            has_begun = true;
            (later.rest)(session, page);
        }
    });
}

/// Takes what is pasted outside a field, to be opened as a text.
fn take_pasted(session: Session, page: Page) {
    let handle = window_event_listener(leptos::ev::paste, move |event| {
        let data = event.clipboard_data();
        let Some(data) = data.filter(|_| !keys::in_field(&event) && !modal::is_open()) else {
            return;
        };
        let held = |kind| data.get_data(kind).unwrap_or_default();
        let (html, words) = (held("text/html"), held("text/plain"));
        event.prevent_default();
        page.later
            .run_or_say(session, move |later| (later.take_pasted)(page, html, words));
    });
    on_cleanup(move || handle.remove());
}

/// What workers are at, or that what shows it is not here; and what makes the panes wider.
fn work(session: Session, page: Page) -> AnyView {
    let instead = move |is_missing| {
        let said = move || {
            let said = line_instead(page.later, is_missing);
            view! { <div class="works"><div class="work">{said}</div></div> }.into_any()
        };
        let is_any = move || session.work.with(|all| !all.is_empty());
        part(move || is_any().then(said)).into_any()
    };
    page.later
        .unasked(move |later| (later.beside_text)(session), instead)
}

/// Has passages be looked for that have no place yet, as soon as what asks the worker is here.
fn resolve(session: Session, page: Page) {
    effect(move || {
        if session.resolving.get() {
            page.later.run(move |later| match later {
                Some(later) => (later.resolve)(session),
                None => session.resolve_nowhere(words::later::MISSING),
            });
        }
    });
}

/// Asks before the page is left with changes that are in memory only. What is being written is
/// saved first.
fn warn_before_leaving(session: Session, page: Page) {
    let handle = window_event_listener(leptos::ev::beforeunload, move |event| {
        if page.is_at_risk(session) {
            event.prevent_default();
        }
    });
    // Whoever goes may not come back.
    let hidden = window_event_listener_untyped("visibilitychange", move |_| {
        page.note.save();
    });
    on_cleanup(move || {
        handle.remove();
        hidden.remove();
    });
}
