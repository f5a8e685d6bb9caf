//! Where the article lies: the one place that turns spans of text into places of
//! the page and back.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use gloo::timers::callback::Timeout;
use leptos::html;
use leptos::prelude::*;
use web_sys::Range;

use super::super::dialog::Dialog;
use super::super::rows::Rows;
use super::article;
use super::scroll_anchor::ScrollAnchors;
use crate::annotation::AnnotationId;
use crate::browser::highlight::Painter;
use crate::browser::selection::{self, Blocks, Place};
use crate::browser::{self, area};
use crate::document::Document;
use crate::layout::{Area, Highlights, Styles};
use crate::marking::{Gesture, Selection};
use crate::session::{Saving, Session};
use crate::text::{Bias, Span, Utf8, Utf16, passage};

/// Time that a mark that was jumped to stays flashed, in ms: long enough for the eye to find it.
const FLASH_MS: u32 = 1_400;

/// Time after scrolling until the place is remembered, and what is around it painted, in ms.
const REST_MS: u32 = 150;

/// Time that blocks are drawn at a stretch, in ms: so short that a frame is not missed.
const SLICE_MS: f64 = 8.0;

/// Length beyond which a passage is asked where it lies near the pane only, in blocks.
const LONG_BLOCKS: usize = 64;

/// Marks under the pointer.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) struct Hover {
    pub(in crate::ui) marks: Vec<AnnotationId>,
    pub(in crate::ui) x: f64,
    pub(in crate::ui) y: f64,
}

/// The button beside a block that has marks.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct MarginButton {
    pub(super) block: usize,
    /// Its height in the scrolled content, in pixels.
    pub(super) top: i32,
    pub(super) marks: Arc<[AnnotationId]>,
    pub(super) name: String,
}

/// What no view follows.
#[derive(Default)]
pub(super) struct State {
    /// The span whose marks are registered.
    pub(super) painted: Cell<Option<Span>>,
    /// It is the pane's alone.
    pub(super) is_narrow: Cell<bool>,
    pub(super) flashed: Cell<Option<AnnotationId>>,
    /// Hits of what is looked for, in text order, and the one that a person is at.
    pub(super) found: RefCell<(Arc<[Span]>, Option<Span>)>,
    /// Ends the flash.
    pending: Cell<Option<Timeout>>,
    /// Draws the blocks that are left.
    filling: Cell<Option<Timeout>>,
    /// Remembers the place once scrolling has come to rest.
    resting: Cell<Option<Timeout>>,
    anchors: ScrollAnchors,
    /// How far the pointer holds a handle below the words that are meant, in CSS pixels.
    pub(super) below: Cell<f64>,
    /// The mark that keys were about when the pointer went down: a click goes on from it.
    pub(super) left_mark: Cell<Option<AnnotationId>>,
    /// Where the pointer was last while it selects, in CSS pixels of the viewport.
    pub(super) pointer: Cell<(f64, f64)>,
    /// Where it went down, and whether it has been dragged since.
    pub(super) pressed: Cell<((f64, f64), bool)>,
    /// The page moves the selection along with the pointer, in the engine's place.
    pub(super) is_led: Cell<bool>,
    /// The pointer is down in the code bar: what it does to the page's selection does not count.
    pub(super) is_in_bar: Cell<bool>,
    /// The pointer that is down, or was last, is beside the text.
    pub(super) is_beside: Cell<bool>,
    /// Where the caret was last.
    caret: Cell<Option<Place>>,
    /// The person was at something else that is about the subject, and may come back from there.
    was_elsewhere: Cell<bool>,
    /// The last thing a person used was the keyboard.
    pub(super) is_keyboard: Cell<bool>,
    /// The selected passage is painted, since the page's own selection is not there.
    pub(super) is_passage_painted: Cell<bool>,
}

