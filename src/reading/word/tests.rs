//! Word's documents: one of pandoc's, four of Word's, and for each rule one that is made here.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::super::testing::{damaged, drawn, fixture, holds, zip};
use super::super::{Note, Reading, open_document};
use super::*;
use crate::archive::Archive;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A document with such a body.
fn document(body: &str) -> Vec<u8> {
    with_parts(body, &[])
}

/// The same with further parts, each named by what the text needs it as.
fn with_parts(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let namespaces = [
        ("w", W),
        (
            "r",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        ),
        (
            "wp",
            "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        ),
        (
            "mc",
            "http://schemas.openxmlformats.org/markup-compatibility/2006",
        ),
        (
            "m",
            "http://schemas.openxmlformats.org/officeDocument/2006/math",
        ),
        ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ];
    let namespaces = namespaces.map(|(prefix, address)| format!(" xmlns:{prefix}=\"{address}\""));
    let namespaces = namespaces.concat();
    let root = |name: &str, inner: &str| format!("<w:{name}{namespaces}>{inner}</w:{name}>");
    let relation = |number: usize, kind: &str, target: &str, mode: &str| {
        format!("<Relationship Id=\"r{number}\" Type=\"x/{kind}\" Target=\"{target}\"{mode}/>")
    };
    let relations = |inner: String| {
        let space = "http://schemas.openxmlformats.org/package/2006/relationships";
        format!("<Relationships xmlns=\"{space}\">{inner}</Relationships>")
    };
    let external = " TargetMode=\"External\"";
    let mut needed = relation(1, "hyperlink", "https://example.org/?a=1&amp;b=2", external);
    let mut files = Vec::new();
    for (number, (kind, inner)) in parts.iter().enumerate() {
        needed += &relation(number + 2, kind, &format!("{kind}.xml"), "");
        let name = if kind.starts_with("header") {
            "hdr"
        } else {
            kind
        };
        files.push((format!("word/{kind}.xml"), root(name, inner)));
    }
    files.extend([
        (
            "_rels/.rels".to_owned(),
            relations(relation(1, "officeDocument", "/word/text.xml", "")),
        ),
        ("word/_rels/text.xml.rels".to_owned(), relations(needed)),
        (
            "word/text.xml".to_owned(),
            root("document", &format!("<w:body>{body}</w:body>")),
        ),
    ]);
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_bytes()))
        .collect();
    zip(&files)
}

fn reading(bytes: &[u8]) -> Reading {
    let reading = read(bytes, true).unwrap();
    holds(&reading);
    reading
}

/// What becomes of a body.
fn lines(body: &str) -> Vec<String> {
    drawn(&reading(&document(body)).version)
}

/// A paragraph of words.
fn p(words: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>")
}

/// A paragraph with properties.
fn styled(properties: &str, words: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
}

fn in_style(style: &str, words: &str) -> String {
    styled(&format!("<w:pStyle w:val=\"{style}\"/>"), words)
}

fn in_list(list: u32, level: u32, words: &str) -> String {
    let number = format!("<w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/>");
    styled(&format!("<w:numPr>{number}</w:numPr>"), words)
}

fn r(properties: &str, inner: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{inner}</w:t></w:r>")
}

fn refused(bytes: &[u8]) -> String {
    read(bytes, false).unwrap_err()
}

// ── files of others ──────────────────────────────────────────────────────────────────

/// What both files of the one source say, but for what is said to differ.
const RICH: [&str; 26] = [
    "title: A rich document",
    "byline: Ann",
    "heading-2: First heading",
    "text: A paragraph with <emphasis>emphasis</>, <strong>strong</>, <code>code</>, a <link https://example.org/a?b=c&d>link</>, a footnote[1] and a non-breaking space. Soft-hyphen: co\u{ad}operate. Dash – “quotes” ’tis, 中文字, ئۇيغۇر, é (combining).",
    "quotation: A quotation of two lines.",
    "quotation: nested",
    "item-1: one",
    "item-1: two",
    "item-2-1: inner a",
    "item-2-2: inner b⏎second paragraph of b",
    "item-1: three",
    "text: Term",
    "text: Definition",
    "text: A table caption",
    "table-head: Left",
    "head: Right",
    "row-cell: a b",
    "cell: 1",
    "row-cell: c|d",
    "cell: 2",
    "caption: A figure caption",
    "heading-3: Second heading",
    "text: Line one⏎line two after a hard break.",
    "code: def f():⏎    return 1",
    "text: H<subscript>2</>O and x<superscript>2</> and gone.",
    "footnote-1: The note’s text, with <emphasis>emphasis</>.",
];

