//! Taking a file in: choosing or dropping it, seeing what it would do, doing it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{DragEvent, File};

use super::modal::Modal;
use super::{Dialog, Page, button, count, line, press, tag, tagged};
use crate::browser::file;
use crate::import::Plan;
use crate::session::Session;
use crate::text::Digest;

/// What a file turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Offer {
    /// It can be taken in: its name, what that would do, what would be left out, and the
    /// text that it would be done on.
    Plan(String, Plan, Vec<String>, Digest),
    /// It can't: its name and why.
    Refused(String, Vec<String>),
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
            drop_in(session, page, file);
        }
    });
    on_cleanup(move || {
        for handle in [dragged, left, dropped] {
            handle.remove();
        }
    });
    view! { <div class="drop" class:over=over aria-hidden="true">"Drop annotations, or another version of the text"</div> }
}

/// JSON should be annotations, everything else another version of the text.
fn drop_in(session: Session, page: Page, file: File) {
    let name = file.name().to_ascii_lowercase();
    if name.ends_with(".json") || name.ends_with(".jsonld") || file.type_().contains("json") {
        take(session, page, file);
        return;
    }
    spawn_local(async move {
        match file::read(&file).await {
            Ok(text) => page.dialog.set(Dialog::Replace(Some(text))),
            Err(reason) => session.say(&reason),
        }
    });
}

/// Reads an annotation file and shows what it would do.
pub(super) fn take(session: Session, page: Page, file: File) {
    let name = file.name();
    session.say(&format!("Reading {name}…"));
    spawn_local(async move {
        let offer = match session.plan_import(file).await {
            Ok((plan, warnings, on)) => Offer::Plan(name, plan, warnings, on),
            Err(reasons) if reasons.is_empty() => {
                session.say("Stopped; nothing was imported");
                return;
            }
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
    let close = move || page.dialog.set(Dialog::None);
    let (heading, said, plan) = match offer {
        Offer::Refused(name, reasons) => {
            ("This file can't be imported", refusal(&name, reasons), None)
        }
        Offer::Plan(name, plan, warnings, on) => {
            let said = preview(&name, &plan, warnings);
            let plan = (!plan.edits.is_empty()).then_some((plan, on));
            ("Import annotations", said, plan)
        }
    };
    let (cancel, act) = if plan.is_some() {
        (Some("Cancel"), "Add to article")
    } else {
        (None, "Close")
    };
    let act_on = move || {
        if plan.is_some() && !session.may_change() {
            return;
        }
        close();
        if let Some((plan, on)) = &plan {
            session.import(plan.clone(), on.clone());
        }
    };
    view! {
        <Modal page heading>
            {said}
            <div class="actions">
                {cancel.map(|words| button("", words, close))}
                <button class="main" autofocus=true on:click=press(act_on)>{act}</button>
            </div>
        </Modal>
    }
}

fn refusal(name: &str, reasons: Vec<String>) -> Vec<AnyView> {
    const SHOWN: usize = 5;
    let intro = format!("“{name}” is not a valid annotation file. Nothing was changed.");
    let mut lines: Vec<AnyView> = Vec::new();
    for reason in reasons.iter().take(SHOWN) {
        lines.push(line(&[("", reason)]));
    }
    count(&mut lines, reasons.len().saturating_sub(SHOWN), "more");
    vec![tagged("p", intro), tag("ul", lines)]
}

fn preview(name: &str, plan: &Plan, warnings: Vec<String>) -> Vec<AnyView> {
    let intro = match (plan.edits.is_empty(), plan.same + plan.on_other) {
        (true, 0) => " holds no annotations.",
        (true, _) => " brings nothing that is not here already.",
        (false, _) => ":",
    };
    let mut lines = Vec::new();
    for (number, what) in [
        (plan.elsewhere, "made on another text than this article"),
        (plan.new, "new"),
        (plan.changed, "changed"),
        (
            plan.reworded,
            "stand on other words here than the file quotes",
        ),
        (plan.same, "already here, unchanged"),
        (
            plan.on_other,
            "left alone: they are here on another article",
        ),
        (
            plan.unplaced,
            "unplaced: their words are not found for sure in this text; they are kept and listed",
        ),
    ] {
        count(&mut lines, number, what);
    }
    let themes: Vec<&str> = plan.themes().collect();
    if !themes.is_empty() {
        lines.push(line(&[
            ("", "Themes that will be added: "),
            ("", &themes.join(", ")),
        ]));
    }
    for warning in &warnings {
        lines.push(line(&[("", warning)]));
    }
    vec![tagged("p", format!("“{name}”{intro}")), tag("ul", lines)]
}
