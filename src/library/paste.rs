//! What a paste from a spreadsheet would do to the documents: told before it is done.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Column, Table, set};
use crate::document::{DocumentId, Fields};
use crate::project::{Edit, OnDocument, Project};
use crate::text::one_line;

/// The cells that are selected: the first line and column, and how many of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The number of the first line, from 0.
    pub line: usize,
    /// The number of the first column, from 0.
    pub column: usize,
    /// How many lines.
    pub lines: usize,
    /// How many columns.
    pub columns: usize,
}

/// What a paste would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// What does it.
    pub edits: Vec<Edit>,
    /// How many documents it changes.
    pub documents: usize,
    /// Cells that become empty.
    pub emptied: usize,
    /// Cells that say the same already.
    pub same: usize,
    /// Whether the first row names the columns.
    pub has_head: bool,
    /// Whether the rows go to the documents of their titles, and not from the selected cell on.
    pub is_by_title: bool,
    /// Fields that no document has yet.
    pub new_columns: Vec<Arc<str>>,
    /// Titles that no document has.
    pub not_found: Vec<String>,
    /// Titles that several documents have.
    pub ambiguous: Vec<String>,
    /// Titles that stand there several times, of which the last row counts.
    pub repeated: Vec<String>,
    /// Columns that can't be written.
    pub passed_over: Vec<String>,
    /// Titles that would be empty.
    pub untitled: usize,
    /// Cells that lie beyond the last line or column.
    pub outside: usize,
}

impl Plan {
    /// The cells that would change, by their documents.
    #[must_use]
    pub fn cells(&self) -> BTreeMap<DocumentId, Vec<Column>> {
        let mut cells: BTreeMap<DocumentId, Vec<Column>> = BTreeMap::new();
        for edit in &self.edits {
            let cell = match edit {
                Edit::Document(id, OnDocument::Title(_)) => Some((id, Column::Title)),
                Edit::Document(id, OnDocument::Field(name, _)) => {
                    Some((id, Column::Field(name.clone())))
                }
                _ => None,
            };
            if let Some((id, column)) = cell {
                cells.entry(*id).or_default().push(column);
            }
        }
        cells
    }

    /// Whether something of what was pasted has no place.
    #[must_use]
    pub fn drops(&self) -> bool {
        let lists = [
            &self.not_found,
            &self.ambiguous,
            &self.repeated,
            &self.passed_over,
        ];
        self.untitled + self.outside > 0 || lists.iter().any(|list| !list.is_empty())
    }
}

/// What is pasted, without what says where it goes.
struct Pasted<'a> {
    /// Where each column goes; nothing for one that names the documents, or is passed over.
    columns: Vec<Option<Column>>,
    rows: &'a [Vec<String>],
    /// Which column names the documents.
    titles: Option<usize>,
}

/// Plans a paste of cells at the selected ones, where these are cells of a table of the project's
/// documents whose columns are called so.
///
/// A first row that names columns, one of them "Title" or all of them known, is taken for that. Rows go
/// to the documents of their titles where such a column is among them, or where half of the first
/// column's cells are titles of documents; else to the lines from the selected one on. One single cell
/// goes into all that are selected.
#[must_use]
pub fn plan(
    project: &Project,
    table: &Table,
    place: Place,
    cells: &[Vec<String>],
    name: &dyn Fn(&Column) -> String,
) -> Plan {
    let mut plan = Plan::default();
    let titled = titled(project);
    let pasted = read(&mut plan, table, place, cells, name, &titled);
    let mut written: BTreeMap<DocumentId, BTreeMap<usize, &str>> = BTreeMap::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for (number, row) in pasted.rows.iter().enumerate() {
        let is_blank = row.iter().all(String::is_empty);
        let id = match pasted.titles {
            Some(_) if is_blank => continue,
            Some(at) => {
                let title = row.get(at).map(String::as_str).unwrap_or_default();
                let found = document_of(&mut plan, &titled, title);
                if found.is_some() && !seen.insert(key(title)) {
                    plan.repeated.push(one_line(title));
                }
                found
            }
            None => {
                let line = table.lines.get(place.line + number);
                if line.is_none() {
                    plan.outside += row.len();
                }
                line.map(|line| line.id)
            }
        };
        let Some(id) = id else { continue };
        for (at, cell) in row.iter().enumerate() {
            if pasted.columns.get(at).is_some_and(Option::is_some) {
                written.entry(id).or_default().insert(at, cell);
            }
        }
    }
    let is_single = matches!(cells, [row] if row.len() == 1);
    if is_single && pasted.titles.is_none() {
        fill(&mut plan, project, table, place, &cells[0][0]);
        return plan;
    }
    for (id, cells) in written {
        for (at, cell) in cells {
            if let Some(Some(column)) = pasted.columns.get(at) {
                plan.write(project, id, column, cell);
            }
        }
    }
    plan.count();
    plan
}