#[test]
fn one_source_says_the_same_in_both_formats() {
    let word = reading(&fixture("rich-pandoc.docx"));
    let open = open_document::read(&fixture("rich-pandoc.odt"), true).unwrap();
    holds(&open);
    assert_eq!(drawn(&open.version), RICH);
    let mut lines = drawn(&word.version);
    // Pandoc gives what a picture shows to Word's file only.
    assert_eq!(lines.remove(20), "description: A figure caption");
    assert_eq!(lines, RICH);
    for reading in [&word, &open] {
        let about = &reading.about;
        let said = [&about.title, &about.author, &about.language].map(String::as_str);
        assert_eq!(said, ["A rich document", "Ann", "en"]);
        assert!(about.date.starts_with("2026-11-29T11:27:5"));
        assert_eq!(reading.remarks, [words::pictures(1)]);
        assert_eq!(reading.notes, []);
    }
}

#[test]
fn comments_stand_on_the_words_that_they_are_about() {
    let bytes = fixture("comments-rich-para.docx");
    let Reading {
        version,
        notes,
        remarks,
        ..
    } = reading(&bytes);
    let about: Vec<(&str, &str)> = notes
        .iter()
        .map(|note| (note.span.of(version.text.text()), note.text.as_str()))
        .collect();
    let expected = [
        (
            "Some text worthy of note.",
            "Text with hyperlink https://google.com embedded.",
        ),
        (
            "Other text worthy of note.",
            "Text with inline image  in the middle.",
        ),
        ("Paragraph 5", "Text with character style."),
        ("Paragraph 6", "Paragraph with Heading 2 paragraph style."),
    ];
    assert_eq!(about, expected);
    assert_eq!(remarks, [""; 0]);
    let without = read(&bytes, false).unwrap();
    assert_eq!((without.version, without.notes), (version, Vec::new()));
    assert_eq!(without.remarks, [words::comments(notes.len())]);
}

#[test]
fn what_word_writes_is_read() {
    for (name, expected) in [
        (
            "par-hyperlinks.docx",
            &[
                "text: No hyperlinks",
                "text: One <link http://yahoo.com/>awesome hyperlink</>.",
                "text: Three hyperlinks: <link http://google.com/>the first one</> here, the <link http://python.org/>second one</>, and the <link http://yahoo.com/>third</>.",
            ] as &[&str],
        ),
        (
            "num-having-numbering-part.docx",
            &["item-1-1: Paragraph having List Number style."],
        ),
        (
            "tbl-cell-access.docx",
            &[
                "table-cell: 1",
                "cell: 2",
                "cell: 3",
                "row-cell: 4",
                "cell: 5",
                "cell: 6",
                "row-cell: 7",
                "cell: 8",
                "cell: 9",
                "table-cell: 1",
                "cell: 2",
                "cell: 3",
                "row-cell: 4",
                "cell: ",
                "cell: 6",
                "row-cell: 7",
                "cell: 8",
                "cell: 9",
                "table-cell: 1",
                "cell: 2",
                "cell: 3",
                "row-cell: 4",
                "cell: 5",
                "cell: 6",
                "row-cell: 7",
                "cell: ",
                "cell: 9",
                "table-cell: 1",
                "cell: 2",
                "cell: 3",
                "row-cell: 4",
                "cell: ",
                "cell: 6",
                "row-cell: ",
                "cell: ",
                "cell: 9",
            ],
        ),
    ] {
        assert_eq!(drawn(&reading(&fixture(name)).version), expected, "{name}");
    }
}

// ── rules ────────────────────────────────────────────────────────────────────────────

const STYLES: &str = r#"
    <w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="de-DE"/></w:rPr></w:rPrDefault></w:docDefaults>
    <w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
    <w:style w:type="paragraph" w:styleId="Untertitel"><w:name w:val="Subtitle"/><w:basedOn w:val="Titel"/></w:style>
    <w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="Kapitel"><w:name w:val="Kapitel"/><w:basedOn w:val="berschrift1"/></w:style>
    <w:style w:type="paragraph" w:styleId="Abschnitt"><w:name w:val="Abschnitt"/><w:basedOn w:val="Kapitel"/><w:pPr><w:outlineLvl w:val="6"/></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="Inhalt"><w:name w:val="TOC Heading"/><w:basedOn w:val="Kapitel"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="IntensivesZitat"><w:name w:val="Intense Quote"/></w:style>
    <w:style w:type="paragraph" w:styleId="Mein"><w:name w:val="Mein"/><w:basedOn w:val="IntensivesZitat"/></w:style>
    <w:style w:type="paragraph" w:styleId="HTMLVorformatiert"><w:name w:val="HTML Preformatted"/></w:style>
    <w:style w:type="paragraph" w:styleId="Beschriftung"><w:name w:val="caption"/></w:style>
    <w:style w:type="paragraph" w:styleId="Aufz2"><w:name w:val="List Bullet 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="Kreis"><w:name w:val="a"/><w:basedOn w:val="Kreis"/></w:style>
    <w:style w:type="character" w:styleId="Fett"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
    <w:style w:type="character" w:styleId="Fetter"><w:name w:val="x"/><w:basedOn w:val="Fett"/><w:rPr><w:i w:val="true"/></w:rPr></w:style>
    <w:style w:type="character" w:styleId="Quelle"><w:name w:val="HTML Code"/></w:style>
    <w:style w:type="character" w:styleId="Weg"><w:name w:val="y"/><w:rPr><w:vanish/></w:rPr></w:style>
