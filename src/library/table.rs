//! The table of all documents: a line a document, a column a field.

use std::sync::Arc;

use super::{FOLDER, KNOWN, Kind, Sought, field, natural};
use crate::document::{DocumentId, Fields, LANGUAGE, Record};
use crate::project::{Edit, Filter, OnDocument, Project};
use crate::text::one_line;

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// What the document is called.
    Title,
    /// A field by its name.
    Field(Arc<str>),
    /// How long the text is.
    Length,
    /// How many marks it bears.
    Marks,
}

impl Column {
    /// Whether what stands in it can be written.
    #[must_use]
    pub fn may_change(&self) -> bool {
        matches!(self, Self::Title | Self::Field(_))
    }

    /// Whether it is a field of a person's own, which is there as long as a document says something in
    /// it.
    #[must_use]
    pub fn is_own(&self) -> bool {
        matches!(self, Self::Field(name) if !KNOWN.contains(&&**name))
    }
}

/// By what lines are sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// What stands in this column.
    pub column: Column,
    /// The most first.
    pub is_down: bool,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Of which document.
    pub id: DocumentId,
    /// What stands in each column.
    pub cells: Vec<Arc<str>>,
}

/// The table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The columns: what all have first, then fields of one's own, then what is counted.
    pub columns: Vec<Column>,
    /// The kind of what stands in each.
    pub kinds: Vec<Kind>,
    /// The lines.
    pub lines: Vec<Line>,
}

impl Table {
    /// The documents that hold what is [`Sought`], sorted. `added` are columns that are wanted though
    /// nothing stands in them yet; `length` tells how long a text is, where that is known. It costs as
    /// much as there are cells.
    #[must_use]
    pub fn new(
        project: &Project,
        words: &str,
        by: &By,
        added: &[Arc<str>],
        length: &dyn Fn(&Record) -> Option<usize>,
    ) -> Self {
        let columns = columns(project, added);
        let sought = Sought::read(words);
        let marks = |id| project.index(id, Filter::All).len();
        let found = project
            .live_documents()
            .filter(|own| sought.is_in(own, &|| marks(own.id)));
        let cell = |own: &Record, column: &Column| -> Arc<str> {
            match column {
                Column::Title => own.title.clone(),
                Column::Field(name) => own.said(name).cloned().unwrap_or_default(),
                Column::Length => length(own)
                    .map(|length| length.to_string().into())
                    .unwrap_or_default(),
                Column::Marks => marks(own.id).to_string().into(),
            }
        };
        let mut lines: Vec<Line> = found
            .map(|own| Line {
                id: own.id,
                cells: columns.iter().map(|column| cell(own, column)).collect(),
            })
            .collect();
        let kinds: Vec<Kind> = columns
            .iter()
            .enumerate()
            .map(|(at, column)| match column {
                Column::Title => Kind::Text,
                Column::Length | Column::Marks => Kind::Number,
                Column::Field(_) => Kind::of(lines.iter().map(|line| &*line.cells[at])),
            })
            .collect();
        let at = columns.iter().position(|column| *column == by.column);
        let at = at.unwrap_or_default();
        lines.sort_by(|a, b| {
            let (own, other) = (&*a.cells[at], &*b.cells[at]);
            let order = kinds[at].compare(own, other);
            // Empty ones stay at the end.
            let order = if by.is_down && !own.is_empty() && !other.is_empty() {
                order.reverse()
            } else {
                order
            };
            let by_title = || natural(&a.cells[0], &b.cells[0]);
            order.then_with(by_title).then(a.id.cmp(&b.id))
        });
        Self {
            columns,
            kinds,
            lines,
        }
    }

    /// What is offered where a cell of a column is written: nothing but where the values are few.
    #[must_use]
    pub fn choices(&self, column: usize) -> Vec<Arc<str>> {
        /// More than anybody looks through.
        const MOST: usize = 200;
        let is_folder = self.columns.get(column) == Some(&Column::Field(FOLDER.into()));
        if !is_folder && self.kinds.get(column) != Some(&Kind::Choice) {
            return Vec::new();
        }
        let cells = self.lines.iter().map(|line| line.cells[column].clone());
        let mut choices: Vec<Arc<str>> = cells.filter(|cell| !cell.is_empty()).collect();
        choices.sort_by(|a, b| natural(a, b));
        choices.dedup();
        choices.truncate(MOST);
        choices
    }
}

/// The columns: what all documents have, fields of one's own in the order of their names, and what is
/// counted.
fn columns(project: &Project, added: &[Arc<str>]) -> Vec<Column> {
    let own = project
        .live_documents()
        .flat_map(|own| own.fields.iter().map(|(name, _)| name));
    let mut names: Vec<Arc<str>> = Vec::new();
    for name in own.chain(added) {
        if let Err(at) = names.binary_search_by(|own| natural(own, name)) {
            names.insert(at, name.clone());
        }
    }
    let known = KNOWN.iter().map(|name| Column::Field((*name).into()));
    let own = names.into_iter().map(Column::Field).filter(Column::is_own);
    let counted = [Column::Length, Column::Marks];
    let columns = std::iter::once(Column::Title).chain(known).chain(own);
    columns.chain(counted).collect()
}

