//! Text to JSON, with the place of a mistake in a sentence.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
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
    parsed(text, Place::Inside)
}

/// What takes annotations: it is told the pointer of the list that holds one, and its number
/// there, from 0.
pub(super) type Take<'a> = dyn FnMut(&str, usize, Value) + 'a;

/// Reads JSON text as [`parse`] does, and hands over the annotations of a bare list, a page or
/// a collection one by one: all of them at once take ten times the room of their text. In the
/// value, [`STAND_IN`] stands for each of a page, and a bare list is empty.
///
/// # Errors
/// As with [`parse`].
pub fn parse_in_pieces(text: &str, take: &mut Take<'_>) -> Result<Value, Problem> {
    parsed(text, Place::Holder(String::new(), take))
}

/// An IRI, so that a page is as valid as with an annotation in its place.
pub const STAND_IN: &str = "urn:themark:annotation";

fn parsed(text: &str, place: Place<'_, '_>) -> Result<Value, Problem> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut input = serde_json::Deserializer::from_str(text);
    let value = place.deserialize(&mut input);
    value
        .and_then(|value| input.end().map(|()| value))
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

/// Where a value stands. One is read in whose objects every key stands once.
enum Place<'t, 'f> {
    /// What may hold annotations: the whole, or a page.
    Holder(String, &'t mut Take<'f>),
    /// A list of them.
    Items(String, &'t mut Take<'f>),
    /// Anything else.
    Inside,
}

impl<'de> DeserializeSeed<'de> for Place<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Value, D::Error> {
        input.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_, '_> {
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
        let mut taken = match self {
            Self::Items(at, take) => Some((at, take)),
            Self::Holder(at, take) if at.is_empty() => Some((at, take)),
            _ => None,
        };
        let mut list = Vec::new();
        let mut number = 0;
        while let Some(value) = input.next_element_seed(Place::Inside)? {
            match &mut taken {
                Some((at, take)) if at.is_empty() => take(at, number, value),
                Some((at, take)) if value.is_object() => {
                    take(at, number, value);
                    list.push(STAND_IN.into());
                }
                _ => list.push(value),
            }
            number += 1;
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut input: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = input.next_key::<String>()? {
            if map.contains_key(&key) {
                return Err(A::Error::custom(
                    ["`", &key, "` stands twice in one object"].concat(),
                ));
            }
            let place = self.member(&key);
            let value = input.next_value_seed(place)?;
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}

impl<'f> Place<'_, 'f> {
    /// Where a member of an object here stands.
    fn member(&mut self, key: &str) -> Place<'_, 'f> {
        let Self::Holder(at, take) = self else {
            return Place::Inside;
        };
        let at = [at, "/", key].concat();
        match key {
            "items" => Place::Items(at, &mut **take),
            "first" | "next" => Place::Holder(at, &mut **take),
            _ => Place::Inside,
        }
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
    fn annotations_are_handed_over_one_by_one_and_the_rest_stays() {
        let taken = |text: &str| {
            let mut taken = Vec::new();
            let rest = parse_in_pieces(text, &mut |at, number, value| {
                taken.push(format!("{at}/{number} {value}"));
            });
            (taken.join(", "), rest.unwrap().to_string())
        };
        assert_eq!(
            taken(r#"[{"items":[{}]},2]"#),
            (r#"/0 {"items":[{}]}, /1 2"#.into(), "[]".into())
        );
        assert_eq!(
            taken(r#"{"a":{"items":[{}]},"items":[{"b":1},"c"]}"#),
            (
                r#"/items/0 {"b":1}"#.into(),
                format!(r#"{{"a":{{"items":[{{}}]}},"items":["{STAND_IN}","c"]}}"#)
            )
        );
        let pages = taken(r#"{"first":{"items":[{}],"next":{"items":[{},{}],"next":"d"}}}"#);
        assert_eq!(
            pages.0,
            "/first/items/0 {}, /first/next/items/0 {}, /first/next/items/1 {}"
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
