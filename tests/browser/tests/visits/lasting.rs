//! Hours of work leave nothing behind in memory.

use browser_tests::page::memory::PROGRAM;
use browser_tests::{Page, Visit};

/// Works as a person does. `read` selects words and lets them
/// go; `work` goes to a mark, tags it, takes the tag off, and undoes both. None makes a
/// record, which would stay: one that is deleted is still there for whoever undoes that.
const WORK: &str = "
    const later = () => new Promise((resolve) => setTimeout(resolve));
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const press = (key, ctrlKey = false) =>
      dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true }));
    const status = () => document.querySelector('[role=status]').textContent;
    window.read = async (times) => {
      const texts = [...document.querySelectorAll('[data-block]')].map((block) => block.firstChild);
      for (let number = 0; number < times; number++) {
        const text = texts[number % texts.length];
        getSelection().setBaseAndExtent(text, 0, text, Math.min(text.length, 5 + number % 40));
        await later();
        getSelection().collapse(text, 0);
        await later();
      }
      return times;
    };
    window.work = async (times) => {
      let undone = 0;
      press('j');
      // What is jumped to comes into view, and what follows from that with the next frames.
      await frame();
      await frame();
      for (let number = 0; number < times; number++) {
        press('2');
        await later();
        press('2');
        await later();
        press('z', true);
        press('z', true);
        // What is not saved yet is still held.
        do await later(); while (!status().endsWith('Saved'));
        undone += status().startsWith('Undid tag Energy');
      }
      return undone;
    };";

/// The program's memory grows by pages of so many bytes; where one of them was nearly full, a
/// moment's needs take the next.
const PAGE: f64 = 65_536.0;

/// The program's memory, and what JavaScript holds where the engine tells, in bytes.
fn memory(page: &Page) -> (f64, Option<f64>) {
    let program = page.program_memory();
    (program.expect("a program"), page.heap())
}

/// Does something so many times, in parts that no engine takes too long for.
fn repeat(page: &Page, what: &str, times: usize) {
    for _ in 0..times / 100 {
        let done: usize = page.ask_later(&format!("{what}(100).then(done);"), vec![]);
        assert_eq!(done, 100, "rounds that ended as they began");
    }
}

#[test]
fn an_hour_of_work_leaves_nothing_behind_in_memory() {
    let page = Visit::default()
        .after(&[PROGRAM, WORK].concat())
        .alone()
        .open();
    let passages = ["sparked by rising gas prices", "close relationship since"];
    for passage in passages {
        page.mark(passage, "1");
        page.press("Escape");
    }
    repeat(&page, "work", 100);
    repeat(&page, "read", 100);
    let (before, heap) = memory(&page);
    repeat(&page, "read", 500);
    assert_eq!(memory(&page).0, before, "reading leaves nothing");
    repeat(&page, "work", 400);
    let (then, heap_then) = memory(&page);
    let left = then - before;
    assert!(left <= PAGE, "1,600 changes left {left} bytes");
    if let Some((before, then)) = heap.zip(heap_then) {
        assert!(
            then < before * 1.1,
            "from {before} to {then} bytes of JavaScript"
        );
    }
}
