//! The dialog "History": moments, copies, and how safe they are.

use browser_tests::page::{At, Point};
use browser_tests::{Engine, Page, Visit, open, page, server::BLANK};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::storage::CLOCK;

const ONE: &str = "sparked by rising gas prices";
const TWO: &str = "a major reason for unrest";

fn look(page: &Page) -> Vec<String> {
    page.menu("History");
    let lines = page.see_dialog("History");
    page.wait("what is stored has been read", || {
        page.holds("document.querySelector('dialog h3 ~ div li, dialog h3 ~ div p') !== null")
    });
    lines
}

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
    assert_eq!(page.focused(), "More");

    page.reload();
    look(&page);
    page.see("its name", |page| moments(page).pop(), Some(named.into()));
    let _: Value =
        page.script("[...document.querySelectorAll('dialog ol.moments button')].at(-1).click();");
    let lines = page.see_dialog("Restore this version").join("\n");
    for part in [
        "1 marked then",
        "1 would come back",
        "1 that came later would go",
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
            lines.contains(&format!("1 would be as they were: “\u{2068}{ONE}\u{2069}”")),
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

/// A copy that is kept.
#[derive(Debug, PartialEq, Deserialize)]
struct Copy {
    day: String,
    /// When it was made, in ms.
    at: f64,
    /// The key of the last record in it.
    last: f64,
}

/// The copies that are kept, in order.
fn copies(page: &Page) -> Vec<Copy> {
    page.ask_later(
        "const request = indexedDB.open('themark copies');
         request.onupgradeneeded = () => {
           request.result.createObjectStore('copies', { autoIncrement: true });
           request.result.createObjectStore('settings');
         };
         request.onsuccess = () => {
           const all = request.result.transaction('copies').objectStore('copies').getAll();
           all.onsuccess = () => {
             request.result.close();
             done(all.result.map(({ day, at, last }) => ({ day, at, last })));
           };
         };",
        vec![],
    )
}

/// Notes that the page has looked after its copies: the store they are in is closed then.
const TELL: &str = "{
    const { close } = IDBDatabase.prototype;
    IDBDatabase.prototype.close = function () {
      close.apply(this);
      window.looked ||= this.name === 'themark copies';
    };
  }";

/// A page looks after its copies two seconds after it is opened; then it does so at once.
const AT_ONCE: &str = "{
    const later = setTimeout;
    window.setTimeout = (act, time, ...words) => later(act, time === 2_000 ? 0 : time, ...words);
  }";

/// A page that has looked after its copies, and does so no more for some time.
fn rested(before: &str) -> Page {
    let page = Visit::default().after(&[TELL, before].join("\n")).open();
    see_looked(&page);
    page
}

fn see_looked(page: &Page) {
    page.wait("it has been looked at", || page.holds("window.looked"));
}

/// The day on which visits have copies made.
const DAY: &str = "2031-05-07";
const HOUR: f64 = 3_600_000.0;
const NOON: f64 = 1_936_000_000_000.0;

/// Has copies made as so many windows at once do it, and gives what each was told.
fn copy(page: &Page, windows: usize, day: &str, at: f64) -> Vec<Value> {
    page.ask_later(
        "const [windows, question] = arguments;
         import('./copying.js').then(async ({ copy }) => {
           const asked = async () => {
             const told = {};
             await copy(question, told).catch((error) => (told.failed = String(error)));
             return told;
           };
           done(await Promise.all(Array.from({ length: windows }, asked)));
         });",
        vec![json!(windows), json!({ "day": day, "at": at })],
    )
}

/// Deletes the store that is named so, as a browser may that needs the room.
fn lose(page: &Page, name: &str) {
    page.go(BLANK);
    let _: Value = page.ask_later(
        "const deleted = indexedDB.deleteDatabase(arguments[0]);
         deleted.onsuccess = () => done(null);",
        vec![json!(name)],
    );
}

/// What the dialog says in all.
fn said(page: &Page) -> String {
    page.script("return document.querySelector('dialog')?.innerText ?? '';")
}

