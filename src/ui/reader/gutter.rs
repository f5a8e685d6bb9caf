//! A button beside each block that has marks. Highlights can't be seen by a screen
//! reader, so the button's name says what is marked there.

use std::sync::Arc;

use leptos::prelude::*;
use web_sys::{Element, MouseEvent};

use super::desk::Desk;
use crate::annotation::AnnotationId;
use crate::browser::element::{attribute, style, words};
use crate::browser::{area, px};
use crate::document::Document;
use crate::project::Mark;
use crate::query::{self, names};
use crate::text::{self, Span, more};

/// One button.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Knob {
    block: usize,
    /// Its height in the scrolled content, in pixels.
    top: i32,
    marks: Arc<[AnnotationId]>,
    name: String,
}

/// Quotes in a button's name are cut at this many bytes.
const LONGEST: usize = 80;

/// Marks that a button's name tells of; all of them stand in the list.
const TOLD: usize = 12;

/// Finds the buttons for the blocks in a window.
pub(super) fn place(desk: Desk, document: &Document, marks: &[Mark], window: Span) {
    let Some(pane) = desk.pane.get_untracked() else {
        return;
    };
    let origin = area(&pane).top - f64::from(pane.scroll_top());
    let mut knobs = Vec::new();
    for block in document.blocks_in(window) {
        let span = document.blocks[block].span;
        let own: Arc<[AnnotationId]> = marks
            .iter()
            .filter(|mark| mark.span.overlaps(span))
            .map(|mark| mark.id)
            .collect();
        // Only then is it asked where the block is, which is what takes time.
        if own.is_empty() {
            continue;
        }
        if let Some(element) = desk.blocks.with_value(|blocks| blocks.get(block)) {
            knobs.push(Knob {
                block,
                top: (area(&element).top - origin).round() as i32,
                name: name(desk, &own),
                marks: own,
            });
        }
    }
    if let Some(gutter) = desk.gutter.get_untracked() {
        desk.knobs
            .update_value(|drawn| drawn.show(&gutter, &knobs, &draw));
    }
}

/// "2 marks: “the first words…”, Energy; “others”, no theme".
fn name(desk: Desk, marks: &[AnnotationId]) -> String {
    let listed = desk.session.with(|project| {
        let one = |id: &AnnotationId| {
            let row = query::row(project, project.live(*id)?);
            let quote = text::opening(&row.quote, LONGEST);
            let themes = names(project.codebook(), &row);
            let themes = themes.unwrap_or_else(|| "no theme".into());
            Some(format!("“{quote}”, {themes}"))
        };
        let mut told: Vec<String> = marks.iter().take(TOLD).filter_map(one).collect();
        told.extend(more(marks.len().saturating_sub(TOLD), "mark"));
        told.join("; ")
    });
    let noun = if marks.len() == 1 { "mark" } else { "marks" };
    format!("{} {noun}: {listed}", marks.len())
}

fn draw(knob: &Knob) -> Element {
    let button = words("button", "", &knob.marks.len().to_string());
    attribute(&button, "aria-label", &knob.name);
    attribute(&button, "title", "Marks in this paragraph");
    style(&button, &format!("top:{}", px(f64::from(knob.top))));
    button
}

/// The buttons. Pressing one selects its first mark, again the next.
#[component]
pub(super) fn Gutter(desk: Desk) -> impl IntoView {
    let pressed: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| {
        let knob = desk.knobs.with_value(|knobs| knobs.hit(&event).cloned());
        let Some(Knob { marks, .. }) = knob else {
            return;
        };
        let own = desk.session.current_mark();
        let here = marks.iter().position(|id| Some(*id) == own);
        let next = here.map_or(0, |here| (here + 1) % marks.len());
        desk.session.choose(marks.get(next).copied());
    });
    view! {
        <div
            class="gutter"
            role="group"
            aria-label="Marked passages"
            node_ref=desk.gutter
            on:click=pressed
        ></div>
    }
}
