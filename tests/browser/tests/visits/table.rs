//! The library as a working place: documents are filtered and moved to folders, and their fields are
//! written in a table of all.

use browser_tests::page::Point;
use browser_tests::{Page, Visit};
use thirtyfour::Key;

const HEADING: &str = "All documents";

/// A page with so many documents more than those that come with the program.
fn with_documents(visit: Visit, titles: &[&str]) -> Page {
    let page = visit.open();
    page.wait_until_loaded();
    crate::library::begin(&page);
    for title in titles {
        page.choose_for("Text files", &format!("{title}.txt"), title.as_bytes());
    }
    crate::library::add(&page, titles.len());
    page.see_saved();
    page
}

const EIGHT: [&str; 8] = [
    "Interview 1",
    "Interview 2",
    "Interview 3",
    "Interview 4",
    "Press 1",
    "Press 2",
    "Press 3",
    "Press 4",
];

/// The rows of the pane: folders with their number of documents, and what lies in them.
fn rows(page: &Page) -> Vec<String> {
    page.script(
        "return [...document.querySelectorAll('.documents [role=row]')].map((row) =>
           row.className === 'folder'
             ? `[${row.querySelector('.fold').textContent} ${row.querySelector('.count').textContent}]`
             : row.querySelector('span').textContent.slice(0, 12));",
    )
}

fn see_rows(page: &Page, expected: &[&str]) {
    let expected: Vec<String> = expected.iter().map(|own| (*own).into()).collect();
    page.see("the documents", rows, expected);
}

/// The middle of what a selector names, of several the one that begins with some words.
fn middle(page: &Page, selector: &str, words: &str) -> Point {
    page.script(&format!(
        "const all = [...document.querySelectorAll('{selector}')];
         const area = all.find((own) => own.textContent.startsWith('{words}')).getBoundingClientRect();
         return {{ x: area.left + area.width / 2, y: area.top + area.height / 2 }};"
    ))
}

fn filter(page: &Page, words: &str) {
    page.put(".finding input", words, "input");
}

#[test]
fn documents_are_filtered_sorted_and_moved_to_folders_by_keys_and_by_dragging() {
    let page = with_documents(Visit::default(), &EIGHT);
    page.see("the documents", |page| rows(page).len(), 10_usize);
    filter(&page, "interview -title:2");
    see_rows(&page, &["Interview 1", "Interview 3", "Interview 4"]);
    assert_eq!(page.violations(), Vec::<String>::new());
    // Into a new folder, by the menu of the open document.
    page.click("This document");
    page.click_in("menu", "This document", "Move to folder…");
    page.see_dialog("Move to folder");
    assert_eq!(page.violations(), Vec::<String>::new());
    page.press("Enter");
    page.wait("it says what is missing", || {
        page.see_dialog("Move to folder")
            .concat()
            .contains("A name is missing.")
    });
    page.write("Round 1");
    page.press("Enter");
    see_rows(
        &page,
        &["Interview 3", "Interview 4", "[Round 1 1]", "Interview 1"],
    );
    // Dragged there, and called off.
    let from = middle(&page, ".documents [role=row]", "Interview 3");
    let to = middle(&page, ".documents .fold", "Round 1");
    page.drag_called_off(from, to);
    page.drag(from, to);
    let moved = ["Interview 4", "[Round 1 2]", "Interview 1", "Interview 3"];
    see_rows(&page, &moved);
    page.press("Ctrl+z");
    see_rows(
        &page,
        &["Interview 3", "Interview 4", "[Round 1 1]", "Interview 1"],
    );
    page.press("Ctrl+Shift+z");
    see_rows(&page, &moved);
    // By keys, which stay with the document.
    let _: bool = page.script(
        "const all = [...document.querySelectorAll('.documents .document')];
         all.find((own) => own.textContent.startsWith('Interview 4')).focus();
         return true;",
    );
    page.press("Alt+Shift+Down");
    see_rows(
        &page,
        &["[Round 1 3]", "Interview 1", "Interview 3", "Interview 4"],
    );
    page.see("the focus", Page::focused, "Interview 4".to_owned());
    // A folder is renamed as one, folds, and stays folded.
    page.click("Rename the folder Round 1");
    page.see_dialog("Folder");
    assert_eq!(page.violations(), Vec::<String>::new());
    page.press("Ctrl+a");
    page.write("Round 2");
    page.press("Enter");
    page.see_status("Renamed the folder Round 1 to Round 2");
    filter(&page, "");
    page.click("Round 2");
    page.wait("it is folded", || {
        rows(&page).last().is_some_and(|own| own == "[Round 2 3]")
    });
    page.put(".finding select", "added", "change");
    // Those that came with the program are the oldest.
    let is_new = |page: &Page| {
        rows(page)
            .first()
            .is_some_and(|own| !own.starts_with("A page"))
    };
    page.wait("what was added last is first", || is_new(&page));
    page.reload();
    page.wait("it is as it was", || {
        let rows = rows(&page);
        is_new(&page) && rows.last().is_some_and(|own| own == "[Round 2 3]")
    });
}

