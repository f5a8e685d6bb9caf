//! The projects in this browser: which is open, new ones, copies, and the bin.

mod files;
mod going;
mod listing;
mod rows;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

pub(super) use self::going::{count, follow};
use self::going::{go_to, throw_away};
use self::listing::Listing;
use self::rows::{binned, row};
use super::attempt::Attempt;
use super::dialog::Dialog;
use super::elements::{button, missing, name_in, part, press, tag, tagged};
use super::modal::Modal;
use super::page::Page;
use super::work::Progress;
use crate::browser::clock;
use crate::session::Session;
use crate::session::projects::{self, Entry};
use crate::words;

/// Shows what a project file holds that came by another way than the dialog's own.
pub(super) fn show_file(page: Page, file: web_sys::File) {
    page.project_file.set_value(Some(file));
    page.dialog.set(Dialog::Projects);
}

/// The open project's name at the head of the pane, which leads to the others.
pub(super) fn shown(session: Session, page: Page) -> AnyView {
    let is_sample = RwSignal::new(false);
    spawn_local(async move {
        let all = projects::list(clock::now()).await.unwrap_or_default();
        if let Some(open) = all.iter().find(|entry| entry.is_open()) {
            page.project.set(open.shown_title());
            is_sample.try_set(open.is_sample);
        }
    });
    let name = move || {
        let title = page.project.get();
        let label = words::projects::opened(&title);
        view! {
            <button
                class="project"
                aria-label=label
                title=words::projects::MENU
                on:click=press(move || page.open(Dialog::Projects))
            >
                <span dir="auto">{title}</span>
                <span aria-hidden="true">"▾"</span>
            </button>
        }
        .into_any()
    };
    let throw = move || {
        button("", words::projects::THROW_AWAY, move || {
            throw_away(session, page);
        })
    };
    view! {
        <div class="project-head">
            {part(move || Some(name()))}
            {part(move || is_sample.get().then(throw))}
        </div>
    }
    .into_any()
}

/// The dialog.
#[component]
pub(super) fn ProjectsDialog(session: Session, page: Page) -> impl IntoView {
    let listing = Listing {
        session,
        page,
        entries: RwSignal::new(None),
        renaming: RwSignal::new(None),
        with_history: RwSignal::new(true),
        attempt: Attempt::new(),
    };
    listing.refresh(None);
    let close = move || page.dialog.set(Dialog::None);
    view! {
        <Modal page heading=words::projects::HEADING>
            {part(move || Some(drawn(listing)))}
            {listing.attempt.view()}
            <Progress session in_dialog=true />
            {files::history(listing)}
            {new_project(listing)}
            {files::bring(listing)}
            <div class="actions">
                {button("", words::projects::TRY_SAMPLE, move || open_sample(session, page))}
                {button("main", words::common::CLOSE, close)}
            </div>
        </Modal>
    }
}

fn drawn(listing: Listing) -> AnyView {
    let all = match listing.entries.get() {
        None => return tagged("p", words::later::COMING),
        Some(Err(reason)) => return tagged("p", words::history::unreadable(&reason)),
        Some(Ok(all)) => all,
    };
    let (bin, there): (Vec<Entry>, Vec<Entry>) =
        all.into_iter().partition(|entry| entry.deleted.is_some());
    let bin: Vec<Entry> = bin.into_iter().filter(|entry| !entry.is_sample).collect();
    let rows = there.into_iter().map(|entry| row(listing, entry)).collect();
    let mut pieces = vec![list(rows)];
    if !bin.is_empty() {
        let summary = words::projects::bin(bin.len());
        let rows = bin
            .into_iter()
            .map(|entry| binned(listing, entry))
            .collect();
        pieces
            .push(view! { <details><summary>{summary}</summary>{list(rows)}</details> }.into_any());
    }
    tag("div", pieces)
}

fn list(rows: Vec<AnyView>) -> AnyView {
    view! { <ul class="moments">{rows}</ul> }.into_any()
}

/// A new project's name, and which themes it begins with.
fn new_project(listing: Listing) -> AnyView {
    let field = NodeRef::<html::Input>::new();
    let themes = NodeRef::<html::Input>::new();
    let wrong = RwSignal::new("");
    let make = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let title = name_in(field, wrong);
        let (Some(title), Some(themes)) = (title, themes.get_untracked()) else {
            return;
        };
        let with_themes = themes.checked();
        listing.attempt.make(async move {
            let name = listing.session.new_project(title, with_themes).await?;
            listing.open(name);
            Ok(())
        });
    };
    view! {
        <form class="new-project" on:submit=make>
                <input
                    node_ref=field
                    type="text"
                    dir="auto"
                    maxlength="200"
                    aria-label=words::projects::NEW
                    placeholder=words::projects::NEW
                />
            <button type="submit">{words::projects::MAKE}</button>
            {missing(wrong)}
            <label class="ticked">
                <input node_ref=themes type="checkbox" checked />
                {words::projects::WITH_THEMES}
            </label>
        </form>
    }
    .into_any()
}

/// Opens the sample project; it is made where there is none.
pub(super) fn open_sample(session: Session, page: Page) {
    spawn_local(async move {
        match session.sample().await {
            Ok(name) => go_to(session, page, name),
            Err(reason) => session.say(&words::history::failed(&reason)),
        }
    });
}
