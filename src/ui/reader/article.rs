//! A document as semantic HTML. Every block bears its number in `data-block`; its
//! text nodes hold exactly its text.
//!
//! The elements are made by hand: a text may have tens of thousands.

use std::ops::Range;
use std::sync::Arc;

use web_sys::Element;

use crate::browser::area;
use crate::browser::element::{append, attribute, element, font_size, words};
use crate::browser::selection::{Blocks, Section};
use crate::document::{Begins, BlockKind, Document, InlineKind, Part};
use crate::layout::{height, sections};

/// Width of a character of the running text, on average, by the size of its letters.
const CHARACTER_WIDTH: f64 = 0.5;

/// Puts a document into an article, in the place of what was there: header, body and
/// footer. The blocks in them are drawn when they are needed first.
pub(super) fn draw(article: &Element, document: &Arc<Document>) -> Blocks {
    // Measured while the old text is still there, which keeps the pane as it is scrolled.
    let line = (area(article).width() / (CHARACTER_WIDTH * font_size(article))) as usize;
    article.set_text_content(None);
    attribute(article, "lang", &document.record.language);
    attribute(article, "aria-label", &document.record.title);
    // Who goes from heading to heading finds one at the top, whatever the text is.
    if document.version().headline().is_none() && !document.record.title.is_empty() {
        append(article, &words("h1", "unseen", &document.record.title));
    }
    let parts = document.parts();
    let mut drawn = Vec::new();
    let mut add = |name, class, parts: Vec<Part>| {
        let Some(first) = parts.first().map(|part| part.blocks().start) else {
            return;
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
    let draw = |number| block(document, number);
    for part in parts {
        match part {
            Part::Block(number) => append(section, &draw(number)),
            Part::Group(blocks) => append(section, &group(document, blocks, &draw)),
        }
    }
}

/// Blocks that belong together, each drawn by itself by `draw`.
pub(in crate::ui) fn group(
    document: &Document,
    blocks: Range<usize>,
    draw: &dyn Fn(usize) -> Element,
) -> Element {
    match document.blocks[blocks.start].kind {
        BlockKind::Item { .. } => list(document, blocks, draw),
        BlockKind::Cell { .. } => table(document, blocks, draw),
        BlockKind::Quotation => {
            let quoted = element("blockquote", "");
            for number in blocks {
                append(&quoted, &draw(number));
            }
            quoted
        }
        BlockKind::Footnote(_) => footnotes(document, blocks, draw),
        _ => figure(document, blocks, draw),
    }
}

/// A figure whose picture is not ours to show: what it shows in words, its caption
/// and whose it is.
fn figure(document: &Document, blocks: Range<usize>, draw: &dyn Fn(usize) -> Element) -> Element {
    let (figure, caption) = (element("figure", ""), element("figcaption", ""));
    for number in blocks {
        if document.blocks[number].kind == BlockKind::Description {
            append(&figure, &draw(number));
        } else {
            append(&figure, &caption);
            append(&caption, &draw(number));
        }
    }
    figure
}

/// Items, each in the list of its depth, which stands in the item before it of a lesser depth.
fn list(document: &Document, blocks: Range<usize>, draw: &dyn Fn(usize) -> Element) -> Element {
    let first = element("div", "list");
    // The open lists: how deep each stands, whether it is numbered, and its last item.
    let mut open: Vec<(u8, bool, Element, Element)> = Vec::new();
    for number in blocks {
        let BlockKind::Item { depth, number: own } = document.blocks[number].kind else {
            continue;
        };
        while open.pop_if(|(other, ..)| *other > depth).is_some() {}
        // Beside it stands one of another kind.
        open.pop_if(|(other, is_numbered, ..)| *other == depth && *is_numbered != own.is_some());
        let item = element("li", "");
        append(&item, &draw(number));
        if let Some(own) = own {
            attribute(&item, "value", &own.to_string());
        }
        if let Some((_, _, list, last)) = open.last_mut().filter(|(other, ..)| *other == depth) {
            append(list, &item);
            *last = item;
            continue;
        }
        let list = element(if own.is_some() { "ol" } else { "ul" }, "");
        append(open.last().map_or(&first, |(.., around)| around), &list);
        append(&list, &item);
        open.push((depth, own.is_some(), list, item));
    }
    first
}

/// A table, which scrolls by itself where it is wider than the text.
fn table(document: &Document, blocks: Range<usize>, draw: &dyn Fn(usize) -> Element) -> Element {
    let (around, table) = (element("div", "table"), element("table", ""));
    append(&around, &table);
    let mut row = element("tr", "");
    for number in blocks {
        if let BlockKind::Cell { begins, .. } = document.blocks[number].kind
            && begins != Begins::Nothing
        {
            row = element("tr", "");
        }
        append(&table, &row);
        append(&row, &draw(number));
    }
    around
}

/// Footnotes, each with its number, which leads back to where it is referred to.
fn footnotes(
    document: &Document,
    blocks: Range<usize>,
    draw: &dyn Fn(usize) -> Element,
) -> Element {
    let notes = element("div", "footnotes");
    attribute(&notes, "role", "doc-endnotes");
    for number in blocks {
        let BlockKind::Footnote(own) = document.blocks[number].kind else {
            continue;
        };
        let note = element("div", "");
        let back = link("#text", "back");
        attribute(&back, "role", "doc-backlink");
        attribute(&back, "data-back", &own.to_string());
        attribute(&back, "aria-label", &crate::words::reader::back_from(own));
        append(&note, &back);
        append(&note, &draw(number));
        append(&notes, &note);
    }
    notes
}

fn block(document: &Document, number: usize) -> Element {
    let block = document.blocks[number];
    let (name, class) = tag(block.kind);
    let element = element(name, class);
    // The direction follows from each block's own text; marks are in logical order.
    attribute(&element, "dir", "auto");
    attribute(&element, "data-block", &number.to_string());
    let text = document.text.text();
    let mut at = block.span.start.index();
    let end = block.span.end.index();
    let first = document
        .inlines
        .partition_point(|own| own.span.start < block.span.start);
    // Those that stand out where the next words come, each in the one before: its end and element.
    let mut around: Vec<(usize, Element)> = Vec::new();
    let mut write = |around: &mut Vec<(usize, Element)>, until: usize| {
        loop {
            let stop = around.last().map_or(until, |(end, _)| *end.min(&until));
            if at < stop {
                let parent = around.last().map_or(&element, |(_, own)| own);
                // Words are not refused.
                let _ = parent.append_with_str_1(&text[at..stop]);
                at = stop;
            }
            if around.pop_if(|(end, _)| *end <= until).is_none() {
                return;
            }
        }
    };
    for own in &document.inlines[first..] {
        // A reference to a footnote may stand at the very end; the next block begins behind that.
        if own.span.start > block.span.end {
            break;
        }
        write(&mut around, own.span.start.index());
        let inline = inline(&own.kind);
        append(around.last().map_or(&element, |(_, own)| own), &inline);
        // A text that was divided anew may have ended a block in the middle of one.
        around.push((own.span.end.index().min(end), inline));
    }
    write(&mut around, end);
    element
}

/// A link in the text. A press on it begins a selection, as anywhere there.
fn link(address: &str, class: &str) -> Element {
    let link = element("a", class);
    attribute(&link, "href", address);
    attribute(&link, "draggable", "false");
    link
}

/// The element for what stands out. What leads elsewhere is shown, and followed only by a press.
fn inline(kind: &InlineKind) -> Element {
    match kind {
        InlineKind::Emphasis => element("em", ""),
        InlineKind::Strong => element("strong", ""),
        InlineKind::Code => element("code", ""),
        InlineKind::Subscript => element("sub", ""),
        InlineKind::Superscript => element("sup", ""),
        InlineKind::Link(address) if leads_out(address) => {
            let link = link(address, "");
            attribute(&link, "rel", "noreferrer");
            attribute(&link, "target", "_blank");
            link
        }
        InlineKind::Link(address) => {
            let shown = element("span", "address");
            attribute(&shown, "title", address);
            shown
        }
        InlineKind::Reference(number) => {
            let link = link("#text", "reference");
            attribute(&link, "role", "doc-noteref");
            attribute(&link, "data-reference", &number.to_string());
            attribute(
                &link,
                "aria-label",
                &crate::words::reader::footnote(*number),
            );
            link
        }
    }
}

/// Whether an address may be followed: no other kind of address can do anything but that.
fn leads_out(address: &str) -> bool {
    let scheme = address.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| {
        ["http", "https", "mailto"]
            .iter()
            .any(|own| scheme.eq_ignore_ascii_case(own))
    })
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
        BlockKind::Code => ("pre", ""),
        BlockKind::Cell { is_head: true, .. } => ("th", ""),
        BlockKind::Cell { .. } => ("td", ""),
        other => ("p", other.name()),
    }
}
