//! Changes of bytes, as they come with damage, and with malice.

use fastrand::Rng;

/// The longest input, in bytes.
pub(crate) const LONGEST: usize = 256 << 10;

/// The most changes of one input.
const MOST_CHANGES: usize = 8;

/// Numbers at which programs err.
const NUMBERS: [&str; 10] = [
    "0",
    "-1",
    "1",
    "255",
    "65536",
    "2147483648",
    "4294967295",
    "18446744073709551616",
    "1e999",
    "",
];

/// Bytes at which programs err.
const BYTES: [u8; 12] = [0, 9, 10, 13, b' ', b'"', b'&', b'<', b'>', 0x7f, 0x80, 0xff];

/// Changes some places. `tokens` are words that mean something in the format, `other` is another file
/// of the kind.
pub(crate) fn change(chance: &mut Rng, bytes: &mut Vec<u8>, tokens: &[&str], other: &[u8]) {
    for _ in 0..=chance.usize(0..MOST_CHANGES) {
        change_once(chance, bytes, tokens, other);
        bytes.truncate(LONGEST);
    }
}

fn change_once(chance: &mut Rng, bytes: &mut Vec<u8>, tokens: &[&str], other: &[u8]) {
    let at = place(chance, bytes);
    match chance.u8(0..10) {
        0 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << chance.u8(0..8);
            }
        }
        1 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = BYTES[chance.usize(0..BYTES.len())];
            }
        }
        2 | 3 => {
            let token = chance.choice(tokens).copied().unwrap_or_default();
            insert(bytes, at, token.as_bytes());
        }
        4 => {
            let end = end(chance, bytes, at);
            bytes.drain(at..end);
        }
        // What stands once stands many times.
        5 => {
            let end = end(chance, bytes, at);
            let times = [1, 2, 20, 1_000][chance.usize(0..4)];
            let piece = bytes[at..end].to_vec();
            let most = LONGEST / piece.len().max(1);
            insert(bytes, at, &piece.repeat(times.min(most)));
        }
        // What stands here stands there.
        6 => {
            let end = end(chance, bytes, at);
            let piece: Vec<u8> = bytes.drain(at..end).collect();
            let to = place(chance, bytes);
            insert(bytes, to, &piece);
        }
        7 => {
            let from = place(chance, other);
            let end = end(chance, other, from);
            insert(bytes, at, &other[from..end]);
        }
        8 => renumber(chance, bytes, at),
        _ => {
            // Cut off, which leaves the least to read.
            if chance.u8(0..4) == 0 {
                bytes.truncate(at);
            } else {
                let end = end(chance, bytes, at);
                bytes[at..end].reverse();
            }
        }
    }
}

/// A place, the end included; most often one where something begins.
fn place(chance: &mut Rng, bytes: &[u8]) -> usize {
    let at = chance.usize(0..=bytes.len());
    if chance.u8(0..3) == 0 {
        return at;
    }
    let begins = |byte: &u8| matches!(byte, b'<' | b'"' | b'\n' | b'{' | b',' | b' ');
    let behind = bytes[at..].iter().position(begins);
    behind.map_or(at, |behind| at + behind)
}

/// An end of what begins at a place: most often near.
fn end(chance: &mut Rng, bytes: &[u8], at: usize) -> usize {
    let most = [8, 64, 512, 8_192][chance.usize(0..4)];
    (at + chance.usize(0..=most)).min(bytes.len())
}

fn insert(bytes: &mut Vec<u8>, at: usize, piece: &[u8]) {
    bytes.splice(at..at, piece.iter().copied());
}

/// Puts another number in the place of the next.
fn renumber(chance: &mut Rng, bytes: &mut Vec<u8>, at: usize) {
    let Some(start) = bytes[at..].iter().position(u8::is_ascii_digit) else {
        return;
    };
    let start = at + start;
    let length = bytes[start..]
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let number = NUMBERS[chance.usize(0..NUMBERS.len())].bytes();
    bytes.splice(start..start + length, number);
}
