//! What the parts of the history are made of.

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use super::super::dialog::{Dialog, Version};
use super::super::elements::{part, press};
use super::super::import;
use super::super::page::Page;
use crate::browser;
use crate::session::Session;
use crate::time::Timestamp;
use crate::words;

/// What a press does, once at a time. What goes wrong is said beside it, and it can be pressed again.
#[derive(Clone, Copy)]
pub(super) struct Attempt {
    wrong: RwSignal<Option<String>>,
    is_under_way: StoredValue<bool>,
}

impl Attempt {
    pub(super) fn new() -> Self {
        Self {
            wrong: RwSignal::new(None),
            is_under_way: StoredValue::new(false),
        }
    }

    /// Does it, unless it is being done.
    pub(super) fn make(self, work: impl Future<Output = Result<(), String>> + 'static) {
        if self.is_under_way.get_value() {
            return;
        }
        self.is_under_way.set_value(true);
        self.wrong.set(None);
        let work: Work<()> = Box::pin(work);
        spawn_local(async move {
            let outcome = work.await;
            // The dialog may be gone by then.
            self.is_under_way.try_set_value(false);
            if let Err(reason) = outcome {
                self.wrong.try_set(Some(reason));
            }
        });
    }

    /// Whether the dialog has been closed meanwhile: nobody waits for it any more.
    pub(super) fn is_over(self) -> bool {
        self.is_under_way.try_get_value().is_none()
    }

    /// What went wrong, in its place.
    pub(super) fn view(self) -> AnyView {
        part(move || Some(alert(&words::history::failed(&self.wrong.get()?)))).into_any()
    }
}

fn alert(words: &str) -> AnyView {
    view! { <p role="alert" class="wrong">{words.to_owned()}</p> }.into_any()
}

/// What was read, as it is drawn.
pub(super) type Drawing = Box<dyn FnOnce() -> AnyView>;

/// What stands where something is being read that may not be readable.
pub(super) fn read(work: impl Future<Output = Result<Drawing, String>> + 'static) -> AnyView {
    let work: Work<Drawing> = Box::pin(work);
    let outcome = RwSignal::new_local(None);
    spawn_local(async move {
        let read = work.await;
        // The dialog may be gone by then.
        outcome.try_set(Some(read));
    });
    part(move || {
        outcome.track();
        Some(match outcome.try_update_untracked(Option::take)?? {
            Ok(draw) => draw(),
            Err(reason) => alert(&words::history::unreadable(&reason)),
        })
    })
    .into_any()
}

type Work<T> = std::pin::Pin<Box<dyn Future<Output = Result<T, String>>>>;

/// A moment, and what was then.
pub(super) fn dated(at: Timestamp, written: String, what: &str) -> AnyView {
    view! {
        <time datetime=at.to_string()>{written}</time>
        <span>{what.to_owned()}</span>
    }
    .into_any()
}

/// A button with a name of its own to those who do not see what is beside it.
pub(super) fn named(label: &'static str, name: String, act: impl Fn() + 'static) -> AnyView {
    view! { <button type="button" aria-label=name on:click=press(act)>{label}</button> }.into_any()
}

/// A button that goes back to a version.
pub(super) fn go_back(version: Version, name: String, act: impl Fn() + 'static) -> AnyView {
    view! {
        <button type="button" data-version=version.name() aria-label=name on:click=press(act)>
            {words::history::GO_BACK}
        </button>
    }
    .into_any()
}

/// Takes the focus to the button of a version, if nobody is on the way to another place.
pub(super) fn lead_back(version: Option<Version>) {
    let Some(version) = version else { return };
    let selector = format!("dialog [data-version=\"{}\"]", version.name());
    request_animation_frame(move || {
        let is_at_heading = browser::focused().is_none_or(|element| element.tag_name() == "H2");
        if is_at_heading {
            focus_first(&selector);
        }
    });
}

/// Takes the focus to the first element that a selector finds.
pub(super) fn focus_first(selector: &str) {
    use wasm_bindgen::JsCast;
    let found = browser::document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    {
        // One below the edge comes into view.
        let _ = element.focus();
    }
}

/// Shows what going back to a version would do, whose records are in a file; unless the dialog has
/// been closed while they were read.
pub(super) fn show_restoration(
    session: Session,
    page: Page,
    attempt: Attempt,
    file: File,
    version: Version,
) {
    if attempt.is_over() {
        return;
    }
    page.dialog.set(Dialog::None);
    import::take_of(session, page, file, Some(version));
}

/// In a name of a file.
pub(super) fn file_name(words: &[&str]) -> String {
    let words: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !word.is_empty())
        .collect();
    words.join(", ") + import::JOURNAL
}
