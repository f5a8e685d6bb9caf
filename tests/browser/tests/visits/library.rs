//! Texts of one's own: opening them, the list of documents, themes, the palette.

use browser_tests::{Page, Visit, open};

use crate::scripts::open_nth;

const HEADING: &str = "Open texts";

pub(crate) const WORD: &[u8] = include_bytes!("../../../fixtures/reading/rich-pandoc.docx");
const WEB: &[u8] = include_bytes!("../../../fixtures/reading/rich-pandoc.html");
const MARKDOWN: &[u8] = include_bytes!("../../../fixtures/reading/rich.md");

/// Opens the dialog, whether the documents are seen or not.
pub(crate) fn begin(page: &Page) {
    press_in_pane(page, ".add");
    page.see_dialog(HEADING);
}

/// Presses a button of the pane with documents and themes.
fn press_in_pane(page: &Page, selector: &str) {
    page.wait("it is there", || {
        page.holds(&format!("!!document.querySelector('.library {selector}')"))
    });
    let _: bool = page.script(&format!(
        "document.querySelector('.library {selector}').click(); return true;"
    ));
}

/// Waits until so many texts can be added, and adds them.
pub(crate) fn add(page: &Page, count: usize) {
    let name = match count {
        1 => "Add 1 document".to_owned(),
        _ => format!("Add {count} documents"),
    };
    page.wait("they have been read", || {
        page.buttons_in("dialog", HEADING).contains(&name)
    });
    page.click_in("dialog", HEADING, &name);
    page.wait("the dialog is closed", || page.dialog().is_none());
}

pub(crate) fn titles(page: &Page) -> Vec<String> {
    page.script(
        "const all = [...document.querySelectorAll('.documents button > span:first-child')];
         return all.map((own) => own.textContent);",
    )
}

/// Titles of the articles that come with the program, in the order of the list.
const BUNDLED: [&str; 2] = [
    "A page in many scripts, to try marking on",
    "Why the US cares about what happens in Kazakhstan – 5 questions answered by former ambassador",
];

pub(crate) fn open_title(page: &Page) -> String {
    page.script("return document.querySelector('.bar .article').textContent;")
}

#[test]
fn files_of_several_kinds_are_opened_marked_and_there_after_a_reload() {
    let page = open();
    begin(&page);
    for (name, bytes) in [("a.docx", WORD), ("b.html", WEB), ("c.md", MARKDOWN)] {
        page.choose_for("Text files", name, bytes);
    }
    page.choose_for("Text files", "d.pdf", b"%PDF-1.4 nothing");
    page.wait("it says that a PDF is not read", || {
        page.see_dialog(HEADING).concat().contains("It is a PDF")
    });
    assert_eq!(page.violations(), Vec::<String>::new());
    add(&page, 3);
    page.see("the documents", |page| titles(page).len(), 5_usize);
    // In a list's item, in a table's cell and in a footnote, each just as it stands.
    let passages: [String; 3] = ["article li p", "article th", "article .footnote"].map(|own| {
        page.wait("it is drawn", || {
            page.holds(&format!("!!document.querySelector('{own}')"))
        });
        page.script(&format!(
            "const all = [...document.querySelectorAll('{own}')];
             return all.map((own) => own.textContent.trim()).find((words) => words.length > 3);"
        ))
    });
    for passage in &passages {
        page.mark(passage, "2");
    }
    page.see_saved();
    let listed: Vec<String> = passages.map(|words| format!("{words} [Energy]")).into();
    let text = page.text();
    page.see("the list", Page::listed, listed.clone());
    page.reload();
    page.see("the list", Page::listed, listed);
    assert_eq!(page.text(), text);
    assert_eq!(page.violations(), Vec::<String>::new());
}

