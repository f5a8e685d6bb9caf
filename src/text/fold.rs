//! A text as it is compared: what publishers change without changing the words is
//! made alike, and every place in it knows where it came from.

use unicode_normalization::char::{
    canonical_combining_class, decompose_canonical, decompose_compatible, is_combining_mark,
};

use super::{Span, Utf8, passage};

/// A text folded for matching, as code points.
///
/// Alike become: white space of any kind and length; straight and typographic
/// quotation marks; hyphens and dashes of any length; composed and decomposed letters,
/// ligatures and other compatibility forms (NFKD, UAX #15). Soft hyphens, joiners and
/// direction marks are left out. Letters keep their case.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    chars: Vec<char>,
    /// For each code point the byte in the text of the character it came from.
    origins: Vec<u32>,
}

impl Folded {
    /// Folds a text of less than 4 GiB.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut folded = Self {
            chars: Vec::with_capacity(text.len()),
            origins: Vec::with_capacity(text.len()),
        };
        for (at, c) in text.char_indices() {
            folded.take(c, Utf8::from(at).0);
        }
        folded
    }

    /// The code points.
    #[must_use]
    pub fn chars(&self) -> &[char] {
        &self.chars
    }

    /// How many code points come from before a byte of the text.
    #[must_use]
    pub fn position(&self, at: Utf8) -> usize {
        self.origins.partition_point(|origin| *origin < at.0)
    }

    /// The passage of `text`, which must be the text that was folded, that code points
    /// `start..end` stand for. Nothing where that is nothing but space.
    #[must_use]
    pub fn passage(&self, text: &str, start: usize, end: usize) -> Option<Span> {
        let last = end.checked_sub(1).filter(|last| *last >= start)?;
        let from = *self.origins.get(start)?;
        let until = *self.origins.get(last)? as usize;
        let width = text.get(until..)?.chars().next().map_or(0, char::len_utf8);
        passage(text, Span::between(Utf8(from), until + width))
    }

    fn take(&mut self, c: char, at: u32) {
        if c.is_ascii_alphanumeric() {
            self.push(c, at);
        } else {
            // First what is the same character by another number, so that the table
            // below meets each in one form.
            decompose_canonical(c, |c| self.fold(c, at));
        }
    }

    fn fold(&mut self, c: char, at: u32) {
        match c {
            c if c.is_whitespace() => self.push_once(' ', at),
            '`'
            | '\u{b4}'
            | '\u{2018}'..='\u{201b}'
            | '\u{2032}'
            | '\u{2035}'
            | '\u{2b9}'
            | '\u{2bc}' => {
                self.push('\'', at);
            }
            '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{2036}' | '\u{ab}' | '\u{bb}' => {
                self.push('"', at);
            }
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' => self.push_once('-', at),
            // Soft hyphen, zero-width space and joiners, direction marks and
            // isolates, word joiner, byte-order mark.
            '\u{ad}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}' => {}
            c if c.is_ascii() => self.push(c, at),
            c => decompose_compatible(c, |part| {
                if is_combining_mark(part) {
                    self.push_mark(part, at);
                } else {
                    self.push(part, at);
                }
            }),
        }
    }

    fn push(&mut self, c: char, at: u32) {
        self.chars.push(c);
        self.origins.push(at);
    }

    /// A run of these is as good as one.
    fn push_once(&mut self, c: char, at: u32) {
        if self.chars.last() != Some(&c) {
            self.push(c, at);
        }
    }

    /// Marks on one letter stand in canonical order, whatever order they came in.
    fn push_mark(&mut self, mark: char, at: u32) {
        let class = canonical_combining_class(mark);
        let mut place = self.chars.len();
        while class > 0
            && let Some(before) = place.checked_sub(1)
            && canonical_combining_class(self.chars[before]) > class
        {
            place = before;
        }
        self.chars.insert(place, mark);
        // The places stay in order: the marks of one letter are one cluster anyway.
        self.origins.push(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    fn folded(text: &str) -> String {
        Folded::new(text).chars().iter().collect()
    }

    #[test]
    fn what_two_publishers_write_differently_is_alike() {
        for (one, other) in [
            ("a  b\u{a0}\r\n\tc", "a b c"),
            (
                "\u{201c}Don\u{2019}t,\u{201d} he said",
                "\"Don't,\" he said",
            ),
            ("1990\u{2013}91 \u{2014} and -- so", "1990-91 - and - so"),
            ("co\u{ad}op\u{200b}er\u{200d}ate", "cooperate"),
            ("o\u{fb03}ce", "office"),
            ("Caf\u{e9}", "Cafe\u{301}"),
            ("\u{1ead}", "a\u{302}\u{323}"),
            ("and so on\u{2026}", "and so on..."),
            ("\u{1ffd}\u{1fef}\u{b4}", "'''"),
            ("\u{feff}\u{200e}\u{5e9}\u{5dc}\u{200f}", "\u{5e9}\u{5dc}"),
        ] {
            assert_eq!(folded(one), folded(other), "{one:?} {other:?}");
        }
        assert_ne!(folded("Energy"), folded("energy"));
        assert_ne!(folded("cafe"), folded("caf\u{e9}"));
    }

    #[test]
    fn a_place_leads_back_to_whole_characters() {
        let text = "an \u{201c}o\u{fb03}\u{ad}ce\u{201d}  caf\u{e9} here";
        let fold = Folded::new(text);
        let place = |words: &str| {
            let all = folded(text);
            let start = all[..all.find(words).unwrap()].chars().count();
            let span = fold.passage(text, start, start + words.chars().count());
            span.map_or("", |span| span.of(text))
        };
        assert_eq!(place("office"), "o\u{fb03}\u{ad}ce");
        assert_eq!(place("fice\" "), "\u{fb03}\u{ad}ce\u{201d}");
        assert_eq!(place("cafe"), "caf\u{e9}");
        assert_eq!(place("e\u{301} here"), "\u{e9} here");
        assert_eq!(fold.passage(text, 3, 3), None);
        assert_eq!(fold.passage(text, 2, 3), None);
        assert_eq!(fold.passage(text, 900, 901), None);
    }

    proptest! {
        #[test]
        fn all_normal_forms_fold_alike(text in "\\PC{0,40}") {
            let expected = folded(&text);
            prop_assert_eq!(folded(&text.nfc().collect::<String>()), expected.clone());
            prop_assert_eq!(folded(&text.nfd().collect::<String>()), expected);
        }

        #[test]
        fn every_place_leads_back_into_the_text(text in ".{0,40}", a in 0_usize..60, b in 0_usize..60) {
            let fold = Folded::new(&text);
            prop_assert!(fold.origins.is_sorted());
            prop_assert_eq!(fold.origins.len(), fold.chars.len());
            if let Some(span) = fold.passage(&text, a, b) {
                prop_assert!(!span.of(&text).is_empty());
            }
        }
    }
}
