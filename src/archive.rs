//! A ZIP archive in memory: single files of it are read, and one is written.
//!
//! Deliberately absent: ZIP64, archives in several parts, passwords, methods other than stored and
//! deflated. Each has a [`Fault`]. The format is PKWARE's APPNOTE 6.3.10; sections are named where they
//! matter.

mod write;

pub use write::write;

use std::collections::BTreeMap;

use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

/// The most that one file of an archive may hold, in bytes. Sizes in the headers are not believed.
pub const MOST_OF_ONE: usize = 64 << 20;

/// The most that is read of an archive in all, in bytes.
pub const MOST_IN_ALL: usize = 200 << 20;

/// Why a file can't be read, or an archive not be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is no archive.
    NoArchive,
    /// It is damaged, or not complete.
    Damaged,
    /// It is locked with a password.
    Locked,
    /// It is a file of an old Word, which is no archive.
    OldWord,
    /// It is packed as archives above 4 GB are.
    Zip64,
    /// It is packed by a method that is not known here.
    PackedOtherwise,
    /// There is more in it than may be read, or than can be written.
    TooLarge,
}

/// How much may be read of an archive.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Of one file, in bytes.
    pub of_one: usize,
    /// Of all that are read, in bytes.
    pub in_all: usize,
}

/// An archive, and how much may still be read of it.
#[derive(Debug)]
pub struct Archive<'a> {
    bytes: &'a [u8],
    /// By names in small letters.
    entries: BTreeMap<String, Entry>,
    /// Of one file, in bytes.
    most: usize,
    /// Bytes.
    left: usize,
}

/// What the central directory says of a file (section 4.3.12).
#[derive(Clone, Debug)]
struct Entry {
    name: String,
    is_encrypted: bool,
    method: u16,
    checksum: u32,
    /// Bytes, as they are packed.
    length: usize,
    /// Where its own header begins, in bytes.
    header: usize,
}

/// What stands before the three kinds of record that are read here.
const FILE: &[u8] = b"PK\x03\x04";
const ENTRY: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";

/// The length of the record at the end without the comment that may follow, in bytes.
const END_LENGTH: usize = 22;

impl<'a> Archive<'a> {
    /// The archive that these bytes are, of which [`MOST_OF_ONE`] and [`MOST_IN_ALL`] are read.
    ///
    /// # Errors
    /// Where they are none, or where its list of files can't be read.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Fault> {
        let limits = Limits {
            of_one: MOST_OF_ONE,
            in_all: MOST_IN_ALL,
        };
        Self::open_within(bytes, limits)
    }

    /// The same with other limits.
    ///
    /// # Errors
    /// As with [`Archive::open`].
    pub fn open_within(bytes: &'a [u8], limits: Limits) -> Result<Self, Fault> {
        if let Some(fault) = compound_file(bytes) {
            return Err(fault);
        }
        if !bytes.starts_with(b"PK") {
            return Err(Fault::NoArchive);
        }
        let end = end_record(bytes).ok_or(Fault::Damaged)?;
        let entry_count = u16_at(bytes, end + 10).ok_or(Fault::Damaged)?;
        let size = u32_at(bytes, end + 12).ok_or(Fault::Damaged)?;
        let offset = u32_at(bytes, end + 16).ok_or(Fault::Damaged)?;
        if entry_count == u16::MAX || size == u32::MAX || offset == u32::MAX {
            return Err(Fault::Zip64);
        }
        // Offsets count from where the archive begins, which is not the first byte where something
        // has been put before it.
        let start = end.checked_sub(size as usize).ok_or(Fault::Damaged)?;
        let before = start.checked_sub(offset as usize).ok_or(Fault::Damaged)?;
        let (mut entries, mut at) = (BTreeMap::new(), start);
        for _ in 0..entry_count {
            let (entry, next) = entry(bytes, at, before).ok_or(Fault::Damaged)?;
            let name = entry.name.to_ascii_lowercase();
            entries.entry(name).or_insert(entry);
            at = next;
        }
        Ok(Self {
            bytes,
            entries,
            most: limits.of_one,
            left: limits.in_all,
        })
    }

    /// The names of its files and folders, in the order of their letters.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.values().map(|entry| entry.name.as_str())
    }

    /// What a file in it holds; nothing where it has none of that name. A name that differs in the
    /// case of its letters only is the same, as in Office's packages.
    ///
    /// # Errors
    /// Where the file is damaged, locked, packed in a way that is not known here, or longer than may
    /// be read of one file, or than what is left of what may be read in all.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        let Some(entry) = self.entries.get(&name.to_ascii_lowercase()) else {
            return Ok(None);
        };
        if entry.is_encrypted {
            return Err(Fault::Locked);
        }
        let packed = packed(self.bytes, entry).ok_or(Fault::Damaged)?;
        let most = self.most.min(self.left);
        let outcome = match entry.method {
            0 if packed.len() > most => Err((Fault::TooLarge, 0)),
            0 => Ok(packed.to_vec()),
            8 => decompress_to_vec_with_limit(packed, most).map_err(|error| {
                let is_long = error.status == TINFLStatus::HasMoreOutput;
                let fault = if is_long {
                    Fault::TooLarge
                } else {
                    Fault::Damaged
                };
                (fault, error.output.len())
            }),
            _ => return Err(Fault::PackedOtherwise),
        };
        // What is read in vain counts, too: it may be asked for again and again.
        let length = outcome
            .as_ref()
            .map_or_else(|(_, length)| *length, Vec::len);
        self.left = self.left.saturating_sub(length);
        let bytes = outcome.map_err(|(fault, _)| fault)?;
        if checksum(&bytes) != entry.checksum {
            return Err(Fault::Damaged);
        }
        Ok(Some(bytes))
    }

    /// What a file of XML in it holds, in UTF-8 or UTF-16; nothing where it has none of that name.
    ///
    /// # Errors
    /// Those of [`Archive::read`], and where it is in neither.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Fault> {
        let Some(bytes) = self.read(name)? else {
            return Ok(None);
        };
        text(bytes).map(Some).ok_or(Fault::Damaged)
    }
}