"#;

const NUMBERING: &str = r#"
    <w:abstractNum w:abstractNumId="0">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val=" "/></w:lvl>
    </w:abstractNum>
    <w:abstractNum w:abstractNumId="1">
        <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>
        <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%3)"/><w:lvlRestart w:val="0"/></w:lvl>
    </w:abstractNum>
    <w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Liste"/></w:abstractNum>
    <w:abstractNum w:abstractNumId="3"><w:styleLink w:val="Liste"/>
        <w:lvl w:ilvl="0"><w:start w:val="7"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>
    </w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
    <w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
    <w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
    <w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>
    <w:num w:numId="5"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">
        <w:lvl w:ilvl="0"><w:start w:val="9"/><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:lvlOverride></w:num>
"#;

fn full(body: &str) -> Reading {
    reading(&with_parts(
        body,
        &[("styles", STYLES), ("numbering", NUMBERING)],
    ))
}

#[test]
fn headings_are_known_by_their_outline_in_any_language() {
    let titled = [
        in_style("Titel", "T"),
        in_style("Untertitel", "s"),
        in_style("Kapitel", "a"),
        in_style("Abschnitt", "b"),
        in_style("Inhalt", "c"),
        styled(
            "<w:pStyle w:val=\"Kapitel\"/><w:outlineLvl w:val=\"1\"/>",
            "d",
        ),
        in_style("Titel", "again"),
        in_style("Heading2", "not described"),
        in_style("Kreis", "e"),
    ];
    let expected = [
        "title: T",
        "text: s",
        "heading-2: a",
        "heading-6: b",
        "text: c",
        "heading-3: d",
        "heading-2: again",
        "heading-3: not described",
        "text: e",
    ];
    let reading = full(&titled.concat());
    assert_eq!(drawn(&reading.version), expected);
    assert_eq!(reading.about.language, "de-DE");

    let first = [in_style("Kapitel", "T"), in_style("Kapitel", "a")].concat();
    assert_eq!(drawn(&full(&first).version), ["title: T", "heading-2: a"]);
    let later = [p("x"), in_style("Kapitel", "a"), in_style("Abschnitt", "b")].concat();
    assert_eq!(
        drawn(&full(&later).version),
        ["text: x", "heading-2: a", "heading-6: b"]
    );
}

#[test]
fn quotations_code_and_captions_are_known_by_their_styles() {
    let picture = "<w:p><w:r><w:drawing><wp:inline><wp:docPr descr=\" A dog \"/><a:blip/></wp:inline></w:drawing></w:r></w:p>";
    let body = [
        in_style("Mein", "q"),
        in_style("BlockText", "r"),
        in_style("HTMLVorformatiert", "  a"),
        "<w:p><w:pPr><w:pStyle w:val=\"HTMLVorformatiert\"/></w:pPr></w:p>".into(),
        in_style("HTMLVorformatiert", "b"),
        p("c"),
        in_style("Beschriftung", "of a table"),
        picture.into(),
        in_style("Beschriftung", "of a picture"),
    ];
    let reading = full(&body.concat());
    let expected = [
        "quotation: q",
        "quotation: r",
        "code: a⏎⏎b",
        "text: c",
        "text: of a table",
        "description: A dog",
        "caption: of a picture",
    ];
    assert_eq!(drawn(&reading.version), expected);
    assert_eq!(reading.remarks, [words::pictures(1)]);
}

#[test]
fn lists_are_counted() {
    let body = [
        in_list(1, 0, "a"),
        in_list(1, 1, "goes on"),
        in_list(2, 0, "three"),
        in_list(2, 1, "a"),
        in_list(2, 2, "i"),
        in_list(2, 1, "b"),
        in_list(2, 0, "four"),
        in_list(2, 1, "a again"),
        in_list(2, 2, "ii, since it never begins anew"),
        p("between"),
        in_list(3, 0, "one anew"),
        in_list(2, 0, "two, as they share a pattern"),
        in_list(5, 0, "another sign"),
        in_list(4, 0, "seven"),
        in_list(0, 0, "no list"),
        in_list(99, 0, "unknown list"),
        in_style("Aufz2", "deep by its style's name"),
        in_style("ListContinue2", "more of it"),
        styled(
            "<w:pStyle w:val=\"Kapitel\"/><w:numPr><w:numId w:val=\"4\"/></w:numPr>",
            "h",
        ),
        in_list(4, 0, "nine"),
    ];
    let reading = full(&body.concat());
    let expected = [
        "item-1: a⏎goes on",
        "item-1-3: three",
        "item-2-1: a",
        "item-3-1: i",
        "item-2-2: b",
        "item-1-4: four",
        "item-2-1: a again",
        "item-3-2: ii, since it never begins anew",
        "text: between",
        "item-1-1: one anew",
        "item-1-2: two, as they share a pattern",
        "item-1: another sign",
        "item-1-7: seven",
        "text: no list",
        "text: unknown list",
        "item-2: deep by its style's name⏎more of it",
        "heading-2: h",
        "item-1-9: nine",
    ];
    assert_eq!(drawn(&reading.version), expected);
    assert_eq!(reading.remarks, [words::heading_numbers(1)]);
}

