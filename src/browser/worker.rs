//! A web worker that is fetched when first needed, asked once, and let go.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, Worker};

use crate::job;

/// The script that starts the worker's own program.
const LOADER: &str = "./worker_start.js";

/// Asks a question of a fresh worker. When the answer is there the worker ends, and
/// its memory is free again.
///
/// # Errors
/// When the worker can't be started, with a sentence.
pub async fn ask(question: Vec<String>) -> Result<Vec<String>, String> {
    let failed = |error: JsValue| {
        let reason = super::reason(&error);
        format!(
            "The part of Themark that reads files and looks for passages could not be loaded ({reason}). Check the connection and try again."
        )
    };
    let worker = Worker::new(LOADER).map_err(failed)?;
    // Whatever happens from here on, the worker must end.
    let answer = async {
        // A message sent before the worker's program listens would be lost, so the
        // worker speaks first.
        next_message(&worker).await?;
        worker.post_message(&strings(&question))?;
        next_message(&worker).await
    }
    .await;
    worker.terminate();
    answer.map(|answer| words(&answer)).map_err(failed)
}

async fn next_message(worker: &Worker) -> Result<JsValue, JsValue> {
    let message = super::settled(|resolve, reject| {
        worker.set_onmessage(Some(resolve));
        worker.set_onerror(Some(reject));
    });
    let event = JsFuture::from(message).await?;
    Ok(event.unchecked_into::<MessageEvent>().data())
}

/// Answers questions, in the worker.
pub fn serve() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let listen = {
        let scope = scope.clone();
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let answer = job::answer(&words(&event.data()));
            // Strings can always be sent.
            let _ = scope.post_message(&strings(&answer));
        })
    };
    scope.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    let _ = scope.post_message(&Array::new());
}

fn strings(words: &[String]) -> Array {
    words.iter().map(|word| JsValue::from_str(word)).collect()
}

fn words(array: &JsValue) -> Vec<String> {
    Array::from(array)
        .iter()
        .filter_map(|word| word.as_string())
        .collect()
}
