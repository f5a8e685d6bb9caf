//! The field in which a cell is written.

use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent};

use super::desk::{Cell, Desk};
use crate::browser;
use crate::browser::element::{append, attribute, element};
use crate::document::DocumentId;
use crate::library::{Column, Kind};

/// What is being written.
struct Writing {
    field: Element,
    document: DocumentId,
    column: Column,
    shown: String,
    _listeners: [EventListener; 2],
}

/// The field, while a cell is written.
#[derive(Clone, Copy)]
pub(super) struct Editor {
    desk: Desk,
    writing: StoredValue<Option<Writing>, LocalStorage>,
}

impl Editor {
    pub(super) fn new(desk: Desk) -> Self {
        Self {
            desk,
            writing: StoredValue::new_local(None),
        }
    }

    /// Whether a cell is being written.
    pub(super) fn is_open(self) -> bool {
        self.writing.with_value(Option::is_some)
    }

    /// Opens the field in a cell that can be written: with what stands there, or with what was typed in
    /// its place.
    pub(super) fn open(self, cell: &Element, name: &str, typed: Option<&str>) {
        let at = self.desk.active.get_untracked();
        let found = self.desk.table.with_untracked(|table| {
            let line = table.lines.get(at.line.checked_sub(1)?)?;
            let column = table.columns.get(at.column)?.clone();
            let shown = line.cells[at.column].to_string();
            let kind = table.kinds[at.column];
            Some((line.id, column, shown, kind, table.choices(at.column)))
        });
        let Some((document, column, shown, kind, choices)) = found else {
            return;
        };
        if !column.may_change() || self.is_open() || !self.desk.session.may_change() {
            return;
        }
        // What stands on several lines would be one in an input.
        let has_lines = shown.contains('\n') && typed.is_none();
        let field = element(if has_lines { "textarea" } else { "input" }, "");
        attribute(&field, "aria-label", name);
        attribute(&field, "dir", "auto");
        if !has_lines {
            attribute(&field, "type", "text");
        }
        if kind == Kind::Number {
            attribute(&field, "inputmode", "decimal");
        }
        if !choices.is_empty() {
            let list = element("datalist", "");
            list.set_id("cell-choices");
            for choice in choices {
                let option = element("option", "");
                attribute(&option, "value", &choice);
                append(&list, &option);
            }
            attribute(&field, "list", "cell-choices");
            append(cell, &list);
        }
        append(cell, &field);
        set_value(&field, typed.unwrap_or(&shown));
        let key = move |event: &Event| {
            if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                self.key(event);
            }
        };
        let blur = move |_: &Event| self.close(true, None);
        let listeners = [
            EventListener::new_with_options(
                &field,
                "keydown",
                EventListenerOptions::enable_prevent_default(),
                key,
            ),
            EventListener::new(&field, "blur", blur),
        ];
        self.desk.is_writing.set(true);
        if let Some(own) = field.dyn_ref::<HtmlElement>() {
            browser::focus(own);
        }
        if let Some(own) = field
            .dyn_ref::<HtmlInputElement>()
            .filter(|_| typed.is_none())
        {
            own.select();
        }
        self.writing.set_value(Some(Writing {
            field,
            document,
            column,
            shown,
            _listeners: listeners,
        }));
    }

    fn key(self, event: &KeyboardEvent) {
        // Its keys are its own, also those that the table or the page know.
        event.stop_propagation();
        if event.is_composing() {
            return;
        }
        let by = if event.shift_key() { -1 } else { 1 };
        let (keeps, goes) = match event.key().as_str() {
            "Escape" => (false, None),
            // A line of its own.
            "Enter" if event.alt_key() => return,
            "Enter" => (true, Some((by, 0))),
            _ if event.code() == "Tab" => (true, Some((0, by))),
            _ => return,
        };
        event.prevent_default();
        self.close(keeps, goes);
        self.desk.wants_focus.set_value(true);
        self.desk.active.update(|_| ());
    }

    /// Leaves the field, with what was written or without, and goes so many lines and columns on.
    pub(super) fn close(self, keeps: bool, goes: Option<(isize, isize)>) {
        let taken = self.writing.try_update_value(Option::take).flatten();
        let Some(writing) = taken else { return };
        let value = value_of(&writing.field);
        if let Some(cell) = writing.field.parent_element()
            && let Ok(Some(list)) = cell.query_selector("datalist")
        {
            list.remove();
        }
        writing.field.remove();
        if keeps && value != writing.shown {
            self.desk.write(writing.document, &writing.column, &value);
        }
        // What hears the key that closes it must not go while it does.
        request_animation_frame(move || drop(writing));
        self.desk.is_writing.set(false);
        if let Some((lines, columns)) = goes {
            let at = self.desk.active.get_untracked();
            let to = Cell {
                line: at.line.saturating_add_signed(lines).max(1),
                column: at.column.saturating_add_signed(columns),
            };
            self.desk.go(to, false);
        }
    }
}

fn set_value(field: &Element, value: &str) {
    if let Some(own) = field.dyn_ref::<HtmlInputElement>() {
        own.set_value(value);
    } else if let Some(own) = field.dyn_ref::<HtmlTextAreaElement>() {
        own.set_value(value);
    }
}

fn value_of(field: &Element) -> String {
    let input = field.dyn_ref::<HtmlInputElement>();
    let value = input.map(HtmlInputElement::value);
    let area = field.dyn_ref::<HtmlTextAreaElement>();
    value
        .or_else(|| area.map(HtmlTextAreaElement::value))
        .unwrap_or_default()
}
