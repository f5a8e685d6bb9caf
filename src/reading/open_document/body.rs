//! The text of a document (4 to 9), as it is walked through.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::Refused;
use super::super::flow::{Comment, Flow, Look, Paragraph, Piece, Role, is_said, plain};
use super::super::xml::{Element, Event, Xml};
use super::styles::{Run, Sign, Styles};
use crate::words::reading_office as words;

/// How many there were, of what is said of a text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    pub(super) insertions: usize,
    pub(super) deletions: usize,
    pub(super) pictures: usize,
    pub(super) objects: usize,
    pub(super) hidden: usize,
    pub(super) heading_numbers: usize,
    pub(super) repeats: usize,
}

/// A walk through a document.
pub(super) struct Walk<'a> {
    styles: &'a Styles,
    pub(super) flow: Flow,
    pub(super) comments: Vec<Comment>,
    pub(super) seen: Seen,
    /// How much may still be repeated: spaces, cells.
    left_to_repeat: usize,
    is_in_text: bool,
    /// What is open, the innermost last.
    paragraphs: Vec<Open>,
    sets: Vec<Set>,
    lists: Vec<List>,
    rows: Vec<Row>,
    heads: usize,
    frames: Vec<Frame>,
    annotations: Vec<Comment>,
    /// Where lists have ended: by how deep they stand and their style, and by name.
    ended: BTreeMap<(usize, String), u32>,
    named: BTreeMap<String, u32>,
}

/// A paragraph that is open.
#[derive(Debug)]
struct Open {
    paragraph: Paragraph,
    style: String,
    /// The level of a heading.
    level: Option<u8>,
    /// Where it stands: [`Flow::depth`].
    depth: usize,
    /// White space that comes next is left out (6.1.2).
    ends_in_space: bool,
}

/// How words are set.
#[derive(Clone, Debug, Default)]
struct Set {
    run: Run,
    link: Option<Arc<str>>,
}

/// A list that is open.
#[derive(Debug)]
struct List {
    style: String,
    name: Option<String>,
    /// Where it stands: [`Flow::depth`].
    depth: usize,
    /// The number of the last item.
    last: Option<u32>,
    item: Option<Item>,
}

/// The item that is open.
#[derive(Clone, Copy, Debug)]
struct Item {
    number: u32,
    /// A paragraph of it has come.
    is_begun: bool,
    /// And a list inside of it.
    is_over: bool,
    /// It has no sign.
    is_header: bool,
}

/// A row that is open.
#[derive(Debug, Default)]
struct Row {
    is_head: bool,
    repeats: usize,
    cells: Vec<Vec<Piece>>,
    cell: Option<Cell>,
}

/// The cell that is open.
#[derive(Clone, Copy, Debug)]
struct Cell {
    is_covered: bool,
    repeats: usize,
}

/// A picture or something else in a frame.
#[derive(Debug, Default)]
struct Frame {
    title: String,
    description: String,
    is_picture: bool,
}

/// The most columns of a table that are made by repeating a cell.
const MOST_COLUMNS: usize = 64;

/// The most spaces and cells that are made by repeating, in all.
const MOST_REPEATED: usize = 100_000;

impl<'a> Walk<'a> {
    pub(super) fn new(styles: &'a Styles) -> Self {
        Self {
            styles,
            flow: Flow::default(),
            comments: Vec::new(),
            seen: Seen::default(),
            left_to_repeat: MOST_REPEATED,
            is_in_text: false,
            paragraphs: Vec::new(),
            sets: Vec::new(),
            lists: Vec::new(),
            rows: Vec::new(),
            heads: 0,
            frames: Vec::new(),
            annotations: Vec::new(),
            ended: BTreeMap::new(),
            named: BTreeMap::new(),
        }
    }

    /// Walks through a file, past all that is not the text.
    pub(super) fn read(&mut self, text: &str) -> Result<(), Refused> {
        let mut xml = Xml::new(text);
        while let Some(event) = xml.next()? {
            match event {
                Event::Start(element) if self.is_in_text => self.start(&mut xml, &element)?,
                Event::Start(element) => match element.name.pair() {
                    ("office", "text") => self.is_in_text = true,
                    ("office", "spreadsheet") => return Err(words::SPREADSHEET.into()),
                    ("office", "presentation" | "drawing") => return Err(words::SLIDES.into()),
                    ("office", "document-content" | "document" | "body") => {}
                    _ => xml.skip()?,
                },
                Event::End(name) => self.end(name.pair()),
                Event::Words(words) => self.words(&words),
            }
        }
        Ok(())
    }

