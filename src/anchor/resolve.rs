//! Finding a described passage in a text.

use super::{Quote, Selectors};
use crate::text::{Digest, Span, TextIndex, Utf8, Utf16};

/// Candidates offered to a person, at most: more than this is no choice but a search.
const MOST_CANDIDATES: usize = 8;

/// Where a described passage stands, and how sure that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// At the described position, word for word.
    Exact(Span),
    /// Word for word, at one other place that nothing speaks against.
    Moved(Span),
    /// It may be any of these, likeliest first; a person must say.
    Uncertain(Vec<Span>),
    /// Nowhere.
    Lost,
}

impl Resolution {
    /// The place, where it is sure.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::Exact(span) | Self::Moved(span) => Some(*span),
            Self::Uncertain(_) | Self::Lost => None,
        }
    }
}

/// Finds a passage: first at its position, then by its words and their context.
#[must_use]
pub fn resolve(selectors: &Selectors, index: &TextIndex, digest: Digest) -> Resolution {
    let Some(quote) = &selectors.quote else {
        return by_position(selectors, index, digest);
    };
    if quote.exact.is_empty() {
        return Resolution::Lost;
    }
    if let Some(span) = at_position(selectors, quote, index) {
        // On another text the same words may stand at the same place by chance:
        // short ones ("the") often do. There the context has to agree as well.
        if selectors.digest == Some(digest) || Context::of(quote, index, span).agrees() {
            return Resolution::Exact(span);
        }
    }
    by_words(quote, index)
}

/// The position alone says nothing about a text it was not made on.
fn by_position(selectors: &Selectors, index: &TextIndex, digest: Digest) -> Resolution {
    match selectors
        .position
        .and_then(|points| index.span_from_code_points(points))
    {
        Some(span) if span.is_empty() => Resolution::Lost,
        Some(span) if selectors.digest == Some(digest) => Resolution::Exact(span),
        Some(span) => Resolution::Uncertain(vec![span]),
        None => Resolution::Lost,
    }
}

/// The described position, if the quoted words stand there. The standard counts
/// code points, yet many tools write UTF-16 units: the words decide which it was.
fn at_position(selectors: &Selectors, quote: &Quote, index: &TextIndex) -> Option<Span> {
    let points = selectors.position?;
    let units = Span::between(Utf16(points.start.0), Utf16(points.end.0));
    [
        index.span_from_code_points(points),
        index.span_from_utf16(units),
    ]
    .into_iter()
    .flatten()
    .find(|span| span.of(index.text()) == &*quote.exact)
}

/// Every place where the words stand, judged by what stands around them.
fn by_words(quote: &Quote, index: &TextIndex) -> Resolution {
    // The likeliest, in order; of equals the earlier one first.
    let mut found: Vec<(Context, Span)> = Vec::new();
    for span in occurrences(index.text(), &quote.exact) {
        let context = Context::of(quote, index, span);
        let at = found.partition_point(|(better, _)| better.matched >= context.matched);
        found.insert(at, (context, span));
        found.truncate(MOST_CANDIDATES);
    }
    match found.as_slice() {
        [] => Resolution::Lost,
        // One place, or one that agrees while the next does not.
        [(context, span)] if context.agrees() => Resolution::Moved(*span),
        [(context, span), (next, _), ..] if context.agrees() && !next.agrees() => {
            Resolution::Moved(*span)
        }
        _ => Resolution::Uncertain(found.iter().map(|(_, span)| *span).collect()),
    }
}

/// Every occurrence, those that overlap each other included.
fn occurrences<'a>(text: &'a str, words: &'a str) -> impl Iterator<Item = Span> + 'a {
    let first = words.chars().next().map_or(1, char::len_utf8);
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text.get(from..)?.find(words)?;
        from = start + first;
        Some(Span::between(start, start + words.len()))
    })
}

/// How much of a quote's context stands around one of its occurrences.
struct Context {
    /// Code points that match, counted outward from the quote, without a gap.
    matched: usize,
    /// Code points there were to match.
    given: usize,
}

