//! Mouse and touch on the article: selecting, hitting marks, hovering.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent, PointerEvent};

use super::context::{Hover, ReaderContext};
use super::hit::{hit, marks_at, offset_at, point};
use super::resize;
use crate::browser::{area, selection};
use crate::document::{BlockKind, InlineKind};
use crate::marking::Gesture;

/// Distance from which on a pointer that is down drags, in CSS pixels.
const DRAG_DISTANCE: f64 = 4.0;

/// Time after a tap in which an engine may still change the page's selection for it, in ms.
const TAP_MS: u32 = 100;

/// Follows the pointer and the page's selection for as long as the reader lives.
pub(in crate::ui) fn listen(reader: ReaderContext) {
    let pressed =
        window_event_listener(leptos::ev::pointerdown, move |event| press(reader, &event));
    let led = window_event_listener(leptos::ev::mousedown, move |event| lead(reader, &event));
    let moved = window_event_listener(leptos::ev::pointermove, move |event| drag(reader, &event));
    let release = move |event: PointerEvent| release(reader, &event);
    let released = window_event_listener(leptos::ev::pointerup, release);
    let cancelled = window_event_listener(leptos::ev::pointercancel, release);
    let handle = document_listener("selectionchange", move || reader.take_selection());
    let keyed = window_event_listener(leptos::ev::keydown, move |_| {
        reader.state().is_keyboard.set(true);
        reader.state().is_in_bar.set(false);
        // It would hide what keys are about, and the pointer only happens to be there.
        if reader.hovered.with_untracked(Option::is_some) {
            reader.hovered.set(None);
        }
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| reader.resized());
    on_cleanup(move || {
        for handle in [pressed, led, moved, released, cancelled, keyed, resized] {
            handle.remove();
        }
        drop(handle);
    });
}

/// A pointer goes down somewhere.
fn press(reader: ReaderContext, event: &PointerEvent) {
    let state = reader.state();
    reader.by_keys.set(false);
    state.is_keyboard.set(false);
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let is_in = |selector: &str| {
        let target = target.as_ref();
        target.is_some_and(|target| matches!(target.closest(selector), Ok(Some(_))))
    };
    state.is_beside.set(is_beside(reader, event));
    state.is_in_bar.set(is_in(".code-bar, .menu"));
    if state.is_in_bar.get() || resize::press(reader, event) {
        return;
    }
    let is_in_text = is_in(".reader")
        && !is_in(".gutter, .licence, .text-head")
        && !is_on_scroll_bar(reader, event);
    // On touch the system's handles make the selection without a pointer down; other buttons
    // select nothing.
    let is_selecting = event.pointer_type() != "touch" && event.button() == 0;
    if !is_in_text || !is_selecting {
        reader
            .session
            .update_marking(|marking| marking.press_elsewhere());
        return;
    }
    // One that was just made is not chosen yet: a click on it does that.
    state
        .left_mark
        .set(reader.session.subject.get_untracked().chosen());
    state.pointer.set(point(event));
    // After a drag another press in the same place is no double click, whatever the engine says.
    let (_, was_dragged) = state.pressed.replace((point(event), false));
    state.is_led.set(was_dragged && !event.shift_key());
    reader.session.update_marking(|marking| marking.press());
    // A press on what is selected would drag it along as text; with Shift it goes on selecting.
    if !event.shift_key() {
        selection::clear();
    }
}

/// WebKit counts presses in one place as one double or triple click even where the pointer was
/// dragged between them, and would then select whole words and paragraphs. The page selects in its
/// place.
fn lead(reader: ReaderContext, event: &MouseEvent) {
    let is_selecting = matches!(
        reader.session.gesture.get_untracked(),
        Gesture::Selecting(_)
    );
    let state = reader.state();
    let is_led = state.is_led.get() && is_selecting && event.detail() > 1;
    state.is_led.set(is_led);
    if !is_led {
        return;
    }
    event.prevent_default();
    let (x, y) = point(event);
    if let Some((place, article)) = reader.nearest(x, y).zip(reader.article.get_untracked()) {
        crate::browser::focus(&article);
        reader
            .blocks
            .with_value(|blocks| selection::select(blocks, place, place));
    }
}

/// Whether something happens in the pane, and on nothing that is in it.
fn is_beside(reader: ReaderContext, event: &MouseEvent) -> bool {
    let pane = reader.pane.get_untracked();
    pane.is_some() && event.target() == pane.map(Into::into)
}

/// Whether a press is on the pane's own scroll bar.
fn is_on_scroll_bar(reader: ReaderContext, event: &PointerEvent) -> bool {
    let pane = reader.pane.get_untracked();
    pane.is_some_and(|pane| {
        let inside = area(&pane).left + f64::from(pane.client_left() + pane.client_width());
        point(event).0 >= inside
    })
}

/// The pointer moves while it selects. Beside the column engines take all that stands between
/// there and what they find under the pointer: it ends in the pointer's line instead.
fn drag(reader: ReaderContext, event: &PointerEvent) {
    if !matches!(
        reader.session.gesture.get_untracked(),
        Gesture::Selecting(_)
    ) {
        return;
    }
    // That it was let go of outside the window may not have been told.
    if event.buttons() == 0 {
        release(reader, event);
        return;
    }
    let (x, y) = point(event);
    reader.state().pointer.set((x, y));
    let (from, _) = reader.state().pressed.get();
    if (x - from.0).hypot(y - from.1) > DRAG_DISTANCE {
        reader.state().pressed.set((from, true));
    }
    if is_astray(reader) {
        // Once the engine has moved the selection, and before that is drawn.
        request_animation_frame(move || clamp(reader));
    }
}

/// Whether the pointer has left the column, or the selection the text, or the engine does not
/// move it.
fn is_astray(reader: ReaderContext) -> bool {
    if reader.state().is_led.get() {
        return true;
    }
    let (x, y) = reader.state().pointer.get();
    let Some(room) = reader.room() else {
        return false;
    };
    let is_inside = room.left <= x && x < room.right && room.top <= y && y < room.bottom;
    let article = reader.article.get_untracked();
    !is_inside || article.is_none_or(|article| !selection::moves_in(&article))
}

/// Ends the selection at the place in the text that is nearest to the pointer's line.
fn clamp(reader: ReaderContext) {
    if !matches!(
        reader.session.gesture.get_untracked(),
        Gesture::Selecting(_)
    ) || !is_astray(reader)
    {
        return;
    }
    let (x, y) = reader.state().pointer.get();
    if let Some(place) = reader.nearest(x, y) {
        reader
            .blocks
            .with_value(|blocks| selection::extend(blocks, place));
    }
}

/// The pointer is let go of, or lost.
fn release(reader: ReaderContext, event: &PointerEvent) {
    resize::release(reader, event);
    // What a tap on the bar does to the page's selection comes after it.
    if reader.state().is_in_bar.get() {
        let over = move || {
            reader.state().is_in_bar.set(false);
            reader.take_selection();
        };
        Timeout::new(TAP_MS, over).forget();
    }
    if !matches!(
        reader.session.gesture.get_untracked(),
        Gesture::Selecting(_)
    ) {
        return;
    }
    if event.type_() == "pointerup" {
        reader.state().pointer.set(point(event));
    }
    clamp(reader);
    let selection = reader.selection();
    let theme = reader
        .session
        .update_marking(|marking| marking.release(selection));
    // The engine may settle what a click selects after this event.
    let settled = move || {
        reader.take_selection();
        if let Some(theme) = theme {
            reader.session.tag(theme);
        }
    };
    Timeout::new(0, settled).forget();
}

fn document_listener(
    name: &'static str,
    act: impl Fn() + 'static,
) -> send_wrapper::SendWrapper<gloo::events::EventListener> {
    let document = crate::browser::document();
    send_wrapper::SendWrapper::new(gloo::events::EventListener::new(
        &document,
        name,
        move |_| act(),
    ))
}

/// A click that selected no text is on a mark, or on none.
pub(in crate::ui) fn click(reader: ReaderContext, event: &MouseEvent) {
    let target = event.target();
    let link = target
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|target| target.closest("a[href]").ok().flatten());
    if reader.selection().passage.is_some() {
        // It was selected, not followed.
        if link.is_some() {
            event.prevent_default();
        }
        return;
    }
    if let Some(link) = link {
        follow(reader, &link, event);
        return;
    }
    let (x, y) = point(event);
    let own = reader
        .state()
        .left_mark
        .take()
        .or(reader.session.subject.get_untracked().chosen());
    hit(reader, offset_at(reader, x, y), own);
}

