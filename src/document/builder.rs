//! Makes a version of a text piece by piece, as readers of files come to them.

use super::{Block, BlockKind, Inline, InlineKind, Version};
use crate::text::{Digest, Span, TextIndex, Utf8};

/// A version that is being made.
#[derive(Debug, Default)]
pub struct Builder {
    text: String,
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
    /// The block that words go into: its kind and where it begins.
    open: Option<(BlockKind, usize)>,
    /// What stands out and has not ended: as what, and where it begins, once words have come.
    around: Vec<(InlineKind, Option<usize>)>,
    /// White space has come, which stands for one space if words follow.
    is_spaced: bool,
}

impl Builder {
    /// Begins a block, and ends the one before.
    pub fn begin(&mut self, kind: BlockKind) {
        self.end_block();
        if !self.blocks.is_empty() {
            self.text.push('\n');
        }
        self.open = Some((kind, self.text.len()));
    }

    /// Whether words have a block to go into.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Whether the open block holds no words yet.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.open.is_none_or(|(_, start)| start == self.text.len())
    }

    /// Where the next words will stand, but for a space before them.
    #[must_use]
    pub fn here(&self) -> Utf8 {
        self.text.len().into()
    }

    /// Puts words at the end, in a paragraph where no block is open. White space (space, tab, line
    /// feed, form feed, carriage return) becomes one space, and none at the ends of a line.
    pub fn words(&mut self, words: &str) {
        let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
        for piece in words.split_inclusive(is_space) {
            let word = piece.trim_end_matches(is_space);
            if !word.is_empty() {
                let space = std::mem::take(&mut self.is_spaced) && !self.is_at_start();
                self.put(if space { " " } else { "" }, word);
            }
            self.is_spaced |= word.len() < piece.len();
        }
    }

    /// Puts words at the end as they are, but for line ends: CRLF and a lone CR become LF.
    pub fn exact(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        let space = std::mem::take(&mut self.is_spaced) && !self.is_at_start();
        let space = if space { " " } else { "" };
        if words.contains('\r') {
            self.put(space, &words.replace("\r\n", "\n").replace('\r', "\n"));
        } else {
            self.put(space, words);
        }
    }

    fn put(&mut self, space: &str, words: &str) {
        if self.open.is_none() {
            self.begin(BlockKind::Paragraph);
        }
        self.text.push_str(space);
        for (_, start) in &mut self.around {
            start.get_or_insert(self.text.len());
        }
        self.text.push_str(words);
    }

    /// Whether a line begins: there is nothing for a space to stand behind.
    fn is_at_start(&self) -> bool {
        self.is_bare() || self.text.ends_with('\n')
    }

    /// Ends a line inside a block, where there is one.
    pub fn break_line(&mut self) {
        self.is_spaced = false;
        if !self.is_bare() {
            self.text.push('\n');
        }
    }

    /// From here on words stand out.
    pub fn start(&mut self, kind: InlineKind) {
        self.around.push((kind, None));
    }

    /// They stand out no longer as they were said to last.
    pub fn end(&mut self) {
        if let Some((kind, start)) = self.around.pop() {
            self.keep(kind, start);
        }
    }

    fn keep(&mut self, kind: InlineKind, start: Option<usize>) {
        let kind = match kind {
            InlineKind::Link(address) => InlineKind::Link(without_space(&address).into()),
            kind => kind,
        };
        // What leads nowhere or is about no words is nothing.
        let leads = !matches!(&kind, InlineKind::Link(address) if address.is_empty());
        if let Some(start) = start.filter(|start| leads && *start < self.text.len()) {
            let span = Span::between(start, self.text.len());
            self.inlines.push(Inline { kind, span });
        }
    }

    /// Refers to a footnote, in a paragraph where no block is open.
    pub fn refer(&mut self, number: u32) {
        if self.open.is_none() {
            self.begin(BlockKind::Paragraph);
        }
        let here = self.text.len();
        self.inlines.push(Inline {
            kind: InlineKind::Reference(number),
            span: Span::between(here, here),
        });
    }

    /// Ends the open block. One without words goes, unless it is a cell. What stands out does so
    /// again in the next.
    pub fn end_block(&mut self) {
        self.is_spaced = false;
        let Some((kind, start)) = self.open.take() else {
            return;
        };
        let length = start + self.text[start..].trim_end_matches('\n').len();
        self.text.truncate(length);
        for number in 0..self.around.len() {
            let (kind, start) = self.around[number].clone();
            self.keep(kind, start);
            self.around[number].1 = None;
        }
        // Those of this block came last: to look through all would cost that with every block.
        let own = self.inlines.iter().rev();
        let own = own
            .take_while(|own| own.span.start.index() >= start)
            .count();
        let own = self.inlines.len() - own;
        if length == start && !matches!(kind, BlockKind::Cell { .. }) {
            self.inlines.truncate(own);
            if !self.blocks.is_empty() {
                self.text.pop();
            }
            return;
        }
        // What ended with a line that is no more ends before it.
        for Inline { span, .. } in &mut self.inlines[own..] {
            let end = span.end.index().min(length);
            *span = Span::between(span.start.index().min(length), end);
        }
        self.blocks.push(Block {
            kind,
            span: Span::between(start, length),
        });
    }

    /// The version.
    #[must_use]
    pub fn finish(mut self) -> Version {
        self.end_block();
        let mut inlines = self.inlines;
        inlines.retain(|inline| {
            !inline.span.is_empty() || matches!(inline.kind, InlineKind::Reference(_))
        });
        // As they ended, those inside come first; but references at one place stand in their order.
        inlines.reverse();
        inlines.sort_by_key(|inline| (inline.span.start, std::cmp::Reverse(inline.span.end)));
        // References beside each other have no words between them: they are in the order of the text.
        let is_reference = |inline: &Inline| matches!(inline.kind, InlineKind::Reference(_));
        let are_together =
            |a: &Inline, b: &Inline| a.span == b.span && is_reference(a) && is_reference(b);
        inlines
            .chunk_by_mut(are_together)
            .for_each(<[Inline]>::reverse);
        Version {
            digest: Digest::of(&self.text),
            blocks: self.blocks.into(),
            inlines: inlines.into(),
            text: TextIndex::new(self.text),
        }
    }
}

