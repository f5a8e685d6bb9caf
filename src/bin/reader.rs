//! Starts the reader: a worker that reads the files that people have, fetched for the first of them.

fn main() {
    #[cfg(target_arch = "wasm32")]
    themark::browser::reader::serve();
}
