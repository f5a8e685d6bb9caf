//! What stands out inside a block.

use std::fmt;
use std::sync::Arc;

use crate::text::Span;

/// A stretch of a block that stands out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inline {
    /// As what.
    pub kind: InlineKind,
    /// Where it stands in the canonical text; nowhere, but at a place, where it is a reference to a
    /// footnote.
    pub span: Span,
}

/// As what a stretch stands out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InlineKind {
    /// Stressed.
    Emphasis,
    /// Important.
    Strong,
    /// As it is typed.
    Code,
    /// Below the line.
    Subscript,
    /// Above it.
    Superscript,
    /// Leading to an address, which is shown and never fetched. No white space is in it.
    Link(Arc<str>),
    /// Leading to the footnote with a number. The number is no part of the text.
    Reference(u32),
}

impl InlineKind {
    const NAMES: [(&'static str, Self); 5] = [
        ("emphasis", Self::Emphasis),
        ("strong", Self::Strong),
        ("code", Self::Code),
        ("subscript", Self::Subscript),
        ("superscript", Self::Superscript),
    ];
    const LINK: &'static str = "link";
    const REFERENCE: &'static str = "reference";

    fn name(&self) -> &'static str {
        let named = Self::NAMES.iter().find(|(_, kind)| kind == self);
        match (named, self) {
            (Some((name, _)), _) => name,
            (None, Self::Reference(_)) => Self::REFERENCE,
            (None, _) => Self::LINK,
        }
    }
}

/// As it stands in a file: kind, beginning and length in bytes, and where it leads.
impl fmt::Display for Inline {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, span } = self;
        write!(out, "{} {} {}", kind.name(), span.start.0, span.len())?;
        match kind {
            InlineKind::Link(address) => write!(out, " {address}"),
            InlineKind::Reference(number) => write!(out, " {number}"),
            _ => Ok(()),
        }
    }
}

/// All of them, in order.
pub(super) fn written(inlines: &[Inline]) -> String {
    let written: Vec<String> = inlines.iter().map(Inline::to_string).collect();
    written.join(" ")
}

/// What [`written`] wrote of a text; nothing where it is not about that text, or out of order.
pub(super) fn read(written: &str, text: &str) -> Option<Vec<Inline>> {
    let mut words = written.split_whitespace();
    let mut inlines: Vec<Inline> = Vec::new();
    // The ends of those that the next may lie in.
    let mut around: Vec<usize> = Vec::new();
    while let Some(name) = words.next() {
        let start: usize = words.next()?.parse().ok()?;
        let end = start.checked_add(words.next()?.parse().ok()?)?;
        text.get(start..end)?;
        let kind = match name {
            InlineKind::LINK => InlineKind::Link(words.next()?.into()),
            InlineKind::REFERENCE => InlineKind::Reference(words.next()?.parse().ok()?),
            name => {
                let named = InlineKind::NAMES.iter().find(|(other, _)| *other == name);
                named?.1.clone()
            }
        };
        if inlines
            .last()
            .is_some_and(|last| last.span.start.index() > start)
        {
            return None;
        }
        while around.pop_if(|outer| *outer <= start).is_some() {}
        if around.last().is_some_and(|outer| *outer < end) {
            return None;
        }
        around.push(end);
        inlines.push(Inline {
            kind,
            span: Span::between(start, end),
        });
    }
    Some(inlines)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "One é two three";

    #[test]
    fn what_stands_out_reads_as_it_was_written() {
        let inline = |kind, start: usize, end| Inline {
            kind,
            span: Span::between(start, end),
        };
        let all = [
            inline(InlineKind::Strong, 0, 10),
            inline(InlineKind::Link("https://example.org/?a=%20b".into()), 0, 3),
            inline(InlineKind::Reference(7), 3, 3),
            inline(InlineKind::Emphasis, 4, 6),
            inline(InlineKind::Code, 11, 16),
            inline(InlineKind::Subscript, 11, 12),
            inline(InlineKind::Superscript, 12, 16),
        ];
        assert_eq!(read(&written(&all), TEXT).unwrap(), all);
        assert_eq!(read("", TEXT).unwrap(), []);
    }

    #[test]
    fn what_is_not_about_the_text_is_not_read() {
        for wrong in [
            "strong",
            "strong 0",
            "strong 0 x",
            "strong 0 99",
            "strong 5 1",
            "word 0 1",
            "link 0 3",
            "reference 3 0 x",
            "strong 6 2 emphasis 0 3",
            "strong 0 5 emphasis 4 5",
        ] {
            assert_eq!(read(wrong, TEXT), None, "{wrong}");
        }
    }
}
