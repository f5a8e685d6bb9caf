//! Versions, as programs print them and as Cargo.lock records them.

use std::fmt;

/// The numbers of a version, most significant first. They compare as versions
/// do, while every part is a number: a pre-release compares as its release.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version(Vec<u32>);

impl Version {
    /// The first version in what a program prints for `--version`:
    /// `trunk 0.21.14`, `wasm-opt version 129 (version_129)`, `v20.1.0`.
    pub(crate) fn find(text: &str) -> Option<Self> {
        text.split_whitespace().find_map(Self::parse)
    }

    fn parse(word: &str) -> Option<Self> {
        let word = word.strip_prefix('v').unwrap_or(word);
        let end = word
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(word.len());
        let numbers: Option<Vec<u32>> = word[..end]
            .trim_end_matches('.')
            .split('.')
            .map(|part| part.parse().ok())
            .collect();
        numbers.map(Self)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers: Vec<String> = self.0.iter().map(u32::to_string).collect();
        formatter.write_str(&numbers.join("."))
    }
}

/// The version of a package in the text of a Cargo.lock; the first one, when
/// several are locked.
pub(crate) fn locked<'a>(lockfile: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lockfile.lines();
    lines.find(|line| *line == name)?;
    lines
        .next()?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Option<&str>) {
        let version = Version::find(text).map(|version| version.to_string());
        assert_eq!(version.as_deref(), expect, "{text}");
    }

    #[test]
    fn a_version_is_found_in_what_programs_print() {
        check("trunk 0.21.14", Some("0.21.14"));
        check("wasm-bindgen 0.2.130\n", Some("0.2.130"));
        check("wasm-opt version 129 (version_129)", Some("129"));
        check("wasm-opt version 108", Some("108"));
        check(
            "geckodriver 0.37.1 (8a3f 2026-01-02 10:00 +0000)",
            Some("0.37.1"),
        );
        check("v20.20.2", Some("20.20.2"));
        check("tool 1.2.3-rc.1", Some("1.2.3"));
        check("no version here", None);
        check("", None);
    }

    #[test]
    fn versions_compare_by_number_not_by_letter() {
        assert!(Version::find("0.36.0") > Version::find("0.9.12"));
        assert!(Version::find("0.36.0") >= Version::find("0.36"));
        assert!(Version::find("1.0") > Version::find("0.37.1"));
    }

    #[test]
    fn a_locked_version_is_that_of_the_whole_name() {
        let lockfile = "\
version = 4

[[package]]
name = \"wasm-bindgen-futures\"
version = \"0.4.9\"

[[package]]
name = \"wasm-bindgen\"
version = \"0.2.130\"
dependencies = [
 \"once_cell\",
]
";
        assert_eq!(locked(lockfile, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked(lockfile, "wasm-bindgen-futures"), Some("0.4.9"));
        assert_eq!(locked(lockfile, "once_cell"), None);
    }
}
