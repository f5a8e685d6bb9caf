//! A document: a list of blocks and one canonical text.
//!
//! The canonical text is made once, when the document is read: the blocks' texts
//! joined by one line feed, Unicode left exactly as it was, CRLF turned into LF,
//! no white space collapsed beyond what the source format itself says.

pub mod article;

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
    pub fn blocks_in(&self, span: Span) -> std::ops::Range<usize> {
        let first = self.blocks.partition_point(|block| block.span.end <= span.start);
        let last = self.blocks.partition_point(|block| block.span.start < span.end);
        first..last.max(first)
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
