//! Reads the files that people have, one kind a module, into texts of our own: blocks and what stands
//! out in them, never markup. It is work for a worker of its own, which [`answer`] is all of.

pub mod encoding;
mod flow;
mod front_matter;
pub mod html;
pub mod markdown;
pub mod mhtml;
pub mod open_document;
pub mod page;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod testing;
pub mod text;
pub mod word;
mod xml;

use serde::{Deserialize, Serialize};

use crate::archive::Fault;
use crate::document::{Saying, Version};
use crate::format::sniff::{self, Kind};
use crate::text::Span;
use crate::words;

/// What a file says, as a reader found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The text.
    pub version: Version,
    /// What the file says about itself.
    pub about: About,
    /// What was decided or left out, for a person to read before anything is kept: a sentence each.
    pub remarks: Vec<String>,
    /// What else it may be read as.
    pub choice: Choice,
    /// What people wrote beside the text, in its order.
    pub notes: Vec<Note>,
    /// Whether the file can't tell a headline from a paragraph: it is plain text.
    pub is_plain: bool,
}

impl Reading {
    /// A text of which nothing else is known.
    #[must_use]
    pub fn new(version: Version) -> Self {
        Self {
            version,
            about: About::default(),
            remarks: Vec::new(),
            choice: Choice::None,
            notes: Vec::new(),
            is_plain: false,
        }
    }
}

/// A comment in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What it is about; where it is at a place and about no words, nothing, at that place.
    pub span: Span,
    /// Who wrote it.
    pub author: String,
    /// When, as the file has it.
    pub date: String,
    /// What it says, in lines.
    pub text: String,
}

/// What else a file may be read as than what it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Choice {
    /// Nothing.
    #[default]
    None,
    /// Text in another of the [`encoding::ENCODINGS`], for this one was guessed: its label.
    Encoding(String),
    /// All of a page, of which this is the main text.
    Whole,
}

/// What a file says about the text in it: each empty where it does not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The headline.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// When, as the file has it.
    pub date: String,
    /// BCP 47 language tag.
    pub language: String,
    /// Where it is from: an address.
    pub source: String,
    /// Anything else, by name, in the order of the file.
    pub others: Vec<(String, String)>,
}

/// Why a file can't be read: a sentence that says what to do.
pub type Refused = String;

/// What is read in an archive here are documents of office programs.
impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        let words = match fault {
            Fault::NoArchive => words::reading_office::NO_ARCHIVE,
            Fault::Damaged => words::reading_office::DAMAGED,
            Fault::Locked => words::reading_office::LOCKED,
            Fault::OldWord => words::reading_office::OLD_WORD,
            Fault::Zip64 => words::reading_office::ZIP64,
            Fault::PackedOtherwise => words::reading_office::PACKED_OTHERWISE,
            Fault::TooLarge => words::reading_office::TOO_LARGE,
        };
        words.into()
    }
}

/// What a reader is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// What the file is called.
    pub name: String,
    /// The label of the encoding that a person has chosen; empty for none.
    pub encoding: String,
    /// Whether it is a piece of a page, as it is pasted, whatever it is called.
    pub is_fragment: bool,
    /// Whether all of a page is wanted, and not its main text alone.
    pub whole: bool,
    /// The address that it is from, where that is known; empty where not.
    pub address: String,
}

/// What a reader gives back, as it travels from the worker.
#[derive(Debug, Serialize, Deserialize)]
struct Answer {
    saying: Saying,
    about: About,
    remarks: Vec<String>,
    choice: Choice,
    notes: Vec<Note>,
    is_plain: bool,
}

/// Reads a file of any kind.
///
/// # Errors
/// When it is of a kind that is not read, or damaged.
pub fn read(asked: &Asked, bytes: &[u8]) -> Result<Reading, Refused> {
    let name = asked.name.to_lowercase();
    let chosen = Some(&*asked.encoding).filter(|label| !label.is_empty());
    let reading = match sniff::sniff(&asked.name, bytes) {
        _ if asked.is_fragment => Reading::new(html::fragment(&String::from_utf8_lossy(bytes))),
        Kind::Markdown => of_markdown(encoding::decode(bytes, chosen)),
        Kind::Text | Kind::Utf16 => of_text(text::read(bytes, chosen)),
        Kind::Page => {
            let address = Some(&*asked.address).filter(|address| !address.is_empty());
            page::read(&page::decode(bytes), address, asked.whole)
        }
        Kind::SavedPage => {
            let (html, address) = mhtml::read(bytes)?;
            page::read(&html, address.as_deref(), asked.whole)
        }
        Kind::Word => word::read(bytes, true)?,
        Kind::OpenDocument => open_document::read(bytes, true)?,
        Kind::Other(words::file::XML) if name.ends_with(".fodt") => {
            open_document::read(bytes, true)?
        }
        Kind::Other(words::file::EMPTY) => return Err(words::reading::EMPTY.into()),
        // A file that is said to be a text may be in an encoding that is seldom seen.
        Kind::Other(words::file::UNKNOWN) if name.ends_with(".txt") || chosen.is_some() => {
            of_text(text::read(bytes, chosen))
        }
        kind => return Err(words::reading::not_read(kind.words())),
    };
    match reading.version.blocks.len() {
        0 => Err(words::reading::EMPTY.into()),
        1..=MOST_BLOCKS => Ok(reading),
        _ => Err(words::reading::TOO_MANY_BLOCKS.into()),
    }
}

/// A text with the choice of another encoding, where its own was guessed.
fn of_text(read: text::TextReading) -> Reading {
    Reading {
        choice: another(read.encoding, read.is_sure),
        ..read.reading
    }
}