#[test]
fn what_stands_out_is_said_and_runs_are_put_together() {
    let body = [
        "<w:p>",
        &r("<w:b/>", "One "),
        &r("<w:b/><w:i/>", "two"),
        &r("<w:b/><w:i w:val=\"0\"/>", " three "),
        &r("<w:rStyle w:val=\"Fetter\"/>", "four"),
        &r(
            "<w:rStyle w:val=\"Fetter\"/><w:b w:val=\"false\"/>",
            " five",
        ),
        &r("<w:rStyle w:val=\"Quelle\"/>", " six"),
        &r("<w:vertAlign w:val=\"superscript\"/>", "7"),
        &r("<w:vertAlign w:val=\"subscript\"/>", "8"),
        &r("<w:vertAlign w:val=\"baseline\"/>", "9"),
        &r("<w:vanish/>", "hidden"),
        &r("<w:rStyle w:val=\"Weg\"/>", "hidden, too"),
        "</w:p>",
    ];
    let reading = full(&body.concat());
    assert_eq!(
        drawn(&reading.version),
        [
            "text: <strong>One <emphasis>two</> three <emphasis>four</></> <emphasis>five</> <code>six</><superscript>7</><subscript>8</>9"
        ]
    );
    assert_eq!(reading.remarks, [words::hidden(2)]);
}

#[test]
fn signs_that_are_elements_are_in_the_text() {
    for (inner, expected) in [
        ("<w:t>a</w:t><w:tab/><w:t>b</w:t>", "a⇥b"),
        (
            "<w:t>a</w:t><w:br/><w:t> b </w:t><w:cr/><w:t>c</w:t><w:br/>",
            "a⏎b⏎c",
        ),
        (
            "<w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t>",
            "a\u{2011}b\u{ad}c",
        ),
        (
            "<w:t>a</w:t><w:sym w:font=\"Wingdings\" w:char=\"F0FC\"/>",
            "a✓",
        ),
        (
            "<w:t> a</w:t><w:t xml:space=\"preserve\">  b </w:t><w:t>c&amp;&#x64;&lt;</w:t>",
            "a  b c&d<",
        ),
        ("<w:t><![CDATA[a<b]]></w:t>", "a<b"),
        (
            "<w:t>a</w:t><w:lastRenderedPageBreak/><w:footnoteRef/><w:t>b</w:t>",
            "ab",
        ),
        (
            "<w:ruby><w:rt><w:r><w:t>かん</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby>",
            "漢",
        ),
        (
            "<w:t>a</w:t></w:r><w:smartTag><w:smartTagPr/><w:r><w:t>b</w:t></w:r></w:smartTag><w:sdt><w:sdtPr><w:rPr><w:b/></w:rPr></w:sdtPr><w:sdtContent><w:r><w:t>c</w:t></w:r></w:sdtContent></w:sdt><w:r>",
            "abc",
        ),
        (
            "<w:t>x=</w:t></w:r><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath><w:r>",
            "x=1/2",
        ),
    ] {
        let lines = lines(&format!("<w:p><w:r>{inner}</w:r></w:p>"));
        assert_eq!(lines, [format!("text: {expected}")], "{inner}");
    }
}

