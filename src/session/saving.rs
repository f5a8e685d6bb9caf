//! Durable before the page says "Saved".

use std::ops::Range;
use std::sync::Arc;

use futures::future::{Either, select};
use gloo::timers::callback::Timeout;
use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Session;
use crate::annotation::AnnotationId;
use crate::browser::{
    self, room,
    storage::{Held, Store},
};
use crate::document::DocumentId;
use crate::journal::{self, Head, Part, Sum};
use crate::marking::Subject;
use crate::project::Change;

/// How long the store may take to open, in ms. Some browsers leave the question
/// open for ever in private windows; a person must not wait for that. Once it is open,
/// reading a long journal takes as long as it takes.
const PATIENCE: u32 = 4_000;

/// The names of what is remembered of the view.
const OPEN: &str = "open";
const VERSION: &str = "version";
const SELECTED: &str = "selected";
const SCROLLED: &str = "scrolled";
/// When annotations were last downloaded, in ms since 1970; a person is reminded of it.
pub(super) const DOWNLOADED: &str = "downloaded";

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
    /// Its parts, a line each.
    fn parts(&self) -> impl Iterator<Item = (&Self, Part, Range<usize>)> {
        journal::parts(self.changes.len()).map(move |(part, range)| (self, part, range))
    }

    fn line(&self, part: Part, range: Range<usize>, after: Option<&Sum>) -> (String, Sum) {
        let mut edits = self.changes[range].iter().map(Change::now);
        journal::write_part(&self.head, part, after, &mut edits)
    }
}

impl Session {
    /// Brings back everything from what was kept: the text and where it was left first, then
    /// its marks, of many some before the others, and a frame later what the panel lists. A
    /// person may open another text meanwhile, and keeps that.
    pub async fn load(self, scrolled: RwSignal<Option<String>>) {
        let open = || self.document.get_untracked().id;
        let first = open();
        // A store that does not answer leaves nobody without a text.
        Timeout::new(PATIENCE, move || self.keep_blank(false)).forget();
        let (store, mut held) = match kept().await {
            Ok(found) => found,
            Err(reason) => {
                self.update(|state| state.ready = true);
                self.saving.set(Saving::Off(reason));
                self.keep_blank(false);
                return;
            }
        };
        let view = View::of(&held);
        let left = view.document.unwrap_or(first);
        // Another version of its text is in the journal: what comes with the program would
        // be the wrong one to show meanwhile.
        let own = self.with(|project| Some(project.document(left)?.digest.to_string()));
        self.keep_blank(open() == first && view.version.is_some() && view.version != own);
        if open() == first {
            self.show(left);
            if open() == left {
                scrolled.set(view.scrolled);
            }
        }
        if let Some(sum) = &held.sum {
            self.take_in(&mut held.snapshot, false).await;
            self.update(|state| state.reader.wrote(Sum::told(sum)));
        }
        self.take_in(&mut held.lines, true).await;
        store.take(&held);
        let failure = held.lines.failure;
        if failure.is_none()
            && held.sum.is_some()
            && (self.missing.get_untracked() || !self.unread.with_untracked(Vec::is_empty))
        {
            // All of the journal tells more.
            store.begin_without_snapshot();
            return;
        }
        // It may be another version of its text now.
        self.show(open());
        self.keep_blank(false);
        self.publish_codebook();
        self.marks.notify();
        browser::painted().await;
        self.publish_list();
        if let Some(reason) = failure {
            let reason = format!(
                "only some of what is stored could be read ({reason}); reload to try again"
            );
            self.saving.set(Saving::Off(reason));
        } else if !self.gives_way() {
            self.follow(&store);
            self.update(|state| state.store = Some(store));
            self.saving.set(Saving::Saved);
            // Others may have written while this was read.
            self.catch_up();
        }
        self.update(|state| state.ready = true);
        let is_here = |id| {
            self.with(|project| {
                let own = project.live(id);
                own.is_some_and(|own| own.annotation.target.document == open())
            })
        };
        match view.selected.filter(|id| is_here(*id)) {
            Some(id) if self.subject.get_untracked() == Subject::Nothing => self.choose(Some(id)),
            _ if open() != left => self.remember_view(),
            _ => {}
        }
    }

