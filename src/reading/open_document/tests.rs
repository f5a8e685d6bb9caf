//! OpenDocument texts: for each rule one that is made here. Pandoc's file is beside Word's in
//! `word/tests.rs`.

use super::super::testing::{damaged, drawn, fixture, holds, zip};
use super::super::{Note, Reading};
use super::*;

/// The names of the namespaces.
fn namespaces() -> String {
    let own = [
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
        ("meta", "meta"),
        ("manifest", "manifest"),
    ];
    let own = own.map(|(prefix, name)| {
        format!(" xmlns:{prefix}=\"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0\"")
    });
    let others = " xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"";
    format!("{}{others}", own.concat())
}

const STYLES: &str = r#"
    <style:style style:family="paragraph" style:name="Title"/>
    <style:style style:family="paragraph" style:name="Subtitle"/>
    <style:style style:family="paragraph" style:name="Heading_20_1" style:default-outline-level="1"><style:text-properties fo:font-weight="bold"/></style:style>
    <style:style style:family="paragraph" style:name="Quotations"/>
    <style:style style:family="paragraph" style:name="Caption"/>
    <style:style style:family="paragraph" style:name="Illustration" style:parent-style-name="Caption"/>
    <style:style style:family="paragraph" style:name="Preformatted_20_Text"/>
    <style:style style:family="text" style:name="Source_20_Text"/>
    <style:style style:family="text" style:name="Strong_20_Emphasis"><style:text-properties fo:font-weight="700"/></style:style>
"#;

const AUTOMATIC: &str = r#"
    <style:style style:family="paragraph" style:name="P1" style:parent-style-name="Title"/>
    <style:style style:family="paragraph" style:name="P2" style:parent-style-name="Quotations"/>
    <style:style style:family="paragraph" style:name="P3"><style:text-properties fo:font-style="italic"/></style:style>
    <style:style style:family="paragraph" style:name="P4"><style:text-properties text:display="none"/></style:style>
    <style:style style:family="text" style:name="T1"><style:text-properties fo:font-style="italic"/></style:style>
    <style:style style:family="text" style:name="T2" style:parent-style-name="Strong_20_Emphasis"/>
    <style:style style:family="text" style:name="T3"><style:text-properties style:text-position="-33% 58%"/></style:style>
    <style:style style:family="text" style:name="T4"><style:text-properties style:text-position="super 58%"/></style:style>
    <style:style style:family="text" style:name="T5"><style:text-properties fo:font-style="normal" fo:font-weight="normal" style:text-position="0% 100%"/></style:style>
    <style:style style:family="text" style:name="T6"><style:text-properties text:display="none"/></style:style>
    <text:list-style style:name="L1">
        <text:list-level-style-number text:level="1" style:num-format="1" text:start-value="3"/>
        <text:list-level-style-number text:level="2" style:num-format="a"/>
        <text:list-level-style-bullet text:level="3"/>
    </text:list-style>
    <text:list-style style:name="L2"><text:list-level-style-bullet text:level="1"/></text:list-style>
    <text:list-style style:name="L3"><text:list-level-style-number text:level="1" style:num-format=""/></text:list-style>
"#;

/// A document in one file.
fn flat(body: &str) -> Vec<u8> {
    let meta = "<dc:title>T</dc:title><meta:initial-creator>Ann</meta:initial-creator><dc:creator>Ben</dc:creator><meta:creation-date>2026-01-02</meta:creation-date><dc:date>2026-02-03</dc:date><dc:subject>S</dc:subject>";
    format!(
        "<?xml version=\"1.0\"?>\n<office:document{}><office:meta>{meta}</office:meta><office:styles>{STYLES}</office:styles><office:automatic-styles>{AUTOMATIC}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document>",
        namespaces()
    )
    .into_bytes()
}

