//! Reads the files that people have, one kind a module, into texts of our own: blocks and what stands
//! out in them, never markup. It is work for a worker.

use crate::document::Version;

/// What a file says, as a reader found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The text.
    pub version: Version,
    /// What the file says about itself.
    pub about: About,
    /// What was decided or left out, for a person to read before anything is kept: a sentence each.
    pub remarks: Vec<String>,
}

/// What a file says about the text in it: each empty where it does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
