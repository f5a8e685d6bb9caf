//! Where the browser does not keep what it is given.

use std::borrow::Cow;
use std::sync::Arc;

use browser_tests::page::{self, At};
use browser_tests::server::BLANK;
use browser_tests::{Engine, Visit};
use serde_json::json;
use themark::annotation::{Annotation, AnnotationId, Target};
use themark::articles;
use themark::journal::{self, Part};
use themark::project::{Edit, Head, Transaction, TransactionId};
use themark::text::Span;
use themark::time::Timestamp;

use crate::windows::HOLD;

const PASSAGE: &str = "sparked by rising gas prices";

#[test]
fn refused_storage_is_said_at_once_and_work_goes_on_in_memory() {
    let page = Visit::default()
        .after("IDBFactory.prototype.open = () => { throw new DOMException('no room here.', 'SecurityError'); };")
        .open();
    page.see_alert(&[
        "Nothing is saved in this browser: SecurityError: no room here. You can go on",
    ]);
    page.mark(PASSAGE, "2");
    page.see_status("Not saved");
    let file = page.downloaded_by(|| page.click("Download now"));
    assert!(file.text.contains(PASSAGE));
    page.press("Ctrl+z");
    page.see_status("Undid tag Energy");
}

#[test]
fn a_full_disk_is_said_at_once_and_saving_goes_on_when_there_is_room() {
    let page = Visit::default()
        .after(
            "const add = IDBObjectStore.prototype.add;
             window.full = false;
             window.refused = 0;
             IDBObjectStore.prototype.add = function (...words) {
               if (this.name !== 'journal') return add.apply(this, words);
               if (window.full) window.refused += 1;
               if (window.full) throw new DOMException('the disk is full.', 'QuotaExceededError');
               return add.apply(this, words);
             };",
        )
        .open();
    let _: bool = page.script("window.full = true; return true;");
    page.mark(PASSAGE, "2");
    page.see_alert(&["not saved: QuotaExceededError: the disk is full. They are kept"]);
    page.see_status("Not saved");
    page.press("1");
    page.see_status("Tagged Sovereignty");
    // With each change it is tried once more.
    page.wait("it is refused again", || page.holds("window.refused === 2"));
    page.see_status("Not saved");
    let _: bool = page.script("window.full = false; return true;");
    page.click("Try again");
    page.see_saved();
    page.wait("the warning is gone", || page.alerts().is_empty());
    page.reload();
    assert_eq!(page.listed(), [format!("{PASSAGE} [Sovereignty, Energy]")]);
}

#[test]
fn what_the_browser_takes_back_in_the_end_was_never_called_saved() {
    let page = Visit::default()
        .after(
            "const begin = IDBDatabase.prototype.transaction;
             window.refused = 0;
             IDBDatabase.prototype.transaction = function (stores, mode, ...words) {
               const made = begin.call(this, stores, mode, ...words);
               if (!window.fault || ![stores].flat().includes('journal') || mode !== 'readwrite') return made;
               window.refused += 1;
               // It ends by itself, as where the page does not hasten it.
               made.commit = () => {};
               if (window.fault === 'abort') {
                 // After everything in it has succeeded.
                 const { objectStore } = made;
                 made.objectStore = (name) => {
                   const store = objectStore.call(made, name);
                   const { add } = store;
                   store.add = (line) => {
                     const added = add.call(store, line);
                     added.addEventListener('success', () => made.abort());
                     return added;
                   };
                   return store;
                 };
               } else {
                 // As where the room runs out while it is being written.
                 Object.defineProperty(made, 'error', {
                   value: new DOMException('no room is left', 'QuotaExceededError'),
                 });
                 setTimeout(() => made.abort());
               }
               return made;
             };
             window.called = [];
             addEventListener('DOMContentLoaded', () => {
               new MutationObserver(() => {
                 const said = document.querySelector('[role=status]')?.textContent ?? '';
                 // Of the change before it may still say so.
                 if (window.fault && said.endsWith('Saved') && said !== window.before) window.called.push(said);
               }).observe(document.body, { subtree: true, childList: true, characterData: true });
             });",
        )
        .open();
    page.mark(PASSAGE, "1");
    page.see_saved();
    let expected = [
        format!("{PASSAGE} [Sovereignty, Energy]"),
        format!("{PASSAGE} [Sovereignty, Energy, Counterterrorism]"),
    ];
    for ((fault, key, count), listed) in [("abort", "2", 2), ("quota", "3", 3)]
        .into_iter()
        .zip(expected)
    {
        page.click_entry(PASSAGE);
        page.see_status("Saved");
        let _: bool = page.script(&format!(
            "window.before = document.querySelector('[role=status]').textContent;
             window.refused = 0; window.fault = '{fault}'; return true;"
        ));
        page.press(key);
        page.wait("it is refused", || page.holds("window.refused > 0"));
        page.see_alert(&["not saved"]);
        page.see_status("Not saved");
        assert_eq!(page.listed(), [listed.as_str()]);
        // All of it can still be taken along.
        assert_eq!(page.export().marks[0].themes.len(), count);
        let called: Vec<String> = page.script("return window.called;");
        assert_eq!(called, Vec::<String>::new());
        let _: bool = page.script("window.fault = null; return true;");
        page.click("Try again");
        page.see_saved();
        page.wait("the warning is gone", || page.alerts().is_empty());
    }
    page.reload();
    assert_eq!(
        page.listed(),
        [format!("{PASSAGE} [Sovereignty, Energy, Counterterrorism]")]
    );
}

