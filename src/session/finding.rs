//! Finding in the open text and in those of all documents: what is looked for, what was found, and
//! the worker that looks. The page reads texts piece by piece and sends them on as they are; the
//! worker keeps them, so that the next words are found at once.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use futures::future::{Either, join, select};
use gloo::timers::callback::Timeout;
use gloo::timers::future::TimeoutFuture;
use js_sys::JsString;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};

use super::Session;
use super::records::Stored;
use crate::browser::finder::Finder;
use crate::document::{DocumentId, VersionId};
use crate::find::Query;
use crate::job::{self, Failure, Found};
use crate::journal::texts;
use crate::text::Span;
use crate::words;

/// Hits of one document that are listed, at most.
const LISTED_EACH: usize = 40;

/// Hits that are listed, at most: more are not gone through one by one.
const LISTED: usize = 1_000;

/// Documents that are looked through at a time: few first, so that some hits are there at once.
const FIRST_BATCH: usize = 2;
const BATCH: usize = 16;

/// Length of the texts that are looked through at a time, about, in UTF-16 code units.
const BATCH_LENGTH: usize = 2_000_000;

/// Length of the texts that the worker keeps, at most, in UTF-16 code units. What is beyond that is
/// read anew for each query.
const KEPT_LENGTH: usize = 60_000_000;

/// Time without finding after which the worker goes, with the texts that it keeps, in ms.
const IDLE_MS: u32 = 60_000;

/// Time that an answer may take at most, in ms. There are expressions for which a long text takes
/// hours.
const PATIENCE_MS: u32 = 15_000;

/// Time that an answer may take which nobody waits for any more, in ms.
const STALE_MS: u32 = 300;

/// Time between two looks at whether that is so, in ms.
const TICK_MS: u32 = 100;

/// What was found in the open text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Here {
    /// What was looked for.
    pub query: Query,
    /// In which document, and which text of it; nothing before the first answer.
    pub text: Option<(DocumentId, VersionId)>,
    /// The places, in text order.
    pub spans: Arc<[Span]>,
    /// There are more.
    pub is_cut: bool,
    /// Why there is no answer, in a sentence; empty where there is one.
    pub problem: String,
}

/// What was found in a document.
#[derive(Clone, Debug)]
pub struct Group {
    /// Which.
    pub document: DocumentId,
    /// Its text that was looked through.
    pub text: VersionId,
    /// What it is called.
    pub title: Arc<str>,
    /// What was found.
    pub found: Found,
}

/// What was found in all documents so far.
#[derive(Clone, Debug, Default)]
pub struct Everywhere {
    /// Documents with hits, in the order of the list.
    pub groups: Vec<Arc<Group>>,
    /// Hits in all of them.
    pub count: usize,
    /// There are more than are counted.
    pub is_cut: bool,
    /// Documents that were looked through.
    pub looked: usize,
    /// How many there are.
    pub documents: usize,
    /// Titles of those whose texts can't be read.
    pub unread: Vec<Arc<str>>,
    /// Why it ended before its end, in a sentence; empty where it did not.
    pub problem: String,
}

/// A document that is to be looked through.
#[derive(Clone, Debug, PartialEq)]
struct Sought {
    document: DocumentId,
    title: Arc<str>,
    text: VersionId,
}

/// Documents whose texts the worker has.
#[derive(Default)]
struct Sent {
    sought: Vec<Sought>,
    unread: Vec<Arc<str>>,
    /// The worker is not to keep them.
    forget: bool,
}

/// What no view follows.
#[derive(Default)]
struct State {
    is_running: bool,
    /// Raised with each query: what was asked before it is not waited for.
    number: u32,
    /// The open text is to be looked through.
    here_is_due: bool,
    /// The list of all hits is open.
    wants_everywhere: bool,
    /// All documents are to be looked through from the first on.
    everywhere_is_due: bool,
    /// What there was of documents when that was begun.
    documents: Vec<Sought>,
    /// Of these, those that are to come.
    queue: VecDeque<Sought>,
    /// The next of them, whose texts are there.
    ahead: Option<Sent>,
    /// How many are taken next.
    batch: usize,
    /// How many hits are listed.
    listed: usize,
    finder: Option<Rc<RefCell<Finder>>>,
    /// Names of the texts that it keeps, and their lengths.
    known: BTreeMap<String, usize>,
    resting: Option<Timeout>,
}

