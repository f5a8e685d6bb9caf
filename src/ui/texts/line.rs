//! Something that came: what is known of it, and what is to be done with it.

use std::sync::Arc;

use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::{Blob, File};

use crate::document::DocumentId;
use crate::job::Preview;
use crate::reading::{Asked, Reading};
use crate::session::{Base, Replacement};
use crate::ui::page::{Brought, Sent};
use crate::words;

/// Something that came, as a handle. Each has a signal of its own: of a thousand only the one is drawn
/// anew that has changed.
#[derive(Clone)]
pub(super) struct Line {
    pub(super) state: ArcRwSignal<State>,
    /// What it holds, to be read once more as something else.
    pub(super) held: SendWrapper<Blob>,
    /// The folders that it lies in.
    pub(super) folder: Arc<str>,
    /// Where it was sent from.
    pub(super) sent: Option<Arc<Sent>>,
}

/// How it stands with it.
#[derive(Clone)]
pub(super) struct State {
    /// What it is to be read as.
    pub(super) asked: Asked,
    pub(super) stage: Stage,
    /// Whether comments in it are wanted, as notes.
    pub(super) takes_notes: bool,
}

/// Where it stands.
#[derive(Clone)]
pub(super) enum Stage {
    /// It waits for its turn.
    Waiting,
    /// It is being read.
    Reading,
    /// It is a text.
    Text(Box<Text>),
    /// It holds annotations: what they would do to the open document, and on what that is based.
    Annotations(Arc<Preview>, Base),
    /// It is a journal, which comes in alone.
    Journal,
    /// It is a project, which becomes one beside the open one.
    Project,
    /// It can't come in: why.
    Refused(String),
    /// A person has stopped it.
    Stopped,
}

/// A text that was read.
#[derive(Clone)]
pub(super) struct Text {
    pub(super) reading: Arc<Reading>,
    /// How many words it has.
    pub(super) words: usize,
    pub(super) known: Known,
    pub(super) way: Way,
    /// What it would do as a new version, once that is known; or why it can't be one.
    pub(super) plan: Option<Result<Replacement, String>>,
}

/// What is known of a text.
#[derive(Clone, PartialEq)]
pub(super) enum Known {
    /// It is new.
    New,
    /// A document says just that.
    Same(DocumentId),
    /// A document of the same name or from the same place says something else.
    Version(DocumentId),
    /// It came before, under this name.
    Above(String),
}

/// What is to be done with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It becomes a document.
    Add,
    /// It is not added: what is known of it stays as it is.
    Leave,
    /// It becomes a new version of the document that is known.
    Version,
}

impl Known {
    /// What is done with it where a person does not say otherwise: nothing that is there is changed, and
    /// nothing is there twice.
    pub(super) fn way(&self) -> Way {
        match self {
            Self::New | Self::Version(_) => Way::Add,
            Self::Same(_) | Self::Above(_) => Way::Leave,
        }
    }
}

impl Line {
    pub(super) fn new(brought: Brought) -> Self {
        let address = brought.sent.as_ref().map(|sent| sent.address.clone());
        let asked = Asked {
            name: brought.name,
            is_fragment: brought.is_fragment,
            address: address.unwrap_or_default(),
            ..Asked::default()
        };
        Self {
            state: ArcRwSignal::new(State {
                asked,
                stage: Stage::Waiting,
                takes_notes: false,
            }),
            held: SendWrapper::new(brought.held),
            folder: brought.folder.into(),
            sent: brought.sent.map(Arc::new),
        }
    }

    /// What it is called.
    pub(super) fn name(&self) -> String {
        let name = self.state.with_untracked(|state| state.asked.name.clone());
        match (&self.sent, name.is_empty()) {
            (Some(sent), _) if !sent.title.is_empty() => sent.title.clone(),
            (_, true) => words::texts::PASTED.into(),
            (_, false) => name,
        }
    }

    /// What its file is called, without ending; empty where it has none.
    pub(super) fn file(&self) -> String {
        if self.sent.is_some() {
            return String::new();
        }
        self.state.with_untracked(|state| stem(&state.asked.name))
    }

    /// The file that it is. What is no text is one.
    pub(super) fn as_file(&self) -> File {
        self.held.clone().take().unchecked_into()
    }

    /// Where it stands.
    pub(super) fn with<T>(&self, read: impl FnOnce(&Stage) -> T) -> T {
        self.state.with_untracked(|state| read(&state.stage))
    }

    /// Does something with it where it is a text.
    pub(super) fn update_text(&self, act: impl FnOnce(&mut Text)) {
        self.state.update(|state| {
            if let Stage::Text(text) = &mut state.stage {
                act(text);
            }
        });
    }

    /// Whether it is still to be read.
    pub(super) fn is_coming(&self) -> bool {
        self.with(|stage| matches!(stage, Stage::Waiting | Stage::Reading))
    }
}

/// A file's name without its ending, and without the folders before it.
pub(super) fn stem(name: &str) -> String {
    let last = name.rsplit('/').next().unwrap_or(name);
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    if stem.is_empty() { last } else { stem }.to_owned()
}