/// The titles of the documents that are chosen in the pane.
fn chosen(page: &Page) -> Vec<String> {
    page.script(
        "return [...document.querySelectorAll('.documents [role=row][aria-selected=true]')]
           .map((row) => row.querySelector('span').textContent.slice(0, 12));",
    )
}

fn see_chosen(page: &Page, expected: &[&str]) {
    let expected: Vec<String> = expected.iter().map(|own| (*own).into()).collect();
    page.see("what is chosen", chosen, expected);
}

#[test]
fn on_a_phone_presses_choose_once_the_menu_has_begun_it() {
    let page = with_documents(Visit::default().on_a_phone(), &EIGHT);
    page.see("the documents", |page| rows(page).len(), 10_usize);
    page.click("Documents and themes");
    let press = |title: &str| {
        let _: bool = page.script(&format!(
            "const all = [...document.querySelectorAll('.documents .document')];
             all.find((own) => own.textContent.startsWith('{title}')).click();
             return true;"
        ));
    };
    press("Interview 2");
    page.see(
        "the title",
        crate::library::open_title,
        "Interview 2".to_owned(),
    );
    page.click("Documents and themes");
    page.click("This document");
    page.click_in("menu", "This document", "Choose several");
    see_chosen(&page, &["Interview 2"]);
    press("Interview 4");
    press("Press 1");
    press("Interview 2");
    see_chosen(&page, &["Interview 4", "Press 1"]);
    page.click("This document");
    page.click_in("menu", "This document", "Delete 2 documents");
    page.see("the documents", |page| rows(page).len(), 8_usize);
    // Then a press is about one document again.
    press("Interview 1");
    page.see(
        "the title",
        crate::library::open_title,
        "Interview 1".to_owned(),
    );
}