fn of_markdown(decoded: encoding::Decoded) -> Reading {
    let mut reading = markdown::read(&decoded.text);
    reading.remarks.splice(0..0, decoded.remarks);
    reading.choice = another(decoded.encoding, decoded.is_sure);
    reading
}

fn another(encoding: &str, is_sure: bool) -> Choice {
    if is_sure {
        Choice::None
    } else {
        Choice::Encoding(encoding.into())
    }
}

/// The most blocks that a text may have. A book has a few thousand.
const MOST_BLOCKS: usize = 500_000;

/// The largest file that is read, in bytes. In memory a text is there up to five times while it is read,
/// and the reader may have 300 MB (`build.rs`).
const LARGEST: u64 = 32_000_000;

/// The same where most of a file may be something else than text, such as pictures, in bytes.
const LARGEST_PACKED: u64 = 128_000_000;

/// What the worker answers where a file is too large to be read, which its size and its kind say;
/// nothing where it is not. `edges` are its beginning and end, as [`sniff::sniff`] wants them.
#[must_use]
pub fn answer_to_size(asked: &[u8], edges: &[u8], size: u64) -> Option<Vec<u8>> {
    let asked: Asked = postcard::from_bytes(asked).ok()?;
    let largest = match sniff::sniff(&asked.name, edges) {
        _ if asked.is_fragment => LARGEST,
        Kind::Word | Kind::OpenDocument | Kind::SavedPage => LARGEST_PACKED,
        _ => LARGEST,
    };
    (size > largest).then(|| written(&Err(words::reading::too_large(largest / 1_000_000))))
}

/// [`read`] in the worker: what it is asked and what it answers are bytes.
#[must_use]
pub fn answer(asked: &[u8], bytes: &[u8]) -> Vec<u8> {
    let read = postcard::from_bytes(asked)
        .map_err(|_| words::reading::GARBLED.into())
        .and_then(|asked| read(&asked, bytes));
    let answer: Result<Answer, Refused> = read.map(|reading| Answer {
        saying: Saying::of(&reading.version),
        about: reading.about,
        remarks: reading.remarks,
        choice: reading.choice,
        notes: reading.notes,
        is_plain: reading.is_plain,
    });
    written(&answer)
}

fn written(answer: &Result<Answer, Refused>) -> Vec<u8> {
    // Bytes that grow would for a while take three times what they hold.
    let most = answer.as_ref().map_or(0, |answer| answer.saying.len());
    // What it is made of can always be written.
    postcard::to_extend(answer, Vec::with_capacity(most + 10_000)).unwrap_or_default()
}

/// What [`answer`] is asked.
#[must_use]
pub fn question(asked: &Asked) -> Vec<u8> {
    // As above.
    postcard::to_allocvec(asked).unwrap_or_default()
}

/// What it answered.
///
/// # Errors
/// What the reader refused the file with; or a sentence where nothing can be made of the answer.
pub fn understood(answer: &[u8]) -> Result<Reading, Refused> {
    let answer: Result<Answer, Refused> =
        postcard::from_bytes(answer).map_err(|_| words::reading::GARBLED)?;
    let answer = answer?;
    Ok(Reading {
        version: answer.saying.version().ok_or(words::reading::GARBLED)?,
        about: answer.about,
        remarks: answer.remarks,
        choice: answer.choice,
        notes: answer.notes,
        is_plain: answer.is_plain,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_more_blocks_than_a_page_can_show_is_refused() {
        let page = |cells: usize| {
            let cells = "<tr><td>a<td>b".repeat(cells / 2);
            let asked = Asked {
                name: "a.html".into(),
                ..Asked::default()
            };
            read(&asked, format!("<html><table>{cells}").as_bytes())
        };
        assert_eq!(page(1_000).unwrap().version.blocks.len(), 1_000);
        let refused = page(MOST_BLOCKS + 2).unwrap_err();
        assert_eq!(refused, words::reading::TOO_MANY_BLOCKS);
    }

    #[test]
    fn a_file_is_refused_for_its_size_before_it_is_read() {
        for (name, edges, largest) in [
            ("a.txt", &b"Words"[..], LARGEST),
            ("a.html", b"<html>", LARGEST),
            ("a.docx", b"PK\x03\x04 word/", LARGEST_PACKED),
            (
                "a.mht",
                b"MIME-Version: 1.0\nContent-Type: multipart/related",
                LARGEST_PACKED,
            ),
        ] {
            let asked = question(&Asked {
                name: name.into(),
                ..Asked::default()
            });
            assert_eq!(answer_to_size(&asked, edges, largest), None, "{name}");
            let refused = answer_to_size(&asked, edges, largest + 1).unwrap();
            let megabytes = format!("larger than {} MB", largest / 1_000_000);
            assert!(understood(&refused).unwrap_err().contains(&megabytes));
        }
    }

    #[test]
    fn an_answer_is_understood_as_it_was_given() {
        let asked = Asked {
            name: "a.txt".into(),
            ..Asked::default()
        };
        let told = understood(&answer(&question(&asked), "One.\n\nTwo é.".as_bytes()));
        let told = told.unwrap();
        assert_eq!(told.version.text.text(), "One.\nTwo é.");
        assert!(told.is_plain);
        let markdown = Asked {
            name: "a.md".into(),
            ..Asked::default()
        };
        let told = understood(&answer(&question(&markdown), b"One."));
        assert!(!told.unwrap().is_plain);
        let refused = understood(&answer(&question(&asked), b" \n "));
        assert_eq!(refused.unwrap_err(), words::reading::EMPTY);
        let refused = understood(&answer(&question(&asked), b"%PDF-1.4"));
        assert!(refused.unwrap_err().contains("a PDF"));
        for garbled in [&[][..], b"\x01", b"\x05a"] {
            assert!(understood(garbled).is_err());
            assert!(understood(&answer(garbled, b"One")).is_err());
        }
    }
}
