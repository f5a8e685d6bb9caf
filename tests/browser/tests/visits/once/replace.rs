//! Another version of the text in its place.

use browser_tests::page::At;
use browser_tests::{Page, Visit, open};

use crate::scripts::{open_nth, open_second};
use crate::storage::LATE;

/// Stays as it is, further down.
const STAYS: &str = "sparked by rising gas prices";
/// Gets another word inside.
const EDITED: &str = "deaths of scores of civilians";
const EDITED_NOW: &str = "deaths of many scores of civilians";
/// Goes along when its paragraph does.
const MOVES: &str = "a 4,750-mile border with Russia and a large Russian-speaking population";
/// Is not in the new text.
const GONE: &str = "least of all Kazakhstan. And I don’t think it will come to that";
/// Stands twice in the new text, in other company.
const DOUBTFUL: &str = "the U.S. really does care about issues such as human rights";

const HEADING: &str = "New version of this text";

/// Opens the dialog.
#[track_caller]
pub(crate) fn begin(page: &Page) {
    page.menu("New version of this text…");
    page.see_dialog(HEADING);
}

/// Drops a file, to be another version of the open text.
fn drop_version(page: &Page, name: &str, text: impl AsRef<[u8]>) {
    const NEW_VERSION: &str = "New version of the open text…";
    page.drop_file(name, text);
    page.see_dialog("Open texts");
    page.wait("it has been read", || {
        let buttons = page.buttons_in("dialog", "Open texts");
        buttons.iter().any(|name| name == NEW_VERSION)
    });
    page.click_in("dialog", "Open texts", NEW_VERSION);
}

/// What an editor made of the text: a paragraph put in, a word put into a passage, a
/// paragraph moved to the end, one taken out, a sentence quoted twice.
fn edited(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let starting = |words: &str| {
        let line = lines.iter().find(|line| line.starts_with(words));
        *line.unwrap_or_else(|| panic!("no paragraph starts with {words}"))
    };
    let moving = starting("Kazakhstan has a 4,750-mile border");
    let gone = starting("No one wants to see that happen");
    let doubled = starting("But it will have to realize");
    let mut edited: Vec<String> = lines
        .iter()
        .filter(|line| ![moving, gone, doubled].contains(line))
        .map(|line| line.replace(EDITED, EDITED_NOW))
        .collect();
    edited.insert(4, "An editor’s note stands here now 😀.".into());
    edited.push(moving.into());
    edited.push(format!("Some people say that {DOUBTFUL}, and smile."));
    edited.push(format!("Nobody else believes {DOUBTFUL} all of the time."));
    edited.join("\r\n\r\n")
}

/// Waits for what a replacement would do.
fn see_preview(page: &Page) -> String {
    // A dropped file opens the dialog when it has been read.
    page.see_dialog(HEADING);
    page.wait("the preview is there", || {
        let buttons = page.buttons_in("dialog", HEADING);
        buttons.iter().any(|name| name == "Back")
    });
    page.see_dialog(HEADING).join("\n")
}

/// Opens "New version of this text…", pastes a text and asks what it would do.
pub(crate) fn compare(page: &Page, text: &str) -> String {
    begin(page);
    page.paste("New text", text);
    page.click_in("dialog", HEADING, "Compare");
    see_preview(page)
}

pub(crate) fn replace(page: &Page) {
    // Whatever would be lost has to be known first.
    let loses: bool = page.script(
        "const known = document.querySelector('dialog .losing input');
         known?.click();
         return known !== null;",
    );
    if loses {
        page.settle();
    }
    page.click_in("dialog", HEADING, "Replace text");
    page.see_status("Replaced the text");
}

/// A page with a mark on each passage.
fn open_marked(visit: Visit) -> Page {
    let page = visit.open();
    for (words, key) in [
        (STAYS, "1"),
        (EDITED, "2"),
        (MOVES, "3"),
        (GONE, "1"),
        (DOUBTFUL, "2"),
    ] {
        page.mark(words, key);
        page.press("Escape");
    }
    page
}

