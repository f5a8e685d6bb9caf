//! Carrying passages over from one version of a text to the next.
//!
//! The two texts are aligned word by word, and a passage goes where its words went.
//! Unlike a search this needs no guess where a passage is repeated: its neighbours say
//! which one it is. What the alignment does not show, such as a paragraph that was moved,
//! is for [`Finder`](super::Finder).

use std::collections::HashMap;
use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput, Token};
use unicode_segmentation::UnicodeSegmentation;

use crate::text::{Folded, Span, Utf8, passage};

/// Share of a passage's words, counted in bytes, that must stand in the new text, from 0 to 1.
const MIN_KEPT_SHARE: f64 = 0.5;

/// Context on each side, in words. Of all of it [`CONTEXT_SHARE`] must stand where the passage
/// goes: what was deleted leaves stray words that match by chance.
const CONTEXT_WORDS: usize = 5;
const CONTEXT_SHARE: f64 = 0.5;
/// Share of one side's context that is enough where the other side has none, from 0 to 1: phrases
/// that people say all the time bring some of their company along wherever they stand.
const ONE_SIDED_SHARE: f64 = 0.8;

/// A passage may grow by what was written into it to so many times its length, and so many
/// bytes beside, so that a short one may take in a word.
const GROWTH: usize = 3;
const GROWTH_BESIDE: usize = 16;

/// Words beyond those that were replaced which a passage takes in at each end.
const MORE_WORDS: usize = 1;

/// A word of the context may stand so many times as far from the passage as it did, and so
/// many words beside.
const STRETCH: usize = 4;
const STRETCH_BESIDE: usize = 8;

/// A word that stands more often than this in a text tells the alignment little. Where so
/// few (one in so many) are rarer, it takes the product of both lengths, which must not be
/// above this many steps: about a second.
const RARE: usize = 60;
const RARE_SHARE: usize = 50;
const STEPS: usize = 400_000_000;

/// Two versions of a text, aligned.
#[derive(Debug)]
pub struct Alignment<'a> {
    old: Vec<Span>,
    new: Vec<Span>,
    /// What was taken out and what was put in its place, as runs of words. Between two of
    /// these the words go together one by one.
    hunks: Vec<Hunk>,
    /// Runs of old words of which nothing says whether they or their like beside them were
    /// taken out.
    loose: Vec<Range<usize>>,
    /// The old text.
    old_text: &'a str,
    /// The new one.
    text: &'a str,
}

/// A run of old words and the run of new ones in its place.
type Hunk = (Range<usize>, Range<usize>);

/// A stretch that is not as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changed {
    /// What stood in the old text; empty for an insertion.
    pub old: Span,
    /// What stands in the new one; empty for a deletion.
    pub new: Span,
}

impl<'a> Alignment<'a> {
    /// Aligns two versions. Words that differ in typography only (see [`Folded`]) count
    /// as the same, and so does all white space.
    #[must_use]
    pub fn new(old_text: &'a str, text: &'a str) -> Self {
        let (old, new) = (words(old_text), words(text));
        let mut forms = HashMap::new();
        let mut input: InternedInput<u32> = InternedInput::default();
        input.update_before(forms_of(old_text, &old, &mut forms).into_iter());
        input.update_after(forms_of(text, &new, &mut forms).into_iter());
        let mut aligned = Self {
            hunks: Vec::new(),
            loose: Vec::new(),
            old,
            new,
            old_text,
            text,
        };
        if is_hopeless(&input, forms.len()) {
            let all = (0..aligned.old.len(), 0..aligned.new.len());
            aligned.hunks.push(all);
            return aligned;
        }
        let mut diff = Diff::compute(Algorithm::Histogram, &input);
        diff.postprocess_no_heuristic(&input);
        let range = |range: Range<u32>| range.start as usize..range.end as usize;
        aligned.hunks = diff
            .hunks()
            .map(|hunk| (range(hunk.before), range(hunk.after)))
            .collect();
        for at in 0..aligned.hunks.len() {
            aligned.slide(at, &input);
        }
        aligned
    }

