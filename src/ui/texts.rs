//! Bringing texts in: files that are chosen or dropped, words that are pasted. What each is read as is
//! shown first, and what is wrong with a file stands beside it.

use std::ops::Range;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Blob, File, HtmlInputElement};

use super::dialog::Dialog;
use super::elements::{button, effect, live, part, press, tag, tagged};
use super::modal::Modal;
use super::page::{Brought, Page};
use crate::browser::file;
use crate::browser::reader::Reader;
use crate::document::{BlockKind, Version};
use crate::reading::encoding::ENCODINGS;
use crate::reading::{Asked, Choice, Reading};
use crate::session::Session;
use crate::text;
use crate::words;

/// Beginning of a text that is shown, in bytes at most.
const SHOWN_BYTES: usize = 280;

/// Kinds of files that are offered where one is chosen.
const ACCEPT: &str =
    ".txt,.text,.md,.markdown,.html,.htm,.xhtml,.mhtml,.mht,.docx,.odt,.fodt,text/*";

/// How it stands with something that came.
#[derive(Clone, PartialEq)]
enum Stage {
    /// It waits for its turn, or is being read.
    Coming,
    /// It was read; how many words it has.
    Read(Reading, usize),
    /// It can't be: why.
    Refused(String),
}

/// Something that came.
#[derive(Clone, PartialEq)]
struct Line {
    /// What it is to be read as.
    asked: Asked,
    stage: Stage,
    /// Whether comments in it are wanted, as notes.
    takes_notes: bool,
}

/// What the parts of the dialog share.
#[derive(Clone, Copy)]
struct Bringing {
    session: Session,
    page: Page,
    lines: RwSignal<Vec<Line>>,
    /// What each of them holds, to be read once more as something else.
    held: StoredValue<Vec<Blob>, LocalStorage>,
}

