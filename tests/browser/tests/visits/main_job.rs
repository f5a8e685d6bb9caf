//! The main job: open the page, highlight, tag, download; and have it all again later.

use browser_tests::page::{At, in_one_of};
use browser_tests::{Engine, Export, Highlight, Page, open};

/// In the third paragraph of the running text.
const PASSAGE: &str = "served as ambassador to Kazakhstan from 2001 to 2004, is a former director";

/// It begins inside that passage and ends behind it.
const OVERLAPPING: &str =
    "from 2001 to 2004, is a former director of the State Department’s Office";

/// What lies in both.
const BOTH: &str = "from 2001 to 2004, is a former director";

/// Both passages marked, and two more things done, so that there is something to undo.
fn mark_two(page: &Page) {
    page.mark(PASSAGE, "2");
    page.press("Escape");
    page.mark(OVERLAPPING, "3");
    page.see_saved();
}

fn see_two(page: &Page) {
    page.see(
        "the list",
        Page::listed,
        vec![
            format!("{PASSAGE} [Energy]"),
            format!("{OVERLAPPING} [Counterterrorism]"),
        ],
    );
    assert_eq!(page.painted("line-1"), [PASSAGE]);
    assert_eq!(page.painted("line-2"), [OVERLAPPING]);
    assert_eq!(page.painted("tint-2"), [BOTH]);
}

#[test]
fn a_dragged_passage_is_tagged_painted_listed_and_saved() {
    let page = open();
    page.select(PASSAGE);
    page.press("2");
    page.see_status("Tagged Energy");
    assert_eq!(page.painted("tint-1"), [PASSAGE]);
    assert_eq!(page.painted("line-1"), [PASSAGE]);
    assert_eq!(page.painted("selected"), [PASSAGE]);
    assert_eq!(page.listed(), [format!("{PASSAGE} [Energy]")]);
    page.see_saved();
}

#[test]
fn the_passage_is_in_the_third_paragraph() {
    let page = open();
    let third: String =
        page.script("return document.querySelectorAll('article p.text')[2].textContent;");
    assert!(third.contains(PASSAGE) && third.contains(OVERLAPPING));
}

#[test]
fn where_two_marks_overlap_both_are_painted_and_the_overlap_is_visible() {
    let page = open();
    mark_two(&page);
    see_two(&page);
    let alone: Vec<String> = page.painted("tint-1");
    assert_eq!(
        alone,
        [
            PASSAGE.strip_suffix(BOTH).unwrap(),
            OVERLAPPING.strip_prefix(BOTH).unwrap()
        ]
    );
}

#[test]
fn after_a_reload_all_is_there() {
    let page = open();
    mark_two(&page);
    page.click_entry(OVERLAPPING);
    page.see(
        "the chosen mark",
        Page::current,
        Some(OVERLAPPING.to_owned()),
    );
    page.see_saved();
    page.reload();
    see_two(&page);
    page.see(
        "the chosen mark",
        Page::current,
        Some(OVERLAPPING.to_owned()),
    );
}

#[test]
fn after_a_crash_of_the_browser_all_is_there() {
    // WebKit's driver keeps no profile from one session to the next.
    if in_one_of(&[Engine::Webkit]) {
        return;
    }
    let mut page = open();
    mark_two(&page);
    page.crash_and_start_again();
    see_two(&page);
}

#[test]
fn undo_goes_on_after_a_reload_as_if_nothing_had_been() {
    let page = open();
    mark_two(&page);
    page.reload();
    page.click("Undo");
    page.see_status("Undid tag Counterterrorism");
    assert_eq!(page.quotes(), [PASSAGE]);
    page.click("Undo");
    page.see_status("Undid tag Energy");
    assert_eq!(page.quotes(), Vec::<String>::new());
    assert_eq!(page.highlights(), []);
    page.click("Redo");
    page.see_status("Redid tag Energy");
    assert_eq!(page.quotes(), [PASSAGE]);
    assert_eq!(page.painted("tint-1"), [PASSAGE]);
}

#[test]
fn the_download_is_valid_and_quotes_exactly_the_passage() {
    let page = open();
    mark_two(&page);
    page.press("Ctrl+z");
    page.press("Ctrl+z");
    page.press("Ctrl+y");
    page.see_status("Redid tag Energy");
    let file = page.download();
    assert_eq!(file.name, "kazakhstan.annotations.json");
    let export = Export::read(&file.text, &page.text());
    assert_eq!(export.listed(), [format!("{PASSAGE} [Energy]")]);
    assert!(export.marks[0].id.starts_with("urn:uuid:"));
    assert!(
        file.text.ends_with("}\n") && file.text.contains("\n  \"type\""),
        "pretty-printed"
    );
    let source = export.value["first"]["items"][0]["target"]["source"].as_str();
    assert!(
        source.is_some_and(|source| source.starts_with("https://wallstreetwindow.com/2022/01/"))
    );
}

#[test]
fn what_was_downloaded_can_be_imported_when_the_storage_is_gone() {
    let page = open();
    mark_two(&page);
    page.note("Who sends whom?");
    page.see_saved();
    let file = page.download();
    let (before, highlights) = (page.listed(), page.highlights());

    page.forget_everything();
    assert_eq!(page.quotes(), Vec::<String>::new());
    page.import(&file.text);
    page.see("the list", Page::listed, before);
    page.scroll_to(PASSAGE, At::Middle);
    let unselected = |highlights: Vec<Highlight>| -> Vec<_> {
        highlights
            .into_iter()
            .filter(|highlight| highlight.name != "selected")
            .collect()
    };
    assert_eq!(unselected(page.highlights()), unselected(highlights));
    assert_eq!(
        Export::read(&page.download().text, &page.text()).marks,
        Export::read(&file.text, &page.text()).marks
    );
}

#[test]
fn nothing_of_the_main_job_leaves_the_machine() {
    let page = open();
    mark_two(&page);
    let file = page.download();
    page.import_nothing_new(&file.text);
    let origin = page.server.origin();
    let asked: Vec<String> =
        page.script("return performance.getEntriesByType('resource').map((entry) => entry.name);");
    let foreign: Vec<_> = asked
        .iter()
        .filter(|address| !address.starts_with(&origin) && !address.starts_with("blob:"))
        .collect();
    assert!(foreign.is_empty(), "{foreign:?}");
    // What the server was asked for are the page's own files. WebKit now and then
    // asks again for a file, so not how often.
    let mut files = page.server.asked();
    // When the page rests it is kept for use without the network, which asks for all of it
    // again; how far that is by now is another visit's concern.
    const KEPT: [&str; 6] = [
        "/favicon.ico",
        "/later.css",
        "/print.css",
        "/sw.js",
        "/manifest.webmanifest",
        "/icon-192.png",
    ];
    // The program's part is named after the program.
    files.retain(|file| !KEPT.contains(&file.as_str()) && !file.starts_with("/split_"));
    files.sort();
    files.dedup();
    assert_eq!(
        files,
        [
            "/",
            "/articles/kazakhstan.article",
            "/articles/scripts.article",
            "/failed.js",
            "/icon.svg",
            "/start.js",
            "/themark.css",
            "/themark.js",
            "/themark_bg.wasm",
            // The import asked for these.
            "/worker.js",
            "/worker_bg.wasm",
            "/worker_start.js",
        ]
    );
    assert_eq!(page.wrongs(), Vec::<String>::new());
}
