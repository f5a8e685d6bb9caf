//! Saying where a passage is that was not found for sure.

use leptos::prelude::*;

use super::list::show_article;
use super::{Page, part, press};
use crate::annotation::AnnotationId;
use crate::query;
use crate::session::Session;
use crate::text::Span;

/// What can be done about an annotation without a sure place.
#[component]
pub(super) fn Review(session: Session, page: Page, id: AnnotationId) -> impl IntoView {
    let choices = session.with(|project| {
        project
            .live(id)
            .map(|placed| query::choices(project, placed))
            .unwrap_or_default()
    });
    let choices = choices
        .into_iter()
        .map(|choice| {
            let span = choice.span;
            let [before, words, after] = choice.words.map(|words| words.to_string());
            view! {
                <li>
                    <p dir="auto">"…" {before} <mark>{words}</mark> {after} "…"</p>
                    <button on:click=press(move || look_at(page, id, span))>"Show it"</button>
                    <button on:click=press(move || session.attach(id, span))>
                        "It is here"
                        <span class="count">" " {choice.score} " %"</span>
                    </button>
                </li>
            }
        })
        .collect_view();
    let attach = press(move || {
        page.attaching.set(Some(id));
        show_article();
        session.say("Select the passage in the article, then press Enter");
    });
    view! {
        <div class="review" role="group" aria-label="Where is this passage?">
            <ol>{choices}</ol>
            <button on:click=attach>"Select it myself"</button>
            <button on:click=press(move || session.give_up(id))>"Keep as lost"</button>
        </div>
    }
}

fn look_at(page: Page, id: AnnotationId, span: Span) {
    show_article();
    page.look_at.set(Some((id, span)));
}

/// In the toolbar, while a passage is being looked for: puts the annotation on what is
/// selected.
#[component]
pub(super) fn AttachHere(session: Session, page: Page) -> impl IntoView {
    part(move || {
        page.attaching.get()?;
        session.passage.get()?;
        let here = press(move || {
            attach_here(session, page);
        });
        Some(view! { <button class="main" on:click=here>"Attach here"</button> }.into_any())
    })
}

/// Puts the annotation that is being attached on the selected passage; whether there were
/// both.
pub(super) fn attach_here(session: Session, page: Page) -> bool {
    let both = page
        .attaching
        .get_untracked()
        .zip(session.passage.get_untracked());
    if let Some((id, span)) = both {
        page.attaching.set(None);
        session.attach(id, span);
    }
    both.is_some()
}