#[test]
fn several_documents_are_chosen_as_in_any_list_of_files_and_moved_and_deleted_as_one_step() {
    let page = with_documents(Visit::default(), &EIGHT);
    page.see("the documents", |page| rows(page).len(), 10_usize);
    let open = crate::library::open_title(&page);
    let at = |title: &str| middle(&page, ".documents .document", title);
    page.click_holding(Key::Control, at("Interview 2"));
    page.click_holding(Key::Shift, at("Interview 4"));
    see_chosen(&page, &["Interview 2", "Interview 3", "Interview 4"]);
    page.click_holding(Key::Control, at("Interview 3"));
    see_chosen(&page, &["Interview 2", "Interview 4"]);
    assert_eq!(
        crate::library::open_title(&page),
        open,
        "nothing was opened"
    );
    assert_eq!(page.violations(), Vec::<String>::new());
    // To a new folder by the menu; what is done is one step.
    page.click("This document");
    page.click_in("menu", "This document", "Move 2 documents to folder…");
    page.see_dialog("Move to folder");
    page.write("Round 1");
    page.press("Enter");
    page.see_status("Moved 2 documents to Round 1");
    page.wait("the new folder is seen", || {
        page.holds(
            "(() => {
               const list = document.querySelector('.documents').getBoundingClientRect();
               const head = document.querySelector('.documents .folder').getBoundingClientRect();
               return head.top >= list.top - 1 && head.bottom <= list.bottom + 1;
             })()",
        )
    });
    let folders = |page: &Page| {
        let mut rows = rows(page);
        let first = rows.iter().position(|own| own.starts_with('['));
        rows.drain(..first.unwrap_or(rows.len()));
        rows
    };
    let see_folders = |expected: &[&str]| {
        let expected: Vec<String> = expected.iter().map(|own| (*own).into()).collect();
        page.see("the folders", folders, expected);
    };
    see_folders(&["[Round 1 2]", "Interview 2", "Interview 4"]);
    page.press("Ctrl+z");
    see_folders(&[]);
    page.press("Ctrl+Shift+z");
    // Dragged: all that are chosen, and one that is not by itself.
    page.press("Escape");
    let _: bool = page.script(
        "document.querySelector('.documents').scrollTop = 0;
         const all = [...document.querySelectorAll('.documents .document')];
         all.find((own) => own.textContent.startsWith('Interview 1')).focus();
         return true;",
    );
    page.press("Shift+Down");
    page.press("Shift+Down");
    see_chosen(&page, &["Interview 1", "Interview 3", "Press 1"]);
    page.press("Ctrl+Down");
    page.press("Ctrl+Down");
    page.press("Ctrl+Space");
    see_chosen(&page, &["Interview 1", "Interview 3", "Press 1", "Press 3"]);
    // Into the folder below, which is folded and shows then what has come.
    page.click("Round 1");
    see_folders(&["[Round 1 2]"]);
    page.drag(at("Press 1"), middle(&page, ".documents .fold", "Round 1"));
    page.see_status("Moved 4 documents to Round 1");
    see_folders(&[
        "[Round 1 6]",
        "Interview 1",
        "Interview 2",
        "Interview 3",
        "Interview 4",
        "Press 1",
        "Press 3",
    ]);
    page.press("Ctrl+z");
    see_folders(&["[Round 1 2]", "Interview 2", "Interview 4"]);
    // Deleted by a key, and back at once. Escape lets go.
    let _: bool = page.script(
        "document.querySelector('.documents .document[aria-selected=true]').focus(); return true;",
    );
    page.press("Delete");
    page.see_status("Deleted 4 documents");
    page.see("the documents", |page| rows(page).len(), 7_usize);
    see_chosen(&page, &[]);
    page.press("Ctrl+z");
    page.see("the documents", |page| rows(page).len(), 11_usize);
    let _: bool =
        page.script("document.querySelector('.documents .document').focus(); return true;");
    page.press("Ctrl+a");
    page.see("all are chosen", |page| chosen(page).len(), 10_usize);
    page.press("Escape");
    see_chosen(&page, &[]);
    assert_eq!(page.violations(), Vec::<String>::new());
}

/// The cells of the table that are seen, without the heads.
fn cells(page: &Page, columns: usize) -> Vec<String> {
    page.script(&format!(
        "const lines = [...document.querySelectorAll('.lines > :not(.heads)')];
         return lines.map((line) => [...line.children].slice(0, {columns})
           .map((own) => own.textContent.slice(0, 12)).join('|'));"
    ))
}

fn paste(page: &Page, cells: &str) {
    let cells = serde_json::to_string(cells).unwrap();
    let _: bool = page.script(&format!(
        "const data = new DataTransfer();
         data.setData('text/plain', {cells});
         // Firefox lets no script make one with data in it.
         const paste = new Event('paste', {{ bubbles: true, cancelable: true }});
         Object.defineProperty(paste, 'clipboardData', {{ value: data }});
         document.activeElement.dispatchEvent(paste);
         return true;"
    ));
}

