//! Runs the engine: tells it what happens, does what comes of that, and gives it what it wants to
//! go on, with pauses so that the page goes on answering.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::Session;
use crate::browser::storage::{Lines, Store};
use crate::browser::{self, clock};
use crate::engine::{Busy, Done, Effect, End, Engine, Event, Others, Saving, Want};
use crate::journal::texts;
use crate::project::{Origin, Project};
use crate::words;

/// Time that the engine works at a stretch, in ms: on a short journal to its end, so that its marks
/// are painted once.
const STRETCH_MS: i64 = 30;

/// Lines of the journal that the engine is to be given.
pub(super) struct Source {
    pub(super) lines: Lines,
    /// The number of the next, from 0.
    next: usize,
    /// What ends with the last; nothing once that was told.
    end: Option<End>,
}

impl Source {
    pub(super) fn new(lines: Lines, end: End) -> Self {
        Self {
            lines,
            next: 0,
            end: Some(end),
        }
    }

    /// The next line, or that there is none; nothing where that was told already.
    async fn next(&mut self) -> Option<Event> {
        while self.next == self.lines.len() && self.lines.more().await {}
        if self.next == self.lines.len() {
            let end = self.end.take()?;
            let failure = self.lines.failure.clone();
            return Some(Event::LinesEnd(failure.map_or(end, End::CutOff)));
        }
        self.next += 1;
        Some(Event::Line(self.lines.get(self.next - 1)))
    }
}

/// Has an engine read lines to their end, with pauses in which the page can answer; whether all of
/// them could be read.
pub(super) async fn read_all(engine: &mut Engine, lines: Lines, end: End) -> bool {
    let mut source = Source::new(lines, end);
    let mut since = clock::now().0;
    let mut is_whole = true;
    loop {
        let event = match engine.wants() {
            Want::Nothing => break,
            Want::Step => Some(Event::Step),
            Want::Line => source.next().await,
        };
        let Some(event) = event else { break };
        is_whole &= !matches!(event, Event::LinesEnd(End::CutOff(_)));
        for effect in engine.handle(event) {
            is_whole &= !matches!(effect, Effect::Unread(_) | Effect::ReadAnew);
        }
        if clock::now().0 - since >= STRETCH_MS {
            browser::pause().await;
            since = clock::now().0;
        }
    }
    is_whole
}

impl Session {
    /// Reads from the engine.
    pub(super) fn engine<T>(&self, read: impl FnOnce(&Engine) -> T) -> T {
        self.state.with_value(|state| read(&state.engine))
    }

    /// Tells the engine what happens, and does what comes of it. The change that is complete with
    /// that, if one is.
    pub(super) fn handle(&self, event: Event) -> Option<Done> {
        let effects = self.update(|state| state.engine.handle(event));
        self.perform(effects)
    }

    fn perform(&self, effects: Vec<Effect>) -> Option<Done> {
        let mut complete = None;
        for effect in effects {
            match effect {
                Effect::Begin { writes } => spawn_local(self.exchange(writes)),
                Effect::Run => {
                    if !self.update(|state| std::mem::replace(&mut state.is_running, true)) {
                        spawn_local(self.run_on());
                    }
                }
                Effect::Moved(marks) => self.update(|state| state.refresh_found(marks)),
                Effect::Show(touched) => self.publish(&touched),
                Effect::Done(done) => {
                    self.announce(&done);
                    complete = Some(done);
                }
                Effect::Stopped => {
                    self.update(|state| state.announcement = None);
                    self.say(words::said::STOPPED);
                }
                Effect::Unread(numbers) => self.unread.update(|unread| {
                    self.state.with_value(|state| {
                        let lines = state.source.as_ref().map(|source| &source.lines);
                        unread.extend(numbers.iter().filter_map(|at| Some(lines?.get(*at))));
                    });
                }),
                Effect::Read => {}
                Effect::ReadAnew => self.update(|state| state.begins_anew = true),
                Effect::Resolved => self.end_resolving(),
                // Either is the answer to a transaction that has begun, and done in it.
                Effect::Append(_) | Effect::Release => {}
            }
        }
        self.publish_state();
        complete
    }

    /// Publishes what is different of how the engine stands.
    fn publish_state(&self) {
        let (saving, progress, is_missing) =
            self.engine(|engine| (engine.saving(), engine.progress(), engine.is_missing()));
        if self.saving.with_untracked(|before| *before != saving) {
            if matches!(saving, Saving::Off(_)) {
                self.update(|state| state.store = None);
            }
            self.saving.set(saving);
        }
        if is_missing && !self.missing.get_untracked() {
            self.missing.set(true);
        }
        match (self.state.with_value(|state| state.long), progress) {
            (None, Some((origin, _))) => {
                let what = match origin {
                    Origin::Person => words::work::CHANGING,
                    Origin::Undo => words::work::UNDOING,
                    Origin::Redo => words::work::REDOING,
                };
                let session = *self;
                let stop = move || {
                    session.handle(Event::Stop);
                };
                let id = self.begin_work(what, Rc::new(stop));
                self.update(|state| state.long = Some(id));
            }
            (Some(id), Some((_, percent))) => self.tell_work(id, percent),
            (Some(id), None) => {
                self.update(|state| state.long = None);
                self.end_work(id);
            }
            (None, None) => {}
        }
        self.wake();
    }

