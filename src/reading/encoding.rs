//! The encoding of a text file: which it is, and the text that the bytes are in it.
//!
//! A byte order mark says which. Without one, UTF-16 is known by bytes that no other text has, and
//! UTF-8 by being valid, which chance makes of no other text of some length. For the rest chardetng
//! guesses by which letters stand side by side in which language. Such a guess can be wrong, most
//! often between two encodings of the same script, so a person is shown it and can choose.
//!
//! All of it takes time in proportion to the file's length, and memory for the text once.

use std::cmp::Ordering;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use crate::words::reading_text as words;

/// What a file says in an encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark. Each place that is no text in this encoding, and each
    /// null character, is U+FFFD.
    pub text: String,
    /// The encoding's label in the Encoding Standard, one of [`ENCODINGS`] unless a person chose
    /// by another label.
    pub encoding: &'static str,
    /// Whether the encoding was chosen, marked, or can hardly be another; it was guessed otherwise.
    pub is_sure: bool,
    /// What could not be read, a sentence each.
    pub remarks: Vec<String>,
}

/// The encodings that a person can choose, the likely first: label and name. Every one that is ever
/// guessed is among them.
pub const ENCODINGS: [(&str, &str); 35] = [
    ("UTF-8", words::UTF_8),
    ("UTF-16LE", words::UTF_16LE),
    ("UTF-16BE", words::UTF_16BE),
    ("windows-1252", words::WINDOWS_1252),
    ("ISO-8859-15", words::ISO_8859_15),
    ("macintosh", words::MACINTOSH),
    ("windows-1250", words::WINDOWS_1250),
    ("ISO-8859-2", words::ISO_8859_2),
    ("ISO-8859-16", words::ISO_8859_16),
    ("ISO-8859-3", words::ISO_8859_3),
    ("windows-1257", words::WINDOWS_1257),
    ("ISO-8859-13", words::ISO_8859_13),
    ("ISO-8859-4", words::ISO_8859_4),
    ("ISO-8859-10", words::ISO_8859_10),
    ("ISO-8859-14", words::ISO_8859_14),
    ("windows-1251", words::WINDOWS_1251),
    ("KOI8-U", words::KOI8_U),
    ("ISO-8859-5", words::ISO_8859_5),
    ("IBM866", words::IBM866),
    ("x-mac-cyrillic", words::MAC_CYRILLIC),
    ("windows-1253", words::WINDOWS_1253),
    ("ISO-8859-7", words::ISO_8859_7),
    ("windows-1254", words::WINDOWS_1254),
    ("windows-1255", words::WINDOWS_1255),
    ("ISO-8859-8", words::ISO_8859_8),
    ("windows-1256", words::WINDOWS_1256),
    ("ISO-8859-6", words::ISO_8859_6),
    ("windows-1258", words::WINDOWS_1258),
    ("windows-874", words::WINDOWS_874),
    ("GBK", words::GBK),
    ("Big5", words::BIG5),
    ("Shift_JIS", words::SHIFT_JIS),
    ("EUC-JP", words::EUC_JP),
    ("ISO-2022-JP", words::ISO_2022_JP),
    ("EUC-KR", words::EUC_KR),
];

/// An encoding's name, for a person; its label where it is none of [`ENCODINGS`].
#[must_use]
pub fn name(label: &str) -> &str {
    let named = ENCODINGS.iter().find(|(other, _)| *other == label);
    named.map_or(label, |(_, name)| name)
}

/// Decodes a file: in the encoding of a label, where there is one that the Encoding Standard knows,
/// and else in the one that the file seems to have.
#[must_use]
pub fn decode(bytes: &[u8], label: Option<&str>) -> Decoded {
    let chosen = label.and_then(|label| Encoding::for_label_no_replacement(label.as_bytes()));
    let (encoding, is_sure) = match chosen {
        Some(encoding) => (encoding, true),
        None => find(bytes),
    };
    let (mut text, undecodable) = text(bytes, encoding);
    let nuls = text.bytes().filter(|byte| *byte == 0).count();
    let mut remarks = Vec::new();
    if undecodable > 0 {
        remarks.push(words::undecodable(undecodable, name(encoding.name())));
    }
    if nuls > 0 {
        text = text.replace('\0', "\u{fffd}");
        remarks.push(words::nuls(nuls));
    }
    Decoded {
        text,
        encoding: encoding.name(),
        is_sure,
        remarks,
    }
}

