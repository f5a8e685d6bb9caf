//! What is measured on: texts and marks from a seed, as either page wants them.

use std::fs;
use std::sync::Arc;

use anchor_bench::chance::Chance;
use anchor_bench::texts::{Kind, Vocabulary, text};
use browser_tests::{generated, settings};
use themark::codebook::Codebook;
use themark::document::{Document, article};
use themark::text::Span;

/// The share of marks that begin inside another one.
const OVERLAPPING: f64 = 0.15;

/// The shortest and the longest mark, in words.
const WORDS: (usize, usize) = (3, 60);

/// The word that the first mark begins at: near enough to the top to be seen at once.
const FIRST: usize = 12;

/// How long a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    /// The bundled article, 7 kB.
    Article,
    /// A generated one, of so many bytes.
    Bytes(usize),
}

/// A marked passage, in bytes of the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Passage {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) theme: usize,
}

/// A text with marks.
pub(crate) struct Material {
    /// The article's file, where it is not the bundled one.
    pub(crate) source: Option<String>,
    document: Arc<Document>,
    passages: Vec<Passage>,
}

impl Material {
    /// The text of a size with a number of marks.
    pub(crate) fn new(size: Size, marks: usize) -> Self {
        let (file, source) = match size {
            Size::Article => {
                let path = settings::dist().join("articles/kazakhstan.article");
                (fs::read_to_string(path).expect("the bundled article"), None)
            }
            Size::Bytes(bytes) => {
                let words = text(Kind::Prose, bytes, 1, &Vocabulary::new());
                let file = generated::source(&format!("A generated text\n{words}"));
                (file.clone(), Some(file))
            }
        };
        let document = Arc::new(article::read(&file).expect("an article"));
        let passages = passages(document.text.text(), marks);
        Self {
            source,
            document,
            passages,
        }
    }

    /// The text, its blocks joined by a line feed.
    pub(crate) fn text(&self) -> &str {
        self.document.text.text()
    }

    /// The marks as the floor reads them: `[start, end, theme]` in UTF-16 code units.
    pub(crate) fn floor_marks(&self) -> String {
        let index = &self.document.text;
        let marks = self.passages.iter().map(|passage| {
            let span = Span::between(passage.start, passage.end);
            let (start, end) = (index.to_utf16(span.start).0, index.to_utf16(span.end).0);
            format!("[{start},{end},{}]", passage.theme)
        });
        format!("[{}]", marks.collect::<Vec<_>>().join(","))
    }

    /// The marks as a file that the product imports.
    pub(crate) fn annotations(&self) -> String {
        let themes: Vec<_> = Codebook::first().themes().map(|theme| theme.id).collect();
        let passages = self.passages.iter().map(|passage| {
            let span = Span::between(passage.start, passage.end);
            (span, vec![themes[passage.theme]])
        });
        generated::annotations(&self.document, passages)
    }
}

/// Marks all over a text. It is divided evenly among them, and each stands somewhere in
/// its part, but for those that begin inside the one before. Where a part has fewer than
/// sixty words, the marks are as much shorter: else most of them would overlap.
pub(crate) fn passages(text: &str, count: usize) -> Vec<Passage> {
    let words = words(text);
    let mut chance = Chance::new(count as u64);
    let part = (words.len() - FIRST) as f64 / count as f64;
    let longest = (part as usize).saturating_sub(1).clamp(WORDS.0, WORDS.1);
    let mut before = FIRST..FIRST + 1;
    let mut passages = Vec::with_capacity(count);
    for number in 0..count {
        let length = chance.between(WORDS.0, longest);
        let room = (part as usize).saturating_sub(length);
        let from = FIRST + (number as f64 * part) as usize;
        let start = match number {
            0 => FIRST,
            _ if chance.happens(OVERLAPPING) => chance.between(before.start, before.end - 1),
            _ => from + chance.between(0, room),
        };
        let end = (start + length).min(words.len());
        before = start..end;
        passages.push(Passage {
            start: words[start].0,
            end: words[end - 1].1,
            theme: chance.below(3),
        });
    }
    passages
}

/// Where each word begins and ends.
fn words(text: &str) -> Vec<(usize, usize)> {
    let words = text.split_whitespace();
    words
        .map(|word| {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            (start, start + word.len())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_as_many_as_asked_for_and_some_overlap() {
        for (bytes, count) in [(7_000, 100), (700_000, 1_000), (3_300_000, 100_000)] {
            let text = text(Kind::Prose, bytes, 1, &Vocabulary::new());
            let mut passages = passages(&text, count);
            assert_eq!(passages.len(), count);
            passages.sort_by_key(|passage| passage.start);
            let overlapping = passages
                .windows(2)
                .filter(|pair| pair[1].start < pair[0].end)
                .count();
            let share = overlapping as f64 / count as f64;
            assert!((0.1..0.2).contains(&share), "{share} of {count}");
            for passage in &passages {
                let words = text[passage.start..passage.end].split_whitespace().count();
                assert!((WORDS.0..=WORDS.1).contains(&words), "{words} words");
            }
        }
    }
}
