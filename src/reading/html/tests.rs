use std::fmt::Write;

use proptest::prelude::*;

use super::*;

/// What a version says, a line a block: its kind, and its words with what stands out in brackets
/// before it.
fn shown(version: &Version) -> String {
    let mut shown = String::new();
    for (block, (kind, words)) in version.blocks.iter().zip(version.parts()) {
        write!(shown, "{kind}: {}", words.replace('\n', "/")).unwrap();
        for inline in version.inlines.iter() {
            let is_inside =
                inline.span.start >= block.span.start && inline.span.end <= block.span.end;
            if is_inside {
                let mut named = inline.to_string();
                let place =
                    named.split(' ').nth(1).unwrap().len() + named.split(' ').nth(2).unwrap().len();
                let begin = named.find(' ').unwrap();
                named.replace_range(begin..begin + place + 2, "");
                let words = inline.span.of(version.text.text());
                write!(shown, " [{named}: {words}]").unwrap();
            }
        }
        shown.truncate(shown.trim_end_matches(' ').len());
        shown.push('\n');
    }
    shown
}

#[track_caller]
fn check(html: &str, expected: &str) {
    let version = fragment(html);
    let lines = expected
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty());
    let expected: String = lines.map(|line| format!("{line}\n")).collect();
    assert_eq!(shown(&version), expected, "{html}");
    comes_back(&version);
}

/// Whether the store has it as it is.
#[track_caller]
fn comes_back(version: &Version) {
    let again = Version::divided(
        &version.layout(),
        version.text.shared(),
        version.digest.clone(),
    );
    assert_eq!(again.as_ref(), Some(version));
}

#[test]
fn headings_and_paragraphs() {
    check(
        "<h1>A &amp; B</h1><h1>C</h1><h2>D<h6>E</h6><p>one\n two<p>three<div>four<div>five</div>six</div>",
        "title: A & B
        heading-2: C
        heading-2: D
        heading-6: E
        text: one two
        text: three
        text: four
        text: five
        text: six",
    );
    check(
        "bare &nbsp; words <hr> more",
        "text: bare \u{a0} words\ntext: more",
    );
    check(
        "<h1><img src=x></h1><h1 hidden>x</h1><h1>A<br>B</h1>",
        "title: A/B",
    );
    check("<p></p><div> \n </div>", "");
    check("a<!-- b -->c", "text: ac");
}

#[test]
fn lines_and_the_gaps_between() {
    check("<p>one<br>two<br/> three<br></p>", "text: one/two/three");
    check(
        "<div>one<br><br>two<br> <br><br>three</div>",
        "text: one\ntext: two\ntext: three",
    );
    check("<p>o<wbr>ne", "text: one");
    check("<p><br>one", "text: one");
    check(
        "<span style='Display: Block'>one</span><span>two</span>",
        "text: one\ntext: two",
    );
}

#[test]
fn lists_have_depth_and_numbers() {
    check(
        "<ul><li>one<li>two<ol start=3><li><p>a<p>b<li value=7>c<ul><li>d</ul>e</ol><li>three</ul><p>end",
        "item-1: one
        item-1: two
        item-2-3: a/b
        item-2-7: c
        item-3: d
        text: e
        item-1: three
        text: end",
    );
    check(
        "<ol reversed><li>c<li>b<li>a</ol>",
        "item-1-3: c\nitem-1-2: b\nitem-1-1: a",
    );
    check("<ol start=-1><li>a<li>b</ol>", "item-1: a\nitem-1-0: b");
    check("<li>a</li>", "item-1: a");
    check(
        "<ul><li><h3>A</h3>b<blockquote>c</blockquote><pre>d</pre></ul>",
        "heading-3: A\nitem-1: b\nquotation: c\ncode: d",
    );
    check(
        "<dl><dt>A<dd>b<dd><p>c</dl>",
        "text: A [strong: A]\ntext: b\ntext: c",
    );
}

