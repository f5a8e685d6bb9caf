//! Reads the bundled articles: front matter, then blocks between blank lines.
//!
//! ```text
//! ---
//! id: 0b6f6c1e-7a52-8d7e-9c41-5d2f0f3a9e10
//! name: kazakhstan
//! ---
//!
//! # The headline
//!
//! [byline] Who wrote it
//!
//! Running text.
//! ```
//!
//! The lines of a block are joined by spaces, without the white space around each; a line of
//! nothing else is empty. `articles/README.md` lists the marks.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use uuid::Uuid;

use super::{BlockKind, Document, DocumentId, Fields, Licence, Record, Version};

/// Why a file is not an article, and where.
#[derive(Debug, PartialEq, Eq)]
pub struct Error {
    /// Line number, from 1.
    pub line: usize,
    /// What to mend.
    pub message: String,
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "line {}: {}", self.line, self.message)
    }
}

/// The marks that open a block, and what they make of it.
const MARKS: [(&str, BlockKind); 8] = [
    ("# ", BlockKind::Title),
    ("## ", BlockKind::Heading(2)),
    ("[byline] ", BlockKind::Byline),
    ("[description] ", BlockKind::Description),
    ("[caption] ", BlockKind::Caption),
    ("[credit] ", BlockKind::Credit),
    ("[author] ", BlockKind::Author),
    ("[notice] ", BlockKind::Notice),
];

/// Reads an article.
///
/// # Errors
/// When the front matter is missing, lacks `id`, `name` or `source`, or the
/// article has no headline.
pub fn read(file: &str) -> Result<Document, Error> {
    // A text may be long: it is copied only where it has to be another.
    let mut file = Cow::from(file);
    if file.contains('\r') {
        file = file.replace("\r\n", "\n").into();
    }
    let (front, body) = file
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .ok_or_else(|| {
            error(
                1,
                "an article opens with its front matter between two lines of ---",
            )
        })?;
    let value = |key: &str| {
        front.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            (name == key).then(|| value.trim())
        })
    };
    let required =
        |key: &str| value(key).ok_or_else(|| error(1, &format!("the front matter names no {key}")));

    let mut blocks: Vec<(BlockKind, Cow<'_, str>)> = Vec::new();
    let mut goes_on = false;
    // By lines, because single characters are found far quicker than pairs of them.
    for line in body.split('\n').map(str::trim) {
        match blocks.last_mut() {
            _ if line.is_empty() => {}
            Some((_, words)) if goes_on => {
                let words = words.to_mut();
                words.push(' ');
                words.push_str(line);
            }
            _ => {
                let marked = MARKS.into_iter().find(|(mark, _)| line.starts_with(mark));
                let (mark, kind) = marked.unwrap_or(("", BlockKind::Paragraph));
                blocks.push((kind, line[mark.len()..].into()));
            }
        }
        goes_on = !line.is_empty();
    }
    let version = Version::new(blocks.iter().map(|(kind, words)| (*kind, &**words)));
    let title = version.headline().ok_or_else(|| {
        error(
            front.lines().count() + 3,
            "the article has no headline (# …)",
        )
    })?;

    let record = Record {
        id: DocumentId(
            Uuid::try_parse(required("id")?).map_err(|cause| error(1, &cause.to_string()))?,
        ),
        name: required("name")?.into(),
        title: title.into(),
        language: value("language").unwrap_or("und").into(),
        source: required("source")?.into(),
        licence: value("licence")
            .zip(value("licence-address"))
            .map(|(name, address)| Licence {
                name: name.into(),
                address: address.into(),
            }),
        fields: Fields::default(),
        version: version.id(),
        deleted: false,
    };
    Ok(Document::of(Arc::new(record), &version))
}

fn error(line: usize, message: &str) -> Error {
    Error {
        line,
        message: message.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Utf8;

    const SMALL: &str = "---\nid: 0b6f6c1e-7a52-8d7e-9c41-5d2f0f3a9e10\nname: small\n\
        source: https://example.org/small\n---\n\n# Head\n\n[byline] A. Writer\n\nOne\ntwo.\n\n## Why?\n";

    #[test]
    fn blocks_are_joined_by_one_line_feed() {
        let document = read(SMALL).expect("an article");
        assert_eq!(document.text.text(), "Head\nA. Writer\nOne two.\nWhy?");
        assert_eq!(&*document.record.title, "Head");
        let kinds: Vec<BlockKind> = document.blocks.iter().map(|block| block.kind).collect();
        use BlockKind::{Byline, Heading, Paragraph, Title};
        assert_eq!(kinds, [Title, Byline, Paragraph, Heading(2)]);
    }

    #[test]
    fn line_endings_make_no_difference() {
        let unix = read(SMALL).expect("an article");
        let dos = read(&SMALL.replace('\n', "\r\n")).expect("an article");
        assert_eq!(unix.digest, dos.digest);
    }

    #[test]
    fn lines_are_trimmed_and_white_space_alone_ends_a_block() {
        let file = SMALL.replace("One\ntwo.", "One \n\u{3000}two.\n \t\nThree.");
        let document = read(&file).expect("an article");
        let text = "Head\nA. Writer\nOne two.\nThree.\nWhy?";
        assert_eq!(document.text.text(), text);
    }

    #[test]
    fn an_offset_names_its_block() {
        let document = read(SMALL).expect("an article");
        assert_eq!(document.block_at(Utf8(0)), Some(0));
        assert_eq!(document.block_at(Utf8(4)), Some(0));
        assert_eq!(document.block_at(Utf8(5)), Some(1));
        assert_eq!(
            document.blocks_in(crate::text::Span::between(4_usize, 5)),
            1..1
        );
        assert_eq!(
            document.blocks_in(crate::text::Span::between(3_usize, 17)),
            0..3
        );
    }

    #[test]
    fn a_file_without_what_it_needs_says_what_is_missing() {
        for (file, word) in [
            ("Just text", "front matter"),
            ("---\nname: x\n---\n\n# T\n", "no id"),
            (&SMALL.replace("# Head", "Head")[..], "no headline"),
        ] {
            let message = read(file).expect_err("an error").to_string();
            assert!(message.contains(word), "{message}");
        }
    }
}