#[test]
fn fields_are_written_in_a_table_by_keys_and_pasted_from_a_spreadsheet() {
    let page = with_documents(Visit::default(), &EIGHT[..3]);
    page.press("Ctrl+k");
    page.see_dialog("Find or do");
    page.write("table of all");
    page.press("Enter");
    page.see_dialog(HEADING);
    page.see("the lines", |page| cells(page, 1).len(), 5_usize);
    page.see(
        "the focus",
        Page::focused,
        "A page in many scripts, to try marking on".to_owned(),
    );
    assert_eq!(page.violations(), Vec::<String>::new());
    // From cell to cell: a field is written, left with Tab, and one is not.
    page.press("Down");
    page.press("Right");
    page.write("Round 1");
    page.press("Tab");
    page.write("Anna");
    page.press("Enter");
    page.press("F2");
    page.write("nobody");
    page.press("Escape");
    let lines = |page: &Page| {
        let mut lines = cells(page, 3);
        lines.retain(|own| own.starts_with("Interview"));
        lines.sort();
        lines
    };
    page.see(
        "the cells",
        lines,
        ["Interview 1|Round 1|Anna", "Interview 2||", "Interview 3||"]
            .map(str::to_owned)
            .to_vec(),
    );
    // Down in several cells at once.
    page.press("Shift+Down");
    paste(&page, "Berik");
    page.see_dialog(HEADING);
    page.wait("it says what would change", || {
        page.see_dialog(HEADING)
            .concat()
            .contains("2 cells in 2 documents would change.")
    });
    assert_eq!(page.violations(), Vec::<String>::new());
    page.press("Enter");
    let pasted = [
        "Interview 1|Round 1|Anna",
        "Interview 2||Berik",
        "Interview 3||Berik",
    ];
    page.see("the cells", lines, pasted.map(str::to_owned).to_vec());
    paste(
        &page,
        "Title\tAuthor\tAge\tNotes\ninterview 3\tCarla\t31\t\"two\nlines\"\nNobody\tX\t1\t\nInterview 1\tAnna\t9\t\n",
    );
    page.wait("it says what would change", || {
        let said = page.see_dialog(HEADING).concat();
        [
            "4 cells in 2 documents",
            "New columns: Age; Notes",
            "left out: Nobody",
        ]
        .iter()
        .all(|own| said.contains(own))
    });
    page.click_in("dialog", HEADING, "Change 4 cells");
    let heads = |page: &Page| -> Vec<String> {
        page.script(
            "return [...document.querySelectorAll('.heads > *')].map((own) => own.textContent);",
        )
    };
    page.see(
        "the heads",
        |page| heads(page)[6..8].to_vec(),
        ["Age".to_owned(), "Notes".to_owned()].to_vec(),
    );
    assert_eq!(page.violations(), Vec::<String>::new());
    page.wait("its words are counted", || {
        let lines: Vec<String> = cells(&page, 10);
        lines[1].ends_with("|9||2|0")
    });
    // Sorted by the column's head, as numbers.
    page.press("Ctrl+Up");
    page.press("Up");
    page.press("End");
    for _ in 0..3 {
        page.press("Left");
    }
    page.press("Enter");
    page.see(
        "the lines",
        |page| cells(page, 1)[..2].to_vec(),
        ["Interview 1", "Interview 3"].map(str::to_owned).to_vec(),
    );
    // A column of one's own goes, and all of it comes back.
    page.click_in("dialog", HEADING, "Delete the column…");
    page.click_in("dialog", HEADING, "Delete “Age”");
    page.see(
        "the heads",
        |page| heads(page)[6].clone(),
        "Notes".to_owned(),
    );
    page.press("Ctrl+z");
    page.see("the heads", |page| heads(page)[6].clone(), "Age".to_owned());
    page.press("Ctrl+z");
    page.see(
        "the heads",
        |page| heads(page)[6].clone(),
        "Words".to_owned(),
    );
    page.see("the cells", lines, pasted.map(str::to_owned).to_vec());
    page.press("Ctrl+z");
    // Several documents at once: to a folder, and into the bin.
    page.press("Ctrl+Home");
    page.press("Space");
    page.press("Down");
    page.press("Space");
    page.click_in("dialog", HEADING, "Move to folder…");
    page.settle();
    page.write("Round 7");
    page.press("Enter");
    page.wait("they are there", || {
        cells(&page, 2)
            .iter()
            .filter(|own| own.ends_with("|Round 7"))
            .count()
            == 2
    });
    page.click_in("dialog", HEADING, "Delete");
    page.see("the lines", |page| cells(page, 1).len(), 3_usize);
    page.press("Ctrl+z");
    page.see("the lines", |page| cells(page, 1).len(), 5_usize);
    // The key does what the button does, and where no document is selected it empties the cell. What is
    // undone is seen here: the page behind stays where it is.
    let open = crate::library::open_title(&page);
    page.press("Ctrl+Home");
    page.press("Space");
    page.press("Down");
    page.press("Space");
    page.press("Delete");
    page.see_status("Deleted 2 documents");
    page.see("the lines", |page| cells(page, 1).len(), 3_usize);
    page.press("Ctrl+z");
    page.see("the lines", |page| cells(page, 1).len(), 5_usize);
    page.press("Ctrl+Home");
    page.press("Right");
    page.press("Delete");
    page.see_status("Cleared 1 cell");
    assert_eq!(cells(&page, 1).len(), 5);
    page.press("Ctrl+z");
    page.wait("it is back", || {
        let lines = cells(&page, 2);
        lines.iter().filter(|own| own.ends_with("|Round 7")).count() == 2
    });
    assert_eq!(crate::library::open_title(&page), open);
    page.press("Escape");
    page.press("Escape");
    page.wait("the dialog is closed", || page.dialog().is_none());
    page.see_saved();
}