/// An address as a file has it, with what separates words in ours written otherwise.
fn without_space(address: &str) -> String {
    let mut clean = String::new();
    for c in address.trim().chars() {
        if c.is_whitespace() || c.is_control() {
            for byte in c.to_string().bytes() {
                clean += &format!("%{byte:02X}");
            }
        } else {
            clean.push(c);
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Begins;

    fn stands(version: &Version) -> Vec<(String, &str)> {
        let parts = version.parts();
        parts
            .map(|(kind, words)| (kind.to_string(), words))
            .collect()
    }

    fn outstanding(version: &Version) -> Vec<(&InlineKind, &str)> {
        let inlines = version.inlines.iter();
        inlines
            .map(|own| (&own.kind, own.span.of(version.text.text())))
            .collect()
    }

    #[test]
    fn white_space_is_one_space_between_words_and_none_elsewhere() {
        let mut builder = Builder::default();
        builder.words(" \n One\t");
        builder.words("two");
        builder.words(" \u{a0} three ");
        builder.break_line();
        builder.words("  four ");
        builder.break_line();
        builder.begin(BlockKind::Code);
        builder.exact("  a\r\n\tb\r");
        builder.begin(BlockKind::Paragraph);
        builder.words(" ");
        let version = builder.finish();
        let expected = [("text", "One two \u{a0} three\nfour"), ("code", "  a\n\tb")];
        assert_eq!(
            stands(&version),
            expected.map(|(kind, words)| (kind.to_owned(), words))
        );
        assert_eq!(version, again(&version));
    }

    #[test]
    fn what_stands_out_begins_and_ends_with_words() {
        use InlineKind::{Emphasis, Link, Reference, Strong};
        let mut builder = Builder::default();
        builder.words("See ");
        builder.start(Link("https://example.org/a b".into()));
        builder.start(Strong);
        builder.words(" this ");
        builder.end();
        builder.words("one ");
        builder.end();
        builder.refer(1);
        builder.refer(2);
        builder.words("now");
        builder.start(Emphasis);
        builder.words(" really");
        builder.begin(BlockKind::Paragraph);
        builder.words("so");
        builder.end();
        builder.start(Strong);
        builder.words("  ");
        builder.end();
        builder.start(Link("  ".into()));
        builder.words("nowhere");
        builder.end();
        let version = builder.finish();
        assert_eq!(version.text.text(), "See this one now really\nso nowhere");
        let link = Link("https://example.org/a%20b".into());
        let expected = [
            (&link, "this one"),
            (&Strong, "this"),
            (&Reference(1), ""),
            (&Reference(2), ""),
            (&Emphasis, "really"),
            (&Emphasis, "so"),
        ];
        assert_eq!(outstanding(&version), expected);
        assert_eq!(version, again(&version));
        assert_ne!(version.id(), Version::new(version.parts()).id());
    }

    #[test]
    fn what_ends_with_a_line_that_is_no_more_ends_before_it() {
        let mut builder = Builder::default();
        builder.start(InlineKind::Strong);
        builder.start(InlineKind::Emphasis);
        builder.words("a");
        builder.break_line();
        builder.end();
        builder.begin(BlockKind::Paragraph);
        builder.words("b");
        let version = builder.finish();
        assert_eq!(version, again(&version));
        assert!(outstanding(&version).contains(&(&InlineKind::Emphasis, "a")));
    }

    #[test]
    fn only_a_cell_may_be_without_words() {
        let mut builder = Builder::default();
        builder.begin(BlockKind::cell(Begins::Table, true));
        builder.begin(BlockKind::cell(Begins::Nothing, true));
        builder.words("b");
        builder.begin(BlockKind::Quotation);
        builder.refer(1);
        builder.begin(BlockKind::cell(Begins::Row, false));
        let version = builder.finish();
        let expected = [("table-head", ""), ("head", "b"), ("row-cell", "")];
        assert_eq!(
            stands(&version),
            expected.map(|(kind, words)| (kind.to_owned(), words))
        );
        assert_eq!(version, again(&version));
    }

    #[test]
    fn references_stay_in_their_order() {
        use InlineKind::{Emphasis, Reference};
        let mut builder = Builder::default();
        builder.words("a");
        builder.start(Emphasis);
        builder.words("b");
        builder.refer(1);
        builder.refer(2);
        builder.refer(1);
        builder.end();
        let version = builder.finish();
        let expected = [
            (&Emphasis, "b"),
            (&Reference(1), ""),
            (&Reference(2), ""),
            (&Reference(1), ""),
        ];
        assert_eq!(outstanding(&version), expected);
        assert_eq!(version, again(&version));
    }

    /// As the store has it.
    fn again(version: &Version) -> Version {
        let text = version.text.shared();
        Version::divided(&version.layout(), text, version.digest.clone()).unwrap()
    }
}
