//! Reads a saved page: its article, or all of it.

mod article;
mod encoding;
mod facts;
mod lines;
mod write;

use std::rc::Rc;

pub use encoding::decode;

use super::html::{self, Headline, NodeId, Tree, Walk};
use super::{About, Choice, Reading};
use crate::document::{BlockKind, Builder, Version};
use crate::words::reading_page as words;

/// An article of fewer characters is none, where the page has more.
const SHORTEST: usize = 200;

/// Reads a page that was at an address, if that is known: what is taken for its article, with headline
/// and author above it; all that it shows where `whole` is asked for or no article is found.
#[must_use]
pub fn read(html: &str, address: Option<&str>, whole: bool) -> Reading {
    let tree = Rc::new(Tree::parse(html));
    let saved_from = facts::saved_from(html);
    let address = address.or(saved_from);
    let found = if whole {
        article::Found::facts(&tree, address)
    } else {
        article::Found::article(&tree, address)
    };
    let mut about = facts::about(&tree, &found, address);
    let base = html::base(&tree, (!about.source.is_empty()).then_some(&*about.source));
    let page = Page { tree, base };
    let mut remarks = Vec::new();
    let (version, choice) = match page.article(&found, &mut about, &mut remarks) {
        Some(version) => (version, Choice::Whole),
        None => {
            if !whole {
                remarks.push(words::NO_ARTICLE.to_owned());
            }
            (page.whole(&mut about), Choice::None)
        }
    };
    if page.tree.is_cut {
        remarks.push(words::CUT.to_owned());
    }
    Reading {
        about,
        remarks,
        choice,
        ..Reading::new(version)
    }
}

/// A page and the address that its links are relative to.
struct Page {
    tree: Rc<Tree>,
    base: Option<Rc<str>>,
}

impl Page {
    /// All that the page shows.
    fn whole(&self, about: &mut About) -> Version {
        let mut builder = Builder::default();
        let has_headline = self.headlines().next().is_some();
        if !has_headline && !about.title.is_empty() {
            builder.begin(BlockKind::Title);
            builder.words(&about.title);
        }
        let (mut notes, base) = (Vec::new(), self.base.clone());
        Walk::new(&self.tree, base, Headline::First, &mut builder).page(&self.tree, &mut notes);
        html::close(&notes, &mut builder);
        let version = builder.finish();
        if let Some(headline) = version.headline() {
            about.title = headline.replace('\n', " ");
        }
        version
    }

    /// The article of the page, under its headline and author; nothing where none was found.
    fn article(
        &self,
        found: &article::Found,
        about: &mut About,
        remarks: &mut Vec<String>,
    ) -> Option<Version> {
        let kept = found.kept.as_ref()?;
        let bare = |headline: Option<NodeId>| {
            let left_out = |node: NodeId| !kept.is_in(node) || Some(node) == headline;
            self.write(&self.tree, &left_out, Builder::default())
        };
        let plain = bare(None);
        // What was found is written from the page, which has headings and tables as they are. Where
        // that says something else than what was found, as pages do that have text outside of any
        // element, it is what was found that counts.
        let found_tree = Rc::new(Tree::parse(&found.markup));
        let other = self.write(&found_tree, &|_| false, Builder::default());
        let is_same = letters(&plain).eq(letters(&other));
        let most = if is_same { &plain } else { &other };
        let all = bare_text(&self.tree);
        if most.text.text().chars().count() < SHORTEST && all.chars().count() > SHORTEST {
            return None;
        }
        let headline = self.headline(&about.title);
        if let Some(headline) = headline {
            about.title = self.tree.words(headline);
        }
        let mut builder = Builder::default();
        if !about.title.is_empty() {
            builder.begin(BlockKind::Title);
            builder.words(&about.title);
        }
        let says_author =
            |(kind, words)| kind == BlockKind::Byline && words == about.author.as_str();
        if !about.author.is_empty() && !most.parts().any(says_author) {
            builder.begin(BlockKind::Byline);
            builder.words(&about.author);
        }
        let version = if is_same {
            let lines = lines::dropped(&self.tree, kept);
            let left_out =
                |node: NodeId| Some(node) == headline || !kept.is_in(node) && !lines.is_in(node);
            if lines.count > 0 {
                remarks.push(words::kept_lines(lines.count));
            }
            self.write(&self.tree, &left_out, builder)
        } else {
            let headline = heading(&found_tree, &about.title);
            let left_out = |node: NodeId| Some(node) == headline;
            self.write(&found_tree, &left_out, builder)
        };
        let links = |tree: &Tree| {
            let nodes = tree.inside(Tree::ROOT);
            nodes.filter(|node| tree.name(*node) == Some("a")).count()
        };
        let taken: usize = version
            .parts()
            .filter(|(kind, _)| !matches!(kind, BlockKind::Title | BlockKind::Byline))
            .map(|(_, words)| word_count(words))
            .sum();
        let above = headline.map_or(0, |_| word_count(&about.title))
            + if all.contains(&about.author) {
                word_count(&about.author)
            } else {
                0
            };
        let left = word_count(&all).saturating_sub(taken + above);
        if left > 0 {
            let links = links(&self.tree).saturating_sub(links(&found_tree));
            remarks.insert(0, words::left_out(left, links));
        }
        Some(version)
    }