fn close(page: &Page) {
    page.press("Escape");
    page.wait("the dialog is gone", || page.dialog().is_none());
}

#[test]
fn a_day_has_one_copy_which_several_windows_renew_while_the_work_goes_on() {
    let page = rested("");
    page.mark(ONE, "1");
    page.see_saved();
    copy(&page, 3, DAY, NOON);
    let kept = |page: &Page| -> Vec<(f64, f64)> {
        let all = copies(page);
        all.iter().map(|copy| (copy.at, copy.last)).collect()
    };
    let first = kept(&page);
    assert_eq!(first.len(), 1, "{first:?}");
    page.press("2");
    page.see_saved();
    // Not with each look.
    copy(&page, 1, DAY, NOON + HOUR / 12.0);
    assert_eq!(kept(&page), first);
    copy(&page, 3, DAY, NOON + 2.0 * HOUR);
    let second = kept(&page);
    assert_eq!(second, [(NOON + 2.0 * HOUR, first[0].1 + 1.0)]);
    // Nothing has been written since.
    copy(&page, 3, DAY, NOON + 4.0 * HOUR);
    copy(&page, 1, "2031-05-08", NOON + 24.0 * HOUR);
    assert_eq!(kept(&page), second);
    page.press("3");
    page.see_saved();
    copy(&page, 3, "2031-05-08", NOON + 26.0 * HOUR);
    assert_eq!(kept(&page).len(), 2);
    assert_eq!(kept(&page)[0], second[0]);
    // What the day's copy brings back is all of it.
    look(&page);
    let _: Value =
        page.script("document.querySelector('dialog ul.moments li button:last-child').click();");
    let lines = page.see_dialog("Restore this version").join("\n");
    assert!(lines.contains("1 marked then"), "{lines}");
}

#[test]
fn work_that_is_gone_is_told_until_a_person_knows_whatever_was_done_since() {
    let page = rested("");
    page.mark(ONE, "1");
    page.see_saved();
    copy(&page, 1, DAY, NOON);
    lose(&page, "themark");
    page.go("/");
    page.wait_until_loaded();
    page.mark(TWO, "1");
    page.see_saved();
    page.reload();
    let told = format!(
        "Earlier work that was stored here is gone, but its copies are kept, the last from {DAY}"
    );
    page.see_notice(&told);
    assert_eq!(page.violations(), Vec::<String>::new());
    // To have looked at something else is not to know.
    look(&page);
    page.wait("it says whose copies they are", || {
        said(&page).contains("of earlier work")
    });
    close(&page);
    page.reload();
    page.see_notice(&told);
    page.click("Understood");
    page.see("the notices", Page::notices, Vec::<String>::new());
    // Today's work has its copy beside them.
    assert_eq!(copies(&page).len(), 2);
    page.settle();
    page.reload();
    see_looked(&page);
    let answer = copy(&page, 1, DAY, NOON);
    assert_eq!(answer[0]["lost"], Value::Null, "{answer:?}");
    assert_eq!(page.notices(), Vec::<String>::new());
}

