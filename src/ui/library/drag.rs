//! Dragging documents from one folder to another: with a mouse as soon as it moves, with a finger once
//! it has rested on the row, so that the list is scrolled as ever.

use std::sync::Arc;

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use gloo::timers::callback::{Interval, Timeout};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, MouseEvent, PointerEvent};

use super::super::dialog::Dialog;
use super::super::elements::{effect, part};
use super::super::page::Page;
use super::choosing::Choosing;
use super::row::{Drawn, Row};
use crate::browser::element::{append, attribute, style, words as holding};
use crate::browser::{self, area, px};
use crate::document::DocumentId;
use crate::session::Session;
use crate::words;

/// How far a mouse goes before it drags, in CSS pixels.
const SLACK: f64 = 6.0;

/// How long a finger rests before it drags, in ms, and how far it may move meanwhile, in CSS pixels.
const REST_MS: u32 = 450;
const TREMBLE: f64 = 10.0;

/// How near the edge of the list has it scroll, in CSS pixels, by how many at a time, and how often,
/// in ms.
const EDGE: f64 = 28.0;
const STRIDE: i32 = 8;
const STRIDE_MS: u32 = 16;

/// Where documents are let go of.
#[derive(Clone, PartialEq)]
enum Target {
    /// In a folder, or in none.
    Folder(Arc<str>),
    /// In one that is still to be named.
    New,
}

/// What is held.
struct Held {
    /// One, or all that are chosen.
    documents: Vec<DocumentId>,
    /// What stands beside the pointer: a title, or how many they are.
    said: Arc<str>,
    /// Where they lie, if they lie together.
    folder: Option<Arc<str>>,
    pointer: i32,
    is_touch: bool,
    from: (f64, f64),
    /// What stands beside the pointer, once it drags.
    beside: Option<Element>,
    target: Option<Target>,
    /// A finger that rests.
    _rest: Option<Timeout>,
    /// The list scrolls.
    scroll: Option<Interval>,
}

/// A drag, or none.
#[derive(Clone, Copy)]
pub(super) struct Drag {
    session: Session,
    page: Page,
    rows: Drawn,
    list: NodeRef<html::Div>,
    held: StoredValue<Option<Held>, LocalStorage>,
    choosing: Choosing,
    /// While documents are dragged, whether any lies in a folder.
    is_on: RwSignal<Option<bool>>,
    /// Whether the press that is told next ended a drag.
    was_on: StoredValue<bool>,
}

impl Drag {
    pub(super) fn new(
        session: Session,
        page: Page,
        rows: Drawn,
        list: NodeRef<html::Div>,
        choosing: Choosing,
    ) -> Self {
        let drag = Self {
            session,
            page,
            rows,
            list,
            choosing,
            held: StoredValue::new_local(None),
            is_on: RwSignal::new(None),
            was_on: StoredValue::new(false),
        };
        let listeners = StoredValue::new_local(Vec::new());
        effect(move || {
            let Some(list) = list.get() else { return };
            // While a finger drags, it does not scroll.
            let options = EventListenerOptions::enable_prevent_default();
            let stay = move |event: &Event| {
                if drag.is_on.with_untracked(Option::is_some) {
                    event.prevent_default();
                }
            };
            let stay = EventListener::new_with_options(&list, "touchmove", options, stay);
            let options = EventListenerOptions {
                phase: EventListenerPhase::Capture,
                passive: false,
            };
            let escape = move |event: &Event| {
                let key = event.dyn_ref::<KeyboardEvent>();
                let is_escape = key.is_some_and(|event| event.key() == "Escape");
                if is_escape && drag.is_on.with_untracked(Option::is_some) {
                    event.stop_propagation();
                    event.prevent_default();
                    drag.call_off();
                }
            };
            let window = browser::window();
            let escape = EventListener::new_with_options(&window, "keydown", options, escape);
            listeners.set_value(vec![stay, escape]);
        });
        drag
    }

