//! The program fails.

use browser_tests::page::in_one_of;
use browser_tests::settings::Engine;
use browser_tests::{Page, Visit};
use serde_json::Value;

const PASSAGE: &str = "sparked by rising gas prices";

/// Takes from the program what it counts on, and has it go on.
fn fail(page: &Page) {
    let _: Value = page.script(
        "Object.defineProperty(Window, Symbol.hasInstance, { value: () => false });
         dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }));",
    );
    page.see(
        "the heading",
        |page| page.script::<String>("return document.querySelector('h1').textContent;"),
        "Themark has stopped",
    );
    // What the browser itself says of it is meant to be said, and that the sizes of all that
    // has gone are told to a program that no longer runs.
    page.settle();
    let wrongs: Vec<String> = page.script("return window.wrongs.splice(0);");
    assert!(
        !wrongs.is_empty() && wrongs.iter().all(|wrong| wrong.contains("nreachable")),
        "{wrongs:?}"
    );
}

#[test]
fn in_webkit_a_fresh_program_that_fails_is_tried_again() {
    if !in_one_of(&[Engine::Webkit]) {
        return;
    }
    // It is fresh for some seconds, which may pass while it is waited for.
    let before = "const after = setTimeout;
        window.setTimeout = (act, time, ...rest) => after(act, time === 5000 ? 1e9 : time, ...rest);";
    let page = Visit::default().after(before).open();
    let trap = || {
        let _: Value = page.script(
            "const error = new WebAssembly.RuntimeError('Unreachable code');
             dispatchEvent(new ErrorEvent('error', { error }));",
        );
    };
    page.reloaded_by(trap);
    page.reloaded_by(trap);
    // Once a person has done something they are told.
    page.press("Escape");
    trap();
    page.see(
        "the heading",
        |page| page.script::<String>("return document.querySelector('h1').textContent;"),
        "Themark has stopped",
    );
    // What the browser itself says of it is meant to be said.
    let _: Value = page.script("return window.wrongs.splice(0);");
}

fn report(page: &Page) -> String {
    page.script("return document.querySelector('pre').textContent;")
}

#[test]
fn a_failure_leaves_a_page_that_tells_and_hands_out_what_is_stored() {
    let page = Visit::default().open();
    page.mark(PASSAGE, "2");
    page.see_saved();
    fail(&page);
    assert_eq!(page.violations(), Vec::<String>::new());
    let text = page.script::<String>("return document.body.textContent;");
    assert!(text.contains("What the page called saved is saved"));
    let file = page.downloaded_by(|| page.click("Download what is stored"));
    assert_eq!(file.name, "themark.journal.txt");
    assert_eq!(file.text, page.journal().join("\n\n"));
    // Where, but not what was said.
    let told = report(&page);
    assert!(
        told.contains("panicked at src/") && !told.contains("a page has a window"),
        "{told}"
    );
    let _: Value = page.script("document.querySelector('.failed input').click();");
    assert!(report(&page).contains("a page has a window"));
    // No key reaches the program any more.
    page.press("2");
    let _: Value = page.script(
        "dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true }));",
    );
    // Nor does what happens around the page, and nothing more is written.
    let _: Value = page.script(
        "for (const way of ['put', 'add', 'delete']) {
           IDBObjectStore.prototype[way] = () => { window.wrongs.push(way); };
         }
         for (const kind of ['offline', 'online', 'visibilitychange']) {
           dispatchEvent(new Event(kind));
           document.dispatchEvent(new Event(kind));
         }",
    );
    page.settle();
    // What the browser itself still tells the program, as sizes, ends where that ended.
    let mut wrongs = page.wrongs();
    wrongs.retain(|wrong| !wrong.contains("nreachable"));
    assert_eq!(wrongs, Vec::<String>::new());
    // The page of the failure says something, too: that is not yet the one that was loaded.
    page.reloaded_by(|| page.click("Reload"));
    assert_eq!(page.listed(), [format!("{PASSAGE} [Energy]")]);
}

#[test]
fn the_page_of_a_failure_fits_a_phone_in_the_dark() {
    let page = Visit::default().on_a_phone().in_the_dark().open();
    fail(&page);
    assert_eq!(page.violations(), Vec::<String>::new());
    let wide: bool = page.script("return document.documentElement.scrollWidth > innerWidth;");
    assert!(!wide);
    let focused: String = page.script("return document.activeElement.textContent;");
    assert_eq!(focused, "Themark has stopped");
}
