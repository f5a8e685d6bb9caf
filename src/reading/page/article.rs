//! What of a page is its article, by the rules of Mozilla's Readability.

use std::collections::HashMap;

use dom_smoothie::{Metadata, Readability};

use super::super::html::{NodeId, Tree, scheme};
use super::write::{MARK, head, marked};

/// A page of more nodes, elements and texts, is taken as a whole: to find an article in it would take
/// too long.
const MOST_NODES: usize = 500_000;

/// What was found in a page.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// What the page says of itself.
    pub(crate) facts: Metadata,
    /// The article, as markup.
    pub(crate) markup: String,
    /// Which elements of the page are in it; nothing where there is no article.
    pub(crate) kept: Option<Kept>,
}

impl Found {
    /// What a page says of itself alone, which stands in its head.
    pub(crate) fn facts(tree: &Tree, address: Option<&str>) -> Self {
        let Some(page) = readability(&head(tree), address) else {
            return Self::default();
        };
        Self {
            facts: page.get_article_metadata(page.parse_json_ld()),
            ..Self::default()
        }
    }

    /// The article of a page.
    pub(crate) fn article(tree: &Tree, address: Option<&str>) -> Self {
        let article = (tree.len() < MOST_NODES)
            .then(|| readability(&marked(tree), address))
            .flatten()
            .and_then(|mut page| page.parse().ok());
        let Some(article) = article else {
            return Self::facts(tree, address);
        };
        let markup = article.content.to_string();
        Self {
            kept: Some(Kept::of(tree, &Tree::parse(&markup))),
            markup,
            facts: Metadata {
                title: article.title,
                byline: article.byline,
                excerpt: article.excerpt,
                site_name: article.site_name,
                published_time: article.published_time,
                modified_time: article.modified_time,
                image: article.image,
                favicon: article.favicon,
                lang: article.lang,
                url: article.url,
                dir: article.dir,
            },
        }
    }
}

fn readability(markup: &str, address: Option<&str>) -> Option<Readability> {
    let is_of_the_web = |address: &&str| {
        let scheme = scheme(address).unwrap_or("");
        scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
    };
    Readability::new(markup, address.filter(is_of_the_web), None).ok()
}

/// Which elements of a page are in its article.
#[derive(Debug)]
pub(crate) struct Kept {
    /// Of each node whether it is in the article itself.
    own: Vec<bool>,
    /// Of each node whether anything in it is.
    around: Vec<bool>,
}

impl Kept {
    fn of(tree: &Tree, article: &Tree) -> Self {
        let mut own = vec![false; tree.len()];
        // Readability makes a paragraph of what was a box with text: its words are known again.
        let mut bare: HashMap<&str, isize> = HashMap::new();
        for node in article.inside(Tree::ROOT) {
            let mark = |node| article.attribute(node, MARK);
            let number = mark(node).and_then(|number| number.parse::<usize>().ok());
            if let Some(own) = number.and_then(|number| own.get_mut(number)) {
                *own = true;
            }
            if let (Some(text), Some(parent)) = (article.text(node), article.parent(node))
                && mark(parent).is_none()
            {
                *bare.entry(text.trim()).or_default() += 1;
            }
        }
        bare.remove("");
        // The boxes with text that bear no mark, of which some are such paragraphs.
        let boxes: Vec<(NodeId, &str)> = tree
            .inside(Tree::ROOT)
            .filter_map(|node| Some((tree.parent(node)?, tree.text(node)?.trim())))
            .filter(|(parent, text)| !own[*parent] && bare.contains_key(text))
            .collect();
        for (_, text) in &boxes {
            *bare.entry(text).or_default() -= 1;
        }
        for (parent, text) in boxes {
            // Where it stands elsewhere as well, nothing says which of them it was.
            own[parent] |= bare.get(text) == Some(&0);
        }
        let mut around = vec![false; tree.len()];
        for node in tree.inside(Tree::ROOT) {
            let is_own = own[node]
                || tree.parent(node).is_some_and(|parent| {
                    own[parent] && (tree.text(node).is_some() || is_unmarked(tree, parent, node))
                });
            own[node] = is_own;
            if is_own {
                for outer in tree.around(node) {
                    if std::mem::replace(&mut around[outer], true) {
                        break;
                    }
                }
            }
        }
        Self { own, around }
    }

    /// Whether a node, or anything in it, is in the article.
    pub(crate) fn is_in(&self, node: NodeId) -> bool {
        self.around[node]
    }

    /// Whether a node is in the article itself.
    pub(crate) fn is_own(&self, node: NodeId) -> bool {
        self.own[node]
    }
}

/// Whether an element has lost its mark though it was kept: Readability makes one of two elements of
/// which one is all that the other holds, and other elements of some.
fn is_unmarked(tree: &Tree, parent: NodeId, node: NodeId) -> bool {
    let is_box = |node| matches!(tree.name(node), Some("div" | "section"));
    let is_all = || {
        let mut children = std::iter::successors(tree.first(parent), |child| tree.behind(*child));
        children.all(|child| {
            child == node || tree.text(child).is_some_and(|text| text.trim().is_empty())
        })
    };
    match tree.name(node) {
        Some("font" | "br") => true,
        Some("a") => tree.attribute(node, "href").is_some_and(|href| {
            scheme(href.trim()).is_some_and(|scheme| scheme.eq_ignore_ascii_case("javascript"))
        }),
        _ => is_box(parent) && is_box(node) && is_all(),
    }
}
