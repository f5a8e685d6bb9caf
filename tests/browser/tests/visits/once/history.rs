//! The dialog "History": moments, their names, going back to them.

use browser_tests::page::Point;
use browser_tests::{Page, open};
use serde_json::{Value, json};

use crate::resting::{LINE, ONE, TWO, close, look, rested};

/// The moments that are shown, newest first: what happened, and the name.
fn moments(page: &Page) -> Vec<String> {
    page.script(
        "return [...document.querySelectorAll('dialog ol.moments li')].map((row) =>
           [...row.querySelectorAll('time + span, strong:not([hidden])')].map((part) => part.textContent).join(' | '));",
    )
}

#[test]
fn every_moment_can_be_named_and_gone_back_to_and_one_undo_returns() {
    let page = open();
    page.mark(ONE, "1");
    page.see_saved();
    let export = page.export();
    page.click_entry(ONE);
    page.press("2");
    page.see_status("Tagged Energy");
    page.note("Ask about <this>");
    page.press("Delete");
    page.see_status("Deleted");
    page.mark(TWO, "3");
    page.see_saved();
    look(&page);
    let all = [
        "Tag Counterterrorism",
        "Delete",
        "Note",
        "Tag Energy",
        "Tag Sovereignty",
    ];
    page.see("the moments", moments, all);
    // In the document's words or a person's, where the change has them.
    let about: Vec<String> = page.script(
        "return [...document.querySelectorAll('dialog ol.moments q')].map((words) => words.textContent);",
    );
    assert_eq!(about, [TWO, ONE, "Ask about <this>", ONE, ONE]);
    assert_eq!(page.violations(), Vec::<String>::new());

    // By keyboard alone.
    let button: String = page.script(
        "return [...document.querySelectorAll('dialog ol.moments button')].at(-2).ariaLabel;",
    );
    assert!(button.ends_with(", Tag Sovereignty"), "{button}");
    page.tab_to(&button);
    page.press("Enter");
    page.write("before the second reading");
    page.press("Enter");
    let named = "before the second reading | Tag Sovereignty";
    page.see("its name", |page| moments(page).pop(), Some(named.into()));
    assert_eq!(page.violations(), Vec::<String>::new());
    page.press("Escape");
    page.wait("the dialog is gone", || page.dialog().is_none());
    page.see("the focus", Page::focused, "More".to_owned());

    page.reload();
    look(&page);
    page.see("its name", |page| moments(page).pop(), Some(named.into()));
    let _: Value =
        page.script("[...document.querySelectorAll('dialog ol.moments button')].at(-1).click();");
    let lines = page.see_dialog("Restore this version").join("\n");
    for part in [
        "1 mark then, 1 now",
        "1 would come back",
        "1 made since would go",
    ] {
        assert!(lines.contains(part), "{part}: {lines}");
    }
    page.click_in("dialog", "Restore this version", "Restore");
    page.see_status("Restored the earlier version");
    assert_eq!(page.export().marks, export.marks);
    page.press("Ctrl+z");
    page.see_status("Undid return to an earlier version");
    assert_eq!(page.listed(), [format!("{TWO} [Counterterrorism]")]);
    page.see_saved();
}

#[test]
fn a_run_of_undo_is_one_moment_and_who_wants_none_is_led_back() {
    let page = open();
    page.mark(ONE, "1");
    page.press("2");
    page.press("3");
    page.see_status("Tagged Counterterrorism");
    page.press_times(2, "Ctrl+z");
    page.press_times(2, "Ctrl+y");
    page.see_saved();
    let saved = page.export();
    look(&page);
    let all = [
        "Redid 2 changes",
        "Undid 2 changes",
        "Tag Counterterrorism",
        "Tag Energy",
        "Tag Sovereignty",
    ];
    page.see("the moments", moments, all);
    let buttons = |page: &Page| -> Vec<String> {
        page.script(
            "return [...document.querySelectorAll('dialog ol.moments button')].map((button) => button.ariaLabel);",
        )
    };
    let back = buttons(&page)
        .into_iter()
        .find(|name| name.starts_with("Go back to ") && name.ends_with(", Undid 2 changes"))
        .expect("a button for the run");
    page.tab_to(&back);
    let dismissals: [&dyn Fn(); 2] = [&|| page.press("Escape"), &|| {
        page.click_in("dialog", "Restore this version", "Cancel")
    }];
    for dismiss in dismissals {
        page.press("Enter");
        let lines = page.see_dialog("Restore this version").join("\n");
        assert!(lines.contains("“Undid 2 changes, 20"), "{lines}");
        assert!(
            lines.contains(&format!("1 would be changed back: “\u{2068}{ONE}\u{2069}”")),
            "{lines}"
        );
        dismiss();
        page.see_dialog("History");
        page.see("the focus", Page::focused, back.clone());
        page.see("the moments", moments, all);
    }
    assert_eq!(page.violations(), Vec::<String>::new());
    page.press("Enter");
    page.see_dialog("Restore this version");
    // The second of two quick presses does nothing to what is behind.
    let button = page.area_of("button", "Restore");
    page.double_click_at(Point {
        x: (button.left + button.right) / 2.0,
        y: (button.top + button.bottom) / 2.0,
    });
    page.see_status("Restored the earlier version");
    page.settle();
    assert_eq!(page.dialog(), None);
    assert_eq!(page.selection(), "");
    assert_ne!(page.export().marks, saved.marks);
    // What has a name is no part of a run, on neither side.
    page.see_saved();
    let _: Value = page.with_store("view.put('mine', 'name 5')", json!(null));
    look(&page);
    let apart = [
        "Return to an earlier version",
        "Redid 2 changes",
        "mine | Undid tag Energy",
        "Undid tag Counterterrorism",
    ];
    let latest = |page: &Page| -> Vec<String> { moments(page).into_iter().take(4).collect() };
    page.see("the moments", latest, apart);
}

