//! Files that lie beside the page.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// The text of a file, by its address from the page. It is asked for before it is waited for.
///
/// # Errors
/// When it can't be had, with the browser's reason; when it is not UTF-8.
pub fn text(address: &str) -> impl Future<Output = Result<String, String>> + use<> {
    let asked = JsFuture::from(super::window().fetch_with_str(address));
    async {
        let fetched = async {
            let answer: Response = asked.await?.unchecked_into();
            if !answer.ok() {
                return Err(JsValue::from_str(&answer.status_text()));
            }
            // Bytes, since a long string takes its time from one memory to the other.
            JsFuture::from(answer.array_buffer()?).await
        };
        let bytes = fetched.await.map_err(|error| super::reason(&error))?;
        let bytes = js_sys::Uint8Array::new(&bytes).to_vec();
        String::from_utf8(bytes).map_err(|error| error.to_string())
    }
}