/// A press beside the text, which on touch is no press on it, lets go of the mark that is chosen.
pub(in crate::ui) fn click_beside(reader: ReaderContext, event: &MouseEvent) {
    // What was dragged to there was pressed elsewhere.
    let is_press = reader.state().is_beside.get() && is_beside(reader, event);
    if is_press && reader.session.subject.get_untracked().chosen().is_some() {
        reader.session.choose(None);
    }
}

/// Goes where a link of the text leads: to a footnote and back here, elsewhere by the browser. A mark
/// on it is chosen, and followed only by a press with `Ctrl` or `⌘`.
fn follow(reader: ReaderContext, link: &Element, event: &MouseEvent) {
    let number = |name| link.get_attribute(name)?.parse::<u32>().ok();
    let document = reader.session.document.get_untracked();
    let (span, other) = if let Some(number) = number("data-reference") {
        let mut blocks = document.blocks.iter();
        let note = blocks.find(|block| block.kind == BlockKind::Footnote(number));
        (
            note.map(|block| block.span),
            format!("[data-back=\"{number}\"]"),
        )
    } else if let Some(number) = number("data-back") {
        let mut inlines = document.inlines.iter();
        let place = inlines.find(|own| own.kind == InlineKind::Reference(number));
        (
            place.map(|own| own.span),
            format!("[data-reference=\"{number}\"]"),
        )
    } else {
        let (x, y) = point(event);
        let is_meant = event.ctrl_key() || event.meta_key() || event.detail() == 0;
        if !is_meant && hit(reader, offset_at(reader, x, y), None) {
            event.prevent_default();
        }
        return;
    };
    event.prevent_default();
    if let Some(span) = span {
        reader.bring_into_view(span);
        // Who goes by keys or by ear goes along.
        let other = crate::browser::document().query_selector(&other);
        if let Some(other) = other.ok().flatten().and_then(|own| own.dyn_into().ok()) {
            crate::browser::focus(&other);
        }
    }
}

/// Shows what is marked under the pointer.
pub(in crate::ui) fn moved(reader: ReaderContext, event: &PointerEvent) {
    if resize::drag(reader, event) {
        return;
    }
    if event.pointer_type() == "touch" {
        return;
    }
    let (x, y) = point(event);
    // What is dragged over is about to be selected: nothing lies over that.
    let offset = (event.buttons() == 0)
        .then(|| offset_at(reader, x, y))
        .flatten();
    let marks = offset
        .map(|offset| marks_at(reader, offset))
        .unwrap_or_default();
    let same = reader.hovered.with_untracked(|old| {
        old.as_ref()
            .map_or(marks.is_empty(), |old| old.marks == marks)
    });
    if !same {
        reader
            .hovered
            .set((!marks.is_empty()).then_some(Hover { marks, x, y }));
    }
}
