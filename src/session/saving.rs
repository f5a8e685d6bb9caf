//! Durable before the page says "Saved".

use std::pin::{Pin, pin};
use std::sync::Arc;

use futures::future::{Either, ready, select};
use gloo::timers::callback::Timeout;
use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{STROKE, Session, State};
use crate::annotation::AnnotationId;
use crate::browser::{
    self, clock,
    storage::{self, Held, Lines, Store},
};
use crate::document::DocumentId;
use crate::format::journal::{self, Head, Part};
use crate::project::{Change, Edit, Origin, Transaction};

/// How long the store may take to open, in ms. Some browsers leave the question
/// open for ever in private windows; a person must not wait for that. Once it is open,
/// reading a long journal takes as long as it takes.
const PATIENCE: u32 = 4_000;

/// How long a text may wait for what the store says of it, in ms: where it was left, and
/// its marks. Drawn without, it is drawn twice.
const AT_ONCE: u32 = 300;

/// How long the journal is read at a stretch, in ms: a short one to its end, so that its text
/// is drawn once, with its marks.
const STRETCH: i64 = 30;

/// The names of what is remembered of the view.
const OPEN: &str = "open";
const VERSION: &str = "version";
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
    /// Whether the journal is still being read.
    #[must_use]
    pub fn is_loading(&self) -> bool {
        matches!(self, Self::Loading)
    }

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
    changes: Vec<Change>,
}

