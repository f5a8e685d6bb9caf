//! The readers, and what they are to give: something whole, or a sentence.

use themark::codebook::Codebook;
use themark::document::{DocumentId, Version};
use themark::format::{project, w3c};
use themark::journal;
use themark::library;
use themark::project::Project;
use themark::reading::{self, Asked, Reading, Refused, markdown, mhtml, page, text};
use themark::text::Digest;
use themark::time::Timestamp;

/// A reader.
pub(crate) struct Reader {
    pub(crate) name: &'static str,
    /// Words that mean something to it.
    pub(crate) tokens: &'static [&'static str],
    /// Whether its files are archives.
    pub(crate) is_packed: bool,
    /// Has it read bytes: whether it did, or refused them with a sentence.
    ///
    /// # Errors
    /// What it did wrong.
    pub(crate) read: fn(&[u8]) -> Result<bool, String>,
}

/// All of them.
pub(crate) const READERS: [Reader; 12] = [
    Reader {
        name: "text",
        tokens: &[
            "\n\n",
            "\r\n",
            "\r",
            "\0",
            "\u{feff}",
            "\u{85}",
            "\u{2028}",
            "\t",
            "é",
            "日本語",
        ],
        is_packed: false,
        read: |bytes| {
            let read = text::read(bytes, None);
            for (label, _) in text::ENCODINGS {
                held(Ok(
                    text::read(&bytes[..bytes.len().min(500)], Some(label)).reading
                ))?;
            }
            held(Ok(read.reading))
        },
    },
    Reader {
        name: "markdown",
        tokens: MARKDOWN,
        is_packed: false,
        read: |bytes| held(Ok(markdown::read(&String::from_utf8_lossy(bytes)))),
    },
    Reader {
        name: "html",
        tokens: HTML,
        is_packed: false,
        read: |bytes| {
            let html = page::decode(bytes);
            held(Ok(page::read(&html, None, true)))?;
            held(Ok(page::read(&html, Some("https://example.org/a"), false)))
        },
    },
    Reader {
        name: "fragment",
        tokens: HTML,
        is_packed: false,
        read: |bytes| {
            let html = String::from_utf8_lossy(bytes);
            held(Ok(Reading::new(reading::html::fragment(&html))))
        },
    },
    Reader {
        name: "mhtml",
        tokens: MHTML,
        is_packed: false,
        read: |bytes| {
            held(
                mhtml::read(bytes)
                    .map(|(html, address)| page::read(&html, address.as_deref(), true)),
            )
        },
    },
    Reader {
        name: "docx",
        tokens: DOCX,
        is_packed: true,
        read: |bytes| held(reading::word::read(bytes, true)),
    },
    Reader {
        name: "odt",
        tokens: ODT,
        is_packed: true,
        read: |bytes| held(reading::open_document::read(bytes, true)),
    },
    Reader {
        name: "fodt",
        tokens: ODT,
        is_packed: false,
        read: |bytes| held(reading::open_document::read(bytes, true)),
    },
    Reader {
        name: "any",
        tokens: HTML,
        is_packed: false,
        read: any,
    },
    Reader {
        name: "project",
        tokens: PROJECT,
        is_packed: true,
        read: a_project,
    },
    Reader {
        name: "cells",
        tokens: &[
            "\t", "\n", "\r\n", "\"", "\"\"", ",", ";", "'=", "=", "\u{feff}",
        ],
        is_packed: false,
        read: cells,
    },
    Reader {
        name: "annotations",
        tokens: PROJECT,
        is_packed: false,
        read: annotations,
    },
];

/// The reader of a name.
///
/// # Errors
/// A sentence where there is none.
pub(crate) fn named(name: &str) -> Result<&'static Reader, String> {
    let found = READERS.iter().find(|reader| reader.name == name);
    found.ok_or_else(|| {
        let names: Vec<&str> = READERS.iter().map(|reader| reader.name).collect();
        format!("There is no reader “{name}”, but {}.", names.join(", "))
    })
}

/// Whether a reading is there; where it is, all of it has to hold together.
fn held(read: Result<Reading, Refused>) -> Result<bool, String> {
    match read {
        Ok(reading) => {
            whole(&reading.version)?;
            let text = reading.version.text.text();
            for note in &reading.notes {
                let span = note.span.start.index()..note.span.end.index();
                if text.get(span).is_none() {
                    return Err(format!("a note is about nothing in the text: {note:?}"));
                }
            }
            for remark in &reading.remarks {
                sentence(remark)?;
            }
            Ok(true)
        }
        Err(refused) => sentence(&refused).map(|()| false),
    }
}

/// Holds a version to what all are: it divides again as its layout says, and its digest is its own.
fn whole(version: &Version) -> Result<(), String> {
    let layout = version.layout();
    let again = Version::divided(&layout, version.text.shared(), version.digest.clone());
    if again.as_ref() != Some(version) {
        return Err(format!(
            "the text does not divide as its layout says: {layout}"
        ));
    }
    if version.digest != Digest::of(version.text.text()) {
        return Err("the digest is of another text".to_owned());
    }
    Ok(())
}

