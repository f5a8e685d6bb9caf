//! Conversion between the units of offset.

use std::sync::Arc;

use super::{CodePoint, Span, Utf8, Utf16};

/// Bytes between two checkpoints. A conversion looks up one checkpoint and then
/// walks at most this many bytes; the table costs 12 bytes for each of them, 9 %
/// of the text.
const STRIDE_BYTES: usize = 128;

/// One place in the text, in all three units.
#[derive(Clone, Copy, Debug, Default)]
struct Checkpoint {
    utf8: Utf8,
    utf16: Utf16,
    code_point: CodePoint,
}

impl Checkpoint {
    fn after(self, character: char) -> Self {
        Self {
            utf8: Utf8(self.utf8.0 + character.len_utf8() as u32),
            utf16: Utf16(self.utf16.0 + character.len_utf16() as u32),
            code_point: CodePoint(self.code_point.0 + 1),
        }
    }

    fn after_ascii(self, bytes: u32) -> Self {
        Self {
            utf8: Utf8(self.utf8.0 + bytes),
            utf16: Utf16(self.utf16.0 + bytes),
            code_point: CodePoint(self.code_point.0 + bytes),
        }
    }
}

/// Which way to go from an offset that lies inside a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bias {
    /// To the start of the character.
    Left,
    /// To its end.
    Right,
}

/// A text and the means to convert offsets into it.
///
/// Holds texts below 4 GiB; importers refuse larger files long before. A copy shares the
/// text.
#[derive(Clone, Debug)]
pub struct TextIndex {
    text: Arc<str>,
    /// The first `char` boundary at or after each multiple of [`STRIDE_BYTES`].
    checkpoints: Arc<[Checkpoint]>,
    end: Checkpoint,
}

