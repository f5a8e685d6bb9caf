//! Between places in the page and places in the text of its blocks.
//!
//! A block is an element whose text nodes, joined, are the block's text. Extensions
//! may split those nodes; nothing here relies on there being just one.

use std::cell::{Cell, OnceCell};
use std::ops::Range;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Node, NodeList, Selection, Text};

use super::element::style;
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

/// Some blocks of an article in an element of their own. They are drawn when they are
/// needed first: a text may have tens of thousands.
pub struct Section {
    /// The number of its first block.
    first: usize,
    element: Element,
    /// What draws its blocks, until it has.
    fill: Cell<Option<Fill>>,
    /// Whether the engine lays it out in any case.
    near: Cell<bool>,
    blocks: OnceCell<NodeList>,
}

type Fill = Box<dyn FnOnce(&Element)>;

impl Section {
    /// An element to be filled with blocks, from the one with this number on. Until then
    /// it is about as high as it will be, in hundredths of its font size.
    #[must_use]
    pub fn new(first: usize, element: Element, height: usize, fill: Fill) -> Self {
        style(&element, &format!("height:calc({height}*.01em)"));
        let fill = Box::new(move |element: &Element| {
            // So high an engine takes it to be for as long as it skips its contents.
            let skipped = format!("contain-intrinsic-height:auto calc({height}*.01em)");
            style(element, &skipped);
            fill(element);
        });
        Self {
            first,
            element,
            fill: Cell::new(Some(fill)),
            near: Cell::new(false),
            blocks: OnceCell::new(),
        }
    }

    /// Draws its blocks, if they are not; whether they were not.
    fn fill(&self) -> bool {
        let fill = self.fill.take();
        let fresh = fill.is_some();
        if let Some(fill) = fill {
            fill(&self.element);
        }
        fresh
    }

    /// Has the engine lay it out, or lets it go.
    fn lay_out(&self, near: bool) {
        if self.near.replace(near) == near {
            return;
        }
        if near {
            self.fill();
        }
        let classes = self.element.class_list();
        if classes.contains("section") {
            // A name without a space is not refused.
            let _ = classes.toggle_with_force("near", near);
        }
    }

    fn blocks(&self) -> Option<&NodeList> {
        self.fill();
        if self.blocks.get().is_none() {
            let found = self.element.query_selector_all("[data-block]").ok()?;
            // It was asked a line ago: there is none.
            let _ = self.blocks.set(found);
        }
        self.blocks.get()
    }

    fn block(&self, at: usize) -> Option<Element> {
        self.blocks()?.get(at as u32)?.dyn_into().ok()
    }

    /// How many of its blocks come before the first for which something does not hold
    /// that holds for all before it.
    fn before(&self, holds: &dyn Fn(&Element) -> bool) -> usize {
        let length = self.blocks().map_or(0, NodeList::length);
        halve(length as usize, &|at| {
            self.block(at).is_some_and(|block| holds(&block))
        })
    }
}

