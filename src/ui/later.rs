//! What nobody needs for the first mark. In a release build it is a file of its own, which comes
//! when it is first asked for, or once the page rests, and shares the program's code with what is
//! there already. `build.rs` says where that is so, `xtask` divides the program.
//!
//! Such a part is the functions in [`Later`]: once it is here they are called like any others.

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{Element, File};

use super::keys::keep_focus;
use super::modal::Modal;
use super::note::{Gone, NoteEditor};
use super::reader::{ReaderContext, pointing, resize, tooltip};
use super::{Dialog, Page, button, part, tag, tagged};
use crate::annotation::AnnotationId;
use crate::keys::{End, Side, Step};
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
    /// Looks for the passages that have no place yet.
    pub(super) resolve: fn(Session),
    /// Draws how far workers are.
    pub(super) progress: fn(Session) -> AnyView,
    /// Draws what is said of the marks under the pointer.
    pub(super) tooltip: fn(ReaderContext, pointing::Hover) -> AnyView,
    /// Moves an end of the mark that keys are about.
    pub(super) resize: fn(ReaderContext, End, Side, Step),
    /// Draws what is offered for notes whose marks are gone.
    pub(super) rescue: fn(NoteEditor, Vec<Gone>) -> AnyView,
    /// Begins with what is done while the page rests.
    pub(super) rest: fn(Session, Page),
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
        resolve: Session::resolve_in_worker,
        progress: super::work::in_page,
        tooltip: tooltip::drawn,
        resize: resize::key,
        rescue: super::note::rescue,
        rest: super::resting::begin,
    }
}

/// How it stands with the part.
#[derive(Clone, Copy, Default)]
enum Stage {
    /// It is on its way, or nobody has asked for it.
    #[default]
    Coming,
    /// It is here.
    Here(Later),
    /// It did not arrive.
    Missing,
}

impl Stage {
    fn here(self) -> Option<Later> {
        match self {
            Self::Here(later) => Some(later),
            Self::Coming | Self::Missing => None,
        }
    }
}

/// The part, wherever it is.
#[derive(Clone, Copy)]
pub(super) struct Part(RwSignal<Stage>);

/// What is said in its place while it is on its way.
const COMING: &str = "Loading…";

/// What is said there when it did not arrive.
pub(super) const MISSING: &str =
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
        self.run_boxed(Box::new(act));
    }

    fn run_boxed(self, act: Box<dyn FnOnce(Option<Later>)>) {
        if let Some(later) = self.now() {
            act(Some(later));
            return;
        }
        self.0.set(Stage::Coming);
        spawn_local(async move {
            let fetched = fetch().await.ok();
            self.0.set(fetched.map_or(Stage::Missing, Stage::Here));
            act(fetched);
        });
    }

    /// The same; a person is told that the part is on its way, or if it does not arrive.
    pub(super) fn run_or_say(self, session: Session, act: impl FnOnce(Later) + 'static) {
        let has_to_wait = self.now().is_none();
        if has_to_wait {
            session.say(COMING);
        }
        self.run(move |later| match later {
            Some(later) => {
                if has_to_wait {
                    session.say("");
                }
                act(later);
            }
            None => session.say(MISSING),
        });
    }

    /// The part, if it is here.
    pub(super) fn now(self) -> Option<Later> {
        self.0.get_untracked().here()
    }

    /// The same, for what is drawn once it is here and not before.
    pub(super) fn here(self) -> Option<Later> {
        self.0.get().here()
    }

    /// What the part draws, as soon as it is here; until then, and if it does not arrive, what
    /// stands in its place: `instead` is told whether it is missing.
    pub(super) fn view(
        self,
        draw: impl Fn(Later) -> AnyView + Send + 'static,
        instead: impl Fn(bool) -> AnyView + Send + 'static,
    ) -> AnyView {
        self.fetch();
        self.unasked(draw, instead)
    }

    /// The same, for what does not ask for the part.
    pub(super) fn unasked(
        self,
        draw: impl Fn(Later) -> AnyView + Send + 'static,
        instead: impl Fn(bool) -> AnyView + Send + 'static,
    ) -> AnyView {
        part(move || {
            Some(match self.0.get() {
                Stage::Here(later) => draw(later),
                Stage::Missing => instead(true),
                Stage::Coming => instead(false),
            })
        })
        .into_any()
    }

    /// What print says where what makes the sheet is not here.
    pub(super) fn excuse(self) -> &'static str {
        match self.0.get_untracked() {
            Stage::Missing => MISSING,
            _ => "Themark is still being loaded. Close this, and print again in a moment.",
        }
    }
}

/// In the place of something in the list.
pub(super) fn line_instead(part: Part, is_missing: bool) -> AnyView {
    if !is_missing {
        return tagged("p", COMING);
    }
    let again = move || {
        part.fetch();
        // The button goes.
        keep_focus(None);
    };
    tag(
        "div",
        vec![tagged("p", MISSING), button("", "Try again", again)],
    )
}

/// In the place of a dialog: nothing beside it can be done, as with the dialog itself.
pub(super) fn dialog_instead(page: Page, is_missing: bool) -> AnyView {
    let close = button("", "Close", move || page.dialog.set(Dialog::None));
    let (heading, said, again) = if is_missing {
        let again = button("main", "Try again", move || page.later.fetch());
        ("Not loaded", MISSING, Some(again))
    } else {
        ("One moment", COMING, None)
    };
    view! {
        <Modal page heading>
            {tagged("p", said)}
            <div class="actions">{close} {again}</div>
        </Modal>
    }
    .into_any()
}
