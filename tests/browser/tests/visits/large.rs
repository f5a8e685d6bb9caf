//! A long text and many marks feel like an article with ten.

use std::thread;
use std::time::{Duration, Instant};

use browser_tests::generated::{SOURCE, front};
use browser_tests::page::{At, in_one_of};
use browser_tests::{Engine, Page, Visit};
use serde_json::json;
use themark::document::article;

pub(crate) const PARAGRAPHS: usize = 2_400;

/// An article of some 700 kB. Every paragraph begins with words that are in it alone.
pub(crate) fn source() -> String {
    let mut source = front() + "# A long text\n";
    for number in 0..PARAGRAPHS {
        if number % 30 == 7 {
            source += &format!("\n## The heading before number {number}\n");
        }
        // From one line to some ten.
        let rest = " It goes on for a while, and says little.".repeat(number * 7 % 14);
        source += &format!("\nHere begins {}{rest}\n", passage(number));
    }
    source
}

/// Words that are not only in one paragraph alone, but unlike those in any other.
pub(crate) fn passage(number: usize) -> String {
    let name = (number as u32).wrapping_mul(0x9e37_79b9);
    format!("a paragraph by the name of {name:08x}.")
}

pub(crate) fn opened() -> Page {
    opened_by(Visit::default())
}

pub(crate) fn opened_by(visit: Visit) -> Page {
    let page = visit.with_article(source()).open();
    page.wait("all of the text is there", || {
        page.script("return document.querySelector('.section:last-of-type').hasChildNodes();")
    });
    page
}

/// A file with annotations on the paragraphs' first words, and `deep` on the first of all.
pub(crate) fn file(deep: usize) -> String {
    let item = |(id, number): (usize, usize)| {
        json!({
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": format!("https://example.org/{id}"),
            "type": "Annotation",
            "body": [{ "type": "TextualBody", "value": format!("Note {id}") }],
            "target": {
                "source": SOURCE,
                "selector": { "type": "TextQuoteSelector", "exact": passage(number) },
            },
        })
    };
    let marked = std::iter::repeat_n(0, deep).chain(1..PARAGRAPHS);
    json!(marked.enumerate().map(item).collect::<Vec<_>>()).to_string()
}

pub(crate) fn import(page: &Page, deep: usize) {
    page.choose("many.json", file(deep));
    page.see_dialog("Import annotations");
    page.click_in("dialog", "Import annotations", "Add to article");
    page.see_status("Imported");
}

/// The number of the first block in view, and how far below the pane's edge it begins.
fn first_in_view(page: &Page) -> (usize, f64) {
    page.script(
        "const top = document.querySelector('.reader').getBoundingClientRect().top;
         const first = [...document.querySelectorAll('[data-block]')]
           .find((block) => block.getBoundingClientRect().bottom > top + 1);
         return [Number(first.dataset.block), first.getBoundingClientRect().top - top];",
    )
}

/// How many ranges are registered.
fn registered(page: &Page) -> usize {
    page.script("return [...CSS.highlights.values()].reduce((sum, one) => sum + one.size, 0);")
}

#[test]
fn the_whole_text_is_there_for_the_page_and_for_the_clipboard() {
    let page = opened();
    let text = article::read(&source()).unwrap().text.text().to_string();
    assert!(page.text() == text, "the text is the article's");
    page.click_on(&passage(0));
    page.press("Ctrl+a");
    page.wait("all is selected", || {
        let selected = page.selection();
        selected.starts_with("A long text") && selected.contains(&passage(PARAGRAPHS - 1))
    });
    page.wait("and can be tagged", || page.can_tag());
}

