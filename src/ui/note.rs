//! Writing a note, in the card of its mark. It is saved as it is written, in steps as long as a
//! breath, so that nothing has to be kept and undo takes back what a person would call a step.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FocusEvent, HtmlElement, HtmlTextAreaElement, KeyboardEvent};

use super::elements::{button, tag, tagged};
use super::focus::keep_focus;
use super::rows::Rows;
use crate::annotation::{Annotation, AnnotationId};
use crate::browser::element::{append, attribute, element, style, words};
use crate::browser::{self, clock, px};
use crate::marking::Subject;
use crate::project::Filter;
use crate::query;
use crate::session::Session;
use crate::words;

/// Pause in typing after which what was typed is saved, in ms.
const PAUSE_MS: f64 = 1_000.0;

/// Time for which typing goes on at most before it is saved in between, in ms.
const LONGEST_MS: f64 = 10_000.0;

/// The class of the button by which one's own words stay, where two windows have written.
const MINE: &str = "mine";

/// The field in which notes are written, wherever it is.
#[derive(Clone, Copy)]
pub(super) struct NoteEditor {
    session: Session,
    /// Whether the list is open, where it is a sheet.
    sheet: RwSignal<bool>,
    /// The mark whose note is being written.
    pub(super) on: RwSignal<Option<AnnotationId>>,
    /// What is said of words that are written and not saved yet.
    pub(super) waits: RwSignal<Option<&'static str>>,
    /// Notes whose marks are gone.
    pub(super) gone: RwSignal<Vec<Gone>>,
    open: StoredValue<Option<Rc<Open>>, LocalStorage>,
}

/// A note that was being written when its mark was deleted, by another window for one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Gone {
    annotation: Arc<Annotation>,
    note: String,
}

/// The field, while it is open. Events of the page may come whenever the focus or an element is
/// moved, so nothing of it is borrowed for longer than to read or write it.
struct Open {
    id: AnnotationId,
    /// Whether the mark was made to write on it.
    is_new: bool,
    /// The mark as it was seen last.
    annotation: RefCell<Arc<Annotation>>,
    /// The note when field and record were the same.
    base: RefCell<Arc<str>>,
    /// What another window has written meanwhile, while it is not decided which words stay.
    theirs: RefCell<Option<Arc<str>>>,
    /// Whether something that was written here has been saved.
    has_saved: Cell<bool>,
    element: Element,
    field: HtmlTextAreaElement,
    /// Where it says what another window has written meanwhile.
    conflict: Element,
    /// What had the focus before.
    before: Option<HtmlElement>,
    /// Whether it has had the focus yet.
    was_entered: Cell<bool>,
    /// The list is being drawn anew around it.
    is_held: Cell<bool>,
    /// What was selected in it when that began, if it had the focus.
    selected: Cell<Option<[u32; 2]>>,
    /// When the first letter was typed that is not saved, in ms.
    unsaved_since: Cell<Option<f64>>,
    saving: Cell<Option<Timeout>>,
    listeners: RefCell<Vec<EventListener>>,
}

impl Open {
    fn written(&self) -> String {
        self.field.value().trim().to_owned()
    }

    fn base(&self) -> Arc<str> {
        self.base.borrow().clone()
    }

    fn theirs(&self) -> Option<Arc<str>> {
        self.theirs.borrow().clone()
    }

    fn has_focus(&self) -> bool {
        browser::focused().is_some_and(|focused| self.element.contains(Some(&focused)))
    }

    /// Takes the focus, behind what is written, and is brought into view.
    fn enter(&self, card: &Element) {
        self.was_entered.set(true);
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

    /// Shows other words than were written in it.
    fn show(&self, note: &str) {
        self.field.set_value(note);
        self.fit();
    }

    /// Says that another window has written something else, and offers the choice; or that it
    /// has not.
    fn tell_conflict(&self, theirs: Option<Arc<str>>) {
        if *self.theirs.borrow() == theirs {
            return;
        }
        self.theirs.replace(theirs.clone());
        self.conflict.set_text_content(None);
        let Some(theirs) = theirs else { return };
        let pieces = [
            words("p", "", words::note::OTHER_WINDOW),
            words("blockquote", "", &query::opening(&theirs)),
        ];
        for piece in pieces {
            append(&self.conflict, &piece);
        }
        for (label, class) in [(words::note::KEEP_MINE, MINE), (words::note::TAKE_THAT, "")] {
            let choice = words("button", class, label);
            attribute(&choice, "type", "button");
            append(&self.conflict, &choice);
        }
    }
}

impl NoteEditor {
    pub(super) fn new(session: Session, sheet: RwSignal<bool>) -> Self {
        Self {
            session,
            sheet,
            on: RwSignal::new(None),
            waits: RwSignal::new(None),
            gone: RwSignal::default(),
            open: StoredValue::new_local(None),
        }
    }

