//! The bundled article.

use browser_tests::page::{At, look_alike};
use browser_tests::{Page, Visit, open};

/// The text as it was republished, page furniture included.
const SOURCE: &str = include_str!("../../../fixtures/kazakhstan.source.txt");

const HEADLINE: &str =
    "Why the US cares about what happens in Kazakhstan – 5 questions answered by former ambassador";
const CREDIT: &str = "Valery Sharifulin\\TASS via Getty Images";
const NEWSLETTER: &str = "[Over 140,000 readers rely on The Conversation’s newsletters to understand the world. Sign up today.]";

/// The source less exactly its furniture.
fn body() -> String {
    let mut body = SOURCE.replace("\r\n", "\n");
    for (furniture, instead) in [
        // The breadcrumb line, and the title repeated with the author's name.
        (
            "Home Geopolitics Why the US cares about what happens in Kazakhstan – 5 questions...\n",
            "",
        ),
        (&format!("{HEADLINE} – Larry C. Napper\n"), ""),
        // The stray parenthesis of a credit.
        (&format!("{CREDIT})"), CREDIT),
        (NEWSLETTER, ""),
        // The tracking pixel's words, glued to the last sentence.
        (
            "a major reason for unrest.The Conversation",
            "a major reason for unrest.",
        ),
        // A link's words behind the licence's sentence.
        (
            "under a Creative Commons license. Read the original article.",
            "under a Creative Commons license.",
        ),
    ] {
        assert_eq!(
            body.matches(furniture).count(),
            1,
            "“{furniture}” is in the source once"
        );
        body = body.replace(furniture, instead);
    }
    body
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

#[test]
fn every_word_of_the_article_stands_on_the_page_in_order() {
    let page = open();
    let shown: Vec<String> = page.script(
        "return [...document.querySelectorAll('article [data-block]')]
           .filter((block) => block.checkVisibility())
           .map((block) => block.textContent);",
    );
    assert_eq!(words(&shown.join("\n")), words(&body()));
    assert_eq!(words(&page.text()), words(&body()));
}

#[test]
fn it_is_an_article_with_a_headline_five_questions_and_two_figures() {
    let page = open();
    assert!(page.has("article", HEADLINE));
    let shape: Vec<String> = page.script(
        "return [...document.querySelectorAll('article > *, article > header > *, article > .section > *, article > footer > *')]
           .map((part) => part.localName)
           .filter((name) => name !== 'p' && name !== 'div');",
    );
    let expected = [
        "header", "h1", "figure", "h2", "h2", "h2", "figure", "h2", "h2", "footer",
    ];
    assert_eq!(shape, expected);
    let questions: Vec<String> = page
        .script("return [...document.querySelectorAll('article h2')].map((h) => h.textContent);");
    assert!(
        questions.iter().all(|question| question.ends_with('?')),
        "{questions:?}"
    );
    let figures: Vec<String> = page
        .script("return [...document.querySelectorAll('figcaption')].map((f) => f.textContent);");
    assert!(
        figures[0].contains(CREDIT) && figures[1].contains("Kremlin Press Office"),
        "{figures:?}"
    );
}

#[test]
fn its_column_is_a_pleasure_to_read() {
    let page = open();
    // How many characters fit a line of the running text, on average.
    let (characters, lines): (f64, f64) = page.script(
        "let characters = 0, lines = 0;
         for (const block of document.querySelectorAll('article p.text')) {
           const range = document.createRange();
           range.selectNodeContents(block);
           const tops = new Set([...range.getClientRects()].map((rect) => Math.round(rect.top)));
           // A paragraph's last line is seldom a full one.
           characters += block.textContent.length;
           lines += tops.size - 0.5;
         }
         return [characters, lines];",
    );
    let measure = characters / lines;
    assert!(
        (55.0..=78.0).contains(&measure),
        "{measure} characters a line"
    );
}

#[test]
fn marking_does_not_touch_the_articles_dom() {
    let page = open();
    let dom = |page: &Page| -> String {
        page.script("return document.querySelector('article').innerHTML;")
    };
    // It is drawn piece by piece.
    page.wait("all of it is drawn", || {
        page.holds("document.querySelector('article footer p') !== null")
    });
    let before = dom(&page);
    page.mark("non-proliferation of weapons of mass destruction", "1");
    page.mark(
        "substantial U.S. investment in the country’s energy sector",
        "2",
    );
    assert_eq!(dom(&page), before);
}

#[test]
fn a_mark_is_really_to_be_seen_and_gone_when_it_is_undone() {
    let page = open();
    let passage = "sparked by rising gas prices";
    let others = "rescind the “shoot-to-kill” order";
    page.scroll_to(passage, At::Middle);
    let bare = page.picture_of(passage);
    page.mark(passage, "1");
    page.press("Escape");
    // Off the paragraph that is looked at.
    page.hover(others);
    page.wait("the passage looks marked", || {
        !look_alike(&page.picture_of(passage), &bare)
    });
    page.press("Ctrl+z");
    page.see("the list", Page::quotes, Vec::<String>::new());
    page.wait("the passage looks unmarked again", || {
        look_alike(&page.picture_of(passage), &bare)
    });
}

/// Notes, before the program runs, where the first screen stands.
const FIRST_SCREEN: &str = "
    window.blocks = () => [...document.querySelectorAll('article [dir]')].slice(0, 16).map((block) => {
      const { left, top, width, height } = block.getBoundingClientRect();
      return [block.textContent, ...[left, top, width, height].map(Math.round)].join(' ');
    });
    addEventListener('DOMContentLoaded', () => {
      const article = document.querySelector('[aria-busy] article');
      const note = () => {
        window.firstScreen = { blocks: blocks(), sight: getComputedStyle(article).visibility };
      };
      // It is seen once it has its style.
      const style = document.querySelector('link[rel=stylesheet]');
      if (style.sheet) note();
      else style.addEventListener('load', note);
    });";

#[test]
fn what_a_line_looks_like_is_understood_by_the_engine() {
    let page = open();
    page.mark("sparked by rising gas prices", "2");
    page.see_saved();
    // What an engine does not understand is not in its rule.
    let (line, chip): (String, String) = page.script(
        "const rules = [...document.adoptedStyleSheets].flatMap((sheet) => [...sheet.cssRules]);
         const line = rules.find((rule) => rule.selectorText?.includes('highlight(line-1-0)')).style;
         const chip = getComputedStyle(document.querySelector('.entry .chip'));
         return [line, chip].map((each) => `${each.textDecorationLine} ${each.textDecorationStyle} ${each.textDecorationThickness}`);",
    );
    assert_eq!(
        (&*line, &*chip),
        ("underline dashed 2px", "underline dashed 2px")
    );
}

fn first_blocks(page: &Page) -> Vec<String> {
    page.script("return firstScreen.blocks;")
}

fn first_sight(page: &Page) -> String {
    page.script("return firstScreen.sight;")
}

#[test]
fn its_beginning_stands_there_before_the_program_runs() {
    let visit = Visit::default().after(FIRST_SCREEN);
    for visit in [visit.clone(), visit.on_a_phone()] {
        let page = visit.open();
        let shown: Vec<String> = page.script("return blocks();");
        assert_eq!(shown.len(), 16);
        assert_eq!(first_blocks(&page), shown);
        assert_eq!(first_sight(&page), "visible");
        let busy: bool = page.script("return document.querySelector('[aria-busy]') !== null;");
        assert!(!busy);
    }
}

#[test]
fn who_left_at_another_place_is_not_shown_the_beginning_first() {
    let page = Visit::default().after(FIRST_SCREEN).open();
    let scroll = |top: u32| {
        let _: Option<()> = page.script(&format!(
            "document.querySelector('.reader').scrollTop = {top};"
        ));
        page.settle();
        page.reload();
        first_sight(&page)
    };
    assert_eq!(scroll(900), "hidden");
    assert_eq!(scroll(0), "visible");
}
