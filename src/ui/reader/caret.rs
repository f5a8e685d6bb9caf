//! A caret in the article, moved by keys: selecting without a mouse.
//!
//! Characters and lines are for the engine (`Selection.modify`), so right-to-left text is as
//! everywhere else on the machine; words, sentences and paragraphs are the same everywhere. A
//! caret in text that can't be edited is shown by no engine, so that is drawn here.

use leptos::prelude::*;

use super::super::elements::{effect, part};
use super::context::ReaderContext;
use super::hit::hit;
use super::paging;
use crate::browser::px;
use crate::browser::selection::{self, Place};
use crate::browser::words::{sentences, words};
use crate::caret;
use crate::document::Document;
use crate::keys::{End, Motion, Side, Way};
use crate::layout::Area;
use crate::text::{self, Bias, Span, Utf8, Utf16};
use crate::words;

/// Redraws the caret when the selection has moved.
pub(in crate::ui) fn listen(reader: ReaderContext) {
    effect(move || {
        reader.session.subject.track();
        reader.moved.notify();
    });
}

/// Moves the caret or, to select, the selection's end; from where it is or from the first line in
/// view.
pub(in crate::ui) fn go(reader: ReaderContext, motion: Motion, extend: bool) {
    reader.by_keys.set(true);
    let Some((anchor, focus)) = reader.ends() else {
        // To the ends of the text it is the same from everywhere.
        match motion {
            Motion::TextEnd(way) => go_to_end(reader, None, way, extend),
            _ => start(reader),
        }
        return;
    };
    match motion {
        Motion::Character(side) => modify(reader, extend, leftward(side), "character"),
        Motion::Line(way) => modify(reader, extend, towards(way), "line"),
        Motion::LineEnd(way) => modify(reader, extend, towards(way), "lineboundary"),
        Motion::TextEnd(way) => return go_to_end(reader, Some(anchor), way, extend),
        Motion::Word(side) => {
            let way = way_to(reader, focus.block, side);
            put(reader, extend, |document, anchor, focus| {
                let words = |block| pieces(document, block, &words);
                let to = caret::word(document, focus, End::Start, way, &words);
                // What is selected ends where a word ends, and begins where one begins.
                let tight = caret::word(document, focus, End::End, way, &words);
                match tight.filter(|tight| extend && *tight > anchor) {
                    Some(tight) => Some(tight),
                    None => to.or((way == Way::On).then(|| document.text.end())),
                }
            });
        }
        Motion::Paragraph(way) => {
            put(reader, extend, |document, _, focus| {
                Some(caret::paragraph(document, focus, way))
            });
        }
    }
    went(reader, extend);
}

fn leftward(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
    }
}

fn towards(way: Way) -> &'static str {
    match way {
        Way::On => "forward",
        Way::Back => "backward",
    }
}

/// Which way a side is in a block's direction.
pub(super) fn way_to(reader: ReaderContext, block: usize, side: Side) -> Way {
    let is_leftward = reader.blocks.with_value(|blocks| {
        let block = blocks.get(block);
        block.is_some_and(|block| block.matches(":dir(rtl)").unwrap_or(false))
    });
    if (side == Side::Right) == is_leftward {
        Way::Back
    } else {
        Way::On
    }
}

/// Has the engine move it.
fn modify(reader: ReaderContext, extend: bool, direction: &str, granularity: &str) {
    let before = reader.ends();
    // An engine that does not know a granularity says so; then nothing moves.
    let moved = selection::modify(extend, direction, granularity).is_ok();
    if let Some((anchor, focus)) = before.filter(|_| moved && reader.ends().is_none()) {
        // It left the article: back to where it was.
        reader
            .blocks
            .with_value(|blocks| selection::select(blocks, anchor, focus));
    }
}

/// Puts the caret, or the selection's end, where something follows from both ends.
fn put(reader: ReaderContext, extend: bool, to: impl Fn(&Document, Utf8, Utf8) -> Option<Utf8>) {
    let Some((anchor, focus)) = reader.ends() else {
        return;
    };
    let document = reader.session.document.get_untracked();
    let offsets = reader
        .offset(anchor, Bias::Left)
        .zip(reader.offset(focus, Bias::Left));
    let next = offsets.and_then(|(anchor, focus)| reader.place(to(&document, anchor, focus)?));
    if let Some(next) = next {
        let from = if extend { anchor } else { next };
        reader
            .blocks
            .with_value(|blocks| selection::select(blocks, from, next));
    }
}

