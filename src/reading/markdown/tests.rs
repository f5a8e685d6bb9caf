use proptest::prelude::*;

use super::read;
use crate::document::{InlineKind, Version};
use crate::reading::Reading;
use crate::words::{reading_markdown as words, reading_text};

/// A version as a picture: a block to a line, its kind before it, in braces what stands out.
fn picture(version: &Version) -> Vec<String> {
    let text = version.text.text();
    let mut lines = Vec::new();
    for block in version.blocks.iter() {
        let (start, end) = (block.span.start.index(), block.span.end.index());
        let mut marks: Vec<(usize, usize, String)> = Vec::new();
        for (order, inline) in version.inlines.iter().enumerate() {
            let (from, to) = (inline.span.start.index(), inline.span.end.index());
            if from < start || to > end {
                continue;
            }
            let name = match &inline.kind {
                InlineKind::Emphasis => "em".to_owned(),
                InlineKind::Strong => "strong".into(),
                InlineKind::Code => "code".into(),
                InlineKind::Subscript => "sub".into(),
                InlineKind::Superscript => "sup".into(),
                InlineKind::Link(address) => address.to_string(),
                InlineKind::Reference(number) => {
                    marks.push((from, 2 * order + 1, format!("{{^{number}}}")));
                    continue;
                }
            };
            marks.push((from, 2 * order + 1, format!("{{{name}:")));
            marks.push((to, 0, "}".into()));
        }
        marks.sort();
        let mut words = String::new();
        let mut at = start;
        for (place, _, mark) in marks {
            words += &text[at..place];
            words += &mark;
            at = place;
        }
        words += &text[at..end];
        lines.push(
            format!("{} {}", block.kind, words.replace('\n', "/"))
                .trim_end()
                .into(),
        );
    }
    lines
}

fn again(version: &Version) -> Option<Version> {
    let text = version.text.shared();
    Version::divided(&version.layout(), text, version.digest.clone())
}

#[track_caller]
fn check(file: &str, expected: &[&str]) -> Reading {
    let reading = read(file);
    assert_eq!(picture(&reading.version), expected, "{file}");
    assert_eq!(again(&reading.version).as_ref(), Some(&reading.version));
    reading
}

#[track_caller]
fn check_silent(file: &str, expected: &[&str]) {
    let reading = check(file, expected);
    assert!(reading.remarks.is_empty(), "{:?}", reading.remarks);
}

#[test]
fn a_rich_document_is_read() {
    let reading = check(
        include_str!("../../../tests/fixtures/reading/rich.md"),
        &[
            "title First heading",
            "text A paragraph with {em:emphasis}, {strong:strong}, {code:code}, a {https://example.org/a?b=c&d:link}, a footnote{^1} and a non-breaking space. Soft-hyphen: co\u{ad}operate. Dash – “quotes” ’tis, 中文字, ئۇيغۇر, é (combining).",
            "quotation A quotation of two lines.",
            "quotation nested",
            "item-1 one",
            "item-1 two",
            "item-2-1 inner a",
            "item-2-2 inner b/second paragraph of b",
            "item-1 three",
            "text Term : Definition",
            "table-head Left",
            "head Right",
            "row-cell a b",
            "cell 1",
            "row-cell c|d",
            "cell 2",
            "text : A table caption",
            "description A figure caption",
            "heading-2 Second heading",
            "text Line one/line two after a hard break.",
            "code def f():/    return 1",
            "text H~2~O and x^2^ and gone.",
            "footnote-1 The note's text, with {em:emphasis}.",
        ],
    );
    assert_eq!(reading.about.title, "A rich document");
    assert_eq!(reading.about.author, "Ann");
    assert_eq!(reading.about.language, "en");
    assert_eq!(reading.remarks, [words::images(1)]);
}

#[test]
fn the_first_heading_of_level_1_is_the_title() {
    check_silent(
        "## Before\n# *One*\nText\n# Two\n#\n### Three\nFour\n====\n###### Six #\n",
        &[
            "heading-2 Before",
            "title {em:One}",
            "text Text",
            "heading-2 Two",
            "heading-3 Three",
            "heading-2 Four",
            "heading-6 Six",
        ],
    );
    check_silent("#\n\n# One\n", &["title One"]);
    check_silent(
        "> # Quoted\n\n- # Item\n  more\n",
        &["quotation Quoted", "item-1 Item/more"],
    );
    let reading = check("---\ntitle: One\n---\nText", &["text Text"]);
    assert_eq!(reading.about.title, "One");
}

