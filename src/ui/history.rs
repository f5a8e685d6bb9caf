//! The dialog "History": every moment of the project, to be named or gone back to; the copies of the
//! last days; and how safe both are.

mod copies;
mod elements;
mod safety;
mod versions;

use leptos::prelude::*;

use self::copies::DailyCopies;
use self::safety::Safety;
use self::versions::Versions;
use super::dialog::{Dialog, Version};
use super::elements::{button, live, part, tag, tagged};
use super::focus::focus_first;
use super::modal::Modal;
use super::page::Page;
use crate::session::Session;
use crate::words;

/// The dialog. Who was shown what going back to a version would do, and did not want that, is led
/// back to that version's button.
#[component]
pub(super) fn HistoryDialog(
    session: Session,
    page: Page,
    version: Option<Version>,
) -> impl IntoView {
    // Nothing is changed here while the dialog is open; another window may be at work.
    let shown = RwSignal::new(session.revision());
    let is_old = live(move || {
        session.list.track();
        session.revision() != shown.get()
    });
    let anew = move || {
        shown.set(session.revision());
        request_animation_frame(|| focus_first("#modal-heading"));
    };
    view! {
        <Modal page heading=words::history::HEADING to_read=true>
            <Safety />
            {tagged("h3", words::history::VERSIONS)}
            {part(move || {
                let said = || vec![
                    tagged("p", words::history::CHANGED_SINCE),
                    button("", words::history::SHOW_THAT_TOO, anew),
                ];
                is_old.get().then(|| tag("div", said()))
            })}
            {part(move || {
                shown.track();
                Some(view! { <Versions session page version /> }.into_any())
            })}
            {tagged("h3", words::history::copies::HEADING)}
            <DailyCopies session page version />
            <div class="actions">
                {button("main", words::common::CLOSE, move || page.dialog.set(Dialog::None))}
            </div>
        </Modal>
    }
}
