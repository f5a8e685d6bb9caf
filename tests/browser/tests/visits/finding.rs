//! Finding words in the open text and in all documents, and tagging what was found.

use browser_tests::{Page, Visit, open};

use crate::library::{add, begin};

/// How many hits the bar says there are, and which one is at.
fn said(page: &Page) -> String {
    page.script("return document.getElementById('find-said')?.textContent ?? '';")
}

/// What the list of hits in all documents says.
fn listed(page: &Page) -> Vec<String> {
    page.script(
        "return [...document.querySelectorAll('.hits [data-hit]')].map((own) => own.textContent);",
    )
}

fn titles(page: &Page) -> Vec<String> {
    page.script("return [...document.querySelectorAll('.hits h3')].map((own) => own.textContent);")
}

fn status(page: &Page) -> String {
    page.script("return document.querySelector('.hits [role=status]')?.textContent ?? '';")
}

fn open_title(page: &Page) -> String {
    page.script("return document.querySelector('.bar .article').textContent;")
}

/// Opens the bar by its key, and types.
fn look_for(page: &Page, words: &str) {
    page.press("Ctrl+f");
    page.wait("the field has the focus", || {
        page.holds("document.activeElement.matches('.find input')")
    });
    page.write(words);
}

fn is_open(page: &Page) -> bool {
    page.holds("!!document.querySelector('.find')")
}

#[test]
fn words_are_found_in_the_open_text_and_each_hit_is_tagged_by_a_digit() {
    let page = open();
    let text = page.text().to_lowercase();
    let count = text.matches("energy").count();
    assert!(count > 2);
    look_for(&page, "ENERGY");
    page.see("the first hit", said, format!("1 of {count}"));
    assert!(!page.painted("found").is_empty());
    page.press("Enter");
    page.see("the second hit", said, format!("2 of {count}"));
    page.press("Shift+Enter");
    page.press("Shift+Enter");
    page.see("the last hit", said, format!("{count} of {count}"));
    page.press("Enter");
    page.see("the first hit", said, format!("1 of {count}"));
    assert_eq!(page.violations(), Vec::<String>::new());
    // Pressed again in the field, the key is the browser's own.
    let is_taken: bool = page.script(
        "const key = new KeyboardEvent('keydown', { key: 'f', code: 'KeyF', ctrlKey: true, bubbles: true, cancelable: true });
         document.activeElement.dispatchEvent(key);
         return key.defaultPrevented;",
    );
    assert!(!is_taken);
    page.press("Escape");
    page.wait("the bar is closed", || !is_open(&page));
    assert_eq!(page.selection().to_lowercase(), "energy");
    page.press("2");
    page.see("the list", |page| page.listed().len(), 1_usize);
    // The next is found without the bar.
    page.press("F3");
    page.wait("it is selected", || {
        page.selection().to_lowercase() == "energy"
    });
    page.press("2");
    page.see("the list", |page| page.listed().len(), 2_usize);
    assert!(
        page.listed()
            .iter()
            .all(|own| own.ends_with("nergy [Energy]"))
    );
    assert!(page.painted("found").is_empty());
    page.see_saved();
}

#[test]
fn how_words_are_looked_for_is_chosen_and_what_is_wrong_is_said() {
    let page = open();
    look_for(&page, "gas price");
    page.wait("some are found", || said(&page).starts_with("1 of"));
    page.click_in("search", "Find in the text", "Whole words");
    page.see("none", said, "No hits".to_owned());
    assert!(!page.about().starts_with("Tag"), "nothing is selected");
    page.click_in("search", "Find in the text", "Whole words");
    page.wait("some are found", || said(&page).starts_with("1 of"));
    page.click_in("search", "Find in the text", "Match case");
    page.wait("some are found", || said(&page).starts_with("1 of"));
    page.click_in("search", "Find in the text", "Regular expression");
    page.write("(");
    page.see(
        "what is wrong",
        said,
        "Character 10: the bracket ( is not closed.".to_owned(),
    );
    assert_eq!(page.violations(), Vec::<String>::new());
    page.write("s|l)");
    page.wait("some are found", || said(&page).starts_with("1 of"));
    page.press("Ctrl+a");
    page.write("zzz");
    page.see("none", said, "No hits".to_owned());
}

/// Opens three short texts; each holds "price" once or more.
fn add_texts(page: &Page) {
    begin(page);
    for (name, text) in [
        (
            "Anna.md",
            "# Anna\n\nThe price of gas was it. Prices rose.\n",
        ),
        (
            "Berik.md",
            "# Berik\n\n## At home\n\nNobody asked for a price.\n",
        ),
        ("Chingis.md", "# Chingis\n\nNothing of that.\n"),
    ] {
        page.choose_for("Text files", name, text);
    }
    add(page, 3);
}

