use proptest::prelude::*;

use super::*;
use crate::reading::html::tests::soup;

/// A sentence of an article, long enough that a few are one.
const SENTENCE: &str = "Where the road turns to the lake, the houses stand close together, and in winter, \
    when the wind comes from the north, nobody who has no need to goes out, as everyone there knows.";

fn paragraphs(count: usize) -> String {
    format!("<p>{SENTENCE}</p>").repeat(count)
}

/// A page with furniture around what is given.
fn page(article: &str) -> String {
    format!(
        "<!doctype html><html lang=de class='sidebar-visible'><head><title>The lake | A site</title>\
        <meta name=author content='Ann Other'><meta property='og:site_name' content='A site'>\
        <meta property='article:published_time' content='2020-01-02'>\
        <link rel=canonical href='https://example.org/lake'></head><body>\
        <nav><ul><li><a href=/>Home</a><li><a href=/b>Other pages</a></ul></nav>\
        <div id=main><h1>The <em>lake</em></h1>{article}</div>\
        <div class=sidebar><a href=/c>Read this as well</a></div><footer>All rights reserved</footer></body></html>"
    )
}

fn parts(version: &Version) -> Vec<(String, &str)> {
    let parts = version.parts();
    parts
        .map(|(kind, words)| (kind.to_string(), words))
        .collect()
}

#[test]
fn an_article_stands_under_its_headline_and_author() {
    let html = page(&format!(
        "{}<h2>More</h2><ul><li>{SENTENCE}</ul>",
        paragraphs(6)
    ));
    let reading = read(&html, Some("https://example.org/saved"), false);
    let found = parts(&reading.version);
    let kinds: Vec<&str> = found.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(
        kinds,
        [
            "title",
            "byline",
            "text",
            "text",
            "text",
            "text",
            "text",
            "text",
            "heading-2",
            "item-1"
        ]
    );
    assert_eq!((found[0].1, found[1].1), ("The lake", "Ann Other"));
    let about = About {
        title: "The lake".into(),
        author: "Ann Other".into(),
        date: "2020-01-02".into(),
        language: "de".into(),
        source: "https://example.org/lake".into(),
        others: vec![(words::SITE.into(), "A site".into())],
    };
    assert_eq!(reading.about, about);
    assert_eq!(reading.remarks, [words::left_out(10, 3)]);
}

#[test]
fn all_of_a_page_has_what_stands_around_the_article() {
    let html = page(&paragraphs(6));
    let reading = read(&html, None, true);
    let found = parts(&reading.version);
    let expected = [
        ("item-1", "Home"),
        ("item-1", "Other pages"),
        ("title", "The lake"),
    ];
    assert_eq!(
        found[..3],
        expected.map(|(kind, words)| (kind.to_owned(), words))
    );
    assert_eq!(found.last().unwrap().1, "All rights reserved");
    assert_eq!(reading.remarks, [""; 0]);
    let link = &reading.version.inlines[1].kind;
    assert_eq!(
        *link,
        crate::document::InlineKind::Link("https://example.org/b".into())
    );
}

#[test]
fn a_page_without_an_article_is_all_of_it() {
    let html = format!(
        "<title>Short</title><nav>{}</nav><p>Yes.",
        "<a href=x>menu item</a> ".repeat(40)
    );
    let reading = read(&html, None, false);
    assert!(
        reading.version.text.text().contains("menu item"),
        "{reading:?}"
    );
    assert_eq!(parts(&reading.version)[0], ("title".to_owned(), "Short"));
    let empty = read("", None, false);
    assert_eq!(parts(&empty.version), []);
    assert_eq!(empty.remarks, [words::NO_ARTICLE]);
}

#[test]
fn talk_and_verse_inside_an_article_stay() {
    let check = |lines: &str, last: &str, count: usize| {
        let html = page(&format!("{}{lines}{}", paragraphs(4), paragraphs(4)));
        let reading = read(&html, None, false);
        let is_in = reading.version.text.text().contains(last);
        assert_eq!(is_in, !last.is_empty(), "{lines}");
        let kept = (count > 0).then(|| words::kept_lines(count));
        assert_eq!(reading.remarks.get(1), kept.as_ref(), "{lines}");
    };
    // What a reading view has as well.
    check(
        "<div><div>– Who is it?</div><div>– It is me.</div><div>– Come in!</div></div>",
        "Come in",
        0,
    );
    check(
        "<ul><li>“Who is it?”</li><li>“It is me.”</li><li>“Yes.”</li></ul>",
        "Yes",
        0,
    );
    check(
        "<div>The lake is deep,<br>the lake is wide.</div>",
        "wide",
        0,
    );
    // What it drops for its name.
    check(
        "<div class=media><p>– Who is it?<p>– It is me.</div>",
        "It is me",
        2,
    );
    check(
        "<ul class=scroll><li>“Who is it?”</li><li>“It is me.”</li></ul>",
        "It is me",
        2,
    );
    check(
        "<table class=media><tr><td>A:<td>Who?<tr><td>B:<td>I.</table>",
        "I.",
        4,
    );
    // What is no talk stays left out.
    for other in [
        "<div class=related><p>Read on.</p><p>And on.</p></div>",
        "<div class=media><p><a href=x>Read on.</a><p><a href=y>And on.</a></div>",
        "<div class=media><p>Advertisement<p>Read on</div>",
        "<aside><p>Read on.</p><p>And on.</p></aside>",
    ] {
        let html = page(&format!("{}{other}{}", paragraphs(4), paragraphs(4)));
        let version = read(&html, None, false).version;
        assert!(!version.text.text().contains("Read on"), "{other}");
    }
}

