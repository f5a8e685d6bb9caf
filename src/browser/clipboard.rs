//! What is copied.

use wasm_bindgen_futures::JsFuture;

use super::object::field;
use super::window;

/// Puts a text into the clipboard; whether the browser allowed that.
pub async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    // A page that did not come over a safe connection has none.
    if !field(&navigator, "clipboard").is_object() {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text))
        .await
        .is_ok()
}