/// The handle. Copying it is free.
#[derive(Clone, Copy)]
pub struct Finding {
    session: Session,
    /// What is looked for.
    pub query: RwSignal<Query>,
    /// What was found of it in the open text, as soon as that is known; until then what was found
    /// before.
    pub here: RwSignal<Here>,
    /// What was found in all documents.
    pub everywhere: RwSignal<Everywhere>,
    state: StoredValue<State, LocalStorage>,
}

impl Finding {
    /// Nothing is looked for yet.
    #[must_use]
    pub fn new(session: Session) -> Self {
        Self {
            session,
            query: RwSignal::default(),
            here: RwSignal::default(),
            everywhere: RwSignal::default(),
            state: StoredValue::new_local(State::default()),
        }
    }

    /// Looks for something else; what was looked for before is not any more.
    pub fn look_for(&self, query: Query) {
        self.query.set(query);
        self.update(|state| {
            state.number += 1;
            state.here_is_due = true;
            state.everywhere_is_due = true;
        });
        self.wake();
    }

    /// Makes the worker ready, while a person still types; looks through the open text if it is
    /// another than the one that was.
    pub fn look_here(&self) {
        self.stay();
        self.update(|state| state.here_is_due = true);
        self.wake();
    }

    /// Keeps the worker: more will be looked for.
    pub fn stay(&self) {
        self.update(|state| state.resting = None);
    }

    /// Looks through all documents as well, from now on, or no longer.
    pub fn look_everywhere(&self, wants: bool) {
        self.update(|state| state.wants_everywhere = wants);
        self.wake();
    }

    /// Looks through all documents anew if there are others than there were.
    pub fn follow_documents(&self) {
        let is_other = self.with(|state| state.wants_everywhere) && {
            let now = self.sought();
            self.with(|state| state.documents != now)
        };
        if is_other {
            self.update(|state| state.everywhere_is_due = true);
            self.wake();
        }
    }

    /// Nobody looks for anything for now.
    pub fn rest(&self) {
        let finding = *self;
        let end = Timeout::new(IDLE_MS, move || finding.end());
        self.update(|state| state.resting = Some(end));
    }

    fn with<T>(&self, read: impl FnOnce(&State) -> T) -> T {
        self.state.with_value(read)
    }

    fn update<T: Default>(&self, update: impl FnOnce(&mut State) -> T) -> T {
        let mut result = T::default();
        self.state.update_value(|state| result = update(state));
        result
    }

    /// All documents, in the order of the list.
    fn sought(&self) -> Vec<Sought> {
        let listed = self.session.library();
        self.session.with(|project| {
            let all = listed.iter().filter_map(|own| {
                Some(Sought {
                    document: own.id,
                    title: own.title.clone(),
                    text: project.record(own.id)?.version.clone(),
                })
            });
            all.collect()
        })
    }

    /// Has the work be done that there is. One task does all of it, one question after the other, and
    /// what was asked last comes first.
    fn wake(&self) {
        let is_running = self.update(|state| std::mem::replace(&mut state.is_running, true));
        if !is_running {
            let finding = *self;
            spawn_local(async move { finding.run().await });
        }
    }

    async fn run(&self) {
        loop {
            if self.update(|state| std::mem::take(&mut state.here_is_due)) {
                self.look_through_open().await;
                continue;
            }
            if !self.with(|state| state.wants_everywhere) {
                break;
            }
            if self.update(|state| std::mem::take(&mut state.everywhere_is_due)) {
                self.begin();
            }
            if self.with(|state| state.queue.is_empty() && state.ahead.is_none()) {
                break;
            }
            self.look_through_some().await;
        }
        self.update(|state| state.is_running = false);
    }

