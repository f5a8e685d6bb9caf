//! How one reads: where one was in each document, the outline, how the text looks, how wide the panes
//! are.

use std::time::{Duration, Instant};

use browser_tests::{At, Page, Visit, open};

use crate::scripts::open_nth;

/// Far down in the first article, and in the second.
const WORDS: [&str; 2] = [
    "more attractive to foreign investment",
    "is a letter beyond the first plane",
];

fn top_of(page: &Page, words: &str) -> f64 {
    page.lines_of(words)[0].top
}

fn see_at(page: &Page, words: &str, top: f64) {
    page.wait("it is where it was left", || {
        page.text().contains(words)
            && page.in_view(words)
            && (top_of(page, words) - top).abs() < 3.0
    });
}

/// Stays where one is for as long as it takes until that is remembered: what is written while a page is
/// left is kept in Chromium only.
fn rest(page: &Page) {
    let since = Instant::now();
    page.wait("it has been remembered", || {
        since.elapsed() > Duration::from_secs(1)
    });
}

fn open_dialog(page: &Page) {
    page.menu("Reading…");
    page.see_dialog("Reading");
}

fn choose(page: &Page, choice: &str) {
    page.click_in("dialog", "Reading", choice);
}

fn close(page: &Page) {
    page.click_in("dialog", "Reading", "Close");
    page.wait("the dialog is closed", || page.dialog().is_none());
}

/// What the page itself goes by.
fn style(page: &Page) -> String {
    page.script("return document.documentElement.style.cssText;")
}

#[test]
fn each_document_is_opened_where_it_was_left_also_after_a_reload() {
    let page = open();
    let mut tops = [0.0; 2];
    for (number, words) in WORDS.into_iter().enumerate() {
        open_nth(&page, number);
        page.wait("it is there", || page.text().contains(words));
        page.scroll_to(words, At::Middle);
        page.settle();
        tops[number] = top_of(&page, words);
        rest(&page);
    }
    for _ in 0..2 {
        page.reload();
        see_at(&page, WORDS[1], tops[1]);
        page.press("Alt+PageDown");
        see_at(&page, WORDS[0], tops[0]);
        page.press("Alt+PageUp");
        see_at(&page, WORDS[1], tops[1]);
        rest(&page);
    }
    // What is said above the text has the place in the list.
    let head = |page: &Page| -> String {
        page.script("return document.querySelector('.text-head').textContent;")
    };
    page.see("the place", |page| head(page).contains("1 of 2"), true);
    page.click("Next document");
    page.see("the place", |page| head(page).contains("2 of 2"), true);
}

fn headings(page: &Page) -> Vec<String> {
    page.script(
        "return [...document.querySelectorAll('.outline button')].map((own) => own.textContent);",
    )
}

fn current(page: &Page) -> Option<String> {
    page.script("return document.querySelector('.outline [aria-current]')?.textContent ?? null;")
}

#[test]
fn the_outline_leads_to_headings_and_follows_what_is_read() {
    let page = open();
    page.wait("the headings are listed", || headings(&page).len() > 4);
    let all = headings(&page);
    let heading = all[3].clone();
    let press = |number: usize| {
        let _: bool = page.script(&format!(
            "document.querySelectorAll('.outline button')[{number}].click(); return true;"
        ));
    };
    press(3);
    page.see("the heading", current, Some(heading.clone()));
    page.wait("it is at the upper edge", || {
        let far: f64 = page.script(&format!(
            "const own = [...document.querySelectorAll('article h2')].find((own) => own.textContent === {heading:?});
             return own.getBoundingClientRect().top - document.querySelector('.reader').getBoundingClientRect().top;"
        ));
        (0.0..60.0).contains(&far)
    });
    let _: bool = page.script(
        "document.querySelector('.reader').scrollBy(0, -30);
         document.querySelector('.reader').scrollBy(0, -200);
         return true;",
    );
    page.see("the heading before", current, Some(all[2].clone()));
    // By keys.
    let _: bool =
        page.script("document.querySelector('.outline [aria-current]').focus(); return true;");
    page.press_times(2, "Down");
    page.press("Enter");
    page.see("the heading", current, Some(all[4].clone()));
    assert_eq!(page.violations(), Vec::<String>::new());
    page.click("Outline");
    page.see("it is folded", |page| headings(page).len(), 0_usize);
    page.reload();
    page.wait("it is there", || page.has("button", "Outline"));
    assert_eq!(headings(&page), Vec::<String>::new());
}

