//! Writing a note, in the card of its mark. It is saved as it is written, in steps as long as a
//! breath, so that nothing has to be kept and undo takes back what a person would call a step.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FocusEvent, HtmlElement, HtmlTextAreaElement, KeyboardEvent};

use super::keys::keep_focus;
use super::rows::Rows;
use super::{button, part, tag, tagged};
use crate::annotation::{Annotation, AnnotationId};
use crate::browser::element::{append, attribute, element, style, words};
use crate::browser::{self, clock, px};
use crate::marking::Subject;
use crate::project::Filter;
use crate::query;
use crate::session::Session;

/// How long nothing is typed before what was typed is saved, in ms.
const BREATH: f64 = 1_000.0;

/// How long typing goes on at most before it is saved in between, in ms.
const LONGEST: f64 = 10_000.0;

/// The field in which notes are written, wherever it is.
#[derive(Clone, Copy)]
pub(super) struct NoteEditor {
    session: Session,
    /// Whether the list is open, where it is a sheet.
    sheet: RwSignal<bool>,
    /// The mark whose note is being written.
    pub(super) on: RwSignal<Option<AnnotationId>>,
    /// A note whose mark is gone.
    gone: RwSignal<Option<Gone>>,
    open: StoredValue<Rc<RefCell<Option<Open>>>, LocalStorage>,
}

/// A note that was being written when another window deleted its mark.
#[derive(Clone, Debug, PartialEq)]
struct Gone {
    annotation: Arc<Annotation>,
    note: String,
}

/// The field, while it is open.
struct Open {
    id: AnnotationId,
    /// The mark as it was seen last.
    annotation: Arc<Annotation>,
    /// The note when field and record were the same.
    base: Arc<str>,
    element: Element,
    field: HtmlTextAreaElement,
    /// Where it says what another window has written meanwhile.
    conflict: Element,
    /// What had the focus before.
    before: Option<HtmlElement>,
    /// When the first letter was typed that is not saved, in ms.
    unsaved_since: Cell<Option<f64>>,
    saving: Cell<Option<Timeout>>,
    _listeners: Vec<EventListener>,
}

impl Open {
    fn written(&self) -> String {
        self.field.value().trim().to_owned()
    }

    fn is_unsaved(&self) -> bool {
        *self.written() != *self.base
    }

    fn has_conflict(&self) -> bool {
        self.conflict.has_child_nodes()
    }

    /// Takes the focus, behind what is written, and is brought into view.
    fn enter(&self, card: &Element) {
        self.fit();
        browser::focus(&self.field);
        let end = self.field.text_length();
        // A field of text has a selection.
        let _ = self.field.set_selection_range(end, end);
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        card.scroll_into_view_with_scroll_into_view_options(&options);
    }

    /// As high as what is written in it.
    fn fit(&self) {
        style(&self.field, "");
        style(
            &self.field,
            &format!("height:{}", px(f64::from(self.field.scroll_height() + 2))),
        );
    }
}

impl NoteEditor {
    pub(super) fn new(session: Session, sheet: RwSignal<bool>) -> Self {
        Self {
            session,
            sheet,
            on: RwSignal::new(None),
            gone: RwSignal::new(None),
            open: StoredValue::new_local(Rc::default()),
        }
    }

    /// Opens the field for what keys are about; a bare passage is marked first.
    pub(super) fn open_for_subject(self) {
        // First, so that the field can be seen, and has the focus, as soon as it is there.
        self.sheet
            .set(self.session.subject.get_untracked() != Subject::Nothing);
        match self.session.mark_to_note() {
            Some(id) => self.open(id),
            None if self.session.may_change() => {
                self.session
                    .say("Nothing is selected. Select some words to write a note on them");
            }
            None => {}
        }
    }

    /// Opens the field in the card of a mark.
    pub(super) fn open(self, id: AnnotationId) {
        if self.on.get_untracked() == Some(id) {
            self.focus();
            return;
        }
        self.leave();
        let own = self
            .session
            .with(|project| Some(project.live(id)?.annotation.clone()));
        let Some(annotation) = own else { return };
        // A card that is not listed can't be written in.
        if self.session.number_of(id).is_none() {
            self.session.search_for(String::new());
            self.session.list_only(Filter::All);
        }
        self.sheet.set(true);
        let open = self.made(annotation);
        open.field.set_value(&open.base);
        self.open.with_value(|own| *own.borrow_mut() = Some(open));
        self.on.set(Some(id));
    }

