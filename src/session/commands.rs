//! What a person can do, each as one step of history.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::view::DOWNLOADED;
use super::{Scope, Session, Work};
use crate::annotation::{Annotation, AnnotationId, Known, Target};
use crate::browser::storage::Store;
use crate::browser::{self, clock, file};
use crate::codebook::ThemeId;
use crate::document::{DocumentId, Version, VersionId};
use crate::engine::{BATCH, Busy, Engine, Event};
use crate::format::w3c;
use crate::journal::texts;
use crate::marking::{Act, Marking, Subject};
use crate::project::{Change, Edit, Filter, OnAnnotation, Origin};
use crate::query;
use crate::text::Span;
use crate::words;

impl Session {
    /// Tags what keys are about with a theme: marks the selected passage, or toggles the theme of
    /// a mark. A passage that is marked already, exactly, gets no second mark.
    pub fn tag(&self, theme: ThemeId) {
        match self.update_marking(|marking| marking.tag(theme)) {
            Act::Mark(span) => match self.marked(span, Some(theme)) {
                Some(id) => self.tag_again(id, theme),
                None => {
                    self.mark(span, Some(theme));
                }
            },
            Act::Toggle(id) => self.toggle(id, theme),
            Act::Wait => {}
            Act::Nothing => {
                let name = self.name_of(theme);
                self.say(&words::said::nothing_to_tag(&name));
            }
        }
    }

    /// The mark on just this passage: of several one that bears a theme.
    #[must_use]
    pub fn marked(&self, span: Span, theme: Option<ThemeId>) -> Option<AnnotationId> {
        let document = self.open_now();
        self.with(|project| {
            let same = project.marks_in(document, span);
            let same: Vec<AnnotationId> = same
                .filter(|mark| mark.span == span)
                .map(|mark| mark.id)
                .collect();
            let bears =
                |id: &&AnnotationId| theme.is_some_and(|theme| project.is_tagged(**id, theme));
            same.iter().find(bears).or(same.first()).copied()
        })
    }

    /// Tags a mark whose passage was selected once more. It is never untagged by that.
    fn tag_again(&self, id: AnnotationId, theme: ThemeId) {
        let name = self.name_of(theme);
        let changed = self.change(
            &words::steps::tag(&name),
            id,
            OnAnnotation::Tag(theme, true),
        );
        if changed {
            self.say_done(&words::said::tagged(&name));
        } else if self.may_change() {
            self.say(&words::said::already_tagged(&name));
        } else {
            return;
        }
        self.update_marking(|marking| marking.made(id));
    }

    /// The theme with a number as the code bar shows it, from 1.
    #[must_use]
    pub fn theme_numbered(&self, number: usize) -> Option<ThemeId> {
        self.themes
            .with_untracked(|themes| themes.get(number.checked_sub(1)?).map(|theme| theme.id))
    }

    /// Marks a passage of the open document; keys are about that mark then. The mark, where
    /// changes may be made.
    pub fn mark(&self, span: Span, theme: Option<ThemeId>) -> Option<AnnotationId> {
        if !self.shows_current() {
            return None;
        }
        let (label, said) = match theme {
            Some(theme) => {
                let name = self.name_of(theme);
                (words::steps::tag(&name), words::said::tagged(&name))
            }
            None => (words::steps::MARK.into(), words::said::MARKED.into()),
        };
        let document = self.document.get_untracked();
        let annotation = Annotation {
            themes: theme.into_iter().collect(),
            ..Annotation::new(
                AnnotationId(clock::name()),
                Target::on(&document, span),
                clock::now(),
            )
        };
        self.add(&label, annotation, &said)
    }

    /// Adds a mark, which keys are about then.
    fn add(&self, label: &str, annotation: Annotation, said: &str) -> Option<AnnotationId> {
        let id = annotation.id;
        if !self.dispatch(label, vec![Edit::AddAnnotation(Arc::new(annotation))]) {
            return None;
        }
        self.update_marking(|marking| marking.made(id));
        self.say_done(said);
        self.ask_to_persist();
        Some(id)
    }