/// The same in an archive.
fn packed(body: &str) -> Vec<u8> {
    let part = |inner: &str| {
        format!(
            "<office:document-content{}>{inner}</office:document-content>",
            namespaces()
        )
    };
    let content = part(&format!(
        "<office:automatic-styles>{AUTOMATIC}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
    ));
    let language = "<style:default-style style:family=\"paragraph\"><style:text-properties fo:language=\"pt\" fo:country=\"BR\"/></style:default-style>";
    let pages = "<office:master-styles><style:master-page><style:header><text:p>My thesis</text:p></style:header></style:master-page></office:master-styles>";
    let styles = part(&format!(
        "<office:styles>{language}{STYLES}</office:styles>{pages}"
    ));
    zip(&[
        ("mimetype", b"x"),
        ("content.xml", content.as_bytes()),
        ("styles.xml", styles.as_bytes()),
    ])
}

fn reading(bytes: &[u8]) -> Reading {
    let reading = read(bytes, true).unwrap();
    holds(&reading);
    reading
}

/// What becomes of a body, in both kinds of file.
fn lines(body: &str) -> Vec<String> {
    let lines = drawn(&reading(&flat(body)).version);
    assert_eq!(lines, drawn(&reading(&packed(body)).version));
    lines
}

fn p(words: &str) -> String {
    format!("<text:p>{words}</text:p>")
}

fn in_style(style: &str, words: &str) -> String {
    format!("<text:p text:style-name=\"{style}\">{words}</text:p>")
}

fn item(inner: &str) -> String {
    format!("<text:list-item>{inner}</text:list-item>")
}

fn list(attributes: &str, items: &[String]) -> String {
    format!("<text:list {attributes}>{}</text:list>", items.concat())
}

fn refused(bytes: &[u8]) -> String {
    read(bytes, false).unwrap_err()
}

#[test]
fn what_docutils_writes_is_read() {
    let reading = reading(&fixture("rich-docutils.odt"));
    let expected = [
        "text: A rich document",
        "text: <strong>Author:</>",
        "text: Ann",
        "heading-2: First heading",
        "text: A paragraph with <emphasis>emphasis</>, <strong>strong</>, <code>code</>, a link, a footnote[1] .",
        "item-1: one",
        "item-1: two",
        "item-2-1: inner a",
        "item-2-2: inner b⏎second paragraph of b",
        "item-1: three",
        "item-1-1: five",
        "item-1-2: six",
        "table-head: Left",
        "head: Right",
        "row-cell: a b",
        "cell: 1",
        "row-cell: c|d",
        "cell: 2",
        "heading-2: Second heading",
        "text: Line one",
        "text: line two",
        "code: def f():⏎    return 1",
        "text: H<subscript>2</>O and x<superscript>2</>.",
        "footnote-1: The note's text, with <emphasis>emphasis</>.⏎A quotation of two lines.",
    ];
    assert_eq!(drawn(&reading.version), expected);
    assert_eq!(reading.about.title, "A rich document");
}

#[test]
fn a_file_says_things_about_itself() {
    let about = reading(&flat(&p("a"))).about;
    let said = [&about.title, &about.author, &about.date].map(String::as_str);
    assert_eq!(said, ["T", "Ann", "2026-01-02"]);
    assert_eq!(about.others, [("subject".to_owned(), "S".to_owned())]);
    let packed = reading(&packed(&p("a")));
    assert_eq!(packed.about.language, "pt-BR");
    assert_eq!(packed.remarks, [words::HEADERS]);
}