/// Of several lines that are written at once, one fails.
#[test]
fn where_one_line_fails_none_is_kept_or_called_saved() {
    let page = Visit::default()
        .after(
            "const add = IDBObjectStore.prototype.add;
             window.fails = 0;
             IDBObjectStore.prototype.add = function (line) {
               window.fails -= this.name === 'journal';
               // The number is taken.
               return window.fails === 0 ? add.call(this, line, 1) : add.call(this, line);
             };",
        )
        .open();
    page.mark(PASSAGE, "1");
    page.see_saved();
    for which in [1, 2, 6] {
        let before = page.journal();
        let _: bool = page.ask_later(HOLD, vec![]);
        // It reads, and has to wait for that; what is done meanwhile is written at once.
        let _: bool = page.script("return dispatchEvent(new Event('pageshow'));");
        page.settle();
        page.click_entry(PASSAGE);
        page.press_times(6, "2");
        page.see_status("Saving…");
        let _: bool = page.script(&format!(
            "window.fails = {which}; window.free = true; return true;"
        ));
        page.see_alert(&["not saved"]);
        page.see_status("Not saved");
        assert_eq!(page.journal(), before, "line {which}");
        page.click("Try again");
        page.see_saved();
        assert_eq!(page.journal().len(), before.len() + 6);
    }
}

/// Puts an empty store of the first shape in the place of the page's.
const OLDER: &str = "
    indexedDB.deleteDatabase('themark');
    const request = indexedDB.open('themark', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('journal', { autoIncrement: true });
      request.result.createObjectStore('view');
    };";

#[test]
fn a_store_that_an_older_window_holds_is_said_and_opens_when_that_is_gone() {
    // Of an earlier shape, and its page does not give it up.
    let page = browser_tests::open();
    page.go(BLANK);
    let made: bool = page.ask_later(
        &format!(
            "{OLDER}
             request.onsuccess = () => {{ window.held = request.result; done(true); }};"
        ),
        vec![],
    );
    assert!(made);
    let older = page.window();
    page.begin_window();
    page.see_alert(&["Nothing is saved", "close other windows of this page"]);
    page.mark(PASSAGE, "1");
    page.see_status("Tagged Sovereignty");
    assert_eq!(page.export().marks.len(), 1);
    let file = page.download().text;
    let newer = page.window();
    page.turn_to(&older);
    page.close_window();
    page.turn_to(&newer);
    page.reload();
    page.import(&file);
    page.see_saved();
    page.reload();
    assert_eq!(page.listed(), [format!("{PASSAGE} [Sovereignty]")]);
}

