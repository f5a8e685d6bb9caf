//! Themark
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]
pub mod text;
pub mod time;
pub mod document;
pub mod anchor;
pub mod annotation;
pub mod codebook;
pub mod project;
pub mod history;
pub mod query;
pub mod layout;
pub mod format;
pub mod import;
#[cfg(test)]
mod testing;