#[test]
fn what_is_chosen_for_reading_is_seen_at_once_and_with_the_next_visit_from_the_first_paint_on() {
    let watch = "addEventListener('DOMContentLoaded', () => {
         window.atFirst = document.documentElement.style.cssText;
     });";
    let page = Visit::default().after(watch).open();
    page.mark(WORDS[0], "1");
    page.scroll_to(WORDS[0], At::Middle);
    page.settle();
    let light = page.picture_of(WORDS[0]);
    let first = "const own = [...document.querySelectorAll('article [data-block]')]
        .find((own) => own.getBoundingClientRect().bottom > 60);
        return [own.dataset.block, getComputedStyle(own).fontSize];";
    let (block, size): (String, String) = page.script(first);
    open_dialog(&page);
    choose(&page, "Larger");
    choose(&page, "Wide");
    choose(&page, "Loose");
    choose(&page, "Sans serif");
    choose(&page, "Dark");
    page.settle();
    let (still, larger): (String, String) = page.script(first);
    assert_eq!(still, block, "the same stands at the upper edge");
    assert_ne!(larger, size);
    assert_eq!(page.violations(), Vec::<String>::new());
    close(&page);
    assert_eq!(page.violations(), Vec::<String>::new());
    let background = "return getComputedStyle(document.body.parentElement).backgroundColor;";
    assert_eq!(page.script::<String>(background), "rgb(22, 24, 28)");
    page.scroll_to(WORDS[0], At::Middle);
    assert_ne!(page.picture_of(WORDS[0]), light, "marks are dark as well");
    let chosen = style(&page);
    page.reload();
    assert_eq!(page.script::<String>("return window.atFirst;"), chosen);
    assert_eq!(page.script::<String>(background), "rgb(22, 24, 28)");
    open_dialog(&page);
    choose(&page, "Sepia");
    assert_eq!(page.violations(), Vec::<String>::new());
    choose(&page, "Reset");
    close(&page);
    assert_eq!(style(&page), "");
    assert_eq!(page.script::<String>(background), "rgb(253, 252, 249)");
}

#[test]
fn panes_are_made_wider_and_folded_and_stay_so() {
    let page = open();
    let width = |page: &Page, pane: &str| -> f64 {
        page.script(&format!(
            "return document.querySelector('{pane}').getBoundingClientRect().width;"
        ))
    };
    page.wait("it can be done", || {
        page.holds("document.querySelectorAll('.separator').length === 2")
    });
    let focus = |which: &str| {
        let _: bool = page.script(&format!(
            "document.querySelector('.separator.{which}').focus(); return true;"
        ));
    };
    let before = [".library", ".panel"].map(|pane| width(&page, pane));
    focus("left");
    page.press_times(2, "Right");
    focus("right");
    page.press("Left");
    let after = [before[0] + 32.0, before[1] + 16.0];
    let widths = |page: &Page| [".library", ".panel"].map(|pane| width(page, pane).round());
    page.see("the widths", widths, after.map(f64::round));
    page.reload();
    page.see("the widths", widths, after.map(f64::round));
    page.wait("it can be done", || {
        page.holds("document.querySelectorAll('.separator').length === 2")
    });
    focus("right");
    page.press("Enter");
    page.see("the widths", widths, [after[0].round(), before[1].round()]);
    page.click("Documents and themes");
    let is_shown = |page: &Page| page.holds("document.querySelector('.library').checkVisibility()");
    page.see("the pane", is_shown, false);
    page.reload();
    page.see("the pane", is_shown, false);
    page.wait("it can be done", || {
        page.holds("document.querySelectorAll('.separator').length === 2")
    });
    page.click("Documents and themes");
    page.see("the pane", is_shown, true);
    page.reload();
    page.see("the pane", is_shown, true);
}