    /// Whether the press that is told now ended a drag: it opens nothing.
    pub(super) fn was_on(self) -> bool {
        let was_on = self.was_on.get_value();
        self.was_on.set_value(false);
        was_on
    }

    pub(super) fn begin(self, event: &PointerEvent) {
        self.call_off();
        self.was_on.set_value(false);
        let row = self.rows.with_value(|rows| rows.hit(event).cloned());
        let Some(Row::Document(document)) = row.filter(|_| event.button() == 0) else {
            return;
        };
        // One that is not chosen is taken by itself.
        let chosen = self.choosing.chosen.get_untracked();
        let documents = if chosen.has(document.id) {
            chosen.all()
        } else {
            vec![document.id]
        };
        let said = match documents.len() {
            1 => document.title,
            count => words::library::documents(count).into(),
        };
        let is_touch = event.pointer_type() == "touch";
        let rest = is_touch.then(|| Timeout::new(REST_MS, move || self.start()));
        self.held.set_value(Some(Held {
            folder: self.session.folder_of(&documents),
            documents,
            said,
            pointer: event.pointer_id(),
            is_touch,
            from: at(event),
            beside: None,
            target: None,
            _rest: rest,
            scroll: None,
        }));
    }

    pub(super) fn go_on(self, event: &PointerEvent) {
        let (x, y) = at(event);
        let held = self.held.with_value(|held| {
            let own = held.as_ref()?;
            let gone = (x - own.from.0).abs().max((y - own.from.1).abs());
            Some((own.beside.is_some(), own.is_touch, gone, own.pointer))
        });
        let Some((is_on, is_touch, gone, pointer)) = held else {
            return;
        };
        if pointer != event.pointer_id() {
            return;
        }
        match (is_on, is_touch) {
            // It was let go of elsewhere.
            _ if event.buttons() == 0 => self.call_off(),
            (false, true) if gone > TREMBLE => self.call_off(),
            (false, false) if gone > SLACK => {
                self.start();
                self.follow(x, y);
            }
            (true, _) => self.follow(x, y),
            _ => {}
        }
    }

    /// The row is taken up.
    fn start(self) {
        let began = self.held.try_update_value(|held| {
            let own = held.as_mut()?;
            let beside = holding("div", "dragged", &own.said);
            let body = browser::document().body()?;
            append(&body, &beside);
            place(&beside, own.from);
            own.beside = Some(beside);
            let is_in_none = matches!(&own.folder, Some(folder) if folder.is_empty());
            Some((!is_in_none, own.pointer))
        });
        if let Some(Some((is_in_folder, pointer))) = began {
            if let Some(list) = self.list.get_untracked() {
                // One that is gone meanwhile can't be followed, nor does it have to be.
                let _ = list.set_pointer_capture(pointer);
            }
            self.is_on.set(Some(is_in_folder));
        }
    }

    fn follow(self, x: f64, y: f64) {
        let target = self.target_at(x, y);
        let changed = self.held.try_update_value(|held| {
            let own = held.as_mut()?;
            // Where they lie already is nowhere to go.
            let here = own.folder.clone().map(Target::Folder);
            let target = target.clone().filter(|_| target != here);
            own.scroll = self.scrolls(own, y);
            let beside = own.beside.as_ref()?;
            place(beside, (x, y));
            if own.target == target {
                return None;
            }
            own.target.clone_from(&target);
            let to = match &target {
                Some(Target::Folder(name)) => Some(&**name),
                Some(Target::New) => Some(words::library::NEW_FOLDER),
                None => None,
            };
            let said = words::library::dragged(&own.said, to);
            beside.set_text_content(Some(&said));
            Some(target)
        });
        if let Some(target) = changed.flatten() {
            self.show_target(target.as_ref());
        }
    }

    /// Has the list scroll while the pointer is at its edge.
    fn scrolls(self, held: &mut Held, y: f64) -> Option<Interval> {
        let list = self.list.get_untracked()?;
        let seen = area(&list);
        let by = if y < seen.top + EDGE {
            -STRIDE
        } else if y > seen.bottom - EDGE && y < seen.bottom + EDGE {
            STRIDE
        } else {
            return None;
        };
        let before = held.scroll.take();
        before.or_else(|| {
            let go = move || list.set_scroll_top(list.scroll_top() + by);
            Some(Interval::new(STRIDE_MS, go))
        })
    }

