//! A journal as transactions, each whole or not at all.

use super::{Error, NAMED, Part, Record, SUMMED, Sum, is_newer, read_part, texts};
use crate::document::Version;
use crate::project::Transaction;

/// Takes a journal in line by line and gives its records, in order. What can't be read, or has
/// no beginning, is left out and remembered; what turns out to have no end is told, so that it
/// is taken out again. That a long transaction is whole is known with its last line only, and
/// whoever waits for its first marks is not to wait so long.
#[derive(Debug, Default)]
pub struct Reader {
    /// How many lines there were, since it was asked what was left out.
    lines: usize,
    last: Last,
    /// A snapshot is being read: its transactions come in any order.
    in_snapshot: bool,
    /// Whether records without a checksum no longer come: since the first that bears one.
    summed: bool,
    /// The last part of a transaction whose end is still to come, without its edits.
    begun: Option<Record>,
    /// The numbers of its parts.
    begun_at: Vec<usize>,
    left_out: Vec<usize>,
    gaps: usize,
    newer: bool,
}

/// What a line brings.
#[derive(Debug, Default)]
pub struct Taken {
    /// What was begun before has no end: all that was taken of it is to be taken out, first.
    pub torn: bool,
    /// Texts that documents have or had.
    pub texts: Vec<Version>,
    /// A transaction, or its next part.
    pub record: Option<Record>,
}

/// What the next record has to stand behind.
#[derive(Debug, Default)]
enum Last {
    /// Nothing, or a record without a checksum.
    #[default]
    None,
    /// The record with this checksum.
    Sum(Sum),
    /// One that can't be read.
    Unknown,
}

impl Reader {
    /// Takes the next line in.
    pub fn take(&mut self, line: &str) -> Taken {
        let number = self.lines;
        self.lines += 1;
        if texts::is_one(line) {
            // One that can't be read is told of where it is wanted.
            let text = texts::read(line);
            self.newer |= text.is_none() && is_newer(line);
            return Taken {
                texts: text.into_iter().collect(),
                ..Taken::default()
            };
        }
        let mut record = match read_part(line) {
            Ok(record) if record.version >= SUMMED || !self.summed => record,
            other => {
                self.newer |= matches!(other, Err(Error::Newer(_)));
                self.last = Last::Unknown;
                self.left_out.push(number);
                return Taken::default();
            }
        };
        self.gaps += usize::from(match (&self.last, &record.after) {
            (Last::Unknown, _) | (Last::None, None) => false,
            (Last::Sum(_), None) if self.in_snapshot => false,
            (Last::Sum(last), Some(after)) => last != after,
            (Last::None, Some(_)) | (Last::Sum(_), None) => true,
        });
        self.summed |= record.sum.is_some();
        self.last = record.sum.clone().map_or(Last::None, Last::Sum);
        let Part { number: part, .. } = record.part;
        let goes_on = self
            .begun
            .as_ref()
            .is_some_and(|begun| record.goes_on(begun));
        let torn = !goes_on && self.end();
        if !goes_on && part > 1 {
            // Its own beginning is not there.
            self.left_out.push(number);
            return Taken {
                torn,
                ..Taken::default()
            };
        }
        if record.part.is_last() {
            self.begun = None;
            self.begun_at.clear();
        } else {
            self.begun = Some(record.without_edits());
            self.begun_at.push(number);
        }
        Taken {
            torn,
            texts: std::mem::take(&mut record.texts),
            record: Some(record),
        }
    }

    /// No more lines are there for now: a transaction that lacks its end lacks it for good. Whether
    /// one does: all that was taken of it is to be taken out.
    pub fn end(&mut self) -> bool {
        self.left_out.append(&mut self.begun_at);
        self.begun.take().is_some()
    }

    /// The numbers of the lines that say nothing to this program, from 0, and counts anew: of
    /// damaged ones, and of those of a transaction that is not all there.
    pub fn left_out(&mut self) -> Vec<usize> {
        self.lines = 0;
        std::mem::take(&mut self.left_out)
    }

    /// What a record has to stand behind that is written now.
    #[must_use]
    pub fn last(&self) -> Option<&Sum> {
        match &self.last {
            Last::Sum(sum) => Some(sum),
            Last::None | Last::Unknown => None,
        }
    }

