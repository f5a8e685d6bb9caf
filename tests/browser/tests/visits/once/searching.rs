//! Looking for passages: how far it is, and stopping it.

use browser_tests::{Page, Visit, open};
use serde_json::json;

use super::replace::begin;

/// A file with annotations on words that are not in the article.
fn file(count: usize) -> String {
    let item = |number: usize| {
        json!({
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": format!("https://example.org/{number}"),
            "type": "Annotation",
            "target": {
                "source": "https://example.org/elsewhere",
                "selector": {
                    "type": "TextQuoteSelector",
                    "exact": format!("words number {number} of quite another article"),
                },
            },
        })
    };
    json!((0..count).map(item).collect::<Vec<_>>()).to_string()
}

/// Keeps what the workers say of their progress, and can keep questions from them.
const WATCH_WORKERS: &str = "
    window.told = [];
    window.deaf = false;
    window.workers = 0;
    window.batches = 0;
    window.Worker = class extends Worker {
      constructor(...words) {
        super(...words);
        window.workers += 1;
        this.addEventListener('message', (event) => window.told.push(event.data));
      }
      postMessage(...words) {
        if (typeof words[0] === 'string') window.batches += 1;
        if (!window.deaf) super.postMessage(...words);
      }
    };";

fn see_work(page: &Page, what: &str) {
    page.wait(&format!("“{what}” is under way"), || {
        page.has("group", what)
    });
}

/// A page that looks for three passages, and waits for an answer.
fn looking_for_three() -> Page {
    let page = Visit::default().after(WATCH_WORKERS).open();
    page.choose("many.json", file(3));
    page.see_dialog("Import annotations");
    set_deaf(&page, true);
    page.click_in("dialog", "Import annotations", "Add to article");
    see_work(&page, "Looking for passages");
    page
}

fn set_deaf(page: &Page, deaf: bool) {
    let _: bool = page.script(&format!("window.deaf = {deaf}; return true;"));
}

#[test]
fn it_is_told_how_far_it_is() {
    let page = Visit::default().after(WATCH_WORKERS).open();
    page.choose("many.json", file(40));
    page.see_dialog("Import annotations");
    let percents: Vec<u8> =
        page.script("return window.told.filter((said) => typeof said === 'number');");
    assert!(percents.len() > 10, "{percents:?}");
    assert!(
        percents.is_sorted() && percents.iter().all(|percent| *percent <= 100),
        "{percents:?}"
    );
    page.wait("it is over", || !page.has("group", "Reading annotations"));
}

#[test]
fn a_second_file_goes_to_the_same_worker_which_is_sent_nothing_twice() {
    let page = Visit::default().after(WATCH_WORKERS).open();
    page.mark("sparked by rising gas prices", "1");
    let sent = || -> (u32, u32) { page.script("return [window.workers, window.batches];") };
    let look_at = |count: usize| {
        page.choose("many.json", file(count));
        page.see_dialog("Import annotations");
        page.click_in("dialog", "Import annotations", "Cancel");
    };
    // With each file goes which documents there are, and no mark twice.
    look_at(1);
    assert_eq!(sent(), (1, 1));
    look_at(2);
    assert_eq!(sent(), (1, 2));
    page.mark("a major reason for unrest", "2");
    look_at(3);
    assert_eq!(sent(), (1, 3));
    // One that can't be read is nobody's fault; the next one is read.
    page.choose("broken.json", "[{");
    page.see_dialog("This file can’t be imported");
    page.click_in("dialog", "This file can’t be imported", "Close");
    look_at(4);
    assert_eq!(sent().0, 2);
}

#[test]
fn reading_a_file_can_be_stopped() {
    let page = Visit::default().after(WATCH_WORKERS).open();
    set_deaf(&page, true);
    page.choose("many.json", file(2));
    see_work(&page, "Reading annotations");
    assert_eq!(page.violations(), Vec::<String>::new());
    page.tab_to("Stop");
    page.press("Enter");
    page.see_status("Stopped; nothing was imported");
    assert!(page.dialog().is_none() && page.list().is_empty());
    // And once more, unhindered.
    set_deaf(&page, false);
    page.import(&file(2));
}

