//! What pictures of a page show, and formulas, in words.

use super::super::tree::NodeId;
use super::{Walk, is_block};
use crate::document::BlockKind;

impl Walk<'_> {
    /// What a picture shows is a block where nothing else stands beside it. In a line it is left out,
    /// which most often is an icon, unless it stands for a sign or a formula.
    pub(super) fn picture(&mut self, node: NodeId) {
        let shows = self.tree.attribute(node, "alt").unwrap_or("").trim();
        if shows.is_empty() {
            return;
        }
        let is_alone = self.is_alone(node);
        let class = self.tree.attribute(node, "class").unwrap_or("");
        let is_sign = shows.len() < 40 && !shows.contains(|c: char| c.is_alphanumeric());
        if self.is_whole() && is_alone || is_sign || class.contains("math") || class.contains("tex")
        {
            self.say(shows);
        } else if is_alone && !self.is_whole() && !self.is_said_below(node, shows) {
            self.builder.end_block();
            self.breaks = 0;
            self.builder.begin(BlockKind::Description);
            self.builder.words(shows);
            self.builder.end_block();
        }
    }

    /// Whether there are no words beside a picture.
    fn is_alone(&mut self, node: NodeId) -> bool {
        let is_line = |outer: &NodeId| self.tree.name(*outer).is_some_and(is_block);
        let Some(line) = self.tree.around(node).find(is_line) else {
            return true;
        };
        match self.alone {
            Some((other, is_alone)) if other == line => is_alone,
            _ => {
                let is_alone = !self.tree.has_words_beside_captions(line);
                self.alone = Some((line, is_alone));
                is_alone
            }
        }
    }

    /// Whether a figure says under its picture what the picture shows.
    fn is_said_below(&mut self, node: NodeId, shows: &str) -> bool {
        let named = |node: &NodeId, name| self.tree.name(*node) == Some(name);
        let figure = self.tree.around(node).find(|outer| named(outer, "figure"));
        let Some(figure) = figure else {
            return false;
        };
        if self
            .caption
            .as_ref()
            .is_none_or(|(other, _)| *other != figure)
        {
            let mut inside = self.tree.inside(figure);
            let caption = inside.find(|inner| named(inner, "figcaption"));
            let words = caption.map(|caption| self.tree.words(caption));
            self.caption = Some((figure, words.unwrap_or_default()));
        }
        let words: Vec<&str> = shows.split_whitespace().collect();
        self.caption
            .as_ref()
            .is_some_and(|(_, caption)| *caption == words.join(" "))
    }

    /// Writes a formula as its author typed it, where the page has that, or the letters of it.
    pub(super) fn formula(&mut self, node: NodeId) {
        let typed = self.tree.attribute(node, "alttext");
        let annotation = || {
            let mut inside = self.tree.inside(node);
            inside.find(|inner| self.tree.name(*inner) == Some("annotation"))
        };
        let typed = match typed.map(str::trim).filter(|typed| !typed.is_empty()) {
            Some(typed) => typed.to_owned(),
            None => self.tree.words(annotation().unwrap_or(node)),
        };
        self.say(&typed);
    }
}
