//! What a person must know about their work, until it is no longer so.

use leptos::prelude::*;

use super::elements::{button, part, tagged};
use crate::browser::{file, highlight};
use crate::session::{Saving, Session};
use crate::words;

/// The warnings that hold now, each with what to do about it.
#[component]
pub(super) fn Banner(session: Session) -> impl IntoView {
    let unsaved = part(move || match session.saving.get() {
        Saving::Failed(reason) => Some(banner(
            words::saving::failed(&reason),
            vec![again(session), download(session)],
        )),
        Saving::Off(reason) => Some(banner(words::saving::off(&reason), vec![download(session)])),
        Saving::Loading | Saving::Saved | Saving::Busy => None,
    });
    let missing = part(move || {
        session
            .missing
            .get()
            .then(|| banner(words::saving::MISSING.into(), vec![download(session)]))
    });
    let unread = part(move || {
        let lines = session.unread.get();
        let told = words::saving::unread(lines.len());
        (!lines.is_empty()).then(|| {
            let keep = move || {
                let lines = js_sys::Array::of1(&lines.join("\n\n").into());
                if let Err(reason) = file::download("themark.unread.txt", &lines) {
                    session.say(&reason);
                }
            };
            banner(told, vec![button("", words::saving::DOWNLOAD_THEM, keep)])
        })
    });
    let paused = part(move || {
        let reason = session.paused.get()?;
        let again = move || session.resolve_again();
        let again = button("", words::saving::LOOK_AGAIN, again);
        Some(banner(reason, vec![again]))
    });
    let unpainted =
        (!highlight::is_known()).then(|| banner(words::saving::CANT_PAINT.into(), Vec::new()));
    view! {
        <div class="banners" role="alert">
            {unsaved}
            {missing}
            {unread}
            {paused}
            {unpainted}
        </div>
    }
}

fn again(session: Session) -> AnyView {
    button("", words::common::TRY_AGAIN, move || session.save_again())
}

fn download(session: Session) -> AnyView {
    button("", words::saving::DOWNLOAD_NOW, move || session.download())
}

fn banner(told: String, buttons: Vec<AnyView>) -> AnyView {
    view! { <div class="banner">{tagged("p", told)} {buttons}</div> }.into_any()
}
