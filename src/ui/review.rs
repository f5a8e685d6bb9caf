//! Saying where a passage is that was not found for sure.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::keys::keep_focus;
use super::list::show_article;
use super::{Page, button, part, tag, tagged};
use crate::annotation::AnnotationId;
use crate::browser;
use crate::query;
use crate::session::Session;
use crate::text::Span;

/// What can be done about an annotation without a sure place.
#[component]
pub(super) fn Review(
    session: Session,
    page: Page,
    id: AnnotationId,
    /// A person has said already that it is lost.
    given_up: bool,
) -> impl IntoView {
    let choices = session.with(|project| {
        project
            .live(id)
            .map(|placed| query::choices(project, placed))
            .unwrap_or_default()
    });
    let choices: Vec<AnyView> = choices
        .into_iter()
        .map(|choice| {
            let span = choice.span;
            let [before, here, after] = choice.words;
            let passage = vec![
                format!("…{before}").into_any(),
                tagged("mark", &*here),
                format!("{after}… {} %", choice.score).into_any(),
            ];
            let choice = vec![
                tag("p", passage),
                button("", "Show it", move || look_at(page, id, span)),
                button("", "It is here", decide(move || session.attach(id, span))),
            ];
            tag("li", choice)
        })
        .collect();
    let attach = move || {
        page.attaching.set(Some(id));
        show_article();
        // There the passage is selected, by keys as well.
        let article = browser::document().query_selector("article").ok().flatten();
        if let Some(article) = article.and_then(|article| article.dyn_into().ok()) {
            browser::focus(&article);
        }
        let quote = session.with(|project| Some(query::row(project, project.live(id)?).quote));
        let quote = quote.unwrap_or_default();
        session.say(&format!(
            "Select the passage in the article for “{quote}”, then press Enter or “Attach here”"
        ));
    };
    view! {
        <div class="review" role="group" aria-label="Where is this passage?">
            <ol>{choices}</ol>
            {button("", "Select it myself", attach)}
            {(!given_up).then(|| button("", "Keep as lost", decide(move || session.give_up(id))))}
        </div>
    }
}

/// What a press does that takes the entry off the list: the focus goes to the next one.
fn decide(act: impl Fn() + 'static) -> impl Fn() + 'static {
    move || {
        let before = browser::focused();
        act();
        keep_focus(before);
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
        let here = move || {
            attach_here(session, page);
        };
        Some(button("main", "Attach here", here))
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
