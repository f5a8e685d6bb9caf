//! What is said beside the pointer of the marks under it.

use leptos::prelude::*;

use super::super::elements::tagged;
use super::context::{Hover, ReaderContext};
use crate::browser::{document, px};
use crate::query::{self, Row};
use crate::words;

/// Marks that are shown under the pointer, at most. More would hide what is read; all of them are
/// reached by pressing there again, and stand in the list.
const SHOWN_MARKS: usize = 4;

/// Draws the themes and notes of the marks under the pointer.
pub(in crate::ui) fn drawn(reader: ReaderContext, Hover { marks, x, y }: Hover) -> AnyView {
    let line = move |row: Row, is_one: bool| {
        let names = reader
            .session
            .with(|project| query::names(project.codebook(), &row));
        let names = names.unwrap_or_else(|| words::reader::NO_THEME_ALONE.into());
        let note = (!row.note_opening.is_empty())
            .then(|| view! { <span class="note" dir="auto">{row.note_opening.to_string()}</span> });
        let class = if reader.session.current_mark() == Some(row.id) {
            "current"
        } else {
            ""
        };
        // Of one mark the words are seen; of several they tell which is which.
        let quote = (!is_one).then(|| view! { <q dir="auto">{row.quote.to_string()}</q> });
        view! { <p class=class><strong>{names}</strong> {quote} {note}</p> }
    };
    let more = marks.len().saturating_sub(SHOWN_MARKS);
    let rows: Vec<Row> = reader.session.with(|project| {
        let told = marks.iter().take(SHOWN_MARKS);
        told.filter_map(|id| Some(query::row(project, project.live(*id)?)))
            .collect()
    });
    let is_one = marks.len() == 1;
    let Some(window) = document().document_element() else {
        return ().into_any();
    };
    // Above the pointer in the lower half of the window: there is more room.
    let under = f64::from(window.client_height()) - y;
    let (top, bottom) = if under > y {
        (px(y + 20.0), "auto".into())
    } else {
        ("auto".into(), px(under + 12.0))
    };
    // As much of it before the pointer as there is of the window, so that all of it is inside.
    let before = (100.0 * x / f64::from(window.client_width())) as u32;
    view! {
        <div
            class="tooltip"
            aria-hidden="true"
            style:left=px(x)
            style:top=top
            style:bottom=bottom
            style:transform=format!("translateX(-{before}%)")
        >
            {rows.into_iter().map(|row| line(row, is_one)).collect_view()}
            {(more > 0).then(|| tagged("p", words::reader::more_marks(more)))}
        </div>
    }
    .into_any()
}
