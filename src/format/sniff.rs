//! What kind a file is, by what it holds; its name decides only where that leaves it open. People
//! choose transcripts, tables and scans for “Import”, and are told so.

use crate::words::file;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What may be annotations.
    Json,
    /// Records of Themark's journal.
    Journal,
    /// A project of Themark.
    Project,
    /// A text in UTF-8, or in another encoding of single bytes.
    Text,
    /// A text in UTF-16.
    Utf16,
    /// Markdown, by its name.
    Markdown,
    /// A web page.
    Page,
    /// A web page with what belongs to it (MHTML).
    SavedPage,
    /// A Word document (DOCX).
    Word,
    /// An OpenDocument text (ODT).
    OpenDocument,
    /// Anything else, in words that follow “It is”.
    Other(&'static str),
}

impl Kind {
    /// What it is, in words that follow “It is”.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Json => file::JSON,
            Self::Journal => file::JOURNAL,
            Self::Project => file::PROJECT,
            Self::Text => file::TEXT,
            Self::Utf16 => file::UTF16,
            Self::Markdown => file::MARKDOWN,
            Self::Page => file::PAGE,
            Self::SavedPage => file::SAVED_PAGE,
            Self::Word => file::WORD,
            Self::OpenDocument => file::OPEN_DOCUMENT,
            Self::Other(words) => words,
        }
    }

    /// Whether it is read as a text, whatever it is called.
    #[must_use]
    pub fn is_text(self) -> bool {
        match self {
            Self::Text | Self::Utf16 | Self::Markdown => true,
            Self::Page | Self::SavedPage | Self::Word | Self::OpenDocument => true,
            Self::Json | Self::Journal | Self::Project | Self::Other(_) => false,
        }
    }
}

/// How files of a kind begin, in bytes from the first on.
const BEGINNINGS: [(&[u8], &str); 16] = [
    (b"%PDF", file::PDF),
    (b"{\\rtf", file::RTF),
    (b"\xd0\xcf\x11\xe0", file::OLD_OFFICE),
    (b"\x89PNG", file::IMAGE),
    (b"\xff\xd8\xff", file::IMAGE),
    (b"GIF8", file::IMAGE),
    (b"II*\0", file::IMAGE),
    (b"MM\0*", file::IMAGE),
    (b"ID3", file::RECORDING),
    (b"OggS", file::RECORDING),
    (b"fLaC", file::RECORDING),
    (b"\x1a\x45\xdf\xa3", file::RECORDING),
    (b"\x1f\x8b", file::PACKED),
    (b"7z\xbc\xaf", file::PACKED),
    (b"Rar!", file::PACKED),
    (b"SQLite format 3", file::DATABASE),
];

/// Files that stand in a ZIP archive, which tell what it is; they are named at its end, or it
/// begins with them.
const INSIDE: [(&[u8], Kind); 8] = [
    // First, since what is in a project may name any of the others.
    (b"application/vnd.themark.project+zip", Kind::Project),
    (b"word/", Kind::Word),
    (b"xl/", Kind::Other(file::SHEET)),
    (b"ppt/", Kind::Other(file::SLIDES)),
    (b"application/epub", Kind::Other(file::BOOK)),
    (b"opendocument.text", Kind::OpenDocument),
    (b"opendocument.spreadsheet", Kind::Other(file::SHEET)),
    (b"opendocument.presentation", Kind::Other(file::SLIDES)),
];

/// What a name says of a file whose content does not tell enough.
const NAMES: [(&str, Kind); 17] = [
    (".themark", Kind::Project),
    (".docx", Kind::Word),
    (".xlsx", Kind::Other(file::SHEET)),
    (".pptx", Kind::Other(file::SLIDES)),
    (".epub", Kind::Other(file::BOOK)),
    (".odt", Kind::OpenDocument),
    (".ods", Kind::Other(file::SHEET)),
    (".odp", Kind::Other(file::SLIDES)),
    (".csv", Kind::Other(file::TABLE)),
    (".tsv", Kind::Other(file::TABLE)),
    (".htm", Kind::Page),
    (".html", Kind::Page),
    (".xhtml", Kind::Page),
    (".mht", Kind::SavedPage),
    (".mhtml", Kind::SavedPage),
    (".md", Kind::Markdown),
    (".markdown", Kind::Markdown),
];

/// Beginning and end of a file that are looked at, in bytes each.
pub const SNIFFED_BYTES: usize = 65_536;

