//! What stays where it is in the pane while sizes around it change: engines do that themselves at
//! most times, but not all of them and not always.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::sync::Arc;

use web_sys::Element;

use crate::browser::area;
use crate::browser::selection::Blocks;
use crate::document::{Block, Document};
use crate::layout::Area;

/// Blocks that are looked for in another version of a text, to find the place again.
const ASKED_BLOCKS: usize = 64;

/// A place of the text that stands at the pane's upper edge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct ScrollAnchor {
    /// The number of a block, from 0.
    block: usize,
    /// How much of it is above the edge, in millionths of its height; less than 0 where it begins
    /// below.
    above: i32,
}

/// The height of a block, in the unit of [`ScrollAnchor::above`].
const WHOLE: f64 = 1_000_000.0;

/// The anchor of the text that is open, and those of texts that were open before.
#[derive(Default)]
pub(super) struct ScrollAnchors {
    /// What is at the pane's upper edge, and shall stay there when sizes change; nothing at the very
    /// top.
    anchor: Cell<Option<ScrollAnchor>>,
    left: RefCell<Vec<(Arc<Document>, ScrollAnchor)>>,
    /// How far the pane was scrolled to put the anchor there, in CSS pixels.
    restored_to: Cell<Option<i32>>,
}

impl ScrollAnchors {
    /// Another text comes in the place of one. One that was open before has the anchor it had,
    /// another version of one has it where its words are, any other has none; whether there is one.
    pub(super) fn change_document(&self, before: &Arc<Document>, after: &Arc<Document>) -> bool {
        let mut left = self.left.borrow_mut();
        left.retain(|(document, _)| document.id() != before.id());
        left.extend(self.anchor.take().map(|anchor| (before.clone(), anchor)));
        let there = left
            .iter()
            .find(|(document, _)| document.id() == after.id());
        let next = there.and_then(|(document, anchor)| anchor_in(*anchor, document, after));
        self.anchor.set(next);
        next.is_some()
    }

    /// Takes what is at the pane's upper edge now for the anchor. What was looked for, by the
    /// browser's own search for one, is in the middle: it stands still while what is above it turns
    /// out to be higher or lower than it was taken to be.
    pub(super) fn capture(&self, pane: &Element, blocks: &Blocks) {
        self.anchor.set(in_view(pane, blocks, 0.5));
        lay_out(pane, blocks, 0.0, false);
        self.restore(pane, blocks);
        self.anchor.set(in_view(pane, blocks, 0.0));
        self.hold(pane, blocks);
    }

    /// The same once the pane was scrolled, unless it was scrolled to put the anchor in its place:
    /// what is at the edge then may have been moved there by what was drawn above it since.
    pub(super) fn capture_if_moved(&self, pane: &Element, blocks: &Blocks) {
        if self.restored_to.take() != Some(pane.scroll_top()) {
            self.capture(pane, blocks);
        }
    }

    /// Has what is near the pane laid out, while the anchor stays where it is.
    pub(super) fn hold(&self, pane: &Element, blocks: &Blocks) {
        if let Some(ScrollAnchor { block, .. }) = self.anchor.get() {
            blocks.lay_out(block);
            self.restore(pane, blocks);
        }
        lay_out(pane, blocks, 1.0, true);
        self.restore(pane, blocks);
    }

    /// Puts the anchor where it was in the pane.
    pub(super) fn restore(&self, pane: &Element, blocks: &Blocks) {
        let Some(ScrollAnchor { block, above }) = self.anchor.get() else {
            return;
        };
        let Some(element) = blocks.get(block) else {
            return;
        };
        let now = area(&element);
        let top = now.top + (now.bottom - now.top) * f64::from(above) / WHOLE;
        let off = top - area(pane).top;
        if off.abs() >= 1.0 {
            pane.scroll_by_with_x_and_y(0.0, off);
            self.restored_to.set(Some(pane.scroll_top()));
        }
    }

    /// The anchor as it is remembered from one visit to the next: the block, and how much of it is
    /// above the edge.
    pub(super) fn written(&self) -> String {
        let ScrollAnchor { block, above } = self.anchor.get().unwrap_or_default();
        format!("{block} {above}")
    }

    /// The number of the block at the pane's upper edge.
    pub(super) fn block(&self) -> usize {
        self.anchor.get().unwrap_or_default().block
    }

    /// Takes a block for the anchor, a little below the edge.
    pub(super) fn point_at(&self, block: usize) {
        let above = -(WHOLE as i32) / 3;
        self.anchor.set(Some(ScrollAnchor { block, above }));
    }

    /// Takes over an anchor that was remembered; whether it is one, and not the top.
    pub(super) fn take_over(&self, written: &str) -> bool {
        let (block, above) = written.split_once(' ').unwrap_or((written, "0"));
        let read = block.parse().ok().zip(above.parse().ok());
        let anchor = read.map(|(block, above)| ScrollAnchor { block, above });
        let Some(anchor) = anchor.filter(|anchor| *anchor != ScrollAnchor::default()) else {
            return false;
        };
        self.anchor.set(Some(anchor));
        true
    }
}

/// The block at a share of the pane's height; nothing at the very top.
fn in_view(pane: &Element, blocks: &Blocks, share: f64) -> Option<ScrollAnchor> {
    if pane.scroll_top() == 0 {
        return None;
    }
    let Area { top, bottom, .. } = area(pane);
    let block = blocks.first_below(top + share * (bottom - top) + 1.0);
    let area = area(&blocks.get(block)?);
    let above = (top - area.top) / (area.bottom - area.top);
    Some(ScrollAnchor {
        block,
        above: (above * WHOLE).round() as i32,
    })
}

/// Has the sections in the pane laid out, and in `more` panes above and below it.
fn lay_out(pane: &Element, blocks: &Blocks, more: f64, only: bool) {
    let pane = area(pane);
    let margin = more * (pane.bottom - pane.top);
    blocks.lay_out_between(pane.top - margin, pane.bottom + margin, only);
}

/// Where another version of a text has the anchor: the block of the same words that is
/// nearest to where it would be, or of the ones after it; else where it would be. Nothing in a
/// text that has no block in common: that is another one, and begins at its top.
fn anchor_in(
    anchor: ScrollAnchor,
    before: &Arc<Document>,
    after: &Arc<Document>,
) -> Option<ScrollAnchor> {
    let ScrollAnchor { block, above } = anchor;
    if Arc::ptr_eq(before, after) {
        return Some(anchor);
    }
    let said: HashSet<&str> = blocks_of(before).collect();
    if !blocks_of(after).any(|words| said.contains(words)) {
        return None;
    }
    let there = |at: usize| at * after.blocks.len() / before.blocks.len().max(1);
    let mut next = (block..before.blocks.len()).take(ASKED_BLOCKS);
    let same = next.find_map(|at| {
        let wanted = before.blocks[at].span.of(before.text.text());
        let text = after.text.text();
        let is_same = |(_, other): &(usize, &Block)| other.span.of(text) == wanted;
        let places = after.blocks.iter().enumerate().filter(is_same);
        let (place, _) = places.min_by_key(|(place, _)| place.abs_diff(there(at)))?;
        Some(ScrollAnchor {
            block: place,
            above: if at == block { above } else { 0 },
        })
    });
    Some(same.unwrap_or(ScrollAnchor {
        block: there(block),
        above,
    }))
}

/// What the blocks of a text say.
fn blocks_of(document: &Document) -> impl Iterator<Item = &str> {
    let text = document.text.text();
    document.blocks.iter().map(|block| block.span.of(text))
}
