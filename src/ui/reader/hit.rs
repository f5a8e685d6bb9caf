//! Which text and which marks are at a point of the page.

use leptos::prelude::*;
use web_sys::MouseEvent;

use super::context::ReaderContext;
use crate::annotation::AnnotationId;
use crate::browser::selection;
use crate::project::Mark;
use crate::text::{Bias, Span, Utf8};

/// The marks over a place, the shortest first: what lies inside is reached first.
pub(super) fn marks_at(reader: ReaderContext, offset: Utf8) -> Vec<AnnotationId> {
    let document = reader.session.document.get_untracked();
    let point = Span::between(offset, Utf8(offset.0 + 1));
    let mut marks: Vec<Mark> = Vec::new();
    reader.session.with(|project| {
        for mark in project.marks_in(document.id(), point) {
            let at = marks.partition_point(|shorter| shorter.span.len() <= mark.span.len());
            marks.insert(at, mark);
        }
    });
    marks.into_iter().map(|mark| mark.id).collect()
}

/// Chooses the mark over a place, or the one after `own` there; none where there is none.
pub(super) fn hit(reader: ReaderContext, offset: Option<Utf8>, own: Option<AnnotationId>) -> bool {
    let marks = offset
        .map(|offset| marks_at(reader, offset))
        .unwrap_or_default();
    let here = marks.iter().position(|id| Some(*id) == own);
    let next = here.map_or(0, |here| (here + 1) % marks.len());
    let next = marks.get(next).copied();
    reader.session.choose(next);
    next.is_some()
}

/// Where in the window it happened.
pub(super) fn point(event: &MouseEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

/// The character at a point of the window.
pub(super) fn offset_at(reader: ReaderContext, x: f64, y: f64) -> Option<Utf8> {
    let place = reader
        .blocks
        .with_value(|blocks| selection::place_at(blocks, x, y))?;
    reader.offset(place, Bias::Left)
}
