//! Lists of a page, and items.

use super::super::hidden::declares;
use super::super::tree::NodeId;
use super::Walk;
use crate::document::BlockKind;

/// A list that is being passed through.
pub(super) struct List {
    is_ordered: bool,
    next: i64,
    step: i64,
}

impl Walk<'_> {
    pub(super) fn list(&mut self, node: NodeId, name: &str) {
        let is_ordered = name == "ol";
        let number = |name| self.tree.attribute(node, name)?.trim().parse::<i64>().ok();
        let is_reversed = is_ordered && self.tree.attribute(node, "reversed").is_some();
        let items = || {
            let children = std::iter::successors(self.tree.first(node), |at| self.tree.behind(*at));
            let items = children.filter(|child| self.tree.name(*child) == Some("li"));
            i64::try_from(items.count()).unwrap_or(1)
        };
        let next = number("start").unwrap_or_else(|| if is_reversed { items() } else { 1 });
        self.lists.push(List {
            is_ordered,
            next,
            step: if is_reversed { -1 } else { 1 },
        });
    }

    pub(super) fn item(&mut self, node: NodeId) -> bool {
        let depth = u8::try_from(self.lists.len().max(1)).unwrap_or(u8::MAX);
        let number = self.number(node);
        self.place(BlockKind::Item { depth, number }, false, true)
    }

    /// The number of an item, where the list that it is in has numbers, which go on with it.
    pub(super) fn number(&mut self, node: NodeId) -> Option<u32> {
        let list = self.lists.last_mut().filter(|list| list.is_ordered)?;
        let own = self.tree.attribute(node, "value");
        let own = own.and_then(|own| own.trim().parse().ok());
        let own = own.unwrap_or(list.next);
        list.next = own.saturating_add(list.step);
        u32::try_from(own).ok()
    }

    /// What Word says of a paragraph that is an item: lists are paragraphs to it.
    pub(super) fn listed_by_word(&self, node: NodeId) -> Option<BlockKind> {
        let style = self.tree.attribute(node, "style")?;
        let (_, list) = style.split_once("mso-list:")?;
        let (_, level) = list.split(';').next()?.split_once("level")?;
        let digits = level
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(level.len());
        let depth = level[..digits].parse::<u8>().ok()?.max(1);
        let is_mark = |inner: &NodeId| {
            let style = self.tree.attribute(*inner, "style").unwrap_or("");
            declares(style, |property, value| {
                property == "mso-list" && value == "ignore"
            })
        };
        let mark = self.tree.inside(node).find(is_mark);
        let mark = mark.map(|mark| self.tree.words(mark)).unwrap_or_default();
        let number = mark.trim_end_matches(['.', ')']).parse().ok();
        Some(BlockKind::Item { depth, number })
    }
}
