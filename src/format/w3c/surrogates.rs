//! Halves of characters in JSON.

use std::borrow::Cow;

/// What stands in the place of half a character: U+FFFD, escaped. It is as long as what it
/// replaces, so a mistake elsewhere is told at its own place.
const REPLACEMENT: &str = "\\ufffd";

/// JSON text in which no escape names a surrogate without its other half (RFC 8259, section 8.2,
/// allows that), and how many did. Nothing else is touched, what is no JSON neither.
#[must_use]
pub(super) fn without_lone_surrogates(text: &str) -> (Cow<'_, str>, usize) {
    let (mut whole, mut count) = (String::new(), 0);
    // What is still to be looked at, and what of the text is still to be copied.
    let (mut rest, mut kept) = (text, text);
    while let Some(at) = rest.find('\\') {
        let escape = &rest[at..];
        let second = escape.get(REPLACEMENT.len()..).and_then(unit);
        rest = match (unit(escape), second) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => &escape[2 * REPLACEMENT.len()..],
            (Some(0xd800..=0xdfff), _) => {
                whole.push_str(&kept[..kept.len() - escape.len()]);
                whole.push_str(REPLACEMENT);
                kept = &escape[REPLACEMENT.len()..];
                count += 1;
                kept
            }
            // An escaped backslash is passed over with what it escapes.
            _ => {
                let mut letters = escape.chars();
                letters.by_ref().take(2).for_each(drop);
                letters.as_str()
            }
        };
    }
    if count == 0 {
        return (text.into(), 0);
    }
    whole.push_str(kept);
    (whole.into(), count)
}

/// The UTF-16 code unit that an escape at the start of a text names.
fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let is_hexadecimal = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let unit = u16::from_str_radix(digits, 16).ok();
    unit.filter(|_| is_hexadecimal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    #[test]
    fn half_a_character_is_replaced_and_counted() {
        for (given, expected, count) in [
            (r#""\ud800""#, "\u{fffd}", 1),
            (r#""\uDFFF!""#, "\u{fffd}!", 1),
            (r#""\ud83d\ude00""#, "😀", 0),
            (r#""\uD83D\uDE00""#, "😀", 0),
            // The wrong way round, and a half before a whole.
            (r#""\ude00\ud83d""#, "\u{fffd}\u{fffd}", 2),
            (r#""\ud83d\ud83d\ude00""#, "\u{fffd}😀", 1),
            (r#""\ud83dx\ude00""#, "\u{fffd}x\u{fffd}", 2),
            (r#""\ud83d\n\ude00""#, "\u{fffd}\n\u{fffd}", 2),
            (r#""\ud83d\\ude00""#, "\u{fffd}\\ude00", 1),
            // A backslash that is escaped itself escapes nothing.
            (r#""\\ud800""#, r"\ud800", 0),
            (r#""\\\ud800""#, "\\\u{fffd}", 1),
            (r#""\\\\ud800""#, r"\\ud800", 0),
            (r#""ud800 \u0041 é\ufffd""#, "ud800 A é\u{fffd}", 0),
        ] {
            let (whole, found) = without_lone_surrogates(given);
            assert_eq!(found, count, "{given}");
            assert_eq!(whole.len(), given.len(), "{given}");
            let read: Value = serde_json::from_str(&whole).unwrap();
            assert_eq!(read, expected, "{given}");
        }
    }

    #[test]
    fn what_is_no_json_stays_as_it_is() {
        for given in [
            "", "\\", "\\é", "\\u", "\\ud80", "\\ud8zz", "\\u+d80", "a\\", "\\ud80é",
        ] {
            let (whole, found) = without_lone_surrogates(given);
            assert_eq!((&*whole, found), (given, 0));
        }
    }

    proptest! {
        /// Any code units, escaped, read as the standard library reads them.
        #[test]
        fn all_that_is_escaped_is_read(units in proptest::collection::vec(
            prop_oneof![0xd7ff..0xe001_u16, any::<u16>()], 0..12,
        )) {
            let escaped: String = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
            let text = format!("\"{escaped}\"");
            let (whole, _) = without_lone_surrogates(&text);
            let read: Value = serde_json::from_str(&whole).unwrap();
            prop_assert_eq!(read, String::from_utf16_lossy(&units));
        }
    }
}
