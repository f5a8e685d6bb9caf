//! Where the browser does not keep what it is given.

use browser_tests::Visit;
use browser_tests::page::At;

const PASSAGE: &str = "sparked by rising gas prices";

#[test]
fn refused_storage_is_said_at_once_and_work_goes_on_in_memory() {
    let page = Visit::default()
        .after("IDBFactory.prototype.open = () => { throw new DOMException('no room here', 'SecurityError'); };")
        .open();
    page.wait("the page warns", || {
        page.alerts()
            .iter()
            .any(|alert| alert.contains("Nothing is saved") && alert.contains("no room here"))
    });
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
             IDBObjectStore.prototype.add = function (...words) {
               if (window.full) throw new DOMException('the disk is full', 'QuotaExceededError');
               return add.apply(this, words);
             };",
        )
        .open();
    let _: bool = page.script("window.full = true; return true;");
    page.mark(PASSAGE, "2");
    page.wait("the page warns", || {
        page.alerts()
            .iter()
            .any(|alert| alert.contains("not saved") && alert.contains("the disk is full"))
    });
    page.see_status("Not saved");
    page.press("1");
    page.see_status("Tagged Sovereignty");
    let _: bool = page.script("window.full = false; return true;");
    page.click("Try again");
    page.see_saved();
    page.wait("the warning is gone", || page.alerts().is_empty());
    page.reload();
    assert_eq!(page.listed(), [format!("{PASSAGE} [Sovereignty, Energy]")]);
}

#[test]
fn storage_that_never_answers_does_not_hold_up_the_work() {
    let page = Visit::default()
        .after("IDBFactory.prototype.open = () => ({});")
        .open();
    page.wait("the page warns", || {
        page.alerts()
            .iter()
            .any(|alert| alert.contains("Nothing is saved"))
    });
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
               const choice = document.querySelector('select.article');
               if (!sessionStorage.hasty || !document.querySelector('[data-block]')) return;
               delete sessionStorage.hasty;
               choice.value = choice.options[1].value;
               choice.dispatchEvent(new Event('change', {{ bubbles: true }}));
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
    let _: bool = page.script(
        "const request = indexedDB.open('themark');
         request.onsuccess = () => {
           const database = request.result;
           database.transaction('journal', 'readwrite').objectStore('journal').add('v 1\\nnonsense');
           database.close();
         };
         return true;",
    );
    page.settle();
    page.reload();
    page.wait("the page says so", || {
        page.alerts()
            .iter()
            .any(|alert| alert.contains("1 stored change(s) could not be read"))
    });
    assert_eq!(page.listed(), [format!("{PASSAGE} [Energy]")]);
    let file = page.downloaded_by(|| page.click("Download them"));
    assert!(file.text.contains("nonsense"));
}
