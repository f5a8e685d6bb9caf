//! A folder of the person's own, which some browsers let the page write to.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, FileSystemDirectoryHandle, FileSystemFileHandle, FileSystemGetFileOptions,
    FileSystemWritableFileStream,
};

use super::failed;
use super::object::{has, object};

// By hand: no standard has these, so web-sys has not.
#[wasm_bindgen]
extern "C" {
    type Chooser;
    #[wasm_bindgen(method, catch, js_name = showDirectoryPicker)]
    fn show_directory_picker(
        this: &Chooser,
        options: &js_sys::Object,
    ) -> Result<js_sys::Promise, JsValue>;

    type Handle;
    #[wasm_bindgen(method, catch, js_name = queryPermission)]
    fn query_permission(
        this: &Handle,
        options: &js_sys::Object,
    ) -> Result<js_sys::Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = requestPermission)]
    fn request_permission(
        this: &Handle,
        options: &js_sys::Object,
    ) -> Result<js_sys::Promise, JsValue>;
}

/// A folder that was chosen.
#[derive(Clone)]
pub struct Folder(FileSystemDirectoryHandle);

/// What the page wants to do with a folder.
fn to_write() -> (&'static str, JsValue) {
    ("mode", "readwrite".into())
}

/// Whether this browser lets a person choose one.
#[must_use]
pub fn can_be_chosen() -> bool {
    has(&super::window(), "showDirectoryPicker")
}

impl Folder {
    /// One that was kept.
    #[must_use]
    pub fn from_handle(value: JsValue) -> Option<Self> {
        let is_object = value.is_object();
        is_object.then(|| Self(value.unchecked_into()))
    }

    /// To be kept.
    #[must_use]
    pub fn value(&self) -> &JsValue {
        &self.0
    }

    /// Has a person choose one; nothing where they did not want to.
    ///
    /// # Errors
    /// Here and below: the browser's reason.
    pub async fn choose() -> Result<Option<Self>, String> {
        let window = super::window();
        let chooser: &Chooser = window.unchecked_ref();
        let asked = chooser.show_directory_picker(&object(&[to_write(), ("id", "themark".into())]));
        match JsFuture::from(asked.map_err(failed)?).await {
            Ok(chosen) => Ok(Some(Self(chosen.unchecked_into()))),
            Err(error) if is_abort(&error) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// Whether the page may write to it without asking anew.
    pub async fn is_allowed(&self) -> bool {
        let handle: &Handle = self.0.unchecked_ref();
        granted(handle.query_permission(&object(&[to_write()]))).await
    }

    /// Asks whether the page may write to it.
    pub async fn ask(&self) -> bool {
        let handle: &Handle = self.0.unchecked_ref();
        granted(handle.request_permission(&object(&[to_write()]))).await
    }

    /// Writes a file, in the place of one of that name.
    ///
    /// # Errors
    /// As above.
    pub async fn write(&self, name: &str, contents: &Blob) -> Result<(), String> {
        let write = async {
            let options = FileSystemGetFileOptions::new();
            options.set_create(true);
            let file = JsFuture::from(self.0.get_file_handle_with_options(name, &options)).await?;
            let file: FileSystemFileHandle = file.unchecked_into();
            let stream = JsFuture::from(file.create_writable()).await?;
            let stream: FileSystemWritableFileStream = stream.unchecked_into();
            let written = async {
                JsFuture::from(stream.write_with_blob(contents)?).await?;
                JsFuture::from(stream.close()).await
            };
            let written = written.await;
            if written.is_err() {
                // What was begun goes; where even that fails, the reason above says more.
                let _ = JsFuture::from(stream.abort()).await;
            }
            written
        };
        write.await.map(|_| ()).map_err(failed)
    }
}

fn is_abort(error: &JsValue) -> bool {
    let exception = error.dyn_ref::<web_sys::DomException>();
    exception.is_some_and(|exception| exception.name() == "AbortError")
}

async fn granted(asked: Result<js_sys::Promise, JsValue>) -> bool {
    let Ok(asked) = asked else { return false };
    let answer = JsFuture::from(asked).await;
    answer.is_ok_and(|answer| answer == "granted")
}
