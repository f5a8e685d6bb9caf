//! Starts the worker: readers that are big or seldom used, beside the page.

fn main() {
    #[cfg(target_arch = "wasm32")]
    themark::browser::worker::serve();
}
