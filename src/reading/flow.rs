//! What a reader of office documents finds, paragraph by paragraph, put in order: it goes into a
//! [`Builder`], into a cell, or into a note for later.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{MOST_BLOCKS, Note, Reading, Refused};
use crate::document::{Begins, BlockKind, Builder, InlineKind, Version};
use crate::text::{Span, Utf8};
use crate::words::reading_office as words;

/// A style's name to compare with: whatever the case of its letters, and without what separates words.
pub(super) fn compared(name: &str) -> String {
    let letters = name.chars().filter(|c| !matches!(c, ' ' | '-' | '_'));
    letters.flat_map(char::to_lowercase).collect()
}

/// How words look, as far as it says something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) link: Option<Arc<str>>,
    pub(super) is_strong: bool,
    pub(super) is_emphasis: bool,
    pub(super) is_code: bool,
    pub(super) is_subscript: bool,
    pub(super) is_superscript: bool,
}

impl Look {
    /// What stands out, the outermost first.
    fn kinds(&self) -> Vec<InlineKind> {
        let mut kinds: Vec<InlineKind> = Vec::new();
        kinds.extend(self.link.clone().map(InlineKind::Link));
        let rest = [
            (self.is_strong, InlineKind::Strong),
            (self.is_emphasis, InlineKind::Emphasis),
            (self.is_code, InlineKind::Code),
            (self.is_subscript, InlineKind::Subscript),
            (self.is_superscript, InlineKind::Superscript),
        ];
        kinds.extend(rest.into_iter().filter_map(|(is, kind)| is.then_some(kind)));
        kinds
    }
}

/// What a paragraph is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Words, and how they look.
    Words(String, Look),
    /// The end of a line.
    Break,
    /// A reference to a footnote.
    Refer(u32),
    /// From here on a comment is about the words.
    Open(String),
    /// Up to here.
    Close(String),
    /// A comment is about this place, unless it is about words.
    Point(String),
    /// A picture, and what it shows in words, if anything.
    Picture(String),
}

/// What a paragraph is to a reader, before it is known what stands around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    #[default]
    Text,
    Title,
    /// Of a level, from 1.
    Heading(u8),
    Item {
        depth: u8,
        number: Option<u32>,
    },
    /// A further paragraph of an item.
    GoesOn,
    Quotation,
    Code,
    Caption,
    Byline,
}

/// A paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    pub(super) role: Role,
    pub(super) pieces: Vec<Piece>,
    /// Its end is none: the next goes on with it.
    pub(super) is_joined: bool,
    /// Those of text boxes in it. None of them has any itself.
    pub(super) boxed: Vec<Self>,
}

impl Paragraph {
    /// Whether it says nothing.
    pub(super) fn is_blank(&self) -> bool {
        !self.pieces.iter().any(is_said)
    }
}

/// Whether a piece says something.
pub(super) fn is_said(piece: &Piece) -> bool {
    match piece {
        Piece::Words(words, _) => !words.trim_matches(is_space).is_empty(),
        Piece::Refer(_) => true,
        _ => false,
    }
}

/// White space that may be left out at the ends of a line.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// Where paragraphs go, if not into the text.
#[derive(Debug)]
enum Place {
    /// Into lines of a cell or a note, and whether these say something so far.
    Lines(Vec<Piece>, bool),
    /// Into a text box.
    Box(Vec<Paragraph>),
}

/// A table that is open.
#[derive(Clone, Copy, Debug, Default)]
struct Table {
    /// It stands in a cell, a note or a text box: its cells are lines there.
    is_flat: bool,
    is_head: bool,
    /// What begins with the next cell.
    begins: Option<Begins>,
}

/// What the block was that came last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Last {
    #[default]
    Nothing,
    Heading,
    Item,
    Code,
    Picture,
    Other,
}

/// A text that is being put in order.
#[derive(Debug, Default)]
pub(super) struct Flow {
    builder: Builder,
    places: Vec<Place>,
    tables: Vec<Table>,
    footnotes: Vec<Vec<Piece>>,
    last: Last,
    has_title: bool,
    block_count: usize,
    /// Comments that words have not come for yet.
    opening: BTreeSet<String>,
    /// What comments are about: from where, and up to where, once they are closed.
    about: BTreeMap<String, (Utf8, Option<Utf8>)>,
    /// Behind the last words.
    said: Utf8,
}