#[test]
fn paragraphs_are_what_their_styles_or_the_parents_of_these_are() {
    let heading =
        |level: u8, words: &str| format!("<text:h text:outline-level=\"{level}\">{words}</text:h>");
    let body = [
        in_style("P1", "title"),
        in_style("Subtitle", "s"),
        heading(1, "one"),
        heading(9, "nine"),
        in_style("Heading_20_1", "a heading by its style"),
        in_style("P2", "q"),
        in_style(
            "Preformatted_20_Text",
            "a<text:line-break/><text:s text:c=\"2\"/>b",
        ),
        in_style("Preformatted_20_Text", ""),
        in_style("Preformatted_20_Text", "<text:tab/>c"),
        in_style("P3", "slanted by hand"),
        in_style("P4", "hidden"),
        in_style("Unknown", "u"),
    ];
    let expected = [
        "title: title",
        "text: s",
        "heading-2: one",
        "heading-6: nine",
        "heading-2: a heading by its style",
        "quotation: q",
        "code: a⏎  b⏎⏎⇥c",
        "text: <emphasis>slanted by hand</>",
        "text: u",
    ];
    assert_eq!(lines(&body.concat()), expected);
    assert_eq!(reading(&flat(&body.concat())).remarks, [words::hidden(1)]);
    assert_eq!(
        lines(&[heading(1, "t"), heading(2, "a")].concat()),
        ["title: t", "heading-3: a"]
    );
}

#[test]
fn white_space_is_what_the_format_says() {
    for (inner, expected) in [
        ("\n  a\n\t b  <text:span>  c</text:span> ", "a b c"),
        ("a<text:s/><text:s text:c=\"2\"/>b", "a   b"),
        ("a <text:s/>b", "a  b"),
        ("a<text:tab/>b", "a⇥b"),
        ("a <text:line-break/> b", "a⏎b"),
        ("co\u{ad}op \u{a0} x", "co\u{ad}op \u{a0} x"),
        ("&amp;&#x41;&lt;", "&A<"),
        (
            "a<text:bookmark/><text:page-number>7</text:page-number>",
            "a7",
        ),
        (
            "<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>かん</text:ruby-text></text:ruby>",
            "漢",
        ),
    ] {
        assert_eq!(lines(&p(inner)), [format!("text: {expected}")], "{inner}");
    }
}

#[test]
fn spans_stand_out_by_their_styles() {
    let span = |style: &str, inner: &str| {
        format!("<text:span text:style-name=\"{style}\">{inner}</text:span>")
    };
    let body = [
        span("T1", &format!("a {} c", span("T2", "b"))),
        span("T3", "1"),
        span("T4", "2"),
        span("T1", &span("T5", "n")),
        span("Source_20_Text", "code"),
        span("T6", "hidden"),
        "<text:a xlink:href=\"https://example.org/\">link</text:a>".into(),
        "<text:a xlink:href=\"#place\">place</text:a>".into(),
    ];
    assert_eq!(
        lines(&p(&body.concat())),
        [
            "text: <emphasis>a <strong>b</> c</><subscript>1</><superscript>2</>n<code>code</><link https://example.org/>link</>place"
        ]
    );
}

#[test]
fn lists_are_counted() {
    let one = "text:style-name=\"L1\"";
    let body = [
        list(
            &format!("{one} xml:id=\"x\""),
            &[
                item(&p("three")),
                item(
                    &[
                        p("four"),
                        p("goes on"),
                        list(
                            "",
                            &[
                                item(&p("a")),
                                item(&[p("b"), list("", &[item(&p("bullet"))])].concat()),
                            ],
                        ),
                        p("behind"),
                    ]
                    .concat(),
                ),
                "<text:list-header><text:p>no item</text:p></text:list-header>".into(),
                "<text:list-item text:start-value=\"9\"><text:p>nine</text:p></text:list-item>"
                    .into(),
            ],
        ),
        p("between"),
        list(one, &[item(&p("three anew"))]),
        list(
            &format!("{one} text:continue-numbering=\"true\""),
            &[item(&p("four"))],
        ),
        list(
            &format!("{one} text:continue-list=\"x\""),
            &[item(&p("ten"))],
        ),
        list(
            "text:style-name=\"L2\"",
            &[
                item(&p("bullet")),
                item("<text:p/>"),
                item(&list("", &[item(&p("deep"))])),
            ],
        ),
        list("text:style-name=\"L3\"", &[item(&p("no sign"))]),
        list("", &[item("<text:h text:outline-level=\"2\">h</text:h>")]),
    ];
    let expected = [
        "item-1-3: three",
        "item-1-4: four⏎goes on",
        "item-2-1: a",
        "item-2-2: b",
        "item-3: bullet",
        "text: behind",
        "text: no item",
        "item-1-9: nine",
        "text: between",
        "item-1-3: three anew",
        "item-1-4: four",
        "item-1-10: ten",
        "item-1: bullet",
        "item-2: deep⏎no sign",
        "heading-2: h",
    ];
    assert_eq!(lines(&body.concat()), expected);
}

