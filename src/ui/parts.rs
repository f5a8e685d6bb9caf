//! What comes later: the functions that nobody needs for the first mark, and how they are fetched. In a
//! release build they are a file of their own, which shares the program's code with what is there
//! already. `build.rs` says where that is so, `xtask` divides the program.

use std::pin::Pin;

use leptos::prelude::IntoAny;

use super::later::NotLoaded;
use super::page::Later;
use super::reader::{resize, tooltip};
use super::{dialogs, door, find, library, list, note, panes, print, projects, resting};
use super::{review, rooms, text_head, texts, work};
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
        take: door::take,
        take_dropped: door::take_dropped,
        take_pasted: texts::take_pasted,
        review: review::review,
        print: print::drawn,
        resolve: Session::resolve_in_worker,
        beside_text: |session| vec![work::in_page(session), panes::separators()].into_any(),
        text_head: text_head::drawn,
        tooltip: tooltip::drawn,
        resize: resize::key,
        rescue: note::rescue,
        library: library::drawn,
        find: find::drawn,
        rooms: rooms::in_bar,
        foot: rooms::at_foot,
        scope: list::scope::drawn,
        go_to_mark: list::scope::go_to,
        open_beside: |session, by| session.open_beside(by),
        open_sample: projects::open_sample,
        rest: resting::begin,
    }
}
