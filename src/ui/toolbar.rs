//! The toolbar "Tag selection": near what is selected, never over it.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use super::keys::{delete, keep_focus, open_note};
use super::reader::Desk;
use super::review::AttachHere;
use super::theme::colours;
use super::{Page, effect, live, part, press, tagged};
use crate::browser::{SizeWatch, area, document, focus, focused, media, px};
use crate::codebook::Theme;
use crate::layout::{Area, Gap, line_style, place};
use crate::query::SHOWN;
use crate::session::Session;
use crate::text::more;

/// The toolbar, seen while a passage or a mark is selected.
#[component]
pub(super) fn Toolbar(session: Session, page: Page, desk: Desk) -> impl IntoView {
    let element = NodeRef::<html::Div>::new();
    // Its place follows the passage; its size is known once it is drawn.
    let corner = RwSignal::new(None);
    effect(move || {
        desk.moved.track();
        let subject = desk.subject();
        session.themes.track();
        let found = element.get().zip(subject).and_then(|(toolbar, span)| {
            let (lines, pane) = desk.lines(span)?;
            corner_for(&lines, pane, area(&toolbar))
        });
        corner.set(found);
    });
    // It grows and shrinks with what it is about, and its place follows.
    let watch = StoredValue::new_local(None);
    effect(move || {
        let watched = element
            .get()
            .and_then(|toolbar| SizeWatch::new(&toolbar, move || desk.moved.notify()));
        watch.set_value(watched);
    });
    // It is there all the time, and unseen while it has no place: each that came and went
    // would be remembered by every signal that it followed and that seldom changes.
    view! {
        <div
            node_ref=element
            class="toolbar"
            role="toolbar"
            aria-label="Tag selection"
            class:placed=live(move || corner.get().is_some())
            style:left=live(move || corner.get().map(|(left, _)| px(left)))
            style:top=live(move || corner.get().map(|(_, top)| px(top)))
            // A press must not take the selection away from the text.
            on:mousedown=|event| event.prevent_default()
            on:keydown=|event| rove(&event)
        >
            <AttachHere session page />
            <Themes session page />
            <button on:click=press(move || {
                open_note(session, page);
            })>"Note"</button>
            {part(move || {
                session.selected.get()?;
                let delete = press(move || {
                    let before = focused();
                    delete(session);
                    keep_focus(before);
                });
                Some(view! { <button class="delete" on:click=delete>"Delete"</button> }.into_any())
            })}
        </div>
    }
}

/// One button a theme: on a passage it marks, on a mark it toggles.
#[component]
fn Themes(session: Session, page: Page) -> impl IntoView {
    let button = move |number: usize, theme: Arc<Theme>| {
        let id = theme.id;
        let [tint_light, tint_dark, line_light, line_dark] = colours(&theme);
        let pressed = live(move || {
            session.marks.track();
            session.selected.get().map(|selected| {
                let tagged = session.with(|project| {
                    project
                        .live(selected)
                        .is_some_and(|placed| placed.annotation.bears(id))
                });
                tagged.to_string()
            })
        });
        view! {
            <button
                class=format!("theme line-{}", line_style(number))
                style:--tint-light=tint_light.1
                style:--tint-dark=tint_dark.1
                style:--line-light=line_light.1
                style:--line-dark=line_dark.1
                aria-pressed=pressed
                on:click=press(move || session.tag(id))
            >
                {(number < 9).then(|| view! { <kbd aria-hidden="true">{number + 1}</kbd> })}
                <span>{theme.name.to_string()}</span>
            </button>
        }
    };
    part(move || {
        // While a passage is being chosen for a mark there is nothing else to do with it.
        if page.attaching.get().is_some() {
            return None;
        }
        let (first, all) = session.themes.with(|themes| {
            let first = themes.iter().take(SHOWN).cloned();
            (first.collect::<Vec<_>>(), themes.len())
        });
        let more = more(all - first.len(), "theme");
        let mut buttons = Vec::new();
        for (number, theme) in first.into_iter().enumerate() {
            buttons.push(button(number, theme).into_any());
        }
        buttons.extend(more.map(|more| tagged("span", more)));
        Some(buttons.into_any())
    })
}

/// Where the toolbar goes, if what it is about is in view.
fn corner_for(lines: &[Area], pane: Area, toolbar: Area) -> Option<(f64, f64)> {
    let seen: Vec<&Area> = lines
        .iter()
        .filter(|line| line.bottom > pane.top && line.top < pane.bottom)
        .collect();
    let (first, last) = (*seen.first()?, *seen.last()?);
    // What has scrolled away counts with its real edges: the toolbar may stand where
    // the passage is not, even if its first line is out of sight.
    let selection = Area {
        top: lines.iter().map(|line| line.top).fold(first.top, f64::min),
        bottom: lines
            .iter()
            .map(|line| line.bottom)
            .fold(last.bottom, f64::max),
        ..*first
    };
    let viewport = f64::from(document().document_element()?.client_height());
    let room = Area {
        left: pane.left + 8.0,
        top: pane.top + 4.0,
        right: pane.right - 8.0,
        bottom: viewport,
    };
    let gap = if media("(pointer: coarse)") {
        Gap::COARSE
    } else {
        Gap::FINE
    };
    let size = (toolbar.width(), toolbar.bottom - toolbar.top);
    Some(place(selection, *first, size, gap, room))
}

/// Left and right go from button to button, as in every toolbar (ARIA Authoring
/// Practices, "Toolbar Pattern").
fn rove(event: &web_sys::KeyboardEvent) {
    use wasm_bindgen::JsCast;
    let Some(button) = focused() else { return };
    let next = match event.key().as_str() {
        "ArrowRight" => button.next_element_sibling(),
        "ArrowLeft" => button.previous_element_sibling(),
        _ => return,
    };
    event.prevent_default();
    if let Some(next) = next.and_then(|next| next.dyn_into().ok()) {
        focus(&next);
    }
}
