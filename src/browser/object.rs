//! Plain objects, as stores and web APIs want them.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// An object with some fields.
#[must_use]
pub fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a property of a plain object of one's own cannot fail.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}

/// A field of an object; undefined where it has none, or is none.
#[must_use]
pub fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}

/// Whether an object has a field, as engines have an API.
#[must_use]
pub fn has(object: &JsValue, name: &str) -> bool {
    Reflect::has(object, &name.into()).unwrap_or(false)
}

/// A field that is a whole number; 0 where it is none.
#[must_use]
pub fn number(object: &JsValue, name: &str) -> i64 {
    field(object, name).as_f64().unwrap_or_default() as i64
}
