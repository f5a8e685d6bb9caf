//! What is printed: a sheet of its own, made when printing begins and thrown away after it.
//!
//! It consists of plain elements. Of the highlights that marks are painted with, only those
//! near the viewport are there, and not every engine prints any. On the screen the sheet is not
//! shown, and where there is one `style/print.css` prints nothing else.

use std::sync::Arc;

use leptos::prelude::*;
use web_sys::Element;

use super::page::Page;
use super::reader::article;
use crate::browser::{
    self,
    element::{append, attribute, element, style, words},
};
use crate::codebook::Theme;
use crate::document::{Document, InlineKind, Part};
use crate::layout::{Line, Listed, PrintBlock, Sheet, sheet};
use crate::query::Place;
use crate::session::{Saving, Session};
use crate::words;

/// Length up to which a block is not parted by the end of a page, in bytes: about five lines.
const WHOLE_BLOCK_BYTES: usize = 400;

/// Blocks or notes at the end that stand together on the last page, lest that be nearly empty.
const LAST_BLOCKS: usize = 3;

/// Length of what stands together on the last page at most, in characters: about ten lines.
const END_CHARACTERS: usize = 800;

/// Prints the annotated text.
pub(super) fn print(session: Session, page: Page) {
    if session.saving.with_untracked(Saving::is_loading) {
        session.say(words::said::STILL_LOADING);
        return;
    }
    page.later.run_or_say(session, |_| browser::print());
}

/// Has a sheet there whenever the browser prints, by whatever command.
pub(super) fn listen(session: Session, page: Page) {
    let printed = StoredValue::new_local(None);
    let before = window_event_listener(leptos::ev::beforeprint, move |_| {
        // One that is left from before goes first.
        printed.set_value(None);
        // What is being written belongs to it.
        page.note.save();
        let sheet = match page.later.now() {
            Some(later) => (later.print)(session),
            None => {
                let excuse = words("section", "printed", page.later.excuse());
                page.later.fetch();
                excuse
            }
        };
        let title = session
            .document
            .with_untracked(|document| document.record.title.clone());
        printed.set_value(Some(Printed::put(sheet, &title)));
    });
    let after = window_event_listener(leptos::ev::afterprint, move |_| printed.set_value(None));
    on_cleanup(move || {
        before.remove();
        after.remove();
    });
}

/// The sheet in the page, as long as it is printed.
struct Printed {
    sheet: Element,
    /// What the page was called before: what is printed bears the text's title.
    title: String,
}

impl Printed {
    fn put(sheet: Element, text: &str) -> Self {
        let page = browser::document();
        let title = page.title();
        page.set_title(text);
        if let Some(body) = page.body() {
            append(&body, &sheet);
        }
        Self { sheet, title }
    }
}

impl Drop for Printed {
    fn drop(&mut self) {
        self.sheet.remove();
        browser::document().set_title(&self.title);
    }
}

/// Makes the sheet of the open document.
pub(super) fn drawn(session: Session) -> Element {
    let document = session.document.get_untracked();
    let is_loading = session.saving.with_untracked(Saving::is_loading);
    let drawing = session.with(|project| Drawing {
        document: &document,
        themes: project.codebook().themes().cloned().collect(),
        sheet: sheet(project, &document),
    });
    drawing.draw(is_loading)
}

/// What a sheet is drawn from.
struct Drawing<'a> {
    document: &'a Document,
    themes: Vec<Arc<Theme>>,
    sheet: Sheet,
}

