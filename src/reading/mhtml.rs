//! Reads pages that were saved with all that belongs to them (MHTML, RFC 2557): the page itself.
//!
//! A part's body is found by the lines that divide parts (RFC 2046, section 5.1), taken out of its
//! transfer encoding (RFC 2045, section 6) and decoded. Pictures and styles are passed over.

use encoding_rs::Encoding;

use super::{Refused, page};
use crate::words::reading_page::mhtml as words;

/// How deep parts may be divided into parts.
const DEEPEST: usize = 3;

/// How many parts of one that is divided are looked at.
const MOST_PARTS: usize = 10_000;

/// The page of a file, as HTML, and the address that it was saved from.
///
/// # Errors
///
/// A file that is not divided into parts, or has none that is a page.
pub fn read(bytes: &[u8]) -> Result<(String, Option<String>), Refused> {
    let file = Part::of(bytes);
    if boundary(&file).is_none() {
        return Err(words::NO_PARTS.to_owned());
    }
    let address = |part: &Part| {
        let location = part.header("content-location")?;
        // A browser writes the parts that have no address of their own as "cid:…".
        let is_own = !location.is_empty() && !location.starts_with("cid:");
        is_own.then_some(location)
    };
    let saved_from = file.header("snapshot-content-location");
    let page = page_in(&file, DEEPEST).ok_or_else(|| words::NO_PAGE.to_owned())?;
    let address = saved_from
        .or_else(|| address(&page))
        .or_else(|| address(&file));
    Ok((page.text(), address.filter(|address| !address.is_empty())))
}

/// A file or a part of one.
struct Part<'a> {
    /// Names in lower case, and what they stand for.
    headers: Vec<(String, String)>,
    body: &'a [u8],
}

impl<'a> Part<'a> {
    /// Divides headers from the body, which an empty line does.
    fn of(bytes: &'a [u8]) -> Self {
        let mut headers: Vec<(String, String)> = Vec::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let (line, behind) = line(rest);
            rest = behind;
            if line.is_empty() {
                break;
            }
            let text = String::from_utf8_lossy(line);
            if text.starts_with([' ', '\t']) {
                // A header goes on in lines that begin with white space.
                if let Some((_, value)) = headers.last_mut() {
                    value.push(' ');
                    value.push_str(text.trim());
                }
            } else if let Some((name, value)) = text.split_once(':') {
                headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        Self {
            headers,
            body: rest,
        }
    }

    fn header(&self, name: &str) -> Option<String> {
        let mut headers = self.headers.iter();
        headers.find_map(|(other, value)| (other == name).then(|| value.clone()))
    }

    /// What kind of content it is, in lower case: "text/html".
    fn kind(&self) -> String {
        let kind = self.header("content-type").unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or("");
        kind.trim().to_ascii_lowercase()
    }

    /// A parameter of its kind, such as the encoding.
    fn parameter(&self, name: &str) -> Option<String> {
        let kind = self.header("content-type")?;
        let mut rest = kind.split_once(';')?.1;
        loop {
            let (own, behind) = rest.split_once('=')?;
            let behind = behind.trim_start();
            let (value, next) = match behind.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
                None => {
                    let end = behind.find(';').unwrap_or(behind.len());
                    behind.split_at(end)
                }
            };
            if own
                .trim()
                .trim_start_matches(';')
                .trim()
                .eq_ignore_ascii_case(name)
            {
                return Some(value.trim().to_owned());
            }
            rest = next.trim_start().trim_start_matches(';');
        }
    }

    /// Its text. Where it names an encoding, that is meant before what the page says of itself.
    fn text(&self) -> String {
        let way = self.header("content-transfer-encoding").unwrap_or_default();
        let bytes = match way.to_ascii_lowercase().as_str() {
            "quoted-printable" => quoted_printable(self.body),
            "base64" => base64(self.body),
            _ => self.body.to_vec(),
        };
        let named = self.parameter("charset");
        let named = named.and_then(|name| Encoding::for_label(name.as_bytes()));
        match named {
            Some(encoding) => encoding.decode(&bytes).0.into_owned(),
            None => page::decode(&bytes),
        }
    }
}

/// The first line, without its end, and what is behind it.
fn line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n');
    let (line, behind) = match end {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (bytes, &[][..]),
    };
    (line.strip_suffix(b"\r").unwrap_or(line), behind)
}

/// What divides a part, where it is divided.
fn boundary(part: &Part) -> Option<String> {
    let is_divided = part.kind().starts_with("multipart/");
    let boundary = is_divided.then(|| part.parameter("boundary")).flatten();
    boundary.filter(|boundary| !boundary.is_empty())
}

/// The page among the parts of a part: the one that is named as its start (RFC 2387, section 3.2), or
/// the first.
fn page_in<'a>(part: &Part<'a>, depth: usize) -> Option<Part<'a>> {
    let boundary = boundary(part)?;
    let parts = divided(part.body, &boundary);
    let start = part.parameter("start");
    let is_start = |part: &Part| start.is_some() && part.header("content-id") == start;
    let (first, others): (Vec<_>, Vec<_>) = parts.into_iter().partition(is_start);
    first.into_iter().chain(others).find_map(|part| {
        let kind = part.kind();
        if kind == "text/html" || kind == "application/xhtml+xml" {
            Some(part)
        } else if depth > 1 {
            page_in(&part, depth - 1)
        } else {
            None
        }
    })
}

