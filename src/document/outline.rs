//! The headings of a document, and which of them a place is under.

use std::ops::Range;

use super::{Block, BlockKind};

/// A heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The number of its block, from 0.
    pub block: usize,
    /// How many levels it stands below the highest of its document.
    pub depth: u8,
}

/// Headings of a long outline that are listed with the one that is read, a stretch before and one
/// behind.
const STRETCH: usize = 150;

/// The headings of a document, in the order of the text. It costs as much as there are blocks.
#[must_use]
pub fn outline(blocks: &[Block]) -> Vec<Heading> {
    let headings = blocks.iter().enumerate().filter_map(|(block, own)| {
        let depth = match own.kind {
            BlockKind::Title => 1,
            BlockKind::Heading(level) => level,
            _ => return None,
        };
        (!own.span.is_empty()).then_some(Heading { block, depth })
    });
    let mut headings: Vec<Heading> = headings.collect();
    let highest = headings.iter().map(|own| own.depth).min();
    for own in &mut headings {
        own.depth -= highest.unwrap_or_default();
    }
    headings
}

/// The number of the heading that a block is under; none above the first.
#[must_use]
pub fn heading_of(headings: &[Heading], block: usize) -> Option<usize> {
    headings
        .partition_point(|own| own.block <= block)
        .checked_sub(1)
}

/// Which of so many headings are listed: all, or of very many those about the one that is read. It
/// changes with every 150th only.
#[must_use]
pub fn listed(count: usize, current: usize) -> Range<usize> {
    if count <= 3 * STRETCH {
        return 0..count;
    }
    let start = (current / STRETCH).saturating_sub(1) * STRETCH;
    start..count.min(start + 3 * STRETCH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Span, Utf8};

    fn blocks(kinds: &[BlockKind]) -> Vec<Block> {
        let span = |at: usize| Span::between(Utf8(2 * at as u32), Utf8(2 * at as u32 + 1));
        let numbered = kinds.iter().enumerate();
        numbered
            .map(|(at, kind)| Block {
                kind: *kind,
                span: span(at),
            })
            .collect()
    }

    #[test]
    fn headings_are_as_deep_as_they_stand_below_the_highest() {
        use BlockKind::{Heading as H, Paragraph, Title};
        let text = blocks(&[Paragraph, H(3), Paragraph, H(2), H(4)]);
        let found: Vec<_> = outline(&text)
            .iter()
            .map(|own| (own.block, own.depth))
            .collect();
        assert_eq!(found, [(1, 1), (3, 0), (4, 2)]);
        let titled: Vec<_> = outline(&blocks(&[Title, H(2)]))
            .iter()
            .map(|own| own.depth)
            .collect();
        assert_eq!(titled, [0, 1]);
        assert!(outline(&blocks(&[Paragraph])).is_empty());
    }

    #[test]
    fn one_is_under_the_last_heading_that_stands_above() {
        use BlockKind::{Heading as H, Paragraph};
        let headings = outline(&blocks(&[Paragraph, H(2), Paragraph, H(2)]));
        let under: Vec<_> = (0..5).map(|block| heading_of(&headings, block)).collect();
        assert_eq!(under, [None, Some(0), Some(0), Some(1), Some(1)]);
        assert_eq!(heading_of(&[], 3), None);
    }

    #[test]
    fn of_very_many_those_about_the_current_one_are_listed() {
        assert_eq!(listed(450, 400), 0..450);
        for current in 0..5_000 {
            let own = listed(5_000, current);
            assert!(own.contains(&current) && own.len() <= 450, "{current}");
            assert!(own.start == 0 || current - own.start >= 150, "{current}");
            assert!(own.end == 5_000 || own.end - current > 150, "{current}");
        }
    }
}