#[test]
fn where_a_page_was_saved_from() {
    for (html, expected) in [
        (
            "<!-- saved from url=(0023)https://example.org/a/ -->\n<html>",
            Some("https://example.org/a/"),
        ),
        (
            "<html><!--\n Page saved with SingleFile \n url: https://example.org/b \n saved date: x",
            Some("https://example.org/b"),
        ),
        ("<!-- saved from url=(0014)about:internet -->", None),
        ("<p>url: https://example.org", None),
    ] {
        assert_eq!(facts::saved_from(html), expected);
    }
}

#[test]
fn what_shows_its_markup_shows_it() {
    let said = "a & b <i>c</i> \"d\"";
    for tag in ["xmp", "pre"] {
        let words = if tag == "xmp" {
            said.to_owned()
        } else {
            said.replace('&', "&amp;").replace('<', "&lt;")
        };
        let html = page(&format!("{}<{tag}>{words}</{tag}>", paragraphs(5)));
        let version = read(&html, None, false).version;
        assert!(version.text.text().contains(said), "{tag}");
    }
}

#[test]
fn an_author_is_named_once_and_a_figure_keeps_its_caption() {
    let html = page(&format!(
        "<p class=author>Ann Other</p>{}<figure><img src=x alt='The lake'>\
         <figcaption aria-hidden=true>The lake</figcaption></figure>{}",
        paragraphs(4),
        paragraphs(2)
    ));
    let version = read(&html, None, false).version;
    let found = parts(&version);
    let of = |kind: &str| found.iter().filter(|own| own.0 == kind).count();
    assert_eq!((of("byline"), of("caption")), (1, 1), "{found:?}");
}

#[test]
fn of_a_noscript_nothing_but_a_picture_is_read() {
    let written = |held: &str| {
        let page = format!("<p>a</p><noscript>{held}</noscript><p>c</p>");
        let written = write::marked(&Tree::parse(&page));
        let (_, behind) = written.split_once("<noscript data-themark").unwrap();
        let (_, behind) = behind.split_once('>').unwrap();
        let (inside, _) = behind.split_once("</noscript>").unwrap();
        inside.to_owned()
    };
    assert_eq!(
        written("<a href=/b><img src=x alt='y z'></a>"),
        r#"<img src="x" alt="y z">"#
    );
    assert_eq!(written("Words <img src=x>"), "");
    assert_eq!(written(&"<div>".repeat(5_000)), "");
    assert_eq!(written("<script type=application/ld+json><!--<script>"), "");
    // In an SVG it is an element like any other, and its words are no markup.
    let svg = write::marked(&Tree::parse("<svg><noscript>&lt;div></noscript></svg>"));
    assert!(svg.contains(">&lt;div&gt;<"), "{svg}");
    let html = page(&format!(
        "{}<p>Said <noscript><p>inner</noscript> more</p>",
        paragraphs(5)
    ));
    assert!(
        !read(&html, None, false)
            .version
            .text
            .text()
            .contains("inner")
    );
}

#[test]
fn no_page_is_too_much() {
    let deep = |tag: &str| format!("{}{}", format!("<{tag}>").repeat(100_000), paragraphs(5));
    for html in [
        deep("div"),
        deep("b"),
        deep("table><tr><td"),
        deep("svg"),
        "<div><p>x, y</p></div>".repeat(5000),
        "<br>".repeat(12500),
        format!("<table>{}", "<tr><td>a, b<td>c".repeat(5000)),
        page(&"<ul><li>Yes.<li>No.</ul>".repeat(2500)),
        page(&format!("{}{}", paragraphs(5), "<p>".repeat(12500))),
    ] {
        let reading = read(&html, None, false);
        assert!(reading.version.text.text().len() <= html.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_page_is_a_version(soup in soup(), whole: bool) {
        let html = page(&format!("{}{soup}{}", paragraphs(2), paragraphs(2)));
        let version = read(&html, Some("https://example.org/"), whole).version;
        let again = Version::divided(&version.layout(), version.text.shared(), version.digest.clone());
        prop_assert_eq!(again, Some(version));
    }
}
