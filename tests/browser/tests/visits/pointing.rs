//! With the mouse: marks, the code bar, the list.

use browser_tests::page::At;
use browser_tests::settings::{Engine, engine};
use browser_tests::{Page, Visit, open};

const LONG: &str = "interviewed Larry Napper, who served as ambassador";
const INSIDE: &str = "Larry Napper";
const OTHER: &str = "sparked by rising gas prices";

#[test]
fn a_click_selects_a_mark_and_another_click_the_next_one_there() {
    let page = open();
    page.mark(LONG, "1");
    page.press("Escape");
    page.mark(INSIDE, "2");
    page.press("Escape");
    page.click_on(INSIDE);
    page.see("the selected mark", Page::current, Some(INSIDE.to_owned()));
    // Two clicks in quick succession are a double click, which selects a word.
    let pause = || std::thread::sleep(std::time::Duration::from_millis(700));
    pause();
    page.click_on(INSIDE);
    page.see("the selected mark", Page::current, Some(LONG.to_owned()));
    pause();
    page.click_on(INSIDE);
    page.see("the selected mark", Page::current, Some(INSIDE.to_owned()));
    page.click_on("from 2001 to 2004");
    page.see("the selected mark", Page::current, None::<String>);
}

#[test]
fn the_code_bar_toggles_themes_notes_and_deletes() {
    let page = open();
    page.mark(LONG, "1");
    assert_eq!(page.pressed_in_bar("Sovereignty").as_deref(), Some("true"));
    assert_eq!(page.pressed_in_bar("Energy").as_deref(), Some("false"));
    page.click_in_bar("Energy");
    page.see_status("Tagged Energy");
    page.click_in_bar("Sovereignty");
    page.see_status("Untagged Sovereignty");
    assert_eq!(page.listed(), [format!("{LONG} [Energy]")]);
    page.click_in_bar("Note");
    page.see_note_field();
    page.write("<b>who</b>");
    page.press("Enter");
    page.write("& whom?");
    page.press("Ctrl+Enter");
    page.see(
        "the note",
        |page| page.list()[0].note.clone(),
        "<b>who</b>\n& whom?".to_owned(),
    );
    page.click_in_bar("Delete");
    page.see_status("Deleted");
    assert_eq!(page.quotes(), Vec::<String>::new());
    assert!(!page.can_tag());
}

#[test]
fn a_theme_can_be_pressed_as_soon_as_the_button_is_let_go() {
    let page = open();
    page.scroll_to(OTHER, At::Middle);
    // Sooner than any hand, and than the next frame.
    page.script::<()>(
        "const press = () => document.dispatchEvent(new KeyboardEvent('keydown', { key: '2', bubbles: true }));
         addEventListener('pointerup', () => setTimeout(press));",
    );
    page.drag_over(OTHER);
    page.see("the list", Page::listed, vec![format!("{OTHER} [Energy]")]);
}

#[test]
fn a_note_on_a_bare_passage_marks_it_and_nothing_written_does_not() {
    let page = open();
    page.select(OTHER);
    page.click_in_bar("Note");
    page.see_note_field();
    page.press("Escape");
    page.see_status("Nothing was written, so nothing is marked");
    assert_eq!(page.quotes(), Vec::<String>::new());
    page.select(OTHER);
    page.note("first thing");
    assert_eq!(page.listed(), [format!("{OTHER} [] first thing")]);
    assert_eq!(page.painted("line-none"), [OTHER]);
    page.see_saved();
    page.reload();
    assert_eq!(page.listed(), [format!("{OTHER} [] first thing")]);
}

#[test]
fn a_note_is_saved_as_it_is_written_and_undone_step_by_step() {
    let page = open();
    page.mark(OTHER, "2");
    page.press("n");
    page.see_note_field();
    let note = |page: &Page| page.list()[0].note.clone();
    page.write("One breath.");
    // Without leaving the field.
    page.wait("it is in the journal", || {
        page.journal()
            .iter()
            .any(|line| line.contains("One breath."))
    });
    page.write(" Another.");
    page.press("Escape");
    page.see("the note", note, "One breath. Another.".to_owned());
    page.press("Ctrl+z");
    page.see("the note", note, "One breath.".to_owned());
    page.press("Ctrl+z");
    page.see("the note", note, String::new());
    page.press_times(2, "Ctrl+Shift+z");
    page.see("the note", note, "One breath. Another.".to_owned());
    // A click on it goes on with it.
    page.click_on_note(OTHER);
    page.see_note_field();
    page.write(" And more.");
    page.click_entry(OTHER);
    page.see(
        "the note",
        note,
        "One breath. Another. And more.".to_owned(),
    );
}

