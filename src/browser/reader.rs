//! The reader: a worker with a program of its own, which turns files into texts. It reads one after
//! the other, and ends when it is dropped, with all its memory.

use std::cell::Cell;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::Blob;

use super::worker::{Own, Stop, bytes_of, failure, listen, next_message};
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
        let answer = answer.map_err(|error| failure(&error, self.listens.get()))?;
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
