//! The files that are changed: fixtures that programs have made, and some that are made here.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use encoding_rs::Encoding;
use themark::document::{Document, article};
use themark::format::project::{self, Parts};
use themark::project::Project;
use themark::sample;
use themark::time::Timestamp;
use uuid::Uuid;

use crate::packed;

/// The project's own folder.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../");

/// What a reader's files begin as; at least one.
///
/// # Errors
/// When the folders with them can't be read: what follows from other files is another trial.
pub(crate) fn of(name: &str) -> io::Result<Vec<Vec<u8>>> {
    let reading = |end: &str| files("tests/fixtures/reading", end);
    let pages = || -> io::Result<Vec<_>> {
        let mut pages = reading(".html")?;
        pages.extend(files("", "index.html")?);
        pages.extend(PAGES.map(|page| page.as_bytes().to_vec()));
        Ok(pages)
    };
    let mut all = match name {
        "text" => texts()?,
        "markdown" => {
            let mut all = reading(".md")?;
            all.extend(files("", ".md")?);
            all.extend(MARKDOWN.map(|text| text.as_bytes().to_vec()));
            all
        }
        "html" | "fragment" => pages()?,
        "mhtml" => pages()?.iter().flat_map(|page| saved(page)).collect(),
        "docx" => reading(".docx")?,
        "odt" => reading(".odt")?,
        "fodt" => reading(".odt")?
            .iter()
            .filter_map(|odt| flat(odt))
            .collect(),
        "project" => [true, false].into_iter().filter_map(a_project).collect(),
        "cells" => CELLS.map(|cells| cells.as_bytes().to_vec()).into(),
        "annotations" => {
            let mut all = files("tests/fixtures/w3c-web-annotation/correct", ".json")?;
            all.extend(files("tests/fixtures/recogito", ".json")?);
            all
        }
        _ => {
            let kinds = ["text", "markdown", "html", "mhtml", "docx", "odt", "fodt"];
            let all: io::Result<Vec<_>> = kinds.into_iter().map(of).collect();
            all?.concat()
        }
    };
    all.retain(|file| file.len() <= crate::change::LONGEST);
    if all.is_empty() {
        let none = format!("none of the files of {name} is there");
        return Err(io::Error::new(io::ErrorKind::NotFound, none));
    }
    Ok(all)
}

/// The files in a folder of the project whose names end so, in the order of their names.
fn files(folder: &str, end: &str) -> io::Result<Vec<Vec<u8>>> {
    let entries: io::Result<Vec<_>> = fs::read_dir(Path::new(ROOT).join(folder))?.collect();
    let mut paths: Vec<_> = entries?.iter().map(fs::DirEntry::path).collect();
    paths.retain(|path| path.to_string_lossy().ends_with(end));
    paths.sort();
    paths.iter().map(fs::read).collect()
}

/// One text in old encodings and in UTF-16, and a long one.
fn texts() -> io::Result<Vec<Vec<u8>>> {
    const SAID: [(&str, &str); 6] = [
        (
            "windows-1252",
            "“Café,” she said – naïve.\r\n\r\nGrüße aus Köln.\r\n",
        ),
        (
            "KOI8-U",
            "Мы стояли в очереди за газом.\n\nНикто не знал.\n",
        ),
        (
            "windows-1251",
            "Мы стояли в очереди за газом.\n\nНикто не знал.\n",
        ),
        (
            "Shift_JIS",
            "物価が一晩で上がった。\n\n誰も知らなかった。\n",
        ),
        ("GBK", "价格一夜之间上涨。\n\n没有人知道。\n"),
        ("EUC-KR", "가격이 하룻밤 사이에 올랐다.\n\n아무도 몰랐다.\n"),
    ];
    let mut all = files("tests/fixtures", "kazakhstan.source.txt")?;
    for (label, said) in SAID {
        if let Some(encoding) = Encoding::for_label(label.as_bytes()) {
            all.push(encoding.encode(said).0.into_owned());
        }
        all.push(said.as_bytes().to_vec());
        all.push(
            "\u{feff}"
                .encode_utf16()
                .chain(said.encode_utf16())
                .flat_map(u16::to_le_bytes)
                .collect(),
        );
        all.push(said.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    Ok(all)
}

/// A page as browsers save it: as it is, and in base64.
fn saved(page: &[u8]) -> [Vec<u8>; 2] {
    let head = |encoding: &str| {
        format!(
            "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/a\r\n\
             MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\
             \tboundary=\"a\"\r\n\r\n\r\n--a\r\nContent-Type: text/css\r\n\r\np{{}}\r\n--a\r\n\
             Content-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: {encoding}\r\n\
             Content-Location: https://example.org/b\r\n\r\n"
        )
    };
    let page = String::from_utf8_lossy(page);
    let quoted = page.replace('=', "=3D").replace('\n', "=0A=\r\n");
    let whole = |encoding: &str, held: &str| (head(encoding) + held + "\r\n--a--\r\n").into_bytes();
    [
        whole("quoted-printable", &quoted),
        whole("base64", &base64(page.as_bytes())),
    ]
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut written = String::new();
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or_default());
        let all = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let sign = SIGNS[(all >> (18 - 6 * at) & 63) as usize];
            written.push(if at > three.len() {
                '='
            } else {
                char::from(sign)
            });
        }
        if written.len() % 78 == 76 {
            written += "\r\n";
        }
    }
    written
}

