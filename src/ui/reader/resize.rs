//! Moving the ends of the chosen mark: by keys, and by a handle at each.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

use super::super::elements::part;
use super::caret::{pieces, way_to};
use super::context::ReaderContext;
use super::hit::{offset_at, point};
use crate::annotation::AnnotationId;
use crate::browser::words::words;
use crate::browser::{px, selection};
use crate::caret;
use crate::document::Document;
use crate::keys::{End, Side, Step, Way};
use crate::layout::Area;
use crate::marking::Gesture;
use crate::text::{Bias, Span, Utf8, clip_after, clip_before, passage};
use crate::words;

/// An end's place.
fn end_of(span: Span, end: End) -> Utf8 {
    match end {
        End::Start => span.start,
        End::End => span.end,
    }
}

/// The span with an end elsewhere, as long as something is left of it.
fn with_end(span: Span, end: End, to: Utf8) -> Option<Span> {
    let moved = match end {
        End::Start => Span { start: to, ..span },
        End::End => Span { end: to, ..span },
    };
    (moved.start < moved.end).then_some(moved)
}

/// A mark and its place.
fn placed(reader: ReaderContext, id: Option<AnnotationId>) -> Option<(AnnotationId, Span)> {
    let id = id?;
    let span = reader.session.with(|project| project.live(id)?.span())?;
    Some((id, span))
}

/// Moves an end of the mark that keys are about.
pub(in crate::ui) fn key(reader: ReaderContext, end: End, side: Side, step: Step) {
    let subject = reader.session.subject.get_untracked();
    let Some((id, span)) = placed(reader, subject.mark()) else {
        let words = match subject.passage() {
            Some(_) => words::reader::MARK_FIRST,
            None => words::reader::CHOOSE_A_MARK,
        };
        reader.session.say(words);
        return;
    };
    let document = reader.session.document.get_untracked();
    let block = document.block_at(end_of(span, end)).unwrap_or_default();
    let way = way_to(reader, block, side);
    let words = |block| pieces(&document, block, &words);
    let next = |at: Utf8| match step {
        Step::Word => caret::word(&document, at, end, way, &words),
        Step::Character => character(&document, at, way),
    };
    let text = document.text.text();
    // A step over white space alone is none: ends never stand there.
    let moved = std::iter::successors(next(end_of(span, end)), |at| next(*at))
        .map_while(|at| passage(text, with_end(span, end, at)?))
        .find(|moved| *moved != span);
    if let Some(moved) = moved {
        reader.session.resize_mark(id, moved);
        reader.bring_into_view(Span::between(end_of(moved, end), end_of(moved, end)));
    } else {
        reader.session.say(words::reader::NO_FURTHER);
    }
}

/// The grapheme boundary next to a place.
fn character(document: &Document, at: Utf8, way: Way) -> Option<Utf8> {
    let text = document.text.text();
    let (before, after) = text.split_at_checked(at.index())?;
    Some(match way {
        Way::On => {
            let next = after.chars().next()?.len_utf8();
            clip_after(text, Utf8::from(at.index() + next))
        }
        Way::Back => {
            let last = before.chars().next_back()?.len_utf8();
            clip_before(text, Utf8::from(at.index() - last))
        }
    })
}

/// Starts dragging, if it is a handle that was pressed; whether it is.
pub(super) fn press(reader: ReaderContext, event: &PointerEvent) -> bool {
    let handle = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .filter(|element| element.class_list().contains("handle"));
    let subject = reader.session.subject.get_untracked();
    let Some((handle, (_, span))) = handle.zip(placed(reader, subject.chosen())) else {
        return false;
    };
    // Nothing else shall come of it: no selection, no focus.
    event.prevent_default();
    // Where it is refused, the drag ends where the pointer leaves the handle.
    let _ = handle.set_pointer_capture(event.pointer_id());
    let Some((lines, _)) = reader.lines(span) else {
        return true;
    };
    let (fixed, line) = if handle.class_list().contains("start") {
        (span.end, lines.first())
    } else {
        (span.start, lines.last())
    };
    // The handle’s dot lies above or below the line that is meant. Half the way, so that it does not
    // matter whether a person moves the dot along a line or the pointer onto it.
    let away = line.map_or(0.0, |line| point(event).1 - (line.top + line.bottom) / 2.0);
    reader.state().below.set(away / 2.0);
    reader
        .session
        .update_marking(|marking| marking.press_handle(fixed, span));
    true
}

