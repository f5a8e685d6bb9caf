//! What is done while the page rests: copies of the journal, and what is told.

use browser_tests::page::At;
use browser_tests::{Engine, Page, Visit, page, server::BLANK};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::storage::CLOCK;

pub(crate) const ONE: &str = "sparked by rising gas prices";
pub(crate) const TWO: &str = "a major reason for unrest";

/// Finds the menu's line, for scripts that must not wait for anything else.
pub(crate) const LINE: &str = "const historyLine = () =>
    [...document.querySelectorAll('[role=menuitem]')].find((line) => line.textContent === 'History');";

pub(crate) fn look(page: &Page) -> Vec<String> {
    page.menu("History");
    let lines = page.see_dialog("History");
    page.wait("what is stored has been read", || {
        page.holds("document.querySelector('dialog h3 ~ div li, dialog h3 ~ div p') !== null")
    });
    lines
}

/// What the dialog says in all.
pub(crate) fn said(page: &Page) -> String {
    page.script("return document.querySelector('dialog')?.innerText ?? '';")
}

pub(crate) fn close(page: &Page) {
    page.press("Escape");
    page.wait("the dialog is gone", || page.dialog().is_none());
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

/// A page looks after its copies some time after it is opened; then it does so at once.
const AT_ONCE: &str = "{
    const later = setTimeout;
    const waits = [1_000, 1_500];
    window.setTimeout = (act, time, ...words) => later(act, waits.includes(time) ? 0 : time, ...words);
  }";

/// A page that has looked after its copies, and does so no more for some time.
pub(crate) fn rested(before: &str) -> Page {
    let page = Visit::default()
        .after(&[TELL, AT_ONCE, before].join("\n"))
        .open();
    see_looked(&page);
    page
}

fn see_looked(page: &Page) {
    page.wait("it has been looked at", || page.holds("window.looked"));
}

/// The time at which visits have copies made, in ms since 1970, and an hour.
const NOON: f64 = 1_936_000_000_000.0;
const HOUR: f64 = 3_600_000.0;

/// Comes back at another time, with [`CLOCK`], and waits until the copies have been looked after.
fn come_back_at(page: &Page, time: f64) {
    let _: bool = page.script(&format!(
        "const now = window.Date.now() - window.shift;
         localStorage.setItem('days', ({time} - now) / 86_400_000);
         return true;"
    ));
    page.reload();
    see_looked(page);
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

#[test]
fn a_day_has_one_copy_which_is_renewed_while_the_work_goes_on() {
    let page = rested(CLOCK);
    page.mark(ONE, "1");
    page.see_saved();
    come_back_at(&page, NOON);
    let kept = |page: &Page| -> Vec<f64> { copies(page).iter().map(|copy| copy.last).collect() };
    let first = kept(&page);
    assert_eq!(first.len(), 1, "{first:?}");
    page.click_entry(ONE);
    page.press("2");
    page.see_saved();
    // Not with each look.
    come_back_at(&page, NOON + HOUR / 12.0);
    assert_eq!(kept(&page), first);
    come_back_at(&page, NOON + 2.0 * HOUR);
    let second = kept(&page);
    assert_eq!(second, [first[0] + 1.0]);
    // Nothing has been written since, though it is another day.
    come_back_at(&page, NOON + 24.0 * HOUR);
    assert_eq!(kept(&page), second);
    page.click_entry(ONE);
    page.press("3");
    page.see_saved();
    come_back_at(&page, NOON + 26.0 * HOUR);
    assert_eq!(kept(&page), [second[0], second[0] + 1.0]);
    // What the day's copy brings back is all of it.
    look(&page);
    page.wait("the copies are listed", || {
        page.holds("document.querySelectorAll('dialog ul.moments li').length === 2")
    });
    let _: Value =
        page.script("document.querySelector('dialog ul.moments li button:last-child').click();");
    let lines = page.see_dialog("Restore this version").join("\n");
    assert!(lines.contains("1 mark then"), "{lines}");
}

#[test]
fn work_that_is_gone_is_told_until_a_person_knows_whatever_was_done_since() {
    let page = rested(CLOCK);
    page.mark(ONE, "1");
    page.see_saved();
    come_back_at(&page, NOON);
    let day = copies(&page)[0].day.clone();
    lose(&page, "themark");
    page.go("/");
    page.wait_until_loaded();
    page.mark(TWO, "1");
    page.see_saved();
    page.reload();
    let told = format!(
        "Earlier work that was stored here is gone, but its copies are kept, the last from {day}"
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
    page.settle();
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
    let page = rested(&[CLOCK, folder].concat());
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
    come_back_at(&page, NOON);
    let day = || copies(&page).pop().unwrap().day;
    look(&page);
    page.click_in("dialog", "History", "Keep copies in a folder too…");
    page.wait("it is told", || {
        said(&page).contains("Copies go to the folder “mine” too, the last on ")
    });
    assert_eq!(page.focused(), "Stop that");
    let all = names(&page);
    assert_eq!(all.len(), 1, "{all:?}");
    assert!(
        all[0].starts_with(&format!("themark.{}.", day())),
        "{all:?}"
    );
    assert_eq!(page.violations(), Vec::<String>::new());
    close(&page);

    let _: Value = page.ask_later(
        "navigator.storage.getDirectory().then((root) => root.removeEntry('mine', { recursive: true })).then(() => done(null));",
        vec![],
    );
    page.click_entry(ONE);
    page.press("2");
    page.see_saved();
    come_back_at(&page, NOON + 24.0 * HOUR);
    // The copy itself is kept.
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
    assert!(names(&page)[0].starts_with(&format!("themark.{}.", day())));
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
    let full = "
         const { put } = IDBObjectStore.prototype;
         IDBObjectStore.prototype.put = function (...words) {
           if (window.full) throw new DOMException('the disk is full.', 'QuotaExceededError');
           return put.apply(this, words);
         };";
    let page = rested(&[CLOCK, full].concat());
    page.mark(ONE, "1");
    page.see_saved();
    come_back_at(&page, NOON);
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
        ["That did not work: QuotaExceededError: the disk is full."],
    );
    let _: Value = page.script("window.full = false;");
    name();
    page.wait("it has the name", || {
        page.holds(
            "document.querySelector('dialog ol.moments li strong')?.textContent === 'a name'",
        )
    });
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
    page.see("what is open", held, 3);
    close(&page);
    page.see("what is open", held, 1);
    // Also where it goes before they are there.
    let open = "
         document.querySelector('.bar [aria-haspopup]').click();
         requestAnimationFrame(() => historyLine().click());
         const wait = setInterval(() => {
           if (!document.querySelector('dialog')) return;
           clearInterval(wait);
           document.querySelector('dialog').close();
         });";
    let _: Value = page.script(&[LINE, open].concat());
    page.settle();
    page.see("what is open", held, 1);
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
        // On a phone it is a sheet that is closed.
        let panel = || {
            let is_there = page.has("region", "Annotations");
            is_there.then(|| page.area_of("region", "Annotations").left)
        };
        let panel_before = panel();
        page.see_notice("and this browser has not downloaded it for a week or longer");
        let empty: bool = page.script("return window.isEmptyAtFirst === true;");
        assert!(empty, "the live region came with its words");
        page.settle();
        assert_eq!(page.lines_of(later), before);
        assert_eq!(panel().map(f64::to_bits), panel_before.map(f64::to_bits));
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