    /// Puts what was only taken out, or only put in, where it is a whole paragraph or
    /// sentence: where a text repeats itself the alignment could have it begin at any of
    /// several words ("**I don't know.** He left. *I don't know.* She came.").
    fn slide(&mut self, at: usize, input: &InternedInput<u32>) {
        let (old, new) = self.hunks[at].clone();
        let (run, tokens, words, text): (_, &[Token], _, _) = if new.is_empty() {
            (old.clone(), &input.before, &self.old, self.old_text)
        } else if old.is_empty() {
            (new.clone(), &input.after, &self.new, self.text)
        } else {
            return;
        };
        let words_between = |one: &Hunk, other: &Hunk| other.0.start - one.0.end;
        let before = at.checked_sub(1).map(|before| &self.hunks[before]);
        let room_before = before.map_or(old.start, |one| words_between(one, &self.hunks[at]));
        let room_after = self
            .hunks
            .get(at + 1)
            .map_or(self.old.len() - old.end, |next| {
                words_between(&self.hunks[at], next)
            });
        let up = (1..=room_before)
            .take_while(|by| tokens[run.start - by] == tokens[run.end - by])
            .count();
        let down = (0..room_after)
            .take_while(|by| tokens[run.start + by] == tokens[run.end + by])
            .count();
        if up + down == 0 {
            return;
        }
        let fit = |start: usize| {
            let end = start + run.len();
            fitness(text, words, start) + fitness(text, words, end)
        };
        let starts = run.start - up..=run.start + down;
        let Some(best) = starts.clone().max_by_key(|start| fit(*start)) else {
            return;
        };
        let is_clear = starts.filter(|start| fit(*start) == fit(best)).count() == 1;
        if !is_clear && new.is_empty() {
            self.loose.push(old.start - up..old.end + down);
        }
        let by = |range: Range<usize>| {
            let shift = |place: usize| place + best - run.start;
            shift(range.start)..shift(range.end)
        };
        self.hunks[at] = (by(old), by(new));
    }

    /// Where a passage of the old text stands in the new one; nothing where the alignment
    /// does not say so clearly.
    #[must_use]
    pub fn map(&self, span: Span) -> Option<Span> {
        let within = self.words_in(span);
        let (kept, all) = self.kept(within.clone());
        let next = self
            .loose
            .partition_point(|loose| loose.end <= within.start);
        let is_loose = self
            .loose
            .get(next)
            .is_some_and(|loose| loose.start < within.end);
        // For a passage that is whole one side of its context may do.
        let is_whole = kept == all && within.len() > 1 && !is_loose;
        if all == 0
            || (kept as f64) < MIN_KEPT_SHARE * all as f64
            || !self.context_agrees(&within, is_whole)
        {
            return None;
        }
        let start = self.start(within.start, span.start)?;
        let end = self.end(within.end, span.end)?;
        if end <= start || end.index() - start.index() > GROWTH * span.len().max(1) + GROWTH_BESIDE
        {
            return None;
        }
        passage(self.text, Span { start, end })
    }

    /// The stretch of the new text that stands where a passage of the old one stood, whatever
    /// is there now.
    #[must_use]
    pub fn stretch(&self, span: Span) -> Span {
        let within = self.words_in(span);
        let start = match self.fate(within.start) {
            Fate::Became(new) => new,
            Fate::Replaced((_, new)) => new.start,
        };
        let end = match within.end.checked_sub(1).map(|last| self.fate(last)) {
            Some(Fate::Became(new)) => new + 1,
            Some(Fate::Replaced((_, new))) => new.end,
            None => start,
        };
        spanned(&self.new, &(start..end.max(start)))
    }

    /// Whether most words of a span of the new text came from elsewhere in the old one than
    /// from a passage there: then it is another passage, however much it is like that one.
    #[must_use]
    pub fn is_anothers(&self, new: Span, passage: Span) -> bool {
        let own = self.words_in(passage);
        let within = touched(&self.new, new);
        let others = within
            .clone()
            .filter(|at| self.origin(*at).is_some_and(|old| !own.contains(&old)))
            .count();
        others * 2 > within.len()
    }

    /// The old words in a span.
    fn words_in(&self, span: Span) -> Range<usize> {
        touched(&self.old, span)
    }

    /// What was changed, in the order of the text.
    pub fn changes(&self) -> impl Iterator<Item = Changed> {
        self.hunks.iter().map(|(old, new)| Changed {
            old: spanned(&self.old, old),
            new: spanned(&self.new, new),
        })
    }

    /// The words that stand in both texts, in order: where in the old one, where in the new.
    pub fn shared(&self) -> impl Iterator<Item = (Span, Span)> {
        let pair = |at| Some((self.old[at], *self.new.get(self.became(at)?)?));
        (0..self.old.len()).filter_map(pair)
    }