    /// Puts a step on its way to the store.
    pub(super) fn save(&self, entry: Entry) {
        self.update(|state| {
            if state.store.is_some() {
                state.backlog.push(entry);
            }
        });
        self.write_on();
    }

    /// Writes what is still to be written, and reads what others have, unless that is being done.
    pub fn write_on(&self) {
        let (is_unsaved, begins) = self.update(|state| {
            let begins = state.has_to_write() && !std::mem::replace(&mut state.writing, true);
            (state.store.is_some() && !state.backlog.is_empty(), begins)
        });
        // Also while what others have written is being read.
        if is_unsaved {
            self.saving.set(Saving::Busy);
        }
        if begins {
            spawn_local(self.write_backlog());
        }
    }

    /// Writes until nothing is left to write, in the order of the changes.
    async fn write_backlog(self) {
        loop {
            let (store, entries) = self.update(|state| {
                state.behind = false;
                (state.store.clone(), state.backlog.clone())
            });
            let Some(store) = store else { return };
            let outcome = self.write(&store, &entries).await;
            let (goes_on, is_done) = self.update(|state| {
                state.writing = outcome.is_ok() && state.has_to_write();
                (state.writing, state.backlog.is_empty())
            });
            if self.gives_way() {
                return;
            }
            if !goes_on {
                match outcome {
                    Ok(()) => self.tell_saved(),
                    // Others' changes that could not be read will be with the next.
                    Err(_) if is_done => {}
                    Err(reason) => self.saving.set(Saving::Failed(reason)),
                }
                return;
            }
        }
    }

    /// Writes steps behind what others have written, and takes that in.
    async fn write(self, store: &Store, entries: &[Entry]) -> Result<(), String> {
        let turn = store.turn(!entries.is_empty()).await?;
        let others = turn.others.clone();
        // Nothing is put behind what a newer program has written.
        let gives_way = (0..others.len()).any(|number| journal::is_newer(&others.get(number)));
        if entries.is_empty() || gives_way {
            turn.take();
            self.merge(others, 0, None).await;
            return Ok(());
        }
        let mut last = match others.len().checked_sub(1) {
            Some(last) => journal::sum_of(&others.get(last)),
            None => self.state.with_value(|state| state.reader.last().cloned()),
        };
        let parts = entries.iter().flat_map(Entry::parts);
        let mut lines = parts.map(|(entry, part, range)| {
            let (line, sum) = entry.line(part, range, last.as_ref());
            last = Some(sum);
            line
        });
        turn.append(&mut lines).await?;
        drop(lines);
        self.merge(others, entries.len(), last).await;
        Ok(())
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

    /// Remembers the view: which article is open and which mark is chosen.
    pub fn remember_view(&self) {
        let document = self.document.get_untracked();
        let chosen = self.subject.get_untracked().chosen();
        let selected = chosen.map(|id| id.0.to_string());
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

    pub(super) fn remember(&self, values: &[(&str, &str)]) {
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
            let _ = room::persist().await;
        });
    }
}

/// The view as it was left.
struct View {
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

/// What a visit begins with: the store and what it held; else why there is none.
type Kept = Result<(Store, Held), String>;

/// Opens the store and begins to read it.
async fn kept() -> Kept {
    let open = Box::pin(Store::open());
    let (store, held) = match select(open, TimeoutFuture::new(PATIENCE)).await {
        Either::Left((opened, _)) => opened?,
        Either::Right((_, open)) => {
            // Where it comes after all, it must hold up nobody.
            spawn_local(async {
                if let Ok((store, _)) = open.await {
                    store.close();
                }
            });
            return Err("the browser’s storage does not answer; close other windows of this page, then reload".into());
        }
    };
    Ok((store, Held::of(held).await?))
}