/// The parts between the lines that divide them.
fn divided<'a>(body: &'a [u8], boundary: &str) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    // Where the part begins that is being passed, once one has begun.
    let mut start: Option<usize> = None;
    let mut rest = body;
    while !rest.is_empty() && parts.len() < MOST_PARTS {
        let here = body.len() - rest.len();
        let (line, behind) = line(rest);
        rest = behind;
        let dividing = line
            .strip_prefix(b"--")
            .and_then(|line| line.strip_prefix(boundary.as_bytes()));
        let Some(behind_boundary) = dividing.map(<[u8]>::trim_ascii_end) else {
            continue;
        };
        let is_last = behind_boundary == b"--";
        if !is_last && !behind_boundary.is_empty() {
            continue;
        }
        if let Some(start) = start {
            // The line's end before it belongs to what divides.
            let part = &body[start..here];
            let part = part.strip_suffix(b"\n").unwrap_or(part);
            parts.push(Part::of(part.strip_suffix(b"\r").unwrap_or(part)));
        }
        start = (!is_last).then(|| body.len() - rest.len());
        if is_last {
            return parts;
        }
    }
    // A file that ends too early has its last part as far as that goes.
    if let Some(start) = start {
        parts.push(Part::of(&body[start..]));
    }
    parts
}

/// Bytes of which some are written as "=E9", in lines that go on behind a "=" at their ends.
fn quoted_printable(written: &[u8]) -> Vec<u8> {
    let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
    let mut bytes = Vec::with_capacity(written.len());
    let mut rest = written;
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        if *first != b'=' {
            bytes.push(*first);
            continue;
        }
        if let (Some(high), Some(low)) = (digit(behind.first()), digit(behind.get(1))) {
            bytes.extend(u8::try_from(high * 16 + low));
            rest = &behind[2..];
            continue;
        }
        // White space may have been added behind it on the way.
        let blank = behind
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t'))
            .count();
        match &behind[blank..] {
            [b'\r', b'\n', next @ ..] | [b'\n', next @ ..] => rest = next,
            [] => rest = &[],
            _ => bytes.push(b'='),
        }
    }
    bytes
}

/// Bytes of which three are written as four signs. What is no such sign is passed over, as mail does.
fn base64(written: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(written.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in written {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.extend(u8::try_from(bits >> count & 0xff));
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAVED: &str = "From: <Saved by Blink>\r\n\
        Snapshot-Content-Location: https://example.org/a\r\n\
        MIME-Version: 1.0\r\n\
        Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----b--\"\r\n\r\n\r\n\
        ------b--\r\nContent-Type: text/css\r\n\r\np{}\r\n\
        ------b--\r\nContent-Type: text/html; charset=\"utf-8\"\r\n\
        Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://example.org/b\r\n\r\n\
        <p class=3D\"x\">caf=C3=A9 =\r\nau lait =3Dx=zz=\t\r\n\r\n\
        ------b----\r\nbehind\r\n";

    #[test]
    fn the_page_of_a_saved_file_is_found() {
        let (html, address) = read(SAVED.as_bytes()).unwrap();
        assert_eq!(html, "<p class=\"x\">café au lait =x=zz");
        assert_eq!(address.as_deref(), Some("https://example.org/a"));
        let cut = SAVED.split_once("au lait").unwrap().0.replace("\r\n", "\n");
        let (html, address) = read(cut.as_bytes()).unwrap();
        assert_eq!(html, "<p class=\"x\">café ");
        assert_eq!(address.as_deref(), Some("https://example.org/a"));
    }

    #[test]
    fn a_page_may_be_in_base64_in_an_old_encoding_and_deep() {
        let file = "Content-Type: multipart/related; start=\"<2>\"; boundary=a\n\n\
            --a\nContent-Type: text/html\nContent-ID: <1>\n\nwrong\n\
            --a\nContent-ID: <2>\nContent-Type: Multipart/Alternative; boundary = \"b c\"\n\n\
            --b c\nContent-Type: text/plain\n\nplain\n\
            --b c \nContent-Type: TEXT/HTML; charset=windows-1251\nContent-Location: cid:x\n\
            Content-Transfer-Encoding: BASE64\n\n4Pfx\n  8Q==\n--b c--\n--a--";
        assert_eq!(read(file.as_bytes()), Ok(("ачсс".into(), None)));
    }

    #[test]
    fn what_has_no_page_is_refused() {
        let none = "Content-Type: multipart/related; boundary=a\n\n--a\n\nplain\n--a--";
        assert_eq!(read(none.as_bytes()), Err(words::NO_PAGE.to_owned()));
        for wrong in [
            "",
            "<p>",
            "Content-Type: text/html\n\n<p>",
            "Content-Type: multipart/x; boundary=\"\"\n\n",
        ] {
            assert_eq!(read(wrong.as_bytes()), Err(words::NO_PARTS.to_owned()));
        }
        // Parts in parts, without end.
        let part = "Content-Type: multipart/x; boundary=a\n\n--a\n".repeat(10_000);
        assert_eq!(read(part.as_bytes()), Err(words::NO_PAGE.to_owned()));
    }

    proptest::proptest! {
        #[test]
        fn no_file_does_any_harm(noise: Vec<u8>, at in 0..SAVED.len(), length in 0..40_usize) {
            let _ = read(&noise);
            let mut damaged = SAVED.as_bytes().to_vec();
            let end = (at + length).min(damaged.len());
            damaged.splice(at..end, noise);
            let _ = read(&damaged);
        }
    }
}
