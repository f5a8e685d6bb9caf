//! A document: a list of blocks and one canonical text.
//!
//! The canonical text is made once, when the document is read: the blocks' texts
//! joined by one line feed, Unicode left exactly as it was, CRLF turned into LF,
//! no white space collapsed beyond what the source format itself says.

pub mod article;
mod block;
mod builder;
mod fields;
mod inline;
pub mod outline;
mod parts;
pub mod plain;
mod saying;

pub use block::{Begins, Block, BlockKind};
pub use builder::Builder;
pub use fields::Fields;
pub use inline::{Inline, InlineKind};
pub use parts::{Part, Parts};
pub use saying::Saying;

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
    /// What is said about it.
    pub fields: Fields,
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
    /// A UUID that follows from the blocks' kinds and lengths, and from what stands out in them.
    pub blocks: Uuid,
}

/// The name of the field that is the language of the text: [`Record::language`] keeps it.
pub const LANGUAGE: &str = "language";

/// BCP 47 language tag of a text whose language nobody has said.
pub const UNDETERMINED: &str = "und";

impl Record {
    /// What a field says; nothing where it says nothing.
    #[must_use]
    pub fn said(&self, field: &str) -> Option<&Arc<str>> {
        if field == LANGUAGE {
            let is_said = !self.language.is_empty() && &*self.language != UNDETERMINED;
            return is_said.then_some(&self.language);
        }
        self.fields.get(field)
    }
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
    /// What stands out inside the blocks, as in [`Version::inlines`].
    pub inlines: Arc<[Inline]>,
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
    /// What stands out inside the blocks: in the order of the text, of those that begin together
    /// the longer first; each lies in another or beside it, and in one block.
    pub inlines: Arc<[Inline]>,
    /// The canonical text.
    pub text: TextIndex,
    /// SHA-256 of the canonical text.
    pub digest: Digest,
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        // The digest stands for the text.
        self.digest == other.digest && self.blocks == other.blocks && self.inlines == other.inlines
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

/// What stands between the blocks and what stands out inside of them, in a version's layout.
const INLINES: &str = " | ";

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
            inlines: Arc::default(),
            digest: Digest::of(&text),
            text: TextIndex::new(text),
        }
    }

    /// A version of a text that is divided as [`Version::layout`] says, and of which the digest is
    /// known; nothing where the text can't be divided so.
    #[must_use]
    pub fn divided(layout: &str, text: Arc<str>, digest: Digest) -> Option<Self> {
        let (layout, inlines) = layout.split_once(INLINES).unwrap_or((layout, ""));
        let mut words = layout.split_whitespace();
        let (mut blocks, mut start) = (Vec::new(), 0);
        while let Some(kind) = words.next() {
            if !blocks.is_empty() {
                start = text[start..].starts_with('\n').then_some(start + 1)?;
            }
            let end = start.checked_add(words.next()?.parse().ok()?)?;
            text.get(start..end)?;
            blocks.push(Block {
                kind: BlockKind::read(kind)?,
                span: Span::between(start, end),
            });
            start = end;
        }
        let inlines = inline::read(inlines, &text)?;
        (start == text.len()).then(|| Self {
            blocks: blocks.into(),
            inlines: inlines.into(),
            text: TextIndex::new(text),
            digest,
        })
    }

    /// For each block its kind and its length in bytes, and where something stands out inside of
    /// them, for each of that its kind, where it begins and its length in bytes: "title 12 text 140 |
    /// strong 20 8".
    #[must_use]
    pub fn layout(&self) -> String {
        let block = |(kind, words): (BlockKind, &str)| format!("{kind} {}", words.len());
        let blocks: Vec<String> = self.parts().map(block).collect();
        let mut layout = blocks.join(" ");
        if !self.inlines.is_empty() {
            layout += INLINES;
            layout += &inline::written(&self.inlines);
        }
        layout
    }

    /// Its lasting name. It costs as much as there are blocks.
    #[must_use]
    pub fn id(&self) -> VersionId {
        VersionId {
            text: self.digest.clone(),
            blocks: Digest::of(&self.layout()).uuid(),
        }
    }

    /// The blocks' kinds and texts, of which [`Version::new`] makes it again, but for what stands out
    /// inside of them.
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
            inlines,
            text,
            digest,
        } = version.clone();
        Self {
            record,
            blocks,
            inlines,
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
            inlines: self.inlines.clone(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_its_parts() {
        let version = Version::new([(BlockKind::Title, "One"), (BlockKind::Paragraph, "two\n3")]);
        assert_eq!(version.text.text(), "One\ntwo\n3");
        assert_eq!(Version::new(version.parts()), version);
        assert_ne!(Version::new([(BlockKind::Title, "One\ntwo\n3")]), version);
    }
}
