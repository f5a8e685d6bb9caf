//! What takes long: how far it is, and how it is stopped; and asking the worker.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use send_wrapper::SendWrapper;
use web_sys::File;

use super::Session;
use crate::browser;
use crate::browser::worker::{self, Stop};
use crate::job::{Answer, Failure, Question};

/// What a worker is at.
#[derive(Clone)]
pub struct Work {
    /// Its number.
    pub id: u32,
    /// In words: "Looking for passages".
    pub what: &'static str,
    /// How far it is.
    pub percent: u8,
    stop: SendWrapper<Rc<dyn Fn()>>,
}

impl Work {
    /// Ends it.
    pub fn stop(&self) {
        (self.stop)();
    }
}

impl Session {
    /// Asks a worker, about a file if there is one, and publishes how far it is. What it has said
    /// before its answer, and that, as bytes.
    pub(super) async fn ask(
        &self,
        what: &'static str,
        question: Question,
        file: Option<File>,
    ) -> Result<(Answer, Vec<u8>), Failure> {
        let mut answer = Answer::default();
        let mut hear = |records: String| answer.hear(&records);
        let bytes = self.ask_hearing(what, question, file, &mut hear).await?;
        Ok((answer, bytes))
    }

    /// The same, where what it says before its answer is for `hear`.
    pub(super) async fn ask_hearing(
        &self,
        what: &'static str,
        question: Question,
        file: Option<File>,
        hear: &mut dyn FnMut(String),
    ) -> Result<Vec<u8>, Failure> {
        let session = *self;
        let id = Cell::new(None);
        let progress = |percent: u8, stop: Stop| match id.get() {
            Some(id) => session.tell_work(id, percent.into()),
            None => id.set(Some(session.begin_work(what, Rc::new(move || stop.stop())))),
        };
        let bytes = worker::ask(question, file, &progress, hear).await;
        if let Some(id) = id.get() {
            self.end_work(id);
        }
        // Receiving a long answer is a task of its own, understanding it another.
        browser::pause().await;
        bytes
    }

    pub(super) fn begin_work(&self, what: &'static str, stop: Rc<dyn Fn()>) -> u32 {
        let id = self.update(|state| {
            state.numbered += 1;
            state.numbered
        });
        let work = Work {
            id,
            what,
            percent: 0,
            stop: SendWrapper::new(stop),
        };
        self.work.update(|all| all.push(work));
        id
    }

    /// Ends what workers are at of some kinds, by their words.
    pub fn stop_work(&self, kinds: &[&str]) {
        for work in self.work.get_untracked() {
            if kinds.contains(&work.what) {
                work.stop();
            }
        }
    }

    /// Waits until something is so, which is shown meanwhile; whether a person has stopped that.
    pub(super) async fn waits_in_vain(&self, what: &'static str, holds: impl Fn() -> bool) -> bool {
        let stopped = Rc::new(Cell::new(false));
        let (session, own) = (*self, stopped.clone());
        let stop = move || {
            own.set(true);
            session.wake();
        };
        let id = self.begin_work(what, Rc::new(stop));
        self.until(|| holds() || stopped.get()).await;
        self.end_work(id);
        stopped.get()
    }

    pub(super) fn tell_work(&self, id: u32, percent: usize) {
        self.work.update(|all| {
            for work in all.iter_mut().filter(|work| work.id == id) {
                work.percent = percent as u8;
            }
        });
    }

    pub(super) fn end_work(&self, id: u32) {
        self.work.update(|all| all.retain(|work| work.id != id));
    }
}
