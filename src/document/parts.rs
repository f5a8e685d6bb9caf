//! A document as a reader sees it: in three divisions, of blocks and of what belongs together.

use std::ops::Range;

use super::{Begins, Block, BlockKind, Document};

/// One part of a document as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A block by its number.
    Block(usize),
    /// The blocks that make up one figure (description, caption, credit), list, table, quotation, or
    /// the footnotes: the first says which.
    Group(Range<usize>),
}

impl Part {
    /// The numbers of its blocks.
    #[must_use]
    pub fn blocks(&self) -> Range<usize> {
        match self {
            Self::Block(block) => *block..*block + 1,
            Self::Group(blocks) => blocks.clone(),
        }
    }
}

/// A document in its three divisions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Before the first running text or heading.
    pub header: Vec<Part>,
    /// The text itself.
    pub body: Vec<Part>,
    /// The author's lines and notices that close it.
    pub footer: Range<usize>,
}

/// Blocks that belong together are one part up to so many: a part is laid out as a whole.
const MOST_BLOCKS: usize = 256;

/// How many blocks belong together with the first; one where none does. A table is divided between
/// two rows.
fn group(blocks: &[Block]) -> usize {
    use BlockKind::{Caption, Cell, Credit, Description, Footnote, Item, Quotation};
    let kind = |at: usize| blocks[at].kind;
    let goes_on = |at: usize| match (kind(at - 1), kind(at)) {
        // A figure goes on as long as its parts come in their order.
        (Description, Caption | Credit) | (Caption, Credit) => true,
        (Item { .. }, Item { .. }) | (Quotation, Quotation) | (Footnote(_), Footnote(_)) => {
            at < MOST_BLOCKS
        }
        (Cell { .. }, Cell { begins, .. }) => match begins {
            Begins::Table => false,
            Begins::Row => at < MOST_BLOCKS,
            // A row without end is no row.
            Begins::Nothing => at < 2 * MOST_BLOCKS,
        },
        _ => false,
    };
    (1..blocks.len())
        .find(|at| !goes_on(*at))
        .unwrap_or(blocks.len())
}

/// Whether blocks of a kind are in a group, if only one of them.
fn is_grouped(kind: BlockKind) -> bool {
    use BlockKind::{Caption, Cell, Credit, Description, Footnote, Item, Quotation};
    matches!(
        kind,
        Description | Caption | Credit | Item { .. } | Cell { .. } | Quotation | Footnote(_)
    )
}

impl Document {
    /// Divides the blocks, each into one part, in order.
    #[must_use]
    pub fn parts(&self) -> Parts {
        use BlockKind::{Author, Byline, Caption, Credit, Description, Notice, Title};
        let kind = |block: usize| self.blocks[block].kind;
        let closing = (0..self.blocks.len())
            .rev()
            .take_while(|block| matches!(kind(*block), Author | Notice))
            .count();
        let footer = self.blocks.len() - closing..self.blocks.len();
        let mut parts = Parts {
            footer: footer.clone(),
            ..Parts::default()
        };
        let mut next = 0;
        while next < footer.start {
            let start = next;
            let part = if is_grouped(kind(start)) {
                next += group(&self.blocks[start..footer.start]);
                Part::Group(start..next)
            } else {
                next += 1;
                Part::Block(start)
            };
            let may_open = matches!(
                kind(start),
                Title | Byline | Description | Caption | Credit | Author | Notice
            );
            if may_open && parts.body.is_empty() {
                parts.header.push(part);
            } else {
                parts.body.push(part);
            }
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Version;

    fn parts(kinds: &[BlockKind]) -> Parts {
        let blocks = kinds.iter().map(|kind| (*kind, "words"));
        crate::testing::saying(&Version::new(blocks)).parts()
    }

    #[test]
    fn what_belongs_together_is_one_part() {
        use BlockKind::{
            Author, Byline, Caption, Credit, Description, Footnote, Paragraph, Quotation, Title,
        };
        let item = BlockKind::Item {
            depth: 1,
            number: None,
        };
        let cell = |begins| BlockKind::cell(begins, false);
        let all = [
            Title,
            Description,
            Caption,
            Credit,
            Byline,
            Paragraph,
            item,
            item,
            Quotation,
            Quotation,
            Paragraph,
            cell(Begins::Table),
            cell(Begins::Nothing),
            cell(Begins::Row),
            cell(Begins::Nothing),
            cell(Begins::Table),
            Caption,
            Caption,
            Footnote(1),
            Footnote(2),
            Author,
        ];
        let Parts {
            header,
            body,
            footer,
        } = parts(&all);
        assert_eq!(header, [Part::Block(0), Part::Group(1..4), Part::Block(4)]);
        let expected = [
            Part::Block(5),
            Part::Group(6..8),
            Part::Group(8..10),
            Part::Block(10),
            Part::Group(11..15),
            Part::Group(15..16),
            Part::Group(16..17),
            Part::Group(17..18),
            Part::Group(18..20),
        ];
        assert_eq!((body, footer), (expected.to_vec(), 20..21));
    }

    #[test]
    fn what_is_long_is_several_parts() {
        let mut table = vec![BlockKind::cell(Begins::Row, false); 1_000];
        table[0] = BlockKind::cell(Begins::Table, true);
        table[200..300].fill(BlockKind::cell(Begins::Nothing, false));
        let sizes = |kinds: &[BlockKind]| -> Vec<usize> {
            parts(kinds)
                .body
                .iter()
                .map(|part| part.blocks().len())
                .collect()
        };
        assert_eq!(sizes(&table), [300, 256, 256, 188]);
        assert_eq!(sizes(&[BlockKind::Quotation; 300]), [256, 44]);
        assert_eq!(
            sizes(&[BlockKind::cell(Begins::Nothing, false); 1_000]),
            [512, 488]
        );
    }
}
