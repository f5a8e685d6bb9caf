//! What is said of the document above its text: its title, and which of the list it is. It stands in
//! room that is there in any case, and goes with the text.

use leptos::prelude::*;

use super::elements::{live, press};
use crate::browser;
use crate::keys::{Command, Way, tip};
use crate::session::Session;
use crate::words;

/// Draws it.
pub(super) fn drawn(session: Session) -> AnyView {
    let shown = Memo::new(move |_| {
        session.documents.track();
        let open = session.document.with(|open| open.id());
        let listed = session.library();
        let at = listed.iter().position(|own| own.id == open)?;
        (!session.has_none_open()).then(|| (listed[at].title.clone(), at + 1, listed.len()))
    });
    let title = live(move || shown.get().map(|(title, ..)| title.to_string()));
    let place = live(move || {
        shown
            .get()
            .map(|(_, at, count)| words::look::place(at, count))
    });
    let is_alone = live(move || shown.get().is_none_or(|(_, _, count)| count < 2));
    let step = |name: &'static str, sign: &'static str, way: Way| {
        let key = tip(Command::Document(way), browser::is_mac());
        view! {
            <button
                class="icon"
                aria-label=name
                title=words::look::with_key(name, key.as_deref())
                hidden=is_alone
                on:click=press(move || session.open_beside(way.by()))
            >
                <span aria-hidden="true">{sign}</span>
            </button>
        }
        .into_any()
    };
    let back = step(words::palette::DOCUMENT_BEFORE, "‹", Way::Back);
    let on = step(words::palette::NEXT_DOCUMENT, "›", Way::On);
    view! {
        <div class="text-head">
            <span dir="auto">{title}</span>
            {back}
            <span hidden=is_alone>{place}</span>
            {on}
        </div>
    }
    .into_any()
}
