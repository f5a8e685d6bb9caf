//! One project in several windows.

use std::sync::Arc;
use std::time::Duration;

use browser_tests::{Page, Visit, settings};
use serde_json::Value;
use themark::articles;
use themark::document::Document;
use themark::format::w3c;
use themark::journal::Reader;
use themark::project::Project;
use themark::time::Timestamp;

const PASSAGE: &str = "sparked by rising gas prices";
const OTHER: &str = "close relationship since";

/// Works as a person does, but quicker: marks, tags, deletes, undoes. What was given to the
/// store and kept there is remembered.
pub(crate) const WORK: &str = "
    window.written = [];
    const add = IDBObjectStore.prototype.add;
    IDBObjectStore.prototype.add = function (line) {
      const isOurs = this.name === 'journal';
      if (isOurs) this.transaction.addEventListener('complete', () => window.written.push(line));
      return add.call(this, line);
    };
    const later = () => new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { port1.close(); resolve(); };
      port2.postMessage(0);
    });
    // WebKitGTK dies of jumps that come quicker than frames: there, only what was just marked is
    // changed again.
    const jumps = /Chrom|Firefox/.test(navigator.userAgent);
    const press = (key, ctrlKey = false) =>
      dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true }));
    window.work = async (seed, times) => {
      const chance = (below) => {
        seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
        return (seed >>> 8) % below;
      };
      const texts = [...document.querySelectorAll('[data-block]')]
        .map((block) => block.firstChild)
        .filter((text) => text.length > 60);
      for (let number = 0; number < times; number++) {
        const kind = chance(10);
        if (kind < 4) {
          const text = texts[chance(texts.length)];
          const start = chance(text.length - 50);
          document.querySelector('article').focus();
          getSelection().setBaseAndExtent(text, start, text, start + 3 + chance(40));
          for (let turn = 0; turn < 3; turn++) await later();
          press(String(1 + chance(3)));
        } else if (kind < 7) {
          press('ArrowRight');
          if (jumps) press(['j', 'k'][chance(2)]);
          press(String(1 + chance(3)));
        } else if (kind < 8) {
          if (jumps) press('j');
          press('Delete');
        } else {
          press(['z', 'y'][chance(2)], true);
        }
        await later();
      }
    };";

/// The bundled article that is open.
pub(crate) fn bundled(page: &Page) -> Arc<Document> {
    let title = page.headline();
    let mut articles = articles::all().into_iter();
    articles
        .find(|article| *article.record.title == *title)
        .expect("the article that is open")
}

/// What a journal of whole transactions says of a document.
pub(crate) fn replayed(lines: &[String], document: &Arc<Document>) -> Project {
    let mut project = Project::new([document.clone()]);
    let mut reader = Reader::default();
    for line in lines {
        let taken = reader.take(line);
        let record = taken.record.expect("a record that reads");
        project.apply(&record.transaction.edits);
        assert!(!taken.torn);
    }
    assert_eq!((reader.end(), reader.gaps()), (false, 0));
    project
}

/// Its annotations, as they are exported.
pub(crate) fn said(lines: &[String], document: &Arc<Document>) -> Value {
    let project = replayed(lines, document);
    items(&w3c::write(&project, document, Timestamp(0)))
}

pub(crate) fn items(file: &str) -> Value {
    let mut file: Value = serde_json::from_str(file).unwrap();
    file["first"]["items"].take()
}

#[test]
fn what_is_done_in_one_window_is_seen_in_the_other() {
    let page = browser_tests::open();
    let first = page.window();
    page.mark(PASSAGE, "1");
    page.see_saved();
    let second = page.open_window();
    let one = [format!("{PASSAGE} [Sovereignty]")];
    page.see("the list", Page::listed, one.clone());
    page.mark(OTHER, "2");
    page.see_saved();
    let both = [one[0].clone(), format!("{OTHER} [Energy]")];
    page.turn_to(&first);
    page.see("the other's mark", Page::listed, both.clone());
    page.see("what is painted", |page| page.painted("tint-1").len(), 2);
    // Each window takes back its own.
    page.press("Ctrl+z");
    page.see("the list", Page::listed, [both[1].clone()]);
    page.see_saved();
    page.turn_to(&second);
    page.see("the list", Page::listed, [both[1].clone()]);
    page.press("Ctrl+z");
    page.see("the list", Page::listed, Vec::<String>::new());
    page.see_saved();
    page.press("Ctrl+y");
    page.see("the list", Page::listed, [both[1].clone()]);
    page.see_saved();
    page.turn_to(&first);
    page.see("the list", Page::listed, [both[1].clone()]);
    page.reload();
    assert_eq!(page.listed(), [both[1].clone()]);
    assert_eq!(page.alerts(), Vec::<String>::new());
    let document = bundled(&page);
    assert_eq!(
        items(&page.download().text),
        said(&page.journal(), &document)
    );
}