/// What bytes of XML say: in UTF-8, or in UTF-16 with a byte order mark.
pub(crate) fn text(bytes: Vec<u8>) -> Option<String> {
    let from_utf16 = |read: fn([u8; 2]) -> u16| {
        let units = bytes[2..].chunks(2).map(|unit| match unit {
            [first, second] => read([*first, *second]),
            // Half a character: no character.
            _ => 0xd800,
        });
        let chars: Result<String, _> = char::decode_utf16(units).collect();
        chars.ok()
    };
    match bytes.as_slice() {
        [0xff, 0xfe, ..] => from_utf16(u16::from_le_bytes),
        [0xfe, 0xff, ..] => from_utf16(u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => Some(std::str::from_utf8(rest).ok()?.to_owned()),
        _ => String::from_utf8(bytes).ok(),
    }
}

/// Why a compound file of Microsoft's can't be read (MS-CFB, section 2.2), which is what a document
/// with a password is in, and one of an old Word.
fn compound_file(bytes: &[u8]) -> Option<Fault> {
    if !bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        return None;
    }
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    Some(if holds("EncryptedPackage") {
        Fault::Locked
    } else {
        Fault::OldWord
    })
}

/// Where the record at the end begins (section 4.3.16): the last that reaches to the end with its
/// comment, or else the last.
fn end_record(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(END_LENGTH)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    let is_record = |at: &usize| bytes[*at..].starts_with(END);
    let reaches = |at: &usize| {
        let comment = u16_at(bytes, at + 20).unwrap_or_default();
        at + END_LENGTH + usize::from(comment) == bytes.len()
    };
    let mut records = (first..=last).rev().filter(is_record);
    let exact = records.clone().find(reaches);
    exact.or_else(|| records.next())
}

/// What is said of a file, and where the next begins.
fn entry(bytes: &[u8], at: usize, before: usize) -> Option<(Entry, usize)> {
    if !bytes.get(at..)?.starts_with(ENTRY) {
        return None;
    }
    let length_at = |offset| u16_at(bytes, at + offset).map(usize::from);
    let name_end = at + 46 + length_at(28)?;
    let name = String::from_utf8_lossy(bytes.get(at + 46..name_end)?);
    // Some programs of Windows separate folders as Windows does.
    let name = name.replace('\\', "/").trim_start_matches('/').to_owned();
    let entry = Entry {
        name,
        is_encrypted: u16_at(bytes, at + 8)? & 1 == 1,
        method: u16_at(bytes, at + 10)?,
        checksum: u32_at(bytes, at + 16)?,
        length: u32_at(bytes, at + 20)? as usize,
        header: (u32_at(bytes, at + 42)? as usize).checked_add(before)?,
    };
    Some((entry, name_end + length_at(30)? + length_at(32)?))
}