/// What stands in a block of the text, as the engine knows it.
pub(super) fn pieces(
    document: &Document,
    block: usize,
    find: &dyn Fn(&str) -> Vec<Span<Utf16>>,
) -> Vec<Span> {
    let Some(block) = document.blocks.get(block) else {
        return Vec::new();
    };
    let text = &document.text;
    let first = text.to_utf16(block.span.start).0;
    let at = |own: Utf16| text.nearest_utf16(Utf16(first + own.0), Bias::Left);
    find(block.span.of(text.text()))
        .into_iter()
        .map(|piece| Span::between(at(piece.start), at(piece.end)))
        .collect()
}

/// The sentences of a block.
fn sentences_of(document: &Document, number: usize) -> Vec<Span> {
    let Some(block) = document.blocks.get(number) else {
        return Vec::new();
    };
    let start = block.span.start.0;
    let pieces = pieces(document, number, &sentences);
    let starts = pieces
        .iter()
        .skip(1)
        .map(|piece| (piece.start.0 - start) as usize);
    let at = |own: Utf8| Utf8(start + own.0);
    text::sentences(block.span.of(document.text.text()), starts)
        .into_iter()
        .map(|own| Span::between(at(own.start), at(own.end)))
        .collect()
}

/// Selects the sentence that follows, or the one before.
pub(in crate::ui) fn select_sentence(reader: ReaderContext, way: Way) {
    select_next(reader, way, &|document, from| {
        caret::sentence(document, from, way, &|block| sentences_of(document, block))
    });
}

/// Selects the paragraph that follows, or the one before.
pub(in crate::ui) fn select_paragraph(reader: ReaderContext, way: Way) {
    select_next(reader, way, &|document, from| {
        caret::whole_paragraph(document, from, way)
    });
}

fn select_next(reader: ReaderContext, way: Way, next: &dyn Fn(&Document, Span) -> Option<Span>) {
    let document = reader.session.document.get_untracked();
    let Some(from) = here(reader) else { return };
    match next(&document, from) {
        Some(span) => {
            reader.focus_article();
            reader
                .session
                .update_marking(|marking| marking.move_caret());
            reader.select(span);
            reader.take_selection();
            reader.bring_into_view(span);
        }
        None if way == Way::On => reader.session.say(words::reader::ENDS_HERE),
        None => reader.session.say(words::reader::BEGINS_HERE),
    }
}

/// Goes to the next heading, or to the one before.
pub(in crate::ui) fn go_to_heading(reader: ReaderContext, way: Way) {
    let document = reader.session.document.get_untracked();
    let Some(from) = here(reader) else { return };
    let Some(place) = caret::heading(&document, from.start, way).and_then(|to| reader.place(to))
    else {
        let words = match way {
            Way::On => words::reader::NO_HEADING_BELOW,
            Way::Back => words::reader::NO_HEADING_ABOVE,
        };
        reader.session.say(words);
        return;
    };
    reader.focus_article();
    reader
        .blocks
        .with_value(|blocks| selection::select(blocks, place, place));
    let block = document.blocks[place.block].span;
    reader.bring_into_view(block);
    went(reader, false);
}

/// What keys go on from: the selected passage, the mark that keys are about, the caret, else the
/// first line in view.
fn here(reader: ReaderContext) -> Option<Span> {
    let subject = reader.session.subject.get_untracked();
    if let Some(passage) = subject.passage() {
        return Some(passage);
    }
    let marked = || {
        reader
            .session
            .with(|project| project.live(subject.mark()?)?.span())
    };
    if let Some(span) = marked() {
        return Some(span);
    }
    let at = match caret_offset(reader) {
        Some(at) => at,
        None => {
            let first = first_in_view(reader)?;
            reader
                .session
                .document
                .with_untracked(|document| Some(document.blocks.get(first)?.span.start))?
        }
    };
    Some(Span::between(at, at))
}

/// Moves the caret or the selection's end to the end of the text, or to its beginning.
fn go_to_end(reader: ReaderContext, anchor: Option<Place>, way: Way, extend: bool) {
    let text_end = reader
        .session
        .document
        .with_untracked(|document| document.text.end());
    let to = match way {
        Way::On => text_end,
        Way::Back => Utf8(0),
    };
    let Some(place) = reader.place(to) else {
        return;
    };
    let anchor = anchor.filter(|_| extend);
    reader
        .blocks
        .with_value(|blocks| selection::select(blocks, anchor.unwrap_or(place), place));
    paging::scroll_to_end(reader, way);
    went(reader, extend);
}

/// The caret has moved.
fn went(reader: ReaderContext, extend: bool) {
    if !extend {
        reader
            .session
            .update_marking(|marking| marking.move_caret());
    }
    // Now, not when the engine gets round to telling: the next key may be a theme's.
    reader.take_selection();
    follow(reader);
}

