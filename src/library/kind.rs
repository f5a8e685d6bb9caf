//! Kinds of fields. No record keeps one: a field's kind follows from what documents say in it, so that
//! it is right whoever wrote the values and wherever they were pasted from.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::natural;

/// What the values of a field are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    #[default]
    Text,
    /// All are numbers.
    Number,
    /// All are dates as ISO 8601 writes them, with day, month and year or less.
    Date,
    /// A few values, most of which several documents have.
    Choice,
}

/// Different values of a choice, at most.
const CHOICES: usize = 12;

impl Kind {
    /// The kind of some values; empty ones say nothing.
    #[must_use]
    pub fn of<'a>(values: impl Iterator<Item = &'a str>) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let (mut all, mut numbers, mut dates, mut days) = (0, 0, 0, 0);
        for value in values.filter(|value| !value.is_empty()) {
            all += 1;
            numbers += usize::from(number(value).is_some());
            dates += usize::from(is_date(value));
            days += usize::from(value.contains('-') && is_date(value));
            if counts.len() <= CHOICES {
                *counts.entry(value).or_default() += 1;
            }
        }
        if all == 0 {
            Self::Text
        } else if numbers == all {
            Self::Number
        } else if dates == all && days > 0 {
            Self::Date
        } else if counts.len() <= CHOICES && counts.len() * 2 <= all {
            Self::Choice
        } else {
            Self::Text
        }
    }

    /// Orders two values, empty ones last.
    #[must_use]
    pub fn compare(self, a: &str, b: &str) -> Ordering {
        let is_empty = a.is_empty().cmp(&b.is_empty());
        is_empty.then_with(|| match (self, number(a), number(b)) {
            (Self::Number, Some(a), Some(b)) => a.total_cmp(&b),
            _ => natural(a, b),
        })
    }
}

/// A number as people write it: "12", "-3.5", "3,5", "1,234".
pub(super) fn number(value: &str) -> Option<f64> {
    let value = value.trim();
    let digits = value.trim_start_matches(['-', '+']);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut parts = value.split(',');
    let first = parts.next()?;
    let rest: Vec<&str> = parts.collect();
    let is_thousands = !rest.is_empty()
        && first != "0"
        && rest.iter().enumerate().all(|(at, part)| {
            let whole = part.split('.').next().unwrap_or_default();
            whole.len() == 3 && (at + 1 == rest.len() || whole == *part)
        });
    let plain = if is_thousands {
        value.replace(',', "")
    } else if rest.len() == 1 && !value.contains('.') {
        value.replace(',', ".")
    } else {
        value.into()
    };
    plain.parse().ok()
}

/// Whether a value is a date: "2019", "2019-05", "2019-05-31", with a time behind it or not.
fn is_date(value: &str) -> bool {
    let (day, time) = value.split_once(['T', ' ']).unwrap_or((value, "0"));
    let is_number = |part: &str, length: usize, most: u32| {
        let is_long = part.len() == length && part.bytes().all(|c| c.is_ascii_digit());
        is_long && part.parse().is_ok_and(|part: u32| part <= most)
    };
    let mut parts = day.split('-');
    let year = parts.next().unwrap_or_default();
    let is_in_year = |part: Option<&str>, most| part.is_none_or(|part| is_number(part, 2, most));
    is_number(year, 4, 9999)
        && is_in_year(parts.next(), 12)
        && is_in_year(parts.next(), 31)
        && parts.next().is_none()
        && time.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_follows_from_the_values() {
        let cases: [(&[&str], Kind); 9] = [
            (&[], Kind::Text),
            (&["", ""], Kind::Text),
            (&["1", "", "-2.5", "1,234", "3,5"], Kind::Number),
            (&["2019", "2020"], Kind::Number),
            (&["2019", "2020-05", "2020-05-31"], Kind::Date),
            (&["2020-05-31", "2020-05-31T10:00:00Z"], Kind::Date),
            (&["2020-13-01"], Kind::Text),
            (&["yes", "no", "yes", "no", "no"], Kind::Choice),
            (&["Anna", "Berik", "Anna"], Kind::Text),
        ];
        for (values, expected) in cases {
            assert_eq!(Kind::of(values.iter().copied()), expected, "{values:?}");
        }
        let many: Vec<String> = (0..100).map(|own| format!("v{}", own % 13)).collect();
        assert_eq!(Kind::of(many.iter().map(|own| &**own)), Kind::Text);
    }

    #[test]
    fn values_are_ordered_by_their_kind_and_empty_ones_come_last() {
        let sorted = |kind: Kind, values: &[&str]| {
            let mut values: Vec<String> = values.iter().map(|own| (*own).into()).collect();
            values.sort_by(|a, b| kind.compare(a, b));
            values.join(" ")
        };
        assert_eq!(
            sorted(Kind::Number, &["10", "", "-3", "2.5", "1,000"]),
            "-3 2.5 10 1,000 "
        );
        assert_eq!(
            sorted(Kind::Date, &["2020-05", "2019", "2020-05-03"]),
            "2019 2020-05 2020-05-03"
        );
        assert_eq!(sorted(Kind::Text, &["b10", "", "B9", "a"]), "a B9 b10 ");
    }

    #[test]
    fn what_is_no_number_is_none() {
        for wrong in ["", "nan", "inf", "-", "1a", "1.2.3", "1,2,3", ".5"] {
            assert_eq!(number(wrong), None, "{wrong}");
        }
        assert_eq!(number("0,125"), Some(0.125));
        assert_eq!(number("12,345,678.5"), Some(12_345_678.5));
    }
}