#[test]
fn resting_on_a_mark_shows_its_themes_and_note() {
    let page = open();
    page.mark(LONG, "3");
    page.note("A former ambassador");
    page.press("Escape");
    page.hover(LONG);
    page.wait("the tooltip says it", || {
        page.tooltip().is_some_and(|words| {
            words.contains("Counterterrorism") && words.contains("A former ambassador")
        })
    });
    page.hover(OTHER);
    page.see("the tooltip", Page::tooltip, None::<String>);
}

#[test]
fn what_a_mark_says_is_inside_the_window() {
    let page = open();
    let note = "A note of some length. ".repeat(12);
    for key in ["1", "2", "3"] {
        page.mark(LONG, key);
        page.note(&note);
        page.press("Escape");
    }
    for at in [At::Top, At::Bottom] {
        page.scroll_to(LONG, at);
        page.hover(OTHER);
        page.see("the tooltip", Page::tooltip, None::<String>);
        page.scroll_to(LONG, at);
        page.hover(LONG);
        page.wait("the tooltip is there", || page.tooltip().is_some());
        let [top, bottom, window]: [f64; 3] = page.script(
            "const { top, bottom } = document.querySelector('.tooltip').getBoundingClientRect();
             return [top, bottom, innerHeight];",
        );
        assert!(
            top >= 0.0 && bottom <= window,
            "{at:?}: {top} to {bottom} of {window}"
        );
    }
}

#[test]
fn what_a_mark_says_is_inside_a_narrow_window_and_never_over_what_is_dragged() {
    let page = Visit::default().on_a_phone().open();
    let passages = ["Violent unrest", "But why", "these events in the former"];
    for passage in passages {
        page.mark(passage, "1");
        page.note(&"A note of some length. ".repeat(8));
        page.press("Escape");
    }
    for passage in passages {
        page.scroll_to(passage, At::Middle);
        page.hover(passage);
        page.wait("the tooltip is there", || page.tooltip().is_some());
        let [left, right, window]: [f64; 3] = page.script(
            "const { left, right } = document.querySelector('.tooltip').getBoundingClientRect();
             return [left, right, innerWidth];",
        );
        assert!(
            left >= 0.0 && right <= window && right - left > 200.0,
            "{passage}: {left} to {right} of {window}"
        );
    }
    page.drag_over(passages[2]);
    page.see("the tooltip", Page::tooltip, None::<String>);
}

#[test]
fn the_list_filters_by_theme_with_live_counts() {
    let page = open();
    page.mark(LONG, "1");
    page.press("Escape");
    page.mark(OTHER, "2");
    page.press("1");
    page.see_status("Tagged Sovereignty");
    assert_eq!(
        page.buttons_in("group", "Show"),
        [
            "All 2",
            "Sovereignty 2",
            "Energy 1",
            "Counterterrorism 0",
            "Untagged 0"
        ]
    );
    page.click("Energy 1");
    page.see("the list", Page::quotes, vec![OTHER.to_owned()]);
    page.click("Counterterrorism 0");
    page.see("the list", Page::quotes, Vec::<String>::new());
    page.click("All 2");
    // In the order of the text, not of the marking.
    page.see(
        "the list",
        Page::quotes,
        vec![OTHER.to_owned(), LONG.to_owned()],
    );
    page.press("Ctrl+z");
    page.see(
        "the filters",
        |page| page.buttons_in("group", "Show")[1].clone(),
        "Sovereignty 1".to_owned(),
    );
}

#[test]
fn an_entry_goes_to_its_passage_and_flashes_it() {
    let page = open();
    page.mark(OTHER, "2");
    page.press("Escape");
    page.scroll_to("a major reason for unrest", At::Middle);
    assert!(!page.in_view(OTHER));
    page.click_entry(OTHER);
    page.see(
        "the flash",
        |page| page.painted("flash"),
        vec![OTHER.to_owned()],
    );
    page.wait("the passage is in view", || page.in_view(OTHER));
    page.see(
        "the flash is over",
        |page| page.painted("flash").len(),
        0_usize,
    );
    assert_eq!(page.painted("selected"), [OTHER]);
}

#[test]
fn only_what_is_near_the_viewport_is_registered() {
    let page = open();
    page.mark(OTHER, "2");
    page.press("Escape");
    page.mark("a major reason for unrest", "1");
    page.press("Escape");
    assert!(page.painted("line-1").is_empty(), "{:?}", page.highlights());
    page.scroll_to(OTHER, At::Middle);
    page.see(
        "the mark",
        |page| page.painted("line-1"),
        vec![OTHER.to_owned()],
    );
}

