//! The bundled article says every word of its source, and no word more.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "a test says what it wants by failing"
)]

use themark::articles;
use themark::document::{BlockKind, Part};

const SOURCE: &str = include_str!("fixtures/kazakhstan.source.txt");

/// The source without the furniture of the page it stood on.
fn without_furniture() -> String {
    let (_, article) = SOURCE.split_once("– Larry C. Napper\n").unwrap();
    let mut text = article.to_string();
    for (furniture, instead) in [
        ("Getty Images)\n", "Getty Images\n"),
        (
            "[Over 140,000 readers rely on The Conversation’s newsletters to understand the world. Sign up today.]",
            "",
        ),
        ("unrest.The Conversation", "unrest."),
        (" Read the original article.", ""),
    ] {
        assert_eq!(text.matches(furniture).count(), 1, "{furniture}");
        text = text.replace(furniture, instead);
    }
    text
}

#[test]
fn every_word_of_the_source_stands_in_the_article_in_order() {
    let article = articles::all().remove(0);
    let expected = without_furniture();
    let expected: Vec<&str> = expected.split_whitespace().collect();
    let words: Vec<&str> = article.text.text().split_whitespace().collect();
    assert_eq!(words, expected);
}

#[test]
fn the_article_is_divided_as_a_reader_sees_it() {
    let article = articles::all().remove(0);
    let headings = article
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Heading(2));
    assert_eq!(headings.count(), 5);
    let parts = article.parts();
    let figures = |parts: &[Part]| {
        parts
            .iter()
            .filter(|part| matches!(part, Part::Group(_)))
            .count()
    };
    assert_eq!(figures(&parts.header), 1);
    assert_eq!(figures(&parts.body), 1);
    assert_eq!(parts.footer.len(), 2);
    let licence = article.record.licence.clone().unwrap();
    assert_eq!(&*licence.name, "CC BY-ND 4.0");
}