impl Flow {
    // ── places ───────────────────────────────────────────────────────────────────────

    /// How many places are open.
    pub(super) fn depth(&self) -> usize {
        self.places.len()
    }

    /// From here on paragraphs are lines of something.
    pub(super) fn open_lines(&mut self) {
        self.places.push(Place::Lines(Vec::new(), false));
    }

    /// The lines since the last [`Flow::open_lines`].
    pub(super) fn close_lines(&mut self) -> Vec<Piece> {
        match self.places.pop() {
            Some(Place::Lines(lines, _)) => lines,
            _ => Vec::new(),
        }
    }

    /// From here on paragraphs are those of a text box.
    pub(super) fn open_box(&mut self) {
        self.places.push(Place::Box(Vec::new()));
    }

    /// The paragraphs since the last [`Flow::open_box`].
    pub(super) fn close_box(&mut self) -> Vec<Paragraph> {
        match self.places.pop() {
            Some(Place::Box(paragraphs)) => paragraphs,
            _ => Vec::new(),
        }
    }

    /// Puts a paragraph where it belongs, and behind it the text boxes in it.
    pub(super) fn paragraph(&mut self, mut paragraph: Paragraph) {
        let boxed = std::mem::take(&mut paragraph.boxed);
        for paragraph in std::iter::once(paragraph).chain(boxed) {
            match self.places.last_mut() {
                Some(Place::Box(paragraphs)) => paragraphs.push(paragraph),
                Some(Place::Lines(lines, says)) => {
                    if !paragraph.is_blank() && std::mem::replace(says, true) {
                        lines.push(Piece::Break);
                    }
                    lines.extend(paragraph.pieces);
                }
                None => self.emit(&paragraph),
            }
        }
    }

    // ── tables ───────────────────────────────────────────────────────────────────────

    /// A table begins.
    pub(super) fn open_table(&mut self) {
        self.tables.push(Table {
            is_flat: !self.places.is_empty(),
            is_head: false,
            begins: Some(Begins::Table),
        });
    }

    /// It ends.
    pub(super) fn close_table(&mut self) {
        self.tables.pop();
    }

    /// Whether the cells of the table are lines in something else, or there is no table.
    pub(super) fn is_flat(&self) -> bool {
        self.tables.last().is_none_or(|table| table.is_flat)
    }

    /// A row begins.
    pub(super) fn row(&mut self, is_head: bool) {
        if let Some(table) = self.tables.last_mut() {
            table.is_head = is_head;
            table.begins.get_or_insert(Begins::Row);
        }
    }

    /// A cell.
    pub(super) fn cell(&mut self, pieces: &[Piece]) {
        let Some(table) = self.tables.last_mut().filter(|table| !table.is_flat) else {
            return;
        };
        let begins = table.begins.take().unwrap_or(Begins::Nothing);
        let kind = BlockKind::cell(begins, table.is_head);
        if self.begin(kind, Last::Other) {
            self.put(pieces, false);
        }
    }

    // ── notes ────────────────────────────────────────────────────────────────────────

    /// Keeps a footnote for the end of the text: the number that it is referred to by, where it
    /// says something.
    pub(super) fn footnote(&mut self, pieces: Vec<Piece>) -> Option<u32> {
        if !pieces.iter().any(is_said) {
            return None;
        }
        self.footnotes.push(pieces);
        u32::try_from(self.footnotes.len()).ok()
    }

    /// The text; what each comment is about: nothing but a place where it begins and ends without
    /// words between.
    ///
    /// # Errors
    /// A sentence where there is no text, or more than [`MOST_BLOCKS`].
    pub(super) fn finish(mut self) -> Result<(Version, BTreeMap<String, Span>), Refused> {
        self.places.clear();
        for (number, pieces) in (1..).zip(std::mem::take(&mut self.footnotes)) {
            if self.begin(BlockKind::Footnote(number), Last::Other) {
                self.put(&pieces, false);
            }
        }
        if self.block_count > MOST_BLOCKS {
            return Err(crate::words::reading::TOO_MANY_BLOCKS.into());
        }
        for name in std::mem::take(&mut self.opening) {
            self.about.insert(name, (self.said, None));
        }
        let version = self.builder.finish();
        if version.text.text().is_empty() {
            return Err(words::NO_WORDS.into());
        }
        let length = version.text.text().len();
        let span = |(start, end): (Utf8, Option<Utf8>)| {
            let start = start.index().min(length);
            let end = end.map_or(start, |end| end.index().clamp(start, length));
            Span::between(start, end)
        };
        let about = self.about.into_iter();
        let about = about.map(|(name, place)| (name, span(place))).collect();
        Ok((version, about))
    }

