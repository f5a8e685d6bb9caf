//! The journal's lines, as they come: those that this page begins with, and those that others
//! append.

use std::sync::Arc;

use super::batch::Batch;
use super::{Effect, Engine, Store};
use crate::journal::{Record, Sum, Taken};
use crate::project::{Change, Edit, Origin, Touched, Transaction};
use crate::words;

/// What ends with the last line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// A snapshot of what was written up to the record with a checksum; what was written since
    /// follows.
    Snapshot(Sum),
    /// The journal, as far as it is there.
    Journal,
    /// The reading: the rest can't be had, for this reason.
    CutOff(String),
}

/// What is being read.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// What was done of the transaction whose end is still to come.
    changes: Vec<Change>,
    /// What a reversal says that does not name what it reversed.
    reversed: Vec<Edit>,
    /// What was done of one that turned out to have no end: it is taken out before anything else.
    torn: Option<Batch>,
    /// What is to be done after that.
    next: Option<Record>,
    end: Option<End>,
    touched: Touched,
}

impl Reading {
    pub(super) fn wants_line(&self) -> bool {
        self.torn.is_none() && self.end.is_none()
    }

    fn tear(&mut self) {
        self.torn = Some(Batch::withdraw(std::mem::take(&mut self.changes)));
        self.reversed.clear();
    }
}

impl Engine {
    /// Takes a line in. What can't be read is left out and told, never overwritten.
    pub(super) fn read(&mut self, line: &str) {
        let Some(mut reading) = self.reading.take() else {
            return;
        };
        let Taken {
            torn,
            texts,
            record,
        } = self.reader.take(line);
        for text in texts {
            reading.touched.documents.extend(self.project.read(text));
        }
        if torn {
            reading.tear();
            reading.next = record;
        } else if let Some(record) = record {
            self.apply(&mut reading, record);
        }
        self.reading = Some(reading);
    }

    /// The lines of a snapshot follow.
    pub(super) fn begin_snapshot(&mut self) {
        self.reader.begin_snapshot();
    }

    pub(super) fn end_lines(&mut self, end: End) {
        let is_torn = self.reader.end();
        if let Some(reading) = &mut self.reading {
            if is_torn {
                reading.tear();
            }
            reading.end = Some(end);
            self.read_on();
        }
    }

    /// Goes on with what is to be done before the next line.
    pub(super) fn read_on(&mut self) {
        let Some(mut reading) = self.reading.take() else {
            return;
        };
        if let Some(torn) = &mut reading.torn {
            let moved = torn.step(&mut self.project, self.batch);
            let is_done = torn.is_done();
            self.note_change(moved);
            if is_done {
                reading.torn = None;
            }
        }
        if reading.torn.is_none() {
            if let Some(record) = reading.next.take() {
                self.apply(&mut reading, record);
            }
            if let Some(end) = reading.end.take() {
                self.end_reading(reading, end);
                return;
            }
        }
        self.reading = Some(reading);
    }

    fn apply(&mut self, reading: &mut Reading, record: Record) {
        let Record {
            transaction, part, ..
        } = record;
        let Transaction { head, edits } = transaction;
        let applied = self.project.apply(&edits);
        let moved = reading.touched.summarise(applied.touched);
        self.note_change(moved);
        reading.changes.extend(applied.changes);
        if head.origin != Origin::Person && head.undoes.is_none() {
            reading.reversed.extend(edits);
        }
        if part.is_last() {
            let changes = Arc::new(std::mem::take(&mut reading.changes));
            // What is stored when the page is opened is its past; what comes later is others', or
            // one's own that was written and not known to be.
            if head.is_nobodys() {
                // A project begins with it: there is nothing to take back.
            } else if self.store == Store::Loading {
                self.history.record(&head, changes, &reading.reversed);
            } else {
                self.history.refresh(head.id, &changes);
            }
            reading.reversed.clear();
        }
    }

    fn end_reading(&mut self, reading: Reading, end: End) {
        let unread = self.reader.left_out();
        // What is cut off is not damaged.
        if !matches!(end, End::CutOff(_)) {
            self.is_missing |= self.reader.gaps() > 0;
            if !unread.is_empty() {
                self.has_unread = true;
                self.effects.push(Effect::Unread(unread));
            }
        }
        if self.store != Store::Loading {
            self.merge_lines(reading.touched);
            return;
        }
        match end {
            End::Snapshot(sum) => {
                self.reader.wrote(sum);
                // None of it is a step that can be undone.
                self.history = Default::default();
                self.has_snapshot = true;
                self.reading = Some(Reading::default());
            }
            // All of the journal tells more.
            End::Journal if self.has_snapshot && (self.is_missing || self.has_unread) => {
                self.effects.push(Effect::ReadAnew);
            }
            End::Journal => self.effects.push(Effect::Read),
            End::CutOff(reason) => {
                self.cut_off = Some(reason);
                self.effects.push(Effect::Read);
            }
        }
    }

    /// What was read is shown: from now on it is written to.
    pub(super) fn open_store(&mut self) {
        if self.store != Store::Loading {
            return;
        }
        if let Some(reason) = self.cut_off.take() {
            self.store = Store::Off(words::saving::cut_off(&reason));
        } else if !self.gives_way() {
            self.store = Store::Open;
            // Others may have written while this was read.
            self.is_behind = true;
            self.exchange_on();
        }
    }
}
