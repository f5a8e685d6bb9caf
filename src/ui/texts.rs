//! Bringing texts in: files that are chosen or dropped, words that are pasted. What each is read as is
//! shown first, and what is wrong with a file stands beside it.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{File, FileList, HtmlInputElement};

use super::dialog::Dialog;
use super::elements::{button, live, part, press, tag, tagged};
use super::modal::Modal;
use super::page::{Brought, Page};
use crate::browser::file;
use crate::browser::reader::Reader;
use crate::reading::{Asked, Reading};
use crate::session::Session;
use crate::words;

/// Beginning of a text that is shown, in bytes at most.
const SHOWN_BYTES: usize = 280;

/// Kinds of files that are offered where one is chosen.
const ACCEPT: &str =
    ".txt,.text,.md,.markdown,.html,.htm,.xhtml,.mhtml,.mht,.docx,.odt,.fodt,text/*";

/// How it stands with one of them.
#[derive(Clone, PartialEq)]
enum Stage {
    /// It waits for its turn, or is being read.
    Coming,
    /// It was read.
    Read(Reading),
    /// It can't be: why.
    Refused(String),
}

/// What came, by name.
type Lines = RwSignal<Vec<(String, Stage)>>;

/// What the parts of the dialog share.
#[derive(Clone, Copy)]
struct Bringing {
    session: Session,
    page: Page,
    lines: Lines,
    /// Whether what came is being read.
    is_reading: RwSignal<bool>,
}

/// The dialog.
#[component]
pub(super) fn TextsDialog(session: Session, page: Page) -> impl IntoView {
    let bringing = Bringing {
        session,
        page,
        lines: RwSignal::new(Vec::new()),
        is_reading: RwSignal::new(false),
    };
    bringing.take();
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
        bring(page, input.files());
        // So that choosing the same file again is a change again.
        input.set_value("");
        bringing.take();
    };
    let close = move || page.dialog.set(Dialog::None);
    let read = move || {
        bringing.lines.with(|lines| {
            let read = lines
                .iter()
                .filter(|(_, stage)| matches!(stage, Stage::Read(_)));
            read.count()
        })
    };
    let add = move || {
        let lines = bringing.lines.get_untracked();
        let readings = lines.into_iter().filter_map(|(name, stage)| match stage {
            // What was pasted is called as it begins.
            Stage::Read(reading) if name == words::texts::PASTED => Some((String::new(), reading)),
            Stage::Read(reading) => Some((stem(&name), reading)),
            _ => None,
        });
        let readings: Vec<_> = readings.collect();
        if readings.is_empty() || !session.may_change() {
            return;
        }
        page.dialog.set(Dialog::None);
        session.add_documents(readings);
    };
    let pasted = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let form = event
            .target()
            .map(|form| form.unchecked_into::<web_sys::Element>());
        let field = form.and_then(|form| form.query_selector("textarea").ok().flatten());
        let field = field.and_then(|own| own.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
        if let Some(field) = field.filter(|field| !field.value().trim().is_empty()) {
            if let Ok(held) = file::piece(&field.value()) {
                let name = words::texts::PASTED.into();
                page.brought
                    .update_value(|all| all.push(Brought { name, held }));
            }
            field.set_value("");
            bringing.take();
        }
    };
    view! {
        <Modal page heading=words::texts::HEADING>
            {tagged("p", words::texts::INTRO)}
            <input node_ref=input type="file" hidden multiple accept=ACCEPT aria-label=words::texts::FILES on:change=chosen />
            <p>{button("main", words::texts::CHOOSE, choose)}</p>
            <form class="pasting" on:submit=pasted>
                <textarea rows="3" dir="auto" aria-label=words::texts::PASTE placeholder=words::texts::PASTE></textarea>
                <button type="submit">{words::texts::TAKE}</button>
            </form>
            <div role="status">
                {part(move || Some(bringing.drawn()))}
            </div>
            <div class="actions">
                {button("", words::common::CANCEL, close)}
                {part(move || {
                    bringing.replaces().map(|text| {
                        let replace = move || page.dialog.set(Dialog::Replace(Some(text.clone())));
                        button("", words::texts::REPLACE, replace)
                    })
                })}
                <button
                    class="main"
                    aria-disabled=live(move || (read() == 0).to_string())
                    on:click=press(add)
                >
                    {live(move || words::texts::add(read()))}
                </button>
            </div>
        </Modal>
    }
}