/// Drags on; whether there is something to drag. The page's own selection shows what the
/// mark would be.
pub(super) fn drag(reader: ReaderContext, event: &PointerEvent) -> bool {
    let Gesture::Resizing(resize) = reader.session.gesture.get_untracked() else {
        return false;
    };
    let (x, y) = point(event);
    let y = y - reader.state().below.get();
    let beside = || reader.offset(reader.nearest(x, y)?, Bias::Left);
    let wanted = offset_at(reader, x, y).or_else(beside).and_then(|to| {
        let document = reader.session.document.get_untracked();
        // The character under the pointer is taken in, on either side.
        let span = if to < resize.fixed {
            Span::between(to, resize.fixed)
        } else {
            let behind = character(&document, to, Way::On);
            Span::between(resize.fixed, behind.unwrap_or(to))
        };
        passage(document.text.text(), span)
    });
    if let Some(wanted) = wanted {
        reader
            .session
            .update_marking(|marking| marking.resize(wanted));
        reader.select(wanted);
        reader.moved.notify();
    }
    true
}

/// Calls a drag off: nothing is moved. Whether there was one.
pub(in crate::ui) fn cancel(reader: ReaderContext) -> bool {
    let was_dragged = reader
        .session
        .update_marking(|marking| marking.cancel_handle());
    if was_dragged {
        selection::collapse();
        reader.moved.notify();
    }
    was_dragged
}

/// Ends a drag, where the pointer is by then. One that is lost, to a gesture of the system for
/// one, is called off.
pub(super) fn release(reader: ReaderContext, event: &PointerEvent) {
    if event.type_() == "pointercancel" {
        cancel(reader);
        return;
    }
    drag(reader, event);
    if let Some((id, wanted)) = reader
        .session
        .update_marking(|marking| marking.release_handle())
    {
        selection::collapse();
        reader.session.resize_mark(id, wanted);
    }
}

/// The handles of the chosen mark: knobs above its start and below its end, between the lines,
/// so that no letter is covered. For keys there are keys, so they are nothing to a screen reader.
#[component]
pub(in crate::ui) fn Handles(reader: ReaderContext) -> impl IntoView {
    part(move || {
        reader.moved.track();
        reader.session.marks.track();
        let (_, span) = placed(reader, reader.session.subject.get().chosen())?;
        let span = match reader.session.gesture.get() {
            Gesture::Resizing(resize) => resize.wanted,
            Gesture::Resting | Gesture::Selecting(_) => span,
        };
        let (lines, room) = reader.lines(span)?;
        let (first, last) = (*lines.first()?, *lines.last()?);
        let is_leftward = |at: Utf8| {
            let document = reader.session.document.get_untracked();
            let block = document.block_at(at).unwrap_or_default();
            way_to(reader, block, Side::Left) == Way::On
        };
        let handle = |class, x, y| {
            let class = if (room.top..room.bottom).contains(&y) {
                class
            } else {
                "off"
            };
            view! { <div class=class aria-hidden="true" style:left=px(x) style:top=px(y)></div> }
        };
        let edge = |line: Area, is_left| if is_left { line.left } else { line.right };
        let handles = [
            handle(
                "handle start",
                edge(first, !is_leftward(span.start)),
                first.top,
            ),
            handle(
                "handle end",
                edge(last, is_leftward(span.start)),
                last.bottom,
            ),
        ];
        Some(handles.into_any())
    })
}
