//! A document as semantic HTML. Every block bears its number in `data-block`; its
//! text nodes hold exactly its text.
//!
//! The elements are made by hand: a text may have tens of thousands.

use std::ops::Range;
use std::sync::Arc;

use web_sys::Element;

use crate::browser::area;
use crate::browser::element::{append, attribute, element, words};
use crate::browser::selection::{Blocks, Section};
use crate::document::{BlockKind, Document, Part};
use crate::layout::{height, sections};

/// Width of a character of the running text, on average, in CSS pixels.
const CHARACTER_WIDTH: f64 = 9.5;

/// Puts a document into an article, in the place of what was there: header, body and
/// footer. The blocks in them are drawn when they are needed first.
pub(super) fn draw(article: &Element, document: &Arc<Document>) -> Blocks {
    // Measured while the old text is still there, which keeps the pane as it is scrolled.
    let line = (area(article).width() / CHARACTER_WIDTH) as usize;
    article.set_text_content(None);
    attribute(article, "lang", &document.record.language);
    attribute(article, "aria-label", &document.record.title);
    // Who goes from heading to heading finds one at the top, whatever the text is.
    if document.version().headline().is_none() {
        append(article, &words("h1", "unseen", &document.record.title));
    }
    let parts = document.parts();
    let mut drawn = Vec::new();
    let mut add = |name, class, parts: Vec<Part>| {
        let first = match parts.first() {
            Some(Part::Block(block)) => *block,
            Some(Part::Figure(blocks)) => blocks.start,
            None => return,
        };
        let element = element(name, class);
        append(article, &element);
        let high = height(document, &parts, line);
        let document = document.clone();
        let fill = move |element: &Element| fill(&document, element, parts);
        drawn.push(Section::new(first, element, high, Box::new(fill)));
    };
    add("header", "", parts.header);
    for parts in sections(document, parts.body) {
        add("div", "section", parts);
    }
    add("footer", "", parts.footer.map(Part::Block).collect());
    Blocks::new(drawn)
}

fn fill(document: &Document, section: &Element, parts: Vec<Part>) {
    for part in parts {
        match part {
            Part::Figure(blocks) => figure(document, section, blocks),
            Part::Block(block) => self::block(document, section, block),
        }
    }
}

/// A figure whose picture is not ours to show: what it shows in words, its caption
/// and whose it is.
fn figure(document: &Document, section: &Element, blocks: Range<usize>) {
    let (figure, caption) = (element("figure", ""), element("figcaption", ""));
    for number in blocks {
        if document.blocks[number].kind == BlockKind::Description {
            block(document, &figure, number);
        } else {
            append(&figure, &caption);
            block(document, &caption, number);
        }
    }
    append(section, &figure);
}

fn block(document: &Document, parent: &Element, number: usize) {
    let block = document.blocks[number];
    let (name, class) = tag(block.kind);
    // The direction follows from each block's own text; marks are in logical order.
    let element = words(name, class, block.span.of(document.text.text()));
    attribute(&element, "data-block", &number.to_string());
    append(parent, &element);
}

/// The element for a kind of block, and its class.
pub(in crate::ui) fn tag(kind: BlockKind) -> (&'static str, &'static str) {
    match kind {
        BlockKind::Title => ("h1", ""),
        BlockKind::Heading(2) => ("h2", ""),
        BlockKind::Heading(3) => ("h3", ""),
        BlockKind::Heading(4) => ("h4", ""),
        BlockKind::Heading(5) => ("h5", ""),
        BlockKind::Heading(_) => ("h6", ""),
        BlockKind::Paragraph => ("p", "text"),
        other => ("p", other.name()),
    }
}
