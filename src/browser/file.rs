//! Files in and out, without any of them leaving the machine.

use gloo::timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, FileList, HtmlAnchorElement, Url};

use super::failed;
use super::object::field;
use crate::words;

/// Time that a download may take to begin before its text is let go, in ms.
const KEPT_FOR_MS: u32 = 60_000;

/// Size of the largest file read, in bytes. Beyond this a page's memory is at risk, and no text or
/// annotation file of one article is near it.
const LARGEST_BYTES: f64 = 256e6;

/// Offers a text, given in pieces, as a download.
///
/// # Errors
/// When the page may not make files, in a sentence.
pub fn download(name: &str, pieces: &Array) -> Result<(), String> {
    let options = BlobPropertyBag::new();
    options.set_type("application/ld+json");
    let blob = Blob::new_with_str_sequence_and_options(pieces, &options).map_err(failed);
    let offered = blob.and_then(|blob| offer(name, &blob));
    offered.map_err(|reason| words::file::not_made(&reason))
}

/// Offers bytes as a download.
///
/// # Errors
/// When the page may not make files, in a sentence.
pub fn offer_bytes(name: &str, bytes: &Uint8Array, media_type: &str) -> Result<(), String> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let pieces = Array::of1(bytes);
    let blob = Blob::new_with_buffer_source_sequence_and_options(&pieces, &options);
    let offered = blob.map_err(failed).and_then(|blob| offer(name, &blob));
    offered.map_err(|reason| words::file::not_made(&reason))
}

/// Offers a file as a download.
///
/// # Errors
/// When the page may not make files, with the browser's reason.
pub fn offer(name: &str, file: &Blob) -> Result<(), String> {
    let address = Url::create_object_url_with_blob(file).map_err(failed)?;
    let link: HtmlAnchorElement = super::document()
        .create_element("a")
        .map_err(failed)?
        .unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // Revoked later: some engines read it only after the click has been handled.
    Timeout::new(KEPT_FOR_MS, move || {
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
    Ok(())
}

/// A file of pieces that are files themselves.
///
/// # Errors
/// When the page may not make files, with the browser's reason.
pub fn of(name: &str, pieces: &Array) -> Result<File, String> {
    File::new_with_blob_sequence(pieces, name).map_err(failed)
}

/// A piece of text as a file without a name.
///
/// # Errors
/// When the page may not make files, with the browser's reason.
pub fn piece(words: &str) -> Result<Blob, String> {
    Blob::new_with_str_sequence(&Array::of1(&words.into())).map_err(failed)
}

/// Bytes as a file without a name.
///
/// # Errors
/// When the page may not make files, with the browser's reason.
pub fn of_bytes(bytes: &JsValue) -> Result<Blob, String> {
    Blob::new_with_buffer_source_sequence(&Array::of1(bytes)).map_err(failed)
}

/// What a file holds, as bytes.
///
/// # Errors
/// The browser's reason.
pub async fn bytes(file: &Blob) -> Result<JsValue, String> {
    let bytes = JsFuture::from(file.array_buffer()).await;
    bytes.map_err(failed)
}

/// Calls back with the files that the system opens with the page, where it can.
pub fn when_opened_with(act: impl Fn(Vec<File>) + 'static) {
    // By hand: no standard has it, so web-sys has not.
    #[wasm_bindgen]
    extern "C" {
        type LaunchQueue;
        #[wasm_bindgen(method, js_name = setConsumer)]
        fn set_consumer(this: &LaunchQueue, act: &js_sys::Function);
        type Launch;
        #[wasm_bindgen(method, getter)]
        fn files(this: &Launch) -> Array;
        type Handle;
        #[wasm_bindgen(method, js_name = getFile)]
        fn get_file(this: &Handle) -> js_sys::Promise;
    }
    let queue = field(&super::window(), "launchQueue");
    if !queue.is_object() {
        return;
    }
    let act = std::rc::Rc::new(act);
    let consumer = Closure::<dyn FnMut(Launch)>::new(move |launch: Launch| {
        let handles = launch.files();
        let act = act.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let mut files = Vec::new();
            for handle in handles.iter().filter(JsValue::is_object) {
                let handle: &Handle = handle.unchecked_ref();
                // One that can't be read is not opened.
                if let Ok(file) = JsFuture::from(handle.get_file()).await {
                    files.push(file.unchecked_into());
                }
            }
            if !files.is_empty() {
                act(files);
            }
        });
    });
    let queue: LaunchQueue = queue.unchecked_into();
    queue.set_consumer(consumer.as_ref().unchecked_ref());
    consumer.forget();
}

/// The files of a list.
#[must_use]
pub fn all(list: Option<FileList>) -> Vec<File> {
    let all = list.map(|list| (0..list.length()).filter_map(move |at| list.get(at)));
    all.into_iter().flatten().collect()
}

/// The beginning and the end of a file, by which its kind is told: so many bytes of each.
///
/// # Errors
/// When it can't be read, in a sentence with its name.
pub async fn edges(file: &Blob, name: &str, length: usize) -> Result<Vec<u8>, String> {
    let (length, size) = (length as f64, file.size());
    let both = async {
        let mut bytes = Vec::new();
        // Of a short one all.
        let end = if size > 2.0 * length {
            size - length
        } else {
            length
        };
        for (from, to) in [(0.0, length), (end, size)] {
            if from < size {
                let piece = file.slice_with_f64_and_f64(from, to)?;
                let held = JsFuture::from(piece.array_buffer()).await?;
                bytes.extend(js_sys::Uint8Array::new(&held).to_vec());
            }
        }
        Ok(bytes)
    };
    both.await.map_err(|error| unreadable(name, &error))
}

/// Whether a file is small enough to be read.
///
/// # Errors
/// When it is not, in a sentence with its name.
pub fn check_size(file: &Blob, name: &str) -> Result<(), String> {
    if file.size() > LARGEST_BYTES {
        return Err(words::file::too_large(name));
    }
    Ok(())
}

/// Says that a file could not be read.
pub(super) fn unreadable(name: &str, error: &JsValue) -> String {
    words::file::unreadable(name, &super::reason(error))
}
