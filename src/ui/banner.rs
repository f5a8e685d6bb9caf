//! What a person must know about their work, until it is no longer so.

use leptos::prelude::*;

use super::{part, press};
use crate::browser::{file, highlight};
use crate::session::{Saving, Session};

/// The warnings that hold now, each with what to do about it.
#[component]
pub(super) fn Banner(session: Session) -> impl IntoView {
    let unsaved =
        part(move || {
            match session.saving.get() {
        Saving::Failed(reason) => Some(view! {
            <div class="banner"><p>
                "Your last changes are not saved: " {reason}
                ". They are kept while this page is open. Download them before you close it."
            </p>
            <button on:click=press(move || session.save_again())>"Try again"</button>
            <button on:click=press(move || session.download())>"Download now"</button></div>
        }
        .into_any()),
        Saving::Off(reason) => Some(view! {
            <div class="banner"><p>
                "Nothing is saved in this browser: " {reason}
                ". You can go on working; download your annotations before you close the page."
            </p>
            <button on:click=press(move || session.download())>"Download now"</button></div>
        }
        .into_any()),
        Saving::Loading | Saving::Saved | Saving::Busy => None,
    }
        });
    let unread = part(move || {
        let lines = session.unread.get();
        (!lines.is_empty()).then(|| {
            let count = lines.len();
            let keep = press(move || {
                if let Err(reason) = file::download("themark.unread.txt", &lines.join("\n\n")) {
                    session.say(&reason);
                }
            });
            view! {
                <div class="banner"><p>
                    {count} " stored change(s) could not be read. They are left as they are; \
                     everything else is here."
                </p>
                <button on:click=keep>"Download them"</button></div>
            }
            .into_any()
        })
    });
    let unpainted = highlight::Painter::new().is_none().then(|| {
        view! {
            <p>
                "This browser can't paint highlights. Marking works all the same, and every \
                 mark is in the list; a current browser shows them in the text, too."
            </p>
        }
    });
    view! {
        <div class="banners" role="alert">
            {unsaved}
            {unread}
            {unpainted.map(|words| view! { <div class="banner">{words}</div> })}
        </div>
    }
}
