//! What the parts of finding share: what is open, and the hit that one is at.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use super::super::elements::effect;
use super::super::page::{Ask, Page};
use super::super::reader::ReaderContext;
use crate::browser;
use crate::document::DocumentId;
use crate::find::Query;
use crate::keys::Way;
use crate::marking::Subject;
use crate::session::Session;
use crate::session::finding::{Finding, Here};
use crate::text::{Span, Utf8};
use crate::words;

/// Length of a selected passage that is looked for as soon as the bar opens, in bytes at most.
const SEED_BYTES: usize = 100;

/// What is shown once the open text has been looked through.
#[derive(Clone, Copy, Default)]
enum Next {
    /// Nothing: the person is elsewhere.
    #[default]
    Nothing,
    /// The first hit from where one looks on.
    First,
    /// The next hit, or the one before.
    Go(Way),
    /// The hit of a number in a document.
    Hit(DocumentId, usize),
}

/// What the parts of finding share.
#[derive(Clone, Copy)]
pub(super) struct Find {
    pub(super) session: Session,
    reader: ReaderContext,
    pub(super) finding: Finding,
    pub(super) is_open: RwSignal<bool>,
    /// Whether hits in all documents are listed.
    pub(super) lists: RwSignal<bool>,
    /// The hit that one is at, by its number in the open text.
    pub(super) current: RwSignal<Option<usize>>,
    next: StoredValue<Next>,
    /// Where one was when one began to look.
    origin: StoredValue<Utf8>,
    pub(super) field: NodeRef<html::Input>,
}

impl Find {
    pub(super) fn new(session: Session, reader: ReaderContext) -> Self {
        Self {
            session,
            reader,
            finding: Finding::new(session),
            is_open: RwSignal::new(false),
            lists: RwSignal::new(false),
            current: RwSignal::new(None),
            next: StoredValue::new(Next::Nothing),
            origin: StoredValue::new(Utf8(0)),
            field: NodeRef::new(),
        }
    }

    /// Does what is asked, and keeps up with what is open.
    pub(super) fn follow(self, page: Page) {
        effect(move || {
            if let Some(ask) = page.asked.get() {
                page.asked.set(None);
                untrack(|| self.does(ask));
            }
        });
        effect(move || {
            let is_open = self.is_open.get() || self.lists.get();
            if page.finds.get_untracked() != is_open {
                page.finds.set(is_open);
            }
        });
        effect(move || {
            self.session.document.track();
            untrack(|| {
                if self.is_open.get() {
                    self.finding.look_here();
                }
            });
        });
        effect(move || {
            self.session.documents.track();
            untrack(|| self.finding.follow_documents());
        });
        effect(move || {
            self.finding.here.track();
            untrack(|| self.take());
        });
        effect(move || {
            let current = self.current.get();
            let spans = self.finding.here.with(|here| here.spans.clone());
            let (spans, current) = match self.is_open.get() && self.is_here() {
                true => (spans.clone(), current.and_then(|at| spans.get(at).copied())),
                false => (Arc::default(), None),
            };
            self.reader.paint_found(spans, current);
        });
    }

    fn does(self, ask: Ask) {
        match ask {
            Ask::Open => self.open(),
            Ask::Everywhere => {
                self.open();
                self.list(true);
            }
            Ask::Close => self.close(),
            Ask::Go(_) if self.finding.query.with(Query::is_blank) => self.open(),
            Ask::Go(way) => self.go(way),
        }
    }

    /// Opens the bar, or takes the focus there. What is selected is looked for.
    fn open(self) {
        self.origin.set_value(self.reader.place_to_look_from());
        self.is_open.set(true);
        let query = self.finding.query.get();
        match self.selected().filter(|_| !query.expression) {
            Some(words) if words != query.words => self.look_for(Query { words, ..query }),
            // What was found stands, and so does the hit that one is at.
            _ if self.is_here() && !query.is_blank() => self.finding.stay(),
            _ => self.finding.look_here(),
        }
        self.enter();
    }

    /// Takes the focus to the field, if it is there already.
    pub(super) fn enter(self) {
        if let Some(field) = self.field.get() {
            browser::focus(&field);
            // It may have been drawn just now, and not have its words yet.
            let words = self
                .finding
                .query
                .with_untracked(|query| query.words.clone());
            if field.value() != words {
                field.set_value(&words);
            }
            field.select();
        }
    }

    /// The selected words, if they are few.
    fn selected(self) -> Option<String> {
        let span = self.session.subject.get().passage()?;
        let words = self.session.document.with(|own| {
            let words = span.of(own.text.text());
            words.to_owned()
        });
        let is_short = words.len() <= SEED_BYTES && !words.contains('\n');
        is_short.then_some(words)
    }

