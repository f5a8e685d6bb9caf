//! The pane with the article: what becomes of it when the session says something else, and what is
//! drawn over it.

use std::sync::Arc;

use leptos::prelude::*;

use super::dialog::Dialog;
use super::elements::{Piece, button, effect, ended, part, tagged};
use super::page::Page;
use super::reader::gutter::Gutter;
use super::reader::{ReaderContext, caret, pointing, resize};
use crate::browser::{SizeWatch, selection};
use crate::document::Document;
use crate::marking::Gesture;
use crate::session::{Saving, Session};
use crate::words;

/// The pane with the article. `scrolled` is where the reader was left.
#[component]
pub(super) fn TextPane(
    session: Session,
    page: Page,
    reader: ReaderContext,
    scrolled: RwSignal<Option<String>>,
) -> impl IntoView {
    let (pane, article) = (reader.pane, reader.article);
    // Before the text is drawn, so that it is drawn there.
    effect(move || {
        if let Some(at) = scrolled.get() {
            reader.scroll_to_remembered(&at);
        }
    });
    // The text is drawn anew when another document is opened, or another version of it is
    // put in its place. Marks are not painted before: asking what is near the pane would have
    // the bare page laid out.
    let mut drawn: Option<Arc<Document>> = None;
    effect(move || {
        session.marks.track();
        let document = session.document.get();
        if article.get().is_none() || session.blank.get() {
            return;
        }
        if let Some(before) = drawn.replace(document.clone()) {
            if Arc::ptr_eq(&before, &document) {
                reader.paint();
                return;
            }
            if before.id() != document.id() {
                page.attaching.set(None);
            }
            reader.change_document(&before, &document);
        }
        reader.draw(&document);
    });
    ended(
        move || session.saving.with(Saving::is_loading),
        move || reader.fill_on(),
    );
    effect(move || {
        if let Some(id) = page.jump.get() {
            page.jump.set(None);
            reader.show_mark(id);
        }
    });
    effect(move || {
        if let Some(block) = page.go_to.get() {
            page.go_to.set(None);
            reader.go_to(block);
        }
    });
    effect(move || {
        if let Some((id, span)) = page.look_at.get() {
            page.look_at.set(None);
            page.attaching.set(Some(id));
            reader.bring_into_view(span);
            // The focus first: taking it, some engines drop the selection.
            reader.focus_article();
            reader.select(span);
            reader.take_selection();
            session.say(words::review::PRESS_ENTER);
        }
    });
    // What was selected before a dialog opened is selected again after it.
    ended(
        move || page.dialog.with(|dialog| *dialog != Dialog::None),
        move || reader.select_again(),
    );
    effect(move || {
        session.subject.track();
        session.gesture.track();
        reader.show_subject();
    });
    // While a pointer selects or drags an end, nothing but the text takes it: see the style sheet.
    effect(move || {
        let selects = session.gesture.get() != Gesture::Resting;
        if let Some(body) = crate::browser::document().body() {
            // A name without a space is not refused.
            let _ = body.class_list().toggle_with_force("selecting", selects);
        }
    });
    // Fonts that arrive, a panel that opens, a window that is turned: things move.
    let watch = StoredValue::new_local(None);
    effect(move || {
        watch.set_value(
            article
                .get()
                .and_then(|article| SizeWatch::new(&article, move || reader.resized())),
        );
    });
    pointing::listen(reader);
    caret::listen(reader);
    // What is left before the place has been remembered.
    let left = window_event_listener_untyped("visibilitychange", move |_| reader.remember_now());
    on_cleanup(move || left.remove());
    on_cleanup(selection::clear);

    view! {
        <div
            class="reader"
            class:by-keys=reader.by_keys
            node_ref=pane
            on:scroll=move |_| reader.scrolled()
            // Here, since a handle that is dragged lies beside the article.
            on:pointermove=move |event| pointing::moved(reader, &event)
            on:click=move |event| pointing::click_beside(reader, &event)
        >
            <article
                node_ref=article
                id="text"
                tabindex="0"
                translate="no"
                aria-describedby="article-help"
                on:focus=move |_| reader.entered()
                on:click=move |event| pointing::click(reader, &event)
                on:pointerleave=move |_| reader.hovered.set(None)
            ></article>
            {page.later.unasked(move |later| (later.text_head)(session), |_| ().into_any())}
            {nothing(session, page)}
            <p id="article-help" hidden>
                {words::reader::HELP}
            </p>
            <Licence session />
            <Gutter reader />
            <caret::Caret reader />
            <resize::Handles reader />
            <Tooltip page reader />
        </div>
    }
}

/// What is said where no document is open, and the way on.
fn nothing(session: Session, page: Page) -> Piece {
    part(move || {
        session.document.track();
        let is_empty = !session.blank.get() && session.has_none_open();
        is_empty.then(|| {
            let open = button("main", words::library::OPEN_TEXTS, move || {
                page.open(Dialog::Texts);
            });
            let sample = button("", words::projects::TRY_SAMPLE, move || {
                page.later
                    .run_or_say(session, move |later| (later.open_sample)(session, page));
            });
            let heading = tagged("h1", words::library::NONE_OPEN);
            let said = tagged("p", words::library::NONE);
            view! { <div class="nothing">{heading} {said} {open} " " {sample}</div> }.into_any()
        })
    })
}

/// Themes and notes of the marks under the pointer, once what draws them is here: it is not asked
/// for. Everything it says is in the list as well, so it is nothing to a screen reader.
#[component]
fn Tooltip(page: Page, reader: ReaderContext) -> impl IntoView {
    part(move || {
        let hover = reader.hovered.get()?;
        let later = page.later.here()?;
        Some((later.tooltip)(reader, hover))
    })
}

/// Under which terms the text may be used.
#[component]
fn Licence(session: Session) -> impl IntoView {
    part(move || {
        let document = session.document.get();
        let licence = document.record.licence.clone()?;
        Some(view! {
            <footer class="licence">
                <p>
                    {words::reader::LICENCE}
                    <a href=licence.address.to_string() rel="license noreferrer" target="_blank">
                        {licence.name.to_string()}
                    </a>
                    {document.record.source.starts_with("https:").then(|| view! {
                        {words::reader::FROM}
                        <a href=document.record.source.to_string() rel="noreferrer" target="_blank">
                            {words::reader::ITS_SOURCE}
                        </a>
                    })}
                </p>
            </footer>
        }
        .into_any())
    })
}