/// Takes note of files that are to be opened.
pub(super) fn bring(page: Page, files: Option<FileList>) {
    let Some(files) = files else { return };
    let all = (0..files.length()).filter_map(|at| files.get(at));
    page.brought
        .update_value(|brought| brought.extend(all.map(of_file)));
}

/// A file as something that is to be opened.
pub(super) fn of_file(file: File) -> Brought {
    Brought {
        name: file.name(),
        held: file.into(),
    }
}

/// Shows what was dropped on the page, to be opened.
pub(super) fn open(page: Page, files: Vec<File>) {
    page.brought
        .update_value(|brought| brought.extend(files.into_iter().map(of_file)));
    page.dialog.set(Dialog::Texts);
}

impl Bringing {
    /// Reads what has come, one after the other.
    fn take(self) {
        let brought = self
            .page
            .brought
            .try_update_value(std::mem::take)
            .unwrap_or_default();
        if brought.is_empty() {
            return;
        }
        let first = self.lines.with_untracked(Vec::len);
        self.lines.update(|lines| {
            lines.extend(brought.iter().map(|own| (own.name.clone(), Stage::Coming)));
        });
        self.is_reading.set(true);
        spawn_local(async move {
            let mut reader = None;
            for (at, own) in brought.into_iter().enumerate() {
                let stage = match read(&mut reader, &own).await {
                    Ok(reading) => Stage::Read(reading),
                    Err(reason) => Stage::Refused(reason),
                };
                // The dialog may be closed by now.
                let told = self.lines.try_update(|lines| {
                    if let Some(line) = lines.get_mut(first + at) {
                        line.1 = stage;
                    }
                });
                if told.is_none() {
                    return;
                }
            }
            let _ = self.is_reading.try_set(false);
        });
    }

    /// What came, a line each.
    fn drawn(self) -> AnyView {
        let lines = self.lines.get();
        let drawn: Vec<AnyView> = lines
            .iter()
            .map(|(name, stage)| line(name, stage))
            .collect();
        if drawn.is_empty() {
            return ().into_any();
        }
        view! { <ul class="brought">{drawn}</ul> }.into_any()
    }

    /// The text that may stand in the place of the open document's: the only one that was read.
    fn replaces(self) -> Option<String> {
        if self.session.has_none_open() {
            return None;
        }
        self.lines.with(|lines| match lines.as_slice() {
            [(_, Stage::Read(reading))] => {
                let parts: Vec<&str> = reading.version.parts().map(|(_, words)| words).collect();
                Some(parts.join("\n\n"))
            }
            _ => None,
        })
    }
}

/// Reads one; with the same reader as the one before, unless that broke off.
async fn read(reader: &mut Option<Reader>, own: &Brought) -> Result<Reading, String> {
    let asked = Asked {
        name: own.name.clone(),
    };
    let started = match reader.take() {
        Some(started) => started,
        None => Reader::start().await?,
    };
    let read = started.read(&asked, &own.held).await?;
    *reader = Some(started);
    read
}

/// A file's name without its ending, and without the folders before it.
fn stem(name: &str) -> String {
    let last = name.rsplit('/').next().unwrap_or(name);
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    if stem.is_empty() { last } else { stem }.to_owned()
}

fn line(name: &str, stage: &Stage) -> AnyView {
    let mut parts = vec![tagged("strong", name)];
    match stage {
        Stage::Coming => parts.push(tagged("p", words::texts::READING)),
        Stage::Refused(reason) => {
            parts.push(view! { <p class="wrong">{reason.clone()}</p> }.into_any())
        }
        Stage::Read(reading) => {
            let text = reading.version.text.text();
            let counted = words::texts::counted(
                text.split_whitespace().count(),
                reading.version.blocks.len(),
            );
            parts.push(tagged("small", counted));
            for remark in &reading.remarks {
                parts.push(tagged("p", remark.as_str()));
            }
            parts.push(tagged(
                "blockquote",
                crate::text::opening(text, SHOWN_BYTES),
            ));
        }
    }
    tag("li", parts)
}