/// The list after the text was replaced.
fn carried() -> [String; 5] {
    [
        format!("{STAYS} [Sovereignty]"),
        format!("{EDITED_NOW} [Energy]"),
        format!("{MOVES} [Counterterrorism]"),
        format!("{GONE} [Sovereignty]"),
        format!("{DOUBTFUL} [Energy]"),
    ]
}

fn see_reviewed(page: &Page, count: &str) {
    page.wait(&format!("{count} is there"), || {
        let buttons = page.buttons_in("region", "Annotations");
        buttons.iter().any(|name| name == count)
    });
}

#[test]
fn marks_go_with_their_words_and_one_undo_restores_everything() {
    let page = open_marked(Visit::default());
    let (text, listed) = (page.text(), page.listed());
    let said = compare(&page, &edited(&text));
    for part in [
        "Of 5 marks:",
        "2 kept",
        "1 of these with other words",
        "1 moved",
        "1 uncertain",
        "1 lost",
        "An editor’s note stands here now",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    page.press("Escape");
    page.see("no dialog", |page| page.dialog().is_none(), true);
    assert_eq!((page.text(), page.listed()), (text.clone(), listed.clone()));

    // What was pasted is still there.
    begin(&page);
    page.click_in("dialog", HEADING, "Compare");
    assert_eq!(see_preview(&page), said);
    replace(&page);
    page.see("the list", Page::listed, Vec::from(carried()));
    assert_eq!(page.text(), edited(&text).replace("\r\n\r\n", "\n"));
    page.scroll_to(EDITED_NOW, At::Middle);
    page.see(
        "what is painted",
        |page| page.painted("line-1"),
        [EDITED_NOW],
    );
    page.scroll_to(MOVES, At::Middle);
    page.see("what is painted", |page| page.painted("line-2"), [MOVES]);
    see_reviewed(&page, "Review 2");
    page.see_saved();
    page.reload();
    page.see("the list", Page::listed, Vec::from(carried()));
    see_reviewed(&page, "Review 2");

    page.press("Ctrl+z");
    page.see_status("Undid replacement of the text");
    page.see("the text", Page::text, text.clone());
    page.see("the list", Page::listed, listed.clone());
    assert_eq!(page.export().listed(), listed);
    page.press("Ctrl+Shift+z");
    page.see("the list", Page::listed, Vec::from(carried()));
}

#[test]
fn a_lost_mark_is_put_on_other_words_by_keyboard_alone() {
    let page = open_marked(Visit::default());
    let new = edited(&page.text());
    compare(&page, &new);
    page.tab_to("input");
    page.press("Space");
    page.tab_to("Replace text");
    page.press("Enter");
    page.see_status("Replaced the text");
    see_reviewed(&page, "Review 2");
    page.press("Escape");
    page.tab_to("Review 2");
    page.press("Enter");
    // The lost one stands before the doubtful one: both go by their ids.
    page.press("j");
    page.see("the selected one", Page::current, Some(GONE.to_owned()));
    page.tab_to("Select it myself");
    page.press("Enter");
    page.see_status("Select the passage in the article");
    page.see("the focus", Page::focused, "article".to_owned());
    page.press("Right");
    page.press_times(3, "Ctrl+Shift+Right");
    page.wait("something is selected", || !page.selection().is_empty());
    let selected = page.selection().trim().to_owned();
    page.press("Enter");
    page.see_status("Attached");
    page.see("the list", |page| page.quotes().len(), 1_usize);
    assert!(page.painted("line-0").contains(&selected), "{selected}");
}

#[test]
fn a_file_is_taken_too_and_what_is_none_is_refused() {
    let page = open();
    page.mark(STAYS, "1");
    let text = page.text();
    begin(&page);
    page.click_in("dialog", HEADING, "Compare");
    page.see("the alert", Page::alerts, ["Paste the new text first."]);
    page.choose_for("Text file", "scan.pdf", b"%PDF-1.4");
    page.wait("it says what is wrong", || {
        page.alerts().concat().contains("It is a PDF")
    });
    page.choose_for("Text file", "empty.txt", "\u{feff} \r\n");
    page.see("the alert", Page::alerts, ["There are no words in it."]);
    page.choose_for("Text file", "same.txt", &text);
    let said = see_preview(&page);
    assert!(said.contains("nothing would change"), "{said}");
    page.click_in("dialog", HEADING, "Close");

    drop_version(
        &page,
        "new.txt",
        text.replace(STAYS, "that began overnight"),
    );
    let said = see_preview(&page);
    assert!(said.contains("1 lost"), "{said}");
    replace(&page);
    page.see(
        "the list",
        Page::listed,
        vec![format!("{STAYS} [Sovereignty]")],
    );
    assert!(page.highlights().is_empty());
    see_reviewed(&page, "Review 1");
}

#[test]
fn markup_in_a_text_stays_words_and_no_headline_is_no_harm() {
    let page = open();
    let hostile =
        "<img src=x onerror=alert(1)> <b>bold</b>\n\n<script>alert(1)</script>\nnext line";
    compare(&page, hostile);
    replace(&page);
    assert_eq!(page.text(), hostile.replace("\n\n", "\n"));
    let made: usize =
        page.script("return document.querySelectorAll('img, main b, main script').length;");
    assert_eq!(made, 0);
    page.mark("next line", "1");
    assert_eq!(page.export().listed(), ["next line [Sovereignty]"]);
    assert_eq!(page.violations(), Vec::<String>::new());
}

/// Goes through the steps of the dialog and checks each.
fn check_every_step(visit: Visit) {
    let page = open_marked(visit);
    let text = edited(&page.text());
    begin(&page);
    let see_no_violation = |step: &str| {
        let violations = page.violations();
        assert!(violations.is_empty(), "{step}: {violations:#?}");
    };
    see_no_violation("replace-1-empty");
    page.click_in("dialog", HEADING, "Compare");
    see_no_violation("replace-2-wrong");
    page.paste("New text", &text);
    page.click_in("dialog", HEADING, "Compare");
    see_preview(&page);
    see_no_violation("replace-3-preview");
    replace(&page);
    see_no_violation("replace-4-done");
}

#[test]
fn nothing_is_wrong_with_the_dialog_in_the_light() {
    check_every_step(Visit::default());
}

#[test]
fn nothing_is_wrong_with_the_dialog_on_a_phone_in_the_dark() {
    check_every_step(Visit::default().on_a_phone().in_the_dark());
}

#[test]
fn the_text_as_it_is_copied_from_the_page_is_the_same_text() {
    let page = open();
    page.mark(STAYS, "1");
    page.press("Escape");
    page.tab_to("article");
    page.press("Ctrl+a");
    page.wait("all of it is selected", || page.selection().len() > 6_000);
    let copied = page.selection();
    let said = compare(&page, &copied);
    assert!(said.contains("nothing would change"), "{said}");
}

#[test]
fn what_was_pasted_for_one_article_is_not_there_for_another() {
    let page = open();
    begin(&page);
    page.paste("New text", "For the first one.");
    page.press("Escape");
    open_second(&page);
    begin(&page);
    page.click_in("dialog", HEADING, "Compare");
    page.see("the alert", Page::alerts, ["Paste the new text first."]);
}

#[test]
fn what_would_be_lost_is_said_before_the_text_can_be_replaced() {
    let page = open();
    page.mark(STAYS, "1");
    page.mark(GONE, "2");
    let before = page.text();
    drop_version(&page, "other.txt", "Quite another text.");
    let said = see_preview(&page);
    assert!(said.contains("2 marks would lose their places"), "{said}");
    page.click_in("dialog", HEADING, "Replace text");
    page.settle();
    assert_eq!(page.text(), before, "nothing is replaced yet");
    assert_eq!(page.violations(), Vec::<String>::new());
    replace(&page);
    assert_eq!(page.text(), "Quite another text.");
    page.press("Ctrl+z");
    page.see("the text", Page::text, before);
}

#[test]
fn another_text_opens_at_its_top_under_its_own_headline() {
    let page = open();
    page.scroll_to(STAYS, At::Top);
    let other: String = (1..200)
        .map(|number| {
            format!("\n\nParagraph {number} of quite another text, which says nothing else.")
        })
        .collect();
    compare(&page, &format!("Three languages{other}"));
    replace(&page);
    assert_eq!(page.headline(), "Three languages");
    let top: i32 = page.script("return document.querySelector('.reader').scrollTop;");
    assert_eq!(top, 0);
    let shown: String = page.script("return document.querySelector('.bar .article').textContent;");
    assert_eq!(shown, "Three languages");
}

#[test]
fn the_words_at_the_top_stay_there_when_the_text_is_replaced() {
    let page = open();
    let there = "Nobody else lives here";
    let text = page.text();
    let paragraph = text
        .lines()
        .find(|line| line.contains(STAYS))
        .unwrap()
        .to_owned();
    page.scroll_to(STAYS, At::Top);
    let place = || page.lines_of(STAYS)[0].top;
    let before = place();
    let see_it_there = || {
        page.settle();
        let now = place();
        assert!((now - before).abs() < 3.0, "{now} px and not {before}");
    };
    // Much is put in above, and less is left out.
    let more = format!("{there}. ").repeat(20);
    let mut lines: Vec<&str> = text.lines().filter(|line| !line.contains(MOVES)).collect();
    lines.splice(1..1, [more.as_str(); 9]);
    compare(&page, &lines.join("\n\n"));
    replace(&page);
    see_it_there();
    assert!(page.text().contains(there) && page.text().contains(&paragraph));
    page.press("Ctrl+z");
    page.see_status("Undid replacement");
    see_it_there();
}

#[test]
fn a_text_that_was_replaced_is_the_only_one_shown_after_a_reload() {
    // The program's article, not the first screen, which is hidden from who left elsewhere.
    let watch = format!(
        "new MutationObserver(() => {{
           const article = document.querySelector('main:not([aria-busy]) article');
           window.fooled ||= article?.textContent.includes('{STAYS}');
         }}).observe(document, {{ subtree: true, childList: true }});"
    );
    let page = Visit::default().after(&[&watch, LATE].concat()).open();
    let fooled = || -> bool { page.script("return Boolean(window.fooled);") };
    assert!(fooled(), "on a first visit the article is shown");
    compare(&page, "Quite another text.");
    replace(&page);
    page.see_saved();
    for _ in 0..2 {
        page.reload();
        page.see("the text", Page::text, "Quite another text.");
        assert!(!fooled(), "nothing else was shown");
    }
}

