//! A caret in the article, moved by keys: selecting without a mouse.
//!
//! The engine moves it (`Selection.modify`), so words, lines and right-to-left text
//! are as everywhere else on the machine; a caret in text that can't be edited is
//! shown by no engine, so that is drawn here.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::super::review::attach_here;
use super::super::{effect, part};
use super::desk::Desk;
use super::paging;
use super::pointing::hit;
use crate::browser::px;
use crate::browser::selection::{self, Place};
use crate::layout::Area;
use crate::text::{Bias, Span, Utf8, Utf16};

/// Redraws the caret when the selection has moved.
pub(super) fn listen(desk: Desk) {
    effect(move || {
        desk.session.passage.track();
        desk.moved.notify();
    });
}

/// A key in the article.
pub(super) fn key(desk: Desk, event: &KeyboardEvent) {
    let control = event.ctrl_key() || event.meta_key();
    // WebKitGTK has no name for the key that Shift makes of Tab.
    let key = if event.code() == "Tab" {
        "Tab".into()
    } else {
        event.key()
    };
    let handled = match key.as_str() {
        "a" | "A" if control => select_all(desk),
        "Enter" => enter(desk),
        "Tab" if !control && !event.alt_key() => cycle(desk, event.shift_key()),
        "Home" | "End" if control => {
            go_to_end(desk, event.shift_key(), key == "End");
            true
        }
        key if !event.alt_key() => match movement(key, control) {
            Some((direction, granularity)) => {
                go(desk, event.shift_key(), direction, granularity);
                true
            }
            None => paging::page(desk, event),
        },
        _ => false,
    };
    if handled {
        event.prevent_default();
        event.stop_propagation();
    }
}

/// What a key asks `Selection.modify` for.
fn movement(key: &str, control: bool) -> Option<(&'static str, &'static str)> {
    Some(match (key, control) {
        ("ArrowLeft", false) => ("left", "character"),
        ("ArrowRight", false) => ("right", "character"),
        ("ArrowLeft", true) => ("left", "word"),
        ("ArrowRight", true) => ("right", "word"),
        ("ArrowUp", false) => ("backward", "line"),
        ("ArrowDown", false) => ("forward", "line"),
        ("ArrowUp", true) => ("backward", "paragraph"),
        ("ArrowDown", true) => ("forward", "paragraph"),
        ("Home", false) => ("backward", "lineboundary"),
        ("End", false) => ("forward", "lineboundary"),
        _ => return None,
    })
}

/// Moves the caret or the selection's end, from where it is or from the first line
/// in view.
fn go(desk: Desk, extend: bool, direction: &str, granularity: &str) {
    desk.by_keys.set(true);
    let Some(before) = desk.ends() else {
        start(desk);
        return;
    };
    // An engine that does not know a granularity says so; then nothing moves.
    let moved = selection::modify(extend, direction, granularity).is_ok();
    if moved && desk.ends().is_none() {
        // It left the article: back to where it was.
        desk.blocks
            .with_value(|blocks| selection::select(blocks, before.0, before.1));
    }
    went(desk, extend);
}

/// Moves the caret or the selection's end to the end of the text, or to its beginning.
fn go_to_end(desk: Desk, extend: bool, end: bool) {
    desk.by_keys.set(true);
    let text_end = desk
        .session
        .document
        .with_untracked(|document| document.text.end());
    let Some(place) = desk.place(if end { text_end } else { Utf8(0) }) else {
        return;
    };
    let anchor = desk.ends().filter(|_| extend).map(|(anchor, _)| anchor);
    desk.blocks
        .with_value(|blocks| selection::select(blocks, anchor.unwrap_or(place), place));
    paging::scroll_to_end(desk, end);
    went(desk, extend);
}

/// The caret has moved.
fn went(desk: Desk, extend: bool) {
    if !extend && desk.session.selected.get_untracked().is_some() {
        desk.session.select(None);
    }
    // Now, not when the engine gets round to telling: the next key may be a theme's.
    desk.take_selection();
    follow(desk);
}

