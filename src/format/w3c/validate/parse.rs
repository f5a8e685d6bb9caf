//! Text to JSON, with the place of a mistake in a sentence.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::Problem;

/// Reads JSON text, with or without a byte-order mark. The deepest nesting that is
/// read is 127 levels (`serde_json`'s own bound), so hostile input cannot overflow
/// the stack.
///
/// # Errors
/// One problem with the line and the column, both counted from 1, the column in
/// characters: text that is not JSON, or an object with the same key twice. Plain JSON
/// allows the latter and keeps the last, so something would be lost in silence.
pub fn parse(text: &str) -> Result<Value, Problem> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str(text)
        .map(|Unique(value)| value)
        .map_err(|error| Problem {
            at: String::new(),
            message: sentence(text, &error),
        })
}

fn sentence(text: &str, error: &serde_json::Error) -> String {
    if text.trim().is_empty() {
        return "The text is empty. An annotation is a JSON object.".to_owned();
    }
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default();
    let what = if error.is_eof() {
        "This is not whole JSON: the text ends too early"
    } else if words.starts_with("recursion") {
        "This JSON is nested too deeply"
    } else if error.is_data() {
        "This is not JSON that can be read safely: "
    } else {
        "This is not JSON: "
    };
    let words = if what.ends_with(' ') { words } else { "" };
    let line = error.line().to_string();
    let column = column(text, error).to_string();
    [what, words, ", in line ", &line, ", column ", &column, "."].concat()
}

/// `serde_json` counts columns in bytes; a person counts characters.
fn column(text: &str, error: &serde_json::Error) -> usize {
    let line = text
        .split('\n')
        .nth(error.line().saturating_sub(1))
        .unwrap_or_default();
    let upto = line.floor_char_boundary(error.column().saturating_sub(1));
    line[..upto].chars().count() + 1
}

/// A `Value` in whose objects every key stood once.
struct Unique(Value);

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_any(Build).map(Unique)
    }
}

struct Build;

impl<'de> Visitor<'de> for Build {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut input: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Unique(value)) = input.next_element()? {
            list.push(value);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = input.next_key::<String>()? {
            if map.contains_key(&key) {
                return Err(A::Error::custom(
                    ["`", &key, "` stands twice in one object"].concat(),
                ));
            }
            let Unique(value) = input.next_value()?;
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> String {
        parse(text).map_or_else(|problem| problem.message, |value| value.to_string())
    }

    #[test]
    fn a_mistake_is_told_with_its_line_and_column_in_characters() {
        assert_eq!(
            message("{\n  \"a\": \"é😀\" 1\n}"),
            "This is not JSON: expected `,` or `}`, in line 2, column 13."
        );
        assert_eq!(
            message("[1,\n2,]"),
            "This is not JSON: trailing comma, in line 2, column 3."
        );
        assert_eq!(
            message("{\"a\": [1"),
            "This is not whole JSON: the text ends too early, in line 1, column 8."
        );
        assert_eq!(
            message(" \n"),
            "The text is empty. An annotation is a JSON object."
        );
    }

    #[test]
    fn a_byte_order_mark_is_no_mistake() {
        assert_eq!(message("\u{feff}{\"a\":1}"), "{\"a\":1}");
    }

    #[test]
    fn a_key_that_stands_twice_is_told_and_not_lost() {
        assert_eq!(
            message("{\"body\": 1,\n\"body\": 2}"),
            "This is not JSON that can be read safely: `body` stands twice in one object, in line 2, column 6."
        );
        assert_eq!(
            message("{\"a\":{\"b\":1},\"b\":2}"),
            "{\"a\":{\"b\":1},\"b\":2}"
        );
    }

    #[test]
    fn deep_nesting_is_refused_and_does_not_overflow_the_stack() {
        let deep = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
        assert!(parse(&deep(127)).is_ok());
        assert!(message(&deep(128)).contains("too deeply"));
        assert!(message(&"[".repeat(1_000_000)).contains("too deeply"));
        assert!(message(&"{\"a\":".repeat(1_000_000)).contains("too deeply"));
    }

    #[test]
    fn every_kind_of_value_is_read_as_serde_json_reads_it() {
        let text =
            r#"{"n":[0,-1,1.5,1e3,18446744073709551615],"s":"\u0041é","t":true,"u":null,"e":{}}"#;
        assert_eq!(parse(text).ok(), serde_json::from_str(text).ok());
        assert!(parse("1e999").is_err());
    }
}
