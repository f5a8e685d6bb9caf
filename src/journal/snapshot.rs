//! Where a snapshot of a journal ends: it holds what the older records come to, so that a visit need
//! not go through all that was ever done. The journal itself stays whole.

use super::read_head;
use crate::project::Origin;

/// Records that come to a new snapshot.
pub const OFTEN: usize = 2_000;

/// Changes that stay out of it: after a reload undo goes back as far.
const LAST: usize = 500;

/// Goes through a journal from its last record back, and says where a snapshot may end: at the end
/// of a change, with [`LAST`] behind it, and before nothing that is reversed behind it.
#[derive(Debug, Default)]
pub struct End {
    changes: usize,
    /// How many changes, and how many undos, a reversal of which stands behind.
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
            let [changes, undos] = &mut self.owed;
            match head.origin {
                Origin::Person => *changes = changes.saturating_sub(1),
                Origin::Undo => {
                    *undos = undos.saturating_sub(1);
                    *changes += 1;
                }
                // A change of which both stand behind has been met with its undo.
                Origin::Redo => *undos += 1,
            }
        }
        part.number == 1 && self.changes >= LAST && self.owed == [0, 0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Head, Part, write_part};
    use crate::time::Timestamp;
    use proptest::prelude::*;

    fn record(origin: Origin, part: Part) -> String {
        let head = Head {
            label: "step".into(),
            origin,
            at: Timestamp(0),
        };
        write_part(&head, part, None, &mut std::iter::empty()).0
    }

    /// How many records a snapshot of them would hold.
    fn end(records: &[String]) -> Option<usize> {
        let mut end = End::default();
        let mut numbers = (0..records.len()).rev();
        numbers.find(|number| end.is_before(&records[*number]))
    }

    /// A journal of steps: what is done, undone and redone, as undo and redo would have it; and for
    /// each the number of the one it reverses.
    fn journal(kinds: &[u8]) -> (Vec<String>, Vec<Option<usize>>) {
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
            records.push(record(origin, Part::WHOLE));
            reverses.push(reversed);
        }
        (records, reverses)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        /// What is undone after a reload is behind the snapshot, and so is what a reversal in the
        /// journal takes out of the history.
        #[test]
        fn nothing_before_it_is_reversed_behind_it(
            kinds in proptest::collection::vec(0..4_u8, LAST..LAST + 400),
        ) {
            let (records, reverses) = journal(&kinds);
            if let Some(end) = end(&records) {
                prop_assert!(records.len() - end >= LAST);
                for reversed in reverses[end..].iter().flatten() {
                    prop_assert!(*reversed >= end, "{} is before {}", reversed, end);
                }
            }
        }
    }

    #[test]
    fn it_ends_as_late_as_it_may_and_never_within_a_change() {
        let step = || record(Origin::Person, Part::WHOLE);
        let steps = |count| std::iter::repeat_with(step).take(count).collect::<Vec<_>>();
        assert_eq!(end(&steps(LAST - 1)), None);
        assert_eq!(end(&steps(LAST + 20)), Some(20));
        // A change in parts is behind it as a whole.
        let parts = (1..=3).map(|number| record(Origin::Person, Part { number, of: 3 }));
        let mut records = steps(20);
        records.extend(parts);
        records.extend(steps(LAST - 1));
        assert_eq!(end(&records), Some(20));
        // An undo and what it took back are on one side.
        let mut records = steps(20);
        records.push(record(Origin::Undo, Part::WHOLE));
        records.extend(steps(LAST - 1));
        assert_eq!(end(&records), Some(19));
    }

    #[test]
    fn what_is_no_record_ends_none() {
        let mut records = vec!["words".to_owned(); LAST + 1];
        assert_eq!(end(&records), None);
        records.extend((0..LAST).map(|_| record(Origin::Person, Part::WHOLE)));
        assert_eq!(end(&records), Some(LAST + 1));
    }
}
