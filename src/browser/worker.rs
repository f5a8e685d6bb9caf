//! A web worker that is fetched when first needed, and let go once nothing was asked of it for a
//! while: until then it keeps what it has been sent of the project. It tells how far it is, and can
//! be stopped.

use std::cell::{Cell, RefCell};

use gloo::timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, DedicatedWorkerGlobalScope, File, FileReaderSync, MessageEvent, Worker, WorkerOptions,
};

use crate::job::{self, Contents, Failure, Mirror, Progress, Question, Sent};
use crate::words;

/// The script that starts a worker's own program, which it knows by the worker's name.
const LOADER: &str = "./worker_start.js";

/// Time without a question after which a worker is let go, in ms: who imports one file often
/// imports the next, and a copy of the project is not to be there for nothing.
const IDLE_MS: u32 = 60_000;

/// A worker. Dropping this ends it, and its memory is free again.
pub(super) struct Own(pub(super) Worker);

impl Own {
    /// Starts one whose program has a name; it is still to say that it listens.
    pub(super) fn start(program: &str) -> Result<Self, JsValue> {
        let options = WorkerOptions::new();
        options.set_name(program);
        let own = Self(Worker::new_with_options(LOADER, &options)?);
        // Who waits for it says what becomes of it: to the page it is no error of its own.
        NEVER_MIND.with(|handler| {
            let handler = handler.as_ref().unchecked_ref();
            own.0.add_event_listener_with_callback("error", handler)
        })?;
        Ok(own)
    }

    fn meet_errors(&self, handler: &Closure<dyn Fn(web_sys::Event)>) {
        self.0.set_onerror(Some(handler.as_ref().unchecked_ref()));
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        // A worker that is ended while its program is still on its way says in some engines
        // that this did not come.
        NEVER_MIND.with(|handler| self.meet_errors(handler));
        self.0.terminate();
    }
}

/// A worker that listens.
struct Living {
    worker: Own,
    /// What it keeps of the project.
    sent: Sent,
}

thread_local! {
    /// The worker that was asked last, if it has answered, and what lets it go.
    static IDLE: RefCell<Option<(Living, Timeout)>> = const { RefCell::new(None) };
    /// Lets the worker go that waits for questions, where it has come to harm.
    static LET_GO: Closure<dyn Fn(web_sys::Event)> = Closure::new(|event: web_sys::Event| {
        event.prevent_default();
        drop(IDLE.take());
    });
    /// Keeps an error from the page, which it does not concern.
    static NEVER_MIND: Closure<dyn Fn(web_sys::Event)> =
        Closure::new(|event: web_sys::Event| event.prevent_default());
}

impl Living {
    /// The one that waits for questions, or one that is still to say that it listens.
    fn new() -> Result<(Self, bool), JsValue> {
        if let Some((waiting, _)) = IDLE.take() {
            return Ok((waiting, true));
        }
        let fresh = Self {
            worker: Own::start("worker")?,
            sent: Sent::default(),
        };
        Ok((fresh, false))
    }

    /// Keeps it for the next question. Of two that have answered the last one stays.
    fn wait(self) {
        LET_GO.with(|handler| self.worker.meet_errors(handler));
        let end = Timeout::new(IDLE_MS, || drop(IDLE.take()));
        IDLE.set(Some((self, end)));
    }
}

/// Ends a worker before it has answered.
#[derive(Clone, Debug)]
pub struct Stop(SendWrapper<Worker>);

impl Stop {
    pub(super) fn of(worker: &Worker) -> Self {
        Self(SendWrapper::new(worker.clone()))
    }

    /// Tells who waits for the answer to wait no longer, which ends the worker.
    pub fn stop(&self) {
        // An event of one's own is never refused.
        if let Ok(event) = web_sys::Event::new(STOPPED) {
            let _ = self.0.dispatch_event(&event);
        }
    }
}

/// What is dispatched to stop: who waits for a worker hears of its errors.
const STOPPED: &str = "error";

