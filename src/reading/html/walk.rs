//! From a page's elements to blocks.

mod cells;
mod elements;
mod lists;
mod pictures;

use std::rc::Rc;

use super::Note;
use super::address::whole;
use super::hidden::{declares, is_hidden};
use super::notes::{Notes, leads_back};
use super::table::Table;
use super::tree::{NodeId, Tree};
use crate::document::{BlockKind, Builder, InlineKind};

pub(crate) use elements::is_block;
use lists::List;

/// Which heading of a page is its headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Headline {
    /// The first of the first level.
    First,
    /// None: it has been written, or there is none.
    Nowhere,
}

/// A way through a page, on which its blocks are written.
pub(crate) struct Walk<'a> {
    tree: &'a Tree,
    builder: &'a mut Builder,
    base: Option<Rc<str>>,
    headline: Headline,
    /// What is to be passed over, besides what a page hides.
    left_out: Option<&'a dyn Fn(NodeId) -> bool>,
    notes: Notes,
    /// The number of the first note.
    first_note: u32,
    /// The elements that are being passed through, from the outermost.
    open: Vec<Open>,
    /// What blocks are, the innermost last.
    places: Vec<Place>,
    lists: Vec<List>,
    /// Those that only lay out a page are none.
    tables: Vec<Option<Table>>,
    /// As what words stand out.
    active: Vec<InlineKind>,
    /// How many elements keep white space.
    exact: usize,
    /// How many lines end here, if words follow in the same block.
    breaks: usize,
    /// What was last asked about pictures: their element, whether they stand alone in it.
    alone: Option<(NodeId, bool)>,
    /// The same of figures: what stands under the picture.
    caption: Option<(NodeId, String)>,
}

/// What ends with an element.
#[derive(Default)]
struct Open {
    is_block: bool,
    is_place: bool,
    is_list: bool,
    is_table: bool,
    is_row: bool,
    is_exact: bool,
    is_quoted: bool,
    /// Empty cells that follow.
    cells: usize,
    inlines: usize,
}

/// What a block is that begins now.
struct Place {
    kind: BlockKind,
    /// All in it is one block: what else would be a block is a line.
    is_whole: bool,
    /// Its paragraphs are lines of one block.
    is_joined: bool,
    /// Its first block has begun.
    is_begun: bool,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(
        tree: &'a Tree,
        base: Option<Rc<str>>,
        headline: Headline,
        builder: &'a mut Builder,
    ) -> Self {
        Self {
            tree,
            builder,
            base,
            headline,
            left_out: None,
            notes: Notes::default(),
            first_note: 1,
            open: Vec::new(),
            places: vec![Place {
                kind: BlockKind::Paragraph,
                is_whole: false,
                is_joined: false,
                is_begun: false,
            }],
            lists: Vec::new(),
            tables: Vec::new(),
            active: Vec::new(),
            exact: 0,
            breaks: 0,
            alone: None,
            caption: None,
        }
    }

    /// Passes over more than what a page hides.
    pub(crate) fn without(mut self, left_out: &'a dyn Fn(NodeId) -> bool) -> Self {
        self.left_out = Some(left_out);
        self
    }

    /// Writes all of a page but its footnotes, which are added to those of other pages.
    pub(crate) fn page(mut self, tree: &Rc<Tree>, notes: &mut Vec<Note>) {
        let address = self.base.as_deref();
        let found = Notes::of(self.tree, address, |node| self.passes_over(node));
        self.first_note = notes.last().map_or(1, |note| note.number.saturating_add(1));
        for (node, number) in found.notes.iter().zip(self.first_note..) {
            notes.push(Note {
                number,
                tree: tree.clone(),
                node: *node,
                base: self.base.clone(),
            });
        }
        self.notes = found;
        let body = self.tree.find("body").unwrap_or(Tree::ROOT);
        self.within(body);
        self.builder.end_block();
    }

    /// Writes a footnote.
    pub(crate) fn note(mut self, note: &Note) {
        self.builder.end_block();
        self.place(BlockKind::Footnote(note.number), true, true);
        self.within(note.node);
        self.builder.end_block();
    }

    fn passes_over(&self, node: NodeId) -> bool {
        is_hidden(self.tree, node) || self.left_out.is_some_and(|left_out| left_out(node))
    }

    /// Writes one element and its content.
    pub(crate) fn element(mut self, node: NodeId) {
        if let Some(open) = self.enter(node) {
            self.open.push(open);
            self.within(node);
            self.leave();
        }
        self.builder.end_block();
    }

    /// Goes through all that an element holds. No call is made for a child, which a page may have at
    /// any depth.
    fn within(&mut self, top: NodeId) {
        let Some(mut node) = self.tree.first(top) else {
            return;
        };
        loop {
            if let Some(open) = self.enter(node) {
                self.open.push(open);
                if let Some(first) = self.tree.first(node) {
                    node = first;
                    continue;
                }
                self.leave();
            }
            loop {
                if let Some(behind) = self.tree.behind(node) {
                    node = behind;
                    break;
                }
                match self.tree.parent(node) {
                    Some(parent) if parent != top => node = parent,
                    _ => return,
                }
                self.leave();
            }
        }
    }

