//! The bar at the top: which article, undo and redo, files in and out.

use leptos::prelude::*;

use super::file_picker::FilePicker;
use super::{Dialog, Page, import, live, press};
use crate::document::DocumentId;
use crate::session::Session;

/// The bar.
#[component]
pub(super) fn Bar(session: Session, page: Page) -> impl IntoView {
    let would = |verb: &'static str, label: RwSignal<Option<String>>, keys: &'static str| {
        live(move || match label.get() {
            Some(label) => format!("{verb} {label} ({keys})"),
            None => format!("Nothing to {verb}"),
        })
    };
    let none =
        |label: RwSignal<Option<String>>| live(move || label.with(Option::is_none).to_string());
    let undo_title = would("undo", session.undo_label, "Ctrl+Z");
    let redo_title = would("redo", session.redo_label, "Ctrl+Shift+Z");
    view! {
        <header class="bar">
            <p class="brand">"Themark"</p>
            <ArticlePicker session />
            <div class="history">
                // Disabled by ARIA only, so that the focus is not lost with the last step.
                <button
                    class="icon"
                    aria-label="Undo"
                    title=undo_title
                    aria-disabled=none(session.undo_label)
                    on:click=press(move || session.undo())
                >
                    <span aria-hidden="true">"↶"</span>
                </button>
                <button
                    class="icon"
                    aria-label="Redo"
                    title=redo_title
                    aria-disabled=none(session.redo_label)
                    on:click=press(move || session.redo())
                >
                    <span aria-hidden="true">"↷"</span>
                </button>
            </div>
            // Its dialog is a script of its own, which later.js fetches.
            <button class="versions" title="Versions, copies, and where they are kept">
                "History"
            </button>
            <button
                class="replace"
                title="Put another version of the text in its place; marks go with their words"
                on:click=press(move || page.dialog.set(Dialog::Replace(None)))
            >
                "Replace text…"
            </button>
            <FilePicker
                label="Annotation file"
                accept=".json,.jsonld,.txt,application/json,application/ld+json"
                title="Import an annotation file, or drop it on the page"
                words="Import"
                take=move |file| import::take(session, page, file)
            />
            <button class="main" on:click=press(move || session.download())>"Download JSON"</button>
            <button
                class="icon help"
                aria-label="Shortcuts"
                title="Shortcuts (?)"
                on:click=press(move || page.dialog.set(Dialog::Shortcuts))
            >
                <span aria-hidden="true">"?"</span>
            </button>
        </header>
    }
}

/// Opens another article.
#[component]
fn ArticlePicker(session: Session) -> impl IntoView {
    let articles = session.articles();
    let choose = move |event| {
        if let Ok(id) = uuid::Uuid::try_parse(&event_target_value(&event)) {
            session.open(DocumentId(id));
        }
    };
    view! {
        <select class="article" aria-label="Article" on:change=choose>
            {articles
                .into_iter()
                .map(|article| {
                    let id = article.id;
                    view! {
                        <option
                            value=id.0.to_string()
                            prop:selected=live(move || session.document.with(|open| open.id == id))
                        >
                            {live(move || {
                                session.document.track();
                                session.with(|project| {
                                    let title = project.document(id).map(|own| own.title.to_string());
                                    title.unwrap_or_default()
                                })
                            })}
                        </option>
                    }
                })
                .collect_view()}
        </select>
    }
}