impl Plan {
    fn write(&mut self, project: &Project, id: DocumentId, column: &Column, cell: &str) {
        let Some(record) = project.record(id) else {
            return;
        };
        match set(record, column, cell) {
            Some(edit) => {
                self.emptied += usize::from(cell.trim().is_empty());
                self.edits.push(edit);
            }
            None if *column == Column::Title && one_line(cell).is_empty() => self.untitled += 1,
            None => self.same += 1,
        }
    }

    fn count(&mut self) {
        let changed = self.edits.iter().filter_map(|edit| match edit {
            Edit::Document(id, _) => Some(id),
            _ => None,
        });
        self.documents = changed.collect::<BTreeSet<_>>().len();
    }
}

/// Writes one cell into all that are selected.
fn fill(plan: &mut Plan, project: &Project, table: &Table, place: Place, cell: &str) {
    for line in table.lines.iter().skip(place.line).take(place.lines) {
        let columns = table.columns.iter().skip(place.column);
        for column in columns.take(place.columns).filter(|own| own.may_change()) {
            plan.write(project, line.id, column, cell);
        }
    }
    plan.count();
}

/// Finds out where the columns and rows go.
fn read<'a>(
    plan: &mut Plan,
    table: &Table,
    place: Place,
    cells: &'a [Vec<String>],
    name: &dyn Fn(&Column) -> String,
    titled: &BTreeMap<String, Vec<DocumentId>>,
) -> Pasted<'a> {
    let width = cells.iter().map(Vec::len).max().unwrap_or_default();
    let named = |said: &str| {
        let said = key(said);
        let mut columns = table.columns.iter();
        columns.find(|own| {
            key(&name(own)) == said || matches!(own, Column::Field(field) if key(field) == said)
        })
    };
    if let Some((head, rows)) = cells.split_first()
        && is_head(head, rows, &named)
    {
        plan.has_head = true;
        let titles = head
            .iter()
            .position(|own| named(own) == Some(&Column::Title));
        plan.is_by_title = titles.is_some();
        let mut columns: Vec<Option<Column>> = Vec::new();
        for at in 0..width {
            let said = head.get(at).map(|own| one_line(own)).unwrap_or_default();
            let column = match named(&said) {
                Some(Column::Title) if titles.is_some() => None,
                Some(own) => Some(own.clone()).filter(Column::may_change),
                None if Fields::is_name(&said) => Some(Column::Field(said.as_str().into())),
                None => None,
            };
            let column = column.filter(|own| !columns.iter().flatten().any(|other| other == own));
            if let Some(Column::Field(own)) = &column
                && named(own).is_none()
            {
                plan.new_columns.push(own.clone());
            }
            // What nobody wrote anything into is not missed.
            let is_empty = |row: &Vec<String>| row.get(at).is_none_or(String::is_empty);
            let is_missed = !said.is_empty() || !rows.iter().all(is_empty);
            if column.is_none() && titles != Some(at) && is_missed {
                plan.passed_over.push(said);
            }
            columns.push(column);
        }
        return Pasted {
            columns,
            rows,
            titles,
        };
    }
    let first = cells.iter().filter_map(|row| row.first());
    let known = first.filter(|cell| titled.contains_key(&key(cell))).count();
    plan.is_by_title = width > 1 && known * 2 >= cells.len() && known > 0;
    let titles = plan.is_by_title.then_some(0);
    let from = if plan.is_by_title { 0 } else { place.column };
    let mut columns = Vec::new();
    for at in 0..width {
        let column = table.columns.get(from + at);
        let cells = || cells.iter().filter(|row| row.len() > at).count();
        columns.push(match column {
            _ if titles == Some(at) => None,
            Some(own) if own.may_change() => Some(own.clone()),
            Some(own) => {
                plan.passed_over.push(name(own));
                None
            }
            None => {
                plan.outside += cells();
                None
            }
        });
    }
    Pasted {
        columns,
        rows: cells,
        titles,
    }
}

