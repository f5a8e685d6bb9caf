//! Themark
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]
pub mod anchor;
pub mod annotation;
pub mod articles;
pub mod codebook;
pub mod document;
pub mod format;
pub mod history;
pub mod import;
pub mod job;
pub mod layout;
pub mod project;
pub mod query;
#[cfg(test)]
mod testing;
pub mod text;
pub mod time;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod session;
#[cfg(target_arch = "wasm32")]
pub mod ui;

/// Starts the program in the page it was loaded by.
#[cfg(target_arch = "wasm32")]
pub fn start() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(|| {
        use leptos::prelude::*;
        session::Session::new().map(|session| view! { <ui::App session /> })
    });
}
