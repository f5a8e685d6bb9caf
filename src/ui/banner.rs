//! What a person must know about their work, until it is no longer so.

use leptos::prelude::*;

use super::elements::{button, part, tagged};
use crate::browser::{file, highlight};
use crate::session::{Saving, Session};

/// The warnings that hold now, each with what to do about it.
#[component]
pub(super) fn Banner(session: Session) -> impl IntoView {
    let unsaved = part(move || match session.saving.get() {
        Saving::Failed(reason) => Some(banner(
            format!(
                "Your last changes are not saved: {reason}. They are kept while this page is open. Download them before you close it."
            ),
            vec![again(session), download(session)],
        )),
        Saving::Off(reason) => Some(banner(
            format!(
                "Nothing is saved in this browser: {reason}. You can go on working; download your annotations before you close the page."
            ),
            vec![download(session)],
        )),
        Saving::Loading | Saving::Saved | Saving::Busy => None,
    });
    let missing = part(move || {
        let told = "Some stored changes are missing: this browser has lost them. Everything else is here; see whether your last work is, and download it.";
        session
            .missing
            .get()
            .then(|| banner(told.into(), vec![download(session)]))
    });
    let unread = part(move || {
        let lines = session.unread.get();
        let told = format!(
            "{} stored change(s) could not be read. They are left as they are; everything else is here.",
            lines.len()
        );
        (!lines.is_empty()).then(|| {
            let keep = move || {
                let lines = js_sys::Array::of1(&lines.join("\n\n").into());
                if let Err(reason) = file::download("themark.unread.txt", &lines) {
                    session.say(&reason);
                }
            };
            banner(told, vec![button("", "Download them", keep)])
        })
    });
    let paused = part(move || {
        let reason = session.paused.get()?;
        let again = button("", "Look again", move || session.resolve_again());
        Some(banner(reason, vec![again]))
    });
    let unpainted = (!highlight::is_known()).then(|| {
        let words = "This browser can't paint highlights. Marking works all the same, and every \
             mark is in the list; a current browser shows them in the text, too.";
        banner(words.into(), Vec::new())
    });
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
    button("", "Try again", move || session.save_again())
}

fn download(session: Session) -> AnyView {
    button("", "Download now", move || session.download())
}

fn banner(told: String, buttons: Vec<AnyView>) -> AnyView {
    view! { <div class="banner">{tagged("p", told)} {buttons}</div> }.into_any()
}
