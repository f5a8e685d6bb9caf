//! The article in many scripts.

use browser_tests::page::At;
use browser_tests::{Page, open};

const HEADLINE: &str = "A page in many scripts, to try marking on";

fn open_scripts() -> Page {
    let page = open();
    open_second(&page);
    page
}

/// Opens that article.
pub(crate) fn open_second(page: &Page) {
    open_nth(page, 1);
    page.see("the headline", Page::headline, HEADLINE.to_owned());
    page.settle();
}

/// Opens a bundled article by its number, as the list of documents does, whether that is seen or not.
pub(crate) fn open_nth(page: &Page, number: usize) {
    let title = ["Why the US", "A page in many"][number];
    page.wait("the documents are listed", || {
        page.holds("!!document.querySelector('.documents button')")
    });
    let _: bool = page.script(&format!(
        "const all = [...document.querySelectorAll('.documents button')];
         all.find((own) => own.textContent.startsWith('{title}')).click();
         return true;"
    ));
}

#[test]
fn an_article_stands_where_it_was_left_for_another() {
    let page = open();
    let words = "more attractive to foreign investment";
    page.scroll_to(words, At::Top);
    let before = page.lines_of(words)[0].top;
    open_second(&page);
    page.see("how far it is scrolled", scrolled, 0);
    page.scroll_to("is a letter beyond the first plane", At::Top);
    open_nth(&page, 0);
    page.wait("it is where it was left", || {
        page.in_view(words) && (page.lines_of(words)[0].top - before).abs() < 3.0
    });
}

fn scrolled(page: &Page) -> i32 {
    page.script("return Math.round(document.querySelector('.reader').scrollTop);")
}

#[test]
fn a_word_after_an_emoji_is_that_word_in_every_count() {
    let page = open_scripts();
    page.mark("is one sign to a reader", "1");
    page.mark("is a letter beyond the first plane", "2");
    // The positions are checked in code points against the text, the quotes to the sign.
    let export = page.export();
    assert_eq!(
        export.listed(),
        [
            "is one sign to a reader [Sovereignty]",
            "is a letter beyond the first plane [Energy]"
        ]
    );
}

#[test]
fn an_emoji_and_an_accented_letter_are_marked_whole() {
    let page = open_scripts();
    let marked = |words: &str, from: usize, to: usize| {
        let _: bool = page.script(&format!(
            "const walker = document.createTreeWalker(document.querySelector('article'), 4);
             let node;
             while ((node = walker.nextNode())) {{
               const at = node.data.indexOf({words:?});
               if (at >= 0) {{
                 node.parentElement.scrollIntoView({{ block: 'center' }});
                 getSelection().setBaseAndExtent(node, at + {from}, node, at + {to});
                 return true;
               }}
             }}
             return false;"
        ));
        page.wait("it can be tagged", || page.can_tag());
        page.press("1");
        page.see_status("Tagged Sovereignty");
        page.press("Escape");
    };
    // In the middle of the family, and in the middle of the accent.
    marked("👨\u{200d}👩\u{200d}👧 is", 1, 4);
    marked("cafe\u{301}: the", 2, 4);
    assert_eq!(page.quotes(), ["👨\u{200d}👩\u{200d}👧", "fe\u{301}"]);
}

#[test]
fn right_to_left_text_is_marked_in_logical_order() {
    let page = open_scripts();
    page.mark("נכתבת מימין לשמאל", "3");
    page.press("Escape");
    page.mark("تُكتب من اليمين", "2");
    let export = page.export();
    assert_eq!(
        export.listed(),
        [
            "تُكتب من اليمين [Energy]",
            "נכתבת מימין לשמאל [Counterterrorism]"
        ]
    );
}

#[test]
fn the_open_article_and_its_marks_are_there_after_a_reload() {
    let page = open_scripts();
    page.mark("标记仍然应该准确", "1");
    page.see_saved();
    page.reload();
    assert_eq!(page.headline(), HEADLINE);
    assert_eq!(page.quotes(), ["标记仍然应该准确"]);
    assert_eq!(page.download().name, "scripts.annotations.json");
}

#[test]
fn undo_goes_to_the_article_that_it_changes() {
    let page = open();
    let first = page.headline();
    page.mark("shoot-to-kill", "1");
    page.press("Escape");
    page.scroll_to("shoot-to-kill", At::Top);
    open_second(&page);
    assert!(page.in_view(HEADLINE), "another article starts at its top");
    page.click("Undo");
    page.see_status("Undid tag Sovereignty");
    page.see("the headline", Page::headline, first);
    assert_eq!(page.quotes(), Vec::<String>::new());
}