#[test]
fn a_text_is_pasted_marked_with_a_theme_of_ones_own_and_downloaded() {
    let page = open();
    begin(&page);
    page.paste(
        "Or paste a text here",
        "Anna\n\nI think the prices were it.",
    );
    page.click_in("dialog", HEADING, "Take this text");
    add(&page, 1);
    page.see("the title", open_title, "Anna".to_owned());
    let _: bool = page.script(
        "const field = document.querySelector('.new-theme input');
         field.value = 'Prices';
         field.form.requestSubmit();
         return true;",
    );
    page.see_status("Added the theme Prices");
    page.mark("the prices", "4");
    page.see_saved();
    let file = page.download();
    assert_eq!(file.name, "anna.annotations.json");
    assert_eq!(page.export().listed(), ["the prices [Prices]"]);
    // Its name and end are undone as they were done.
    press_in_pane(&page, ".codes li:nth-child(4) button");
    page.see_dialog("Theme");
    page.click_in("dialog", "Theme", "Delete theme");
    page.see_status("Deleted the theme Prices");
    assert_eq!(page.listed(), ["the prices []"]);
    page.press("Ctrl+z");
    page.see("the list", Page::listed, ["the prices [Prices]"]);
}

#[test]
fn words_that_are_typed_outlast_the_dialog_and_are_added_without_being_taken() {
    let page = open();
    begin(&page);
    let field = "document.querySelector('.pasting textarea')";
    let _: bool = page.script(&format!("{field}.focus(); return true;"));
    page.write("Berik");
    page.press("Escape");
    page.wait("it is closed", || page.dialog().is_none());
    begin(&page);
    let value = |page: &Page| -> String { page.script(&format!("return {field}.value;")) };
    page.see("the words", value, "Berik".to_owned());
    assert_eq!(page.violations(), Vec::<String>::new());
    add(&page, 1);
    page.see("the title", open_title, "Berik".to_owned());
    begin(&page);
    page.see("the words", value, String::new());
    page.press("Escape");
    // A theme without a name says what is missing.
    let _: bool = page
        .script("document.querySelector('.new-theme input').form.requestSubmit(); return true;");
    page.see_status("A theme needs a name");
}

#[test]
fn what_is_pasted_on_the_page_keeps_its_lists_and_runs_nothing() {
    let page = open();
    let _: bool = page.script(
        "const data = new DataTransfer();
         data.setData('text/html', '<h1>Notes</h1><ul><li>one <b>two</b><li>three</ul>' +
           '<img src=x onerror=\"window.ran = 1\"><script>window.ran = 1</script>' +
           '<p><a href=\"javascript:window.ran=1\">a link</a></p>');
         data.setData('text/plain', 'Notes one two three');
         // Firefox lets no script make one with data in it.
         const paste = new Event('paste', { bubbles: true, cancelable: true });
         Object.defineProperty(paste, 'clipboardData', { value: data });
         document.body.dispatchEvent(paste);
         return true;",
    );
    page.see_dialog(HEADING);
    add(&page, 1);
    page.see("the title", open_title, "Notes".to_owned());
    let (items, links, ran): (usize, usize, bool) = page.script(
        "return [document.querySelectorAll('article li').length,
                 document.querySelectorAll('article a').length, 'ran' in window];",
    );
    assert_eq!((items, links, ran), (2, 0, false));
    page.mark("one two", "1");
    page.see("the list", Page::listed, ["one two [Sovereignty]"]);
}

