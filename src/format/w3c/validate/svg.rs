//! Is a text well-formed SVG XML? (Model, 4.2.7.)

/// Tags nest and match around one `svg` root, and attributes are quoted.
///
/// Limits: entities, the names' own characters, attributes that stand twice and
/// namespaces are not looked at, the last because the model's own example uses a
/// prefix that it does not declare.
pub(super) fn is_svg(text: &str) -> bool {
    let mut open = Vec::new();
    let mut rooted = false;
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        if open.is_empty() && !rest[..at].trim().is_empty() {
            return false;
        }
        rest = &rest[at + 1..];
        let aside = [
            ("!--", "-->"),
            ("![CDATA[", "]]>"),
            ("?", "?>"),
            ("!DOCTYPE", ">"),
        ];
        if let Some((start, end)) = aside.iter().find(|(start, _)| rest.starts_with(start)) {
            let Some(end_at) = rest[start.len()..].find(end) else {
                return false;
            };
            rest = &rest[start.len() + end_at + end.len()..];
            continue;
        }
        let Some(end) = tag_end(rest) else {
            return false;
        };
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name.trim_end()) {
                return false;
            }
            continue;
        }
        let name = tag
            .split(|c: char| c.is_whitespace() || c == '/')
            .next()
            .unwrap_or_default();
        if name.is_empty() {
            return false;
        }
        if open.is_empty() {
            let local = name.rsplit(':').next();
            if rooted || local != Some("svg") {
                return false;
            }
            rooted = true;
        }
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    rooted && open.is_empty() && rest.trim().is_empty()
}

/// Where the tag's `>` is, past quoted attributes.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut bare = false;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (_, '<') => return None,
            (Some(mark), _) => quote = Some(mark).filter(|mark| *mark != c),
            (None, '"' | '\'') => {
                quote = Some(c);
                bare = false;
            }
            (None, '=') => bare = true,
            (None, c) if bare && !c.is_whitespace() => return None,
            (None, '>') => return Some(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::is_svg;

    #[test]
    fn svg_is_one_root_with_matching_tags() {
        for text in [
            "<svg:svg> ... </svg:svg>",
            "<svg/>",
            "<?xml version=\"1.0\"?>\n<!DOCTYPE svg>\n<!-- a <b> -->\n<svg xmlns=\"x\"><g><path d='M0 0>' /></g></svg >\n",
            "<svg><![CDATA[ <a ]]></svg>",
        ] {
            assert!(is_svg(text), "{text}");
        }
        for text in [
            "",
            "svg",
            "<svg>",
            "</svg>",
            "<svg></g>",
            "<svg><g></svg></g>",
            "<svg/><svg/>",
            "<g/>",
            "<svg/>x",
            "x<svg/>",
            "<svg a=1/>",
            "<svg a=\"1/>",
            "<svg <g/>",
            "<",
            "<svg><!-- </svg>",
            "<>é</>",
            "< svg/>",
            "<svg",
        ] {
            assert!(!is_svg(text), "{text}");
        }
    }
}