    fn write(
        &self,
        tree: &Rc<Tree>,
        left_out: &dyn Fn(NodeId) -> bool,
        mut builder: Builder,
    ) -> Version {
        let mut notes = Vec::new();
        Walk::new(tree, self.base.clone(), Headline::Nowhere, &mut builder)
            .without(left_out)
            .page(tree, &mut notes);
        html::close(&notes, &mut builder);
        builder.finish()
    }

    /// The headings of the first level that are shown and have words.
    fn headlines(&self) -> impl Iterator<Item = NodeId> {
        let tree = &self.tree;
        let shown = |node: Option<NodeId>| {
            node.and_then(|node| tree.next(node, Tree::ROOT, !html::is_hidden(tree, node)))
        };
        let all = std::iter::successors(Some(Tree::ROOT), move |node| shown(Some(*node)));
        all.filter(|node| tree.name(*node) == Some("h1"))
            .filter(|node| tree.has_words(*node) && !html::is_hidden(tree, *node))
    }

    /// The heading that is the article's headline: it says what the page says of itself, perhaps with
    /// the site's name behind it; or it is the only one of its level.
    fn headline(&self, title: &str) -> Option<NodeId> {
        let headlines: Vec<NodeId> = self.headlines().take(50).collect();
        let title: Vec<&str> = title.split_whitespace().collect();
        let title = title.join(" ").to_lowercase();
        let says = |node: &&NodeId| {
            let words = self.tree.words(**node).to_lowercase();
            !title.is_empty() && (title.contains(&words) || words.contains(&title))
        };
        let only = || (headlines.len() == 1).then(|| headlines.first()).flatten();
        let found = headlines.iter().find(says).or_else(only).copied();
        found.or_else(|| heading(&self.tree, &title))
    }
}

/// The letters of a text, whatever stands between them, but for what pictures show: which of them there
/// are depends on more than the article.
fn letters(version: &Version) -> impl Iterator<Item = char> {
    version
        .parts()
        .filter(|(kind, _)| *kind != BlockKind::Description)
        .flat_map(|(_, words)| words.chars())
        .filter(|c| !c.is_whitespace())
}

/// The first heading that says the same as the headline.
fn heading(tree: &Tree, title: &str) -> Option<NodeId> {
    tree.inside(Tree::ROOT)
        .filter(|node| matches!(tree.name(*node), Some("h1" | "h2" | "h3")))
        .find(|node| tree.words(*node).to_lowercase() == title.to_lowercase())
}

fn word_count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// All that a page shows, as one text.
fn bare_text(tree: &Tree) -> String {
    let mut builder = Builder::default();
    if let Some(body) = tree.find("body") {
        Walk::new(tree, None, Headline::Nowhere, &mut builder).element(body);
    }
    builder.finish().text.text().to_owned()
}

#[cfg(test)]
mod tests;