    /// What stands between two words that are next to each other in both texts: where in the
    /// old one, where in the new.
    pub fn gaps(&self) -> impl Iterator<Item = (Span, Span)> {
        let between = |words: &[Span], last: usize| {
            let (before, after) = (words.get(last)?, words.get(last + 1)?);
            Some(Span::between(before.end, after.start))
        };
        let pair = move |at: usize| {
            let (new, next) = (self.became(at)?, self.became(at + 1)?);
            (next == new + 1)
                .then(|| Some((between(&self.old, at)?, between(&self.new, new)?)))
                .flatten()
        };
        (0..self.old.len().saturating_sub(1)).filter_map(pair)
    }

    /// Bytes of the words in a range that stand in the new text, and of all words there.
    fn kept(&self, range: Range<usize>) -> (usize, usize) {
        range.fold((0, 0), |(kept, all), at| {
            let bytes = self.old[at].len();
            (kept + self.became(at).map_or(0, |_| bytes), all + bytes)
        })
    }

    /// Whether the words around a passage went with it: they stand next to it there, too.
    fn context_agrees(&self, within: &Range<usize>, one_side_may_do: bool) -> bool {
        let mut kept = within.clone().filter_map(|at| self.became(at));
        let (Some(head), Some(tail)) = (kept.clone().next(), kept.next_back()) else {
            return false;
        };
        let near = |at: usize, edge: usize, count: usize| {
            let most = STRETCH * count + STRETCH_BESIDE;
            self.became(at).is_some_and(|to| to.abs_diff(edge) <= most)
        };
        let before: Vec<bool> = (0..within.start)
            .rev()
            .take(CONTEXT_WORDS)
            .map(|at| near(at, head, within.start - at))
            .collect();
        let after: Vec<bool> = (within.end..self.old.len())
            .take(CONTEXT_WORDS)
            .map(|at| near(at, tail, at - within.end))
            .collect();
        let agrees = |side: &[bool], least: f64| {
            let agree = side.iter().filter(|agrees| **agrees).count();
            // At the edge of a text there is nothing that could disagree.
            side.is_empty() || agree as f64 >= least * side.len() as f64
        };
        let either = agrees(&before, ONE_SIDED_SHARE) || agrees(&after, ONE_SIDED_SHARE);
        let both = agrees(&before, CONTEXT_SHARE) && agrees(&after, CONTEXT_SHARE);
        both || (one_side_may_do && either)
    }

    /// Where the start of the passage went, which begins in or at an old word.
    fn start(&self, at: usize, offset: Utf8) -> Option<Utf8> {
        let word = *self.old.get(at)?;
        let (old, new) = match self.fate(at) {
            Fate::Became(new) => return Some(self.inside(word, *self.new.get(new)?, offset)),
            Fate::Replaced(hunk) => hunk,
        };
        // What took the place of its first words belongs to it, but only where it began
        // with what was replaced; else nobody can say how much of that does. Of words that
        // are more than were replaced one may belong to it; the rest stands before it.
        let first = if old.start == at && offset == word.start {
            new.start
                .max(new.end.saturating_sub(old.len() + MORE_WORDS))
        } else {
            new.end
        };
        self.new.get(first).map(|word| word.start)
    }

    /// Where the end of the passage went; `at` is the first old word after it.
    fn end(&self, at: usize, offset: Utf8) -> Option<Utf8> {
        let last = at.checked_sub(1)?;
        let word = *self.old.get(last)?;
        let (old, new) = match self.fate(last) {
            Fate::Became(new) => return Some(self.inside(word, *self.new.get(new)?, offset)),
            Fate::Replaced(hunk) => hunk,
        };
        let end = if old.end == at && offset == word.end {
            new.end.min(new.start + old.len() + MORE_WORDS)
        } else {
            new.start
        };
        Some(self.new.get(end.checked_sub(1)?)?.end)
    }

    /// A place in an old word, in the new one, which may be written otherwise.
    fn inside(&self, old: Span, new: Span, offset: Utf8) -> Utf8 {
        let into = offset.0.saturating_sub(old.start.0);
        let position = Folded::new(old.of(self.old_text)).position(Utf8(into));
        let word = new.of(self.text);
        let before = Folded::new(word).passage(word, 0, position);
        let before = before.map_or(0, |before| before.end.0);
        Utf8((new.start.0 + before).min(new.end.0))
    }

