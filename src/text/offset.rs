//! Every unit of text offset is a type of its own.

use serde::{Deserialize, Serialize};

/// Declares one unit: a number of units from the start of the text.
macro_rules! unit {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub struct $name(pub u32);

        impl $name {
            /// The offset as an index.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl From<usize> for $name {
            /// A text is below 4 GiB ([`super::TextIndex`] holds no more), so an
            /// offset into one always fits; anything else saturates.
            fn from(offset: usize) -> Self {
                Self(u32::try_from(offset).unwrap_or(u32::MAX))
            }
        }
    };
}

unit! {
    /// Bytes of UTF-8: what Rust strings are indexed by.
    Utf8
}
unit! {
    /// UTF-16 code units: what the DOM and JavaScript strings are indexed by.
    Utf16
}
unit! {
    /// Unicode code points: what Web Annotation and REFI-QDA count in.
    CodePoint
}

/// A half-open stretch of text, `start..end`, in one unit.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span<U = Utf8> {
    /// The first unit inside.
    pub start: U,
    /// The first unit after; never before `start`.
    pub end: U,
}

impl<U: Copy + Ord> Span<U> {
    /// The span between two offsets, whichever comes first.
    pub fn between(a: impl Into<U>, b: impl Into<U>) -> Self {
        let (a, b) = (a.into(), b.into());
        Self {
            start: a.min(b),
            end: a.max(b),
        }
    }

    /// Nothing inside.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether the unit that begins at `offset` is inside.
    pub fn contains(self, offset: U) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether the two share at least one unit.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// What both cover, empty when they do not meet.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        let start = self.start.max(other.start);
        Self {
            start,
            end: self.end.min(other.end).max(start),
        }
    }
}

impl Span<Utf8> {
    /// The text inside. Empty where the span does not lie on `char` boundaries of
    /// `text`, which only a span of another text can do.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start.index()..self.end.index())
            .unwrap_or_default()
    }

    /// Bytes inside.
    #[must_use]
    pub fn len(self) -> usize {
        self.end.index().saturating_sub(self.start.index())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: u32, end: u32) -> Span {
        Span::between(Utf8(start), Utf8(end))
    }

    #[test]
    fn a_span_does_not_care_which_end_comes_first() {
        assert_eq!(span(7, 3), span(3, 7));
    }

    #[test]
    fn spans_that_touch_do_not_overlap() {
        assert!(!span(0, 3).overlaps(span(3, 5)));
        assert!(span(0, 4).overlaps(span(3, 5)));
        assert!(span(0, 3).intersection(span(3, 5)).is_empty());
        assert_eq!(span(0, 4).intersection(span(3, 5)), span(3, 4));
    }

    #[test]
    fn a_span_of_another_text_reads_as_empty() {
        assert_eq!(span(0, 1).of("é"), "");
        assert_eq!(span(5, 9).of("abc"), "");
        assert_eq!(span(0, 2).of("é"), "é");
    }
}
