//! Finding a described passage in a text that may have changed.
//!
//! In order: at its position, word for word; everything that was described, word for
//! word, elsewhere; then the places that share most short runs of code points with it,
//! each aligned with the quote and its context. A place is taken only when quote and
//! context speak for it, no other place comes near, and nothing says that the passage
//! was deleted. The thresholds are measured: see `docs/anchoring.md`.

use std::cell::OnceCell;
use std::ops::Range;

use super::align::Pattern;
use super::grams::{GRAM, Grams};
use super::shifts::{Home, Shifts};
use super::{Candidate, Quote, Resolution, Selectors, describe, verify_position};
use crate::text::{CodePoint, Digest, Folded, Span, TextIndex};

/// Candidates offered to a person, at most: more than this is no choice but a search.
const MOST_CANDIDATES: usize = 12;

/// Of these, the ones nearest to where the passage was, however likely.
const NEAREST: usize = 6;

/// Places where the quote stands letter for letter that are looked at, at most.
const MOST_QUOTED: usize = 32;

/// Distance from the expected place within which a quote of less than a gram is looked for, in code
/// points of the folded text.
const NEAR_FOLDED: usize = 32_768;

/// Places aligned for one passage, at most.
const MOST_ALIGNED: usize = 12;

/// Places aligned besides, at most, that lie within [`AROUND_FOLDED`] code points of the folded
/// text of where the passage is expected.
const MOST_ALIGNED_NEAR: usize = 3;
const AROUND_FOLDED: isize = 2_048;

/// Of a longer quote than twice this, in code points, only so much at each end is
/// aligned: aligning costs the square of the length.
const END: usize = 256;

/// What a described passage shares with a place, each in 0 (nothing) to 1 (everything).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Likeness {
    quote: f64,
    prefix: f64,
    suffix: f64,
    /// Of all that was described, the quote counting twice.
    all: f64,
}

/// Score of a quote from which on its place is offered to a person, from 0 to 1: most of it is
/// there.
const OFFERED_SCORE: f64 = 0.6;
/// Score that is enough for that between the passage's own neighbours, from 0 to 1.
const OFFERED_SCORE_BETWEEN: f64 = 0.35;
/// Score from which on one side of the context agrees, from 0 to 1.
const CONTEXT_SCORE: f64 = 0.7;
/// Score from which on one side of the context may stand for both, from 0 to 1.
const ONE_SIDED_SCORE: f64 = 0.9;
/// Score of a quote that makes its place sure where both sides of the context agree, from 0 to 1.
const SURE_SCORE_BETWEEN: f64 = 0.5;
/// Score of a quote that makes its place sure where one side agrees, from 0 to 1.
const SURE_SCORE_BESIDE: f64 = 0.9;
/// Lead that the best place must have over the next best, as a difference of scores.
const MIN_LEAD: f64 = 0.25;
/// Length of a piece of what was described, in code points.
const PIECE_LENGTH: usize = 32;
/// Score of a prefix and a suffix that stand together from which on what was between them is lost,
/// from 0 to 1.
const JOINED_SCORE: f64 = 0.85;

/// Length that must have been described before one place elsewhere is taken for sure, in code
/// points: a few words stand in any text by chance.
const MIN_DESCRIBED: usize = 12;

/// A text in which to find many passages. What it takes to find one that has moved costs a
/// few passes over the text and is made for the first of them; keep it for as long as there
/// is something to find.
pub struct Finder<'a> {
    index: &'a TextIndex,
    digest: &'a Digest,
    tables: OnceCell<(Folded, Grams)>,
    /// Told how far finding many has come, in percent.
    progress: &'a dyn Fn(u8),
}

/// Share of the time that finding many takes which the first round takes, in percent: in the other
/// two most are passed over.
const FIRST_ROUND_PERCENT: usize = 80;

/// What is known of a passage, folded: context and quote as one pattern.
struct Described {
    chars: Vec<char>,
    /// The quote within.
    start: usize,
    end: usize,
}

/// A place and what speaks for it. `start` and `end` are places in the folded text.
#[derive(Clone, Copy, Debug)]
struct Place {
    start: usize,
    end: usize,
    likeness: Likeness,
}

