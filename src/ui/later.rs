//! A part of the program that nobody needs for the first mark: it comes when it is first asked for,
//! or once the page rests. What is in it is the functions of a table, which are called like any others
//! once it is here; `parts` has them.

use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::elements::{button, part, tag, tagged};
use super::focus::keep_focus;
use crate::browser;
use crate::session::Session;
use crate::words;

/// A part that did not arrive.
#[derive(Clone, Copy, Debug)]
pub(super) struct NotLoaded;

#[cfg(split)]
impl From<leptos::wasm_split::SplitLoaderError> for NotLoaded {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// How it stands with the part.
#[derive(Clone, Copy, Default)]
enum Stage<T> {
    /// It is on its way, or nobody has asked for it.
    #[default]
    Coming,
    /// It is here.
    Here(T),
    /// It did not arrive.
    Missing,
}

impl<T> Stage<T> {
    fn here(self) -> Option<T> {
        match self {
            Self::Here(later) => Some(later),
            Self::Coming | Self::Missing => None,
        }
    }
}

/// The part, wherever it is.
#[derive(Clone, Copy)]
pub(super) struct Part<T: Send + Sync + 'static> {
    stage: RwSignal<Stage<T>>,
    /// What is to be done once it is here, while it is on its way.
    waiting: StoredValue<Vec<Waiting<T>>, LocalStorage>,
    fetch: Fetch<T>,
}

/// What is done with the part, or with nothing if it does not arrive.
type Waiting<T> = Box<dyn FnOnce(Option<T>)>;

/// Fetches a part.
pub(super) type Fetch<T> = fn() -> Pin<Box<dyn Future<Output = Result<T, NotLoaded>>>>;

impl<T: Copy + Send + Sync + 'static> Part<T> {
    pub(super) fn new(fetch: Fetch<T>) -> Self {
        Self {
            stage: RwSignal::new(Stage::Coming),
            waiting: StoredValue::new_local(Vec::new()),
            fetch,
        }
    }

    /// Fetches the part, if it is not here.
    pub(super) fn fetch(self) {
        self.run(|_| ());
    }

    /// Does something with the part as soon as it is here, or with nothing if it does not arrive.
    pub(super) fn run(self, act: impl FnOnce(Option<T>) + 'static) {
        self.run_boxed(Box::new(act));
    }

    fn run_boxed(self, act: Waiting<T>) {
        if let Some(later) = self.now() {
            act(Some(later));
            return;
        }
        let waiting = self.waiting.try_update_value(|waiting| {
            waiting.push(act);
            waiting.len()
        });
        // It is on its way already.
        if waiting != Some(1) {
            return;
        }
        self.stage.set(Stage::Coming);
        spawn_local(async move {
            let fetched = (self.fetch)().await.ok();
            // Nothing is to be drawn beside what a failure shows.
            if browser::has_failed() {
                return;
            }
            let waiting = self.waiting.try_update_value(std::mem::take);
            self.stage.set(fetched.map_or(Stage::Missing, Stage::Here));
            for act in waiting.unwrap_or_default() {
                act(fetched);
            }
        });
    }

    /// The same; a person is told that the part is on its way, or if it does not arrive.
    pub(super) fn run_or_say(self, session: Session, act: impl FnOnce(T) + 'static) {
        let has_to_wait = self.now().is_none();
        if has_to_wait {
            session.say(words::later::COMING);
        }
        self.run(move |later| match later {
            Some(later) => {
                if has_to_wait {
                    session.say("");
                }
                act(later);
            }
            None => session.say(words::later::MISSING),
        });
    }

    /// The part, if it is here.
    pub(super) fn now(self) -> Option<T> {
        self.stage.get_untracked().here()
    }

    /// The same, for what is drawn once it is here and not before.
    pub(super) fn here(self) -> Option<T> {
        self.stage.get().here()
    }

    /// What the part draws, as soon as it is here; until then, and if it does not arrive, what
    /// stands in its place: `instead` is told whether it is missing.
    pub(super) fn view(
        self,
        draw: impl Fn(T) -> AnyView + Send + 'static,
        instead: impl Fn(bool) -> AnyView + Send + 'static,
    ) -> AnyView {
        self.fetch();
        self.unasked(draw, instead)
    }

    /// The same, for what does not ask for the part.
    pub(super) fn unasked(
        self,
        draw: impl Fn(T) -> AnyView + Send + 'static,
        instead: impl Fn(bool) -> AnyView + Send + 'static,
    ) -> AnyView {
        part(move || {
            Some(match self.stage.get() {
                Stage::Here(later) => draw(later),
                Stage::Missing => instead(true),
                Stage::Coming => instead(false),
            })
        })
        .into_any()
    }

    /// What print says where what makes the sheet is not here.
    pub(super) fn excuse(self) -> &'static str {
        match self.stage.get_untracked() {
            Stage::Missing => words::later::MISSING,
            _ => words::later::PRINT_AGAIN,
        }
    }
}

/// In the place of something in the list.
pub(super) fn line_instead<T: Copy + Send + Sync + 'static>(
    part: Part<T>,
    is_missing: bool,
) -> AnyView {
    if !is_missing {
        return tagged("p", words::later::COMING);
    }
    let again = move || {
        part.fetch();
        // The button goes.
        keep_focus(None);
    };
    let said = tagged("p", words::later::MISSING);
    let again = button("", words::common::TRY_AGAIN, again);
    tag("div", vec![said, again])
}
