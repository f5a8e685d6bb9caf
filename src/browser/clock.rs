//! The world's time and chance, which the pure half takes as arguments.

use js_sys::{Function, Intl::DateTimeFormat};
use wasm_bindgen::JsValue;

use crate::annotation::AnnotationId;
use crate::time::Timestamp;

/// Now, in UTC.
#[must_use]
pub fn now() -> Timestamp {
    Timestamp(js_sys::Date::now() as i64)
}

/// What writes moments. To make one takes longer than to draw a row of the list.
fn writer(options: &[(&str, &str)]) -> Function {
    let wanted = js_sys::Object::new();
    for (key, value) in options {
        // Setting a property of a plain object of one's own cannot fail.
        let _ = js_sys::Reflect::set(&wanted, &(*key).into(), &(*value).into());
    }
    DateTimeFormat::new(&js_sys::Array::new(), &wanted).format()
}

thread_local! {
    static MOMENTS: Function = writer(&[("dateStyle", "medium"), ("timeStyle", "short")]);
    static DAYS: Function = writer(&[("dateStyle", "medium")]);
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

/// A new annotation's id.
#[must_use]
pub fn annotation_id() -> AnnotationId {
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
    AnnotationId::new(now(), random)
}