/// Puts the caret on the selected mark, else on the first block in view.
fn start(desk: Desk) {
    let marked = desk
        .session
        .selected
        .get_untracked()
        .and_then(|id| desk.session.with(|project| project.live(id)?.span()));
    if let Some(span) = marked {
        desk.select(Span::between(span.start, span.start));
        return;
    }
    let Some(pane) = desk.pane.get_untracked() else {
        return;
    };
    let pane = crate::browser::area(&pane);
    desk.blocks.with_value(|blocks| {
        let first = Place {
            block: blocks.between(pane.top, pane.bottom).start,
            offset: Utf16(0),
        };
        selection::select(blocks, first, first);
    });
    desk.moved.notify();
}

/// Where the caret is in the text.
fn caret(desk: Desk) -> Option<Utf8> {
    desk.offset(desk.ends()?.1, Bias::Left)
}

/// Selects the mark the caret is in, or at the end of.
fn enter(desk: Desk) -> bool {
    if attach_here(desk.session, desk.page) {
        return true;
    }
    let Some(here) = caret(desk) else {
        return false;
    };
    let before = Utf8(here.0.saturating_sub(1));
    hit(desk, Some(here)) || hit(desk, Some(before))
}

/// Keeps the caret in view.
fn follow(desk: Desk) {
    let (Some(area), Some(pane)) = (area(desk), desk.pane.get_untracked()) else {
        return;
    };
    let room = crate::browser::area(&pane);
    const MARGIN: f64 = 48.0;
    let by =
        (area.bottom + MARGIN - room.bottom).max(0.0) + (area.top - MARGIN - room.top).min(0.0);
    if by != 0.0 {
        pane.set_scroll_top(pane.scroll_top() + by as i32);
    }
    desk.moved.notify();
}

fn select_all(desk: Desk) -> bool {
    let end = desk
        .session
        .document
        .with_untracked(|document| document.text.end());
    desk.select(Span::between(Utf8(0), end));
    desk.take_selection();
    true
}

/// Goes through the marks that overlap the selected one; past the last the key does
/// what it does everywhere, so the focus is never caught.
fn cycle(desk: Desk, back: bool) -> bool {
    let Some(selected) = desk.session.selected.get_untracked() else {
        return false;
    };
    let Some(span) = desk.session.with(|project| project.live(selected)?.span()) else {
        return false;
    };
    let document = desk.session.document.get_untracked();
    let around: Vec<_> = desk.session.with(|project| {
        project
            .marks_in(document.id, span)
            .map(|mark| mark.id)
            .collect()
    });
    let here = around.iter().position(|id| *id == selected);
    let next = here.and_then(|here| here.checked_add_signed(if back { -1 } else { 1 }));
    let Some(id) = next.and_then(|next| around.get(next).copied()) else {
        return false;
    };
    desk.session.select(Some(id));
    true
}

/// Where the caret stands in the viewport.
fn area(desk: Desk) -> Option<Area> {
    let (_, focus) = desk.ends()?;
    let offset = desk.offset(focus, Bias::Left)?;
    let document = desk.session.document.get_untracked();
    let block = document.blocks.get(focus.block)?.span;
    // The line of the character after it, or at a block's end the one before it.
    let text = document.text.text();
    let next = text[offset.index()..]
        .chars()
        .next()
        .map_or(0, char::len_utf8);
    let after = Span::between(offset, Utf8(offset.0 + next as u32)).intersection(block);
    if let Some(line) = desk.lines(after)?.0.first() {
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
    let (lines, _) = desk.lines(before)?;
    lines.last().map(|line| Area {
        left: line.right - 2.0,
        ..*line
    })
}

/// The caret itself, for the eye only.
#[component]
pub(super) fn Caret(desk: Desk) -> impl IntoView {
    let place = move || {
        desk.moved.track();
        if !desk.by_keys.get() || desk.session.passage.get().is_some() {
            return None;
        }
        area(desk)
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
