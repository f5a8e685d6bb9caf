//! The tests of single strings and numbers.

use serde_json::Number;

/// A scheme, a colon, and none of the characters that RFC 3987 keeps out. The scheme's
/// own grammar is not tested: a file from tomorrow may use one that we do not know.
pub(super) fn is_iri(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else {
        return false;
    };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c))
        && is_name(text)
}

/// A term of some context, or an IRI.
pub(super) fn is_name(text: &str) -> bool {
    let barred = |c: char| {
        let is_special = matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`');
        is_special || c.is_whitespace() || c.is_control()
    };
    !text.is_empty() && !text.contains(barred)
}

/// A JSON number that is 0 or more and whole. `4.0` is: JSON knows one kind of number.
/// Beyond 2^53 it is rounded, which keeps the order of two of them.
pub(super) fn whole(number: &Number) -> Option<f64> {
    number
        .as_f64()
        .filter(|number| *number >= 0.0 && number.fract() == 0.0)
}

/// `xsd:dateTime` (XML Schema 1.0 part 2, 3.2.7) with the time zone written `Z`.
pub(super) fn is_moment(text: &str) -> bool {
    text.strip_suffix('Z')
        .and_then(|text| text.split_once('T'))
        .is_some_and(|(date, clock)| is_date(date) && is_clock(clock))
}

fn is_date(text: &str) -> bool {
    let (early, text) = text
        .strip_prefix('-')
        .map_or((false, text), |text| (true, text));
    let mut parts = text.split('-');
    let (Some(year), Some(month), Some(day), None) = (
        parts.next(),
        parts.next().and_then(two),
        parts.next().and_then(two),
        parts.next(),
    ) else {
        return false;
    };
    let digits = year.bytes().all(|byte| byte.is_ascii_digit());
    let canonical = year.len() == 4 || year.len() > 4 && !year.starts_with('0');
    if !digits || !canonical || year == "0000" {
        return false;
    }
    // 10,000 is a multiple of 400, so four digits tell a leap year. Of a year before
    // Christ they do not; there the 29th of February always passes.
    let year: u32 = year[year.len() - 4..].parse().unwrap_or_default();
    let [four, century, cycle] = [4, 100, 400].map(|years| year.is_multiple_of(years));
    let leap = early || four && (!century || cycle);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        _ => 0,
    };
    (1..=days).contains(&day)
}

fn is_clock(text: &str) -> bool {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut parts = clock.split(':').map(two);
    let (Some(Some(hour)), Some(Some(minute)), Some(Some(second)), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let midnight = hour == 24 && minute == 0 && second == 0 && fraction.bytes().all(|b| b == b'0');
    !fraction.is_empty()
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
        && (hour < 24 || midnight)
        && minute < 60
        && second < 60
}

/// Exactly two digits.
fn two(text: &str) -> Option<u32> {
    let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iri_has_a_scheme_and_no_barred_character() {
        for text in [
            "http://example.org/1",
            "urn:uuid:dbfb1861-0ecf-41ad-be94-a584e5c4f1df",
            "https://example.org/déjà#x=1,2",
            "oa:tagging",
            "mailto:a@b.c",
            "a+b.c-1:",
        ] {
            assert!(is_iri(text), "{text}");
        }
        for text in [
            "",
            "fish",
            "not a uri",
            ":x",
            "_:b0",
            "1a:b",
            "/a:b",
            "#a:b",
            "note: text",
            "http://e.org/a b",
            "http://e.org/<a>",
            "c:\\file",
            "http://e.org/\n",
            "é:x",
            "a:\u{0}",
        ] {
            assert!(!is_iri(text), "{text}");
        }
    }

    #[test]
    fn a_moment_is_a_real_one_and_in_utc() {
        for text in [
            "2015-01-28T12:00:00Z",
            "2015-01-28T12:00:00.123456789Z",
            "2016-02-29T00:00:00Z",
            "2000-02-29T00:00:00Z",
            "12000-02-29T00:00:00Z",
            "-0044-03-15T11:00:00Z",
            "2015-01-28T24:00:00Z",
            "2015-01-28T24:00:00.0Z",
        ] {
            assert!(is_moment(text), "{text}");
        }
        for text in [
            "",
            "Z",
            "TZ",
            "yesterday",
            "2015-01-28",
            "2015-01-28T12:00:00",
            "2015-01-28T12:00Z",
            "2015-01-28T12:00:00+00:00",
            "2015-01-28T12:00:00z",
            "2015-01-28t12:00:00Z",
            "2015-01-28 12:00:00Z",
            "2015-1-28T12:00:00Z",
            "15-01-28T12:00:00Z",
            "0000-01-28T12:00:00Z",
            "02015-01-28T12:00:00Z",
            "2015-13-01T00:00:00Z",
            "2015-00-01T00:00:00Z",
            "2015-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2015-04-31T00:00:00Z",
            "2015-01-00T00:00:00Z",
            "2015-01-28T25:00:00Z",
            "2015-01-28T24:00:01Z",
            "2015-01-28T24:00:00.1Z",
            "2015-01-28T12:60:00Z",
            "2015-01-28T12:00:60Z",
            "2015-01-28T12:00:00.Z",
            "+2015-01-28T12:00:00Z",
            "٢٠١٥-01-28T12:00:00Z",
            "2015-01-28T12:00:00ZZ",
            "2015-01-28T1é:00:00Z",
            "--2015-01-28T12:00:00Z",
        ] {
            assert!(!is_moment(text), "{text}");
        }
    }

    #[test]
    fn a_whole_number_is_not_less_than_nothing() {
        let is_whole = |text: &str| {
            serde_json::from_str(text)
                .ok()
                .as_ref()
                .and_then(whole)
                .is_some()
        };
        for text in [
            "0",
            "-0",
            "4.0",
            "1e3",
            "18446744073709551615",
            "99999999999999999999",
        ] {
            assert!(is_whole(text), "{text}");
        }
        for text in ["-1", "0.5", "-2.0"] {
            assert!(!is_whole(text), "{text}");
        }
    }
}