    /// Puts a note on a new mark, in the place of one that is gone, and shows it.
    pub fn keep_on_new_mark(&self, gone: &Annotation, note: &str) -> Option<AnnotationId> {
        // What keys are about has to be in view.
        if gone.target.document != self.open_now() {
            self.open(gone.target.document);
        }
        let now = clock::now();
        let annotation = Annotation {
            themes: gone.themes.clone(),
            note: note.trim().into(),
            ..Annotation::new(AnnotationId(clock::name()), gone.target.clone(), now)
        };
        self.add(words::steps::NOTE, annotation, words::said::NOTE_KEPT)
    }

    /// The mark that a note is to be written on: the one that keys are about, the one on just the
    /// selected passage, or a new one there; and whether it is new.
    pub fn mark_to_note(&self) -> Option<(AnnotationId, bool)> {
        match self.subject.get_untracked() {
            Subject::Passage(span) => match self.marked(span, None) {
                Some(id) => {
                    self.update_marking(|marking| marking.made(id));
                    Some((id, false))
                }
                None => Some((self.mark(span, None)?, true)),
            },
            subject => Some((subject.mark()?, false)),
        }
    }

    /// Takes a mark away again that was made to write a note on, if nothing was written, it has
    /// no theme, and nothing was done since.
    pub fn unmark_if_bare(&self, id: AnnotationId) {
        let is_bare = self.with(|project| {
            let own = project.live(id);
            own.is_some_and(|own| {
                own.annotation.note.is_empty() && own.annotation.themes.is_empty()
            })
        });
        let is_last = self.engine(|engine| {
            let last = engine.history().next(Origin::Undo);
            last.is_some_and(|step| {
                matches!(step.changes.as_slice(), [Change::Added(annotation)] if annotation.id == id)
            })
        });
        if is_bare && is_last && self.may_change() {
            self.undo();
            self.say(words::said::NOT_MARKED);
        }
    }

    fn toggle(&self, id: AnnotationId, theme: ThemeId) {
        let tagged = self.with(|project| project.is_tagged(id, theme));
        let name = self.name_of(theme);
        let (label, said) = if tagged {
            (words::steps::untag(&name), words::said::untagged(&name))
        } else {
            (words::steps::tag(&name), words::said::tagged(&name))
        };
        if self.change(&label, id, OnAnnotation::Tag(theme, !tagged)) {
            self.say_done(&said);
        }
    }

    /// Writes the note of an annotation. Nothing is said: it is being written. What was said of
    /// an earlier change is not what the next undo takes back.
    pub fn note(&self, id: AnnotationId, note: &str) {
        let changed = self.change(
            words::steps::NOTE,
            id,
            OnAnnotation::Note(note.trim().into()),
        );
        if changed && self.said.with_untracked(|said| said.is_change) {
            self.say("");
        }
    }

    /// Deletes an annotation; undo brings it back.
    pub fn delete(&self, id: AnnotationId) {
        if self.change(words::steps::DELETE, id, OnAnnotation::Deleted(true)) {
            self.say_done(words::said::DELETED);
        }
    }

    /// Deletes the mark that keys are about; whether there is one.
    pub fn delete_current(&self) -> bool {
        let Some(id) = self.current_mark() else {
            return false;
        };
        self.delete(id);
        true
    }

    /// Says where the passage of an annotation is.
    pub fn attach(&self, id: AnnotationId, span: Span) {
        if self.point(words::steps::ATTACH, id, span) {
            self.choose(Some(id));
            self.say_done(words::said::ATTACHED);
        }
    }

    /// Moves the ends of a mark.
    pub fn resize_mark(&self, id: AnnotationId, span: Span) {
        if self.point(words::steps::MOVE_END, id, span) {
            let row = self.with(|project| Some(query::row(project, project.live(id)?)));
            let words = row.map(|row| row.quote).unwrap_or_default();
            self.say_done(&words::said::marked(&words));
        }
    }

    /// Points an annotation at a passage of the open document; whether it was elsewhere.
    fn point(&self, label: &str, id: AnnotationId, span: Span) -> bool {
        if !self.shows_current() {
            return false;
        }
        let document = self.document.get_untracked();
        let target = Target::on(&document, span);
        self.change(label, id, OnAnnotation::Target(Box::new(target)))
    }