impl State {
    /// Applies what one line says to the project and to the step that it goes on with.
    fn replay(&mut self, transaction: Transaction, part: Part, step: &mut Option<Step>) {
        let changes = self.project.apply(&transaction).changes;
        let head = Head::of(&transaction);
        let mut edits = transaction.edits;
        if head.origin == Origin::Person {
            edits.clear();
        }
        match step {
            Some(step) if part.number > 1 => {
                step.edits.extend(edits);
                step.changes.extend(changes);
            }
            // What was there lacks its end: what can be read of it is a step.
            _ => {
                let new = Step {
                    head,
                    edits,
                    changes,
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
        let changes = Arc::new(step.changes);
        let Head { label, origin, .. } = &step.head;
        let history = &mut self.history;
        history.record(label, *origin, changes, Some(&step.edits));
    }
}

impl Session {
    /// Brings back everything from what was kept: the text and where it was left first, then
    /// its marks, and a frame later what the panel lists. A person may open another text
    /// meanwhile, and keeps that.
    pub async fn load(self, kept: Coming, scrolled: RwSignal<Option<String>>) {
        let open = || self.document.get_untracked().id;
        let first = open();
        // A store that does not answer leaves nobody without a text.
        let shown = self.blank;
        Timeout::new(PATIENCE, move || shown.set(false)).forget();
        let (store, view, lines) = match kept.await {
            Ok(found) => found,
            Err(reason) => {
                self.update(|state| state.ready = true);
                self.saving.set(Saving::Off(reason));
                self.blank.set(false);
                return;
            }
        };
        let left = view.document.unwrap_or(first);
        // Another version of its text is in the journal: what comes with the program would
        // be the wrong one to show meanwhile.
        let own = self.with(|project| Some(project.document(left)?.digest.to_string()));
        self.blank
            .set(open() == first && view.version.is_some() && view.version != own);
        if open() == first {
            self.show(left);
            if open() == left {
                scrolled.set(view.scrolled);
            }
        }
        let replayed = self.replay(lines).await;
        // It may be another version of its text now.
        self.show(open());
        self.blank.set(false);
        self.publish_codebook();
        self.marks.notify();
        browser::painted().await;
        self.publish_list();
        self.saving.set(match replayed {
            Ok(()) => {
                self.update(|state| state.store = Some(store));
                Saving::Saved
            }
            Err(reason) => Saving::Off(reason),
        });
        self.update(|state| state.ready = true);
        let is_here = |id| {
            self.with(|project| {
                let own = project.live(id);
                own.is_some_and(|own| own.annotation.target.document == open())
            })
        };
        match view.selected.filter(|id| is_here(*id)) {
            Some(id) if self.selected.get_untracked().is_none() => self.select(Some(id)),
            _ if open() != left => self.remember_view(),
            _ => {}
        }
    }

    /// Applies the journal's lines. One that can't be read is kept aside, never
    /// overwritten; one from a newer program ends writing.
    async fn replay(&self, lines: impl Iterator<Item = String>) -> Result<(), String> {
        let mut unread = Vec::new();
        let mut newer = false;
        let mut step = None;
        let mut end = clock::now().0 + STRETCH;
        for line in lines {
            let (transaction, part) = match journal::read_part(&line) {
                Ok(read) => read,
                Err(error) => {
                    newer |= matches!(error, journal::Error::Newer(_));
                    unread.push(line);
                    continue;
                }
            };
            self.update(|state| state.replay(transaction, part, &mut step));
            if clock::now().0 >= end {
                browser::pause().await;
                end = clock::now().0 + STRETCH;
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
                match outcome {
                    Ok(()) => self.tell_saved(),
                    Err(reason) => self.saving.set(Saving::Failed(reason)),
                }
                return;
            }
        }
    }

    /// Says that all is saved or, while something long is still being done, that it will be.
    /// Where saving has failed, is off or has not begun, it stays at that.
    pub(super) fn tell_saved(&self) {
        let well = |saving: &Saving| matches!(saving, Saving::Saved | Saving::Busy);
        if self.saving.with_untracked(well) {
            let state = self.state;
            let at_it = state.with_value(|state| state.writing || state.carrying);
            self.saving
                .set(if at_it { Saving::Busy } else { Saving::Saved });
        }
    }

    /// Remembers the view: which article is open and which mark is selected.
    pub fn remember_view(&self) {
        let document = self.document.get_untracked();
        let selected = self.selected.get_untracked().map(|id| id.0.to_string());
        self.remember(&[
            (OPEN, &document.id.0.to_string()),
            (VERSION, &document.digest.to_string()),
            (SELECTED, &selected.unwrap_or_default()),
        ]);
    }

    /// Remembers how far the reader is scrolled.
    pub fn remember_scroll(&self, at: &str) {
        self.remember(&[(SCROLLED, at)]);
    }

    fn remember(&self, values: &[(&str, &str)]) {
        self.state.with_value(|state| {
            if let Some(store) = &state.store {
                store.remember(values);
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

/// The view as it was left.
pub struct View {
    document: Option<DocumentId>,
    /// The digest of its text.
    version: Option<String>,
    selected: Option<AnnotationId>,
    scrolled: Option<String>,
}

impl View {
    fn of(held: &Held) -> Self {
        let uuid = |name| uuid::Uuid::try_parse(&held.remembered(name)?).ok();
        Self {
            document: uuid(OPEN).map(DocumentId),
            version: held.remembered(VERSION),
            selected: uuid(SELECTED).map(AnnotationId),
            scrolled: held.remembered(SCROLLED),
        }
    }
}

/// What a visit begins with: the store, the view as it was left, and the journal's lines;
/// else why there is none.
type Kept = Result<(Store, View, Lines), String>;

/// What is still being read, or has been.
pub type Coming = Pin<Box<dyn Future<Output = Kept>>>;

/// Opens the store and reads it, which takes a while of waiting: it is begun before anything
/// is drawn. Where it takes long, it is still to come.
pub async fn kept() -> Coming {
    let coming: Coming = Box::pin(read());
    match select(coming, TimeoutFuture::new(AT_ONCE)).await {
        Either::Left((kept, _)) => Box::pin(ready(kept)),
        Either::Right((_, coming)) => coming,
    }
}

async fn read() -> Kept {
    let open = pin!(Store::open());
    let (store, held) = match select(open, TimeoutFuture::new(PATIENCE)).await {
        Either::Left((opened, _)) => opened?,
        Either::Right(_) => return Err("the browser's storage does not answer".into()),
    };
    let held = Held::of(held).await?;
    Ok((store, View::of(&held), held.lines()))
}
