//! The one handle that views hold: it applies transactions, saves them, and
//! publishes plain values.
//!
//! The project itself sits in a stored value, not in a signal: a change publishes
//! only what it touched.

mod commands;
pub mod copying;
mod long;
pub mod records;
mod saving;
mod seeking;
mod sharing;
pub mod snapshot;

pub use saving::Saving;

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use web_sys::File;

use self::long::Task;
use self::saving::Entry;
use crate::annotation::AnnotationId;
use crate::browser::storage::Store;
use crate::browser::worker::{self, Failure, Stop};
use crate::browser::{self, clock};
use crate::codebook::Theme;
use crate::document::{Document, DocumentId};
use crate::history::History;
use crate::job::{Answer, Question};
use crate::journal::{Head, Reader};
use crate::marking::{Gesture, Marking, Subject};
use crate::project::{Applied, Edit, Filter, Mark, Marks, Origin, Project, Touched};
use crate::query::{self, Counts, Found, Row};
use crate::text::Digest;

/// What no view sees.
struct State {
    /// The bundled articles, in order, with the texts they came with.
    articles: Vec<Arc<Document>>,
    project: Project,
    /// How often it was changed.
    revision: u32,
    history: History,
    store: Option<Store>,
    /// What is not in the store yet, oldest first.
    backlog: Vec<Entry>,
    /// A write is under way; it takes what comes meanwhile along.
    writing: bool,
    /// What has been read of the journal.
    reader: Reader,
    /// Another page has appended to it since, or may have.
    behind: bool,
    /// A long change is being made, here or by another page, or a long file written.
    carrying: bool,
    /// The text in which they no longer are, though some still have to be.
    halted: Option<Digest>,
    /// How often the worker was asked.
    asked: u32,
    /// The journal has been read: from now on changes may be made.
    ready: bool,
    /// What is searched for, where anything is.
    found: Option<Found>,
    /// What keys are about, and what the pointer is doing.
    marking: Marking,
}

impl State {
    /// Keeps what was found true, after annotations have left where they stood.
    fn renew_found(&mut self, stood: impl IntoIterator<Item = Mark>) {
        if let Some(found) = &mut self.found {
            for stood in stood {
                found.renew(&self.project, stood);
            }
        }
    }
}

/// A list of which only some rows are published.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// The numbers beside the filters.
    pub counts: Counts,
    /// How many there are.
    pub count: usize,
    /// The number of the first that is published, from 0.
    pub first: usize,
    /// Those that are, [`ROWS`] at most.
    pub rows: Vec<Row>,
}

/// Rows that are published of a list that is scrolled: several screens of them, however many
/// there are.
pub const ROWS: usize = 60;

/// Rows that are published of another list: about those that are seen.
pub const FEW: usize = 20;

/// Edits made, or records written, in one task. A longer one would be felt.
const STROKE: usize = 400;

/// How often it is asked whether something long is over, in ms: the reading of the journal, a
/// change.
const SOON: u32 = 50;

/// How many times: for ten seconds.
const PATIENT: u32 = 200;

/// The comparison of two texts, in words.
pub const COMPARING: &str = "Comparing the texts";

/// What a proposal was made on, which must be there still when it is done.
#[derive(Clone, Debug, PartialEq)]
pub enum Basis {
    /// A text, which was open.
    Text(Digest),
    /// The project, as it was after so many changes.
    Project(u32),
}

/// What a person is told.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// In words; none when there is nothing to say any more.
    pub words: String,
    /// Whether it is about a change that the next undo takes back.
    pub is_change: bool,
}

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

