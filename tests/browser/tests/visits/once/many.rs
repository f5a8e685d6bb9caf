//! Thousands of marks: the list, the search, changes that take long.

use browser_tests::{Page, Visit};

use crate::large::{PARAGRAPHS, import, opened, opened_by, passage};

/// How many there are after an import.
const MARKS: usize = PARAGRAPHS - 1;

/// The number beside the list's heading.
fn count(page: &Page) -> usize {
    page.script("return Number(document.querySelector('.panel > header .count').textContent);")
}

/// The numbers of the rows that stand in the page, from 1, and of how many they are.
fn rows(page: &Page) -> (Vec<usize>, usize) {
    page.script(
        "const rows = [...document.querySelectorAll('[data-id]')];
         const number = (row, name) => Number(row.getAttribute(name));
         return [rows.map((row) => number(row, 'aria-posinset')),
           rows.length && number(rows[0], 'aria-setsize')];",
    )
}

/// Searches the list for words, in the place of those that were searched for.
fn search(page: &Page, words: &str) {
    let _: bool = page.script(
        "const field = document.querySelector('[type=search]'); field.focus(); field.select(); return true;",
    );
    page.write(words);
}

/// Scrolls the list by so many pixels; whether rows fill it then.
fn scroll_list(page: &Page, by: i32) -> bool {
    let _: bool = page.ask_later(
        &format!(
            "document.querySelector('.panel .body').scrollBy(0, {by});
             requestAnimationFrame(() => requestAnimationFrame(() => done(true)));"
        ),
        vec![],
    );
    page.script(
        "const body = document.querySelector('.panel .body').getBoundingClientRect();
         const rows = [...document.querySelectorAll('[data-id]')].map((row) => row.getBoundingClientRect());
         return rows.at(-1).bottom >= body.bottom - 60 && rows[0].top <= body.top + 200;",
    )
}

#[test]
fn a_list_of_thousands_holds_the_rows_that_are_near() {
    let page = opened();
    import(&page, 0);
    page.see("the count", count, MARKS);
    page.see("the rows", rows, ((1..=20).collect(), MARKS));
    assert_eq!(page.violations(), Vec::<String>::new());
    for step in 0..40 {
        assert!(scroll_list(&page, 500), "step {step}: {:?}", rows(&page));
    }
    let (seen, _) = rows(&page);
    assert!(seen[0] > 60 && seen.len() == 60, "{seen:?}");
    scroll_list(&page, 10_000_000);
    page.see(
        "the last rows",
        rows,
        ((MARKS - 59..=MARKS).collect(), MARKS),
    );
    // What is selected in the text is brought into view in the list.
    page.click_on(&passage(1));
    page.see("the row", Page::current, Some(passage(1)));
    // And from one to the next, far beyond the rows that stood there.
    page.press_times(70, "j");
    page.see("the number of the selected row", current, Some(71));
    // Also where the list is being scrolled elsewhere at that time.
    page.settle();
    scroll_list(&page, 10_000_000);
    page.see("the number of the selected row", current, None);
    let _: bool = page.ask_later(
        "dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }));
         const { port1, port2 } = new MessageChannel();
         port1.onmessage = () => {
           document.querySelector('.panel .body').dispatchEvent(new Event('scroll'));
           done(true);
         };
         port2.postMessage(0);",
        vec![],
    );
    page.see("the number of the selected row", current, Some(72));
}

/// The number of the selected row, where that stands in the page.
fn current(page: &Page) -> Option<usize> {
    page.script(
        "const row = document.querySelector('[aria-current=true]')?.closest('[data-id]');
         return row ? Number(row.getAttribute('aria-posinset')) : null;",
    )
}

#[test]
fn what_is_searched_for_is_listed() {
    let page = opened();
    import(&page, 0);
    page.see("the count", count, MARKS);
    search(&page, &passage(77).to_uppercase());
    page.see_status("1 found");
    assert_eq!(page.list().len(), 1);
    assert_eq!(page.violations(), Vec::<String>::new());
    // A note; and what is found is kept up with.
    search(&page, "note 1000");
    page.see_status("1 found");
    page.click_entry(&passage(1_001));
    page.press("Delete");
    page.see("the list", |page| page.list().len(), 0);
    page.press("Ctrl+z");
    page.see("the list", |page| page.list().len(), 1);
    search(&page, "no such words");
    page.see_status("0 found");
    search(&page, "A PARAGRAPH");
    page.see_status(&format!("{MARKS} found"));
}

#[test]
fn a_tall_window_is_filled() {
    let mut page = opened();
    import(&page, 0);
    page.see("the rows", rows, ((1..=20).collect(), MARKS));
    page.resize(1280, 2600);
    page.press("Ctrl+z");
    page.see("the count", count, 0);
    page.press("Ctrl+Shift+z");
    page.see("the rows", rows, ((1..=60).collect(), MARKS));
}