#[test]
fn a_document_is_described_copied_and_deleted_and_all_of_it_is_undone() {
    let page = open();
    page.mark("sparked by rising gas prices", "1");
    page.see("the documents", titles, BUNDLED.map(str::to_owned).to_vec());
    press_in_pane(&page, ".menu > button");
    page.click_in("menu", "This document", "Duplicate");
    let copy = format!("{} (2)", BUNDLED[1]);
    page.see("the title", open_title, copy.clone());
    page.see(
        "its marks",
        Page::listed,
        ["sparked by rising gas prices [Sovereignty]"],
    );
    press_in_pane(&page, ".menu > button");
    page.click_in("menu", "This document", "Title and fields…");
    page.see_dialog("Title and fields");
    assert_eq!(page.violations(), Vec::<String>::new());
    let _: bool = page.script(
        "const set = (selector, words) => { document.querySelector(selector).value = words; };
         set('[data-title]', 'Copy');
         set('[data-field=author]', 'Anna');
         set('[data-field=folder]', 'Round 2');
         document.querySelector('dialog form').requestSubmit();
         return true;",
    );
    page.see("the title", open_title, "Copy".to_owned());
    let folder = |page: &Page| -> Option<String> {
        page.script("return document.querySelector('.documents .fold')?.textContent ?? null;")
    };
    page.see("the folder", folder, Some("Round 2".to_owned()));
    page.see_saved();
    page.reload();
    page.see("the title", open_title, "Copy".to_owned());
    press_in_pane(&page, ".menu > button");
    page.click_in("menu", "This document", "Delete");
    page.see("the documents", |page| titles(page).len(), 2_usize);
    for _ in 0..3 {
        page.press("Ctrl+z");
    }
    page.see("the documents", titles, BUNDLED.map(str::to_owned).to_vec());
    open_nth(&page, 0);
    page.see(
        "the list",
        Page::listed,
        ["sparked by rising gas prices [Sovereignty]"],
    );
}

#[test]
fn without_a_document_the_page_says_how_to_get_one_and_undo_brings_it_back() {
    let page = open();
    page.see("the documents", |page| titles(page).len(), 2_usize);
    for left in [1_usize, 0] {
        press_in_pane(&page, ".menu > button");
        page.click_in("menu", "This document", "Delete");
        page.see("the documents", |page| titles(page).len(), left);
    }
    page.wait("it says what to do", || {
        page.holds("document.querySelector('.reader .nothing').textContent.includes('All stays on this device')")
    });
    assert_eq!(page.violations(), Vec::<String>::new());
    page.see_saved();
    page.reload();
    page.wait("it says so again", || {
        page.holds("!!document.querySelector('.reader .nothing')")
    });
    page.press("Ctrl+z");
    page.see("the documents", |page| titles(page).len(), 1_usize);
    page.mark("many scripts", "1");
    page.see_saved();
}

#[test]
fn keys_go_from_document_to_document_and_the_palette_to_anything() {
    let page = open();
    page.mark("sparked by rising gas prices", "1");
    page.press("Alt+PageDown");
    page.see("the title", open_title, BUNDLED[0].to_owned());
    page.press("Alt+PageUp");
    page.see("the title", open_title, BUNDLED[1].to_owned());
    page.press("Ctrl+k");
    page.see_dialog("Find or do");
    assert_eq!(page.violations(), Vec::<String>::new());
    page.write("many scripts");
    page.press("Enter");
    page.see("the title", open_title, BUNDLED[0].to_owned());
    page.press("Ctrl+k");
    page.see_dialog("Find or do");
    page.write("kazakhstan");
    page.press("Enter");
    page.see("the title", open_title, BUNDLED[1].to_owned());
    page.press("Ctrl+k");
    page.see_dialog("Find or do");
    page.write("rising gas");
    page.press("Enter");
    page.see(
        "the mark",
        Page::current,
        Some("sparked by rising gas prices".to_owned()),
    );
    page.press("Ctrl+k");
    page.see_dialog("Find or do");
    page.press("Escape");
    page.wait("it is closed", || page.dialog().is_none());
}

/// The rows of the documents that `Tab` comes to, by their words.
fn stops(page: &Page) -> Vec<String> {
    page.script(
        "const all = [...document.querySelectorAll('.documents button')];
         return all.filter((own) => own.tabIndex === 0).map((own) => own.firstChild.textContent);",
    )
}

