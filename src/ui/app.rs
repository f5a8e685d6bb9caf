//! The page as a whole.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::banner::Banner;
use super::bar::Bar;
use super::code_bar::CodeBar;
use super::import::{DropZone, ImportDialog};
use super::key_list::KeysDialog;
use super::list::Annotations;
use super::reader::Reader;
use super::replace::ReplaceDialog;
use super::work::Progress;
use super::{Dialog, Page, part, print};
use crate::session::{Saving, Session};

/// The program.
#[component]
pub fn App(session: Session) -> impl IntoView {
    let page = Page::new(session);
    let scrolled = RwSignal::new(None);
    spawn_local(session.load(scrolled));
    warn_before_leaving(session, page);
    print::listen(session);

    view! {
        <Bar session page />
        <Banner session />
        <main>
            <div class="text-pane">
                <Reader session page scrolled />
                <CodeBar session page />
            </div>
            <Annotations session page />
            <Progress session in_dialog=false />
        </main>
        <DropZone session page />
        {part(move || match page.dialog.get() {
            Dialog::None => None,
            Dialog::Keys => Some(view! { <KeysDialog page /> }.into_any()),
            Dialog::Replace(file) => Some(view! { <ReplaceDialog session page file /> }.into_any()),
            Dialog::Import(offer) => Some(view! { <ImportDialog session page offer /> }.into_any()),
        })}
    }
}

/// Asks before the page is left with changes that are in memory only. What is being written is
/// saved first.
fn warn_before_leaving(session: Session, page: Page) {
    let handle = window_event_listener(leptos::ev::beforeunload, move |event| {
        page.note.save();
        let unsaved = session.undo_label.with_untracked(Option::is_some);
        let at_risk = unsaved && session.saving.with_untracked(Saving::at_risk);
        if at_risk || page.note.is_unsaved() {
            event.prevent_default();
        }
    });
    // Whoever goes may not come back.
    let hidden = window_event_listener_untyped("visibilitychange", move |_| page.note.save());
    on_cleanup(move || {
        handle.remove();
        hidden.remove();
    });
}