/// The names of the texts that the store holds.
fn texts(page: &Page) -> Vec<String> {
    page.with_store("texts.getAllKeys()", serde_json::json!(null))
}

#[test]
fn texts_stand_beside_the_journal_and_any_of_them_comes_back() {
    let page = open();
    let first = page.text();
    compare(&page, "Quite another text, one.");
    replace(&page);
    page.see_saved();
    compare(&page, "Quite another text, two.");
    replace(&page);
    page.see_saved();
    // Each once, what came with the program as well; the journal only names them.
    assert_eq!(texts(&page).len(), 3);
    let journal = page.journal().join("\n");
    assert!(journal.contains("do version") && !journal.contains("another text, one"));

    // The one that is open is there at once, and any before it is read where it is wanted.
    page.reload();
    page.wait_until_loaded();
    assert!(page.text().contains("another text, two"));
    page.press("Ctrl+z");
    page.wait("the text before is there", || {
        page.text().contains("another text, one")
    });
    page.see_saved();
    page.press("Ctrl+z");
    page.see("the first text", Page::text, first);
    page.see_saved();
    page.press("Ctrl+Shift+z");
    page.wait("it is done again", || {
        page.text().contains("another text, one")
    });
    page.see_saved();
    assert_eq!(texts(&page).len(), 3);
    page.reload();
    page.wait_until_loaded();
    assert!(page.text().contains("another text, one"));
    assert_eq!(page.alerts(), Vec::<String>::new());
}