#[test]
fn notes_stand_at_the_end_and_lists_in_them_do_not_count() {
    let note = |inner: &str| {
        format!(
            "<text:note><text:note-citation>7</text:note-citation><text:note-body>{inner}</text:note-body></text:note>"
        )
    };
    let inner = [p("One"), list("text:style-name=\"L1\"", &[item(&p("two"))])].concat();
    let body = list(
        "text:style-name=\"L1\"",
        &[
            item(&p(&format!("a{}b{}", note(&inner), note(&p("N"))))),
            item(&p("c")),
        ],
    );
    assert_eq!(
        lines(&body),
        [
            "item-1-3: a[1]b[2]",
            "item-1-4: c",
            "footnote-1: One⏎two",
            "footnote-2: N"
        ]
    );
}

#[test]
fn tables_have_all_their_cells_and_no_million_of_them() {
    let cell = |attributes: &str, inner: &str| {
        format!("<table:table-cell {attributes}>{inner}</table:table-cell>")
    };
    let row = |attributes: &str, cells: &[String]| {
        format!(
            "<table:table-row {attributes}>{}</table:table-row>",
            cells.concat()
        )
    };
    let table = |rows: &[String]| format!("<table:table>{}</table:table>", rows.concat());
    let inner = table(&[row("", &[cell("", &p("x")), cell("", &p("y"))])]);
    let covered = "<table:covered-table-cell><text:p>unseen</text:p></table:covered-table-cell>";
    let body = table(&[
        format!(
            "<table:table-header-rows>{}</table:table-header-rows>",
            row(
                "",
                &[
                    cell("table:number-columns-spanned=\"2\"", &p("wide")),
                    covered.into()
                ]
            )
        ),
        row(
            "",
            &[
                cell("", &[p("a"), inner, p("b")].concat()),
                cell("", &list("", &[item(&p("i"))])),
            ],
        ),
        row(
            "table:number-rows-repeated=\"2\"",
            &[cell("table:number-columns-repeated=\"2\"", &p("c"))],
        ),
    ]);
    assert_eq!(
        lines(&body),
        [
            "table-head: wide",
            "head: ",
            "row-cell: a⏎x⏎y⏎b",
            "cell: i",
            "row-cell: c",
            "cell: c",
            "row-cell: c",
            "cell: c",
        ]
    );
    let many = table(&[
        row(
            "",
            &[
                cell("", &p("a")),
                cell("table:number-columns-repeated=\"16384\"", ""),
            ],
        ),
        row(
            "table:number-rows-repeated=\"1048576\"",
            &[cell("table:number-columns-repeated=\"16384\"", "")],
        ),
    ]);
    assert_eq!(lines(&many).len(), 1 + 64 + 64);
    let said = table(&[row(
        "table:number-rows-repeated=\"1048576\"",
        &[cell("table:number-columns-repeated=\"1000\"", &p("a"))],
    )]);
    let reading = reading(&flat(&said));
    assert!(reading.version.blocks.len() <= 100_064);
    assert_eq!(reading.remarks.len(), 1);
    let spaces = format!("a{}b", "<text:s text:c=\"4000000000\"/>".repeat(1_000));
    assert!(lines(&p(&spaces))[0].len() < 200_000);
}

