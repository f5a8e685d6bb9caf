//! The one door: whatever comes, by a choice, a drop or the system, is told by what it holds. What is a
//! text, or comes with others, is shown by the dialog of texts; annotations and journals that come alone
//! by that of imports.

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{DragEvent, File};

use super::dialog::Dialog;
use super::page::Page;
use super::{import, projects, texts};
use crate::browser::entries::{self, Given, Walked};
use crate::browser::file;
use crate::format::sniff::Kind;
use crate::session::Session;
use crate::words;

/// Takes files that are dropped anywhere on the page.
#[component]
pub(super) fn DropZone(session: Session, page: Page) -> impl IntoView {
    let over = RwSignal::new(false);
    let has_files = |event: &DragEvent| {
        event
            .data_transfer()
            .is_some_and(|transfer| transfer.types().includes(&"Files".into(), 0))
    };
    let dragged = window_event_listener(leptos::ev::dragover, move |event| {
        if has_files(&event) {
            event.prevent_default();
            over.set(true);
        }
    });
    let left = window_event_listener(leptos::ev::dragleave, move |event| {
        // Leaving an element for another one inside the window is no leaving.
        if event.related_target().is_none() {
            over.set(false);
        }
    });
    let dropped = window_event_listener(leptos::ev::drop, move |event| {
        over.set(false);
        if !has_files(&event) {
            return;
        }
        event.prevent_default();
        let transfer = event.data_transfer();
        let given = transfer.as_ref().map(entries::dropped).unwrap_or_default();
        let files = transfer.and_then(|transfer| transfer.files());
        // What is being done in another dialog is not thrown away for it.
        let is_taken = page
            .dialog
            .with_untracked(|open| *open != Dialog::None && *open != Dialog::Texts);
        if is_taken {
            session.say(words::import::CLOSE_FIRST);
            return;
        }
        let files = file::all(files);
        page.later.run_or_say(session, move |later| {
            (later.take_dropped)(session, page, files, given)
        });
    });
    on_cleanup(move || {
        for handle in [dragged, left, dropped] {
            handle.remove();
        }
    });
    view! { <div class="drop" class:over=over aria-hidden="true">{words::import::DROP}</div> }
}

/// Reads a chosen file, as soon as what reads it is here.
pub(super) fn take_when_loaded(session: Session, page: Page, file: File) {
    page.later
        .run_or_say(session, move |later| (later.take)(session, page, file));
}

/// Takes a file that was chosen. What is neither a text nor anything else that comes in is refused as
/// an import.
pub(super) fn take(session: Session, page: Page, file: File) {
    spawn_local(async move {
        let kind = kind_of(&file).await;
        if take_alone(session, page, &file, kind) {
            return;
        }
        if kind.is_some_and(Kind::is_text) {
            texts::open(page, vec![file]);
        } else {
            import::take(session, page, file, false);
        }
    });
}

/// Takes a file of a kind that comes in alone; whether it is of one.
fn take_alone(session: Session, page: Page, file: &File, kind: Option<Kind>) -> bool {
    let file = file.clone();
    match kind {
        Some(Kind::Json) => import::take(session, page, file, false),
        Some(Kind::Journal) => import::take(session, page, file, true),
        Some(Kind::Project) => projects::show_file(page, file),
        _ => return false,
    }
    true
}

/// Takes what was dropped, or what the system opens with the page: files, or what they lie in where a
/// folder is among it.
pub(super) fn take_dropped(session: Session, page: Page, files: Vec<File>, given: Vec<Given>) {
    if !given.is_empty() {
        take_folders(session, page, given);
        return;
    }
    let is_alone = files.len() == 1 && page.dialog.with_untracked(|open| *open == Dialog::None);
    let Some(file) = files.first().filter(|_| is_alone).cloned() else {
        texts::open(page, files);
        return;
    };
    spawn_local(async move {
        let kind = kind_of(&file).await;
        if !take_alone(session, page, &file, kind) {
            texts::open(page, files);
        }
    });
}

/// What kind a file is; nothing where it can't be read.
async fn kind_of(file: &File) -> Option<Kind> {
    let name = file.name();
    // A damaged one is to be read as what it was.
    if import::is_journal(&name) {
        return Some(Kind::Journal);
    }
    texts::kind_of(file, &name).await.ok()
}

/// Takes what lies in folders.
fn take_folders(session: Session, page: Page, given: Vec<Given>) {
    session.say(words::texts::WALKING);
    spawn_local(async move {
        let tell = move |count| session.say(&words::texts::walked(count));
        let walked = entries::walk(given, tell).await;
        session.say("");
        show_folders(session, page, walked);
    });
}

/// Shows what lies in folders, to be opened.
fn show_folders(session: Session, page: Page, walked: Walked) {
    if walked.files.is_empty() && walked.left.is_empty() {
        session.say(words::texts::EMPTY_FOLDER);
        return;
    }
    texts::open_walked(page, walked);
}
