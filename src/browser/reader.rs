//! The reader: a worker with a program of its own, which turns files into texts. It reads one after
//! the other, and ends when it is dropped, with all its memory.

use std::cell::Cell;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::Blob;

use super::worker::{Own, Stop, bytes_of, failure, is_out_of_memory, listen, next_message};
use crate::format::sniff::SNIFFED_BYTES;
use crate::job::Failure;
use crate::reading::{self, Asked, Reading, Refused};
use crate::words;

/// A reader.
pub struct Reader {
    own: Own,
    /// Whether its program is here.
    listens: Cell<bool>,
}

impl Reader {
    /// Starts one; it reads as soon as its program is here.
    ///
    /// # Errors
    /// When the browser has no worker.
    pub fn start() -> Result<Self, Failure> {
        let own = Own::start("reader").map_err(|error| failure(&error, false))?;
        Ok(Self {
            own,
            listens: Cell::new(false),
        })
    }

    /// What stops it: it reads no other file then.
    #[must_use]
    pub fn stop(&self) -> Stop {
        Stop::of(&self.own.0)
    }

    /// Reads a file, or says why there is nothing to read in it.
    ///
    /// # Errors
    /// When its program does not arrive, when it was stopped, and when it broke off: it reads no other
    /// then.
    pub async fn read(
        &self,
        asked: &Asked,
        file: &Blob,
    ) -> Result<Result<Reading, Refused>, Failure> {
        let question = Uint8Array::from(&*reading::question(asked));
        let answered = async {
            let worker = &self.own.0;
            // A message sent before its program listens would be lost, so it speaks first.
            if !self.listens.get() {
                next_message(worker).await?;
                self.listens.set(true);
            }
            let next = next_message(worker);
            worker.post_message(&Array::of2(&question, file))?;
            next.await
        };
        let answer: Result<JsValue, JsValue> = answered.await;
        let answer = answer.map_err(|error| {
            if self.listens.get() && is_out_of_memory(&error) {
                Failure::refused(words::reading::OUT_OF_MEMORY)
            } else {
                failure(&error, self.listens.get())
            }
        })?;
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
        let answered = || {
            let too_large = reading::answer_to_size(&question, &edges(&file)?, file.size() as u64);
            match too_large {
                Some(answer) => Ok(answer),
                None => Ok(reading::answer(&question, &bytes_of(&file)?)),
            }
        };
        let answer: Result<Vec<u8>, JsValue> = answered();
        let answer: JsValue = match answer {
            Ok(answer) => Uint8Array::from(&*answer).into(),
            Err(error) => super::reason(&error).into(),
        };
        // Bytes and words can always be sent.
        let _ = scope.post_message(&answer);
    });
}

/// The beginning and the end of a file, by which its kind is told.
fn edges(file: &Blob) -> Result<Vec<u8>, JsValue> {
    let (length, size) = (SNIFFED_BYTES as f64, file.size());
    let mut bytes = bytes_of(&file.slice_with_f64_and_f64(0.0, length)?)?;
    let end = file.slice_with_f64_and_f64((size - length).max(length), size)?;
    bytes.extend(bytes_of(&end)?);
    Ok(bytes)
}
