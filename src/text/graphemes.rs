//! Where a character ends that a person takes for one: extended grapheme clusters (UAX #29,
//! section 3.1.1).
//!
//! This is needed for the first mark, and the tables of the crate that is used elsewhere would be
//! a thirtieth of the page's program. Tests hold both to be the same, for every character.

mod table;

use self::table::CLASSES;

/// What a character is to the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Other,
    Cr,
    Lf,
    Control,
    /// `Extend`, but for the ones below.
    Extend,
    /// One that joins two consonants of an Indic script: `Extend`, `InCB=Linker`.
    Linker,
    /// The zero-width joiner.
    Zwj,
    Spacing,
    Prepend,
    Regional,
    /// `Extended_Pictographic`.
    Picture,
    /// `InCB=Consonant`.
    Consonant,
    /// Parts and syllables of Hangul.
    L,
    V,
    T,
    Lv,
    Lvt,
}

/// `Extend`, and yet between a consonant and a linker it parts them.
const NON_JOINER: char = '\u{200c}';

fn class(c: char) -> Class {
    match c {
        ' '..='~' => return Class::Other,
        '\n' => return Class::Lf,
        '\r' => return Class::Cr,
        '\0'..='\u{1f}' => return Class::Control,
        // A syllable for each first, middle and last sound; of 28 the first has no last sound.
        '\u{ac00}'..='\u{d7a3}' if (u32::from(c) - 0xac00).is_multiple_of(28) => return Class::Lv,
        '\u{ac00}'..='\u{d7a3}' => return Class::Lvt,
        _ => {}
    }
    let code = u32::from(c);
    let after = CLASSES.partition_point(|(first, ..)| *first <= code);
    let row = after.checked_sub(1).and_then(|at| CLASSES.get(at));
    let own = row.filter(|(first, count, _)| code - first < u32::from(*count));
    own.map_or(Class::Other, |(.., class)| *class)
}

/// Whether a byte of a text is between two clusters. The rules bear the numbers they have there.
pub(super) fn is_boundary(text: &str, at: usize) -> bool {
    use Class::*;
    let Some((before, after)) = text.split_at_checked(at) else {
        return false;
    };
    let (Some(last), Some(next)) = (before.chars().next_back(), after.chars().next()) else {
        // GB1, GB2
        return true;
    };
    match (class(last), class(next)) {
        // GB3
        (Cr, Lf) => false,
        // GB4, GB5
        (Control | Cr | Lf, _) | (_, Control | Cr | Lf) => true,
        // GB6, GB7, GB8
        (L, L | V | Lv | Lvt) | (Lv | V, V | T) | (Lvt | T, T) => false,
        // GB9, GB9a, GB9b
        (_, Extend | Linker | Zwj | Spacing) | (Prepend, _) => false,
        // GB9c
        (_, Consonant) => !ends_linked(before),
        // GB11
        (Zwj, Picture) => !ends_in_picture(before),
        // GB12, GB13
        (Regional, Regional) => {
            let letters = before.chars().rev();
            let flags = letters.take_while(|c| class(*c) == Regional);
            flags.count().is_multiple_of(2)
        }
        // GB999
        _ => true,
    }
}

/// Whether a text ends in a consonant and what joins it to the next.
fn ends_linked(text: &str) -> bool {
    let mut is_linked = false;
    for c in text.chars().rev() {
        match class(c) {
            Class::Linker => is_linked = true,
            Class::Extend | Class::Zwj if c != NON_JOINER => {}
            class => return is_linked && class == Class::Consonant,
        }
    }
    false
}

/// Whether a text ends in a picture and a joiner, with nothing between them but what extends it.
fn ends_in_picture(text: &str) -> bool {
    let mut letters = text.chars().rev().skip(1).map(class);
    letters.find(|class| !matches!(class, Class::Extend | Class::Linker)) == Some(Class::Picture)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    /// One character of each class.
    const OF_EACH: &str =
        "a\r\n\u{7f}\u{301}\u{94d}\u{200d}\u{903}\u{600}🇰👨क\u{1100}\u{1161}\u{11a8}가각\u{200c}";

    fn starts(text: &str) -> Vec<usize> {
        let places = text.char_indices().map(|(at, _)| at);
        places.filter(|at| is_boundary(text, *at)).collect()
    }

    #[track_caller]
    fn check(text: &str) {
        let expect = text.grapheme_indices(true).map(|(at, _)| at);
        assert!(starts(text).into_iter().eq(expect), "{text:?}");
    }

    #[test]
    fn every_character_is_of_its_class() {
        // In the other planes nothing stands, or what nobody has agreed on.
        for c in ('\0'..='\u{3ffff}').chain('\u{e0000}'..='\u{effff}') {
            // Beside these, one of another class would stand in another cluster.
            check(&format!(
                "👨{c}👨{c}\u{200d}👨\u{200d}{c}a\u{1100}{c}\u{1161}{c}\u{11a8}{c}क{c}क\u{94d}{c}🇰{c}\u{301}"
            ));
        }
    }

    #[test]
    fn rows_are_in_order_and_do_not_overlap() {
        for rows in CLASSES.windows(2) {
            assert!(rows[0].0 + u32::from(rows[0].1) <= rows[1].0, "{rows:?}");
        }
    }

    #[test]
    fn flags_are_two_letters_each() {
        assert_eq!(starts("🇰🇿🇩🇪🇫"), [0, 8, 16]);
    }

    #[test]
    fn what_is_no_character_is_no_boundary() {
        assert!(!is_boundary("é", 1));
        assert!(!is_boundary("é", 3));
    }

    proptest! {
        #[test]
        fn clusters_are_those_of_the_standard(
            numbers in prop::collection::vec(0..OF_EACH.chars().count(), 0..12),
        ) {
            let text: String = numbers.iter().filter_map(|at| OF_EACH.chars().nth(*at)).collect();
            let expect: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
            prop_assert_eq!(starts(&text), expect, "{:?}", text);
        }
    }
}
