//! No violation that axe-core knows of, in any state of the page.

use browser_tests::{Page, Visit, open};

fn see_no_violation(page: &Page, state: &str) {
    let violations = page.violations();
    assert!(violations.is_empty(), "{state}: {violations:#?}");
}

/// Goes through the states of the page and checks each.
fn check_every_state(visit: Visit) {
    let page = visit.open();
    see_no_violation(&page, "empty");
    page.select("sparked by rising gas prices");
    see_no_violation(&page, "with a selection");
    page.press("2");
    page.see_status("Tagged Energy");
    page.press("1");
    see_no_violation(&page, "with a mark");
    page.press("n");
    page.see_note_field();
    see_no_violation(&page, "writing a note");
    page.write("A note");
    page.press("Escape");
    page.see("the field is closed", Page::note_field, None::<String>);
    page.click("More");
    see_no_violation(&page, "with the menu");
    page.press("Escape");
    let file = page.download().text;
    page.press("?");
    page.see_dialog("Keys");
    see_no_violation(&page, "with the keys");
    page.press("Escape");
    page.see("no dialog", |page| page.dialog().is_none(), true);
    page.menu("Export…");
    page.see_dialog("Export marks");
    page.wait("the file is there", || {
        page.holds("!!document.querySelector('dialog pre')")
    });
    see_no_violation(&page, "with an export");
    page.press("Escape");
    page.see("no dialog", |page| page.dialog().is_none(), true);
    page.press("j");
    page.press("Delete");
    page.see_status("Deleted");
    page.choose("some.json", file);
    page.see_dialog("Import annotations");
    see_no_violation(&page, "with a preview");
    page.click_in("dialog", "Import annotations", "Add to article");
    page.see_status("Imported");
    page.choose("none.json", "nothing");
    page.see_dialog("This file can’t be imported");
    see_no_violation(&page, "with a refusal");
    page.click_in("dialog", "This file can’t be imported", "Close");
    if page.has("button", "Marks") {
        page.click("Marks");
        see_no_violation(&page, "with the sheet open");
    }
}

#[test]
fn nothing_is_wrong_in_the_light() {
    check_every_state(Visit::default());
}

#[test]
fn nothing_is_wrong_in_the_dark() {
    check_every_state(Visit::default().in_the_dark());
}

#[test]
fn nothing_is_wrong_on_a_phone() {
    check_every_state(Visit::default().on_a_phone());
}

#[test]
fn on_a_phone_nothing_is_cut_off_and_the_list_is_a_sheet() {
    let page = Visit::default().on_a_phone().open();
    let cut_off: Vec<String> = page.script(
        "const width = document.documentElement.clientWidth;
         return [...document.querySelectorAll('body *')]
           .filter((part) => part.checkVisibility() && part.getBoundingClientRect().right > width + 1)
           .map((part) => part.outerHTML.slice(0, 80));",
    );
    assert_eq!(cut_off, Vec::<String>::new());
    // Firefox has no window narrower than 500 pixels.
    let width: f64 = page.script("return document.documentElement.clientWidth;");
    page.click("More");
    let lines = page.buttons_in("menu", "More");
    assert_eq!(
        lines,
        [
            "Download JSON",
            "Open texts…",
            "Projects…",
            "Find in the text",
            "Import…",
            "Export…",
            "New version of this text…",
            "History",
            "Print…",
            "Reading…",
            "Find or do",
            "Keys"
        ]
    );
    for button in ["Undo", "Redo", "More"]
        .into_iter()
        .map(str::to_owned)
        .chain(lines)
    {
        let area = page.area_of("button", &button);
        assert!(
            area.left >= 0.0 && area.right <= width,
            "{button}: {area:?}"
        );
    }
    page.press("Escape");
    page.mark("sparked by rising gas prices", "2");
    page.press("Escape");
    assert_eq!(
        page.attribute_of("Marks", "aria-expanded").as_deref(),
        Some("false")
    );
    page.click("Marks");
    page.click_entry("sparked by rising gas prices");
    page.wait(
        "the sheet is away again, and the code bar in the place of the tabs",
        || page.has("toolbar", "Tag selection") && !page.has("button", "Hide list"),
    );
    assert!(page.in_view("sparked by rising gas prices"));
    page.press("Escape");
    page.wait("they are back", || page.has("button", "Marks"));
}

#[test]
fn marks_are_told_beside_their_paragraph() {
    let page = open();
    page.mark("sparked by rising gas prices", "2");
    let names = page.buttons_in("group", "Marked passages");
    assert_eq!(names, ["1 mark: “sparked by rising gas prices”, Energy"]);
}
