//! The engine: the project that a page holds, and what the page is at with it.
//!
//! An [`Event`] goes in, [`Effect`]s come out: what is to be asked of the store, and what is to be
//! shown. It has no clock, no chance and nothing to wait for, so several engines and a store can be
//! run against each other in a native test, with whatever may go wrong between two events.
//!
//! What takes long is done in steps: while [`Engine::wants`] says so, it is to be given the next
//! line of the journal or [`Event::Step`], with pauses in between as the caller likes.

mod batch;
mod journal;
mod reading;
mod resolving;

pub use journal::{Others, Writing};
pub use reading::End;

use std::sync::Arc;

use self::batch::{Batch, Task};
use self::journal::{Exchange, Pending};
use self::reading::Reading;
use self::resolving::Found;
use crate::anchor::Resolution;
use crate::annotation::Annotation;
use crate::document::{DocumentId, Version};
use crate::history::History;
use crate::journal::{Reader, Sum};
use crate::project::{Applied, Head, Mark, Origin, Project, Stamp, Touched, Transaction};
use crate::text::Digest;

/// Size of a step, in edits made or changes taken back.
pub const BATCH: usize = 400;

/// What happens.
#[derive(Debug)]
pub enum Event {
    /// A person changes something.
    Change(Transaction),
    /// A person takes the last step back, or does the last undone one again, as the origin says.
    Reverse(Origin, Stamp),
    /// A person stops the long change that is being made.
    Stop,
    /// From now on nothing may be changed, since something reads the project piece by piece; or it
    /// may be again.
    Freeze(bool),
    /// There is time for the next step.
    Step,
    /// The next lines are those of a snapshot, which stands in the place of the journal's first.
    Snapshot,
    /// The next line of the journal.
    Line(String),
    /// There are no more lines.
    LinesEnd(End),
    /// There is no store to read from or to write to; the reason.
    NoStore(String),
    /// What was read is shown, and changes may be made.
    Shown,
    /// Another window has appended to the journal, or may have.
    Appended,
    /// The transaction of the journal that was asked for has begun; what others have appended.
    Begun(Others),
    /// What was to be written is in the store; the checksum of its last record.
    Written(Option<Sum>),
    /// The store has refused what was asked; the reason.
    Refused(String),
    /// A person wants to try again what was refused.
    Retry,
    /// A text was read, that documents have or had.
    Text(Version),
    /// Passages were looked for in a text of a document: those, and where each was found.
    Found(DocumentId, Digest, Vec<(Arc<Annotation>, Resolution)>),
}

/// What is to be done.
#[derive(Debug)]
pub enum Effect {
    /// Begin a transaction of the journal, to write or to read only, and answer with
    /// [`Event::Begun`] or [`Event::Refused`].
    Begin {
        /// Whether something is to be written.
        writes: bool,
    },
    /// Append these in the transaction that has begun, and answer with [`Event::Written`] or
    /// [`Event::Refused`].
    Append(Writing),
    /// End the transaction: nothing is written. What others have appended counts as known.
    Release,
    /// Go on with what the engine wants.
    Run,
    /// These annotations may stand elsewhere now than where they did.
    Moved(Vec<Mark>),
    /// This is to be shown anew. Of the annotations one is named.
    Show(Touched),
    /// A change is complete.
    Done(Done),
    /// The long change was stopped, and nothing of it is left.
    Stopped,
    /// Lines of the journal, by their number from 0, say nothing to this program; they are not to be
    /// lost.
    Unread(Vec<usize>),
    /// The journal has been read. To be answered with [`Event::Shown`].
    Read,
    /// What was found of passages is taken over.
    Resolved,
    /// The snapshot can't be relied on: the journal is to be read from its beginning, by another
    /// engine.
    ReadAnew,
}

/// A change that is complete.
#[derive(Clone, Debug)]
pub struct Done {
    /// Where it comes from.
    pub origin: Origin,
    /// What it does, in words.
    pub label: Arc<str>,
    /// Whether anything is different.
    pub is_changed: bool,
    /// The document in which that is, where it is in one.
    pub document: Option<DocumentId>,
}

/// What the engine wants to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// Nothing: it waits for something to happen.
    Nothing,
    /// [`Event::Step`].
    Step,
    /// [`Event::Line`] or [`Event::LinesEnd`].
    Line,
}

/// Why nothing may be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Busy {
    /// The journal is being read.
    Reading,
    /// Something long is being done.
    Working,
}

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

