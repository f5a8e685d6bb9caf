//! Notes, written in the cards of their marks.

use browser_tests::{Page, open};
use thirtyfour::WindowHandle;

use crate::scripts::open_second;

const PASSAGE: &str = "sparked by rising gas prices";
const OTHER: &str = "a major reason for unrest";

/// What is written in this window is not saved by itself: as if the other one were quicker.
const SLOW: &str = "
    const wait = window.setTimeout;
    window.setTimeout = (act, time) => (time === 1_000 ? 0 : wait(act, time));
    for (const name of ['focusout', 'visibilitychange']) {
      addEventListener(name, (event) => event.stopImmediatePropagation(), true);
    }";

fn write(page: &Page, words: &str) {
    page.press("n");
    page.see_note_field();
    page.write(words);
}

fn see_note(page: &Page, words: &str) {
    let note = |page: &Page| page.list()[0].note.clone();
    page.see("the note", note, words.to_owned());
}

#[test]
fn a_theme_chosen_while_a_note_is_written_leaves_the_caret_where_it_is() {
    let page = open();
    page.mark(PASSAGE, "1");
    write(&page, "About 12");
    // Words of this kind would be keys if the field had lost the focus.
    page.press_times(2, "Left");
    page.click_in_bar("Energy");
    page.see_status("Tagged Energy");
    page.write("the k and h of ");
    let field = Some("About the k and h of 12".to_owned());
    page.see("the field", Page::note_field, field);
    assert_eq!(page.focused(), "Note");
    page.press("Escape");
    see_note(&page, "About the k and h of 12");
    assert_eq!(
        page.listed(),
        [format!(
            "{PASSAGE} [Sovereignty, Energy] About the k and h of 12"
        )]
    );
}

#[test]
fn words_that_are_not_saved_yet_are_not_called_saved() {
    let page = open();
    page.mark(PASSAGE, "1");
    write(&page, "Why?");
    page.see_saved();
    let said: String = page.ask_later(
        "const field = document.querySelector('.note-editor textarea');
         field.value += ' And how?';
         field.dispatchEvent(new InputEvent('input', { bubbles: true }));
         setTimeout(() => done(document.querySelector('[role=status]').textContent), 50);",
        vec![],
    );
    assert!(said.ends_with("Saving…"), "{said}");
    page.see_saved();
}

#[test]
fn what_is_deleted_while_its_note_is_written_comes_back_with_the_note() {
    let page = open();
    page.mark(PASSAGE, "1");
    write(&page, "Why?");
    page.click_in_bar("Delete");
    page.see_status("Deleted");
    assert_eq!(page.quotes(), Vec::<String>::new());
    assert_eq!(page.alerts(), Vec::<String>::new());
    page.press("Ctrl+z");
    see_note(&page, "Why?");
}

#[test]
fn a_mark_made_on_purpose_stays_when_no_note_is_written_on_it() {
    let page = open();
    page.select(PASSAGE);
    page.menu_of_bar("Mark without a theme");
    page.see_status("Marked, without a theme yet");
    write(&page, "");
    page.press("Escape");
    page.see("the field", Page::note_field, None::<String>);
    assert_eq!(page.quotes(), [PASSAGE]);
    // One that was made to write on it goes, if nothing is written.
    page.select(OTHER);
    write(&page, "");
    page.press("Escape");
    page.see_status("Nothing was written, so nothing is marked");
    assert_eq!(page.quotes(), [PASSAGE]);
}

#[test]
fn what_was_said_of_a_change_before_a_note_does_not_undo_the_note() {
    let page = open();
    page.mark(PASSAGE, "1");
    write(&page, "Why?");
    page.see_saved();
    page.wait("the note is saved", || page.journal().len() == 2);
    let buttons = page.buttons_in("toolbar", "Tag selection");
    assert!(
        !buttons.iter().any(|name| name.starts_with("Undo")),
        "{buttons:?}"
    );
}

