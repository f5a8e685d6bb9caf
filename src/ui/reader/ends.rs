//! Moving the ends of the selected mark: by keys, and by a handle at each.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, PointerEvent};

use super::super::part;
use super::desk::Desk;
use super::pointing::{offset_at, point};
use crate::annotation::AnnotationId;
use crate::browser::words::words;
use crate::browser::{px, selection};
use crate::document::Document;
use crate::text::{Bias, Span, Utf8, Utf16, clip_after, clip_before, passage};

/// Which end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Start,
    End,
}

impl End {
    fn of(self, span: Span) -> Utf8 {
        match self {
            Self::Start => span.start,
            Self::End => span.end,
        }
    }

    /// The span with this end elsewhere, as long as something is left of it.
    fn moved(self, span: Span, to: Utf8) -> Option<Span> {
        let moved = match self {
            Self::Start => Span { start: to, ..span },
            Self::End => Span { end: to, ..span },
        };
        (moved.start < moved.end).then_some(moved)
    }
}

/// The selected mark and its place.
fn selected(desk: Desk) -> Option<(AnnotationId, Span)> {
    let id = desk.session.selected.get()?;
    let span = desk.session.with(|project| project.live(id)?.span())?;
    Some((id, span))
}

/// Alt and an arrow; whether there is a mark to move an end of.
pub(in crate::ui) fn key(desk: Desk, event: &KeyboardEvent) -> bool {
    let is_right = match event.key().as_str() {
        "ArrowLeft" => false,
        "ArrowRight" => true,
        _ => return false,
    };
    let Some((id, span)) = untrack(|| selected(desk)) else {
        return false;
    };
    let end = if event.shift_key() {
        End::End
    } else {
        End::Start
    };
    let document = desk.session.document.get_untracked();
    let is_leftward = desk.blocks.with_value(|blocks| {
        let block = document
            .block_at(end.of(span))
            .and_then(|at| blocks.get(at));
        block.is_some_and(|block| block.matches(":dir(rtl)").unwrap_or(false))
    });
    let forward = is_right != is_leftward;
    let step = if event.ctrl_key() { character } else { word };
    let text = document.text.text();
    // A step over white space alone is none: ends never stand there.
    let moved = std::iter::successors(step(&document, end.of(span), end, forward), |at| {
        step(&document, *at, end, forward)
    })
    .map_while(|at| passage(text, end.moved(span, at)?))
    .find(|moved| *moved != span);
    if let Some(moved) = moved {
        desk.session.reach(id, moved);
        desk.bring_into_view(Span::between(end.of(moved), end.of(moved)));
    } else {
        desk.session.say("It can't go further there");
    }
    true
}

/// The grapheme boundary next to a place.
fn character(document: &Document, at: Utf8, _: End, forward: bool) -> Option<Utf8> {
    let text = document.text.text();
    let (before, after) = text.split_at_checked(at.index())?;
    Some(if forward {
        let next = after.chars().next()?.len_utf8();
        clip_after(text, Utf8::from(at.index() + next))
    } else {
        let last = before.chars().next_back()?.len_utf8();
        clip_before(text, Utf8::from(at.index() - last))
    })
}

/// The next word's start for a start, its end for an end.
fn word(document: &Document, at: Utf8, end: End, forward: bool) -> Option<Utf8> {
    let here = document.block_at(at)?;
    let edges = |block: usize| {
        let span = document.blocks[block].span;
        let first = document.text.to_utf16(span.start).0;
        words(span.of(document.text.text()))
            .into_iter()
            .map(move |word| {
                let edge = match end {
                    End::Start => word.start,
                    End::End => word.end,
                };
                document
                    .text
                    .nearest_utf16(Utf16(first + edge.0), Bias::Left)
            })
    };
    if forward {
        (here..document.blocks.len()).find_map(|block| edges(block).find(|edge| *edge > at))
    } else {
        let before = |block| edges(block).rev().find(|edge| *edge < at);
        (0..=here).rev().find_map(before)
    }
}

/// An end that is being dragged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Drag {
    id: AnnotationId,
    fixed: Utf8,
    /// What the mark would be.
    wanted: Span,
    /// How far the pointer holds the handle below the words that are meant, in CSS pixels.
    below: f64,
}

/// Starts dragging, if it is a handle that was pressed.
pub(super) fn press(desk: Desk, event: &PointerEvent) {
    let handle = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .filter(|element| element.class_list().contains("handle"));
    let Some((handle, (id, span))) = handle.zip(untrack(|| selected(desk))) else {
        return;
    };
    // Nothing else shall come of it: no selection, no focus.
    event.prevent_default();
    // Where it is refused, the drag ends where the pointer leaves the handle.
    let _ = handle.set_pointer_capture(event.pointer_id());
    let Some((lines, _)) = desk.lines(span) else {
        return;
    };
    let (fixed, line) = if handle.class_list().contains("start") {
        (span.end, lines.first())
    } else {
        (span.start, lines.last())
    };
    let below = line.map_or(0.0, |line| point(event).1 - line.bottom + WITHIN);
    desk.state().dragged.set(Some(Drag {
        id,
        fixed,
        wanted: span,
        below,
    }));
}

/// Drags on; whether there is something to drag. The page's own selection shows what the
/// mark would be.
pub(super) fn drag(desk: Desk, event: &PointerEvent) -> bool {
    let Some(drag) = desk.state().dragged.get() else {
        return false;
    };
    let (x, y) = point(event);
    let wanted = offset_at(desk, x, y - drag.below).and_then(|to| {
        let document = desk.session.document.get_untracked();
        // The character under the pointer is taken in, on either side.
        let span = if to < drag.fixed {
            Span::between(to, drag.fixed)
        } else {
            let behind = character(&document, to, End::End, true);
            Span::between(drag.fixed, behind.unwrap_or(to))
        };
        passage(document.text.text(), span)
    });
    if let Some(wanted) = wanted {
        desk.state().dragged.set(Some(Drag { wanted, ..drag }));
        desk.pointing.set(true);
        desk.select(wanted);
        desk.moved.notify();
    }
    true
}

/// Ends a drag.
pub(super) fn release(desk: Desk) {
    if let Some(Drag { id, wanted, .. }) = desk.state().dragged.get() {
        desk.state().dragged.set(None);
        selection::collapse();
        desk.session.reach(id, wanted);
    }
}

/// The handles. For keys there are keys, so they are nothing to a screen reader.
#[component]
pub(super) fn Handles(desk: Desk) -> impl IntoView {
    part(move || {
        desk.moved.track();
        desk.session.marks.track();
        if desk.session.passage.get().is_some() {
            return None;
        }
        let (_, span) = selected(desk)?;
        let span = desk.state().dragged.get().map_or(span, |drag| drag.wanted);
        let (lines, room) = desk.lines(span)?;
        let (first, last) = (lines.first()?, lines.last()?);
        let handle = |class, x, y| {
            let class = if (room.top..room.bottom).contains(&y) {
                class
            } else {
                "off"
            };
            view! { <div class=class aria-hidden="true" style:left=px(x) style:top=px(y)></div> }
        };
        let handles = [
            handle("handle start", first.left, first.bottom),
            handle("handle", last.right, last.bottom),
        ];
        Some(handles.into_any())
    })
}

/// How far above its lower edge a line is meant, in CSS pixels.
const WITHIN: f64 = 8.0;
