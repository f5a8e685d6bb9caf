//! The beginning of a visit: what was kept is read, and from then on kept up to date.

use futures::future::{Either, select};
use gloo::timers::callback::Timeout;
use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::running::{Source, read_all};
use super::view::View;
use super::{Session, State};
use crate::browser;
use crate::browser::storage::{Lines, Store, StoreContents};
use crate::document::{DocumentId, Version};
use crate::engine::{End, Event};
use crate::journal::{Sum, texts};
use crate::marking::Subject;
use crate::words;

/// How long the store may take to open, in ms. Some browsers leave the question
/// open for ever in private windows; a person must not wait for that. Once it is open,
/// reading a long journal takes as long as it takes.
const PATIENCE_MS: u32 = 4_000;

/// What tells a page that it is left.
const LEFT: &str = "pagehide";

/// That, and what tells it that it may have missed something: it was not seen.
const COMING_AND_GOING: [&str; 3] = [LEFT, "visibilitychange", "pageshow"];

impl Session {
    /// Brings back everything from what was kept: the text and where it was left first, then
    /// its marks, of many some before the others, and a frame later what the panel lists. A
    /// person may open another text meanwhile, and keeps that.
    pub async fn load(self, scrolled: RwSignal<Option<String>>) {
        let open = || self.wanted();
        let first = open();
        // A store that does not answer leaves nobody without a text.
        Timeout::new(PATIENCE_MS, move || self.keep_blank(false)).forget();
        let (store, mut stored) = match open_store().await {
            Ok(found) => found,
            Err(reason) => {
                self.handle(Event::NoStore(reason));
                self.keep_blank(false);
                return;
            }
        };
        let view = View::of(&stored);
        self.list_as_before(&stored);
        let left = view.document.unwrap_or(first);
        // Another version of its text is in the journal: what comes with the program would
        // be the wrong one to show meanwhile.
        let own = self.with(|project| Some(project.record(left)?.version.to_string()));
        let is_none = first == DocumentId::default();
        let is_other = is_none || view.version.is_some() && view.version != own;
        self.keep_blank(open() == first && is_other);
        if open() == first {
            self.show(left);
            if open() == left {
                scrolled.set(view.scrolled.clone());
            }
        }
        let text = stored.text.take().and_then(|text| texts::read(&text));
        let has_others = stored.snapshot.has_others();
        if has_others {
            self.show_first(&mut stored, text.as_ref(), &view).await;
            stored.snapshot.more().await;
        }
        if stored.lacks_snapshot() {
            store.begin_without_snapshot();
            return;
        }
        // What could not be read that way is told of by the other.
        if !has_others {
            self.read_in_view(&mut stored, text).await;
        } else if !self.read_beside(&mut stored, text.as_ref()).await {
            self.update(|state| state.engine = state.beginning());
            self.read_in_view(&mut stored, text).await;
        }
        store.take(&stored);
        if self.state.with_value(|state| state.begins_anew) {
            store.begin_without_snapshot();
            return;
        }
        self.keep_one_open();
        // It may be another version of its text now, and not the one that was read at once.
        if self.with(|project| project.document(open()).is_none()) {
            self.fetch(open(), &store).await;
        }
        self.show(open());
        self.keep_blank(false);
        self.publish_documents();
        self.publish_codebook();
        self.marks.notify();
        browser::painted().await;
        self.publish_list();
        self.follow(&store);
        self.update(|state| state.store = Some(store));
        self.take_visits(&stored);
        self.go_by_name(&stored);
        self.handle(Event::Shown);
        let is_here = |id| {
            self.with(|project| {
                let own = project.live(id);
                own.is_some_and(|own| own.annotation.target.document == open())
            })
        };
        match view.selected.filter(|id| is_here(*id)) {
            Some(id) if self.subject.get_untracked() == Subject::Nothing => self.choose(Some(id)),
            _ if open() != left => self.remember_view(),
            _ => {}
        }
    }

    /// Shows what the document comes to that was open, before the marks of all others have been read:
    /// an engine of its own reads what there is of that one, and all that is behind the snapshot.
    async fn show_first(&self, stored: &mut StoreContents, text: Option<&Version>, view: &View) {
        if !self.read_beside(stored, text).await {
            return;
        }
        let open = self.wanted();
        let is_left = self.with(|project| {
            let own = project.record(open).map(|own| own.version.to_string());
            project.document(open).is_some() && own == view.version
        });
        if is_left {
            self.show(open);
            self.keep_blank(false);
            self.marks.notify();
            browser::painted().await;
        }
    }

    /// Has another engine read what there is, while views go on reading from the one they have; it
    /// takes the place of that if it could read all of it, and whether it could.
    async fn read_beside(&self, stored: &mut StoreContents, text: Option<&Version>) -> bool {
        let mut engine = self.state.with_value(State::beginning);
        if let Some(text) = text {
            engine.handle(Event::Text(text.clone()));
        }
        if let Some(sum) = &stored.sum {
            let end = End::Snapshot(Sum::from_digits(sum));
            engine.handle(Event::Snapshot);
            if !read_all(&mut engine, stored.snapshot.there(), end).await {
                return false;
            }
        }
        stored.lines.more().await;
        if !read_all(&mut engine, stored.lines.clone(), End::Journal).await {
            return false;
        }
        self.update(|state| state.engine = engine);
        self.search_anew();
        true
    }

    /// Has the engine read what there is; of many marks some are seen before the others.
    async fn read_in_view(&self, stored: &mut StoreContents, text: Option<Version>) {
        if let Some(text) = text {
            self.handle(Event::Text(text));
        }
        if let Some(sum) = &stored.sum {
            let end = End::Snapshot(Sum::from_digits(sum));
            self.handle(Event::Snapshot);
            self.read(&mut stored.snapshot, end).await;
        }
        self.read(&mut stored.lines, End::Journal).await;
    }

    /// Has the engine read some lines.
    async fn read(&self, lines: &mut Lines, end: End) {
        let source = Source::new(lines.clone(), end);
        self.update(|state| {
            state.source = Some(source);
            state.is_running = true;
        });
        self.run().await;
        if let Some(source) = self.update(|state| state.source.take()) {
            *lines = source.lines;
        }
    }

    /// Takes in what other pages append to the store, from now on.
    fn follow(&self, store: &Store) {
        let session = *self;
        store.listen(move || {
            session.handle(Event::Appended);
        });
        for event in COMING_AND_GOING {
            // It lasts as long as the page.
            let _ = window_event_listener_untyped(event, move |event| {
                // One that is left may be put by as it is, in the middle of its reading or
                // writing: in WebKit nobody else could write then.
                if event.type_() == LEFT {
                    session.state.with_value(|state| {
                        if let Some(store) = &state.store {
                            store.leave(state.engine.exchanges());
                        }
                    });
                } else if !browser::document().hidden() {
                    session.handle(Event::Appended);
                }
            });
        }
    }
}

/// What a visit begins with: the store and what it held; else why there is none.
type Opened = Result<(Store, StoreContents), String>;

/// Opens the store and begins to read it.
async fn open_store() -> Opened {
    let open = Box::pin(Store::open());
    let (store, stored) = match select(open, TimeoutFuture::new(PATIENCE_MS)).await {
        Either::Left((opened, _)) => opened?,
        Either::Right((_, open)) => {
            // Where it comes after all, it must hold up nobody.
            spawn_local(async {
                if let Ok((store, _)) = open.await {
                    store.close();
                }
            });
            return Err(words::saving::NO_ANSWER.into());
        }
    };
    Ok((store, StoreContents::of(stored).await?))
}
