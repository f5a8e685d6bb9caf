//! The exchange with the journal: what is done here is appended to it, and what other windows have
//! appended is taken in.
//!
//! The journal's order is the order of changes, for all pages. What this page has done and not
//! yet seen written is withdrawn, what others did is applied, and its own is done again: so every
//! page that has read the same lines holds the same.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use super::batch::{Batch, Task};
use super::reading::Reading;
use super::{Effect, Engine, Store};
use crate::document::Version;
use crate::journal::{self, Part, Sum};
use crate::project::{Applied, Change, Head, Project, Touched, TransactionId};
use crate::words;

/// A transaction that is not known to be in the store.
#[derive(Clone, Debug)]
pub(super) struct Pending {
    pub(super) head: Head,
    pub(super) changes: Arc<Vec<Change>>,
}

/// What others have appended to the journal since this page looked last.
#[derive(Clone, Debug, Default)]
pub struct Others {
    /// How many lines.
    count: usize,
    /// The checksum of the last, where it bears one that is right.
    last: Option<Sum>,
    /// The transactions of which these are the last lines.
    transactions: Vec<TransactionId>,
    /// Whether a newer program has written some of it.
    is_newer: bool,
}

impl Others {
    /// What there is to know of some lines before anything is put behind them.
    pub fn of(lines: impl Iterator<Item = String>) -> Self {
        let (mut others, mut last) = (Self::default(), None);
        for line in lines {
            others.count += 1;
            others.is_newer |= journal::is_newer(&line);
            if let Some((head, part)) = journal::read_head(&line)
                && part.is_last()
            {
                others.transactions.push(head.id);
            }
            last = Some(line);
        }
        others.last = last.and_then(|line| journal::sum_of(&line));
        others
    }
}

/// Transactions as the lines to be appended to the journal, each written as it is asked for: a part
/// of many changes a line.
#[derive(Clone, Debug)]
pub struct Writing {
    /// What the documents say that are named: it has to be in the store as soon as these are.
    pub texts: Vec<Version>,
    pending: Vec<Pending>,
    /// The parts still to be written: the number of the transaction, and which of its changes.
    parts: VecDeque<(usize, Part, Range<usize>)>,
    last: Option<Sum>,
}

impl Writing {
    fn new(pending: Vec<Pending>, last: Option<Sum>, project: &Project) -> Self {
        let mut texts: Vec<Version> = Vec::new();
        for change in pending.iter().flat_map(|own| own.changes.iter()) {
            let Change::Edited(edits) = change else {
                continue;
            };
            // What was there before as well: undo goes back to that after a reload.
            for edit in [&edits.0, &edits.1] {
                let named = edit.version().and_then(|id| project.version(id));
                texts.extend(named.filter(|text| !texts.contains(text)).cloned());
            }
        }
        let parts = pending.iter().enumerate().flat_map(|(number, own)| {
            journal::parts(own.changes.len()).map(move |(part, range)| (number, part, range))
        });
        Self {
            parts: parts.collect(),
            texts,
            pending,
            last,
        }
    }

    /// The checksum of the line that was written last.
    #[must_use]
    pub fn checksum(&self) -> Option<&Sum> {
        self.last.as_ref()
    }
}

impl Iterator for Writing {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let (number, part, range) = self.parts.pop_front()?;
        let Pending { head, changes } = &self.pending[number];
        let mut edits = changes[range].iter().map(Change::now);
        let (line, sum) = journal::write_part(head, part, self.last.as_ref(), &mut edits);
        self.last = Some(sum);
        Some(line)
    }
}

/// How far the exchange is.
#[derive(Debug)]
pub(super) enum Exchange {
    /// A transaction of the journal was asked for, to write or to read only.
    Asked { writes: bool },
    /// The first so many pending transactions are on their way, behind what others have appended,
    /// or are there already.
    Writing { count: usize, others: Appended },
    /// What others have appended is taken in.
    Merging(Merge),
}

/// What was found in the journal that this page had not read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Appended {
    /// How many lines.
    lines: usize,
    /// How many of the pending transactions, the first of them, are among these: they were written,
    /// and the answer never came.
    own: usize,
}

/// What others have appended comes before what this page has done.
#[derive(Debug)]
pub(super) struct Merge {
    /// How many of the pending transactions are among the lines that are read.
    read: usize,
    /// How many are in the store now, those included.
    written: usize,
    last: Option<Sum>,
    phase: Phase,
    /// What is being withdrawn or done again.
    batch: Option<Batch>,
    touched: Touched,
}

#[derive(Debug)]
enum Phase {
    /// Something else is being done to the project.
    Waiting,
    /// The pending transactions are withdrawn, last first; so many are left.
    Withdrawing { left: usize },
    /// The others' lines are read.
    Reading,
    /// The pending transactions are done again; which is next.
    Redoing { next: usize },
}

impl Merge {
    fn waits(&self) -> bool {
        matches!(self.phase, Phase::Waiting)
    }
}

impl Engine {
    /// Writes what is pending and reads what others have appended, unless that is being done.
    pub(super) fn exchange_on(&mut self) {
        let writes = !self.pending.is_empty();
        if self.store == Store::Open && self.exchange.is_none() && (writes || self.is_behind) {
            self.is_behind = false;
            self.refusal = None;
            self.exchange = Some(Exchange::Asked { writes });
            self.effects.push(Effect::Begin { writes });
        }
    }

