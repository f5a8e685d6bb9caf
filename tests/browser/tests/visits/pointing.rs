//! With the mouse: marks, the toolbar, the list.

use browser_tests::page::{At, Point};
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
fn the_toolbar_toggles_themes_notes_and_deletes() {
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
    page.see_dialog("Note");
    page.write("<b>who</b>");
    page.press("Enter");
    page.write("& whom?");
    page.click_in("dialog", "Note", "Save note");
    page.see_status("Note saved");
    assert_eq!(page.list()[0].note, "<b>who</b>\n& whom?");
    page.click_in_bar("Delete");
    page.see_status("Deleted");
    assert_eq!(page.quotes(), Vec::<String>::new());
    assert!(!page.has("toolbar", "Tag selection"));
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
fn a_note_on_a_bare_passage_marks_it() {
    let page = open();
    page.select(OTHER);
    page.click_in_bar("Note");
    let lines = page.see_dialog("Note");
    assert!(lines.iter().any(|line| line == OTHER), "{lines:?}");
    page.write("first");
    page.press("Escape");
    page.see("no dialog", |page| page.dialog().is_none(), true);
    assert_eq!(page.quotes(), Vec::<String>::new());
    // What was written is there again.
    page.see_selected(OTHER);
    page.note(" thing");
    let note = page.list()[0].note.clone();
    assert!(note.contains("first") && note.contains("thing"), "{note}");
    assert_eq!(page.painted("line-none"), [OTHER]);
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
    assert!(page.painted("line-1").is_empty(), "{:?}", page.strokes());
    page.scroll_to(OTHER, At::Middle);
    page.see(
        "the mark",
        |page| page.painted("line-1"),
        vec![OTHER.to_owned()],
    );
}

#[test]
fn the_toolbar_is_near_the_selection_and_never_over_it() {
    let page = open();
    let cases = [
        ("getting Russian troops to leave", At::Top),
        ("getting Russian troops to leave", At::Middle),
        ("getting Russian troops to leave", At::Bottom),
        ("democratic norms and an equitable economy", At::Middle),
        (
            "which would remove the vestiges of Cold War-era provisions that could potentially limit trade",
            At::Bottom,
        ),
    ];
    for (passage, at) in cases {
        page.press("Escape");
        page.drag_over_at(passage, at);
        page.see_selected(passage);
        let toolbar = page.area_of("toolbar", "Tag selection");
        let lines = page.lines_of(passage);
        for line in &lines {
            assert!(
                !toolbar.overlaps(*line),
                "{passage} {at:?}: {toolbar:?} {line:?}"
            );
        }
        let near = lines.iter().any(|line| {
            (line.top - toolbar.bottom).abs() < 16.0 || (toolbar.top - line.bottom).abs() < 16.0
        });
        assert!(near, "{passage} {at:?}: {toolbar:?} {lines:?}");
        let inside = toolbar.left >= 0.0 && toolbar.right <= 1280.0 && toolbar.top >= 0.0;
        assert!(inside, "{toolbar:?}");
    }
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
    page.wait("the toolbar is there", || {
        page.has("toolbar", "Tag selection")
    });
    page.press("2");
    page.see_status("Tagged Energy");
    let quote = page.export().marks[0].quote.clone();
    assert!(
        quote.starts_with("close relationship since.\nThere has been cooperation"),
        "{quote}"
    );
}

#[test]
fn the_same_theme_on_the_same_passage_is_no_second_mark() {
    let page = open();
    page.mark(LONG, "1");
    page.press("Escape");
    page.select(LONG);
    page.press("1");
    page.see_status("Already tagged Sovereignty");
    assert_eq!(page.listed(), [format!("{LONG} [Sovereignty]")]);
    page.see("the selected mark", Page::current, Some(LONG.to_owned()));
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
        page.script("return document.querySelector('.empty').textContent === '1 more under “All”';")
    });
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

/// Engines select all that stands between the text and what is under the pointer then.
#[test]
fn a_drag_that_leaves_the_column_selects_as_far_as_the_pointers_line() {
    let page = browser_tests::open();
    page.wait_for_script("later.js");
    let begin = |passage: &str| {
        let line = page.lines_of(passage)[0];
        let y = (line.top + line.bottom) / 2.0;
        Point {
            x: line.left + 2.0,
            y,
        }
    };
    let list = page.area_of("region", "Annotations");
    let height: f64 = page.script("return innerHeight;");
    // To the list, along a line.
    let from = begin("severe crackdown");
    page.drag(
        from,
        Point {
            x: list.left + 200.0,
            y: from.y,
        },
    );
    let selected = page.selection();
    assert!(selected.starts_with("severe crackdown"), "{selected}");
    assert!(selected.len() < 80, "{selected}");
    page.see_selected(&selected);
    page.settle();
    page.press("1");
    page.see_status("Tagged Sovereignty");
    let marked = page.quotes();
    assert_eq!(marked, [selected.trim()]);
    page.press("Escape");
    // To the status line, and past the list's top.
    for to in [
        Point {
            x: from.x + 100.0,
            y: height - 8.0,
        },
        Point {
            x: list.left + 200.0,
            y: 20.0,
        },
    ] {
        let from = begin("quell protests");
        page.drag(from, to);
        let selected = page.selection();
        assert!(selected.len() > 100, "{selected}");
        // Not what is in no view.
        let whole = page.text();
        assert!(selected.len() < whole.len() / 3, "{selected}");
        page.press("Escape");
    }
    assert_eq!(page.quotes(), marked);
}
