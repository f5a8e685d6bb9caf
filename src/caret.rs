//! Where keys take the caret, beyond what engines do themselves: by word, paragraph and heading,
//! and which sentence or paragraph comes next. Words and sentences are for the engine to tell,
//! which knows every language: functions ask for those of a block.

use crate::document::{BlockKind, Document};
use crate::keys::{End, Way};
use crate::text::{Span, Utf8, passage};

/// What stands in a block, in order: its words, or its sentences.
pub type Within<'a> = &'a dyn Fn(usize) -> Vec<Span>;

/// The next start of a word, or the next end, on the way; nothing behind the last.
#[must_use]
pub fn word(document: &Document, at: Utf8, edge: End, way: Way, words: Within<'_>) -> Option<Utf8> {
    let here = document.block_at(at)?;
    let edges = |block: usize| {
        let edge_of = |word: Span| match edge {
            End::Start => word.start,
            End::End => word.end,
        };
        words(block).into_iter().map(edge_of)
    };
    match way {
        Way::On => {
            (here..document.blocks.len()).find_map(|block| edges(block).find(|edge| *edge > at))
        }
        Way::Back => (0..=here)
            .rev()
            .find_map(|block| edges(block).rev().find(|edge| *edge < at)),
    }
}

/// The start of the next paragraph; backwards that of this one, or at its start of the one
/// before. Beyond the last it is the end of the text.
#[must_use]
pub fn paragraph(document: &Document, at: Utf8, way: Way) -> Utf8 {
    let mut starts = document.blocks.iter().map(|block| block.span.start);
    match way {
        Way::On => starts
            .find(|start| *start > at)
            .unwrap_or(document.text.end()),
        Way::Back => starts.rfind(|start| *start < at).unwrap_or_default(),
    }
}

/// The start of the next heading, or of the one before; nothing where there is none.
#[must_use]
pub fn heading(document: &Document, at: Utf8, way: Way) -> Option<Utf8> {
    let is_heading = |kind| matches!(kind, BlockKind::Title | BlockKind::Heading(_));
    let headings = document
        .blocks
        .iter()
        .filter(|block| is_heading(block.kind));
    let mut starts = headings.map(|block| block.span.start);
    match way {
        Way::On => starts.find(|start| *start > at),
        Way::Back => starts.rfind(|start| *start < at),
    }
}

/// The sentence that follows what is selected, or stands before it. Where nothing is, `from` is
/// empty, and the sentence that the caret is in counts as the next and as the one before.
#[must_use]
pub fn sentence(document: &Document, from: Span, way: Way, sentences: Within<'_>) -> Option<Span> {
    let here = document.block_at(from.start)?;
    let last = document.block_at(from.end)?;
    match way {
        Way::On => (last..document.blocks.len()).find_map(|block| {
            sentences(block)
                .into_iter()
                .find(|span| is_after(*span, from))
        }),
        Way::Back => (0..=here).rev().find_map(|block| {
            sentences(block)
                .into_iter()
                .rfind(|span| is_before(*span, from))
        }),
    }
}

/// The paragraph that follows what is selected, or stands before it, without the white space
/// around it; as with [`sentence`].
#[must_use]
pub fn whole_paragraph(document: &Document, from: Span, way: Way) -> Option<Span> {
    let text = document.text.text();
    let mut paragraphs = document
        .blocks
        .iter()
        .filter_map(|block| passage(text, block.span));
    match way {
        Way::On => paragraphs.find(|span| is_after(*span, from)),
        Way::Back => paragraphs.rfind(|span| is_before(*span, from)),
    }
}

fn is_after(span: Span, from: Span) -> bool {
    if from.is_empty() {
        span.end > from.end
    } else {
        span.start >= from.end
    }
}