/// Where a passage is expected to start, in the folded text.
#[derive(Clone, Debug)]
struct Expected {
    ranges: [Range<usize>; 2],
    /// Other passages say so, not only what was written down on another text.
    is_told_by_others: bool,
}

impl Expected {
    fn middle(&self) -> usize {
        usize::midpoint(self.ranges[0].start, self.ranges[1].end)
    }

    /// How far a place is from where it is expected.
    fn distance(&self, place: &Place) -> usize {
        let far = |range: &Range<usize>| {
            let (before, after) = (range.start, range.end);
            before.saturating_sub(place.start) + place.start.saturating_sub(after)
        };
        self.ranges.iter().map(far).min().unwrap_or(0)
    }

    fn moved(&self, by: usize) -> Self {
        Self {
            ranges: self
                .ranges
                .clone()
                .map(|range| range.start + by..range.end + by),
            ..*self
        }
    }

    /// Whether others say that it is here.
    fn holds(&self, place: &Place) -> bool {
        self.is_told_by_others && self.ranges.iter().any(|range| range.contains(&place.start))
    }

    /// Puts the likeliest first: the one others speak for, then by likeness, of equals the
    /// nearest.
    fn sort(&self, places: &mut [Place]) {
        let far = |place: &Place| self.distance(place);
        places.sort_by(|a, b| {
            let home = self.holds(b).cmp(&self.holds(a));
            let likelier = b.likeness.all.total_cmp(&a.likeness.all);
            home.then(likelier).then(far(a).cmp(&far(b)))
        });
    }
}

impl<'a> Finder<'a> {
    /// Finds in a text.
    #[must_use]
    pub fn new(index: &'a TextIndex, digest: &'a Digest) -> Self {
        Self {
            index,
            digest,
            tables: OnceCell::new(),
            progress: &|_| (),
        }
    }

    /// Makes at once what the first passage that has moved would else have to wait for.
    #[must_use]
    pub fn prepared(self) -> Self {
        self.tables();
        self
    }

    fn tables(&self) -> &(Folded, Grams) {
        self.tables.get_or_init(|| {
            let folded = Folded::new(self.index.text());
            let grams = Grams::new(folded.chars());
            (folded, grams)
        })
    }

    fn folded(&self) -> &Folded {
        &self.tables().0
    }

    fn grams(&self) -> &Grams {
        &self.tables().1
    }

    /// Has it tell how far it is with many passages, in percent, each time that changes.
    #[must_use]
    pub fn with_progress(self, progress: &'a dyn Fn(u8)) -> Self {
        Self { progress, ..self }
    }

    /// Describes a passage of the text.
    #[must_use]
    pub fn describe(&self, span: Span) -> Selectors {
        describe(self.index, self.digest, span)
    }

    /// Finds a passage. Where several are to be found, [`Finder::resolve_all`] knows more.
    #[must_use]
    pub fn resolve(&self, selectors: &Selectors) -> Resolution {
        self.find(selectors, None)
    }