/// A clock that goes by `window.shift` wrong, in ms: at first by so many days as are stored.
pub(crate) const CLOCK: &str = "
    window.shift = Number(localStorage.getItem('days')) * 86_400_000;
    const Native = Date;
    window.Date = class extends Native {
      constructor(...words) { super(...(words.length ? words : [Native.now() + window.shift])); }
      static now() { return Native.now() + window.shift; }
    };";

#[test]
fn a_clock_that_jumps_loses_nothing() {
    // After sixty years the page would remind of downloading, where it has time to do so.
    const REMINDED: &str = "localStorage.setItem('reminded', 1e15);";
    let page = Visit::default().after(&[CLOCK, REMINDED].concat()).open();
    const YEAR: i64 = 31_557_600_000;
    let passages = [
        PASSAGE,
        "a major reason for unrest",
        "call in Russian troops",
    ];
    for (passage, years) in passages.iter().zip([0, 3, -60]) {
        let _: bool = page.script(&format!("window.shift = {}; return true;", years * YEAR));
        page.mark(passage, "1");
        page.see_saved();
    }
    let before = page.export().marks;
    assert_eq!(before.len(), 3);
    page.press("Ctrl+z");
    page.see("the list", |page| page.list().len(), 2);
    page.press("Ctrl+y");
    page.see("the list", |page| page.list().len(), 3);
    page.see_saved();
    page.reload();
    assert_eq!(page.export().marks, before);
    page.press("Ctrl+z");
    page.see("the list", |page| page.list().len(), 2);
    page.see_saved();
}

#[test]
fn a_refused_promise_to_keep_everything_stops_nothing() {
    // WebKitGTK has no such promise.
    if !page::in_one_of(&[Engine::Chromium, Engine::Firefox]) {
        return;
    }
    let page = Visit::default()
        .after(
            "window.asked = 0;
             StorageManager.prototype.persist = async () => { window.asked += 1; throw new TypeError('no'); };",
        )
        .open();
    page.mark(PASSAGE, "1");
    page.see_saved();
    assert!(page.holds("window.asked > 0"));
    assert_eq!(page.alerts(), Vec::<String>::new());
    page.reload();
    assert_eq!(page.listed(), [format!("{PASSAGE} [Sovereignty]")]);
}

/// A browser may put a page by as it is when it is left, in the middle of a reading; in WebKit
/// nobody could write after that.
#[test]
fn a_page_that_is_left_holds_up_no_other() {
    let page = browser_tests::open();
    for (number, passage) in [
        PASSAGE,
        "a major reason for unrest",
        "call in Russian troops",
    ]
    .into_iter()
    .enumerate()
    {
        page.mark(passage, "1");
        page.see_saved();
        for _ in 0..3 {
            page.go(BLANK);
            page.go("/");
            page.wait_until_loaded();
        }
        assert_eq!(page.list().len(), number + 1);
    }
}

/// Leaves the page in the middle of writing.
const LEAVE: &str = "
    addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true);
    const press = () => {
      const key = new KeyboardEvent('keydown', { key: '2', bubbles: true });
      document.querySelector('article').dispatchEvent(key);
    };
    window.pressing = setInterval(press, 0);
    addEventListener('pageshow', () => {
      clearInterval(window.pressing);
      delete window.pressing;
    });
    location.href = '/blank.html';
    return true;";

/// In the very moment in which it writes, and in that in which it first reads.
#[test]
fn a_page_that_is_left_at_once_holds_up_no_other() {
    let page = browser_tests::open();
    page.mark(PASSAGE, "1");
    page.see_saved();
    for _ in 0..6 {
        let _: bool = page.script(LEAVE);
        page.wait("it is left", || {
            page.holds(&format!("location.pathname === '{BLANK}'"))
        });
        page.go("/");
        page.go(BLANK);
        page.go("/");
        page.wait_until_loaded();
    }
    page.mark("a major reason for unrest", "1");
    page.see_saved();
    page.reload();
    assert_eq!(page.list().len(), 2);
}

