//! Where words begin and end (UAX #29, section 4).

use unicode_segmentation::UnicodeSegmentation;

/// Characters on each side by which it is decided: no word that one looks for whole is longer.
const AROUND: usize = 64;

/// Whether a word may begin or end at an offset, which is between two characters. In scripts that do
/// not part words, such as Chinese and Thai, that is between any two letters.
pub(super) fn is_edge(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    let (Some(last), Some(next)) = (before.chars().next_back(), after.chars().next()) else {
        return true;
    };
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if is_letter(last) && is_letter(next) {
        return false;
    }
    if last.is_ascii_whitespace() && is_letter(next) || is_letter(last) && next == ' ' {
        return true;
    }
    // A word never goes on behind white space.
    let back = before.char_indices().rev().take(AROUND);
    let begins = |(at, c): (usize, char)| c.is_whitespace().then_some(at);
    let start = back.clone().find_map(begins);
    let start = start.or(back.last().map(|(at, _)| at)).unwrap_or(at);
    let end = after.char_indices().nth(AROUND);
    let end = end.map_or(text.len(), |(length, _)| at + length);
    let mut places = text[start..end].split_word_bound_indices();
    places.any(|(place, _)| start + place == at)
}
