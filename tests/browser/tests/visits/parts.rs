//! What nobody needs for the first mark comes later, in a file of its own.

use browser_tests::{Page, Visit, open, settings};
use serde_json::json;

const PASSAGE: &str = "sparked by rising gas prices";

/// The part's file. A quick build is in one piece; that a release is not, its build makes sure.
fn part() -> Option<String> {
    let files = std::fs::read_dir(settings::dist()).unwrap();
    files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .find(|name| name.starts_with("split_"))
}

/// A page in which the part can be made to get lost.
fn open_with_a_part() -> Option<Page> {
    part()?;
    let before = "const asked = window.fetch;
        window.lost = 0;
        window.fetch = (address, ...rest) => {
          const times = Number(sessionStorage.times ?? 0);
          if (!String(address).includes('/split_') || window.lost >= times) return asked(address, ...rest);
          window.lost += 1;
          return Promise.reject(new TypeError('the network is gone'));
        };";
    Some(Visit::default().after(before).open())
}

/// From now on the part gets lost so often, once ahead of time.
fn lose(page: &Page, times: usize) {
    page.script::<()>(&format!("sessionStorage.times = {times};"));
    page.reload();
    see_lost(page, 1);
}

/// From now on it gets lost whenever it is asked for, until it may come.
fn lose_always(page: &Page) {
    page.script::<()>("sessionStorage.times = 1000;");
    page.reload();
    page.wait("it got lost", || page.holds("window.lost > 0"));
}

fn may_come(page: &Page) {
    page.script::<()>("sessionStorage.times = 0;");
}

fn see_lost(page: &Page, times: usize) {
    let lost = |page: &Page| page.script::<usize>("return window.lost;");
    page.see("how often it got lost", lost, times);
}

#[test]
fn there_is_no_script_but_those_beside_the_program_and_what_the_tools_write() {
    let scripts = |folder: std::path::PathBuf| -> Vec<String> {
        let files = std::fs::read_dir(folder).unwrap();
        let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.ends_with(".js")).collect()
    };
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut known = scripts(root.join("src/boot"));
    assert!(known.iter().any(|name| name == "start.js"));
    // The programs of the page and of its workers, by wasm-bindgen.
    known.extend(["themark.js", "worker.js", "reader.js"].map(str::to_owned));
    for name in scripts(settings::dist()) {
        assert!(known.contains(&name), "{name}");
    }
}

#[test]
fn a_part_comes_once_the_page_rests_before_anybody_asks_for_it() {
    let Some(part) = part() else { return };
    let page = open();
    page.wait("it is here", || {
        page.server.asked().contains(&format!("/{part}"))
    });
    page.press("?");
    page.see_dialog("Keys");
}

#[test]
fn a_dialog_that_does_not_arrive_says_so_and_comes_at_another_press() {
    let Some(page) = open_with_a_part() else {
        return;
    };
    lose(&page, 3);
    // Marking goes on without it.
    page.mark(PASSAGE, "2");
    page.press("?");
    page.see_dialog("Not loaded");
    assert_eq!(page.violations(), Vec::<String>::new());
    page.click("Try again");
    see_lost(&page, 3);
    page.see_dialog("Not loaded");
    page.click("Try again");
    page.see_dialog("Keys");
    page.press("Escape");
    page.wait("it is closed", || page.dialog().is_none());
    assert_eq!(page.listed(), [format!("{PASSAGE} [Energy]")]);
}

#[test]
fn a_dialog_that_is_on_its_way_says_so_and_can_be_called_off() {
    let Some(part) = part() else { return };
    let page = open();
    page.server.withhold(Some(&format!("/{part}")));
    page.reload();
    page.mark(PASSAGE, "2");
    page.press("?");
    page.see_dialog("One moment");
    // No key goes past it.
    page.press("3");
    page.press("Escape");
    page.wait("it is called off", || page.dialog().is_none());
    page.server.withhold(None);
    page.wait("the part is here", || {
        page.press("?");
        page.dialog().is_some_and(|dialog| dialog.heading == "Keys")
    });
    page.press("Escape");
    assert_eq!(page.listed(), [format!("{PASSAGE} [Energy]")]);
}

#[test]
fn a_file_for_which_the_part_does_not_arrive_can_be_brought_again() {
    let Some(page) = open_with_a_part() else {
        return;
    };
    lose(&page, 3);
    page.mark(PASSAGE, "2");
    let file = page.download().text;
    page.choose("annotations.json", &file);
    page.see_status("This part of Themark could not be loaded");
    page.drop_file("annotations.json", &file);
    see_lost(&page, 3);
    page.import_nothing_new(&file);
}

