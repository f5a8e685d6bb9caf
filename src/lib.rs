//! Themark: a page that shows an article, in which a person marks passages, tags
//! them by theme, and downloads the annotations.
//!
//! This crate is all of it. The pure half knows text, anchors, projects and formats;
//! it takes time, ids and chance as arguments, does no I/O, and builds on any target.
//! The browser half is compiled for `wasm32` only, and so are its dependencies: the
//! compiler holds the wall in every native build. Imports point one way: a module uses only what
//! stands above it in this list, of that what `tests/architecture.rs` allows it, and none inside
//! `ui` run in a circle.
//!
//! | module | what it is |
//! |---|---|
//! | [`text`] | offsets as types, one index that converts them, a selection as a passage, a text folded for matching |
//! | [`time`] | moments as the standards write them |
//! | [`words`] | what a person reads, in one place a language (`words/en/`): a file for each part of the page, `common` for what stands in several; the words of `index.html`, `src/boot/` and the manifest stand there |
//! | [`archive`] | ZIP archives in memory, read within limits and written |
//! | [`document`] | a document's record, which is all but what it says; and a [`document::Version`], one thing that it says or said: blocks and one canonical text; readers, one to a file |
//! | [`anchor`] | describing a passage, and finding it again: exact, moved, uncertain, lost |
//! | [`codebook`] | themes, their order, colours that keep text readable |
//! | [`annotation`] | what a person calls a mark, as a record: what it points at and what is said of it. Where that stands is [`project::Placed`] |
//! | [`articles`] | the articles that come with the program |
//! | [`project`] | all records, and the texts that have been read; derived from both, where each annotation stands ([`project::Placed`]), and an index by filter of these places ([`project::Mark`]) in text order; edits, what they are for a person ([`project::Transaction`]), and how they are taken back ([`project::Project::take_back`]) |
//! | [`history`] | which step undo and redo reverse next, and what it had changed |
//! | [`query`] | rows for lists of annotations, counted and searched |
//! | [`palette`] | what is meant by what was typed |
//! | [`find`] | words or a regular expression in texts: hits, and hits in context |
//! | [`library`] | the list of a project's documents: sorted, filtered, in folders; the table of them and of their fields, and what a paste from a spreadsheet would do to it |
//! | [`recognition`] | whether a text that comes is in the project already |
//! | [`walk`] | a walk through folders: which files are taken, and why others are left |
//! | [`keys`] | the table of keys |
//! | [`caret`] | where keys take the caret |
//! | [`marking`] | the rule of marking: which passage or mark the next key is about |
//! | [`look`] | how a person wants the page to look: the text, and the panes' widths |
//! | [`layout`] | how marks look where the project says that they stand, in which sections a text stands, what is printed |
//! | [`journal`] | the store's own format: records of transactions, and texts beside them; their reader; what a person is shown of them, what is copied, where a snapshot ends |
//! | [`import`] | what taking a file in would do |
//! | [`restore`] | what taking the project back to an earlier moment would do; the edits that bring an empty project to what one is, for a snapshot |
//! | [`mod@format`] | files for other programs, a module for each format, listed with one signature in [`format::Format`]; the project file; and what kind of file one is. The one-click download in `session/commands.rs` calls the W3C writer itself, some annotations at a time |
//! | [`routing`] | which documents a file's annotations go into |
//! | [`reading`] | the files that people have, one kind a module: read into a version, what the file says about itself, and what was left out |
//! | [`replace`] | what another version of a document's text would do to its marks |
//! | [`sample`] | the sample project |
//! | [`job`] | what the worker is asked and what it answers, one question to a file: each is a variant of `Request` and an arm of [`job::answer`]; what the worker keeps of the project, and why there is no answer |
//! | [`engine`] | the project that a page has open, and what the page is at with it: events in, effects out; saving, sharing between windows, long changes |
//! | `browser` | wrappers of web APIs; IndexedDB has two: `storage` for the program's own saving (the journal, texts), `database` for what goes on beside that |
//! | `session` | the handle that views hold: runs the engine and publishes what the engine holds; what a person can do (`commands`, the download too); and what is kept beside the engine: the index of projects, each with a database of its own, daily copies, the snapshot |
//! | `ui` | the page; `ui/dialog.rs` lists the dialogs, `ui/bar.rs` has the menu |
//!
//! A change flows: gesture → `ui` → `session` → [`engine::Engine::handle`], which applies it to the
//! [`project`] and notes it in the [`history`], in steps where it is much → effects, which `session`
//! carries out: the journal is written, signals change → paint. An undo is
//! [`engine::Event::Reverse`]: the history names the step, the project takes its changes back, but
//! for what was changed since.
//!
//! `src/main.rs` starts the page, `src/bin/worker.rs` the worker, which is fetched for the first
//! question that [`job`] knows. A release build of the page is in parts: `ui/parts.rs` says what
//! comes later, and `ui/resting.rs` what is done while the page rests. The page's first script, which
//! opens the project's store before the program is here, is in `index.html`; `src/boot/` has the
//! others, where no wasm can run.
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
pub mod archive;
pub mod articles;
pub mod caret;
pub mod codebook;
pub mod document;
pub mod engine;
pub mod find;
pub mod format;
pub mod history;
pub mod import;
pub mod job;
pub mod journal;
pub mod keys;
pub mod layout;
pub mod library;
pub mod look;
pub mod marking;
pub mod palette;
pub mod project;
pub mod query;
pub mod reading;
pub mod recognition;
pub mod replace;
pub mod restore;
pub mod routing;
pub mod sample;
pub mod text;
pub mod time;
pub mod walk;
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
        let articles = session::projects::began(&browser::storage::name()).await;
        browser::clear();
        match articles {
            Ok(articles) => leptos::mount::mount_to_body(move || {
                let session = session::Session::new(articles);
                view! { <ui::App session /> }
            }),
            Err(reason) => browser::complain(&words::later::no_articles(&reason)),
        }
    });
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod testing;