    /// Finds passages of one text in another. Those that are sure tell where the others
    /// between them are to be expected; so copies of a clause can be told apart that nothing
    /// in or around them tells apart.
    #[must_use]
    pub fn resolve_all<'s>(&self, all: impl IntoIterator<Item = &'s Selectors>) -> Vec<Resolution> {
        self.resolve_together(&all.into_iter().collect::<Vec<_>>())
    }

    fn resolve_together(&self, all: &[&Selectors]) -> Vec<Resolution> {
        let mut told = 0;
        let mut tell = |percent: usize| {
            if percent > std::mem::replace(&mut told, percent) {
                (self.progress)(percent as u8);
            }
        };
        let mut found: Vec<Resolution> = Vec::with_capacity(all.len());
        for (at, selectors) in all.iter().enumerate() {
            tell(at * FIRST_ROUND_PERCENT / all.len());
            found.push(self.resolve(selectors));
        }
        // One that stands where it stood needs nobody to tell where it is.
        let open = |found: &Resolution| !matches!(found, Resolution::Exact(_));
        if !found.iter().any(open) {
            return found;
        }
        // What the second round finds tells the third more.
        let mut homes: Vec<Option<Home>> = vec![None; all.len()];
        let rest = 100 - FIRST_ROUND_PERCENT;
        for round in 0..2 {
            let shifts = Shifts::of(all, &found, self.index);
            for (at, selectors) in all.iter().enumerate() {
                tell(FIRST_ROUND_PERCENT + (round * all.len() + at) * rest / (2 * all.len()));
                let home = open(&found[at]).then(|| shifts.home(at, selectors));
                let Some(home) = home.flatten() else {
                    continue;
                };
                let is_home = |span: Span| home.contains(self.index.to_code_point(span.start));
                let is_news = homes[at].as_ref() != Some(&home);
                // Where others do not agree, they can help to choose, not to find.
                let helps = home.is_sure || found[at] != Resolution::Lost;
                if is_news && helps && !found[at].span().is_some_and(is_home) {
                    found[at] = self.find(selectors, Some(&home));
                }
                homes[at] = Some(home);
            }
        }
        found
    }

    /// Finds a passage; `home` is where it is to be expected, if others tell.
    fn find(&self, selectors: &Selectors, home: Option<&Home>) -> Resolution {
        if let Some(span) = verify_position(selectors, self.index, self.digest) {
            return Resolution::Exact(span);
        }
        let Some(quote) = &selectors.quote else {
            // A position alone says nothing of a text it was not made on.
            let span = selectors
                .position
                .and_then(|points| self.index.span_from_code_points(points))
                .filter(|span| !span.is_empty());
            return span.map_or(Resolution::Lost, |span| {
                Resolution::Uncertain(vec![Candidate { span, score: 0 }])
            });
        };
        let Some(described) = Described::new(quote) else {
            return Resolution::Lost;
        };
        let folded = |point: CodePoint| {
            let at = self.index.from_code_point(point);
            self.folded().position(at.unwrap_or(self.index.end()))
        };
        let expected = match home {
            Some(home) => Expected {
                ranges: home
                    .ranges
                    .clone()
                    .map(|range| folded(range.start)..folded(range.end)),
                is_told_by_others: home.is_sure,
            },
            None => {
                let told = selectors
                    .position
                    .map_or(CodePoint(0), |points| points.start);
                let at = folded(told);
                Expected {
                    ranges: [at..at, at..at],
                    is_told_by_others: false,
                }
            }
        };
        self.word_for_word(&described, &expected)
            .unwrap_or_else(|| self.by_likeness(&described, &expected))
    }

    /// The places where everything described stands, letter for letter.
    fn word_for_word(&self, described: &Described, expected: &Expected) -> Option<Resolution> {
        let text = self.folded().chars();
        let pattern = described.chars.as_slice();
        let at = expected.middle().saturating_sub(described.start);
        let starts = if pattern.len() < GRAM {
            scan(pattern, text, 0..text.len())
        } else {
            self.grams().exact(pattern, text, at)
        };
        if starts.is_empty() {
            return None;
        }
        let places = starts.into_iter().map(|start| Place {
            start: start + described.start,
            end: start + described.end,
            likeness: Likeness {
                quote: 1.0,
                prefix: 1.0,
                suffix: 1.0,
                all: 1.0,
            },
        });
        let mut places: Vec<Place> = places.collect();
        expected.sort(&mut places);
        let is_telling = pattern.len() >= MIN_DESCRIBED;
        let sure = match places.as_slice() {
            [first, ..] if self.is_only_one_at_home(first, described, expected) => true,
            [_] => is_telling && !self.is_commonplace(described),
            _ => false,
        };
        // One that is not at home while home is taken by something like it is neither.
        if !sure && expected.is_told_by_others {
            return Some(self.by_likeness(described, expected));
        }
        self.answer(&places, sure, expected)
    }

    /// Whether others say that a passage is here, and its quote stands nowhere else that they
    /// say.
    fn is_only_one_at_home(
        &self,
        place: &Place,
        described: &Described,
        expected: &Expected,
    ) -> bool {
        let mut quoted = Vec::new();
        if expected.holds(place) {
            self.places_of_quote(described, expected, &mut quoted);
        }
        let others = quoted
            .iter()
            .filter(|other| expected.holds(other) && !other.meets(place));
        expected.holds(place) && others.count() == 0
    }

    /// Whether most of what was described stands in the text more than once, each piece for
    /// itself: a place made of such pieces may be another one than was meant.
    fn is_commonplace(&self, described: &Described) -> bool {
        let pieces = described.chars.chunks(PIECE_LENGTH);
        let (mut all, mut common) = (0, 0);
        for piece in pieces.filter(|piece| piece.len() >= PIECE_LENGTH / 2) {
            all += 1;
            common += usize::from(self.grams().stands_twice(piece));
        }
        common * 2 > all
    }

    /// The places that are most like what was described.
    fn by_likeness(&self, described: &Described, expected: &Expected) -> Resolution {
        let (mut places, mut deleted) = (Vec::new(), false);
        match described.halves() {
            None => {
                self.places_of_quote(described, expected, &mut places);
                deleted = self.places_like(described, expected, &mut places);
            }
            Some((head, tail)) => {
                let (mut heads, mut tails) = (Vec::new(), Vec::new());
                deleted |= self.places_like(&head, expected, &mut heads);
                let len = described.end - described.start;
                deleted |= self.places_like(&tail, &expected.moved(len - END), &mut tails);
                places.extend(heads.iter().filter_map(|head| head.up_to(&tails, len)));
            }
        }
        expected.sort(&mut places);
        let mut apart: Vec<Place> = Vec::new();
        for place in places {
            if !apart.iter().any(|other| other.meets(&place)) {
                apart.push(place);
            }
        }
        let sure = !deleted && self.is_sure(&apart, described, expected);
        self.answer(&apart, sure, expected)
            .unwrap_or(Resolution::Lost)
    }

    /// Adds the places where the quote stands letter for letter, the nearest to where it is
    /// expected: however the context has changed, they are worth a look.
    fn places_of_quote(&self, described: &Described, expected: &Expected, places: &mut Vec<Place>) {
        let expected = expected.middle();
        let text = self.folded().chars();
        let (prefix, rest) = described.chars.split_at(described.start);
        let (quote, suffix) = rest.split_at(described.end - described.start);
        let mut starts = if quote.len() < GRAM {
            // Words this short stand everywhere; only those near by tell anything.
            let near = expected.saturating_sub(NEAR_FOLDED)..text.len().min(expected + NEAR_FOLDED);
            scan(quote, text, near)
        } else {
            self.grams().exact(quote, text, expected)
        };
        starts.sort_by_key(|start| start.abs_diff(expected));
        starts.truncate(MOST_QUOTED);
        let (prefix_pattern, suffix_pattern) = (Pattern::new(prefix), Pattern::new(suffix));
        for start in starts {
            let end = start + quote.len();
            let before = &text[start.saturating_sub(prefix.len() + 8)..start];
            let after = &text[end..text.len().min(end + suffix.len() + 8)];
            let mut likeness = Likeness {
                quote: 1.0,
                prefix: share(
                    prefix_pattern.align(before).errors_in(0, prefix.len()),
                    prefix.len(),
                ),
                suffix: share(
                    suffix_pattern.align(after).errors_in(0, suffix.len()),
                    suffix.len(),
                ),
                all: 0.0,
            };
            likeness.all = described.overall(likeness);
            places.push(Place {
                start,
                end,
                likeness,
            });
        }
    }

    /// Adds the places that are most like what was described, and those near to where it is
    /// expected; says whether there is one from which it was deleted.
    fn places_like(
        &self,
        described: &Described,
        expected: &Expected,
        places: &mut Vec<Place>,
    ) -> bool {
        let start = described.start as isize;
        let whole = -start..self.folded().chars().len() as isize;
        let at = expected.middle().saturating_sub(described.start);
        let pattern = &described.chars;
        let mut diagonals = self.grams().diagonals(pattern, whole, at, MOST_ALIGNED);
        for range in &expected.ranges {
            let near = range.start as isize - start - AROUND_FOLDED
                ..range.end as isize - start + AROUND_FOLDED;
            diagonals.extend(self.grams().diagonals(pattern, near, at, MOST_ALIGNED_NEAR));
        }
        diagonals.sort_unstable();
        diagonals.dedup();
        let mut deleted = false;
        for diagonal in diagonals {
            let (place, gap) = self.compare(described, diagonal);
            deleted |= gap;
            places.extend(place);
        }
        deleted
    }

    /// Lays what was described on the text near a diagonal. Gives the place, if it is worth
    /// looking at, and whether the context stands there with nothing between.
    fn compare(&self, described: &Described, diagonal: isize) -> (Option<Place>, bool) {
        let text = self.folded().chars();
        let len = described.chars.len();
        // Room for what edits may have put in.
        let slack = 40 + (described.end - described.start) / 3;
        let from = usize::try_from(diagonal).unwrap_or(0).saturating_sub(slack);
        let until = usize::try_from(diagonal + (len + slack) as isize)
            .unwrap_or(0)
            .min(text.len());
        let window = &text[from.min(until)..until];
        let whole = described.align(window, 0, len);
        let mut place = whole;
        // A context that is not there would pull the ends of the quote astray.
        let first = if whole.likeness.prefix < CONTEXT_SCORE {
            described.start
        } else {
            0
        };
        let last = if whole.likeness.suffix < CONTEXT_SCORE {
            described.end
        } else {
            len
        };
        if (first, last) != (0, len) {
            let part = described.align(window, first, last);
            place.start = part.start;
            place.end = part.end;
            place.likeness.quote = part.likeness.quote;
        }
        place.likeness.all = described.overall(place.likeness);
        let Likeness {
            quote,
            prefix,
            suffix,
            ..
        } = place.likeness;
        let between = described.agrees(prefix, suffix);
        let worth = quote >= OFFERED_SCORE || (between && quote >= OFFERED_SCORE_BETWEEN);
        place.start += from;
        place.end += from;
        let gap = !worth && described.joined(window);
        ((worth && place.start < place.end).then_some(place), gap)
    }

    /// Whether the best of the places is the passage.
    fn is_sure(&self, places: &[Place], described: &Described, expected: &Expected) -> bool {
        let Some(best) = places.first() else {
            return false;
        };
        let Likeness {
            quote,
            prefix,
            suffix,
            all,
        } = best.likeness;
        let next = places.get(1);
        let is_home = !next.is_some_and(|next| expected.holds(next))
            && self.is_only_one_at_home(best, described, expected);
        let is_telling = described.chars.len() >= MIN_DESCRIBED;
        let between = described.agrees(prefix, suffix) && quote >= SURE_SCORE_BETWEEN;
        let beside =
            (is_home || prefix.max(suffix) >= ONE_SIDED_SCORE) && quote >= SURE_SCORE_BESIDE;
        let is_alone = next.is_none_or(|next| all - next.likeness.all >= MIN_LEAD);
        is_telling
            && (between || beside)
            && (is_home || (is_alone && !self.is_commonplace(described)))
    }

    /// What to say of places, best first; nothing where there is none.
    fn answer(&self, places: &[Place], sure: bool, expected: &Expected) -> Option<Resolution> {
        let text = self.index.text();
        let candidate = |place: &Place| {
            let span = self.folded().passage(text, place.start, place.end)?;
            let score = (place.likeness.all * 100.0) as u8;
            Some(Candidate { span, score })
        };
        let first = candidate(places.first()?)?;
        if sure {
            return Some(Resolution::Moved(first));
        }
        // Of many, those nearest to where it was are among the ones to choose from.
        let mut nearest: Vec<&Place> = places.iter().skip(MOST_CANDIDATES - NEAREST).collect();
        nearest.sort_by_key(|place| expected.distance(place));
        let chosen = places.iter().take(MOST_CANDIDATES - NEAREST);
        let mut candidates: Vec<Candidate> = Vec::new();
        for place in chosen.chain(nearest.into_iter().take(NEAREST)) {
            let next = candidate(place).filter(|next| {
                let same = |other: &Candidate| other.span == next.span;
                !candidates.iter().any(same)
            });
            candidates.extend(next);
        }
        Some(Resolution::Uncertain(candidates))
    }
}

