//! What is remembered of the view: which document was open, what was chosen, how far it was
//! scrolled, and the same of those that were open before. It is a convenience; losing it loses no work.

use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::{Saving, Session};
use crate::annotation::AnnotationId;
use crate::browser::{clock, room, storage::StoreContents};
use crate::document::DocumentId;
use crate::library::Visits;
use crate::project::AuthorId;

/// The names of what is remembered.
const OPEN: &str = "open";
/// The name of the version that was open: by that the page's first script finds its text.
const VERSION: &str = "text";
const SELECTED: &str = "selected";
const SCROLLED: &str = "scrolled";
/// When each document was opened, and where it was left. It is written when another is opened, and
/// not with every scroll.
const VISITS: &str = "visits";
/// Who makes changes in this browser: a UUID.
const AUTHOR: &str = "author";
/// When annotations were last downloaded, in ms since 1970; a person is reminded of it.
pub(super) const DOWNLOADED: &str = "downloaded";

/// The view as it was left.
pub(super) struct View {
    pub(super) document: Option<DocumentId>,
    /// The name of the version of its text.
    pub(super) version: Option<String>,
    pub(super) selected: Option<AnnotationId>,
    pub(super) scrolled: Option<String>,
}

impl View {
    pub(super) fn of(stored: &StoreContents) -> Self {
        let uuid = |name| Uuid::try_parse(&stored.remembered(name)?).ok();
        Self {
            document: uuid(OPEN).map(DocumentId),
            version: stored.remembered(VERSION),
            selected: uuid(SELECTED).map(AnnotationId),
            scrolled: stored.remembered(SCROLLED),
        }
    }
}

impl Session {
    /// Remembers the view: which article is open and which mark is chosen.
    pub fn remember_view(&self) {
        let document = self.document.get_untracked();
        let version = self.with(|project| Some(project.record(document.id())?.version.to_string()));
        let chosen = self.subject.get_untracked().chosen();
        let selected = chosen.map(|id| id.0.to_string());
        self.remember(&[
            (OPEN, &document.id().0.to_string()),
            (VERSION, &version.unwrap_or_default()),
            (SELECTED, &selected.unwrap_or_default()),
        ]);
    }

    /// Takes over what is remembered of each document; the one that is open is opened now.
    pub(super) fn take_visits(&self, stored: &StoreContents) {
        let mut visits = Visits::read(&stored.remembered(VISITS).unwrap_or_default());
        visits.open(self.wanted(), clock::now());
        self.update(|state| state.visits = visits);
    }

    /// Where one was in a document when it was left.
    #[must_use]
    pub fn place_in(&self, id: DocumentId) -> Option<String> {
        self.state
            .with_value(|state| state.visits.place(id).map(str::to_owned))
    }

    /// Remembers that another document is open, and where it stands, and at which place one was left.
    pub fn turn_from(&self, left: DocumentId, place: &str, now_at: &str) {
        if self.saving.with_untracked(Saving::is_loading) {
            return;
        }
        let open = self.open_now();
        let visits = self.update(|state| {
            state.visits.leave(left, place);
            state.visits.open(open, clock::now());
            let project = state.engine.project();
            state
                .visits
                .keep(|id| project.record(id).is_some_and(|own| !own.deleted));
            state.visits.write()
        });
        self.remember(&[(VISITS, &visits), (SCROLLED, now_at)]);
    }

    /// Goes by the name under which changes were made before in this browser.
    pub(super) fn go_by_name(&self, stored: &StoreContents) {
        let name = stored.remembered(AUTHOR);
        if let Some(id) = name.and_then(|name| Uuid::try_parse(&name).ok()) {
            self.update(|state| {
                state.author = AuthorId(id);
                state.is_author_kept = true;
            });
        }
    }

    /// Keeps the name under which the first change of all is made in this browser.
    pub(super) fn keep_name(&self) {
        if !self.update(|state| std::mem::replace(&mut state.is_author_kept, true)) {
            let author = self.state.with_value(|state| state.author);
            self.remember(&[(AUTHOR, &author.0.to_string())]);
        }
    }

    /// Remembers how far the reader is scrolled.
    pub fn remember_scroll(&self, at: &str) {
        self.remember(&[(SCROLLED, at)]);
    }

    pub(super) fn remember(&self, values: &[(&str, &str)]) {
        self.state.with_value(|state| {
            if let Some(store) = &state.store {
                store.remember(values);
            }
        });
    }

    /// Asks the browser, once there is work to lose, not to clear it when room is
    /// short.
    pub(super) fn ask_to_persist(&self) {
        spawn_local(async {
            // Refused, the work is saved all the same; the browser may then clear it when
            // the disk is nearly full.
            let _ = room::persist().await;
        });
    }
}
