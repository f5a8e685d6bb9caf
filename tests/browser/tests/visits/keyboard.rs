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
    assert!(!page.can_tag());
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
fn the_keys_open_and_close_and_the_focus_comes_back() {
    let page = open();
    page.tab_to("article");
    page.press("?");
    let lines = page.see_dialog("Keys");
    assert!(
        page.dialog().is_some_and(|dialog| dialog.modal),
        "{lines:?}"
    );
    let listed: Vec<String> = page.script(
        "return [...document.querySelectorAll('dialog dl > div')].map(({ firstElementChild, lastElementChild }) =>
           `${[...firstElementChild.querySelectorAll('kbd')].map((key) => key.textContent).join(' ')}: ${lastElementChild.textContent}`);",
    );
    assert!(
        listed.contains(&"Alt ↓ Alt ↑: Select the next sentence, or the one before".to_owned()),
        "{listed:?}"
    );
    assert!(
        listed.contains(&"1 to 9: Tag with a theme, or take it away".to_owned()),
        "{listed:?}"
    );
    page.press("Escape");
    page.see("no dialog", |page| page.dialog().is_none(), true);
    page.see("the focus", Page::focused, "article".to_owned());
}

#[test]
fn the_code_bar_the_list_and_the_bar_are_reached_by_tab() {
    let page = open();
    select_first_words(&page);
    // From what is selected it is one step.
    page.press("Tab");
    assert_eq!(page.focused(), "Sovereignty");
    page.press_times(2, "Right");
    assert_eq!(page.focused(), "Counterterrorism");
    page.press("Enter");
    page.see_status("Tagged Counterterrorism");
    page.press("Shift+Tab");
    assert_eq!(page.focused(), "article");

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
    page.tab_to("Download JSON");
    let file = page.downloaded_by(|| page.press("Enter"));
    assert_eq!(file.name, "kazakhstan.annotations.json");
    page.tab_to("More");
    page.press("Enter");
    page.see("the menu", Page::focused, "Open texts…".to_owned());
    page.press_times(10, "Down");
    page.see("the menu", Page::focused, "Keys".to_owned());
    page.press("Escape");
    page.see("the focus", Page::focused, "More".to_owned());
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
    page.press("?");
    page.see_dialog("Keys");
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

/// The keys that were pressed, one after the other.
fn press_all(page: &Page, keys: &[&str]) -> usize {
    for key in keys {
        page.press(key);
    }
    keys.len()
}

const HEADING: &str = "Do recent events suggest Kazakhstan is falling under Russia’s influence?";
const FIRST_SENTENCE: &str = "The events in recent days are really tragic, not just in the loss of life and disruption of peace in Kazakhstan, but also because President Tokayev decided to call on the Russian-dominated Collective Security Treaty Organization to send so-called peacekeepers.";
const SECOND_SENTENCE: &str =
    "Kazakhstan has a 4,750-mile border with Russia and a large Russian-speaking population.";

#[test]
fn six_keys_mark_the_first_sentence_under_a_heading_and_two_each_after_it() {
    let page = open();
    let used = press_all(&page, &["h", "h"]);
    let there: String = page.script(
        "return getSelection().focusNode.parentElement.closest('[data-block]').textContent;",
    );
    assert_eq!(there, HEADING);
    let used = used + press_all(&page, &["Alt+Down", "Alt+Down", "1"]);
    page.see("the list", Page::quotes, vec![FIRST_SENTENCE.to_owned()]);
    assert!(used <= 6, "{used} keys");
    let used = press_all(&page, &["Alt+Down", "2"]);
    page.see(
        "the list",
        Page::quotes,
        vec![FIRST_SENTENCE.to_owned(), SECOND_SENTENCE.to_owned()],
    );
    assert_eq!(used, 2);
    page.press("Alt+Down");
    page.see_selected("As such, it has always sought close relations with the Russian Federation.");
    page.press("Alt+Up");
    page.see_selected(SECOND_SENTENCE);
    page.press("Alt+Shift+Up");
    page.see_selected(FIRST_SENTENCE);
    page.press("Shift+h");
    page.press("Alt+Down");
    page.see_selected(HEADING);
}

#[test]
fn an_abbreviation_ends_no_sentence() {
    let page = open();
    caret_in_the_text(&page);
    page.press("Alt+Down");
    page.wait("the first sentence is selected", || {
        page.selection().ends_with("including the U.S.")
    });
    page.press("Alt+Down");
    page.wait("the second is whole", || {
        let selected = page.selection();
        selected.starts_with("Responding to the deaths") && selected.ends_with("security forces.")
    });
}

/// What follows the caret.
fn behind_caret(page: &Page) -> String {
    page.script(
        "const { focusNode, focusOffset } = getSelection();
         return focusNode.data.slice(focusOffset, focusOffset + 12);",
    )
}

#[test]
fn control_with_an_arrow_goes_by_word_and_paragraph_and_back() {
    let page = open();
    caret_in_the_text(&page);
    let first = behind_caret(&page);
    page.press("Ctrl+Down");
    page.see("the caret", behind_caret, "Responding t".to_owned());
    page.press("Ctrl+Down");
    page.see("the caret", behind_caret, "But why shou".to_owned());
    page.press_times(2, "Ctrl+Up");
    page.see("the caret", behind_caret, first);
    // A sentence's end costs no press.
    page.press("Ctrl+Down");
    page.wait("the caret is at the sentence's last word", || {
        page.press("Ctrl+Right");
        behind_caret(&page) == "forces. He a"
    });
    page.press("Ctrl+Right");
    page.see("the caret", behind_caret, "He also warn".to_owned());
    page.press("Ctrl+Left");
    page.see("the caret", behind_caret, "forces. He a".to_owned());
    // What is selected ends with a word.
    page.press("Ctrl+Shift+Right");
    page.see("the selection", Page::selection, "forces".to_owned());
    page.press("Ctrl+Shift+Right");
    page.see("the selection", Page::selection, "forces. He".to_owned());
}

#[test]
fn alt_with_an_arrow_never_leaves_the_page() {
    let page = open();
    let _: () =
        page.script("history.pushState(null, '', '#before'); history.pushState(null, '', '#now');");
    // What a driver presses goes to no other page, so that it would not is looked at as well.
    let _: () = page.script(
        "window.kept = [];
         addEventListener('keydown', (event) => {
           if (event.key.startsWith('Arrow')) window.kept.push(event.defaultPrevented);
         });",
    );
    for (key, says) in [
        ("Alt+Left", "Choose a mark to move its ends"),
        ("Alt+Right", "Choose a mark"),
    ] {
        page.press(key);
        page.see_status(says);
    }
    page.select("sparked by rising gas prices");
    page.press("Alt+Left");
    page.see_status("Mark the passage first");
    page.mark("sparked by rising gas prices", "1");
    page.press("n");
    page.see_note_field();
    page.press("Alt+Left");
    page.settle();
    assert!(page.holds("location.hash === '#now'"));
    assert!(page.holds("window.kept.length === 4 && window.kept.every(Boolean)"));
    assert_eq!(page.focused(), "Note");
}

#[test]
fn the_whole_text_is_selected_wherever_the_focus_is() {
    let page = open();
    page.press("Ctrl+a");
    page.wait("all of it can be tagged", || {
        page.about()
            .starts_with("Tag “Why the US cares about what happens in Kazakhstan")
    });
    let text = page.text();
    let last = text.trim_end().lines().last().unwrap();
    assert!(page.selection().trim_end().ends_with(last), "{last}");
}

#[test]
fn a_menu_keeps_its_keys_and_there_is_one_at_a_time() {
    let page = open();
    let menus = || page.script::<usize>("return document.querySelectorAll('[role=menu]').length;");
    page.select("sparked by rising gas prices");
    page.click_in_bar("More for the selection");
    let first = page.focused();
    for key in ["Left", "Right"] {
        page.press(key);
        assert_eq!((page.focused(), menus()), (first.clone(), 1));
    }
    // With the focus on its button, too.
    let _: () = page.script("document.querySelector('.menu [aria-expanded=true]').focus();");
    page.press("Escape");
    assert_eq!(menus(), 0);
    page.click_in_bar("More for the selection");
    page.click("More");
    assert_eq!(menus(), 1);
    page.press("Escape");
    assert_eq!(menus(), 0);
    page.press("1");
    page.see_status("Tagged Sovereignty");
}

#[test]
fn a_digit_with_nothing_selected_says_so() {
    let page = open();
    page.press("2");
    page.see_status("Nothing is selected. Select some words to tag them Energy");
    let shown: String =
        page.script("return document.querySelector('.code-bar .outcome').textContent;");
    assert!(shown.contains("Nothing is selected"), "{shown}");
}

#[test]
fn the_focus_frame_is_where_the_keyboard_is() {
    let page = open();
    let framed = |page: &Page| -> bool {
        page.script(
            "return getComputedStyle(document.querySelector('.reader')).boxShadow !== 'none';",
        )
    };
    page.mark("sparked by rising gas prices", "1");
    page.press("2");
    page.see_status("Tagged Energy");
    assert!(!framed(&page), "for somebody with a mouse");
    page.press("Right");
    page.see("the frame", framed, true);
    page.click_on("sparked by rising gas prices");
    page.see("the frame", framed, false);
}

#[test]
fn the_first_thing_reached_by_tab_goes_to_the_text() {
    let page = open();
    page.press("Tab");
    assert_eq!(page.focused(), "Skip to the text");
    page.press("Enter");
    page.see("the focus", Page::focused, "article".to_owned());
}
