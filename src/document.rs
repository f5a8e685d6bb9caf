//! A document: a list of blocks and one canonical text.
//!
//! The canonical text is made once, when the document is read: the blocks' texts
//! joined by one line feed, Unicode left exactly as it was, CRLF turned into LF,
//! no white space collapsed beyond what the source format itself says.

pub mod article;
pub mod plain;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::text::{Digest, Span, TextIndex, Utf8};

/// Names a document for good, across copies of a project.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct DocumentId(pub Uuid);

/// A document as a project keeps it: all but what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
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
    /// What it says now.
    pub version: VersionId,
    /// In the bin: shown nowhere, and undo can bring it back.
    pub deleted: bool,
}

/// Names a version by what it says: the same blocks of the same text have the same one everywhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionId {
    /// SHA-256 of the canonical text.
    pub text: Digest,
    /// A UUID that follows from the blocks' kinds and lengths.
    pub blocks: Uuid,
}

impl fmt::Display for VersionId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.text, self.blocks)
    }
}

/// A document with its text, which a person reads and marks.
#[derive(Clone, Debug)]
pub struct Document {
    /// All but what it says.
    pub record: Arc<Record>,
    /// The blocks in reading order; their spans cover the text but for the line
    /// feeds between them.
    pub blocks: Arc<[Block]>,
    /// The canonical text.
    pub text: TextIndex,
    /// SHA-256 of the canonical text.
    pub digest: Digest,
}

/// One version of what a document says. A copy shares the text.
#[derive(Clone, Debug)]
pub struct Version {
    /// The blocks, as in [`Document::blocks`].
    pub blocks: Arc<[Block]>,
    /// The canonical text.
    pub text: TextIndex,
    /// SHA-256 of the canonical text.
    pub digest: Digest,
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        // The digest stands for the text.
        self.digest == other.digest && self.blocks == other.blocks
    }
}

impl Eq for Version {}

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

impl BlockKind {
    /// All of them, by the names that files know them by.
    const NAMES: [(&'static str, Self); 13] = [
        ("text", Self::Paragraph),
        ("title", Self::Title),
        ("heading-2", Self::Heading(2)),
        ("heading-3", Self::Heading(3)),
        ("heading-4", Self::Heading(4)),
        ("heading-5", Self::Heading(5)),
        ("heading-6", Self::Heading(6)),
        ("byline", Self::Byline),
        ("description", Self::Description),
        ("caption", Self::Caption),
        ("credit", Self::Credit),
        ("author", Self::Author),
        ("notice", Self::Notice),
    ];

    /// Its name in a file.
    #[must_use]
    pub fn name(self) -> &'static str {
        let named = Self::NAMES.iter().find(|(_, kind)| *kind == self);
        // A level that HTML does not have is shown as the lowest that it has.
        named.map_or("heading-6", |(name, _)| name)
    }

    /// The kind of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let named = Self::NAMES.iter().find(|(other, _)| *other == name);
        named.map(|(_, kind)| *kind)
    }
}

impl Version {
    /// A version of these blocks' texts.
    #[must_use]
    pub fn new<'a>(blocks: impl IntoIterator<Item = (BlockKind, &'a str)>) -> Self {
        let blocks: Vec<(BlockKind, &str)> = blocks.into_iter().collect();
        // All of it at once: a text that grows is copied again and again.
        let length = blocks.iter().map(|(_, words)| words.len() + 1).sum();
        let (mut text, mut spans) = (String::with_capacity(length), Vec::new());
        for (kind, words) in blocks {
            if !spans.is_empty() {
                text.push('\n');
            }
            let start = text.len();
            text.push_str(words);
            spans.push(Block {
                kind,
                span: Span::between(start, text.len()),
            });
        }
        Self {
            blocks: spans.into(),
            digest: Digest::of(&text),
            text: TextIndex::new(text),
        }
    }

    /// A version of a text that is divided as [`Version::layout`] says, and of which the digest is
    /// known; nothing where the text can't be divided so.
    #[must_use]
    pub fn divided(layout: &str, text: Arc<str>, digest: Digest) -> Option<Self> {
        let mut words = layout.split_whitespace();
        let (mut blocks, mut start) = (Vec::new(), 0);
        while let Some(kind) = words.next() {
            if !blocks.is_empty() {
                start = text[start..].starts_with('\n').then_some(start + 1)?;
            }
            let end = start.checked_add(words.next()?.parse().ok()?)?;
            text.get(start..end)?;
            blocks.push(Block {
                kind: BlockKind::named(kind)?,
                span: Span::between(start, end),
            });
            start = end;
        }
        (start == text.len()).then(|| Self {
            blocks: blocks.into(),
            text: TextIndex::new(text),
            digest,
        })
    }

    /// For each block the name of its kind and its length in bytes: "title 12 text 140".
    #[must_use]
    pub fn layout(&self) -> String {
        let block = |(kind, words): (BlockKind, &str)| format!("{} {}", kind.name(), words.len());
        let blocks: Vec<String> = self.parts().map(block).collect();
        blocks.join(" ")
    }

    /// Its lasting name. It costs as much as there are blocks.
    #[must_use]
    pub fn id(&self) -> VersionId {
        VersionId {
            text: self.digest.clone(),
            blocks: Digest::of(&self.layout()).uuid(),
        }
    }

    /// The blocks' kinds and texts, of which [`Version::new`] makes it again.
    pub fn parts(&self) -> impl Iterator<Item = (BlockKind, &str)> {
        let part = |block: &Block| (block.kind, block.span.of(self.text.text()));
        self.blocks.iter().map(part)
    }

    /// What its first headline says.
    #[must_use]
    pub fn headline(&self) -> Option<&str> {
        let mut parts = self.parts();
        parts.find_map(|(kind, words)| (kind == BlockKind::Title).then_some(words))
    }
}

impl Document {
    /// The document that a record is of, with the version that it names.
    #[must_use]
    pub fn of(record: Arc<Record>, version: &Version) -> Self {
        let Version {
            blocks,
            text,
            digest,
        } = version.clone();
        Self {
            record,
            blocks,
            text,
            digest,
        }
    }

    /// Its lasting name.
    #[must_use]
    pub fn id(&self) -> DocumentId {
        self.record.id
    }

    /// What it says now.
    #[must_use]
    pub fn version(&self) -> Version {
        Version {
            blocks: self.blocks.clone(),
            text: self.text.clone(),
            digest: self.digest.clone(),
        }
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_of_its_own() {
        for (name, kind) in BlockKind::NAMES {
            assert_eq!((kind.name(), BlockKind::named(name)), (name, Some(kind)));
        }
    }

    #[test]
    fn a_version_is_its_parts() {
        let version = Version::new([(BlockKind::Title, "One"), (BlockKind::Paragraph, "two\n3")]);
        assert_eq!(version.text.text(), "One\ntwo\n3");
        assert_eq!(Version::new(version.parts()), version);
        assert_ne!(Version::new([(BlockKind::Title, "One\ntwo\n3")]), version);
    }
}
