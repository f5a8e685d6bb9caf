//! What to draw, in pure values: no browser, no pixels measured here.

mod area;
mod paint;
mod print;
mod sections;
mod segments;

pub use area::Area;
pub use paint::{Highlights, Paint, Styles, highlights, line_style, paint_found};
pub use print::{Entry, Line, Listed, Piece, PrintBlock, Sheet, sheet};
pub use sections::{height, sections};
pub use segments::{Segment, segments};