#[test]
fn a_folder_has_the_newest_copy_at_once_and_what_goes_wrong_with_it_is_said() {
    // Only Chromium lets a person choose one.
    if !page::in_one_of(&[Engine::Chromium]) {
        return;
    }
    let folder = "
        const place = () => navigator.storage.getDirectory();
        const make = async () => (await place()).getDirectoryHandle('mine', { create: true });
        window.showDirectoryPicker = make;";
    let page = rested(folder);
    let names = |page: &Page| -> Vec<String> {
        page.ask_later(
            "(async () => {
               const folder = await window.showDirectoryPicker();
               const names = [];
               for await (const name of folder.keys()) names.push(name);
               return names.sort();
             })().then(done);",
            vec![],
        )
    };
    page.mark(ONE, "1");
    page.see_saved();
    copy(&page, 1, DAY, NOON);
    look(&page);
    page.click_in("dialog", "History", "Keep copies in a folder too…");
    page.wait("it is told", || {
        said(&page).contains("Copies go to the folder “mine” too, the last on ")
    });
    assert_eq!(page.focused(), "Stop that");
    let all = names(&page);
    assert_eq!(all.len(), 1, "{all:?}");
    assert!(all[0].starts_with(&format!("themark.{DAY}.")), "{all:?}");
    assert_eq!(page.violations(), Vec::<String>::new());
    close(&page);

    let _: Value = page.ask_later(
        "navigator.storage.getDirectory().then((root) => root.removeEntry('mine', { recursive: true })).then(() => done(null));",
        vec![],
    );
    page.click_entry(ONE);
    page.press("2");
    page.see_saved();
    let answer = copy(&page, 1, "2031-05-08", NOON + 24.0 * HOUR);
    // The copy itself is kept.
    assert_eq!(answer[0]["failed"], Value::Null, "{answer:?}");
    assert_eq!(copies(&page).len(), 2);
    look(&page);
    page.wait("it is told", || {
        said(&page).contains("The newest could not be written there: ")
    });
    assert_eq!(page.violations(), Vec::<String>::new());
    names(&page);
    page.tab_to("Try again");
    page.press("Enter");
    page.wait("it is told no more", || {
        !said(&page).contains("could not be written")
    });
    assert!(names(&page)[0].starts_with("themark.2031-05-08."));
    page.click_in("dialog", "History", "Stop that");
    page.wait("it can be chosen again", || {
        page.has("button", "Keep copies in a folder too…")
    });
}

#[test]
fn copies_that_fail_are_told_in_the_dialog_and_after_a_day_in_the_page() {
    let page = rested(CLOCK);
    page.mark(ONE, "1");
    page.see_saved();
    lose(&page, "themark copies");
    // A store of another shape, where none can be kept.
    let _: Value = page.ask_later(
        "const request = indexedDB.open('themark copies');
         request.onsuccess = () => { request.result.close(); done(null); };",
        vec![],
    );
    page.go("/");
    page.wait_until_loaded();
    see_looked(&page);
    look(&page);
    page.wait("it is told", || {
        said(&page).contains(" none could be made: ")
    });
    close(&page);
    assert_eq!(page.notices(), Vec::<String>::new());
    let _: Value = page.script("localStorage.setItem('days', 1.1);");
    page.reload();
    page.see_notice("For a day or longer no copy of your work could be kept: ");
    assert_eq!(page.violations(), Vec::<String>::new());
    lose(&page, "themark copies");
    page.go("/");
    page.wait_until_loaded();
    see_looked(&page);
    assert_eq!(copies(&page).len(), 1);
    assert_eq!(page.notices(), Vec::<String>::new());
    look(&page);
    page.wait("the copy is listed", || {
        page.holds("document.querySelectorAll('dialog ul.moments li').length === 1")
    });
    assert!(!said(&page).contains("none could be made"));
}

#[test]
fn what_fails_is_said_at_its_place_and_can_be_tried_again() {
    let page = rested(
        "const { put } = IDBObjectStore.prototype;
         IDBObjectStore.prototype.put = function (...words) {
           if (window.full) throw new DOMException('the disk is full.', 'QuotaExceededError');
           return put.apply(this, words);
         };",
    );
    page.mark(ONE, "1");
    page.see_saved();
    copy(&page, 1, DAY, NOON);
    // Its bytes in another order, and back.
    let turn = || {
        let _: Value = page.ask_later(
            "const request = indexedDB.open('themark copies');
             request.onsuccess = () => {
               const all = request.result.transaction('copies', 'readwrite').objectStore('copies');
               all.openCursor().onsuccess = ({ target: { result: cursor } }) => {
                 const bytes = new Uint8Array(cursor.value.bytes).reverse().buffer;
                 cursor.update({ ...cursor.value, bytes });
               };
               all.transaction.oncomplete = () => { request.result.close(); done(null); };
             };",
            vec![],
        );
    };
    turn();
    look(&page);
    let alerts = |page: &Page, of: &str| -> Vec<String> {
        page.script(&format!(
            "return [...document.querySelectorAll('dialog {of} li [role=alert]')].map((alert) => alert.textContent);"
        ))
    };
    let back = || {
        let _: Value = page.script("document.querySelector('dialog ul.moments li').lastElementChild.closest('li').querySelectorAll('button')[1].click();");
    };
    for _ in 0..2 {
        back();
        page.wait("it is said", || {
            alerts(&page, "ul").len() == 1
                && alerts(&page, "ul")[0].contains("this copy is damaged")
        });
    }
    assert_eq!(page.violations(), Vec::<String>::new());

    let name = || {
        let _: Value =
            page.script("document.querySelector('dialog ol.moments li form button').click();");
    };
    let _: Value = page.script(
        "document.querySelector('dialog ol.moments li button').click(); window.full = true;",
    );
    page.write("a name");
    name();
    page.see(
        "what is said",
        |page| alerts(page, "ol"),
        ["That did not work: the disk is full."],
    );
    let _: Value = page.script("window.full = false;");
    name();
    page.see("its name", moments, ["a name | Tag Sovereignty"]);
    assert_eq!(alerts(&page, "ol"), Vec::<String>::new());

    turn();
    back();
    page.see_dialog("Restore this version");
}

