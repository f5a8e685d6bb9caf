//! The text of a document and of its notes (ECMA-376, part 1, 17.2 and 17.3), as it is walked through.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::Refused;
use super::super::flow::{Comment, Flow, Look, Paragraph, Piece, Role, is_space, plain};
use super::super::xml::{Element, Event, Xml};
use super::numbering::{Numbering, Sign};
use super::package::Part;
use super::styles::{self, Run, Styles};
use super::symbols;

/// What a part tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Story {
    Body,
    Footnotes,
    Endnotes,
    Comments,
}

/// How many there were, of what is said of a text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    pub(super) insertions: usize,
    pub(super) deletions: usize,
    pub(super) pictures: usize,
    pub(super) formulas: usize,
    pub(super) hidden: usize,
    pub(super) unknown_symbols: usize,
    pub(super) heading_numbers: usize,
}

/// A walk through the parts of a document.
pub(super) struct Walk<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    pub(super) flow: Flow,
    pub(super) comments: Vec<Comment>,
    pub(super) seen: Seen,
    notes: BTreeMap<(Story, String), Footnote>,
    story: Story,
    /// What is open, the innermost last.
    paragraphs: Vec<Paragraph>,
    /// What stood in paragraphs whose ends have been deleted.
    carried: Vec<Piece>,
    runs: Vec<Set>,
    cells: Vec<Cell>,
    links: Vec<Option<Arc<str>>>,
    fields: Vec<Field>,
    /// Whether one of the choices has been taken.
    choices: Vec<bool>,
}

/// A footnote or endnote.
enum Footnote {
    /// Not referred to so far.
    Unread(Vec<Piece>),
    /// With its number, where it says something.
    Numbered(Option<u32>),
}

/// How a run is set.
#[derive(Clone, Debug, Default)]
struct Set {
    look: Look,
    is_hidden: bool,
}

/// A cell.
#[derive(Clone, Copy, Debug)]
struct Cell {
    is_flat: bool,
    /// How many columns it stands in.
    columns: usize,
    /// It goes on with the cell above.
    is_covered: bool,
}

/// The most columns that Word has in a table.
const MOST_COLUMNS: usize = 63;

/// A field (17.16): what it is computed from, and what came of that.
#[derive(Clone, Debug, Default)]
struct Field {
    instruction: String,
    /// What came of it stands here.
    is_shown: bool,
    /// It stands in the instruction of another.
    is_inside: bool,
    link: Option<Arc<str>>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(styles: &'a Styles, numbering: Numbering) -> Self {
        Self {
            styles,
            numbering,
            flow: Flow::default(),
            comments: Vec::new(),
            seen: Seen::default(),
            notes: BTreeMap::new(),
            story: Story::Body,
            paragraphs: Vec::new(),
            carried: Vec::new(),
            runs: Vec::new(),
            cells: Vec::new(),
            links: Vec::new(),
            fields: Vec::new(),
            choices: Vec::new(),
        }
    }

    /// Walks through a part.
    pub(super) fn read(&mut self, part: &Part, story: Story) -> Result<(), Refused> {
        self.story = story;
        self.fields.clear();
        let mut xml = Xml::new(&part.text);
        while let Some(event) = xml.next()? {
            match event {
                Event::Start(element) => self.start(&mut xml, part, &element)?,
                Event::End(name) => self.end(name.pair()),
                Event::Words(_) => {}
            }
        }
        // The end of the last paragraph may have been deleted, too.
        if !self.carried.is_empty() {
            let pieces = std::mem::take(&mut self.carried);
            self.flow.paragraph(Paragraph {
                pieces,
                ..Paragraph::default()
            });
        }
        Ok(())
    }