/// Where a pattern stands in a part of the text, letter for letter.
fn scan(pattern: &[char], text: &[char], within: Range<usize>) -> Vec<usize> {
    let from = within.start;
    let part = text.get(within).unwrap_or_default();
    let fits = |(_, window): &(usize, &[char])| *window == pattern;
    let found = part.windows(pattern.len()).enumerate().filter(fits);
    found.map(|(at, _)| from + at).collect()
}

/// What is left of a length without its errors, in 0 to 1.
fn share(errors: usize, len: usize) -> f64 {
    if len == 0 {
        return 0.0;
    }
    1.0 - errors.min(len) as f64 / len as f64
}

impl Place {
    fn meets(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// A long passage from its head to the one of the tails that makes it about as long as
    /// it was.
    fn up_to(&self, tails: &[Self], len: usize) -> Option<Self> {
        let length = |tail: &&Self| tail.end.saturating_sub(self.start);
        let tail = tails
            .iter()
            .filter(|tail| (len / 2..len * 2).contains(&length(tail)))
            .min_by_key(|tail| length(tail).abs_diff(len))?;
        let (head, tail_likeness) = (self.likeness, tail.likeness);
        Some(Self {
            start: self.start,
            end: tail.end,
            likeness: Likeness {
                quote: head.quote.min(tail_likeness.quote),
                prefix: head.prefix,
                suffix: tail_likeness.suffix,
                all: f64::midpoint(head.all, tail_likeness.all),
            },
        })
    }
}

impl Described {
    /// Folds quote and context together. Nothing where the quote is nothing but space.
    fn new(quote: &Quote) -> Option<Self> {
        let folded = Folded::new(&quote.words);
        let mut start = folded.position(quote.start.into());
        let mut end = folded.position(quote.end.into());
        let chars = folded.chars().to_vec();
        while start < end && chars[start] == ' ' {
            start += 1;
        }
        while start < end && chars[end - 1] == ' ' {
            end -= 1;
        }
        (start < end).then_some(Self { chars, start, end })
    }

