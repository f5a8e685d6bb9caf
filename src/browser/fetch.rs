//! Files that lie beside the page.

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// The text of a file, by its address from the page. What the page's first script has asked for before
/// the program runs is on its way, and is taken once; anything else is asked for now. It comes as bytes,
/// since a long string takes its time from one memory to the other.
///
/// # Errors
/// When it can't be had, with the browser's reason; when it is not UTF-8.
pub async fn text(address: &str) -> Result<String, String> {
    let fetched = async {
        if let Ok(file) = super::take_early(address)?.dyn_into::<Promise>() {
            return JsFuture::from(file).await;
        }
        let answer = JsFuture::from(super::window().fetch_with_str(address)).await?;
        let answer: Response = answer.dyn_into()?;
        if !answer.ok() {
            return Err(answer.status_text().into());
        }
        JsFuture::from(answer.array_buffer()?).await
    };
    let bytes = fetched.await.map_err(super::failed)?;
    String::from_utf8(Uint8Array::new(&bytes).to_vec()).map_err(|error| error.to_string())
}
