//! Which links of a page refer to footnotes, and where these stand.

use std::collections::HashMap;

use super::tree::{NodeId, Tree};

/// The footnotes of a page.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// The links that refer to one, each with the note.
    pub(crate) references: HashMap<NodeId, NodeId>,
    /// The notes that are referred to, in the order of that.
    pub(crate) notes: Vec<NodeId>,
    /// The number of a note among them, from 0.
    pub(crate) numbers: HashMap<NodeId, usize>,
}

impl Notes {
    /// Looks for those that are referred to from what is not left out of a page at an address.
    pub(crate) fn of(
        tree: &Tree,
        address: Option<&str>,
        is_left_out: impl Fn(NodeId) -> bool,
    ) -> Self {
        let mut notes = Self::default();
        let targets = targets(tree);
        if targets.is_empty() {
            return notes;
        }
        let mut at = Some(Tree::ROOT);
        while let Some(node) = at {
            let enters = !is_left_out(node) && !holds_notes(tree, node);
            if enters && let Some(note) = target(tree, node, address, &targets) {
                notes.references.insert(node, note);
                notes.numbers.entry(note).or_insert_with(|| {
                    notes.notes.push(note);
                    notes.notes.len() - 1
                });
            }
            at = tree.next(node, Tree::ROOT, enters);
        }
        notes
    }
}

/// Whether an element says that there are footnotes in it, or that it is one.
fn holds_notes(tree: &Tree, node: NodeId) -> bool {
    let holds = matches!(
        tree.name(node),
        Some("section" | "div" | "aside" | "ol" | "ul" | "li" | "p")
    );
    let roles = ["doc-endnotes", "doc-endnote", "doc-footnote"];
    let types = [
        "footnotes",
        "endnotes",
        "rearnotes",
        "footnote",
        "endnote",
        "rearnote",
    ];
    let classes = ["footnotes", "endnotes", "footnote", "endnote", "references"];
    let says = |attribute: &str, words: &[&str]| {
        tree.attribute(node, attribute).is_some()
            && words.iter().any(|word| tree.says(node, attribute, word))
    };
    holds && (says("role", &roles) || says("epub:type", &types) || says("class", &classes))
}

/// For each name in what holds footnotes the note that it leads to.
fn targets(tree: &Tree) -> HashMap<&str, NodeId> {
    let mut targets = HashMap::new();
    let mut at = Some(Tree::ROOT);
    while let Some(holder) = at {
        let holds = holds_notes(tree, holder);
        if holds {
            // The note that is being passed through, which ends with its element.
            let mut note: Option<NodeId> = None;
            let mut inner = Some(holder);
            while let Some(node) = inner {
                if note.is_some_and(|note| tree.around(node).all(|outer| outer != note)) {
                    note = None;
                }
                let is_note = matches!(tree.name(node), Some("li" | "aside" | "dd" | "p" | "div"));
                let is_named = tree.attribute(node, "id").is_some();
                if tree.name(node) == Some("li") || note.is_none() && is_note && is_named {
                    note = Some(node);
                }
                if let (Some(id), Some(note)) = (tree.attribute(node, "id"), note) {
                    targets.entry(id).or_insert(note);
                }
                inner = tree.next(node, holder, true);
            }
        }
        at = tree.next(holder, Tree::ROOT, !holds);
    }
    targets
}

/// The note that a link refers to.
fn target(
    tree: &Tree,
    node: NodeId,
    address: Option<&str>,
    targets: &HashMap<&str, NodeId>,
) -> Option<NodeId> {
    if tree.name(node) != Some("a") {
        return None;
    }
    let (page, id) = tree.attribute(node, "href")?.split_once('#')?;
    // Browsers that save a page make its links whole, also those that lead to places in it.
    let own = address.and_then(|address| address.split('#').next());
    if !page.is_empty() && own.is_some_and(|own| own != page) {
        return None;
    }
    let note = *targets.get(id)?;
    let is_above = |node| tree.name(node) == Some("sup");
    let refers = tree.says(node, "role", "doc-noteref")
        || tree.says(node, "epub:type", "noteref")
        || tree
            .attribute(node, "class")
            .is_some_and(|class| class.contains("footnote"))
        || tree.around(node).take(4).any(is_above)
        || tree.first(node).is_some_and(is_above);
    refers.then_some(note)
}

/// Whether a link leads from a footnote back to the text.
pub(crate) fn leads_back(tree: &Tree, node: NodeId) -> bool {
    let class = tree.attribute(node, "class").unwrap_or("");
    tree.says(node, "role", "doc-backlink")
        || tree.says(node, "epub:type", "backlink")
        || class.contains("footnote-back")
        || class.contains("backlink")
        || tree
            .attribute(node, "href")
            .is_some_and(|href| href.contains('#'))
            && matches!(
                tree.words(node).as_str(),
                "↩" | "↩︎" | "↩️" | "↑" | "^" | "⏎"
            )
}