    // ── the text ─────────────────────────────────────────────────────────────────────

    /// Begins a block, unless there are too many.
    fn begin(&mut self, kind: BlockKind, last: Last) -> bool {
        self.block_count += 1;
        self.last = last;
        let fits = self.block_count <= MOST_BLOCKS;
        if fits {
            self.builder.begin(kind);
        }
        fits
    }

    fn emit(&mut self, paragraph: &Paragraph) {
        let is_blank = paragraph.is_blank();
        if is_blank || paragraph.role == Role::Caption {
            self.describe(&paragraph.pieces);
        }
        if is_blank {
            let is_code = paragraph.role == Role::Code && self.last == Last::Code;
            if is_code {
                self.builder.break_line();
            }
            self.marks(&paragraph.pieces);
            return;
        }
        if self.goes_on(paragraph.role) {
            self.builder.break_line();
        } else {
            let (kind, last) = self.kind(paragraph.role);
            if !self.begin(kind, last) {
                return;
            }
        }
        self.put(&paragraph.pieces, paragraph.role == Role::Code);
    }

    /// Whether a paragraph is a line of the block before.
    fn goes_on(&self, role: Role) -> bool {
        let is_same = match role {
            Role::GoesOn => self.last == Last::Item,
            Role::Code => self.last == Last::Code,
            _ => false,
        };
        is_same && self.builder.is_open()
    }

    /// What a paragraph is, with all that stands before it.
    fn kind(&mut self, role: Role) -> (BlockKind, Last) {
        let is_first = self.last == Last::Nothing;
        match role {
            Role::Title | Role::Heading(1)
                if !self.has_title && (role == Role::Title || is_first) =>
            {
                self.has_title = true;
                (BlockKind::Title, Last::Heading)
            }
            Role::Title => (BlockKind::Heading(2), Last::Other),
            Role::Heading(level) => {
                let level = level.saturating_add(u8::from(self.has_title)).clamp(2, 6);
                (BlockKind::Heading(level), Last::Other)
            }
            Role::Item { depth, number } => (BlockKind::Item { depth, number }, Last::Item),
            Role::Quotation => (BlockKind::Quotation, Last::Other),
            Role::Code => (BlockKind::Code, Last::Code),
            Role::Caption if self.last == Last::Picture => (BlockKind::Caption, Last::Other),
            Role::Byline if self.last == Last::Heading => (BlockKind::Byline, Last::Heading),
            Role::Text | Role::GoesOn | Role::Caption | Role::Byline => {
                (BlockKind::Paragraph, Last::Other)
            }
        }
    }