/// Whether a first row names the columns: one of them is the title, or all are known, and something
/// stands below.
fn is_head<'a>(
    head: &[String],
    rows: &[Vec<String>],
    named: &dyn Fn(&str) -> Option<&'a Column>,
) -> bool {
    let has_title = head.iter().any(|own| named(own) == Some(&Column::Title));
    let is_known = head.iter().all(|own| named(own).is_some());
    !rows.is_empty() && (has_title && head.len() > 1 || is_known)
}

/// The document of a title.
fn document_of(
    plan: &mut Plan,
    titled: &BTreeMap<String, Vec<DocumentId>>,
    title: &str,
) -> Option<DocumentId> {
    match titled.get(&key(title)).map(Vec::as_slice) {
        Some([id]) => Some(*id),
        Some(_) => {
            plan.ambiguous.push(one_line(title));
            None
        }
        None => {
            plan.not_found.push(one_line(title));
            None
        }
    }
}

/// The documents by their titles, whatever the case.
fn titled(project: &Project) -> BTreeMap<String, Vec<DocumentId>> {
    let mut titled: BTreeMap<String, Vec<DocumentId>> = BTreeMap::new();
    for own in project.live_documents() {
        titled.entry(key(&own.title)).or_default().push(own.id);
    }
    titled
}

