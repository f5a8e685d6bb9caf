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

thread_local! {
    /// Writes a moment. To make one takes longer than to draw a row of the list.
    static WRITER: Function = {
        let options = js_sys::Object::new();
        for (key, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
            // Setting a property of a plain object of one's own cannot fail.
            let _ = js_sys::Reflect::set(&options, &key.into(), &value.into());
        }
        DateTimeFormat::new(&js_sys::Array::new(), &options).format()
    };
}

/// A moment as this person writes it: short date and time in the page's locale.
#[must_use]
pub fn shown(at: Timestamp) -> String {
    let written = WRITER.with(|writer| writer.call1(&JsValue::NULL, &(at.0 as f64).into()));
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
