//! Addresses as a page writes them, made whole.

/// The longest that is kept: bytes. What is longer is a picture written out, most often.
const LONGEST: usize = 8_192;

/// Where a link leads that stands in a page at `base`; as it is written where that is not known.
/// Nothing where it is longer than any address. By RFC 3986, section 5.2, but that nothing is checked.
pub(crate) fn whole(written: &str, base: Option<&str>) -> Option<String> {
    // Browsers take these out (URL Standard, section 4.4).
    let written = written.trim().replace(['\t', '\n', '\r'], "");
    if written.len() > LONGEST || written.is_empty() {
        return None;
    }
    let Some(base) = base.filter(|_| scheme(&written).is_none()) else {
        return Some(written);
    };
    let Some(scheme) = scheme(base) else {
        return Some(written);
    };
    let Some(behind) = base[scheme.len() + 1..].strip_prefix("//") else {
        return Some(written);
    };
    if written.starts_with("//") {
        return Some(format!("{scheme}:{written}"));
    }
    let (host, path) = behind.split_at(behind.find(['/', '?', '#']).unwrap_or(behind.len()));
    let path = path.split('#').next().unwrap_or("");
    let (path, query) = path.split_at(path.find('?').unwrap_or(path.len()));
    let path = match written.as_bytes() {
        [b'#', ..] => format!("{path}{query}{written}"),
        [b'?', ..] => format!("{path}{written}"),
        [b'/', ..] => without_dots(&written),
        _ => {
            let folder = path.rfind('/').map_or("/", |end| &path[..=end]);
            without_dots(&format!("{folder}{written}"))
        }
    };
    Some(format!("{scheme}://{host}{path}"))
}

/// What an address begins with, if that is a scheme.
pub(crate) fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let is_named = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_named.then_some(scheme)
}

/// A path without "." and "..".
fn without_dots(path: &str) -> String {
    let (path, rest) = path.split_at(path.find(['?', '#']).unwrap_or(path.len()));
    let mut parts: Vec<&str> = Vec::new();
    let mut pieces = path.split('/').skip(1).peekable();
    while let Some(piece) = pieces.next() {
        let is_last = pieces.peek().is_none();
        match piece {
            "." | ".." => {
                if piece == ".." {
                    parts.pop();
                }
                if is_last {
                    parts.push("");
                }
            }
            piece => parts.push(piece),
        }
    }
    format!("/{}{rest}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_made_whole() {
        let base = Some("https://example.org/a/b?c#d");
        for (written, expected) in [
            ("https://other.org/x", "https://other.org/x"),
            ("//other.org/x", "https://other.org/x"),
            ("/x/./y/../z?q=../", "https://example.org/x/z?q=../"),
            ("x", "https://example.org/a/x"),
            ("../x", "https://example.org/x"),
            ("../../x", "https://example.org/x"),
            ("..", "https://example.org/"),
            ("?q", "https://example.org/a/b?q"),
            ("#e", "https://example.org/a/b?c#e"),
            (" ma\nilto:a@b.c ", "mailto:a@b.c"),
            ("javascript:alert(1)", "javascript:alert(1)"),
            ("x:y", "x:y"),
            ("./x:y", "https://example.org/a/x:y"),
        ] {
            assert_eq!(whole(written, base).as_deref(), Some(expected), "{written}");
        }
        assert_eq!(
            whole("x", Some("https://example.org")).as_deref(),
            Some("https://example.org/x")
        );
        assert_eq!(whole("x", Some("mailto:a@b.c")).as_deref(), Some("x"));
        assert_eq!(whole("../x", None).as_deref(), Some("../x"));
        assert_eq!(whole("  ", base), None);
        assert_eq!(whole(&"x".repeat(LONGEST + 1), base), None);
    }
}
