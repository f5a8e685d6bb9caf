//! Everything by keyboard alone.

use browser_tests::{Page, open};

/// The first words of the running text.
const FIRST: &str = "Violent unrest";

/// Tab to the article, and the caret to the first paragraph of its running text.
fn caret_in_the_text(page: &Page) {
    page.tab_to("article");
    page.press("Down");
    page.wait("the caret is in the first paragraph of the text", || {
        page.press("Down");
        page.script(
            "const node = getSelection().focusNode;
             return !!node && node.parentElement.closest('.text') !== null;",
        )
    });
    page.press("Home");
}

/// Selects the first two words by keys.
fn select_first_words(page: &Page) {
    caret_in_the_text(page);
    page.press("Home");
    for _ in FIRST.chars() {
        page.press("Shift+Right");
    }
    page.see_selected(FIRST);
}

#[test]
fn text_is_selected_tagged_noted_and_deleted_without_a_pointer() {
    let page = open();
    select_first_words(&page);
    page.press("1");
    page.see_status("Tagged Sovereignty");
    assert_eq!(page.listed(), [format!("{FIRST} [Sovereignty]")]);
    page.press("2");
    page.see_status("Tagged Energy");
    page.press("1");
    page.see_status("Untagged Sovereignty");
    assert_eq!(page.listed(), [format!("{FIRST} [Energy]")]);

    page.note("Why there?");
    assert_eq!(page.listed(), [format!("{FIRST} [Energy] Why there?")]);

    page.press("Delete");
    page.see_status("Deleted");
    assert_eq!(page.quotes(), Vec::<String>::new());
    for (keys, words, count) in [
        ("Ctrl+z", "Undid delete", 1),
        ("Ctrl+z", "Undid note", 1),
        ("Ctrl+y", "Redid note", 1),
        ("Ctrl+Shift+Z", "Redid delete", 0),
        ("Ctrl+z", "Undid delete", 1),
    ] {
        page.press(keys);
        page.see_status(words);
        assert_eq!(page.quotes().len(), count, "after {keys}");
    }
    page.see_saved();
}

#[test]
fn enter_selects_the_mark_at_the_caret_and_escape_lets_go() {
    let page = open();
    select_first_words(&page);
    page.press("3");
    page.see_status("Tagged Counterterrorism");
    page.press("Escape");
    page.see("the selected mark", Page::current, None::<String>);
    assert!(!page.has("toolbar", "Tag selection"));
    // The caret stands where the passage ended.
    page.press("Enter");
    page.see("the selected mark", Page::current, Some(FIRST.to_owned()));
}

#[test]
fn tab_goes_through_overlapping_marks_and_then_on() {
    let page = open();
    page.mark("interviewed Larry Napper", "1");
    page.press("Escape");
    page.mark("Larry Napper, who served", "2");
    page.press("Escape");
    page.tab_to("article");
    page.press("j");
    page.see(
        "the selected mark",
        Page::current,
        Some("interviewed Larry Napper".to_owned()),
    );
    assert_eq!(page.focused(), "article");
    page.press("Tab");
    page.see(
        "the selected mark",
        Page::current,
        Some("Larry Napper, who served".to_owned()),
    );
    page.press("Shift+Tab");
    page.see(
        "the selected mark",
        Page::current,
        Some("interviewed Larry Napper".to_owned()),
    );
    page.press("Tab");
    page.press("Tab");
    assert_ne!(page.focused(), "article", "the focus is not caught");
}

#[test]
fn j_and_k_go_from_mark_to_mark() {
    let page = open();
    page.mark("sparked by rising gas prices", "2");
    page.press("Escape");
    page.mark("a major reason for unrest", "1");
    page.press("Escape");
    for (key, quote) in [
        ("j", "sparked by rising gas prices"),
        ("j", "a major reason for unrest"),
        ("k", "sparked by rising gas prices"),
    ] {
        page.press(key);
        page.see("the selected mark", Page::current, Some(quote.to_owned()));
        page.wait("it is in view", || page.in_view(quote));
    }
}