#[test]
fn quotations_and_code() {
    check(
        "<blockquote>a<p>b</p><blockquote><p>c</blockquote></blockquote>d",
        "quotation: a\nquotation: b\nquotation: c\ntext: d",
    );
    check(
        "<pre>\n  a\n\n<b>b</b>  <code>c</code><br>d\n\n</pre><pre> \n </pre>",
        "code:   a//b  c/d",
    );
    check("<p>a <code> b  c </code>d", "text: a b c d [code: b c]");
    check("<pre><div>a</div><div>b</div></pre>", "code: a/b");
}

#[test]
fn tables_have_cells() {
    check(
        "<table><caption>T</caption><thead><tr><td>A<td>B</thead><tr><th>c<td><p>d<p>e<tr><td colspan=2>f</table>",
        "caption: T
        table-head: A
        head: B
        row-head: c
        cell: d/e
        row-cell: f
        cell:",
    );
    check(
        "<table><tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d<td></table>",
        "table-cell: a\ncell: b\nrow-cell:\ncell: c\nrow-cell: d\ncell:",
    );
    check(
        "<table><tr><td><h2>A</h2><p>b<p>c</table>",
        "heading-2: A\ntext: b\ntext: c",
    );
    check(
        "<table><tr><td>a<td><table><tr><td>b<td>c</table></table>",
        "text: a\ntable-cell: b\ncell: c",
    );
    check(
        "<table role=presentation><tr><td>a<td>b</table>",
        "text: a\ntext: b",
    );
    check(
        "<table><tr><td>a<td>b</table><table><tr><td>c<td>d</table>",
        "table-cell: a\ncell: b\ntable-cell: c\ncell: d",
    );
    check(
        "<table><tr><td>a<td><ul><li>b<li>c</ul><pre>d  e</pre></table>",
        "table-cell: a\ncell: b/c/d  e",
    );
    let many = format!(
        "<table>{}</table>",
        "<tr><td colspan=1000>a<td rowspan=65000>b".repeat(1_000)
    );
    assert!(fragment(&many).blocks.len() <= 4_000);
}

#[test]
fn what_stands_out_in_a_line() {
    check(
        "<p>a <em>b</em> <i>c <i>d</i></i> <cite>e</cite> <b>f</b> <kbd>g</kbd> x<sub>1</sub><sup>2</sup>",
        "text: a b c d e f g x12 [emphasis: b] [emphasis: c d] [emphasis: e] [strong: f] [code: g] [subscript: 1] [superscript: 2]",
    );
    check(
        "<p><b>a<p>b</b>c",
        "text: a [strong: a]\ntext: bc [strong: b]",
    );
    check("<p><q>a</q>", "text: “a”");
    check(
        "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>",
        "text: 漢",
    );
    check(
        "<p><span style='font-weight:700;font-style:italic'>a</span><b style='font-weight:normal'>b</b>",
        "text: ab [emphasis: a] [strong: a]",
    );
}

#[test]
fn links_are_whole_where_the_page_has_an_address() {
    check(
        "<a href=' b c '>a</a><a>x</a><a href=''>y</a>",
        "text: axy [link b%20c: a]",
    );
    check(
        "<base href='https://example.org/x/y'><a href='../b'>a</a>",
        "text: a [link https://example.org/b: a]",
    );
    check(
        "<a href='javascript:alert(1)' onclick='x()'>a</a>",
        "text: a [link javascript:alert(1): a]",
    );
    check(
        "<a href=x><h2>A</h2><p>b</p></a>",
        "heading-2: A [link x: A]\ntext: b [link x: b]",
    );
    check(
        &format!("<a href='data:{}'>a</a>", "x".repeat(10_000)),
        "text: a",
    );
}

#[test]
fn pictures_are_what_they_show() {
    check("<p><img alt='A hill'></p>", "description: A hill");
    check(
        "<figure><a href=x><img alt='A hill'></a><figcaption>It is <i>green</i></figcaption></figure>",
        "description: A hill [link x: A hill]\ncaption: It is green [emphasis: green]",
    );
    check(
        "<figure><img alt='A  hill'><figcaption aria-hidden=true>A hill</figcaption></figure>",
        "caption: A hill",
    );
    check(
        "<p>see <img alt='icon'> and <img alt='☺'>",
        "text: see and ☺",
    );
    check(
        "<table><tr><td><img alt='yes'><td>b</table>",
        "table-cell: yes\ncell: b",
    );
    check("<ul><li><img alt=a><li>b</ul>", "description: a\nitem-1: b");
}