/// Tells the kind of a file.
#[must_use]
pub fn sniff(name: &str, bytes: &[u8]) -> Kind {
    let name = name.to_lowercase();
    let by_name = || NAMES.iter().find(|(end, _)| name.ends_with(end));
    let by_name = || by_name().map(|(_, kind)| *kind);
    if let Some((_, words)) = BEGINNINGS.iter().find(|(own, _)| bytes.starts_with(own)) {
        return Kind::Other(words);
    }
    if bytes.starts_with(b"PK") && bytes.get(2).is_some_and(|byte| *byte < b' ') {
        let kind = inside(bytes).or_else(by_name);
        return kind.unwrap_or(Kind::Other(file::PACKED));
    }
    match (bytes.get(..4), bytes.get(8..12)) {
        (Some(b"RIFF"), Some(b"WEBP")) => return Kind::Other(file::IMAGE),
        (Some(b"RIFF"), Some(_)) => return Kind::Other(file::RECORDING),
        _ => {}
    }
    match (bytes.get(4..8), bytes.get(8..12)) {
        (Some(b"ftyp"), Some(b"heic" | b"mif1" | b"avif")) => return Kind::Other(file::IMAGE),
        (Some(b"ftyp"), _) => return Kind::Other(file::RECORDING),
        _ => {}
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Kind::Utf16;
    }
    let beginning = &bytes[..bytes.len().min(SNIFFED_BYTES)];
    if !beginning.iter().all(|byte| is_of_text(*byte)) {
        return Kind::Other(file::UNKNOWN);
    }
    // Other encodings have the same letters where it matters.
    let text = String::from_utf8_lossy(beginning);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.is_empty() {
        return Kind::Other(file::EMPTY);
    }
    if is_journal(text) {
        return Kind::Journal;
    }
    let is_named_json = [".json", ".jsonld"].iter().any(|end| name.ends_with(end));
    if is_named_json || is_json(text) {
        return Kind::Json;
    }
    let is_markup = text.starts_with('<');
    let markup = is_markup.then(|| markup(text)).flatten();
    markup.or_else(by_name).unwrap_or(Kind::Text)
}

fn is_of_text(byte: u8) -> bool {
    byte >= b' ' || matches!(byte, b'\t' | b'\n' | b'\r' | b'\x0c' | b'\x1b')
}

/// What an archive holds.
fn inside(bytes: &[u8]) -> Option<Kind> {
    let beginning = &bytes[..bytes.len().min(SNIFFED_BYTES)];
    let end = &bytes[bytes.len().saturating_sub(SNIFFED_BYTES)..];
    let holds = |name: &[u8]| {
        let stands_in = |part: &[u8]| part.windows(name.len()).any(|some| some == name);
        stands_in(beginning) || stands_in(end)
    };
    let found = INSIDE.iter().find(|(name, _)| holds(name));
    found.map(|(_, kind)| *kind)
}

fn is_journal(text: &str) -> bool {
    let rest = text
        .strip_prefix("v ")
        .and_then(|rest| rest.split_once('\n'));
    // What the first record begins with, of the journal in its versions and of a text.
    let begins = |rest: &str| {
        ["at ", "id ", "text "]
            .iter()
            .any(|name| rest.starts_with(name))
    };
    rest.is_some_and(|(version, rest)| version.parse::<u32>().is_ok() && begins(rest))
}

/// Whether a text begins as JSON with annotations does. A transcript may begin with a bracket, too.
fn is_json(text: &str) -> bool {
    let behind = |bracket| text.strip_prefix(bracket).map(str::trim_start);
    let begins = |behind: Option<&str>, with: &[char]| {
        behind.is_some_and(|rest| rest.is_empty() || rest.starts_with(with))
    };
    begins(behind('{'), &['"', '}']) || begins(behind('['), &['{', '"', '[', ']'])
}

