//! Files in and out, without any of them leaving the machine.

use gloo::timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

use crate::job::Given;

/// How long a download may take to begin before its text is let go, in ms.
const HELD: u32 = 60_000;

/// The largest file read, in bytes. Beyond this a page's memory is at risk, and no text or
/// annotation file of one article is near it.
const LARGEST: f64 = 256e6;

/// Offers a text, given in pieces, as a download.
///
/// # Errors
/// When the page may not make files, in a sentence.
pub fn download(name: &str, pieces: &Array) -> Result<(), String> {
    let failed =
        |error: JsValue| format!("The file could not be made ({}).", super::reason(&error));
    let options = BlobPropertyBag::new();
    options.set_type("application/ld+json");
    let blob = Blob::new_with_str_sequence_and_options(pieces, &options).map_err(failed)?;
    let address = Url::create_object_url_with_blob(&blob).map_err(failed)?;
    let link: HtmlAnchorElement = super::document()
        .create_element("a")
        .map_err(failed)?
        .unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // Revoked later: some engines read it only after the click has been handled.
    Timeout::new(HELD, move || {
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
    Ok(())
}

/// Reads a file as text.
///
/// # Errors
/// When it is too large, not text, or can't be read, in a sentence with its name.
pub async fn read(file: &File) -> Result<String, String> {
    let name = file.name();
    check_size(file)?;
    let buffer = JsFuture::from(file.array_buffer()).await;
    let buffer = buffer.map_err(|error| unreadable(&name, &error))?;
    let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
    Given { name, bytes }.text()
}

/// Whether a file is small enough to be read.
///
/// # Errors
/// When it is not, in a sentence with its name.
pub fn check_size(file: &File) -> Result<(), String> {
    if file.size() > LARGEST {
        let name = file.name();
        return Err(format!(
            "“{name}” is larger than 256 MB, too large for this page."
        ));
    }
    Ok(())
}

/// Says that a file could not be read.
pub(super) fn unreadable(name: &str, error: &JsValue) -> String {
    format!("“{name}” could not be read ({}).", super::reason(error))
}
