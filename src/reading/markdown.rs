//! Reads Markdown: CommonMark with tables, footnotes and front matter.
//!
//! The words are exactly the file's: no quotes or dashes are made of what was typed. Images and HTML
//! are left out and counted, but for `<br>`, `<sub>` and `<sup>`. Text that is struck through is like
//! other text. Time and memory grow as the file does, however deep it is nested.

mod footnotes;
mod outstanding;
mod writer;

use std::borrow::Cow;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use self::footnotes::Footnotes;
use self::writer::Writer;
use super::{Choice, Reading, front_matter};
use crate::document::plain;
use crate::words::reading_markdown as words;
use crate::words::reading_text;

/// The most that stands before the words of a line, in bytes: each list, quotation and footnote around
/// them has its part in that. The parser goes through all that is around a line, so this bounds the time.
const LONGEST_PREFIX: usize = 1_000;

/// Reads a Markdown file. One that is nested as no person nests is read as plain text.
#[must_use]
pub fn read(text: &str) -> Reading {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut text = Cow::from(text);
    if text.contains('\r') {
        text = text.replace("\r\n", "\n").replace('\r', "\n").into();
    }
    // As CommonMark has it, section 2.3.
    let nuls = text.bytes().filter(|byte| *byte == 0).count();
    if nuls > 0 {
        text = text.replace('\0', "\u{fffd}").into();
    }
    let (about, body) = front_matter::split(&text);
    if body.lines().any(|line| prefix(line) > LONGEST_PREFIX) {
        return Reading {
            version: plain::read(body),
            about,
            remarks: vec![words::TOO_DEEP.into()],
            choice: Choice::None,
            notes: Vec::new(),
            is_plain: true,
        };
    }
    let mut reader = Reader::default();
    for event in Parser::new_ext(body, options()) {
        reader.read(event);
    }
    reader.close();
    let Reader {
        writer, footnotes, ..
    } = reader;
    let remarks = [
        (nuls, reading_text::nuls as fn(usize) -> String),
        (writer.images, words::images),
        (writer.html_blocks, words::html_blocks),
        (writer.html_tags, words::html_tags),
        (footnotes.unreferred, words::unreferred_footnotes),
    ];
    let remarks = remarks.into_iter().filter(|(count, _)| *count > 0);
    Reading {
        version: writer.builder.finish(),
        about,
        remarks: remarks.map(|(count, sentence)| sentence(count)).collect(),
        choice: Choice::None,
        notes: Vec::new(),
        is_plain: false,
    }
}

/// How much stands before a line's words, in bytes: space, and marks of quotations, items and footnotes.
fn prefix(line: &str) -> usize {
    let mut rest = line;
    while !rest.is_empty() {
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let marked = if digits.len() < rest.len() {
            digits.strip_prefix(['.', ')'])
        } else {
            rest.strip_prefix(['-', '*', '+'])
        };
        let footnote = || {
            rest.strip_prefix("[^")?
                .split_once(']')?
                .1
                .strip_prefix(':')
        };
        if let Some(behind) = rest.strip_prefix(['>', ' ', '\t']) {
            rest = behind;
        } else if let Some(behind) = marked.filter(|rest| rest.starts_with([' ', '\t'])) {
            rest = behind;
        } else if let Some(behind) = footnote() {
            rest = behind;
        } else {
            break;
        }
    }
    line.len() - rest.len()
}

/// What is read beside CommonMark.
fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH
}

/// What is to be written, and what has to wait.
#[derive(Default)]
struct Reader<'a> {
    writer: Writer,
    footnotes: Footnotes<'a>,
    /// A paragraph that so far is nothing but images, and how many of them the next words are in.
    paragraph: Option<Vec<Event<'a>>>,
    images: usize,
}

impl<'a> Reader<'a> {
    /// Reads the footnotes, which close the text.
    fn close(&mut self) {
        while let Some((number, events)) = self.footnotes.next(&mut self.writer.numbers) {
            self.writer.begin_footnote(number);
            for event in events {
                self.writer.write(event);
            }
        }
    }

    fn read(&mut self, event: Event<'a>) {
        let Some(event) = self.footnotes.take(event) else {
            return;
        };
        match (&mut self.paragraph, &event) {
            (None, Event::Start(Tag::Paragraph)) if self.writer.is_free() => {
                self.paragraph = Some(vec![event]);
            }
            (None, _) => self.writer.write(event),
            (Some(paragraph), _) => {
                let is_end = matches!(event, Event::End(TagEnd::Paragraph));
                let goes_on = self.images > 0 || is_beside_images(&event);
                self.images = inside(self.images, &event);
                paragraph.push(event);
                if is_end || !goes_on {
                    self.decide(is_end);
                }
            }
        }
    }

    /// Writes what has waited: a description for each image, without a link around it, or a paragraph
    /// like others.
    fn decide(&mut self, is_images: bool) {
        let mut images = 0;
        for event in self.paragraph.take().unwrap_or_default() {
            if is_images && images == 0 {
                match event {
                    Event::Start(Tag::Link { .. }) | Event::End(TagEnd::Link) => continue,
                    Event::Start(Tag::Image { .. }) => self.writer.begin_description(),
                    _ => {}
                }
            }
            images = inside(images, &event);
            self.writer.write(event);
        }
        self.images = 0;
    }
}

/// In how many images words are behind an event.
fn inside(images: usize, event: &Event<'_>) -> usize {
    match event {
        Event::Start(Tag::Image { .. }) => images + 1,
        Event::End(TagEnd::Image) => images.saturating_sub(1),
        _ => images,
    }
}

/// Whether a paragraph with that in it may still be nothing but images.
fn is_beside_images(event: &Event<'_>) -> bool {
    match event {
        Event::Text(words) => words.trim_ascii().is_empty(),
        Event::Start(tag) => matches!(tag, Tag::Image { .. } | Tag::Link { .. }),
        Event::End(tag) => matches!(tag, TagEnd::Image | TagEnd::Link | TagEnd::Paragraph),
        Event::SoftBreak | Event::HardBreak => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
