//! Projects: a database each, and an index of them.

use browser_tests::{Page, open};
use serde_json::{Value, json};
use themark::archive::Archive;

use crate::library::{add, begin, open_title, titles};
use crate::scripts::open_nth;

const HERE: &str = "sparked by rising gas prices";
const THERE: &str = "a major reason for unrest";
const OTHER: &str = "themark-00000000-0000-7000-8000-000000000001";

/// The project with which every browser begins.
const FIRST: &str = "themark";

/// Has the window open another project with the next page.
fn go_to(page: &Page, project: &str) {
    let _: bool = page.script(&format!(
        "sessionStorage.setItem('project', {}); return true;",
        json!(project)
    ));
    page.reload();
}

/// A text of one's own, in the open project.
fn paste(page: &Page, text: &str) {
    begin(page);
    page.paste("Or paste a text here", text);
    page.click_in("dialog", "Open texts", "Take this text");
    add(page, 1);
}

/// Opens the list of projects.
fn show_projects(page: &Page) {
    page.wait("the project's name is there", || {
        page.holds("!!document.querySelector('.library .project')?.textContent.trim().slice(1)")
    });
    let _: bool = page.script("document.querySelector('.library .project').click(); return true;");
    page.see_dialog("Projects");
    page.wait("they are listed", || {
        page.holds("!!document.querySelector('dialog [data-project]')")
    });
}

/// The names of the projects in the open list, the open one's with a star.
fn names(page: &Page) -> Vec<String> {
    page.script(
        "return [...document.querySelectorAll('dialog [data-project]')].map((own) =>
           own.textContent + (own.hasAttribute('aria-current') ? '*' : ''));",
    )
}

/// Presses a button of a project's line by its name.
fn press_at(page: &Page, name: &str) {
    page.click_in("dialog", "Projects", name);
}

/// The open project's name, as the pane has it.
fn shown(page: &Page) -> String {
    page.script("return document.querySelector('.library .project span')?.textContent ?? '';")
}

/// What the index lists, by the names of the databases.
fn listed(page: &Page) -> Vec<(String, Value)> {
    page.ask_later(
        "const opened = indexedDB.open('themark projects');
         opened.onsuccess = () => {
           const { result } = opened;
           if (!result.objectStoreNames.length) { result.close(); done([]); return; }
           const projects = result.transaction('projects').objectStore('projects');
           const [names, values] = [projects.getAllKeys(), projects.getAll()];
           values.onsuccess = () => {
             result.close();
             done(names.result.map((name, at) => [name, values.result[at]]));
           };
         };",
        vec![],
    )
}

#[test]
fn each_project_has_what_was_done_in_it_and_stands_in_the_index() {
    let page = open();
    page.mark(HERE, "1");
    page.see_saved();
    // Wait for its listing, which the page makes when it rests: only then does it exist.
    let names =
        |page: &Page| -> Vec<String> { listed(page).into_iter().map(|(name, _)| name).collect() };
    let exists = |page: &Page| -> bool {
        page.ask_later(
            "indexedDB.databases().then((all) => done(all.some(({ name }) => name === 'themark projects')));",
            vec![],
        )
    };
    page.wait("the first is listed", || {
        exists(&page) && names(&page) == [FIRST]
    });
    go_to(&page, OTHER);
    // Only the first has what comes with the program.
    page.wait("it has no document", || {
        page.holds("!!document.querySelector('.nothing h1')")
    });
    paste(
        &page,
        "Prices\n\nThat seems to be a major reason for unrest.",
    );
    page.mark(THERE, "2");
    page.see_saved();
    page.reload();
    page.see(
        "the list",
        Page::listed,
        ["a major reason for unrest [Energy]"],
    );
    page.press("Ctrl+z");
    page.see_status("Undid tag Energy");
    page.press("Ctrl+Shift+z");
    page.see_saved();
    page.wait("both are listed", || names(&page) == [FIRST, OTHER]);
    let opened = |page: &Page| -> Vec<f64> {
        let entries = listed(page).into_iter();
        entries
            .map(|(_, entry)| entry["opened"].as_f64().unwrap())
            .collect()
    };
    let times = opened(&page);
    assert!(times[0] < times[1], "{times:?}");
    go_to(&page, FIRST);
    assert_eq!(
        page.listed(),
        ["sparked by rising gas prices [Sovereignty]"]
    );
    page.wait("it was opened later", || {
        let times = opened(&page);
        times[0] > times[1]
    });
    // What another window opens is nothing to this one.
    let _: bool = page.script(&format!(
        "localStorage.setItem('project', {}); return true;",
        json!(OTHER)
    ));
    page.reload();
    assert_eq!(
        page.listed(),
        ["sparked by rising gas prices [Sovereignty]"]
    );
    // What is no project's name opens none but the first.
    go_to(&page, "another page’s");
    assert_eq!(
        page.listed(),
        ["sparked by rising gas prices [Sovereignty]"]
    );
    assert_eq!(page.alerts(), Vec::<String>::new());
}

