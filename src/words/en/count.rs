//! Numbers, what they count, and lists of names.

/// A number as it is read: "2,988".
pub(super) fn written(count: usize) -> String {
    let digits = count.to_string();
    let mut written = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

/// How many of something: "1 comment", "2,988 comments".
pub fn of(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", written(count), if count == 1 { one } else { many })
}

/// How many there are besides those that are shown; nothing where there are none.
pub fn more(count: usize) -> Option<String> {
    (count > 0).then(|| format!("and {} more", written(count)))
}

/// The same of marks.
pub fn more_marks(count: usize) -> Option<String> {
    let noun = if count == 1 { "mark" } else { "marks" };
    more(count).map(|more| format!("{more} {noun}"))
}

/// The same of themes.
pub fn more_themes(count: usize) -> Option<String> {
    let noun = if count == 1 { "theme" } else { "themes" };
    more(count).map(|more| format!("{more} {noun}"))
}

/// Names, and how many there are besides: "Energy, Sovereignty and 3 more".
pub fn names(names: &[&str], besides: usize) -> String {
    let mut listed = names.join(", ");
    if let Some(more) = more(besides) {
        listed.extend([" ", &more]);
    }
    listed
}

/// A size for reading: "1.5 MB".
pub fn size(bytes: i64) -> String {
    let units = [(1_000_000_000, "GB"), (1_000_000, "MB")];
    let unit = units.iter().find(|(unit, _)| bytes >= *unit);
    let (unit, name) = unit.unwrap_or(&(1_000, "kB"));
    let tenths = (bytes * 10 + unit / 2) / unit;
    format!("{}.{} {name}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_shown_is_counted_as_people_write_numbers() {
        assert_eq!(more(0), None);
        assert_eq!(more_themes(0), None);
        for (told, expected) in [
            (more_themes(1), "and 1 more theme"),
            (more(988), "and 988 more"),
            (more_themes(2_988), "and 2,988 more themes"),
            (more_marks(2), "and 2 more marks"),
            (more(1_234_567), "and 1,234,567 more"),
        ] {
            assert_eq!(told.as_deref(), Some(expected));
        }
    }

    #[test]
    fn names_are_listed_with_how_many_are_left_out() {
        assert_eq!(names(&["Energy"], 0), "Energy");
        assert_eq!(names(&["Energy", "Law"], 3), "Energy, Law and 3 more");
    }

    #[test]
    fn a_size_has_one_decimal() {
        for (bytes, expected) in [
            (940, "0.9 kB"),
            (1_234, "1.2 kB"),
            (1_550_000, "1.6 MB"),
            (2_000_000_000, "2.0 GB"),
        ] {
            assert_eq!(size(bytes), expected);
        }
    }
}