/// What the parts of the reader share.
#[derive(Clone, Copy)]
pub(in crate::ui) struct ReaderContext {
    pub(super) session: Session,
    /// The open dialog.
    dialog: RwSignal<Dialog>,
    pub(in crate::ui) pane: NodeRef<html::Div>,
    pub(in crate::ui) article: NodeRef<html::Article>,
    pub(super) blocks: StoredValue<Blocks, LocalStorage>,
    /// What paints, and what that looks like.
    pub(super) painter: StoredValue<Option<(Painter, Styles)>, LocalStorage>,
    state: StoredValue<Rc<State>, LocalStorage>,
    /// The caret is moved by keys, and shown.
    pub(in crate::ui) by_keys: RwSignal<bool>,
    /// The marks under the pointer, and where it is.
    pub(in crate::ui) hovered: RwSignal<Option<Hover>>,
    pub(super) gutter: NodeRef<html::Div>,
    pub(super) margin_buttons: StoredValue<Rows<MarginButton>, LocalStorage>,
    /// Raised when things on the page may have moved.
    pub(in crate::ui) moved: Trigger,
    /// The number of the block at the pane's upper edge.
    at: RwSignal<usize>,
}

impl ReaderContext {
    pub(in crate::ui) fn new(
        session: Session,
        dialog: RwSignal<Dialog>,
        at: RwSignal<usize>,
    ) -> Self {
        Self {
            session,
            dialog,
            at,
            pane: NodeRef::new(),
            article: NodeRef::new(),
            blocks: StoredValue::new_local(Blocks::default()),
            painter: StoredValue::new_local(Painter::new().map(|painter| {
                let styles = Styles::new(painter.inherits());
                (painter, styles)
            })),
            state: StoredValue::new_local(Rc::default()),
            by_keys: RwSignal::new(false),
            hovered: RwSignal::new(None),
            gutter: NodeRef::new(),
            margin_buttons: StoredValue::new_local(Rows::default()),
            moved: Trigger::new(),
        }
    }

    pub(super) fn state(self) -> Rc<State> {
        self.state.get_value()
    }

    /// Does something about the anchor, by where the blocks are in the pane.
    fn scroll(self, act: fn(&ScrollAnchors, &web_sys::Element, &Blocks)) {
        if let Some(pane) = self.pane.get_untracked() {
            let state = self.state();
            let act = |blocks: &Blocks| act(&state.anchors, &pane, blocks);
            self.blocks.with_value(act);
            // Whoever follows that is asked only when it is another.
            let block = state.anchors.block();
            if self.at.get_untracked() != block {
                self.at.set(block);
            }
        }
    }

    /// Takes what is at the pane's upper edge now for what stays there.
    pub(super) fn capture_anchor(self) {
        self.scroll(ScrollAnchors::capture);
    }

    /// Another text comes in the place of one. One that was open before stands where it
    /// stood, in an earlier visit too, another version of one where its words do, any other at its
    /// top.
    pub(in crate::ui) fn change_document(self, before: &Arc<Document>, after: &Arc<Document>) {
        let state = self.state();
        let anchors = &state.anchors;
        let left_at = anchors.written();
        let mut has_anchor = anchors.change_document(before, after);
        if before.id() != after.id() {
            let place = self.session.place_in(after.id());
            has_anchor = has_anchor || place.is_some_and(|place| anchors.take_over(&place));
            let now_at = anchors.written();
            self.session.turn_from(before.id(), &left_at, &now_at);
        }
        if let Some(pane) = self.pane.get_untracked().filter(|_| !has_anchor) {
            pane.set_scroll_top(0);
        }
        self.state().caret.set(None);
        self.state().found.take();
    }

    /// Scrolls to where the reader was left, as soon as there is a text.
    pub(in crate::ui) fn scroll_to_remembered(self, at: &str) {
        if self.state().anchors.take_over(at) {
            self.scroll(ScrollAnchors::hold);
        }
    }

