//! All of it in one file, opened from the disk.

use browser_tests::{Export, Page, open, settings};

use crate::library::{WORD, add, begin};
use crate::scripts::open_nth;

const PASSAGE: &str = "sparked by rising gas prices";

/// Opens the file as a double click does.
pub(crate) fn open_file(page: &Page) {
    let file = settings::dist().join("themark.html");
    assert!(
        file.is_file(),
        "{} is not there; `cargo xtask build --single-file` makes it.",
        file.display()
    );
    page.go_to(&format!("file://{}", file.display()));
    page.wait_until_loaded();
}

#[test]
fn a_text_of_ones_own_is_read_in_one_file() {
    let page = open();
    page.server.be_gone();
    open_file(&page);
    begin(&page);
    page.choose_for("Text files", "a.docx", WORD);
    add(&page, 1);
    page.wait("its list is drawn", || {
        page.holds("!!document.querySelector('article li')")
    });
    assert_eq!(page.wrongs(), Vec::<String>::new());
    // What is stored for a file is there for whoever opens it next.
    page.press("Ctrl+z");
    page.see_status("Undid opening of a text");
    open_nth(&page, 0);
    page.see_saved();
}

#[test]
fn the_main_job_can_be_done_in_one_file() {
    let page = open();
    page.server.be_gone();
    open_file(&page);
    // What a browser forbade or could not find: there is nobody to be asked.
    let watch = "window.wrongs = [];
        addEventListener('error', (event) => window.wrongs.push(String(event.message)), true);
        addEventListener('securitypolicyviolation', (event) => window.wrongs.push(event.blockedURI));
        return true;";
    let _: bool = page.script(watch);
    page.wait("it says what it is", || {
        let told = page.notices();
        told.iter()
            .any(|notice| notice.contains("Themark in one file"))
    });
    assert_eq!(page.alerts(), Vec::<String>::new());
    assert_eq!(page.violations(), Vec::<String>::new());
    page.click("Understood");
    let focus: String = page.script("return document.activeElement.tagName;");
    assert_eq!(focus, "ARTICLE");
    // The second way to the program, where the first fails.
    let again: String = page.ask_later(
        "fetch(new URL('./themark_bg.wasm', document.baseURI)).then((answer) =>
           done(answer.headers.get('content-type')), (error) => done(String(error)));",
        vec![],
    );
    assert_eq!(again, "application/wasm");
    page.mark(PASSAGE, "2");
    page.press("Escape");
    page.see_saved();
    assert_eq!(page.painted("line-1"), [PASSAGE]);
    let file = page.download();
    let export = Export::read(&file.text, &page.text());
    assert_eq!(export.listed(), [format!("{PASSAGE} [Energy]")]);
    // The worker reads it.
    page.import_nothing_new(&file.text);
    // It lives on, and takes no file for the one before: what the page can't read is not sent.
    let _: bool = page.script(
        "File.prototype.arrayBuffer = () => Promise.reject(new Error('gone')); return true;",
    );
    page.choose("another.json", "[{");
    let refused = "This file can’t be imported";
    page.see_dialog(refused);
    page.click_in("dialog", refused, "Close");
    let sought: Vec<String> =
        page.script("return performance.getEntriesByType('resource').map((entry) => entry.name);");
    let elsewhere =
        |address: &&String| !address.starts_with("blob:") && !address.starts_with("data:");
    assert_eq!(sought.iter().find(elsewhere), None);
    assert_eq!(page.wrongs(), Vec::<String>::new());

    open_file(&page);
    page.see(
        "the list",
        Page::listed,
        vec![format!("{PASSAGE} [Energy]")],
    );
    assert_eq!(page.alerts(), Vec::<String>::new());
}
