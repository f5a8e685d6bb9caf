//! The one handle that views hold: it runs the engine, and publishes plain values.
//!
//! The engine itself sits in a stored value, not in a signal: a change publishes
//! only what it touched.

mod commands;
pub mod copying;
mod documents;
mod exporting;
pub mod finding;
mod importing;
mod library;
mod list;
mod loading;
mod project_files;
pub mod projects;
pub mod records;
mod resolving;
mod running;
pub mod snapshot;
mod themes;
mod versions;
mod view;
mod work;

pub use list::{FEW, List, ROWS, Scope};
pub use project_files::Brought;
pub use versions::Replacement;
pub use work::Work;

pub use crate::engine::Saving;

use std::sync::Arc;

use js_sys::Function;
use leptos::prelude::*;

use self::running::Source;
use crate::annotation::AnnotationId;
use crate::browser::storage::Store;
use crate::browser::{self, clock};
use crate::codebook::Theme;
use crate::document::{Document, DocumentId, VersionId};
use crate::engine::{Busy, Done, Engine, Event};
use crate::job::Failure;
use crate::library::{Listed, Sort, Visits};
use crate::marking::{Gesture, Marking, Subject};
use crate::project::{
    AuthorId, Edit, Filter, Head, Origin, Project, Stamp, Touched, Transaction, TransactionId,
};
use crate::query::Found;
use crate::text::Digest;
use crate::words;

/// What no view sees.
struct State {
    /// The documents with which the journal begins, in order, with the texts they came with.
    articles: Vec<Arc<Document>>,
    engine: Engine,
    /// The document that was opened last, where its text may still be on its way.
    wanted: Option<DocumentId>,
    /// When each document was opened, and where it was left.
    visits: Visits,
    /// Who makes changes in this browser.
    author: AuthorId,
    /// Whether the store knows that.
    is_author_kept: bool,
    /// Nothing before the journal has been read, and where there is none to write to.
    store: Option<Store>,
    /// Lines of the journal that the engine is to be given.
    source: Option<Source>,
    /// The engine is being given what it wants.
    is_running: bool,
    /// The snapshot can't be relied on: the page begins anew without it.
    begins_anew: bool,
    /// What is said once the change that is being made is complete.
    announcement: Option<String>,
    /// The number under which a long change is shown.
    long: Option<u32>,
    /// They look again whether what they wait for is so.
    waiting: Vec<Function>,
    /// The text in which passages are no longer looked for, though some still have to be.
    paused: Option<Digest>,
    /// How often a number was given to something that takes long.
    numbered: u32,
    /// What was found where anything is searched for, document by document.
    found: Option<Vec<Found>>,
    /// What keys are about, and what the pointer is doing.
    marking: Marking,
    /// The documents as they are listed, unless that is to be found out anew.
    listed: Option<Arc<[Listed]>>,
}

impl State {
    /// An engine on the project as it is before anything is read.
    fn beginning(&self) -> Engine {
        Engine::new(Project::new(self.articles.iter().cloned()))
    }
}