#[test]
fn what_the_dialog_opened_is_closed_with_it() {
    let page = rested(
        "window.held = [];
         const { open } = IDBFactory.prototype;
         IDBFactory.prototype.open = function (...words) {
           const request = open.apply(this, words);
           request.addEventListener('success', () => window.held.push(request.result));
           return request;
         };
         const { close } = IDBDatabase.prototype;
         IDBDatabase.prototype.close = function () {
           window.held = window.held.filter((database) => database !== this);
           close.apply(this);
         };",
    );
    page.mark(ONE, "1");
    page.see_saved();
    let held = |page: &Page| -> usize { page.script("return window.held.length;") };
    // The program's own.
    assert_eq!(held(&page), 1);
    look(&page);
    assert_eq!(held(&page), 3);
    close(&page);
    page.see("what is open", held, 1);
    // Also where it goes before they are there.
    let _: Value = page.script(
        "document.querySelector('.bar [aria-haspopup]').click();
         requestAnimationFrame(() => document.querySelector('.versions').click());
         const wait = setInterval(() => {
           if (!document.querySelector('dialog')) return;
           clearInterval(wait);
           document.querySelector('dialog').close();
         });",
    );
    page.settle();
    page.see("what is open", held, 1);
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
    let took: f64 = page.ask_later(
        "window.read = 0;
         const begun = performance.now();
         document.querySelector('.bar [aria-haspopup]').click();
         requestAnimationFrame(() => document.querySelector('.versions').click());
         const wait = () => {
           if (!document.querySelector('dialog ol li')) return requestAnimationFrame(wait);
           done(performance.now() - begun);
         };
         wait();",
        vec![],
    );
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
    let _: Value = page.script(
        "const dialog = document.querySelector('dialog');
         const { right, top } = dialog.getBoundingClientRect();
         dialog.dispatchEvent(new PointerEvent('pointerdown', { clientX: right - 3, clientY: top + 60, bubbles: true }));
         document.querySelector('.bar [aria-haspopup]').click();
         requestAnimationFrame(() => {
           const line = document.querySelector('.versions');
           line.click();
           line.click();
         });",
    );
    page.settle();
    assert!(page.holds("document.querySelectorAll('dialog').length === 1"));
    page.press("Escape");
    page.wait("the dialog is gone", || page.dialog().is_none());
    assert_eq!(page.focused(), "More");
}