#[test]
fn an_import_of_thousands_is_one_step_and_is_there_after_a_reload() {
    let page = opened();
    import(&page, 0);
    page.see("the count", count, MARKS);
    page.press("Ctrl+z");
    page.see_status(&format!("Undid import of {MARKS} annotations"));
    assert_eq!(count(&page), 0);
    page.press("Ctrl+Shift+z");
    page.see_status(&format!("Redid import of {MARKS} annotations"));
    page.see_saved();
    page.reload();
    page.see("the count", count, MARKS);
    page.press("Ctrl+z");
    page.see_status(&format!("Undid import of {MARKS} annotations"));
    page.see_saved();
    page.reload();
    page.see("the count", count, 0);
    page.press("Ctrl+Shift+z");
    page.see("the count", count, MARKS);
}

/// Every pause takes longer, once it is said so: there is time to do something meanwhile.
const SLOW: &str = "
    window.slow = false;
    for (const name of ['postMessage', 'close']) {
      const act = MessagePort.prototype[name];
      MessagePort.prototype[name] = function (...words) {
        if (window.slow) setTimeout(() => act.apply(this, words), 400);
        else act.apply(this, words);
      };
    }";

#[test]
fn what_is_saved_while_a_file_is_written_is_said_to_be() {
    let page = opened_by(Visit::default().after(SLOW));
    import(&page, 0);
    page.see_saved();
    page.select(&passage(3));
    page.wait("it can be tagged", || page.can_tag());
    page.downloaded_by(|| {
        let _: bool = page.script(
            "window.slow = true;
             dispatchEvent(new KeyboardEvent('keydown', { key: '1', bubbles: true }));
             const named = (button) => button.textContent.trim() === 'Download JSON';
             [...document.querySelectorAll('button')].find(named).click();
             return true;",
        );
        // Long before the file is whole.
        page.see_status("Tagged Sovereignty · Saved");
    });
    page.see_saved();
    page.press("Ctrl+z");
    page.see_status("Undid tag Sovereignty");
}

/// A page where an import of thousands is under way, slowly.
fn importing() -> Page {
    let page = opened_by(Visit::default().after(SLOW));
    begin_import(&page);
    page
}

fn begin_import(page: &Page) {
    page.choose("many.json", crate::large::file(0));
    page.see_dialog("Import annotations");
    let _: bool = page.script("return window.slow = true;");
    page.click_in("dialog", "Import annotations", "Add to article");
    page.wait("it is under way", || page.has("group", "Making changes"));
}

#[test]
fn what_is_listed_during_a_change_of_thousands_is_counted_with_it() {
    let page = importing();
    // The list is made anew, of what there is by now.
    let _: bool = page.script("document.querySelector('.filter').click(); return true;");
    let so_far = count(&page);
    assert!(so_far > 0 && so_far < MARKS, "{so_far}");
    page.see("the count", count, MARKS);
    // What is searched for as well: all of them hold it.
    let _: bool = page.script("window.slow = false; return true;");
    search(&page, "a paragraph");
    page.see_status(&format!("{MARKS} found"));
    let _: bool = page.script("document.activeElement.blur(); return window.slow = true;");
    page.press("Ctrl+z");
    page.wait("it is under way", || page.has("group", "Undoing"));
    scroll_list(&page, 9_000);
    let left = count(&page);
    assert!(left > 0 && left < MARKS, "{left}");
    page.see("the count", count, 0);
}

#[test]
fn a_note_that_is_left_during_a_change_of_thousands_is_not_lost() {
    let page = opened_by(Visit::default().after(SLOW));
    let words = "beyond the paragraphs";
    page.mark(&passage(3), "1");
    page.press("Escape");
    begin_import(&page);
    page.click_on(&passage(3));
    page.press("n");
    page.see_note_field();
    page.write(words);
    page.press("Escape");
    page.see_status("Something long is still being done");
    assert_eq!(page.note_field().as_deref(), Some(words));
    let _: bool = page.script("window.slow = false; return true;");
    page.wait("it is over", || !page.has("group", "Making changes"));
    page.see_saved();
    page.press("Escape");
    page.see("the field", Page::note_field, None::<String>);
    page.see_saved();
    page.reload();
    search(&page, words);
    page.see_status("1 found");
}

#[test]
fn a_change_of_thousands_can_be_stopped() {
    let page = importing();
    page.press("Ctrl+z");
    page.see_status("Something long is still being done");
    page.see_status("Saving…");
    page.click_in("group", "Making changes", "Stop");
    page.see_status("Stopped; nothing was changed · Saved");
    assert_eq!(count(&page), 0);
    let _: bool = page.script("window.slow = false; return true;");
    // Nothing is left of it, so the next brings all of them, for good.
    import(&page, 0);
    page.see("the count", count, MARKS);
    page.see_saved();
    page.reload();
    page.see("the count", count, MARKS);
}