#[test]
fn what_is_printed_is_the_whole_text() {
    // Nothing is drawn later here.
    let page = Visit::default()
        .after(
            "const wait = window.setTimeout;
             window.setTimeout = (act, time) => time ? wait(act, time) : 0;",
        )
        .with_article(source())
        .open();
    let drawn = |place: &str| -> usize {
        let script = "return document.querySelectorAll('PLACE :is(h1, h2, p)').length;";
        page.script(&script.replace("PLACE", place))
    };
    assert!(
        drawn("article") < PARAGRAPHS,
        "some of it is still to be drawn"
    );
    page.wait_until_printable();
    let _: bool = page.script("return dispatchEvent(new Event('beforeprint'));");
    assert!(drawn(".printed") > PARAGRAPHS);
    let _: bool = page.script("return dispatchEvent(new Event('afterprint'));");
    assert_eq!(drawn(".printed"), 0);
}

#[test]
fn marking_makes_no_elements() {
    let page = opened();
    let elements =
        || -> usize { page.script("return document.querySelectorAll('article *').length;") };
    let before = elements();
    page.mark(&passage(3), "1");
    page.press("Escape");
    page.mark(&passage(2_000), "2");
    assert_eq!(elements(), before);
}

#[test]
fn what_is_far_is_not_laid_out_and_takes_the_room_it_will_take() {
    let page = opened();
    let sections: usize = page.script("return document.querySelectorAll('.section').length;");
    assert!((PARAGRAPHS / 100..=PARAGRAPHS / 50).contains(&sections));
    let skipped: Option<bool> = page.script(
        "const far = document.querySelector('.section:last-of-type > p');
         const asked = { contentVisibilityAuto: true };
         const knows = CSS.supports('content-visibility', 'auto') && far.checkVisibility;
         return knows ? !far.checkVisibility(asked) : null;",
    );
    // In WebKit nothing is skipped: see the style sheet.
    assert_ne!(skipped, Some(in_one_of(&[Engine::Webkit])));
    let middle = "const section = document.querySelectorAll('.section')[15];
        return section.getBoundingClientRect().height;";
    let expected: f64 = page.script(middle);
    page.scroll_to(&passage(930), At::Middle);
    page.settle();
    let real: f64 = page.script(middle);
    assert!(
        (0.8..1.25).contains(&(expected / real)),
        "{expected} px expected, {real} px taken"
    );
}

#[test]
fn it_is_left_and_found_at_the_same_line() {
    let page = opened();
    page.scroll_to(&passage(1_500), At::Top);
    let before = first_in_view(&page);
    // The place is remembered when scrolling has come to rest.
    thread::sleep(Duration::from_millis(1_500));
    page.reload();
    page.wait("the same block stands at the same height", || {
        let now = first_in_view(&page);
        now.0 == before.0 && (now.1 - before.1).abs() < 3.0
    });
    page.settle();
    let now = first_in_view(&page);
    assert_eq!(now.0, before.0, "and stays there");
    assert!((now.1 - before.1).abs() < 3.0, "{now:?} and not {before:?}");
}

#[test]
fn a_reload_right_after_scrolling_finds_the_place() {
    let page = opened();
    page.scroll_to(&passage(1_000), At::Top);
    let before = first_in_view(&page).0;
    page.settle();
    if in_one_of(&[Engine::Webkit]) {
        // It keeps nothing that is written while the page is being left.
        thread::sleep(Duration::from_millis(400));
    }
    page.reload();
    page.see("the first block", |page| first_in_view(page).0, before);
}

