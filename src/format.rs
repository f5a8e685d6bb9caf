//! Formats, one a file: bytes to model and back. Each has its own wire structs; the
//! model is nobody's wire format.

pub mod journal;
pub mod w3c;
