//! What other programs have shared with this one, which the service worker keeps until it is taken:
//! `src/boot/sw.js`.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, Response};

use super::object::field;
use super::{failed, file};

/// The cache that it is kept in.
const CACHE: &str = "shared";

// By hand: what is asked of it once is no reason to have all of it.
#[wasm_bindgen]
extern "C" {
    type Caches;
    #[wasm_bindgen(method)]
    fn open(this: &Caches, name: &str) -> js_sys::Promise;
    #[wasm_bindgen(method)]
    fn delete(this: &Caches, name: &str) -> js_sys::Promise;

    type Cache;
    #[wasm_bindgen(method, js_name = match)]
    fn find(this: &Cache, address: &str) -> js_sys::Promise;
}

/// What was shared: each empty where there is none.
#[derive(Clone, Debug, Default)]
pub struct Shared {
    /// What it is called.
    pub title: String,
    /// Words.
    pub text: String,
    /// An address.
    pub address: String,
    /// Files.
    pub files: Vec<File>,
}

/// Takes what was shared; from then on it is kept no more.
///
/// # Errors
/// The browser's reason.
pub async fn take() -> Result<Shared, String> {
    let caches = field(&super::window(), "caches");
    if !caches.is_object() {
        return Ok(Shared::default());
    }
    let caches: Caches = caches.unchecked_into();
    let taken = read(&caches).await.map_err(failed);
    JsFuture::from(caches.delete(CACHE)).await.map_err(failed)?;
    taken
}

async fn read(caches: &Caches) -> Result<Shared, JsValue> {
    let cache: Cache = JsFuture::from(caches.open(CACHE)).await?.unchecked_into();
    let Some(words) = found(&cache, "words").await? else {
        return Ok(Shared::default());
    };
    let words = JsFuture::from(words.json()?).await?;
    let named = |name: &str| field(&words, name).as_string().unwrap_or_default();
    let mut files = Vec::new();
    for (name, at) in Array::from(&field(&words, "files")).iter().zip(0..) {
        if let Some(kept) = found(&cache, &format!("{at}")).await? {
            let held: Blob = JsFuture::from(kept.blob()?).await?.unchecked_into();
            let name = name.as_string().unwrap_or_default();
            let file = file::of(&name, &Array::of1(&held));
            files.push(file.map_err(JsValue::from)?);
        }
    }
    Ok(Shared {
        title: named("title"),
        text: named("text"),
        address: named("url"),
        files,
    })
}

async fn found(cache: &Cache, name: &str) -> Result<Option<Response>, JsValue> {
    let kept = JsFuture::from(cache.find(&format!("./shared/{name}"))).await?;
    Ok(kept.dyn_into().ok())
}
