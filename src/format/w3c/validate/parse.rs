//! Text to JSON, with the place of a mistake in a sentence.

use std::cell::Cell;
use std::fmt;
use std::ops::ControlFlow;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::Problem;
use crate::words::annotation_file::json;

/// Reads JSON text, with or without a byte-order mark. The deepest nesting that is
/// read is 127 levels (`serde_json`'s own bound), so hostile input cannot overflow
/// the stack.
///
/// # Errors
/// One problem with the line and the column, both counted from 1, the column in
/// characters: text that is not JSON, or an object with the same key twice. Plain JSON
/// allows the latter and keeps the last, so something would be lost in silence.
pub fn parse(text: &str) -> Result<Value, Problem> {
    let reading = Reading {
        place: Place::Inside,
        read: &|_| (),
    };
    parsed(text, reading)
}

/// An annotation that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece<'a> {
    /// The pointer of the list that holds it.
    pub list: &'a str,
    /// Its number there, from 0.
    pub number: usize,
    /// What it says.
    pub value: Value,
}

/// What takes annotations, and says whether to go on.
pub(super) type Take<'a> = dyn FnMut(Piece<'_>) -> ControlFlow<()> + 'a;

/// Reads JSON text as [`parse`] does, and hands over the annotations of a bare list, a page or
/// a collection one by one: all of them at once take ten times the room of their text. In the
/// value, [`STAND_IN`] stands for each of a page, and a bare list is empty. There is no value
/// where `take` did not go on. `progress` is told how much of the text has been read, in percent.
///
/// # Errors
/// As with [`parse`].
pub fn parse_in_pieces(
    text: &str,
    progress: &dyn Fn(u8),
    take: &mut Take<'_>,
) -> Result<Option<Value>, Problem> {
    let told = Cell::new(0);
    // Where a string that was read lies in memory says how far the reading is.
    let read = |string: &str| {
        let done = string.as_ptr().addr().saturating_sub(text.as_ptr().addr());
        let percent = (100 * done as u64 / text.len() as u64) as u8;
        if percent > told.get() {
            told.set(percent);
            progress(percent);
        }
    };
    let mut is_over = false;
    let mut take = |list: &str, number, value| {
        is_over = take(Piece {
            list,
            number,
            value,
        })
        .is_break();
        !is_over
    };
    let reading = Reading {
        place: Place::Holder(String::new(), &mut take),
        read: &read,
    };
    let value = parsed(text, reading);
    if is_over {
        return Ok(None);
    }
    value.map(Some)
}

/// An IRI, so that a page is as valid as with an annotation in its place.
pub const STAND_IN: &str = "urn:themark:annotation";

fn parsed(text: &str, reading: Reading<'_, '_>) -> Result<Value, Problem> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut input = serde_json::Deserializer::from_str(text);
    let value = reading.deserialize(&mut input);
    value
        .and_then(|value| input.end().map(|()| value))
        .map_err(|error| Problem {
            at: String::new(),
            message: sentence(text, &error),
        })
}

fn sentence(text: &str, error: &serde_json::Error) -> String {
    if text.trim().is_empty() {
        return json::EMPTY.to_owned();
    }
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default();
    let line = error.line().to_string();
    let column = column(text, error).to_string();
    if error.is_eof() {
        json::ends_early(&line, &column)
    } else if words.starts_with("recursion") {
        json::nested(&line, &column)
    } else if error.is_data() {
        json::unsafe_to_read(words, &line, &column)
    } else {
        json::malformed(words, &line, &column)
    }
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

/// The reading of a value, in whose objects every key has to stand once.
struct Reading<'t, 'f> {
    place: Place<'t, 'f>,
    /// Is told each string that was read, where it stands in the text as it is.
    read: &'t dyn Fn(&str),
}

/// Takes an annotation of a list, with its number; whether it goes on.
type Hand<'f> = dyn FnMut(&str, usize, Value) -> bool + 'f;

/// Where a value stands.
enum Place<'t, 'f> {
    /// What may hold annotations: the whole, or a page.
    Holder(String, &'t mut Hand<'f>),
    /// A list of them.
    Items(String, &'t mut Hand<'f>),
    /// Anything else.
    Inside,
}

impl<'de> DeserializeSeed<'de> for Reading<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Value, D::Error> {
        input.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reading<'_, '_> {
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

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Value, E> {
        (self.read)(value);
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut input: A) -> Result<Value, A::Error> {
        let Self { place, read } = self;
        let mut taken = match place {
            Place::Items(at, take) => Some((at, take)),
            Place::Holder(at, take) if at.is_empty() => Some((at, take)),
            _ => None,
        };
        let mut list = Vec::new();
        let mut number = 0;
        let inside = || Reading {
            place: Place::Inside,
            read,
        };
        while let Some(value) = input.next_element_seed(inside())? {
            let is_whole_list = matches!(&taken, Some((at, _)) if at.is_empty());
            match &mut taken {
                Some((at, take)) if is_whole_list || value.is_object() => {
                    if !take(at, number, value) {
                        return Err(A::Error::custom(json::STOPPED));
                    }
                    if !is_whole_list {
                        list.push(STAND_IN.into());
                    }
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
                return Err(A::Error::custom(json::twice(&key)));
            }
            let member = self.member(&key);
            let value = input.next_value_seed(member)?;
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}

impl<'f> Reading<'_, 'f> {
    /// Where a member of an object here stands.
    fn member(&mut self, key: &str) -> Reading<'_, 'f> {
        let read = self.read;
        let place = match &mut self.place {
            Place::Holder(at, take) => {
                let at = [at, "/", key].concat();
                match key {
                    "items" => Place::Items(at, &mut **take),
                    "first" | "next" => Place::Holder(at, &mut **take),
                    _ => Place::Inside,
                }
            }
            _ => Place::Inside,
        };
        Reading { place, read }
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
            let rest = parse_in_pieces(text, &|_| (), &mut |piece| {
                let Piece {
                    list,
                    number,
                    value,
                    ..
                } = piece;
                taken.push(format!("{list}/{number} {value}"));
                ControlFlow::Continue(())
            });
            (taken.join(", "), rest.unwrap().unwrap().to_string())
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
    fn how_far_the_reading_is_rises_to_the_end() {
        let item = r#"{"type":"Annotation","body":"éé \n"}"#;
        for text in [
            format!("[{}]", [item; 500].join(",")),
            format!(
                "\u{feff}{{\"items\":[{}],\"id\":\"a\"}}",
                [item; 500].join(",\n")
            ),
        ] {
            let told = std::cell::RefCell::new(Vec::new());
            let tell = |percent| told.borrow_mut().push(percent);
            parse_in_pieces(&text, &tell, &mut |_| ControlFlow::Continue(())).unwrap();
            // Each once.
            assert!(told.into_inner().into_iter().eq(1..=99));
        }
    }

    #[test]
    fn what_follows_is_not_read_where_nothing_more_is_wanted() {
        for text in [
            "[1,2,3,4 nonsense",
            r#"{"first":{"items":[{},{},{},{} nonsense"#,
        ] {
            let mut taken = 0;
            let read = parse_in_pieces(text, &|_| (), &mut |_| {
                taken += 1;
                if taken < 3 {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            });
            assert_eq!((read, taken), (Ok(None), 3));
        }
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
