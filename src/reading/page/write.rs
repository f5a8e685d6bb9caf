//! A page written out again, with a mark on each element by which it is known later.

use super::super::html::{NodeId, Tree, is_void};

/// The attribute that has an element's number.
pub(crate) const MARK: &str = "data-themark";

/// The page as markup, without what is never read. The root bears no class or id: Readability takes
/// the whole page for a sidebar where its root says something like that, as mdBook's does.
pub(crate) fn marked(tree: &Tree) -> String {
    written(tree, |_| false)
}

/// The same, but only what stands before the body.
pub(crate) fn head(tree: &Tree) -> String {
    written(tree, |name| name == "body")
}

fn written(tree: &Tree, ends: impl Fn(&str) -> bool) -> String {
    let mut markup = String::from("<!doctype html>");
    let mut open: Vec<NodeId> = Vec::new();
    let mut at = tree.first(Tree::ROOT);
    while let Some(node) = at {
        while let Some(last) = open.pop_if(|last| tree.parent(node) != Some(*last)) {
            close(tree, last, &mut markup);
        }
        let mut enters = true;
        if let Some(text) = tree.text(node) {
            // In an SVG or in MathML what is in any element is read as markup.
            let around = open.last().filter(|open| tree.is_html(**open));
            match around.and_then(|open| tree.name(*open)) {
                Some("script" | "iframe" | "noembed" | "noframes" | "xmp") => markup += text,
                Some("noscript") => unscripted(text, &mut markup),
                _ => escape(text, &mut markup),
            }
        } else if let Some(name) = tree.name(node) {
            if ends(name) {
                break;
            }
            enters = match name {
                "script" => is_data(tree, node),
                "style" | "plaintext" => false,
                _ => true,
            };
            if enters {
                begin(tree, node, name, Some(node), &mut markup);
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
        close(tree, last, &mut markup);
    }
    markup
}

/// Whether a script is what the page says of itself. In an SVG or in MathML it would be read as markup.
fn is_data(tree: &Tree, script: NodeId) -> bool {
    let kind = tree.attribute(script, "type").unwrap_or("");
    tree.is_html(script) && kind.trim().eq_ignore_ascii_case("application/ld+json")
}

/// What stands in a `noscript` is words for a [`Tree`] and elements for Readability, which takes a
/// picture that is alone in it for one that a script would show. Nothing else is written of it: it may
/// nest without bound.
fn unscripted(text: &str, markup: &mut String) {
    let tree = Tree::parse(text);
    let is_word = |node| tree.text(node).is_some_and(|text| !text.trim().is_empty());
    if tree.inside(Tree::ROOT).any(is_word) {
        return;
    }
    for node in tree.inside(Tree::ROOT) {
        if let Some(name @ "img") = tree.name(node) {
            begin(&tree, node, name, None, markup);
        }
    }
}

/// Opens an element, with a number by which it is known later, if it is of the page itself.
fn begin(tree: &Tree, node: NodeId, name: &str, mark: Option<NodeId>, markup: &mut String) {
    markup.push('<');
    markup.push_str(name);
    for (attribute, value) in tree.attributes(node) {
        let is_of_root = name == "html" && matches!(attribute, "class" | "id");
        // A parser may name an attribute what no markup can.
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
        // A caption that only repeats what the picture shows is hidden from who hears that.
        let is_said_twice = name == "figcaption" && attribute == "aria-hidden";
        if is_of_root || is_said_twice || attribute == MARK || !attribute.chars().all(is_plain) {
            continue;
        }
        markup.push(' ');
        markup.push_str(attribute);
        markup.push_str("=\"");
        escape(value, markup);
        markup.push('"');
    }
    if let Some(mark) = mark {
        markup.push_str(&format!(" {MARK}=\"{mark}\""));
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