#[test]
fn a_passage_over_a_heading_and_two_paragraphs_is_one_mark() {
    let page = open();
    let passage = "equitable distribution";
    page.mark(passage, "1");
    page.press("Escape");
    page.scroll_to("close relationship since", At::Middle);
    let across: String = page.script(
        "const [a, b] = ['close relationship since', 'cooperation between the two'].map((words) => {
           const walker = document.createTreeWalker(document.querySelector('article'), 4);
           let node;
           while ((node = walker.nextNode())) if (node.data.includes(words)) return [node, node.data.indexOf(words)];
         });
         document.querySelector('article').focus();
         getSelection().setBaseAndExtent(a[0], a[1], b[0], b[1] + 11);
         return getSelection().toString();",
    );
    assert!(across.contains('\n'));
    page.wait("it can be tagged", || page.can_tag());
    page.press("2");
    page.see_status("Tagged Energy");
    let quote = page.export().marks[0].quote.clone();
    assert!(
        quote.starts_with("close relationship since.\nThere has been cooperation"),
        "{quote}"
    );
}

#[test]
fn the_same_passage_tagged_again_is_no_second_mark() {
    let page = open();
    page.mark(LONG, "1");
    page.press("Escape");
    page.select(LONG);
    assert_eq!(page.pressed_in_bar("Sovereignty").as_deref(), Some("true"));
    page.press("1");
    page.see_status("Already tagged Sovereignty");
    assert_eq!(page.listed(), [format!("{LONG} [Sovereignty]")]);
    page.select(LONG);
    page.press("2");
    page.see_status("Tagged Energy");
    assert_eq!(page.listed(), [format!("{LONG} [Sovereignty, Energy]")]);
    // On purpose there can be two.
    page.select(LONG);
    page.menu_of_bar("Second mark on these words");
    page.see_status("Marked, without a theme yet");
    page.press("3");
    page.see(
        "the list",
        |page| {
            let mut listed = page.listed();
            listed.sort();
            listed
        },
        vec![
            format!("{LONG} [Counterterrorism]"),
            format!("{LONG} [Sovereignty, Energy]"),
        ],
    );
}

#[test]
fn what_was_done_can_be_taken_back_in_the_code_bar_for_some_seconds() {
    let page = open();
    page.mark(LONG, "1");
    page.click("Undo: Tagged Sovereignty");
    page.see_status("Undid tag Sovereignty");
    assert_eq!(page.quotes(), Vec::<String>::new());
    page.mark(LONG, "1");
    page.wait("it is no longer offered", || {
        !page.has("button", "Undo: Tagged Sovereignty")
    });
}

#[test]
fn a_mark_that_the_filter_hides_is_spoken_of() {
    let page = open();
    page.click("Energy 0");
    page.select(LONG);
    page.press("1");
    page.see_status("Tagged Sovereignty");
    assert_eq!(page.quotes(), Vec::<String>::new());
    page.wait("the panel says so", || {
        page.script("return document.querySelector('.empty').textContent.includes('No mark bears Energy yet. Select some words, then press 2.');")
    });
    page.click("Show all marks");
    page.see("the list", Page::quotes, vec![LONG.to_owned()]);
}

/// WebKitGTK 2.50 ends where one that was registered later shall lie below.
#[test]
fn what_lies_above_is_registered_behind_what_lies_below() {
    let page = open();
    for passage in [
        "leader to impose a severe crackdown and call",
        "impose",
        "crackdown",
    ] {
        page.mark(passage, "1");
    }
    // New tints and a new line, while all of that is painted on one line of text.
    page.press("2");
    page.see_status("Tagged Energy");
    page.click_entry("crackdown");
    page.see("the flash", |page| page.painted("flash").len(), 1_usize);
    let names: Vec<String> = page.script("return [...CSS.highlights.keys()];");
    let rank = |name: &String| {
        let ranks = ["tint", "line", "selected", "flash"];
        ranks.iter().position(|rank| name.starts_with(rank))
    };
    assert!(names.len() > 6, "{names:?}");
    assert!(names.iter().is_sorted_by_key(rank), "{names:?}");
    page.settle();
    assert_eq!(page.painted("selected"), ["crackdown"]);
}

/// Else every block costs as many styles as there are rules.
#[test]
fn highlights_are_inherited_where_the_engine_can_do_that() {
    let page = open();
    page.mark(INSIDE, "1");
    let element: String = page.script(
        "const { cssRules: [rule] } = document.adoptedStyleSheets.at(-1);
         return rule.selectorText.split('::highlight(')[0];",
    );
    let inherited = page.holds("getComputedStyle(document.querySelector('article p'), '::highlight(line-1-0)').textDecorationLine === 'underline'");
    // Chromium has them inherited; others may learn it.
    assert!(element == "article" || engine() != Engine::Chromium);
    assert!(inherited || element != "article", "{element}");
}