    fn made(self, annotation: Arc<Annotation>) -> Open {
        let element = element("div", "note-editor");
        let field = words("textarea", "", "");
        for (name, value) in [
            ("aria-label", "Note"),
            ("placeholder", "Note"),
            ("rows", "1"),
            ("aria-describedby", "note-help"),
        ] {
            attribute(&field, name, value);
        }
        let help = words(
            "p",
            "help",
            "Saved as you write. Escape goes back to the text.",
        );
        attribute(&help, "id", "note-help");
        let conflict = browser::element::element("div", "conflict");
        attribute(&conflict, "role", "alert");
        append(&element, &field);
        append(&element, &conflict);
        append(&element, &help);
        let listen = |name: &'static str, act: Box<dyn Fn(&Event)>| {
            EventListener::new_with_options(
                &element,
                name,
                gloo::events::EventListenerOptions::enable_prevent_default(),
                move |event| act(event),
            )
        };
        let listeners = vec![
            listen("input", Box::new(move |_| self.typed())),
            listen(
                "keydown",
                Box::new(move |event| self.key(event.unchecked_ref())),
            ),
            listen(
                "focusout",
                Box::new(move |event| self.left(event.unchecked_ref())),
            ),
        ];
        Open {
            id: annotation.id,
            base: annotation.note.clone(),
            annotation,
            field: field.unchecked_into(),
            conflict,
            before: browser::focused(),
            unsaved_since: Cell::new(None),
            saving: Cell::new(None),
            _listeners: listeners,
            element,
        }
    }

    /// Reads from the field, if it is open.
    fn with<T>(self, read: impl FnOnce(&Open) -> T) -> Option<T> {
        let open = self.open.try_get_value()?;
        let open = open.borrow();
        open.as_ref().map(read)
    }

    fn focus(self) {
        self.with(|open| browser::focus(&open.field));
    }

    /// Puts the field into the card of its mark, when that has been drawn; a card that has gone
    /// from the list takes it along.
    pub(super) fn show_in<T: Clone + PartialEq>(
        self,
        rows: &Rows<T>,
        id_of: impl Fn(&T) -> AnnotationId,
    ) {
        let stays = self.with(|open| {
            let row = rows.all().iter().find(|(row, _)| id_of(row) == open.id);
            let Some((_, card)) = row else {
                return open.has_conflict();
            };
            if !card.contains(Some(&open.element)) {
                append(card, &open.element);
                open.enter(card);
                // A sheet that was not open yet is by then.
                let card = card.clone();
                request_animation_frame(move || {
                    self.with(|open| {
                        if browser::focused().as_ref() != Some(&open.field) {
                            open.enter(&card);
                        }
                    });
                });
            }
            true
        });
        if stays == Some(false) {
            self.leave();
        }
    }

    fn typed(self) {
        self.with(|open| {
            open.fit();
            let now = clock::now().0 as f64;
            let since = open.unsaved_since.get().unwrap_or(now);
            open.unsaved_since.set(Some(since));
            let wait = BREATH.min((since + LONGEST - now).max(0.0));
            // Putting a new one in its place cancels the one before.
            open.saving
                .set(Some(Timeout::new(wait as u32, move || self.save())));
        });
    }

    fn key(self, event: &KeyboardEvent) {
        let is_done = event.key() == "Enter" && (event.ctrl_key() || event.meta_key());
        if (event.key() == "Escape" || is_done) && !event.is_composing() {
            event.prevent_default();
            event.stop_propagation();
            self.go_back();
        }
    }

    /// The focus goes elsewhere, or to another window.
    fn left(self, event: &FocusEvent) {
        let next: Option<Element> = event.related_target().and_then(|next| next.dyn_into().ok());
        let is_inside = self
            .with(|open| next.is_some_and(|next| open.element.contains(Some(&next))))
            .unwrap_or(true);
        let has_focus = browser::document().has_focus().unwrap_or(true);
        if !is_inside && has_focus {
            self.leave();
        } else {
            self.save();
        }
    }

    /// Whether the field is open and does not have the focus yet: keys are for it already.
    pub(super) fn is_opening(self) -> bool {
        self.with(|open| !open.element.is_connected())
            .unwrap_or(false)
    }

    /// Whether something is written that is not saved.
    pub(super) fn is_unsaved(self) -> bool {
        self.with(Open::is_unsaved).unwrap_or(false)
    }

    /// Saves what is written, unless another window has written something else meanwhile.
    pub(super) fn save(self) {
        let Some((id, written, base)) = self.with(|open| {
            open.saving.set(None);
            open.unsaved_since.set(None);
            (open.id, open.written(), open.base.clone())
        }) else {
            return;
        };
        self.follow();
        let is_its_turn = self
            .with(|open| open.id == id && !open.has_conflict())
            .unwrap_or(false);
        if *written == *base || !is_its_turn {
            return;
        }
        if !self.session.may_change() {
            // Something long is going on: it is tried again.
            self.typed();
            return;
        }
        self.session.note(id, &written);
        self.rebase(written.into());
    }

    /// Field and record are the same.
    fn rebase(self, note: Arc<str>) {
        let own = self.open.get_value();
        if let Some(open) = own.borrow_mut().as_mut() {
            open.base = note;
        }
    }

    /// Looks at what has become of the mark and its note.
    pub(super) fn follow(self) {
        let Some(id) = self.on.get_untracked() else {
            return;
        };
        let record = self
            .session
            .with(|project| Some(project.live(id)?.annotation.clone()));
        let Some(record) = record else {
            self.lose();
            return;
        };
        let own = self.open.get_value();
        let mut own = own.borrow_mut();
        let Some(open) = own.as_mut() else { return };
        open.annotation = record.clone();
        if record.note == open.base || open.has_conflict() {
            return;
        }
        let written = open.written();
        if *written == *open.base {
            open.field.set_value(&record.note);
            open.fit();
        }
        if *written == *open.base || *written == *record.note {
            open.base = record.note.clone();
            return;
        }
        self.tell_conflict(open, record.note.clone());
    }

    /// Two windows have written at the same time: the person says which words stay.
    fn tell_conflict(self, open: &Open, theirs: Arc<str>) {
        let told = words("p", "", "Another window has written:");
        append(&open.conflict, &told);
        append(
            &open.conflict,
            &words("blockquote", "", &query::opening(&theirs)),
        );
        for (label, keeps_own) in [("Keep mine", true), ("Take that", false)] {
            let choice = words("button", "", label);
            attribute(&choice, "type", "button");
            let theirs = theirs.clone();
            EventListener::once(&choice, "click", move |_| self.decide(&theirs, keeps_own))
                .forget();
            append(&open.conflict, &choice);
        }
    }

    fn decide(self, theirs: &Arc<str>, keeps_own: bool) {
        self.with(|open| {
            open.conflict.set_text_content(None);
            if !keeps_own {
                open.field.set_value(theirs);
                open.fit();
            }
        });
        self.rebase(theirs.clone());
        self.focus();
        self.save();
    }

    /// The mark is gone: another window has deleted it. What was written is not.
    fn lose(self) {
        let gone = self.close();
        if let Some((open, note)) = gone.filter(|(_, note)| !note.is_empty()) {
            let annotation = open.annotation;
            self.gone.set(Some(Gone { annotation, note }));
        }
    }

    /// Saves what is written and closes the field. Where two windows disagree it stays.
    pub(super) fn leave(self) {
        self.save();
        if self.with(Open::has_conflict) == Some(true) {
            return;
        }
        let Some((open, note)) = self.close() else {
            return;
        };
        if note.is_empty() {
            self.session.unmark_if_bare(open.id);
        }
    }

    /// The same, and the focus goes where it came from.
    fn go_back(self) {
        let before = self.with(|open| open.before.clone()).flatten();
        self.leave();
        if self.on.get_untracked().is_some() {
            return;
        }
        let is_in_list = |before: &HtmlElement| matches!(before.closest(".panel"), Ok(Some(_)));
        self.sheet.set(before.as_ref().is_some_and(is_in_list));
        match before.filter(|before| before.is_connected()) {
            Some(before) => browser::focus(&before),
            None => keep_focus(None),
        }
    }

    fn close(self) -> Option<(Open, String)> {
        let own = self.open.try_get_value()?;
        let open = own.borrow_mut().take()?;
        let note = open.written();
        self.on.set(None);
        open.element.remove();
        Some((open, note))
    }

    /// What is offered for a note whose mark is gone.
    pub(super) fn rescue(self) -> AnyView {
        part(move || {
            let Gone { annotation, note } = self.gone.get()?;
            let keep = {
                let (annotation, note) = (annotation.clone(), note.clone());
                move || {
                    if self.session.may_change() {
                        self.session.keep_on_new_mark(&annotation, &note);
                        self.gone.set(None);
                    }
                }
            };
            let pieces = vec![
                tagged("p", "Another window has deleted the mark of this note:"),
                tagged("blockquote", &*query::opening(&note)),
                button("main", "Keep it on a new mark", keep),
                button("", "Let it go", move || self.gone.set(None)),
            ];
            Some(tag("div", pieces))
        })
        .into_any()
    }
}
