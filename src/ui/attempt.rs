//! What takes a while and may fail, in a dialog: what a press does, and what is read before it is drawn.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::elements::{part, press};
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

/// A button with a name of its own to those who do not see what is beside it.
pub(super) fn named(label: &'static str, name: String, act: impl Fn() + 'static) -> AnyView {
    view! { <button type="button" aria-label=name on:click=press(act)>{label}</button> }.into_any()
}
