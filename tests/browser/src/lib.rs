//! Visits to the built page in real browsers: real pointer and key events, and what a person
//! would see or download.
//!
//! Run them by `cargo xtask test`, or some of them by `cargo xtask visit NAME`: these build
//! the page, find or install the browsers and name both in the environment.
//!
//! - [`settings`]: which engine, where its programs are, how thorough to be
//! - [`server`]: serves the built page and remembers what was asked for
//! - [`driver`]: the driver's process, and the browser below it
//! - [`capabilities`]: what each engine's driver is asked for
//! - `browser`: browsers, which visits take over from each other
//! - [`visit`]: how a visit begins: the window, the colours, a script before the page
//! - [`page`]: the open page: what a person does there and sees there
//! - [`printed`]: a page as it is printed, in pictures and words
//! - [`generated`]: articles and annotations that are made up
//! - [`export`]: a downloaded file, checked against the text it is about
//! - `stopwatch`: how long a visit took
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests: what goes wrong ends the visit with a sentence"
)]

mod browser;
pub mod capabilities;
pub mod driver;
pub mod export;
pub mod generated;
pub mod page;
pub mod printed;
pub mod server;
pub mod settings;
mod stopwatch;
pub mod visit;

pub use export::Export;
pub use page::{At, Entry, Highlight, Page, Rectangle};
pub use printed::{Paper, Printed};
pub use settings::{Engine, engine};
pub use visit::{Visit, open};