#[test]
fn a_paste_shows_its_cells_in_the_table_and_is_planned_anew_when_another_window_changes_that() {
    let page = with_documents(Visit::default(), &EIGHT[..2]);
    page.click("This document");
    page.click_in("menu", "This document", "Table of all documents…");
    page.see_dialog(HEADING);
    page.see("the lines", |page| cells(page, 1).len(), 4_usize);
    page.settle();
    page.press("Down");
    page.press("Right");
    paste(&page, "Round 1\tAnna");
    let says = |words: &str| page.see_dialog(HEADING).concat().contains(words);
    page.wait("it says what would change", || {
        says("2 cells in 1 document would change.")
    });
    let changed = |page: &Page| -> Vec<String> {
        page.script(
            "const cells = [...document.querySelectorAll('.grid [data-changes]')];
             return cells.filter((own) => own.checkVisibility())
               .map((own) => own.parentElement.firstElementChild.textContent);",
        )
    };
    let both = ["Interview 1", "Interview 1"].map(str::to_owned).to_vec();
    page.see("the cells", changed, both);
    assert_eq!(page.violations(), Vec::<String>::new());
    let first = page.window();
    let other = page.open_window();
    page.turn_to(&other);
    page.wait_until_loaded();
    page.wait("the documents are listed", || rows(&page).len() == 4);
    let _: bool = page.script(
        "const all = [...document.querySelectorAll('.documents .document')];
         const own = all.find((own) => own.textContent.startsWith('Interview 1'));
         own.dispatchEvent(new KeyboardEvent('keydown', { key: 'Delete', bubbles: true }));
         return true;",
    );
    page.see_saved();
    page.turn_to(&first);
    page.wait("it says so", || {
        says("The documents have changed meanwhile.") && says("2 cells lie beyond the table")
    });
    page.see("the cells", changed, Vec::<String>::new());
    page.press("Escape");
    page.see("the lines", |page| cells(page, 1).len(), 3_usize);
}

#[test]
fn on_a_phone_in_the_dark_the_table_has_room_and_its_cells_are_named() {
    let page = with_documents(Visit::default().on_a_phone().in_the_dark(), &EIGHT);
    page.click("Documents and themes");
    assert_eq!(page.violations(), Vec::<String>::new());
    page.click("This document");
    page.click_in("menu", "This document", "Table of all documents…");
    page.see_dialog(HEADING);
    page.see("the lines", |page| cells(page, 1).len(), 10_usize);
    assert_eq!(page.violations(), Vec::<String>::new());
    let area = page.area_of("button", "Delete");
    let width: f64 = page.script("return document.documentElement.clientWidth;");
    assert!(area.left >= 0.0 && area.right <= width, "{area:?}");
}