/// The store as this page may use it.
#[derive(Debug, PartialEq, Eq)]
enum Store {
    /// It is being read.
    Loading,
    /// It may be read and written.
    Open,
    /// It may not; the reason.
    Off(String),
}

/// A change that a person makes, of many records most often.
#[derive(Debug)]
struct Long {
    head: Head,
    batch: Batch,
    is_stopped: bool,
}

/// The engine.
#[derive(Debug)]
pub struct Engine {
    project: Project,
    /// How often the project was changed.
    revision: u32,
    history: History,
    /// What has been read of the journal.
    reader: Reader,
    reading: Option<Reading>,
    store: Store,
    /// Why not all of what is stored could be read.
    cut_off: Option<String>,
    /// The journal's beginning was read from a snapshot.
    has_snapshot: bool,
    /// Records are missing in the journal.
    is_missing: bool,
    /// Lines were left out that were read.
    has_unread: bool,
    /// Transactions that are not in the store, or not known to be, oldest first.
    pending: Vec<Pending>,
    exchange: Option<Exchange>,
    /// Others have appended to the journal since it was read last, or may have.
    is_behind: bool,
    /// Why the store has refused what is pending.
    refusal: Option<String>,
    long: Option<Long>,
    is_frozen: bool,
    found: Option<Found>,
    effects: Vec<Effect>,
    batch: usize,
}

impl Engine {
    /// An engine on a project of which the journal has not been read yet.
    #[must_use]
    pub fn new(project: Project) -> Self {
        Self {
            project,
            revision: 0,
            history: History::default(),
            reader: Reader::default(),
            reading: Some(Reading::default()),
            store: Store::Loading,
            cut_off: None,
            has_snapshot: false,
            is_missing: false,
            has_unread: false,
            pending: Vec::new(),
            exchange: None,
            is_behind: false,
            refusal: None,
            long: None,
            is_frozen: false,
            found: None,
            effects: Vec::new(),
            batch: BATCH,
        }
    }

    /// The project.
    #[must_use]
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// What can be undone and redone.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// How often the project was changed, here or by other windows.
    #[must_use]
    pub fn revision(&self) -> u32 {
        self.revision
    }

