//! Durable before the page says "Saved".

use std::sync::Arc;

use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{STROKE, Session, State};
use crate::annotation::AnnotationId;
use crate::browser::{
    self,
    storage::{self, Store},
};
use crate::document::DocumentId;
use crate::format::journal::{self, Head, Part};
use crate::project::{Applied, Change, Edit, Origin, Transaction};

/// How long the store may take to open, in ms. Some browsers leave the question
/// open for ever in private windows; a person must not wait for that. Once it is open,
/// reading a long journal takes as long as it takes.
const PATIENCE: u32 = 4_000;

/// The names of what is remembered of the view.
const OPEN: &str = "open";
const SELECTED: &str = "selected";
const SCROLLED: &str = "scrolled";

/// How saving stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saving {
    /// The journal is being read.
    Loading,
    /// Everything is in the store.
    Saved,
    /// A change is on its way there.
    Busy,
    /// The store refused; the reason is the browser's.
    Failed(String),
    /// There is no store, or one this program must not write to; the reason.
    Off(String),
}

impl Saving {
    /// Whether a change that was made would be gone if the page were closed now.
    #[must_use]
    pub fn at_risk(&self) -> bool {
        !matches!(self, Self::Saved | Self::Loading)
    }
}

/// A step on its way to the store. It is written while it is saved: a part of many changes
/// a line.
#[derive(Clone)]
pub(super) struct Entry {
    pub(super) head: Head,
    pub(super) changes: Arc<Vec<Change>>,
}

impl Entry {
    fn lines(&self) -> impl Iterator<Item = String> {
        // A step without changes is a line as well: it may take another out of the history.
        let of = self.changes.len().div_ceil(STROKE).max(1);
        (0..of).map(move |at| {
            let changes = self.changes.iter().skip(at * STROKE).take(STROKE);
            let edits = changes.map(Change::now);
            journal::write_part(&self.head, Part { number: at + 1, of }, edits)
        })
    }
}

/// A step of which the journal has been read so far.
struct Step {
    head: Head,
    /// The edits of a reversal: they tell what it reversed.
    edits: Vec<Edit>,
    applied: Applied,
}

impl State {
    /// Applies what one line says to the project and to the step that it goes on with.
    fn replay(&mut self, transaction: Transaction, part: Part, step: &mut Option<Step>) {
        let applied = self.project.apply(&transaction);
        let head = Head::of(&transaction);
        let mut edits = transaction.edits;
        if head.origin == Origin::Person {
            edits.clear();
        }
        match step {
            Some(step) if part.number > 1 => {
                step.edits.extend(edits);
                step.applied.add(applied);
            }
            // What was there lacks its end: what can be read of it is a step.
            _ => {
                let new = Step {
                    head,
                    edits,
                    applied,
                };
                self.record(step.replace(new));
            }
        }
        if part.is_last() {
            self.record(step.take());
        }
    }

    fn record(&mut self, step: Option<Step>) {
        let Some(step) = step else { return };
        let changes = Arc::new(step.applied.changes);
        let Head { label, origin, .. } = &step.head;
        let history = &mut self.history;
        history.record(label, *origin, changes, Some(&step.edits));
    }
}

impl Session {
    /// Reads the journal, and with it brings back everything. Gives the remembered
    /// scroll position.
    pub async fn load(&self) -> Option<String> {
        let first = self.document.get_untracked().id;
        let opened = match opened().await {
            Ok((store, view)) => store.lines().await.map(|lines| (store, view, lines)),
            Err(reason) => Err(reason),
        };
        let (store, view, lines) = match opened {
            Ok(found) => found,
            Err(reason) => {
                self.update(|state| state.ready = true);
                self.saving.set(Saving::Off(reason));
                return None;
            }
        };
        let replayed = self.replay(lines).await;
        // A person may have opened another one meanwhile.
        let open = self.document.get_untracked().id;
        self.show(view.document.filter(|_| open == first).unwrap_or(open));
        self.publish_all();
        self.selected.set(
            view.selected
                .filter(|id| self.with(|project| project.live(*id).is_some())),
        );
        self.saving.set(match replayed {
            Ok(()) => {
                self.update(|state| state.store = Some(store));
                Saving::Saved
            }
            Err(reason) => Saving::Off(reason),
        });
        self.update(|state| state.ready = true);
        view.scrolled
    }

