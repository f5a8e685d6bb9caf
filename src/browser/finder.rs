//! A worker that looks through texts: it keeps those that it was sent for as long as it lives, and is
//! asked about them again and again. It has the program of the worker that answers all questions, and
//! is one of its own, so that nothing waits for the other.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

use super::worker::{Own, ended, next_message};
use crate::job::{Question, Sent};
use crate::words;

/// A finder that listens. Dropping this ends it, whatever it is at, and its memory is free again.
pub struct Finder {
    own: Own,
    sent: Sent,
}

impl Finder {
    /// Starts one.
    ///
    /// # Errors
    /// When its program does not arrive, in a sentence.
    pub async fn start() -> Result<Self, String> {
        let started = async {
            let own = Own::start("worker")?;
            // A message sent before its program listens would be lost, so it speaks first.
            next_message(&own.0).await?;
            Ok(own)
        };
        let started: Result<Own, JsValue> = started.await;
        let own = started.map_err(|error| words::worker::not_loaded(&super::reason(&error)))?;
        Ok(Self {
            own,
            sent: Sent::default(),
        })
    }

    /// Sends it a record, which goes as it came from the store.
    pub fn send(&self, record: &JsValue) {
        // Words can always be sent.
        let _ = self.own.0.post_message(record);
    }

    /// Asks it a question; the answer, as bytes, comes later: until then it is asked no other.
    ///
    /// # Errors
    /// When it broke off, in a sentence: it answers no other then.
    pub fn ask(
        &mut self,
        mut question: Question,
    ) -> impl Future<Output = Result<Vec<u8>, String>> + use<> {
        question.begin(&mut self.sent);
        let bytes = Uint8Array::from(&*question.bytes(&mut self.sent));
        let next = next_message(&self.own.0);
        let posted = self.own.0.post_message(&Array::of1(&bytes));
        async {
            let answered = async {
                posted?;
                next.await
            };
            let answer: Result<JsValue, JsValue> = answered.await;
            match answer {
                Ok(answer) => Ok(Uint8Array::new(&answer).to_vec()),
                Err(error) => Err(ended(&error)),
            }
        }
    }
}
