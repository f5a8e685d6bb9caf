//! Where a snapshot of a journal ends: it holds what the older records come to, so that a visit need
//! not go through all that was ever done. The journal itself stays whole.

use std::collections::HashSet;

use super::read_head;
use crate::project::{Origin, TransactionId};

/// Records after which a new snapshot is due.
pub const RECORDS_PER_SNAPSHOT: usize = 2_000;

/// Records at the journal's end that stay out of a snapshot: after a reload undo goes back as far.
const RECORDS_BEHIND: usize = 500;

/// Goes through a journal from its last record back, and says where a snapshot may end: at the end
/// of a change, with `RECORDS_BEHIND` behind it, and before nothing that is reversed behind it.
#[derive(Debug, Default)]
pub struct End {
    changes: usize,
    /// What is reversed behind.
    reversed: HashSet<TransactionId>,
    /// The same of reversals of an earlier version, which do not say what they reverse: how many
    /// changes, and how many undos.
    owed: [usize; 2],
}

impl End {
    /// Takes the next record in, which stands before all others; whether a snapshot may end right
    /// before it.
    pub fn is_before(&mut self, record: &str) -> bool {
        let Some((head, part)) = read_head(record) else {
            return false;
        };
        if part.is_last() {
            self.changes += 1;
            let is_met = self.reversed.remove(&head.id);
            let [changes, undos] = &mut self.owed;
            match (head.origin, head.undoes) {
                (_, Some(id)) => {
                    self.reversed.insert(id);
                }
                _ if is_met && head.origin == Origin::Person => {}
                (Origin::Person, None) => *changes = changes.saturating_sub(1),
                (Origin::Undo, None) => {
                    if !is_met {
                        *undos = undos.saturating_sub(1);
                    }
                    *changes += 1;
                }
                // A change of which both stand behind has been met with its undo.
                (Origin::Redo, None) => *undos += 1,
            }
        }
        part.number == 1
            && self.changes >= RECORDS_BEHIND
            && self.owed == [0, 0]
            && self.reversed.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Part, write_part};
    use crate::project::Head;
    use crate::testing::stamp;
    use proptest::prelude::*;

    /// The record with a number, of what is done or reverses another.
    fn record(number: usize, origin: Origin, undoes: Option<usize>, part: Part) -> String {
        let stamp = |number: usize| stamp(number as i64);
        let head = Head {
            origin,
            undoes: undoes.map(|undoes| stamp(undoes).id),
            ..Head::new(stamp(number), "step")
        };
        write_part(&head, part, None, &mut std::iter::empty()).0
    }

    /// The same as a program wrote it that knew no ids.
    fn older(record: &str) -> String {
        let keeps = |line: &&str| {
            !["id ", "author ", "undoes "]
                .iter()
                .any(|name| line.starts_with(name))
        };
        let lines: Vec<&str> = record.lines().filter(keeps).collect();
        let body = lines.join("\n").replacen("v 6", "v 4", 1);
        crate::journal::sealed(body.split("\n\nend").next().unwrap())
    }

    /// How many records a snapshot of them would hold.
    fn end(records: &[String]) -> Option<usize> {
        let mut end = End::default();
        let mut numbers = (0..records.len()).rev();
        numbers.find(|number| end.is_before(&records[*number]))
    }

    /// A journal of steps: what is done, undone and redone, as undo and redo would have it; and for
    /// each the number of the one it reverses. Of the first so many are of a version without ids.
    fn journal(kinds: &[u8], before: usize) -> (Vec<String>, Vec<Option<usize>>) {
        let (mut done, mut undone): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        let mut records = Vec::new();
        let mut reverses = Vec::new();
        for kind in kinds {
            let number = records.len();
            let (origin, reversed) = match kind {
                0 if !done.is_empty() => (Origin::Undo, done.pop()),
                1 if !undone.is_empty() => (Origin::Redo, undone.pop()),
                _ => (Origin::Person, None),
            };
            match origin {
                Origin::Person => {
                    done.push(number);
                    undone.clear();
                }
                Origin::Undo => undone.push(number),
                Origin::Redo => done.push(number),
            }
            records.push(record(number, origin, reversed, Part::WHOLE));
            reverses.push(reversed);
        }
        let by_name = records.clone();
        for record in records.iter_mut().take(before) {
            *record = older(record);
        }
        // What is of a version with ids names what is of one without as that is known now.
        for (at, reversed) in reverses.iter().enumerate().skip(before) {
            if let Some(reversed) = reversed.filter(|reversed| *reversed < before) {
                let id = |record: &str| read_head(record).unwrap().0.id.0.to_string();
                let body = records[at].replace(&id(&by_name[reversed]), &id(&records[reversed]));
                records[at] = crate::journal::sealed(body.split("\n\nend").next().unwrap());
            }
        }
        (records, reverses)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        /// What is undone after a reload is behind the snapshot, and so is what a reversal in the
        /// journal takes out of the history.
        #[test]
        fn nothing_before_it_is_reversed_behind_it(
            kinds in proptest::collection::vec(0..4_u8, RECORDS_BEHIND..RECORDS_BEHIND + 400),
            before in prop_oneof![Just(0), 0..RECORDS_BEHIND + 400],
        ) {
            let (records, reverses) = journal(&kinds, before);
            if let Some(end) = end(&records) {
                prop_assert!(records.len() - end >= RECORDS_BEHIND);
                for reversed in reverses[end..].iter().flatten() {
                    prop_assert!(*reversed >= end, "{} is before {}", reversed, end);
                }
            }
        }
    }

    #[test]
    fn it_ends_as_late_as_it_may_and_never_within_a_change() {
        let steps = |count: usize| -> Vec<String> {
            let step = |number| record(1_000 + number, Origin::Person, None, Part::WHOLE);
            (0..count).map(step).collect()
        };
        assert_eq!(end(&steps(RECORDS_BEHIND - 1)), None);
        assert_eq!(end(&steps(RECORDS_BEHIND + 20)), Some(20));
        // A change in parts is behind it as a whole.
        let parts = (1..=3).map(|number| record(1, Origin::Person, None, Part { number, of: 3 }));
        let mut records = steps(20);
        records.extend(parts);
        records.extend(steps(RECORDS_BEHIND - 1));
        assert_eq!(end(&records), Some(20));
        // An undo and what it took back are on one side.
        let mut records = steps(20);
        records.push(record(1, Origin::Undo, Some(1_019), Part::WHOLE));
        let later = |number| record(5_000 + number, Origin::Person, None, Part::WHOLE);
        records.extend((0..RECORDS_BEHIND - 1).map(later));
        assert_eq!(end(&records), Some(19));
    }

    #[test]
    fn what_is_no_record_ends_none() {
        let mut records = vec!["words".to_owned(); RECORDS_BEHIND + 1];
        assert_eq!(end(&records), None);
        records.extend(
            (0..RECORDS_BEHIND).map(|number| record(number, Origin::Person, None, Part::WHOLE)),
        );
        assert_eq!(end(&records), Some(RECORDS_BEHIND + 1));
    }
}