/// The handle. Copying it is free.
#[derive(Clone, Copy)]
pub struct Session {
    state: StoredValue<State, LocalStorage>,
    /// The open document.
    pub document: RwSignal<Arc<Document>>,
    /// Whether its text is not to be shown yet: it was left with another one, which is still
    /// being read.
    pub blank: RwSignal<bool>,
    /// The themes in use.
    pub themes: RwSignal<Arc<[Arc<Theme>]>>,
    /// Of these, those by which the list can be filtered.
    pub offered: RwSignal<Vec<Arc<Theme>>>,
    /// What the panel lists.
    pub list: RwSignal<List>,
    /// What is searched for; empty for nothing.
    pub search: RwSignal<String>,
    /// Which annotations it lists.
    pub filter: RwSignal<Filter>,
    /// Raised when any mark of the open document may look different.
    pub marks: Trigger,
    /// What keys are about: a selected passage, or a mark.
    pub subject: RwSignal<Subject>,
    /// What the pointer is doing to the text.
    pub gesture: RwSignal<Gesture>,
    /// What undo would take back.
    pub undo_label: RwSignal<Option<String>>,
    /// What redo would do again.
    pub redo_label: RwSignal<Option<String>>,
    /// What happened last.
    pub said: RwSignal<Said>,
    /// How saving stands.
    pub saving: RwSignal<Saving>,
    /// Journal lines that this program can't read, kept as they are.
    pub unread: RwSignal<Vec<String>>,
    /// Whether others are missing.
    pub missing: RwSignal<bool>,
    /// What workers are at.
    pub work: RwSignal<Vec<Work>>,
    /// Whether passages have to be looked for, or are being: what does that comes later, and is
    /// told so by this.
    pub seeking: RwSignal<bool>,
    /// Why passages are no longer being looked for that still have to be.
    pub halted: RwSignal<Option<String>>,
}

impl Session {
    /// A session on some articles, the first of them open, with nothing loaded yet. Nothing
    /// when there is no article to open.
    #[must_use]
    pub fn new(articles: Vec<Arc<Document>>) -> Option<Self> {
        let first = articles.first()?.clone();
        let session = Self {
            state: StoredValue::new_local(State {
                articles: articles.clone(),
                project: Project::new(articles),
                revision: 0,
                history: History::default(),
                store: None,
                backlog: Vec::new(),
                writing: false,
                reader: Reader::default(),
                behind: false,
                carrying: false,
                halted: None,
                asked: 0,
                ready: false,
                found: None,
                marking: Marking::default(),
            }),
            document: RwSignal::new(first),
            blank: RwSignal::new(browser::was_left_elsewhere()),
            themes: RwSignal::new(Arc::default()),
            offered: RwSignal::default(),
            list: RwSignal::default(),
            search: RwSignal::default(),
            filter: RwSignal::default(),
            marks: Trigger::new(),
            subject: RwSignal::default(),
            gesture: RwSignal::default(),
            undo_label: RwSignal::new(None),
            redo_label: RwSignal::new(None),
            said: RwSignal::default(),
            saving: RwSignal::new(Saving::Loading),
            unread: RwSignal::default(),
            missing: RwSignal::new(false),
            work: RwSignal::default(),
            seeking: RwSignal::new(false),
            halted: RwSignal::new(None),
        };
        session.publish_all();
        Some(session)
    }

    /// Reads from the project. Views call it from closures that a signal re-runs.
    pub fn with<T>(&self, read: impl FnOnce(&Project) -> T) -> T {
        self.state.with_value(|state| read(&state.project))
    }

    /// The bundled articles, in order.
    #[must_use]
    pub fn articles(&self) -> Vec<Arc<Document>> {
        self.state.with_value(|state| {
            state
                .articles
                .iter()
                .filter_map(|came| state.project.document(came.id).cloned())
                .collect()
        })
    }

    /// How often the project has been changed, here or by other windows.
    #[must_use]
    pub fn revision(&self) -> u32 {
        self.state.with_value(|state| state.revision)
    }

    /// Says whether the text is not to be shown yet. Where that was said before, nothing is drawn
    /// anew.
    fn keep_blank(&self, is_blank: bool) {
        if self.blank.get_untracked() != is_blank {
            self.blank.set(is_blank);
        }
    }