/// What a preview was made on, which must be there still when it is done.
#[derive(Clone, Debug, PartialEq)]
pub enum Base {
    /// What some documents say.
    Documents(Vec<(DocumentId, VersionId)>),
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

/// The handle. Copying it is free.
#[derive(Clone, Copy)]
pub struct Session {
    state: StoredValue<State, LocalStorage>,
    /// The open document.
    pub document: RwSignal<Arc<Document>>,
    /// Whether its text is not to be shown yet: it was left with another one, which is still
    /// being read.
    pub blank: RwSignal<bool>,
    /// Raised when a document may be listed otherwise.
    pub documents: Trigger,
    /// Raised when one may bear another number of marks.
    pub counts: Trigger,
    /// By what documents are sorted.
    pub sort: RwSignal<Sort>,
    /// The folders whose documents are not shown.
    pub folded: RwSignal<Vec<Arc<str>>>,
    /// Whether the page stays at the document that is open when something is undone in another: where
    /// all documents are seen at once.
    pub stays: RwSignal<bool>,
    /// A document that was moved just now, which the list brings into view.
    pub moved: RwSignal<Option<DocumentId>>,
    /// The themes in use.
    pub themes: RwSignal<Arc<[Arc<Theme>]>>,
    /// Of these, those by which the list can be filtered.
    pub offered: RwSignal<Vec<Arc<Theme>>>,
    /// What the panel lists.
    pub list: RwSignal<List>,
    /// What is searched for; empty for nothing.
    pub search: RwSignal<String>,
    /// Of which documents it lists annotations.
    pub scope: RwSignal<Scope>,
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
    pub resolving: RwSignal<bool>,
    /// Why passages are no longer being looked for that still have to be.
    pub paused: RwSignal<Option<String>>,
}

impl Session {
    /// A session on the articles with which the project begins, the first of them open, with nothing
    /// loaded yet.
    #[must_use]
    pub fn new(articles: Vec<Arc<Document>>) -> Self {
        let first = articles.first().cloned();
        let is_empty = first.is_none();
        let first = first.unwrap_or_else(|| Arc::new(documents::nothing()));
        let session = Self {
            state: StoredValue::new_local(State {
                articles: articles.clone(),
                engine: Engine::new(Project::new(articles)),
                wanted: None,
                visits: Visits::default(),
                author: AuthorId(clock::name()),
                is_author_kept: false,
                store: None,
                source: None,
                is_running: false,
                begins_anew: false,
                announcement: None,
                long: None,
                waiting: Vec::new(),
                paused: None,
                numbered: 0,
                found: None,
                marking: Marking::default(),
                listed: None,
            }),
            document: RwSignal::new(first),
            blank: RwSignal::new(is_empty || browser::was_left_elsewhere()),
            documents: Trigger::new(),
            counts: Trigger::new(),
            sort: RwSignal::default(),
            folded: RwSignal::default(),
            stays: RwSignal::new(false),
            moved: RwSignal::new(None),
            themes: RwSignal::new(Arc::default()),
            offered: RwSignal::default(),
            list: RwSignal::default(),
            search: RwSignal::default(),
            scope: RwSignal::default(),
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
            resolving: RwSignal::new(false),
            paused: RwSignal::new(None),
        };
        session.publish_all();
        session
    }

    /// Reads from the project. Views call it from closures that a signal re-runs.
    pub fn with<T>(&self, read: impl FnOnce(&Project) -> T) -> T {
        self.engine(|engine| read(engine.project()))
    }

    /// The documents with which the journal begins: in the first project the bundled articles, in
    /// order, in others none.
    #[must_use]
    pub fn began(&self) -> Vec<Arc<Document>> {
        self.state.with_value(|state| state.articles.clone())
    }

    /// How often the project has been changed, here or by other windows.
    #[must_use]
    pub fn revision(&self) -> u32 {
        self.engine(Engine::revision)
    }

    /// The document that was opened last: the one that is shown, unless its text is on its way.
    fn wanted(&self) -> DocumentId {
        let wanted = self.state.with_value(|state| state.wanted);
        wanted.unwrap_or_else(|| self.open_now())
    }