    fn start(&mut self, xml: &mut Xml, part: &Part, element: &Element) -> Result<(), Refused> {
        let value = |space, name| xml.attribute(element, space, name);
        match element.name.pair() {
            ("w", "p") => self.paragraphs.push(Paragraph::default()),
            ("w", "pPr") => self.paragraph_properties(xml)?,
            ("w", "r") => self.runs.push(Set::default()),
            ("w", "rPr") => self.run_properties(xml)?,
            ("w", "t") => {
                let is_exact = value("xml", "space").as_deref() == Some("preserve");
                let text = xml.text()?.replace(['\n', '\r', '\t'], " ");
                self.words(if is_exact {
                    &text
                } else {
                    text.trim_matches(is_space)
                });
            }
            ("w", "tab" | "ptab") => self.words("\t"),
            ("w", "br" | "cr") => self.piece(Piece::Break),
            ("w", "noBreakHyphen") => self.words("\u{2011}"),
            ("w", "softHyphen") => self.words("\u{ad}"),
            ("w", "sym") => {
                let font = value("w", "font").unwrap_or_default();
                let sign = symbols::read(&font, &value("w", "char").unwrap_or_default());
                if sign == char::REPLACEMENT_CHARACTER {
                    self.seen.unknown_symbols += 1;
                }
                self.words(sign.encode_utf8(&mut [0; 4]));
            }
            ("w", "hyperlink") => {
                let address = value("r", "id").and_then(|id| part.links.get(&id).cloned());
                let anchor = value("w", "anchor").unwrap_or_default();
                // One that leads to a place in the document leads nowhere here.
                self.links
                    .push(address.map(|address| with_anchor(address, &anchor)));
            }
            ("w", "fldSimple") => {
                let instruction = value("w", "instr").unwrap_or_default();
                self.begin_field();
                self.show_field(&instruction);
            }
            ("w", "fldChar") => match value("w", "fldCharType").as_deref() {
                Some("begin") => self.begin_field(),
                Some("separate") => self.show_field(""),
                Some("end") => _ = self.fields.pop(),
                _ => {}
            },
            ("w", "instrText") => {
                let text = xml.text()?;
                if let Some(field) = self.fields.last_mut() {
                    field.instruction += &text;
                }
            }
            ("w", "footnoteReference") => self.refer(Story::Footnotes, value("w", "id")),
            ("w", "endnoteReference") => self.refer(Story::Endnotes, value("w", "id")),
            ("w", "commentRangeStart") => {
                self.piece(Piece::Open(value("w", "id").unwrap_or_default()));
            }
            ("w", "commentRangeEnd") => {
                self.piece(Piece::Close(value("w", "id").unwrap_or_default()));
            }
            ("w", "commentReference") => {
                // One without a range is about this place.
                let id = value("w", "id").unwrap_or_default();
                self.piece(Piece::Point(id));
            }
            ("w", "ins" | "moveTo") => self.seen.insertions += 1,
            ("w", "del" | "moveFrom") => {
                self.seen.deletions += 1;
                xml.skip()?;
            }
            ("w", "tbl") => self.flow.open_table(),
            ("w", "tr") => self.flow.row(false),
            ("w", "trPr") => self.row_properties(xml)?,
            ("w", "tc") => {
                let is_flat = self.flow.is_flat();
                self.cells.push(Cell {
                    is_flat,
                    columns: 1,
                    is_covered: false,
                });
                if !is_flat {
                    self.flow.open_lines();
                }
            }
            ("w", "tcPr") => self.cell_properties(xml)?,
            ("w", "footnote" | "endnote" | "comment") => {
                let kind = value("w", "type");
                if self.story == Story::Body || kind.is_some_and(|kind| kind != "normal") {
                    // Lines that separate notes from the text.
                    return xml.skip();
                }
                let note = |name| value("w", name).unwrap_or_default();
                self.comments.push(Comment {
                    id: note("id"),
                    author: note("author"),
                    date: note("date"),
                    text: String::new(),
                });
                self.flow.open_lines();
            }
            ("w", "txbxContent") => self.flow.open_box(),
            ("wp", "docPr") => {
                let said = value("", "descr").filter(|said| !said.trim().is_empty());
                let said = said.or_else(|| value("", "title")).unwrap_or_default();
                self.piece(Piece::Picture(said));
            }
            ("v", "shape" | "rect") => {
                if let Some(said) = value("", "alt") {
                    self.piece(Piece::Picture(said));
                }
            }
            ("a", "blip") | ("v", "imagedata") => self.seen.pictures += 1,
            ("m", "oMath") => self.seen.formulas += 1,
            ("m", "t") => {
                let text = xml.text()?;
                self.words(&text);
            }
            ("m", "den") => self.words("/"),
            ("m", "sup") => self.words("^"),
            ("m", "sub") => self.words("_"),
            ("mc", "AlternateContent") => self.choices.push(false),
            ("mc", "Choice") => match self.choices.last_mut() {
                Some(is_taken @ false) => *is_taken = true,
                _ => xml.skip()?,
            },
            // What is left out, with all that is in it: other ways to say the same, how a word is
            // read aloud, what was deleted, what things were before they were changed, and what
            // belongs to a form or a formula.
            ("mc", "Fallback")
            | ("m", "ctrlPr" | "naryPr" | "dPr" | "accPr")
            | (
                "w",
                "rt" | "delText" | "delInstrText" | "rPrChange" | "pPrChange" | "tblPrChange"
                | "trPrChange" | "tcPrChange" | "sectPr" | "sdtPr" | "sdtEndPr" | "smartTagPr"
                | "customXmlPr" | "tblPr" | "tblPrEx" | "tblGrid" | "ffData",
            ) => xml.skip()?,
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: (&str, &str)) {
        match name {
            ("w", "p") => self.end_paragraph(),
            ("w", "r") => _ = self.runs.pop(),
            ("w", "hyperlink") => _ = self.links.pop(),
            ("w", "fldSimple") => _ = self.fields.pop(),
            ("w", "tbl") => self.flow.close_table(),
            ("w", "tc") => self.end_cell(),
            ("w", "footnote" | "endnote" | "comment") => {
                let pieces = self.flow.close_lines();
                let Some(mut note) = self.comments.pop() else {
                    return;
                };
                if self.story == Story::Comments {
                    note.text = plain(&pieces);
                    self.comments.push(note);
                } else {
                    let key = (self.story, note.id);
                    self.notes.insert(key, Footnote::Unread(pieces));
                }
            }
            ("w", "txbxContent") => {
                let boxed = self.flow.close_box();
                match self.paragraphs.last_mut() {
                    Some(paragraph) => paragraph.boxed.extend(boxed),
                    None => boxed.into_iter().for_each(|own| self.flow.paragraph(own)),
                }
            }
            ("mc", "AlternateContent") => _ = self.choices.pop(),
            _ => {}
        }
    }

    // ── words ────────────────────────────────────────────────────────────────────────

    fn piece(&mut self, piece: Piece) {
        match self.paragraphs.last_mut() {
            Some(paragraph) => paragraph.pieces.push(piece),
            // Comments may begin and end between paragraphs.
            None if self.story == Story::Body => self.carried.push(piece),
            None => {}
        }
    }

    fn words(&mut self, words: &str) {
        let field = self.fields.last();
        if field.is_some_and(|field| field.is_inside || !field.is_shown) {
            return;
        }
        let set = self.runs.last().cloned().unwrap_or_default();
        if set.is_hidden {
            self.seen.hidden += usize::from(!words.trim().is_empty());
            return;
        }
        let link = self.links.last().cloned().flatten();
        let link = link.or_else(|| field.and_then(|field| field.link.clone()));
        let look = Look { link, ..set.look };
        if let Some(paragraph) = self.paragraphs.last_mut() {
            match paragraph.pieces.last_mut() {
                Some(Piece::Words(before, same)) if *same == look => before.push_str(words),
                _ => paragraph.pieces.push(Piece::Words(words.to_owned(), look)),
            }
        }
    }

    /// Refers to a note, the first time with the next number.
    fn refer(&mut self, story: Story, id: Option<String>) {
        let is_hidden = self.runs.last().is_some_and(|set| set.is_hidden);
        if self.paragraphs.is_empty() || is_hidden || self.story != Story::Body {
            return;
        }
        let Some(note) = self.notes.get_mut(&(story, id.unwrap_or_default())) else {
            return;
        };
        if let Footnote::Unread(pieces) = note {
            let pieces = std::mem::take(pieces);
            *note = Footnote::Numbered(self.flow.footnote(pieces));
        }
        if let Footnote::Numbered(Some(number)) = *note {
            self.piece(Piece::Refer(number));
        }
    }

    fn begin_field(&mut self) {
        let outer = self.fields.last();
        let field = Field {
            is_inside: outer.is_some_and(|outer| outer.is_inside || !outer.is_shown),
            link: outer.and_then(|outer| outer.link.clone()),
            ..Field::default()
        };
        self.fields.push(field);
    }

    /// What follows came of the field.
    fn show_field(&mut self, instruction: &str) {
        if let Some(field) = self.fields.last_mut().filter(|field| !field.is_shown) {
            field.instruction += instruction;
            if let Some(link) = hyperlink(&field.instruction) {
                field.link = Some(link);
            }
            field.is_shown = true;
        }
    }

    // ── paragraphs ───────────────────────────────────────────────────────────────────

    fn paragraph_properties(&mut self, xml: &mut Xml) -> Result<(), Refused> {
        let at = xml.depth();
        let (mut style, mut outline) = (String::new(), None);
        let (mut list, mut level) = (None, None);
        let mut is_joined = false;
        while let Some(element) = xml.child(at)? {
            let value = xml.attribute(&element, "w", "val");
            match element.name.pair() {
                ("w", "pStyle") => style = value.unwrap_or_default(),
                ("w", "outlineLvl") => outline = value.and_then(|value| value.parse().ok()),
                ("w", "numPr") => (list, level) = styles::list(xml)?,
                // The paragraph's end: whether it has been deleted.
                ("w", "rPr") => {
                    while let Some(element) = xml.child(at + 1)? {
                        is_joined |= matches!(element.name.pair(), ("w", "del" | "moveFrom"));
                    }
                }
                _ => {}
            }
        }
        if self.paragraphs.is_empty() {
            return Ok(());
        }
        let mut role = self.styles.role(&style, outline);
        let (own_list, own_level) = self.styles.list(&style);
        let in_style = list.is_none();
        let list = list.or(own_list);
        // A note's lists are lines of it, and what is joined to the next is no item.
        if let Some(list) = list.filter(|_| self.story == Story::Body && !is_joined) {
            let of_style = || self.numbering.level_of(&list, &style);
            let level = level.or(own_level).or_else(of_style).unwrap_or_default();
            if let Some((sign, number)) = self.numbering.next(&list, level) {
                role = self.listed(role, sign, number, level, in_style.then_some(&style));
            }
        }
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.role = role;
            paragraph.is_joined = is_joined;
        }
        Ok(())
    }