#[test]
fn pictures_boxes_and_captions_stand_in_their_order() {
    let picture = |inner: &str| {
        format!(
            "<draw:frame><draw:image><office:binary-data>AAAA</office:binary-data></draw:image>{inner}</draw:frame>"
        )
    };
    let boxed =
        |inner: &str| format!("<draw:frame><draw:text-box>{inner}</draw:text-box></draw:frame>");
    let caption = in_style(
        "Illustration",
        &format!("{}Figure 1", picture("<svg:title>A dog</svg:title>")),
    );
    let body = [
        p(&picture(
            "<svg:title>t</svg:title><svg:desc>A\n  cat</svg:desc>",
        )),
        in_style("Illustration", "of a cat"),
        p(&boxed(&caption)),
        p(&format!(
            "a{}b",
            boxed(&[p("box"), p(&boxed(&p("in it")))].concat())
        )),
        p(&format!(
            "c<draw:custom-shape><text:p>shape</text:p></draw:custom-shape>{}",
            picture("")
        )),
        p("d<draw:frame><draw:object/><draw:image/></draw:frame>"),
        format!(
            "<table:table><table:table-row><table:table-cell>{}</table:table-cell></table:table-row></table:table>",
            p(&format!("e{}", boxed(&p("f"))))
        ),
    ];
    let expected = [
        "description: A cat",
        "caption: of a cat",
        "description: A dog",
        "caption: Figure 1",
        "text: ab",
        "text: box",
        "text: in it",
        "text: c",
        "text: shape",
        "text: d",
        "table-cell: e⏎f",
    ];
    assert_eq!(lines(&body.concat()), expected);
    assert_eq!(
        reading(&flat(&body.concat())).remarks,
        [words::pictures(3), words::objects(1)]
    );
}

#[test]
fn what_is_tracked_hidden_or_a_pattern_is_left_out() {
    let region = |change: &str| {
        format!(
            "<text:changed-region><text:{change}><office:change-info><dc:creator>A</dc:creator></office:change-info><text:p>gone</text:p></text:{change}></text:changed-region>"
        )
    };
    let body = [
        format!("<text:tracked-changes>{}{}{}</text:tracked-changes>", region("insertion"), region("deletion"), region("format-change")),
        "<text:section text:display=\"none\"><text:p>hidden</text:p></text:section>".into(),
        "<text:table-of-content><text:table-of-content-source><text:index-title-template>pattern</text:index-title-template></text:table-of-content-source><text:index-body><text:p>Contents</text:p></text:index-body></text:table-of-content>".into(),
        p("a<text:change/><text:hidden-text text:is-hidden=\"true\">b</text:hidden-text>"),
    ];
    let reading = reading(&flat(&body.concat()));
    assert_eq!(drawn(&reading.version), ["text: Contents", "text: a"]);
    assert_eq!(reading.remarks, [words::changes(1, 1), words::hidden(2)]);
}

#[test]
fn comments_are_about_words_or_a_place() {
    let comment = |name: &str, text: &str| {
        format!(
            "<office:annotation {name}><dc:creator>Ann</dc:creator><dc:date>2026-01-02</dc:date>{text}</office:annotation>"
        )
    };
    let body = [
        p(&format!(
            "One {}two",
            comment(
                "office:name=\"1\"",
                &[p("x"), list("", &[item(&p("y"))])].concat()
            )
        )),
        p("three<office:annotation-end office:name=\"1\"/> four"),
        p(&format!("five{} six", comment("", &p("here")))),
    ];
    let Reading {
        version,
        notes,
        remarks,
        ..
    } = reading(&flat(&body.concat()));
    assert_eq!(
        drawn(&version),
        ["text: One two", "text: three four", "text: five six"]
    );
    let about = |note: &Note| {
        (
            note.span.start.0,
            note.span.of(version.text.text()).to_owned(),
            note.text.clone(),
        )
    };
    let expected = [(4, "two\nthree", "x\ny"), (24, "", "here")];
    let expected = expected.map(|(start, words, text)| (start, words.to_owned(), text.to_owned()));
    assert_eq!(notes.iter().map(about).collect::<Vec<_>>(), expected);
    assert_eq!(
        (notes[0].author.as_str(), notes[0].date.as_str()),
        ("Ann", "2026-01-02")
    );
    assert_eq!(remarks, [""; 0]);
    assert_eq!(
        read(&flat(&body.concat()), false).unwrap().remarks,
        [words::comments(2)]
    );
}