    /// Whether records are missing in the journal.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.is_missing
    }

    /// Why nothing may be changed; nothing where it may.
    #[must_use]
    pub fn busy(&self) -> Option<Busy> {
        if self.store == Store::Loading {
            Some(Busy::Reading)
        } else if self.is_at_work() {
            Some(Busy::Working)
        } else {
            None
        }
    }

    fn is_at_work(&self) -> bool {
        self.long.is_some() || self.is_frozen || self.is_merging()
    }

    /// Whether something is being written, or taken in that others have appended.
    #[must_use]
    pub fn exchanges(&self) -> bool {
        self.exchange.is_some()
    }

    /// How saving stands.
    #[must_use]
    pub fn saving(&self) -> Saving {
        match &self.store {
            Store::Loading => Saving::Loading,
            Store::Off(reason) => Saving::Off(reason.clone()),
            Store::Open => match &self.refusal {
                Some(reason) => Saving::Failed(reason.clone()),
                None if self.pending.is_empty() && self.long.is_none() => Saving::Saved,
                None => Saving::Busy,
            },
        }
    }

    /// The long change that is being made, or taken out again since it was stopped: where it comes
    /// from, and how far that is, in percent.
    #[must_use]
    pub fn progress(&self) -> Option<(Origin, usize)> {
        let long = self.long.as_ref()?;
        Some((long.head.origin, long.batch.percent()))
    }

    /// What it wants to go on.
    #[must_use]
    pub fn wants(&self) -> Want {
        match &self.reading {
            Some(reading) if reading.wants_line() => Want::Line,
            Some(_) => Want::Step,
            None if self.long.is_some() || self.is_merging() || self.found.is_some() => Want::Step,
            None => Want::Nothing,
        }
    }

    /// Takes in what happens, and says what is to be done.
    pub fn handle(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Change(transaction) => self.change(transaction),
            Event::Reverse(origin, stamp) => self.reverse(origin, stamp),
            Event::Stop => {
                if let Some(long) = &mut self.long {
                    long.stop();
                }
            }
            Event::Freeze(is_frozen) => {
                self.is_frozen = is_frozen;
                self.merge_on();
            }
            Event::Step => self.step(),
            Event::Snapshot => self.begin_snapshot(),
            Event::Line(line) => self.read(&line),
            Event::LinesEnd(end) => self.end_lines(end),
            Event::NoStore(reason) => {
                self.reading = None;
                self.store = Store::Off(reason);
            }
            Event::Shown => self.open_store(),
            Event::Appended => {
                self.is_behind = true;
                // Where this page could not, it is done with what it tries next.
                if self.refusal.is_none() {
                    self.exchange_on();
                }
            }
            Event::Begun(others) => self.begun(others),
            Event::Written(last) => self.written(last),
            Event::Refused(reason) => self.refused(reason),
            Event::Retry => self.exchange_on(),
            Event::Text(version) => self.take_text(version),
            Event::Found(document, text, found) => self.take_found(document, text, found),
        }
        std::mem::take(&mut self.effects)
    }

    /// Takes note of what was done to the project.
    fn note_change(&mut self, moved: Vec<Mark>) {
        self.revision = self.revision.wrapping_add(1);
        if !moved.is_empty() {
            self.effects.push(Effect::Moved(moved));
        }
    }

    fn change(&mut self, Transaction { head, edits }: Transaction) {
        self.make(head, Task::Make(edits));
    }

    fn reverse(&mut self, origin: Origin, stamp: Stamp) {
        if let Some(step) = self.history.next(origin) {
            let head = Head {
                origin,
                undoes: Some(step.id),
                ..Head::new(stamp, &step.label)
            };
            self.make(head, Task::TakeBack(step.changes.clone()));
        }
    }

    fn take_text(&mut self, version: Version) {
        let documents = self.project.read(version);
        if !documents.is_empty() {
            self.effects.push(Effect::Show(Touched {
                documents,
                ..Touched::default()
            }));
        }
    }

    /// Does what a person wants: at once, or in steps where it is much.
    fn make(&mut self, head: Head, task: Task) {
        if self.busy().is_some() {
            return;
        }
        let is_long = task.len() > self.batch;
        let long = Long {
            head,
            batch: Batch::new(task),
            is_stopped: false,
        };
        if is_long {
            self.long = Some(long);
            self.effects.push(Effect::Run);
        } else {
            self.go_on(long);
        }
    }

    /// Keeps what was done: as a step of history, on its way to the store, and in view.
    /// A reversal is kept even where it changed nothing: what it reversed is a step no more.
    fn record(&mut self, head: Head, applied: Applied) {
        let done = Done {
            origin: head.origin,
            label: head.label.clone(),
            is_changed: !applied.changes.is_empty(),
            document: self.place_of(&applied.touched),
        };
        if head.origin == Origin::Person && !done.is_changed {
            self.effects.push(Effect::Done(done));
            return;
        }
        let changes = Arc::new(applied.changes);
        self.history.record(&head, changes.clone(), &[]);
        if self.store == Store::Open {
            self.pending.push(Pending { head, changes });
        }
        self.exchange_on();
        self.effects.push(Effect::Show(applied.touched));
        self.effects.push(Effect::Done(done));
    }

    /// The document in which something was touched.
    fn place_of(&self, touched: &Touched) -> Option<DocumentId> {
        let marked = |mark: &Mark| {
            let own = self.project.annotation(mark.id)?;
            Some(own.annotation.target.document)
        };
        let text = touched.documents.first().copied();
        text.or_else(|| marked(touched.annotations.first()?))
    }

    /// Does the next step of what is being done.
    fn step(&mut self) {
        if self.reading.is_some() {
            self.read_on();
        } else if let Some(long) = self.long.take() {
            self.go_on(long);
        } else if self.is_merging() {
            self.merge_step();
        } else {
            self.take_some_found();
        }
    }

    fn go_on(&mut self, mut long: Long) {
        let moved = long.batch.step(&mut self.project, self.batch);
        self.note_change(moved);
        if !long.batch.is_done() {
            self.long = Some(long);
            return;
        }
        let applied = long.batch.applied();
        if long.is_stopped {
            self.effects.push(Effect::Show(applied.touched));
            self.effects.push(Effect::Stopped);
        } else {
            self.record(long.head, applied);
        }
        // Others' changes may wait for this.
        self.merge_on();
    }
}

impl Long {
    /// Takes out again what was done: nothing of it was saved, so nothing of it may stay.
    fn stop(&mut self) {
        if !self.is_stopped {
            self.is_stopped = true;
            self.batch = self.batch.taken_out();
        }
    }
}

#[cfg(test)]
mod tests;
