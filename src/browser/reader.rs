//! The reader: a worker with a program of its own, which turns files into texts. It reads one after
//! the other, and ends when it is dropped, with all its memory.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::Blob;

use super::worker::{Own, bytes_of, listen, next_message};
use crate::reading::{self, Asked, Reading, Refused};
use crate::words;

/// A reader that listens.
pub struct Reader(Own);

impl Reader {
    /// Starts one.
    ///
    /// # Errors
    /// When its program does not arrive, in a sentence.
    pub async fn start() -> Result<Self, String> {
        let started = async {
            let own = Own::start("reader")?;
            // A message sent before its program listens would be lost, so it speaks first.
            next_message(&own.0).await?;
            Ok(Self(own))
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
            let worker = &self.0.0;
            let next = next_message(worker);
            worker.post_message(&Array::of2(&question, file))?;
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

/// Reads what it is given, in the worker.
pub fn serve() {
    listen(|scope, message| {
        let asked = Array::from(&message);
        let question = Uint8Array::new(&asked.get(0)).to_vec();
        let file: Blob = asked.get(1).unchecked_into();
        let answer: JsValue = match bytes_of(&file) {
            Ok(bytes) => Uint8Array::from(&*reading::answer(&question, &bytes)).into(),
            Err(error) => super::reason(&error).into(),
        };
        // Bytes and words can always be sent.
        let _ = scope.post_message(&answer);
    });
}
