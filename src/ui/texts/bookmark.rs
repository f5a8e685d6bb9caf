//! The bookmark that sends a page that is being read.

use leptos::prelude::*;

use crate::browser::{self, sender};
use crate::session::Session;
use crate::ui::elements::tagged;
use crate::words;

/// What it is and how it is had, folded; nothing where this page has no address of its own.
pub(super) fn drawn(session: Session) -> Option<AnyView> {
    if !browser::is_hosted() {
        return None;
    }
    let location = browser::window().location();
    let origin = location.origin().unwrap_or_default();
    let path = location.pathname().unwrap_or_default();
    let address = sender::bookmark(&format!("{origin}{path}?receive"));
    // The page's policy would not run it here either.
    let here = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        session.say(words::texts::BOOKMARK_DRAG);
    };
    let drawn = view! {
        <details class="bookmark">
            <summary>{words::texts::BOOKMARK}</summary>
            {tagged("p", words::texts::BOOKMARK_HOW)}
            <p><a href=address.clone() on:click=here>{words::texts::BOOKMARK_NAME}</a></p>
            <textarea rows="2" readonly aria-label=words::texts::BOOKMARK_ADDRESS prop:value=address></textarea>
            {tagged("p", words::texts::BOOKMARK_ELSE)}
        </details>
    };
    Some(drawn.into_any())
}