fn is_before(span: Span, from: Span) -> bool {
    if from.is_empty() {
        span.start < from.start
    } else {
        span.end <= from.start
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Version;
    use crate::text::sentences;
    use unicode_segmentation::UnicodeSegmentation;

    fn document() -> Document {
        let version = Version::new([
            (BlockKind::Title, "On foxes"),
            (
                BlockKind::Paragraph,
                "The quick fox. It jumps, the U.S. fox.",
            ),
            (BlockKind::Heading(2), "Why?"),
            (BlockKind::Paragraph, " \n"),
            (BlockKind::Paragraph, "Nobody knows. So it goes."),
        ]);
        crate::testing::saying(&version)
    }

    fn words_of(document: &Document, block: usize) -> Vec<Span> {
        let span = document.blocks[block].span;
        let words = span.of(document.text.text()).unicode_word_indices();
        let start = span.start.index();
        words
            .map(|(at, word)| Span::between(start + at, start + at + word.len()))
            .collect()
    }

    fn sentences_of(document: &Document, block: usize) -> Vec<Span> {
        let span = document.blocks[block].span;
        let words = span.of(document.text.text());
        let starts = words
            .split_sentence_bound_indices()
            .map(|(at, _)| at)
            .skip(1);
        let shift = |at: Utf8| Utf8(span.start.0 + at.0);
        sentences(words, starts)
            .into_iter()
            .map(|own| Span::between(shift(own.start), shift(own.end)))
            .collect()
    }

    fn offset(document: &Document, words: &str) -> Utf8 {
        document.text.text().find(words).unwrap().into()
    }

    /// The text with `^` where the caret went at each step.
    fn steps(from: &str, step: impl Fn(&Document, Utf8) -> Option<Utf8>) -> Vec<String> {
        let document = document();
        let mut at = offset(&document, from);
        let mut seen = Vec::new();
        while let Some(next) = step(&document, at).filter(|next| *next != at) {
            at = next;
            let rest = &document.text.text()[at.index()..];
            seen.push(rest.split('\n').next().unwrap().chars().take(9).collect());
        }
        seen
    }

    #[test]
    fn a_caret_goes_from_word_to_word_over_full_stops_and_paragraphs() {
        let on = |document: &Document, at| {
            word(document, at, End::Start, Way::On, &|block| {
                words_of(document, block)
            })
        };
        let seen = steps("fox. It", on);
        assert_eq!(
            seen[..4],
            ["It jumps,", "jumps, th", "the U.S. ", "U.S. fox."]
        );
        assert_eq!(seen[5], "Why?");
        let back = |document: &Document, at| {
            word(document, at, End::Start, Way::Back, &|block| {
                words_of(document, block)
            })
        };
        assert_eq!(
            steps("It jumps", back),
            ["fox. It j", "quick fox", "The quick", "foxes", "On foxes"]
        );
    }

    #[test]
    fn up_by_a_paragraph_is_the_reverse_of_down() {
        let down = |document: &Document, at| Some(paragraph(document, at, Way::On));
        let up = |document: &Document, at| Some(paragraph(document, at, Way::Back));
        let seen = steps("On foxes", down);
        assert_eq!(seen, ["The quick", "Why?", " ", "Nobody kn", ""]);
        assert_eq!(
            steps("So it", up),
            ["Nobody kn", " ", "Why?", "The quick", "On foxes"]
        );
    }

    #[test]
    fn headings_are_gone_to_and_back() {
        let on = |document: &Document, at| heading(document, at, Way::On);
        assert_eq!(steps("On foxes", on), ["Why?"]);
        let back = |document: &Document, at| heading(document, at, Way::Back);
        assert_eq!(steps("Nobody", back), ["Why?", "On foxes"]);
    }

    #[test]
    fn sentences_follow_each_other_and_the_caret() {
        let document = document();
        let text = document.text.text();
        let next = |from: Span, way| {
            sentence(&document, from, way, &|block| {
                sentences_of(&document, block)
            })
        };
        let caret = |words: &str| Span::between(offset(&document, words), offset(&document, words));
        let first = next(caret("Why?"), Way::On).unwrap();
        assert_eq!(first.of(text), "Why?");
        let second = next(first, Way::On).unwrap();
        assert_eq!(second.of(text), "Nobody knows.");
        // What is left once that is marked: the caret at its end.
        let behind = Span::between(second.end, second.end);
        let third = next(behind, Way::On).unwrap();
        assert_eq!(third.of(text), "So it goes.");
        assert_eq!(next(third, Way::On), None);
        assert_eq!(next(third, Way::Back), Some(second));
        assert_eq!(
            next(caret("jumps"), Way::On).unwrap().of(text),
            "It jumps, the U.S. fox."
        );
        assert_eq!(
            next(caret("jumps"), Way::Back).unwrap().of(text),
            "It jumps, the U.S. fox."
        );
        assert_eq!(
            next(caret("It jumps"), Way::Back).unwrap().of(text),
            "The quick fox."
        );
    }

    #[test]
    fn empty_paragraphs_are_passed_over() {
        let document = document();
        let why = whole_paragraph(&document, Span::default(), Way::On);
        let text = document.text.text();
        let mut seen = vec![why.unwrap().of(text)];
        let mut from = why.unwrap();
        while let Some(next) = whole_paragraph(&document, from, Way::On) {
            seen.push(next.of(text));
            from = next;
        }
        assert_eq!(seen.len(), 4);
        assert_eq!(
            whole_paragraph(&document, from, Way::Back)
                .unwrap()
                .of(text),
            "Why?"
        );
    }
}
