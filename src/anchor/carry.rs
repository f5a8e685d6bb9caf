//! Carrying passages over from one version of a text to the next.
//!
//! The two texts are aligned word by word, and a passage goes where its words went.
//! Unlike a search this needs no guess where a passage is repeated: its neighbours say
//! which one it is. What the alignment does not show, such as a paragraph that was moved,
//! is for [`Finder`](super::Finder).

use std::collections::HashMap;
use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};
use unicode_segmentation::UnicodeSegmentation;

use crate::text::{Folded, Span, Utf8, passage};

/// Of a passage's words, counted in bytes, this part must stand in the new text.
const KEPT: f64 = 0.5;

/// Words of context that are looked at on each side, and how many of them all must stand
/// where the passage goes: what was deleted leaves stray words that match by chance.
const AROUND: usize = 5;
const AGREE: f64 = 0.5;

/// A passage may grow by what was written into it to so many times its length, and so many
/// bytes beside, so that a short one may take in a word.
const GROWTH: usize = 3;
const GROWTH_BESIDE: usize = 16;

/// A word of the context may stand so many times as far from the passage as it did, and so
/// many words beside.
const STRETCH: usize = 4;
const STRETCH_BESIDE: usize = 8;

/// Two versions of a text, aligned.
#[derive(Debug)]
pub struct Carry<'a> {
    old: Vec<Word>,
    new: Vec<Word>,
    /// What was taken out and what was put in its place, as runs of words. Between two of
    /// these the words go together one by one.
    hunks: Vec<Hunk>,
    /// The new text.
    text: &'a str,
}

/// A run of old words and the run of new ones in its place.
type Hunk = (Range<usize>, Range<usize>);

/// A word, a run of white space or a sign.
#[derive(Clone, Copy, Debug)]
struct Word {
    span: Span,
    is_space: bool,
}

/// A stretch that is not as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changed {
    /// What stood in the old text; empty for an insertion.
    pub old: Span,
    /// What stands in the new one; empty for a deletion.
    pub new: Span,
}

impl<'a> Carry<'a> {
    /// Aligns two versions. Words that differ in typography only (see [`Folded`]) count
    /// as the same.
    #[must_use]
    pub fn new(old: &str, new: &'a str) -> Self {
        let (old_words, new_words) = (words(old), words(new));
        let mut forms = HashMap::new();
        let mut input: InternedInput<u32> = InternedInput::default();
        input.update_before(forms_of(old, &old_words, &mut forms).into_iter());
        input.update_after(forms_of(new, &new_words, &mut forms).into_iter());
        let mut diff = Diff::compute(Algorithm::Histogram, &input);
        diff.postprocess_no_heuristic(&input);
        let range = |range: Range<u32>| range.start as usize..range.end as usize;
        Self {
            old: old_words,
            new: new_words,
            hunks: diff
                .hunks()
                .map(|hunk| (range(hunk.before), range(hunk.after)))
                .collect(),
            text: new,
        }
    }

