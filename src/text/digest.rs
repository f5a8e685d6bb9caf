//! The fingerprint of a text.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// Bytes that are gone through at a stretch. A browser first runs a program as it is translated
/// most quickly, and has better code for it soon, but goes over to that between two calls only.
const PIECE_BYTES: usize = 16 << 10;

/// SHA-256 of a text's UTF-8 bytes (FIPS 180-4). A copy shares them: every mark bears that
/// of the text it was made on.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Digest(Arc<[u8; 32]>);

impl Digest {
    /// The digest of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut digest = Sha256::new();
        for piece in text.as_bytes().chunks(PIECE_BYTES) {
            digest.update(piece);
        }
        Self(Arc::new(digest.finalize().into()))
    }

    /// A UUID that follows from the text (RFC 9562, version 8): the same text has the
    /// same one everywhere.
    #[must_use]
    pub fn uuid(&self) -> Uuid {
        let mut first = [0; 16];
        first.copy_from_slice(&self.0[..16]);
        uuid::Builder::from_custom_bytes(first).into_uuid()
    }

    /// Reads what [`fmt::Display`] writes: 64 hexadecimal digits.
    #[must_use]
    pub fn parse(hex: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if hex.len() != 2 * bytes.len() {
            return None;
        }
        for (at, digit) in hex.chars().enumerate() {
            let value = digit.to_digit(16)? as u8;
            bytes[at / 2] = bytes[at / 2] << 4 | value;
        }
        Some(Self(Arc::new(bytes)))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_the_standards_own_example() {
        // FIPS 180-4, example "abc".
        let hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Digest::of("abc").to_string(), hex);
        assert_eq!(Digest::parse(hex), Some(Digest::of("abc")));
    }

    #[test]
    fn a_text_of_many_pieces_has_the_digest_of_the_whole() {
        for length in [PIECE_BYTES - 1, PIECE_BYTES, 3 * PIECE_BYTES + 5] {
            let text: String = ('a'..='z').cycle().take(length).collect();
            let whole = Sha256::digest(text.as_bytes());
            assert_eq!(Digest::of(&text).0[..], whole[..]);
        }
    }

    #[test]
    fn what_is_not_a_digest_is_not_read() {
        for hex in ["", "ba", &"g".repeat(64), &"a".repeat(63), &"é".repeat(32)] {
            assert_eq!(Digest::parse(hex), None, "{hex}");
        }
    }
}
