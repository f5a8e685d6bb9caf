//! What to draw, in pure values: no browser, no pixels measured here.

mod paint;
mod place;
mod segments;

pub use paint::{Paint, Strokes, line_style, strokes, stylesheet};
pub use place::{Area, Gap, place};
pub use segments::{Segment, segments};
