//! Files in.

use browser_tests::{Page, open};

const ONE: &str = "sparked by rising gas prices";
const TWO: &str = "a major reason for unrest";

fn without_time(file: &str) -> String {
    let lines = file.lines().filter(|line| !line.contains("\"generated\""));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn two_exports_of_one_state_differ_by_their_time_only() {
    let page = open();
    page.mark(ONE, "1");
    page.mark(TWO, "2");
    let (first, second) = (page.download().text, page.download().text);
    assert_eq!(without_time(&first), without_time(&second));
}

/// A file with a mark on words that are nowhere in the article.
fn lost() -> String {
    serde_json::json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "https://example.org/lost",
        "type": "Annotation",
        "target": {
            "source": "https://example.org/elsewhere",
            "selector": { "type": "TextQuoteSelector", "exact": "words that stand nowhere" },
        },
    })
    .to_string()
}

#[test]
fn what_is_downloaded_right_after_opening_says_what_a_later_file_says() {
    let page = open();
    page.import(&lost());
    page.wait("it is said to be nowhere", || {
        page.list()[0].unplaced.contains("not in this text")
    });
    let before = page.download().text;
    assert!(before.contains("\"themark:place\": \"lost\""), "{before}");
    page.server.withhold(Some("/worker_bg.wasm"));
    page.reload();
    let (looking, waiting) = ("Looking for passages", "Waiting to download");
    page.click("Download JSON");
    page.wait("it waits", || page.has("group", waiting));
    assert!(page.has("group", looking));
    // Whoever presses again waits for the same.
    page.click("Download JSON");
    page.click_in("group", waiting, "Stop");
    page.see_status("Stopped; nothing was downloaded");
    assert!(page.has("group", looking));
    let after = page.downloaded_by(|| {
        page.click("Download JSON");
        page.wait("it waits", || page.has("group", waiting));
        page.server.withhold(None);
    });
    assert_eq!(without_time(&after.text), without_time(&before));
    assert!(!page.has("group", waiting));
}

#[test]
fn where_passages_were_not_looked_for_a_download_says_so() {
    let page = open();
    page.import(&lost());
    page.server.withhold(Some("/worker_bg.wasm"));
    page.reload();
    let file = page.downloaded_by(|| {
        page.click("Download JSON");
        page.wait("it waits", || page.has("group", "Waiting to download"));
        page.click_in("group", "Looking for passages", "Stop");
    });
    assert!(
        file.text.contains("\"themark:place\": \"unsought\""),
        "{}",
        file.text
    );
    page.see_status("; not looked for: 1 of its marks");
    // What nobody looks for is not waited for.
    let again = page.download();
    assert_eq!(without_time(&again.text), without_time(&file.text));
    page.server.withhold(None);
    page.click("Look again");
    page.wait("it is said to be nowhere", || {
        page.list()[0].unplaced.contains("not in this text")
    });
    assert!(page.download().text.contains("\"themark:place\": \"lost\""));
}

#[test]
fn a_preview_says_what_is_new_changed_and_unplaced_and_one_undo_takes_all_back() {
    let page = open();
    page.mark(ONE, "1");
    page.mark(TWO, "2");
    let file = page.download().text;
    // One is deleted here, one differs here, and the file brings one without a place.
    page.click_entry(TWO);
    page.press("Delete");
    page.see_status("Deleted");
    page.click_entry(ONE);
    page.press("3");
    page.see_status("Tagged Counterterrorism");
    let before = page.listed();

    let mut value: serde_json::Value = serde_json::from_str(&file).unwrap();
    let items = value["first"]["items"].as_array_mut().unwrap();
    let mut lost = items[0].clone();
    lost["id"] = "https://example.org/lost".into();
    lost["target"]["selector"] =
        serde_json::json!([{ "type": "TextQuoteSelector", "exact": "words that stand nowhere" }]);
    items.push(lost);
    value["total"] = 3.into();

    page.choose("changed.json", value.to_string());
    let lines = page.see_dialog("Import annotations").join("\n");
    for part in ["2 new", "1 changed", "1 unplaced"] {
        assert!(lines.contains(part), "{part}: {lines}");
    }
    page.click_in("dialog", "Import annotations", "Cancel");
    assert_eq!(page.listed(), before, "a preview changes nothing");
    page.choose("changed.json", value.to_string());
    page.see_dialog("Import annotations");
    page.click_in("dialog", "Import annotations", "Add to article");
    page.see_status("Imported 3 annotations");
    let list = page.list();
    assert_eq!(list.len(), 3);
    assert_eq!(list[2].quote, "words that stand nowhere");
    page.wait("it is said to be nowhere", || {
        page.list()[2].unplaced.contains("not in this text")
    });
    assert_eq!(list[0].themes, ["Sovereignty"]);
    assert!(page.download().text.contains("https://example.org/lost"));

    page.press("Ctrl+z");
    page.see_status("Undid import of 3 annotations");
    assert_eq!(page.listed(), before);
}