#[test]
fn formulas_are_as_they_were_typed() {
    check(
        "<p>so <math alttext='x^2'><mi>x</mi></math>.",
        "text: so x^2.",
    );
    check(
        "<p>so <math><semantics><mi>x</mi><annotation encoding='application/x-tex'>x^2</annotation></semantics></math>.",
        "text: so x^2.",
    );
    check(
        "<p>so <math><mi>x</mi><mo>=</mo><mn>2</mn></math>.",
        "text: so x=2.",
    );
}

#[test]
fn what_nobody_sees_is_left_out() {
    check(
        "<script>a</script><style>b</style><template>c<p>d</template><noscript>e</noscript><svg><text>f</text></svg>\
        <iframe>g</iframe><object>h</object><form><input value=i><button>j</button><select><option>k</select><textarea>l</textarea></form>\
        <p hidden>m</p><p aria-hidden=TRUE>n</p><p style='color:red; DISPLAY : none'>o</p><p style=visibility:hidden>p</p>\
        <dialog>q</dialog><video>r</video><title>s</title><canvas>t</canvas><p>u",
        "text: u",
    );
    check(
        "<svg><style><p>a</style><foreignObject><p>b</foreignObject></svg>c",
        "text: a\ntext: bc",
    );
    check("<math><mtext><img alt=x onerror=y><p>a</math>b", "text: ab");
    check("a\0b&#0;c&#x1F600;&#xD800;", "text: ab\u{fffd}c😀\u{fffd}");
    check(
        "<p style='content:\"x\"'>a</p><p style='display:none'",
        "text: a",
    );
}

#[test]
fn footnotes_close_the_text() {
    check(
        "<p>one<a href='#n2' role=doc-noteref>2</a> two<sup><a href='#n1'>1</a></sup> again<sup><a href='#n2'>2</a></sup>\
        <section class=footnotes><hr><ol><li id=n1><p>First <a href='#r1'>↩</a><p>more<li id=n2>Second<li id=n3>Third</ol></section><p>end",
        "text: one two again [reference 1: ] [reference 2: ] [reference 1: ]
        item-1-3: Third
        text: end
        footnote-1: Second
        footnote-2: First/more",
    );
    check(
        "<p>a<sup><a href='#b'>1</a></sup><p id=b>b",
        "text: a1 [superscript: 1] [link #b: 1]\ntext: b",
    );
    check(
        "<p>a<a epub:type=noteref href='#n'>*</a></p><aside epub:type=footnote id=n><p>b</p></aside>",
        "text: a [reference 1: ]\nfootnote-1: b",
    );
}

#[test]
fn footnotes_of_a_saved_page() {
    let page = |address: &str| {
        format!(
            "<p>a<sup class=reference><a href='{address}#n'>[1]</a></sup>\
            <ol class=references><li id=n><span class=mw-cite-backlink><b><a href='{address}#r'>^</a></b></span> <cite>B</cite></ol>"
        )
    };
    let found = "text: a [reference 1: ]\nfootnote-1: B [emphasis: B]\n";
    check(&page("https://example.org/x"), found);
    let shown_at = |address: &str| {
        let (mut builder, mut notes) = (Builder::default(), Vec::new());
        chapter(
            &page("https://example.org/x"),
            Some(address),
            &mut builder,
            &mut notes,
        );
        close(&notes, &mut builder);
        shown(&builder.finish())
    };
    assert_eq!(shown_at("https://example.org/x#y"), found);
    assert!(shown_at("https://example.org/y").contains("[1]"));
}

#[test]
fn a_page_that_is_xml() {
    check(
        "<?xml version='1.0'?>\n<html xmlns='http://www.w3.org/1999/xhtml'><head><title/><script src='x'/></head>\
        <body><p><a id='x'/>a<br/>b</p><div/><p>c<em/>d</p></body></html>",
        "text: a/b\ntext: cd",
    );
    check("<p>a<em/>b</p>", "text: ab [emphasis: b]");
}

