//! What the parts of the page say to each other, beside the session, and the functions that come
//! later.

use leptos::prelude::*;
use web_sys::{Blob, Element, File, HtmlElement};

use super::dialog::{Dialog, Offer};
use super::first_steps::first_steps;
use super::later::{Fetch, Part};
use super::note::{Gone, NoteEditor};
use super::notices::Notices;
use super::reader::{Hover, ReaderContext};
use crate::annotation::AnnotationId;
use crate::browser::entries::Given;
use crate::browser::memory;
use crate::document::DocumentId;
use crate::keys::{End, Side, Step, Way};
use crate::look::{self, PANES};
use crate::session::{Saving, Session};
use crate::text::Span;

/// What the parts of the page say to each other, beside the session.
#[derive(Clone, Copy)]
pub(super) struct Page {
    /// The open dialog.
    pub(super) dialog: RwSignal<Dialog>,
    /// A mark to bring into view and flash.
    pub(super) jump: RwSignal<Option<AnnotationId>>,
    /// A block of the text to go to.
    pub(super) go_to: RwSignal<Option<usize>>,
    /// The number of the block at the upper edge of the text.
    pub(super) at: RwSignal<usize>,
    /// The field in which a note is written.
    pub(super) note: NoteEditor,
    /// What is not needed for the first mark.
    pub(super) later: Part<Later>,
    /// What is told while the page rests.
    pub(super) notices: Notices,
    /// What had the focus before the first of the dialogs that lead to each other.
    pub(super) before: StoredValue<Option<HtmlElement>, LocalStorage>,
    /// An annotation that is being put on another passage.
    pub(super) attaching: RwSignal<Option<AnnotationId>>,
    /// A passage to look at, on which it may be put.
    pub(super) look_at: RwSignal<Option<(AnnotationId, Span)>>,
    /// A text that was pasted to replace a document's, and has not.
    pub(super) pasted: RwSignal<Option<(DocumentId, String)>>,
    /// Words that were typed to be opened as a text, and have not been: they outlast the dialog.
    pub(super) typed: RwSignal<String>,
    /// Files and pasted words that are to be opened as texts.
    pub(super) brought: StoredValue<Vec<Brought>, LocalStorage>,
    /// What was left where they lay: its path, and why.
    pub(super) left: StoredValue<Vec<(String, String)>, LocalStorage>,
    /// What files of annotations would do that were read while another dialog was open.
    pub(super) offers: StoredValue<Vec<Offer>, LocalStorage>,
    /// A project file that is to be opened.
    pub(super) project_file: StoredValue<Option<File>, LocalStorage>,
    /// Raised when more of them have come.
    pub(super) arrived: Trigger,
    /// Whether the documents and themes are shown: a pane beside the text, a drawer where that has no
    /// room.
    pub(super) library: RwSignal<bool>,
    /// What the open project is called, once that was read.
    pub(super) project: RwSignal<String>,
    /// Whether single keys act; a person may switch that off (WCAG 2.1.4).
    pub(super) single_keys: RwSignal<bool>,
    /// Whether what was said last is still shown to the eye.
    pub(super) fresh: RwSignal<bool>,
    /// Whether the list is open, where it is a sheet below the text.
    pub(super) sheet: RwSignal<bool>,
    /// Whether what finds words is open.
    pub(super) finds: RwSignal<bool>,
    /// How many of the first steps have been made; nothing once they are gone.
    pub(super) steps: Signal<Option<usize>>,
    /// What is asked of finding, until it is done.
    pub(super) asked: RwSignal<Option<Ask>>,
}

/// What a person asks of finding words.
#[derive(Clone, Copy)]
pub(super) enum Ask {
    /// The field.
    Open,
    /// The list of hits in all documents.
    Everywhere,
    /// The next hit, or the one before.
    Go(Way),
    /// That it is closed.
    Close,
}

impl Page {
    /// Opens a dialog; one that is open is not drawn anew.
    pub(super) fn open(self, dialog: Dialog) {
        if self.dialog.with_untracked(|open| *open != dialog) {
            self.dialog.set(dialog);
        }
    }

    pub(super) fn new(session: Session, fetch: Fetch<Later>) -> Self {
        let sheet = RwSignal::new(false);
        Self {
            dialog: RwSignal::default(),
            jump: RwSignal::new(None),
            go_to: RwSignal::new(None),
            at: RwSignal::new(0),
            note: NoteEditor::new(session, sheet),
            later: Part::new(fetch),
            notices: Notices::new(),
            before: StoredValue::new_local(None),
            attaching: RwSignal::new(None),
            look_at: RwSignal::new(None),
            pasted: RwSignal::new(None),
            typed: RwSignal::default(),
            brought: StoredValue::new_local(Vec::new()),
            left: StoredValue::new_local(Vec::new()),
            offers: StoredValue::new_local(Vec::new()),
            project_file: StoredValue::new_local(None),
            arrived: Trigger::new(),
            library: RwSignal::new(shows_library()),
            project: RwSignal::default(),
            single_keys: RwSignal::new(true),
            fresh: RwSignal::new(false),
            sheet,
            finds: RwSignal::new(false),
            steps: first_steps(session),
            asked: RwSignal::new(None),
        }
    }