    /// Comes to a node. Nothing where it is not gone into.
    fn enter(&mut self, node: NodeId) -> Option<Open> {
        if let Some(text) = self.tree.text(node) {
            self.say(text);
            return None;
        }
        let name = self.tree.name(node)?;
        if self.notes.numbers.contains_key(&node) {
            if name == "li" {
                self.number(node);
            }
            return None;
        }
        if self.passes_over(node)
            || matches!(name, "a" | "span") && self.is_in_note() && leads_back(self.tree, node)
        {
            return None;
        }
        if let Some(note) = self.notes.references.get(&node) {
            let number = self.notes.numbers.get(note).copied().unwrap_or_default();
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            self.begin();
            self.builder.refer(self.first_note.saturating_add(number));
            return None;
        }
        match name {
            "br" => self.end_line(),
            "img" => self.picture(node),
            "math" => self.formula(node),
            name if is_block(name) => return self.block(node, name),
            name => return self.inline(node, name),
        }
        None
    }

    /// Comes to an element of a line of its own.
    fn block(&mut self, node: NodeId, name: &str) -> Option<Open> {
        let mut open = Open {
            is_block: true,
            ..Open::default()
        };
        self.end_part();
        match name {
            _ if self.is_whole() => match name {
                "pre" | "listing" | "xmp" | "plaintext" if self.exact == 0 => {
                    self.exact += 1;
                    open.is_exact = true;
                }
                // Of a table in a cell or in a note the cells are lines.
                "table" => {
                    self.tables.push(None);
                    open.is_table = true;
                }
                "dt" => self.start(InlineKind::Strong, &mut open),
                _ => {}
            },
            "h1" if self.headline == Headline::First && self.tree.has_words(node) => {
                self.headline = Headline::Nowhere;
                open.is_place = self.place(BlockKind::Title, true, true);
            }
            "h1" | "h2" => open.is_place = self.place(BlockKind::Heading(2), true, true),
            "h3" => open.is_place = self.place(BlockKind::Heading(3), true, true),
            "h4" => open.is_place = self.place(BlockKind::Heading(4), true, true),
            "h5" => open.is_place = self.place(BlockKind::Heading(5), true, true),
            "h6" => open.is_place = self.place(BlockKind::Heading(6), true, true),
            "blockquote" => open.is_place = self.place(BlockKind::Quotation, false, false),
            "figcaption" | "caption" => {
                open.is_place = self.place(BlockKind::Caption, true, true);
            }
            "pre" | "listing" | "xmp" | "plaintext" => {
                if !self.tree.has_words(node) {
                    return None;
                }
                open.is_place = self.place(BlockKind::Code, true, true);
                self.exact += 1;
                open.is_exact = true;
            }
            "ul" | "ol" | "menu" | "dir" => {
                self.list(node, name);
                open.is_list = true;
            }
            "li" => open.is_place = self.item(node),
            "dt" => self.start(InlineKind::Strong, &mut open),
            "table" => {
                self.tables.push(Table::of(self.tree, node));
                open.is_table = true;
            }
            "tr" => {
                if let Some(Some(table)) = self.tables.last_mut() {
                    table.row();
                    open.is_row = true;
                }
            }
            "td" | "th" => self.cell(node, name, &mut open),
            "p" => {
                if let Some(kind) = self.listed_by_word(node).or_else(|| self.byline(node)) {
                    open.is_place = self.place(kind, false, true);
                }
            }
            _ => {}
        }
        Some(open)
    }

    /// Comes to an element inside a line.
    fn inline(&mut self, node: NodeId, name: &str) -> Option<Open> {
        let mut open = Open::default();
        let style = self.tree.attribute(node, "style").unwrap_or("");
        let is = |wanted: &str, values: &[&str]| {
            declares(style, |property, value| {
                property == wanted && values.iter().any(|other| value.starts_with(other))
            })
        };
        match name {
            "em" | "i" | "cite" | "dfn" | "var" if !is("font-style", &["normal"]) => {
                self.start(InlineKind::Emphasis, &mut open);
            }
            // A word processor on the web puts all that is copied into one of these.
            "b" | "strong" if !is("font-weight", &["normal", "400"]) => {
                self.start(InlineKind::Strong, &mut open);
            }
            "code" | "kbd" | "samp" | "tt" => self.start(InlineKind::Code, &mut open),
            "sub" => self.start(InlineKind::Subscript, &mut open),
            "sup" => self.start(InlineKind::Superscript, &mut open),
            "a" => {
                let address = self.tree.attribute(node, "href").unwrap_or("");
                if let Some(address) = whole(address, self.base.as_deref()) {
                    self.start(InlineKind::Link(address.into()), &mut open);
                }
            }
            // Word's, which stands at the end of each paragraph.
            "o:p" if !self.tree.has_words(node) => return None,
            "q" => {
                self.say("“");
                open.is_quoted = true;
            }
            "span" | "font" if !style.is_empty() => {
                // The mark of an item, which is no part of the text.
                if is("mso-list", &["ignore"]) {
                    return None;
                }
                if is("font-style", &["italic", "oblique"]) {
                    self.start(InlineKind::Emphasis, &mut open);
                }
                if is("font-weight", &["bold", "600", "700", "800", "900"]) {
                    self.start(InlineKind::Strong, &mut open);
                }
                if is("vertical-align", &["super"]) {
                    self.start(InlineKind::Superscript, &mut open);
                }
                if is("vertical-align", &["sub"]) && !is("vertical-align", &["super"]) {
                    self.start(InlineKind::Subscript, &mut open);
                }
            }
            _ => {}
        }
        if is("display", &["block", "flex", "grid", "list-item", "table"]) {
            self.end_part();
            open.is_block = true;
        }
        Some(open)
    }

