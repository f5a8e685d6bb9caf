//! Of which documents the marks are listed.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::elements::live;
use super::super::page::Page;
use crate::annotation::AnnotationId;
use crate::browser;
use crate::document::DocumentId;
use crate::project::Project;
use crate::query::{self, Place};
use crate::session::{Scope, Session};
use crate::words;

/// The choice of all documents.
const ALL: &str = "all";

/// The choice.
pub(in crate::ui) fn drawn(session: Session) -> AnyView {
    let choose = move |event| {
        let is_all = event_target_value(&event) == ALL;
        session.list_of(if is_all { Scope::All } else { Scope::Document });
    };
    let chosen = live(move || {
        let is_all = session.scope.get() == Scope::All;
        if is_all { ALL } else { "" }
    });
    view! {
        <select class="scope" aria-label=words::list::SCOPE prop:value=chosen on:change=choose>
            <option value="">{words::list::IN_DOCUMENT}</option>
            <option value=ALL>{words::list::IN_ALL}</option>
        </select>
    }
    .into_any()
}

/// Goes to a mark of a document that is not open.
pub(in crate::ui) fn go_to(session: Session, page: Page, document: DocumentId, id: AnnotationId) {
    spawn_local(async move {
        if !session.open_and_wait(document).await {
            return;
        }
        // Where it was left is gone to before that.
        browser::painted().await;
        session.choose(Some(id));
        page.jump.set(Some(id));
        // Its place is known by now, if it has one.
        let placed = |project: &Project| Some(query::row(project, project.live(id)?).place);
        if !session.with(placed).is_some_and(Place::may_be_said) {
            page.show_article();
        }
    });
}