#[test]
fn links_lead_out_of_the_document() {
    let run = |words: &str| format!("<w:r><w:t>{words}</w:t></w:r>");
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let instruction = |text: &str| format!("<w:r><w:instrText>{text}</w:instrText></w:r>");
    for (inner, expected) in [
        (
            format!(
                "<w:hyperlink r:id=\"r1\">{}{}</w:hyperlink>",
                run("a"),
                run("b")
            ),
            "<link https://example.org/?a=1&b=2>ab</>",
        ),
        (
            format!(
                "<w:hyperlink r:id=\"r1\" w:anchor=\"x\">{}</w:hyperlink>",
                run("a")
            ),
            "<link https://example.org/?a=1&b=2#x>a</>",
        ),
        (
            format!("<w:hyperlink w:anchor=\"x\">{}</w:hyperlink>", run("a")),
            "a",
        ),
        (
            format!("<w:hyperlink r:id=\"r9\">{}</w:hyperlink>", run("a")),
            "a",
        ),
        (
            [
                field("begin"),
                instruction(" HYPERLINK \"https://exa"),
                instruction("mple.org/\" \\o \"a tip\" \\l \"y\" "),
                run("left out"),
                field("separate"),
                run("a"),
                field("begin"),
                instruction("PAGE"),
                field("separate"),
                run("7"),
                field("end"),
                field("end"),
                run("b"),
            ]
            .concat(),
            "<link https://example.org/#y>a7</>b",
        ),
        (
            format!(
                "<w:fldSimple w:instr=\"HYPERLINK http://a.org/\">{}</w:fldSimple>",
                run("a")
            ),
            "<link http://a.org/>a</>",
        ),
        (
            format!("<w:fldSimple w:instr=\"DATE\">{}</w:fldSimple>", run("a")),
            "a",
        ),
        (
            [
                field("end"),
                run("a"),
                field("separate"),
                field("begin"),
                run("hidden"),
            ]
            .concat(),
            "a",
        ),
    ] {
        let body = format!("<w:p>{inner}</w:p>{}", p("behind"));
        assert_eq!(
            lines(&body),
            [&format!("text: {expected}"), "text: behind"],
            "{inner}"
        );
    }
}

#[test]
fn tables_have_all_their_cells() {
    let cell = |properties: &str, inner: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>")
    };
    let row = |properties: &str, cells: &[String]| {
        format!(
            "<w:tr><w:trPr>{properties}</w:trPr>{}</w:tr>",
            cells.concat()
        )
    };
    let table = |rows: &[String]| format!("<w:tbl><w:tblPr/>{}</w:tbl>", rows.concat());
    let inner = table(&[row("", &[cell("", &p("x")), cell("", &p("y"))])]);
    let body = table(&[
        row(
            "<w:tblHeader/>",
            &[
                cell("<w:gridSpan w:val=\"2\"/>", &p("wide")),
                cell("", &p("c")),
            ],
        ),
        row(
            "<w:tblHeader w:val=\"0\"/>",
            &[
                cell("<w:vMerge w:val=\"restart\"/>", &p("high")),
                cell("", &[p("one"), p(""), p("two")].concat()),
                cell("", &[p("a"), inner, p("b")].concat()),
            ],
        ),
        row(
            "<w:gridBefore w:val=\"1\"/>",
            &[cell("<w:vMerge/>", &p("unseen")), cell("", "<w:p/>")],
        ),
        row("<w:del/>", &[cell("", &p("deleted"))]),
    ]);
    let reading = reading(&document(&format!("{body}{}{body}", p("between"))));
    let once = [
        "table-head: wide",
        "head: ",
        "head: c",
        "row-cell: high",
        "cell: one⏎two",
        "cell: a⏎x⏎y⏎b",
        "row-cell: ",
        "cell: ",
        "cell: ",
    ];
    let expected = [&once as &[&str], &["text: between"], &once].concat();
    assert_eq!(drawn(&reading.version), expected);
    assert_eq!(reading.remarks, [words::changes(0, 2)]);
}

#[test]
fn notes_are_numbered_in_the_order_of_their_references() {
    let refer = |kind: &str, id: i32| format!("<w:r><w:{kind}Reference w:id=\"{id}\"/></w:r>");
    let note =
        |kind: &str, id: i32, inner: &str| format!("<w:{kind} w:id=\"{id}\">{inner}</w:{kind}>");
    let footnotes = [
        "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p><w:r><w:t>-</w:t></w:r></w:p></w:footnote>",
        &note(
            "footnote",
            1,
            &[p(" First"), in_list(1, 0, "second line")].concat(),
        ),
        &note("footnote", 2, &p("Two")),
        &note("footnote", 3, "<w:p/>"),
        &note("footnote", 4, &p("nobody refers to it")),
    ];
    let endnotes = note("endnote", 1, &p("End"));
    let body = format!(
        "<w:p><w:r><w:t>a</w:t></w:r>{}<w:r><w:t>b</w:t></w:r>{}{}{}{}{}</w:p>",
        refer("footnote", 2),
        refer("endnote", 1),
        refer("footnote", 1),
        refer("footnote", 2),
        refer("footnote", 3),
        refer("footnote", 9),
    );
    let parts = [
        ("footnotes", footnotes.concat()),
        ("endnotes", endnotes),
        ("numbering", NUMBERING.into()),
    ];
    let parts = parts
        .each_ref()
        .map(|(kind, inner)| (*kind, inner.as_str()));
    assert_eq!(
        drawn(&reading(&with_parts(&body, &parts)).version),
        [
            "text: a[1]b[2][3][1]",
            "footnote-1: Two",
            "footnote-2: End",
            "footnote-3: First⏎second line",
        ]
    );
}