    /// Applies the journal's lines. One that can't be read is kept aside, never
    /// overwritten; one from a newer program ends writing.
    async fn replay(&self, lines: impl Iterator<Item = String>) -> Result<(), String> {
        let mut unread = Vec::new();
        let mut newer = false;
        let mut step = None;
        let mut edits = 0;
        for line in lines {
            let (transaction, part) = match journal::read_part(&line) {
                Ok(read) => read,
                Err(error) => {
                    newer |= matches!(error, journal::Error::Newer(_));
                    unread.push(line);
                    continue;
                }
            };
            edits += transaction.edits.len();
            self.update(|state| state.replay(transaction, part, &mut step));
            if edits > STROKE {
                edits = 0;
                browser::pause().await;
            }
        }
        self.update(|state| state.record(step));
        self.unread.set(unread);
        if newer {
            return Err("it was written by a newer version of Themark; reload to get that".into());
        }
        Ok(())
    }

    /// Puts a step on its way to the store.
    pub(super) fn save(&self, entry: Entry) {
        let idle = self.update(|state| {
            if state.store.is_some() {
                state.backlog.push(entry);
            }
            state.store.is_some() && !std::mem::replace(&mut state.writing, true)
        });
        if idle {
            self.saving.set(Saving::Busy);
            spawn_local(self.write_backlog());
        }
    }

    /// Tries again to save what could not be saved.
    pub fn save_again(&self) {
        let idle = self.update(|state| {
            !state.backlog.is_empty() && !std::mem::replace(&mut state.writing, true)
        });
        if idle {
            self.saving.set(Saving::Busy);
            spawn_local(self.write_backlog());
        }
    }

    /// Writes until nothing is left to write, in the order of the changes.
    async fn write_backlog(self) {
        loop {
            let (store, entries) = self
                .state
                .with_value(|state| (state.store.clone(), state.backlog.clone()));
            let Some(store) = store else { return };
            let mut lines = entries.iter().flat_map(Entry::lines);
            let outcome = store.append(&mut lines).await;
            let left = self.update(|state| {
                if outcome.is_ok() {
                    state.backlog.drain(..entries.len());
                }
                state.writing = outcome.is_ok() && !state.backlog.is_empty();
                state.writing
            });
            if !left {
                self.saving.set(match outcome {
                    Ok(()) => Saving::Saved,
                    Err(reason) => Saving::Failed(reason),
                });
                return;
            }
        }
    }

    /// Remembers the view: which article is open and which mark is selected.
    pub fn remember_view(&self) {
        let document = self.document.get_untracked().id.0.to_string();
        let selected = self.selected.get_untracked().map(|id| id.0.to_string());
        self.remember(OPEN, &document);
        self.remember(SELECTED, &selected.unwrap_or_default());
    }

    /// Remembers how far the reader is scrolled.
    pub fn remember_scroll(&self, at: &str) {
        self.remember(SCROLLED, at);
    }

    fn remember(&self, name: &str, value: &str) {
        self.state.with_value(|state| {
            if let Some(store) = &state.store {
                store.remember(name, value);
            }
        });
    }

    /// Asks the browser, once there is work to lose, not to clear it when room is
    /// short.
    pub(super) fn ask_to_persist(&self) {
        spawn_local(async {
            // Refused, the work is saved all the same; the browser may then clear it when
            // the disk is nearly full.
            let _ = storage::persist().await;
        });
    }
}

#[derive(Default)]
struct View {
    document: Option<DocumentId>,
    selected: Option<AnnotationId>,
    scrolled: Option<String>,
}

async fn remembered(store: &Store) -> View {
    let uuid = |text: Option<String>| uuid::Uuid::try_parse(&text?).ok();
    let [document, selected, scrolled] = store.remembered([OPEN, SELECTED, SCROLLED]).await;
    View {
        document: uuid(document).map(DocumentId),
        selected: uuid(selected).map(AnnotationId),
        scrolled,
    }
}

async fn opened() -> Result<(Store, View), String> {
    let open = std::pin::pin!(async {
        let store = Store::open().await?;
        let view = remembered(&store).await;
        Ok((store, view))
    });
    match futures::future::select(open, TimeoutFuture::new(PATIENCE)).await {
        futures::future::Either::Left((found, _)) => found,
        futures::future::Either::Right(_) => Err("the browser's storage does not answer".into()),
    }
}
