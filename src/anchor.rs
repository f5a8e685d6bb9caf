//! Describing a passage so that it can be found again, and finding it.
//!
//! A passage is described by its own words, the words around it and its position.
//! Resolving says how sure it is; it never takes the best of several guesses.

mod align;
mod alignment;
mod finder;
mod grams;
mod shifts;
mod verify;

pub use alignment::{Alignment, Changed};
pub use finder::Finder;
pub use verify::verify_position;

use serde::{Deserialize, Serialize};

use crate::text::{CodePoint, Digest, Span, TextIndex, Utf8, clip_after, clip_before};

/// Code points of context kept on each side of a quote, as Hypothesis and Apache
/// Annotator do, so that files stay comparable.
pub const CONTEXT: u32 = 32;

/// The words of a passage and the words around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quote {
    /// All of them as they follow on each other: of many quotes three texts each would be
    /// much overhead for few words.
    words: Box<str>,
    /// Where the passage starts in them, in bytes.
    start: usize,
    /// Where it ends in them, in bytes.
    end: usize,
}

impl Quote {
    /// A passage between what stands right before it and what right after it.
    #[must_use]
    pub fn new(prefix: &str, exact: &str, suffix: &str) -> Self {
        Self {
            words: [prefix, exact, suffix].concat().into(),
            start: prefix.len(),
            end: prefix.len() + exact.len(),
        }
    }

    /// The passage itself, exactly.
    #[must_use]
    pub fn exact(&self) -> &str {
        &self.words[self.start..self.end]
    }

    /// What stands right before it.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.words[..self.start]
    }

    /// What stands right after it.
    #[must_use]
    pub fn suffix(&self) -> &str {
        &self.words[self.end..]
    }
}

/// All that is known of where a passage stands. At least one of the two is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selectors {
    /// Its words.
    pub quote: Option<Quote>,
    /// Its place, in the text whose digest is `digest`.
    pub position: Option<Span<CodePoint>>,
    /// The text it was made on, where that is known.
    pub digest: Option<Digest>,
}

#[cfg(target_arch = "wasm32")]
const _: () = assert!(size_of::<Selectors>() <= 32);

/// Where a described passage stands, and how sure that is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Resolution {
    /// At the described position, word for word.
    Exact(Span),
    /// At one other place, which nothing speaks against.
    Moved(Candidate),
    /// It may be any of these, likeliest first; a person must say.
    Uncertain(Vec<Candidate>),
    /// Nowhere.
    Lost,
}

/// A place that may be the one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The place.
    pub span: Span,
    /// Of what was described, how much stands there in order, in percent of its code
    /// points; the quote's count twice, those of its context once.
    pub score: u8,
}

impl Resolution {
    /// The place, where it is sure.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::Exact(span) | Self::Moved(Candidate { span, .. }) => Some(*span),
            Self::Uncertain(_) | Self::Lost => None,
        }
    }
}

/// Describes a passage of a text.
#[must_use]
pub fn describe(index: &TextIndex, digest: &Digest, span: Span) -> Selectors {
    let text = index.text();
    let points = index.span_to_code_points(span);
    let before = CodePoint(points.start.0.saturating_sub(CONTEXT));
    let after = CodePoint(points.end.0.saturating_add(CONTEXT));
    // Context must not split a grapheme (Web Annotation Data Model 4.2.4), so it is
    // clipped inward where its far end would.
    let prefix = Span {
        start: clip_after(text, index.from_code_point(before).unwrap_or(Utf8(0))),
        end: span.start,
    };
    let suffix = Span {
        start: span.end,
        end: clip_before(text, index.from_code_point(after).unwrap_or(index.end())),
    };
    Selectors {
        quote: Some(Quote::new(prefix.of(text), span.of(text), suffix.of(text))),
        position: Some(points),
        digest: Some(digest.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_passage_is_described_by_its_words_its_context_and_its_place() {
        let text = "😀 The quick brown fox jumps over the lazy dog, again and again.";
        let index = TextIndex::new(text);
        let start = text.find("fox").unwrap();
        let selectors = describe(&index, &Digest::of(text), Span::between(start, start + 3));
        let quote = selectors.quote.unwrap();
        assert_eq!(quote.exact(), "fox");
        assert_eq!(quote.prefix(), "😀 The quick brown ");
        assert_eq!(quote.suffix(), " jumps over the lazy dog, again ");
        assert_eq!(
            selectors.position,
            Some(Span::between(CodePoint(18), CodePoint(21)))
        );
    }

    proptest! {
        #[test]
        fn a_quote_gives_back_its_parts(prefix: String, exact: String, suffix: String) {
            let quote = Quote::new(&prefix, &exact, &suffix);
            prop_assert_eq!(quote.prefix(), prefix);
            prop_assert_eq!(quote.exact(), exact);
            prop_assert_eq!(quote.suffix(), suffix);
        }
    }

    #[test]
    fn quotes_of_the_same_words_parted_elsewhere_differ() {
        assert_ne!(Quote::new("a", "b", ""), Quote::new("", "a", "b"));
    }

    #[test]
    fn context_never_splits_a_grapheme() {
        let family = "👨\u{200d}👩\u{200d}👧";
        let text = format!("{}{family}here{family}", "x".repeat(10))
            .replace("here", &format!("{}HERE{}", "y".repeat(30), "z".repeat(30)));
        let index = TextIndex::new(text.as_str());
        let start = text.find("HERE").unwrap();
        let quote = describe(&index, &Digest::of(&text), Span::between(start, start + 4))
            .quote
            .unwrap();
        assert_eq!(quote.prefix(), "y".repeat(30));
        assert_eq!(quote.suffix(), "z".repeat(30));
    }
}
