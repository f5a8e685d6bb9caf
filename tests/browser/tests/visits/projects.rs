//! Projects: a database each, and an index of them.

use browser_tests::{Page, open};
use serde_json::{Value, json};

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
    assert_eq!(page.listed(), Vec::<String>::new());
    page.mark(THERE, "2");
    page.see_saved();
    page.reload();
    assert_eq!(page.listed(), ["a major reason for unrest [Energy]"]);
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
