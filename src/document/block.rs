//! The blocks of a text.

use std::fmt;

use crate::text::Span;

/// One stretch of text that stands on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is to a reader.
    pub kind: BlockKind,
    /// Where it stands in the canonical text.
    pub span: Span,
}

/// What a block is to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// The headline.
    Title,
    /// A heading below the headline, of level 2 to 6.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// A list's item: how deep it stands, from 1, and its number in an ordered list. What it goes on
    /// with in further paragraphs is in lines of its own.
    Item {
        /// How deep.
        depth: u8,
        /// Its number.
        number: Option<u32>,
    },
    /// A paragraph of another's words.
    Quotation,
    /// Text that is set as it was typed.
    Code,
    /// A cell of a table.
    Cell {
        /// What begins with it.
        begins: Begins,
        /// Whether it heads a column or row.
        is_head: bool,
    },
    /// A footnote, with the number that the text refers to it by. They close a text.
    Footnote(u32),
    /// Who wrote it, under the headline.
    Byline,
    /// What a picture shows, in words.
    Description,
    /// What stands under a picture.
    Caption,
    /// Whose picture it is.
    Credit,
    /// Who the author is, at the close.
    Author,
    /// A word about the text itself, such as its licence.
    Notice,
}

/// What begins with a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begins {
    /// A table, and its first row.
    Table,
    /// A row.
    Row,
    /// Neither.
    Nothing,
}

impl BlockKind {
    /// Those that are no more than their names in a file.
    const NAMES: [(&'static str, Self); 21] = [
        ("text", Self::Paragraph),
        ("title", Self::Title),
        ("heading-2", Self::Heading(2)),
        ("heading-3", Self::Heading(3)),
        ("heading-4", Self::Heading(4)),
        ("heading-5", Self::Heading(5)),
        ("heading-6", Self::Heading(6)),
        ("quotation", Self::Quotation),
        ("code", Self::Code),
        ("table-head", Self::cell(Begins::Table, true)),
        ("table-cell", Self::cell(Begins::Table, false)),
        ("row-head", Self::cell(Begins::Row, true)),
        ("row-cell", Self::cell(Begins::Row, false)),
        ("head", Self::cell(Begins::Nothing, true)),
        ("cell", Self::cell(Begins::Nothing, false)),
        ("byline", Self::Byline),
        ("description", Self::Description),
        ("caption", Self::Caption),
        ("credit", Self::Credit),
        ("author", Self::Author),
        ("notice", Self::Notice),
    ];

    /// The names of those that bear numbers.
    const ITEM: &'static str = "item";
    const FOOTNOTE: &'static str = "footnote";

    /// A cell.
    #[must_use]
    pub const fn cell(begins: Begins, is_head: bool) -> Self {
        Self::Cell { begins, is_head }
    }

    /// Its name in a file, without the numbers that it bears.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Item { .. } => Self::ITEM,
            Self::Footnote(_) => Self::FOOTNOTE,
            kind => {
                let named = Self::NAMES.iter().find(|(_, other)| *other == kind);
                // A level that HTML does not have is shown as the lowest that it has.
                named.map_or("heading-6", |(name, _)| name)
            }
        }
    }

    /// The kind that is written so.
    #[must_use]
    pub fn read(written: &str) -> Option<Self> {
        if let Some((_, kind)) = Self::NAMES.iter().find(|(name, _)| *name == written) {
            return Some(*kind);
        }
        let mut words = written.split('-');
        let name = words.next()?;
        let mut numbers = words.map(|number| number.parse::<u32>().ok());
        let kind = match (name, numbers.next()??, numbers.next()) {
            (Self::FOOTNOTE, number, None) => Self::Footnote(number),
            (Self::ITEM, depth, number) => Self::Item {
                depth: u8::try_from(depth).ok()?,
                number: match number {
                    Some(number) => Some(number?),
                    None => None,
                },
            },
            _ => return None,
        };
        numbers.next().is_none().then_some(kind)
    }
}

/// As it stands in a file: "item-2-7" is the seventh of a list inside another's item.
impl fmt::Display for BlockKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())?;
        match self {
            Self::Item { depth, number } => {
                write!(out, "-{depth}")?;
                number.map_or(Ok(()), |number| write!(out, "-{number}"))
            }
            Self::Footnote(number) => write!(out, "-{number}"),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_reads_as_it_is_written() {
        let item = |depth, number| BlockKind::Item { depth, number };
        let numbered = [
            item(1, None),
            item(3, Some(0)),
            item(2, Some(7)),
            BlockKind::Footnote(12),
        ];
        let named = BlockKind::NAMES.iter().map(|(name, kind)| {
            assert_eq!(kind.name(), *name);
            *kind
        });
        for kind in named.chain(numbered) {
            assert_eq!(BlockKind::read(&kind.to_string()), Some(kind), "{kind}");
        }
        for wrong in [
            "",
            "item",
            "item-",
            "item-x",
            "item-1-",
            "item-1-2-3",
            "item-300",
            "footnote",
            "footnote-1-2",
            "heading-7",
            "word-1",
        ] {
            assert_eq!(BlockKind::read(wrong), None, "{wrong}");
        }
    }
}