/// The text, and how many places of it are none in an encoding.
fn text(bytes: &[u8], encoding: &'static Encoding) -> (String, usize) {
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let (mut text, mut undecodable) = (String::with_capacity(bytes.len()), 0);
    let mut rest = bytes;
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        rest = &rest[read..];
        match result {
            DecoderResult::InputEmpty => return (text, undecodable),
            // A string that grows doubles.
            DecoderResult::OutputFull => text.reserve(64),
            DecoderResult::Malformed(..) => {
                undecodable += 1;
                text.push('\u{fffd}');
            }
        }
    }
}

/// The encoding that a file seems to have, and whether that is sure.
fn find(bytes: &[u8]) -> (&'static Encoding, bool) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding, true);
    }
    let is_utf8 = std::str::from_utf8(bytes).is_ok();
    if let Some(encoding) = utf16(bytes, is_utf8) {
        return (encoding, false);
    }
    // ISO-2022-JP is written in bytes of ASCII, behind escapes.
    let may_be_escaped = bytes.is_ascii() && bytes.contains(&0x1b);
    if is_utf8 && !may_be_escaped {
        return (UTF_8, true);
    }
    if !is_utf8 && is_damaged_utf8(bytes) {
        return (UTF_8, false);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if is_utf8 && guess != ISO_2022_JP {
        return (UTF_8, true);
    }
    (guess, false)
}

/// Whether a file is UTF-8 with a few wrong bytes: for each wrong place it has four characters of
/// several bytes. In other encodings such sequences are rare, and wrong places are many.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right >= 4 * wrong
}

/// What speaks for and against one byte order of UTF-16.
#[derive(Default)]
struct Units {
    /// All of them.
    all: usize,
    /// Those of alphabets, U+0009 to U+1FFF.
    alphabetic: usize,
    /// Those of alphabets that begin with a byte that is a control character, such as zero in all of
    /// Latin. Other texts have none of these bytes.
    controls: usize,
    /// Space, ends of lines, and what stands for spaces, commas and stops among ideographs: each has
    /// such a byte, too.
    spaces: usize,
    /// Those that a text does not have, or hardly ever.
    wrong: usize,
}

impl Units {
    fn count(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Self {
        let mut units = Self::default();
        let mut is_high = false;
        for pair in bytes.as_chunks().0 {
            let unit = unit(*pair);
            units.all += 1;
            // A high surrogate without a low one, or the other way round.
            units.wrong += usize::from(is_high != matches!(unit, 0xdc00..=0xdfff));
            is_high = matches!(unit, 0xd800..=0xdbff);
            match unit {
                0x20 | 0xa | 0xd | 0x3000..=0x3002 | 0xff0c => units.spaces += 1,
                // Controls, private use, and what is no character.
                0..=8 | 0xe..=0x1f | 0x7f..=0x9f | 0xe000..=0xf8ff | 0xfffe.. => units.wrong += 1,
                _ => {}
            }
            match unit {
                // A comma or stop among ideographs, in the other order.
                0x130 | 0x230 => {}
                ..0x2000 => {
                    units.alphabetic += 1;
                    let is_control = matches!(unit >> 8, 0..=8 | 0xe..=0x1a | 0x1c..);
                    units.controls += usize::from(is_control);
                }
                // As frequent as these characters are, what ends in a zero is most often a letter
                // of Latin in the other order.
                0x3000 | 0x4e00 | 0x5f00 | 0x6700 | 0xac00 => {}
                0x2000..=0xd7ff => units.wrong += usize::from(unit.is_multiple_of(0x100)),
                _ => {}
            }
        }
        units.wrong += usize::from(is_high);
        units
    }

    /// How much speaks for it; nothing where it can't be a text. A text in an alphabet is known by its
    /// letters, and may look like valid UTF-8. Ideographs do not for long, while ASCII with zeros here
    /// and there would be ideographs.
    fn signs(&self, is_utf8: bool) -> usize {
        let signs = if self.alphabetic * 4 >= self.all * 3 {
            self.controls
        } else if is_utf8 {
            0
        } else {
            self.spaces
        };
        let is_text = signs * 200 >= self.all && self.wrong * 4 <= signs;
        if is_text { signs } else { 0 }
    }
}

/// The byte order of UTF-16 without a mark. A text of ideographs alone, with neither punctuation nor
/// a line's end, is not known.
fn utf16(bytes: &[u8], is_utf8: bool) -> Option<&'static Encoding> {
    let little = Units::count(bytes, u16::from_le_bytes).signs(is_utf8);
    let big = Units::count(bytes, u16::from_be_bytes).signs(is_utf8);
    match little.cmp(&big) {
        Ordering::Greater => Some(UTF_16LE),
        Ordering::Less => Some(UTF_16BE),
        Ordering::Equal => None,
    }
}

#[cfg(test)]
mod tests;
