//! What is not shown, in words.

/// Says how many there are besides those that are shown, as “and 2,988 more themes”; nothing where
/// there are none. `of` is a noun in the singular, or nothing.
#[must_use]
pub fn more(count: usize, of: &str) -> Option<String> {
    let digits = count.to_string();
    let mut words = String::from("and ");
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words.push_str(" more");
    if !of.is_empty() {
        words.extend([" ", of, if count == 1 { "" } else { "s" }]);
    }
    (count > 0).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_shown_is_counted_as_people_write_numbers() {
        for (count, of, expected) in [
            (0, "theme", None),
            (1, "theme", Some("and 1 more theme")),
            (988, "", Some("and 988 more")),
            (2_988, "theme", Some("and 2,988 more themes")),
            (1_234_567, "", Some("and 1,234,567 more")),
        ] {
            assert_eq!(more(count, of).as_deref(), expected);
        }
    }
}
