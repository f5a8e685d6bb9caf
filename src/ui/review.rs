//! Saying where a passage is that was not found for sure.

use leptos::prelude::*;

use super::elements::{button, part, tag, tagged};
use super::focus::{focus_text, keep_focus};
use super::page::Page;
use crate::annotation::AnnotationId;
use crate::browser;
use crate::query::{self};
use crate::session::Session;
use crate::text::Span;
use crate::words;

/// What can be done about an annotation without a sure place. `given_up`: a person has said
/// already that it is lost.
pub(super) fn review(session: Session, page: Page, id: AnnotationId, given_up: bool) -> AnyView {
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
                words::review::before(&before).into_any(),
                tagged("mark", &*here),
                words::review::behind(&after, choice.score).into_any(),
            ];
            let choice = vec![
                tag("p", passage),
                button("", words::review::SHOW, move || look_at(page, id, span)),
                button(
                    "",
                    words::review::HERE,
                    decide(move || session.attach(id, span)),
                ),
            ];
            tag("li", choice)
        })
        .collect();
    let attach = move || {
        page.attaching.set(Some(id));
        page.show_article();
        // There the passage is selected, by keys as well.
        focus_text();
        let quote = session.with(|project| Some(query::row(project, project.live(id)?).quote));
        let quote = quote.unwrap_or_default();
        session.say(&words::review::how_to_attach(&quote));
    };
    view! {
        <div class="review" role="group" aria-label=words::review::WHERE>
            <ol>{choices}</ol>
            {button("", words::review::SELECT, attach)}
            {(!given_up).then(|| {
                button("", words::review::KEEP_AS_LOST, decide(move || session.give_up(id)))
            })}
        </div>
    }
    .into_any()
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
    page.show_article();
    page.look_at.set(Some((id, span)));
}

/// In the code bar, while a passage is being looked for: puts the annotation on what is
/// selected.
#[component]
pub(super) fn AttachHere(session: Session, page: Page) -> impl IntoView {
    part(move || {
        page.attaching.get()?;
        session.subject.get().passage()?;
        let here = move || {
            attach_here(session, page);
        };
        Some(button("main", words::review::ATTACH_HERE, here))
    })
}

/// Puts the annotation that is being attached on the selected passage; whether there were
/// both.
pub(super) fn attach_here(session: Session, page: Page) -> bool {
    let both = page
        .attaching
        .get_untracked()
        .zip(session.subject.get_untracked().passage());
    if let Some((id, span)) = both {
        page.attaching.set(None);
        session.attach(id, span);
    }
    both.is_some()
}