#[test]
fn chapters_number_their_footnotes_on() {
    let chapter_of = |words: &str| {
        format!(
            "<p>{words}<sup><a href='#n'>1</a></sup><section class=footnotes><p id=n>Of {words}</section>"
        )
    };
    let (mut builder, mut notes) = (Builder::default(), Vec::new());
    chapter(&chapter_of("a"), None, &mut builder, &mut notes);
    chapter(&chapter_of("b"), None, &mut builder, &mut notes);
    close(&notes, &mut builder);
    let expected =
        "text: a [reference 1: ]\ntext: b [reference 2: ]\nfootnote-1: Of a\nfootnote-2: Of b\n";
    assert_eq!(shown(&builder.finish()), expected);
}

#[test]
fn what_is_pasted() {
    check(
        "Version:0.9\r\nStartHTML:1\r\n<html><body>\r\n<!--StartFragment--><p>a</p><!--EndFragment-->\r\n</body></html>",
        "text: a",
    );
    check(
        "<meta charset='utf-8'><b style=\"font-weight:normal;\" id=\"docs-internal-guid-1\"><p dir=ltr><span style=\"font-weight:400\">a </span><span style=\"font-weight:700\">b</span></p><br><ul><li><p role=presentation><span>c</span></p></li></ul></b>",
        "text: a b [strong: b]\nitem-1: c",
    );
    check(
        "<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp; </span></span><![endif]>one<o:p></o:p></p>\
        <p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'><!--[if !supportLists]--><span style='mso-list:Ignore'>·<span>&nbsp;</span></span><!--[endif]-->two</p><!--[if gte mso 9]><xml>x</xml><![endif]--><p class=MsoNormal>three<o:p>&nbsp;</o:p></p>",
        "item-1-1: one\nitem-2: two\ntext: three\u{a0}",
    );
}

