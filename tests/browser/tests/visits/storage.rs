//! Where the browser does not keep what it is given.

use browser_tests::Visit;

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