/// What kind of markup a text is, where it is one.
fn markup(text: &str) -> Option<Kind> {
    let text = text.to_ascii_lowercase();
    let is_page = text.starts_with("<!doctype html") || text.contains("<html");
    if is_page {
        Some(Kind::Page)
    } else if text.contains("<svg") {
        Some(Kind::Other(file::IMAGE))
    } else if text.starts_with("<?xml") {
        Some(Kind::Other(file::XML))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_holds_tells_its_kind() {
        let packed = |inside: &str| [b"PK\x03\x04\x14\0", inside.as_bytes()].concat();
        let far = [
            packed("[Content_Types].xml"),
            vec![7; 200_000],
            b"word/document.xml".to_vec(),
        ];
        let (text, utf16) = ("plain text", "text in UTF-16");
        let cases: [(&str, &[u8], &str); 49] = [
            ("a.json", b"{\"type\": \"Annotation\"}", "JSON"),
            ("a", b" \n[ {\"a\":1}]", "JSON"),
            ("a.txt", b"\xef\xbb\xbf{\r\n  \"@context\":", "JSON"),
            ("a.txt", b"[]", "JSON"),
            // What is cut, or has faults, is told with its place.
            ("a.txt", b"{", "JSON"),
            ("a.json", b"just words", "JSON"),
            ("a.jsonld", b"{\"a\": \"\xe9\"}", "JSON"),
            (
                "copy.txt",
                b"v 4\nat 1642000000000\nby person\n",
                "a journal of Themark",
            ),
            (
                "copy.txt",
                b"v 5\nid 017e4e7c-1c00-7a3b-8c4d-5e6f70819201\nat 1642000000000\n",
                "a journal of Themark",
            ),
            (
                "copy.txt",
                b"v 5\ntext 65759ba266dc24820bcc5351683ac307c1590fe42de5fe14f461e3145a934c5b\n",
                "a journal of Themark",
            ),
            ("copy.txt", b"v 4\nsomething else", text),
            ("interview.txt", b"Anna: Yes.\r\nBerik: No.", text),
            ("interview.txt", b"[Anna] Yes.", text),
            ("interview.txt", b"[00:01:23] Yes.", text),
            ("interview.txt", b"{name} begins", text),
            (
                "interview.md",
                "# Ein Gespräch".as_bytes(),
                "a text in Markdown",
            ),
            ("latin.txt", b"Ein Gespr\xe4ch", text),
            ("interview", b"<b> is bold", text),
            ("utf16.txt", b"\xff\xfea\0b\0", utf16),
            ("utf16.json", b"\xfe\xff\0{\0\"", utf16),
            ("table.csv", b"quote;code\r\nabc;Energy", "a table"),
            ("table.tsv", b"quote\tcode", "a table"),
            (
                "page.html",
                b"\n<!DOCTYPE html><title>",
                "a web page (HTML)",
            ),
            (
                "page.txt",
                b"<!-- saved --><HTML lang=en>",
                "a web page (HTML)",
            ),
            (
                "page.xhtml",
                b"<?xml version='1.0'?><html>",
                "a web page (HTML)",
            ),
            ("page.html", b"<p>Words", "a web page (HTML)"),
            ("a.xml", b"<?xml version='1.0'?><a/>", "an XML file"),
            (
                "a.svg",
                b"<svg xmlns='http://www.w3.org/2000/svg'>",
                "an image",
            ),
            ("a.svg", b"<?xml version='1.0'?><svg>", "an image"),
            ("a.pdf", b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
            // Whatever it is called.
            ("a.json", b"%PDF-1.4", "a PDF"),
            ("a.docx", &packed("word/document.xml"), "a Word document"),
            ("a.zip", &far.concat(), "a Word document"),
            ("a.docx", b"PK\x03\x04", "a Word document"),
            ("a.XLSX", &packed("xl/workbook.xml"), "a spreadsheet"),
            (
                "a.odt",
                &packed("mimetypeapplication/vnd.oasis.opendocument.text"),
                "an OpenDocument text",
            ),
            (
                "a.epub",
                &packed("mimetypeapplication/epub+zip"),
                "a book (EPUB)",
            ),
            (
                "a.zip",
                &packed("mimetypeapplication/vnd.themark.project+zip word/"),
                "a project of Themark",
            ),
            // As it is when it was unpacked and packed again.
            ("a.themark", &packed("project.json"), "a project of Themark"),
            ("a.zip", &packed("pictures/one.png"), "a packed file"),
            ("a.rtf", b"{\\rtf1\\ansi", "a formatted text (RTF)"),
            (
                "a.doc",
                b"\xd0\xcf\x11\xe0\xa1\xb1",
                "a document of an older office program",
            ),
            ("a.png", b"\x89PNG\r\n\x1a\n", "an image"),
            ("a.jpg", b"\xff\xd8\xff\xe0", "an image"),
            ("a.webp", b"RIFF\0\0\0\0WEBPVP8 ", "an image"),
            ("a.m4a", b"\0\0\0\x20ftypM4A ", "a recording"),
            ("a.wav", b"RIFF\0\0\0\0WAVEfmt ", "a recording"),
            ("a.txt", b"", "empty"),
            (
                "a.bin",
                b"\0\x01\x02",
                "of a kind that Themark does not know",
            ),
        ];
        for (name, bytes, expected) in cases {
            let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]);
            assert_eq!(sniff(name, bytes).words(), expected, "{name}: {shown}");
        }
    }
}