/// A browser may give a page back as it was when it was left in the middle of writing.
#[test]
fn a_page_that_comes_back_goes_on_saving() {
    let page = browser_tests::open();
    page.mark(PASSAGE, "1");
    page.see_saved();
    for passage in ["a major reason for unrest", "call in Russian troops"] {
        let _: bool = page.script(LEAVE);
        // Asked to go back before it had quite arrived, Chromium has stayed there now and then.
        page.wait("it is left", || {
            page.holds(&format!(
                "location.pathname === '{BLANK}' && document.readyState === 'complete'"
            ))
        });
        let _: bool = page.script("history.back(); return true;");
        // It may begin anew then.
        page.wait("it is back and stays", || {
            page.holds(
                "location.pathname === '/' && performance.now() - (window.back ??= performance.now()) > 500",
            )
        });
        page.wait_until_loaded();
        page.wait("nothing is pressed any more", || {
            page.holds("window.pressing === undefined")
        });
        page.mark(passage, "1");
        page.see_saved();
    }
    page.reload();
    assert_eq!(page.list().len(), 3);
}

#[test]
fn storage_that_never_answers_does_not_hold_up_the_work() {
    let page = Visit::default()
        .after("IDBFactory.prototype.open = () => ({});")
        .open();
    page.see_alert(&["Nothing is saved"]);
    page.mark(PASSAGE, "1");
    page.see_status("Tagged Sovereignty");
}

/// Storage that opens a while later than it is asked to.
pub(crate) const LATE: &str = "
    Object.defineProperty(IDBOpenDBRequest.prototype, 'onsuccess', {
      set(act) {
        this.addEventListener('success', (event) => setTimeout(() => act.call(this, event), 1500));
      },
    });";

#[test]
fn storage_that_answers_late_does_not_hold_up_the_reading() {
    let page = Visit::default()
        .after(&format!(
            "{LATE}
             const words = (selector) => document.querySelector(selector)?.textContent ?? '';
             new MutationObserver(() => {{
               const known = !words('.status').includes('Loading');
               window.read ||= !known && words('article [data-block]') !== '';
               window.fooled ||= !known && /Nothing is marked|All 0/.test(words('.panel'));
             }}).observe(document, {{ subtree: true, childList: true, characterData: true }});"
        ))
        .open();
    let last = "more attractive to foreign investment";
    page.mark(PASSAGE, "1");
    page.scroll_to(last, At::Middle);
    // The place is remembered when scrolling has come to rest.
    std::thread::sleep(std::time::Duration::from_millis(1_000));
    page.see_saved();
    page.reload();
    assert_eq!(page.listed(), [format!("{PASSAGE} [Sovereignty]")]);
    page.wait("it is where it was left", || page.in_view(last));
    let read: bool = page.script("return window.read;");
    assert!(read, "the text stood there before");
    let fooled: bool = page.script("return window.fooled;");
    assert!(!fooled, "and nothing was said to be missing");
}

#[test]
fn what_is_opened_before_the_storage_answers_stays_open() {
    let page = Visit::default()
        .after(&format!(
            "{LATE}
             new MutationObserver(() => {{
               if (!sessionStorage.hasty || !document.querySelector('[data-block]')) return;
               delete sessionStorage.hasty;
               const key = {{ key: 'PageDown', code: 'PageDown', altKey: true, bubbles: true }};
               document.body.dispatchEvent(new KeyboardEvent('keydown', key));
             }}).observe(document, {{ subtree: true, childList: true }});"
        ))
        .open();
    page.mark(PASSAGE, "1");
    page.see_saved();
    let first = page.headline();
    let _: bool = page.script("return Boolean(sessionStorage.hasty = 'yes');");
    page.reload();
    let second = page.headline();
    assert_ne!(second, first);
    page.settle();
    assert_eq!(page.headline(), second);
    // It is what the next visit begins with.
    page.reload();
    page.see("the headline", browser_tests::Page::headline, second);
}

#[test]
fn a_record_that_cannot_be_read_is_kept_and_offered() {
    let page = browser_tests::open();
    page.mark(PASSAGE, "2");
    page.see_saved();
    page.add_to_journal("v 1\nnonsense");
    page.reload();
    page.see_alert(&["1 stored change(s) could not be read"]);
    assert_eq!(page.listed(), [format!("{PASSAGE} [Energy]")]);
    let file = page.downloaded_by(|| page.click("Download them"));
    assert!(file.text.contains("nonsense"));
}

