//! Putting another version of the text in its place: pasting or choosing it, seeing what
//! becomes of the marks, doing it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::File;

use super::dialog::Dialog;
use super::elements::{button, count, effect, line, live, part, press, tag, tagged};
use super::file_picker::{FilePicker, TEXTS};
use super::modal::Modal;
use super::page::Page;
use super::work::Progress;
use crate::browser::reader::Reader;
use crate::browser::worker::Stop;
use crate::browser::{self, file};
use crate::job::{Failure, NewText};
use crate::reading::{Asked, Reading, Refused};
use crate::replace::{ChangePreview, MarkPreview, NewVersion, Plan};
use crate::session::{Replacement, Session};
use crate::words;

/// Where the dialog stands.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    /// The text is to be given; with what was wrong with the last one.
    Text(Vec<String>),
    /// A file is being read.
    Reading,
    /// The text is being compared.
    Comparing,
    /// What it would do, and what was decided or left out when it was read.
    Offer(Replacement, Vec<String>),
}

/// What the parts of the dialog share.
#[derive(Clone, Copy)]
struct Replacing {
    session: Session,
    page: Page,
    step: RwSignal<Step>,
    /// Counts what was begun: an answer counts only for the last.
    attempt: StoredValue<u32>,
    /// What stops the reader, while a file is being read.
    stop: StoredValue<Option<Stop>, LocalStorage>,
}

/// The dialog. `new` is a version to begin with.
#[component]
pub(super) fn ReplaceDialog(
    session: Session,
    page: Page,
    new: Option<NewVersion>,
) -> impl IntoView {
    let step = RwSignal::new(Step::Text(Vec::new()));
    let replacing = Replacing {
        session,
        page,
        step,
        attempt: StoredValue::new(0),
        stop: StoredValue::new_local(None),
    };
    // With each step the focus goes to what comes next.
    let mut first = true;
    effect(move || {
        step.track();
        if !std::mem::take(&mut first) {
            request_animation_frame(|| {
                let next = browser::document().query_selector("dialog [autofocus]");
                if let Some(next) = next.ok().flatten().and_then(|next| next.dyn_into().ok()) {
                    browser::focus(&next);
                }
            });
        }
    });
    on_cleanup(move || {
        replacing.stop_reading();
        session.stop_work(&[words::work::COMPARING]);
    });
    if let Some(new) = new {
        replacing.compare(NewText::of(&new), Vec::new());
    }
    view! {
        <Modal page heading=words::replace::HEADING>
            {part(move || {
                Some(match step.get() {
                    Step::Text(wrong) => replacing.given(wrong),
                    Step::Reading => replacing.reading(),
                    Step::Comparing => view! { <Progress session in_dialog=true /> }.into_any(),
                    Step::Offer(planned, remarks) => replacing.offer(planned, &remarks),
                })
            })}
        </Modal>
    }
}

impl Replacing {
    /// Begins something of which only the last one counts.
    fn begin(self, step: Step) -> u32 {
        self.step.set(step);
        self.attempt.update_value(|attempt| *attempt += 1);
        self.attempt.get_value()
    }

    /// Whether that is still waited for: nothing newer was begun, and the dialog is open.
    fn is_due(self, attempt: u32) -> bool {
        self.attempt.try_get_value() == Some(attempt)
    }

    /// Finds out what a text would do.
    fn compare(self, new: NewText, remarks: Vec<String>) {
        let attempt = self.begin(Step::Comparing);
        let open = self.session.open_now();
        spawn_local(async move {
            let planned = self.session.plan_replacement(open, new).await;
            if self.is_due(attempt) {
                self.step.set(match planned {
                    Ok(planned) => Step::Offer(planned, remarks),
                    Err(failure) => Step::Text(failure.sentences().unwrap_or_default()),
                });
            }
        });
    }