    /// Comes to the end of an element.
    fn leave(&mut self) {
        let Some(open) = self.open.pop() else {
            return;
        };
        if open.is_quoted {
            self.say("”");
        }
        for _ in 0..open.inlines {
            self.active.pop();
            self.builder.end();
        }
        if open.is_exact {
            self.exact -= 1;
        }
        if open.is_row {
            let table = self.tables.last_mut().and_then(Option::as_mut);
            let spanned = table.map_or(0, Table::spanned);
            self.empty_cells(spanned);
        }
        if open.is_table {
            self.builder.end_block();
            self.tables.pop();
        }
        if open.is_list {
            self.lists.pop();
        }
        if open.is_place {
            self.builder.end_block();
            self.breaks = 0;
            self.places.pop();
        } else if open.is_block {
            self.end_part();
        }
        self.empty_cells(open.cells);
    }

    /// Begins another kind of blocks.
    fn place(&mut self, kind: BlockKind, is_whole: bool, is_joined: bool) -> bool {
        self.builder.end_block();
        self.breaks = 0;
        self.places.push(Place {
            kind,
            is_whole,
            is_joined,
            is_begun: false,
        });
        true
    }

    /// Whether all that comes is part of one block.
    fn is_whole(&self) -> bool {
        self.places.last().is_some_and(|place| place.is_whole)
    }

    fn is_in_note(&self) -> bool {
        matches!(
            self.places.first().zip(self.places.get(1)),
            Some((_, place)) if matches!(place.kind, BlockKind::Footnote(_))
        )
    }

    /// Ends a block, or a line where blocks are lines.
    fn end_part(&mut self) {
        let is_joined = self.places.last().is_some_and(|place| place.is_joined);
        if !is_joined {
            self.builder.end_block();
            self.breaks = 0;
        } else if self.builder.is_open() {
            self.breaks = self.breaks.max(1);
        }
    }

    fn end_line(&mut self) {
        if self.builder.is_open() && !self.builder.is_bare() {
            self.breaks += 1;
        }
    }

    /// Sees to it that words have the block to go into that they belong to.
    fn begin(&mut self) {
        let breaks = std::mem::take(&mut self.breaks);
        let Some(place) = self.places.last_mut() else {
            return;
        };
        if self.builder.is_open() && breaks == 1
            || self.builder.is_open() && place.is_joined && breaks > 1
        {
            self.builder.break_line();
            if self.exact > 0 {
                (1..breaks).for_each(|_| self.builder.break_line());
            }
        } else if !self.builder.is_open() || breaks > 1 {
            // An item has gone on with something else: what follows is no item of its own.
            if place.is_joined && place.is_begun {
                place.kind = BlockKind::Paragraph;
                place.is_joined = false;
            }
            place.is_begun = true;
            self.builder.begin(place.kind);
        }
    }

    fn say(&mut self, text: &str) {
        // Lines are kept apart by paragraphs that hold no more than a space that does not break.
        if self.exact == 0 && self.builder.is_bare() && text.trim().is_empty() {
            return;
        }
        if text
            .trim_matches([' ', '\t', '\n', '\r', '\u{c}'])
            .is_empty()
        {
            if self.exact > 0 && self.builder.is_open() {
                self.begin();
                self.builder.exact(text);
            } else if self.exact == 0 && self.builder.is_open() && self.breaks == 0 {
                self.builder.words(" ");
            }
            return;
        }
        self.begin();
        if self.exact > 0 {
            self.builder.exact(text);
        } else {
            self.builder.words(text);
        }
    }

    /// Has words stand out, unless they do so already.
    fn start(&mut self, kind: InlineKind, open: &mut Open) {
        let is_link = |kind: &InlineKind| matches!(kind, InlineKind::Link(_));
        let stands = |own: &InlineKind| *own == kind || is_link(own) && is_link(&kind);
        // So there are never more than one of each kind.
        if self.active.iter().any(stands) || self.exact > 0 {
            return;
        }
        self.builder.start(kind.clone());
        self.active.push(kind);
        open.inlines += 1;
    }

    /// Who wrote a page, as pandoc puts it under the headline.
    fn byline(&self, node: NodeId) -> Option<BlockKind> {
        let header = self.tree.parent(node)?;
        (self.tree.says(node, "class", "author")
            && self.tree.attribute(header, "id") == Some("title-block-header"))
        .then_some(BlockKind::Byline)
    }
}
