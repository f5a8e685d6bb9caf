//! A document: a list of blocks and one canonical text.
//!
//! The canonical text is made once, when the document is read: the blocks' texts
//! joined by one line feed, Unicode left exactly as it was, CRLF turned into LF,
//! no white space collapsed beyond what the source format itself says.

pub mod article;

use std::ops::Range;
use std::sync::Arc;

use uuid::Uuid;

use crate::text::{Digest, Span, TextIndex, Utf8};

/// Names a document for good, across copies of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub Uuid);

/// A text a person reads and marks.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its lasting name.
    pub id: DocumentId,
    /// A short name fit for a file: letters, digits and hyphens.
    pub name: Arc<str>,
    /// The headline.
    pub title: Arc<str>,
    /// BCP 47 language tag of the text.
    pub language: Arc<str>,
    /// The address (IRI) that annotations name as their source.
    pub source: Arc<str>,
    /// The terms the text may be used under, where they are known.
    pub licence: Option<Licence>,
    /// The blocks in reading order; their spans cover the text but for the line
    /// feeds between them.
    pub blocks: Vec<Block>,
    /// The canonical text.
    pub text: TextIndex,
    /// SHA-256 of the canonical text.
    pub digest: Digest,
}

/// The terms a text may be used under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    /// The name people know it by.
    pub name: Arc<str>,
    /// Where its text stands.
    pub address: Arc<str>,
}

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

impl Document {
    /// The block that holds an offset; the line feed after a block counts to it.
    /// Nothing in an empty document.
    #[must_use]
    pub fn block_at(&self, offset: Utf8) -> Option<usize> {
        let after = self
            .blocks
            .partition_point(|block| block.span.start <= offset);
        after.checked_sub(1)
    }

    /// The blocks that a span touches.
    #[must_use]
    pub fn blocks_in(&self, span: Span) -> Range<usize> {
        let first = self
            .blocks
            .partition_point(|block| block.span.end <= span.start);
        let last = self
            .blocks
            .partition_point(|block| block.span.start < span.end);
        first..last.max(first)
    }
}

/// One part of a document as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A block by its number.
    Block(usize),
    /// The blocks that make up one figure: description, caption, credit.
    Figure(Range<usize>),
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

impl Document {
    /// Divides the blocks, each into one part, in order.
    #[must_use]
    pub fn parts(&self) -> Parts {
        use BlockKind::{Author, Caption, Credit, Description, Heading, Notice, Paragraph};
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
            next += 1;
            let part = if let Description | Caption | Credit = kind(start) {
                // A figure goes on as long as its parts come in their order.
                let rank = |block: usize| match kind(block) {
                    Description => Some(0),
                    Caption => Some(1),
                    Credit => Some(2),
                    _ => None,
                };
                while next < footer.start && rank(next).is_some() && rank(next) > rank(next - 1) {
                    next += 1;
                }
                Part::Figure(start..next)
            } else {
                Part::Block(start)
            };
            if matches!(kind(start), Paragraph | Heading(_)) || !parts.body.is_empty() {
                parts.body.push(part);
            } else {
                parts.header.push(part);
            }
        }
        parts
    }
}

/// Collects blocks into one canonical text.
#[derive(Debug, Default)]
struct Blocks {
    text: String,
    blocks: Vec<Block>,
}

impl Blocks {
    fn push(&mut self, kind: BlockKind, text: &str) {
        if !self.blocks.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.blocks.push(Block {
            kind,
            span: Span::between(start, self.text.len()),
        });
    }
}
