//! From a raw selection to the passage a person meant.

use std::borrow::Cow;

use super::graphemes::is_boundary;
use super::{Span, Utf8};

/// The passage a selection stands for: without white space at its ends, and
/// widened to whole grapheme clusters (UAX #29), so that it never cuts an emoji
/// or parts an accent from its letter. Nothing when nothing but space is left.
#[must_use]
pub fn passage(text: &str, selection: Span) -> Option<Span> {
    let inside = selection.of(text);
    let start = selection.start.index() + (inside.len() - inside.trim_start().len());
    let trimmed = inside.trim();
    // Trim first, widen after: a space that bears an accent is one cluster with it.
    (!trimmed.is_empty()).then(|| Span {
        start: clip_before(text, Utf8::from(start)),
        end: clip_after(text, Utf8::from(start + trimmed.len())),
    })
}

/// The first words of a text, up to the grapheme boundary at or before so many bytes; what is
/// left out is said by an ellipsis.
#[must_use]
pub fn opening(text: &str, most: usize) -> Cow<'_, str> {
    let end = clip_before(text, Utf8::from(text.floor_char_boundary(most)));
    match text.get(..end.index()) {
        Some(first) if first.len() < text.len() => format!("{first}…").into(),
        _ => text.into(),
    }
}

/// Words on one line, with one space between them and none around.
#[must_use]
pub fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The grapheme boundary at or before an offset.
#[must_use]
pub fn clip_before(text: &str, offset: Utf8) -> Utf8 {
    let mut places = (0..=offset.index()).rev();
    let place = places.find(|at| is_boundary(text, *at));
    place.map_or(Utf8(0), Utf8::from)
}

/// The grapheme boundary at or after an offset.
#[must_use]
pub fn clip_after(text: &str, offset: Utf8) -> Utf8 {
    let mut places = offset.index()..text.len();
    let place = places.find(|at| is_boundary(text, *at));
    Utf8::from(place.unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    /// `[[` and `]]` mark the selection in `given`, the passage in `expect`.
    fn check(given: &str, expect: &str) {
        let (text, selection) = marked(given);
        let (_, expected) = marked(expect);
        assert_eq!(passage(&text, selection), Some(expected), "{given}");
    }

    fn marked(fixture: &str) -> (String, Span) {
        let start = fixture.find("[[").expect("a start");
        let end = fixture.find("]]").expect("an end") - 2;
        let text = fixture.replace("[[", "").replace("]]", "");
        (text, Span::between(start, end))
    }

    #[test]
    fn white_space_at_the_ends_is_left_out() {
        check("The[[ quick\n]]fox", "The [[quick]]\nfox");
        check("[[\u{a0}wide\u{3000}]]", "\u{a0}[[wide]]\u{3000}");
    }

    #[test]
    fn white_space_inside_stays() {
        check("[[two\nlines]]", "[[two\nlines]]");
    }

    #[test]
    fn an_emoji_is_taken_whole() {
        check(
            "a 👨[[\u{200d}👩\u{200d}👧 famil]]y",
            "a [[👨\u{200d}👩\u{200d}👧 famil]]y",
        );
        check("[[a 👨\u{200d}]]👩", "[[a 👨\u{200d}👩]]");
        check("[[🇰]]🇿 flag", "[[🇰🇿]] flag");
    }

    #[test]
    fn an_accent_stays_with_its_letter() {
        check("caf[[e]]\u{301} noir", "caf[[e\u{301}]] noir");
        check("cafe[[\u{301} noir]]", "caf[[e\u{301} noir]]");
    }

    #[test]
    fn nothing_but_space_is_no_passage() {
        for fixture in ["[[]]", "a[[ \n\t]]b", "[[\u{2003}]]"] {
            let (text, selection) = marked(fixture);
            assert_eq!(passage(&text, selection), None, "{fixture}");
        }
    }

    proptest! {
        #[test]
        fn a_passage_stands_on_grapheme_boundaries_around_what_was_selected(
            text in "(a|e\u{301}|👨\u{200d}👩| |\n|🇰🇿|ы){1,20}", a in 0_usize..99, b in 0_usize..99,
        ) {
            let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let selection = Span::<Utf8>::between(bounds[a % bounds.len()], bounds[b % bounds.len()]);
            if let Some(span) = passage(&text, selection) {
                let clusters: Vec<usize> =
                    text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
                prop_assert!(clusters.contains(&span.start.index()));
                prop_assert!(clusters.contains(&span.end.index()));
                prop_assert!(span.of(&text).contains(selection.of(&text).trim()));
            } else {
                prop_assert!(selection.of(&text).trim().is_empty());
            }
        }
    }
}