#[test]
fn a_run_of_marking_is_one_row_that_can_be_shown_one_by_one() {
    let page = open();
    for passage in [ONE, "severe crackdown", "call in Russian troops"] {
        page.mark(passage, "1");
        page.see_status("Tagged Sovereignty");
        page.press("Escape");
    }
    page.see_saved();
    page.click_entry(ONE);
    page.note("Why?");
    page.see_saved();
    look(&page);
    page.see("the moments", moments, ["Note", "3 marks"]);
    assert_eq!(page.violations(), Vec::<String>::new());
    let buttons = |page: &Page| -> Vec<String> {
        page.script(
            "return [...document.querySelectorAll('dialog ol.moments li:last-child button')].map((button) => button.ariaLabel);",
        )
    };
    let show = buttons(&page)
        .into_iter()
        .find(|name| name.starts_with("Show each of 3 marks, "));
    page.tab_to(&show.expect("a button for the run"));
    page.press("Enter");
    let each = [
        "Note",
        "Tag Sovereignty",
        "Tag Sovereignty",
        "Tag Sovereignty",
    ];
    page.see("the moments", moments, each);
    let focused = page.focused();
    assert!(focused.starts_with("Name "), "{focused}");
    assert_eq!(page.violations(), Vec::<String>::new());
    // Back to where two of them were made: who does not want that is led back to its row.
    let back =
        "document.querySelectorAll('dialog ol.moments li')[2].querySelector('[data-version]')";
    let _: Value = page.script(&format!("{back}.click();"));
    page.see_dialog("Restore this version");
    page.press("Escape");
    page.see_dialog("History");
    page.see("the moments", moments, each);
    page.wait("its button has the focus", || {
        page.holds(&format!("document.activeElement === {back}"))
    });
    page.press("Enter");
    let lines = page.see_dialog("Restore this version").join("\n");
    assert!(lines.contains("2 marks then, 3 now"), "{lines}");
    page.click_in("dialog", "Restore this version", "Restore");
    page.see_status("Restored the earlier version");
    assert_eq!(page.listed().len(), 2);
}

#[test]
fn what_the_failures_page_hands_out_can_be_taken_in_again() {
    let page = open();
    page.mark(ONE, "1");
    page.mark(TWO, "2");
    page.see_saved();
    let listed = page.listed();
    let file = page.journal().join("\n\n");
    page.forget_everything();
    assert!(page.listed().is_empty());
    page.choose("themark.journal.txt", &file);
    let lines = page.see_dialog("Restore this version").join("\n");
    assert!(lines.contains("2 would come back"), "{lines}");
    page.click_in("dialog", "Restore this version", "Restore");
    page.see_status("Restored");
    assert_eq!(page.listed(), listed);
    page.see_saved();
    page.choose("other.journal.txt", "nothing of the kind");
    let lines = page.see_dialog("This file can’t be imported").join("\n");
    assert!(lines.contains("no records of Themark’s journal"), "{lines}");
}

fn show_earlier(page: &Page) {
    page.wait("there are earlier ones", || {
        page.has("button", "Show earlier")
    });
    let _: Value = page.script(
        "[...document.querySelectorAll('dialog button')].find((button) => button.textContent === 'Show earlier').focus();",
    );
    page.press("Enter");
}

/// Puts records behind the others: `[what, parts]`, a change each.
fn write(page: &Page, changes: &Value) {
    let _: Value = page.ask_later(
        "const [changes] = arguments;
         const request = indexedDB.open('themark');
         request.onsuccess = () => {
           const all = request.result.transaction('journal', 'readwrite');
           const journal = all.objectStore('journal');
           let at = 1_900_000_000_000;
           for (const [what, parts] of changes) {
             for (let part = 1; part <= parts; part += 1) {
               journal.add(`v 4\\nat ${at += 1000}\\nby person\\nwhat ${what}\\npart ${part} ${parts}\\n\\nend`);
             }
           }
           all.oncomplete = () => { request.result.close(); done(null); };
         };",
        vec![changes.clone()],
    );
}

