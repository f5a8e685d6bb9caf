//! Writes blocks as the parser's events come.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::footnotes::Numbers;
use super::outstanding::{Outstanding, is_break};
use crate::document::{Begins, BlockKind, Builder, InlineKind};

/// The most that a list's items are deep; what is deeper stands there.
const MOST_DEPTH: u8 = 32;

/// What words stand in.
enum Container {
    Quotation,
    /// A list, with the number of its next item.
    List(Option<u64>),
    /// An item: its number, and whether its first words have come.
    Item(Option<u32>, bool),
}

/// A text that is being written.
#[derive(Default)]
pub(super) struct Writer {
    pub(super) builder: Builder,
    pub(super) numbers: Numbers,
    /// How many images were left out, blocks of HTML, and tags inside lines.
    pub(super) images: usize,
    pub(super) html_blocks: usize,
    pub(super) html_tags: usize,
    containers: Vec<Container>,
    /// How many of these are quotations, and lists.
    quotations: usize,
    lists: usize,
    /// The number of the footnote that is being written.
    footnote: Option<u32>,
    /// What the next words begin, where that is not what the containers say.
    to_begin: Option<BlockKind>,
    /// The next words stand in a line of their own.
    is_new_line: bool,
    outstanding: Outstanding,
    has_title: bool,
    is_code: bool,
    /// What begins with the next cell, and whether it heads its column.
    begins: Option<Begins>,
    is_head: bool,
    /// The HTML of a block.
    html: Option<String>,
}

impl Writer {
    /// Whether what comes stands in nothing else.
    pub(super) fn is_free(&self) -> bool {
        self.containers.is_empty() && self.footnote.is_none()
    }

    /// What comes now is a footnote.
    pub(super) fn begin_footnote(&mut self, number: u32) {
        self.separate();
        self.builder.end_block();
        self.footnote = Some(number);
    }

    /// The next words describe an image that stands alone.
    pub(super) fn begin_description(&mut self) {
        self.separate();
        self.to_begin = Some(BlockKind::Description);
    }