#[test]
fn where_two_windows_disagree_no_other_note_is_begun() {
    let page = open();
    let first = page.window();
    page.mark(OTHER, "2");
    page.mark(PASSAGE, "1");
    page.see_saved();
    let second = page.open_window();
    page.turn_to(&first);
    let _: () = page.script(SLOW);
    page.click_entry(PASSAGE);
    write(&page, "mine");
    page.turn_to(&second);
    page.click_entry(PASSAGE);
    write(&page, "theirs");
    page.press("Escape");
    page.see_saved();
    page.turn_to(&first);
    page.see_alert(&["Another window has written", "theirs"]);
    // Escape says what is to be decided, and so does another note.
    page.press("Escape");
    page.see_status("say which words stay");
    page.click_entry(OTHER);
    page.press("n");
    page.see_status("say which words stay");
    assert_eq!(page.note_field().as_deref(), Some("mine"));
    // What the other window goes on to write is what is shown.
    page.turn_to(&second);
    page.click_entry(PASSAGE);
    write(&page, ", later");
    page.press("Escape");
    page.see_saved();
    page.turn_to(&first);
    page.see_alert(&["Another window has written", "theirs, later"]);
    page.click_in("region", "Annotations", "Keep mine");
    page.press("Escape");
    page.see("the field", Page::note_field, None::<String>);
    page.see("the list", Page::listed, {
        let own = format!("{PASSAGE} [Sovereignty] mine");
        vec![own, format!("{OTHER} [Energy]")]
    });
}

#[test]
fn of_a_note_that_two_windows_write_nothing_is_lost() {
    let page = open();
    let first = page.window();
    page.mark(PASSAGE, "1");
    page.note("One");
    page.see_saved();
    let second = page.open_window();
    let write_in = |window, words: &str| {
        page.turn_to(window);
        page.click_entry(PASSAGE);
        write(&page, words);
    };
    for (choice, stays) in [
        ("Keep mine", "One, mine"),
        ("Take that", "One, mine, theirs"),
    ] {
        page.turn_to(&first);
        let _: () = page.script(SLOW);
        write_in(
            &first,
            if choice == "Keep mine" {
                ", mine"
            } else {
                ", again"
            },
        );
        write_in(&second, ", theirs");
        page.press("Escape");
        page.see_saved();
        page.turn_to(&first);
        page.wait("the other window has saved", || page.journal().len() > 2);
        page.press("Escape");
        page.see_alert(&["Another window has written", "theirs"]);
        assert_eq!(page.violations(), Vec::<String>::new());
        page.click_in("region", "Annotations", choice);
        page.see("the field", Page::note_field, Some(stays.to_owned()));
        page.press("Escape");
        see_note(&page, stays);
        page.see_saved();
        page.reload();
        see_note(&page, stays);
    }
}

/// A note that is being written when another window deletes its mark, and that window.
fn deleted_elsewhere() -> (Page, WindowHandle) {
    let page = open();
    let first = page.window();
    page.mark(PASSAGE, "1");
    page.see_saved();
    let second = page.open_window();
    page.turn_to(&first);
    let _: () = page.script(SLOW);
    page.click_entry(PASSAGE);
    write(&page, "Who?");
    page.turn_to(&second);
    page.click_entry(PASSAGE);
    page.press("Delete");
    page.see_saved();
    page.turn_to(&first);
    page.see_alert(&["The mark of this note has been deleted", "Who?"]);
    (page, second)
}

#[test]
fn a_note_whose_mark_another_window_deletes_is_kept_on_a_new_one() {
    let (page, second) = deleted_elsewhere();
    assert_eq!(page.violations(), Vec::<String>::new());
    page.click("Keep it on a new mark");
    page.see(
        "the list",
        Page::listed,
        vec![format!("{PASSAGE} [Sovereignty] Who?")],
    );
    page.see_saved();
    page.turn_to(&second);
    page.see(
        "the list",
        Page::listed,
        vec![format!("{PASSAGE} [Sovereignty] Who?")],
    );
}

#[test]
fn a_note_that_is_kept_on_a_new_mark_is_shown_with_it() {
    let (page, _) = deleted_elsewhere();
    let headline = page.headline();
    open_second(&page);
    page.click("Keep it on a new mark");
    page.see("the headline", Page::headline, headline);
    page.press("3");
    page.see(
        "the list",
        Page::listed,
        vec![format!("{PASSAGE} [Sovereignty, Counterterrorism] Who?")],
    );
}