    /// What became of an old word.
    fn fate(&self, at: usize) -> Fate<'_> {
        let next = self.hunks.partition_point(|(old, _)| old.end <= at);
        if let Some(hunk) = self.hunks.get(next).filter(|(old, _)| old.contains(&at)) {
            return Fate::Replaced(hunk);
        }
        let (old, new) = self.ends_before(next);
        Fate::Became(new + (at - old))
    }

    /// The new word that an old one became, if it did.
    fn became(&self, at: usize) -> Option<usize> {
        match self.fate(at) {
            Fate::Became(new) => Some(new),
            Fate::Replaced(_) => None,
        }
    }

    /// The old word that became a new one, if one did.
    fn origin(&self, at: usize) -> Option<usize> {
        let next = self.hunks.partition_point(|(_, new)| new.end <= at);
        if self
            .hunks
            .get(next)
            .is_some_and(|(_, new)| new.contains(&at))
        {
            return None;
        }
        let (old, new) = self.ends_before(next);
        Some(old + (at - new))
    }

    /// Where the hunk before this one ends in both texts.
    fn ends_before(&self, hunk: usize) -> (usize, usize) {
        let before = hunk.checked_sub(1).map(|before| &self.hunks[before]);
        before.map_or((0, 0), |(old, new)| (old.end, new.end))
    }
}

/// What became of an old word.
enum Fate<'a> {
    /// This new word.
    Became(usize),
    /// It was taken out, with others.
    Replaced(&'a Hunk),
}

/// Whether aligning would take for ever, in a log or a table of few different words.
fn is_hopeless(input: &InternedInput<u32>, forms: usize) -> bool {
    let (old, new) = (input.before.len(), input.after.len());
    if old.saturating_mul(new) <= STEPS {
        return false;
    }
    let mut counts = vec![0_usize; forms];
    for token in &input.before {
        if let Some(count) = counts.get_mut(token.0 as usize) {
            *count += 1;
        }
    }
    let rare: usize = counts.iter().filter(|count| **count <= RARE).sum();
    rare * RARE_SHARE < old
}

/// How good a place the beginning of a word is for something to begin or end: best is that
/// of a paragraph, then that of a sentence.
fn fitness(text: &str, words: &[Span], at: usize) -> u8 {
    let Some(before) = at.checked_sub(1).map(|before| words[before]) else {
        return 2;
    };
    let end = words.get(at).map_or(text.len(), |word| word.start.index());
    let gap = &text[before.end.index()..end];
    if gap.contains('\n') || at == words.len() {
        return 2;
    }
    u8::from(
        !gap.is_empty()
            && before
                .of(text)
                .ends_with(['.', '!', '?', '…', '。', '؟', ':']),
    )
}

/// The words and signs of a text (UAX #29), without the space between them.
fn words(text: &str) -> Vec<Span> {
    text.split_word_bound_indices()
        .filter(|(_, word)| !word.chars().all(char::is_whitespace))
        .map(|(start, word)| Span::between(start, start + word.len()))
        .collect()
}

/// The words that a span touches.
fn touched(words: &[Span], span: Span) -> Range<usize> {
    let first = words.partition_point(|word| word.end <= span.start);
    let last = words.partition_point(|word| word.start < span.end);
    first..last.max(first)
}

/// A number for each word, the same for words that differ in typography only.
fn forms_of(text: &str, words: &[Span], forms: &mut HashMap<Box<[char]>, u32>) -> Vec<u32> {
    let number = |word: &Span| {
        let folded = Folded::new(word.of(text));
        let next = u32::try_from(forms.len()).unwrap_or(u32::MAX);
        *forms.entry(folded.chars().into()).or_insert(next)
    };
    words.iter().map(number).collect()
}