#[test]
fn tracked_changes_are_taken_as_accepted() {
    let run = |words: &str| format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
    let end_deleted = "<w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr>";
    let body = [
        format!(
            "<w:p>{}<w:ins>{}</w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:moveFrom>{}</w:moveFrom><w:moveTo>{}</w:moveTo></w:p>",
            run("a"),
            run("b"),
            run("moved"),
            run("c")
        ),
        format!(
            "<w:p>{end_deleted}{}</w:p><w:p>{end_deleted}</w:p>{}",
            run("one "),
            in_style("Heading1", "two")
        ),
        "<w:p><w:r><w:rPr><w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr><w:t>d</w:t></w:r></w:p>".into(),
        format!("<w:p>{end_deleted}{}</w:p>", run("last")),
    ];
    let reading = reading(&document(&body.concat()));
    assert_eq!(
        drawn(&reading.version),
        ["text: abc", "heading-2: one two", "text: d", "text: last"]
    );
    assert_eq!(reading.remarks, [words::changes(2, 2)]);
}

#[test]
fn text_boxes_stand_behind_their_paragraph_once() {
    let shape = |inner: &str| format!("<w:txbxContent>{inner}</w:txbxContent>");
    let both = |inner: &str| {
        format!(
            "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\">{0}</mc:Choice><mc:Choice Requires=\"x\">{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback></mc:AlternateContent></w:r>",
            shape(inner)
        )
    };
    let inner = [
        p("box"),
        format!("<w:p>{}</w:p>", both(&p("in it"))),
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></w:tr></w:tbl>".into(),
    ]
    .concat();
    let outer = format!(
        "<w:p><w:r><w:t>a</w:t></w:r>{}<w:r><w:t>b</w:t></w:r></w:p>",
        both(&inner)
    );
    let cell = format!("<w:tbl><w:tr><w:tc>{outer}</w:tc></w:tr></w:tbl>");
    assert_eq!(
        lines(&format!("{outer}{cell}")),
        [
            "text: ab",
            "text: box",
            "text: in it",
            "text: c",
            "table-cell: ab⏎box⏎in it⏎c"
        ]
    );
}

#[test]
fn comments_are_about_words_in_one_block_or_several_or_none() {
    let comment = |id: u32, text: &str| {
        format!(
            "<w:comment w:id=\"{id}\" w:author=\"Ann\" w:date=\"2026-01-02T03:04:05Z\">{text}</w:comment>"
        )
    };
    let comments = [
        comment(0, &[p("two "), p("lines")].concat()),
        comment(1, &p("over blocks")),
        comment(2, &p("at a place")),
        comment(3, &p("on what is deleted")),
        comment(4, &p("never closed but by its sign")),
    ];
    let mark = |kind: &str, id: u32| format!("<w:commentRange{kind} w:id=\"{id}\"/>");
    let sign = |id: u32| format!("<w:r><w:commentReference w:id=\"{id}\"/></w:r>");
    let run = |words: &str| format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
    let body = [
        format!(
            "<w:p>{}{}{}",
            run("One "),
            mark("Start", 0),
            mark("Start", 1)
        ),
        format!("{}{}{}</w:p>", run(" two"), mark("End", 0), run(" three")),
        format!(
            "<w:p><w:del>{}{}</w:del>{}{}{}</w:p>",
            mark("Start", 3),
            mark("End", 3),
            run("four"),
            mark("End", 1),
            run(" five")
        ),
        format!(
            "<w:p>{}{}{}{}{}</w:p>",
            run("six"),
            sign(2),
            mark("Start", 4),
            run(" seven"),
            sign(4)
        ),
    ];
    let Reading {
        version,
        notes,
        remarks,
        ..
    } = reading(&with_parts(
        &body.concat(),
        &[("comments", &comments.concat())],
    ));
    let about = |note: &Note| {
        let words = note.span.of(version.text.text()).to_owned();
        (note.span.start.0, words, note.text.clone())
    };
    let expected = [
        (5, "two", "two \nlines"),
        (5, "two three\nfour", "over blocks"),
        (28, "", "at a place"),
        (29, "seven", "never closed but by its sign"),
    ];
    let expected = expected.map(|(start, words, text)| (start, words.to_owned(), text.to_owned()));
    assert_eq!(notes.iter().map(about).collect::<Vec<_>>(), expected);
    assert_eq!(
        (notes[0].author.as_str(), notes[0].date.as_str()),
        ("Ann", "2026-01-02T03:04:05Z")
    );
    assert_eq!(
        remarks,
        [words::changes(0, 1), words::comments_without_place(1)]
    );
}

#[test]
fn headers_with_words_are_said() {
    for (header, is_said) in [
        (p("My thesis"), true),
        (p("17"), false),
        (String::new(), false),
    ] {
        let reading = reading(&with_parts(&p("a"), &[("header", &header)]));
        assert_eq!(reading.remarks, vec![words::HEADERS; usize::from(is_said)]);
    }
}