    /// Both ends of a long quote, each with its side of the context.
    fn halves(&self) -> Option<(Self, Self)> {
        (self.end - self.start > 2 * END).then(|| {
            let (head, tail) = (self.start + END, self.end - END);
            let head = Self {
                chars: self.chars[..head].to_vec(),
                start: self.start,
                end: head,
            };
            let tail = Self {
                chars: self.chars[tail..].to_vec(),
                start: 0,
                end: END,
            };
            (head, tail)
        })
    }

    /// Lays the part `first..last`, which holds the quote, on a stretch of text.
    fn align(&self, window: &[char], first: usize, last: usize) -> Place {
        let alignment = Pattern::new(&self.chars[first..last]).align(window);
        let (start, end) = (self.start - first, self.end - first);
        let like =
            |from: usize, until: usize| share(alignment.errors_in(from, until), until - from);
        Place {
            start: alignment.bounds[start].0,
            end: alignment.bounds[end].1,
            likeness: Likeness {
                quote: like(start, end),
                prefix: like(0, start),
                suffix: like(end, last - first),
                all: 0.0,
            },
        }
    }

    /// Whether the context agrees on each side that there is.
    fn agrees(&self, prefix: f64, suffix: f64) -> bool {
        (self.start == 0 || prefix >= CONTEXT_SCORE)
            && (self.end == self.chars.len() || suffix >= CONTEXT_SCORE)
            && self.end - self.start < self.chars.len()
    }

