//! Plain text does not tell a headline from a paragraph; the version before does.

use std::collections::BTreeMap;

use crate::anchor::Alignment;
use crate::document::{Block, BlockKind, Document, Inline, Version};
use crate::text::Span;

/// A block in the place of one that went is of its kind if it is at most so many times as
/// long, and so many bytes more.
const LONGER: usize = 3;
const LONGER_BESIDE: usize = 16;

/// What opens another text is its headline if it is at most so long, in bytes.
const HEADLINE: usize = 160;

/// A block needs so much of its words from another one to be taken for it: one in so many.
const OWN_SHARE: usize = 3;

/// The version, with blocks that begin where those of the old text did, and are of their
/// kinds.
pub(super) fn like_those_before(
    document: &Document,
    version: &Version,
    alignment: &Alignment<'_>,
) -> Version {
    if version.digest == document.digest {
        return document.version();
    }
    let split = split(document, version, alignment);
    let kinds = kinds(document, version.text.text(), &split, alignment);
    let inlines = inlines(document, version, &split, alignment);
    Version {
        inlines: inlines.into(),
        blocks: split
            .into_iter()
            .zip(kinds)
            .map(|(span, kind)| Block { kind, span })
            .collect(),
        ..version.clone()
    }
}

/// What stood out, where its words are still there: a text that is typed says nothing of that.
fn inlines(
    document: &Document,
    version: &Version,
    blocks: &[Span],
    alignment: &Alignment<'_>,
) -> Vec<Inline> {
    let (old, new) = (document.text.text(), version.text.text());
    let carried = document.inlines.iter().filter_map(|own| {
        let span = alignment.map(own.span)?;
        let block = blocks.get(blocks.partition_point(|block| block.end < span.start))?;
        let is_whole = block.start <= span.start && span.end <= block.end;
        (is_whole && span.of(new) == own.span.of(old)).then(|| Inline {
            kind: own.kind.clone(),
            span,
        })
    });
    let mut inlines: Vec<Inline> = carried.collect();
    inlines.sort_by_key(|own| (own.span.start, std::cmp::Reverse(own.span.end)));
    // Each lies in another or beside it.
    let mut end = None;
    inlines.retain(|own| {
        let fits = end.is_none_or(|end| own.span.start >= end || own.span.end <= end);
        if fits && end.is_none_or(|end| own.span.start >= end) {
            end = Some(own.span.end);
        }
        fits
    });
    inlines
}

/// The blocks, split where a line ends that was the end of a block: a text that is copied
/// from a page has blank lines between some of its blocks only.
fn split(document: &Document, version: &Version, alignment: &Alignment<'_>) -> Vec<Span> {
    let text = version.text.text();
    let feeds = alignment.gaps().filter(|(old, new)| {
        let before = document
            .blocks
            .partition_point(|block| block.span.end < old.start);
        let is_end = document
            .blocks
            .get(before)
            .is_some_and(|block| block.span.end == old.start);
        is_end && new.of(text) == "\n"
    });
    let mut feeds = feeds.map(|(_, new)| new).peekable();
    let mut spans = Vec::with_capacity(version.blocks.len());
    for block in version.blocks.iter() {
        let mut rest = block.span;
        while let Some(feed) = feeds.next_if(|feed| feed.end <= rest.end) {
            // One between two blocks splits none.
            if feed.start > rest.start && feed.end < rest.end {
                spans.push(Span::between(rest.start, feed.start));
                rest.start = feed.end;
            }
        }
        spans.push(rest);
    }
    spans
}

/// The kinds of blocks: those of the old ones that they come from.
fn kinds(
    document: &Document,
    text: &str,
    blocks: &[Span],
    alignment: &Alignment<'_>,
) -> Vec<BlockKind> {
    let old = &document.blocks;
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (from, to) in alignment.shared() {
        // Both have words in them, so there is a block that begins before each.
        let new = blocks.partition_point(|block| block.start <= to.start) - 1;
        let old = old.partition_point(|block| block.span.start <= from.start) - 1;
        *shared.entry((new, old)).or_default() += from.len();
    }
    // For each new block the old one that most of its words come from.
    let mut origins: Vec<Option<usize>> = Vec::with_capacity(blocks.len());
    for (at, block) in blocks.iter().enumerate() {
        let from = shared.range((at, 0)..(at + 1, 0));
        let most = from.max_by_key(|(_, bytes)| **bytes);
        let most = most.filter(|(_, bytes)| **bytes * OWN_SHARE >= block.len());
        origins.push(most.map(|((_, old), _)| *old));
    }
    // What stands between the same neighbours is in the place of the one that went.
    let sure = origins.clone();
    for at in 0..origins.len() {
        let before = match at.checked_sub(1) {
            Some(before) => sure[before].map(|origin| origin + 1),
            None => Some(0),
        };
        let after = match sure.get(at + 1) {
            Some(after) => *after,
            None => Some(old.len()),
        };
        let fits = |origin: &usize| {
            let room = LONGER * old[*origin].span.len() + LONGER_BESIDE;
            after == Some(origin + 1) && blocks[at].len() <= room
        };
        if sure[at].is_none() {
            origins[at] = before.filter(|origin| *origin < old.len()).filter(fits);
        }
    }
    let mut has_title = false;
    let kind = |origin: Option<usize>| {
        let kind = origin.map_or(BlockKind::Paragraph, |origin| old[origin].kind);
        // There is one headline; what was split off it is none.
        if kind == BlockKind::Title && std::mem::replace(&mut has_title, true) {
            return BlockKind::Paragraph;
        }
        kind
    };
    let mut kinds: Vec<BlockKind> = origins.into_iter().map(kind).collect();
    let is_headline = |block: &Span| block.of(text) == &*document.record.title;
    if let (false, Some(first)) = (has_title, blocks.iter().position(is_headline)) {
        kinds[first] = BlockKind::Title;
    } else if !has_title && sure.iter().all(Option::is_none) && opens_with_headline(text, blocks) {
        kinds[0] = BlockKind::Title;
    }
    kinds
}

/// A name before a colon is no longer than this, in bytes: it says who speaks.
const SPEAKER: usize = 24;

/// Whether a text begins as under a headline: with a line of its own that is no sentence, and
/// nobody's words.
fn opens_with_headline(text: &str, blocks: &[Span]) -> bool {
    let [first, _, ..] = blocks else { return false };
    let words = first.of(text);
    let is_said = words.find(": ").is_some_and(|at| at <= SPEAKER);
    words.len() <= HEADLINE
        && !is_said
        && !words.contains('\n')
        && !words.ends_with(['.', ':', ';', ',', '…'])
}