#[test]
fn the_text_is_found_by_the_package_in_both_flavours() {
    let strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    let text = |space: &str| {
        format!(
            "<d:document xmlns:d=\"{space}\"><d:body><d:p><d:r><d:t>Words</d:t></d:r></d:p></d:body></d:document>"
        )
    };
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/a/b.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    for space in [W, strict] {
        let bytes = zip(&[
            ("[Content_Types].xml", types.as_bytes()),
            ("A/b.xml", text(space).as_bytes()),
        ]);
        assert_eq!(drawn(&reading(&bytes).version), ["text: Words"]);
    }
    let utf_16: Vec<u8> = std::iter::once(0xfeff)
        .chain(text(W).encode_utf16())
        .flat_map(u16::to_be_bytes)
        .collect();
    let bytes = zip(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("a/b.xml", &utf_16),
    ]);
    assert_eq!(drawn(&reading(&bytes).version), ["text: Words"]);
}

/// Any body, with text boxes, tables, comments and fields that begin anywhere.
fn body() -> impl Strategy<Value = String> {
    let run = select(vec![
        r("", " a "),
        r("<w:b/>", "b"),
        r("<w:b/><w:i/>", " c"),
        r("<w:rStyle w:val=\"Quelle\"/>", "d "),
        r("<w:vanish/>", "e"),
        "<w:r><w:br/></w:r>".into(),
        "<w:r><w:tab/></w:r>".into(),
        "<w:r><w:footnoteReference w:id=\"1\"/></w:r>".into(),
        "<w:commentRangeStart w:id=\"1\"/>".into(),
        "<w:commentRangeEnd w:id=\"1\"/><w:r><w:commentReference w:id=\"1\"/></w:r>".into(),
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>".into(),
        "<w:r><w:instrText>HYPERLINK a b</w:instrText><w:fldChar w:fldCharType=\"separate\"/></w:r>".into(),
        "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>".into(),
        format!("<w:hyperlink r:id=\"r1\">{}</w:hyperlink>", r("<w:i/>", "é")),
        "<w:r><wp:docPr descr=\"f\"/></w:r>".into(),
    ]);
    let style = select(vec![
        "",
        "<w:pStyle w:val=\"Titel\"/>",
        "<w:pStyle w:val=\"Kapitel\"/>",
        "<w:pStyle w:val=\"HTMLVorformatiert\"/>",
        "<w:pStyle w:val=\"Beschriftung\"/>",
        "<w:numPr><w:numId w:val=\"1\"/></w:numPr>",
        "<w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr>",
        "<w:numPr><w:ilvl w:val=\"2\"/><w:numId w:val=\"2\"/></w:numPr>",
        "<w:rPr><w:del/></w:rPr>",
    ]);
    let paragraph = (style, vec(run, 0..6))
        .prop_map(|(style, runs)| format!("<w:p><w:pPr>{style}</w:pPr>{}</w:p>", runs.concat()));
    let blocks = vec(paragraph, 0..6).prop_map(|blocks| blocks.concat());
    blocks.prop_recursive(4, 32, 4, |inner| {
        let wrapped = |before: &'static str, behind: &'static str| {
            move |inner: String| format!("{before}{inner}{behind}")
        };
        prop_oneof![
            inner.clone().prop_map(wrapped(
                "<w:tbl><w:tr><w:tc>",
                "</w:tc><w:tc/></w:tr></w:tbl>"
            )),
            inner.clone().prop_map(wrapped(
                "<w:p><w:r><w:txbxContent>",
                "</w:txbxContent></w:r></w:p>"
            )),
            inner
                .clone()
                .prop_map(wrapped("<w:tr><w:tc>", "</w:tc></w:tr>")),
            vec(inner, 0..4).prop_map(|inner| inner.concat()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_a_document_holds_its_text_divides_again(body in body()) {
        let note = format!("<w:footnote w:id=\"1\">{}</w:footnote>", p("note"));
        let comment = format!("<w:comment w:id=\"1\">{}</w:comment>", p("comment"));
        let parts = [
            ("styles", STYLES),
            ("numbering", NUMBERING),
            ("footnotes", &note),
            ("comments", &comment),
        ];
        match read(&with_parts(&body, &parts), true) {
            Ok(reading) => holds(&reading),
            Err(refused) => assert_eq!(refused, words::NO_WORDS),
        }
    }
}

// ── what is refused ──────────────────────────────────────────────────────────────────

#[test]
fn what_is_no_document_is_refused_in_a_sentence() {
    let compound = |name: &str| {
        let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
        bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    let rels = |target: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" Type=\"b/officeDocument\" Target=\"{target}\"/></Relationships>"
        )
    };
    let book = zip(&[("_rels/.rels", rels("xl/workbook.xml").as_bytes())]);
    let slides = zip(&[("_rels/.rels", rels("/ppt/p.xml").as_bytes())]);
    let mut locked = document(&p("a"));
    let entry = locked
        .windows(4)
        .position(|window| window == b"PK\x01\x02")
        .unwrap();
    locked[entry + 8] |= 1;
    let mut zip64 = document(&p("a"));
    let end = zip64.len() - 22;
    zip64[end + 10..end + 12].fill(0xff);
    let mut method = document(&p("a"));
    method[entry + 10] = 93;
    let whole = fixture("rich-pandoc.docx");
    for (bytes, expected) in [
        (b"Words" as &[u8], words::NO_ARCHIVE),
        (b"", words::NO_ARCHIVE),
        (&compound("EncryptedPackage"), words::LOCKED),
        (&compound("WordDocument"), words::OLD_WORD),
        (&zip(&[("a.txt", b"a")]), words::NO_DOCUMENT),
        (&book, words::SPREADSHEET),
        (&slides, words::SLIDES),
        (&locked, words::LOCKED),
        (&zip64, words::ZIP64),
        (&method, words::PACKED_OTHERWISE),
        (&whole[..whole.len() - 100], words::DAMAGED),
        (&document(""), words::NO_WORDS),
        (
            &document("<w:p><w:r><w:t>a</w:p></w:r></w:t>"),
            words::DAMAGED,
        ),
    ] {
        assert_eq!(refused(bytes), expected);
    }
}

#[test]
fn what_is_made_to_harm_is_refused_or_read() {
    // 65 MB of nothing in 64 kB.
    let zeros = vec![b' '; (64 << 20) + 1];
    let rels = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" Type=\"b/officeDocument\" Target=\"a.xml\"/></Relationships>";
    let bomb = zip(&[("_rels/.rels", rels.as_bytes()), ("a.xml", &zeros)]);
    assert!(bomb.len() < 100_000);
    assert_eq!(refused(&bomb), words::TOO_LARGE);

    let laughs = format!(
        "<!DOCTYPE w:document [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><w:document xmlns:w=\"{W}\"><w:p><w:r><w:t>&b;!</w:t></w:r></w:p></w:document>"
    );
    let laughs = zip(&[
        ("_rels/.rels", rels.as_bytes()),
        ("a.xml", laughs.as_bytes()),
    ]);
    assert_eq!(drawn(&reading(&laughs).version), ["text: &b;!"]);

    let nested = |name: &str, times: usize| {
        format!(
            "{}{}{}",
            format!("<w:{name}>").repeat(times),
            p("a"),
            format!("</w:{name}>").repeat(times)
        )
    };
    for name in ["sdt", "tbl", "txbxContent"] {
        assert_eq!(refused(&document(&nested(name, 100_000))), words::TOO_DEEP);
        assert!(!lines(&nested(name, 900)).is_empty());
    }
    assert_eq!(lines(&nested("p", 900)), ["text: a"]);

    let cells = "<w:tr><w:tc/><w:tc/></w:tr>";
    let table = |rows: usize| document(&format!("<w:tbl>{}</w:tbl>{}", cells.repeat(rows), p("a")));
    assert_eq!(
        refused(&table(260_000)),
        crate::words::reading::TOO_MANY_BLOCKS
    );
    assert_eq!(reading(&table(100_000)).version.blocks.len(), 200_001);

    // Comments that begin and end, by the hundred thousand.
    let marks: String = (0..100_000)
        .map(|id| format!("<w:commentRangeStart w:id=\"{id}\"/>"))
        .collect();
    let ends = marks.replace("Start", "End");
    assert_eq!(
        lines(&format!("<w:p>{marks}{ends}</w:p>{}", p("a"))),
        ["text: a"]
    );
}

#[test]
fn a_damaged_document_is_read_or_refused() {
    for name in [
        "rich-pandoc.docx",
        "comments-rich-para.docx",
        "par-hyperlinks.docx",
        "tbl-cell-access.docx",
        "num-having-numbering-part.docx",
    ] {
        let read_count = damaged(&fixture(name), 200, |bytes| read(bytes, true));
        assert!(read_count < 200, "{name}: none of the damage was seen");
    }
    // Damage inside of the parts, which no checksum is against.
    let bytes = fixture("rich-pandoc.docx");
    let mut archive = Archive::open(&bytes).unwrap();
    let names: Vec<String> = archive.names().map(str::to_owned).collect();
    let parts: Vec<Vec<u8>> = names
        .iter()
        .map(|name| archive.read(name).unwrap().unwrap())
        .collect();
    for damaged_part in [
        "word/document.xml",
        "word/numbering.xml",
        "word/styles.xml",
        "word/footnotes.xml",
    ] {
        let at = names.iter().position(|name| name == damaged_part).unwrap();
        damaged(&parts[at], 100, |part| {
            let files = names.iter().zip(&parts).enumerate();
            let files: Vec<(&str, &[u8])> = files
                .map(|(number, (name, own))| (name.as_str(), if number == at { part } else { own }))
                .collect();
            read(&zip(&files), true)
        });
    }
}