/// Puts the caret on the chosen mark, else on the first block in view.
fn start(reader: ReaderContext) {
    let Some(span) = here(reader) else { return };
    reader.select(Span::between(span.start, span.start));
    reader.take_selection();
    reader.moved.notify();
}

/// The first block in view.
fn first_in_view(reader: ReaderContext) -> Option<usize> {
    let pane = crate::browser::area(&*reader.pane.get_untracked()?);
    Some(
        reader
            .blocks
            .with_value(|blocks| blocks.between(pane.top, pane.bottom).start),
    )
}

/// Where the caret is in the text.
fn caret_offset(reader: ReaderContext) -> Option<Utf8> {
    reader.offset(reader.ends()?.1, Bias::Left)
}

/// Chooses the mark the caret is in, or at the end of; whether there is one.
pub(in crate::ui) fn enter(reader: ReaderContext) -> bool {
    let Some(here) = caret_offset(reader) else {
        return false;
    };
    let before = Utf8(here.0.saturating_sub(1));
    let own = reader.session.subject.get_untracked().chosen();
    hit(reader, Some(here), own) || hit(reader, Some(before), own)
}

/// Keeps the caret in view.
fn follow(reader: ReaderContext) {
    let (Some(area), Some(pane)) = (area(reader), reader.pane.get_untracked()) else {
        return;
    };
    let room = crate::browser::area(&pane);
    const MARGIN: f64 = 48.0;
    let by =
        (area.bottom + MARGIN - room.bottom).max(0.0) + (area.top - MARGIN - room.top).min(0.0);
    if by != 0.0 {
        pane.set_scroll_top(pane.scroll_top() + by as i32);
    }
    reader.moved.notify();
}

/// Selects the whole text.
pub(in crate::ui) fn select_all(reader: ReaderContext) {
    let end = reader
        .session
        .document
        .with_untracked(|document| document.text.end());
    reader.select(Span::between(Utf8(0), end));
    reader.take_selection();
}

/// Goes through the marks that overlap the chosen one; past the last the key does
/// what it does everywhere, so the focus is never caught.
pub(in crate::ui) fn cycle(reader: ReaderContext, way: Way) -> bool {
    let Some(own) = reader.session.current_mark() else {
        return false;
    };
    let Some(span) = reader.session.with(|project| project.live(own)?.span()) else {
        return false;
    };
    let document = reader.session.document.get_untracked();
    let around: Vec<_> = reader.session.with(|project| {
        project
            .marks_in(document.id(), span)
            .map(|mark| mark.id)
            .collect()
    });
    let here = around.iter().position(|id| *id == own);
    let by = if way == Way::On { 1 } else { -1 };
    let next = here.and_then(|here| here.checked_add_signed(by));
    let Some(id) = next.and_then(|next| around.get(next).copied()) else {
        return false;
    };
    reader.session.choose(Some(id));
    true
}

/// Where the caret stands in the viewport.
fn area(reader: ReaderContext) -> Option<Area> {
    let (_, focus) = reader.ends()?;
    let offset = reader.offset(focus, Bias::Left)?;
    let document = reader.session.document.get_untracked();
    let block = document.blocks.get(focus.block)?.span;
    // The line of the character after it, or at a block's end the one before it.
    let text = document.text.text();
    let next = text[offset.index()..]
        .chars()
        .next()
        .map_or(0, char::len_utf8);
    let after = Span::between(offset, Utf8(offset.0 + next as u32)).intersection(block);
    if let Some(line) = reader.lines(after)?.0.first() {
        return Some(Area {
            right: line.left + 2.0,
            ..*line
        });
    }
    let last = text[..offset.index()]
        .chars()
        .next_back()
        .map_or(0, char::len_utf8);
    let before = Span::between(Utf8(offset.0 - last as u32), offset);
    let (lines, _) = reader.lines(before)?;
    lines.last().map(|line| Area {
        left: line.right - 2.0,
        ..*line
    })
}

/// The caret itself, for the eye only.
#[component]
pub(in crate::ui) fn Caret(reader: ReaderContext) -> impl IntoView {
    let place = move || {
        reader.moved.track();
        if !reader.by_keys.get() || reader.session.subject.get().passage().is_some() {
            return None;
        }
        area(reader)
    };
    part(move || {
        place().map(|area| {
            view! {
                <div
                    class="caret"
                    aria-hidden="true"
                    style:left=px(area.left)
                    style:top=px(area.top)
                    style:height=px(area.bottom - area.top)
                ></div>
            }
            .into_any()
        })
    })
}