    /// Says that the passage of an annotation is not in this text.
    pub fn give_up(&self, id: AnnotationId) {
        let digest = self.document.get_untracked().digest.clone();
        let target = self.with(|project| Some(project.live(id)?.annotation.target.clone()));
        if let Some(mut target) = target {
            target.known = Some(Box::new(Known::AbsentFrom(digest)));
            if self.change(
                words::steps::KEEP_AS_LOST,
                id,
                OnAnnotation::Target(Box::new(target)),
            ) {
                self.say_done(words::said::KEPT_AS_LOST);
            }
        }
    }

    fn change(&self, label: &str, id: AnnotationId, field: OnAnnotation) -> bool {
        // What is as it was is no change and must not look like one.
        let unchanged = self.with(|project| {
            project
                .live(id)
                .is_none_or(|placed| field.now(&placed.annotation) == field)
        });
        let modified = OnAnnotation::Modified(clock::now());
        !unchanged
            && self.dispatch(
                label,
                vec![Edit::Annotation(id, field), Edit::Annotation(id, modified)],
            )
    }

    pub(super) fn name_of(&self, theme: ThemeId) -> Arc<str> {
        self.with(|project| {
            project
                .codebook()
                .get(theme)
                .map_or_else(Arc::default, |theme| theme.name.clone())
        })
    }

    /// Opens another of the project's documents, unless it is in the bin.
    pub fn open(&self, id: DocumentId) {
        if !self.has_document(id) {
            return;
        }
        self.keep_blank(false);
        self.show(id);
        // A list of all documents stays as it is.
        if self.scope.get_untracked() == Scope::Document {
            self.filter.set(Filter::All);
            self.search.set(String::new());
            self.list.update_untracked(|list| list.first = 0);
        }
        self.publish_all();
        self.remember_view();
    }

    /// Opens another document, and waits until it is shown; whether it is.
    pub async fn open_and_wait(&self, id: DocumentId) -> bool {
        self.open(id);
        let is_shown = || self.document.with_untracked(|shown| shown.id() == id);
        self.until(|| is_shown() || self.wanted() != id).await;
        is_shown()
    }

    pub(super) fn show(&self, id: DocumentId) {
        let shown = self.document.get_untracked();
        self.update(|state| state.wanted = Some(id));
        match self.with(|project| project.document(id).cloned()) {
            Some(document) if !Arc::ptr_eq(&document, &shown) => {
                self.update_marking(Marking::change_text);
                self.document.set(document);
                self.wake();
            }
            Some(_) => {}
            // While the store is being read, who reads it sees to that.
            None => {
                if let Some(store) = self.state.with_value(|state| state.store.clone()) {
                    let session = *self;
                    spawn_local(async move { session.fetch(id, &store).await });
                }
            }
        }
    }

    /// Has what a document says be read, and then shown.
    pub(super) async fn fetch(&self, id: DocumentId, store: &Store) {
        let asked = self.with(|project| Some(project.record(id)?.version.clone()));
        let Some(asked) = asked else { return };
        let reason = match Self::read_text(&asked, store).await {
            Ok(text) => {
                self.handle(Event::Text(text));
                return;
            }
            Err(reason) => reason,
        };
        let title = self.title_of(id);
        let said = words::saving::unreadable_text(&title, &reason);
        self.say(&said);
        let shown = self.document.get_untracked();
        if shown.id() == id {
            self.pause(shown.digest.clone(), &said);
        } else {
            self.update(|state| state.wanted = None);
            self.wake();
        }
    }

    /// A text of the store.
    ///
    /// # Errors
    /// Why it can't be read, in a sentence.
    pub(super) async fn read_text(asked: &VersionId, store: &Store) -> Result<Version, String> {
        let record = store.text(&asked.to_string()).await?;
        let record = record.ok_or(words::saving::TEXT_NOWHERE)?;
        let text = texts::read(&record).filter(|text| text.id() == *asked);
        text.ok_or_else(|| words::saving::TEXT_DAMAGED.into())
    }

