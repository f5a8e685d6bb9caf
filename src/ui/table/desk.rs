//! What the parts of the table share: which documents and columns it has, and what is selected.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::document_dialog::label;
use crate::browser::clock;
use crate::document::{DocumentId, Record, VersionId};
use crate::library::{self, By, Column, Place, Plan, Table};
use crate::session::Session;
use crate::words;

/// Time after which lengths that have been found out are shown while others still are, in ms.
const SHOWN_EACH_MS: i64 = 100;

/// A cell: the number of its line, 0 for the heads, and of its column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// What is asked below the table.
#[derive(Clone, PartialEq)]
pub(super) enum Aside {
    None,
    /// A field to paste into.
    Paste,
    /// What a paste would do.
    Preview(Arc<Pasted>),
    /// Folders for these documents.
    Move(Vec<DocumentId>),
    /// The name of a new column.
    Add,
    /// What goes with a column.
    Delete(Arc<str>),
}

/// Cells that were copied, and where they are pasted: what lies there may change before a person has
/// said yes.
#[derive(PartialEq)]
pub(super) struct Pasted {
    cells: Vec<Vec<String>>,
    /// The document and the column that they go from.
    from: Option<(DocumentId, Column)>,
    /// How many lines and columns are selected.
    size: (usize, usize),
}

/// The length of a text in words, as far as it could be read, by the version that it is of.
type Lengths = BTreeMap<DocumentId, (VersionId, Option<usize>)>;

/// The table and what is selected in it.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) session: Session,
    pub(super) table: RwSignal<Arc<Table>>,
    /// Words that documents hold.
    pub(super) sought: RwSignal<String>,
    pub(super) by: RwSignal<By>,
    /// Columns in which nothing stands yet.
    pub(super) added: RwSignal<Vec<Arc<str>>>,
    /// The cell that keys are about.
    pub(super) active: RwSignal<Cell>,
    /// The other end of what is selected.
    pub(super) anchor: RwSignal<Cell>,
    /// Documents that are selected one by one.
    pub(super) picked: RwSignal<BTreeSet<DocumentId>>,
    pub(super) aside: RwSignal<Aside>,
    /// A cell is being written: until it is left, the table stays as it is.
    pub(super) is_writing: RwSignal<bool>,
    /// The active cell is to have the focus.
    pub(super) wants_focus: StoredValue<bool>,
    /// The cells that a paste would change.
    pub(super) planned: RwSignal<Arc<BTreeMap<DocumentId, Vec<Column>>>>,
    lengths: StoredValue<Lengths>,
    /// Raised when more of them are known.
    counted: Trigger,
    is_counting: StoredValue<bool>,
    /// How often all lengths were found out for the lines to be sorted by them.
    sorted: RwSignal<usize>,
}

impl Desk {
    pub(super) fn new(session: Session) -> Self {
        let title = By {
            column: Column::Title,
            is_down: false,
        };
        let first = Cell { line: 1, column: 0 };
        let desk = Self {
            session,
            table: RwSignal::default(),
            sought: RwSignal::default(),
            by: RwSignal::new(title),
            added: RwSignal::default(),
            active: RwSignal::new(first),
            anchor: RwSignal::new(first),
            picked: RwSignal::default(),
            aside: RwSignal::new(Aside::None),
            is_writing: RwSignal::new(false),
            wants_focus: StoredValue::new(true),
            planned: RwSignal::default(),
            lengths: StoredValue::default(),
            counted: Trigger::new(),
            is_counting: StoredValue::new(false),
            sorted: RwSignal::new(0),
        };
        desk.follow();
        desk
    }

    /// Keeps the table as the documents are. Lines stay in their order until they are sorted anew: what
    /// is written must not jump away.
    fn follow(self) {
        let mut sorted = None;
        // Where each stands; one that was deleted comes back to where it stood.
        let mut places: BTreeMap<DocumentId, usize> = BTreeMap::new();
        super::super::elements::effect(move || {
            self.session.documents.track();
            self.counted.track();
            if self.is_writing.get() {
                return;
            }
            let (words, by, added) = (self.sought.get(), self.by.get(), self.added.get());
            let length = |own: &Record| {
                self.lengths.with_value(|lengths| {
                    let (version, length) = lengths.get(&own.id)?;
                    length.filter(|_| *version == own.version)
                })
            };
            let read = |project: &_| Table::new(project, &words, &by, &added, &length);
            let mut table = self.session.with(read);
            let order = Some((words, by, self.sorted.get()));
            if order != sorted {
                places.clear();
            }
            for line in &table.lines {
                let last = places.len();
                places.entry(line.id).or_insert(last);
            }
            table
                .lines
                .sort_by_key(|line| places.get(&line.id).copied());
            sorted = order;
            let most = Cell {
                line: table.lines.len(),
                column: table.columns.len() - 1,
            };
            self.table.set(Arc::new(table));
            for cell in [self.active, self.anchor] {
                let own = cell.get_untracked();
                let kept = Cell {
                    line: own.line.min(most.line),
                    column: own.column.min(most.column),
                };
                if kept != own {
                    cell.set(kept);
                }
            }
        });
    }