#[test]
fn lists_are_as_deep_and_numbered_as_they_stand() {
    check_silent(
        "- a\n- b\n  1. c\n\n     d\n  2. e\n- f\n\ng\n\n7) h\n7) i\n",
        &[
            "item-1 a",
            "item-1 b",
            "item-2-1 c/d",
            "item-2-2 e",
            "item-1 f",
            "text g",
            "item-1-7 h",
            "item-1-8 i",
        ],
    );
    // What an item goes on with behind another block is no second item.
    check_silent(
        "1. a\n   - b\n\n   c\n2. d\n\n       code\n\n   e\n",
        &[
            "item-1-1 a",
            "item-2 b",
            "text c",
            "item-1-2 d",
            "code code",
            "text e",
        ],
    );
    check_silent("- - a\n-\n- b\\\n  c<br>d\n", &["item-2 a", "item-1 b/c/d"]);
    check_silent("- a\n  ***\n  b\n", &["item-1 a/b"]);
    check_silent(
        "999999999. a\n1. b\n",
        &["item-1-999999999 a", "item-1-1000000000 b"],
    );
    check_silent("- [ ] a\n- [x] b\n", &["item-1 [ ] a", "item-1 [x] b"]);
}

#[test]
fn quotations_hold_paragraphs_and_lists() {
    check_silent(
        "> One\n> two\n>\n> > Three\n>\n> - a\n>\n>   b\n>   > c\n>\n>   d\n> ```\n> e\n> ```\nText\n",
        &[
            "quotation One two",
            "quotation Three",
            "item-1 a/b",
            "quotation c",
            "quotation d",
            "code e",
            "text Text",
        ],
    );
}

#[test]
fn code_is_as_it_was_typed() {
    check_silent(
        "```rust\r\n  fn a() {\r\n\r\n\t}\r\n\r\n```\r\nText `a  b` and ` `\r\n\r\n    in\n      dented\n",
        &[
            "code   fn a() {//\t}",
            "text Text {code:a  b} and {code: }",
            "code in/  dented",
        ],
    );
    check_silent("```\n```\n", &[]);
}

#[test]
fn tables_have_cells() {
    check_silent(
        "| a | b\\|c |\n|---|---|\n| *d* | |\n| e<br>f |\n\nText\n",
        &[
            "table-head a",
            "head b|c",
            "row-cell {em:d}",
            "cell",
            "row-cell e/f",
            "cell",
            "text Text",
        ],
    );
    check_silent("- a\n  |b|\n  |-|\n", &["item-1 a", "table-head b"]);
    check_silent(
        "|a|\n|-|\n\n|b|\n|-|\n|c|\n",
        &["table-head a", "table-head b", "row-cell c"],
    );
}

#[test]
fn footnotes_close_the_text_in_the_order_of_their_references() {
    check_silent(
        "# One[^b]\n\n[^a]: A *note*,\n    with lines[^c]\n\n    and\n\n    - more\n    - items\n\nTwo[^a] three[^B][^d].\n\n[^b]: B\n\n[^c]: C[^c]\n",
        &[
            "title One{^1}",
            "text Two{^2} three{^1}[^d].",
            "footnote-1 B",
            "footnote-2 A {em:note}, with lines{^3}/and/more/items",
            "footnote-3 C{^3}",
        ],
    );
    let reading = check(
        "One[^a].\n\n[^x]: X[^y]\n\n[^a]: A\n\n[^a]: Another\n\n[^y]: Y\n",
        &[
            "text One{^1}.",
            "footnote-1 A",
            "footnote-2 X{^3}",
            "footnote-3 Y",
            "footnote-4 Another",
        ],
    );
    assert_eq!(reading.remarks, [words::unreferred_footnotes(2)]);
    // One of those may refer to another of them, and to itself.
    let reading = check(
        "a\n\n[^x]: X[^x][^y]\n\n[^z]: Z[^x]\n\n[^y]: Y\n",
        &[
            "text a",
            "footnote-1 X{^1}{^2}",
            "footnote-2 Y",
            "footnote-3 Z{^1}",
        ],
    );
    assert_eq!(reading.remarks, [words::unreferred_footnotes(2)]);
    check_silent(
        "- a[^1]\n\n  [^1]: |b|c|\n      |-|-|\n      |d|e|\n- f\n\n> g\n",
        &[
            "item-1 a{^1}",
            "item-1 f",
            "quotation g",
            "footnote-1 b c/d e",
        ],
    );
}

