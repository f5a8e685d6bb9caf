//! What the parts of the dialog share: the list, and what is done to it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::attempt::Attempt;
use super::super::focus::focus_first;
use super::super::page::Page;
use super::going::{counts, go_to};
use crate::browser::clock;
use crate::session::Session;
use crate::session::projects::{self, Entry};

/// What the parts of the dialog share.
#[derive(Clone, Copy)]
pub(super) struct Listing {
    pub(super) session: Session,
    pub(super) page: Page,
    /// All projects, once they were read, or why they can't be.
    pub(super) entries: RwSignal<Option<Result<Vec<Entry>, String>>>,
    /// The project whose name is being written, by its database.
    pub(super) renaming: RwSignal<Option<String>>,
    /// Whether projects are downloaded with their history.
    pub(super) with_history: RwSignal<bool>,
    pub(super) attempt: Attempt,
}

impl Listing {
    /// Reads anew what there is. Then the focus goes where a selector says, if it was in what is drawn
    /// anew.
    pub(super) fn refresh(self, focus: Option<String>) {
        spawn_local(async move {
            let mut read = projects::list(clock::now()).await;
            if let Ok(all) = &mut read
                && let Some(open) = all.iter_mut().find(|entry| entry.is_open())
            {
                // Kept is how much there was a while ago.
                open.counts = counts(self.session);
                self.page.project.try_set(open.shown_title());
            }
            // The dialog may be gone by then.
            self.entries.try_set(Some(read));
            if let Some(selector) = focus {
                request_animation_frame(move || focus_first(&selector));
            }
        });
    }

    /// Opens another project; the page begins anew.
    pub(super) fn open(self, name: String) {
        go_to(self.session, self.page, name);
    }
}
