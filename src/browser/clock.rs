//! The world's time and chance, which the pure half takes as arguments.

use js_sys::{Function, Intl::DateTimeFormat};
use uuid::Uuid;
use wasm_bindgen::prelude::*;

use super::object::object;
use crate::time::Timestamp;

/// Now, in UTC.
#[must_use]
pub fn now() -> Timestamp {
    Timestamp(js_sys::Date::now() as i64)
}

/// What writes moments. To make one takes longer than to draw a row of the list.
fn writer(options: &[(&str, &str)]) -> DateTimeFormat {
    let options: Vec<_> = options
        .iter()
        .map(|(name, value)| (*name, (*value).into()))
        .collect();
    DateTimeFormat::new(&js_sys::Array::new(), &object(&options))
}

thread_local! {
    static RANGES: DateTimeFormat = writer(&[("dateStyle", "medium"), ("timeStyle", "short")]);
    static MOMENTS: Function = RANGES.with(DateTimeFormat::format);
    static DAYS: Function = writer(&[("dateStyle", "medium")]).format();
}

/// A moment as this person writes it: short date and time in the page's locale.
#[must_use]
pub fn shown(at: Timestamp) -> String {
    MOMENTS.with(|writer| written(writer, at))
}

/// Its day.
#[must_use]
pub fn day(at: Timestamp) -> String {
    DAYS.with(|writer| written(writer, at))
}

fn written(writer: &Function, at: Timestamp) -> String {
    let written = writer.call1(&JsValue::NULL, &(at.0 as f64).into());
    // A moment outside the calendar, which no clock tells, is shown as nothing.
    written
        .ok()
        .and_then(|words| words.as_string())
        .unwrap_or_default()
}

/// From one moment to another of which one day has both, as this person writes it: the day once.
#[must_use]
pub fn range(from: Timestamp, to: Timestamp) -> String {
    // By hand: js-sys does not know it.
    #[wasm_bindgen]
    extern "C" {
        type Ranges;
        #[wasm_bindgen(method, catch, js_name = formatRange)]
        fn format_range(this: &Ranges, from: f64, to: f64) -> Result<String, JsValue>;
    }
    RANGES.with(|format| {
        let ranges: &Ranges = format.unchecked_ref();
        let written = ranges.format_range(from.0 as f64, to.0 as f64);
        // An engine that does not know it says when the last was.
        written.unwrap_or_else(|_| shown(to))
    })
}

/// A moment on this person's clock, as if that were UTC.
fn local(at: Timestamp) -> Timestamp {
    let date = js_sys::Date::new(&(at.0 as f64).into());
    Timestamp(at.0 - date.get_timezone_offset() as i64 * 60_000)
}

/// This person's day of a moment: "2031-05-07".
#[must_use]
pub fn date(at: Timestamp) -> String {
    local(at).to_string().chars().take(10).collect()
}

/// A moment on this person's clock as every system takes it in a name of a file:
/// "2031-05-07 12.30.00".
#[must_use]
pub fn stamp(at: Timestamp) -> String {
    let written: String = local(at).to_string().chars().take(19).collect();
    written.replace('T', " ").replace(':', ".")
}

/// A lasting name for what is made now.
#[must_use]
pub fn name() -> Uuid {
    let mut random = [0; 10];
    // Where the page has no secure source, chance of another kind still makes ids
    // that do not meet: they carry the time, and protect nothing.
    if super::window()
        .crypto()
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut random))
        .is_err()
    {
        random.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    }
    now().name(random)
}
