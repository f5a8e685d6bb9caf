//! Whether a passage still stands where it stood.

use super::{Quote, Selectors};
use crate::text::{Digest, Span, TextIndex, Utf8, Utf16};

/// Where a described passage stands word for word at its position. It costs as much as
/// comparing the words, whatever the size of the text.
#[must_use]
pub fn verify_position(selectors: &Selectors, index: &TextIndex, digest: &Digest) -> Option<Span> {
    let same = selectors.digest.as_ref() == Some(digest);
    let Some(quote) = &selectors.quote else {
        // The position alone says nothing about a text it was not made on.
        let span = index.span_from_code_points(selectors.position?)?;
        return (same && !span.is_empty()).then_some(span);
    };
    // On another text the same words may stand at the same place by chance: short ones
    // ("the") often do. There the context has to agree as well.
    at_position(selectors, quote, index)
        .filter(|span| !span.is_empty() && (same || context_agrees(quote, index, *span)))
}

/// The described position, if the quoted words stand there. The standard counts
/// code points, yet many tools write UTF-16 units: the words decide which it was.
fn at_position(selectors: &Selectors, quote: &Quote, index: &TextIndex) -> Option<Span> {
    let told = selectors.position?.start;
    let stands = |start: Option<Utf8>| {
        let start = start?;
        let rest = index.text().get(start.index()..)?;
        rest.starts_with(quote.exact())
            .then(|| Span::between(start, start.index() + quote.exact().len()))
    };
    stands(index.from_code_point(told)).or_else(|| stands(index.from_utf16(Utf16(told.0))))
}

/// Whether at least half of the context stands around a place, counted outward from it
/// without a gap; a quote without context has nothing that could disagree. Half, because
/// an edit next to a passage breaks the counting on that side and leaves the other whole.
fn context_agrees(quote: &Quote, index: &TextIndex, span: Span) -> bool {
    let text = index.text();
    let before = Span::between(Utf8(0), span.start).of(text);
    let after = Span::between(span.end, index.end()).of(text);
    let matched = common(quote.prefix().chars().rev(), before.chars().rev())
        + common(quote.suffix().chars(), after.chars());
    let given = quote.prefix().chars().count() + quote.suffix().chars().count();
    matched * 2 >= given
}

fn common(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}