    /// Opens the field for what keys are about; a bare passage is marked first.
    pub(super) fn open_for_subject(self) {
        // First, so that the field can be seen, and has the focus, as soon as it is there.
        if self.session.subject.get_untracked() != Subject::Nothing {
            self.sheet.set(true);
        }
        match self.session.mark_to_note() {
            Some((id, is_new)) => self.open(id, is_new),
            None if self.session.may_change() => {
                self.session.say(words::note::NOTHING_SELECTED);
            }
            None => {}
        }
    }

    /// Opens the field in the card of a mark. `is_new`: the mark was made to write on it.
    pub(super) fn open(self, id: AnnotationId, is_new: bool) {
        if self.on.get_untracked() == Some(id) {
            self.focus();
            return;
        }
        if !self.give_way() {
            return;
        }
        let own = self
            .session
            .with(|project| Some(project.live(id)?.annotation.clone()));
        let Some(annotation) = own else { return };
        self.bring_up(id);
        let open = self.made(annotation, is_new);
        open.field.set_value(&open.base());
        self.open.set_value(Some(open));
        self.on.set(Some(id));
    }

    /// Has the card of a mark be listed, and in view: one that is not can't be written in.
    fn bring_up(self, id: AnnotationId) {
        if self.session.number_of(id).is_none() {
            self.session.search_for(String::new());
            self.session.list_only(Filter::All);
        }
        self.sheet.set(true);
    }

    /// Leaves the field for something else; whether that may be done. A field that can't be left
    /// yet gets the focus, and it is said why.
    pub(super) fn give_way(self) -> bool {
        if self.leave() {
            return true;
        }
        let Some(open) = self.get() else { return true };
        self.bring_up(open.id);
        self.focus();
        if open.theirs().is_some() {
            self.session.say(words::note::TWO_WINDOWS);
        } else {
            // Says why changes can't be made.
            let _ = self.session.may_change();
        }
        false
    }

    fn made(self, annotation: Arc<Annotation>, is_new: bool) -> Rc<Open> {
        let element = element("div", "note-editor");
        let field = words("textarea", "", "");
        for (name, value) in [
            ("aria-label", words::note::NOTE),
            ("placeholder", words::note::NOTE),
            ("rows", "1"),
            ("aria-describedby", "note-help"),
        ] {
            attribute(&field, name, value);
        }
        let help = words("p", "help", words::note::HELP);
        attribute(&help, "id", "note-help");
        let conflict = browser::element::element("div", "conflict");
        attribute(&conflict, "role", "alert");
        append(&element, &field);
        append(&element, &conflict);
        append(&element, &help);
        let listen = |name: &'static str, act: Box<dyn Fn(&Event)>| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&element, name, options, move |event| act(event))
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
            listen("click", Box::new(move |event| self.decide(event))),
        ];
        Rc::new(Open {
            id: annotation.id,
            is_new,
            base: RefCell::new(annotation.note.clone()),
            theirs: RefCell::default(),
            has_saved: Cell::new(false),
            annotation: RefCell::new(annotation),
            field: field.unchecked_into(),
            conflict,
            before: browser::focused(),
            was_entered: Cell::new(false),
            is_held: Cell::new(false),
            selected: Cell::new(None),
            unsaved_since: Cell::new(None),
            saving: Cell::new(None),
            listeners: RefCell::new(listeners),
            element,
        })
    }

    /// The field, if it is open.
    fn get(self) -> Option<Rc<Open>> {
        self.open.try_get_value().flatten()
    }

    fn focus(self) {
        if let Some(open) = self.get() {
            browser::focus(&open.field);
        }
    }

