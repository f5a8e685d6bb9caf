//! Themark: a page that shows an article, in which a person marks passages, tags
//! them by theme, and downloads the annotations.
//!
//! This crate is all of it. The pure half knows text, anchors, projects and formats;
//! it takes time, ids and chance as arguments, does no I/O, and builds on any target.
//! The browser half is compiled for `wasm32` only, and so are its dependencies: the
//! compiler holds the wall. Imports point one way: a module uses what stands above it in this list;
//! `tests/architecture.rs` holds the table.
//!
//! | module | what it is |
//! |---|---|
//! | [`text`] | offsets as types, one index that converts them, a selection as a passage, a text folded for matching |
//! | [`time`] | moments as the standards write them |
//! | [`words`] | all that a person reads, in one place a language |
//! | [`document`] | a document's record, and the versions of its text: blocks and one canonical text; readers, one a file |
//! | [`anchor`] | describing a passage, and finding it again: exact, moved, uncertain, lost |
//! | [`codebook`] | themes, their order, colours that keep text readable |
//! | [`annotation`] | a mark: what it points at and what is said of it |
//! | [`articles`] | the articles that come with the program |
//! | [`project`] | all records, and an index by filter that lists some of them in text order; [`project::Transaction`] is the one way for a person to change them |
//! | [`history`] | undo and redo over transactions |
//! | [`query`] | rows for lists, counted and searched |
//! | [`keys`] | the table of keys |
//! | [`caret`] | where keys take the caret |
//! | [`marking`] | the state rule: which passage or mark the next key is about |
//! | [`layout`] | what to paint, in which sections a text stands, what is printed |
//! | [`mod@format`] | formats, one a file: W3C Web Annotation |
//! | [`journal`] | the store's own format: records of transactions, and texts beside them; their reader; what a person is shown of them, what is copied, where a snapshot ends |
//! | [`import`] | what taking a file in would do |
//! | [`replace`] | what another version of a document's text would do to its marks |
//! | [`restore`] | what taking the project back to an earlier moment would do, and a snapshot of one |
//! | [`job`] | what the worker is asked, what it answers, what it keeps of the project, and why there is no answer |
//! | [`engine`] | the project that a page holds and what it is at: events in, effects out; saving, sharing between windows, long changes |
//! | `browser` | one small wrapper for each web API |
//! | `session` | the handle that views hold: runs the engine, publishes what it holds |
//! | `ui` | the page |
//!
//! A change flows: gesture → `ui` → `session` → [`engine::Engine::handle`], which applies it to the
//! [`project`] and notes it in the [`history`] → effects: journal, signals → paint. `src/main.rs` starts the page, `src/bin/worker.rs` the
//! worker that is fetched when a file is first read or a passage has to be looked for. A release
//! build of the page is in parts: `ui/parts.rs` says what comes later, and `ui/resting.rs` what is
//! done while the page rests: copies, a snapshot, a new version. `src/boot/` has the scripts that
//! stand before and beside the program, where no wasm can run.
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "a test says what it wants by failing"
    )
)]

pub mod anchor;
pub mod annotation;
pub mod articles;
pub mod caret;
pub mod codebook;
pub mod document;
pub mod engine;
pub mod format;
pub mod history;
pub mod import;
pub mod job;
pub mod journal;
pub mod keys;
pub mod layout;
pub mod marking;
pub mod project;
pub mod query;
pub mod replace;
pub mod restore;
pub mod text;
pub mod time;
pub mod words;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod session;
#[cfg(target_arch = "wasm32")]
pub mod ui;

/// Starts the program in the page it was loaded by.
#[cfg(target_arch = "wasm32")]
pub fn start() {
    use leptos::prelude::*;
    browser::tell_of_panics();
    wasm_bindgen_futures::spawn_local(async {
        let articles = fetched().await;
        browser::clear();
        match articles {
            Ok(articles) => leptos::mount::mount_to_body(move || {
                session::Session::new(articles).map(|session| view! { <ui::App session /> })
            }),
            Err(reason) => browser::complain(&words::later::no_articles(&reason)),
        }
    });
}

/// The bundled articles, from beside the page.
#[cfg(target_arch = "wasm32")]
async fn fetched() -> Result<Vec<std::sync::Arc<document::Document>>, String> {
    let mut read = Vec::new();
    for source in articles::FILES.map(browser::fetch::text) {
        let article = document::article::read(&source.await?).map_err(|error| error.to_string())?;
        read.push(std::sync::Arc::new(article));
    }
    Ok(read)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod testing;
