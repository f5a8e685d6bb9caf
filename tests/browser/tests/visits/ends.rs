//! Moving the ends of a mark.

use browser_tests::{Page, open};

use crate::scripts::open_second as open_scripts;

/// Stands in "from 2001 to 2004, who interviewed Larry Napper, who served as ambassador".
const NAME: &str = "Larry Napper";

#[track_caller]
fn see_mark(page: &Page, words: &str) {
    page.see("what is painted", |page| page.painted("line-0"), [words]);
    page.see("the list", Page::quotes, [words]);
}

#[test]
fn keys_move_the_ends_of_the_selected_mark() {
    let page = open();
    page.mark(NAME, "1");
    for (chord, words) in [
        ("Alt+Shift+Right", "Larry Napper, who"),
        ("Alt+Left", "interviewed Larry Napper, who"),
        ("Alt+Shift+Left", "interviewed Larry Napper"),
        ("Alt+Right", "Larry Napper"),
        ("Ctrl+Alt+Shift+Left", "Larry Nappe"),
        ("Ctrl+Alt+Right", "arry Nappe"),
        ("Ctrl+Alt+Left", "Larry Nappe"),
        // Over the space, for no end stands there.
        ("Ctrl+Alt+Left", "d Larry Nappe"),
    ] {
        page.press(chord);
        page.see_status(&format!("Marked “{words}”"));
        see_mark(&page, words);
    }
    page.press_times(8, "Ctrl+z");
    see_mark(&page, NAME);
    page.press("Ctrl+Shift+z");
    see_mark(&page, "Larry Napper, who");
    // Nothing of a mark is never left.
    page.press_times(5, "Alt+Shift+Left");
    see_mark(&page, "Larry");
    page.see_status("It can’t go further there");
    page.see_saved();
    page.reload();
    see_mark(&page, "Larry");
    assert_eq!(page.export().listed(), ["Larry [Sovereignty]"]);
}

#[test]
fn handles_move_the_ends_by_mouse() {
    let page = open();
    page.mark(NAME, "1");
    page.click_on(NAME);
    page.drag_handle(false, "who served as ambassador");
    see_mark(&page, "Larry Napper, who served as ambassador");
    page.drag_handle(true, "interviewed Larry N");
    see_mark(&page, "Napper, who served as ambassador");
    assert_eq!(page.violations(), Vec::<String>::new());
    // The start behind the end: the mark is turned over.
    page.press_times(2, "Ctrl+z");
    see_mark(&page, NAME);
    page.drag_handle(true, "who served as ambassador");
    see_mark(&page, ", who served as ambassador");
    page.press("Ctrl+z");
    page.see_status("Undid move of a mark’s end");
    see_mark(&page, NAME);
    page.press("Escape");
    page.wait("no handles without a mark", || {
        page.script("return document.querySelector('.handle') === null;")
    });
}

#[test]
fn in_a_text_from_right_to_left_keys_go_where_they_point() {
    let page = open();
    open_scripts(&page);
    // "من اليمين" in "العربية تُكتب من اليمين إلى اليسار".
    page.mark("من اليمين", "1");
    for (chord, words) in [
        // The end is on the left, so left is onward.
        ("Alt+Shift+Left", "من اليمين إلى"),
        ("Alt+Right", "تُكتب من اليمين إلى"),
        ("Alt+Shift+Right", "تُكتب من اليمين"),
        ("Alt+Left", "من اليمين"),
        ("Ctrl+Alt+Shift+Right", "من اليمي"),
        ("Ctrl+Alt+Left", "ن اليمي"),
    ] {
        page.press(chord);
        page.see_status(&format!("Marked “{words}”"));
        see_mark(&page, words);
    }
}

#[test]
fn in_a_text_from_right_to_left_handles_move_the_ends() {
    let page = open();
    open_scripts(&page);
    page.mark("נכתבת מימין", "1");
    page.click_on("נכתבת מימין");
    page.drag_handle(false, "וגם כאן");
    see_mark(&page, "נכתבת מימין לשמאל, וגם כאן");
}
