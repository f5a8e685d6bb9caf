//! Exporting marks: the format, of which documents, how the file begins, and what it can't hold.

use std::cell::Cell;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::dialog::Dialog;
use super::elements::{button, effect, live, part, press, tag, tagged};
use super::modal::Modal;
use super::page::Page;
use super::work::Progress;
use crate::browser::clipboard;
use crate::document::DocumentId;
use crate::format::Format;
use crate::job::Exported;
use crate::session::Session;
use crate::words;

/// Lines of a file that are shown, and of each so many characters: who wants more has the file.
const LINES: usize = 60;
const CHARACTERS: usize = 400;

/// What a person has chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Choice {
    format: Format,
    /// All documents, not the open one alone.
    all: bool,
}

thread_local! {
    /// The last choice, for the next time, as long as the page lasts.
    static LAST: Cell<Choice> = const { Cell::new(Choice { format: Format::Csv, all: false }) };
}

/// How it stands with the file.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    Writing,
    Here(Arc<Exported>),
    Failed(String),
}

/// What the parts of the dialog share.
#[derive(Clone, Copy)]
struct Exporting {
    session: Session,
    choice: RwSignal<Choice>,
    step: RwSignal<Step>,
    /// What came of the last press.
    said: RwSignal<String>,
    /// Counts what was begun: a file counts only for the last.
    attempt: StoredValue<u32>,
}

/// The dialog.
#[component]
pub(super) fn ExportDialog(session: Session, page: Page) -> impl IntoView {
    let has_open = !untrack(|| session.has_none_open());
    let mut first = LAST.get();
    first.all |= !has_open;
    let exporting = Exporting {
        session,
        choice: RwSignal::new(first),
        step: RwSignal::new(Step::Writing),
        said: RwSignal::new(String::new()),
        attempt: StoredValue::new(0),
    };
    effect(move || {
        LAST.set(exporting.choice.get());
        exporting.write();
    });
    on_cleanup(move || exporting.stop());
    let close = move || page.dialog.set(Dialog::None);
    let is_here = move || matches!(exporting.step.get(), Step::Here(_));
    let disabled = live(move || (!is_here()).to_string());
    view! {
        <Modal page heading=words::export::HEADING>
            <div class="export">
                <fieldset>
                    <legend>{words::export::FORMAT}</legend>
                    {Format::WRITTEN.map(|format| exporting.format(format)).into_iter().collect::<Vec<_>>()}
                </fieldset>
                <fieldset>
                    <legend>{words::export::WHAT}</legend>
                    {exporting.which(has_open)}
                </fieldset>
            </div>
            <h3 id="export-preview">{words::export::PREVIEW}</h3>
            {part(move || Some(exporting.drawn()))}
            <p role="status">{exporting.said}</p>
            <div class="actions">
                {button("", words::common::CLOSE, close)}
                <button type="button" aria-disabled=disabled on:click=press(move || exporting.copy())>
                    {words::export::COPY}
                </button>
                <button
                    type="button"
                    class="main"
                    aria-disabled=disabled
                    on:click=press(move || exporting.download())
                >
                    {words::export::DOWNLOAD}
                </button>
            </div>
        </Modal>
    }
}

impl Exporting {
    /// A format to choose.
    fn format(self, format: Format) -> AnyView {
        let about = format.about();
        let checked = live(move || self.choice.with(|own| own.format == format));
        let choose = move |_| self.choice.update(|own| own.format = format);
        view! {
            <label class="choice">
                <input type="radio" name="format" autofocus=checked.get_untracked() prop:checked=checked on:change=choose />
                <span>{about.name} <small>{about.use_of}</small></span>
            </label>
        }
        .into_any()
    }

    /// Of which documents.
    fn which(self, has_open: bool) -> Vec<AnyView> {
        let one = |all: bool, words: String| {
            let checked = live(move || self.choice.with(|own| own.all == all));
            let choose = move |_| self.choice.update(|own| own.all = all);
            view! {
                <label class="choice">
                    <input type="radio" name="documents" prop:checked=checked on:change=choose />
                    <span>{words}</span>
                </label>
            }
            .into_any()
        };
        let mut choices = Vec::new();
        if has_open {
            choices.push(one(false, words::export::THIS.into()));
        }
        let all = words::export::all(self.session.all_documents().len());
        choices.push(one(true, all));
        choices
    }