#[test]
fn comparing_texts_can_be_stopped_by_closing_the_dialog_too() {
    let page = Visit::default().after(WATCH_WORKERS).open();
    set_deaf(&page, true);
    begin(&page);
    page.paste("New text", "Another text.");
    page.click_in("dialog", "New version of this text", "Compare");
    see_work(&page, "Comparing the texts");
    page.click_in("dialog", "New version of this text", "Stop");
    page.wait("the text is there to be changed", || {
        page.buttons_in("dialog", "New version of this text")
            .iter()
            .any(|name| name == "Compare")
    });
    page.click_in("dialog", "New version of this text", "Compare");
    see_work(&page, "Comparing the texts");
    page.press("Escape");
    page.see("no dialog", |page| page.dialog().is_none(), true);
    page.wait("it is over", || !page.has("group", "Comparing the texts"));
}

#[test]
fn a_worker_can_be_stopped_before_it_has_come() {
    let page = open();
    page.server.withhold(Some("/worker.js"));
    page.choose("many.json", file(2));
    see_work(&page, "Reading annotations");
    page.wait("its program is asked for", || {
        let asked = page.server.asked();
        asked.iter().any(|path| path == "/worker.js")
    });
    page.click("Stop");
    page.see_status("Stopped; nothing was imported");
    page.server.withhold(None);
    page.settle();
    page.import(&file(2));
}

#[test]
fn looking_for_passages_can_be_stopped_and_gone_on_with() {
    let page = looking_for_three();
    page.click("Stop");
    page.wait("it says that it has stopped", || {
        page.alerts().concat().contains("stopped looking")
    });
    assert_eq!(page.violations(), Vec::<String>::new());
    // Nothing is gone, and nothing is said of what nobody knows.
    assert_eq!(page.list().len(), 3);
    assert!(
        page.list()[0].unplaced.contains("looked for"),
        "{:?}",
        page.list()[0]
    );
    set_deaf(&page, false);
    page.click("Look again");
    page.wait("all have been looked for", || {
        page.list()
            .iter()
            .all(|entry| entry.unplaced.contains("not in this text"))
    });
    assert!(page.alerts().is_empty());
}

#[test]
fn of_two_that_are_under_way_each_has_its_own_stop() {
    let page = looking_for_three();
    begin(&page);
    page.paste("New text", "Another text.");
    page.click_in("dialog", "New version of this text", "Compare");
    see_work(&page, "Comparing the texts");
    page.press("Escape");
    page.wait("the comparison is over", || {
        !page.has("group", "Comparing the texts")
    });
    assert!(page.has("group", "Looking for passages"));
    assert!(page.alerts().is_empty(), "nobody has stopped the other");
    page.click_in("group", "Looking for passages", "Stop");
    page.wait("it says that it has stopped", || {
        page.alerts().concat().contains("stopped looking")
    });
}

#[test]
fn a_file_goes_into_the_text_that_it_was_read_for() {
    let page = Visit::default().after(WATCH_WORKERS).open();
    page.choose("many.json", file(2));
    page.see_dialog("Import annotations");
    // What no person can do, since the dialog keeps the page out of reach.
    crate::scripts::open_nth(&page, 1);
    page.click_in("dialog", "Import annotations", "Add to article");
    page.see_status("Imported 2 annotations");
    assert!(page.list().is_empty());
    crate::scripts::open_nth(&page, 0);
    page.see("the list", |page| page.list().len(), 2_usize);
}

#[test]
fn an_article_that_does_not_arrive_is_said_in_the_page() {
    let page = open();
    page.server.run_before(Some(
        "window.wrongs = [];
         const fetched = window.fetch;
         window.fetch = (address) => String(address).includes('.article')
           ? Promise.resolve(new Response('', { status: 404, statusText: 'not here' }))
           : fetched(address);"
            .into(),
    ));
    let _: bool = page.script("setTimeout(() => location.reload()); return true;");
    page.wait("the page says so", || {
        // While the page is being left, Firefox may answer nothing.
        let said: Option<String> = page.script(
            "return [...document.querySelectorAll('[role=alert]')].map((part) => part.textContent).join(' ');",
        );
        said.is_some_and(|said| {
            said.contains("could not be loaded (not here)") && said.contains("reload")
        })
    });
}
