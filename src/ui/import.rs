//! Taking annotations or a journal in: seeing what a file would do, doing it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use super::dialog::{Dialog, Offer, Version};
use super::elements::{button, count, line, press, tag, tagged};
use super::modal::Modal;
use super::page::Page;
use crate::job::Preview;
use crate::session::{Base, Session};
use crate::words;

/// How a file of the journal's records is called at its end.
pub(super) const JOURNAL: &str = ".journal.txt";

/// Whether a file is named as the page names records of its journal: what it offers when it
/// can't go on, its backups, its versions.
pub(super) fn is_journal(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains(".journal") && name.ends_with(".txt")
}

/// Reads a file of annotations, or of a journal's records, and shows what it would do.
pub(super) fn take(session: Session, page: Page, file: File, is_journal: bool) {
    read(session, page, file, is_journal, None);
}

/// The same of a file that has a version's records. Who does not want to go back to that is led back to
/// the history.
pub(super) fn take_version(session: Session, page: Page, file: File, version: Version) {
    read(session, page, file, true, Some(version));
}

fn read(session: Session, page: Page, file: File, is_journal: bool, version: Option<Version>) {
    let file_name = file.name();
    // A version is no file to who goes back to it.
    let name = match version {
        Some(_) => file_name.trim_end_matches(JOURNAL).to_owned(),
        None => file_name,
    };
    session.say(&words::import::reading(&name));
    spawn_local(async move {
        let offer = match session.plan_import(file, is_journal).await {
            Ok((preview, base)) => Offer::Plan(name, preview, base),
            Err(failure) => match failure.sentences() {
                Some(reasons) => Offer::Refused(name, reasons),
                None => {
                    session.say(words::import::STOPPED);
                    return;
                }
            },
        };
        session.say(match offer {
            Offer::Plan(..) => "",
            Offer::Refused(..) => words::import::NOTHING_IMPORTED,
        });
        if page.dialog.with_untracked(|open| *open == Dialog::None) {
            page.dialog.set(Dialog::Import(offer, version));
        } else if version.is_none() {
            // Another dialog has been opened while it was read. A version is still in the history.
            page.offers.update_value(|all| all.push(offer));
        }
    });
}

/// Shows what a file would do that was read while another dialog was open; whether there is one.
pub(super) fn show_next(page: Page) -> bool {
    let next = page
        .offers
        .try_update_value(|all| (!all.is_empty()).then(|| all.remove(0)));
    let Some(offer) = next.flatten() else {
        return false;
    };
    page.dialog.set(Dialog::Import(offer, None));
    true
}

/// What a file would do, before it is done; or why it is refused.
#[component]
pub(super) fn ImportDialog(
    session: Session,
    page: Page,
    offer: Offer,
    version: Option<Version>,
) -> impl IntoView {
    let next = match version {
        Some(_) => Dialog::History(version),
        None => Dialog::None,
    };
    // What would go is read before it can be pressed by mistake.
    let to_read = version.is_some();
    let back = next.clone();
    let close = move || page.dialog.set(back.clone());
    let (heading, said, plan) = match offer {
        Offer::Refused(name, reasons) => (words::import::CANT_BE, refusal(&name, reasons), None),
        Offer::Plan(name, preview, base) => {
            let said = drawn(&name, &preview);
            let heading = match base {
                Base::Project(_) => words::restore::HEADING,
                Base::Documents(_) => words::import::HEADING,
            };
            let plan = (!preview.edits.is_empty()).then_some((preview, base));
            (heading, said, plan)
        }
    };
    let (cancel, act) = match &plan {
        Some((_, Base::Project(_))) => (Some(words::common::CANCEL), words::restore::RESTORE),
        Some((preview, Base::Documents(_))) => {
            let add = if preview.is_for(session.open_now()) {
                words::import::ADD
            } else {
                words::import::ADD_TO_DOCUMENTS
            };
            (Some(words::common::CANCEL), add)
        }
        None => (None, words::common::CLOSE),
    };
    let closed = close.clone();
    let act_on = move || {
        if plan.is_some() && !session.may_change() {
            return;
        }
        let Some((preview, base)) = &plan else {
            closed();
            return;
        };
        page.dialog.set(Dialog::None);
        if !session.import(preview.clone(), base) && version.is_some() {
            // The history says what is there now.
            page.dialog.set(Dialog::History(version));
        }
    };
    view! {
        <Modal page heading next to_read>
            {said}
            <div class="actions">
                {cancel.map(|words| button("", words, close))}
                <button class="main" autofocus=!to_read on:click=press(act_on)>{act}</button>
            </div>
        </Modal>
    }
}

fn refusal(name: &str, reasons: Vec<String>) -> Vec<AnyView> {
    const SHOWN: usize = 5;
    let intro = words::import::refused(name);
    let mut lines: Vec<AnyView> = Vec::new();
    for reason in reasons.iter().take(SHOWN) {
        lines.push(line(&[("", reason)]));
    }
    count(
        &mut lines,
        reasons.len().saturating_sub(SHOWN),
        words::common::MORE,
    );
    vec![tagged("p", intro), tag("ul", lines)]
}

/// What a file would do.
pub(super) fn drawn(name: &str, preview: &Preview) -> Vec<AnyView> {
    let lines = preview
        .lines
        .iter()
        .map(|words| match words.split_once(' ') {
            Some((number, what)) if number.parse::<usize>().is_ok() => {
                line(&[("strong", number), ("", " "), ("", what)])
            }
            _ => line(&[("", words)]),
        });
    let intro = preview.intro.replacen("{}", name, 1);
    vec![tagged("p", intro), tag("ul", lines.collect())]
}
