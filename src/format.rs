//! Formats, one a file: bytes to model and back. Each has its own wire structs; the
//! model is nobody's wire format.

mod json;
pub mod project;
pub mod sniff;
pub mod w3c;