    async fn look_through_open(&self) {
        let document = self.session.document.get_untracked();
        let query = self.query.get_untracked();
        let mut here = Here {
            query,
            ..Here::default()
        };
        if document.id() != DocumentId::default() {
            let sought = Sought {
                document: document.id(),
                title: Arc::default(),
                text: document.record.version.clone(),
            };
            here.text = Some((sought.document, sought.text.clone()));
            match self.found_in_open(&here.query, sought).await {
                Ok(found) => {
                    here.spans = found.spans.into();
                    here.is_cut = found.is_cut;
                }
                Err(problem) => here.problem = problem,
            }
        }
        // Something else may be looked for by now, or another document be open.
        if !self.with(|state| state.here_is_due) {
            self.here.set(here);
        }
    }

    async fn found_in_open(&self, query: &Query, sought: Sought) -> Result<Found, String> {
        let text = vec![sought.text.clone()];
        let finder = self.finder().await?;
        let sent = self.send(vec![sought]).await;
        if query.is_blank() {
            return Ok(Found::default());
        }
        if !sent.unread.is_empty() {
            return Err(words::find::TEXT_UNREAD.into());
        }
        let question = job::ask_to_find(query, text, None, false);
        let found = self.ask(&finder, question).await?;
        let found = found.into_iter().next().flatten();
        found.ok_or_else(|| words::find::TEXT_UNREAD.into())
    }

    /// Begins with all documents.
    fn begin(&self) {
        let sought = self.sought();
        let is_blank = self.query.with_untracked(Query::is_blank);
        self.everywhere.set(Everywhere {
            documents: if is_blank { 0 } else { sought.len() },
            ..Everywhere::default()
        });
        self.update(|state| {
            state.queue = if is_blank {
                VecDeque::new()
            } else {
                sought.iter().cloned().collect()
            };
            state.documents = sought;
            state.ahead = None;
            state.batch = FIRST_BATCH;
            state.listed = 0;
        });
    }

    /// Looks through the next documents, and has the texts of those behind them read meanwhile.
    async fn look_through_some(&self) {
        let number = self.with(|state| state.number);
        let looked = async {
            let finder = self.finder().await?;
            let sent = match self.update(|state| state.ahead.take()) {
                Some(sent) => sent,
                None => self.send_next().await,
            };
            let names = sent.sought.iter().map(|own| own.text.clone()).collect();
            let left = LISTED.saturating_sub(self.with(|state| state.listed));
            let query = self.query.get_untracked();
            let most = Some(left.min(LISTED_EACH));
            let question = job::ask_to_find(&query, names, most, sent.forget);
            let (found, ahead) = join(self.ask(&finder, question), self.send_next()).await;
            Ok((sent, found?, ahead))
        };
        let looked: Result<_, String> = looked.await;
        let is_over = self.with(|state| state.number != number || state.everywhere_is_due);
        if is_over {
            return;
        }
        match looked {
            Ok((sent, found, ahead)) => {
                self.publish(sent, found);
                let is_any = !(ahead.sought.is_empty() && ahead.unread.is_empty());
                self.update(|state| state.ahead = is_any.then_some(ahead));
            }
            Err(problem) => {
                self.update(|state| {
                    state.queue.clear();
                    state.ahead = None;
                });
                self.everywhere.update(|all| all.problem = problem);
            }
        }
    }

    fn publish(&self, sent: Sent, found: Vec<Option<Found>>) {
        let mut listed = 0;
        self.everywhere.update(|all| {
            all.looked += sent.sought.len() + sent.unread.len();
            all.unread.extend(sent.unread);
            for (own, found) in sent.sought.into_iter().zip(found) {
                let Some(found) = found else {
                    all.unread.push(own.title);
                    continue;
                };
                all.count += found.count;
                all.is_cut |= found.is_cut;
                listed += found.hits.len();
                if found.count > 0 {
                    all.groups.push(Arc::new(Group {
                        document: own.document,
                        text: own.text,
                        title: own.title.clone(),
                        found,
                    }));
                }
            }
        });
        self.update(|state| state.listed += listed);
    }

    /// Has the worker get the texts of the next documents.
    async fn send_next(&self) -> Sent {
        let next = self.update(|state| {
            let some = state.batch.min(state.queue.len());
            state.batch = (2 * state.batch).min(BATCH);
            state.queue.drain(..some).collect::<Vec<_>>()
        });
        self.send(next).await
    }

