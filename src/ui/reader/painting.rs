//! Paints the marks that are near the viewport, and no others.

use leptos::prelude::*;

use super::context::ReaderContext;
use super::gutter;
use crate::browser::area;
use crate::layout::{Highlights, Paint, highlights, paint_found};
use crate::project::{Mark, Project};
use crate::text::Span;

impl ReaderContext {
    /// Paints the pane and as much again above and below it.
    pub(in crate::ui) fn paint(self) {
        self.paint_about(1.0);
    }

    /// Paints the pane and `more` panes above and below it.
    fn paint_about(self, more: f64) {
        let Some(window) = self.window(more) else {
            return;
        };
        self.state().painted.set(Some(window));
        self.state().is_narrow.set(more < 1.0);
        let session = self.session;
        let document = session.document.get_untracked();
        let subject = session.subject.get_untracked();
        let selected = subject.mark();
        let (highlights, marks) = session.with(|project| {
            let marks: Vec<Mark> = project.marks_in(document.id(), window).collect();
            let mut highlights = highlights(project, &marks, window, selected);
            let flashed = self
                .state()
                .flashed
                .get()
                .and_then(|id| project.live(id)?.span())
                .map(|span| span.intersection(window))
                .filter(|span| !span.is_empty());
            if let Some(span) = flashed {
                highlights.insert(Paint::Flash, vec![span]);
            }
            let passage = subject.passage().map(|span| span.intersection(window));
            let is_painted = self.state().is_passage_painted.get();
            if let Some(span) = passage.filter(|span| is_painted && !span.is_empty()) {
                highlights.insert(Paint::Passage, vec![span]);
            }
            let state = self.state();
            let (found, current) = &*state.found.borrow();
            paint_found(&mut highlights, found, *current, window);
            (highlights, marks)
        });
        // Before new rules have the whole page styled anew: this asks where blocks are.
        gutter::place(self, &document, &marks, window);
        self.style(&highlights);
        self.painter.update_value(|painter| {
            let Some((painter, _)) = painter else {
                return;
            };
            let mut wanted = Vec::new();
            for (paint, spans) in highlights {
                wanted.push((paint.name(), paint.rank(), spans));
            }
            painter.show(wanted, &|span| self.range(span));
        });
        self.moved.notify();
    }

    /// Has rules for what is to be painted, and for what will mostly be painted next.
    pub(super) fn style(self, highlights: &Highlights) {
        self.painter.update_value(|painter| {
            let Some((painter, styles)) = painter else {
                return;
            };
            let take_in = |project: &Project| styles.take_in(highlights.keys(), project.codebook());
            if let Some(rules) = self.session.with(take_in) {
                painter.style(&rules);
            }
        });
    }

    /// Paints only when the viewport has left what is painted. Where nothing of that is seen
    /// any more, scrolling is so quick that what is around would be gone before it is seen: it
    /// is painted once scrolling has come to rest.
    pub(super) fn paint_if_left(self) {
        let Some(seen) = self.window(0.0) else { return };
        let painted = self.state().painted.get().unwrap_or_default();
        if !painted.overlaps(seen) {
            self.paint_about(0.0);
        } else if seen.start < painted.start || painted.end < seen.end {
            self.paint();
        }
    }

    /// Paints as much as is painted: sections that are laid out while they are scrolled through
    /// move things with every frame.
    pub(super) fn paint_again(self) {
        let is_narrow = self.state().is_narrow.get();
        self.paint_about(if is_narrow { 0.0 } else { 1.0 });
    }

    /// Paints what is around the pane, where that was left.
    pub(super) fn paint_rest(self) {
        if self.state().is_narrow.get() {
            self.paint();
        }
    }

    /// The text in the pane, and `more` panes above and below it.
    pub(super) fn window(self, more: f64) -> Option<Span> {
        let pane = area(&*self.pane.get_untracked()?);
        let margin = more * (pane.bottom - pane.top);
        let seen = self
            .blocks
            .with_value(|blocks| blocks.between(pane.top - margin, pane.bottom + margin));
        self.session.document.with_untracked(|document| {
            let blocks = document.blocks.get(seen)?;
            Some(Span::between(
                blocks.first()?.span.start,
                blocks.last()?.span.end,
            ))
        })
    }
}