    /// What a paragraph is that is also in a list: one in its style's list alone stands as deep as
    /// the style's name says.
    fn listed(
        &mut self,
        role: Role,
        sign: Sign,
        number: u32,
        level: usize,
        style: Option<&String>,
    ) -> Role {
        match (role, sign) {
            (Role::Title | Role::Heading(_), Sign::Number) => {
                self.seen.heading_numbers += 1;
                role
            }
            (Role::Title | Role::Heading(_) | Role::Caption | Role::Code, _) => role,
            (_, Sign::Blank) => Role::GoesOn,
            (_, Sign::Number | Sign::Bullet) => {
                let named = style.and_then(|style| self.styles.depth(style));
                let depth = match named {
                    Some((_, depth)) if level == 0 => depth.max(1),
                    _ => u8::try_from(level + 1).unwrap_or(u8::MAX),
                };
                let number = (sign == Sign::Number).then_some(number);
                Role::Item { depth, number }
            }
        }
    }

    fn end_paragraph(&mut self) {
        let Some(mut paragraph) = self.paragraphs.pop() else {
            return;
        };
        if self.paragraphs.is_empty() {
            // A field that never shows anything must not hide the rest of the text.
            self.fields.retain(|field| field.is_shown);
            if !self.carried.is_empty() {
                let own = std::mem::take(&mut paragraph.pieces);
                paragraph.pieces = std::mem::take(&mut self.carried);
                paragraph.pieces.extend(own);
            }
            if paragraph.is_joined {
                self.carried = paragraph.pieces;
                paragraph.pieces = Vec::new();
            }
        }
        self.flow.paragraph(paragraph);
    }

