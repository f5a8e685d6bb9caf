//! What passages that were found say of those that were not: text between two of them
//! has most likely moved as they have.

use std::cmp::Reverse;
use std::ops::Range;

use super::{Resolution, Selectors};
use crate::text::{CodePoint, Digest, Span, TextIndex};

/// Distance of a passage from where its neighbours say, at most, in code points: edits between them
/// move it a little.
const SLACK_CODE_POINTS: i64 = 96;

/// Neighbours that are asked, in passages on each side.
const WITNESSES: usize = 4;

/// Two that agree have moved by numbers that differ by no more than this, and no more
/// than this part (one in so many) of what lies between them.
const DRIFT: i64 = 64;
const DRIFT_SHARE: i64 = 20;

/// Where a passage is to be expected to start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Home {
    pub(super) ranges: [Range<CodePoint>; 2],
    /// Those around agree.
    pub(super) is_sure: bool,
}

impl Home {
    /// Whether it is here.
    pub(super) fn contains(&self, start: CodePoint) -> bool {
        self.ranges.iter().any(|range| range.contains(&start))
    }
}

/// Passages that were found and stand in the order in which they stood.
pub(super) struct Shifts {
    /// For each: its number, where it stood, where it stands; in code points.
    chain: Vec<(usize, i64, i64)>,
    /// The text they were all made on.
    digest: Option<Digest>,
}

impl Shifts {
    /// The longest chain of passages that stand in the order in which they stood; of each
    /// any of its candidates may take part. What is out of order has been moved, or is not
    /// what it seems.
    pub(super) fn of(all: &[&Selectors], found: &[Resolution], index: &TextIndex) -> Self {
        let digest = all.first().and_then(|first| first.digest.clone());
        let mut points: Vec<(usize, i64, i64)> = Vec::new();
        for (at, (selectors, found)) in all.iter().zip(found).enumerate() {
            let Some(old) = selectors.position.filter(|_| selectors.digest == digest) else {
                continue;
            };
            let point = |span: Span| {
                let new = index.to_code_point(span.start).0;
                (at, i64::from(old.start.0), i64::from(new))
            };
            match found {
                Resolution::Exact(span) => points.push(point(*span)),
                Resolution::Moved(place) => points.push(point(place.span)),
                Resolution::Uncertain(places) => {
                    points.extend(places.iter().map(|place| point(place.span)));
                }
                Resolution::Lost => {}
            }
        }
        // Of one passage the later candidates come first: so no chain has two of them.
        points.sort_by_key(|(_, old, new)| (*old, Reverse(*new)));
        Self {
            chain: rising(&points),
            digest,
        }
    }

    /// Where a passage is to be expected, from what those next to it say.
    pub(super) fn home(&self, at: usize, selectors: &Selectors) -> Option<Home> {
        let old = i64::from(selectors.position?.start.0);
        let next = self.chain.partition_point(|(_, other, _)| *other < old);
        let is_other = |(other, _, _): &&(usize, i64, i64)| *other != at;
        let (before, after) = self.chain.split_at(next);
        let mut witnesses: Vec<&(usize, i64, i64)> = before
            .iter()
            .rev()
            .filter(is_other)
            .take(WITNESSES)
            .chain(after.iter().filter(is_other).take(WITNESSES))
            .collect();
        let shift = |(_, old, new): &(usize, i64, i64)| new - old;
        let agree = |one: &(usize, i64, i64), other: &(usize, i64, i64)| {
            let apart = (one.1 - other.1).abs();
            (shift(one) - shift(other)).abs() <= DRIFT + apart / DRIFT_SHARE
        };
        // What most of them say; a few may be mistaken.
        let followers =
            |one: &(usize, i64, i64)| witnesses.iter().filter(|other| agree(one, other)).count();
        let leader = **witnesses.iter().max_by_key(|one| followers(one))?;
        let following = followers(&leader);
        let is_sure = following >= WITNESSES && following * 4 >= witnesses.len() * 3;
        if following > 1 {
            witnesses.retain(|other| agree(&leader, other));
        }
        let before = witnesses.iter().find(|other| other.1 < old);
        let after = witnesses.iter().find(|other| other.1 >= old);
        let (before, after) = (shift(before.or(after)?), shift(after.or(before)?));
        let point = |at: i64| CodePoint(u32::try_from(at.max(0)).unwrap_or(u32::MAX));
        let range = |one: i64, other: i64| {
            let (least, most) = (one.min(other), one.max(other));
            point(old + least - SLACK_CODE_POINTS)..point(old + most + SLACK_CODE_POINTS + 1)
        };
        (selectors.digest == self.digest).then(|| Home {
            ranges: if is_sure {
                [range(before, after), range(before, after)]
            } else {
                [range(before, before), range(after, after)]
            },
            is_sure,
        })
    }
}

/// The longest part of a list, in order, whose last numbers rise (Fredman 1975).
fn rising(list: &[(usize, i64, i64)]) -> Vec<(usize, i64, i64)> {
    // For each length the part that ends lowest: the last member of it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(list.len());
    for (at, (_, _, new)) in list.iter().enumerate() {
        let length = ends.partition_point(|end| list[*end].2 < *new);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        ends.truncate(ends.len().max(length));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut chain: Vec<(usize, i64, i64)> = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(at) = next {
        chain.push(list[at]);
        next = before[at];
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_out_of_order_leaves_the_chain() {
        let list = [
            (0, 10, 15),
            (1, 20, 900),
            (2, 30, 36),
            (3, 40, 3),
            (4, 50, 60),
        ];
        assert_eq!(rising(&list), [list[0], list[2], list[4]]);
        assert_eq!(rising(&[]), []);
    }
}
