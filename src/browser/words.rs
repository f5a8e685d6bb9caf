//! Where words and sentences begin and end, as the engine knows it (`Intl.Segmenter`, UAX #29
//! with dictionaries for scripts that put no spaces between words).

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::object::{field, object};
use crate::text::{Span, Utf16};

#[wasm_bindgen]
extern "C" {
    type Segmenter;

    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(locales: &JsValue, options: &JsValue) -> Result<Segmenter, JsValue>;

    #[wasm_bindgen(method)]
    fn segment(this: &Segmenter, text: &str) -> JsValue;
}

/// The words of a text in order, in its own UTF-16 units; none where the engine can't tell.
#[must_use]
pub fn words(text: &str) -> Vec<Span<Utf16>> {
    segments(text, "word", true)
}

/// The sentences of a text in order, with the white space behind each, in its own UTF-16 units;
/// none where the engine can't tell.
#[must_use]
pub fn sentences(text: &str) -> Vec<Span<Utf16>> {
    segments(text, "sentence", false)
}

fn segments(text: &str, granularity: &str, only_words: bool) -> Vec<Span<Utf16>> {
    let options = object(&[("granularity", granularity.into())]);
    let Ok(segmenter) = Segmenter::new(&JsValue::UNDEFINED, &options) else {
        return Vec::new();
    };
    let span = |segment: JsValue| {
        let is_word = || field(&segment, "isWordLike").as_bool();
        if only_words && is_word() != Some(true) {
            return None;
        }
        let start = field(&segment, "index").as_f64()? as u32;
        let length = js_sys::JsString::from(field(&segment, "segment")).length();
        Some(Span::between(Utf16(start), Utf16(start + length)))
    };
    Array::from(&segmenter.segment(text))
        .iter()
        .filter_map(span)
        .collect()
}
