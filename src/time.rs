//! Moments, as the standards write them.

use std::fmt;

/// Milliseconds since 1970-01-01T00:00Z, without leap seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Reads an RFC 3339 time with any offset; finer than milliseconds is cut off.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let moment: jiff::Timestamp = text.parse().ok()?;
        Some(Self(moment.as_millisecond()))
    }
}

/// Writes `xsd:dateTime` in UTC, with milliseconds and a `Z`. A moment outside the
/// years -9999 to 9999 is written as the nearest within.
impl fmt::Display for Timestamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let moment = jiff::Timestamp::from_millisecond(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        });
        write!(out, "{moment:.3}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_in_utc_with_milliseconds() {
        assert_eq!(Timestamp(0).to_string(), "1970-01-01T00:00:00.000Z");
        let moment = Timestamp::parse("2022-01-12T15:00:00.25+02:00").unwrap();
        assert_eq!(moment.to_string(), "2022-01-12T13:00:00.250Z");
        assert_eq!(Timestamp::parse(&moment.to_string()), Some(moment));
    }

    #[test]
    fn what_is_no_moment_is_not_read() {
        for text in ["", "yesterday", "2022-13-01T00:00:00Z", "2022-01-01"] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
        assert!(!Timestamp(i64::MAX).to_string().is_empty());
        assert!(!Timestamp(i64::MIN).to_string().is_empty());
    }
}