#[test]
fn control_a_selects_the_article_and_nothing_else() {
    let page = open();
    page.tab_to("article");
    page.press("Ctrl+a");
    page.press("1");
    page.see_status("Tagged Sovereignty");
    assert_eq!(page.export().marks[0].quote, page.text());
}

#[test]
fn the_shortcuts_open_and_close_and_the_focus_comes_back() {
    let page = open();
    page.tab_to("article");
    page.press("?");
    let lines = page.see_dialog("Keys");
    assert!(
        page.dialog().is_some_and(|dialog| dialog.modal),
        "{lines:?}"
    );
    page.see(
        "the keys",
        |page| page.script::<usize>("return document.querySelectorAll('dialog dt').length;"),
        17_usize,
    );
    page.press("Escape");
    page.see("no dialog", |page| page.dialog().is_none(), true);
    page.see("the focus", Page::focused, "article".to_owned());
}

#[test]
fn the_toolbar_the_list_and_the_bar_are_reached_by_tab() {
    let page = open();
    select_first_words(&page);
    page.tab_to("Energy");
    page.press("Right");
    assert_eq!(page.focused(), "Counterterrorism");
    page.press("Enter");
    page.see_status("Tagged Counterterrorism");

    page.tab_to("Counterterrorism 1");
    page.press("Enter");
    page.see("the list", |page| page.quotes().len(), 1_usize);
    page.tab_to("Untagged 0");
    page.press("Enter");
    page.see("the list", |page| page.quotes().len(), 0_usize);
    // Backward, because past the end of the page Firefox's own bar has the focus.
    page.wait("Undo has the focus", || {
        page.press("Shift+Tab");
        page.focused() == "Undo"
    });
    page.press("Enter");
    page.see_status("Undid tag Counterterrorism");
    page.press("Tab");
    assert_eq!(page.focused(), "Redo");
    page.press("Space");
    page.see_status("Redid tag Counterterrorism");
    page.tab_to("Import");
    page.tab_to("Download JSON");
    let file = page.downloaded_by(|| page.press("Enter"));
    assert_eq!(file.name, "kazakhstan.annotations.json");
}

#[test]
fn single_keys_can_be_switched_off() {
    let page = open();
    page.press("?");
    page.see_dialog("Keys");
    page.press("Tab");
    page.press("Space");
    page.press("Escape");
    page.see("no dialog", |page| page.dialog().is_none(), true);
    page.select("sparked by rising gas prices");
    page.press("2");
    page.settle();
    assert_eq!(page.quotes(), Vec::<String>::new());
    page.click_in_bar("Energy");
    page.see_status("Tagged Energy");
}

#[test]
fn a_dialog_that_has_closed_does_not_close_the_next() {
    let page = open();
    select_first_words(&page);
    page.press("n");
    page.see_dialog("Note");
    // Escape closes a dialog at once and tells it a moment later; the key comes between.
    let _: () = page.script(
        r#"document.querySelector("dialog").close();
        const key = new KeyboardEvent("keydown", { key: "?", bubbles: true, cancelable: true });
        document.querySelector("article").dispatchEvent(key);"#,
    );
    page.settle();
    page.see_dialog("Keys");
}

#[test]
fn after_a_note_the_focus_is_where_it_was() {
    let page = open();
    select_first_words(&page);
    page.note("Why there?");
    page.see("the focus", Page::focused, "article".to_owned());
    page.press("Home");
    page.press("Shift+Right");
    page.see_selected(&FIRST[..1]);
}

#[test]
fn a_draft_follows_its_passage_to_the_mark() {
    let page = open();
    select_first_words(&page);
    page.press("n");
    page.see_dialog("Note");
    page.write("half a thought");
    page.press("Escape");
    page.see_status("The note is not saved");
    page.press("1");
    page.see_status("Tagged Sovereignty");
    page.press("n");
    page.see_dialog("Note");
    page.press("Ctrl+Enter");
    page.see_status("Note saved");
    assert_eq!(
        page.listed(),
        [format!("{FIRST} [Sovereignty] half a thought")]
    );
}
