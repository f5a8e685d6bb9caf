//! What the parts of the history are made of.

use leptos::prelude::*;
use web_sys::File;

use super::super::attempt::Attempt;
use super::super::dialog::{Dialog, Version};
use super::super::elements::press;
use super::super::focus::focus_first;
use super::super::import;
use super::super::page::Page;
use crate::browser;
use crate::session::Session;
use crate::time::Timestamp;
use crate::words;

/// A moment, and what was then.
pub(super) fn dated(at: Timestamp, written: String, what: &str) -> AnyView {
    view! {
        <time datetime=at.to_string()>{written}</time>
        <span>{what.to_owned()}</span>
    }
    .into_any()
}

/// A button that goes back to a version.
pub(super) fn go_back(version: Version, name: String, act: impl Fn() + 'static) -> AnyView {
    view! {
        <button type="button" data-version=version.name() aria-label=name on:click=press(act)>
            {words::history::GO_BACK}
        </button>
    }
    .into_any()
}

/// Takes the focus to the button of a version, if nobody is on the way to another place.
pub(super) fn lead_back(version: Option<Version>) {
    let Some(version) = version else { return };
    let selector = format!("dialog [data-version=\"{}\"]", version.name());
    request_animation_frame(move || {
        let is_at_heading = browser::focused().is_none_or(|element| element.tag_name() == "H2");
        if is_at_heading {
            focus_first(&selector);
        }
    });
}

/// Shows what going back to a version would do, whose records are in a file; unless the dialog has
/// been closed while they were read.
pub(super) fn show_restoration(
    session: Session,
    page: Page,
    attempt: Attempt,
    file: File,
    version: Version,
) {
    if attempt.is_over() {
        return;
    }
    page.dialog.set(Dialog::None);
    import::take_version(session, page, file, version);
}

/// In a name of a file.
pub(super) fn file_name(words: &[&str]) -> String {
    let words: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !word.is_empty())
        .collect();
    words.join(", ") + import::JOURNAL
}