#[test]
fn what_is_no_text_or_locked_is_refused() {
    let other = |kind: &str| {
        String::from_utf8(flat(""))
            .unwrap()
            .replace("office:text>", &format!("office:{kind}>"))
            .into_bytes()
    };
    let manifest = format!(
        "<manifest:manifest{}><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>",
        namespaces()
    );
    for (bytes, expected) in [
        (other("spreadsheet"), words::SPREADSHEET),
        (other("presentation"), words::SLIDES),
        (
            zip(&[
                ("META-INF/manifest.xml", manifest.as_bytes()),
                ("content.xml", b"??"),
            ]),
            words::LOCKED,
        ),
        (zip(&[("a", b"a")]), words::NO_DOCUMENT),
        (b"<html></html>".to_vec(), words::NO_WORDS),
        (b"<html>".to_vec(), words::DAMAGED),
        (flat(""), words::NO_WORDS),
        (flat("<text:p>"), words::DAMAGED),
        (fixture("rich-pandoc.odt")[..5_000].to_vec(), words::DAMAGED),
        (b"Words".to_vec(), words::NO_ARCHIVE),
    ] {
        assert_eq!(refused(&bytes), expected);
    }
}

#[test]
fn what_is_made_to_harm_is_refused_or_read() {
    let nested = |name: &str, times: usize| {
        flat(&format!(
            "{}{}{}",
            format!("<{name}>").repeat(times),
            p("a"),
            format!("</{name}>").repeat(times)
        ))
    };
    for name in [
        "text:list",
        "text:p",
        "text:span",
        "table:table",
        "draw:frame",
        "draw:text-box",
        "text:note",
        "office:annotation",
    ] {
        assert_eq!(refused(&nested(name, 100_000)), words::TOO_DEEP);
        // What stands nowhere but in notes that nobody refers to is not in the text.
        let outcome = read(&nested(name, 900), true);
        assert!(
            outcome.is_ok() || outcome == Err(words::NO_WORDS.into()),
            "{name}"
        );
    }
    let cells = "<table:table-row><table:table-cell/><table:table-cell/></table:table-row>";
    let table = flat(&format!(
        "<table:table>{}</table:table>",
        cells.repeat(260_000)
    ));
    assert_eq!(refused(&table), crate::words::reading::TOO_MANY_BLOCKS);
    let laughs = String::from_utf8(flat(&p("&b;!"))).unwrap();
    let laughs = laughs.replacen(
        "<office:document ",
        "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><office:document ",
        1,
    );
    assert_eq!(drawn(&reading(laughs.as_bytes()).version), ["text: &b;!"]);
}

#[test]
fn a_damaged_document_is_read_or_refused() {
    let other = fixture("rich-docutils.odt");
    assert!(damaged(&other, 200, |bytes| read(bytes, true)) < 200);
    let packed = fixture("rich-pandoc.odt");
    assert!(damaged(&packed, 200, |bytes| read(bytes, true)) < 200);
    let mut archive = Archive::open(&packed).unwrap();
    let content = archive.read("content.xml").unwrap().unwrap();
    damaged(&content, 200, |bytes| read(bytes, true));
    let body = [
        p("a<text:note><text:note-body><text:p>n</text:p></text:note-body></text:note>"),
        list("text:style-name=\"L1\"", &[item(&p("b"))]),
    ];
    damaged(&flat(&body.concat()), 200, |bytes| read(bytes, true));
}
