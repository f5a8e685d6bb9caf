//! What of a page nobody sees.

use super::tree::{NodeId, Tree};

/// Whether an element is no text, or not shown.
pub(crate) fn is_hidden(tree: &Tree, node: NodeId) -> bool {
    let Some(name) = tree.name(node) else {
        return false;
    };
    let is_no_text = matches!(
        name,
        "applet"
            | "area"
            | "audio"
            | "base"
            | "button"
            | "canvas"
            | "datalist"
            | "embed"
            | "frame"
            | "frameset"
            | "head"
            | "iframe"
            | "input"
            | "link"
            | "meta"
            | "meter"
            | "noembed"
            | "noframes"
            | "noscript"
            | "object"
            | "optgroup"
            | "option"
            | "output"
            | "param"
            | "progress"
            | "rp"
            | "rt"
            | "script"
            | "select"
            | "style"
            | "svg"
            | "template"
            | "textarea"
            | "title"
            | "track"
            | "video"
    );
    is_no_text
        || tree
            .attributes(node)
            .any(|(attribute, value)| match attribute {
                "hidden" => !value.eq_ignore_ascii_case("until-found"),
                // Pandoc hides what stands under a picture from who has heard what the picture shows.
                "aria-hidden" => value.eq_ignore_ascii_case("true") && name != "figcaption",
                "style" => hides(value),
                _ => false,
            })
        || name == "dialog" && tree.attribute(node, "open").is_none()
}

/// Whether a style keeps an element from being shown.
fn hides(style: &str) -> bool {
    declares(style, |property, value| {
        property == "display" && value.starts_with("none")
            || property == "visibility"
                && (value.starts_with("hidden") || value.starts_with("collapse"))
    })
}

/// Whether any declaration of a style is such, in lower case.
pub(crate) fn declares(style: &str, is_such: impl Fn(&str, &str) -> bool) -> bool {
    style.split(';').any(|declaration| {
        let (property, value) = declaration.split_once(':').unwrap_or_default();
        let clean = |part: &str| part.trim().to_ascii_lowercase();
        is_such(&clean(property), &clean(value))
    })
}
