//! What a document says, as a file in the archive.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::document::{Version, VersionId};
use crate::text::{CodePoint, Digest, Span, TextIndex};
use crate::words::project_file as words;

const FOLDER: &str = "texts/";
const END: &str = ".json";

/// A text as it is written. Offsets are half-open and count Unicode code points.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    sha256: String,
    blocks: Vec<Block>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    inlines: Vec<Inline>,
    text: Arc<str>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Block {
    kind: String,
    start: u32,
    end: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Inline {
    kind: String,
    start: u32,
    end: u32,
    /// Where a link leads, or the number of the footnote that a reference leads to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<String>,
}

/// The name of the file in which a version stands.
pub(super) fn path(VersionId { text, blocks }: &VersionId) -> String {
    format!("{FOLDER}{text}.{blocks}{END}")
}

/// The version that a file is named after; nothing where it is named otherwise.
pub(super) fn id(path: &str) -> Option<VersionId> {
    let name = path.strip_prefix(FOLDER)?.strip_suffix(END)?;
    let (text, blocks) = name.split_once('.')?;
    let id = VersionId {
        text: Digest::parse(text)?,
        blocks: Uuid::try_parse(blocks).ok()?,
    };
    // Other spellings of one name would be two files of it.
    (self::path(&id) == path).then_some(id)
}

/// Writes a version.
pub(super) fn write(version: &Version) -> Vec<u8> {
    let points = |span| version.text.span_to_code_points(span);
    let block = |own: &crate::document::Block| {
        let Span { start, end } = points(own.span);
        Block {
            kind: own.kind.to_string(),
            start: start.0,
            end: end.0,
        }
    };
    let inline = |own: &crate::document::Inline| {
        let Span { start, end } = points(own.span);
        // Its kind, where it stands in bytes, and where it leads.
        let written = own.to_string();
        let mut words = written.split(' ');
        Inline {
            kind: words.next().unwrap_or_default().to_owned(),
            start: start.0,
            end: end.0,
            to: words.nth(2).map(str::to_owned),
        }
    };
    super::json(&Text {
        sha256: version.digest.to_string(),
        blocks: version.blocks.iter().map(block).collect(),
        inlines: version.inlines.iter().map(inline).collect(),
        text: version.text.shared(),
    })
}

/// Reads the version that a file is named after.
///
/// # Errors
/// A sentence where it can't be read, or is another.
pub(super) fn read(path: &str, bytes: &[u8], id: &VersionId) -> Result<Version, String> {
    let file: Text = serde_json::from_slice(bytes)
        .map_err(|error| words::unreadable(path, &error.to_string()))?;
    let digest = Digest::of(&file.text);
    let version = layout(&file).and_then(|layout| Version::divided(&layout, file.text, digest));
    version
        .filter(|version| version.id() == *id && file.sha256 == id.text.to_string())
        .ok_or_else(|| words::other_text(path))
}

/// Blocks and what stands out in them as a version has it; nothing where they do not follow each other.
fn layout(file: &Text) -> Option<String> {
    let index = TextIndex::new(file.text.clone());
    let bytes = |start, end| {
        let is_ordered = start <= end;
        let span = Span {
            start: CodePoint(start),
            end: CodePoint(end),
        };
        index.span_from_code_points(span).filter(|_| is_ordered)
    };
    let is_word = |word: &String| !word.is_empty() && !word.contains(char::is_whitespace);
    let mut written = Vec::new();
    let mut next = 0;
    for Block { kind, start, end } in &file.blocks {
        let span = bytes(*start, *end)?;
        (is_word(kind) && span.start.index() == next).then_some(())?;
        next = span.end.index() + 1;
        written.push(format!("{kind} {}", span.len()));
    }
    let blocks = written.join(" ");
    let mut written = Vec::new();
    for own in &file.inlines {
        let span = bytes(own.start, own.end)?;
        let words = [Some(&own.kind), own.to.as_ref()];
        words.into_iter().flatten().all(is_word).then_some(())?;
        let (kind, start, length) = (&own.kind, span.start.0, span.len());
        let to = own.to.iter().map(|to| format!(" {to}"));
        written.push(format!("{kind} {start} {length}{}", to.collect::<String>()));
    }
    Some(if written.is_empty() {
        blocks
    } else {
        format!("{blocks} | {}", written.join(" "))
    })
}
