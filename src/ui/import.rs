//! Taking a file in: choosing or dropping it, seeing what it would do, doing it.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, File, HtmlInputElement};

use super::modal::Modal;
use super::{Dialog, Page, press};
use crate::browser::file;
use crate::import::Plan;
use crate::session::Session;

/// What a file turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Offer {
    /// It can be taken in: its name, what that would do, what would be left out.
    Plan(String, Plan, Vec<String>),
    /// It can't: its name and why.
    Refused(String, Vec<String>),
}

/// The button "Import".
#[component]
pub(super) fn FilePicker(session: Session, page: Page) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let chosen = move |event: web_sys::Event| {
        let Some(input) = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
        else {
            return;
        };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            take(session, page, file);
        }
        // So that choosing the same file again is a change again.
        input.set_value("");
    };
    let open = press(move || {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    });
    view! {
        <input
            node_ref=input
            type="file"
            hidden
            aria-label="Annotation file"
            accept=".json,.jsonld,application/json,application/ld+json"
            on:change=chosen
        />
        <button title="Import an annotation file, or drop it on the page" on:click=open>"Import"</button>
    }
}

/// Takes files that are dropped anywhere on the page.
#[component]
pub(super) fn DropZone(session: Session, page: Page) -> impl IntoView {
    let over = RwSignal::new(false);
    let has_files = |event: &DragEvent| {
        event
            .data_transfer()
            .is_some_and(|transfer| transfer.types().includes(&"Files".into(), 0))
    };
    let dragged = window_event_listener(leptos::ev::dragover, move |event| {
        if has_files(&event) {
            event.prevent_default();
            over.set(true);
        }
    });
    let left = window_event_listener(leptos::ev::dragleave, move |event| {
        // Leaving an element for another one inside the window is no leaving.
        if event.related_target().is_none() {
            over.set(false);
        }
    });
    let dropped = window_event_listener(leptos::ev::drop, move |event| {
        over.set(false);
        if !has_files(&event) {
            return;
        }
        event.prevent_default();
        let files = event.data_transfer().and_then(|transfer| transfer.files());
        if let Some(file) = files.and_then(|files| files.get(0)) {
            take(session, page, file);
        }
    });
    on_cleanup(move || {
        for handle in [dragged, left, dropped] {
            handle.remove();
        }
    });
    view! { <div class="drop" class:over=over aria-hidden="true">"Drop to import annotations"</div> }
}

fn take(session: Session, page: Page, file: File) {
    let name = file.name();
    session.say(&format!("Reading {name}…"));
    spawn_local(async move {
        let plan = match file::read(&file).await {
            Ok(text) => session.plan_import(text).await,
            Err(reason) => Err(vec![reason]),
        };
        let offer = match plan {
            Ok((plan, warnings)) => Offer::Plan(name, plan, warnings),
            Err(reasons) => Offer::Refused(name, reasons),
        };
        session.say(match offer {
            Offer::Plan(..) => "",
            Offer::Refused(..) => "Nothing was imported",
        });
        page.dialog.set(Dialog::Import(offer));
    });
}

/// What a file would do, before it is done; or why it is refused.
#[component]
pub(super) fn ImportDialog(session: Session, page: Page, offer: Offer) -> impl IntoView {
    let close = move || press(move || page.dialog.set(Dialog::None));
    match offer {
        Offer::Refused(name, reasons) => {
            const SHOWN: usize = 5;
            let more = reasons.len().saturating_sub(SHOWN);
            view! {
                <Modal page heading="This file can't be imported">
                    <p>"“" {name} "” is not a valid annotation file. Nothing was changed."</p>
                    <ul class="reasons">
                        {reasons.into_iter().take(SHOWN).map(|reason| view! { <li>{reason}</li> }).collect_view()}
                        {(more > 0).then(|| view! { <li>"and " {more} " more"</li> })}
                    </ul>
                    <div class="actions">
                        <button class="main" autofocus=true on:click=close()>"Close"</button>
                    </div>
                </Modal>
            }
            .into_any()
        }
        Offer::Plan(name, plan, warnings) => {
            let nothing = plan.edits.is_empty();
            let known = plan.same + plan.on_other;
            let line = |count: usize, words: &'static str| {
                (count > 0).then(|| view! { <li><strong>{count}</strong> " " {words}</li> })
            };
            let elsewhere = (plan.elsewhere > 0).then(|| {
                view! { <li><strong>{plan.elsewhere}</strong> " made on another text than this article"</li> }
            });
            let themes: Vec<&str> = plan.themes().collect();
            let themes = (!themes.is_empty()).then(|| {
                view! { <li>"Themes that will be added: " {themes.join(", ")}</li> }
            });
            let counts = view! {
                {elsewhere}
                {line(plan.new, "new")}
                {line(plan.changed, "changed")}
                {line(plan.same, "already here, unchanged")}
                {line(plan.on_other, "left alone: they are here on another article")}
                {line(plan.unplaced, "unplaced: their words are not found for sure in this text; they are kept and listed")}
                {themes}
                {warnings.into_iter().map(|warning| view! { <li>{warning}</li> }).collect_view()}
            };
            let actions = if nothing {
                view! { <button class="main" autofocus=true on:click=close()>"Close"</button> }
                    .into_any()
            } else {
                let import = press(move || {
                    page.dialog.set(Dialog::None);
                    session.import(plan.clone());
                });
                view! {
                    <button on:click=close()>"Cancel"</button>
                    <button class="main" autofocus=true on:click=import>"Add to article"</button>
                }
                .into_any()
            };
            view! {
                <Modal page heading="Import annotations">
                    <p>
                        "“" {name} "”"
                        {match (nothing, known) {
                            (true, 0) => " holds no annotations.",
                            (true, _) => " brings nothing that is not here already.",
                            (false, _) => ":",
                        }}
                    </p>
                    <ul class="counts">{counts}</ul>
                    <div class="actions">{actions}</div>
                </Modal>
            }
            .into_any()
        }
    }
}