    /// Asks something of finding, which comes later.
    pub(super) fn look_for(self, session: Session, ask: Ask) {
        self.asked.set(Some(ask));
        self.later.run_or_say(session, |_| ());
    }

    /// Whether something would be lost if the page were left now; what is being written is saved first.
    pub(super) fn is_at_risk(self, session: Session) -> bool {
        self.note.save();
        let unsaved = session.undo_label.with_untracked(Option::is_some);
        let at_risk = unsaved && session.saving.with_untracked(Saving::at_risk);
        at_risk || self.note.is_unsaved()
    }

    /// Closes the pane with documents and themes where it lies over the text; whether it does.
    pub(super) fn close_drawer(self) -> bool {
        let is_drawer = !has_room_for_library();
        if is_drawer {
            self.library.set(false);
        }
        is_drawer
    }

    /// On a phone the list leaves the text little room.
    pub(super) fn show_article(self) {
        if crate::browser::media("(max-width: 47.5rem)") {
            self.sheet.set(false);
        }
    }
}

/// Something that is to be opened: what it is called, nothing for what was pasted, and what it holds.
#[derive(Clone)]
pub(super) struct Brought {
    pub(super) name: String,
    pub(super) held: Blob,
    /// Whether it is a piece of a page, and not a file.
    pub(super) is_fragment: bool,
    /// The folders that it lies in; empty for none.
    pub(super) folder: String,
    /// Where it was sent from; nothing for what a person has given.
    pub(super) sent: Option<Sent>,
}

/// What another page says of what it has sent.
#[derive(Clone, PartialEq)]
pub(super) struct Sent {
    /// Which it is, as the browser says.
    pub(super) origin: String,
    /// What it is called.
    pub(super) title: String,
    /// The address of the text.
    pub(super) address: String,
}

/// Whether the library stands beside the text, and not over it.
pub(super) fn has_room_for_library() -> bool {
    crate::browser::media("(min-width: 75rem)")
}

/// Whether it is shown unless somebody asks for something else.
pub(super) fn shows_library() -> bool {
    has_room_for_library() && !memory::remembered(PANES).is_some_and(|css| look::is_folded(&css))
}

/// The functions that come later.
#[derive(Clone, Copy)]
pub(super) struct Later {
    /// Draws a dialog.
    pub(super) dialog: fn(Session, Page, Dialog) -> AnyView,
    /// Takes a file that was chosen, whatever it is, and shows what it would do.
    pub(super) take: fn(Session, Page, File),
    /// Takes files that were dropped on the page, and folders, whatever they are.
    pub(super) take_dropped: fn(Session, Page, Vec<File>, Vec<Given>),
    /// Takes what was pasted: its HTML, if it has any, and its words.
    pub(super) take_pasted: fn(Page, String, String),
    /// Draws what can be said about a mark without a sure place; whether a person has said already
    /// that it is lost.
    pub(super) review: fn(Session, Page, AnnotationId, bool) -> AnyView,
    /// Makes the sheet that is printed.
    pub(super) print: fn(Session) -> Element,
    /// Looks for the passages that have no place yet.
    pub(super) resolve: fn(Session),
    /// Draws how far workers are, and what makes the panes wider.
    pub(super) beside_text: fn(Session) -> AnyView,
    /// Draws what is said of the document above its text.
    pub(super) text_head: fn(Session) -> AnyView,
    /// Draws what is said of the marks under the pointer.
    pub(super) tooltip: fn(ReaderContext, Hover) -> AnyView,
    /// Moves an end of the mark that keys are about.
    pub(super) resize: fn(ReaderContext, End, Side, Step),
    /// Draws what is offered for notes whose marks are gone.
    pub(super) rescue: fn(NoteEditor, Vec<Gone>) -> AnyView,
    /// Draws what is in the pane of documents and themes.
    pub(super) library: fn(Session, Page) -> AnyView,
    /// Draws what finds words: nothing before it is asked for.
    pub(super) find: fn(Session, Page, ReaderContext) -> AnyView,
    /// Draws the rooms in the bar.
    pub(super) rooms: fn(Session, Page) -> AnyView,
    /// Draws the tabs at the foot.
    pub(super) foot: fn(Session, Page) -> AnyView,
    /// Draws the choice of which documents the marks are listed.
    pub(super) scope: fn(Session) -> AnyView,
    /// Goes to a mark of a document that is not open.
    pub(super) go_to_mark: fn(Session, Page, DocumentId, AnnotationId),
    /// Opens the document so many places on in the list.
    pub(super) open_beside: fn(Session, isize),
    /// Opens the sample project; it is made where there is none.
    pub(super) open_sample: fn(Session, Page),
    /// Begins with what is done while the page rests.
    pub(super) rest: fn(Session, Page),
}
