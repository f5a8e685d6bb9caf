//! Files that lie beside the page.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// The text of a file, by its address from the page.
///
/// # Errors
/// When it can't be had, with the browser's reason.
pub async fn text(address: &str) -> Result<String, String> {
    let fetched = async {
        let answer = JsFuture::from(super::window().fetch_with_str(address)).await?;
        let answer: Response = answer.unchecked_into();
        if !answer.ok() {
            return Err(JsValue::from_str(&answer.status_text()));
        }
        JsFuture::from(answer.text()?).await
    };
    let text = fetched.await.map_err(|error| super::reason(&error))?;
    Ok(text.as_string().unwrap_or_default())
}