    /// Says whether the text is not to be shown yet. Where that was said before, nothing is drawn
    /// anew.
    fn keep_blank(&self, is_blank: bool) {
        if self.blank.get_untracked() != is_blank {
            self.blank.set(is_blank);
        }
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

    /// Waits until nothing long is being done.
    pub async fn until_free(&self) {
        self.until(|| self.engine(Engine::busy).is_none()).await;
    }

    /// Waits, if need be, until the journal has been read, before something that a worker is
    /// to be asked; see [`Session::ready`].
    ///
    /// # Errors
    /// When changes can't be made.
    async fn loaded(&self, what: &'static str) -> Result<(), Failure> {
        let is_loading = || self.engine(Engine::busy) == Some(Busy::Reading);
        if is_loading() {
            let open = self.open_now();
            if self.waits_in_vain(what, || !is_loading()).await {
                return Err(Failure::Stopped);
            }
            if self.open_now() != open {
                return Err(Failure::refused(words::said::OTHER_ARTICLE));
            }
        }
        self.ready().map_err(Failure::refused)
    }

    /// Makes a change: applied at once, saved behind it, undone by one step. Whether
    /// it changed anything.
    fn dispatch(&self, label: &str, edits: Vec<Edit>) -> bool {
        if !self.may_change() {
            return false;
        }
        let change = Event::Change(Transaction {
            head: Head::new(self.stamp(), label),
            edits,
        });
        self.handle(change).is_some_and(|done| done.is_changed)
    }

    /// What a transaction is given that is made now.
    fn stamp(&self) -> Stamp {
        Stamp {
            id: TransactionId(clock::name()),
            author: self.state.with_value(|state| state.author),
            at: clock::now(),
        }
    }

    /// Takes the last step back.
    pub fn undo(&self) {
        self.reverse(Origin::Undo);
    }

    /// Does the last undone step again.
    pub fn redo(&self) {
        self.reverse(Origin::Redo);
    }

    fn reverse(&self, origin: Origin) {
        if self.may_change() {
            self.handle(Event::Reverse(origin, self.stamp()));
        }
    }

    /// Tries again to save what the store has refused.
    pub fn save_again(&self) {
        self.handle(Event::Retry);
    }

    /// Says that a change is complete. What was undone or redone in another article must not go
    /// unseen.
    fn announce(&self, done: &Done) {
        let told: fn(&str, Option<&str>) -> String = match done.origin {
            Origin::Person => {
                match self.update(|state| state.announcement.take()) {
                    Some(words) if done.is_changed => {
                        self.say_done(&words);
                        self.ask_to_persist();
                    }
                    // Another window may have done the same meanwhile.
                    Some(_) => self.say(words::said::ALL_THERE),
                    None => {}
                }
                return;
            }
            // All of it has been changed since, in another window for one.
            _ if !done.is_changed => words::said::nothing_left,
            Origin::Undo => words::said::undid,
            Origin::Redo => words::said::redid,
        };
        let open = self.open_now();
        let elsewhere = done
            .document
            .filter(|id| *id != open && self.has_document(*id));
        let title = elsewhere.map(|elsewhere| {
            if !self.stays.get_untracked() {
                self.open(elsewhere);
            }
            self.title_of(elsewhere)
        });
        self.say(&told(&done.label, title.as_deref()));
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

    /// Publishes what a change touched.
    fn publish(&self, touched: &Touched) {
        if !touched.documents.is_empty() {
            self.keep_one_open();
        }
        if !touched.documents.is_empty() {
            self.publish_documents();
        } else if !touched.annotations.is_empty() {
            self.counts.notify();
        }
        let open = self.wanted();
        if touched.documents.contains(&open) {
            self.show(open);
            self.remember_view();
        }
        if touched.codebook || touched.documents.contains(&open) {
            self.publish_all();
            return;
        }
        if !touched.documents.is_empty() && self.scope.get_untracked() == Scope::All {
            self.search_anew();
        }
        self.publish_marks_and_list();
    }

    fn publish_all(&self) {
        self.publish_codebook();
        self.publish_marks_and_list();
    }

    fn publish_codebook(&self) {
        self.themes
            .set(self.with(|project| project.codebook().themes().cloned().collect()));
        self.search_anew();
    }

    /// The marks first: where they are painted is asked of the page, and that is quick
    /// before the list has changed.
    fn publish_marks_and_list(&self) {
        let open = self.open_now();
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

    fn publish_history(&self) {
        let (undo, redo) = self.engine(|engine| {
            let history = engine.history();
            (
                history.undo_label().map(ToString::to_string),
                history.redo_label().map(ToString::to_string),
            )
        });
        self.undo_label.set(undo);
        self.redo_label.set(redo);
    }
}
