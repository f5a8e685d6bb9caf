//! The page as a whole.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::banner::Banner;
use super::bar::Bar;
use super::import::{DropZone, ImportDialog};
use super::list::Annotations;
use super::note::NoteDialog;
use super::reader::Reader;
use super::replace::ReplaceDialog;
use super::shortcuts::ShortcutsDialog;
use super::work::Progress;
use super::{Dialog, Page, live, part, print};
use crate::session::{Saving, Session};

/// The program.
#[component]
pub fn App(session: Session) -> impl IntoView {
    let page = Page::new();
    let scrolled = RwSignal::new(None);
    spawn_local(session.load(scrolled));
    warn_before_leaving(session, page);
    print::listen(session);

    view! {
        <Bar session page />
        <Banner session />
        <main>
            <Reader session page scrolled />
            <Annotations session page />
            <Progress session in_dialog=false />
        </main>
        <Status session />
        <DropZone session page />
        {part(move || match page.dialog.get() {
            Dialog::None => None,
            Dialog::Shortcuts => Some(view! { <ShortcutsDialog page /> }.into_any()),
            Dialog::Note(on) => Some(view! { <NoteDialog session page on /> }.into_any()),
            Dialog::Replace(file) => Some(view! { <ReplaceDialog session page file /> }.into_any()),
            Dialog::Import(offer) => Some(view! { <ImportDialog session page offer /> }.into_any()),
        })}
    }
}

/// What happened last, and whether it is saved.
#[component]
fn Status(session: Session) -> impl IntoView {
    let saving = move || match session.saving.get() {
        Saving::Loading => "Loading…",
        Saving::Saved => "Saved",
        Saving::Busy => "Saving…",
        Saving::Failed(_) | Saving::Off(_) => "Not saved",
    };
    let words = live(move || {
        let said = session.said.get();
        if said.is_empty() {
            saving().to_string()
        } else {
            format!("{said} · {}", saving())
        }
    });
    view! {
        <footer class="status">
            <p role="status">{words}</p>
        </footer>
    }
}

/// Asks before the page is left with changes or notes that are in memory only.
fn warn_before_leaving(session: Session, page: Page) {
    let handle = window_event_listener(leptos::ev::beforeunload, move |event| {
        let unsaved = session.undo_label.with_untracked(Option::is_some);
        let at_risk = unsaved && session.saving.with_untracked(Saving::at_risk);
        if at_risk || page.drafts.with_untracked(|drafts| !drafts.is_empty()) {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}