    /// Scrolls until a block stands at the pane's upper edge, and has keys go on from there.
    pub(in crate::ui) fn go_to(self, block: usize) {
        let state = self.state();
        state.anchors.point_at(block);
        self.scroll(ScrollAnchors::hold);
        state.caret.set(Some(Place {
            block,
            offset: Utf16(0),
        }));
    }

    /// Draws a document, with those of its marks that are known.
    pub(in crate::ui) fn draw(self, document: &Arc<Document>) {
        let Some(article) = self.article.get_untracked() else {
            return;
        };
        self.painter.update_value(|painter| {
            if let Some((painter, _)) = painter {
                painter.clear();
            }
        });
        // Before the blocks are there: rules that come later style them all anew.
        self.style(&Highlights::new());
        self.blocks.set_value(article::draw(&article, document));
        self.scroll(ScrollAnchors::hold);
        self.paint();
        if !self.session.saving.with_untracked(Saving::is_loading) {
            self.fill_later();
        }
    }

    /// Draws the blocks that are not needed yet, with pauses in which the page can answer. What
    /// is needed comes first, marks and list, so this waits until the journal has been read.
    pub(in crate::ui) fn fill_on(self) {
        if self.blocks.with_value(|blocks| blocks.fill(SLICE_MS)) {
            self.fill_later();
        }
    }

    fn fill_later(self) {
        // Another document that is drawn meanwhile puts its own in the place of this.
        let next = Timeout::new(0, move || self.fill_on());
        self.state().filling.set(Some(next));
    }

    /// A place in the text as a place in the page.
    pub(super) fn place(self, offset: Utf8) -> Option<Place> {
        self.session.document.with_untracked(|document| {
            let block = document.block_at(offset)?;
            let text = &document.text;
            let start = text.to_utf16(document.blocks[block].span.start);
            Some(Place {
                block,
                offset: Utf16(text.to_utf16(offset).0 - start.0),
            })
        })
    }

    /// A place in the page as a place in the text; where it lies inside a character,
    /// the side `bias` says.
    pub(super) fn offset(self, place: Place, bias: Bias) -> Option<Utf8> {
        self.session.document.with_untracked(|document| {
            let block = document.blocks.get(place.block)?;
            let start = document.text.to_utf16(block.span.start);
            let offset = Utf16(start.0 + place.offset.0);
            Some(
                document
                    .text
                    .nearest_utf16(offset, bias)
                    .min(block.span.end),
            )
        })
    }

    /// A stretch of text as a range of the page.
    pub(super) fn range(self, span: Span) -> Option<Range> {
        let (start, end) = (self.place(span.start)?, self.place(span.end)?);
        self.blocks.with_value(|blocks| blocks.range(start, end))
    }

    /// Both ends of the page's selection, when it is in the article.
    pub(super) fn ends(self) -> Option<(Place, Place)> {
        let article = self.article.get_untracked()?;
        self.blocks
            .with_value(|blocks| selection::ends_in(&article, blocks))
    }

    /// What is seen of the article's column, in pixels of the viewport.
    pub(super) fn room(self) -> Option<Area> {
        let column = area(&*self.article.get_untracked()?);
        let pane = area(&*self.pane.get_untracked()?);
        Some(Area {
            top: column.top.max(pane.top),
            bottom: column.bottom.min(pane.bottom),
            ..column
        })
    }

    /// The place in the text that is nearest to a point of the viewport, in pixels, and in view.
    pub(super) fn nearest(self, x: f64, y: f64) -> Option<Place> {
        let (x, y) = self.room()?.nearest(x, y);
        let article = self.article.get_untracked()?;
        self.blocks
            .with_value(|blocks| selection::place_near(&article, blocks, x, y))
    }