/// Counts what is read of the journal.
const COUNT: &str = "
    window.read = 0;
    for (const way of ['get', 'getAll', 'getAllKeys', 'openCursor', 'openKeyCursor']) {
      const own = IDBObjectStore.prototype[way];
      IDBObjectStore.prototype[way] = function (...words) {
        if (this.name === 'journal') window.read += way.startsWith('getAll') ? Infinity : 1;
        return own.apply(this, words);
      };
    }";

#[test]
fn of_a_long_journal_only_what_is_shown_is_read_and_each_press_shows_as_much() {
    let page = rested(COUNT);
    page.mark(ONE, "1");
    page.see_saved();
    let some = |what: &str, count: usize| {
        (0..count)
            .map(|number| json!([format!("{what} {number}"), 1]))
            .collect::<Vec<_>>()
    };
    // One that was never written to its end, and two that are long.
    let mut changes = some("old", 50);
    changes.push(json!(["long", 50_000]));
    changes.extend(some("middle", 30));
    changes.push(json!(["longer", 49_900]));
    changes.extend(some("new", 20));
    write(&page, &json!(changes));
    let open = "
         window.read = 0;
         const begun = performance.now();
         document.querySelector('.bar [aria-haspopup]').click();
         requestAnimationFrame(() => historyLine().click());
         const wait = () => {
           if (!document.querySelector('dialog ol li')) return requestAnimationFrame(wait);
           done(performance.now() - begun);
         };
         wait();";
    let took: f64 = page.ask_later(&[LINE, open].concat(), vec![]);
    println!("100,000 records: the history opens in {took:.0} ms");
    let read = |page: &Page| -> Option<f64> { page.script("return window.read;") };
    let count = |page: &Page| moments(page).len();
    for expect in [40, 80, 103] {
        page.see("the rows", count, expect);
        // Infinity has no JSON.
        let read = read(&page);
        assert!(read.is_some_and(|read| read < 120.0), "{read:?}");
        if expect < 103 {
            show_earlier(&page);
        }
    }
    assert!(!page.has("button", "Show earlier"));
    let all = moments(&page);
    assert_eq!(all[0], "New 19");
    assert_eq!(all[20], "Longer");
    assert_eq!(all[51], "Long");
    assert_eq!(all[102], "Tag Sovereignty");
    assert!(took < 3_000.0, "{took}");
}

#[test]
fn a_moment_with_a_name_is_listed_once_and_a_name_is_only_words() {
    let page = rested("");
    page.mark(ONE, "1");
    page.see_saved();
    let changes: Vec<_> = (0..60)
        .map(|number| json!([format!("step {number}"), 1]))
        .collect();
    write(&page, &json!(changes));
    look(&page);
    show_earlier(&page);
    page.see("the rows", |page| moments(page).len(), 61);
    // The first that was not shown at once, and the very first.
    let long = format!("<img src=x onerror=alert(1)>{}", "w".repeat(200));
    for (row, name) in [(40, "forty"), (60, long.as_str())] {
        let _: Value = page.script(&format!(
            "document.querySelectorAll('dialog ol.moments li')[{row}].querySelector('button').click();"
        ));
        page.wait("the field has the focus", || {
            page.holds("document.activeElement.tagName === 'INPUT'")
        });
        page.write(name);
        page.press("Enter");
        page.wait("it has a name", || moments(&page)[row].contains(" | "));
    }
    close(&page);
    look(&page);
    let old = [
        "forty | Step 19".to_owned(),
        format!("{} | Tag Sovereignty", &long[..200]),
    ];
    page.see("the rows", |page| moments(page).len(), 42);
    assert_eq!(moments(&page)[..2], old);
    let wide: bool = page.script(
        "const dialog = document.querySelector('dialog'); return dialog.scrollWidth > dialog.clientWidth;",
    );
    assert!(!wide, "the name is cut off");
    assert_eq!(page.violations(), Vec::<String>::new());
    show_earlier(&page);
    page.see("the rows", |page| moments(page).len(), 61);
    let mut all = moments(&page);
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 61);
    assert!(!page.has("button", "Show earlier"));

    // It opens once, and a press on its scroll bar leaves it open.
    let again = "
         const dialog = document.querySelector('dialog');
         const { right, top } = dialog.getBoundingClientRect();
         dialog.dispatchEvent(new PointerEvent('pointerdown', { clientX: right - 3, clientY: top + 60, bubbles: true }));
         document.querySelector('.bar [aria-haspopup]').click();
         requestAnimationFrame(() => {
           const line = historyLine();
           line.click();
           line.click();
         });";
    let _: Value = page.script(&[LINE, again].concat());
    page.settle();
    assert!(page.holds("document.querySelectorAll('dialog').length === 1"));
    page.press("Escape");
    page.wait("the dialog is gone", || page.dialog().is_none());
    page.see("the focus", Page::focused, "More".to_owned());
}
