//! Short lines of an article that Readability drops, such as talk and verse.
//!
//! It drops lists, tables and boxes from inside an article that look as if they were no part of it: few
//! commas, many items. What consists of sentences is taken back, where nothing says that it is
//! something else.

use super::super::html::{Headline, NodeId, Tree, Walk, is_hidden};
use super::article::Kept;
use crate::document::{BlockKind, Builder};

/// Which nodes were taken back, and how many lines that is.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    nodes: Vec<bool>,
    pub(crate) count: usize,
}

impl Lines {
    pub(crate) fn is_in(&self, node: NodeId) -> bool {
        self.nodes.get(node).copied().unwrap_or(false)
    }

    /// Takes an element back, if it is lines.
    fn take(&mut self, tree: &Tree, node: NodeId) {
        let count = if may_be_lines(tree, node) {
            sentences(tree, node)
        } else {
            0
        };
        if count > 0 {
            self.count += count;
            for inner in tree.inside(node) {
                self.nodes[inner] = true;
            }
        }
    }
}

/// The lines of a page that stand in its article, or between two parts of it, and were dropped.
pub(crate) fn dropped(tree: &Tree, kept: &Kept) -> Lines {
    let mut lines = Lines {
        nodes: vec![false; tree.len()],
        count: 0,
    };
    let mut at = Some(Tree::ROOT);
    while let Some(node) = at {
        let mut is_behind = tree.parent(node).is_some_and(|parent| kept.is_own(parent));
        let is_inside = is_behind;
        // What stands behind the last part may be anything.
        let mut waiting = Vec::new();
        if tree
            .parent(node)
            .is_none_or(|parent| tree.first(parent) == Some(node))
        {
            let siblings = std::iter::successors(Some(node), |node| tree.behind(*node));
            for sibling in siblings {
                if kept.is_in(sibling) {
                    is_behind = true;
                    waiting.drain(..).for_each(|node| lines.take(tree, node));
                } else if is_behind {
                    waiting.push(sibling);
                }
            }
            if is_inside {
                waiting.drain(..).for_each(|node| lines.take(tree, node));
            }
        }
        at = tree.next(node, Tree::ROOT, kept.is_in(node));
    }
    lines
}

/// Whether an element may be part of a text: nothing in it or about it says otherwise.
fn may_be_lines(tree: &Tree, node: NodeId) -> bool {
    let is_box = matches!(
        tree.name(node),
        Some("p" | "div" | "section" | "ul" | "ol" | "dl" | "table" | "blockquote" | "pre")
    );
    is_box
        && tree.inside(node).all(|inner| {
            !is_hidden(tree, inner)
                && !matches!(
                    tree.name(inner),
                    Some(
                        "nav" | "aside" | "footer" | "header" | "form" | "img" | "figure" | "label"
                    )
                )
                && !is_named_otherwise(tree, inner)
        })
}

/// What class, id or role says of what is no part of an article: of Readability's own words those that
/// are about more than looks.
const OTHERS: [&str; 40] = [
    "ad-",
    "ads",
    "advert",
    "agegate",
    "banner",
    "breadcrumb",
    "byline",
    "author",
    "combx",
    "comment",
    "community",
    "contact",
    "cookie",
    "disqus",
    "extra",
    "foot",
    "gdpr",
    "legends",
    "menu",
    "meta",
    "nav",
    "newsletter",
    "outbrain",
    "pager",
    "pagination",
    "popup",
    "promo",
    "related",
    "remark",
    "replies",
    "rss",
    "share",
    "sharing",
    "shoutbox",
    "sidebar",
    "skyscraper",
    "social",
    "sponsor",
    "subscri",
    "tag",
];

fn is_named_otherwise(tree: &Tree, node: NodeId) -> bool {
    ["class", "id", "role"].iter().any(|attribute| {
        let name = tree.attribute(node, attribute).unwrap_or("");
        let name = name.to_ascii_lowercase();
        !name.is_empty() && OTHERS.iter().any(|other| name.contains(other))
    })
}

/// How many lines an element has, if it is lines of a text: at least two, or a paragraph, of which most
/// end as sentences do, with few links in them.
fn sentences(tree: &Tree, node: NodeId) -> usize {
    let mut builder = Builder::default();
    Walk::new(tree, None, Headline::Nowhere, &mut builder).element(node);
    let version = builder.finish();
    let text = version.text.text();
    let linked: usize = tree
        .inside(node)
        .filter(|inner| tree.name(*inner) == Some("a"))
        .map(|link| tree.words(link).len())
        .sum();
    let is_text = |kind: BlockKind| !matches!(kind, BlockKind::Heading(_) | BlockKind::Description);
    let lines = version
        .parts()
        .filter(|(kind, _)| is_text(*kind))
        .flat_map(|(_, words)| words.lines())
        .filter(|line| !line.trim().is_empty());
    let (mut count, mut ended) = (0, 0);
    for line in lines {
        count += 1;
        let last = line.trim_end_matches([')', '"', '”', '’', '»', '\'', ' ']);
        ended += usize::from(last.ends_with(['.', '?', '!', '…', ':', ';', ',', '–', '—', '。']));
    }
    let is_linked = 5 * linked > text.len();
    let least = if tree.name(node) == Some("p") { 1 } else { 2 };
    if count >= least && 2 * ended > count && !is_linked {
        count
    } else {
        0
    }
}
