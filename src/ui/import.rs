//! Taking a file in: choosing or dropping it, seeing what it would do, doing it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{DragEvent, File};

use super::modal::Modal;
use super::{Dialog, Page, button, count, line, press, tag, tagged};
use crate::browser::file;
use crate::import::Plan;
use crate::restore;
use crate::session::Session;
use crate::text::Digest;

/// What a file turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Offer {
    /// It can be taken in: its name, what that would do, what would be left out, and the
    /// text that it would be done on.
    Plan(String, Plan, Vec<String>, Digest),
    /// It says what the project was: its name, and what going back to that would do.
    Version(String, restore::Plan),
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
    let ends = [".json", ".jsonld"];
    if ends.iter().any(|end| name.ends_with(end))
        || file.type_().contains("json")
        || is_journal(&name)
    {
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

/// Whether a file is named as the page names records of its journal: what it offers when it
/// can't go on, its backups, its versions.
fn is_journal(name: &str) -> bool {
    name.contains(".journal") && name.ends_with(".txt")
}

/// Reads a file and shows what it would do.
pub(super) fn take(session: Session, page: Page, file: File) {
    let name = file.name();
    session.say(&format!("Reading {name}…"));
    spawn_local(async move {
        let read = if is_journal(&name) {
            let plan = session.plan_restoring(file).await;
            plan.map(|plan| Offer::Version(name.clone(), plan))
        } else {
            let plan = session.plan_import(file).await;
            plan.map(|(plan, warnings, on)| Offer::Plan(name.clone(), plan, warnings, on))
        };
        let offer = match read {
            Ok(offer) => offer,
            Err(reasons) if reasons.is_empty() => {
                session.say("Stopped; nothing was imported");
                return;
            }
            Err(reasons) => Offer::Refused(name, reasons),
        };
        session.say(match offer {
            Offer::Refused(..) => "Nothing was imported",
            _ => "",
        });
        page.dialog.set(Dialog::Import(offer));
    });
}

/// What a file would do, before it is done; or why it is refused.
#[component]
pub(super) fn ImportDialog(session: Session, page: Page, offer: Offer) -> impl IntoView {
    let close = move || page.dialog.set(Dialog::None);
    let (heading, said, act) = match &offer {
        Offer::Refused(name, reasons) => {
            ("This file can't be imported", refusal(name, reasons), None)
        }
        Offer::Plan(name, plan, warnings, _) => {
            let act = (!plan.edits.is_empty()).then_some("Add to article");
            ("Import annotations", preview(name, plan, warnings), act)
        }
        Offer::Version(name, plan) => {
            let act = (!plan.edits.is_empty()).then_some("Restore");
            ("Restore this version?", version(name, plan), act)
        }
    };
    let cancel = act.map(|_| "Cancel");
    let act_on = move || {
        if act.is_some() && !session.may_change() {
            return;
        }
        close();
        match &offer {
            Offer::Plan(_, plan, _, on) if act.is_some() => {
                session.import(plan.clone(), on.clone())
            }
            Offer::Version(_, plan) if act.is_some() => session.restore(plan.clone()),
            _ => {}
        }
    };
    view! {
        <Modal page heading>
            {said}
            <div class="actions">
                {cancel.map(|words| button("", words, close))}
                <button class="main" autofocus=true on:click=press(act_on)>{act.unwrap_or("Close")}</button>
            </div>
        </Modal>
    }
}

fn refusal(name: &str, reasons: &[String]) -> Vec<AnyView> {
    const SHOWN: usize = 5;
    let intro = format!("“{name}” is no file that Themark can read. Nothing was changed.");
    let mut lines: Vec<AnyView> = Vec::new();
    for reason in reasons.iter().take(SHOWN) {
        lines.push(line(&[("", reason)]));
    }
    count(&mut lines, reasons.len().saturating_sub(SHOWN), "more");
    vec![tagged("p", intro), tag("ul", lines)]
}

fn preview(name: &str, plan: &Plan, warnings: &[String]) -> Vec<AnyView> {
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
    for warning in warnings {
        lines.push(line(&[("", warning)]));
    }
    vec![tagged("p", format!("“{name}”{intro}")), tag("ul", lines)]
}

fn version(name: &str, plan: &restore::Plan) -> Vec<AnyView> {
    let intro = if plan.edits.is_empty() {
        " is what is here now."
    } else {
        ". Undo takes it back."
    };
    let mut lines = Vec::new();
    for (number, what) in [
        (plan.then, "marks were there"),
        (plan.back, "would come back"),
        (plan.changed, "would be as they were"),
        (plan.gone, "made or kept since would go"),
        (plan.texts, "texts would be as they were"),
        (plan.unread, "records can’t be read and are left out"),
    ] {
        count(&mut lines, number, what);
    }
    vec![tagged("p", format!("“{name}”{intro}")), tag("ul", lines)]
}