#[test]
fn a_document_that_pandoc_wrote() {
    check(
        include_str!("../../../tests/fixtures/reading/rich-pandoc.html"),
        "title: A rich document
        byline: Ann
        heading-2: First heading
        text: A paragraph with emphasis, strong, code, a link, a footnote and a non-breaking space. Soft-hyphen: co\u{ad}operate. Dash – “quotes” ’tis, 中文字, ئۇيغۇر, é (combining). [emphasis: emphasis] [strong: strong] [code: code] [link https://example.org/a?b=c&d: link] [reference 1: ]
        quotation: A quotation of two lines.
        quotation: nested
        item-1: one
        item-1: two
        item-2-1: inner a
        item-2-2: inner b/second paragraph of b
        item-1: three
        text: Term [strong: Term]
        text: Definition
        caption: A table caption
        table-head: Left
        head: Right
        row-cell: a b
        cell: 1
        row-cell: c|d
        cell: 2
        caption: A figure caption
        heading-2: Second heading
        text: Line one/line two after a hard break.
        code: def f():/    return 1
        text: H2O and x2 and gone. [subscript: 2] [superscript: 2]
        footnote-1: The note’s text, with emphasis. [emphasis: emphasis]",
    );
}

/// Pages that are meant to be a burden take a time that grows with their length alone.
#[test]
fn no_page_is_too_deep_or_too_large() {
    let deep = |tag: &str, count: usize| format!("{}x", format!("<{tag}>").repeat(count));
    let mut pages: Vec<(String, String)> = [
        "div",
        "b",
        "a href=x",
        "p",
        "ul><li",
        "blockquote",
        "table><tr><td",
        "svg",
        "math",
        "pre",
        "template",
        "h1",
        "button",
        "select",
        "svg><foreignObject",
        "svg><title",
        "svg><style",
        "math><mtext><iframe",
    ]
    .iter()
    .map(|tag| ((*tag).to_owned(), deep(tag, 100_000)))
    .collect();
    let repeated = |piece: &str, count: usize| (piece.to_owned(), piece.repeat(count));
    pages.extend([
        repeated("<td>", 100_000),
        repeated(" ", 1_000_000),
        repeated("&nbsp;", 30_000),
        repeated("<p>x", 30_000),
        repeated("<img alt=x>", 30_000),
        repeated("<br>", 50_000),
        repeated("</p>", 100_000),
        repeated("<b><p></b>x", 30_000),
        repeated(&format!("<b>{}</b>", "<div>".repeat(9)), 1_000),
        (
            "formatting, closed in blocks".into(),
            format!(
                "{}{}{}",
                (0..60).map(|n| format!("<b id={n}>")).collect::<String>(),
                "<div>".repeat(400),
                "</b><div>".repeat(3_000)
            ),
        ),
        repeated("<a><div></a>", 30_000),
        repeated("<sup><a href='#n'>1</a></sup>", 30_000),
        repeated("<li class=footnotes id=n>", 30_000),
        repeated("<q>", 50_000),
        repeated("<", 100_000),
        repeated("<a ", 100_000),
        repeated("&", 100_000),
        repeated("<p style='display:", 30_000),
        (
            "cells".into(),
            format!("<table>{}", "<tr><td>x<td>".repeat(20_000)),
        ),
        (
            "one row".into(),
            format!("<table><tr>{}", "<td colspan=9 rowspan=9>x".repeat(20_000)),
        ),
        (
            "fonts".into(),
            format!(
                "<p>{}{}",
                (0..500)
                    .map(|n| format!("<font size={n}>"))
                    .collect::<String>(),
                "<p>x".repeat(20_000)
            ),
        ),
        (
            "attributes".into(),
            format!(
                "<p {}>x",
                (0..10_000).map(|n| format!("a{n}=1 ")).collect::<String>()
            ),
        ),
        (
            "figure".into(),
            format!("<figure>{}<figcaption>y", "<img alt=x>".repeat(30_000)),
        ),
    ]);
    for (name, page) in pages {
        let version = fragment(&page);
        comes_back(&version);
        assert!(version.text.text().len() <= page.len(), "{name}");
        let depth = deepest(&Tree::parse(&page));
        assert!(depth <= DEEPEST as usize + 8, "{name}: {depth}");
    }
}

/// How many elements the deepest node lies in.
fn deepest(tree: &Tree) -> usize {
    let mut depths = vec![0; tree.len()];
    for node in tree.inside(Tree::ROOT) {
        depths[node] = tree.parent(node).map_or(0, |parent| depths[parent] + 1);
    }
    depths.into_iter().max().unwrap_or(0)
}

const TAGS: &str = "html body head p div h1 h3 ul ol li dl dt dd table caption tr td th thead pre \
    blockquote a b i em code sub sup span q br hr img figure figcaption math svg annotation script style \
    template select option form section font title";

const ATTRIBUTES: [&str; 14] = [
    "",
    " id=n",
    " href='#n'",
    " href=x",
    " alt=y",
    " class=footnotes",
    " role=doc-noteref",
    " colspan=3",
    " rowspan=2",
    " start=-4",
    " hidden",
    " style='font-weight:700'",
    " style='display:block'",
    " style='mso-list:l0 level2'",
];

/// Pieces of markup, whole and broken.
pub(crate) fn soup() -> impl Strategy<Value = String> {
    let tags: Vec<&str> = TAGS.split_ascii_whitespace().collect();
    let tag = prop::sample::select(tags);
    let attributes = prop::sample::select(&ATTRIBUTES[..]);
    const SPACES: [&str; 6] = [
        "\0\u{2028}\u{85}\u{a0}&nbsp;&#13;&#10;",
        " ",
        "\n\t",
        "<!--",
        "-->",
        "\r",
    ];
    let piece = prop_oneof![
        4 => (tag.clone(), attributes).prop_map(|(tag, attributes)| format!("<{tag}{attributes}>")),
        2 => tag.prop_map(|tag| format!("</{tag}>")),
        2 => "[a-z \n]{0,6}",
        1 => prop::sample::select(&SPACES[..]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_markup_is_a_version(html in soup()) {
        comes_back(&fragment(&html));
    }
}
