//! OpenDocument texts (.odt, and .fodt, which is all in one file of XML; OASIS OpenDocument 1.3,
//! part 3): the text that a reader sees, not how it looks.
//!
//! Deliberately absent: formulas and other objects, forms, what is drawn, the look of words beyond
//! what [`InlineKind`] says, the signs of lists and the numbers of headings. Memory is bounded: a
//! file of XML is read at a time, of at most [`MOST_OF_ONE`] bytes, and the text itself; what a file
//! says to repeat is repeated a bounded number of times.
//!
//! [`InlineKind`]: crate::document::InlineKind
//! [`MOST_OF_ONE`]: crate::archive::MOST_OF_ONE

mod body;
mod styles;

use super::flow::{self, Sentence};
use super::xml::{Event, Xml};
use super::{About, Reading, Refused};
use crate::archive::{self, Archive, MOST_OF_ONE};
use crate::words::reading_office as words;
use body::Walk;
use styles::Styles;

/// Reads a document; with the comments in it, where they are asked for.
///
/// # Errors
/// A sentence that says why it can't be read, and what to do.
pub fn read(bytes: &[u8], with_comments: bool) -> Result<Reading, Refused> {
    let (mut styles, mut about) = (Styles::default(), About::default());
    let content = if is_flat(bytes) {
        if bytes.len() > MOST_OF_ONE {
            return Err(words::TOO_LARGE.into());
        }
        let text = archive::text(bytes.to_vec()).ok_or(words::DAMAGED)?;
        read_meta(&text, &mut about)?;
        text
    } else {
        let mut archive = Archive::open(bytes)?;
        if let Some(manifest) = archive.text("META-INF/manifest.xml")?
            && is_locked(&manifest)?
        {
            return Err(words::LOCKED.into());
        }
        if let Some(meta) = archive.text("meta.xml")? {
            read_meta(&meta, &mut about)?;
        }
        if let Some(text) = archive.text("styles.xml")? {
            styles.read(&text)?;
        }
        archive.text("content.xml")?.ok_or(words::NO_DOCUMENT)?
    };
    styles.read(&content)?;
    let mut walk = Walk::new(&styles);
    walk.read(&content)?;
    drop(content);
    let (comments, seen) = (std::mem::take(&mut walk.comments), walk.seen);
    let (version, places) = walk.flow.finish()?;

    let mut reading = Reading::new(version);
    reading.about = about;
    if reading.about.language.is_empty() {
        reading.about.language.clone_from(&styles.language);
    }
    if seen.insertions + seen.deletions > 0 {
        reading
            .remarks
            .push(words::changes(seen.insertions, seen.deletions));
    }
    flow::add_comments(&mut reading, comments, &places, with_comments);
    if styles.has_headers {
        reading.remarks.push(words::HEADERS.into());
    }
    let counted: [(usize, Sentence); 5] = [
        (seen.pictures, words::pictures),
        (seen.objects, words::objects),
        (seen.hidden, words::hidden),
        (seen.heading_numbers, words::heading_numbers),
        (seen.repeats, words::repeats),
    ];
    flow::add_remarks(&mut reading, &counted);
    Ok(reading)
}

/// Whether a document is one file of XML.
fn is_flat(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    start.trim_ascii_start().starts_with(b"<") || bytes.starts_with(b"\xff\xfe<")
}

/// Whether the list of an archive's files says that they are encrypted (part 2, 4.4).
fn is_locked(manifest: &str) -> Result<bool, Refused> {
    let mut xml = Xml::new(manifest);
    while let Some(event) = xml.next()? {
        if let Event::Start(element) = event
            && element.name.pair() == ("manifest", "encryption-data")
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a file says about itself (4.3).
fn read_meta(text: &str, about: &mut About) -> Result<(), Refused> {
    let mut xml = Xml::new(text);
    let (mut editor, mut edited) = (String::new(), String::new());
    while let Some(event) = xml.next()? {
        let Event::Start(element) = event else {
            continue;
        };
        match element.name.pair() {
            ("office", "styles" | "automatic-styles" | "body") => break,
            ("office", _) => continue,
            _ => {}
        }
        let value = xml.text()?.trim().to_owned();
        match element.name.pair() {
            _ if value.is_empty() => {}
            ("dc", "title") => about.title = value,
            ("dc", "language") => about.language = value,
            ("dc", "creator") => editor = value,
            ("dc", "date") => edited = value,
            ("meta", "initial-creator") => about.author = value,
            ("meta", "creation-date") => about.date = value,
            ("dc", name) | ("meta", name @ ("keyword" | "generator")) => {
                about.others.push((name.to_owned(), value));
            }
            _ => {}
        }
    }
    if about.author.is_empty() {
        about.author = editor;
    }
    if about.date.is_empty() {
        about.date = edited;
    }
    Ok(())
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
