//! Projects as files: downloaded, and opened as new projects.

use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;

use super::super::elements::{button, effect, line, part, tagged};
use super::super::file_picker::FilePicker;
use super::going::saved;
use super::listing::Listing;
use crate::browser::{self, clock, file};
use crate::format::project::EXTENSION;
use crate::library;
use crate::session::Brought;
use crate::session::projects::{self, Entry};
use crate::words;

/// Whether projects are downloaded with their history.
pub(super) fn history(listing: Listing) -> AnyView {
    view! {
        <label class="ticked">
            <input
                type="checkbox"
                prop:checked=listing.with_history
                on:change=move |event| listing.with_history.set(event_target_checked(&event))
            />
            {words::projects::WITH_HISTORY}
        </label>
    }
    .into_any()
}

/// Offers a project as a file.
pub(super) fn download(listing: Listing, entry: Entry) {
    let with_history = listing.with_history.get_untracked();
    listing.attempt.make(async move {
        if entry.is_open() {
            saved(listing.session, listing.page).await?;
        }
        let title = entry.shown_title();
        let made = listing.session.project_file(&entry, &title, with_history);
        let Some((held, warnings)) = made.await? else {
            return Ok(());
        };
        file::offer(&(library::name(&title) + EXTENSION), &held)?;
        // The file is there all the same.
        if warnings.is_empty() {
            Ok(())
        } else {
            Err(warnings.join(" "))
        }
    });
}

/// What a file holds that was chosen; shared, since it may be long.
type Shown = RwSignal<Option<Rc<Brought>>, LocalStorage>;

/// Chooses a project file, and shows what it holds before a project is made of it.
pub(super) fn bring(listing: Listing) -> AnyView {
    let shown: Shown = RwSignal::new_local(None);
    let take = move |chosen: web_sys::File| {
        shown.set(None);
        listing.attempt.make(async move {
            let brought = listing.session.read_project(chosen).await?;
            shown.try_set(brought.map(Rc::new));
            Ok(())
        });
    };
    // One that came by another way is here already.
    let came = listing.page.project_file.try_update_value(Option::take);
    if let Some(came) = came.flatten() {
        take(came);
    }
    let said = NodeRef::<html::Div>::new();
    // It stands at the end of what may be a long list.
    effect(move || {
        if let Some(said) = said.get().filter(|_| shown.with(Option::is_some)) {
            request_animation_frame(move || browser::element::show(&said));
        }
    });
    view! {
        <div class="past">
            <FilePicker
                label=words::projects::FILE
                accept=".themark,.zip"
                words=words::projects::OPEN_FILE
                title=words::projects::FILE_TITLE
                take
            />
            <div node_ref=said role="status">{part(move || Some(drawn(listing, shown.get()?)))}</div>
        </div>
    }
    .into_any()
}

fn drawn(listing: Listing, brought: Rc<Brought>) -> AnyView {
    let counts = words::projects::counts(brought.counts.documents, brought.counts.marks);
    let holds = words::projects::holds(&brought.made.title, &counts, brought.has_history);
    let warnings: Vec<AnyView> = brought
        .warnings
        .iter()
        .map(|warning| line(&[("", warning)]))
        .collect();
    let brought = send_wrapper::SendWrapper::new(brought);
    let open = move || {
        let (made, counts) = (brought.made.clone(), brought.counts);
        listing.attempt.make(async move {
            let now = clock::now();
            let name = projects::make(made, clock::name(), now).await?;
            projects::change(&name, now, |entry| entry.counts = counts).await?;
            listing.open(name);
            Ok(())
        });
    };
    view! {
        {tagged("p", holds)}
        <ul>{warnings}</ul>
        {button("main", words::projects::ADD, open)}
    }
    .into_any()
}
