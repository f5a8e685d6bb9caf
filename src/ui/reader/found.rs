//! Hits of what is looked for, in the text.

use std::sync::Arc;

use leptos::prelude::*;

use super::context::ReaderContext;
use crate::browser;
use crate::marking::Selection;
use crate::text::{Bias, Span, Utf8, passage};

impl ReaderContext {
    /// Paints hits, one of them as the one that a person is at.
    pub(in crate::ui) fn paint_found(self, spans: Arc<[Span]>, current: Option<Span>) {
        let is_any = !spans.is_empty();
        let (before, _) = self.state().found.replace((spans, current));
        if is_any || !before.is_empty() {
            self.paint();
        }
    }

    /// Brings a hit into view and selects it, so that the next key is about it. The focus stays where
    /// it is.
    pub(in crate::ui) fn show_found(self, span: Span) {
        self.bring_into_view(span);
        let document = self.session.document.get_untracked();
        let Some(passage) = passage(document.text.text(), span) else {
            return;
        };
        let has_focus = browser::focused().is_none_or(|focused| self.is_article(&focused));
        // A field that has the focus would lose the keys.
        if has_focus {
            self.select(passage);
        }
        let selection = Selection {
            passage: Some(passage),
            caret: Some(passage.end),
        };
        self.session.update_marking(|marking| {
            // It may have been marked since it was selected, and is to be selected again.
            marking.shown(Selection::default());
            marking.select(selection);
        });
        self.show_passage();
    }

    /// Takes the focus to the text, where what keys are about is selected.
    pub(in crate::ui) fn return_to_text(self) {
        let passage = self.session.subject.get_untracked().passage();
        // The focus first: taking it, some engines drop the selection.
        self.focus_article();
        if let Some(passage) = passage {
            self.select(passage);
        }
        self.take_selection();
    }

    /// Where the selected passage begins, or where the caret is.
    pub(in crate::ui) fn caret_place(self) -> Option<Utf8> {
        let passage = self.session.subject.get_untracked().passage();
        let caret = || {
            let (_, focus) = self.ends()?;
            self.offset(focus, Bias::Left)
        };
        passage.map(|passage| passage.start).or_else(caret)
    }

    /// Where one looks on from: that place, if it is seen, else the first words that are.
    pub(in crate::ui) fn place_to_look_from(self) -> Utf8 {
        let seen = self.window(0.0);
        let caret = self.caret_place();
        let caret = caret.filter(|at| seen.is_none_or(|seen| seen.contains(*at)));
        let place = caret.or(seen.map(|seen| seen.start));
        place.unwrap_or_default()
    }
}