    /// What a column is called.
    pub(super) fn name(column: &Column) -> String {
        match column {
            Column::Title => words::document::TITLE.into(),
            Column::Field(name) => label(name).map_or_else(|| name.to_string(), Into::into),
            Column::Length => words::table::LENGTH.into(),
            Column::Marks => words::table::MARKS.into(),
        }
    }

    /// The column that keys are about.
    pub(super) fn column(self) -> Option<Column> {
        let at = self.active.get().column;
        self.table.with(|table| table.columns.get(at).cloned())
    }

    /// The document that keys are about.
    pub(super) fn document(self) -> Option<DocumentId> {
        let line = self.active.get().line.checked_sub(1)?;
        self.table.with(|table| Some(table.lines.get(line)?.id))
    }

    /// The cells that are selected; of the heads none are.
    pub(super) fn place(self) -> Place {
        let (a, b) = (self.active.get(), self.anchor.get());
        let line = a.line.min(b.line).max(1);
        let column = a.column.min(b.column);
        Place {
            line: line - 1,
            column,
            lines: if a.line == 0 {
                0
            } else {
                a.line.max(b.line) + 1 - line
            },
            columns: a.column.max(b.column) + 1 - column,
        }
    }

    /// The documents that are selected: those one by one, or else those whose cells are.
    pub(super) fn documents(self) -> Vec<DocumentId> {
        let picked = self.picked.get();
        self.table.with(|table| {
            let lines = table.lines.iter();
            if !picked.is_empty() {
                let picked = lines.filter(|line| picked.contains(&line.id));
                return picked.map(|line| line.id).collect();
            }
            let place = self.place();
            let own = lines.skip(place.line).take(place.lines);
            own.map(|line| line.id).collect()
        })
    }

    /// Goes to a cell; what is selected then begins there, or reaches it.
    pub(super) fn go(self, to: Cell, extends: bool) {
        let most = self
            .table
            .with_untracked(|table| (table.lines.len(), table.columns.len() - 1));
        let to = Cell {
            line: to.line.min(most.0),
            column: to.column.min(most.1),
        };
        self.wants_focus.set_value(true);
        if !extends {
            self.anchor.set(to);
        }
        self.active.set(to);
    }

    /// Sorts by a column; once more, the other way round.
    pub(super) fn sort(self, column: usize) {
        let column = self
            .table
            .with_untracked(|table| table.columns.get(column).cloned());
        let Some(column) = column else { return };
        self.by.update(|by| {
            let is_down = by.column == column && !by.is_down;
            *by = By { column, is_down };
        });
    }

    /// Selects a document, or no longer.
    pub(super) fn pick(self, line: usize) {
        let id = self
            .table
            .with_untracked(|table| Some(table.lines.get(line.checked_sub(1)?)?.id));
        if let Some(id) = id {
            self.picked.update(|picked| {
                if !picked.remove(&id) {
                    picked.insert(id);
                }
            });
        }
    }

    /// The selected cells, as they are copied.
    pub(super) fn cells(self) -> Vec<Vec<Arc<str>>> {
        let place = self.place();
        self.table.with_untracked(|table| {
            let lines = table.lines.iter().skip(place.line).take(place.lines);
            let cells = |line: &library::Line| {
                let cells = line.cells.iter().skip(place.column).take(place.columns);
                cells.cloned().collect()
            };
            lines.map(cells).collect()
        })
    }

    /// Writes a cell, as one step.
    pub(super) fn write(self, id: DocumentId, column: &Column, value: &str) {
        let edit = self.session.with(|project| {
            let record = project.record(id)?;
            library::set(record, column, value)
        });
        let said = words::table::wrote(&Self::name(column), &self.session.title_of(id));
        let edits = edit.into_iter().collect();
        self.session.edit_documents(words::steps::CELL, edits, said);
    }

    /// Whether documents are selected one by one.
    pub(super) fn picks_any(self) -> bool {
        self.picked.with_untracked(|picked| !picked.is_empty())
    }

    /// Puts the selected documents into the bin.
    pub(super) fn delete(self) {
        let ids = untrack(|| self.documents());
        if !ids.is_empty() {
            self.picked.set(BTreeSet::new());
            self.wants_focus.set_value(true);
            self.session.delete_documents(&ids);
        }
    }