#[test]
fn what_is_restored_is_what_was_looked_at() {
    let page = browser_tests::open();
    let first = page.window();
    page.mark(PASSAGE, "1");
    page.see_saved();
    let version = page.journal().join("\n\n");
    page.press("Delete");
    page.see_saved();
    let second = page.open_window();
    page.turn_to(&first);
    page.choose("earlier.journal.txt", &version);
    page.see_dialog("Restore this version");
    page.turn_to(&second);
    page.mark(OTHER, "2");
    page.see_saved();
    page.turn_to(&first);
    page.wait("the other's mark is there", || {
        page.holds("document.querySelectorAll('[data-id]').length === 1")
    });
    page.click_in("dialog", "Restore this version", "Restore");
    page.see_status("Nothing was done, for something has changed since");
    assert_eq!(page.quotes(), [OTHER]);
    page.choose("earlier.journal.txt", &version);
    let lines = page.see_dialog("Restore this version").join("\n");
    assert!(lines.contains("1 made since would go"), "{lines}");
    page.click_in("dialog", "Restore this version", "Restore");
    page.see_status("Restored");
    assert_eq!(page.quotes(), [PASSAGE]);
    page.see_saved();
}

#[test]
fn a_history_that_is_open_says_when_another_window_has_changed_something() {
    let page = browser_tests::open();
    let first = page.window();
    page.mark(PASSAGE, "1");
    page.see_saved();
    let second = page.open_window();
    page.turn_to(&first);
    let rows = |page: &Page| -> usize {
        page.script("return document.querySelectorAll('dialog ol.moments time').length;")
    };
    page.menu("History");
    page.see("the rows", rows, 1);
    page.turn_to(&second);
    page.mark(OTHER, "2");
    page.see_saved();
    page.turn_to(&first);
    page.wait("it says so", || page.has("button", "Show that too"));
    assert_eq!(page.violations(), Vec::<String>::new());
    page.click_in("dialog", "History", "Show that too");
    page.see("the rows", rows, 2);
    assert!(!page.has("button", "Show that too"));
}

/// A record with its checksum, as the format says that it is for ever.
fn sealed(told: &str) -> String {
    let told = format!("{told}\n\nend ");
    let step = |sum: u64, word: u64| {
        (sum ^ word)
            .wrapping_mul(0x9e37_79b9_7f4a_7c15)
            .rotate_left(29)
    };
    let (words, rest) = told.as_bytes().as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let words = words.iter().chain([&last, &[0; 8]]);
    let sum = words.fold(told.len() as u64, |sum, word| {
        step(sum, u64::from_le_bytes(*word))
    });
    format!("{told}{sum:016x}")
}

#[test]
fn nothing_is_put_behind_what_a_newer_program_has_written() {
    let page = browser_tests::open();
    page.mark(PASSAGE, "1");
    page.see_saved();
    page.add_to_journal(&sealed("v 99\nsomething else"));
    page.press("2");
    page.see_alert(&["newer version of Themark; reload"]);
    assert_eq!(page.journal().len(), 2);
    // It can still be taken along.
    assert_eq!(page.export().marks[0].themes, ["Sovereignty", "Energy"]);
}

/// A transaction of the store that ends when the window's `free` is set.
pub(crate) const HOLD: &str = "
    window.free = false;
    const opened = indexedDB.open('themark');
    opened.onsuccess = () => {
      const journal = opened.result.transaction('journal', 'readwrite').objectStore('journal');
      const go = () => { if (!window.free) journal.count().onsuccess = go; };
      go();
      opened.result.close();
      done(true);
    };";

#[test]
fn what_waits_for_another_window_is_not_called_saved() {
    let page = browser_tests::open();
    page.mark(PASSAGE, "1");
    page.see_saved();
    page.press("Escape");
    let _: bool = page.ask_later(HOLD, vec![]);
    // It reads, and has to wait for that.
    let _: bool = page.script("return dispatchEvent(new Event('pageshow'));");
    page.settle();
    page.mark(OTHER, "2");
    page.see_status("Tagged Energy · Saving…");
    page.settle();
    assert!(page.status().ends_with("Saving…"), "{}", page.status());
    let _: bool = page.script("return window.free = true;");
    page.see_saved();
    assert_eq!(page.journal().len(), 2);
}

