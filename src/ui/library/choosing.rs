//! Several documents at once: chosen by presses and keys, as in any list of files.

use leptos::prelude::*;
use web_sys::{KeyboardEvent, MouseEvent};

use crate::document::DocumentId;
use crate::library::Chosen;
use crate::session::Session;

/// Which documents are chosen in the pane.
#[derive(Clone, Copy)]
pub(super) struct Choosing {
    session: Session,
    /// Which.
    pub(super) chosen: RwSignal<Chosen>,
    /// The documents that are seen, in their order.
    seen: StoredValue<Vec<DocumentId>>,
    /// A press without a key chooses too, as long as any are chosen: who has no keys has no other way.
    by_presses: StoredValue<bool>,
}

impl Choosing {
    pub(super) fn new(session: Session) -> Self {
        Self {
            session,
            chosen: RwSignal::default(),
            seen: StoredValue::default(),
            by_presses: StoredValue::default(),
        }
    }

    /// Says which documents are seen now. Others are let go of.
    pub(super) fn show(self, seen: Vec<DocumentId>) {
        let mut chosen = self.chosen.get_untracked();
        if chosen.keep(&seen) {
            self.chosen.set(chosen);
        }
        self.seen.set_value(seen);
    }

    /// Whether any are.
    pub(super) fn is_any(self) -> bool {
        self.chosen.with_untracked(|chosen| !chosen.is_empty())
    }

    /// What a key in a document's row is about.
    pub(super) fn or(self, id: DocumentId) -> Vec<DocumentId> {
        self.chosen.with_untracked(|chosen| chosen.or(id))
    }

    /// Lets go of all; whether any were chosen.
    pub(super) fn clear(self) -> bool {
        let is_any = self.is_any();
        if is_any {
            self.chosen.set(Chosen::default());
        }
        is_any
    }

    /// Chooses one document, and whatever is pressed from then on.
    pub(super) fn begin(self, id: DocumentId) {
        self.clear();
        self.toggle(id);
        self.by_presses.set_value(true);
    }

    /// Chooses by a press, with a key held or where presses choose; whether it did. Any other press is
    /// about the document alone.
    pub(super) fn press(self, id: DocumentId, event: &MouseEvent) -> bool {
        if event.shift_key() {
            self.reach(id);
        } else if event.ctrl_key() || event.meta_key() || self.is_by_presses() {
            self.toggle(id);
        } else {
            return false;
        }
        true
    }

    fn is_by_presses(self) -> bool {
        self.by_presses.get_value() && self.is_any()
    }

    /// Chooses one besides, or no longer.
    pub(super) fn toggle(self, id: DocumentId) {
        let goes_on = self.is_by_presses();
        self.by_presses.set_value(goes_on);
        self.chosen.update(|chosen| chosen.toggle(id));
    }

    /// Chooses all up to one; where no range has begun, from the open document.
    pub(super) fn reach(self, to: DocumentId) {
        let open = self.session.open_now();
        self.seen.with_value(|seen| {
            self.chosen.update(|chosen| chosen.reach(seen, open, to));
        });
    }

    /// The same by a step from one.
    pub(super) fn extend(self, at: DocumentId, to: DocumentId) {
        self.seen.with_value(|seen| {
            self.chosen.update(|chosen| chosen.extend(seen, at, to));
        });
    }

    /// Chooses all, or lets go of them, by a key that means that anywhere in the list; whether it did.
    pub(super) fn key(self, event: &KeyboardEvent) -> bool {
        let is_held = event.ctrl_key() || event.meta_key();
        match event.key().as_str() {
            "a" | "A" if is_held && !event.shift_key() && !event.alt_key() => {
                let all = self.seen.with_value(|seen| {
                    let mut all = Chosen::default();
                    all.take(seen);
                    all
                });
                self.chosen.set(all);
                true
            }
            "Escape" => self.clear(),
            _ => false,
        }
    }
}
