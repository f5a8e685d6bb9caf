//! What a person sees and touches.
#![allow(unreachable_pub, reason = "the component macro makes the props public")]

mod app;
mod banner;
mod bar;
mod code_bar;
mod file_picker;
mod history;
mod import;
mod key_list;
mod keys;
mod later;
mod list;
mod menu;
mod modal;
mod note;
mod notices;
mod offline;
mod print;
mod reader;
mod replace;
mod resting;
mod review;
mod rows;
mod theme;
mod work;

pub use app::App;

use leptos::html::custom;
use leptos::prelude::*;
use web_sys::HtmlElement;

use crate::annotation::AnnotationId;
use crate::document::DocumentId;
use crate::session::Session;
use crate::text::Span;

// Every closure has a type of its own, and the framework compiles a copy of itself for
// each type it meets. These give all closures of a kind one type; without them
// the page's program is a quarter larger.

/// A value that follows from signals.
fn live<T: Send + Sync + 'static>(read: impl Fn() -> T + Send + Sync + 'static) -> Signal<T> {
    Signal::derive(read)
}

/// What is done whenever signals it reads have changed, and once at the start.
fn effect(act: impl FnMut() + 'static) {
    let mut act: Box<dyn FnMut()> = Box::new(act);
    Effect::new(move |_: Option<()>| act());
}

/// What is done whenever something that follows from signals holds no longer.
fn ended(holds: impl Fn() -> bool + 'static, act: impl Fn() + 'static) {
    let mut before = false;
    effect(move || {
        let now = holds();
        if std::mem::replace(&mut before, now) && !now {
            act();
        }
    });
}

/// A piece of the page that follows from signals; nothing where there is none.
fn part(view: impl FnMut() -> Option<AnyView> + Send + 'static) -> Part {
    Box::new(view)
}

type Part = Box<dyn FnMut() -> Option<AnyView> + Send>;

/// A still piece of the page: an element whose text runs in its own direction. In `view!`
/// each kind of element has a type of its own.
fn tag(name: &'static str, children: Vec<AnyView>) -> AnyView {
    custom(name).attr("dir", "auto").child(children).into_any()
}

/// One that holds nothing but words.
fn tagged(name: &'static str, words: impl Into<String>) -> AnyView {
    tag(name, vec![words.into().into_any()])
}

/// A list item of words, each in an element or, where that has no name, in none.
fn line(parts: &[(&'static str, &str)]) -> AnyView {
    let mut pieces = Vec::new();
    for (name, words) in parts.iter().filter(|(_, words)| !words.is_empty()) {
        pieces.push(if name.is_empty() {
            words.to_string().into_any()
        } else {
            tagged(name, *words)
        });
    }
    tag("li", pieces)
}

/// Puts a line for a number and what it counts, if it is not none.
fn count(lines: &mut Vec<AnyView>, count: usize, what: &str) {
    if count > 0 {
        lines.push(line(&[
            ("strong", &count.to_string()),
            ("", " "),
            ("", what),
        ]));
    }
}

/// A button with nothing special about it but its class.
fn button(class: &'static str, words: &'static str, act: impl Fn() + 'static) -> AnyView {
    view! { <button type="button" class=class on:click=press(act)>{words}</button> }.into_any()
}

/// What a press of a button does.
fn press(act: impl Fn() + 'static) -> Box<dyn FnMut(web_sys::MouseEvent)> {
    Box::new(move |_| act())
}

/// Which dialog is open; one at a time.
#[derive(Clone, Debug, Default, PartialEq)]
enum Dialog {
    #[default]
    None,
    Keys,
    /// With the version that a person was shown before and did not go back to.
    History(Option<history::Version>),
    /// With the version that the file is of, where it came from the history.
    Import(import::Offer, Option<history::Version>),
    /// With the text of a file, where one was dropped on the page.
    Replace(Option<String>),
}

/// Draws a dialog.
fn dialog(session: Session, page: Page, dialog: Dialog) -> AnyView {
    use history::HistoryDialog;
    use import::ImportDialog;
    use key_list::KeysDialog;
    use replace::ReplaceDialog;
    match dialog {
        Dialog::None => ().into_any(),
        Dialog::Keys => view! { <KeysDialog page /> }.into_any(),
        Dialog::Replace(file) => view! { <ReplaceDialog session page file /> }.into_any(),
        Dialog::History(version) => view! { <HistoryDialog session page version /> }.into_any(),
        Dialog::Import(offer, version) => {
            view! { <ImportDialog session page offer version /> }.into_any()
        }
    }
}

/// What the parts of the page say to each other, beside the session.
#[derive(Clone, Copy)]
struct Page {
    /// The open dialog.
    dialog: RwSignal<Dialog>,
    /// A mark to bring into view and flash.
    jump: RwSignal<Option<AnnotationId>>,
    /// The field in which a note is written.
    note: note::NoteEditor,
    /// What is not needed for the first mark.
    later: later::Part,
    /// What is told while the page rests.
    notices: notices::Notices,
    /// What had the focus before the first of the dialogs that lead to each other.
    before: StoredValue<Option<HtmlElement>, LocalStorage>,
    /// An annotation that is being put on another passage.
    attaching: RwSignal<Option<AnnotationId>>,
    /// A passage to look at, on which it may be put.
    look_at: RwSignal<Option<(AnnotationId, Span)>>,
    /// A text that was pasted to replace a document's, and has not.
    pasted: RwSignal<Option<(DocumentId, String)>>,
    /// Whether single keys act; a person may switch that off (WCAG 2.1.4).
    single_keys: RwSignal<bool>,
    /// Whether what was said last is still shown to the eye.
    fresh: RwSignal<bool>,
    /// Whether the list is open, where it is a sheet below the text.
    sheet: RwSignal<bool>,
}

impl Page {
    /// Opens a dialog; one that is open is not drawn anew.
    fn open(self, dialog: Dialog) {
        if self.dialog.with_untracked(|open| *open != dialog) {
            self.dialog.set(dialog);
        }
    }

    fn new(session: Session) -> Self {
        let sheet = RwSignal::new(false);
        Self {
            dialog: RwSignal::default(),
            jump: RwSignal::new(None),
            note: note::NoteEditor::new(session, sheet),
            later: later::Part::new(),
            notices: notices::Notices::new(),
            before: StoredValue::new_local(None),
            attaching: RwSignal::new(None),
            look_at: RwSignal::new(None),
            pasted: RwSignal::new(None),
            single_keys: RwSignal::new(true),
            fresh: RwSignal::new(false),
            sheet,
        }
    }
}