/// The dialog.
#[component]
pub(super) fn TextsDialog(session: Session, page: Page) -> impl IntoView {
    let bringing = Bringing {
        session,
        page,
        lines: RwSignal::new(Vec::new()),
        held: StoredValue::new_local(Vec::new()),
    };
    // What is there, and what comes while the dialog is open.
    effect(move || {
        page.arrived.track();
        bringing.take();
    });
    let input = NodeRef::<html::Input>::new();
    let choose = move || {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let chosen = move |event: web_sys::Event| {
        let input = event
            .target()
            .and_then(|own| own.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        open(page, file::all(input.files()));
        // So that choosing the same file again is a change again.
        input.set_value("");
    };
    let field = NodeRef::<html::Textarea>::new();
    let take = move || {
        if let Some(field) = field.get_untracked() {
            show(page, pasted(&field.value(), false));
            field.set_value("");
        }
    };
    let close = move || page.dialog.set(Dialog::None);
    let read = move || {
        bringing.lines.with(|lines| {
            let read = lines
                .iter()
                .filter(|line| matches!(line.stage, Stage::Read(..)));
            read.count()
        })
    };
    view! {
        <Modal page heading=words::texts::HEADING>
            {tagged("p", words::texts::INTRO)}
            <input
                node_ref=input
                type="file"
                hidden
                multiple
                accept=ACCEPT
                aria-label=words::texts::FILES
                on:change=chosen
            />
            <div class="pasting">
                {button("main", words::texts::CHOOSE, choose)}
                <textarea
                    node_ref=field
                    rows="2"
                    dir="auto"
                    aria-label=words::texts::PASTE
                    placeholder=words::texts::PASTE
                    // What is pasted is there a moment later, and taken at once.
                    on:paste=move |_| request_animation_frame(take)
                ></textarea>
                {button("", words::texts::TAKE, take)}
            </div>
            <p class="unseen" role="status">{live(move || words::texts::read(read()))}</p>
            {part(move || Some(bringing.drawn()))}
            <div class="actions">
                {button("", words::common::CANCEL, close)}
                {part(move || {
                    let replace = move || {
                        let text = bringing.lines.with_untracked(|lines| plain(lines).map(written));
                        page.dialog.set(Dialog::Replace(text));
                    };
                    let may_replace = bringing.lines.with(|lines| plain(lines).is_some());
                    (may_replace && !session.has_none_open())
                        .then(|| button("", words::texts::REPLACE, replace))
                })}
                <button
                    class="main"
                    aria-disabled=live(move || (read() == 0).to_string())
                    on:click=press(move || bringing.add())
                >
                    {live(move || words::texts::add(read()))}
                </button>
            </div>
        </Modal>
    }
}

fn of_file(file: File) -> Brought {
    Brought {
        name: file.name(),
        held: file.into(),
        is_fragment: false,
    }
}

/// Shows what was dropped on the page, to be opened.
pub(super) fn open(page: Page, files: Vec<File>) {
    show(page, files.into_iter().map(of_file));
}

/// Shows what was pasted on the page, to be opened.
pub(super) fn take_pasted(page: Page, html: String, words: String) {
    let is_fragment = !html.trim().is_empty();
    show(
        page,
        pasted(if is_fragment { &html } else { &words }, is_fragment),
    );
}

/// Has the dialog take what came, which is opened for it.
fn show(page: Page, brought: impl IntoIterator<Item = Brought>) {
    page.brought.update_value(|all| all.extend(brought));
    if page.brought.with_value(|all| !all.is_empty()) {
        page.open(Dialog::Texts);
        page.arrived.notify();
    }
}

/// What was pasted, as something that is to be opened; nothing where it holds nothing.
fn pasted(held: &str, is_fragment: bool) -> Option<Brought> {
    if held.trim().is_empty() {
        return None;
    }
    let held = file::piece(held).ok()?;
    Some(Brought {
        name: String::new(),
        held,
        is_fragment,
    })
}

impl Bringing {
    /// Adds what was read to the project.
    fn add(self) {
        let lines = self.lines.get_untracked();
        let readings = lines.into_iter().filter_map(|line| {
            let Stage::Read(mut reading, _) = line.stage else {
                return None;
            };
            if !line.takes_notes {
                reading.notes.clear();
            }
            Some((stem(&line.asked.name), reading))
        });
        let readings: Vec<_> = readings.collect();
        if !readings.is_empty() && self.session.may_change() {
            self.page.dialog.set(Dialog::None);
            self.page.close_drawer();
            self.session.add_documents(readings);
        }
    }

    /// Reads what has come, one after the other.
    fn take(self) {
        let brought = self
            .page
            .brought
            .try_update_value(std::mem::take)
            .unwrap_or_default();
        let first = self.lines.with_untracked(Vec::len);
        let numbers = first..first + brought.len();
        if numbers.is_empty() {
            return;
        }
        self.lines.update(|lines| {
            lines.extend(brought.iter().map(|own| Line {
                asked: Asked {
                    name: own.name.clone(),
                    is_fragment: own.is_fragment,
                    ..Asked::default()
                },
                stage: Stage::Coming,
                takes_notes: false,
            }));
        });
        self.held
            .update_value(|held| held.extend(brought.into_iter().map(|own| own.held)));
        self.read(numbers);
    }

    /// Reads some of them.
    fn read(self, numbers: Range<usize>) {
        spawn_local(async move {
            let mut reader = None;
            for at in numbers {
                // The dialog may be closed by now.
                let asked = self
                    .lines
                    .try_with_untracked(|lines| lines.get(at).map(|line| line.asked.clone()));
                let held = self.held.try_with_value(|held| held.get(at).cloned());
                let (Some(Some(asked)), Some(Some(held))) = (asked, held) else {
                    return;
                };
                let stage = match read(&mut reader, &asked, &held).await {
                    Ok(reading) => {
                        let words = reading.version.text.text().split_whitespace().count();
                        Stage::Read(reading, words)
                    }
                    Err(reason) => Stage::Refused(reason),
                };
                let told = self.lines.try_update(|lines| {
                    // It may have been asked for as something else meanwhile.
                    if let Some(own) = lines.get_mut(at).filter(|own| own.asked == asked) {
                        own.stage = stage;
                    }
                });
                if told.is_none() {
                    return;
                }
            }
        });
    }

    /// Reads one once more, as something else.
    fn read_as(self, at: usize, change: impl FnOnce(&mut Asked)) {
        self.lines.update(|lines| {
            if let Some(line) = lines.get_mut(at) {
                change(&mut line.asked);
                line.stage = Stage::Coming;
            }
        });
        self.read(at..at + 1);
    }

    /// What came, a line each.
    fn drawn(self) -> AnyView {
        let lines = self.lines.get();
        let numbered = lines.iter().enumerate();
        let drawn: Vec<AnyView> = numbered.map(|(at, line)| self.line(at, line)).collect();
        if drawn.is_empty() {
            return ().into_any();
        }
        view! { <ul class="brought">{drawn}</ul> }.into_any()
    }

    fn line(self, at: usize, line: &Line) -> AnyView {
        let name = Some(line.asked.name.as_str()).filter(|name| !name.is_empty());
        let mut parts = vec![tagged("strong", name.unwrap_or(words::texts::PASTED))];
        match &line.stage {
            Stage::Coming => parts.push(tagged("p", words::texts::READING)),
            Stage::Refused(reason) => {
                parts.push(view! { <p class="wrong">{reason.clone()}</p> }.into_any());
            }
            Stage::Read(reading, words) => {
                let text = reading.version.text.text();
                let counted = words::texts::counted(*words, reading.version.blocks.len());
                parts.push(tagged("small", counted));
                for remark in &reading.remarks {
                    parts.push(tagged("p", remark.as_str()));
                }
                parts.extend(self.choice(at, &line.asked, reading));
                if !reading.notes.is_empty() {
                    parts.push(self.notes(at, reading.notes.len(), line.takes_notes));
                }
                parts.push(tagged("blockquote", text::opening(text, SHOWN_BYTES)));
            }
        }
        tag("li", parts)
    }

    /// What else it may be read as.
    fn choice(self, at: usize, asked: &Asked, reading: &Reading) -> Option<AnyView> {
        match &reading.choice {
            Choice::Encoding(own) => Some(self.encodings(at, own)),
            Choice::Whole => {
                let whole = move || self.read_as(at, |asked| asked.whole = true);
                Some(button("", words::texts::WHOLE_PAGE, whole))
            }
            Choice::None if asked.whole => {
                let main = move || self.read_as(at, |asked| asked.whole = false);
                Some(button("", words::texts::MAIN_ONLY, main))
            }
            Choice::None if !asked.encoding.is_empty() => Some(self.encodings(at, &asked.encoding)),
            Choice::None => None,
        }
    }

    /// Whether comments are wanted.
    fn notes(self, at: usize, count: usize, is_wanted: bool) -> AnyView {
        let change = move |event| {
            let is_wanted = event_target_checked(&event);
            self.lines.update(|lines| {
                if let Some(line) = lines.get_mut(at) {
                    line.takes_notes = is_wanted;
                }
            });
        };
        view! {
            <label class="choice">
                <input type="checkbox" prop:checked=is_wanted on:change=change />
                {words::texts::comments(count)}
            </label>
        }
        .into_any()
    }

    fn encodings(self, at: usize, own: &str) -> AnyView {
        let option = |(label, name): &(&'static str, &'static str)| {
            let (label, name) = (*label, *name);
            let is_own = label.eq_ignore_ascii_case(own);
            view! { <option value=label selected=is_own>{name}</option> }.into_any()
        };
        let options: Vec<AnyView> = ENCODINGS.iter().map(option).collect();
        let chosen = move |event| {
            let label = event_target_value(&event);
            self.read_as(at, |asked| asked.encoding = label);
        };
        view! {
            <label class="choice">
                {words::texts::ENCODING}
                <select on:change=chosen>{options}</select>
            </label>
        }
        .into_any()
    }
}

/// The version that may stand in the place of the open document's: the only one that was read, where it
/// is no more than plain text, since it is compared as that.
fn plain(lines: &[Line]) -> Option<&Version> {
    use BlockKind::{Heading, Paragraph, Title};
    let [line] = lines else { return None };
    let Stage::Read(reading, _) = &line.stage else {
        return None;
    };
    let version = &reading.version;
    let is_plain = |(kind, words): (BlockKind, &str)| {
        matches!(kind, Title | Heading(_) | Paragraph) && !words.is_empty()
    };
    (version.inlines.is_empty() && version.parts().all(is_plain)).then_some(version)
}

/// A version as plain text, with a blank line between blocks.
fn written(version: &Version) -> String {
    let parts: Vec<&str> = version.parts().map(|(_, words)| words).collect();
    parts.join("\n\n")
}

/// Reads one; with the same reader as the one before, unless that broke off.
async fn read(reader: &mut Option<Reader>, asked: &Asked, held: &Blob) -> Result<Reading, String> {
    let started = match reader.take() {
        Some(started) => started,
        None => Reader::start().await?,
    };
    file::check_size(held, &asked.name)?;
    let read = started.read(asked, held).await?;
    *reader = Some(started);
    read
}

/// A file's name without its ending, and without the folders before it.
fn stem(name: &str) -> String {
    let last = name.rsplit('/').next().unwrap_or(name);
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    if stem.is_empty() { last } else { stem }.to_owned()
}
