//! Moments, as the standards write them.
//!
//! A few lines of our own: of the well-kept libraries each brings time zones or
//! formats that weigh more in the page than the rest of the pure half. Tests hold
//! them against one of those libraries.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Milliseconds since 1970-01-01T00:00Z, without leap seconds.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Timestamp(pub i64);

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

impl Timestamp {
    /// A lasting name for what is made at this moment: a UUIDv7, of the time and ten random bytes
    /// (RFC 9562, section 5.7).
    #[must_use]
    pub fn name(self, random: [u8; 10]) -> Uuid {
        let millis = u64::try_from(self.0).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    /// The first and the last moment that RFC 3339 can write: years 0000 to 9999.
    pub const RANGE: std::ops::RangeInclusive<i64> = -62_167_219_200_000..=253_402_300_799_999;

    /// Reads an RFC 3339 time with any offset; finer than milliseconds is cut off. A
    /// leap second counts as the second before it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |at: std::ops::Range<usize>| -> Option<i64> {
            let part = text.get(at)?;
            // A sign would pass as a number, so every character must be a digit.
            part.bytes()
                .all(|byte| byte.is_ascii_digit())
                .then(|| part.parse().ok())?
        };
        let mark = |at: usize, allowed: &[u8]| {
            let byte = text.as_bytes().get(at)?;
            allowed.contains(byte).then_some(())
        };
        let (year, month, day) = (digits(0..4)?, digits(5..7)?, digits(8..10)?);
        let (hour, minute, second) = (digits(11..13)?, digits(14..16)?, digits(17..19)?);
        mark(4, b"-")?;
        mark(7, b"-")?;
        mark(10, b"Tt ")?;
        mark(13, b":")?;
        mark(16, b":")?;
        let sound = (1..=12).contains(&month)
            && (1..=days_in(year, month)).contains(&day)
            && hour < 24
            && minute < 60
            && second <= 60;
        if !sound {
            return None;
        }

        let rest = text.get(19..)?;
        let (fraction, offset) = match rest.strip_prefix('.') {
            Some(rest) => {
                let length = rest.bytes().take_while(u8::is_ascii_digit).count();
                (
                    Some(rest.get(..length).filter(|digits| !digits.is_empty())?),
                    &rest[length..],
                )
            }
            None => (None, rest),
        };
        let millis = fraction.map_or(0, |digits| {
            digits
                .bytes()
                .chain(*b"000")
                .take(3)
                .fold(0, |millis, digit| millis * 10 + i64::from(digit - b'0'))
        });
        let time = ((hour * 60 + minute) * 60 + second.min(59)) * 1000 + millis;
        let moment =
            days_from_civil(year, month, day) * DAY + time - offset_minutes(offset)? * MINUTE;
        Some(Self(moment))
    }
}

/// Minutes east of Greenwich in `Z`, `+hh:mm` or `-hh:mm`.
fn offset_minutes(offset: &str) -> Option<i64> {
    if offset.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] = *offset.as_bytes() else {
        return None;
    };
    let number = |tens: u8, ones: u8| {
        let both = tens.is_ascii_digit() && ones.is_ascii_digit();
        both.then(|| i64::from(tens - b'0') * 10 + i64::from(ones - b'0'))
    };
    let (hours, minutes) = (number(h1, h2)?, number(m1, m2)?);
    let total = (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)?;
    Some(if sign == b'-' { -total } else { total })
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 of a date of the Gregorian calendar (Howard Hinnant,
/// "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`).
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    // Years begin in March, so that the leap day is the last of its year.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a day since 1970-01-01 (same source, `civil_from_days`).
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// Writes `xsd:dateTime` in UTC, with milliseconds and a `Z`. A moment outside
/// [`Timestamp::RANGE`] is written as the nearest within.
impl fmt::Display for Timestamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = self.0.clamp(*Self::RANGE.start(), *Self::RANGE.end());
        let (year, month, day) = civil_from_days(millis.div_euclid(DAY));
        let time = millis.rem_euclid(DAY);
        let (hour, minute) = (time / (60 * MINUTE), time / MINUTE % 60);
        let (second, milli) = (time / 1000 % 60, time % 1000);
        write!(
            out,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_moment_is_written_in_utc_with_milliseconds() {
        assert_eq!(Timestamp(0).to_string(), "1970-01-01T00:00:00.000Z");
        let moment = Timestamp::parse("2022-01-12T15:00:00.2599+02:00").unwrap();
        assert_eq!(moment.to_string(), "2022-01-12T13:00:00.259Z");
        assert_eq!(Timestamp::parse(&moment.to_string()), Some(moment));
    }

    #[test]
    fn what_is_no_moment_is_not_read() {
        for text in [
            "",
            "yesterday",
            "2022-01-01",
            "2022-13-01T00:00:00Z",
            "2022-02-29T00:00:00Z",
            "2022-01-01T24:00:00Z",
            "2022-01-01T00:00:00",
            "2022-01-01T00:00:00.Z",
            "2022-01-01T00:00:00+2:00",
            "2022-01-01T00:00:00+24:00",
            "+022-01-01T00:00:00Z",
            "2022-01-01T00:00:00Zé",
            "２022-01-01T00:00:00Z",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn it_agrees_with_a_calendar_library(millis in Timestamp::RANGE) {
            let theirs = jiff::Timestamp::from_millisecond(millis).unwrap();
            let written = Timestamp(millis).to_string();
            prop_assert_eq!(&written, &format!("{theirs:.3}"));
            prop_assert_eq!(Timestamp::parse(&written), Some(Timestamp(millis)));
        }

        #[test]
        fn nothing_panics(text in any::<String>(), millis in any::<i64>()) {
            let _ = Timestamp::parse(&text);
            prop_assert!(Timestamp::parse(&Timestamp(millis).to_string()).is_some());
        }

        #[test]
        fn nearly_right_times_are_read_as_the_library_reads_them(
            text in "(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-][01][0-9]:[0-5][0-9])"
        ) {
            let theirs = text.parse::<jiff::Timestamp>().ok();
            let ours = Timestamp::parse(&text);
            prop_assert_eq!(ours.is_some(), theirs.is_some(), "{}", text);
            if let (Some(Timestamp(ours)), Some(theirs)) = (ours, theirs) {
                prop_assert_eq!(ours, theirs.as_nanosecond().div_euclid(1_000_000) as i64);
            }
        }
    }
}