#[test]
fn a_document_whose_text_is_not_read_yet_opens_with_that() {
    let page = open();
    open_second(&page);
    compare(&page, "Quite another text.");
    replace(&page);
    page.see_saved();
    open_nth(&page, 0);
    page.reload();
    page.wait_until_loaded();
    assert!(page.text().contains(STAYS));
    open_nth(&page, 1);
    page.see("the text", Page::text, "Quite another text.".to_owned());
    page.mark("another text", "1");
    page.see_saved();
    assert_eq!(page.listed(), ["another text [Sovereignty]"]);
    // Nor does an undo stay in the other one.
    open_nth(&page, 0);
    page.reload();
    page.wait_until_loaded();
    page.press("Ctrl+z");
    page.see("the text", Page::text, "Quite another text.".to_owned());
    assert_eq!(page.listed(), Vec::<String>::new());
}

#[test]
fn a_text_that_is_not_there_is_told_of_and_nothing_else_is_lost() {
    let page = open_marked(Visit::default());
    compare(&page, "Quite another text.");
    replace(&page);
    page.see_saved();
    page.go(browser_tests::server::BLANK);
    let _: serde_json::Value = page.with_store("texts.clear()", serde_json::json!(null));
    page.go("/");
    page.wait_until_loaded();
    page.see_alert(&["can’t be read"]);
    // All else can still be taken along.
    assert_eq!(page.export().marks.len(), carried().len());
    // What came with the program is there, and undo leads back to it.
    page.press("Ctrl+z");
    page.wait("the first text is there", || page.text().contains(STAYS));
    page.see_saved();
    assert_eq!(page.listed().len(), carried().len());
}

