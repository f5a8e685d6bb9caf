//! An index of a text by the short runs of code points in it (q-grams), built once, so
//! that a search touches only the few places that share some with what is sought.

use std::cmp::Reverse;
use std::ops::Range;

/// Code points to a gram. Shorter ones are too common in a long text, longer ones too
/// easily broken by an edit; a word and the space before it is about this long.
pub(super) const GRAM: usize = 6;

/// Places are told apart by their diagonal, the place in the text less the place in the
/// pattern, and neighbouring diagonals counted together: 32 to a band.
const BAND: u32 = 5;

/// Where less than this part (one in so many) of the grams stands that stand at the best
/// place, or of all the pattern's, nothing is aligned.
const LEAST_SHARE: usize = 4;
const LEAST_GRAMS: usize = 12;

/// Places looked at for one pattern, at most. Where its grams are more common than
/// that, the rarest count, and of those the places nearest to where it is expected.
const MOST_PLACES: usize = 8_192;

/// To tell whether a piece stands twice, one gram in so many is looked up, if it stands in
/// no more places than this.
const STEP: usize = 3;
const MOST_TELLING: usize = 256;

/// More than any place in a piece, so that diagonals stay above 0.
const MOST_LEAD: u32 = 1_024;

/// The grams of a text.
#[derive(Debug)]
pub(super) struct Grams {
    /// Where the places of each bucket start in `places`, and where the last one's end.
    starts: Vec<u32>,
    /// Places, bucket by bucket, each in order.
    places: Vec<u32>,
    /// How far a hash is shifted to give its bucket.
    shift: u32,
}

