//! The dialog "History": moments, copies, and how safe they are.

use browser_tests::{Engine, Page, Visit, open, page, server::BLANK};
use serde_json::Value;

use crate::storage::CLOCK;

const ONE: &str = "sparked by rising gas prices";
const TWO: &str = "a major reason for unrest";

fn look(page: &Page) -> Vec<String> {
    page.click("History");
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
    page.press("2");
    page.see_status("Tagged Energy");
    page.press("Delete");
    page.see_status("Deleted");
    page.mark(TWO, "3");
    page.see_saved();
    look(&page);
    let all = [
        "Tag Counterterrorism",
        "Delete",
        "Tag Energy",
        "Tag Sovereignty",
    ];
    page.see("the moments", moments, all);
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
    assert_eq!(page.focused(), "History");

    page.reload();
    look(&page);
    page.see("its name", |page| moments(page).pop(), Some(named.into()));
    let _: Value = page.script(
        "[...document.querySelectorAll('dialog ol.moments li')].at(-1).querySelector('button:last-child').click();",
    );
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
    let lines = page.see_dialog("This file can't be imported").join("\n");
    assert!(lines.contains("no records of Themark’s journal"), "{lines}");
}

/// How many copies there are, and the days they are of.
fn copies(page: &Page) -> Vec<String> {
    page.ask_later(
        "const request = indexedDB.open('themark copies');
         request.onupgradeneeded = () => {
           request.result.createObjectStore('copies', { autoIncrement: true });
           request.result.createObjectStore('settings');
         };
         request.onsuccess = () => {
           const all = request.result.transaction('copies').objectStore('copies').getAll();
           all.onsuccess = () => { request.result.close(); done(all.result.map((copy) => copy.day)); };
         };",
        vec![],
    )
}

/// Notes what the copying worker answers.
const TELL: &str = "
    const Own = window.Worker;
    window.Worker = class extends Own {
      constructor(...words) {
        super(...words);
        this.addEventListener('message', ({ data }) => (window.copied = data));
      }
    };";

#[test]
fn a_copy_is_kept_of_each_day_with_a_change_and_brings_all_back() {
    let page = Visit::default().after(&[CLOCK, TELL].concat()).open();
    page.mark(ONE, "1");
    page.see_saved();
    for day in 1..=9 {
        let _: Value = page.script(&format!("localStorage.setItem('days', {day});"));
        page.reload();
        page.wait("it has been looked at", || page.holds("!!window.copied"));
        let told: Value = page.script("return window.copied;");
        assert_eq!(copies(&page).len(), day.min(7), "on day {day}: {told}");
        if day >= 7 {
            // It moves what is below it.
            page.wait("it is reminded of", || {
                page.holds("!!document.querySelector('#remind')")
            });
        }
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
    page.go(BLANK);
    let _: Value = page.ask_later(
        "const deleted = indexedDB.deleteDatabase('themark');
         deleted.onsuccess = () => done(null);",
        vec![],
    );
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
