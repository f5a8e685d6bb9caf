//! The table of all documents.

use super::count::of;

pub const HEADING: &str = "All documents";

/// On what leads to it.
pub const OPEN: &str = "Table of all documents…";

/// The name of the table, and how it is used.
pub const GRID: &str = "Documents and their fields";
pub const HELP: &str = "Arrow keys go from cell to cell, with Shift they select. Type, or press \
    Enter or F2, to write in one; Enter, Tab and Escape leave it. Enter on a column’s head sorts. \
    Space selects a document; Delete empties cells, or deletes the documents that are selected. Cells can be copied to a spreadsheet and pasted from one.";

/// Heads of columns that are no fields.
pub const LENGTH: &str = "Words";
pub const MARKS: &str = "Marks";

// What the kinds of a field are called.
pub const NUMBER: &str = "numbers";
pub const DATE: &str = "dates";
pub const CHOICE: &str = "a choice";

/// What a column's head says of it.
pub fn head(name: &str, kind: Option<&str>) -> String {
    match kind {
        Some(kind) => format!("{name}: {kind}. Press to sort."),
        None => format!("{name}. Press to sort."),
    }
}

/// How many documents are shown.
pub fn shown(count: usize, all: usize) -> String {
    if count == all {
        of(all, "document", "documents")
    } else {
        format!("{count} of {}", of(all, "document", "documents"))
    }
}

pub fn selected(count: usize) -> String {
    format!("{count} selected")
}

// What is done with the table.
pub const OPEN_DOCUMENT: &str = "Open";
pub const MOVE: &str = "Move to folder…";
pub const DELETE: &str = "Delete";
pub const PASTE: &str = "Paste a table…";
pub const ADD_COLUMN: &str = "Add a column…";
pub const DELETE_COLUMN: &str = "Delete the column…";
pub const READ_ONLY: &str = "What stands here is counted and can’t be written.";

// A new column.
pub const NEW_COLUMN: &str = "Name of the column";
pub const ADD: &str = "Add";
pub const COLUMN_HELP: &str = "The column stays when a document says something in it. What it holds, \
    words, numbers, dates or a choice, is found out from its values.";

pub fn is_there(name: &str) -> String {
    if name.is_empty() {
        "A column needs a name.".into()
    } else {
        format!("There is a column “{name}” already.")
    }
}

/// What goes with a column.
pub fn loses(name: &str, count: usize) -> String {
    match count {
        0 => format!("No document says anything in “{name}”."),
        _ => format!(
            "What {} in “{name}” is taken away. Undo brings it back.",
            of(count, "document says", "documents say")
        ),
    }
}

pub fn delete_column(name: &str) -> String {
    format!("Delete “{name}”")
}

pub fn deleted_column(name: &str, count: usize) -> String {
    format!(
        "Deleted the column {name} of {}",
        of(count, "document", "documents")
    )
}

/// A cell was written.
pub fn wrote(column: &str, title: &str) -> String {
    format!("Changed {column} of “{title}”")
}

pub fn cleared(count: usize) -> String {
    format!("Cleared {}", of(count, "cell", "cells"))
}

pub fn copied(count: usize) -> String {
    format!("Copied {}", of(count, "cell", "cells"))
}

pub fn pasted(cells: usize, documents: usize) -> String {
    format!("Changed {}", in_documents(cells, documents))
}

fn in_documents(cells: usize, documents: usize) -> String {
    let cells = of(cells, "cell", "cells");
    format!("{cells} in {}", of(documents, "document", "documents"))
}

// A paste.
pub const PASTE_HEADING: &str = "Paste a table";
pub const PASTE_INTRO: &str = "Paste cells of a spreadsheet, or CSV. A first row with the names of \
    columns is recognised; a column “Title” says which documents the rows are about. Without one, \
    cells go from the selected cell on.";
pub const PASTE_FIELD: &str = "Cells of a spreadsheet";
pub const PASTE_GO_ON: &str = "Show what would change";
pub const CHANGES_NOTHING: &str = "Nothing would change.";

/// Before what a paste would do, where that is another thing than before.
pub const PLANNED_ANEW: &str = "The documents have changed meanwhile. Now:";

/// On the button that does it.
pub fn change(cells: usize) -> String {
    format!("Change {}", of(cells, "cell", "cells"))
}

pub fn changes(cells: usize, documents: usize) -> String {
    format!("{} would change.", in_documents(cells, documents))
}

pub const BY_TITLE: &str = "Rows go to the documents of their titles.";
pub const BY_PLACE: &str = "Cells go from the selected one on.";
pub const HAS_HEAD: &str = "The first row names the columns.";

pub fn emptied(count: usize) -> String {
    format!(
        "{} would be empty then.",
        of(count, "of these cells", "of these cells")
    )
}

pub fn same(count: usize) -> String {
    format!("{} the same already.", of(count, "cell says", "cells say"))
}

// Before names, each in a line of its own.
pub const NEW_COLUMNS: &str = "New columns: ";
pub const NOT_FOUND: &str = "No document has these titles, and their rows are left out: ";
pub const AMBIGUOUS: &str = "Several documents have these titles, and their rows are left out: ";
pub const REPEATED: &str = "These titles stand there more than once, and the last row counts: ";
pub const PASSED_OVER: &str = "These columns can’t be written, and are left out: ";

/// A column without a name.
pub const NAMELESS: &str = "(without a name)";

pub fn untitled(count: usize) -> String {
    format!(
        "{} left as they are: a document needs a title.",
        of(count, "title is", "titles are")
    )
}

pub fn outside(count: usize) -> String {
    format!(
        "{} beyond the table and are left out.",
        of(count, "cell lies", "cells lie")
    )
}