    /// Whether changes may be made: the journal has been read, and no long one is going on.
    ///
    /// # Errors
    /// Why they may not, as a sentence.
    pub fn ready(&self) -> Result<(), &'static str> {
        self.state.with_value(|state| {
            if !state.ready {
                Err("Your annotations are still being loaded; try again in a moment.")
            } else if state.carrying {
                Err("Something long is still being done.")
            } else {
                Ok(())
            }
        })
    }

    /// Whether changes may be made; says why where not.
    #[must_use]
    pub fn may_change(&self) -> bool {
        let ready = self.ready();
        if let Err(reason) = ready {
            self.say(reason);
        }
        ready.is_ok()
    }

    /// Waits, if need be, until the journal has been read, before something that a worker is
    /// to be asked; see [`Session::ready`].
    ///
    /// # Errors
    /// When changes can't be made, with a sentence; without any when it was stopped.
    async fn loaded(&self, what: &'static str) -> Result<(), Vec<String>> {
        let is_loading = || self.state.with_value(|state| !state.ready);
        if is_loading() {
            let open = self.document.get_untracked().id;
            let stopped = Rc::new(Cell::new(false));
            let stop = stopped.clone();
            let work = self.begin_work(what, Rc::new(move || stop.set(true)));
            for _ in 0..PATIENT {
                if !is_loading() || stopped.get() {
                    break;
                }
                TimeoutFuture::new(SOON).await;
            }
            self.end_work(work);
            if stopped.get() {
                return Err(Vec::new());
            }
            if self.document.get_untracked().id != open {
                return Err(vec!["Another article is open now; try again.".into()]);
            }
        }
        self.ready().map_err(|reason| vec![reason.into()])
    }

    /// Makes a change: applied at once, saved behind it, undone by one step. Whether
    /// it changed anything.
    fn dispatch(&self, label: &str, edits: Vec<Edit>) -> bool {
        if !self.may_change() {
            return false;
        }
        let applied = self.alter(|project| project.apply_edits(&edits));
        let changed = !applied.changes.is_empty();
        if changed {
            self.keep(label.into(), Origin::Person, applied);
        }
        changed
    }

    /// Keeps what was done: as a step of history, on its way to the store, and in view.
    fn keep(&self, label: Arc<str>, origin: Origin, applied: Applied) -> Touched {
        let changes = Arc::new(applied.changes);
        let head = Head {
            label,
            origin,
            at: clock::now(),
        };
        self.update(|state| {
            let history = &mut state.history;
            history.record(&head.label, origin, changes.clone(), None);
        });
        self.save(Entry { head, changes });
        self.publish(&applied.touched);
        applied.touched
    }

    /// Takes the last step back.
    pub fn undo(&self) {
        self.travel("Undid", Origin::Undo);
    }

    /// Does the last undone step again.
    pub fn redo(&self) {
        self.travel("Redid", Origin::Redo);
    }

    fn travel(&self, verb: &'static str, origin: Origin) {
        if !self.may_change() {
            return;
        }
        let Some((label, changes)) = self.state.with_value(|state| state.history.next(origin))
        else {
            return;
        };
        if changes.len() > STROKE {
            let (session, said) = (*self, label.clone());
            let arrive = move |touched: &Touched| session.arrive(verb, &said, touched);
            self.carry_out(Task::TakeBack(changes), label, origin, Box::new(arrive));
            return;
        }
        let applied = self.alter(|project| project.take_back(&changes));
        // All of it has been changed since, in another window for one.
        let verb = if applied.changes.is_empty() {
            "Nothing is left of"
        } else {
            verb
        };
        let touched = self.keep(label.clone(), origin, applied);
        self.arrive(verb, &label, &touched);
    }

    /// Says what was undone or redone. What was in another article must not go unseen.
    fn arrive(&self, verb: &str, label: &str, touched: &Touched) {
        let elsewhere = self
            .with(|project| {
                let marked = |id| Some(project.annotation(id)?.annotation.target.document);
                let first = touched.documents.first().copied();
                first.or_else(|| marked(touched.annotations.first()?.id))
            })
            .filter(|document| *document != self.document.get_untracked().id);
        let mut said = format!("{verb} {label}");
        if let Some(document) = elsewhere {
            self.open(document);
            said += &format!(" in “{}”", self.document.get_untracked().title);
        }
        self.say(&said);
    }

    /// Changes the project, and what was found in it with it. What changes at once is looked
    /// at one by one, so it must not be much; another text or codebook is looked at as a whole,
    /// by [`Session::publish`].
    fn alter(&self, change: impl FnOnce(&mut Project) -> Applied) -> Applied {
        self.update(|state| {
            let applied = change(&mut state.project);
            state.revision = state.revision.wrapping_add(1);
            state.renew_found(applied.touched.annotations.iter().copied());
            applied
        })
    }

    fn update<T>(&self, update: impl FnOnce(&mut State) -> T) -> T {
        // The value lives as long as the page, so there is always one to update.
        let mut result = None;
        self.state
            .update_value(|state| result = Some(update(state)));
        #[allow(clippy::expect_used)]
        result.expect("the session lives as long as the page")
    }

    /// Tells the person what happened.
    pub fn say(&self, words: &str) {
        self.tell(words, false);
    }

    /// Tells the person of a change that the next undo takes back.
    fn say_done(&self, words: &str) {
        self.tell(words, true);
    }

    fn tell(&self, words: &str, is_change: bool) {
        let words = words.into();
        self.said.set(Said { words, is_change });
    }

    /// Changes what keys are about, or what the pointer is doing, and publishes that.
    pub fn update_marking<T>(&self, act: impl FnOnce(&mut Marking) -> T) -> T {
        let (result, before, now) = self.update(|state| {
            let before = state.marking;
            let result = act(&mut state.marking);
            (result, before, state.marking)
        });
        if before.gesture != now.gesture {
            self.gesture.set(now.gesture);
        }
        if before.subject != now.subject {
            self.subject.set(now.subject);
            if before.subject.mark() != now.subject.mark() {
                self.marks.notify();
            }
            if before.subject.chosen() != now.subject.chosen() {
                self.remember_view();
            }
        }
        result
    }

    /// The mark that keys are about.
    #[must_use]
    pub fn current_mark(&self) -> Option<AnnotationId> {
        self.subject.get_untracked().mark()
    }

    /// Chooses a mark, or none. What was said last is not about a mark that is chosen then.
    pub fn choose(&self, id: Option<AnnotationId>) {
        if id.is_some() {
            self.say("");
        }
        self.update_marking(|marking| marking.choose(id));
    }

    /// Asks a worker, about a file if there is one, and publishes how far it is.
    async fn ask(
        &self,
        what: &'static str,
        question: Question,
        file: Option<File>,
    ) -> Result<Answer, Failure> {
        let session = *self;
        let id = Cell::new(None);
        let progress = |percent: u8, stop: Stop| match id.get() {
            Some(id) => session.tell_work(id, percent.into()),
            None => id.set(Some(session.begin_work(what, Rc::new(move || stop.stop())))),
        };
        let mut answer = Answer::default();
        let mut hear = |records: String| answer.hear(&records);
        let words = worker::ask(question, file, &progress, &mut hear).await;
        if let Some(id) = id.get() {
            self.end_work(id);
        }
        // Receiving a long answer is a task of its own, understanding it another.
        browser::pause().await;
        answer.words = words?;
        Ok(answer)
    }

    fn begin_work(&self, what: &'static str, stop: Rc<dyn Fn()>) -> u32 {
        let id = self.update(|state| {
            state.asked += 1;
            state.asked
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

    fn tell_work(&self, id: u32, percent: usize) {
        self.work.update(|all| {
            for work in all.iter_mut().filter(|work| work.id == id) {
                work.percent = percent as u8;
            }
        });
    }

    fn end_work(&self, id: u32) {
        self.work.update(|all| all.retain(|work| work.id != id));
    }

    /// Publishes what a change touched.
    fn publish(&self, touched: &Touched) {
        let open = self.document.get_untracked().id;
        if touched.documents.contains(&open) {
            self.show(open);
            self.remember_view();
        }
        if touched.codebook || touched.documents.contains(&open) {
            self.publish_all();
            return;
        }
        self.publish_rest();
    }

    fn publish_all(&self) {
        self.publish_codebook();
        self.publish_rest();
    }

    fn publish_codebook(&self) {
        self.themes
            .set(self.with(|project| project.codebook().themes().cloned().collect()));
        self.look();
    }

    /// The marks first: where they are painted is asked of the page, and that is quick
    /// before the list has changed.
    fn publish_rest(&self) {
        let open = self.document.with_untracked(|document| document.id);
        let is_there = |id| {
            let is_open = |project: &Project| {
                let own = project.live(id);
                own.is_some_and(|own| own.annotation.target.document == open)
            };
            self.with(is_open)
        };
        let mut marking = self.state.with_value(|state| state.marking);
        marking.keep_marks(is_there);
        self.update_marking(|own| *own = marking);
        self.marks.notify();
        self.publish_list();
    }

    fn publish_list(&self) {
        self.publish_rows();
        self.publish_history();
    }

    /// Of which document which annotations are listed.
    fn shelf(&self) -> (DocumentId, Filter) {
        let document = self.document.with_untracked(|document| document.id);
        (document, self.filter.get_untracked())
    }

    /// Looks for what is searched for.
    fn look(&self) {
        let (document, filter) = self.shelf();
        let words = self.search.get_untracked();
        let found = (!words.trim().is_empty())
            .then(|| self.with(|project| Found::new(project, document, filter, &words)));
        self.update(|state| state.found = found);
    }

    /// Reads from the project and from what the panel lists of it.
    fn with_list<T>(&self, read: impl FnOnce(&Project, &Marks) -> T) -> T {
        let (document, filter) = self.shelf();
        self.state.with_value(|state| {
            let found = state.found.as_ref().map(Found::marks);
            let list = found.unwrap_or_else(|| state.project.shelf(document, filter));
            read(&state.project, list)
        })
    }

    fn publish_rows(&self) {
        let (first, some) = self
            .list
            .with_untracked(|list| (list.first, list.rows.len()));
        self.list_some(first, some.max(FEW));
        self.seek();
    }

    /// Publishes the first rows of another list.
    fn list_anew(&self) {
        self.list_some(0, FEW);
    }

    /// Publishes the rows from a number on.
    pub fn list_from(&self, first: usize) {
        self.list_some(first, ROWS);
    }

    fn list_some(&self, first: usize, some: usize) {
        let document = self.document.with_untracked(|document| document.id);
        let list = self.with_list(|project, list| {
            let first = first.min(list.len().saturating_sub(ROWS));
            List {
                // Together with the list: a change may be under way.
                counts: query::counts(project, document),
                count: list.len(),
                first,
                rows: query::rows(project, list, first..first + some),
            }
        });
        let offered = self.with(|project| {
            let themes = list.counts.themes.iter();
            let offered = themes.filter_map(|(theme, _)| project.codebook().get(*theme));
            offered.cloned().collect()
        });
        self.list.set(list);
        // Where they are the same, nothing is drawn anew.
        if self.offered.with_untracked(|before| *before != offered) {
            self.offered.set(offered);
        }
    }

    /// The number of an annotation in the list, if it is there.
    #[must_use]
    pub fn number_of(&self, id: AnnotationId) -> Option<usize> {
        self.with_list(|project, list| {
            let mark = project.mark(id)?;
            let number = list.before(mark);
            (list.numbered(number..number + 1) == [mark]).then_some(number)
        })
    }

    /// The row after the selected one, or before it; the first or the last where none is
    /// selected. Where it is not about these, those without a place are left out.
    #[must_use]
    pub fn next_row(&self, by: isize) -> Option<Row> {
        let in_review = self.filter.get_untracked() == Filter::Review;
        let here = self.current_mark().and_then(|id| self.number_of(id));
        self.with_list(|project, list| {
            let end = if in_review {
                list.len()
            } else {
                list.before(Mark::new(AnnotationId::default(), None))
            };
            let next = match here {
                Some(here) => here.checked_add_signed(by)?,
                None if by > 0 => 0,
                None => end.checked_sub(1)?,
            };
            let rows = query::rows(project, list, next..(next + 1).min(end));
            rows.into_iter().next()
        })
    }

    fn publish_history(&self) {
        let (undo, redo) = self.state.with_value(|state| {
            (
                state.history.undo_label().map(ToString::to_string),
                state.history.redo_label().map(ToString::to_string),
            )
        });
        self.undo_label.set(undo);
        self.redo_label.set(redo);
    }
}