#[test]
fn a_file_that_is_chosen_before_the_marks_are_there_waits_for_them() {
    // The storage opens when the visit says so.
    let page = Visit::default()
        .after(
            "Object.defineProperty(IDBOpenDBRequest.prototype, 'onsuccess', {
               set(act) {
                 this.addEventListener('success', (event) => {
                   if (!sessionStorage.late || window.isOpened) act.call(this, event);
                   else addEventListener('opened', () => act.call(this, event));
                 });
               },
             });",
        )
        .open();
    page.mark(STAYS, "1");
    page.see_saved();
    // Left as it begins, the text stands there before the marks are known.
    let _: bool = page.script(
        "document.querySelector('.reader').scrollTop = 0;
         sessionStorage.late = 'yes';
         setTimeout(() => location.reload());
         return true;",
    );
    page.wait("the program runs", || {
        // While the page is being left, Firefox may answer nothing.
        let reading: Option<bool> = page.script(
            "return document.querySelector('article [data-block]') !== null &&
               document.querySelector('.status').textContent.includes('Loading');",
        );
        reading == Some(true)
    });
    begin(&page);
    page.choose_for("Text file", "next.txt", edited(&page.text()));
    assert!(page.status().contains("Loading"), "{}", page.status());
    let _: bool = page.script("return window.isOpened = dispatchEvent(new Event('opened'));");
    let preview = see_preview(&page);
    assert!(preview.contains("Of 1 mark:"), "{preview}");
}

#[test]
fn an_undo_in_another_article_says_where() {
    let page = open();
    compare(&page, "Quite another text.");
    replace(&page);
    open_second(&page);
    page.press("Ctrl+z");
    page.see_status("Undid replacement of the text: “Why the US cares");
    assert!(page.text().contains(STAYS));
}