#[test]
fn a_notice_is_read_out_and_moves_nothing_of_the_text() {
    let watch = "
        new MutationObserver(() => {
          const place = document.querySelector('[aria-live=polite]');
          if (place) window.isEmptyAtFirst ??= place.textContent === '';
        }).observe(document, { subtree: true, childList: true });";
    for visit in [
        Visit::default(),
        Visit::default().on_a_phone().in_the_dark(),
    ] {
        let page = visit.after(&[CLOCK, TELL, watch].concat()).open();
        page.mark(ONE, "1");
        page.see_saved();
        let _: Value = page.script("localStorage.setItem('days', 8);");
        page.reload();
        let later = "a major reason for unrest";
        page.scroll_to(later, At::Middle);
        let before = page.lines_of(later);
        let panel = page.area_of("region", "Annotations");
        page.see_notice("and this browser has not downloaded it for a week or longer");
        let empty: bool = page.script("return window.isEmptyAtFirst === true;");
        assert!(empty, "the live region came with its words");
        page.settle();
        assert_eq!(page.lines_of(later), before);
        assert!(
            page.area_of("region", "Annotations")
                .left
                .total_cmp(&panel.left)
                .is_eq()
        );
        assert_eq!(page.violations(), Vec::<String>::new());
        page.click("Not now");
        page.see("the notices", Page::notices, Vec::<String>::new());
        assert_eq!(page.lines_of(later), before);
        let focus: String = page.script("return document.activeElement.tagName;");
        assert_eq!(focus, "ARTICLE");
    }
}

#[test]
fn a_copy_is_kept_of_each_day_with_a_change_and_brings_all_back() {
    let page = Visit::default()
        .after(&[CLOCK, TELL, AT_ONCE].join("\n"))
        .open();
    page.mark(ONE, "1");
    page.see_saved();
    for day in 1..=9 {
        let _: Value = page.script(&format!("localStorage.setItem('days', {day});"));
        page.reload();
        see_looked(&page);
        assert_eq!(copies(&page).len(), day.min(7), "on day {day}");
        if day == 5 {
            // Nothing has changed: no other copy, though it is another day.
            let _: Value = page.script("localStorage.setItem('days', 5.9);");
        }
        page.click_entry(ONE);
        page.press("2");
        page.see_saved();
    }
    // It is spoken of that nothing was ever downloaded, and can be put off.
    page.wait("it is reminded of", || {
        page.holds("!!document.querySelector('#remind')")
    });
    assert_eq!(page.violations(), Vec::<String>::new());
    page.click("Not now");
    page.wait("it is gone", || {
        page.holds("!document.querySelector('#remind')")
    });
    let listed = page.listed();

    // The store is gone, the copies are not.
    lose(&page, "themark");
    page.go("/");
    page.wait_until_loaded();
    page.wait("it is told", || {
        page.holds("!!document.querySelector('#lost')")
    });
    page.click("Show copies");
    page.see_dialog("History");
    page.wait("the copies are listed", || {
        page.holds("document.querySelectorAll('dialog ul.moments li').length === 7")
    });
    assert_eq!(page.violations(), Vec::<String>::new());
    let _: Value =
        page.script("document.querySelector('dialog ul.moments li button:last-child').click();");
    page.see_dialog("Restore this version");
    page.click_in("dialog", "Restore this version", "Restore");
    page.see_status("Restored");
    // The last copy is from before that day's change.
    assert_eq!(page.listed().len(), listed.len());
    page.see_saved();
}

#[test]
fn nearly_no_room_is_told_and_how_safe_it_is_as_well() {
    // WebKitGTK tells nothing of its room.
    if !page::in_one_of(&[Engine::Chromium, Engine::Firefox]) {
        return;
    }
    let page = Visit::default()
        .after(
            "StorageManager.prototype.estimate = async () => ({ usage: 95e6, quota: 100e6 });
             StorageManager.prototype.persisted = async () => false;
             StorageManager.prototype.persist = async () => false;",
        )
        .open();
    page.wait("it is told", || {
        page.holds("document.querySelector('#room')?.textContent.includes('95 % of the room')")
    });
    assert_eq!(page.violations(), Vec::<String>::new());
    page.click("Later");
    page.mark(ONE, "1");
    page.see_saved();
    look(&page);
    page.wait("how safe it is", || {
        page.holds("/may clear that.*95.0 MB of 100.0 MB/.test(document.querySelector('dialog').textContent)")
    });
    page.click_in("dialog", "History", "Ask it to keep everything");
    page.wait("it is told that it was declined", || {
        page.holds("document.querySelector('dialog').textContent.includes('has declined')")
    });
}
