//! W3C Web Annotation (Recommendation of 23 February 2017), out and in.

mod read;
mod surrogates;
pub mod validate;
mod write;

pub use read::{NamedText, Refused, Said, read, read_telling};
pub(super) use write::write_bundle;
pub use write::{Frame, frame, items, write};

/// The context every annotation file names.
const ANNO: &str = "http://www.w3.org/ns/anno.jsonld";

/// The namespace of what the standard has no words for. A UUID needs no host, so
/// reading a file never asks anyone for its context.
const NAMESPACE: &str = "urn:uuid:5b0d7c10-3f5e-8a01-9b1c-9a52e0c40000#";
