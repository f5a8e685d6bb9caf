//! What the page shows before its program runs is the beginning of the first article, as
//! the program draws it.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "a test says what it wants by failing"
)]

use std::fmt::Write;

use sha2::{Digest, Sha256};
use themark::articles;
use themark::document::{BlockKind, Document, Part};

const PAGE: &str = include_str!("../index.html");

/// Parts of the body that are shown: more than a high screen has room for.
const PARTS: usize = 12;

fn block(document: &Document, number: usize) -> String {
    let block = document.blocks[number];
    let words = block.span.of(document.text.text());
    let words = words.replace('&', "&amp;").replace('<', "&lt;");
    let (name, class) = match block.kind {
        BlockKind::Title => ("h1", String::new()),
        BlockKind::Heading(2) => ("h2", String::new()),
        BlockKind::Paragraph => ("p", " class=\"text\"".to_owned()),
        other => ("p", format!(" class=\"{}\"", other.name())),
    };
    format!("<{name}{class} dir=\"auto\">{words}</{name}>")
}

fn part(document: &Document, part: &Part) -> String {
    let blocks = match part {
        Part::Block(number) => return block(document, *number),
        Part::Group(blocks) => blocks.clone(),
    };
    let is_picture = |number: &usize| document.blocks[*number].kind == BlockKind::Description;
    let (pictures, words): (Vec<usize>, Vec<usize>) = blocks.partition(is_picture);
    let written = |numbers: Vec<usize>| -> String {
        let blocks = numbers.into_iter().map(|number| block(document, number));
        blocks.collect()
    };
    let (pictures, words) = (written(pictures), written(words));
    format!("<figure>{pictures}<figcaption>{words}</figcaption></figure>")
}

#[test]
fn the_first_screen_is_the_beginning_of_the_first_article() {
    let document = articles::all().remove(0);
    let parts = document.parts();
    let mut expected = format!(
        "<article lang=\"{}\" translate=\"no\">\n",
        document.record.language
    );
    for (open, parts, close) in [
        ("<header>", &parts.header[..], "</header>"),
        ("<div class=\"section\">", &parts.body[..PARTS], "</div>"),
    ] {
        writeln!(expected, "{open}").unwrap();
        for each in parts {
            writeln!(expected, "{}", part(&document, each)).unwrap();
        }
        writeln!(expected, "{close}").unwrap();
    }
    expected += "</article>";
    let (_, shown) = PAGE.split_once("<article").unwrap();
    let (shown, _) = shown.split_once("</article>").unwrap();
    let shown = format!("<article{shown}</article>");
    let lines = shown.lines().map(str::trim);
    let shown = lines.collect::<Vec<_>>().join("\n");
    assert!(shown == expected, "index.html should hold\n\n{expected}\n");
}

/// Chromium looks whether such fields can be filled in as soon as the page is there, and has
/// all of it laid out for that: before the style sheet has come, and in other fonts.
#[test]
fn no_field_has_the_first_screen_laid_out_before_it_is_styled() {
    let (_, body) = PAGE.split_once("<body>").unwrap();
    for field in ["<input", "<select", "<textarea", "contenteditable"] {
        assert!(!body.contains(field), "{field} in the first screen");
    }
}

/// A policy's name for a script (CSP 3, 2.3.1): base64 of its SHA-256.
fn named(script: &str) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digest = Sha256::digest(script.as_bytes());
    let mut name = String::from("'sha256-");
    for three in digest.chunks(3) {
        let bits = three
            .iter()
            .fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        let bits = bits << (8 * (3 - three.len()));
        for at in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * at)) as usize % 64];
            name.push(if at <= three.len() { sign.into() } else { '=' });
        }
    }
    name + "'"
}

#[test]
fn the_policy_names_the_script_in_the_page() {
    let (_, script) = PAGE.split_once("<script>").unwrap();
    let (script, _) = script.split_once("</script>").unwrap();
    let name = named(script);
    assert!(
        PAGE.contains(&name),
        "the policy in index.html and Trunk.toml should name {name}"
    );
    assert_eq!(
        named("alert('Hello, world.');"),
        "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='",
        "the example of the standard"
    );
}

#[test]
fn the_script_in_the_page_asks_for_every_article() {
    for address in articles::FILES {
        assert!(PAGE.contains(&format!("\"{address}\"")), "{address}");
    }
}
