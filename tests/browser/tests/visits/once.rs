//! Visits that one engine is enough for.

mod burdens;
mod files;
mod history;
mod many;
pub(crate) mod replace;
mod review;
mod searching;