    /// Where documents would go that are let go of here.
    fn target_at(self, x: f64, y: f64) -> Option<Target> {
        let under = browser::document().element_from_point(x as f32, y as f32)?;
        let closest = |selector: &str| under.closest(selector).ok().flatten();
        if let Some(place) = closest("[data-drop]") {
            return Some(match place.get_attribute("data-drop").as_deref() {
                Some("new") => Target::New,
                _ => Target::Folder(Arc::default()),
            });
        }
        let item = closest(".documents > [role=row]")?;
        self.rows.with_value(|rows| {
            let mut all = rows.all().iter();
            let (row, _) = all.find(|(_, element)| *element == item)?;
            Some(Target::Folder(row.folder().clone()))
        })
    }

    /// Shows where documents would go.
    fn show_target(self, target: Option<&Target>) {
        self.rows.with_value(|rows| {
            for (row, element) in rows.all() {
                let is_in = matches!(target, Some(Target::Folder(name)) if row.folder() == name);
                set(element, is_in);
            }
        });
        for (name, own) in [
            ("new", Target::New),
            ("out", Target::Folder(Arc::default())),
        ] {
            let place = browser::document().query_selector(&format!("[data-drop={name}]"));
            if let Ok(Some(place)) = place {
                set(&place, target == Some(&own));
            }
        }
    }

    pub(super) fn end(self, event: &PointerEvent) {
        let (x, y) = at(event);
        let Some(held) = self.let_go() else { return };
        if held.beside.is_none() {
            return;
        }
        event.prevent_default();
        let ids = held.documents.clone();
        match self.target_at(x, y) {
            Some(Target::Folder(name)) if Some(&name) != held.folder.as_ref() => {
                self.session.move_documents(&ids, &name);
            }
            Some(Target::New) => self.page.open(Dialog::Move(ids)),
            _ => {}
        }
        self.put_away(held);
    }

    pub(super) fn call_off(self) {
        if let Some(held) = self.let_go() {
            self.put_away(held);
        }
    }

    fn let_go(self) -> Option<Held> {
        self.held.try_update_value(Option::take).flatten()
    }

    fn put_away(self, held: Held) {
        if let Some(beside) = &held.beside {
            beside.remove();
            self.show_target(None);
            // A press that ends a drag is told before the next frame.
            self.was_on.set_value(true);
            request_animation_frame(move || {
                let _ = self.was_on.try_set_value(false);
            });
            self.is_on.set(None);
        }
    }

    /// A finger that rests asks for no menu.
    pub(super) fn menu(self, event: &MouseEvent) {
        let is_touch = self
            .held
            .with_value(|held| held.as_ref().is_some_and(|own| own.is_touch));
        if is_touch {
            event.prevent_default();
        }
    }

    /// Where documents can be let go of beside the folders, while some are dragged.
    pub(super) fn places(self) -> AnyView {
        let place = |name: &'static str, words: &'static str| {
            view! { <div data-drop=name>{words}</div> }.into_any()
        };
        part(move || {
            let is_in_folder = self.is_on.get()?;
            let out = is_in_folder.then(|| place("out", words::library::DROP_OUT));
            let places = (out, place("new", words::library::DROP_NEW));
            Some(view! { <div class="drops" aria-hidden="true">{places}</div> }.into_any())
        })
        .into_any()
    }
}

fn at(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

fn place(beside: &Element, (x, y): (f64, f64)) {
    style(
        beside,
        &format!("left:{};top:{}", px(x + 12.0), px(y + 12.0)),
    );
}

fn set(element: &Element, is_target: bool) {
    if is_target {
        attribute(element, "data-target", "");
    } else {
        // Any name is taken.
        let _ = element.remove_attribute("data-target");
    }
}
