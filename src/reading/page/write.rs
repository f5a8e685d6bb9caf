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
            let is_raw = open.last().is_some_and(|open| {
                matches!(
                    tree.name(*open),
                    Some("script" | "noscript" | "iframe" | "noembed" | "noframes" | "xmp")
                )
            });
            if is_raw {
                markup += text;
            } else {
                escape(text, &mut markup);
            }
        } else if let Some(name) = tree.name(node) {
            if ends(name) {
                break;
            }
            let is_data = tree
                .attribute(node, "type")
                .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"));
            enters = match name {
                "script" => is_data,
                "style" | "plaintext" => false,
                _ => true,
            };
            if enters {
                begin(tree, node, name, &mut markup);
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

fn begin(tree: &Tree, node: NodeId, name: &str, markup: &mut String) {
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
    markup.push_str(&format!(" {MARK}=\"{node}\">"));
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
