//! In which encoding a page is.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// How much of a page may say what encoding it is in (HTML Standard, section 4.2.5.5): bytes.
const HEAD: usize = 1_024;

/// The text of a page: by its byte order mark, by what it says of itself, as UTF-8 where it is that, or
/// as browsers take pages that say nothing. What cannot be read becomes U+FFFD.
#[must_use]
pub fn decode(bytes: &[u8]) -> String {
    let named = || said(&bytes[..bytes.len().min(HEAD)]);
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => named().unwrap_or_else(|| {
            let is_utf8 = std::str::from_utf8(bytes).is_ok();
            if is_utf8 { UTF_8 } else { WINDOWS_1252 }
        }),
    };
    encoding.decode(bytes).0.into_owned()
}

/// The encoding that a page's head names.
fn said(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let mut rest = &*head;
    while let Some((before, behind)) = rest.split_once("charset") {
        rest = behind;
        let tag = before.rfind('<').map_or("", |tag| &before[tag..]);
        let Some(value) = behind.trim_start().strip_prefix('=') else {
            continue;
        };
        if !tag.starts_with("<meta") {
            continue;
        }
        let value = value.trim_start().trim_start_matches(['"', '\'']);
        let end = value.find(|c: char| c.is_ascii_whitespace() || "\"';>/".contains(c));
        let label = &value[..end.unwrap_or(value.len())];
        if let Some(encoding) = Encoding::for_label(label.as_bytes()) {
            // A page whose head can be read so far is in none of two bytes a letter.
            return Some(if encoding.name().starts_with("UTF-16") {
                UTF_8
            } else {
                encoding
            });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_in_the_encoding_that_it_says() {
        for (bytes, expected) in [
            (&b"\xef\xbb\xbf\xc3\xa9"[..], "é"),
            (b"\xff\xfe\xe9\x00", "é"),
            (b"\xfe\xff\x00\xe9", "é"),
            (b"caf\xc3\xa9", "café"),
            (b"caf\xe9 \x93x\x94", "café “x”"),
            (b"<meta charset=koi8-r>\xc1", "<meta charset=koi8-r>а"),
            (
                b"<META content='text/html; CHARSET = \"Shift_JIS\"'>\x82\xa0",
                "<META content='text/html; CHARSET = \"Shift_JIS\"'>あ",
            ),
            (b"<meta charset=utf-16>\xc3\xa9", "<meta charset=utf-16>é"),
            (b"<p charset=koi8-r>\xc3\xa9", "<p charset=koi8-r>é"),
            (b"", ""),
        ] {
            assert_eq!(decode(bytes), expected);
        }
        let late = [" ".repeat(HEAD).as_bytes(), b"<meta charset=koi8-r>\xe9"].concat();
        assert!(decode(&late).ends_with('é'));
    }
}