    /// The page's selection, as far as it is in the article.
    pub(super) fn selection(self) -> Selection {
        let Some((anchor, focus)) = self.ends() else {
            return Selection::default();
        };
        let (start, end) = (anchor.min(focus), anchor.max(focus));
        let span = self
            .offset(start, Bias::Left)
            .zip(self.offset(end, Bias::Right))
            .map(|(start, end)| Span::between(start, end));
        Selection {
            passage: span.and_then(|span| {
                let passage_in = |document: &Arc<Document>| passage(document.text.text(), span);
                self.session.document.with_untracked(passage_in)
            }),
            caret: self.offset(focus, Bias::Left),
        }
    }

    /// Takes over the page's selection.
    pub(in crate::ui) fn take_selection(self) {
        let is_elsewhere = self.is_elsewhere();
        let comes_back = self.state().was_elsewhere.replace(is_elsewhere) && !is_elsewhere;
        let selection = self.selection();
        if comes_back && selection.passage.is_none() {
            self.session
                .update_marking(|marking| marking.shown(selection));
        } else if !is_elsewhere {
            self.session
                .update_marking(|marking| marking.select(selection));
        }
        if let Some((_, focus)) = self.ends().filter(|_| !is_elsewhere) {
            self.state().caret.set(Some(focus));
        }
        self.show_passage();
    }

    /// Whether a person is at something that is about the subject: then what becomes of the
    /// page's own selection is the engine's doing.
    fn is_elsewhere(self) -> bool {
        let is_about = |focused: web_sys::HtmlElement| {
            let about =
                focused.closest(".code-bar, .codes, .menu, .review, .note-editor, .find, .hits");
            about.ok().flatten().is_some()
        };
        let has_dialog = self.dialog.with_untracked(|dialog| *dialog != Dialog::None);
        has_dialog || self.state().is_in_bar.get() || browser::focused().is_some_and(is_about)
    }

    /// Paints the selected passage where the page's own selection does not show it, and no longer
    /// where it does.
    pub(super) fn show_passage(self) {
        let passage = self.session.subject.get_untracked().passage();
        let is_missing = passage.is_some() && self.selection().passage != passage;
        if self.state().is_passage_painted.replace(is_missing) != is_missing {
            self.paint();
        }
    }

    /// Has the page's own selection show the subject: what is marked, or let go of, is no longer
    /// selected. What stayed selected would be dragged along as text by the next press on it.
    pub(in crate::ui) fn show_subject(self) {
        let is_resting = self.session.gesture.get_untracked() == Gesture::Resting;
        let subject = self.session.subject.get_untracked();
        if is_resting && subject.passage().is_none() && self.ends().is_some_and(|(a, b)| a != b) {
            selection::collapse();
            let selection = self.selection();
            self.session
                .update_marking(|marking| marking.shown(selection));
        }
        self.show_passage();
    }

    /// Selects the passage that is the subject once more, where something has taken the page's
    /// selection away.
    pub(in crate::ui) fn select_again(self) {
        let passage = self.session.subject.get_untracked().passage();
        if let Some(span) = passage.filter(|_| self.selection().passage != passage) {
            self.select(span);
        }
        self.take_selection();
    }

    /// The article has got the focus. By a key, a person is shown where it is.
    pub(in crate::ui) fn entered(self) {
        if !self.state().is_keyboard.get() {
            return;
        }
        self.by_keys.set(true);
        // Fields take the page's selection along.
        if let Some(caret) = self.state().caret.get().filter(|_| self.ends().is_none()) {
            self.blocks
                .with_value(|blocks| selection::select(blocks, caret, caret));
        }
        self.select_again();
    }

    /// Whether an element is the article.
    pub(in crate::ui) fn is_article(self, element: &web_sys::HtmlElement) -> bool {
        let article = self.article.get_untracked();
        article.is_some_and(|article| article.is_same_node(Some(element)))
    }

    /// Takes the focus to the article, for keys.
    pub(in crate::ui) fn focus_article(self) {
        if let Some(article) = self.article.get_untracked() {
            self.by_keys.set(true);
            browser::focus(&article);
        }
    }