/// A file as it is packed, which stands behind a header of its own (section 4.3.7).
fn packed<'a>(bytes: &'a [u8], entry: &Entry) -> Option<&'a [u8]> {
    let header = bytes.get(entry.header..)?;
    if !header.starts_with(FILE) {
        return None;
    }
    let start = 30 + usize::from(u16_at(header, 26)?) + usize::from(u16_at(header, 28)?);
    header.get(start..start.checked_add(entry.length)?)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..)?.first_chunk()?;
    Some(u16::from_le_bytes(*bytes))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes(*bytes))
}

/// CRC-32 (section 4.4.7), a byte at a time.
fn checksum(bytes: &[u8]) -> u32 {
    let mut remainder = u32::MAX;
    for byte in bytes {
        let place = (remainder ^ u32::from(*byte)) & 0xff;
        remainder = (remainder >> 8) ^ REMAINDERS[place as usize];
    }
    !remainder
}

/// The remainder of each byte.
const REMAINDERS: [u32; 256] = {
    let mut remainders = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let (mut remainder, mut bit) = (byte as u32, 0);
        while bit < 8 {
            let is_odd = remainder & 1 == 1;
            remainder = (remainder >> 1) ^ if is_odd { 0xedb8_8320 } else { 0 };
            bit += 1;
        }
        remainders[byte] = remainder;
        byte += 1;
    }
    remainders
};

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
        write(files).unwrap()
    }

    #[test]
    fn files_are_read_by_their_names() {
        let long = b"long ".repeat(1_000);
        let archive = zip(&[
            ("b/Long.txt", &long),
            ("a\\short", b"short"),
            ("b/long.TXT", b"second"),
        ]);
        // What stands before and behind an archive is no part of it.
        let around = [b"PK\x03\x04 ".as_slice(), &archive, b"PK\x05\x06"].concat();
        let mut commented = archive.clone();
        let end = commented.len();
        commented[end - 2] = 4;
        commented.extend(b"PK\x05\x06");
        for bytes in [archive, around, commented] {
            let mut archive = Archive::open(&bytes).unwrap();
            assert_eq!(
                archive.names().collect::<Vec<_>>(),
                ["a/short", "b/Long.txt"]
            );
            assert_eq!(archive.read("A/short").unwrap().unwrap(), b"short");
            assert_eq!(archive.read("b/long.txt").unwrap().unwrap(), long);
            assert_eq!(archive.read("c").unwrap(), None);
        }
    }

    #[test]
    fn xml_may_be_in_several_encodings() {
        let utf_16 = |to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "\u{feff}né😀".encode_utf16().flat_map(to_bytes).collect()
        };
        for bytes in [
            "né😀".into(),
            "\u{feff}né😀".into(),
            utf_16(u16::to_le_bytes),
            utf_16(u16::to_be_bytes),
        ] {
            assert_eq!(text(bytes).unwrap(), "né😀");
        }
        for wrong in [b"n\xe9".as_slice(), b"\xff\xfea\0b", b"\xfe\xff\xd8\0"] {
            assert_eq!(text(wrong.to_vec()), None, "{wrong:?}");
        }
    }

    #[test]
    fn what_is_read_is_bounded_whatever_the_headers_say() {
        let bomb = vec![0; MOST_OF_ONE + 1];
        let mut bytes = zip(&[("bomb", &bomb), ("small", b"small")]);
        // In the archive's list the length is 1.
        let entry = bytes.windows(4).position(|window| window == ENTRY).unwrap();
        bytes[entry + 24..entry + 28].copy_from_slice(&[1, 0, 0, 0]);
        let mut archive = Archive::open(&bytes).unwrap();
        assert_eq!(archive.read("small").unwrap().unwrap(), b"small");
        for _ in 0..4 {
            assert_eq!(archive.read("bomb"), Err(Fault::TooLarge));
        }
        // Nothing is left of what may be read in all.
        assert_eq!(archive.read("small"), Err(Fault::TooLarge));
    }

    #[test]
    fn a_file_that_is_otherwise_than_its_checksum_is_damaged() {
        let mut bytes = zip(&[("a", b"words")]);
        let words_at = bytes
            .windows(5)
            .position(|window| window == b"words")
            .unwrap();
        bytes[words_at] = b'W';
        let mut archive = Archive::open(&bytes).unwrap();
        assert_eq!(archive.read("a"), Err(Fault::Damaged));
        assert_eq!(checksum(b"123456789"), 0xcbf4_3926);
    }
}