impl Drawing<'_> {
    fn draw(&self, is_loading: bool) -> Element {
        let sheet = element("section", "printed");
        attribute(&sheet, "lang", &self.document.record.language);
        if is_loading {
            let warning = words::print::STILL_LOADING;
            append(&sheet, &own("p", "remark", warning));
        }
        if self.document.version().headline().is_none() {
            append(&sheet, &words("h1", "", &self.document.record.title));
        }
        let parts = self.document.parts();
        self.parts(&sheet, parts.header);
        self.legend(&sheet);
        self.parts(&sheet, parts.body);
        self.parts(&sheet, parts.footer.map(Part::Block).collect());

        if !self.sheet.notes.is_empty() {
            append(&sheet, &own("h2", "part", words::print::NOTES));
        }
        for (listed, number) in self.sheet.notes.iter().zip(1..) {
            append(&sheet, &self.listed(listed, Some(number)));
        }
        if !self.sheet.unplaced.is_empty() {
            append(&sheet, &own("h2", "part", words::print::UNPLACED));
        }
        for listed in &self.sheet.unplaced {
            append(&sheet, &self.listed(listed, None));
        }
        append_end(&sheet, &self.licence());
        sheet
    }

    fn parts(&self, parent: &Element, parts: Vec<Part>) {
        for part in parts {
            match part {
                Part::Block(number) => append(parent, &self.block(number)),
                Part::Group(blocks) => {
                    let draw = |number| self.block(number);
                    append(parent, &article::group(self.document, blocks, &draw));
                }
            }
        }
    }

    fn block(&self, number: usize) -> Element {
        let block = self.document.blocks[number];
        let (name, class) = article::tag(block.kind);
        let is_short = block.span.len() <= WHOLE_BLOCK_BYTES;
        let short = if is_short { " short" } else { "" };
        let printed = element(name, &format!("block {class}{short}"));
        // As on the screen, the direction follows from the block's own text.
        attribute(&printed, "dir", "auto");
        let PrintBlock { pieces, lanes } = &self.sheet.blocks[number];
        if *lanes > 0 {
            style(&printed, &format!("--lanes:{lanes}"));
        }
        let all = element("span", "words");
        for piece in pieces {
            let words = piece.span.of(self.document.text.text());
            let innermost = self.underlined(&all, &piece.lines);
            write(&standing_out(innermost, &piece.stands), words);
            // Before what the page says of marks: it belongs to the text.
            for number in &piece.references {
                append(&all, &own("sup", "reference", &number.to_string()));
            }
            if !piece.notes.is_empty() {
                let numbers: Vec<String> = piece.notes.iter().map(usize::to_string).collect();
                append(&all, &own("sup", "numbers", &numbers.join(", ")));
            }
        }
        append(&printed, &all);
        printed
    }

    /// Puts an element for words with lines under them at another's end.
    fn underlined(&self, parent: &Element, lines: &[Line]) -> Element {
        // An element has one line: each lies in that of the line above it.
        let mut innermost = parent.clone();
        for line in lines {
            let span = element("span", "line");
            let theme = line.theme.and_then(|theme| self.themes.get(theme));
            style(&span, &line.declarations(theme.map(|theme| theme.colour)));
            append(&innermost, &span);
            innermost = span;
        }
        innermost
    }

    /// The name of a theme, underlined as its marks are.
    fn name(&self, theme: Option<usize>) -> Element {
        let name = theme.and_then(|theme| self.themes.get(theme));
        let name = name.map_or(words::list::UNTAGGED, |theme| &*theme.name);
        let line = Line { lane: 0, theme };
        let element = element("span", "name");
        attribute(&element, "dir", "auto");
        write(&self.underlined(&element, &[line]), name);
        element
    }

    fn legend(&self, parent: &Element) {
        let legend = own("ul", "legend", "");
        for entry in &self.sheet.legend {
            let item = element("li", "");
            append(&item, &self.name(entry.theme));
            append(&item, &own("span", "count", &entry.count.to_string()));
            append(&legend, &item);
        }
        if !self.sheet.notes.is_empty() {
            append(&legend, &own("li", "", words::print::NUMBERS));
        }
        if self.sheet.is_crowded {
            append(&legend, &own("li", "", words::print::CROWDED));
        }
        if legend.has_child_nodes() {
            append(parent, &legend);
        }
    }

    /// A mark as it is listed at the end, by its number where it has one.
    fn listed(&self, listed: &Listed, number: Option<usize>) -> Element {
        let is_short = listed.words.len() + listed.note.len() <= WHOLE_BLOCK_BYTES;
        let class = if is_short { "listed short" } else { "listed" };
        let entry = own("div", class, "");
        let head = element("p", "");
        if let Some(number) = number {
            append(&head, &own("span", "number", &number.to_string()));
        }
        match &*listed.words {
            "" => append(&head, &own("span", "", words::list::NO_QUOTE)),
            quoted => append(&head, &words("q", "", quoted)),
        }
        for theme in &listed.themes {
            append(&head, &self.name(Some(*theme)));
        }
        if let Some(more) = words::count::more(listed.more_themes) {
            append(&head, &own("span", "", &more));
        }
        append(&entry, &head);
        if let Some(reason) = reason(listed.place) {
            append(&entry, &own("p", "remark", reason));
        }
        if !listed.note.is_empty() {
            append(&entry, &words("p", "note", &listed.note));
        }
        if listed.left_out > 0 {
            let rest = words::print::left_out(listed.left_out);
            append(&entry, &own("p", "remark", &rest));
        }
        entry
    }

    /// Under which terms the text may be used, and where it is from. Paper is not clicked, so the
    /// addresses are there in full.
    fn licence(&self) -> Element {
        let line = own("p", "licence", "");
        let licence = self.document.record.licence.as_ref();
        let licence = licence.map(|licence| (&*licence.name, &*licence.address));
        let source =
            Some(&*self.document.record.source).filter(|source| source.starts_with("https:"));
        if let Some(said) = words::print::licence(licence, source) {
            line.set_text_content(Some(&said));
        }
        line
    }
}

