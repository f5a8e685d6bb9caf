//! Formats, one a file: bytes to model and back. Each has its own wire structs; the
//! model is nobody's wire format.
//!
//! [`Format`] is the list of those in which annotations are exchanged, with one signature for all; a
//! new one is a variant of it, an arm of each of its functions, and a module. What reads and writes is
//! reached by these functions alone, so a part of the program that only names formats does not bring
//! their writers along. The project file is no such format: it is a project, and has its own ends in
//! [`project`].

mod bundle;
mod csv;
mod json;
mod loss;
mod markdown;
pub mod project;
pub mod sniff;
pub mod w3c;

pub use bundle::Bundle;
pub use loss::{Loss, Losses};
pub use w3c::{NamedText, Refused, Said};

use serde::{Deserialize, Serialize};

use self::sniff::Kind;
use crate::codebook::Codebook;
use crate::document::DocumentId;
use crate::time::Timestamp;
use crate::words::export as words;

/// A format in which annotations are exchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// W3C Web Annotation.
    W3c,
    /// A table, a row an annotation.
    Csv,
    /// Quotes by theme, to be read.
    Markdown,
}

/// What there is to say of a format.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// What people call it.
    pub name: &'static str,
    /// What it is for, to stand behind its name.
    pub use_of: &'static str,
    /// What names of its files end with, without the point.
    pub extension: &'static str,
    /// The media type of its files.
    pub media_type: &'static str,
}

/// What a reader is to know beside the file.
#[derive(Clone, Copy, Debug)]
pub struct Destination<'a> {
    /// The themes that are there: tags become these by id, else by name.
    pub codebook: &'a Codebook,
    /// The document that the annotations are on.
    pub document: DocumentId,
    /// When those were made that do not say it.
    pub at: Timestamp,
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// All of it.
    pub bytes: Vec<u8>,
    /// What it can't hold.
    pub losses: Losses,
}

impl Format {
    /// All that are written, in the order in which they are offered.
    pub const WRITTEN: [Self; 3] = [Self::W3c, Self::Csv, Self::Markdown];

    /// What there is to say of it.
    #[must_use]
    pub fn about(self) -> About {
        match self {
            Self::W3c => About {
                name: words::JSON,
                use_of: words::ABOUT_JSON,
                extension: "annotations.json",
                media_type: "application/ld+json",
            },
            Self::Csv => About {
                name: words::CSV,
                use_of: words::ABOUT_CSV,
                extension: "annotations.csv",
                media_type: "text/csv",
            },
            Self::Markdown => About {
                name: words::MARKDOWN,
                use_of: words::ABOUT_MARKDOWN,
                extension: "annotations.md",
                media_type: "text/markdown",
            },
        }
    }

    /// The format of a file whose annotations are read; nothing where it holds none that are.
    #[must_use]
    pub fn sniff(name: &str, bytes: &[u8]) -> Option<Self> {
        match sniff::sniff(name, bytes) {
            Kind::Json => Some(Self::W3c),
            // Tables and reports are written for others, and not read.
            _ => None,
        }
    }

    /// Reads a file's annotations, and tells meanwhile how much of it has been read, in percent.
    ///
    /// # Errors
    /// When it is none of this format, or breaks its rules; nothing of it is taken then.
    pub fn read(
        self,
        file: &str,
        into: &Destination<'_>,
        progress: &dyn Fn(u8),
    ) -> Result<Said, Refused> {
        match self {
            Self::W3c => w3c::read_telling(file, into.codebook, into.document, into.at, progress),
            Self::Csv | Self::Markdown => Err(Refused(vec![words::NOT_READ.into()])),
        }
    }

    /// Writes the live annotations of documents.
    #[must_use]
    pub fn write(self, bundle: &Bundle<'_>) -> Written {
        match self {
            Self::W3c => w3c::write_bundle(bundle),
            Self::Csv => csv::write(bundle),
            Self::Markdown => markdown::write(bundle),
        }
    }
}

#[cfg(test)]
mod tests;