fn key(words: &str) -> String {
    one_line(words).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{By, read_cells};
    use crate::testing::library;

    const ALL: Place = Place {
        line: 0,
        column: 0,
        lines: 1,
        columns: 1,
    };

    fn name(column: &Column) -> String {
        match column {
            Column::Title => "Title".into(),
            Column::Field(name) => name.to_string(),
            Column::Length => "Length".into(),
            Column::Marks => "Marks".into(),
        }
    }

    fn documents() -> Project {
        library(&[
            ("Anna", &[("author", "A"), ("Year", "2019")]),
            ("Berik", &[("author", "B")]),
            ("Twin", &[]),
            ("Twin", &[]),
        ])
    }

    fn planned(project: &Project, place: Place, cells: &str) -> Plan {
        let by = By {
            column: Column::Title,
            is_down: false,
        };
        let table = Table::new(project, "", &by, &[], &|_| None);
        plan(project, &table, place, &read_cells(cells), &name)
    }

    /// What the documents say after a paste, and what is told of it before.
    fn check(place: Place, cells: &str, expected: [&str; 2], told: &Plan) {
        let mut project = documents();
        let mut plan = planned(&project, place, cells);
        let done = project.apply(&plan.edits);
        assert_eq!(
            done.changes.len(),
            plan.edits.len(),
            "each changes something"
        );
        let said: Vec<String> = project
            .live_documents()
            .take(2)
            .map(|own| {
                let fields = own.fields.iter();
                let fields: Vec<String> = fields
                    .map(|(name, value)| format!("{name}={value}"))
                    .collect();
                format!("{}: {}", own.title, fields.join(" "))
            })
            .collect();
        assert_eq!(said, expected, "{cells:?}");
        plan.edits.clear();
        assert_eq!(plan, *told, "{cells:?}");
    }

    #[test]
    fn rows_with_a_head_go_to_the_documents_of_their_titles() {
        check(
            ALL,
            "Title\tAuthor\tYear\tAge group\tMarks\n\
             berik\tBerik A.\t2020\t30\t7\n\
             Nobody\tx\t1\t1\t1\n\
             \t\t\t\t\n\
             Anna\tA\t\t40\t7\n\
             Twin\tx\t1\t1\t1\n",
            [
                "Anna: Age group=40 author=A",
                "Berik: Age group=30 Year=2020 author=Berik A.",
            ],
            &Plan {
                documents: 2,
                emptied: 1,
                same: 1,
                has_head: true,
                is_by_title: true,
                new_columns: vec!["Age group".into()],
                not_found: vec!["Nobody".into()],
                ambiguous: vec!["Twin".into()],
                passed_over: vec!["Marks".into()],
                ..Plan::default()
            },
        );
    }

    #[test]
    fn without_a_head_titles_in_the_first_column_are_recognised() {
        check(
            ALL,
            "Berik\tRound 2\nAnna\tRound 1\nberik\tRound 3",
            [
                "Anna: Year=2019 author=A folder=Round 1",
                "Berik: author=B folder=Round 3",
            ],
            &Plan {
                documents: 2,
                is_by_title: true,
                repeated: vec!["berik".into()],
                ..Plan::default()
            },
        );
    }

    #[test]
    fn other_cells_go_from_the_selected_one_on() {
        // Line 1 is Berik, column 2 the author, and no fourth line is behind the third.
        let place = Place {
            line: 1,
            column: 2,
            ..ALL
        };
        check(
            place,
            "C\t2021\nx\t2022\nx\t2022\nlost\tlost",
            ["Anna: Year=2019 author=A", "Berik: author=C date=2021"],
            &Plan {
                documents: 3,
                outside: 2,
                ..Plan::default()
            },
        );
        // By columns' names, but not by titles.
        check(
            place,
            "date\tauthor\n2021\tC",
            ["Anna: Year=2019 author=A", "Berik: author=C date=2021"],
            &Plan {
                documents: 1,
                has_head: true,
                ..Plan::default()
            },
        );
        check(
            Place { line: 1, ..ALL },
            "\tRound 2",
            ["Anna: Year=2019 author=A", "Berik: author=B folder=Round 2"],
            &Plan {
                documents: 1,
                untitled: 1,
                ..Plan::default()
            },
        );
        // Length, marks, and beyond.
        check(
            Place { column: 7, ..ALL },
            "1\t2\t3",
            ["Anna: Year=2019 author=A", "Berik: author=B"],
            &Plan {
                outside: 1,
                passed_over: vec!["Length".into(), "Marks".into()],
                ..Plan::default()
            },
        );
    }

    #[test]
    fn one_cell_goes_into_all_that_are_selected() {
        let place = Place {
            line: 0,
            column: 2,
            lines: 2,
            columns: 2,
        };
        check(
            place,
            "B\n",
            ["Anna: Year=2019 author=B date=B", "Berik: author=B date=B"],
            &Plan {
                documents: 2,
                same: 1,
                ..Plan::default()
            },
        );
        // Its own title does not name a document.
        check(
            ALL,
            "Berik",
            ["Berik: Year=2019 author=A", "Berik: author=B"],
            &Plan {
                documents: 1,
                ..Plan::default()
            },
        );
        assert!(!planned(&documents(), ALL, "x").drops());
        assert!(planned(&documents(), Place { line: 9, ..ALL }, "x\ty").drops());
    }
}