/// A step that marks a passage of the first article.
fn marking(passage: &str) -> Transaction {
    let article = articles::all().swap_remove(0);
    let start = article.text.text().find(passage).expect("a passage of it");
    let target = Target::on(&article, Span::between(start, start + passage.len()));
    let annotation = Annotation::new(AnnotationId::default(), target, Timestamp(0));
    Transaction {
        head: Head {
            label: "note".into(),
            ..Head::of_nobody(TransactionId::default(), Timestamp(0))
        },
        edits: vec![Edit::AddAnnotation(Arc::new(annotation))],
    }
}

#[test]
fn a_torn_end_is_cut_back_to_the_last_whole_change() {
    let page = browser_tests::open();
    page.mark(PASSAGE, "2");
    page.see_saved();
    let last = journal::sum_of(page.journal().last().expect("a line"));
    let torn = marking("close relationship since");
    let part = Part { number: 1, of: 2 };
    let mut edits = torn.edits.iter().map(Cow::Borrowed);
    let (line, _) = journal::write_part(&torn.head, part, last.as_ref(), &mut edits);
    page.add_to_journal(&line);
    page.reload();
    page.see_alert(&["1 stored change(s) could not be read"]);
    assert_eq!(page.listed(), [format!("{PASSAGE} [Energy]")]);
    // What is done now stands behind it, and is read as ever.
    page.press("Escape");
    page.mark("crackdown", "1");
    page.see_saved();
    page.reload();
    page.see_alert(&["1 stored change(s) could not be read"]);
    let both = [
        format!("{PASSAGE} [Energy]"),
        "crackdown [Sovereignty]".into(),
    ];
    assert_eq!(page.listed(), both);
    assert!(page.alerts().iter().all(|alert| !alert.contains("missing")));
}

#[test]
fn a_change_that_the_browser_has_lost_is_told() {
    let page = browser_tests::open();
    for (passage, key) in [
        (PASSAGE, "1"),
        ("crackdown", "2"),
        ("close relationship since", "3"),
    ] {
        page.mark(passage, key);
        page.press("Escape");
    }
    page.see_saved();
    page.take_from_journal(1);
    page.reload();
    page.see_alert(&["Some stored changes are missing"]);
    let rest = [
        format!("{PASSAGE} [Sovereignty]"),
        "close relationship since [Counterterrorism]".into(),
    ];
    assert_eq!(page.listed(), rest);
    // It is no reason to save no more.
    page.press("Escape");
    page.mark("crackdown", "2");
    page.see_saved();
}

#[test]
fn a_store_of_an_earlier_shape_opens_and_goes_on() {
    let page = browser_tests::open();
    // As the first published version made and filled it.
    let line = journal::write(&marking(PASSAGE));
    let line = line.replacen("v 6\nid 00000000-0000-0000-0000-000000000000\n", "v 1\n", 1);
    let line = &line[..line.rfind(' ').expect("a checksum")];
    let stored = include_str!("../../../fixtures/journal-v3.txt").trim_end();
    let (one, other) = stored.split_once("\nv ").expect("two records");
    let lines = json!([line, one, format!("v {other}")]);
    page.go(BLANK);
    let made: bool = page.ask_later(
        &format!(
            "{OLDER}
             const [lines] = arguments;
             request.onsuccess = () => {{
               const all = request.result.transaction('journal', 'readwrite');
               for (const line of lines) all.objectStore('journal').add(line);
               all.oncomplete = () => {{ request.result.close(); done(true); }};
             }};"
        ),
        vec![lines],
    );
    assert!(made);
    page.go("/");
    page.wait_until_loaded();
    assert_eq!(page.listed(), [format!("{PASSAGE} []")]);
    page.mark("crackdown", "1");
    page.see_saved();
    page.reload();
    assert_eq!(
        page.listed(),
        [format!("{PASSAGE} []"), "crackdown [Sovereignty]".into()]
    );
    let version: f64 = page.ask_later(
        "const request = indexedDB.open('themark');
         request.onsuccess = () => { done(request.result.version); request.result.close(); };",
        vec![],
    );
    assert_eq!(version, 3.0);
}
