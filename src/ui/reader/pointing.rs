//! Mouse and touch on the article: selecting, hitting marks, hovering.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use web_sys::{MouseEvent, PointerEvent};

use super::super::{part, tagged};
use super::desk::Desk;
use super::ends;
use crate::annotation::AnnotationId;
use crate::browser::{document, px, selection};
use crate::project::Mark;
use crate::query::{self, Row};
use crate::text::{Bias, Span, Utf8};

/// How many marks are told of under the pointer. More would hide what is read; all of them
/// are reached by pressing there again, and stand in the list.
const TOLD: usize = 4;

/// Marks under the pointer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Hover {
    marks: Vec<AnnotationId>,
    x: f64,
    y: f64,
}

/// Follows the page's selection for as long as the reader lives.
pub(super) fn listen(desk: Desk) {
    let pressed = window_event_listener(leptos::ev::pointerdown, move |event| {
        desk.by_keys.set(false);
        ends::press(desk, &event);
        let inside = event
            .target()
            .zip(desk.article.get_untracked())
            .is_some_and(|(target, article)| {
                article.contains(wasm_bindgen::JsCast::dyn_ref(&target))
            });
        // On touch the system's handles make the selection without a pointer down.
        if inside && event.pointer_type() != "touch" {
            desk.pointing.set(true);
        }
    });
    let release = move |_| {
        ends::release(desk);
        if desk.pointing.get_untracked() {
            desk.pointing.set(false);
            // The engine settles a click's selection after this event. A theme's key may
            // come before the next frame.
            Timeout::new(0, move || desk.take_selection()).forget();
        }
    };
    let released = window_event_listener(leptos::ev::pointerup, release);
    let cancelled = window_event_listener(leptos::ev::pointercancel, release);
    let handle = document_listener("selectionchange", move || desk.take_selection());
    let resized = window_event_listener(leptos::ev::resize, move |_| desk.resized());
    on_cleanup(move || {
        for handle in [pressed, released, cancelled, resized] {
            handle.remove();
        }
        drop(handle);
    });
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

/// The marks over a place, the shortest first: what lies inside is reached first.
pub(super) fn marks_at(desk: Desk, offset: Utf8) -> Vec<AnnotationId> {
    let document = desk.session.document.get_untracked();
    let point = Span::between(offset, Utf8(offset.0 + 1));
    let mut marks: Vec<Mark> = Vec::new();
    desk.session.with(|project| {
        for mark in project.marks_in(document.id, point) {
            let at = marks.partition_point(|shorter| shorter.span.len() <= mark.span.len());
            marks.insert(at, mark);
        }
    });
    marks.into_iter().map(|mark| mark.id).collect()
}

/// Selects the mark over a place, or the next one there; none where there is none.
pub(super) fn hit(desk: Desk, offset: Option<Utf8>) -> bool {
    let marks = offset
        .map(|offset| marks_at(desk, offset))
        .unwrap_or_default();
    let selected = desk.session.selected.get_untracked();
    let here = marks.iter().position(|id| Some(*id) == selected);
    let next = here.map_or(0, |here| (here + 1) % marks.len());
    let next = marks.get(next).copied();
    if next != selected {
        desk.session.select(next);
    }
    next.is_some()
}

/// A click that selected no text is on a mark, or on none.
pub(super) fn click(desk: Desk, event: &MouseEvent) {
    if desk.selected_passage().is_none() {
        let (x, y) = point(event);
        hit(desk, offset_at(desk, x, y));
    }
}

/// Shows what is marked under the pointer.
pub(super) fn moved(desk: Desk, event: &PointerEvent) {
    if ends::drag(desk, event) {
        return;
    }
    if event.pointer_type() == "touch" {
        return;
    }
    let (x, y) = point(event);
    // What is dragged over is about to be selected: nothing lies over that.
    let offset = (event.buttons() == 0)
        .then(|| offset_at(desk, x, y))
        .flatten();
    let marks = offset
        .map(|offset| marks_at(desk, offset))
        .unwrap_or_default();
    let same = desk.hovered.with_untracked(|old| {
        old.as_ref()
            .map_or(marks.is_empty(), |old| old.marks == marks)
    });
    if !same {
        desk.hovered
            .set((!marks.is_empty()).then_some(Hover { marks, x, y }));
    }
}

/// Where in the window it happened.
pub(super) fn point(event: &MouseEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

/// The character at a point of the window.
pub(super) fn offset_at(desk: Desk, x: f64, y: f64) -> Option<Utf8> {
    let place = desk
        .blocks
        .with_value(|blocks| selection::place_at(blocks, x, y))?;
    desk.offset(place, Bias::Left)
}

/// Themes and notes of the marks under the pointer. Everything it says is in the
/// list as well, so it is nothing to a screen reader.
#[component]
pub(super) fn Tooltip(desk: Desk) -> impl IntoView {
    let line = move |row: Row| {
        let names: Vec<String> = desk.session.themes.with_untracked(|themes| {
            themes
                .iter()
                .filter(|theme| row.themes.contains(&theme.id))
                .map(|theme| theme.name.to_string())
                .collect()
        });
        let names = if names.is_empty() {
            "No theme".to_string()
        } else {
            names.join(", ")
        };
        let note = (!row.note.is_empty())
            .then(|| view! { <span class="note" dir="auto">{row.note.to_string()}</span> });
        let class = if desk.session.selected.get_untracked() == Some(row.id) {
            "current"
        } else {
            ""
        };
        view! { <p class=class><strong>{names}</strong> <q dir="auto">{row.quote.to_string()}</q> {note}</p> }
    };
    part(move || {
        let Hover { marks, x, y } = desk.hovered.get()?;
        let more = marks.len().saturating_sub(TOLD);
        let rows: Vec<Row> = desk.session.with(|project| {
            let told = marks.iter().take(TOLD);
            told.filter_map(|id| Some(query::row(project, project.live(*id)?)))
                .collect()
        });
        // Above the pointer in the lower half of the window: there is more room.
        let window = document().document_element()?;
        let under = f64::from(window.client_height()) - y;
        let (top, bottom) = if under > y {
            (px(y + 20.0), "auto".into())
        } else {
            ("auto".into(), px(under + 12.0))
        };
        // As much of it before the pointer as there is of the window, so that all of it is inside.
        let before = (100.0 * x / f64::from(window.client_width())) as u32;
        Some(
            view! {
                <div
                    class="tooltip"
                    aria-hidden="true"
                    style:left=px(x)
                    style:top=top
                    style:bottom=bottom
                    style:transform=format!("translateX(-{before}%)")
                >
                    {rows.into_iter().map(line).collect_view()}
                    {(more > 0).then(|| tagged("p", format!("and {more} more")))}
                </div>
            }
            .into_any(),
        )
    })
}