    /// Goes on beside all else.
    async fn run_on(self) {
        self.run().await;
        // Lines that have been read are not kept.
        self.update(|state| state.source.take_if(|source| source.end.is_none()));
    }

    /// Gives the engine what it wants, until it wants nothing that is there.
    pub(super) async fn run(self) {
        let mut pauses = 0_u32;
        let (mut since, mut is_first) = (clock::now().0, true);
        loop {
            let event = match self.engine(Engine::wants) {
                Want::Nothing => break,
                Want::Step => Some(Event::Step),
                Want::Line => self.next_line().await,
            };
            let Some(event) = event else { break };
            // What a person has begun can be stopped between any two steps.
            let is_long = self.engine(|engine| engine.progress().is_some());
            let stretch = if is_long { 0 } else { STRETCH_MS };
            // With the end of the lines all that was read is shown.
            let goes_on = matches!(event, Event::Step | Event::Line(_));
            if goes_on && !std::mem::take(&mut is_first) && clock::now().0 - since >= stretch {
                pauses += 1;
                // Ever more seldom: it takes its time from the reading.
                if pauses.is_power_of_two() && self.shows_what_is_read() {
                    self.marks.notify();
                }
                browser::pause().await;
                since = clock::now().0;
            }
            self.handle(event);
        }
        self.update(|state| state.is_running = false);
    }

    async fn next_line(&self) -> Option<Event> {
        let mut source = self.update(|state| state.source.take())?;
        let next = source.next().await;
        self.update(|state| state.source = Some(source));
        next
    }

    /// Whether the journal is still being read, and the text that is shown is the one in it, not
    /// an earlier version.
    fn shows_what_is_read(&self) -> bool {
        let shown = self.document.get_untracked();
        let is_current = |project: &Project| {
            let own = project.document(shown.id());
            own.is_some_and(|own| std::sync::Arc::ptr_eq(own, &shown))
        };
        self.saving.with_untracked(Saving::is_loading) && self.with(is_current)
    }

    /// Writes what is pending behind what others have appended, or only reads that.
    async fn exchange(self, writes: bool) {
        let outcome = match self.state.with_value(|state| state.store.clone()) {
            Some(store) => self.write(&store, writes).await,
            None => Err(words::saving::NO_STORE.into()),
        };
        if let Err(reason) = outcome {
            self.handle(Event::Refused(reason));
        }
    }

    async fn write(&self, store: &Store, writes: bool) -> Result<(), String> {
        let transaction = store.begin(writes).await?;
        let lines = transaction.others.clone();
        let others = Others::of((0..lines.len()).map(|number| lines.get(number)));
        let effects = self.update(|state| {
            state.source = Some(Source::new(lines, End::Journal));
            state.engine.handle(Event::Begun(others))
        });
        let (mut writing, mut rest) = (None, Vec::new());
        for effect in effects {
            match effect {
                Effect::Append(own) => writing = Some(own),
                other => rest.push(other),
            }
        }
        match &mut writing {
            Some(writing) => {
                let texts = std::mem::take(&mut writing.texts).into_iter();
                let mut texts = texts.map(|text| (text.id().to_string(), texts::write(&text)));
                transaction.append(&mut texts, writing).await?;
            }
            None => transaction.take(),
        }
        self.perform(rest);
        if let Some(writing) = writing {
            self.keep_name();
            self.handle(Event::Written(writing.checksum().cloned()));
        }
        Ok(())
    }

    /// Waits until something is so: it is looked at whenever the engine has handled something, and
    /// when [`Session::wake`] is called.
    pub(super) async fn until(&self, holds: impl Fn() -> bool) {
        while !holds() {
            let changed = browser::settled(|resolve, _| {
                self.update(|state| state.waiting.push(resolve.clone()));
            });
            // It is never rejected.
            let _ = JsFuture::from(changed).await;
        }
    }

    /// Has those who wait look again.
    pub(super) fn wake(&self) {
        for waiting in self.update(|state| std::mem::take(&mut state.waiting)) {
            // It only settles a promise.
            let _ = waiting.call0(&wasm_bindgen::JsValue::NULL);
        }
    }

    /// Whether changes may be made: the journal has been read, and no long one is going on.
    ///
    /// # Errors
    /// Why they may not, as a sentence.
    pub fn ready(&self) -> Result<(), &'static str> {
        match self.engine(Engine::busy) {
            None => Ok(()),
            Some(Busy::Reading) => Err(words::said::STILL_LOADING),
            Some(Busy::Working) => Err(words::said::STILL_WORKING),
        }
    }
}
