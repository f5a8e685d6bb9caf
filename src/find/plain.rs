//! Words as they are looked for: what a person types is not always what stands in a text.

use std::fmt::Write as _;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, compose};
use unicode_segmentation::UnicodeSegmentation;

/// Signs that are typed one for the other: straight and typographic quotation marks, hyphens and
/// dashes.
const ALIKE: [&str; 3] = [
    "'`\u{b4}\u{2018}\u{2019}\u{201a}\u{201b}\u{2032}\u{2035}\u{2b9}\u{2bc}",
    "\"\u{201c}\u{201d}\u{201e}\u{201f}\u{2033}\u{2036}\u{ab}\u{bb}",
    "-\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}\u{2043}",
];

/// What may stand between two letters of a word and is not seen: soft hyphen, places to break a line,
/// word joiner, byte-order mark, direction marks. Not the joiners, which make other letters.
const UNSEEN: &str = "\u{ad}\u{200b}\u{200e}\u{200f}\u{2060}\u{feff}";

/// Marks on a letter that are looked at.
const MOST_MARKS: usize = 8;

/// Whether anything of [`UNSEEN`] stands in a text.
pub(super) fn has_unseen(text: &str) -> bool {
    // The first bytes of all of them; most texts have not even these.
    let mut bytes = text.as_bytes();
    let is_first = |byte: &u8| matches!(byte, 0xc2 | 0xe2 | 0xef);
    while let Some(at) = bytes.iter().position(is_first) {
        match &bytes[at..] {
            [0xc2, 0xad, ..]
            | [0xe2, 0x80, 0x8b | 0x8e | 0x8f, ..]
            | [0xe2, 0x81, 0xa0, ..]
            | [0xef, 0xbb, 0xbf, ..] => return true,
            _ => bytes = &bytes[at + 1..],
        }
    }
    false
}

/// Words as a regular expression. Any white space between them is as good as any other; letters may be
/// composed or not. `beside_unseen` lets unseen marks stand between the letters.
pub(super) fn pattern(words: &str, beside_unseen: bool) -> String {
    // Writing to a string cannot fail, here and below.
    let mut pattern = String::new();
    let mut is_behind_letter = false;
    for cluster in words.trim().graphemes(true) {
        // Those that were copied from a text are not looked for.
        let cluster: String = cluster.chars().filter(|c| !UNSEEN.contains(*c)).collect();
        if cluster.is_empty() {
            continue;
        }
        let is_space = cluster.chars().all(char::is_whitespace);
        match (is_space, is_behind_letter) {
            (true, true) if beside_unseen => {
                let _ = write!(pattern, r"[\s{UNSEEN}]*\s[\s{UNSEEN}]*");
            }
            (true, true) => pattern += r"\s+",
            (true, false) => {}
            (false, true) if beside_unseen => {
                let _ = write!(pattern, "[{UNSEEN}]*");
            }
            (false, _) => {}
        }
        is_behind_letter = !is_space;
        if !is_space {
            push(&mut pattern, cluster);
        }
    }
    pattern
}

fn push(pattern: &mut String, cluster: String) {
    if let Some(alike) = ALIKE.iter().find(|alike| alike.contains(&cluster)) {
        let mut signs: Vec<char> = alike.chars().collect();
        // Behind others a hyphen would stand for a range.
        signs.sort_unstable_by_key(|sign| *sign != '-');
        pattern.push('[');
        pattern.extend(signs);
        pattern.push(']');
        return;
    }
    let mut forms = vec![cluster.nfd().collect(), cluster.nfc().collect(), cluster];
    forms.dedup();
    match forms.as_slice() {
        [one] => *pattern += &regex::escape(one),
        forms => {
            let forms: Vec<String> = forms.iter().map(|form| regex::escape(form)).collect();
            let _ = write!(pattern, "(?:{})", forms.join("|"));
        }
    }
}

/// Whether a letter ends at an offset: not where a mark follows that makes another letter of it, so
/// that an ‘e’ is found in no ‘é’, however that is written.
pub(super) fn ends_between_letters(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    let Some(next) = after.chars().next().filter(|next| !next.is_ascii()) else {
        return true;
    };
    // The last letter with the marks that it has already.
    let mut letter: Vec<char> = Vec::new();
    for c in before.chars().rev().take(MOST_MARKS) {
        letter.insert(0, c);
        if canonical_combining_class(c) == 0 {
            break;
        }
    }
    let last = letter.into_iter().nfc().last();
    last.is_none_or(|last| compose(last, next).is_none())
}
