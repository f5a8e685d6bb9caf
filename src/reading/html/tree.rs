//! A page as a tree: what html5ever makes of markup, with bounds on how deep and how large it gets.

use std::rc::Rc;

use html5ever::{Attribute, QualName};

mod nodes;
mod parse;

use nodes::Nodes;

#[cfg(test)]
pub(crate) use parse::DEEPEST;
pub(crate) use parse::is_void;

/// The number of a node in its tree.
pub(crate) type NodeId = usize;

/// A page. All nodes lie in one list, so that no depth of theirs is a depth of calls, also when it is
/// dropped.
#[derive(Debug)]
pub(crate) struct Tree {
    nodes: Nodes,
    /// Markup was left out because there would have been too much of it.
    pub(crate) is_cut: bool,
}

#[derive(Debug, Default)]
struct Node {
    parent: Link,
    before: Link,
    behind: Link,
    first: Link,
    last: Link,
    depth: u32,
    data: Data,
}

/// A node or none. A page may have millions of nodes, of which each has five of these.
#[derive(Clone, Copy, Debug)]
struct Link(u32);

impl Link {
    fn get(self) -> Option<NodeId> {
        let node = (self.0 != u32::MAX).then_some(self.0)?;
        usize::try_from(node).ok()
    }
}

impl Default for Link {
    fn default() -> Self {
        Self(u32::MAX)
    }
}

impl From<NodeId> for Link {
    fn from(node: NodeId) -> Self {
        Self(u32::try_from(node).unwrap_or(u32::MAX))
    }
}

impl From<Option<NodeId>> for Link {
    fn from(node: Option<NodeId>) -> Self {
        node.map_or_else(Self::default, Self::from)
    }
}

/// What a node is.
#[derive(Debug, Default)]
enum Data {
    /// The page itself, or something that nobody reads.
    #[default]
    Bare,
    Text(String),
    Element(Rc<QualName>, Vec<Attribute>),
}

impl Tree {
    /// The page itself.
    pub(crate) const ROOT: NodeId = 0;

    /// How many nodes there are.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(crate) fn parent(&self, node: NodeId) -> Option<NodeId> {
        self.nodes[node].parent.get()
    }

    /// The tag's name of an element of HTML's, MathML's or SVG's; nothing for what is none.
    pub(crate) fn name(&self, node: NodeId) -> Option<&str> {
        match &self.nodes[node].data {
            Data::Element(name, _) => Some(&name.local),
            _ => None,
        }
    }

    /// Whether an element is one of HTML's.
    pub(crate) fn is_html(&self, node: NodeId) -> bool {
        matches!(&self.nodes[node].data, Data::Element(name, _) if name.ns == html5ever::ns!(html))
    }

    pub(crate) fn text(&self, node: NodeId) -> Option<&str> {
        match &self.nodes[node].data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The attributes of an element, by name.
    pub(crate) fn attributes(&self, node: NodeId) -> impl Iterator<Item = (&str, &str)> {
        let attributes = match &self.nodes[node].data {
            Data::Element(_, attributes) => attributes.as_slice(),
            _ => &[],
        };
        attributes
            .iter()
            .map(|attribute| (&*attribute.name.local, &*attribute.value))
    }

    pub(crate) fn attribute(&self, node: NodeId, name: &str) -> Option<&str> {
        self.attributes(node)
            .find_map(|(other, value)| (other == name).then_some(value))
    }

    /// Whether one of the words of an attribute is this one, in any case.
    pub(crate) fn says(&self, node: NodeId, name: &str, word: &str) -> bool {
        let value = self.attribute(node, name).unwrap_or("");
        value
            .split_ascii_whitespace()
            .any(|own| own.eq_ignore_ascii_case(word))
    }

    pub(crate) fn first(&self, node: NodeId) -> Option<NodeId> {
        self.nodes[node].first.get()
    }

    pub(crate) fn behind(&self, node: NodeId) -> Option<NodeId> {
        self.nodes[node].behind.get()
    }

    /// A node and all that it is in.
    pub(crate) fn around(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(Some(node), |node| self.parent(*node))
    }

    /// The node that comes after another in the order of the page, inside `top`: its first child, where
    /// `enters`, or what stands behind it.
    pub(crate) fn next(&self, node: NodeId, top: NodeId, enters: bool) -> Option<NodeId> {
        if let Some(first) = self.nodes[node].first.get().filter(|_| enters) {
            return Some(first);
        }
        let mut at = node;
        while at != top {
            if let Some(behind) = self.nodes[at].behind.get() {
                return Some(behind);
            }
            at = self.nodes[at].parent.get()?;
        }
        None
    }

    /// All that is in a node, in the order of the page, the node first.
    pub(crate) fn inside(&self, top: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(Some(top), move |node| self.next(*node, top, true))
    }

    /// All words in a node, with one space wherever white space stands.
    pub(crate) fn words(&self, top: NodeId) -> String {
        let texts = self.inside(top).filter_map(|node| self.text(node));
        let text: String = texts.collect();
        let words: Vec<&str> = text.split_whitespace().collect();
        words.join(" ")
    }

    /// Whether there are words in a node. It ends with the first.
    pub(crate) fn has_words(&self, top: NodeId) -> bool {
        self.inside(top)
            .filter_map(|node| self.text(node))
            .any(|text| !text.trim().is_empty())
    }

    /// The same, but that what stands under a picture does not count.
    pub(crate) fn has_words_beside_captions(&self, top: NodeId) -> bool {
        let mut at = Some(top);
        while let Some(node) = at {
            if self.text(node).is_some_and(|text| !text.trim().is_empty()) {
                return true;
            }
            at = self.next(node, top, self.name(node) != Some("figcaption"));
        }
        false
    }

    /// The first element with a name.
    pub(crate) fn find(&self, name: &str) -> Option<NodeId> {
        self.inside(Self::ROOT)
            .find(|node| self.name(*node) == Some(name))
    }
}