fn sentence(words: &str) -> Result<(), String> {
    if words.len() > 20 && words.ends_with('.') {
        Ok(())
    } else {
        Err(format!("this is no sentence: {words:?}"))
    }
}

/// By the door that all files take, whose answer travels.
fn any(bytes: &[u8]) -> Result<bool, String> {
    const NAMES: [&str; 8] = [
        "a", "a.txt", "a.md", "a.html", "a.mht", "a.docx", "a.odt", "a.fodt",
    ];
    let sum: usize = bytes.iter().map(|byte| usize::from(*byte)).sum();
    let asked = Asked {
        name: NAMES[sum % NAMES.len()].to_owned(),
        is_fragment: sum.is_multiple_of(31),
        whole: sum.is_multiple_of(3),
        ..Asked::default()
    };
    let answered = reading::understood(&reading::answer(&reading::question(&asked), bytes));
    let direct = reading::read(&asked, bytes);
    if answered != direct {
        return Err("what travelled is not what was read".to_owned());
    }
    held(answered)
}

fn a_project(bytes: &[u8]) -> Result<bool, String> {
    let read = match project::read(bytes, &[], Timestamp(1_642_000_000_000), &|_| ()) {
        Ok(read) => read,
        Err(refused) => return sentence(&refused).map(|()| false),
    };
    for warning in &read.warnings {
        sentence(warning)?;
    }
    for text in &read.texts {
        whole(text)?;
    }
    let mut project = Project::new([]);
    let records = read.records.join("\n\n") + "\n";
    let replayed = journal::replay(&mut project, &records, &|_| ());
    for text in read.texts {
        project.read(text);
    }
    project.check()?;
    if replayed.unread > 0 && read.warnings.is_empty() {
        return Err("records can't be read, and nothing is said of them".to_owned());
    }
    Ok(true)
}

fn cells(bytes: &[u8]) -> Result<bool, String> {
    let read = library::read_cells(&String::from_utf8_lossy(bytes));
    let again = library::read_cells(&library::write_cells(&read));
    let is_table = read.iter().any(|row| row.len() > 1);
    if is_table && again != read {
        let mut rows = again.iter().zip(&read);
        let differ = rows.find(|(own, other)| own != other);
        return Err(format!("written and read again it is another: {differ:?}"));
    }
    Ok(is_table)
}

fn annotations(bytes: &[u8]) -> Result<bool, String> {
    let file = String::from_utf8_lossy(bytes);
    let at = Timestamp(1_642_000_000_000);
    match w3c::read(&file, &Codebook::first(), DocumentId::default(), at) {
        Ok(_) => Ok(true),
        Err(_) => Ok(false),
    }
}

const MARKDOWN: &[&str] = &[
    "# ",
    "## ",
    "* ",
    "- ",
    "1. ",
    "> ",
    "```\n",
    "~~~",
    "    ",
    "\t",
    "---\n",
    "===\n",
    "|",
    "|---|\n",
    "[^1]",
    "[^1]: ",
    "[a](b)",
    "![a](b)",
    "[a]: b\n",
    "<br>",
    "<sup>",
    "</sub>",
    "<!--",
    "-->",
    "&amp;",
    "&#0;",
    "**",
    "__",
    "~~",
    "`",
    "\\",
    "\r\n",
    "\n\n",
    "title: \"",
    "date: ",
    "tags:\n  - ",
    "…",
    "\0",
];

const HTML: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<table>",
    "<tr>",
    "<td colspan=9 rowspan=65534>",
    "<th>",
    "</table>",
    "<ul>",
    "<ol start=-5 reversed>",
    "<li value=99999999999>",
    "</li>",
    "<a href='#n'>",
    "<a id=n>",
    "<sup><a href=#fn1 role=doc-noteref>1</a></sup>",
    "<section role=doc-endnotes>",
    "<li id=fn1>",
    "<pre>",
    "<svg>",
    "<math>",
    "<annotation>",
    "<foreignObject>",
    "<template>",
    "<script>",
    "</script>",
    "<style>",
    "<noscript>",
    "<textarea>",
    "<plaintext>",
    "<select>",
    "<option>",
    "<frameset>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?xml version='1.0'?>",
    "<base href='//x:y@z:99999/'>",
    "<meta charset=utf-16>",
    "<h1>",
    "<h6>",
    "<br>",
    "<hr>",
    "<img alt='x'>",
    "<figure>",
    "<figcaption>",
    "<blockquote>",
    "<q>",
    "<b>",
    "<i>",
    "</b>",
    "</i>",
    " style='display:none'",
    " style='mso-list:l0 level9'",
    " hidden",
    " class=footnotes",
    "&nbsp;",
    "&#x0;",
    "&#1114112;",
    "\u{200b}",
    "\u{2028}",
    "<article>",
    "<main>",
    "<aside>",
    "<nav>",
    "<body>",
    "</html>",
    "\0",
];

