//! A page written out again, with a mark on each element by which it is known later.

use super::super::html::{NodeId, Tree, is_void};

/// The attribute that has an element's number.
pub(crate) const MARK: &str = "data-themark";

/// What is written of a page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    /// All that may be read, each element with its mark.
    Page,
    /// What stands before the body.
    Head,
    /// What stands in a `noscript`.
    Unscripted,
}

/// The page as markup, without what is never read. The root bears no class or id: Readability takes
/// the whole page for a sidebar where its root says something like that, as mdBook's does.
pub(crate) fn marked(tree: &Tree) -> String {
    let mut markup = String::from("<!doctype html>");
    write(tree, What::Page, &mut markup);
    markup
}

/// The same, but only what stands before the body.
pub(crate) fn head(tree: &Tree) -> String {
    let mut markup = String::from("<!doctype html>");
    write(tree, What::Head, &mut markup);
    markup
}

fn write(tree: &Tree, what: What, markup: &mut String) {
    let mut open: Vec<NodeId> = Vec::new();
    let mut at = tree.first(Tree::ROOT);
    while let Some(node) = at {
        while let Some(last) = open.pop_if(|last| tree.parent(node) != Some(*last)) {
            close(tree, last, markup);
        }
        let mut enters = true;
        if let Some(text) = tree.text(node) {
            match open.last().and_then(|open| tree.name(*open)) {
                Some("script") => *markup += text,
                Some("noscript") => unscripted(text, what, markup),
                _ => escape(text, markup),
            }
        } else if let Some(name) = tree.name(node) {
            if what == What::Head && name == "body" {
                break;
            }
            enters = match name {
                "script" => is_data(tree, node),
                "style" | "plaintext" => false,
                _ => true,
            };
            let is_around = what == What::Unscripted && matches!(name, "html" | "head" | "body");
            if enters && !is_around {
                begin(tree, node, name, what, markup);
                if is_void(name) {
                    enters = false;
                } else {
                    open.push(node);
                }
            }
        }
        at = tree.next(node, Tree::ROOT, enters);
    }
    while let Some(last) = open.pop() {
        close(tree, last, markup);
    }
}

/// Whether a script is what the page says of itself. In an SVG or in MathML it would be read as markup.
fn is_data(tree: &Tree, script: NodeId) -> bool {
    let kind = tree.attribute(script, "type").unwrap_or("");
    tree.is_html(script) && kind.trim().eq_ignore_ascii_case("application/ld+json")
}

/// What stands in a `noscript` is words for a [`Tree`] and elements for Readability, which takes the
/// pictures in it for those that a script would show. It is made a tree too, so that it can't be deeper
/// than one.
fn unscripted(text: &str, what: What, markup: &mut String) {
    if what != What::Unscripted {
        write(&Tree::parse(text), What::Unscripted, markup);
    }
}

fn begin(tree: &Tree, node: NodeId, name: &str, what: What, markup: &mut String) {
    markup.push('<');
    markup.push_str(name);
    for (attribute, value) in tree.attributes(node) {
        let is_of_root = name == "html" && matches!(attribute, "class" | "id");
        // A parser may name an attribute what no markup can.
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
        if is_of_root || attribute == MARK || !attribute.chars().all(is_plain) {
            continue;
        }
        markup.push(' ');
        markup.push_str(attribute);
        markup.push_str("=\"");
        escape(value, markup);
        markup.push('"');
    }
    if what != What::Unscripted {
        markup.push_str(&format!(" {MARK}=\"{node}\""));
    }
    markup.push('>');
}

fn close(tree: &Tree, node: NodeId, markup: &mut String) {
    markup.push_str("</");
    markup.push_str(tree.name(node).unwrap_or(""));
    markup.push('>');
}

fn escape(text: &str, markup: &mut String) {
    for c in text.chars() {
        match c {
            '&' => markup.push_str("&amp;"),
            '<' => markup.push_str("&lt;"),
            '>' => markup.push_str("&gt;"),
            '"' => markup.push_str("&quot;"),
            c => markup.push(c),
        }
    }
}
