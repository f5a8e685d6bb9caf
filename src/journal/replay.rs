//! What a file of journal records comes to.

use super::{Reader, Record, Sum, Taken, records};
use crate::project::{Change, Project};
use crate::text::Digest;

/// What a file of journal records came to, beside the project that went through it.
#[derive(Clone, Debug)]
pub struct Replayed {
    /// How many of them were read.
    pub read: usize,
    /// How many can't be read.
    pub unread: usize,
    /// Some are missing.
    pub incomplete: bool,
    /// A later version of the program wrote some.
    pub is_newer: bool,
    /// The checksum of the last one.
    pub last: Option<Sum>,
}

/// Has a project go through what a file of journal records says, as the page itself would, and
/// tells how much of it has been read, in percent.
pub fn replay(project: &mut Project, file: &str, progress: &dyn Fn(u8)) -> Replayed {
    let mut reader = Reader::default();
    let mut begun: Vec<Change> = Vec::new();
    let mut read = 0;
    let (mut done, mut told) = (0, 0);
    for line in records(file) {
        done += line.len();
        let percent = (100 * done as u64 / file.len().max(1) as u64) as u8;
        if percent > told {
            told = percent;
            progress(percent);
        }
        let Taken {
            torn,
            texts,
            record,
        } = reader.take(&line);
        for text in texts {
            // The file may be anybody's: what it says of a text is not taken on trust.
            if Digest::of(text.text.text()) == text.digest {
                project.read(text);
            }
        }
        if torn {
            project.withdraw(&std::mem::take(&mut begun));
        }
        if let Some(Record {
            transaction, part, ..
        }) = record
        {
            read += 1;
            begun.extend(project.apply(&transaction.edits).changes);
            if part.is_last() {
                begun.clear();
            }
        }
    }
    if reader.end() {
        project.withdraw(&begun);
    }
    Replayed {
        read,
        unread: reader.left_out().len(),
        incomplete: reader.gaps() > 0,
        is_newer: reader.is_newer(),
        last: reader.last().cloned(),
    }
}
