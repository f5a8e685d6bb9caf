//! Where sentences begin and end, corrected for abbreviations.
//!
//! The Unicode rules (UAX #29, section 5) end a sentence at every full stop before a capital, so
//! "U.S. Secretary" is two. Whoever goes from sentence to sentence would have to put that
//! together again and again; a sentence that really ends in "U.S." is found as one with the next
//! instead, which is rarer and costs less.

use super::{Span, Utf8};

/// Abbreviations that a name or a number follows, without their full stop, in lower case.
const BEFORE_MORE: [&str; 49] = [
    "mr", "mrs", "ms", "dr", "prof", "st", "sen", "gov", "gen", "rep", "lt", "col", "capt", "sgt",
    "rev", "hon", "pres", "amb", "maj", "vs", "cf", "fig", "eq", "vol", "ch", "sec", "pp", "ed",
    "eds", "approx", "hr", "fr", "bzw", "ca", "vgl", "abs", "mme", "mlle", "sr", "sra", "dra",
    "jan", "feb", "aug", "sept", "oct", "nov", "dec", "messrs",
];

/// Abbreviations that are words as well, so only what stands before a digit is one.
const BEFORE_DIGITS: [&str; 5] = ["no", "nos", "nr", "art", "p"];

/// The sentences of a text, without the white space around them, from the boundaries that the
/// Unicode rules give: the starts of all sentences but the first, in bytes.
#[must_use]
pub fn sentences(text: &str, starts: impl IntoIterator<Item = usize>) -> Vec<Span> {
    let mut found = Vec::new();
    let mut begin = 0;
    for end in starts.into_iter().chain([text.len()]) {
        let Some((sentence, rest)) = text.get(begin..end).zip(text.get(end..)) else {
            continue;
        };
        if !rest.is_empty() && goes_on(sentence, rest) {
            continue;
        }
        let trimmed = sentence.trim_start();
        let start = begin + (sentence.len() - trimmed.len());
        let length = trimmed.trim_end().len();
        if length > 0 {
            found.push(Span::<Utf8>::between(start, start + length));
        }
        begin = end;
    }
    found
}

/// Whether what looks like the end of a sentence is an abbreviation or a list's number.
fn goes_on(sentence: &str, rest: &str) -> bool {
    // What has a line of its own is over with it.
    let Some(sentence) = sentence.trim_end_matches([' ', '\u{a0}']).strip_suffix('.') else {
        return false;
    };
    let last = sentence
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let word = last.trim_start_matches(|sign: char| !sign.is_alphanumeric());
    let is_first = sentence.trim_start().len() == last.len();
    let lower = word.to_ascii_lowercase();
    let is_initials = !word.is_empty()
        && word.split('.').all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
        });
    let is_number = is_first && !word.is_empty() && word.chars().all(|sign| sign.is_ascii_digit());
    (is_initials && word != "I")
        || is_number
        || BEFORE_MORE.contains(&lower.as_str())
        || (BEFORE_DIGITS.contains(&lower.as_str())
            && rest.starts_with(|sign: char| sign.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    fn found(text: &str) -> Vec<&str> {
        let starts = text
            .split_sentence_bound_indices()
            .map(|(at, _)| at)
            .skip(1);
        sentences(text, starts)
            .into_iter()
            .map(|span| span.of(text))
            .collect()
    }

    /// `|` stands between the sentences.
    #[track_caller]
    fn check(marked: &str) {
        let expect: Vec<&str> = marked.split('|').map(str::trim).collect();
        assert_eq!(found(&marked.replace('|', "")), expect);
    }

    #[test]
    fn abbreviations_end_no_sentence() {
        for text in [
            "It came from the U.S. State Department. |Nobody asked.",
            "Responding to deaths, U.S. Secretary of State Antony Blinken called. |He warned.",
            "Mr. Napper and Dr. A. B. Smith met Gen. Lee. |They left.",
            "See No. 5 and pp. 3 to 9. |No. |That is not so.",
            "So do I. |We agree.",
            "1. First things first. |2. Then the rest.",
            "Herr J. Müller kam z. B. Montag. |Dann ging er.",
            "Это было в т. е. Москве. |Потом ничего.",
            "“The U.S. is here.” |She nodded.",
            "Was it so? |Yes! |Good.",
            "",
        ] {
            if text.is_empty() {
                assert!(found(text).is_empty());
            } else {
                check(text);
            }
        }
    }

    #[test]
    fn a_line_ends_a_sentence_and_white_space_is_none() {
        assert_eq!(
            found("Signed, J. Doe Jr.\nHe left. \n \n"),
            ["Signed, J. Doe Jr.", "He left."]
        );
        assert_eq!(found("U.S.\nHe left."), ["U.S.", "He left."]);
        assert_eq!(found(" \n\t "), Vec::<&str>::new());
    }

    proptest! {
        #[test]
        fn sentences_hold_every_word_once_and_in_order(text in "([A-Z][a-z]{0,3}\\.|[a-z]{1,4}[.!?]?|[0-9]\\.|\n| ){0,40}") {
            let joined: String = found(&text).concat().split_whitespace().collect();
            let whole: String = text.split_whitespace().collect();
            prop_assert_eq!(joined, whole);
        }
    }
}