/// What is in an OpenDocument archive as one file: its text with its own styles.
fn flat(odt: &[u8]) -> Option<Vec<u8>> {
    let files = packed::unpacked(odt);
    let (_, content) = files.iter().find(|(name, _)| name == "content.xml")?;
    let content = String::from_utf8_lossy(content);
    Some(
        content
            .replace("office:document-content", "office:document")
            .into_bytes(),
    )
}

/// The sample project, with its history or without.
fn a_project(with_history: bool) -> Option<Vec<u8>> {
    let names = ["kazakhstan", "scripts", "anna", "berik"];
    let documents: Vec<Arc<Document>> = names
        .iter()
        .filter_map(|name| {
            let source = fs::read_to_string(format!("{ROOT}articles/{name}.article")).ok()?;
            article::read(&source).ok().map(Arc::new)
        })
        .collect();
    let mut number = 0;
    let name = || {
        number += 1;
        Uuid::from_u128(number)
    };
    let at = Timestamp(1_642_000_000_000);
    let edits = sample::edits(&documents, name, at);
    let mut project = Project::new([]);
    project.apply(&edits);
    let texts: Vec<_> = documents.iter().map(|own| own.version()).collect();
    for text in &texts {
        project.read(text.clone());
    }
    let without = Parts {
        title: "Sample",
        generated: at,
        project: &project,
        texts: &texts,
        journal: None,
    };
    let bytes = project::write(&without).ok()?.bytes;
    if !with_history {
        return Some(bytes);
    }
    // What one that has none is read as is a history.
    let records = project::read(&bytes, &[], at, &|_| ())
        .ok()?
        .records
        .join("\n\n");
    let journal = Some(&*records);
    Some(project::write(&Parts { journal, ..without }).ok()?.bytes)
}

const PAGES: [&str; 3] = [
    "<!doctype html><html lang=en><head><title>Prices rose – The Paper</title>\
     <meta name=author content=Anna></head><body class=has-sidebar><nav><a href=/>Home</a></nav><article>\
     <h1>Prices rose</h1><p>By Anna</p><p>The prices rose overnight, and nobody had been told, which \
     is why so many of them stood in line before the sun was up, with their cars, and waited.</p>\
     <ul class=dialogue><li>“Did you know?”</li><li>“No.”</li></ul><p>They were told at nine that there \
     was no more, and went home, and came again the next day, and the day after that.<sup><a href=#fn1 \
     id=r1>1</a></sup></p><figure><img src=a.png alt='A line'><figcaption>The line.</figcaption></figure>\
     <table><caption>Prices</caption><tr><th>Day<th>Price<tr><td rowspan=2>1<td>50<tr><td>60</table>\
     <ol start=3><li>a<ol type=a><li>b</ol></ol></article><section role=doc-endnotes><ol><li id=fn1>\
     A note. <a href=#r1>↩</a></ol></section><aside>Share</aside></body></html>",
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.<span>\
     &nbsp;</span></span>One</p><p style='mso-list:l0 level2 lfo1'>Two</p><pre>a\n  b</pre><blockquote>\
     <p>c</p></blockquote><p>d<br>e<b>f<i>g</b>h</i></p><dl><dt>i<dd>j</dl><math><mi>x</mi><annotation \
     encoding='application/x-tex'>x^2</annotation></math><svg><title>k</title><text>l</text></svg>",
    "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title/><style/></head><body>\
     <div/><p id='a'>One <a href='#b' epub:type='noteref'>1</a></p><aside id='b' epub:type='footnote'><p>\
     Two</p></aside></body></html>",
];

const MARKDOWN: [&str; 2] = [
    "---\ntitle: \"A: b\"\nauthor:\n  - Anna\n  - Berik\ndate: 2022-01-05\ntags: [a, b]\nabstract: >\n  Long\n  \
     lines\n---\n\n# Title\n\nSetext\n===\n\nA *b* **c** `d` ~~e~~ [f](g \"h\") ![i](j) <k@l.m>[^1] [n]  \no\\\np\n\n\
     [n]: https://example.org\n\n- a\n  - b\n\n    c\n1. d\n2) e\n\n> f\n> > g\n\n```rust\nh\n```\n\n    i\n\n| a | b |\n\
     |:--|--:|\n| c \\| d | e |\n\n***\n\nH<sub>2</sub>O<br>\n<div>\nx\n</div>\n\n[^1]: A note\n    with\n\n    more.\n",
    "# One\n\nWords[^a][^b] and[^a].\n\n[^a]: First[^b].\n[^b]: > Second\n\n* [x] done\n* [ ] not\n",
];

const CELLS: [&str; 4] = [
    "Title\tAuthor\tYear\r\nRise\tAnna\t2022\r\n\"two\r\nlines\"\t\"say \"\"yes\"\"\"\t'=1+1\r\n",
    "\u{feff}a;b;c\nd;\"e;f\";g\n",
    "a,\"b, c\",d\ne,f,g\n",
    "One column\n'-x\n\nthree",
];