    fn run_properties(&mut self, xml: &mut Xml) -> Result<(), Refused> {
        let at = xml.depth();
        let (mut run, mut style) = (Run::default(), None);
        while let Some(element) = xml.child(at)? {
            if element.name.pair() == ("w", "rStyle") {
                style = xml.attribute(&element, "w", "val");
            }
            run.take(xml, &element);
        }
        let (look, is_hidden) = self.styles.look(run, style.as_deref());
        if let Some(own) = self.runs.last_mut() {
            *own = Set { look, is_hidden };
        }
        Ok(())
    }

    // ── tables ───────────────────────────────────────────────────────────────────────

    fn row_properties(&mut self, xml: &mut Xml) -> Result<(), Refused> {
        let (at, mut is_head, mut is_deleted, mut before) = (xml.depth(), false, false, 0);
        while let Some(element) = xml.child(at)? {
            let value = xml.attribute(&element, "w", "val");
            match element.name.pair() {
                ("w", "tblHeader") => is_head = styles::is_on(value),
                ("w", "gridBefore") => before = columns(value),
                ("w", "del") => is_deleted = true,
                ("w", "ins") => self.seen.insertions += 1,
                _ => {}
            }
        }
        if is_deleted {
            self.seen.deletions += 1;
            return xml.leave(at - 1);
        }
        self.flow.row(is_head);
        for _ in 0..before {
            self.flow.cell(&[]);
        }
        Ok(())
    }