    /// Reads a file of any kind that is read as a text.
    fn take(self, file: File) {
        let attempt = self.begin(Step::Reading);
        spawn_local(async move {
            let read = self.read(&file).await;
            if !self.is_due(attempt) {
                return;
            }
            match read {
                Ok(Ok(reading)) => {
                    let new = NewVersion {
                        version: reading.version,
                        is_plain: reading.is_plain,
                    };
                    self.compare(NewText::of(&new), reading.remarks);
                }
                Ok(Err(reason)) => self.step.set(Step::Text(vec![reason])),
                Err(failure) => {
                    let wrong = failure.sentences().unwrap_or_default();
                    self.step.set(Step::Text(wrong));
                }
            }
        });
    }

    async fn read(self, file: &File) -> Result<Result<Reading, Refused>, Failure> {
        let asked = Asked {
            name: file.name(),
            ..Asked::default()
        };
        if let Err(reason) = file::check_size(file, &asked.name) {
            return Ok(Err(reason));
        }
        let reader = Reader::start()?;
        self.stop.try_update_value(|own| *own = Some(reader.stop()));
        reader.read(&asked, file).await
    }

    /// Ends the reader that is under way.
    fn stop_reading(self) {
        if let Some(Some(stop)) = self.stop.try_update_value(Option::take) {
            stop.stop();
        }
    }

    /// A file is being read.
    fn reading(self) -> AnyView {
        let name = words::texts::READING;
        view! {
            <div class="works">
                <div class="work" role="group" aria-label=name>
                    <span>{name}</span>
                    <progress aria-label=name></progress>
                    <button type="button" autofocus=true on:click=press(move || self.stop_reading())>
                        {words::work::STOP}
                    </button>
                </div>
            </div>
        }
        .into_any()
    }

    fn close(self) {
        self.page.dialog.set(Dialog::None);
    }

    /// What was pasted for this document.
    fn pasted(self) -> String {
        let open = self.session.open_now();
        let pasted = self.page.pasted.get_untracked();
        let own = pasted.filter(|(document, _)| *document == open);
        own.map_or_else(String::new, |(_, text)| text)
    }

    /// The field to paste into.
    fn given(self, wrong: Vec<String>) -> AnyView {
        let compare = move || {
            let text = self.pasted();
            if text.trim().is_empty() {
                let wrong = words::replace::PASTE_FIRST.into();
                self.step.set(Step::Text(vec![wrong]));
            } else {
                self.compare(NewText::Words(text), Vec::new());
            }
        };
        let keep = move |event| {
            let open = self.session.open_now();
            let text = event_target_value(&event);
            self.page.pasted.set(Some((open, text)));
        };
        let intro = self
            .session
            .document
            .with_untracked(|document| words::replace::intro(&document.record.title));
        view! {
            {tagged("p", intro)}
            <textarea
                aria-label=words::replace::NEW_TEXT
                rows="9"
                dir="auto"
                autofocus=true
                prop:value=self.pasted()
                on:input=keep
            ></textarea>
            <div class="wrong" role="alert">
                {wrong.into_iter().map(|reason| tagged("p", reason)).collect::<Vec<_>>()}
            </div>
            <div class="actions">
                <FilePicker
                    label=words::replace::TEXT_FILE
                    accept=TEXTS
                    words=words::replace::OPEN_FILE
                    title=words::replace::KINDS
                    take=move |file| self.take(file)
                />
                {button("", words::common::CANCEL, move || self.close())}
                {button("main", words::replace::COMPARE, compare)}
            </div>
        }
        .into_any()
    }

    /// What it would do, and the button that does it.
    fn offer(self, planned: Replacement, remarks: &[String]) -> AnyView {
        let plan = planned.plan.clone();
        let remarks = remarks.iter().map(|own| tagged("p", own.as_str()));
        let remarks: Vec<AnyView> = remarks.collect();
        let nothing = plan.edits.is_empty();
        let (words, preview) = if nothing {
            let same = tagged("p", words::replace::SAME);
            (words::common::CLOSE, vec![same])
        } else {
            (words::replace::REPLACE, preview(&plan))
        };
        let lost = plan.lost;
        let agreed = RwSignal::new(lost == 0);
        let accept = move || {
            if nothing {
                self.close();
            } else if !agreed.get_untracked() {
                // The button says so.
            } else if !self.session.may_replace(&planned) {
                let wrong = words::replace::CHANGED_SINCE;
                self.step.set(Step::Text(vec![wrong.into()]));
            } else if self.session.may_change() {
                self.close();
                self.page.pasted.set(None);
                self.session.replace(&planned);
            }
        };
        // Before anything is done it is read, so the focus is there and not on the button.
        view! {
            <div
                class="preview"
                role="group"
                aria-label=words::replace::PREVIEW
                tabindex="-1"
                autofocus=true
            >
                {remarks}
                {(lost > 0).then(|| losing(lost, agreed))}
                {preview}
            </div>
            <div class="actions">
                {button("", words::replace::BACK, move || self.step.set(Step::Text(Vec::new())))}
                <button
                    class="main"
                    aria-disabled=live(move || (!agreed.get()).to_string())
                    on:click=press(accept)
                >
                    {words}
                </button>
            </div>
        }
        .into_any()
    }
}