#[test]
fn keys_go_to_both_ends_of_the_text() {
    let page = opened();
    let is_at = |end: bool| {
        page.wait(if end { "the end" } else { "the top" }, || {
            page.script(&format!(
                "const pane = document.querySelector('.reader');
                 const left = pane.scrollHeight - pane.clientHeight - pane.scrollTop;
                 return {} < 2;",
                if end { "left" } else { "pane.scrollTop" }
            ))
        });
    };
    // Nothing has the focus yet, then the article has it.
    for _ in 0..2 {
        page.press("End");
        is_at(true);
        page.settle();
        is_at(true);
        page.press("Home");
        is_at(false);
        for focused in [false, true] {
            if focused {
                page.tab_to("article");
                page.press("Ctrl+Home");
            }
            for (on, back) in [("PageDown", "PageUp"), ("Space", "Shift+Space")] {
                page.press(on);
                let paged = |page: &Page| -> bool {
                    page.script("return document.querySelector('.reader').scrollTop > 300;")
                };
                page.see("a page further", paged, true);
                page.press(back);
                is_at(false);
            }
        }
        for (key, end) in [("Ctrl+End", true), ("Ctrl+Home", false)] {
            page.press(key);
            is_at(end);
            page.settle();
            is_at(end);
        }
        let _: Option<()> = page.script("document.activeElement.blur();");
    }
    page.tab_to("article");
    page.press("Ctrl+Home");
    page.press("Ctrl+Shift+End");
    page.wait("all is selected", || {
        page.selection().contains(&passage(PARAGRAPHS - 1))
    });
}

#[test]
fn a_mark_on_all_of_the_text_is_one_short_entry() {
    let page = opened();
    page.click_on(&passage(0));
    page.press("Ctrl+a");
    page.wait("it can be tagged", || page.can_tag());
    page.press("1");
    page.see_status("Tagged Sovereignty");
    let listed: usize = page.script("return document.querySelector('.panel').textContent.length;");
    assert!(listed < 1_000, "{listed} characters for one entry");
}

#[test]
fn a_window_that_is_resized_shows_the_same_words() {
    let mut page = opened();
    page.scroll_to(&passage(1_201), At::Top);
    let before = first_in_view(&page).0;
    for (width, height) in [(700, 800), (1280, 500), (500, 600), (1280, 800)] {
        page.resize(width, height);
        page.see("the first block", |page| first_in_view(page).0, before);
    }
}

#[test]
fn an_entry_goes_to_a_passage_far_away() {
    let page = opened();
    let far = passage(2_100);
    page.mark(&far, "1");
    page.press("Escape");
    page.scroll_to(&passage(2), At::Top);
    assert!(!page.in_view(&far));
    page.click_entry(&far);
    page.wait("the passage is in view", || page.in_view(&far));
    page.settle();
    page.settle();
    assert!(page.in_view(&far), "and stays there");
    page.see("the flash", |page| page.painted("flash"), vec![far]);
}

#[test]
fn however_many_marks_there_are_only_those_near_the_viewport_are_registered() {
    let page = opened();
    import(&page, 0);
    page.wait("marks are painted", || registered(&page) > 0);
    for number in [1_000, 2_390, 40] {
        page.scroll_to(&passage(number), At::Middle);
        page.wait("the mark is painted", || {
            page.painted("line-none").contains(&passage(number))
        });
        let registered = registered(&page);
        assert!(registered < 150, "{registered} ranges are registered");
    }
}

#[test]
fn twenty_marks_on_a_word_are_told_of_and_reached() {
    let page = opened();
    import(&page, 20);
    let words = passage(0);
    page.scroll_to(&words, At::Middle);
    page.hover(&words);
    page.wait("the tooltip tells of some", || {
        let told = page.tooltip().unwrap_or_default();
        told.contains("Note ") && told.ends_with("and 16 more")
    });
    // Two clicks in quick succession are a double click, which selects a word.
    const APART: Duration = Duration::from_millis(600);
    let mut clicked: Option<Instant> = None;
    let mut reached = std::collections::BTreeSet::new();
    for _ in 0..20 {
        let since = clicked.map_or(APART, |clicked| clicked.elapsed());
        thread::sleep(APART.saturating_sub(since));
        page.click_on(&words);
        clicked = Some(Instant::now());
        page.see("a mark is selected", Page::current, Some(words.clone()));
        let id: String = page.script(
            "return document.querySelector('[aria-current=true]').closest('[data-id]').dataset.id;",
        );
        reached.insert(id);
    }
    assert_eq!(reached.len(), 20);
}