    /// Writes what an event says.
    pub(super) fn write(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) if self.is_code => self.exact(&words),
            Event::Text(words) => self.words(&words),
            Event::Code(words) => {
                self.outstanding
                    .open(Some(InlineKind::Code), &mut self.builder);
                self.exact(&words);
                self.outstanding.close(&mut self.builder);
            }
            Event::Html(piece) => match &mut self.html {
                Some(html) => html.push_str(&piece),
                None => self.html_blocks += 1,
            },
            Event::InlineHtml(tag) if is_break(&tag) => self.break_line(),
            Event::InlineHtml(tag) => {
                let is_known = self.outstanding.tag(&tag, &mut self.builder);
                self.html_tags += usize::from(!is_known);
            }
            Event::FootnoteReference(label) => self.refer(&label),
            Event::SoftBreak => self.words(" "),
            Event::HardBreak => self.break_line(),
            Event::Rule => self.separate(),
            // Options that are off.
            Event::InlineMath(words) | Event::DisplayMath(words) => self.words(&words),
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.separate(),
            Tag::Heading { level, .. } => {
                self.separate();
                if self.is_free() {
                    let level = level as u8;
                    self.to_begin = Some(match level {
                        1 if !self.has_title => BlockKind::Title,
                        level => BlockKind::Heading(level.max(2)),
                    });
                }
            }
            Tag::BlockQuote(_) => {
                self.edge();
                self.quotations += 1;
                self.containers.push(Container::Quotation);
            }
            Tag::List(number) => {
                self.edge();
                self.lists += 1;
                self.containers.push(Container::List(number));
            }
            Tag::Item => {
                self.edge();
                let mut number = None;
                if let Some(Container::List(Some(next))) = self.containers.last_mut() {
                    number = Some(u32::try_from(*next).unwrap_or(u32::MAX));
                    *next = next.saturating_add(1);
                }
                self.containers.push(Container::Item(number, false));
            }
            Tag::CodeBlock(_) => {
                self.edge();
                self.is_code = true;
                self.to_begin = Some(BlockKind::Code).filter(|_| self.footnote.is_none());
            }
            Tag::HtmlBlock => {
                self.separate();
                self.html = Some(String::new());
            }
            Tag::Table(_) => {
                self.edge();
                self.begins = Some(Begins::Table);
            }
            Tag::TableHead => self.row(true),
            Tag::TableRow => self.row(false),
            Tag::TableCell => self.cell(),
            Tag::Emphasis => self
                .outstanding
                .open(Some(InlineKind::Emphasis), &mut self.builder),
            Tag::Strong => self
                .outstanding
                .open(Some(InlineKind::Strong), &mut self.builder),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => {
                let address = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}").into(),
                    _ => (*dest_url).into(),
                };
                self.outstanding
                    .open(Some(InlineKind::Link(address)), &mut self.builder);
            }
            Tag::Image { .. } => {
                self.images += 1;
                self.outstanding.open_image(&mut self.builder);
            }
            // Struck through, or of an option that is off.
            Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => self.outstanding.open(None, &mut self.builder),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) => self.separate(),
            TagEnd::BlockQuote(_) => {
                self.edge();
                self.quotations = self.quotations.saturating_sub(1);
                self.containers.pop();
            }
            TagEnd::List(_) => {
                self.edge();
                self.lists = self.lists.saturating_sub(1);
                self.containers.pop();
            }
            TagEnd::Item => {
                self.edge();
                self.containers.pop();
            }
            TagEnd::CodeBlock => {
                self.edge();
                self.is_code = false;
            }
            TagEnd::HtmlBlock => {
                let html = self.html.take().unwrap_or_default();
                let is_break = |tag: &str| tag.trim().is_empty() || is_break(tag.trim());
                self.html_blocks += usize::from(!html.split_inclusive('>').all(is_break));
            }
            TagEnd::Table => self.edge(),
            TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell => {
                self.outstanding.close_all(&mut self.builder)
            }
            TagEnd::Image => self.outstanding.close_image(&mut self.builder),
            _ => self.outstanding.close(&mut self.builder),
        }
    }

    /// What is between two containers, or one and its words.
    fn edge(&mut self) {
        self.separate();
        if self.footnote.is_none() {
            self.builder.end_block();
        }
    }

    /// What is between two blocks of words. In an item and a footnote they are lines.
    fn separate(&mut self) {
        self.outstanding.close_all(&mut self.builder);
        self.to_begin = None;
        let is_item = matches!(self.containers.last(), Some(Container::Item(..)));
        if is_item || self.footnote.is_some() {
            self.is_new_line = true;
        } else {
            self.builder.end_block();
        }
    }

    /// Makes a place for words that come.
    fn arrive(&mut self) {
        let is_new_line = std::mem::take(&mut self.is_new_line);
        if self.builder.is_open() {
            if is_new_line {
                self.builder.break_line();
            }
            return;
        }
        let kind = self.to_begin.take().unwrap_or_else(|| self.kind());
        self.has_title |= kind == BlockKind::Title;
        self.builder.begin(kind);
    }

    /// What words are by what they stand in. An item that goes on behind something else, such as a
    /// list inside of it, goes on as text: a second item would be one more.
    fn kind(&mut self) -> BlockKind {
        if let Some(number) = self.footnote {
            return BlockKind::Footnote(number);
        }
        match self.containers.last_mut() {
            Some(Container::Item(number, has_words)) if !*has_words => {
                *has_words = true;
                let depth = u8::try_from(self.lists).unwrap_or(MOST_DEPTH);
                BlockKind::Item {
                    depth: depth.min(MOST_DEPTH),
                    number: *number,
                }
            }
            _ if self.quotations > 0 => BlockKind::Quotation,
            _ => BlockKind::Paragraph,
        }
    }

    fn words(&mut self, words: &str) {
        if words.bytes().any(|byte| !byte.is_ascii_whitespace()) {
            self.arrive();
        }
        self.builder.words(words);
    }

    fn exact(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        self.arrive();
        self.builder.exact(words);
    }

    fn break_line(&mut self) {
        if self.builder.is_open() && !self.is_new_line {
            self.builder.break_line();
        }
    }

    fn refer(&mut self, label: &str) {
        let number = self.numbers.of(label);
        self.arrive();
        self.builder.refer(number);
    }

    fn row(&mut self, is_head: bool) {
        self.is_head = is_head;
        if !is_head {
            self.begins = Some(Begins::Row);
        }
        self.is_new_line = self.footnote.is_some();
    }

    fn cell(&mut self) {
        if self.footnote.is_some() {
            self.builder.words(" ");
            return;
        }
        let begins = self.begins.take().unwrap_or(Begins::Nothing);
        self.builder.begin(BlockKind::cell(begins, self.is_head));
        self.is_new_line = false;
    }
}