#[test]
fn what_comes_while_a_window_loads_is_there() {
    let page = browser_tests::open();
    page.mark(PASSAGE, "1");
    page.see_saved();
    let first = page.window();
    // What is stored has been asked for, and the program waits for its file.
    page.server.withhold(Some("/themark_bg.wasm"));
    let second = page.begin_window();
    page.turn_to(&first);
    page.press("Escape");
    page.mark(OTHER, "2");
    page.see_saved();
    page.server.withhold(None);
    page.turn_to(&second);
    page.wait_until_loaded();
    let both = [
        format!("{PASSAGE} [Sovereignty]"),
        format!("{OTHER} [Energy]"),
    ];
    page.see("the list", Page::listed, both);
}

#[test]
fn what_a_window_writes_last_before_it_ends_is_seen_in_the_other() {
    // It never hears that its lines are in the store, as where it ends before that.
    let deaf = "
        // Nor does the other one look because it is turned to.
        addEventListener('visibilitychange', (event) => event.stopImmediatePropagation(), true);
        if (localStorage.deaf) {
          Object.defineProperty(IDBTransaction.prototype, 'oncomplete', { set() {} });
        }
    ";
    let page = Visit::default().after(deaf).open();
    let first = page.window();
    page.mark(PASSAGE, "1");
    page.see_saved();
    let _: bool = page.script("return localStorage.deaf = true;");
    page.open_window();
    page.mark(OTHER, "2");
    page.turn_to(&first);
    page.wait("it is in the store", || page.journal().len() == 2);
    let both = [
        format!("{PASSAGE} [Sovereignty]"),
        format!("{OTHER} [Energy]"),
    ];
    page.see("the list", Page::listed, both);
}

#[test]
fn windows_that_work_at_once_come_to_the_same() {
    const TIMES: usize = 90;
    // A window freezes in the second round; one goes and another comes in the third.
    let rounds = if settings::is_thorough() { 8 } else { 3 };
    // In WebKit a round takes half of what any other visit may take, where nothing else is at work.
    let visit = Visit {
        patience: Duration::from_secs(60),
        ..Visit::default()
    };
    let page = visit.after(WORK).open();
    let document = bundled(&page);
    let mut windows = vec![page.window()];
    windows.extend((0..2).map(|_| page.open_window()));
    let mut gone: Vec<String> = Vec::new();
    for round in 0..rounds {
        let mut frozen = false;
        for (at, window) in windows.iter().enumerate() {
            page.turn_to(window);
            let seed = round * 100 + at;
            let _: bool = page.script(&format!(
                "window.done = false; window.work({seed}, {TIMES}).then(() => window.done = true); return true;"
            ));
            // Frozen in the middle of its work; it goes on with it later.
            if at == round % 3 && round % 2 == 1 {
                frozen = page.freeze(true);
            }
        }
        for (at, window) in windows.iter().enumerate() {
            if !(frozen && at == round % 3) {
                page.turn_to(window);
                page.wait("its work is done", || page.holds("window.done"));
            }
        }
        if frozen {
            page.turn_to(&windows[round % 3]);
            assert!(page.freeze(false));
            page.wait("its work is done", || page.holds("window.done"));
        }
        if round % 3 == 2 {
            // One goes in the middle of its work, another comes.
            let at = round / 3;
            page.turn_to(&windows[at]);
            let _: bool = page.script("window.work(7, 1000); return true;");
            let written: Vec<String> = page.script("return window.written;");
            gone.extend(written);
            page.close_window();
            page.turn_to(&windows[(at + 1) % 3]);
            windows[at] = page.open_window();
        }
    }
    let mut written = gone;
    for window in &windows {
        page.turn_to(window);
        page.wait("all is saved", || page.status().ends_with("Saved"));
    }
    for window in &windows {
        page.turn_to(window);
        written.extend(page.script::<Vec<String>>("return window.written;"));
    }
    let journal = page.journal();
    let told = said(&journal, &document);
    for window in &windows {
        page.turn_to(window);
        page.wait("it holds what the journal says", || {
            items(&page.download().text) == told
        });
    }
    assert!(journal.len() > rounds * TIMES, "{} changes", journal.len());
    let mut added: Vec<&str> = journal
        .iter()
        .filter(|line| line.contains("\ndo add\n"))
        .filter_map(|line| line.lines().find(|line| line.starts_with("id ")))
        .collect();
    let count = added.len();
    added.sort_unstable();
    added.dedup();
    assert!(
        count > 100 && added.len() == count,
        "{count} marks, none made twice"
    );
    let mut lines = journal.clone();
    lines.sort();
    let lost = written
        .iter()
        .filter(|line| lines.binary_search(line).is_err());
    assert_eq!(lost.count(), 0, "all that was kept is there");
}
