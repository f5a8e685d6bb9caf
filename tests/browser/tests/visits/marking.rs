//! Marking in quick succession, without looking where anything is: what a person does all day.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use anchor_bench::chance::Chance;
use browser_tests::page::{Point, in_one_of};
use browser_tests::settings::seeds;
use browser_tests::{Engine, Page, Visit, open};

/// The themes by their digits.
const THEMES: [(char, &str); 3] = [
    ('1', "Sovereignty"),
    ('2', "Energy"),
    ('3', "Counterterrorism"),
];

/// Marks a visit makes.
const MARKS: usize = 30;

/// Words of the longest mark.
const LONGEST: usize = 60;

/// A stretch of text, in UTF-16 code units; the article has no sign of more than one.
type Stretch = (usize, usize);

/// A mark to make: a stretch that begins and ends with a word, and a theme's number.
type Wanted = (Stretch, usize);

/// The words of a text.
fn words(text: &str) -> Vec<Stretch> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, sign) in text.chars().chain([' ']).enumerate() {
        match (sign.is_whitespace(), start) {
            (false, None) => start = Some(at),
            (true, Some(begun)) => {
                words.push((begun, at));
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// Marks of all lengths, a third of which share their start or their end with an earlier one.
fn wanted(chance: &mut Chance, text: &str) -> Vec<Wanted> {
    let words = words(text);
    let mut all: Vec<Wanted> = Vec::new();
    while all.len() < MARKS {
        // Short ones are more frequent.
        let length = 1 + (chance.unit() * chance.unit() * LONGEST as f64) as usize;
        let (mut first, mut last) = (chance.below(words.len()), 0);
        if !all.is_empty() && chance.happens(1.0 / 3.0) {
            let (other, _) = *chance.one_of(&all);
            let is_start = chance.happens(0.5);
            let same = words.iter().position(|word| {
                if is_start {
                    word.0 == other.0
                } else {
                    word.1 == other.1
                }
            });
            let same = same.expect("an earlier mark ends with words");
            if !is_start {
                last = same;
                first = (same + 1).saturating_sub(length);
            } else {
                first = same;
            }
        }
        if last == 0 {
            last = (first + length - 1).min(words.len() - 1);
        }
        all.push(((words[first].0, words[last].1), chance.below(THEMES.len())));
    }
    all
}

/// The way of a pointer from one point to another, as a hand goes: in some steps, and not quite
/// to where it was meant to go. Now and then it ends beside the column or on the list.
fn way(chance: &mut Chance, [from, to]: [Point; 2], column: (f64, f64), list: f64) -> Vec<Point> {
    let mut to = to;
    to.y += chance.unit() * 12.0 - 6.0;
    let where_to = chance.unit();
    if where_to < 0.2 {
        let by = 1.0 + chance.unit() * 39.0;
        to.x = if chance.happens(0.5) {
            column.0 - by
        } else {
            column.1 + by
        };
    } else if where_to < 0.35 {
        to.x = list + 20.0 + chance.unit() * 150.0;
    }
    let steps = chance.between(5, 10);
    (0..=steps)
        .map(|step| {
            let share = step as f64 / steps as f64;
            Point {
                x: from.x + (to.x - from.x) * share,
                y: from.y + (to.y - from.y) * share,
            }
        })
        .collect()
}

/// Marks all of these in their order and sees that just the words from each press to each release
/// are marked.
fn mark_all(page: &Page, chance: &mut Chance, all: &[Wanted]) {
    let text: Vec<char> = page.text().chars().collect();
    let column = page.area_of("article", ARTICLE);
    let list = page.area_of("region", "Annotations").left;
    let mut expected: BTreeMap<Stretch, BTreeSet<&str>> = BTreeMap::new();
    for (stretch, theme) in all {
        let edges = page.edges_of(stretch.0, stretch.1);
        let points = way(chance, edges, (column.left, column.right), list);
        let ends = [points[0], *points.last().unwrap()].map(|point| page.offset_near(point));
        let (mut start, mut end) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
        while start < end && text[start].is_whitespace() {
            start += 1;
        }
        while start < end && text[end - 1].is_whitespace() {
            end -= 1;
        }
        let after = Duration::from_millis(if chance.happens(0.3) {
            0
        } else {
            chance.below(300) as u64
        });
        let (digit, name) = THEMES[*theme];
        page.drag_along(&points, digit, after);
        if start < end {
            expected.entry((start, end)).or_default().insert(name);
        }
    }
    let export = page.export();
    let marked: BTreeMap<Stretch, BTreeSet<&str>> = export
        .marks
        .iter()
        .map(|mark| {
            (
                (mark.start, mark.end),
                mark.themes.iter().map(String::as_str).collect(),
            )
        })
        .collect();
    assert_eq!(
        export.marks.len(),
        marked.len(),
        "no two marks on one stretch"
    );
    let show = |marks: &BTreeMap<Stretch, BTreeSet<&str>>,
                others: &BTreeMap<Stretch, BTreeSet<&str>>|
     -> Vec<String> {
        marks
            .iter()
            .filter(|(stretch, themes)| others.get(stretch) != Some(themes))
            .map(|((start, end), themes)| {
                format!(
                    "{start}–{end} “{}” {themes:?}",
                    text[*start..*end].iter().collect::<String>()
                )
            })
            .collect()
    };
    let (missing, wrong) = (show(&expected, &marked), show(&marked, &expected));
    assert!(
        missing.is_empty() && wrong.is_empty(),
        "missing: {missing:#?}\nwrong: {wrong:#?}"
    );
}

const ARTICLE: &str =
    "Why the US cares about what happens in Kazakhstan – 5 questions answered by former ambassador";

/// Makes marks in some order, for each seed.
fn visit_in_order(order: impl Fn(&mut Vec<Wanted>)) {
    for seed in seeds(1, 20) {
        println!("seed {seed}: THEMARK_SEED={seed} makes the same marks again");
        let page = open();
        let mut chance = Chance::new(seed);
        let mut all = wanted(&mut chance, &page.text());
        order(&mut all);
        mark_all(&page, &mut chance, &all);
    }
}

#[test]
fn thirty_marks_in_any_order_are_just_what_was_dragged_over() {
    visit_in_order(|_| {});
}

#[test]
fn going_upwards_every_mark_is_right() {
    visit_in_order(|all| all.sort_by_key(|(stretch, _)| std::cmp::Reverse(*stretch)));
}

#[test]
fn going_downwards_every_mark_is_right() {
    visit_in_order(|all| all.sort_by_key(|(stretch, _)| *stretch));
}

#[test]
fn going_theme_by_theme_every_mark_is_right() {
    visit_in_order(|all| all.sort_by_key(|(stretch, theme)| (*theme, *stretch)));
}

const LONG: &str = "non-proliferation of weapons of mass destruction";
const SHORT: &str = "weapons of mass destruction";
const START: &str = "non-proliferation of weapons";

#[test]
fn a_drag_that_shares_an_end_with_a_chosen_mark_begins_a_mark_of_its_own() {
    let page = open();
    page.mark(LONG, "1");
    page.select(SHORT);
    page.press("2");
    page.select(START);
    page.press("3");
    page.see(
        "the list",
        |page| {
            let mut listed = page.listed();
            listed.sort();
            listed
        },
        vec![
            format!("{START} [Counterterrorism]"),
            format!("{LONG} [Sovereignty]"),
            format!("{SHORT} [Energy]"),
        ],
    );
}

#[test]
fn a_mark_just_made_has_no_handles_and_a_chosen_one_has_them_beside_the_letters() {
    let page = open();
    page.mark(LONG, "1");
    let count = |page: &Page| -> usize {
        page.script("return document.querySelectorAll('.handle').length;")
    };
    assert_eq!(count(&page), 0);
    page.click_on(LONG);
    page.see("the handles", count, 2_usize);
    let knobs: Vec<[f64; 2]> = page.script(
        "return [...document.querySelectorAll('.handle')].map((handle) => {
           const { top, bottom } = handle.getBoundingClientRect();
           const knob = Number.parseFloat(getComputedStyle(handle, '::before').height);
           return [(top + bottom - knob) / 2, (top + bottom + knob) / 2];
         });",
    );
    let lines = page.lines_of(LONG);
    assert!(knobs[0][1] <= lines[0].top + 0.5, "{knobs:?} {lines:?}");
    assert!(
        knobs[1][0] >= lines.last().unwrap().bottom - 0.5,
        "{knobs:?} {lines:?}"
    );
    page.press("Escape");
    page.see("the handles", count, 0_usize);
}

#[test]
fn what_is_no_longer_selected_is_not_marked() {
    let page = open();
    page.select(LONG);
    // Inside the selection, which ends it.
    page.click_on(SHORT);
    page.press("1");
    page.see_status("Nothing is selected");
    page.select(LONG);
    let panel = page.area_of("region", "Annotations");
    page.click_at(Point {
        x: panel.left + 60.0,
        y: panel.bottom - 40.0,
    });
    page.settle();
    let selected = page.selection();
    page.press("2");
    if selected.is_empty() {
        page.see_status("Nothing is selected");
        assert_eq!(page.quotes(), Vec::<String>::new());
    } else {
        page.see("the list", Page::quotes, vec![LONG.to_owned()]);
    }
}

#[test]
fn a_drag_inside_a_selection_selects_anew() {
    let page = open();
    page.select(LONG);
    page.drag_over(SHORT);
    page.see_selected(SHORT);
    page.press("1");
    page.see("the list", Page::quotes, vec![SHORT.to_owned()]);
}

#[test]
fn a_theme_asked_for_before_the_button_is_let_go_is_applied_then() {
    let page = open();
    page.scroll_to(LONG, browser_tests::page::At::Middle);
    let _: () = page.script(
        "let moves = 0;
         const press = () => document.dispatchEvent(new KeyboardEvent('keydown', { key: '3', bubbles: true }));
         addEventListener('pointermove', (event) => event.buttons === 1 && ++moves === 2 && press());",
    );
    page.drag_over(LONG);
    page.see(
        "the list",
        Page::listed,
        vec![format!("{LONG} [Counterterrorism]")],
    );
}

#[test]
fn what_is_selected_is_seen_while_the_keyboard_is_in_the_code_bar() {
    let page = open();
    page.select(LONG);
    page.press("Tab");
    assert_eq!(page.focused(), "Sovereignty");
    let is_seen = |page: &Page| page.selection() == LONG || page.painted("passage") == [LONG];
    page.wait("it is seen", || is_seen(&page));
    page.press("Right");
    page.press("Enter");
    page.see("the list", Page::listed, vec![format!("{LONG} [Energy]")]);
    assert!(page.painted("passage").is_empty());
}

/// The system selects, not the page: its handles move an end, and say so a moment later.
fn select_by_touch(page: &Page, passage: &str) {
    let _: () = page.script(&format!(
        "const walker = document.createTreeWalker(document.querySelector('article'), 4);
         const words = {};
         let node;
         while ((node = walker.nextNode())) {{
           const at = node.data.indexOf(words);
           if (at < 0) continue;
           getSelection().setBaseAndExtent(node, at, node, at + words.length);
           break;
         }}",
        serde_json::to_string(passage).unwrap()
    ));
}

#[test]
fn by_touch_fifteen_passages_are_tagged_with_a_tap_each() {
    if !in_one_of(&[Engine::Chromium]) {
        return;
    }
    let page = Visit::default().on_a_phone().open();
    page.use_fingers();
    let text = page.text();
    let all: Vec<&str> = text
        .lines()
        .filter(|line| line.len() > 120)
        .flat_map(|line| {
            let words: Vec<&str> = line.split_inclusive(' ').collect();
            let [a, b] = [3, 9].map(|count| words[..count].concat().len());
            [line[..a].trim(), line[a..b].trim()]
        })
        .filter(|words| text.matches(*words).count() == 1)
        .take(15)
        .collect();
    assert_eq!(all.len(), 15);
    for (number, passage) in all.iter().enumerate() {
        page.scroll_to(passage, browser_tests::page::At::Middle);
        select_by_touch(&page, passage);
        page.wait("the code bar is there", || {
            page.has("toolbar", "Tag selection")
        });
        let (_, name) = THEMES[number % 3];
        page.tap_in_bar(name);
        page.wait("the tabs have their place again", || {
            page.has("button", "Marks")
        });
    }
    let listed: Vec<String> = page.export().listed();
    let expected: BTreeSet<String> = all
        .iter()
        .enumerate()
        .map(|(number, passage)| format!("{passage} [{}]", THEMES[number % 3].1))
        .collect();
    assert_eq!(listed.into_iter().collect::<BTreeSet<_>>(), expected);
}

#[test]
fn by_touch_handles_move_the_end_that_is_dragged() {
    if !in_one_of(&[Engine::Chromium]) {
        return;
    }
    let page = Visit::default().on_a_phone().open();
    page.use_fingers();
    let check = |words: &str, handle: &str, to: &str, expect: &str| {
        // Whether the finger goes onto the words or keeps to the height of the knob.
        for is_level in [false, true] {
            page.scroll_to(words, browser_tests::page::At::Middle);
            let middle: Point = page.middle_of(words);
            page.tap(middle);
            page.see("the chosen mark", Page::current, Some(words.to_owned()));
            let (from, onto) = (page.handle(handle), page.end_of(to));
            let to = match is_level {
                true => Point { y: from.y, ..onto },
                false => onto,
            };
            page.touch_drag(from, to);
            page.see("the list", Page::quotes, vec![expect.to_owned()]);
            page.press("Ctrl+z");
            page.see("the list", Page::quotes, vec![words.to_owned()]);
        }
    };
    select_by_touch(&page, "Violent unrest");
    page.tap_in_bar("Sovereignty");
    page.see("the list", Page::quotes, vec!["Violent unrest".to_owned()]);
    check(
        "Violent unrest",
        "end",
        "in Kazakhstan sparked",
        "Violent unrest in Kazakhstan sparked",
    );
    page.press("Ctrl+z");
    let words = "deaths of";
    select_by_touch(&page, words);
    page.tap_in_bar("Energy");
    page.see("the list", Page::quotes, vec![words.to_owned()]);
    check(words, "start", "Responding to t", "the deaths of");
    page.press("Ctrl+z");
    super::scripts::open_second(&page);
    let words = "נכתבת מימין";
    select_by_touch(&page, words);
    page.tap_in_bar("Energy");
    page.see("the list", Page::quotes, vec![words.to_owned()]);
    check(words, "end", "וגם כאן", "נכתבת מימין לשמאל, וגם כאן");
}

#[test]
fn a_drag_of_an_end_that_escape_calls_off_moves_nothing() {
    let page = open();
    let words = "deaths of scores";
    page.mark(words, "1");
    page.click_on(words);
    page.see("the chosen mark", Page::current, Some(words.to_owned()));
    let from = page.handle("end");
    let to = Point {
        x: from.x + 205.0,
        ..from
    };
    page.drag_called_off(from, to);
    page.settle();
    assert_eq!(page.quotes(), [words]);
    // The mark is chosen still, and its end can be dragged.
    assert_eq!(page.current().as_deref(), Some(words));
    page.drag(page.handle("end"), page.end_of("scores of civilians"));
    page.see(
        "the list",
        Page::quotes,
        vec!["deaths of scores of civilians".to_owned()],
    );
}

#[test]
fn what_was_done_is_not_said_beside_another_mark_that_is_chosen() {
    let page = open();
    page.mark("deaths of scores", "1");
    page.mark("sparked by rising gas prices", "2");
    let outcome = |page: &Page| -> Option<String> {
        page.script("return document.querySelector('.code-bar .outcome')?.textContent ?? null;")
    };
    assert!(outcome(&page).is_some_and(|said| said.contains("Tagged Energy")));
    page.click_on("deaths of scores");
    // At once, not when its time is over.
    page.settle();
    assert_eq!(outcome(&page), None);
    let own = "“deaths of scores”".to_owned();
    page.see("what the next key is about", Page::about, own);
    // The same said once more is shown once more.
    page.press("1");
    page.press("1");
    page.see_status("Tagged Sovereignty");
    assert!(outcome(&page).is_some_and(|said| said.contains("Tagged Sovereignty")));
}

#[test]
fn a_click_on_a_mark_that_was_just_made_chooses_it_whatever_it_lies_in() {
    let page = open();
    page.mark("deaths of scores of civilians", "2");
    page.mark("of scores", "1");
    page.click_on("of scores");
    page.see(
        "the chosen mark",
        Page::current,
        Some("of scores".to_owned()),
    );
}

#[test]
fn at_twice_the_size_head_and_foot_leave_the_text_its_room() {
    // A window of 1280 by 800 at 200 %.
    let page = Visit {
        size: (640, 400),
        ..Visit::default()
    }
    .open();
    let room = |page: &Page| -> f64 {
        page.script("return innerHeight - document.querySelector('.reader').clientHeight;")
    };
    assert!(room(&page) <= 104.0, "{}", room(&page));
    page.select("Violent unrest");
    assert!(room(&page) <= 104.0, "{} with a selection", room(&page));
}