/// What writes a cell of a document; nothing where that would change nothing, or can't be.
#[must_use]
pub fn set(record: &Record, column: &Column, value: &str) -> Option<Edit> {
    let field = match column {
        Column::Title => {
            let title = one_line(value);
            (!title.is_empty()).then(|| OnDocument::Title(title.into()))?
        }
        Column::Field(name) => match field(name, value) {
            // These stand on one line wherever they are shown.
            Some((name, value)) if [FOLDER, LANGUAGE].contains(&&*name) => {
                OnDocument::Field(name, one_line(&value).into())
            }
            Some((name, value)) => OnDocument::Field(name, value),
            None if Fields::is_name(name) => OnDocument::Field(name.clone(), Arc::default()),
            None => return None,
        },
        Column::Length | Column::Marks => return None,
    };
    (field.now(record) != field).then_some(Edit::Document(record.id, field))
}

/// What takes a field away from all documents that have it.
#[must_use]
pub fn delete_column(project: &Project, name: &Arc<str>) -> Vec<Edit> {
    let column = Column::Field(name.clone());
    let own = project.live_documents();
    own.filter_map(|own| set(own, &column, "")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{AUTHOR, folders, into_folder, rename_folder};
    use crate::testing::library;

    fn by(column: Column, is_down: bool) -> By {
        By { column, is_down }
    }

    fn named(name: &str) -> Column {
        Column::Field(name.into())
    }

    fn table(project: &Project, words: &str, by: &By) -> Table {
        Table::new(project, words, by, &["note".into()], &|_| None)
    }

    fn titles(project: &Project, words: &str, by: &By) -> String {
        let table = table(project, words, by);
        let titles = table.lines.iter().map(|line| &*line.cells[0]);
        titles.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn columns_are_what_all_have_then_fields_of_ones_own_then_counts() {
        let project = library(&[("A", &[("Year", "2019"), ("b", "x"), (AUTHOR, "Anna")])]);
        let table = table(&project, "", &by(Column::Title, false));
        let names: Vec<String> = table
            .columns
            .iter()
            .map(|own| match own {
                Column::Field(name) => name.to_string(),
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(
            names.join(" "),
            "Title folder author date source language b note Year Length Marks"
        );
        assert_eq!(table.lines[0].cells.join("|"), "A||Anna|||en|x||2019||0");
    }

    #[test]
    fn lines_are_sorted_by_what_a_column_holds_empty_ones_last() {
        let project = library(&[
            ("A", &[("age", "100")]),
            ("B", &[]),
            ("C", &[("age", "9")]),
            ("D", &[("age", "9.5")]),
        ]);
        assert_eq!(titles(&project, "", &by(named("age"), false)), "C D A B");
        assert_eq!(titles(&project, "", &by(named("age"), true)), "A D C B");
        assert_eq!(titles(&project, "age<50", &by(named("age"), true)), "D C");
        assert_eq!(titles(&project, "", &by(Column::Title, true)), "D C B A");
    }

    #[test]
    fn a_cell_is_written_where_that_changes_something() {
        let project = library(&[("A", &[("age", "9")])]);
        let own = project.live_documents().next().unwrap();
        for (column, value, is_edit) in [
            (Column::Title, "A", false),
            (Column::Title, " ", false),
            (Column::Title, "B", true),
            (named("age"), "9 ", false),
            (named("age"), "", true),
            (named("other"), "", false),
            (named(LANGUAGE), "en", false),
            (named(LANGUAGE), "kk", true),
            (Column::Marks, "7", false),
            (named(""), "7", false),
        ] {
            let edit = set(own, &column, value);
            assert_eq!(edit.is_some(), is_edit, "{column:?} {value:?}");
            let mut project = project.clone();
            let before = project.live_documents().next().unwrap().clone();
            let done = project.apply(&edit.into_iter().collect::<Vec<_>>());
            project.take_back(&done.changes);
            assert_eq!(project.live_documents().next(), Some(&before));
        }
    }

    #[test]
    fn a_column_goes_with_all_its_values_and_a_folder_is_renamed_as_a_whole() {
        let mut project = library(&[
            ("A", &[("age", "9"), (FOLDER, "Round 1")]),
            ("B", &[("age", "10"), (FOLDER, "Round 1")]),
            ("C", &[(FOLDER, "Round 10")]),
        ]);
        assert_eq!(delete_column(&project, &"age".into()).len(), 2);
        let edits = rename_folder(&project, "Round 1", "Round 11");
        project.apply(&edits);
        let listed = |project: &Project| folders(project).join("|");
        assert_eq!(
            (edits.len(), listed(&project)),
            (2, "Round 10|Round 11".into())
        );
        let all: Vec<DocumentId> = project.live_documents().map(|own| own.id).collect();
        project.apply(&into_folder(&project, &all[..2], ""));
        assert_eq!(listed(&project), "Round 10");
        let table = table(&project, "", &by(Column::Title, false));
        assert_eq!(table.choices(1), ["Round 10".into()]);
        assert_eq!(table.choices(2), [] as [Arc<str>; 0]);
    }
}
