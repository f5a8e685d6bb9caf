//! Packing by the browser's own streams, piece by piece.

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStream, Response, WritableStream, WritableStreamDefaultWriter};

use super::failed;
use super::object::has;

// By hand: web-sys has them behind an unstable flag only.
#[wasm_bindgen]
extern "C" {
    type CompressionStream;
    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<CompressionStream, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn readable(this: &CompressionStream) -> ReadableStream;
    #[wasm_bindgen(method, getter)]
    fn writable(this: &CompressionStream) -> WritableStream;

    type DecompressionStream;
    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn readable(this: &DecompressionStream) -> ReadableStream;
    #[wasm_bindgen(method, getter)]
    fn writable(this: &DecompressionStream) -> WritableStream;
}

const FORMAT: &str = "gzip";

/// A stream that is packed as it is written to.
pub struct Packing {
    writer: WritableStreamDefaultWriter,
    whole: JsFuture,
}

/// Whether this browser can pack.
#[must_use]
pub fn is_known() -> bool {
    has(&js_sys::global(), "CompressionStream")
}

impl Packing {
    /// Begins with nothing packed.
    ///
    /// # Errors
    /// Here and below: the browser's reason.
    pub fn begin() -> Result<Self, String> {
        let begin = || {
            let stream = CompressionStream::new(FORMAT)?;
            let packed = Response::new_with_opt_readable_stream(Some(&stream.readable()))?;
            Ok(Self {
                writer: stream.writable().get_writer()?,
                whole: JsFuture::from(packed.array_buffer()?),
            })
        };
        begin().map_err(failed)
    }

    /// Packs a piece.
    ///
    /// # Errors
    /// As above.
    pub async fn write(&self, piece: &str) -> Result<(), String> {
        let bytes = Uint8Array::from(piece.as_bytes());
        let written = JsFuture::from(self.writer.write_with_chunk(&bytes)).await;
        written.map(|_| ()).map_err(failed)
    }

    /// All of it, packed.
    ///
    /// # Errors
    /// As above.
    pub async fn end(self) -> Result<ArrayBuffer, String> {
        JsFuture::from(self.writer.close()).await.map_err(failed)?;
        Ok(self.whole.await.map_err(failed)?.unchecked_into())
    }
}

/// What was packed, as it was.
///
/// # Errors
/// When it is damaged, or the browser can't unpack.
pub async fn unpacked(packed: &Blob) -> Result<Blob, String> {
    let unpack = || {
        let stream = DecompressionStream::new(FORMAT)?;
        // What goes wrong here goes wrong in what comes out as well.
        let piped = JsFuture::from(packed.stream().pipe_to(&stream.writable()));
        let unpacked = Response::new_with_opt_readable_stream(Some(&stream.readable()))?;
        Ok((JsFuture::from(unpacked.blob()?), piped))
    };
    let (unpacked, _piped) = unpack().map_err(failed)?;
    Ok(unpacked.await.map_err(failed)?.unchecked_into())
}