    /// The transaction that was asked for has begun.
    pub(super) fn begun(&mut self, others: Others) {
        let Some(Exchange::Asked { writes }) = self.exchange else {
            return;
        };
        let is_there = |own: &&Pending| others.transactions.contains(&own.head.id);
        let appended = Appended {
            lines: others.count,
            own: self.pending.iter().take_while(is_there).count(),
        };
        let (own, count) = (appended.own, self.pending.len());
        // Nothing is put behind what a newer program has written.
        if !writes || own == count || others.is_newer {
            self.effects.push(Effect::Release);
            self.merge(appended, own, None);
            return;
        }
        let last = if others.count == 0 {
            self.reader.last().cloned()
        } else {
            others.last
        };
        let writing = Writing::new(self.pending[own..].to_vec(), last, &self.project);
        self.exchange = Some(Exchange::Writing {
            count,
            others: appended,
        });
        self.effects.push(Effect::Append(writing));
    }

    pub(super) fn written(&mut self, last: Option<Sum>) {
        if let Some(Exchange::Writing { count, others }) = self.exchange {
            self.merge(others, count, last);
        }
    }

    pub(super) fn refused(&mut self, reason: String) {
        if matches!(
            self.exchange,
            Some(Exchange::Asked { .. } | Exchange::Writing { .. })
        ) {
            self.exchange = None;
            // Others' changes that could not be read will be with the next.
            self.refusal = (!self.pending.is_empty()).then_some(reason);
        }
    }

    /// Takes in what others have appended before what is pending, so many of which are in the store
    /// now.
    fn merge(&mut self, appended: Appended, written: usize, last: Option<Sum>) {
        let merge = Merge {
            read: appended.own,
            written,
            last,
            phase: Phase::Waiting,
            batch: None,
            touched: Touched::default(),
        };
        if appended.lines == 0 {
            self.end_merge(merge);
        } else {
            self.exchange = Some(Exchange::Merging(merge));
            self.merge_on();
        }
    }

    /// Begins to take in what waits, where nothing else is being done to the project.
    pub(super) fn merge_on(&mut self) {
        if self.long.is_some() || self.is_frozen {
            return;
        }
        if let Some(Exchange::Merging(merge)) = &mut self.exchange
            && merge.waits()
        {
            merge.phase = Phase::Withdrawing {
                left: self.pending.len(),
            };
            self.effects.push(Effect::Run);
        }
    }

    /// Whether what others have appended is being taken in.
    pub(super) fn is_merging(&self) -> bool {
        matches!(&self.exchange, Some(Exchange::Merging(merge)) if !merge.waits())
    }

    pub(super) fn merge_step(&mut self) {
        let Some(Exchange::Merging(mut merge)) = self.exchange.take() else {
            return;
        };
        if let Some(mut batch) = merge.batch.take() {
            let moved = batch.step(&mut self.project, self.batch);
            self.note_change(moved);
            if batch.is_done() {
                self.end_batch(&mut merge, batch.applied());
            } else {
                merge.batch = Some(batch);
            }
        } else if let Some(next) = self.next_batch(&mut merge.phase) {
            merge.batch = Some(next);
        } else if matches!(merge.phase, Phase::Redoing { .. }) {
            self.end_merge(merge);
            return;
        } else {
            merge.phase = Phase::Reading;
            self.reading = Some(Reading::default());
        }
        self.exchange = Some(Exchange::Merging(merge));
    }

    /// What is to be withdrawn or done again next; nothing where all is.
    fn next_batch(&self, phase: &mut Phase) -> Option<Batch> {
        match phase {
            Phase::Withdrawing { left } => {
                *left = left.checked_sub(1)?;
                Some(Batch::withdraw(self.pending[*left].changes.clone()))
            }
            Phase::Redoing { next } => {
                let changes = &self.pending.get(*next)?.changes;
                let edits = changes.iter().map(|own| own.now().into_owned());
                Some(Batch::new(Task::Make(edits.collect())))
            }
            Phase::Waiting | Phase::Reading => None,
        }
    }

    /// A pending transaction is withdrawn, or done again.
    fn end_batch(&mut self, merge: &mut Merge, applied: Applied) {
        merge.touched.summarise(applied.touched);
        if let Phase::Redoing { next } = &mut merge.phase {
            let pending = &mut self.pending[*next];
            let changes = Arc::new(applied.changes);
            self.history.refresh(pending.head.id, &changes);
            pending.changes = changes;
            *next += 1;
        }
    }

    /// The others' lines have been read.
    pub(super) fn merge_lines(&mut self, touched: Touched) {
        if let Some(Exchange::Merging(merge)) = &mut self.exchange {
            merge.touched.summarise(touched);
            merge.phase = Phase::Redoing { next: merge.read };
        }
    }

    fn end_merge(&mut self, merge: Merge) {
        self.exchange = None;
        self.pending.drain(..merge.written);
        if let Some(last) = merge.last {
            self.reader.wrote(last);
        }
        if merge.touched != Touched::default() {
            self.effects.push(Effect::Show(merge.touched));
        }
        if !self.gives_way() {
            self.exchange_on();
        }
    }

    /// Has nothing more written where a newer program has written; whether that is so.
    pub(super) fn gives_way(&mut self) -> bool {
        let is_newer = self.reader.is_newer();
        if is_newer {
            self.store = Store::Off(words::saving::WRITTEN_BY_NEWER.into());
        }
        is_newer
    }
}