    fn cell_properties(&mut self, xml: &mut Xml) -> Result<(), Refused> {
        let at = xml.depth();
        while let Some(element) = xml.child(at)? {
            let value = xml.attribute(&element, "w", "val");
            let Some(cell) = self.cells.last_mut() else {
                continue;
            };
            match element.name.pair() {
                ("w", "gridSpan") => cell.columns = columns(value).max(1),
                ("w", "vMerge") => cell.is_covered = value.as_deref() != Some("restart"),
                _ => {}
            }
        }
        Ok(())
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cells.pop().filter(|cell| !cell.is_flat) else {
            return;
        };
        let pieces = self.flow.close_lines();
        self.flow.cell(if cell.is_covered { &[] } else { &pieces });
        for _ in 1..cell.columns {
            self.flow.cell(&[]);
        }
    }
}

fn columns(value: Option<String>) -> usize {
    let count: Option<usize> = value.and_then(|value| value.parse().ok());
    count.unwrap_or_default().min(MOST_COLUMNS)
}

fn with_anchor(address: String, anchor: &str) -> Arc<str> {
    if anchor.is_empty() {
        address.into()
    } else {
        format!("{address}#{anchor}").into()
    }
}

/// Where a field of the kind HYPERLINK leads (17.16.5.25), if outside the document.
fn hyperlink(instruction: &str) -> Option<Arc<str>> {
    let rest = instruction.trim_start().strip_prefix("HYPERLINK")?;
    let (mut address, mut anchor) = (None, None);
    // Words stand in quotation marks or between spaces.
    let (mut rest, mut is_anchor) = (rest.trim_start(), false);
    while !rest.is_empty() {
        let (word, behind) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => rest.split_once(' ').unwrap_or((rest, "")),
        };
        rest = behind.trim_start();
        match word {
            r"\l" => is_anchor = true,
            // Further switches, of which these have a word behind them.
            r"\o" | r"\t" => rest = skip_word(rest),
            _ if word.starts_with('\\') => {}
            word if is_anchor => (anchor, is_anchor) = (Some(word), false),
            word => address = address.or(Some(word)),
        }
    }
    let address = address.filter(|address| !address.is_empty())?;
    Some(with_anchor(address.to_owned(), anchor.unwrap_or_default()))
}

fn skip_word(rest: &str) -> &str {
    let behind = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"'),
        None => rest.split_once(' '),
    };
    behind.map_or("", |(_, behind)| behind.trim_start())
}
