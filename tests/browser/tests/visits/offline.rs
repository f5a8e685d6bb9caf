//! Without the network, and from one version to the next.

use browser_tests::{Engine, Export, Page, Visit, page};
use serde_json::json;

const PASSAGE: &str = "sparked by rising gas prices";
const OTHER: &str = "severe crackdown";

/// The page as it is served, without what visits run before it: so its service worker finds
/// the version that it was built for. None where the engine has no service workers.
pub(crate) fn kept() -> Option<Page> {
    let page = Visit::default().alone().open();
    let has: bool = page.script("return navigator.serviceWorker !== undefined;");
    if !has {
        assert!(page::in_one_of(&[Engine::Webkit]), "no service workers");
        return None;
    }
    page.server.run_before(None);
    page.reload();
    page.wait("the page is kept", || {
        page.script("return navigator.serviceWorker.controller !== null;")
    });
    Some(page)
}

/// Opens the page again, in the same window. To reload by the driver is in Firefox to go past
/// the service worker, as with Shift.
fn again(page: &Page) {
    page.go("/");
    page.wait_until_loaded();
}

/// Serves a version in which the icon is another one, or is only said to be.
fn publish(page: &Page, icon: &str, comes: bool) {
    let digest = |words: String| -> String {
        page.ask_later(
            "crypto.subtle.digest('SHA-256', new TextEncoder().encode(arguments[0])).then((digest) =>
               done([...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')));",
            vec![json!(words)],
        )
    };
    let text = |path: &str| String::from_utf8(page.server.file(path).unwrap()).unwrap();
    let (worker, before) = (text("/sw.js"), digest(text("/icon.svg")));
    let after = digest(icon.into());
    assert!(worker.contains(&before), "{before} in {worker}");
    let version = worker.split('"').nth(1).unwrap();
    let worker = worker
        .replace(version, &after[..16])
        .replace(&before, &after);
    if comes {
        page.server.add("/icon.svg", icon.as_bytes());
    }
    page.server.add("/sw.js", worker.into_bytes());
    let _: bool = page.ask_later(
        "navigator.serviceWorker.getRegistration().then((kept) => kept.update()).then(
           () => done(true), () => done(false));",
        vec![],
    );
}

fn icon(page: &Page) -> String {
    page.ask_later(
        "fetch('./icon.svg').then((answer) => answer.text()).then(done, (error) => done(String(error)));",
        vec![],
    )
}

fn versions(page: &Page) -> usize {
    page.ask_later("caches.keys().then((keys) => done(keys.length));", vec![])
}

#[test]
fn with_the_network_gone_after_the_first_visit_the_main_job_can_be_done() {
    let Some(page) = kept() else { return };
    page.server.be_gone();
    // In the window of the first visit.
    page.mark(PASSAGE, "2");
    page.press("Escape");
    page.see_saved();
    let file = page.download();
    page.import_nothing_new(&file.text);
    // And in each that is opened later.
    again(&page);
    page.see("the list", Page::quotes, vec![PASSAGE.to_owned()]);
    assert_eq!(page.painted("line-1"), [PASSAGE]);
    page.mark(OTHER, "1");
    page.press("Escape");
    page.see_saved();
    page.press("Ctrl+z");
    page.press("Ctrl+y");
    page.see_saved();
    page.open_window();
    page.see(
        "the list",
        Page::quotes,
        vec![PASSAGE.to_owned(), OTHER.to_owned()],
    );
    let file = page.download();
    assert_eq!(Export::read(&file.text, &page.text()).marks.len(), 2);
    page.import_nothing_new(&file.text);
    assert_eq!(page.violations(), Vec::<String>::new());
}

#[test]
fn that_no_network_is_needed_is_said_once_when_it_goes() {
    let Some(page) = kept() else { return };
    let goes = |page: &Page, how: &str| {
        let _: bool = page.script(&format!("return dispatchEvent(new Event('{how}'));"));
    };
    let told = "There is no network. Themark opens and works without it.";
    // With the network there it is not said.
    goes(&page, "offline");
    page.settle();
    assert_eq!(page.notices(), Vec::<String>::new());
    let _: bool =
        page.script("Object.defineProperty(navigator, 'onLine', { value: false }); return true;");
    goes(&page, "offline");
    page.see_notice(told);
    assert_eq!(page.violations(), Vec::<String>::new());
    goes(&page, "online");
    page.see("the notices", Page::notices, Vec::<String>::new());
    goes(&page, "offline");
    page.see_notice(told);
    page.click("Understood");
    goes(&page, "offline");
    page.settle();
    assert_eq!(page.notices(), Vec::<String>::new());
    let is_known: bool = page.script("return localStorage.getItem('told of offline') !== null;");
    assert!(is_known);
}

#[test]
fn a_new_version_waits_until_a_person_takes_it_in_the_only_window() {
    let Some(page) = kept() else { return };
    let old = icon(&page);
    let new = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    publish(&page, new, true);
    let offered = "A new version of Themark is ready.";
    page.see_notice(offered);
    assert_eq!(page.violations(), Vec::<String>::new());
    page.click("Later");
    page.see("the notices", Page::notices, Vec::<String>::new());
    let focus: String = page.script("return document.activeElement.tagName;");
    assert_eq!(focus, "ARTICLE");
    // All that is asked for is still of the version that the window shows.
    assert_eq!(icon(&page), old);
    again(&page);
    page.see_notice(offered);
    assert_eq!(icon(&page), old);

    // What is being written is saved before anything else.
    page.select(PASSAGE);
    page.press("n");
    page.see_note_field();
    page.write("Who?");
    let _: () = page
        .script("window.asked = dispatchEvent(new Event('beforeunload', { cancelable: true }));");
    assert!(
        page.holds("!window.asked"),
        "it is asked before the page is left"
    );
    page.press("Escape");
    page.see(
        "the note",
        |page| page.list()[0].note.clone(),
        "Who?".to_owned(),
    );
    page.see_saved();

    let first = page.window();
    let second = page.open_window();
    page.turn_to(&first);
    page.click("Reload");
    page.see_notice("Close its other windows, then reload.");
    assert_eq!(icon(&page), old);
    // What happens to the versions from then on is no reason to load this window anew.
    let _: bool = page.script(
        "window.isBefore = true;
         navigator.serviceWorker.dispatchEvent(new Event('controllerchange'));
         return true;",
    );
    page.settle();
    let stays: bool = page.script("return window.isBefore === true;");
    assert!(stays, "the window was loaded anew");
    page.turn_to(&second);
    page.close_window();
    page.turn_to(&first);

    page.reloaded_by(|| page.click("Reload"));
    page.see("the icon", icon, new.to_owned());
    page.see("the versions that are kept", versions, 1);
    assert_eq!(page.quotes(), [PASSAGE]);
    assert_eq!(page.notices(), Vec::<String>::new());
}

#[test]
fn a_version_that_does_not_come_whole_is_not_offered() {
    let Some(page) = kept() else { return };
    let old = icon(&page);
    publish(&page, "<svg/>", false);
    page.see("the versions that are kept", versions, 1);
    page.server.be_gone();
    again(&page);
    assert_eq!(icon(&page), old);
    page.mark(PASSAGE, "2");
    page.see_saved();
    // It rests by then, and whoever would offer a version has looked for one.
    let _: bool = page.ask_later("setTimeout(() => done(true), 4000);", vec![]);
    assert_eq!(page.notices(), Vec::<String>::new());
}

#[test]
fn a_file_that_the_system_opens_with_the_page_is_imported() {
    let launch = "Object.defineProperty(window, 'launchQueue', {
        value: { setConsumer: (consumer) => { window.launch = consumer; } },
      });";
    let page = Visit::default().alone().after(launch).open();
    page.mark(PASSAGE, "2");
    page.see_saved();
    let file = page.download();
    page.forget_everything();
    page.wait("files are taken", || {
        page.script("return window.launch !== undefined;")
    });
    let _: bool = page.ask_later(
        "const file = new File([arguments[0]], 'mine.jsonld');
         window.launch({ files: [{ getFile: async () => file }] });
         done(true);",
        vec![json!(file.text)],
    );
    page.see_dialog("Import annotations");
    page.click_in("dialog", "Import annotations", "Add to article");
    page.see("the list", Page::quotes, vec![PASSAGE.to_owned()]);
}
