//! Files that were made to harm: to run, to ask for something, to fill the memory, to take for ever.

use browser_tests::Page;
use themark::archive;

use crate::hostile::{check, drop_made, markup, open_patiently, see_outcomes};
use crate::library::{add, titles};

/// A page with all that runs or asks for something.
const PAGE: &str = "<!doctype html><html onload='fooled = true'><head>
    <title>A harmless page</title><base href='https://elsewhere.example/'>
    <meta http-equiv=refresh content='0;url=https://elsewhere.example/refresh'>
    <link rel=stylesheet href=style.css><script src=script.js></script>
    <style>@import url(https://elsewhere.example/import.css); p { background: url(https://elsewhere.example/p) }</style>
    </head><body onload='fooled = true' style='background: url(https://elsewhere.example/body)'>
    <script>window.fooled = true</script>
    <p style='position: fixed; inset: 0; behavior: url(x.htc)' onclick='fooled = true'>Words that are shown.</p>
    <p><a href='javascript:window.fooled = true'>a script</a>, <a href='  java\tscript:fooled = true'>another</a>,
    <a href='data:text/html,<script>parent.fooled = true</script>'>data</a>, <a href=/there>a link</a></p>
    <img src=image.png srcset='image2.png 2x' onerror='fooled = true' alt='A picture'>
    <svg onload='fooled = true'><script>fooled = true</script><image href='https://elsewhere.example/svg.png'/>
    <a xlink:href='javascript:fooled = true'><text>drawn</text></a><foreignObject><iframe srcdoc='<script>top.fooled = true</script>'>
    </iframe></foreignObject><use href='https://elsewhere.example/use.svg#a'/></svg>
    <math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=fooled=true&gt;'></mglyph></table></mtext>
    <maction actiontype=statusline xlink:href='javascript:fooled = true'>x</maction></math>
    <iframe src=https://elsewhere.example/frame></iframe><object data=object></object><embed src=embed>
    <video src=video autoplay></video><audio src=audio autoplay></audio><form action=form><input autofocus onfocus='fooled = true'></form>
    <noscript><p title='</noscript><img src=x onerror=fooled=true>'></noscript><template><img src=y onerror='fooled = true'></template>
    <p>And the last of the words.</p></body></html>";

/// Puts a file where a script of the page can take it from.
fn served(page: &Page, name: &str, bytes: Vec<u8>) -> String {
    page.server.add(&format!("/{name}"), bytes);
    format!("await (await fetch('./{name}')).arrayBuffer()")
}

#[test]
fn files_that_were_made_to_harm_are_a_sentence_or_words() {
    let page = open_patiently();
    let spaces = vec![b' '; 70 << 20];
    let relations = b"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>\
        <Relationship Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' \
        Target='word/document.xml'/></Relationships>";
    let bomb = archive::write(&[("_rels/.rels", relations), ("word/document.xml", &spaces)]);
    let laughs = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'ha'>\
        <!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><office:document \
        xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
        xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'>\
        <office:body><office:text><text:p>Laughs: &b;</text:p></office:text></office:body></office:document>";
    let climbing = archive::write(&[
        ("_rels/.rels", relations),
        ("../../word/document.xml", b"<w:document/>"),
    ]);
    let files = [
        ("page.html", served(&page, "page.bin", PAGE.into())),
        ("bomb.docx", served(&page, "bomb.bin", bomb.unwrap())),
        ("laughs.fodt", served(&page, "laughs.bin", laughs.into())),
        (
            "climbing.docx",
            served(&page, "climbing.bin", climbing.unwrap()),
        ),
        (
            "cells.html",
            "'<html><table>' + '<tr><td>a<td>b'.repeat(500000)".to_owned(),
        ),
        (
            "deep.html",
            "'<html><body>' + '<div><b>'.repeat(50000) + 'Deep words.'".to_owned(),
        ),
        (
            "spaces.txt",
            "'Far' + ' '.repeat(1e6) + 'apart.'".to_owned(),
        ),
        (
            "nul.txt",
            "new Uint8Array([79, 110, 101, 0, 116, 119, 111])".to_owned(),
        ),
        (
            "invalid.txt",
            "new Uint8Array([0xef, 0xbb, 0xbf, 79, 110, 101, 0xff, 0xc0, 46])".to_owned(),
        ),
    ];
    let made = files.iter().map(|(name, made)| (*name, &**made));
    let made: Vec<(&str, &str)> = made.collect();
    drop_made(&page, &made);
    see_outcomes(
        &page,
        &[
            ("page.html", "Words that are shown."),
            (
                "bomb.docx",
                "There is more in the file than can be read at once",
            ),
            ("laughs.fodt", "Laughs: &b;"),
            ("climbing.docx", "There is no text document in the file"),
            ("cells.html", "more than 500,000 paragraphs and cells"),
            ("deep.html", "Deep words."),
            ("spaces.txt", "Far"),
            ("nul.txt", "null"),
            ("invalid.txt", "One\u{fffd}"),
        ],
    );
    add(&page, 6);
    page.see_saved();
    assert_eq!(titles(&page).len(), 8);
    page.press("Escape");
    let _: bool = page.script(
        "const all = [...document.querySelectorAll('.documents .document')];
         all.find((own) => own.textContent.includes('A harmless page')).click();
         return true;",
    );
    page.wait("the page is shown", || {
        page.text().contains("Words that are shown")
    });
    page.mark("Words that are shown", "1");
    page.see_saved();
    // Links are shown, and none leads to a script.
    let links: Vec<String> = page
        .script("return [...document.querySelectorAll('article [href]')].map((own) => own.href);");
    assert!(
        links
            .iter()
            .all(|link| link.starts_with("https://elsewhere.example/")),
        "{links:?}"
    );
    let kept: Vec<String> = markup(&page);
    assert!(
        kept.iter().all(|own| !own.contains("=\"javascript:")),
        "{kept:?}"
    );
    check(&page, &kept);
}

#[test]
fn a_project_file_that_would_fill_the_memory_is_a_sentence() {
    let page = open_patiently();
    let own = markup(&page);
    let spaces = vec![b' '; 140 << 20];
    let project = archive::write(&[
        ("mimetype", b"application/vnd.themark.project+zip"),
        ("project.json", &spaces),
    ]);
    let made = served(&page, "project.bin", project.unwrap());
    drop_made(&page, &[("study.themark", &made)]);
    page.see_dialog("Projects");
    page.wait("it is refused", || {
        let alerts = page.alerts();
        alerts
            .iter()
            .any(|alert| alert.contains("There is more in it than can be read at once"))
    });
    page.press("Escape");
    page.mark("sparked by rising gas prices", "1");
    page.see_saved();
    check(&page, &own);
}