    fn documents(self) -> Vec<DocumentId> {
        if self.choice.with_untracked(|own| own.all) {
            self.session.all_documents()
        } else {
            vec![self.session.open_now()]
        }
    }

    /// Has the file be made that is chosen.
    fn write(self) {
        self.stop();
        self.said.set(String::new());
        self.step.set(Step::Writing);
        self.attempt.update_value(|attempt| *attempt += 1);
        let attempt = self.attempt.get_value();
        let format = self.choice.with_untracked(|own| own.format);
        let documents = self.documents();
        spawn_local(async move {
            let made = self.session.export(format, &documents).await;
            // Another was begun meanwhile, or the dialog is closed.
            if self.attempt.try_get_value() != Some(attempt) {
                return;
            }
            self.step.set(match made {
                Ok(exported) => Step::Here(Arc::new(exported)),
                Err(failure) => Step::Failed(
                    failure
                        .words()
                        .unwrap_or_else(|| words::export::STOPPED.into()),
                ),
            });
        });
    }

    /// Ends what is under way.
    fn stop(self) {
        self.session.stop_work(&[words::export::WRITING]);
    }

    /// The file as far as it is there.
    fn drawn(self) -> AnyView {
        match self.step.get() {
            Step::Writing => {
                let session = self.session;
                view! { <Progress session in_dialog=true /> }.into_any()
            }
            Step::Failed(reason) => {
                let again = button("", words::common::TRY_AGAIN, move || self.write());
                let reason = view! { <p class="wrong" role="alert">{reason}</p> };
                tag("div", vec![reason.into_any(), again])
            }
            Step::Here(exported) => preview(&exported),
        }
    }

    fn here(self) -> Option<Arc<Exported>> {
        match self.step.get_untracked() {
            Step::Here(exported) => Some(exported),
            Step::Writing | Step::Failed(_) => None,
        }
    }

    fn copy(self) {
        let Some(exported) = self.here() else { return };
        spawn_local(async move {
            // For a spreadsheet's sake a file may begin with a mark that is no part of the text.
            let text = String::from_utf8_lossy(&exported.bytes);
            let copied = clipboard::copy(text.trim_start_matches('\u{feff}')).await;
            self.said.try_set(match copied {
                true => words::export::COPIED.into(),
                false => words::export::NOT_COPIED.into(),
            });
        });
    }

    fn download(self) {
        let Some(exported) = self.here() else { return };
        let format = self.choice.with_untracked(|own| own.format);
        let name = self.session.export_name(format, &self.documents());
        let offered = self.session.offer_export(&name, format, &exported);
        self.said.set(match offered {
            Ok(()) => words::export::downloaded(&name),
            Err(reason) => reason,
        });
    }
}

/// How a file begins, how large it is, and what it can't hold.
fn preview(exported: &Exported) -> AnyView {
    let text = String::from_utf8_lossy(&exported.bytes);
    let text = text.trim_start_matches('\u{feff}').trim_end();
    let mut lines = text.lines();
    let mut shown = String::new();
    for line in lines.by_ref().take(LINES) {
        let end = line.char_indices().nth(CHARACTERS).map(|(at, _)| at);
        shown += &line[..end.unwrap_or(line.len())];
        shown += if end.is_some() { "…\n" } else { "\n" };
    }
    let rest = lines.count();
    if rest > 0 {
        shown += &words::export::more_lines(rest);
    }
    let size = words::export::size(exported.count, exported.bytes.len() as i64);
    let losses = exported.losses.sentences();
    let losses: Vec<AnyView> = losses.into_iter().map(|own| tagged("li", own)).collect();
    view! {
        <pre class="beginning" tabindex="0" role="region" aria-labelledby="export-preview" dir="auto">
            {shown}
        </pre>
        <p>{size} " " {words::export::NOT_IN_IT}</p>
        <ul class="losses">{losses}</ul>
    }
    .into_any()
}