/// What would be lost, and that a person knows it.
fn losing(lost: usize, agreed: RwSignal<bool>) -> AnyView {
    view! {
        <div class="losing">
            {tagged("p", words::replace::losing(lost))}
            <label class="choice">
                <input
                    type="checkbox"
                    prop:checked=agreed
                    on:change=move |event| agreed.set(event_target_checked(&event))
                />
                <span>{words::replace::known(lost)}</span>
            </label>
        </div>
    }
    .into_any()
}

/// What becomes of the marks, and what of the text has changed.
pub(super) fn preview(plan: &Plan) -> Vec<AnyView> {
    let marks = plan.kept + plan.moved + plan.found + plan.uncertain + plan.lost;
    let intro = words::replace::of_marks(marks);
    let mut counts = Vec::new();
    if plan.kept > 0 {
        let number = tagged("strong", plan.kept.to_string());
        let mut kept = vec![number, words::replace::KEPT.into_any()];
        let mut reworded = Vec::new();
        let what = words::replace::OTHER_WORDS_INSIDE;
        count(&mut reworded, plan.reworded, what);
        if !reworded.is_empty() {
            kept.push(tag("ul", reworded));
        }
        counts.push(tag("li", kept));
    }
    for (number, what) in [
        (plan.moved, words::replace::MOVED),
        (plan.found, words::replace::FOUND),
        (plan.uncertain, words::replace::UNCERTAIN),
        (plan.lost, words::replace::LOST),
    ] {
        count(&mut counts, number, what);
    }
    let mut pieces = vec![tagged("p", intro), tag("ul", counts)];

    let mut fates: Vec<AnyView> = plan.marks.iter().map(fate).collect();
    let all_fates = marks - plan.kept + plan.reworded;
    let more_fates = all_fates - plan.marks.len();
    count(&mut fates, more_fates, words::common::MORE);
    if !fates.is_empty() {
        pieces.push(tagged("h3", words::replace::MARKS_THAT_CHANGE));
        pieces.push(tag("ol", fates));
    }
    let mut changes: Vec<AnyView> = plan.changes.iter().map(change).collect();
    let more_changes = plan.all_changes - plan.changes.len();
    count(&mut changes, more_changes, words::common::MORE);
    let heading = words::replace::changes(plan.all_changes);
    pieces.push(tagged("h3", heading));
    pieces.push(tag("ol", changes));
    pieces
}

fn fate(mark: &MarkPreview) -> AnyView {
    let new = if mark.new == mark.old { "" } else { &mark.new };
    let arrow = if new.is_empty() { "" } else { " → " };
    line(&[
        ("strong", mark.fate.name()),
        ("", " "),
        ("q", &mark.old),
        ("", arrow),
        ("ins", new),
    ])
}

fn change(changed: &ChangePreview) -> AnyView {
    let only = |words: &str, other: &'static str| if words.is_empty() { "" } else { other };
    let ChangePreview {
        before,
        old,
        new,
        after,
    } = changed;
    // What the eye sees by a line is said to the ear.
    line(&[
        ("", only(before, "…")),
        ("", before),
        ("small", only(old, words::replace::WAS)),
        ("del", old),
        ("small", only(new, words::replace::NOW)),
        ("", " "),
        ("ins", new),
        ("", after),
        ("", only(after, "…")),
    ])
}