impl TextIndex {
    /// Indexes a text in one pass.
    #[must_use]
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let mut checkpoints = Vec::with_capacity(text.len() / STRIDE_BYTES + 1);
        let mut here = Checkpoint::default();
        let mut rest = &*text;
        while !rest.is_empty() {
            checkpoints.push(here);
            let stride = checkpoints.len() * STRIDE_BYTES - here.utf8.index();
            // Most texts are ASCII nearly everywhere, where the units are the same.
            match rest.get(..stride).filter(|plain| plain.is_ascii()) {
                Some(plain) => {
                    here = here.after_ascii(plain.len() as u32);
                    rest = &rest[plain.len()..];
                }
                None => {
                    let mut next = rest.chars();
                    while here.utf8.index() < checkpoints.len() * STRIDE_BYTES
                        && let Some(character) = next.next()
                    {
                        here = here.after(character);
                    }
                    rest = next.as_str();
                }
            }
        }
        if checkpoints.is_empty() {
            checkpoints.push(here);
        }
        Self {
            text,
            checkpoints: checkpoints.into(),
            end: here,
        }
    }

    /// The text itself.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text itself, without a copy of its own.
    #[must_use]
    pub fn shared(&self) -> Arc<str> {
        self.text.clone()
    }

    /// The text's end, which is also its length, in bytes.
    #[must_use]
    pub fn end(&self) -> Utf8 {
        self.end.utf8
    }

    /// From bytes to UTF-16 units. An offset inside a character counts as its
    /// start, one past the end as the end.
    #[must_use]
    pub fn to_utf16(&self, offset: Utf8) -> Utf16 {
        self.at(offset).utf16
    }

    /// From bytes to code points, with the same rule.
    #[must_use]
    pub fn to_code_point(&self, offset: Utf8) -> CodePoint {
        self.at(offset).code_point
    }

    /// From UTF-16 units to bytes; nothing past the end or inside a surrogate pair.
    #[must_use]
    pub fn from_utf16(&self, offset: Utf16) -> Option<Utf8> {
        let (before, after) = self.around(|checkpoint| checkpoint.utf16 <= offset);
        (before.utf16 == offset && after.utf16 >= offset).then_some(before.utf8)
    }

    /// From UTF-16 units to the nearest character boundary on one side; past the
    /// end is the end.
    #[must_use]
    pub fn nearest_utf16(&self, offset: Utf16, bias: Bias) -> Utf8 {
        let (before, after) = self.around(|checkpoint| checkpoint.utf16 <= offset);
        match bias {
            Bias::Right if before.utf16 < offset => after.utf8,
            _ => before.utf8,
        }
    }

    /// From code points to bytes; nothing past the end.
    #[must_use]
    pub fn from_code_point(&self, offset: CodePoint) -> Option<Utf8> {
        let (before, _) = self.around(|checkpoint| checkpoint.code_point <= offset);
        (before.code_point == offset).then_some(before.utf8)
    }

    /// A span in code points.
    #[must_use]
    pub fn span_to_code_points(&self, span: Span) -> Span<CodePoint> {
        Span {
            start: self.to_code_point(span.start),
            end: self.to_code_point(span.end),
        }
    }

    /// A span of code points in bytes; nothing when an end lies past the text.
    #[must_use]
    pub fn span_from_code_points(&self, span: Span<CodePoint>) -> Option<Span> {
        Some(Span {
            start: self.from_code_point(span.start)?,
            end: self.from_code_point(span.end)?,
        })
    }

    /// A span of UTF-16 units in bytes; nothing when an end is not a boundary.
    #[must_use]
    pub fn span_from_utf16(&self, span: Span<Utf16>) -> Option<Span> {
        Some(Span {
            start: self.from_utf16(span.start)?,
            end: self.from_utf16(span.end)?,
        })
    }

    fn at(&self, offset: Utf8) -> Checkpoint {
        self.around(|checkpoint| checkpoint.utf8 <= offset).0
    }

    /// The last boundary for which `not_past` holds, and the one after it. The
    /// predicate must hold up to some place and nowhere behind it.
    fn around(&self, not_past: impl Fn(&Checkpoint) -> bool) -> (Checkpoint, Checkpoint) {
        let nearest = self.checkpoints.partition_point(&not_past).max(1) - 1;
        let mut before = self.checkpoints[nearest];
        for character in self.text[before.utf8.index()..].chars() {
            let after = before.after(character);
            if !not_past(&after) {
                return (before, after);
            }
            before = after;
        }
        (before, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Walks the whole text and compares every boundary with the index.
    fn check_every_boundary(text: &str) {
        let index = TextIndex::new(text);
        let (mut utf16, mut code_point) = (0, 0);
        for (utf8, character) in text.char_indices().chain([(text.len(), '\0')]) {
            let (byte, unit, point) = (Utf8::from(utf8), Utf16(utf16), CodePoint(code_point));
            assert_eq!(index.to_utf16(byte), unit);
            assert_eq!(index.to_code_point(byte), point);
            assert_eq!(index.from_utf16(unit), Some(byte));
            assert_eq!(index.from_code_point(point), Some(byte));
            if utf8 < text.len() && character.len_utf16() == 2 {
                let inside = Utf16(utf16 + 1);
                assert_eq!(index.from_utf16(inside), None);
                assert_eq!(index.nearest_utf16(inside, Bias::Left), byte);
                let next = Utf8::from(utf8 + character.len_utf8());
                assert_eq!(index.nearest_utf16(inside, Bias::Right), next);
            }
            utf16 += character.len_utf16() as u32;
            code_point += 1;
        }
        let past = index.to_code_point(index.end()).0 + 1;
        assert_eq!(index.from_code_point(CodePoint(past)), None);
        assert_eq!(index.from_utf16(Utf16(u32::MAX)), None);
        assert_eq!(
            index.nearest_utf16(Utf16(u32::MAX), Bias::Right),
            index.end()
        );
        assert_eq!(index.to_utf16(Utf8(u32::MAX)), index.to_utf16(index.end()));
    }

    #[test]
    fn every_unicode_scalar_value_converts_both_ways() {
        // In chunks, so that the walk inside a stride meets every neighbour.
        let all: Vec<char> = ('\0'..=char::MAX).collect();
        for chunk in all.chunks(4096) {
            check_every_boundary(&chunk.iter().collect::<String>());
        }
        let text: String = all.iter().collect();
        let index = TextIndex::new(text.as_str());
        let mut here = Checkpoint::default();
        for character in all {
            assert_eq!(index.from_utf16(here.utf16), Some(here.utf8));
            assert_eq!(index.from_code_point(here.code_point), Some(here.utf8));
            here = here.after(character);
        }
    }

    #[test]
    fn the_empty_text_has_one_boundary() {
        check_every_boundary("");
    }

    proptest! {
        #[test]
        fn any_text_converts_both_ways(text in any::<String>()) {
            check_every_boundary(&text);
        }

        #[test]
        fn so_does_one_that_is_ascii_for_long_stretches(
            parts in proptest::collection::vec(("[a-z ]{0,300}", any::<char>()), 0..8)
        ) {
            let text: String = parts.into_iter().map(|(plain, one)| plain + &one.to_string()).collect();
            check_every_boundary(&text);
        }

        #[test]
        fn long_mixed_texts_convert_both_ways(text in "(a{0,200}|é|中|𝒳|👨‍👩‍👧|\n){0,40}") {
            check_every_boundary(&text);
        }
    }
}
