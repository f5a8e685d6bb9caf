//! Files that lie beside the page.

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// The text of a file, by its address from the page. The page's first script asks for them
/// before the program runs; they come as bytes, since a long string takes its
/// time from one memory to the other.
///
/// # Errors
/// When it can't be had, with the browser's reason; when it is not UTF-8.
pub async fn text(address: &str) -> Result<String, String> {
    let fetched = async {
        let file: Promise = super::take_early(address)?.dyn_into()?;
        JsFuture::from(file).await
    };
    let bytes = fetched.await.map_err(super::failed)?;
    String::from_utf8(Uint8Array::new(&bytes).to_vec()).map_err(|error| error.to_string())
}

/// The same of a file that the page's first script has not asked for, or was asked for before.
///
/// # Errors
/// As above.
pub async fn again(address: &str) -> Result<String, String> {
    let fetched = async {
        let answer = JsFuture::from(super::window().fetch_with_str(address)).await?;
        let answer: Response = answer.dyn_into()?;
        if !answer.ok() {
            return Err(answer.status_text().into());
        }
        JsFuture::from(answer.text()?).await
    };
    let text = fetched.await.map_err(super::failed)?;
    Ok(text.as_string().unwrap_or_default())
}