impl Context {
    fn of(quote: &Quote, index: &TextIndex, span: Span) -> Self {
        let text = index.text();
        let before = Span::between(Utf8(0), span.start).of(text);
        let after = Span::between(span.end, index.end()).of(text);
        Self {
            matched: common(quote.prefix.chars().rev(), before.chars().rev())
                + common(quote.suffix.chars(), after.chars()),
            given: quote.prefix.chars().count() + quote.suffix.chars().count(),
        }
    }

    /// At least half of what was given matches; a quote without context has nothing
    /// that could disagree. Half, because an edit next to a passage breaks the
    /// matching on that side and leaves the other side whole.
    fn agrees(&self) -> bool {
        self.matched * 2 >= self.given
    }
}

fn common(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anchor::describe;

    /// Describes the `[[passage]]` of one text and resolves it in another, where
    /// `[[` and `]]` again mark what is expected.
    fn resolved(made_on: &str) -> (Selectors, impl Fn(&str) -> Resolution) {
        let (text, span) = marked(made_on);
        let selectors = describe(&TextIndex::new(text.as_str()), Digest::of(&text), span);
        let held = selectors.clone();
        (selectors, move |text: &str| {
            resolve(&held, &TextIndex::new(text), Digest::of(text))
        })
    }

    fn marked(fixture: &str) -> (String, Span) {
        let start = fixture.find("[[").expect("a start");
        let end = fixture.find("]]").expect("an end") - 2;
        (
            fixture.replace("[[", "").replace("]]", ""),
            Span::between(start, end),
        )
    }

    fn check_moved(made_on: &str, found_in: &str) {
        let (text, span) = marked(found_in);
        assert_eq!(resolved(made_on).1(&text), Resolution::Moved(span));
    }

    #[test]
    fn an_untouched_passage_is_exact_even_where_its_words_repeat() {
        let (text, span) = marked("no no no [[no]] no no no no no no no no no no no no no");
        assert_eq!(
            resolved("no no no [[no]] no no no no no no no no no no no no no").1(&text),
            Resolution::Exact(span)
        );
    }

    #[test]
    fn text_put_before_moves_it() {
        check_moved("The [[quick]] fox.", "Once: The [[quick]] fox.");
    }

    #[test]
    fn context_tells_equal_words_apart() {
        check_moved(
            "buy the [[target]] now; miss the aim",
            "New. miss the target soon; buy the [[target]] now; miss the aim",
        );
    }

    #[test]
    fn equal_words_in_equal_context_are_uncertain() {
        let outcome = resolved("x row [[cell]] row y").1("row cell row, row cell row");
        assert!(
            matches!(outcome, Resolution::Uncertain(ref candidates) if candidates.len() == 2),
            "{outcome:?}"
        );
    }

    #[test]
    fn the_same_word_in_other_company_is_not_taken_for_it() {
        let outcome = resolved("We met [[him]] at the harbour in the morning").1("Ask him.");
        assert!(matches!(outcome, Resolution::Uncertain(_)), "{outcome:?}");
    }

    #[test]
    fn a_deleted_passage_is_lost() {
        assert_eq!(
            resolved("The [[quick brown]] fox").1("The fox"),
            Resolution::Lost
        );
    }

    #[test]
    fn a_position_in_utf16_units_is_understood() {
        let (mut selectors, _) = resolved("😀😀 a [[word]] b word");
        selectors.position = Some(Span::between(7_usize, 11));
        let text = "😀😀 a word b word";
        let outcome = resolve(&selectors, &TextIndex::new(text), Digest::of(text));
        assert_eq!(outcome, Resolution::Exact(Span::between(11_usize, 15)));
    }

    #[test]
    fn a_bare_position_holds_only_on_the_text_it_was_made_on() {
        let text = "The quick fox";
        let mut selectors = Selectors {
            position: Some(Span::between(4_usize, 9)),
            digest: Some(Digest::of(text)),
            quote: None,
        };
        let index = TextIndex::new(text);
        let span = Span::between(4_usize, 9);
        let resolve = |selectors: &Selectors| resolve(selectors, &index, Digest::of(text));
        assert_eq!(resolve(&selectors), Resolution::Exact(span));
        selectors.digest = None;
        assert_eq!(resolve(&selectors), Resolution::Uncertain(vec![span]));
        selectors.position = Some(Span::between(4_usize, 99));
        assert_eq!(resolve(&selectors), Resolution::Lost);
    }
}