    /// Empties the selected cells, as one step; titles stay.
    pub(super) fn clear(self) {
        let place = self.place();
        let table = self.table.get_untracked();
        let columns = table.columns.iter().skip(place.column).take(place.columns);
        let lines = table.lines.iter().skip(place.line).take(place.lines);
        let edits: Vec<_> = self.session.with(|project| {
            let records = lines.filter_map(|line| project.record(line.id));
            let cells = records.flat_map(|own| columns.clone().map(move |column| (own, column)));
            cells
                .filter_map(|(own, column)| library::set(own, column, ""))
                .collect()
        });
        let said = words::table::cleared(edits.len());
        self.session
            .edit_documents(words::steps::CELLS, edits, said);
    }

    /// Takes what was copied from a spreadsheet: into one cell at once, into several once a person has
    /// seen what that would do.
    pub(super) fn paste(self, text: &str) {
        let cells = library::read_cells(text);
        if cells.is_empty() {
            return;
        }
        let (place, size) = untrack(|| {
            let place = self.place();
            (place, (place.lines, place.columns))
        });
        let from = self.table.with_untracked(|table| {
            let line = table.lines.get(place.line)?;
            Some((line.id, table.columns.get(place.column)?.clone()))
        });
        let is_one = cells.len() * cells[0].len() * size.0 * size.1 == 1;
        let pasted = Pasted { cells, from, size };
        let plan = untrack(|| self.plan(&pasted));
        if is_one && !plan.drops() {
            self.session.paste_cells(&plan);
            self.leave();
        } else {
            self.aside.set(Aside::Preview(Arc::new(pasted)));
        }
    }

    /// What a paste would do to the documents as they are now. Where what it goes from is there no more,
    /// it lies beyond the table.
    pub(super) fn plan(self, pasted: &Pasted) -> Plan {
        self.session.documents.track();
        let table = self.table.get();
        let from = pasted.from.as_ref();
        let line = from.and_then(|(id, _)| table.lines.iter().position(|line| line.id == *id));
        let column =
            from.and_then(|(_, own)| table.columns.iter().position(|column| column == own));
        let place = Place {
            line: line.unwrap_or(table.lines.len()),
            column: column.unwrap_or(table.columns.len()),
            lines: pasted.size.0,
            columns: pasted.size.1,
        };
        let plan = |project: &_| library::plan(project, &table, place, &pasted.cells, &Self::name);
        self.session.with(plan)
    }

    /// Goes back to the table; whether something else was asked.
    pub(super) fn leave(self) -> bool {
        self.wants_focus.set_value(true);
        let was_away = self.aside.with_untracked(|aside| *aside != Aside::None);
        if was_away {
            self.planned.set(Arc::default());
            self.aside.set(Aside::None);
        }
        was_away
    }

    /// Has the lengths of texts be found out, one after the other: those of some lines, or of all
    /// where they are sorted by that. Each is a task of its own, and what is known by then is shown.
    pub(super) fn count(self, lines: std::ops::Range<usize>) {
        let is_by_length = self.by.with_untracked(|by| by.column == Column::Length);
        let wanted: Vec<DocumentId> = self.table.with_untracked(|table| {
            let all = 0..table.lines.len();
            let lines = if is_by_length { all } else { lines };
            let lines = table.lines.get(lines).unwrap_or_default();
            lines.iter().map(|line| line.id).collect()
        });
        let unknown: Vec<(DocumentId, VersionId)> = self.session.with(|project| {
            self.lengths.with_value(|lengths| {
                let records = wanted.iter().filter_map(|id| project.record(*id));
                let is_known = |own: &Record| {
                    let length = lengths.get(&own.id);
                    length.is_some_and(|(version, _)| *version == own.version)
                };
                let unknown = records.filter(|own| !is_known(own));
                unknown.map(|own| (own.id, own.version.clone())).collect()
            })
        });
        if unknown.is_empty() || self.is_counting.get_value() {
            return;
        }
        self.is_counting.set_value(true);
        spawn_local(async move {
            let mut shown = clock::now();
            for (id, version) in unknown {
                let length = self.session.length_of(&version).await;
                let noted = self.lengths.try_update_value(|lengths| {
                    lengths.insert(id, (version, length));
                });
                // The dialog may be closed meanwhile.
                if noted.is_none() {
                    return;
                }
                if clock::now().0 - shown.0 > SHOWN_EACH_MS {
                    self.counted.notify();
                    shown = clock::now();
                }
            }
            let _ = self.is_counting.try_update_value(|own| *own = false);
            self.counted.notify();
            if is_by_length {
                self.sorted.update(|sorted| *sorted += 1);
            }
        });
    }
}

/// What goes back to the table.
pub(super) fn back(desk: Desk) -> impl Fn() + Copy + 'static {
    move || {
        desk.leave();
    }
}
