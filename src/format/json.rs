//! Writes JSON to be read by people too. The page has this in place of a library, which
//! would be a hundredth of its program.

use std::fmt::Write as _;

/// A value to write. A map's members are written in their order.
#[derive(Clone, Debug)]
pub(super) enum Json {
    Text(String),
    Number(usize),
    List(Vec<Self>),
    Map(Vec<(&'static str, Self)>),
}

impl From<&str> for Json {
    fn from(words: &str) -> Self {
        Self::Text(words.into())
    }
}

impl From<String> for Json {
    fn from(words: String) -> Self {
        Self::Text(words)
    }
}

impl Json {
    /// Writes it as it stands inside so many others, one member a line.
    pub(super) fn write(&self, depth: usize, out: &mut String) {
        match self {
            Self::Text(words) => quote(words, out),
            // Writing to a string cannot fail.
            Self::Number(number) => drop(write!(out, "{number}")),
            Self::List(items) => {
                let item = |at: usize, out: &mut String| items[at].write(depth + 1, out);
                members(['[', ']'], items.len(), depth, out, &item);
            }
            Self::Map(pairs) => {
                let pair = |at: usize, out: &mut String| {
                    quote(pairs[at].0, out);
                    out.push_str(": ");
                    pairs[at].1.write(depth + 1, out);
                };
                members(['{', '}'], pairs.len(), depth, out, &pair);
            }
        }
    }
}

fn members(
    [open, close]: [char; 2],
    count: usize,
    depth: usize,
    out: &mut String,
    member: &dyn Fn(usize, &mut String),
) {
    out.push(open);
    for at in 0..count {
        if at > 0 {
            out.push(',');
        }
        new_line(depth + 1, out);
        member(at, out);
    }
    if count > 0 {
        new_line(depth, out);
    }
    out.push(close);
}

/// Begins a line inside so many values.
pub(super) fn new_line(depth: usize, out: &mut String) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("  ");
    }
}

/// Writes a string, escaped where RFC 8259, section 7, asks for it.
fn quote(words: &str, out: &mut String) {
    out.push('"');
    for letter in words.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            // Writing to a string cannot fail.
            '\0'..='\u{1f}' => drop(write!(out, "\\u{:04x}", u32::from(letter))),
            _ => out.push(letter),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    proptest! {
        #[test]
        fn every_string_reads_as_it_was_written(words in any::<String>()) {
            let mut out = String::new();
            Json::from(&*words).write(0, &mut out);
            prop_assert_eq!(serde_json::from_str::<Value>(&out).unwrap(), Value::String(words));
        }
    }

    #[test]
    fn it_looks_as_the_library_would_write_it() {
        let value = Json::Map(vec![
            ("a", Json::List(vec![Json::Number(1), "\u{1}\u{7f}".into()])),
            ("b", Json::List(Vec::new())),
            ("c", Json::Map(vec![("d", "\"e\\\"\n".into())])),
            ("f", Json::Map(Vec::new())),
        ]);
        let mut out = String::new();
        value.write(0, &mut out);
        let same = json!({"a": [1, "\u{1}\u{7f}"], "b": [], "c": {"d": "\"e\\\"\n"}, "f": {}});
        assert_eq!(out, serde_json::to_string_pretty(&same).unwrap());
    }
}