const MHTML: &[&str] = &[
    "\r\n",
    "\n\n",
    "--a\n",
    "--a--",
    "Content-Type: text/html; charset=\"utf-16\"\n",
    "boundary=\"\"",
    "Content-Type: multipart/mixed; boundary=a\n\n",
    "Content-Transfer-Encoding: base64\n",
    "quoted-printable",
    "Content-Location: ",
    "Content-ID: <1>\n",
    "start=\"<1>\"",
    "=\r\n",
    "=3D",
    "=",
    "====",
    " \t",
    ";",
    "\"",
    "<html>",
    "<p>",
    "\0",
];

const DOCX: &[&str] = &[
    "<w:p>",
    "</w:p>",
    "<w:r>",
    "</w:r>",
    "<w:t>",
    "</w:t>",
    "<w:tbl>",
    "</w:tbl>",
    "<w:tr>",
    "<w:tc>",
    "</w:tc>",
    "<w:gridSpan w:val=\"99999\"/>",
    "<w:vMerge/>",
    "<w:numId w:val=\"1\"/>",
    "<w:ilvl w:val=\"8\"/>",
    "<w:start w:val=\"4294967295\"/>",
    "<w:lvlText w:val=\"%1.%2.%9\"/>",
    "<w:numFmt w:val=\"upperRoman\"/>",
    "<w:numFmt w:val=\"lowerLetter\"/>",
    "<w:fldSimple w:instr=\" HYPERLINK &quot;x&quot; \">",
    "<w:fldChar w:fldCharType=\"begin\"/>",
    "<w:fldChar w:fldCharType=\"separate\"/>",
    "<w:fldChar w:fldCharType=\"end\"/>",
    "<w:instrText>",
    "</w:instrText>",
    "<w:ins>",
    "<w:del>",
    "</w:del>",
    "<w:moveFrom>",
    "<w:commentRangeStart w:id=\"0\"/>",
    "<w:commentRangeEnd w:id=\"0\"/>",
    "<w:commentReference w:id=\"0\"/>",
    "<w:footnoteReference w:id=\"1\"/>",
    "<w:br/>",
    "<w:tab/>",
    "<w:sym w:char=\"F0B7\" w:font=\"Symbol\"/>",
    "<mc:AlternateContent>",
    "<mc:Choice Requires=\"x\">",
    "<mc:Fallback>",
    "<w:sdt>",
    "<w:txbxContent>",
    "<m:oMath>",
    "<m:t>",
    "<w:hyperlink r:id=\"rId1\">",
    "<w:basedOn w:val=\"Heading1\"/>",
    "<w:outlineLvl w:val=\"9\"/>",
    "<!DOCTYPE x [<!ENTITY a \"b\">]>",
    "&a;",
    "&#0;",
    "&#xFFFFFFFF;",
    "<![CDATA[",
    "]]>",
    "<!--",
    "<?",
    "\"",
    "\0",
];

const ODT: &[&str] = &[
    "<text:p>",
    "</text:p>",
    "<text:h text:outline-level=\"99\">",
    "</text:h>",
    "<text:span>",
    "</text:span>",
    "<text:list>",
    "<text:list-item text:start-value=\"4294967295\">",
    "</text:list>",
    "<text:s text:c=\"4000000000\"/>",
    "<text:tab/>",
    "<text:line-break/>",
    "<text:note>",
    "<text:note-body>",
    "<text:note-citation>",
    "</text:note>",
    "<table:table>",
    "<table:table-row table:number-rows-repeated=\"1048576\">",
    "</table:table>",
    "<table:table-cell table:number-columns-repeated=\"16384\">",
    "<table:covered-table-cell/>",
    "<office:annotation office:name=\"a\">",
    "<office:annotation-end office:name=\"a\"/>",
    "<dc:creator>",
    "<text:tracked-changes>",
    "<text:changed-region>",
    "<text:deletion>",
    "<text:change-start text:change-id=\"a\"/>",
    "<text:change-end text:change-id=\"a\"/>",
    "<text:a xlink:href=\"x\">",
    "<draw:frame>",
    "<draw:text-box>",
    "<svg:title>",
    "<style:style style:parent-style-name=\"a\" style:name=\"a\">",
    "<text:section text:display=\"none\">",
    "<text:hidden-text>",
    "<text:ruby>",
    "<text:ruby-text>",
    "<text:bookmark-ref>",
    "<!DOCTYPE x [<!ENTITY a \"b\">]>",
    "&a;",
    "&#0;",
    "<![CDATA[",
    "]]>",
    "<!--",
    "<?",
    "\"",
    "\0",
];

const PROJECT: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "null",
    "true",
    "\"\"",
    "\"id\": ",
    "\"type\": \"Annotation\"",
    "\"body\": [",
    "\"target\": ",
    "\"selector\": ",
    "\"start\": ",
    "\"end\": ",
    "\\u0000",
    "\\ud800",
    "\\",
    "\n\n",
    "at ",
    "v 6\n",
    "text ",
    "part ",
    "sum ",
    "undoes ",
    "\"deleted\": true",
    "\"kind\": \"cell\"",
    "\"order\": ",
    "\"colour\": \"#zzzzzz\"",
];
