//! Tables of a page: which are tables, and which only put things beside each other.

use super::tree::{NodeId, Tree};

/// What is longer is no cell of a table, but an article that a table lays out: bytes.
const LONGEST_CELL: usize = 2_000;

/// A table that is being written.
#[derive(Debug)]
pub(crate) struct Table {
    /// How many cells the row has that has most.
    widest: usize,
    /// How many empty cells may still be added, where some span several places.
    spare: usize,
    /// For each column how many more rows the cell above spans.
    spans: Vec<usize>,
    column: usize,
    /// A cell has been written, of the table and of the row.
    pub(crate) is_begun: bool,
    pub(crate) is_in_row: bool,
}

impl Table {
    /// The table of an element; nothing where it only lays out a page: what has one column, holds other
    /// tables, headings or long texts, or says so.
    pub(crate) fn of(tree: &Tree, table: NodeId) -> Option<Self> {
        if tree.says(table, "role", "presentation") || tree.says(table, "role", "none") {
            return None;
        }
        let (mut cells, mut in_row, mut widest, mut length) = (0, 0, 0, 0);
        let mut has_words = false;
        for node in tree.inside(table).skip(1) {
            match tree.name(node) {
                Some("table" | "h1" | "h2" | "h3" | "article") => return None,
                Some("tr") => (in_row, length) = (0, 0),
                Some("td" | "th") => {
                    cells += 1;
                    in_row += 1;
                    widest = widest.max(in_row);
                    length = 0;
                }
                Some(_) => {}
                None => {
                    let words = tree.text(node).map_or(0, |text| text.trim().len());
                    has_words |= words > 0;
                    length += words;
                    if length > LONGEST_CELL {
                        return None;
                    }
                }
            }
        }
        (widest > 1 && has_words).then(|| Self {
            widest,
            spare: cells,
            spans: vec![0; widest],
            column: 0,
            is_begun: false,
            is_in_row: false,
        })
    }

    /// Begins a row.
    pub(crate) fn row(&mut self) {
        (self.column, self.is_in_row) = (0, false);
    }

    /// How many empty cells stand before the next: what cells above span.
    pub(crate) fn spanned(&mut self) -> usize {
        let mut spanned = 0;
        while let Some(rows) = self.spans.get_mut(self.column).filter(|rows| **rows > 0) {
            *rows -= 1;
            self.column += 1;
            spanned += 1;
        }
        self.take(spanned)
    }

    /// Puts a cell, and says how many empty ones follow it for the columns that it spans.
    pub(crate) fn cell(&mut self, columns: usize, rows: usize) -> usize {
        let room = self.widest.saturating_sub(self.column).max(1);
        let columns = columns.clamp(1, room);
        for column in self.column..self.column + columns {
            if let Some(span) = self.spans.get_mut(column) {
                *span = rows.saturating_sub(1);
            }
        }
        self.column += columns;
        self.take(columns - 1)
    }

    /// So many of the empty cells that are left.
    fn take(&mut self, cells: usize) -> usize {
        let cells = cells.min(self.spare);
        self.spare -= cells;
        cells
    }
}