impl Grams {
    /// Indexes a text of less than 4 Gi code points.
    pub(super) fn new(text: &[char]) -> Self {
        // About two places to a bucket, and no more than 4 million buckets.
        let bits = (usize::BITS - (text.len() / 2).leading_zeros()).clamp(8, 22);
        let shift = u64::BITS - bits;
        let mut starts = vec![0_u32; (1 << bits) + 1];
        for gram in text.windows(GRAM) {
            starts[bucket(gram, shift)] += 1;
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        // Each bucket's end is known now; filled from the back, its places are in order.
        let mut places = vec![0; total as usize];
        for (at, gram) in text.windows(GRAM).enumerate().rev() {
            let start = &mut starts[bucket(gram, shift)];
            *start -= 1;
            places[*start as usize] = u32::try_from(at).unwrap_or(u32::MAX);
        }
        Self {
            starts,
            places,
            shift,
        }
    }

    /// The places of every gram in the bucket of this one.
    fn places(&self, gram: &[char]) -> &[u32] {
        let bucket = bucket(gram, self.shift);
        &self.places[self.starts[bucket] as usize..self.starts[bucket + 1] as usize]
    }

    /// The grams of a pattern that the text may have: where each starts in the pattern
    /// and its places in the text; the rarest first.
    fn rarest(&self, pattern: &[char]) -> Vec<(usize, &[u32])> {
        let mut grams: Vec<(usize, &[u32])> = pattern
            .windows(GRAM)
            .map(|gram| self.places(gram))
            .enumerate()
            .filter(|(_, places)| !places.is_empty())
            .collect();
        grams.sort_by_key(|(_, places)| places.len());
        grams
    }

    /// Where a pattern of at least one gram stands in the text, code point by code
    /// point; of many places the ones nearest to `expected`.
    pub(super) fn exact(&self, pattern: &[char], text: &[char], expected: usize) -> Vec<usize> {
        if pattern
            .windows(GRAM)
            .any(|gram| self.places(gram).is_empty())
        {
            return Vec::new();
        }
        let Some((at, places)) = self.rarest(pattern).first().copied() else {
            return Vec::new();
        };
        near(places, expected + at, MOST_PLACES)
            .iter()
            .filter_map(|place| (*place as usize).checked_sub(at))
            .filter(|start| text[*start..].starts_with(pattern))
            .collect()
    }

    /// The diagonals in a range on which most of a pattern's grams stand, `most` of them,
    /// likeliest first. A diagonal is a place in the text where the pattern would start, and
    /// may lie before it.
    pub(super) fn diagonals(
        &self,
        pattern: &[char],
        range: Range<isize>,
        expected: usize,
        most: usize,
    ) -> Vec<isize> {
        let offset = pattern.len() as isize;
        let band = |diagonal: isize| u32::try_from((diagonal + offset) >> BAND).unwrap_or(0);
        let mut bands: Vec<u32> = Vec::new();
        let mut room = MOST_PLACES;
        for (at, places) in self.rarest(pattern) {
            let at = at as isize;
            let places = between(places, range.start + at, range.end + at);
            let places = near(places, expected + at as usize, room);
            room -= places.len();
            bands.extend(places.iter().map(|place| band(*place as isize - at)));
            if room == 0 {
                break;
            }
        }
        bands.sort_unstable();
        let alone: Vec<(usize, u32)> = bands
            .chunk_by(|a, b| a == b)
            .map(|same| (same.len(), same[0]))
            .collect();
        // What lies across the border of two bands counts for both.
        let votes = |at: usize| {
            let (votes, band) = alone[at];
            let beside = [at.checked_sub(1), at.checked_add(1)].into_iter().flatten();
            let beside = beside.filter_map(|other| alone.get(other));
            let beside = beside.filter(|(_, other)| other.abs_diff(band) == 1);
            votes + beside.map(|(votes, _)| *votes).max().unwrap_or(0)
        };
        let mut counted: Vec<(usize, u32)> = (0..alone.len())
            .map(|at| (votes(at), alone[at].1))
            .collect();
        let home = band(expected as isize);
        counted.sort_by_key(|(votes, band)| (Reverse(*votes), band.abs_diff(home)));
        let grams = pattern.windows(GRAM).len();
        let best = counted.first().map_or(0, |(votes, _)| *votes);
        let enough = (best / LEAST_SHARE).max(grams / LEAST_GRAMS);
        let mut chosen: Vec<u32> = Vec::new();
        for (votes, band) in counted {
            if chosen.len() == most || votes < enough {
                break;
            }
            if chosen.iter().all(|other| other.abs_diff(band) > 1) {
                chosen.push(band);
            }
        }
        chosen
            .into_iter()
            .map(|band| ((band << BAND) as isize) - offset)
            .collect()
    }
}

impl Grams {
    /// Whether most grams of a piece of text stand together in more than one place.
    pub(super) fn stands_twice(&self, piece: &[char]) -> bool {
        let grams = piece.windows(GRAM).map(|gram| self.places(gram));
        let (mut bands, mut all) = (Vec::new(), 0);
        for (at, places) in grams.enumerate().step_by(STEP) {
            all += 1;
            // One that stands everywhere tells nothing of any place.
            if places.len() <= MOST_TELLING {
                bands.extend(
                    places
                        .iter()
                        .map(|place| (place + MOST_LEAD - at as u32) >> BAND),
                );
            } else {
                all -= 1;
            }
        }
        bands.sort_unstable();
        let most = bands
            .chunk_by(|a, b| a == b)
            .filter(|same| same.len() * 5 >= all * 3);
        all == 0 || most.count() > 1
    }
}

/// Of places in order those in a range.
fn between(places: &[u32], start: isize, end: isize) -> &[u32] {
    let at = |limit: isize| places.partition_point(|place| (*place as isize) < limit);
    &places[at(start)..at(end)]
}

/// Of places in order the ones nearest to `at`, no more than `most`, in order.
fn near(places: &[u32], at: usize, most: usize) -> &[u32] {
    if places.len() <= most {
        return places;
    }
    let middle = places.partition_point(|place| (*place as usize) < at);
    let start = middle.saturating_sub(most / 2).min(places.len() - most);
    &places[start..start + most]
}

/// A multiplicative hash of a gram, as a bucket's number.
fn bucket(gram: &[char], shift: u32) -> usize {
    let hash = gram.iter().fold(0_u64, |hash, c| {
        (hash ^ u64::from(u32::from(*c))).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    });
    // The multiplications carry everything upward: the high bits are the mixed ones.
    (hash >> shift) as usize
}
