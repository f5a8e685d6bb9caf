//! The reader: a worker with a program of its own, which turns files into texts. It reads one after
//! the other, and ends when it is dropped, with all its memory.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, DedicatedWorkerGlobalScope, FileReaderSync, MessageEvent, Worker};

use super::worker::next_message;
use crate::reading::{self, Asked, Reading, Refused};
use crate::words;

/// The script that starts its program.
const LOADER: &str = "./reader_start.js";

/// A reader that listens.
pub struct Reader(Worker);

impl Reader {
    /// Starts one.
    ///
    /// # Errors
    /// When its program does not arrive, in a sentence.
    pub async fn start() -> Result<Self, String> {
        let started = async {
            let reader = Self(Worker::new(LOADER)?);
            // A message sent before its program listens would be lost, so it speaks first.
            next_message(&reader.0).await?;
            Ok(reader)
        };
        let started: Result<Self, JsValue> = started.await;
        started.map_err(|error| words::worker::not_loaded(&super::reason(&error)))
    }

    /// Reads a file, or says why there is nothing to read in it.
    ///
    /// # Errors
    /// When the reader broke off, in a sentence: it reads no other then.
    pub async fn read(
        &self,
        asked: &Asked,
        file: &Blob,
    ) -> Result<Result<Reading, Refused>, String> {
        let question = Uint8Array::from(&*reading::question(asked));
        let answered = async {
            let next = next_message(&self.0);
            self.0.post_message(&Array::of2(&question, file))?;
            next.await
        };
        let answer = answered.await;
        let answer = answer.map_err(|error| words::worker::broke_off(&super::reason(&error)))?;
        match answer.dyn_ref::<Uint8Array>() {
            Some(bytes) => Ok(reading::understood(&bytes.to_vec())),
            None => {
                let reason = super::reason(&answer);
                Ok(Err(words::file::unreadable(&asked.name, &reason)))
            }
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.0.set_onerror(None);
        self.0.terminate();
    }
}

/// Reads what it is given, in the worker.
pub fn serve() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let listen = {
        let scope = scope.clone();
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let asked = Array::from(&event.data());
            let question = Uint8Array::new(&asked.get(0)).to_vec();
            let file: Blob = asked.get(1).unchecked_into();
            let read = || FileReaderSync::new()?.read_as_array_buffer(&file);
            let answer: JsValue = match read() {
                Ok(bytes) => {
                    let bytes = Uint8Array::new(&bytes).to_vec();
                    Uint8Array::from(&*reading::answer(&question, &bytes)).into()
                }
                Err(error) => super::reason(&error).into(),
            };
            // Bytes and words can always be sent.
            let _ = scope.post_message(&answer);
        })
    };
    scope.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    let _ = scope.post_message(&Array::new());
}