/// Asks a worker a question, about a file if there is one, and gives its answer, as bytes; while one
/// is at work another is asked. `progress` is told how far it is, in percent, and how to stop it;
/// `hear` gets the records that it answers with.
///
/// # Errors
/// When there is no answer, with the reason.
pub async fn ask(
    mut question: Question,
    file: Option<File>,
    progress: &dyn Fn(u8, Stop),
    hear: &mut dyn FnMut(String),
) -> Result<Vec<u8>, Failure> {
    let started = Cell::new(false);
    let answer = async {
        let (mut living, listens) = Living::new()?;
        let worker = living.worker.0.clone();
        let stop = Stop::of(&worker);
        progress(0, stop.clone());
        // A message sent before the worker's program listens would be lost, so the
        // worker speaks first.
        if !listens {
            next_message(&worker).await?;
        }
        started.set(true);
        // Who stops it meanwhile is heard as well.
        let mut next = next_message(&worker);
        question.begin(&mut living.sent);
        while let Some(batch) = question.next_batch(&mut living.sent) {
            if !batch.is_empty() {
                worker.post_message(&batch.into())?;
            }
            super::pause().await;
        }
        let mut asked = vec![JsValue::from(Uint8Array::from(
            &*question.bytes(&mut living.sent),
        ))];
        asked.extend(file.map(JsValue::from));
        worker.post_message(&asked.into_iter().collect::<Array>())?;
        // The one who waits goes on within the event that a message brings, and waits anew
        // before the next one comes: none is lost.
        loop {
            let message = next.await?;
            if let Some(answer) = message.dyn_ref::<Uint8Array>() {
                let answer = answer.to_vec();
                // One that keeps nothing of the project is no use to the next question.
                if job::is_answered(&answer) && !living.sent.is_empty() {
                    living.wait();
                }
                return Ok(answer);
            }
            match message.as_f64() {
                Some(percent) => progress(percent as u8, stop.clone()),
                None => hear(message.as_string().unwrap_or_default()),
            }
            next = next_message(&worker);
        }
    };
    let answer: Result<Vec<u8>, JsValue> = answer.await;
    answer.map_err(|error| failure(&error, started.get()))
}

/// Why a worker has not answered; it may not have started.
pub(super) fn failure(error: &JsValue, has_started: bool) -> Failure {
    let is_own = |event: &web_sys::Event| event.type_() == STOPPED && !event.is_trusted();
    if error.dyn_ref().is_some_and(is_own) {
        return Failure::Stopped;
    }
    Failure::Broken(if has_started {
        ended(error)
    } else {
        words::worker::not_loaded(&super::reason(error))
    })
}

/// Why a worker that had started has ended, in a sentence.
pub(super) fn ended(error: &JsValue) -> String {
    if is_out_of_memory(error) {
        words::worker::OUT_OF_MEMORY.into()
    } else {
        words::worker::broke_off(&super::reason(error))
    }
}

/// Whether a worker has ended because its program was given no more memory (`build.rs` has how much it
/// may have). The program ends itself then without a word, in what all engines call unreachable; where
/// it fails otherwise, [`listen`] has it say how.
pub(super) fn is_out_of_memory(error: &JsValue) -> bool {
    let reason = super::reason(error);
    reason.to_ascii_lowercase().contains("unreachable")
}

pub(super) fn next_message(
    worker: &Worker,
) -> impl Future<Output = Result<JsValue, JsValue>> + use<> {
    let message = super::settled(|resolve, reject| {
        worker.set_onmessage(Some(resolve));
        worker.set_onerror(Some(reject));
    });
    // Listened to from now on: one that fails before it is waited for is no complaint.
    let heard = JsFuture::from(message);
    async {
        let event = heard.await?;
        Ok(event.unchecked_into::<MessageEvent>().data())
    }
}

/// Has a worker answer whatever it is sent, and says that it listens. Where its program fails, it throws
/// what it has to say of that.
pub(super) fn listen(mut answer: impl FnMut(&DedicatedWorkerGlobalScope, JsValue) + 'static) {
    std::panic::set_hook(Box::new(|info| wasm_bindgen::throw_str(&info.to_string())));
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let own = scope.clone();
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        answer(&own, event.data());
    });
    scope.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
    let _ = scope.post_message(&Array::new());
}

/// Answers questions, in the worker.
pub fn serve() {
    let mut mirror = Mirror::default();
    listen(move |scope, message| {
        if let Some(batch) = message.as_string() {
            mirror.hear(&batch);
            return;
        }
        // Numbers, strings and bytes can always be sent.
        let tell = |progress| {
            let _ = scope.post_message(&match progress {
                Progress::Percent(percent) => percent.into(),
                Progress::Records(records) => records.into(),
            });
        };
        let asked = Array::from(&message);
        let question = Uint8Array::new(&asked.get(0)).to_vec();
        let file = asked.get(1).dyn_into::<File>().ok();
        let answer = match file.map(|file| contents(&file)).transpose() {
            Err(reason) => job::no_answer(Failure::refused(reason)),
            Ok(file) => job::answer(&mut mirror, &question, file, &tell),
        };
        let _ = scope.post_message(&Uint8Array::from(&*answer));
    });
}

/// What a file holds, in a worker.
pub(super) fn bytes_of(file: &Blob) -> Result<Vec<u8>, JsValue> {
    let bytes = FileReaderSync::new()?.read_as_array_buffer(file)?;
    Ok(Uint8Array::new(&bytes).to_vec())
}

/// What a file holds; a sentence where it can't be read.
fn contents(file: &File) -> Result<Contents, String> {
    let name = file.name();
    let bytes = bytes_of(file).map_err(|error| super::file::unreadable(&name, &error))?;
    Ok(Contents { name, bytes })
}
