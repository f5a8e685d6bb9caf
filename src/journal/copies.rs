//! Copies of a journal, one for each of the last days on which something changed: when one is to be
//! made, and which are to go.

use crate::time::Timestamp;

/// The most copies that are kept of one journal.
pub const KEPT: usize = 7;

/// Time for which a day's copy is new enough, in ms.
const FRESH_MS: u64 = 600_000;

/// A copy, without what is in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Copy {
    /// When its journal was begun: what the copies of one journal have in common.
    pub first: Timestamp,
    /// The number of the last record in it.
    pub last: i64,
    /// The person's day on which it was made: "2031-05-07".
    pub day: String,
    /// When it was made.
    pub at: Timestamp,
}

/// What becomes of a copy that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It is put behind the others.
    New,
    /// It takes the place of the newest.
    Newest,
    /// It is not needed: another window was quicker.
    Nowhere,
}

impl Copy {
    /// Whether a journal, as it stands now, has to be copied: by what has been written, not by the
    /// clock alone, which may jump.
    #[must_use]
    pub fn is_due(&self, newest: Option<&Self>) -> bool {
        newest.is_none_or(|newest| {
            let is_new = newest.day == self.day && self.at.0.abs_diff(newest.at.0) < FRESH_MS;
            newest.first != self.first || newest.last < self.last && !is_new
        })
    }

    /// Where it belongs, once it is made.
    #[must_use]
    pub fn place(&self, newest: Option<&Self>) -> Place {
        match newest.filter(|newest| newest.first == self.first) {
            Some(newest) if newest.last >= self.last => Place::Nowhere,
            Some(newest) if newest.day == self.day => Place::Newest,
            _ => Place::New,
        }
    }
}

/// Which copies of a journal go, of all that are kept, newest first: those of a journal that is gone
/// stay, for they are all that is left of it.
#[must_use]
pub fn outdated(all: &[(i64, Copy)], first: Timestamp) -> Vec<i64> {
    let own = all.iter().filter(|(_, copy)| copy.first == first);
    own.skip(KEPT).map(|(key, _)| *key).collect()
}

/// The newest copy of the work that is gone and that nobody knows of, if there is one, of all that are
/// kept, newest first.
#[must_use]
pub fn lost<'a>(
    all: &'a [(i64, Copy)],
    own: Option<Timestamp>,
    is_known: &dyn Fn(Timestamp) -> bool,
) -> Option<&'a Copy> {
    let mut copies = all.iter().map(|(_, copy)| copy);
    copies.find(|copy| Some(copy.first) != own && !is_known(copy.first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn copy(first: i64, last: i64, day: &str, at: i64) -> Copy {
        Copy {
            first: Timestamp(first),
            last,
            day: day.to_owned(),
            at: Timestamp(at),
        }
    }

    #[test]
    fn one_is_due_when_something_was_written_and_the_newest_is_old() {
        let newest = copy(1, 5, "2031-05-07", 1_000_000_000);
        for (asked, due) in [
            (copy(1, 5, "2031-05-08", 2_000_000_000), false),
            (copy(1, 6, "2031-05-07", 1_000_000_000 + 1_000), false),
            (copy(1, 6, "2031-05-07", 1_000_000_000 - 1_000), false),
            (
                copy(1, 6, "2031-05-07", 1_000_000_000 + FRESH_MS as i64),
                true,
            ),
            (copy(1, 6, "2031-05-08", 1_000_000_000 + 1_000), true),
            // Another journal, since the store was lost.
            (copy(2, 1, "2031-05-07", 1_000_000_000), true),
        ] {
            assert_eq!(asked.is_due(Some(&newest)), due, "{asked:?}");
        }
        assert!(newest.is_due(None));
    }

    proptest! {
        /// However days and windows come, the newest is kept, and no other journal's copy goes.
        #[test]
        fn the_last_days_are_kept_and_other_work_stays(
            made in proptest::collection::vec((0..2_i64, 0..40_i64, 0..20_i64), 1..60),
        ) {
            let mut all: Vec<(i64, Copy)> = Vec::new();
            let mut key = 0;
            for (journal, last, day) in made {
                let made = copy(journal, last, &format!("{day:02}"), day * 100_000_000);
                let others = |all: &[(i64, Copy)]| all.iter().filter(|(_, copy)| copy.first != made.first).count();
                let before = others(&all);
                match made.place(all.first().map(|(_, copy)| copy)) {
                    Place::Nowhere => {}
                    Place::Newest => all[0].1 = made.clone(),
                    Place::New => {
                        key += 1;
                        all.insert(0, (key, made.clone()));
                    }
                }
                let gone = outdated(&all, made.first);
                all.retain(|(key, _)| !gone.contains(key));
                prop_assert_eq!(others(&all), before);
                let own = all.iter().filter(|(_, copy)| copy.first == made.first);
                prop_assert!(own.count() <= KEPT);
                let newest = &all[0].1;
                prop_assert!(newest.first == made.first && newest.last >= made.last);
            }
        }
    }

    #[test]
    fn work_that_is_gone_is_told_until_it_is_known() {
        let all = [(4, 30), (3, 10), (2, 20), (1, 10)]
            .map(|(key, first)| (key, copy(first, key, "2031-05-07", 0)));
        let told = |own: Option<i64>, known: &[i64]| {
            let lost = lost(&all, own.map(Timestamp), &|first| known.contains(&first.0));
            lost.map(|copy| (copy.first.0, copy.last))
        };
        assert_eq!(told(Some(30), &[]), Some((10, 3)));
        assert_eq!(told(Some(30), &[10]), Some((20, 2)));
        assert_eq!(told(Some(30), &[10, 20]), None);
        assert_eq!(told(None, &[]), Some((30, 4)));
    }
}