/// The stretch from the first of some words to the last; for none empty, where they would
/// stand.
fn spanned(words: &[Span], range: &Range<usize>) -> Span {
    if let (Some(first), Some(last)) = (words.get(range.start), range.end.checked_sub(1))
        && last >= range.start
    {
        return Span::between(first.start, words[last].end);
    }
    let end = range
        .start
        .checked_sub(1)
        .map_or(Utf8(0), |before| words[before].end);
    Span::between(end, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Where the words between the brackets of the old text are said to be in the new.
    fn carried(old: &str, new: &str) -> Option<String> {
        let start = old.find('[').unwrap();
        let end = old.find(']').unwrap() - 1;
        let old = old.replace(['[', ']'], "");
        let alignment = Alignment::new(&old, new);
        let span = alignment.map(Span::between(start, end))?;
        Some(span.of(new).to_string())
    }

    #[track_caller]
    fn assert_carried(old: &str, new: &str, expected: &str) {
        assert_eq!(
            carried(old, new).as_deref(),
            Some(expected),
            "{old} → {new}"
        );
    }

    #[test]
    fn a_passage_goes_where_its_words_went() {
        let old = "One fine day [the quick brown fox] jumped over the lazy dog.";
        for (new, expected) in [
            (
                "On that day, some say, one fine day the quick brown fox jumped over the lazy dog.",
                "the quick brown fox",
            ),
            (
                "One fine day the quick red fox jumped over the lazy dog.",
                "the quick red fox",
            ),
            (
                "One fine day the very quick brown fox jumped over the lazy dog.",
                "the very quick brown fox",
            ),
            (
                "One fine day a quick brown fox jumped over the lazy dog.",
                "a quick brown fox",
            ),
            (
                "One fine day the quick brown wolf jumped over the lazy dog.",
                "the quick brown wolf",
            ),
            (
                "One fine day the quick fox jumped over the lazy dog.",
                "the quick fox",
            ),
        ] {
            assert_carried(old, new, expected);
        }
    }

    #[test]
    fn of_several_copies_it_is_the_one_between_its_neighbours() {
        let old = "A: Yes, of course.\nB: No.\nA: [Yes, of course.]\nC: Never.\nA: Yes, of course.";
        let new =
            "A: Yes, of course.\nB: No!\nA: Yes, of course.\nC: Never again.\nA: Yes, of course.";
        let start = new.find("No!\nA: ").unwrap() + "No!\nA: ".len();
        let from = old.find('[').unwrap();
        let to = old.find(']').unwrap() - 1;
        let old = old.replace(['[', ']'], "");
        let alignment = Alignment::new(&old, new);
        assert_eq!(
            alignment.map(Span::between(from, to)),
            Some(Span::between(start, start + "Yes, of course.".len()))
        );
    }

    #[test]
    fn paragraphs_that_were_split_or_joined_keep_it() {
        let old = "The first sentence stands here. [The second one] follows.\nA paragraph ends.";
        let split = "The first sentence stands here.\nThe second\none follows.\nA paragraph ends.";
        assert_carried(old, split, "The second\none");
        let joined = "The first sentence stands here. The second one follows. A paragraph ends.";
        assert_carried(old, joined, "The second one");
    }

    #[test]
    fn typography_is_no_change() {
        let old = "He said: [\"It's a cafe\u{301} - so what?\"] Then he left the room.";
        let new = "He said: “It’s a café – so what?” Then he left the room.";
        assert_carried(old, new, "“It’s a café – so what?”");
    }

    #[test]
    fn a_part_of_a_word_stays_a_part() {
        assert_carried(
            "We call this [counter]terrorism in most places.",
            "Yet we call this counterterrorism in most places.",
            "counter",
        );
    }

    #[test]
    fn what_was_deleted_goes_nowhere() {
        for (old, new) in [
            (
                "It rained. [The fox sat in the house.] The sun shone on the hill.",
                "It rained. The sun shone on the hill.",
            ),
            (
                "It rained. [The fox sat in the house.] The sun shone on the hill.",
                "It rained. A good many people never saw the sea. The sun shone on the hill.",
            ),
            ("[All of it]", "Something else entirely"),
            ("[All of it]", ""),
        ] {
            assert_eq!(carried(old, new), None, "{old} → {new}");
        }
    }

    #[test]
    fn of_two_alike_the_one_whose_paragraph_is_gone_goes_nowhere() {
        for (old, new) in [
            (
                "By the river.\n[I don't know.] My father came here.\nI don't know. My mother did.\nThen war.",
                "By the river.\nI don't know. My mother did.\nThen war.",
            ),
            (
                "It was late.\n[Yes, I think so.] (Anna)\nYes, I think so. (Bob)\nThey left.",
                "It was late.\nYes, I think so. (Bob)\nThey left.",
            ),
            (
                "Order. [The committee rejects the motion] of the first party. The committee rejects the motion of the second party. Adjourned.",
                "Order. The committee rejects the motion of the second party. Adjourned.",
            ),
        ] {
            assert_eq!(carried(old, new), None, "{old} → {new}");
            // The other one stays.
            let words = old.split(['[', ']']).nth(1).unwrap();
            let text = old.replace(['[', ']'], "");
            let start = text.rfind(words).unwrap();
            let alignment = Alignment::new(&text, new);
            let span = Span::between(start, start + words.len());
            let found = alignment.map(span).unwrap();
            assert_eq!(found.of(new), words);
            // And what a search finds for the one that is gone is that other one.
            let start = text.find(words).unwrap();
            let gone = Span::between(start, start + words.len());
            assert!(alignment.is_anothers(found, gone));
            assert!(!alignment.is_anothers(found, span));
        }
    }

    #[test]
    fn words_that_were_put_before_it_are_not_swallowed() {
        assert_carried(
            "He said: [Sanctions were imposed on both of them] last year.",
            "He said: The president denied all of it. New sanctions were imposed on both of them last year.",
            "New sanctions were imposed on both of them",
        );
    }

    #[test]
    fn a_part_of_a_word_that_is_written_otherwise_stays_that_part() {
        let (nfd, nfc) = (
            "We met in the cafe\u{301}t[eria] today.",
            "We met in the cafét[eria] today.",
        );
        assert_carried(nfd, &nfc.replace(['[', ']'], ""), "eria");
        assert_carried(nfc, &nfd.replace(['[', ']'], ""), "eria");
        assert_carried(
            "On re\u{301}e[lect]ion day they met.",
            "On réelection day they met.",
            "lect",
        );
    }

    /// A table of numbers would take minutes; the search takes over.
    #[test]
    fn what_can_not_be_aligned_in_time_is_not() {
        let table = |seed: u32| {
            let mut state = seed;
            let mut word = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                ["one", "two", "three", "four", "five", "six", "seven"][(state >> 16) as usize % 7]
            };
            (0..60_000).map(|_| word()).collect::<Vec<_>>().join(" ")
        };
        let (old, new) = (table(1), table(2));
        let alignment = Alignment::new(&old, &new);
        assert_eq!(alignment.changes().count(), 1);
        assert_eq!(alignment.map(Span::between(0_usize, 40)), None);
    }

    #[test]
    fn changes_tell_what_stood_and_what_stands() {
        let (old, new) = ("one two three four five", "one 2 three five six");
        let alignment = Alignment::new(old, new);
        let told: Vec<_> = alignment
            .changes()
            .map(|changed| (changed.old.of(old), changed.new.of(new)))
            .collect();
        assert_eq!(told.first(), Some(&("two", "2")));
        assert_eq!(told.len(), 3);
        assert!(
            told.iter()
                .any(|(old, new)| old.trim() == "four" && new.is_empty())
        );
        assert!(
            told.iter()
                .any(|(old, new)| old.is_empty() && new.trim() == "six")
        );
    }

    proptest! {
        /// Whatever the texts are, what comes back is a passage of the new one.
        #[test]
        fn a_carried_span_is_a_passage_of_the_new_text(
            old in "([ab😀é] ?|\n|the ){0,40}",
            new in "([ab😀é] ?|\n|the ){0,40}",
            ends in (0_usize..200, 0_usize..200),
        ) {
            let floor = |at: usize| {
                let mut at = at.min(old.len());
                while !old.is_char_boundary(at) {
                    at -= 1;
                }
                at
            };
            let span = Span::between(floor(ends.0.min(ends.1)), floor(ends.0.max(ends.1)));
            let alignment = Alignment::new(&old, &new);
            let stretch = alignment.stretch(span);
            prop_assert!(stretch.start <= stretch.end && stretch.end.index() <= new.len());
            if let Some(found) = alignment.map(span) {
                prop_assert_eq!(passage(&new, found), Some(found));
                prop_assert!(stretch.overlaps(found));
            }
        }

        /// In an unchanged text everything stays where it is.
        #[test]
        fn nothing_moves_in_an_unchanged_text(
            text in "([ab😀é] ?|\n|the ){1,40}",
            ends in (0_usize..200, 0_usize..200),
        ) {
            let alignment = Alignment::new(&text, &text);
            prop_assert_eq!(alignment.changes().count(), 0);
            let floor = |at: usize| {
                let mut at = at % (text.len() + 1);
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                at
            };
            let (a, b) = (floor(ends.0), floor(ends.1));
            if let Some(span) = passage(&text, Span::between(a.min(b), a.max(b))) {
                prop_assert_eq!(alignment.map(span), Some(span));
            }
        }
    }
}