    /// The list is about to be drawn anew, and the field's card with it: that is no leaving.
    pub(super) fn hold(self) {
        let Some(open) = self.get() else { return };
        open.is_held.set(true);
        let at = |place: Result<Option<u32>, _>| place.ok().flatten().unwrap_or_default();
        let has_focus = browser::focused().as_ref() == Some(&open.field);
        open.selected.set(has_focus.then(|| {
            [
                at(open.field.selection_start()),
                at(open.field.selection_end()),
            ]
        }));
    }

    /// Puts the field into the card of its mark, when that has been drawn; a card that has gone
    /// from the list takes it along.
    pub(super) fn show_in<T: Clone + PartialEq>(
        self,
        rows: &Rows<T>,
        id_of: impl Fn(&T) -> AnnotationId,
    ) {
        let Some(open) = self.get() else { return };
        let row = rows.all().iter().find(|(row, _)| id_of(row) == open.id);
        let Some((_, card)) = row else {
            open.is_held.set(false);
            // Where it can't be left yet, it comes back with its card.
            self.leave();
            return;
        };
        if !card.contains(Some(&open.element)) {
            append(card, &open.element);
        }
        if let Some([start, end]) = open.selected.take() {
            if browser::focused().as_ref() != Some(&open.field) {
                browser::focus(&open.field);
                // A field of text has a selection.
                let _ = open.field.set_selection_range(start, end);
            }
        } else if !open.was_entered.get() {
            open.enter(card);
            // A sheet that was not open yet is by then.
            let (card, open) = (card.clone(), open.clone());
            request_animation_frame(move || {
                if browser::focused().as_ref() != Some(&open.field) && open.element.is_connected() {
                    open.enter(&card);
                }
            });
        }
        open.is_held.set(false);
    }

    fn typed(self) {
        let Some(open) = self.get() else { return };
        open.fit();
        self.tell(Some(words::bar::SAVING));
        let now = clock::now().0 as f64;
        let since = open.unsaved_since.get().unwrap_or(now);
        open.unsaved_since.set(Some(since));
        let wait = PAUSE_MS.min((since + LONGEST_MS - now).max(0.0));
        self.save_after(&open, wait as u32);
    }

    /// Saves what is written in so many ms; a field that could not be left before is left then.
    fn save_after(self, open: &Open, wait: u32) {
        let save = move || {
            let has_focus = self.get().is_none_or(|open| open.has_focus());
            if self.save() && !has_focus {
                self.leave();
            }
        };
        // Putting a new one in its place cancels the one before.
        open.saving.set(Some(Timeout::new(wait, save)));
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
        let Some(open) = self.get().filter(|open| !open.is_held.get()) else {
            return;
        };
        let next: Option<Element> = event.related_target().and_then(|next| next.dyn_into().ok());
        let is_inside = next.is_some_and(|next| open.element.contains(Some(&next)));
        let has_focus = browser::document().has_focus().unwrap_or(true);
        if !is_inside && has_focus {
            self.leave();
        } else {
            self.save();
        }
    }

    /// Whether the field is open and does not have the focus yet: keys are for it already.
    pub(super) fn is_opening(self) -> bool {
        self.get().is_some_and(|open| !open.was_entered.get())
    }

    /// Whether something is written that is not saved.
    pub(super) fn is_unsaved(self) -> bool {
        self.get()
            .is_some_and(|open| *open.written() != *open.base())
    }

    /// Saves what is written, unless another window has written something else meanwhile; whether
    /// nothing is left to be saved.
    pub(super) fn save(self) -> bool {
        let is_saved = self.save_now();
        let has_two = || self.get().is_some_and(|open| open.theirs().is_some());
        self.tell(match is_saved {
            true => None,
            false if has_two() => Some(words::bar::NOT_SAVED),
            false => Some(words::bar::SAVING),
        });
        is_saved
    }

    fn tell(self, waits: Option<&'static str>) {
        if self.waits.get_untracked() != waits {
            self.waits.set(waits);
        }
    }