    /// One number of the three, the quote counting twice.
    fn overall(&self, likeness: Likeness) -> f64 {
        let (prefix, quote, suffix) = (
            self.start as f64,
            (self.end - self.start) as f64 * 2.0,
            (self.chars.len() - self.end) as f64,
        );
        (likeness.prefix * prefix + likeness.quote * quote + likeness.suffix * suffix)
            / (prefix + quote + suffix)
    }

    /// Whether prefix and suffix stand in the window with nothing between them.
    fn joined(&self, window: &[char]) -> bool {
        let around = [&self.chars[..self.start], &self.chars[self.end..]].concat();
        let len = around.len();
        if self.start < MIN_DESCRIBED || len - self.start < MIN_DESCRIBED {
            return false;
        }
        let errors = Pattern::new(&around).align(window).errors_in(0, len);
        1.0 - errors as f64 / len as f64 >= JOINED_SCORE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(selectors: &Selectors, text: &str) -> Resolution {
        let index = TextIndex::new(text);
        Finder::new(&index, &Digest::of(text)).resolve(selectors)
    }

    /// Describes the `[[passage]]` of one text and resolves it in another, where
    /// `[[` and `]]` again mark what is expected.
    fn resolved(made_on: &str) -> (Selectors, impl Fn(&str) -> Resolution) {
        let (text, span) = marked(made_on);
        let selectors = describe(&TextIndex::new(text.as_str()), &Digest::of(&text), span);
        let held = selectors.clone();
        (selectors, move |text: &str| resolve(&held, text))
    }

    fn marked(fixture: &str) -> (String, Span) {
        let start = fixture.find("[[").expect("a start");
        let end = fixture.find("]]").expect("an end") - 2;
        (
            fixture.replace("[[", "").replace("]]", ""),
            Span::between(start, end),
        )
    }

    fn check_moved(made_on: &str, found_in: &str) {
        let (text, span) = marked(found_in);
        let outcome = resolved(made_on).1(&text);
        assert!(
            matches!(&outcome, Resolution::Moved(place) if place.span == span),
            "{outcome:?}"
        );
    }

    #[test]
    fn an_untouched_passage_is_exact_even_where_its_words_repeat() {
        let (text, span) = marked("no no no [[no]] no no no no no no no no no no no no no");
        assert_eq!(
            resolved("no no no [[no]] no no no no no no no no no no no no no").1(&text),
            Resolution::Exact(span)
        );
    }

    #[test]
    fn text_put_before_moves_it() {
        check_moved("The [[quick]] fox.", "Once: The [[quick]] fox.");
    }

    #[test]
    fn context_tells_equal_words_apart() {
        check_moved(
            "buy the [[target]] now; miss the aim",
            "New. miss the target soon; buy the [[target]] now; miss the aim",
        );
    }

    #[test]
    fn equal_words_in_equal_context_are_uncertain() {
        let outcome = resolved("x row [[cell]] row y").1("row cell row, row cell row");
        assert!(
            matches!(outcome, Resolution::Uncertain(ref candidates) if candidates.len() == 2),
            "{outcome:?}"
        );
    }

    #[test]
    fn the_same_word_in_other_company_is_not_taken_for_it() {
        let outcome = resolved("We met [[him]] at the harbour in the morning").1("Ask him.");
        assert!(matches!(outcome, Resolution::Uncertain(_)), "{outcome:?}");
    }

    #[test]
    fn a_deleted_passage_is_lost() {
        assert_eq!(
            resolved("The [[quick brown]] fox").1("The fox"),
            Resolution::Lost
        );
    }

    #[test]
    fn a_position_in_utf16_units_is_understood() {
        let (mut selectors, _) = resolved("😀😀 a [[word]] b word");
        selectors.position = Some(Span::between(7_usize, 11));
        let text = "😀😀 a word b word";
        let outcome = resolve(&selectors, text);
        assert_eq!(outcome, Resolution::Exact(Span::between(11_usize, 15)));
    }

    #[test]
    fn a_bare_position_holds_only_on_the_text_it_was_made_on() {
        let text = "The quick fox";
        let mut selectors = Selectors {
            position: Some(Span::between(4_usize, 9)),
            digest: Some(Digest::of(text)),
            quote: None,
        };
        let span = Span::between(4_usize, 9);
        assert_eq!(resolve(&selectors, text), Resolution::Exact(span));
        selectors.digest = None;
        let candidate = Candidate { span, score: 0 };
        assert_eq!(
            resolve(&selectors, text),
            Resolution::Uncertain(vec![candidate])
        );
        selectors.position = Some(Span::between(4_usize, 99));
        assert_eq!(resolve(&selectors, text), Resolution::Lost);
    }
}