    /// Has the worker get the texts that it has not: from the store, else from memory.
    async fn send(&self, sought: Vec<Sought>) -> Sent {
        let mut sent = Sent::default();
        let is_known =
            |own: &Sought| self.with(|state| state.known.contains_key(&own.text.to_string()));
        let new: Vec<Sought> = sought
            .iter()
            .filter(|own| !is_known(own))
            .cloned()
            .collect();
        let names: Vec<String> = new.iter().map(|own| own.text.to_string()).collect();
        let mut records = match names.is_empty() {
            true => Vec::new(),
            false => read(&names).await,
        };
        records.resize(names.len(), JsValue::UNDEFINED);
        let Some(finder) = self.with(|state| state.finder.clone()) else {
            return sent;
        };
        let (mut length, mut unread) = (0, Vec::new());
        for ((own, name), record) in new.iter().zip(names).zip(records) {
            let record = match record.dyn_into::<JsString>() {
                Ok(record) => Some(record),
                Err(_) => self.in_memory(own).map(JsString::from),
            };
            let Some(record) = record else {
                unread.push(own.document);
                continue;
            };
            let own = record.length() as usize;
            length += own;
            finder.borrow().send(&record);
            self.update(|state| state.known.insert(name, own));
        }
        for own in sought {
            if unread.contains(&own.document) {
                sent.unread.push(own.title);
            } else {
                sent.sought.push(own);
            }
        }
        self.update(|state| {
            sent.forget = state.known.values().sum::<usize>() > KEPT_LENGTH;
            if sent.forget {
                for own in &sent.sought {
                    state.known.remove(&own.text.to_string());
                }
            }
            // So many of the same length the next time.
            let some = BATCH_LENGTH * new.len() / length.max(1);
            if !new.is_empty() {
                state.batch = state.batch.min(some.max(1));
            }
        });
        sent
    }

    /// The record of a text that is in memory, as the store would have it.
    fn in_memory(&self, sought: &Sought) -> Option<String> {
        self.session.with(|project| {
            let own = project.document(sought.document)?;
            (own.record.version == sought.text).then(|| texts::write(&own.version()))
        })
    }

    /// The worker, which is started if there is none.
    async fn finder(&self) -> Result<Rc<RefCell<Finder>>, String> {
        if let Some(finder) = self.with(|state| state.finder.clone()) {
            return Ok(finder);
        }
        let finder = Rc::new(RefCell::new(Finder::start().await?));
        self.update(|state| {
            state.finder = Some(finder.clone());
            state.known.clear();
        });
        Ok(finder)
    }

    /// Asks the worker, for as long as somebody waits for the answer.
    async fn ask(
        &self,
        finder: &RefCell<Finder>,
        question: job::Question,
    ) -> Result<Vec<Option<Found>>, String> {
        let number = self.with(|state| state.number);
        let mut answer = Box::pin(finder.borrow_mut().ask(question));
        let mut waited = 0;
        let answer = loop {
            match select(answer, TimeoutFuture::new(TICK_MS)).await {
                Either::Left((answer, _)) => break answer,
                Either::Right((_, rest)) => answer = rest,
            }
            waited += TICK_MS;
            let is_stale = self.with(|state| state.number != number);
            if waited >= PATIENCE_MS || is_stale && waited >= STALE_MS {
                self.end();
                return Err(words::find::TOO_SLOW.into());
            }
        };
        let answer = answer.inspect_err(|_| self.end())?;
        job::found(&answer).map_err(|failure| {
            let sentence = failure.clone().words().unwrap_or_default();
            if !matches!(failure, Failure::Refused(_)) {
                self.end();
            }
            sentence
        })
    }

    /// Lets the worker go, with all that it keeps.
    fn end(&self) {
        self.update(|state| {
            state.finder = None;
            state.known.clear();
            state.ahead = None;
        });
    }
}

/// The records of some texts, as the store has them; none where there is no store.
async fn read(names: &[String]) -> Vec<JsValue> {
    let stored = Stored::open().await.ok().flatten();
    match stored {
        Some(stored) => stored.texts_named(names).await.unwrap_or_default(),
        None => Vec::new(),
    }
}