#[test]
fn images_are_left_out_and_their_words_stay() {
    let reading = check(
        "![A *big* cat](cat.png)\n\n[![a](a.png)](https://example.org) ![b][1]\n![](c.png)\n\nSee ![the `cat`](cat.png \"title\") here.\n\n- ![d](d.png)\n\n[1]: b.png\n",
        &[
            "description A big cat",
            "description a",
            "description b",
            "text See the cat here.",
            "item-1 d",
        ],
    );
    assert_eq!(reading.remarks, [words::images(6)]);
    check(
        "![a](b) c\n\n![d](e)\n# f\n",
        &["text a c", "description d", "title f"],
    );
}

#[test]
fn html_is_left_out_and_counted() {
    let reading = check(
        "One<br>two<BR />three H<sub>2</sub>O x<sup>*n*</sup> <b>bold</b> <!-- no --> end\n\n<div>gone\nwith it</div>\n\n<br>\n\nText\n",
        &[
            "text One/two/three H{sub:2}O x{sup:{em:n}} bold end",
            "text Text",
        ],
    );
    assert_eq!(
        reading.remarks,
        [words::html_blocks(1), words::html_tags(3)]
    );
    // Tags that do not match end with what is around them.
    check_silent(
        "*a <sub>b* c</sub> d</sup>\n\ne <sup>f\n\ng",
        &["text {em:a {sub:b}} c d", "text e {sup:f}", "text g"],
    );
}

#[test]
fn words_are_as_they_were_typed() {
    check_silent(
        "\"Quotes\" -- 'and' --- dashes... &amp; &copy; \\* a\nb  \nc :smile: $x$ [[page]] [x] <\n",
        &["text \"Quotes\" -- 'and' --- dashes... & © * a b/c :smile: $x$ [[page]] [x] <"],
    );
    check_silent(
        "H~2~O, x^2^, ~~gone~~, x^2 and y^2, ~a b~, ~5 to ~10\n",
        &["text H~2~O, x^2^, gone, x^2 and y^2, a b, ~5 to ~10"],
    );
    check_silent(
        "Term\n:   Definition\n\n---\n\nText {#id}\n***\n",
        &["text Term : Definition", "text Text {#id}"],
    );
    check_silent("---\nA heading\n---\n", &["heading-2 A heading"]);
    check_silent("a\n\n---\nb: c\n---\n", &["text a", "heading-2 b: c"]);
}

#[test]
fn links_lead_somewhere() {
    check_silent(
        "[a *b*](</x y> \"title\") <https://example.org> <a@example.org> [c] [d]() [*e*][C]\n\n[c]: #f\n",
        &[
            "text {/x%20y:a {em:b}} {https://example.org:https://example.org} {mailto:a@example.org:a@example.org} {#f:c} d {#f:{em:e}}",
        ],
    );
    check_silent(
        "**a __b *c `d`* e__ f** ***g***\n",
        &["text {strong:a b {em:c {code:d}} e f} {em:{strong:g}}"],
    );
}

