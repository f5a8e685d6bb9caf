//! What documents say, beside the journal: each version of a text is a record of its own.
//!
//! ```text
//! v 6
//! text 8d2f05d1e6a9b374…
//! blocks title 12 text 140
//! says A headline\nAnd what stands under it.
//!
//! end 51d7a0c96be3f248
//! ```
//!
//! The store keeps it by the version's name; in a file such records stand before the journal's own,
//! whose checksums pass them over.

use std::sync::Arc;

use super::{Fields, VERSION, body, records, seal, sum_of, version, write_line};
use crate::document::Version;
use crate::text::Digest;

/// Writes what a document says.
#[must_use]
pub fn write(version: &Version) -> String {
    let mut record = String::new();
    for (name, words) in [
        ("v", &*VERSION.to_string()),
        ("text", &version.digest.to_string()),
        ("blocks", &version.layout()),
        ("says", version.text.text()),
    ] {
        write_line(&mut record, name, words);
    }
    seal(record).0
}

/// Whether a record is one of a text, not of the journal.
#[must_use]
pub fn is_one(record: &str) -> bool {
    let mut lines = record.split('\n');
    lines.nth(1).is_some_and(|line| line.starts_with("text "))
}

/// How many words a text has, of its record alone: a version of it that passages can be found in costs
/// several times as much. Nothing where it is damaged, or a later version of the program wrote it.
#[must_use]
pub fn words(record: &str) -> Option<usize> {
    Some(fields(record)?.get("says")?.split_whitespace().count())
}

fn fields(record: &str) -> Option<Fields<'_>> {
    sum_of(record)?;
    if version(record)? > VERSION {
        return None;
    }
    let mut fields = Fields::default();
    for line in body(record)?.split('\n') {
        fields.read(line)?;
    }
    Some(fields)
}

/// Reads what [`write()`] wrote; nothing where it is damaged, or a later version of the program wrote
/// it. That the digest is that of the text is taken on trust: the checksum vouches for both.
#[must_use]
pub fn read(record: &str) -> Option<Version> {
    let fields = fields(record)?;
    let text: Arc<str> = fields.get("says")?.into();
    Version::divided(
        fields.get("blocks")?,
        text,
        Digest::parse(fields.get("text")?)?,
    )
}

/// The records of a file, and the texts that stand among them.
#[must_use]
pub fn divided(file: &str) -> (Vec<String>, Vec<Version>) {
    let (mut lines, mut told) = (Vec::new(), Vec::new());
    for line in records(file).filter(|line| !line.is_empty()) {
        if is_one(&line) {
            // Of one that can't be read it is told where it is missing.
            told.extend(read(&line));
        } else {
            lines.push(line);
        }
    }
    (lines, told)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{document, other_version};

    #[test]
    fn a_text_reads_as_it_was_written_and_not_where_it_is_damaged() {
        for number in 0..3 {
            let version = other_version(number);
            let record = write(&version);
            assert!(is_one(&record));
            let again = read(&record).unwrap();
            assert_eq!(
                (again.id(), again.text.text()),
                (version.id(), version.text.text())
            );
            assert_eq!(again, version);
            let count = version.text.text().split_whitespace().count();
            assert_eq!(words(&record), Some(count));
            for cut in (0..record.len()).filter(|cut| record.is_char_boundary(*cut)) {
                assert!(read(&record[..cut]).is_none(), "{cut}");
                assert!(words(&record[..cut]).is_none(), "{cut}");
            }
        }
        let record = write(&document().version());
        assert!(read(&record.replace("quick", "quack")).is_none());
        let layout = document().version().layout();
        for wrong in ["", "title 1", "text", "text x", "text 99999", "word 12"] {
            let record = record.replace(&layout, wrong);
            let body = record.split("\n\nend").next().unwrap();
            assert!(read(&super::super::sealed(body)).is_none(), "{wrong}");
        }
    }

    #[test]
    fn no_record_of_the_journal_is_taken_for_one() {
        for record in super::super::tests::records() {
            assert!(!is_one(record) && read(record).is_none());
        }
    }
}
