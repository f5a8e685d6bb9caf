//! Marks as files of several formats, of one document or all.

use browser_tests::{Page, open};

use crate::scripts::open_nth;

const HEADING: &str = "Export marks";

/// A passage of each of the bundled articles.
const NOTED: &str = "more attractive to foreign investment";
const OTHER: &str = "is a letter beyond the first plane";

/// Chooses what is called so in the dialog.
fn choose(page: &Page, name: &str) {
    let _: bool = page.script(&format!(
        "return (() => {{
           const all = [...document.querySelectorAll('dialog label')];
           all.find((own) => own.textContent.startsWith('{name}')).click();
           return true;
         }})()"
    ));
}

/// What is chosen in the dialog.
fn chosen(page: &Page) -> Vec<String> {
    page.script(
        "const all = [...document.querySelectorAll('dialog label:has(:checked) span')];
         return all.map((own) => own.firstChild.textContent.trim());",
    )
}

fn preview(page: &Page) -> String {
    page.script("return document.querySelector('dialog pre')?.textContent ?? '';")
}

fn see_preview(page: &Page, begins: &str) -> String {
    page.wait(&format!("the preview begins with {begins}"), || {
        preview(page).starts_with(begins)
    });
    preview(page)
}

#[test]
fn marks_of_all_documents_are_seen_and_downloaded_as_a_table_and_copied_as_a_report() {
    let mut page = open();
    open_nth(&page, 1);
    page.mark(OTHER, "2");
    open_nth(&page, 0);
    page.mark(NOTED, "1");
    page.note("=1+1");
    page.see_saved();
    open_nth(&page, 1);
    page.see("the marks", Page::listed, [format!("{OTHER} [Energy]")]);

    page.click("Other formats");
    page.see_dialog(HEADING);
    assert_eq!(chosen(&page), ["Table (CSV)", "This document"]);
    let own = see_preview(&page, "document,themes,quote,");
    assert!(own.contains(OTHER) && !own.contains(NOTED), "{own}");
    assert_eq!(page.violations(), Vec::<String>::new());
    choose(&page, "All documents");
    page.wait("the other document's mark is there", || {
        preview(&page).contains(NOTED)
    });
    let said = page.see_dialog(HEADING).concat();
    assert!(said.contains("1 cell would run as a formula"), "{said}");
    let file = page.downloaded_by(|| page.click_in("dialog", HEADING, "Download"));
    assert!(file.name.starts_with("themark.20") && file.name.ends_with(".annotations.csv"));
    assert!(file.text.starts_with("\u{feff}document,"));
    let rows: Vec<&str> = file.text.trim_end().split("\r\n").collect();
    assert_eq!(rows.len(), 3, "{rows:?}");
    let noted = rows.iter().find(|row| row.contains(NOTED));
    assert!(
        noted.is_some_and(|row| row.contains(",Sovereignty,") && row.contains(",exact,'=1+1,"))
    );

    // What was chosen last is there the next time, by the menu as well.
    page.press("Escape");
    page.wait("it is closed", || page.dialog().is_none());
    page.menu("Export…");
    page.see_dialog(HEADING);
    assert_eq!(chosen(&page), ["Table (CSV)", "All documents (2)"]);
    choose(&page, "Report");
    let report = see_preview(&page, "# Marks in 2 documents");
    assert!(
        report.contains("## Sovereignty") && report.contains(OTHER),
        "{report}"
    );
    page.click_in("dialog", HEADING, "Copy");
    page.wait("it says what became of that", || {
        let said = page.see_dialog(HEADING).concat();
        said.contains("Copied") || said.contains("did not allow")
    });
    choose(&page, "Web Annotation");
    see_preview(&page, "{");
    let file = page.downloaded_by(|| page.click_in("dialog", HEADING, "Download"));
    let value: serde_json::Value = serde_json::from_str(&file.text).unwrap();
    assert_eq!(value["total"], 2);
    page.resize(390, 844);
    assert_eq!(page.violations(), Vec::<String>::new());
    assert!(page.holds("document.querySelector('dialog').scrollWidth <= innerWidth"));
}

/// Has the panel list the marks of all documents, or of the open one.
fn list_of(page: &Page, which: &str) {
    page.put(".panel .scope", which, "change");
}

fn headings(page: &Page) -> Vec<String> {
    page.script("return [...document.querySelectorAll('.panel h3')].map((own) => own.textContent);")
}

#[test]
fn marks_of_all_documents_are_listed_and_go_out_and_back_onto_their_own() {
    let page = open();
    open_nth(&page, 1);
    page.mark(OTHER, "2");
    open_nth(&page, 0);
    page.mark(NOTED, "1");
    page.see_saved();
    let [noted, other] = [
        format!("{NOTED} [Sovereignty]"),
        format!("{OTHER} [Energy]"),
    ];
    page.see("the open document's", Page::listed, [noted.clone()]);
    list_of(&page, "all");
    page.see("all", Page::listed, [other.clone(), noted.clone()]);
    assert_eq!(headings(&page).len(), 2);
    assert_eq!(page.violations(), Vec::<String>::new());
    // A press on one of another document goes there, and the list stays.
    page.click_entry(OTHER);
    page.wait("it is chosen there", || {
        page.current().as_deref() == Some(OTHER)
    });
    page.wait("it is in view", || page.in_view(OTHER));
    page.see("all", Page::listed, [other.clone(), noted.clone()]);

    page.click("Other formats");
    page.see_dialog(HEADING);
    choose(&page, "Web Annotation");
    choose(&page, "All documents");
    page.wait("both are in it", || {
        preview(&page).contains("Marks in 2 documents")
    });
    let file = page.downloaded_by(|| page.click_in("dialog", HEADING, "Download"));
    page.forget_everything();
    page.wait_until_loaded();
    page.choose("all.annotations.json", file.text);
    let said = page.see_dialog("Import annotations").concat();
    assert!(said.contains("1 into “A page in many scripts"), "{said}");
    page.click_in("dialog", "Import annotations", "Add to documents");
    page.see_status("Imported 2 annotations");
    list_of(&page, "all");
    page.see("all are back", Page::listed, [other, noted]);
}
