//! What a page says about itself.

use super::super::About;
use super::super::html::{Tree, scheme, whole};
use super::article::Found;
use crate::words::reading_page as words;

/// A longer name is no name: characters.
const LONGEST_NAME: usize = 100;

/// What is known of a page that was at an address.
pub(crate) fn about(tree: &Tree, found: &Found, address: Option<&str>) -> About {
    let facts = &found.facts;
    let plain = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        words.join(" ")
    };
    let optional = |text: &Option<String>| plain(text.as_deref().unwrap_or(""));
    let of_root = |name| {
        let root = tree.find("html")?;
        tree.attribute(root, name)
    };
    let language = of_root("lang").or_else(|| of_root("xml:lang"));
    let language = language.map(plain).unwrap_or_else(|| optional(&facts.lang));
    let mut title = plain(&facts.title);
    if title.is_empty() {
        title = tree
            .find("title")
            .map(|title| tree.words(title))
            .unwrap_or_default();
    }
    let mut author = optional(&facts.byline);
    if author.chars().count() > LONGEST_NAME {
        author.clear();
    }
    let mut date = optional(&facts.published_time);
    if date.is_empty() {
        date = said(
            tree,
            &["date", "dc.date", "dcterms.date", "dcterms.created"],
        )
        .unwrap_or_default();
    }
    let site = optional(&facts.site_name);
    let others = if site.is_empty() {
        Vec::new()
    } else {
        vec![(words::SITE.to_owned(), site)]
    };
    About {
        title,
        author,
        date,
        language,
        source: canonical(tree, address)
            .or_else(|| address.map(str::to_owned))
            .unwrap_or_default(),
        others,
    }
}

/// What one of these names stands for in the page's head.
fn said(tree: &Tree, names: &[&str]) -> Option<String> {
    let said = |node| {
        let name = tree.attribute(node, "name")?.trim();
        let is_such = names.iter().any(|other| name.eq_ignore_ascii_case(other));
        is_such.then(|| tree.attribute(node, "content")).flatten()
    };
    let mut nodes = tree.inside(Tree::ROOT);
    let found = nodes.find_map(|node| {
        (tree.name(node) == Some("meta"))
            .then(|| said(node))
            .flatten()
    });
    found.map(|text| text.trim().to_owned())
}

/// The address that the page says is its own.
fn canonical(tree: &Tree, address: Option<&str>) -> Option<String> {
    let is_own =
        |node: &usize| tree.name(*node) == Some("link") && tree.says(*node, "rel", "canonical");
    let link = tree.inside(Tree::ROOT).find(is_own)?;
    let own = whole(tree.attribute(link, "href")?, address)?;
    scheme(&own).is_some().then_some(own)
}

/// The address that a browser has noted in a page that it saved: "<!-- saved from
/// url=(0019)https://example.org -->", where the number is the address's length. `SingleFile` has it in
/// a line of its comment.
pub(crate) fn saved_from(html: &str) -> Option<&str> {
    let begin = &html[..html.floor_char_boundary(2_000)];
    let address = match begin.split_once("saved from url=(") {
        Some((_, behind)) => behind.split_once(')')?.1,
        None => {
            begin
                .split_once("saved with SingleFile")?
                .1
                .split_once("url:")?
                .1
        }
    };
    let address = address.split_whitespace().next()?;
    let address = address.trim_end_matches("-->");
    scheme(address).filter(|scheme| scheme.starts_with("http"))?;
    Some(address)
}
