//! What nobody needs for the first mark. In a release build it is a file of its own, which comes
//! when it is first asked for, or once the page rests, and shares the program's code with what is
//! there already. `build.rs` says where that is so, `xtask` divides the program.
//!
//! Such a part is the functions in [`Later`]: once it is here they are called like any others.

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{Element, File};

use super::modal::Modal;
use super::{Dialog, Page, button, part, tag, tagged};
use crate::annotation::AnnotationId;
use crate::session::Session;

/// The functions that come later.
#[derive(Clone, Copy)]
pub(super) struct Later {
    /// Draws a dialog.
    pub(super) dialog: fn(Session, Page, Dialog) -> AnyView,
    /// Reads an annotation file and shows what it would do.
    pub(super) take: fn(Session, Page, File),
    /// Takes a file that was dropped on the page, whatever it is.
    pub(super) take_dropped: fn(Session, Page, File),
    /// Draws what can be said about a mark without a sure place; whether a person has said already
    /// that it is lost.
    pub(super) review: fn(Session, Page, AnnotationId, bool) -> AnyView,
    /// Makes the sheet that is printed.
    pub(super) print: fn(Session) -> Element,
}

/// Why a part is not here.
#[derive(Clone, Copy, Debug)]
pub(super) struct NotLoaded;

#[cfg(split)]
impl From<leptos::wasm_split::SplitLoaderError> for NotLoaded {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// Fetches the part.
#[cfg(split)]
#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn fetch() -> Result<Later, NotLoaded> {
    Ok(functions())
}

/// The part, which is here already.
#[cfg(not(split))]
async fn fetch() -> Result<Later, NotLoaded> {
    Ok(functions())
}

fn functions() -> Later {
    Later {
        dialog: super::dialog,
        take: super::import::take,
        take_dropped: super::import::take_dropped,
        review: super::review::review,
        print: super::print::drawn,
    }
}

/// How it stands with the part.
#[derive(Clone, Copy, Default)]
enum Stage {
    /// Nobody has asked for it.
    #[default]
    Asleep,
    /// It is on its way.
    Coming,
    /// It is here.
    Here(Later),
    /// It did not arrive.
    Missing,
}

/// The part, wherever it is.
#[derive(Clone, Copy)]
pub(super) struct Part(RwSignal<Stage>);

/// What is said where it would have been.
const MISSING: &str =
    "This part of Themark could not be loaded. Check the connection, then try again.";

impl Part {
    pub(super) fn new() -> Self {
        Self(RwSignal::default())
    }

    /// Fetches the part, if it is not here.
    pub(super) fn fetch(self) {
        self.run(|_| ());
    }

    /// Does something with the part as soon as it is here, or with nothing if it does not arrive.
    pub(super) fn run(self, act: impl FnOnce(Option<Later>) + 'static) {
        if let Some(later) = self.now() {
            act(Some(later));
            return;
        }
        let act: Box<dyn FnOnce(Option<Later>)> = Box::new(act);
        self.0.set(Stage::Coming);
        spawn_local(async move {
            let fetched = fetch().await.ok();
            self.0.set(fetched.map_or(Stage::Missing, Stage::Here));
            act(fetched);
        });
    }

    /// The same; if the part does not arrive a person is told.
    pub(super) fn run_or_say(self, session: Session, act: impl FnOnce(Later) + 'static) {
        self.run(move |later| match later {
            Some(later) => act(later),
            None => session.say(MISSING),
        });
    }

    /// The part, if it is here.
    pub(super) fn now(self) -> Option<Later> {
        match self.0.get_untracked() {
            Stage::Here(later) => Some(later),
            Stage::Asleep | Stage::Coming | Stage::Missing => None,
        }
    }

    /// What the part draws, as soon as it is here; `missing` if it does not arrive.
    pub(super) fn view(
        self,
        draw: impl Fn(Later) -> AnyView + Send + 'static,
        missing: impl Fn() -> AnyView + Send + 'static,
    ) -> AnyView {
        self.fetch();
        part(move || match self.0.get() {
            Stage::Here(later) => Some(draw(later)),
            Stage::Missing => Some(missing()),
            Stage::Asleep | Stage::Coming => None,
        })
        .into_any()
    }
}

/// In the place of something in the list that did not arrive.
pub(super) fn missing_line(part: Part) -> AnyView {
    let pieces = vec![
        tagged("p", MISSING),
        button("", "Try again", move || part.fetch()),
    ];
    tag("div", pieces)
}

/// In the place of a dialog that did not arrive.
pub(super) fn missing_dialog(page: Page) -> AnyView {
    view! {
        <Modal page heading="Not loaded">
            {tagged("p", MISSING)}
            <div class="actions">
                {button("", "Close", move || page.dialog.set(Dialog::None))}
                {button("main", "Try again", move || page.later.fetch())}
            </div>
        </Modal>
    }
    .into_any()
}
