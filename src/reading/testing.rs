//! What tests of readers share: archives made in the test, and a text as it is looked at.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use super::{Reading, Refused};
use crate::archive;
use crate::document::Version;

/// An archive of files, each packed where that makes it shorter.
pub(super) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    archive::write(files).unwrap()
}

/// A file of tests/fixtures/reading.
pub(super) fn fixture(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/reading/");
    std::fs::read(format!("{folder}{name}")).unwrap()
}

/// A text as it is looked at: a line a block, with its kind, and with what stands out in it marked.
pub(super) fn drawn(version: &Version) -> Vec<String> {
    let text = version.text.text();
    let block = |block: &crate::document::Block| {
        let mut signs: Vec<(usize, usize, String)> = Vec::new();
        for (number, inline) in version.inlines.iter().enumerate() {
            let (start, end) = (inline.span.start.index(), inline.span.end.index());
            if start < block.span.start.index() || end > block.span.end.index() {
                continue;
            }
            let written = inline.to_string();
            let mut words = written.split(' ');
            let (name, value) = (words.next().unwrap(), words.nth(2).unwrap_or_default());
            if start == end {
                signs.push((start, number, format!("[{value}]")));
            } else {
                let space = if value.is_empty() { "" } else { " " };
                signs.push((start, number, format!("<{name}{space}{value}>")));
                // Those that begin last end first.
                signs.push((end, 0, "</>".into()));
            }
        }
        signs.sort_by_key(|(at, number, sign)| (*at, sign != "</>", *number));
        let (mut drawn, mut from) = (format!("{}: ", block.kind), block.span.start.index());
        for (at, _, sign) in signs {
            drawn += &text[from..at];
            drawn += &sign;
            from = at;
        }
        drawn += &text[from..block.span.end.index()];
        drawn.replace('\n', "⏎").replace('\t', "⇥")
    };
    version.blocks.iter().map(block).collect()
}

/// Holds a reading to what all are: the text divides again as its layout says.
pub(super) fn holds(reading: &Reading) {
    let Version { text, digest, .. } = &reading.version;
    let layout = reading.version.layout();
    let again = Version::divided(&layout, text.shared(), digest.clone());
    assert_eq!(again.as_ref(), Some(&reading.version), "{layout}");
    for note in &reading.notes {
        assert!(
            text.text()
                .get(note.span.start.index()..note.span.end.index())
                .is_some()
        );
    }
}

/// Holds a reader to give a text or a sentence for damaged copies of a file: cut off, with other
/// bits, with a hole. How many it read.
pub(super) fn damaged(
    bytes: &[u8],
    copies: usize,
    read: impl Fn(&[u8]) -> Result<Reading, Refused>,
) -> usize {
    let chance = |copy: usize, number: usize| {
        let mut hasher = DefaultHasher::new();
        (copy, number).hash(&mut hasher);
        usize::try_from(hasher.finish() >> 33).unwrap()
    };
    let copies = (0..copies).filter(|copy| {
        let mut damaged = bytes.to_vec();
        match copy % 3 {
            0 => damaged.truncate(chance(*copy, 0) % bytes.len()),
            1 => {
                for number in 0..1 + copy % 7 {
                    let at = chance(*copy, number) % bytes.len();
                    damaged[at] ^= 1 << (chance(*copy, number + 100) % 8);
                }
            }
            _ => {
                let start = chance(*copy, 0) % bytes.len();
                let end = (start + chance(*copy, 1) % 500).min(bytes.len());
                damaged[start..end].fill(0);
            }
        }
        match read(&damaged) {
            Ok(reading) => {
                holds(&reading);
                true
            }
            Err(refused) => {
                assert!(refused.ends_with('.') && refused.len() > 20, "{refused}");
                false
            }
        }
    });
    copies.count()
}
