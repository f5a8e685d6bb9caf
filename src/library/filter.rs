//! What documents are sought by: words, and fields that hold something or compare with it.

use std::cmp::Ordering;

use super::{Kind, kind, natural};
use crate::document::Record;

/// Names of what is no field and can be sought like one.
const TITLE: &str = "title";
const MARKS: &str = "marks";

/// What documents are sought by. All parts of it have to hold:
///
/// - `interview` – the title or a field holds the word, whatever its case; `"round two"` holds both
///   as they stand;
/// - `author:napper`, `author:"van der berg"` – the field holds that; `author:` – it says anything;
/// - `year>2019`, `year>=2019`, `date<2020-05`, `marks<=10` – the field is more or less than that, as
///   a number where both are numbers, else in the order of words. A date is as exact as what it is
///   compared with: all of May is `date>=2020-05`, and none of it `date>2020-05`;
/// - `-author:napper` – the contrary.
///
/// What names a field that a document does not have is looked for as it stands: "10:30" finds a
/// title with a time in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    /// Whether it must not hold.
    is_contrary: bool,
    /// All of it, in lower case.
    whole: String,
    /// The field, how it compares, and with what.
    field: Option<(String, How, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    Holds,
    /// More; equal as well.
    More(bool),
    /// Less; equal as well.
    Less(bool),
}

impl Sought {
    /// Reads what was typed. Whatever is typed can be sought.
    #[must_use]
    pub fn read(typed: &str) -> Self {
        let mut parts = Vec::new();
        let mut letters: Vec<(char, bool)> = Vec::new();
        let mut is_quoted = false;
        for c in typed.to_lowercase().chars().chain([' ']) {
            match c {
                '"' => is_quoted = !is_quoted,
                // A quotation that has no end yet goes on to the end.
                _ if c.is_whitespace() && !is_quoted => {
                    parts.extend(Part::read(&letters));
                    letters.clear();
                }
                _ => letters.push((c, is_quoted)),
            }
        }
        letters.pop_if(|(c, _)| *c == ' ');
        parts.extend(Part::read(&letters));
        Self(parts)
    }

    /// Whether nothing is sought.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a document is what is sought; `marks` tells how many it bears.
    #[must_use]
    pub fn is_in(&self, record: &Record, marks: &dyn Fn() -> usize) -> bool {
        let mut parts = self.0.iter();
        parts.all(|part| part.is_in(record, marks) != part.is_contrary)
    }
}

impl Part {
    fn read(letters: &[(char, bool)]) -> Option<Self> {
        let minus = letters.first().filter(|_| letters.len() > 1);
        let is_contrary = minus == Some(&('-', false));
        let letters = &letters[usize::from(is_contrary)..];
        let said = |letters: &[(char, bool)]| letters.iter().map(|(c, _)| c).collect::<String>();
        let sign = |(c, is_quoted): &(char, bool)| !is_quoted && [':', '<', '>'].contains(c);
        let at = letters.iter().position(sign).filter(|at| *at > 0);
        let field = at.map(|at| {
            let name = said(&letters[..at]);
            let (sign, rest) = (letters[at].0, &letters[at + 1..]);
            let with_equal = sign != ':' && rest.first() == Some(&('=', false));
            let value = said(&rest[usize::from(with_equal)..]);
            let how = match sign {
                '>' => How::More(with_equal),
                '<' => How::Less(with_equal),
                _ => How::Holds,
            };
            (name, how, value)
        });
        let whole = said(letters);
        (!whole.is_empty()).then_some(Self {
            is_contrary,
            whole,
            field,
        })
    }

    fn is_in(&self, record: &Record, marks: &dyn Fn() -> usize) -> bool {
        if let Some((name, how, value)) = &self.field
            && let Some(own) = value_of(record, name, marks)
        {
            return how.holds(&own, value);
        }
        let fields = record.fields.iter().map(|(_, value)| value);
        let mut all = std::iter::once(&record.title).chain(fields);
        all.any(|own| own.to_lowercase().contains(&self.whole))
    }
}

/// What a document says in a field of a name in lower case, in lower case as well.
fn value_of(record: &Record, name: &str, marks: &dyn Fn() -> usize) -> Option<String> {
    match name {
        TITLE => Some(record.title.to_lowercase()),
        MARKS => Some(marks().to_string()),
        _ => {
            let mut fields = record.fields.iter();
            let same = fields.find(|(own, _)| own.to_lowercase() == name);
            let value = same.map(|(_, value)| value).or_else(|| record.said(name))?;
            Some(value.to_lowercase())
        }
    }
}

impl How {
    fn holds(self, own: &str, value: &str) -> bool {
        let order = || match (kind::number(own), kind::number(value)) {
            (Some(_), Some(_)) => Kind::Number.compare(own, value),
            // As exact as what it is compared with.
            _ if own
                .strip_prefix(value)
                .is_some_and(|rest| rest.starts_with(['-', 't', ' '])) =>
            {
                Ordering::Equal
            }
            _ => natural(own, value),
        };
        match self {
            Self::Holds => own.contains(value),
            // While it is being typed, it leaves nothing out.
            _ if value.is_empty() => true,
            Self::More(with_equal) => order().is_gt() || with_equal && order().is_eq(),
            Self::Less(with_equal) => order().is_lt() || with_equal && order().is_eq(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::document;

    fn record() -> Record {
        let mut record = Record::clone(&document().record);
        record.title = "Interview 3, at 10:30".into();
        record.language = "kk".into();
        for (name, value) in [
            ("author", "Carla van der Berg"),
            ("Year", "2019"),
            ("date", "2020-05-17"),
            ("Age group", "30"),
        ] {
            record.fields.set(&name.into(), &value.into());
        }
        record
    }

    #[test]
    fn documents_are_found_by_words_and_by_fields() {
        for (typed, is_in) in [
            ("", true),
            ("  INTERVIEW ", true),
            ("interview carla", true),
            ("interview anna", false),
            ("\"interview 3\"", true),
            ("\"3 interview\"", false),
            ("\"interview", true),
            ("author:BERG", true),
            ("author:anna", false),
            ("author:\"van der\"", true),
            ("author:", true),
            ("coder:", false),
            ("title:interview", true),
            ("title:carla", false),
            ("language:kk", true),
            ("year>2018", true),
            ("year>2019", false),
            ("year>=2019", true),
            ("year<10000", true),
            ("year>", true),
            ("date>2020-05", false),
            ("date>=2020-05", true),
            ("date>2020-04", true),
            ("date<2021", true),
            ("date<2020", false),
            ("\"age group\">=30", true),
            ("\"age group\">30", false),
            ("marks>4", true),
            ("marks>5", false),
            ("-author:anna", true),
            ("-interview", false),
            ("-", true),
            ("10:30", true),
            ("10:31", false),
            ("\"year>2018\"", false),
        ] {
            let sought = Sought::read(typed);
            assert_eq!(sought.is_in(&record(), &|| 5), is_in, "{typed}");
        }
        assert!(Sought::read(" ").is_empty() && Sought::read("\"\"").is_empty());
    }
}