/// Puts an element for words that stand out as some things at another's end. Of a link paper has only
/// the words: a line under them would be taken for a mark's.
fn standing_out(parent: Element, stands: &[InlineKind]) -> Element {
    let mut innermost = parent;
    for kind in stands {
        let name = match kind {
            InlineKind::Emphasis => "em",
            InlineKind::Strong => "strong",
            InlineKind::Code => "code",
            InlineKind::Subscript => "sub",
            InlineKind::Superscript => "sup",
            InlineKind::Link(_) | InlineKind::Reference(_) => continue,
        };
        let own = element(name, "");
        append(&innermost, &own);
        innermost = own;
    }
    innermost
}

/// Puts words at an element's end, which are not refused.
fn write(parent: &Element, words: &str) {
    let _ = parent.append_with_str_1(words);
}

/// Words of the page's own, whose language is not that of the text.
fn own(name: &str, class: &str, words: &str) -> Element {
    let element = element(name, class);
    attribute(&element, "lang", words::LANGUAGE);
    element.set_text_content(Some(words));
    element
}

/// Why a mark has no place in the text.
fn reason(place: Place) -> Option<&'static str> {
    Some(match place {
        Place::At(_) => return None,
        Place::Uncertain => words::print::UNCERTAIN,
        Place::Lost => words::print::LOST,
        Place::GivenUp => words::list::GIVEN_UP,
        Place::Unresolved | Place::Unread => words::list::UNRESOLVED,
    })
}

/// Puts what comes last at the end of a sheet, with some of what is there before it in an element
/// that is not parted: else the last page might hold one line. (Firefox 153 knows no
/// `break-before: avoid`.)
fn append_end(sheet: &Element, last: &Element) {
    let end = element("div", "short");
    let mut room = END_CHARACTERS;
    let mut count = 0;
    while let Some(before) = sheet.last_element_child() {
        // What a heading heads does not stand without it.
        if !before.tag_name().starts_with('H') {
            let length = before.text_content().unwrap_or_default().chars().count();
            if count == LAST_BLOCKS || length > room {
                break;
            }
            room -= length;
            count += 1;
        }
        // One goes from its place to another, which is not refused.
        let _ = end.insert_before(&before, end.first_child().as_ref());
    }
    append(&end, last);
    append(sheet, &end);
}