    /// The lines of a snapshot follow, up to [`Reader::wrote`]: each of its transactions stands
    /// behind nothing.
    pub fn begin_snapshot(&mut self) {
        self.in_snapshot = true;
    }

    /// A record was written here, behind all others.
    pub fn wrote(&mut self, sum: Sum) {
        self.in_snapshot = false;
        self.last = Last::Sum(sum);
        self.summed = true;
    }

    /// How often one or more records are missing between two.
    #[must_use]
    pub fn gaps(&self) -> usize {
        self.gaps
    }

    /// Whether a later version of the program wrote some of it.
    #[must_use]
    pub fn is_newer(&self) -> bool {
        self.newer
    }
}

impl Record {
    /// Whether it is the next part of the transaction that another record is of.
    fn goes_on(&self, before: &Self) -> bool {
        let (own, other) = (&self.transaction.head, &before.transaction.head);
        let is_next = before.sum.is_none() || self.after == before.sum;
        // Of a version without ids each record has one of its own.
        let of_one = (self.version < NAMED || own.id == other.id)
            && (&own.label, own.origin, own.at) == (&other.label, other.origin, other.at);
        let (part, last) = (self.part, before.part);
        is_next && of_one && (part.number, part.of) == (last.number + 1, last.of)
    }

    fn without_edits(&self) -> Self {
        Self {
            transaction: Transaction {
                head: self.transaction.head.clone(),
                edits: Vec::new(),
            },
            texts: Vec::new(),
            sum: self.sum.clone(),
            after: None,
            ..*self
        }
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::journal::write_part;
    use crate::project::{Edit, Head, OnAnnotation, Stamp, TransactionId};
    use crate::testing::{edits, project, stamp};
    use crate::time::Timestamp;
    use proptest::prelude::*;

    /// Transactions with how many parts each is written in.
    fn steps() -> impl Strategy<Value = Vec<(Transaction, usize)>> {
        let step = (edits(&project(), 1..8), 1..4_usize, 0..9_i64);
        proptest::collection::vec(step, 1..6).prop_map(|steps| {
            let transaction = |((edits, parts, at), number)| {
                // Several may be made in one moment.
                let id = TransactionId(uuid::Uuid::from_u128(number));
                let head = Head::new(Stamp { id, ..stamp(at) }, "step");
                (Transaction { head, edits }, parts)
            };
            steps.into_iter().zip(1..).map(transaction).collect()
        })
    }

    /// As the page writes them.
    fn written(steps: &[(Transaction, usize)]) -> Vec<String> {
        let mut last = None;
        let mut lines = Vec::new();
        for (transaction, parts) in steps {
            let size = transaction.edits.len().div_ceil(*parts);
            let of = transaction.edits.len().div_ceil(size);
            for (at, edits) in transaction.edits.chunks(size).enumerate() {
                let part = Part { number: at + 1, of };
                let (line, sum) = write_part(
                    &transaction.head,
                    part,
                    last.as_ref(),
                    &mut edits.iter().map(Cow::Borrowed),
                );
                last = Some(sum);
                lines.push(line);
            }
        }
        lines
    }

    /// What is read of lines, the numbers of those left out, and how many gaps there are.
    fn read(lines: &[String]) -> (Vec<Transaction>, Vec<usize>, usize) {
        let mut reader = Reader::default();
        let mut found: Vec<Transaction> = Vec::new();
        let mut is_open = false;
        for line in lines {
            let Taken { torn, record, .. } = reader.take(line);
            // What is torn was begun, and nothing else.
            assert!(is_open || !torn);
            if torn {
                found.pop();
            }
            is_open &= !torn;
            if let Some(Record {
                transaction, part, ..
            }) = record
            {
                match found.last_mut().filter(|_| is_open) {
                    Some(begun) => begun.edits.extend(transaction.edits),
                    None => found.push(transaction),
                }
                is_open = !part.is_last();
            }
        }
        let torn = reader.end();
        assert_eq!(torn, is_open);
        if torn {
            found.pop();
        }
        (found, reader.left_out(), reader.gaps())
    }

    /// Damages a journal in one place.
    #[derive(Clone, Debug)]
    enum Damage {
        Byte(usize, usize, char),
        Cut(usize, usize),
        Lost(usize),
        Twice(usize),
        Swapped(usize),
        Short(usize),
        Older(usize),
    }

    fn damage() -> impl Strategy<Value = Damage> {
        let at = any::<usize>;
        prop_oneof![
            (at(), at(), any::<char>()).prop_map(|(line, at, other)| Damage::Byte(line, at, other)),
            (at(), at()).prop_map(|(line, at)| Damage::Cut(line, at)),
            at().prop_map(Damage::Lost),
            at().prop_map(Damage::Twice),
            at().prop_map(Damage::Swapped),
            at().prop_map(Damage::Short),
            at().prop_map(Damage::Older),
        ]
    }

    impl Damage {
        fn done_to(&self, lines: &mut Vec<String>) {
            let count = lines.len();
            let place = |line: &str, at: usize| {
                let mut at = at % line.len().max(1);
                while !line.is_char_boundary(at) {
                    at -= 1;
                }
                at
            };
            match *self {
                _ if count == 0 => {}
                Self::Byte(line, at, other) => {
                    let line = &mut lines[line % count];
                    let at = place(line, at);
                    let end = at + line[at..].chars().next().map_or(0, char::len_utf8);
                    line.replace_range(at..end, other.encode_utf8(&mut [0; 4]));
                }
                Self::Cut(line, at) => {
                    let line = &mut lines[line % count];
                    line.truncate(place(line, at));
                }
                Self::Lost(line) => {
                    lines.remove(line % count);
                }
                Self::Twice(line) => lines.insert(line % count, lines[line % count].clone()),
                Self::Swapped(line) => lines.swap(line % count, (line + 1) % count),
                Self::Short(line) => lines.truncate(line % count),
                // As a program wrote it that knows no checksums.
                Self::Older(line) => {
                    let line = &mut lines[line % count];
                    let end = line.rfind(" ").unwrap_or(line.len());
                    *line = line[..end].replacen("v 6", "v 3", 1);
                }
            }
        }
    }

    proptest! {
        #[test]
        fn a_journal_reads_as_it_was_written(steps in steps()) {
            let (found, unread, gaps) = read(&written(&steps));
            let steps: Vec<Transaction> = steps.into_iter().map(|(step, _)| step).collect();
            prop_assert_eq!((found, unread, gaps), (steps, Vec::new(), 0));
        }

        /// What is left of a damaged journal are whole transactions that somebody made, in
        /// their order where no lines are exchanged, and whatever is not there is told.
        #[test]
        fn nothing_damaged_is_taken_for_a_transaction(
            steps in steps(),
            damages in proptest::collection::vec(damage(), 1..4),
        ) {
            let whole = written(&steps);
            // The first record stays: before it there may be some without checksums.
            let mut lines = whole[1..].to_vec();
            for damage in &damages {
                damage.done_to(&mut lines);
            }
            lines.insert(0, whole[0].clone());
            let (found, unread, gaps) = read(&lines);
            for transaction in &found {
                // One of an earlier version has another id.
                let is_it = |(step, _): &(Transaction, usize)| {
                    let head = Head { id: step.head.id, ..transaction.head.clone() };
                    (&head, &transaction.edits) == (&step.head, &step.edits)
                };
                prop_assert!(steps.iter().any(is_it), "{:?}", transaction);
            }
            let is_beginning = whole.starts_with(&lines);
            let is_older = damages.iter().any(|damage| matches!(damage, Damage::Older(_)));
            if !is_beginning && !is_older {
                prop_assert!(!unread.is_empty() || gaps > 0);
            }
        }
    }

    fn tag(number: i64) -> (Transaction, usize) {
        let id = crate::annotation::AnnotationId(uuid::Uuid::from_u128(1));
        let edit = |number| Edit::Annotation(id, OnAnnotation::Modified(Timestamp(number)));
        let transaction = Transaction {
            head: Head::new(stamp(number), "step"),
            edits: vec![edit(1), edit(2), edit(3)],
        };
        (transaction, 3)
    }

    #[test]
    fn a_torn_end_goes_back_to_the_last_whole_transaction() {
        let steps = [tag(1), tag(2)];
        let lines = written(&steps);
        for end in 3..6 {
            let (found, unread, gaps) = read(&lines[..end]);
            assert_eq!(found, [steps[0].0.clone()]);
            assert_eq!((unread, gaps), ((3..end).collect(), 0));
        }
        // What is written behind it is read.
        let mut reader = Reader::default();
        for line in &lines[..5] {
            reader.take(line);
        }
        assert!(reader.end());
        assert_eq!(reader.left_out(), [3, 4]);
        let (Transaction { head, edits }, _) = tag(3);
        let (line, _) = write_part(
            &head,
            Part::WHOLE,
            reader.last(),
            &mut edits.iter().map(Cow::Borrowed),
        );
        let again = [lines[..5].to_vec(), vec![line]].concat();
        let (found, unread, gaps) = read(&again);
        assert_eq!((found.len(), unread, gaps), (2, vec![3, 4], 0));
    }

    #[test]
    fn a_missing_part_takes_its_transaction_with_it() {
        let steps = [tag(1), tag(2), tag(3)];
        let mut lines = written(&steps);
        lines.remove(4);
        let (found, unread, gaps) = read(&lines);
        assert_eq!(found, [steps[0].0.clone(), steps[2].0.clone()]);
        assert_eq!((unread, gaps), (vec![3, 4], 1));
    }

    #[test]
    fn records_of_earlier_versions_come_first_or_not_at_all() {
        let older = "v 1\nat 0\nby person\nwhat \n\nend".to_owned();
        let lines = written(&[tag(1)]);
        let (found, unread, gaps) = read(&[vec![older.clone()], lines.clone()].concat());
        assert_eq!((found.len(), unread, gaps), (2, Vec::new(), 0));
        let (found, unread, _) = read(&[lines, vec![older]].concat());
        assert_eq!((found.len(), unread), (1, vec![3]));
    }

    #[test]
    fn a_newer_record_is_told_from_a_damaged_one() {
        let mut reader = Reader::default();
        let newer = "v 9\nshape unknown\n\nend ";
        let damaged = format!("{newer}0123456789abcdef");
        assert!(reader.take(&damaged).record.is_none());
        assert!(!reader.is_newer());
        let sum = Sum::of(newer);
        assert!(reader.take(&format!("{newer}{}", sum.0)).record.is_none());
        assert!(reader.is_newer());
        assert_eq!((reader.end(), reader.left_out()), (false, vec![0, 1]));
    }

    /// A million journals, each damaged in one to three places. Most end at a checksum, so few
    /// of their lines are read to the end.
    #[test]
    fn of_a_million_damaged_records_none_is_taken() {
        let steps = [tag(1), tag(2)];
        let lines = written(&steps);
        let mut chance = 0x2545_f491_4f6c_dd1d_u64;
        let mut next = |below: usize| {
            chance ^= chance << 13;
            chance ^= chance >> 7;
            chance ^= chance << 17;
            (chance >> 16) as usize % below
        };
        for round in 0..1_000_000 {
            let whole = &lines[next(lines.len())];
            let mut bytes = whole.clone().into_bytes();
            for _ in 0..=next(3) {
                let at = next(bytes.len());
                match next(5) {
                    0 => bytes[at] ^= 1 << next(7),
                    1 => bytes[at] = b' ' + next(95) as u8,
                    2 => bytes.truncate(at.max(1)),
                    3 => bytes.insert(at, b"\n 0aev4"[next(7)]),
                    _ => drop(bytes.drain(at..(at + next(40)).min(bytes.len() - 1).max(at))),
                }
            }
            let damaged = String::from_utf8(bytes).unwrap();
            if damaged != *whole {
                assert_eq!(read_part(&damaged), Err(Error::Damaged), "{damaged}");
            }
            if round % 1_000 == 0 {
                let all: Vec<String> = lines
                    .iter()
                    .map(|line| {
                        if line == whole {
                            damaged.clone()
                        } else {
                            line.clone()
                        }
                    })
                    .collect();
                let (found, ..) = read(&all);
                assert!(
                    found
                        .iter()
                        .all(|found| steps.iter().any(|(step, _)| step == found))
                );
            }
        }
    }
}