#[test]
fn hits_in_all_documents_are_gone_through_and_tagged_from_the_list() {
    let page = open();
    add_texts(&page);
    page.see("the title", open_title, "Anna".to_owned());
    look_for(&page, "price");
    page.see("the first hit", said, "1 of 2".to_owned());
    page.click_in("search", "Find in the text", "All documents");
    page.wait("all are looked through", || {
        let said = status(&page);
        said.contains("in 3 documents") && !said.contains("so far")
    });
    let hits = listed(&page);
    assert_eq!(hits[0], "The price of gas was it. Prices rose.");
    assert_eq!(titles(&page)[..2], ["Anna2", "Berik1"]);
    assert_eq!(hits[2], "At homeNobody asked for a price.");
    assert_eq!(page.violations(), Vec::<String>::new());
    // Down goes into the list, and from hit to hit, each of them selected in its text.
    for (key, title) in [("Down", "Anna"), ("Down", "Anna"), ("Down", "Berik")] {
        page.press(key);
        page.see("the title", open_title, title.to_owned());
    }
    page.see("what a key tags", Page::about, "Tag “price”".to_owned());
    page.press("2");
    page.see("the mark", Page::listed, ["price [Energy]"]);
    page.press("Home");
    page.see("the title", open_title, "Anna".to_owned());
    page.see("what a key tags", Page::about, "Tag “price”".to_owned());
    page.press("1");
    page.see("the mark", Page::listed, ["price [Sovereignty]"]);
    assert_eq!(listed(&page), hits, "the list stays");
    page.see_saved();
    // A text that comes is looked through as well; one that goes is not any more.
    page.press("Escape");
    page.wait("it is closed", || !is_open(&page));
    assert!(page.holds("document.activeElement.matches('article')"));
    page.reload();
    look_for(&page, "asked for");
    page.see("none here", said, "No hits".to_owned());
    page.click_in("search", "Find in the text", "All documents");
    page.see("the hit", listed, ["At homeNobody asked for a price."]);
    page.press("Down");
    page.press("Down");
    let _: bool = page.script("document.querySelector('.hits [data-hit]').click(); return true;");
    page.see("the title", open_title, "Berik".to_owned());
    page.see("what a key tags", Page::about, "Tag “asked for”".to_owned());
}

#[test]
fn from_a_text_without_hits_enter_goes_to_the_first_in_all_documents() {
    let page = open();
    add_texts(&page);
    page.see("the title", open_title, "Anna".to_owned());
    page.press_times(2, "Alt+PageDown");
    page.see("the title", open_title, "Chingis".to_owned());
    look_for(&page, "price");
    page.see("none", said, "No hits".to_owned());
    page.click_in("search", "Find in the text", "All documents");
    page.wait("all are looked through", || {
        let said = status(&page);
        said.contains("documents") && !said.contains("so far")
    });
    page.press("Enter");
    page.see("the title", open_title, "Anna".to_owned());
    page.see("the hit", said, "1 of 2".to_owned());
}

#[test]
fn on_a_phone_words_are_found_and_tagged_as_well() {
    let page = Visit::default().on_a_phone().in_the_dark().open();
    page.menu("Find in the text");
    page.wait("the field has the focus", || {
        page.holds("document.activeElement.matches('.find input')")
    });
    page.write("scripts");
    page.wait("some are found", || {
        said(&page).starts_with("1 of") || said(&page) == "No hits"
    });
    page.click_in("search", "Find in the text", "All documents");
    page.wait("some are listed", || !listed(&page).is_empty());
    assert_eq!(page.violations(), Vec::<String>::new());
    let _: bool = page.script("document.querySelector('.hits [data-hit]').click(); return true;");
    page.see(
        "the title",
        open_title,
        "A page in many scripts, to try marking on".to_owned(),
    );
    page.wait("it can be tagged", || page.can_tag());
    assert_eq!(page.violations(), Vec::<String>::new());
}

#[test]
fn a_wide_bar_leads_to_the_rooms_and_a_phones_foot_to_all_that_is_there() {
    let mut page = open();
    page.wait("the rooms are there", || page.has("button", "Find"));
    page.click("Find");
    page.wait("hits in all documents are asked for", || {
        page.holds("!!document.querySelector('.hits')") && is_open(&page)
    });
    assert_eq!(
        page.attribute_of("Find", "aria-current").as_deref(),
        Some("page")
    );
    page.click("Text");
    page.wait("the text is alone again", || {
        !is_open(&page) && page.holds("!document.querySelector('.hits')")
    });
    assert_eq!(
        page.attribute_of("Text", "aria-current").as_deref(),
        Some("page")
    );
    page.resize(390, 844);
    let begin = "document.querySelector('.begin').textContent";
    assert!(page.holds(&format!("{begin}.startsWith('Select words')")));
    page.click("Themes");
    page.wait("the themes are in view", || {
        page.holds("document.querySelector('.codes').getBoundingClientRect().bottom <= innerHeight")
    });
    assert_eq!(page.violations(), Vec::<String>::new());
    page.click("Marks");
    page.wait("the list is there, and the drawer is not", || {
        page.has("button", "Hide list") && page.holds("!document.querySelector('.library.open')")
    });
    page.click("Find");
    page.wait("the field is there, and the list is not", || {
        is_open(&page) && !page.has("button", "Hide list")
    });
    assert_eq!(page.violations(), Vec::<String>::new());
    page.click("Text");
    page.wait("it is closed", || !is_open(&page));
}
