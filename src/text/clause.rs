//! Words of others inside a sentence of one's own.

/// What a browser says of a failure, so that it can stand inside a sentence: without the full
/// stop that it may end with, and without the colon and the space behind which nothing came.
/// `src/boot/start.js` has the same rule.
#[must_use]
pub fn clause(words: &str) -> &str {
    words.trim_end_matches(['.', ':', ' ', '\n'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_once() {
        for (words, expected) in [
            ("the disk is full", "the disk is full"),
            ("The disk is full.", "The disk is full"),
            ("Quota: The disk is full. \n", "Quota: The disk is full"),
            ("One. Two..", "One. Two"),
            ("AbortError: ", "AbortError"),
            ("Is it full?", "Is it full?"),
            (" . ", ""),
            ("", ""),
        ] {
            assert_eq!(clause(words), expected, "{words:?}");
        }
    }
}