    /// Where a passage of the old text stands in the new one; nothing where the alignment
    /// does not say so clearly.
    #[must_use]
    pub fn span(&self, span: Span) -> Option<Span> {
        let first = self.old.partition_point(|word| word.span.end <= span.start);
        let last = self.old.partition_point(|word| word.span.start < span.end);
        let within = first..last.max(first);
        let (kept, all) = self.kept(within.clone());
        let is_whole = kept == all;
        if all == 0 || (kept as f64) < KEPT * all as f64 || !self.context_agrees(&within, is_whole)
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

    /// What was changed, in the order of the text.
    pub fn changes(&self) -> impl Iterator<Item = Changed> {
        self.hunks.iter().map(|(old, new)| Changed {
            old: spanned(&self.old, old),
            new: spanned(&self.new, new),
        })
    }

    /// Bytes of the words in a range that stand in the new text, and of all words there.
    fn kept(&self, range: Range<usize>) -> (usize, usize) {
        range
            .filter(|at| !self.old[*at].is_space)
            .fold((0, 0), |(kept, all), at| {
                let bytes = self.old[at].span.len();
                (kept + self.became(at).map_or(0, |_| bytes), all + bytes)
            })
    }

    /// Whether the words around a passage went with it: they stand next to it there, too.
    fn context_agrees(&self, within: &Range<usize>, is_whole: bool) -> bool {
        let mut kept = within.clone().filter_map(|at| self.became(at));
        let (Some(head), Some(tail)) = (kept.clone().next(), kept.next_back()) else {
            return false;
        };
        let near = |at: usize, edge: usize, count: usize| {
            let most = STRETCH * count + STRETCH_BESIDE;
            self.became(at).is_some_and(|to| to.abs_diff(edge) <= most)
        };
        let is_word = |at: &usize| !self.old[*at].is_space;
        let before: Vec<bool> = (0..within.start)
            .rev()
            .filter(is_word)
            .take(AROUND)
            .map(|at| near(at, head, within.start - at))
            .collect();
        let after: Vec<bool> = (within.end..self.old.len())
            .filter(is_word)
            .take(AROUND)
            .map(|at| near(at, tail, at - within.end))
            .collect();
        let share = |side: &[bool]| {
            let agree = side.iter().filter(|agrees| **agrees).count();
            // At the edge of a text there is nothing that could disagree.
            side.is_empty() || agree as f64 >= AGREE * side.len() as f64
        };
        // A passage that is whole needs one side; one that was edited needs both.
        if is_whole && within.len() > 1 {
            share(&before) || share(&after)
        } else {
            share(&before) && share(&after)
        }
    }

    /// Where the start of the passage went, which begins in or at an old word.
    fn start(&self, at: usize, offset: Utf8) -> Option<Utf8> {
        let word = self.old.get(at)?;
        let (old, new) = match self.fate(at) {
            Fate::Became(new) => return Some(self.inside(word, self.new.get(new)?, offset)),
            Fate::Replaced(hunk) => hunk,
        };
        // What took the place of its first words belongs to it, but only where it began
        // with what was replaced; else nobody can say how much of that does.
        if old.start == at && offset == word.span.start {
            return self.new.get(new.start).map(|word| word.span.start);
        }
        self.new.get(new.end).map(|word| word.span.start)
    }

    /// Where the end of the passage went; `at` is the first old word after it.
    fn end(&self, at: usize, offset: Utf8) -> Option<Utf8> {
        let last = at.checked_sub(1)?;
        let word = self.old.get(last)?;
        let (old, new) = match self.fate(last) {
            Fate::Became(new) => return Some(self.inside(word, self.new.get(new)?, offset)),
            Fate::Replaced(hunk) => hunk,
        };
        let end = if old.end == at && offset == word.span.end {
            new.end
        } else {
            new.start
        };
        Some(self.new.get(end.checked_sub(1)?)?.span.end)
    }

    /// A place in an old word, in the new one.
    fn inside(&self, old: &Word, new: &Word, offset: Utf8) -> Utf8 {
        if offset >= old.span.end {
            return new.span.end;
        }
        let into = offset.0.saturating_sub(old.span.start.0);
        let mut at = new.span.start.index() + into as usize;
        at = at.min(new.span.end.index());
        // The two may differ in typography, so this may be no boundary.
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        Utf8::from(at)
    }

    /// What became of an old word.
    fn fate(&self, at: usize) -> Fate<'_> {
        let next = self.hunks.partition_point(|(old, _)| old.end <= at);
        if let Some(hunk) = self.hunks.get(next).filter(|(old, _)| old.contains(&at)) {
            return Fate::Replaced(hunk);
        }
        let (old, new) = next.checked_sub(1).map_or((0, 0), |last| {
            (self.hunks[last].0.end, self.hunks[last].1.end)
        });
        Fate::Became(new + (at - old))
    }

    /// The new word that an old one became, if it did.
    fn became(&self, at: usize) -> Option<usize> {
        match self.fate(at) {
            Fate::Became(new) => Some(new),
            Fate::Replaced(_) => None,
        }
    }
}

/// What became of an old word.
enum Fate<'a> {
    /// This new word.
    Became(usize),
    /// It was taken out, with others.
    Replaced(&'a Hunk),
}

/// The words of a text (UAX #29), with the spaces and signs between them.
fn words(text: &str) -> Vec<Word> {
    text.split_word_bound_indices()
        .map(|(start, word)| Word {
            span: Span::between(start, start + word.len()),
            is_space: word.chars().all(char::is_whitespace),
        })
        .collect()
}

/// A number for each word, the same for words that differ in typography only.
fn forms_of(text: &str, words: &[Word], forms: &mut HashMap<Box<[char]>, u32>) -> Vec<u32> {
    let number = |word: &Word| {
        let folded = Folded::new(word.span.of(text));
        let next = u32::try_from(forms.len()).unwrap_or(u32::MAX);
        *forms.entry(folded.chars().into()).or_insert(next)
    };
    words.iter().map(number).collect()
}

/// The stretch from the first of some words to the last; empty, where they would stand,
/// for none.
fn spanned(words: &[Word], range: &Range<usize>) -> Span {
    let end_of = |at: Option<usize>| at.map_or(Utf8(0), |at| words[at].span.end);
    Span {
        start: end_of(range.start.checked_sub(1)),
        end: end_of(range.end.checked_sub(1)),
    }
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
        let carry = Carry::new(&old, new);
        let span = carry.span(Span::between(start, end))?;
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
        let carry = Carry::new(&old.replace(['[', ']'], ""), new);
        assert_eq!(
            carry.span(Span::between(from, to)),
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
    fn changes_tell_what_stood_and_what_stands() {
        let (old, new) = ("one two three four five", "one 2 three five six");
        let carry = Carry::new(old, new);
        let told: Vec<_> = carry
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
            if let Some(found) = Carry::new(&old, &new).span(span) {
                prop_assert_eq!(passage(&new, found), Some(found));
            }
        }

        /// In an unchanged text everything stays where it is.
        #[test]
        fn nothing_moves_in_an_unchanged_text(
            text in "([ab😀é] ?|\n|the ){1,40}",
            ends in (0_usize..200, 0_usize..200),
        ) {
            let carry = Carry::new(&text, &text);
            prop_assert_eq!(carry.changes().count(), 0);
            let floor = |at: usize| {
                let mut at = at % (text.len() + 1);
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                at
            };
            let (a, b) = (floor(ends.0), floor(ends.1));
            if let Some(span) = passage(&text, Span::between(a.min(b), a.max(b))) {
                prop_assert_eq!(carry.span(span), Some(span));
            }
        }
    }
}
