//! Between places in the page and places in the text of its blocks.
//!
//! A block is an element whose text nodes, joined, are the block's text. Extensions
//! may split those nodes; nothing here relies on there being just one.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Node, Range, Selection, Text};

use crate::layout::Area;
use crate::text::Utf16;

/// A place in the text of one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which block, from 0.
    pub block: usize,
    /// Where in it.
    pub offset: Utf16,
}

/// The blocks of an article as they stand in the page, in reading order.
#[derive(Clone, Debug, Default)]
pub struct Blocks(Vec<Element>);

impl Blocks {
    /// The elements of an article that bear `data-block`.
    #[must_use]
    pub fn of(article: &Element) -> Self {
        let found = article.query_selector_all("[data-block]");
        let nodes = found.map(|list| {
            (0..list.length())
                .filter_map(|at| list.get(at)?.dyn_into().ok())
                .collect()
        });
        Self(nodes.unwrap_or_default())
    }

    /// One block's element.
    #[must_use]
    pub fn get(&self, block: usize) -> Option<&Element> {
        self.0.get(block)
    }

    /// The blocks that stand between two heights of the viewport, in pixels.
    #[must_use]
    pub fn between(&self, top: f64, bottom: f64) -> std::ops::Range<usize> {
        let first = self
            .0
            .partition_point(|block| super::area(block).bottom < top);
        let last = self
            .0
            .partition_point(|block| super::area(block).top <= bottom);
        first..last.max(first)
    }

    /// The place of a boundary point. One between two blocks is at the start of the
    /// second; one outside the article is at its start or end.
    #[must_use]
    pub fn place_of(&self, node: &Node, offset: u32) -> Option<Place> {
        let point = super::document().create_range().ok()?;
        point.set_start(node, offset).ok()?;
        // The block that holds the point is the last that begins before it.
        let after = self
            .0
            .partition_point(|block| point.compare_point(block, 0).is_ok_and(|side| side <= 0));
        let Some(block) = after.checked_sub(1) else {
            return Some(Place {
                block: 0,
                offset: Utf16(0),
            });
        };
        let element = &self.0[block];
        let before = super::document().create_range().ok()?;
        before.set_start(element, 0).ok()?;
        if element.contains(Some(node)) {
            before.set_end(node, offset).ok()?;
        } else {
            before
                .set_end(element, element.child_nodes().length())
                .ok()?;
        }
        Some(Place {
            block,
            offset: Utf16(before.to_string().length()),
        })
    }

    /// The text node and the offset in it of a place; the block's end where the place
    /// lies behind it.
    #[must_use]
    pub fn point_of(&self, place: Place) -> Option<(Node, u32)> {
        // 4 is NodeFilter.SHOW_TEXT.
        let walker = super::document()
            .create_tree_walker_with_what_to_show(self.0.get(place.block)?, 4)
            .ok()?;
        let mut left = place.offset.0;
        let mut last = None;
        while let Ok(Some(node)) = walker.next_node() {
            let length = node.unchecked_ref::<Text>().length();
            if left <= length {
                return Some((node, left));
            }
            left -= length;
            last = Some((node, length));
        }
        last
    }

    /// A range of the page between two places.
    #[must_use]
    pub fn range(&self, start: Place, end: Place) -> Option<Range> {
        let range = super::document().create_range().ok()?;
        let (node, offset) = self.point_of(start)?;
        range.set_start(&node, offset).ok()?;
        let (node, offset) = self.point_of(end)?;
        range.set_end(&node, offset).ok()?;
        Some(range)
    }
}

/// The page's selection.
#[must_use]
pub fn current() -> Option<Selection> {
    super::window().get_selection().ok().flatten()
}

/// Anchor and focus of the selection, when at least one of them is in an element.
#[must_use]
pub fn ends_in(article: &Element, blocks: &Blocks) -> Option<(Place, Place)> {
    let selection = current()?;
    let (anchor, focus) = (selection.anchor_node()?, selection.focus_node()?);
    if !article.contains(Some(&anchor)) && !article.contains(Some(&focus)) {
        return None;
    }
    Some((
        blocks.place_of(&anchor, selection.anchor_offset())?,
        blocks.place_of(&focus, selection.focus_offset())?,
    ))
}

/// Selects from one place to another; the second is where `Shift` goes on.
pub fn select(blocks: &Blocks, anchor: Place, focus: Place) {
    if let (Some(selection), Some((anchor, from)), Some((focus, to))) =
        (current(), blocks.point_of(anchor), blocks.point_of(focus))
    {
        // Both nodes are in the page, so there is nothing to refuse.
        let _ = selection.set_base_and_extent(&anchor, from, &focus, to);
    }
}

/// Ends the selection where it ends, so that a caret goes on from there.
pub fn collapse() {
    if let Some(selection) = current().filter(|selection| selection.range_count() > 0) {
        let _ = selection.collapse_to_end();
    }
}

/// Drops the selection.
pub fn clear() {
    if let Some(selection) = current() {
        let _ = selection.remove_all_ranges();
    }
}

/// Moves (or extends, with `extend`) the selection as a caret would: direction
/// `left`, `right`, `forward` or `backward`, granularity as `Selection.modify` has it.
pub fn modify(extend: bool, direction: &str, granularity: &str) -> Result<(), JsValue> {
    current().map_or(Ok(()), |selection| {
        selection.modify(
            if extend { "extend" } else { "move" },
            direction,
            granularity,
        )
    })
}

/// The rectangles of a range's lines.
#[must_use]
pub fn lines(range: &Range) -> Vec<Area> {
    let Some(rects) = range.get_client_rects() else {
        return Vec::new();
    };
    (0..rects.length())
        .filter_map(|at| rects.get(at))
        .map(|line| super::rect(&line))
        .filter(|line| line.bottom > line.top)
        .collect()
}

/// The character under a point of the viewport, as a place before it.
#[must_use]
pub fn place_at(blocks: &Blocks, x: f64, y: f64) -> Option<Place> {
    let (node, offset) = super::pointer::caret_at(x, y)?;
    let length = node.dyn_ref::<Text>()?.length();
    // A caret is between two characters, on whichever side is nearer: the one the
    // point is in is either behind it or before it.
    [Some(offset), offset.checked_sub(1)]
        .into_iter()
        .flatten()
        .filter(|start| *start < length)
        .find(|start| {
            let character = super::document().create_range().ok().filter(|range| {
                range.set_start(&node, *start).is_ok() && range.set_end(&node, start + 1).is_ok()
            });
            character.is_some_and(|range| {
                lines(&range).iter().any(|area| {
                    area.left <= x && x < area.right && area.top <= y && y < area.bottom
                })
            })
        })
        .and_then(|start| blocks.place_of(&node, start))
}