    /// What the pictures among some pieces show, each a block.
    fn describe(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            if let Piece::Picture(shows) = piece {
                let shows = shows.trim();
                if !shows.is_empty() && self.begin(BlockKind::Description, Last::Picture) {
                    self.builder.words(shows);
                    self.said = self.builder.here();
                }
                self.last = Last::Picture;
            }
        }
    }

    /// The beginnings and ends of comments among some pieces that say nothing.
    fn marks(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match piece {
                Piece::Open(name) => _ = self.opening.insert(name.clone()),
                Piece::Close(name) => self.close(name),
                Piece::Point(name) => self.point(name),
                _ => {}
            }
        }
    }

    fn point(&mut self, name: &str) {
        if !self.about.contains_key(name) && !self.opening.contains(name) {
            self.about
                .insert(name.to_owned(), (self.said, Some(self.said)));
        } else {
            self.close(name);
        }
    }

    fn close(&mut self, name: &str) {
        let said = self.said;
        if self.opening.remove(name) {
            self.about.insert(name.to_owned(), (said, Some(said)));
        } else if let Some((_, end @ None)) = self.about.get_mut(name) {
            *end = Some(said);
        }
    }

    /// Puts pieces into the open block. White space at the ends of a line is layout and goes, but in
    /// code.
    fn put(&mut self, pieces: &[Piece], is_code: bool) {
        let mut open: Vec<InlineKind> = Vec::new();
        // White space that stays if words follow.
        let mut space = String::new();
        let mut is_start = true;
        for piece in pieces {
            match piece {
                Piece::Words(words, look) => {
                    let words: &str = words;
                    let core = if is_code {
                        words
                    } else {
                        words.trim_matches(is_space)
                    };
                    if core.is_empty() {
                        space += words;
                        continue;
                    }
                    let before = words.len() - words.trim_start_matches(is_space).len();
                    let (before, behind) = match is_code {
                        true => ("", ""),
                        false => (&words[..before], &words[before + core.len()..]),
                    };
                    let mut kinds = look.kinds();
                    if is_code {
                        kinds.retain(|kind| matches!(kind, InlineKind::Link(_)));
                    }
                    // What goes on stays open, so that it is in one piece; a link before all.
                    let is_link = |kind: &&InlineKind| matches!(kind, InlineKind::Link(_));
                    let same = if open.iter().find(is_link) == kinds.iter().find(is_link) {
                        open.iter().take_while(|kind| kinds.contains(kind)).count()
                    } else {
                        0
                    };
                    for _ in same..open.len() {
                        self.builder.end();
                    }
                    open.truncate(same);
                    space += before;
                    if !is_start {
                        self.builder.exact(&space);
                    }
                    space.clear();
                    kinds.retain(|kind| !open.contains(kind));
                    for kind in kinds {
                        self.builder.start(kind.clone());
                        open.push(kind);
                    }
                    let here = self.builder.here();
                    for name in std::mem::take(&mut self.opening) {
                        self.about.entry(name).or_insert((here, None));
                    }
                    self.builder.exact(core);
                    self.said = self.builder.here();
                    space += behind;
                    is_start = false;
                }
                Piece::Break => {
                    space.clear();
                    self.builder.break_line();
                    is_start = !is_code;
                }
                Piece::Refer(number) => self.builder.refer(*number),
                Piece::Open(name) => _ = self.opening.insert(name.clone()),
                Piece::Close(name) => self.close(name),
                Piece::Point(name) => self.point(name),
                Piece::Picture(_) => {}
            }
        }
        for _ in open {
            self.builder.end();
        }
    }
}

/// What pieces say, in lines.
pub(super) fn plain(pieces: &[Piece]) -> String {
    let mut plain = String::new();
    for piece in pieces {
        match piece {
            Piece::Words(words, _) => plain += words,
            Piece::Break => plain.push('\n'),
            _ => {}
        }
    }
    plain.trim().to_owned()
}

/// A comment, and the name that the text gives it.
#[derive(Debug, Default)]
pub(super) struct Comment {
    pub(super) id: String,
    pub(super) author: String,
    pub(super) date: String,
    pub(super) text: String,
}

/// Gives a reading the comments, where they are asked for, or says that they were left out.
pub(super) fn add_comments(
    reading: &mut Reading,
    comments: Vec<Comment>,
    about: &BTreeMap<String, Span>,
    are_asked_for: bool,
) {
    let all = comments.len();
    if !are_asked_for {
        add_remarks(reading, &[(all, words::comments)]);
        return;
    }
    let notes = comments.into_iter().filter_map(|comment| {
        let span = *about.get(&comment.id)?;
        let Comment {
            author, date, text, ..
        } = comment;
        Some(Note {
            span,
            author,
            date,
            text,
        })
    });
    reading.notes = notes.collect();
    reading
        .notes
        .sort_by_key(|note| (note.span.start, note.span.end));
    let without_place = all - reading.notes.len();
    add_remarks(reading, &[(without_place, words::comments_without_place)]);
}

/// The sentence that says how many there were of something.
pub(super) type Sentence = fn(usize) -> String;

/// Says what there was any of.
pub(super) fn add_remarks(reading: &mut Reading, counted: &[(usize, Sentence)]) {
    for (count, sentence) in counted {
        if *count > 0 {
            reading.remarks.push(sentence(*count));
        }
    }
}
