//! Tables of a page, cell by cell.

use super::super::tree::NodeId;
use super::{Open, Walk};
use crate::document::{Begins, BlockKind};

impl Walk<'_> {
    pub(super) fn cell(&mut self, node: NodeId, name: &str, open: &mut Open) {
        let Some(Some(table)) = self.tables.last_mut() else {
            return;
        };
        let number = |name| {
            let written = self.tree.attribute(node, name);
            written.and_then(|written| written.trim().parse::<usize>().ok())
        };
        let spanned = table.spanned();
        let rows = number("rowspan").unwrap_or(1).min(65_534);
        let cells = table.cell(number("colspan").unwrap_or(1), rows);
        let is_in_head = || {
            let mut around = self.tree.around(node).take(3);
            around.any(|outer| self.tree.name(outer) == Some("thead"))
        };
        let is_head = name == "th" || is_in_head();
        self.empty_cells(spanned);
        let begins = self.begins();
        open.cells = cells;
        open.is_place = self.place(BlockKind::cell(begins, is_head), true, true);
        self.begin();
    }

    /// What the next cell begins.
    fn begins(&mut self) -> Begins {
        let Some(Some(table)) = self.tables.last_mut() else {
            return Begins::Nothing;
        };
        let is_first = !std::mem::replace(&mut table.is_begun, true);
        match (is_first, std::mem::replace(&mut table.is_in_row, true)) {
            (true, _) => Begins::Table,
            (_, false) => Begins::Row,
            (_, true) => Begins::Nothing,
        }
    }

    pub(super) fn empty_cells(&mut self, cells: usize) {
        for _ in 0..cells {
            let begins = self.begins();
            self.builder.begin(BlockKind::cell(begins, false));
            self.builder.end_block();
        }
    }
}