    /// Selects a passage in the page.
    pub(in crate::ui) fn select(self, span: Span) {
        if let (Some(start), Some(end)) = (self.place(span.start), self.place(span.end)) {
            self.blocks
                .with_value(|blocks| selection::select(blocks, start, end));
        }
    }

    /// The lines of a stretch of text, and the pane they are in. Of a long one those near
    /// the pane, and those of its first and its last block.
    pub(in crate::ui) fn lines(self, span: Span) -> Option<(Vec<Area>, Area)> {
        let pane = self.pane.get_untracked()?;
        let document = self.session.document.get_untracked();
        let blocks = document.blocks_in(span);
        let mut pieces = vec![span];
        if blocks.len() > LONG_BLOCKS {
            let block = |at: usize| document.blocks[at].span;
            let window = self.window(1.0)?;
            pieces = vec![block(blocks.start), window, block(blocks.end - 1)];
        }
        let mut lines = Vec::new();
        for piece in pieces {
            lines.extend(selection::lines(&self.range(piece.intersection(span))?));
        }
        Some((lines, area(&pane)))
    }

    /// Brings a mark into view, if it is not, and flashes it.
    pub(in crate::ui) fn show_mark(self, id: AnnotationId) {
        let Some(span) = self.session.with(|project| project.live(id)?.span()) else {
            return;
        };
        self.bring_into_view(span);
        self.state().flashed.set(Some(id));
        self.paint();
        let end = Timeout::new(FLASH_MS, move || {
            self.state().flashed.set(None);
            self.paint();
        });
        // A flash still going on is cut short by this one.
        self.state().pending.set(Some(end));
    }

    /// Scrolls a stretch of text to the middle of the pane, unless it is in view.
    pub(in crate::ui) fn bring_into_view(self, span: Span) {
        let document = self.session.document.get_untracked();
        let block = document.block_at(span.start).unwrap_or_default();
        // Laid out, it is farther or nearer than it was taken to be.
        self.blocks.with_value(|blocks| blocks.lay_out(block));
        self.scroll(ScrollAnchors::restore);
        let (Some(by), Some(pane)) = (self.way_to(span), self.pane.get_untracked()) else {
            return;
        };
        // At once: what flashes there shows where it is, and nobody waits for the way.
        pane.scroll_by_with_x_and_y(0.0, by);
        self.scroll(ScrollAnchors::capture);
    }

    /// How far it is to scroll to a stretch of text, in pixels; nothing where it is in view.
    fn way_to(self, span: Span) -> Option<f64> {
        let (lines, room) = self.lines(span)?;
        let (first, last) = (lines.first()?, lines.last()?);
        // A line above the passage, so that it is seen where it stands.
        const MARGIN: f64 = 40.0;
        if first.top >= room.top + MARGIN && last.bottom <= room.bottom - 8.0 {
            return None;
        }
        let height = room.bottom - room.top;
        Some(first.top - room.top - (height / 3.0).max(MARGIN))
    }

    /// The pane was scrolled: paint what came near, and keep up.
    pub(in crate::ui) fn scrolled(self) {
        self.hovered.set(None);
        self.scroll(ScrollAnchors::capture_if_moved);
        self.moved.notify();
        self.paint_if_left();
        self.remember_scroll();
    }

    /// Fonts have arrived, a panel has opened, the window was turned: things have moved.
    pub(in crate::ui) fn resized(self) {
        self.scroll(ScrollAnchors::hold);
        self.paint_again();
    }

    fn remember_scroll(self) {
        let rest = Timeout::new(REST_MS, move || {
            self.remember_now();
            self.paint_rest();
        });
        // Putting a new one in its place cancels the one before.
        self.state().resting.set(Some(rest));
    }

    /// Remembers the place, if that is still to be done.
    pub(in crate::ui) fn remember_now(self) {
        if self.state().resting.take().is_some() {
            self.session
                .remember_scroll(&self.state().anchors.written());
        }
    }
}
