//! What comes later: the functions that nobody needs for the first mark, and how they are fetched. In a
//! release build they are a file of their own, which shares the program's code with what is there
//! already. `build.rs` says where that is so, `xtask` divides the program.

use std::pin::Pin;

use super::later::NotLoaded;
use super::page::Later;
use super::reader::{resize, tooltip};
use super::{dialogs, find, import, library, note, print, projects, resting, review, texts, work};
use crate::session::Session;

/// Fetches the part.
pub(super) fn fetch() -> Pin<Box<dyn Future<Output = Result<Later, NotLoaded>>>> {
    Box::pin(load())
}

#[cfg(split)]
#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn load() -> Result<Later, NotLoaded> {
    Ok(functions())
}

/// It is here already.
#[cfg(not(split))]
async fn load() -> Result<Later, NotLoaded> {
    Ok(functions())
}

fn functions() -> Later {
    Later {
        dialog: dialogs::drawn,
        take: import::take,
        take_dropped: import::take_dropped,
        take_pasted: texts::take_pasted,
        review: review::review,
        print: print::drawn,
        resolve: Session::resolve_in_worker,
        progress: work::in_page,
        tooltip: tooltip::drawn,
        resize: resize::key,
        rescue: note::rescue,
        library: library::drawn,
        find: find::drawn,
        open_beside: |session, by| session.open_beside(by),
        open_sample: projects::open_sample,
        rest: resting::begin,
    }
}