    fn start(&mut self, xml: &mut Xml, element: &Element) -> Result<(), Refused> {
        let value = |space, name| xml.attribute(element, space, name);
        let count = |space, name| value(space, name).and_then(|count| count.parse::<usize>().ok());
        match element.name.pair() {
            ("text", "p" | "h") => {
                let style = value("text", "style-name").unwrap_or_default();
                let run = self.styles.paragraph(&style);
                let is_heading = element.name.pair().1 == "h";
                let level = count("text", "outline-level").and_then(|level| level.try_into().ok());
                let level = is_heading.then(|| level.unwrap_or(1));
                self.sets.push(Set { run, link: None });
                self.paragraphs.push(Open {
                    paragraph: Paragraph::default(),
                    style,
                    level,
                    depth: self.flow.depth(),
                    ends_in_space: true,
                });
            }
            ("text", "span") => {
                let style = value("text", "style-name").unwrap_or_default();
                let outer = self.sets.last().cloned().unwrap_or_default();
                let run = self.styles.text(&style).or(outer.run);
                self.sets.push(Set { run, ..outer });
            }
            ("text", "a") => {
                let mut set = self.sets.last().cloned().unwrap_or_default();
                // One that leads to a place in the document leads nowhere here.
                let address = value("xlink", "href");
                let address = address.filter(|address| !address.starts_with('#'));
                set.link = address.map(Into::into).or(set.link);
                self.sets.push(set);
            }
            ("text", "s") => {
                let spaces = count("text", "c").unwrap_or(1).max(1);
                let spaces = self.repeated(spaces);
                self.exact(&" ".repeat(spaces));
            }
            ("text", "tab") => self.exact("\t"),
            ("text", "line-break") => {
                self.piece(Piece::Break);
                self.is_spaced(false);
            }
            ("text", "list") => {
                let style = value("text", "style-name");
                let goes_on = value("text", "continue-numbering").as_deref() == Some("true");
                let after = value("text", "continue-list");
                self.start_list(style, value("xml", "id"), goes_on, after.as_deref());
            }
            ("text", "list-item") => self.start_item(count("text", "start-value"), false),
            ("text", "list-header") => self.start_item(None, true),
            ("text", "note") => self.flow.open_lines(),
            ("text", "section") if value("text", "display").as_deref() == Some("none") => {
                self.seen.hidden += 1;
                xml.skip()?;
            }
            ("text", "hidden-text" | "hidden-paragraph")
                if value("text", "is-hidden").as_deref() == Some("true") =>
            {
                self.seen.hidden += 1;
                xml.skip()?;
            }
            ("text", "tracked-changes") => self.changes(xml)?,
            ("office", "annotation") => {
                let id = value("office", "name");
                // One without a name is about a place. No name of a file's has this sign.
                let id = id.unwrap_or_else(|| format!("\u{0}{}", self.comments.len()));
                self.piece(Piece::Open(id.clone()));
                self.annotations.push(Comment {
                    id,
                    ..Comment::default()
                });
                self.flow.open_lines();
            }
            ("office", "annotation-end") => {
                let id = value("office", "name").unwrap_or_default();
                self.piece(Piece::Close(id));
            }
            ("dc", "creator") if !self.annotations.is_empty() => {
                let author = xml.text()?;
                if let Some(own) = self.annotations.last_mut() {
                    own.author = author;
                }
            }
            ("dc", "date") if !self.annotations.is_empty() => {
                let date = xml.text()?;
                if let Some(own) = self.annotations.last_mut() {
                    own.date = date;
                }
            }
            ("table", "table") => self.flow.open_table(),
            ("table", "table-header-rows") => self.heads += 1,
            ("table", "table-row") if !self.flow.is_flat() => self.rows.push(Row {
                is_head: self.heads > 0,
                repeats: count("table", "number-rows-repeated").unwrap_or(1),
                ..Row::default()
            }),
            ("table", "table-cell" | "covered-table-cell") if !self.flow.is_flat() => {
                if let Some(row) = self.rows.last_mut() {
                    row.cell = Some(Cell {
                        is_covered: element.name.pair().1 == "covered-table-cell",
                        repeats: count("table", "number-columns-repeated").unwrap_or(1),
                    });
                    self.flow.open_lines();
                }
            }
            ("draw", "frame") => self.frames.push(Frame::default()),
            ("draw", "text-box") => self.flow.open_box(),
            ("draw", "image") => {
                if let Some(frame) = self.frames.last_mut()
                    && !std::mem::replace(&mut frame.is_picture, true)
                {
                    self.seen.pictures += 1;
                }
            }
            ("svg", "title") => {
                let title = xml.text()?;
                if let Some(frame) = self.frames.last_mut() {
                    frame.title = title;
                }
            }
            ("svg", "desc") => {
                let description = xml.text()?;
                if let Some(frame) = self.frames.last_mut() {
                    frame.description = description;
                }
            }
            ("draw", "object" | "object-ole") => {
                self.seen.objects += 1;
                xml.skip()?;
                // Beside it stands a picture of it.
                if let Some(frame) = self.frames.last_mut() {
                    frame.is_picture = true;
                }
            }
            // What is left out, with all that is in it: the number of a note, how a word is read
            // aloud, patterns of which indexes are made, what belongs to a form, data.
            (
                "text",
                "note-citation"
                | "ruby-text"
                | "table-of-content-source"
                | "illustration-index-source"
                | "table-index-source"
                | "object-index-source"
                | "user-index-source"
                | "alphabetical-index-source"
                | "bibliography-source"
                | "sequence-decls"
                | "variable-decls"
                | "user-field-decls"
                | "script",
            )
            | ("office", "forms" | "binary-data" | "event-listeners" | "settings")
            | ("meta", "creator-initials")
            | ("loext", "sender-initials")
            | ("math", _) => xml.skip()?,
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: (&str, &str)) {
        match name {
            ("office", "text") => self.is_in_text = false,
            ("text", "p" | "h") => self.end_paragraph(),
            ("text", "span" | "a") => _ = self.sets.pop(),
            ("text", "list") => self.end_list(),
            ("text", "list-item" | "list-header") => {
                if let Some(list) = self.lists.last_mut() {
                    list.item = None;
                }
            }
            ("text", "note") => {
                let pieces = self.flow.close_lines();
                if let Some(number) = self.flow.footnote(pieces) {
                    self.piece(Piece::Refer(number));
                }
            }
            ("office", "annotation") => {
                let pieces = self.flow.close_lines();
                if let Some(mut comment) = self.annotations.pop() {
                    comment.text = plain(&pieces);
                    self.comments.push(comment);
                }
            }
            ("table", "table") => self.flow.close_table(),
            ("table", "table-header-rows") => self.heads = self.heads.saturating_sub(1),
            ("table", "table-row") if !self.flow.is_flat() => self.end_row(),
            ("table", "table-cell" | "covered-table-cell") if self.is_in_cell() => self.end_cell(),
            ("draw", "frame") => {
                if let Some(frame) = self.frames.pop().filter(|frame| frame.is_picture) {
                    let is_said = !frame.description.trim().is_empty();
                    let shows = if is_said {
                        frame.description
                    } else {
                        frame.title
                    };
                    self.piece(Piece::Picture(shows));
                }
            }
            ("draw", "text-box") => {
                for paragraph in self.flow.close_box() {
                    self.paragraph(paragraph);
                }
            }
            _ => {}
        }
    }

    // ── words ────────────────────────────────────────────────────────────────────────

    fn piece(&mut self, piece: Piece) {
        if let Some(open) = self.paragraphs.last_mut() {
            open.paragraph.pieces.push(piece);
        }
    }

    fn is_spaced(&mut self, is: bool) {
        if let Some(open) = self.paragraphs.last_mut() {
            open.ends_in_space = is;
        }
    }

    /// Words between elements: all white space that comes together is one space (6.1.2).
    fn words(&mut self, words: &str) {
        let Some(open) = self.paragraphs.last_mut() else {
            return;
        };
        let mut single = String::with_capacity(words.len());
        for c in words.chars() {
            let is_space = matches!(c, ' ' | '\t' | '\n' | '\r');
            if !is_space {
                single.push(c);
            } else if !open.ends_in_space {
                single.push(' ');
            }
            open.ends_in_space = is_space;
        }
        self.put(&single);
    }

    /// White space that stays.
    fn exact(&mut self, words: &str) {
        self.put(words);
        self.is_spaced(false);
    }

    fn put(&mut self, words: &str) {
        let set = self.sets.last().cloned().unwrap_or_default();
        let run = set.run;
        if run.is_hidden == Some(true) {
            self.seen.hidden += usize::from(!words.trim().is_empty());
            return;
        }
        let look = Look {
            link: set.link,
            is_strong: run.is_strong.unwrap_or_default(),
            is_emphasis: run.is_emphasis.unwrap_or_default(),
            is_code: run.is_code,
            is_subscript: run.align.is_some_and(|align| align < 0),
            is_superscript: run.align.is_some_and(|align| align > 0),
        };
        if let Some(open) = self.paragraphs.last_mut().filter(|_| !words.is_empty()) {
            match open.paragraph.pieces.last_mut() {
                Some(Piece::Words(before, same)) if *same == look => before.push_str(words),
                _ => open
                    .paragraph
                    .pieces
                    .push(Piece::Words(words.to_owned(), look)),
            }
        }
    }

    /// How often something may be repeated that is to be repeated so often.
    fn repeated(&mut self, count: usize) -> usize {
        let may = count.min(self.left_to_repeat.max(1));
        self.left_to_repeat = self.left_to_repeat.saturating_sub(may);
        may
    }

    // ── paragraphs and lists ─────────────────────────────────────────────────────────

    fn end_paragraph(&mut self) {
        self.sets.pop();
        let Some(mut open) = self.paragraphs.pop() else {
            return;
        };
        let role = match open.level {
            Some(_) if self.styles.role(&open.style) == Role::Title => Role::Title,
            Some(level) => Role::Heading(level),
            None => self.styles.role(&open.style),
        };
        let is_blank = open.paragraph.is_blank();
        let outer = self.paragraphs.last();
        let is_boxed = outer.is_some_and(|outer| outer.depth == open.depth);
        open.paragraph.role = match role {
            _ if is_blank => role,
            Role::Title | Role::Code | Role::Caption => role,
            Role::Heading(level) => {
                self.seen.heading_numbers += usize::from(self.styles.is_numbered(level));
                role
            }
            _ if is_boxed => role,
            _ => self.listed(role, open.depth),
        };
        if open.depth < self.flow.depth() {
            // A note that has not ended, which no file has.
            return;
        }
        self.paragraph_at(open.paragraph, open.depth);
    }

    /// Puts a paragraph behind the one that it stands in, if any.
    fn paragraph(&mut self, paragraph: Paragraph) {
        self.paragraph_at(paragraph, self.flow.depth());
    }

    fn paragraph_at(&mut self, mut paragraph: Paragraph, depth: usize) {
        match self.paragraphs.last_mut() {
            Some(outer) if outer.depth == depth => {
                let boxed = std::mem::take(&mut paragraph.boxed);
                outer.paragraph.boxed.push(paragraph);
                outer.paragraph.boxed.extend(boxed);
            }
            _ => self.flow.paragraph(paragraph),
        }
    }

    /// What a paragraph is that stands in a list.
    fn listed(&mut self, role: Role, place: usize) -> Role {
        let depth = self.lists.len();
        let list = self.lists.last_mut().filter(|list| list.depth == place);
        let Some(list) = list else {
            return role;
        };
        let sign = self
            .styles
            .list(&list.style, depth)
            .map_or(Sign::Bullet, |level| level.sign);
        let Some(item) = &mut list.item else {
            return role;
        };
        if item.is_over {
            // It would go on with an item of the list inside.
            return Role::Text;
        }
        let is_begun = std::mem::replace(&mut item.is_begun, true);
        if is_begun || item.is_header || sign == Sign::Blank {
            return Role::GoesOn;
        }
        Role::Item {
            depth: u8::try_from(depth).unwrap_or(u8::MAX),
            number: (sign == Sign::Number).then_some(item.number),
        }
    }

    fn start_list(
        &mut self,
        style: Option<String>,
        name: Option<String>,
        goes_on: bool,
        after: Option<&str>,
    ) {
        let outer = self.lists.last_mut();
        if let Some(item) = outer.and_then(|outer| outer.item.as_mut()) {
            item.is_over = item.is_begun;
        }
        let outer = self.lists.last().map(|outer| outer.style.clone());
        let style = style.or(outer).unwrap_or_default();
        let key = (self.lists.len(), style);
        let last = match after {
            Some(name) => self.named.get(name).copied(),
            None if goes_on => self.ended.get(&key).copied(),
            None => None,
        };
        self.lists.push(List {
            style: key.1,
            name,
            depth: self.flow.depth(),
            last,
            item: None,
        });
    }

    fn end_list(&mut self) {
        let Some(list) = self.lists.pop() else {
            return;
        };
        if let Some(last) = list.last {
            if let Some(name) = list.name {
                self.named.insert(name, last);
            }
            self.ended.insert((self.lists.len(), list.style), last);
        }
    }

    fn start_item(&mut self, start: Option<usize>, is_header: bool) {
        let depth = self.lists.len();
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        let level = self.styles.list(&list.style, depth);
        let first = level.map_or(1, |level| level.start);
        let next = list.last.map_or(first, |last| last.saturating_add(1));
        let start = start.and_then(|start| u32::try_from(start).ok());
        let number = start.unwrap_or(next);
        if !is_header {
            list.last = Some(number);
        }
        list.item = Some(Item {
            number,
            is_begun: false,
            is_over: false,
            is_header,
        });
    }

    // ── tables ───────────────────────────────────────────────────────────────────────

    /// Whether a cell is open that is one of the text's.
    fn is_in_cell(&self) -> bool {
        let is_open = self.rows.last().is_some_and(|row| row.cell.is_some());
        is_open && !self.flow.is_flat()
    }

    fn end_cell(&mut self) {
        let pieces = self.flow.close_lines();
        let cell = self.rows.last_mut().and_then(|row| row.cell.take());
        let Some(Cell {
            is_covered,
            repeats,
        }) = cell
        else {
            return;
        };
        let pieces = if is_covered { Vec::new() } else { pieces };
        let count = match repeats {
            0 | 1 => 1,
            repeats => self.repeated(repeats.min(MOST_COLUMNS)),
        };
        if pieces.iter().any(is_said) {
            self.seen.repeats += repeats.saturating_sub(count);
        }
        if let Some(row) = self.rows.last_mut() {
            for _ in 1..count {
                row.cells.push(pieces.clone());
            }
            row.cells.push(pieces);
        }
    }

    fn end_row(&mut self) {
        let Some(row) = self.rows.pop() else {
            return;
        };
        let says = row.cells.iter().flatten().any(is_said);
        let count = match row.repeats {
            repeats if repeats > 1 && says => {
                let cells = row.cells.len().max(1);
                let count = self.repeated(repeats.saturating_mul(cells)) / cells;
                let count = count.max(1);
                self.seen.repeats += repeats - count;
                count
            }
            // Rows without words need not be there a million times.
            _ => 1,
        };
        for _ in 0..count {
            self.flow.row(row.is_head);
            for cell in &row.cells {
                self.flow.cell(cell);
            }
        }
    }

    /// Counts the changes that are tracked (5.5), of which nothing stands in the text but insertions.
    fn changes(&mut self, xml: &mut Xml) -> Result<(), Refused> {
        let at = xml.depth();
        while let Some(region) = xml.child(at)? {
            if region.name.pair() != ("text", "changed-region") {
                continue;
            }
            while let Some(change) = xml.child(at + 1)? {
                match change.name.pair() {
                    ("text", "insertion") => self.seen.insertions += 1,
                    ("text", "deletion") => self.seen.deletions += 1,
                    _ => {}
                }
            }
        }
        Ok(())
    }
}
