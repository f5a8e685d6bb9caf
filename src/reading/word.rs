//! Word's documents (.docx; ECMA-376, ISO 29500): the text that a reader sees, not how it looks.
//!
//! Deliberately absent: macros, charts, what is drawn, the look of words beyond what [`InlineKind`]
//! says, the signs of lists and the numbers of headings. Memory is bounded: one part of the package is
//! read at a time, of at most [`MOST_OF_ONE`] bytes, the text itself and its notes beside it.
//!
//! [`InlineKind`]: crate::document::InlineKind
//! [`MOST_OF_ONE`]: crate::archive::MOST_OF_ONE

mod body;
mod numbering;
mod package;
mod styles;
mod symbols;

use super::flow::{self, Sentence};
use super::{Reading, Refused};
use crate::archive::Archive;
use crate::words::reading_office as words;
use body::{Story, Walk};
use package::Package;

/// Reads a document; with the comments in it, where they are asked for.
///
/// # Errors
/// A sentence that says why it can't be read, and what to do.
pub fn read(bytes: &[u8], with_comments: bool) -> Result<Reading, Refused> {
    let mut package = Package::open(Archive::open(bytes)?)?;
    let styles = match package.part("styles")? {
        Some(part) => styles::read(&part.text)?,
        None => styles::Styles::default(),
    };
    let numbering = match package.part("numbering")? {
        Some(part) => numbering::read(&part.text)?,
        None => numbering::Numbering::default(),
    };
    let mut walk = Walk::new(&styles, numbering);
    if let Some(part) = package.part("comments")? {
        walk.read(&part, Story::Comments)?;
        // What was counted is not about the text.
        walk.seen = body::Seen::default();
    }
    for (kind, story) in [
        ("footnotes", Story::Footnotes),
        ("endnotes", Story::Endnotes),
    ] {
        if let Some(part) = package.part(kind)? {
            walk.read(&part, story)?;
        }
    }
    let main = package.main()?;
    walk.read(&main, Story::Body)?;
    drop(main);
    let (comments, seen) = (std::mem::take(&mut walk.comments), walk.seen);
    let (version, about) = walk.flow.finish()?;

    let mut reading = Reading::new(version);
    reading.about = package.about(&styles.language)?;
    if seen.insertions + seen.deletions > 0 {
        reading
            .remarks
            .push(words::changes(seen.insertions, seen.deletions));
    }
    flow::add_comments(&mut reading, comments, &about, with_comments);
    if package.has_headers() {
        reading.remarks.push(words::HEADERS.into());
    }
    let counted: [(usize, Sentence); 5] = [
        (seen.pictures, words::pictures),
        (seen.formulas, words::formulas),
        (seen.hidden, words::hidden),
        (seen.unknown_symbols, words::unknown_symbols),
        (seen.heading_numbers, words::heading_numbers),
    ];
    flow::add_remarks(&mut reading, &counted);
    Ok(reading)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
