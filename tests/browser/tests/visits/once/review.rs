//! Passages that were not found for sure.

use browser_tests::{Page, open};
use serde_json::json;

/// Words that stand in the article many times, and words that do not.
const MANY: &str = "Kazakhstan";
const NONE: &str = "words that stand nowhere";

/// A page with one annotation on each, imported from another tool's file.
fn open_with_two_to_review() -> Page {
    let page = open();
    let item = |id: &str, words: &str| {
        json!({
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": format!("https://example.org/{id}"),
            "type": "Annotation",
            "body": { "type": "TextualBody", "purpose": "tagging", "value": "Energy" },
            "target": {
                "source": "https://example.org/elsewhere",
                "selector": { "type": "TextQuoteSelector", "exact": words },
            },
        })
    };
    page.choose(
        "two.json",
        json!([item("many", MANY), item("none", NONE)]).to_string(),
    );
    page.see_dialog("Import annotations");
    page.click_in("dialog", "Import annotations", "Add to article");
    page.see_status("Imported 2 annotations");
    page.wait("both have been looked for", || {
        page.buttons_in("region", "Annotations")
            .iter()
            .any(|name| name == "Review 2")
    });
    page
}

fn review_count(page: &Page) -> String {
    page.buttons_in("region", "Annotations")
        .into_iter()
        .find(|name| name.starts_with("Review"))
        .unwrap_or_default()
}

#[test]
fn nothing_is_painted_on_a_guess() {
    let page = open_with_two_to_review();
    assert!(page.highlights().is_empty());
    assert_eq!(
        page.listed(),
        [format!("{MANY} [Energy]"), format!("{NONE} [Energy]")]
    );
}

#[test]
fn a_candidate_is_looked_at_and_accepted_by_keyboard() {
    let page = open_with_two_to_review();
    page.click("Review 2");
    page.press("j");
    page.see("the selected one", Page::current, Some(MANY.to_owned()));
    page.tab_to("Show it");
    page.press("Enter");
    page.see_selected(MANY);
    page.see_status("Press Enter to attach it here");
    assert_eq!(page.focused(), "article");
    page.press("Enter");
    page.see_status("Attached");
    page.see("what is painted", |page| page.painted("line-1"), [MANY]);
    assert_eq!(review_count(&page), "Review 1");
    page.press("Ctrl+z");
    page.see_status("Undid attach");
    page.wait("it is to be reviewed again", || {
        review_count(&page) == "Review 2"
    });
    assert!(page.highlights().is_empty());
}

#[test]
fn a_lost_one_is_put_on_a_selection_or_kept_as_lost() {
    let page = open_with_two_to_review();
    page.click("Review 2");
    page.click_entry(NONE);
    page.click_in("region", "Annotations", "Keep as lost");
    page.see_status("Kept as lost");
    assert_eq!(review_count(&page), "Review 1");
    page.see_saved();
    assert!(page.download().text.contains("\"themark:place\": \"lost\""));
    page.reload();
    page.wait("the other one has been looked for", || {
        review_count(&page) == "Review 1"
    });
    assert_eq!(page.quotes().len(), 2, "it stays in the list of all");

    page.click("Review 1");
    page.click_entry(MANY);
    page.click_in("region", "Annotations", "Select it myself");
    page.see_status("Select the passage in the article");
    page.select("scores of civilians");
    page.click_in_bar("Attach here");
    page.see_status("Attached");
    page.see(
        "what is painted",
        |page| page.painted("line-1"),
        ["scores of civilians"],
    );
    assert_eq!(page.violations(), Vec::<String>::new());
}

#[test]
fn one_that_was_given_up_can_still_be_put_somewhere() {
    let page = open_with_two_to_review();
    page.click("Review 2");
    page.click_entry(NONE);
    page.click_in("region", "Annotations", "Keep as lost");
    page.see_status("Kept as lost");
    // The next one has the focus, so that keys go on from there.
    page.wait("the next one has the focus", || {
        page.focused().contains(MANY)
    });
    page.click("All 2");
    page.click_entry(NONE);
    let buttons = page.buttons_in("group", "Where is this passage?");
    assert_eq!(buttons, ["Select it myself"]);
    page.click_in("region", "Annotations", "Select it myself");
    page.see_status(&format!("Select the passage in the article for “{NONE}”"));
    page.select("scores of civilians");
    // There is one thing to do with it, and a theme's key does not do another.
    assert_eq!(page.buttons_in("toolbar", "Tag selection"), ["Attach here"]);
    page.press("3");
    page.see_status("Press Enter to attach it here");
    assert_eq!(page.quotes().len(), 2);
    page.press("Escape");
    page.see_status("Nothing was attached");
    // Elsewhere: two drags in one place in a row are a double click to some engines.
    page.select("sparked by rising gas prices");
    page.wait("themes are there again", || {
        page.buttons_in("toolbar", "Tag selection").len() > 3
    });
}
