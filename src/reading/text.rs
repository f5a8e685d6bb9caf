//! Reads plain text, in whatever encoding it is.
//!
//! What a paragraph is, `document::plain` says. A line may be as long as the file, and the time it
//! takes grows as the file does.

use super::encoding::{self, Decoded};
use super::{About, Choice, Reading};
use crate::document::plain;

pub use super::encoding::ENCODINGS;

/// What a text file says, and in which encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextReading {
    /// What it says. Of itself it says nothing.
    pub reading: Reading,
    /// The label of the encoding that it was read in, as in [`Decoded::encoding`].
    pub encoding: &'static str,
    /// Whether it can hardly be another, as in [`Decoded::is_sure`].
    pub is_sure: bool,
}

/// Reads a text file: in the encoding of a label, if a person has chosen one, and else in the one that
/// it seems to have.
#[must_use]
pub fn read(bytes: &[u8], encoding: Option<&str>) -> TextReading {
    let Decoded {
        text,
        encoding,
        is_sure,
        remarks,
    } = encoding::decode(bytes, encoding);
    TextReading {
        reading: Reading {
            version: plain::read(&text),
            about: About::default(),
            remarks,
            choice: Choice::None,
            notes: Vec::new(),
            is_plain: true,
        },
        encoding,
        is_sure,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::Version;

    #[test]
    fn a_text_is_read_with_what_is_known_of_its_encoding() {
        let read = read(b"Gr\xfc\xdfe\r\naus K\xf6ln\r\n\r\nan alle\0", None);
        let expected = TextReading {
            reading: Reading {
                version: plain::read("Grüße\naus Köln\n\nan alle\u{fffd}"),
                about: About::default(),
                remarks: vec![crate::words::reading_text::nuls(1)],
                choice: Choice::None,
                notes: Vec::new(),
                is_plain: true,
            },
            encoding: "windows-1252",
            is_sure: false,
        };
        assert_eq!(read, expected);
        assert_eq!(super::read(b"", None).reading.version, plain::read(""));
        let chosen = super::read(b"Gr\xfc\xdfe", Some("windows-1251"));
        assert_eq!(chosen.reading.version.text.text(), "GrьЯe");
    }

    proptest! {
        #[test]
        fn any_bytes_divide_again(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let version = read(&bytes, None).reading.version;
            let text = version.text.shared();
            let again = Version::divided(&version.layout(), text, version.digest.clone());
            prop_assert_eq!(again, Some(version));
        }
    }
}
