//! What the page is opened with: what another program has shared, or another page sends.

use leptos::task::spawn_local;

use super::page::{Brought, Page, Sent};
use super::texts;
use crate::browser::{self, file, sender, shared};
use crate::session::Session;
use crate::words;

/// The query of the address at which the page is opened with something shared.
const SHARED: &str = "?shared";

/// The query of the address at which the page listens to the one that has opened it.
const RECEIVE: &str = "?receive";

/// Takes it, if there is any. It is shown, and kept by nothing before a person says so.
pub(super) fn take(session: Session, page: Page) {
    let query = browser::window().location().search().unwrap_or_default();
    match query.as_str() {
        SHARED => {
            browser::forget_query();
            spawn_local(take_shared(session, page));
        }
        RECEIVE => {
            browser::forget_query();
            let is_heard = sender::listen(move |message| show(page, message));
            session.say(if is_heard {
                words::texts::LISTENING
            } else {
                words::texts::NOBODY_SENDS
            });
        }
        _ => {}
    }
}

async fn take_shared(session: Session, page: Page) {
    let shared = match shared::take().await {
        Ok(shared) => shared,
        Err(reason) => {
            session.say(&words::texts::not_shared(&reason));
            return;
        }
    };
    let title = shared.title.clone();
    let words = match (shared.text.trim(), shared.address.trim()) {
        // A link alone is a title and an address.
        ("", address) if shared.files.is_empty() => [title.trim(), address].join("\n\n"),
        ("", _) => String::new(),
        (words, _) => words.to_owned(),
    };
    if shared.files.is_empty() && words.trim().is_empty() {
        session.say(words::texts::NOTHING_SHARED);
        return;
    }
    texts::open(page, shared.files);
    let sent = Sent {
        origin: words::texts::ANOTHER_PROGRAM.into(),
        title,
        address: shared.address,
    };
    if !words.trim().is_empty() {
        texts::show(page, brought("", &words, false, sent));
    }
}

fn show(page: Page, message: sender::Message) {
    let is_part = !message.part.trim().is_empty();
    // What it says of itself is believed as far as the browser says the same.
    let is_own = message.address.starts_with(&format!("{}/", message.origin));
    let sent = Sent {
        title: message.title,
        address: if is_own {
            message.address
        } else {
            String::new()
        },
        origin: message.origin,
    };
    let brought = if is_part {
        brought("", &message.part, true, sent)
    } else {
        // Whatever encoding it names, it is UTF-8 now.
        let held = format!("\u{feff}{}", message.page);
        brought("page.html", &held, false, sent)
    };
    texts::show(page, brought);
}

fn brought(name: &str, held: &str, is_fragment: bool, sent: Sent) -> Option<Brought> {
    Some(Brought {
        name: name.into(),
        held: file::piece(held).ok()?,
        is_fragment,
        folder: String::new(),
        sent: Some(sent),
    })
}
