//! A button beside each block that has marks. Highlights can't be seen by a screen
//! reader, so the button's name says what is marked there.

use std::sync::Arc;

use leptos::prelude::*;
use web_sys::{Element, MouseEvent};

use super::context::{MarginButton, ReaderContext};
use crate::annotation::AnnotationId;
use crate::browser::element::{attribute, style, words};
use crate::browser::{area, px};
use crate::document::Document;
use crate::project::Mark;
use crate::query::{self, names};
use crate::text::{self, Span};
use crate::words;

/// Length at which a quote in a button's name is cut, in bytes.
const QUOTE_BYTES: usize = 80;

/// Marks that a button's name lists at most; all of them stand in the list.
const NAMED_MARKS: usize = 12;

/// Finds the buttons for the blocks in a window.
pub(super) fn place(reader: ReaderContext, document: &Document, marks: &[Mark], window: Span) {
    let Some(pane) = reader.pane.get_untracked() else {
        return;
    };
    let origin = area(&pane).top - f64::from(pane.scroll_top());
    let mut buttons = Vec::new();
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
        if let Some(element) = reader.blocks.with_value(|blocks| blocks.get(block)) {
            buttons.push(MarginButton {
                block,
                top: (area(&element).top - origin).round() as i32,
                name: name(reader, &own),
                marks: own,
            });
        }
    }
    if let Some(gutter) = reader.gutter.get_untracked() {
        reader
            .margin_buttons
            .update_value(|drawn| drawn.show(&gutter, &buttons, &draw));
    }
}

/// "2 marks: “the first words…”, Energy; “others”, no theme".
fn name(reader: ReaderContext, marks: &[AnnotationId]) -> String {
    let listed = reader.session.with(|project| {
        let one = |id: &AnnotationId| {
            let row = query::row(project, project.live(*id)?);
            let quote = text::opening(&row.quote, QUOTE_BYTES);
            let themes = names(project.codebook(), &row);
            let themes = themes.unwrap_or_else(|| words::reader::NO_THEME.into());
            Some(words::reader::mark(&quote, &themes))
        };
        let mut told: Vec<String> = marks.iter().take(NAMED_MARKS).filter_map(one).collect();
        let besides = marks.len().saturating_sub(NAMED_MARKS);
        told.extend(words::count::more_marks(besides));
        told
    });
    words::reader::marks(marks.len(), &listed)
}

fn draw(button: &MarginButton) -> Element {
    let element = words("button", "", &button.marks.len().to_string());
    attribute(&element, "aria-label", &button.name);
    attribute(&element, "title", words::reader::IN_PARAGRAPH);
    style(&element, &format!("top:{}", px(f64::from(button.top))));
    element
}

/// The buttons. Pressing one selects its first mark, again the next.
#[component]
pub(in crate::ui) fn Gutter(reader: ReaderContext) -> impl IntoView {
    let pressed: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| {
        let button = reader
            .margin_buttons
            .with_value(|buttons| buttons.hit(&event).cloned());
        let Some(MarginButton { marks, .. }) = button else {
            return;
        };
        let own = reader.session.current_mark();
        let here = marks.iter().position(|id| Some(*id) == own);
        let next = here.map_or(0, |here| (here + 1) % marks.len());
        reader.session.choose(marks.get(next).copied());
    });
    view! {
        <div
            class="gutter"
            role="group"
            aria-label=words::reader::MARKED_PASSAGES
            node_ref=reader.gutter
            on:click=pressed
        ></div>
    }
}