/// Of a row that begins with those for which something holds, how many these are.
fn halve(length: usize, holds: &dyn Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, length);
    while low < high {
        let middle = usize::midpoint(low, high);
        if holds(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// The blocks of an article as they stand in the page, in reading order.
///
/// What is asked of a block makes the engine lay out its section; so places are looked for
/// among the sections first, and in one of them then.
#[derive(Default)]
pub struct Blocks {
    sections: Vec<Section>,
    range: OnceCell<web_sys::Range>,
}

impl Blocks {
    /// The blocks of these sections.
    #[must_use]
    pub fn new(sections: Vec<Section>) -> Self {
        Self {
            sections,
            range: OnceCell::new(),
        }
    }

    /// The one range for all that is measured. A page keeps each up to date, so every change
    /// of it is the dearer the more there are in memory, forgotten ones included.
    fn scratch(&self) -> Option<&web_sys::Range> {
        if self.range.get().is_none() {
            // It was asked a line ago: there is none.
            let _ = self.range.set(super::document().create_range().ok()?);
        }
        self.range.get()
    }

    /// Draws blocks that are not drawn yet for some time, in ms; whether some are left.
    #[must_use]
    pub fn fill(&self, time: f64) -> bool {
        let end = js_sys::Date::now() + time;
        for section in &self.sections {
            if section.fill() && js_sys::Date::now() >= end {
                return true;
            }
        }
        false
    }

    /// The section that holds a block.
    fn section(&self, block: usize) -> Option<usize> {
        halve(self.sections.len(), &|at| self.sections[at].first <= block).checked_sub(1)
    }

    /// One block's element.
    #[must_use]
    pub fn get(&self, block: usize) -> Option<Element> {
        let section = &self.sections[self.section(block)?];
        section.block(block - section.first)
    }

    /// Has the engine lay out a block's section, if it is not, and those beside it with it,
    /// so that what is near the block stands where it will stay.
    pub fn lay_out(&self, block: usize) {
        let Some(wanted) = self.section(block) else {
            return;
        };
        if !self.sections[wanted].near.get() {
            for section in
                &self.sections[wanted.saturating_sub(1)..self.sections.len().min(wanted + 2)]
            {
                section.lay_out(true);
            }
        }
    }

    /// Has the engine lay out the sections between two heights of the viewport, in pixels,
    /// and if `only` lets go all others. By itself it does so a frame too late for what is
    /// asked of the blocks meanwhile.
    pub fn lay_out_between(&self, top: f64, bottom: f64, only: bool) {
        let first = self.sections_before(&|area| area.bottom < top);
        let last = self.sections_before(&|area| area.top <= bottom);
        for (at, section) in self.sections.iter().enumerate() {
            let near = first <= at && at < last;
            if near || only {
                section.lay_out(near);
            }
        }
    }

    fn sections_before(&self, holds: &dyn Fn(Area) -> bool) -> usize {
        halve(self.sections.len(), &|at| {
            holds(super::area(&self.sections[at].element))
        })
    }

    /// The first block that ends below a height of the viewport, in pixels.
    #[must_use]
    pub fn first_below(&self, height: f64) -> usize {
        let at = self.sections_before(&|area| area.bottom < height);
        let above = |block: &Element| super::area(block).bottom < height;
        let section = self.sections.get(at).or(self.sections.last());
        section.map_or(0, |section| section.first + section.before(&above))
    }

    /// The blocks that stand between two heights of the viewport, in pixels.
    #[must_use]
    pub fn between(&self, top: f64, bottom: f64) -> Range<usize> {
        let first = self.first_below(top);
        let at = self.sections_before(&|area| area.top <= bottom);
        let above = |block: &Element| super::area(block).top <= bottom;
        let last = at.checked_sub(1).map_or(0, |at| {
            let section = &self.sections[at];
            section.first + section.before(&above)
        });
        first..last.max(first)
    }

    /// The place of a boundary point. One between two blocks is at the end of the first;
    /// one outside the article is at its start or end.
    #[must_use]
    pub fn place_of(&self, node: &Node, offset: u32) -> Option<Place> {
        let range = self.scratch()?;
        let element = node.dyn_ref::<Element>().cloned();
        let held = element
            .or_else(|| node.parent_element())
            .and_then(|element| element.closest("[data-block]").ok().flatten());
        if let Some(block) = held {
            range.set_start(&block, 0).ok()?;
            range.set_end(node, offset).ok()?;
            return Some(Place {
                block: block.get_attribute("data-block")?.parse().ok()?,
                offset: Utf16(range.to_string().length()),
            });
        }
        range.set_start(node, offset).ok()?;
        range.set_end(node, offset).ok()?;
        let before = |block: &Element| range.compare_point(block, 0).is_ok_and(|side| side <= 0);
        let at = halve(self.sections.len(), &|at| {
            before(&self.sections[at].element)
        });
        let after = at.checked_sub(1).map_or(0, |at| {
            let section = &self.sections[at];
            section.first + section.before(&before)
        });
        let Some(block) = after.checked_sub(1) else {
            return Some(Place {
                block: 0,
                offset: Utf16(0),
            });
        };
        let block_before = self.get(block)?;
        range.select_node_contents(block_before.as_ref()).ok()?;
        Some(Place {
            block,
            offset: Utf16(range.to_string().length()),
        })
    }

    /// The text node and the offset in it of a place; the block's end where the place
    /// lies behind it.
    #[must_use]
    pub fn point_of(&self, place: Place) -> Option<(Node, u32)> {
        // 4 is NodeFilter.SHOW_TEXT.
        let block = self.get(place.block)?;
        let walker = super::document()
            .create_tree_walker_with_what_to_show(&block, 4)
            .ok()?;
        let mut left = place.offset.0;
        // One without a text has no text node.
        let mut last = (block.into(), 0);
        while let Ok(Some(node)) = walker.next_node() {
            let length = node.unchecked_ref::<Text>().length();
            if left <= length {
                return Some((node, left));
            }
            left -= length;
            last = (node, length);
        }
        Some(last)
    }

    /// A range of the page between two places. It is good until something else is asked.
    #[must_use]
    pub fn range(&self, start: Place, end: Place) -> Option<web_sys::Range> {
        let range = self.scratch()?;
        let (node, offset) = self.point_of(start)?;
        range.set_start(&node, offset).ok()?;
        let (node, offset) = self.point_of(end)?;
        range.set_end(&node, offset).ok()?;
        Some(range.clone())
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

/// Whether the end of the selection that moves is in an element.
#[must_use]
pub fn moves_in(article: &Element) -> bool {
    let focus = current().and_then(|selection| selection.focus_node());
    focus.is_some_and(|focus| article.contains(Some(&focus)))
}

/// Has the selection end at a place; it begins where it began.
pub fn extend(blocks: &Blocks, focus: Place) {
    if let Some((selection, (node, offset))) = current().zip(blocks.point_of(focus))
        && selection.range_count() > 0
    {
        // The node is in the page, so there is nothing to refuse.
        let _ = selection.extend_with_offset(&node, offset);
    }
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
pub fn lines(range: &web_sys::Range) -> Vec<Area> {
    let Some(rects) = range.get_client_rects() else {
        return Vec::new();
    };
    (0..rects.length())
        .filter_map(|at| rects.get(at))
        .map(|line| super::rect(&line))
        .filter(|line| line.bottom > line.top)
        .collect()
}

/// The place in the text that is nearest to a point of the viewport, in pixels: between two
/// characters of the line that is nearest. Nothing where something else lies over that.
#[must_use]
pub fn place_near(article: &Element, blocks: &Blocks, x: f64, y: f64) -> Option<Place> {
    let caret = |x, y| {
        let found = super::pointer::caret_at(x, y)?;
        let is_text = found.0.has_type::<Text>() && article.contains(Some(&found.0));
        is_text.then_some(found)
    };
    if let Some((node, offset)) = caret(x, y) {
        return blocks.place_of(&node, offset);
    }
    // Between two blocks there is no line: the nearest is in one of them.
    let below = blocks.first_below(y);
    let around = [below.checked_sub(1), Some(below)].into_iter().flatten();
    let mut nearest: Option<(f64, Area)> = None;
    for block in around {
        let range = blocks.scratch()?;
        let Some(element) = blocks.get(block) else {
            continue;
        };
        range.select_node_contents(&element).ok()?;
        for line in lines(range) {
            let distance = (line.top - y).max(y - line.bottom).max(0.0);
            if nearest.is_none_or(|(least, ..)| distance < least) {
                nearest = Some((distance, line));
            }
        }
    }
    let (_, line) = nearest?;
    let (x, _) = line.nearest(x, y);
    let (node, offset) = caret(x, (line.top + line.bottom) / 2.0)?;
    blocks.place_of(&node, offset)
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
            let character = blocks.scratch().filter(|range| {
                range.set_start(&node, *start).is_ok() && range.set_end(&node, start + 1).is_ok()
            });
            character.is_some_and(|range| {
                lines(range).iter().any(|area| {
                    area.left <= x && x < area.right && area.top <= y && y < area.bottom
                })
            })
        })
        .and_then(|start| blocks.place_of(&node, start))
}
