//! What keys do in the documents' rows.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::super::dialog::Dialog;
use super::super::focus::{button_in, step};
use super::super::page::Page;
use super::choosing::Choosing;
use super::row::{Drawn, Row};
use crate::browser;
use crate::document::DocumentId;
use crate::library::Listed;
use crate::session::Session;

/// The rows, and what is done with them.
#[derive(Clone, Copy)]
pub(super) struct Keys {
    pub(super) session: Session,
    pub(super) page: Page,
    pub(super) choosing: Choosing,
    pub(super) rows: Drawn,
    pub(super) list: NodeRef<html::Div>,
    /// How many rows are drawn at most.
    pub(super) most: RwSignal<usize>,
}

impl Keys {
    /// What a key does; whether anything.
    pub(super) fn press(self, event: &KeyboardEvent) -> bool {
        if self.choosing.key(event) {
            return true;
        }
        let row = self.rows.with_value(|rows| rows.hit(event).cloned());
        row.is_some_and(|row| self.press_in(&row, event))
    }

    fn press_in(self, row: &Row, event: &KeyboardEvent) -> bool {
        let key = event.key();
        let is_held = event.ctrl_key() || event.meta_key();
        let held = (is_held, event.alt_key(), event.shift_key());
        let is_on = key == "ArrowDown";
        match (held, key.as_str(), row) {
            ((false, true, true), "ArrowDown" | "ArrowUp", Row::Document(own)) => {
                if let Some(next) = folder_beside(self.session, own, is_on) {
                    self.session
                        .move_documents(&self.choosing.or(own.id), &next);
                    self.focus_later(own.id);
                }
            }
            ((false, false, true), "ArrowDown" | "ArrowUp", _) => {
                step(event, is_on);
                // A folder is gone over.
                match (row.id(), self.focused()) {
                    (Some(at), Some(to)) => self.choosing.extend(at, to),
                    (None, Some(to)) => self.choosing.reach(to),
                    (_, None) => {}
                }
            }
            ((true, false, false), " ", Row::Document(own)) => self.choosing.toggle(own.id),
            ((_, false, false), "ArrowDown" | "ArrowUp", _) => step(event, is_on),
            ((true, ..) | (_, true, _) | (.., true), ..) => return false,
            (_, "Home" | "End", _) => self.focus_end(key == "Home"),
            (_, "F2", Row::Document(own)) => self.page.open(Dialog::Document(own.id)),
            (_, "F2", Row::Folder(name, ..)) => self.page.open(Dialog::Folder(name.clone())),
            (_, "ArrowLeft", Row::Folder(name, _, false)) => self.fold(name, true),
            (_, "ArrowRight", Row::Folder(name, _, true)) => self.fold(name, false),
            (_, _, Row::Document(own)) if key == "Delete" => self.delete(own.id),
            _ => return false,
        }
        true
    }

    /// Takes the focus to the first row, or to the last, with which all are drawn.
    fn focus_end(self, is_first: bool) {
        if !is_first {
            self.most.set(usize::MAX);
        }
        request_animation_frame(move || {
            self.rows.with_value(|rows| {
                let all = rows.all();
                let end = if is_first { all.first() } else { all.last() };
                if let Some(button) = end.and_then(|(_, row)| button_in(row)) {
                    browser::focus(&button);
                    browser::element::show(&button);
                }
            });
        });
    }

    /// The document whose row has the focus.
    fn focused(self) -> Option<DocumentId> {
        let focused = browser::focused()?;
        self.rows.with_value(|rows| {
            let mut all = rows.all().iter();
            let row = all.find(|(_, element)| element.contains(Some(&focused)))?;
            row.0.id()
        })
    }

    /// Deletes what is chosen, or else a document. The focus goes to the next row that stays.
    fn delete(self, id: DocumentId) {
        let ids = self.choosing.or(id);
        let next = self.rows.with_value(|rows| {
            let all = rows.all();
            let here = all.iter().position(|(row, _)| row.id() == Some(id))?;
            let (before, after) = all.split_at(here);
            let mut around = after.iter().chain(before.iter().rev());
            let stays = |row: &Row| row.id().is_none_or(|id| !ids.contains(&id));
            let next = around.find(|(row, _)| stays(row));
            next.map(|(_, element)| element.clone())
        });
        if let Some(button) = next.as_ref().and_then(button_in) {
            browser::focus(&button);
        }
        self.session.delete_documents(&ids);
    }

    /// Takes the focus to a document once its row stands elsewhere.
    fn focus_later(self, id: DocumentId) {
        request_animation_frame(move || {
            let Some(list) = self.list.get_untracked() else {
                return;
            };
            let own = list.query_selector(&format!("[data-document=\"{}\"]", id.0));
            if let Some(own) = own.ok().flatten().and_then(|own| own.dyn_into().ok()) {
                browser::focus(&own);
                browser::element::show(&own);
            }
        });
    }

    /// Folds a folder or unfolds it. Its row is drawn anew and keeps the focus.
    pub(super) fn fold(self, name: &Arc<str>, is_folded: bool) {
        self.session.fold(name, is_folded);
        let name = name.clone();
        request_animation_frame(move || {
            self.rows.with_value(|rows| {
                let is_own = |row: &Row| matches!(row, Row::Folder(own, ..) if *own == name);
                let own = rows.all().iter().find(|(row, _)| is_own(row));
                if let Some(button) = own.and_then(|(_, own)| button_in(own)) {
                    browser::focus(&button);
                }
            });
        });
    }
}

/// The folder below that of a document, or above it; none stands above all.
fn folder_beside(session: Session, own: &Listed, is_on: bool) -> Option<Arc<str>> {
    let mut all = vec![Arc::default()];
    all.extend(session.folders());
    let here = all.iter().position(|folder| *folder == own.folder)?;
    let next = if is_on {
        here + 1
    } else {
        here.checked_sub(1)?
    };
    all.get(next).cloned()
}