/// A mark whose words do not stand in the article, as a file.
fn nowhere() -> String {
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "https://example.org/nowhere",
        "type": "Annotation",
        "target": {
            "source": "https://example.org/elsewhere",
            "selector": { "type": "TextQuoteSelector", "exact": "words that stand nowhere" },
        },
    })
    .to_string()
}

fn has(page: &Page, name: &str) -> bool {
    let buttons = page.buttons_in("region", "Annotations");
    buttons.iter().any(|button| button == name)
}

#[test]
fn a_review_that_does_not_arrive_says_so_in_its_card() {
    let Some(page) = open_with_a_part() else {
        return;
    };
    page.import(&nowhere());
    page.wait("it was looked for", || has(&page, "Review 1"));
    page.click_entry("words that stand nowhere");
    page.click("Keep as lost");
    page.see_status("Kept as lost");
    page.see_saved();
    // The card asks for it, and it is asked for ahead of time.
    lose_always(&page);
    page.click_entry("words that stand nowhere");
    page.wait("it is not there", || {
        has(&page, "Try again") && !has(&page, "Select it myself")
    });
    assert_eq!(page.violations(), Vec::<String>::new());
    may_come(&page);
    // The documents, which did not come either, offer the same.
    let _: bool = page.script(
        "const all = [...document.querySelectorAll('.panel button')];
         all.find((own) => own.textContent === 'Try again').click();
         return true;",
    );
    page.wait("it can be reviewed", || has(&page, "Select it myself"));
}

#[test]
fn passages_for_which_the_part_does_not_arrive_are_looked_for_when_asked() {
    let Some(page) = open_with_a_part() else {
        return;
    };
    page.import(&nowhere());
    page.wait("it was looked for", || has(&page, "Review 1"));
    page.see_saved();
    // The search asks for it, and it is asked for ahead of time.
    lose_always(&page);
    let said = |words: &str| page.alerts().concat().contains(words);
    page.wait("it says so", || said("could not be loaded"));
    assert_eq!(page.violations(), Vec::<String>::new());
    assert!(page.list()[0].unplaced.contains("looked for"));
    // Nothing waits for it meanwhile.
    let file = page.download().text;
    assert!(file.contains("\"themark:place\": \"unsought\""), "{file}");
    may_come(&page);
    page.click("Look again");
    page.wait("it was looked for", || has(&page, "Review 1"));
    assert!(page.alerts().is_empty());
}

#[test]
fn a_download_that_waits_for_the_part_says_so_and_comes_once_it_is_here() {
    let Some(part) = part() else { return };
    let page = open();
    page.import(&nowhere());
    page.wait("it was looked for", || has(&page, "Review 1"));
    page.see_saved();
    page.server.withhold(Some(&format!("/{part}")));
    page.reload();
    let file = page.downloaded_by(|| {
        page.click("Download JSON");
        page.wait("it says that it waits", || {
            page.script::<bool>(
                "return !!document.querySelector('.works')?.textContent.includes('Loading…');",
            )
        });
        page.server.withhold(None);
    });
    let lost = "\"themark:place\": \"lost\"";
    assert!(file.text.contains(lost), "{}", file.text);
}

#[test]
fn a_key_for_which_the_part_does_not_arrive_acts_when_it_is_pressed_again() {
    let Some(page) = open_with_a_part() else {
        return;
    };
    lose(&page, 2);
    page.mark(PASSAGE, "2");
    page.press("Alt+Shift+Left");
    page.see_status("This part of Themark could not be loaded");
    see_lost(&page, 2);
    page.press("Alt+Shift+Left");
    page.see_status("Marked “sparked by rising gas”");
    assert_eq!(page.listed(), ["sparked by rising gas [Energy]"]);
}

#[test]
fn a_key_that_waits_for_the_part_acts_once_it_is_here() {
    let Some(part) = part() else { return };
    let page = open();
    page.server.withhold(Some(&format!("/{part}")));
    page.reload();
    page.mark(PASSAGE, "2");
    page.press("Alt+Shift+Left");
    page.see_status("Loading…");
    page.server.withhold(None);
    page.see_status("Marked “sparked by rising gas”");
}

#[test]
fn what_is_printed_before_the_part_is_there_says_so() {
    let Some(page) = open_with_a_part() else {
        return;
    };
    lose(&page, 2);
    let sheet: String = page.script(
        "dispatchEvent(new Event('beforeprint'));
         return document.querySelector('.printed').textContent;",
    );
    assert!(sheet.contains("could not be loaded"), "{sheet}");
    see_lost(&page, 2);
    page.wait_until_printable();
}
