//! Offsets as types, the one place where they are converted, and the rules by
//! which a raw selection becomes a passage.
//!
//! The truth in memory is [`Utf8`]: a byte offset on a `char` boundary. The DOM
//! speaks [`Utf16`], the annotation standards speak [`CodePoint`]; no plain
//! number ever crosses between them.

mod clause;
mod digest;
mod fold;
mod graphemes;
mod index;
mod offset;
mod passage;
mod sentences;

pub use clause::clause;
pub use digest::Digest;
pub use fold::Folded;
pub use index::{Bias, TextIndex};
pub use offset::{CodePoint, Span, Utf8, Utf16};
pub use passage::{clip_after, clip_before, one_line, opening, passage};
pub use sentences::sentences;