#[test]
fn a_dropped_file_is_imported_too() {
    let page = open();
    page.mark(ONE, "2");
    let file = page.download().text;
    page.press("Ctrl+z");
    page.see("the list", |page| page.quotes().len(), 0_usize);
    page.drop_file("dropped.json", &file);
    page.see_dialog("Import annotations");
    page.click_in("dialog", "Import annotations", "Add to article");
    page.see("the list", Page::listed, vec![format!("{ONE} [Energy]")]);
}

#[test]
fn what_is_not_a_valid_file_is_refused_with_what_and_where() {
    let page = open();
    page.mark(ONE, "2");
    let before = page.listed();
    let anno = "http://www.w3.org/ns/anno.jsonld";
    let no_target =
        format!(r#"{{"@context":"{anno}","id":"https://example.org/1","type":"Annotation"}}"#);
    let bad_second = format!(
        r#"[{{"@context":"{anno}","id":"https://example.org/1","type":"Annotation","target":"https://example.org/"}},
            {{"@context":"{anno}","id":"https://example.org/2","type":"Annotation","target":9}}]"#
    );
    for (name, bytes, word) in [
        ("words.json", "just words".as_bytes(), "not JSON"),
        ("cut.json", br#"{"@context": "#, "JSON"),
        ("empty.json", b"", "JSON"),
        ("target.json", no_target.as_bytes(), "target"),
        ("second.json", bad_second.as_bytes(), "/1/target"),
        ("bytes.json", &[0xff, 0xfe, 0x00, 0x9f], "UTF-8"),
        ("latin.json", b"{\"label\": \"\xe9\"}", "UTF-8"),
        ("interview.pdf", b"%PDF-1.7\n\xe2\xe3", "It is a PDF."),
        (
            "package.json",
            br#"{"name": "x", "version": "1"}"#,
            "holds no annotations",
        ),
    ] {
        page.choose(name, bytes);
        let lines = page.see_dialog("This file can’t be imported").join(" ");
        assert!(
            lines.contains(name) && lines.contains(word),
            "{name}: {lines}"
        );
        page.click_in("dialog", "This file can’t be imported", "Close");
        page.see("no dialog", |page| page.dialog().is_none(), true);
    }
    assert_eq!(page.listed(), before);
}

#[test]
fn hostile_words_stay_words() {
    let page = open();
    let file = format!(
        r#"{{"@context":"http://www.w3.org/ns/anno.jsonld","id":"https://example.org/1","type":"Annotation",
            "body":[{{"type":"TextualBody","purpose":"tagging","value":"<img src=x onerror=alert(1)>"}},
                    {{"type":"TextualBody","purpose":"commenting","value":"<script>alert(1)</script>"}}],
            "target":{{"source":"javascript:alert(1)","selector":{{"type":"TextQuoteSelector","exact":"{ONE}"}}}}}}"#
    );
    page.import(&file);
    let entry = page.list().remove(0);
    assert_eq!(entry.themes, ["<img src=x onerror=alert(1)>"]);
    assert_eq!(entry.note, "<script>alert(1)</script>");
    let made: usize = page.script("return document.querySelectorAll('img, main script').length;");
    assert_eq!(made, 0);
}

#[test]
fn what_a_file_would_do_waits_for_the_dialog_that_was_opened_meanwhile() {
    let page = open();
    page.server.withhold(Some("/worker_bg.wasm"));
    page.reload();
    page.choose("lost.json", lost());
    page.see_status("Reading");
    page.press("?");
    page.see_dialog("Keys");
    page.server.withhold(None);
    page.wait("it has been read", || !page.status().contains("Reading"));
    page.settle();
    page.see_dialog("Keys");
    page.press("Escape");
    page.see_dialog("Import annotations");
    page.click_in("dialog", "Import annotations", "Add to article");
    page.see_status("Imported");
}
