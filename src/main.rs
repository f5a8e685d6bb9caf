//! Starts the program in the page.

fn main() {
    #[cfg(target_arch = "wasm32")]
    themark::start();
}
