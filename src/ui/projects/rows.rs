//! A line of the dialog: a project, and what can be done with it.

use leptos::html;
use leptos::prelude::*;

use super::super::attempt::named;
use super::super::dialog::Dialog;
use super::super::elements::{escape, live, missing, name_in, press, press_once, tagged};
use super::super::focus::focus_first;
use super::files;
use super::going::{leave, saved};
use super::listing::Listing;
use crate::browser::clock;
use crate::session::projects::{self, Entry};
use crate::words;

/// A project that is there.
pub(super) fn row(listing: Listing, entry: Entry) -> AnyView {
    let title = entry.shown_title();
    let is_named_anew = listing
        .renaming
        .with(|renaming| renaming.as_deref() == Some(&*entry.database));
    if is_named_anew {
        return rename(listing, entry);
    }
    let about = |act: &str| words::projects::about(act, &title);
    let (rename, duplicate, download, delete) = (
        about(words::projects::RENAME),
        about(words::projects::DUPLICATE),
        about(words::projects::DOWNLOAD),
        about(words::projects::DELETE),
    );
    let (is_open, name) = (entry.is_open(), entry.database.clone());
    let go = {
        let name = name.clone();
        move || {
            if is_open {
                listing.page.dialog.set(Dialog::None);
            } else {
                listing.open(name.clone());
            }
        }
    };
    let start_renaming = {
        let name = name.clone();
        move || {
            listing.renaming.set(Some(name.clone()));
            request_animation_frame(|| focus_first("dialog .moments input"));
        }
    };
    let copy = {
        let entry = entry.clone();
        move || {
            let entry = entry.clone();
            listing.attempt.make(async move {
                if entry.is_open() {
                    saved(listing.session, listing.page).await?;
                }
                let title = words::projects::copy_of(&entry.shown_title());
                let now = clock::now();
                let made = projects::duplicate(&entry, &title, clock::name(), now).await?;
                listing.refresh(Some(format!("[data-project=\"{made}\"]")));
                Ok(())
            });
        }
    };
    let save = {
        let entry = entry.clone();
        move || files::download(listing, entry.clone())
    };
    let remove = {
        let entry = entry.clone();
        move || {
            let entry = entry.clone();
            listing.attempt.make(async move {
                projects::put_by(&entry.database, clock::now()).await?;
                if entry.is_open() {
                    leave(listing.session, listing.page);
                } else {
                    listing.refresh(Some("#modal-heading".into()));
                }
                Ok(())
            });
        }
    };
    let counts = words::projects::counts(entry.counts.documents, entry.counts.marks);
    let when = if is_open {
        words::projects::OPEN_NOW.to_owned()
    } else {
        clock::shown(entry.opened)
    };
    view! {
        <li>
            <button
                class="document"
                data-project=name
                aria-current=is_open.then_some("page")
                on:click=press(go)
            >
                <span dir="auto">{title}</span>
            </button>
            <span class="acts">
                {named(words::projects::RENAME, rename, start_renaming)}
                {named(words::projects::DUPLICATE, duplicate, copy)}
                {named(words::projects::DOWNLOAD, download, save)}
                {named(words::projects::DELETE, delete, remove)}
            </span>
            {tagged("small", format!("{counts} · {when}"))}
        </li>
    }
    .into_any()
}

/// The same while its name is being written.
fn rename(listing: Listing, entry: Entry) -> AnyView {
    let field = NodeRef::<html::Input>::new();
    let wrong = RwSignal::new("");
    let name = entry.database.clone();
    let back = {
        let name = name.clone();
        move || {
            listing.renaming.set(None);
            listing.refresh(Some(format!("[data-project=\"{name}\"]")));
        }
    };
    let save = {
        let back = back.clone();
        move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            let Some(title) = name_in(field, wrong) else {
                return;
            };
            let (name, back) = (name.clone(), back.clone());
            listing.attempt.make(async move {
                let named = |entry: &mut Entry| {
                    entry.title = title;
                    entry.is_sample = false;
                };
                projects::change(&name, clock::now(), named).await?;
                back();
                Ok(())
            });
        }
    };
    view! {
        <li>
            <form on:submit=save on:keydown=escape(back)>
                <input
                    node_ref=field
                    type="text"
                    dir="auto"
                    maxlength="200"
                    aria-label=words::projects::NAME
                    prop:value=entry.shown_title()
                />
                <button type="submit">{words::projects::SAVE_NAME}</button>
                {missing(wrong)}
            </form>
        </li>
    }
    .into_any()
}

/// A project in the bin.
pub(super) fn binned(listing: Listing, entry: Entry) -> AnyView {
    let title = entry.shown_title();
    let about = |act: &str| words::projects::about(act, &title);
    let (back, erase, really) = (
        about(words::projects::TAKE_OUT),
        about(words::projects::ERASE),
        about(words::projects::ERASE_REALLY),
    );
    let name = entry.database.clone();
    let put_back = {
        let name = name.clone();
        move || {
            let name = name.clone();
            listing.attempt.make(async move {
                projects::put_back(&name, clock::now()).await?;
                listing.refresh(Some(format!("[data-project=\"{name}\"]")));
                Ok(())
            });
        }
    };
    // Pressed once it asks, pressed again it is done. Who goes elsewhere in between has thought better.
    let is_asked = RwSignal::new(false);
    let button = NodeRef::<html::Button>::new();
    let end = move || {
        if !is_asked.get_untracked() {
            is_asked.set(true);
            // Not every browser gives a button the focus that is pressed.
            if let Some(button) = button.get_untracked() {
                crate::browser::focus(&button);
            }
            return;
        }
        let name = name.clone();
        listing.attempt.make(async move {
            projects::erase(&name).await?;
            listing.refresh(Some("#modal-heading".into()));
            Ok(())
        });
    };
    let call_off = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" && is_asked.get_untracked() {
            event.prevent_default();
            event.stop_propagation();
            is_asked.set(false);
        }
    };
    let says = move || {
        if is_asked.get() {
            words::projects::ERASE_REALLY
        } else {
            words::projects::ERASE
        }
    };
    let label = move || {
        if is_asked.get() {
            really.clone()
        } else {
            erase.clone()
        }
    };
    let counts = words::projects::counts(entry.counts.documents, entry.counts.marks);
    view! {
        <li>
            {tagged("span", title)}
            <span class="acts">
                {named(words::projects::TAKE_OUT, back, put_back)}
                <button
                    type="button"
                    node_ref=button
                    aria-label=live(label)
                    on:click=press_once(end)
                    // Nor may the press itself take the focus away.
                    on:mousedown=|event| event.prevent_default()
                    on:keydown=call_off
                    on:blur=move |_| is_asked.set(false)
                >
                    {live(says)}
                </button>
            </span>
            {tagged("small", counts)}
        </li>
    }
    .into_any()
}