    /// Whether the text that is shown is what its document says now: another window may have
    /// replaced it, and the new one may still be on its way.
    pub(super) fn is_current(&self) -> bool {
        let shown = self.document.get_untracked();
        self.with(|project| {
            let own = project.document(shown.id());
            own.is_some_and(|own| own.digest == shown.digest)
        })
    }

    /// The same; says so where it is not.
    fn shows_current(&self) -> bool {
        let is_current = self.is_current();
        if !is_current {
            self.say(words::said::OTHER_TEXT);
        }
        is_current
    }

    /// Lists only some annotations.
    pub fn list_only(&self, filter: Filter) {
        self.filter.set(filter);
        self.search_anew();
        self.list_anew();
    }

    /// Lists only those whose passage or note holds some words.
    pub fn search_for(&self, words: String) {
        let wanted = !words.is_empty();
        self.search.set(words);
        self.search_anew();
        self.list_anew();
        let found = self.list.with_untracked(|list| list.count);
        let found = wanted.then(|| words::said::found(found));
        self.say(&found.unwrap_or_default());
    }

    /// Downloads the open document's annotations, as soon as it is known where they stand: in a
    /// page that was just opened some may still have to be looked for. Many are written in batches;
    /// nothing is changed meanwhile.
    pub fn download(&self) {
        if self.has_none_open_now() {
            self.say(words::library::OPEN_ONE_FIRST);
            return;
        }
        let is_waiting = |all: &Vec<Work>| all.iter().any(|work| work.what == words::work::WAITING);
        if !self.work.with_untracked(is_waiting) {
            spawn_local(self.write_file());
        }
    }

    /// Whether it is not yet known what is to be downloaded, and will be: the journal is being
    /// read, or passages are being looked for.
    fn has_to_wait(&self) -> bool {
        let document = self.document.get_untracked();
        let is_reading = self.engine(Engine::busy) == Some(Busy::Reading);
        let unresolved =
            self.with(|project| project.index(document.id(), Filter::Unresolved).len());
        is_reading || unresolved > 0 && !self.is_paused(&document.digest)
    }

    /// Waits until it is known what is to be downloaded. Where passages are no longer being looked
    /// for, the file says so.
    ///
    /// # Errors
    /// When it is not wanted any more, with a sentence.
    async fn until_sought(&self) -> Result<(), &'static str> {
        if !self.has_to_wait() {
            return Ok(());
        }
        let open = self.open_now();
        let is_open = || self.open_now() == open;
        let is_over = || !self.has_to_wait() || !is_open();
        if self.waits_in_vain(words::work::WAITING, is_over).await {
            Err(words::said::DOWNLOAD_STOPPED)
        } else if is_open() {
            Ok(())
        } else {
            Err(words::said::DOWNLOAD_OTHER)
        }
    }

    async fn write_file(self) {
        if let Err(reason) = self.until_sought().await {
            self.say(reason);
            return;
        }
        if !self.may_change() {
            return;
        }
        self.handle(Event::Freeze(true));
        let document = self.document.get_untracked();
        let unresolved =
            self.with(|project| project.index(document.id(), Filter::Unresolved).len());
        let frame = self.with(|project| w3c::frame(project, &document, clock::now()));
        let pieces = js_sys::Array::of1(&frame.before.into());
        let mut done = 0;
        while done < frame.count {
            if done > 0 {
                browser::pause().await;
            }
            let next = (done + BATCH).min(frame.count);
            let items = self.with(|project| w3c::items(project, &document, done..next));
            pieces.push(&items.into());
            done = next;
        }
        pieces.push(&frame.after.into());
        self.handle(Event::Freeze(false));
        let name = format!("{}.annotations.json", document.record.name);
        match file::download(&name, &pieces) {
            Ok(()) => {
                self.remember(&[(DOWNLOADED, &clock::now().0.to_string())]);
                self.say(&words::said::downloaded(&name, unresolved));
            }
            Err(reason) => self.say(&reason),
        }
    }

    /// Makes a change that may be a long one, and says so when it is complete.
    pub(super) fn make(&self, label: &str, edits: Vec<Edit>, words: String) {
        if self.may_change() {
            self.update(|state| state.announcement = Some(words));
            self.dispatch(label, edits);
        }
    }
}