#[test]
fn tab_comes_to_one_row_of_the_documents_and_arrows_to_the_others() {
    let page = open();
    page.wait("they are listed", || titles(&page).len() == 2);
    page.see("where Tab comes to", stops, vec![BUNDLED[1].to_owned()]);
    let focused = |page: &Page| -> String {
        page.script("return document.activeElement.firstChild?.textContent ?? '';")
    };
    let _: bool = page.script("document.querySelector('.library .add').focus(); return true;");
    page.press("Tab");
    page.press("Tab");
    page.see("the focus", focused, BUNDLED[1].to_owned());
    page.press("Home");
    page.see("the focus", focused, BUNDLED[0].to_owned());
    page.see("where Tab comes to", stops, vec![BUNDLED[0].to_owned()]);
    page.press("Enter");
    page.see("the title", open_title, BUNDLED[0].to_owned());
    page.press("End");
    page.see("the focus", focused, BUNDLED[1].to_owned());
    page.press("Delete");
    page.see("where Tab comes to", stops, vec![BUNDLED[0].to_owned()]);
}

#[test]
fn a_theme_of_the_pane_tags_and_keeps_the_focus() {
    let page = open();
    page.wait("they are listed", || titles(&page).len() == 2);
    page.select("rising gas prices");
    let theme = ".library .codes button";
    let _: bool = page.script(&format!(
        "document.querySelector('{theme}').focus(); return true;"
    ));
    page.press("Enter");
    page.see(
        "what is marked",
        Page::quotes,
        vec!["rising gas prices".to_owned()],
    );
    page.wait("it is counted", || {
        page.holds(&format!(
            "document.querySelector('{theme} .count')?.firstChild.textContent === '1'"
        ))
    });
    assert!(page.holds(&format!(
        "document.activeElement === document.querySelector('{theme}')"
    )));
}

#[test]
fn on_a_phone_a_press_beside_the_text_lets_go_and_escape_closes_first_a_menu_then_the_drawer() {
    let page = Visit::default().on_a_phone().open();
    page.mark("Violent unrest", "1");
    page.click_on("Violent unrest");
    page.see("the mark", Page::current, Some("Violent unrest".to_owned()));
    let _: bool = page.script(
        "const pane = document.querySelector('.reader');
         pane.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, pointerType: 'touch' }));
         pane.click();
         return true;",
    );
    page.see("the mark", Page::current, None::<String>);
    let is_seen = |page: &Page| page.holds("document.querySelector('.library').checkVisibility()");
    page.click("Documents and themes");
    page.click("This document");
    page.wait("the menu is open", || {
        page.holds("!!document.querySelector('[role=menu]')")
    });
    page.press("Escape");
    assert!(is_seen(&page) && !page.holds("!!document.querySelector('[role=menu]')"));
    page.press("Escape");
    page.wait("the drawer is closed", || !is_seen(&page));
}

#[test]
fn on_a_phone_the_documents_are_a_drawer() {
    let page = Visit::default().on_a_phone().in_the_dark().open();
    page.wait("they are listed", || titles(&page).len() == 2);
    assert!(!page.holds("document.querySelector('.library').checkVisibility()"));
    page.click("Documents and themes");
    assert!(page.holds("document.querySelector('.library').checkVisibility()"));
    assert_eq!(page.violations(), Vec::<String>::new());
    press_in_pane(&page, ".documents > :first-child button");
    page.see("the title", open_title, BUNDLED[0].to_owned());
    assert!(!page.holds("document.querySelector('.library').checkVisibility()"));
}

#[test]
fn what_one_window_does_with_a_document_is_seen_in_the_other() {
    let page = open();
    page.see("the documents", |page| titles(page).len(), 2_usize);
    let first = page.window();
    let other = page.open_window();
    page.turn_to(&other);
    page.wait_until_loaded();
    page.see("the title", open_title, BUNDLED[1].to_owned());
    page.wait("the documents are listed", || titles(&page).len() == 2);
    let _: bool = page.script(
        "const open = document.querySelector('.documents [aria-current]');
         open.dispatchEvent(new KeyboardEvent('keydown', { key: 'Delete', bubbles: true }));
         return true;",
    );
    page.see_saved();
    page.turn_to(&first);
    // The one that was open there is no more.
    page.see("the title", open_title, BUNDLED[0].to_owned());
}
