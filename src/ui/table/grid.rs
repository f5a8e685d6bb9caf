//! The cells: the lines near what is seen are drawn, keys and presses go from cell to cell.

use std::ops::Range;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, Event, HtmlElement, KeyboardEvent, MouseEvent};

use super::super::elements::{effect, live};
use super::super::rows::Rows;
use super::desk::{Cell, Desk};
use super::editor::Editor;
use crate::browser::element::{append, attribute, element, show, style, words as holding};
use crate::browser::{self, area};
use crate::library::{self, Kind, Line, Table};
use crate::words;

/// Lines that are drawn above and below those that are seen.
const MARGIN: usize = 10;

/// A line as it is drawn: its number, from 1; that of the heads is 0.
#[derive(Clone, PartialEq)]
struct Row {
    number: usize,
    cells: Cells,
}

#[derive(Clone, PartialEq)]
enum Cells {
    /// What the columns are called, what they hold, and how they are sorted.
    Heads(Vec<(String, Option<&'static str>, Option<bool>)>),
    Line(Line),
}

/// The table.
#[derive(Clone, Copy)]
pub(super) struct Grid {
    desk: Desk,
    editor: Editor,
    frame: NodeRef<html::Div>,
    lines: NodeRef<html::Div>,
    rows: StoredValue<Rows<Row>, LocalStorage>,
    /// Raised when it was scrolled.
    scrolled: Trigger,
}

impl Grid {
    pub(super) fn new(desk: Desk) -> Self {
        let grid = Self {
            desk,
            editor: Editor::new(desk),
            frame: NodeRef::new(),
            lines: NodeRef::new(),
            rows: StoredValue::new_local(Rows::default()),
            scrolled: Trigger::new(),
        };
        effect(move || grid.draw());
        grid
    }

    pub(super) fn view(self) -> AnyView {
        let count = move |count: fn(&Table) -> usize| {
            live(move || self.desk.table.with(|table| count(table)).to_string())
        };
        view! {
            <div
                class="grid"
                role="grid"
                node_ref=self.frame
                aria-label=words::table::GRID
                aria-description=words::table::HELP
                aria-multiselectable="true"
                aria-rowcount=count(|table| table.lines.len() + 1)
                aria-colcount=count(|table| table.columns.len())
                on:scroll=move |_| self.scrolled.notify()
                on:click=move |event| self.press(&event)
                on:keydown=move |event| self.key(&event)
                on:copy=move |event| self.copy(&event)
                on:paste=move |event| self.paste(&event)
            >
                <div role="rowgroup" class="lines" node_ref=self.lines></div>
            </div>
        }
        .into_any()
    }

    /// The height of a line, in CSS pixels.
    fn height(frame: &Element) -> f64 {
        const USUAL: f64 = 36.0;
        let head = frame.query_selector("[role=row]").ok().flatten();
        let height = head.map_or(0.0, |head| area(&head).height());
        if height > 0.0 { height } else { USUAL }
    }

    /// The lines that are seen, and some around them, by their numbers from 0.
    fn window(frame: &Element, count: usize) -> Range<usize> {
        let height = Self::height(frame);
        let first = (f64::from(frame.scroll_top()) / height) as usize;
        let seen = (f64::from(frame.client_height()) / height) as usize;
        let last = (first + seen + MARGIN).min(count);
        first.saturating_sub(MARGIN).min(last)..last
    }

    fn draw(self) {
        let (Some(frame), Some(lines)) = (self.frame.get(), self.lines.get()) else {
            return;
        };
        self.scrolled.track();
        // Back in the table, its cell takes the focus.
        self.desk.aside.track();
        let table = self.desk.table.get();
        let by = self.desk.by.get();
        let active = self.desk.active.get();
        if table.columns.is_empty() {
            return;
        }
        let own = table.columns.len().saturating_sub(3);
        style(
            &frame,
            &format!("--own:{own};--lines:{}", table.lines.len() + 1),
        );
        let window = Self::window(&frame, table.lines.len());
        let heads = table
            .columns
            .iter()
            .zip(&table.kinds)
            .map(|(column, kind)| {
                let is_down = (by.column == *column).then_some(by.is_down);
                let kind = if column.may_change() {
                    said(*kind)
                } else {
                    None
                };
                (Desk::name(column), kind, is_down)
            });
        let mut rows = vec![Row {
            number: 0,
            cells: Cells::Heads(heads.collect()),
        }];
        // The active one is always there: it has the focus.
        let line = active.line.checked_sub(1);
        let before = line.filter(|line| *line < window.start);
        let after = line.filter(|line| *line >= window.end);
        let numbers = before.into_iter().chain(window.clone()).chain(after);
        rows.extend(numbers.filter_map(|at| {
            let cells = Cells::Line(table.lines.get(at)?.clone());
            let number = at + 1;
            Some(Row { number, cells })
        }));
        let had_focus = browser::focused().is_some_and(|own| frame.contains(Some(&own)));
        self.rows
            .update_value(|all| all.show(&lines, &rows, &draw_row));
        self.mark(&table);
        let is_wanted = self.desk.wants_focus.get_value();
        let has_focus = browser::focused().is_some_and(|own| frame.contains(Some(&own)));
        if !self.editor.is_open()
            && (is_wanted || had_focus && !has_focus)
            && let Some(cell) = self.cell(active)
        {
            browser::focus(&cell);
            show(&cell);
            // The dialog may not be open yet.
            let is_there = browser::focused().as_ref() == Some(&cell);
            self.desk.wants_focus.set_value(!is_there);
        }
        self.desk.count(window);
    }

    /// Says which cells are selected, and which one `Tab` reaches.
    fn mark(self, table: &Table) {
        let active = self.desk.active.get();
        let place = self.desk.place();
        let picked = self.desk.picked.get();
        let planned = self.desk.planned.get();
        self.rows.with_value(|rows| {
            for (row, element) in rows.all() {
                let line = row.number.checked_sub(1);
                let id = line
                    .and_then(|line| table.lines.get(line))
                    .map(|line| line.id);
                let is_picked = id.is_some_and(|id| picked.contains(&id));
                let is_in = line
                    .is_some_and(|line| (place.line..place.line + place.lines).contains(&line))
                    && active.line > 0;
                set(element, "aria-selected", is_picked.then_some("true"));
                for (at, cell) in children(element).iter().enumerate() {
                    let is_active = active.line == row.number && active.column == at;
                    let columns = place.column..place.column + place.columns;
                    let is_selected = is_picked || is_in && columns.contains(&at);
                    set(cell, "tabindex", Some(if is_active { "0" } else { "-1" }));
                    let own = id
                        .and_then(|id| planned.get(&id))
                        .zip(table.columns.get(at));
                    let is_planned = own.is_some_and(|(own, column)| own.contains(column));
                    set(cell, "data-changes", is_planned.then_some(""));
                    if row.number > 0 {
                        set(cell, "aria-selected", is_selected.then_some("true"));
                    }
                }
            }
        });
    }

    /// The element of a cell, if its line is drawn.
    fn cell(self, at: Cell) -> Option<HtmlElement> {
        let row = self.rows.with_value(|rows| {
            let mut all = rows.all().iter();
            let row = all.find(|(row, _)| row.number == at.line)?;
            Some(row.1.clone())
        })?;
        children(&row).get(at.column)?.clone().dyn_into().ok()
    }

    /// The cell in which something has happened.
    fn hit(self, event: &Event) -> Option<Cell> {
        let target: Element = event.target()?.dyn_into().ok()?;
        let cell = target.closest("[aria-colindex]").ok()??;
        let line = self
            .rows
            .with_value(|rows| rows.hit(event).map(|row| row.number))?;
        let column: usize = cell.get_attribute("aria-colindex")?.parse().ok()?;
        Some(Cell {
            line,
            column: column.checked_sub(1)?,
        })
    }

    fn press(self, event: &MouseEvent) {
        let Some(at) = self.hit(event).filter(|_| !self.editor.is_open()) else {
            return;
        };
        let was = self.desk.active.get_untracked();
        let is_one = self.desk.anchor.get_untracked() == was;
        if at.line == 0 {
            self.desk.go(at, false);
            self.desk.sort(at.column);
        } else if event.shift_key() {
            self.desk.go(at, true);
        } else if event.ctrl_key() || event.meta_key() {
            self.desk.pick(at.line);
            self.desk.go(at, false);
        } else {
            let is_picked = self.desk.picked.with_untracked(|picked| !picked.is_empty());
            if is_picked {
                self.desk.picked.update(|picked| picked.clear());
            }
            self.desk.go(at, false);
            // Pressed once more, it is written.
            if was == at && is_one && !is_picked {
                self.write(None);
            }
        }
    }

    /// Opens the active cell's field.
    fn write(self, typed: Option<&str>) {
        let at = self.desk.active.get_untracked();
        let column = self
            .desk
            .table
            .with_untracked(|table| table.columns.get(at.column).cloned());
        let (Some(cell), Some(column)) = (self.cell(at), column) else {
            return;
        };
        if column.may_change() {
            self.editor.open(&cell, &Desk::name(&column), typed);
        } else {
            self.desk.session.say(words::table::READ_ONLY);
        }
    }

    fn key(self, event: &KeyboardEvent) {
        if self.editor.is_open() || event.is_composing() {
            return;
        }
        let desk = self.desk;
        let at = desk.active.get_untracked();
        let is_held = event.ctrl_key() || event.meta_key();
        let key = event.key();
        let page = self.frame.get_untracked().map_or(MARGIN, |frame| {
            (f64::from(frame.client_height()) / Self::height(&frame)) as usize
        });
        let goes = |lines: isize, columns: isize| {
            let to = Cell {
                line: at.line.saturating_add_signed(lines),
                column: at.column.saturating_add_signed(columns),
            };
            desk.go(to, event.shift_key() && at.line > 0 && to.line > 0);
        };
        // The first line is that of the heads.
        let (up, down) = (1 - at.line as isize, isize::MAX);
        let page = isize::try_from(page).unwrap_or_default();
        match key.as_str() {
            _ if event.alt_key() => return,
            "ArrowUp" if is_held => goes(up.min(0), 0),
            "ArrowDown" if is_held => goes(down, 0),
            "ArrowUp" => goes(-1, 0),
            "ArrowDown" => goes(1, 0),
            "ArrowLeft" => goes(0, if is_held { isize::MIN + 1 } else { -1 }),
            "ArrowRight" => goes(0, if is_held { isize::MAX } else { 1 }),
            "Home" => goes(if is_held { up } else { 0 }, isize::MIN + 1),
            "End" => goes(if is_held { down } else { 0 }, isize::MAX),
            "PageUp" => goes((-page).max(up.min(0)), 0),
            "PageDown" => goes(page, 0),
            "Enter" | " " if at.line == 0 => desk.sort(at.column),
            "Enter" | "F2" if !is_held => self.write(None),
            " " => desk.pick(at.line),
            "Delete" | "Backspace" if desk.picks_any() => desk.delete(),
            "Delete" | "Backspace" if at.line > 0 => desk.clear(),
            "Escape" if desk.leave() || self.lets_go() => {}
            "a" if is_held => {
                desk.anchor.set(Cell { line: 1, column: 0 });
                let all = Cell {
                    line: usize::MAX,
                    column: usize::MAX,
                };
                desk.go(all, true);
            }
            "z" | "Z" if is_held && event.shift_key() => desk.session.redo(),
            "y" if is_held => desk.session.redo(),
            "z" if is_held => desk.session.undo(),
            typed if at.line > 0 && !is_held && typed.chars().count() == 1 => {
                self.write(Some(typed));
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    }

    /// Lets go of what is selected beside the active cell; whether anything was.
    fn lets_go(self) -> bool {
        let desk = self.desk;
        let at = desk.active.get_untracked();
        let is_any = desk.anchor.get_untracked() != at
            || desk.picked.with_untracked(|picked| !picked.is_empty());
        if is_any {
            desk.picked.update(|picked| picked.clear());
            desk.go(at, false);
        }
        is_any
    }

    fn copy(self, event: &ClipboardEvent) {
        if self.editor.is_open() {
            return;
        }
        let cells = self.desk.cells();
        let count = cells.iter().map(Vec::len).sum();
        if let Some(data) = event.clipboard_data()
            && data
                .set_data("text/plain", &library::write_cells(&cells))
                .is_ok()
        {
            event.prevent_default();
            self.desk.session.say(&words::table::copied(count));
        }
    }

    fn paste(self, event: &ClipboardEvent) {
        if self.editor.is_open() {
            return;
        }
        let text = event
            .clipboard_data()
            .and_then(|data| data.get_data("text/plain").ok());
        if let Some(text) = text {
            event.prevent_default();
            event.stop_propagation();
            self.desk.paste(&text);
        }
    }
}

/// What a kind is called, where it is worth a word.
fn said(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Text => None,
        Kind::Number => Some(words::table::NUMBER),
        Kind::Date => Some(words::table::DATE),
        Kind::Choice => Some(words::table::CHOICE),
    }
}

fn draw_row(row: &Row) -> Element {
    let line = element("div", "");
    attribute(&line, "role", "row");
    attribute(&line, "aria-rowindex", &(row.number + 1).to_string());
    style(&line, &format!("--at:{}", row.number));
    let cell = |role: &str, words: &str, at: usize| {
        let cell = holding("div", "", words);
        attribute(&cell, "role", role);
        attribute(&cell, "aria-colindex", &(at + 1).to_string());
        append(&line, &cell);
        cell
    };
    match &row.cells {
        Cells::Heads(heads) => {
            line.set_class_name("heads");
            for (at, (name, kind, is_down)) in heads.iter().enumerate() {
                let head = cell("columnheader", name, at);
                attribute(&head, "title", &words::table::head(name, *kind));
                let sorted = match is_down {
                    None => "none",
                    Some(true) => "descending",
                    Some(false) => "ascending",
                };
                attribute(&head, "aria-sort", sorted);
            }
        }
        Cells::Line(own) => {
            let last = own.cells.len();
            for (at, words) in own.cells.iter().enumerate() {
                let role = if at == 0 { "rowheader" } else { "gridcell" };
                let own = cell(role, words, at);
                // Length and marks.
                if at + 2 >= last {
                    attribute(&own, "aria-readonly", "true");
                }
            }
        }
    }
    line
}

/// Gives an attribute a value, or takes it away, where it has another.
fn set(element: &Element, name: &str, value: Option<&str>) {
    if element.get_attribute(name).as_deref() == value {
        return;
    }
    match value {
        Some(value) => attribute(element, name, value),
        // Any name is taken.
        None => _ = element.remove_attribute(name),
    }
}

fn children(row: &Element) -> Vec<Element> {
    let mut all = Vec::new();
    let mut next = row.first_element_child();
    while let Some(cell) = next {
        next = cell.next_element_sibling();
        all.push(cell);
    }
    all
}
