//! The words that a person reads, in one place a language: text, names for who can't see a thing,
//! what is said when something was done, and why something could not be.
//!
//! What never varies is a constant; what does is a function that gives the whole sentence, with its
//! plural, so that no sentence is put together elsewhere. Where a number is drawn in another way
//! than the words behind it, the words stand alone, and their doc says what comes before them. They
//! are constants and functions, not the fields of one value, so that the words of a part that comes
//! later come with that part, and the worker's with the worker.
//!
//! Another language is a module beside `en` with the same names, such as `words/de.rs` with
//! `words/de/`; the compiler tells which are missing. A build speaks one language, so what changes
//! beside that is only this file: it has the module compiled whose language is asked for.
//!
//! A few words can't be wasm, since they are read before the program is here, or when it has failed:
//! those of `index.html`, of the scripts in `src/boot/` and of the manifest in `style/`. They are
//! translated where they stand. Names of themes are a person's own, also those with which a project
//! begins; dates are written by the browser.

mod en;

pub use en::*;
