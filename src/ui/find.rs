//! Finding words: a bar above the text with what is looked for, and beside the text a list of the hits
//! in all documents, which stays while one goes from hit to hit. The hit that one is at is selected as
//! a passage is by hand: the next digit tags it.

mod bar;
mod everywhere;
mod state;

use leptos::prelude::*;

use self::state::Find;
use super::elements::part;
use super::page::Page;
use super::reader::ReaderContext;
use crate::session::Session;

/// The bar and the list, while they are open.
pub(super) fn drawn(session: Session, page: Page, reader: ReaderContext) -> AnyView {
    let find = Find::new(session, reader);
    find.follow(page);
    vec![
        part(move || find.is_open.get().then(|| bar::drawn(find))).into_any(),
        part(move || find.lists.get().then(|| everywhere::drawn(find))).into_any(),
    ]
    .into_any()
}