#[test]
fn a_project_is_made_renamed_copied_and_put_into_the_bin_and_back() {
    let page = open();
    page.mark(HERE, "1");
    page.see_saved();
    show_projects(&page);
    page.see("the projects", names, ["My project*"]);
    assert_eq!(page.violations(), Vec::<String>::new());
    // A new one, without the themes of the first.
    page.paste("Name of a new project", "Interviews");
    let _: bool =
        page.script("document.querySelector('.new-project [type=checkbox]').click(); return true;");
    page.reloaded_by(|| press_at(&page, "Make"));
    page.see("its name", shown, "Interviews".to_owned());
    page.wait("it has no document", || {
        page.holds("!!document.querySelector('.nothing h1')")
    });
    assert!(page.holds("!document.querySelector('.codes li')"));
    assert_eq!(page.violations(), Vec::<String>::new());
    paste(&page, "Anna\n\nWe had no gas that morning.");
    page.see("its document", titles, ["Anna"]);
    show_projects(&page);
    page.see("both", names, ["Interviews*", "My project"]);
    press_at(&page, "Rename: Interviews");
    page.paste("Name of the project", "Talks");
    press_at(&page, "Save");
    page.see("its new name", names, ["Talks*", "My project"]);
    page.see("its new name", shown, "Talks".to_owned());
    // A copy of the first has its articles, its mark and its history.
    press_at(&page, "Duplicate: My project");
    let copy = "My project (copy)";
    page.wait("the copy is listed", || {
        names(&page).contains(&copy.to_owned())
    });
    page.reloaded_by(|| press_at(&page, copy));
    page.see(
        "the list",
        Page::listed,
        ["sparked by rising gas prices [Sovereignty]"],
    );
    page.see("its documents", |page| titles(page).len(), 2_usize);
    page.press("Ctrl+z");
    page.see_status("Undid tag Sovereignty");
    page.see_saved();
    // Deleted, it is left for the one that was opened before; and brought back with one press.
    show_projects(&page);
    page.reloaded_by(|| press_at(&page, &format!("Delete: {copy}")));
    page.see("the one before", shown, "Talks".to_owned());
    page.see_notice("“My project (copy)” is in the bin.");
    show_projects(&page);
    assert!(!names(&page).contains(&copy.to_owned()));
    let _: bool = page.script("document.querySelector('dialog summary').click(); return true;");
    assert_eq!(page.violations(), Vec::<String>::new());
    press_at(&page, &format!("Put back: {copy}"));
    page.wait("it is back", || names(&page).contains(&copy.to_owned()));
    // For good, once that was asked.
    press_at(&page, &format!("Delete: {copy}"));
    page.wait("it is in the bin", || {
        page.holds("!!document.querySelector('dialog summary')")
    });
    let _: bool = page.script("document.querySelector('dialog summary').click(); return true;");
    // The first press is taken back by Escape, and by going elsewhere.
    let first = format!("Delete for good: {copy}");
    let second = format!("Really: it can’t be brought back: {copy}");
    let is_there = |name: &String| page.buttons_in("dialog", "Projects").contains(name);
    press_at(&page, &first);
    page.wait("it asks", || is_there(&second));
    page.press("Escape");
    page.wait("it asks no longer", || is_there(&first));
    press_at(&page, &first);
    page.wait("it asks", || is_there(&second));
    let _: bool = page.script("document.querySelector('dialog summary').focus(); return true;");
    page.wait("it asks no longer", || is_there(&first));
    press_at(&page, &first);
    press_at(&page, &second);
    page.wait("it is gone", || {
        page.holds("!document.querySelector('dialog summary')")
    });
    let left: Vec<String> = listed(&page)
        .into_iter()
        .map(|(_, entry)| entry["title"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(left, ["", "Talks"]);
    assert_eq!(page.alerts(), Vec::<String>::new());
    // Another of a name that is given is told apart.
    page.paste("Name of a new project", "Talks");
    page.reloaded_by(|| press_at(&page, "Make"));
    page.see("its name", shown, "Talks (2)".to_owned());
}

#[test]
fn a_project_that_is_deleted_in_one_window_is_left_by_the_others() {
    let page = open();
    show_projects(&page);
    page.paste("Name of a new project", "Shared");
    page.reloaded_by(|| press_at(&page, "Make"));
    paste(&page, "Anna\n\nWe had no gas that morning.");
    page.see_saved();
    let first = page.window();
    page.open_window();
    page.see("its name", shown, "Shared".to_owned());
    let second = page.window();
    page.turn_to(&first);
    show_projects(&page);
    page.reloaded_by(|| press_at(&page, "Delete: Shared"));
    page.see("the one before", shown, "My project".to_owned());
    page.turn_to(&second);
    page.wait("it has left", || shown(&page) == "My project");
    page.see_notice("“Shared” is in the bin.");
    page.reloaded_by(|| page.click("Put back"));
    page.see("its document", titles, ["Anna"]);
}

#[test]
fn the_sample_is_opened_by_one_press_and_thrown_away_by_one() {
    let page = open();
    show_projects(&page);
    page.reloaded_by(|| press_at(&page, "Try the sample"));
    page.see("its name", shown, "Sample".to_owned());
    page.see("its documents", |page| titles(page).len(), 4_usize);
    page.wait("its marks are listed", || page.listed().len() == 10);
    // One mark was made on an earlier version of a text.
    let _: bool = page.script(
        "[...document.querySelectorAll('.documents button')]
           .find((own) => own.textContent.includes('Anna')).click();
         return true;",
    );
    page.see(
        "the interview",
        open_title,
        "Interview 01: Anna, teacher".to_owned(),
    );
    page.wait("one is to be looked at", || {
        page.holds("document.querySelector('.panel').textContent.includes('Review')")
    });
    assert_eq!(page.violations(), Vec::<String>::new());
    page.reloaded_by(|| {
        let _: bool = page.script(
            "[...document.querySelectorAll('.project-head button')].at(-1).click(); return true;",
        );
    });
    page.see("the first", shown, "My project".to_owned());
    page.wait("it is gone for good", || listed(&page).len() == 1);
}

/// Downloads a project by its name.
fn downloaded(page: &Page, name: &str) -> (String, Vec<u8>) {
    show_projects(page);
    let file = page.file_downloaded_by(".themark", || press_at(page, &format!("Download: {name}")));
    page.click_in("dialog", "Projects", "Close");
    file
}

/// A project file but for the time at which it was made.
fn timeless(file: &[u8]) -> Vec<(String, String)> {
    let mut archive = Archive::open(file).unwrap();
    let names: Vec<String> = archive.names().map(str::to_owned).collect();
    let files = names.into_iter().map(|name| {
        let text = archive.text(&name).unwrap().unwrap();
        let lines = text.lines().filter(|line| !line.contains("\"generated\""));
        (name, lines.collect::<Vec<_>>().join("\n"))
    });
    files.collect()
}

#[test]
fn a_project_that_was_downloaded_comes_back_whole_where_all_was_lost() {
    let page = open();
    page.mark(HERE, "1");
    page.note("why then?");
    page.press("Escape");
    paste(&page, "Anna\n\nWe had no gas that morning.");
    page.mark("no gas", "2");
    page.see_saved();
    let (name, bytes) = downloaded(&page, "My project");
    assert_eq!(name, "my-project.themark");
    page.forget_everything();
    page.see("nothing is listed", Page::listed, Vec::<String>::new());
    show_projects(&page);
    page.choose_for("Project file", "other.themark", b"PK nothing of the kind");
    page.see_alert(&["It is damaged or not complete"]);
    page.choose_for("Project file", "mine.themark", &bytes);
    page.wait("what it holds is said", || {
        page.see_dialog("Projects")
            .concat()
            .contains("“My project”: 3 documents, 2 marks, with its history.")
    });
    assert_eq!(page.violations(), Vec::<String>::new());
    page.reloaded_by(|| press_at(&page, "Open as a new project"));
    page.see("its documents", |page| titles(page).len(), 3_usize);
    open_nth(&page, 0);
    page.see(
        "its marks",
        Page::listed,
        ["sparked by rising gas prices [Sovereignty] why then?"],
    );
    page.see_saved();
    show_projects(&page);
    // Both bear the same name.
    let again = page.file_downloaded_by(".themark", || {
        let _: bool = page.script(
            "document.querySelector('dialog li:has([aria-current]) .acts button:nth-child(3)').click(); return true;",
        );
    });
    assert_eq!(timeless(&again.1), timeless(&bytes));
}