    /// Closes all of it. The hit stays selected, and the focus is where a key tags it.
    pub(super) fn close(self) {
        self.is_open.set(false);
        self.list(false);
        self.finding.rest();
        self.reader.return_to_text();
    }

    /// Lists the hits in all documents, or no longer.
    pub(super) fn list(self, lists: bool) {
        self.lists.set(lists);
        self.finding.look_everywhere(lists);
        self.finding.follow_documents();
    }

    /// Looks for something else, from where one was at first.
    pub(super) fn look_for(self, query: Query) {
        self.next.set_value(Next::First);
        self.finding.look_for(query);
    }

    /// Whether what was found is of what is looked for, and in the text that is open.
    pub(super) fn is_here(self) -> bool {
        let query = self.finding.query.get();
        let open = self
            .session
            .document
            .with(|open| (open.id(), open.record.version.clone()));
        self.finding
            .here
            .with(|here| here.query == query && here.text.as_ref() == Some(&open))
    }

    /// The open text has been looked through.
    fn take(self) {
        if !self.is_here() {
            return;
        }
        let next = self.next.get_value();
        self.next.set_value(Next::Nothing);
        let open = self.session.document.with(|open| open.id());
        let here = self.finding.here.get();
        match next {
            Next::First => {
                let from = self.origin.get_value();
                let first = here.spans.partition_point(|hit| hit.start < from);
                self.show(&here, if first < here.spans.len() { first } else { 0 });
            }
            Next::Hit(document, number) if document == open => self.show(&here, number),
            Next::Nothing | Next::Hit(..) => self.current.set(None),
            Next::Go(way) => {
                self.current.set(None);
                self.go(way);
            }
        }
    }

    /// Goes to a hit of the open text. Where there is none, nothing is selected any more: a key would
    /// tag what nobody looks for.
    fn show(self, here: &Here, number: usize) {
        let hit = here.spans.get(number).copied();
        self.current.set(hit.map(|_| number));
        match hit {
            Some(hit) => self.reader.show_found(hit),
            None => self.select_nothing(),
        }
    }

    fn select_nothing(self) {
        if let Subject::Passage(_) = self.session.subject.get_untracked() {
            self.session.choose(None);
        }
    }

    /// Goes to the next hit, or the one before, round and round: from the hit that one is at, else from
    /// the caret.
    pub(super) fn go(self, way: Way) {
        if !self.is_here() {
            self.next.set_value(Next::Go(way));
            self.finding.look_here();
            return;
        }
        let here = self.finding.here.get();
        let spans = &here.spans;
        if spans.is_empty() {
            if !self.go_elsewhere(way) {
                self.session.say(words::find::NONE);
            }
            return;
        }
        let touches = |hit: &Span, at: Utf8| hit.start <= at && at <= hit.end;
        let is_in_field =
            browser::focused().is_some_and(|focused| !self.reader.is_article(&focused));
        let caret = self.reader.caret_place().filter(|_| !is_in_field);
        let at = self.current.get().and_then(|at| Some((at, spans.get(at)?)));
        let at = at.filter(|(_, hit)| caret.is_none_or(|caret| touches(hit, caret)));
        let count = spans.len();
        let number = match (at, way) {
            (Some((at, _)), Way::On) => (at + 1) % count,
            (Some((at, _)), Way::Back) => (at + count - 1) % count,
            (None, way) => {
                let from = caret.unwrap_or_else(|| self.reader.place_to_look_from());
                let first = spans.partition_point(|hit| hit.start < from);
                match way {
                    Way::On => first % count,
                    Way::Back => (first + count - 1) % count,
                }
            }
        };
        self.show(&here, number);
        if !self.is_open.get() {
            self.session
                .say(&words::find::at(number, count, here.is_cut));
        }
    }

    /// Goes to the first hit in the documents that are listed, or to the last; whether there is one.
    fn go_elsewhere(self, way: Way) -> bool {
        let hit = self.finding.everywhere.with(|all| {
            let group = match way {
                Way::On => all.groups.first(),
                Way::Back => all.groups.last(),
            }?;
            let number = match way {
                Way::On => 0,
                Way::Back => group.found.hits.len().checked_sub(1)?,
            };
            Some((group.document, number))
        });
        let hit = hit.filter(|_| self.lists.get_untracked());
        if let Some((document, number)) = hit {
            self.go_to(document, number);
        }
        hit.is_some()
    }

    /// Opens a document at the hit of a number.
    pub(super) fn go_to(self, document: DocumentId, number: usize) {
        let open = self.session.document.with(|open| open.id());
        if open == document && self.is_here() {
            let here = self.finding.here.get();
            self.show(&here, number);
            return;
        }
        self.next.set_value(Next::Hit(document, number));
        if open == document {
            self.finding.look_here();
            return;
        }
        // Until that is open a key would be about what was left.
        self.current.set(None);
        self.select_nothing();
        self.session.open(document);
    }
}