    fn save_now(self) -> bool {
        let Some(open) = self.get() else { return true };
        open.saving.set(None);
        open.unsaved_since.set(None);
        let (written, base) = (open.written(), open.base());
        self.follow();
        let is_open = self.get().is_some_and(|now| now.id == open.id);
        if is_open && open.theirs().is_some() {
            return false;
        }
        if !is_open || *written == *base {
            return true;
        }
        if self.session.ready().is_err() {
            // Something long is going on: it is tried again.
            self.save_after(&open, PAUSE_MS as u32);
            return false;
        }
        open.base.replace(written.as_str().into());
        open.has_saved.set(true);
        self.session.note(open.id, &written);
        true
    }

    /// Looks at what has become of the mark and its note.
    pub(super) fn follow(self) {
        let Some(open) = self.get() else { return };
        let record = self
            .session
            .with(|project| Some(project.live(open.id)?.annotation.clone()));
        let Some(record) = record else {
            self.lose();
            return;
        };
        let note = record.note.clone();
        open.annotation.replace(record);
        let (written, base) = (open.written(), open.base());
        if note == base {
            open.tell_conflict(None);
        } else if *written == *note {
            open.base.replace(note);
            open.tell_conflict(None);
        } else if *written == *base && !open.has_saved.get() {
            open.base.replace(note.clone());
            open.show(&note);
        } else {
            // Two windows have written at the same time: the person says which words stay.
            open.tell_conflict(Some(note));
        }
    }

    /// Says which words stay, where the press is on one of those buttons.
    fn decide(self, event: &Event) {
        let target: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
        let choice = target.filter(|target| target.tag_name() == "BUTTON");
        let Some((open, choice)) = self.get().zip(choice) else {
            return;
        };
        let Some(theirs) = open.theirs() else { return };
        if !choice.class_list().contains(MINE) {
            open.show(&theirs);
        }
        open.base.replace(theirs);
        // The button goes, and must not take the focus along.
        browser::focus(&open.field);
        open.tell_conflict(None);
        self.save();
    }

    /// The mark is gone. What was written is not.
    fn lose(self) {
        let gone = self.close();
        if let Some((open, note)) = gone.filter(|(_, note)| !note.is_empty()) {
            let annotation = open.annotation.borrow().clone();
            self.gone
                .update(|gone| gone.push(Gone { annotation, note }));
        }
    }

    /// Saves what is written and closes the field; whether it is closed. Where two windows
    /// disagree, or while something long goes on, it stays.
    pub(super) fn leave(self) -> bool {
        if !self.save() {
            return false;
        }
        if let Some((open, note)) = self.close()
            && note.is_empty()
            && open.is_new
        {
            self.session.unmark_if_bare(open.id);
        }
        true
    }

    /// The same, and the focus goes where it came from.
    fn go_back(self) {
        let before = self.get().and_then(|open| open.before.clone());
        if !self.give_way() {
            return;
        }
        let is_in_list = |before: &HtmlElement| matches!(before.closest(".panel"), Ok(Some(_)));
        self.sheet.set(before.as_ref().is_some_and(is_in_list));
        match before.filter(|before| before.is_connected()) {
            Some(before) => browser::focus(&before),
            None => keep_focus(None),
        }
    }

    fn close(self) -> Option<(Rc<Open>, String)> {
        let open = self.get()?;
        let note = open.written();
        self.open.set_value(None);
        self.on.set(None);
        self.tell(None);
        open.element.remove();
        // They would hold it for as long as it holds them.
        open.saving.set(None);
        open.listeners.take();
        Some((open, note))
    }
}

/// Draws what is offered for notes whose marks are gone.
pub(super) fn rescue(editor: NoteEditor, gone: Vec<Gone>) -> AnyView {
    let offer = move |gone: Gone| {
        let Gone { annotation, note } = gone.clone();
        let let_go = move || editor.gone.update(|all| all.retain(|other| *other != gone));
        let keep = {
            let (note, let_go) = (note.clone(), let_go.clone());
            move || {
                if editor.session.may_change() {
                    editor.session.keep_on_new_mark(&annotation, &note);
                    let_go();
                }
            }
        };
        let pieces = vec![
            tagged("p", words::note::MARK_DELETED),
            tagged("blockquote", &*query::opening(&note)),
            button("main", words::note::KEEP, keep),
            button("", words::note::LET_GO, let_go),
        ];
        tag("div", pieces)
    };
    tag("div", gone.into_iter().map(offer).collect())
}
