//! Cuts a text into sections, so that an engine lays out only those near the viewport.
//!
//! Skipping each paragraph by itself makes scrolling through a long text far worse; in
//! sections of about 64 it is best (measured in Chromium with 12,000 paragraphs).

use crate::document::{BlockKind, Document, Part};

/// Parts in a section.
const SIZE: usize = 64;

/// Parts in the first one, where most visits begin: mostly more than a screen has room
/// for, and no more, since nothing is seen before all of it is laid out.
const FIRST: usize = 16;

/// The parts in runs, in order. A run begins with running text, which has no margin above
/// that would have to collapse with the one below what comes before; only where none is to
/// be found for long, a run begins with something else.
#[must_use]
pub fn sections(document: &Document, parts: Vec<Part>) -> Vec<Vec<Part>> {
    let mut sections: Vec<Vec<Part>> = Vec::new();
    for part in parts {
        let running = match part {
            Part::Block(block) => document.blocks[block].kind == BlockKind::Paragraph,
            Part::Group(_) => false,
        };
        let size = if sections.len() < 2 { FIRST } else { SIZE };
        let size = if running { size } else { 2 * size };
        match sections.last_mut().filter(|last| last.len() < size) {
            Some(last) => last.push(part),
            None => sections.push(vec![part]),
        }
    }
    sections
}

/// About how high these parts are, in hundredths of the text's font size. A line holds so
/// many characters.
#[must_use]
pub fn height(document: &Document, parts: &[Part], line: usize) -> usize {
    let mut height = 0;
    for part in parts {
        for block in &document.blocks[part.blocks()] {
            let words = block.span.of(document.text.text());
            let breaks = words.matches('\n').count();
            // The letters that take more bytes are the wider ones, though not by as much.
            let letters = if words.is_ascii() {
                words.len()
            } else {
                (words.len() + words.encode_utf16().count()) / 2
            };
            let lines = letters.div_ceil(line.max(1)).max(breaks + 1);
            // The line height and the margin of running text.
            height += 175 * lines + 110;
        }
    }
    height
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::article;

    fn document(body: &str) -> Document {
        let front = "---\nid: 0b6f6c1e-7a52-8d7e-9c41-5d2f0f3a9e10\nname: long\n\
            source: https://example.org/long\n---\n\n# Long\n\n";
        article::read(&format!("{front}{body}")).unwrap()
    }

    fn sizes(body: &str) -> Vec<usize> {
        let document = document(body);
        let body = document.parts().body;
        let sections = sections(&document, body.clone());
        assert_eq!(sections.concat(), body);
        sections.iter().map(Vec::len).collect()
    }

    #[test]
    fn a_short_text_is_one_section() {
        assert_eq!(sizes("One.\n\nTwo.\n"), [2]);
        assert_eq!(sizes(""), [0; 0]);
    }

    #[test]
    fn a_section_begins_with_running_text() {
        assert_eq!(sizes(&"A paragraph.\n\n".repeat(130)), [16, 64, 50]);
        let headed = "## A heading\n\nA paragraph.\n\n";
        assert_eq!(sizes(&headed.repeat(40)), [17, 63]);
        let twice = "## One\n\n## Two\n\nA paragraph.\n\n";
        assert_eq!(sizes(&twice.repeat(50)), [17, 66, 66, 1]);
    }

    #[test]
    fn where_there_is_none_for_long_it_begins_with_what_there_is() {
        assert_eq!(sizes(&"## A heading\n\n".repeat(170)), [32, 128, 10]);
    }

    #[test]
    fn a_long_paragraph_is_higher_than_a_short_one() {
        let document = document(&format!("Short.\n\n{}\n", "long ".repeat(39)));
        let high = |block| height(&document, &[Part::Block(block)], 65);
        assert_eq!((high(1), high(2)), (285, 635));
        assert_eq!(height(&document, &[Part::Group(1..3)], 65), 920);
    }
}