#[test]
fn nothing_is_lost_in_silence() {
    let reading = check("\u{feff}a\0b", &["text a\u{fffd}b"]);
    assert_eq!(reading.remarks, [reading_text::nuls(1)]);
    for empty in ["", "\n", "\u{feff}", "---\n---\n", "[a]: b\n"] {
        check_silent(empty, &[]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_divides_again(
        pieces in proptest::collection::vec(
            prop_oneof![
                4 => proptest::sample::select(vec![
                    "\n", "\n\n", " ", "    ", "> ", "- ", "3. ", "# ", "## ", "*", "**", "_", "`", "```", "[", "]", "(", ")",
                    "![", "](a)", "[^1]", "[^a]", "[^1]: ", "[^a]: ", "|", "\n|-|-|\n", "~", "^", "<br>", "<sub>", "</sub>", "<sup>",
                    "<div>", "<!--", "-->", "---\n", "+++\n", "a: b\n", "&#0;", "&nbsp;", "\\", "\t", "\r", "\0", "word", "é", "[a]: b\n",
                    "<a@b.c>", "\u{a0}", "***\n", "===\n",
                ]).prop_map(str::to_owned),
                1 => "\\PC{0,8}",
            ],
            0..40,
        )
    ) {
        let file = pieces.concat();
        let version = read(&file).version;
        prop_assert_eq!(again(&version), Some(version.clone()));
        let joined = Version::new(version.parts());
        prop_assert_eq!(joined.digest, version.digest);
    }

    #[test]
    fn any_string_divides_again(file in any::<String>()) {
        let version = read(&file).version;
        prop_assert_eq!(again(&version), Some(version.clone()));
    }
}

/// A name, and a file of some length.
type Hostile = (&'static str, fn(usize) -> String);

/// What is nested or repeated without end, as many times as is asked for.
const HOSTILE: [Hostile; 30] = [
    ("front matter", |n| {
        format!("---\n{}---\n", "a: b\n".repeat(n))
    }),
    ("a list in front matter", |n| {
        format!("---\na: [{}{}]\n---\n", " ".repeat(n), "a'\", ".repeat(n))
    }),
    ("quotations", |n| ">".repeat(n) + "a"),
    ("footnotes in footnotes", |n| {
        "[^1]: ".repeat(n.min(160)) + "a" + &"\na".repeat(n)
    }),
    ("quotations, not too deep", |n| {
        ">".repeat(n.min(1_000)) + "a" + &"\na".repeat(n)
    }),
    ("quotations and lines", |n| {
        ">".repeat(n) + "a" + &"\na".repeat(n)
    }),
    ("quotations that deepen", |n| {
        let side = (n as f64).sqrt() as usize;
        (0..side).map(|deep| ">".repeat(deep) + "a\n\n").collect()
    }),
    ("brackets", |n| "[".repeat(n)),
    ("brackets that close", |n| "[".repeat(n) + &"]".repeat(n)),
    ("images", |n| "![".repeat(n) + &"](a)".repeat(n)),
    ("links", |n| "[a](b) ".repeat(n)),
    ("stars", |n| "*".repeat(n)),
    ("stars in a line", |n| "a".to_owned() + &"*".repeat(n)),
    ("emphasis", |n| "*a **a ".repeat(n) + &"a** a* ".repeat(n)),
    ("emphasis that does not end", |n| "*a _b ".repeat(n)),
    ("items", |n| "- a\n".repeat(n)),
    ("items inside of items", |n| "- ".repeat(n) + "a"),
    ("items and numbers", |n| "1. ".repeat(n) + "a"),
    ("empty items", |n| "- a [b](c)\n-\n".repeat(n)),
    ("footnotes", |n| {
        (0..n)
            .map(|n| format!("a[^{n}]\n\n[^{n}]: b\n\n"))
            .collect()
    }),
    ("references alone", |n| {
        "[a](b)\n\n[^1]\n\n".repeat(n) + "[^1]: c"
    }),
    ("cells", |n| "|a\n|-\n".to_owned() + &"|a|b\n".repeat(n)),
    ("columns", |n| {
        "|a".repeat(n) + "\n" + &"|-".repeat(n) + "\n" + &"|b\n".repeat(n)
    }),
    ("code", |n| "`a ".repeat(n)),
    ("code of many lengths", |n| {
        let side = (n as f64).sqrt() as usize;
        (1..side).map(|long| "`".repeat(long) + " ").collect()
    }),
    ("tags", |n| "<sub>*a ".repeat(n) + &"</sub>*".repeat(n)),
    ("tags that do not end", |n| "<a ".repeat(n)),
    ("comments", |n| "a <!-- ".repeat(n)),
    ("breaks", |n| "a<br>\\\n".repeat(n)),
    ("words", |n| "word ".repeat(n)),
];

#[test]
fn what_is_hostile_takes_time_in_proportion() {
    let took = |file: &str| {
        let start = std::time::Instant::now();
        let version = read(file).version;
        let took = start.elapsed().as_secs_f64();
        assert_eq!(again(&version).as_ref(), Some(&version));
        took
    };
    for (name, made) in HOSTILE {
        let (short, long) = (made(2_000), made(16_000));
        // Eight times as much takes eight times as long, or 64 times where it grows by the square. A
        // machine that is busy with other things is asked again.
        let is_in_proportion = (0..10).any(|_| took(&long) / took(&short) < 24.0);
        assert!(is_in_proportion, "{name}");
    }
}

#[test]
fn what_is_nested_too_deeply_is_plain_text() {
    let file = ">".repeat(100_000) + " a\n\n*b*\n";
    let reading = check(
        &file,
        &[
            &format!("text {}", file.trim().split_once('\n').unwrap().0),
            "text *b*",
        ],
    );
    assert_eq!(reading.remarks, [words::TOO_DEEP]);
    let deep = "> ".repeat(400) + "a";
    check_silent(&deep, &["quotation a"]);
    check_silent(&("- ".repeat(400) + "a"), &["item-32 a"]);
    // Not what stands before words.
    let long = format!("[^1] {} ]: a", "word ".repeat(300));
    assert_eq!(read(&long).remarks, [""; 0]);
    assert_eq!(read(&"*".repeat(1_000_000)).remarks, [""; 0]);
}
