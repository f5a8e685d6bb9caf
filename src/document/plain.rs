//! Reads plain text: paragraphs between blank lines.
//!
//! Where there is no blank line every line is a paragraph. Otherwise the lines of a
//! paragraph stay lines, so that nothing of the text is lost: whether a line was broken
//! because it was full or because it was finished, nobody can tell.

use std::borrow::Cow;

use super::{BlockKind, Version};

/// Reads a text. CRLF and a lone CR become LF; a byte order mark at its start and white
/// space at the ends of a paragraph are left out. Without any words it has no blocks.
#[must_use]
pub fn read(file: &str) -> Version {
    let file = file.strip_prefix('\u{feff}').unwrap_or(file);
    let mut text = Cow::from(file);
    if file.contains('\r') {
        text = file.replace("\r\n", "\n").replace('\r', "\n").into();
    }
    let text = text.trim();
    let has_blank_lines = text.lines().any(|line| line.trim().is_empty());
    let mut paragraphs: Vec<&str> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = if has_blank_lines {
            blank_line(rest)
        } else {
            rest.find('\n')
        };
        let (paragraph, behind) = rest.split_at(end.unwrap_or(rest.len()));
        paragraphs.push(paragraph.trim_end());
        rest = behind.trim_start();
    }
    Version::new(
        paragraphs
            .into_iter()
            .map(|words| (BlockKind::Paragraph, words)),
    )
}

/// Where the line feed before the first blank line stands.
fn blank_line(text: &str) -> Option<usize> {
    let mut feeds = text.match_indices('\n').map(|(at, _)| at);
    let mut before = feeds.next()?;
    for at in feeds {
        if text[before..at].trim().is_empty() {
            return Some(before);
        }
        before = at;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(file: &str, expected: &[&str]) {
        let version = read(file);
        let parts: Vec<&str> = version.parts().map(|(_, words)| words).collect();
        assert_eq!(parts, expected, "{file:?}");
        assert_eq!(version.text.text(), expected.join("\n"));
    }

    #[test]
    fn without_blank_lines_every_line_is_a_paragraph() {
        check("One.\nTwo.\nThree.", &["One.", "Two.", "Three."]);
        check("A: Yes.\r\nB: No.\r\n", &["A: Yes.", "B: No."]);
        check("old\rMac", &["old", "Mac"]);
    }

    #[test]
    fn between_blank_lines_lines_stay_lines() {
        check("a full\nline\n\n \nnext\n", &["a full\nline", "next"]);
        check("one\r\ntwo\r\n\t\r\nthree", &["one\ntwo", "three"]);
    }

    #[test]
    fn what_stands_inside_stays_as_it_is() {
        check(
            "\u{feff}two  spaces\tand e\u{301} 😀",
            &["two  spaces\tand e\u{301} 😀"],
        );
    }

    #[test]
    fn nothing_but_space_has_no_blocks() {
        for file in ["", "\u{feff}", " \n\r\n\t"] {
            check(file, &[]);
        }
    }
}
