//! Files and texts that would like to be more than words, or to take more than there is.

use std::time::Duration;

use browser_tests::{Page, Visit, open};
use serde_json::{Value, json};

use crate::library::add;
use crate::once::replace::{compare, replace};

const PASSAGE: &str = "sparked by rising gas prices";

/// Words that do something where they are taken for markup, styles or addresses.
const WORDS: [&str; 6] = [
    "<img src=https://elsewhere.example/image onerror=\"window.fooled = true\">",
    "<script src=https://elsewhere.example/script.js></script><script>window.fooled = true</script>",
    "</style><style>@import url(https://elsewhere.example/style.css);</style>",
    "javascript:window.fooled=true",
    "\"><iframe src=https://elsewhere.example/></iframe><svg onload=window.fooled=true>",
    "x}*{background:url(https://elsewhere.example/background)}::highlight(x){color:red",
];

/// Remembers whatever is asked for, by whichever way, and from whom.
const WATCH: &str = "
    window.sought = [];
    new PerformanceObserver((list) => {
      window.sought.push(...list.getEntries().map((entry) => entry.name));
    }).observe({ type: 'resource', buffered: true });";

/// An annotation file that says all of them wherever something can be said.
fn file() -> String {
    let items: Vec<_> = WORDS
        .iter()
        .enumerate()
        .map(|(number, words)| {
            json!({
                "id": format!("https://elsewhere.example/{number}"),
                "type": "Annotation",
                "creator": { "type": "Person", "name": words, "homepage": "https://elsewhere.example/me" },
                "body": [
                    { "type": "TextualBody", "purpose": "commenting", "value": words, "format": "text/html" },
                    { "type": "TextualBody", "purpose": "tagging", "value": words },
                    { "type": "Image", "id": "https://elsewhere.example/body.png" },
                ],
                "stylesheet": "https://elsewhere.example/style.css",
                "target": {
                    "source": "https://elsewhere.example/article",
                    "renderedVia": "https://elsewhere.example/viewer",
                    "selector": [{ "type": "TextQuoteSelector", "exact": PASSAGE, "prefix": words, "suffix": words }],
                },
            })
        })
        .collect();
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "https://elsewhere.example/collection",
        "type": "AnnotationCollection",
        "first": {
            "id": "https://elsewhere.example/page1",
            "type": "AnnotationPage",
            "items": items,
            "next": "https://elsewhere.example/page2",
        },
    })
    .to_string()
}

/// Nothing was asked for elsewhere, the policy had nothing to forbid, nothing ran, and words
/// became nothing but words.
#[track_caller]
pub(crate) fn check(page: &Page, own: &[String]) {
    assert_eq!(page.wrongs(), Vec::<String>::new());
    let sought: Vec<String> = page.script("return window.sought;");
    assert!(
        sought.iter().any(|address| address.ends_with(".wasm")),
        "{sought:?}"
    );
    let origin = page.server.origin();
    for address in &sought {
        let is_own = address.starts_with(&origin) || address.starts_with(&format!("blob:{origin}"));
        assert!(is_own, "{address}");
    }
    let fooled: bool = page.script("return window.fooled === true;");
    assert!(!fooled);
    assert_eq!(markup(page), own);
}

/// What there is in the page of such as asks for something or runs.
pub(crate) fn markup(page: &Page) -> Vec<String> {
    page.script(
        "const some = ':is(img, script, style, iframe, object, embed, link, a, svg)';
         return [...document.body.querySelectorAll(some)].map((each) => each.outerHTML);",
    )
}

/// Drops files on the page: their names, and what they hold, as the page's script makes it.
pub(crate) fn drop_made(page: &Page, files: &[(&str, &str)]) {
    let mut script = "const data = new DataTransfer();\n".to_owned();
    for (name, made) in files {
        script += &format!("data.items.add(new File([{made}], {name:?}));\n");
    }
    let script = format!(
        "(async () => {{
           {script}
           const bubbling = {{ bubbles: true, cancelable: true, dataTransfer: data }};
           document.body.dispatchEvent(new DragEvent('drop', bubbling));
         }})().then(() => done(true), (error) => done(String(error)));"
    );
    let _: bool = page.ask_later(&script, Vec::new());
}

/// Waits until each file that came has said what becomes of it: its name, and words of that.
#[track_caller]
pub(crate) fn see_outcomes(page: &Page, expected: &[(&str, &str)]) {
    for (name, words) in expected {
        page.wait(&format!("{name}: {words}"), || {
            let lines: Vec<String> = page.script(
                "return [...document.querySelectorAll('.brought > li')].map((own) => own.innerText);",
            );
            let mut own = lines.iter().filter(|line| line.starts_with(name));
            own.any(|line| line.contains(words))
        });
    }
}

/// A page of which the program gets to hear what is asked for, and that may take its time.
pub(crate) fn open_patiently() -> Page {
    let patient = Visit {
        patience: Duration::from_secs(120),
        ..Visit::default()
    };
    patient.after(WATCH).open()
}

#[test]
fn a_file_that_takes_too_much_memory_is_refused_and_the_next_is_read() {
    let page = open_patiently();
    let own = markup(&page);
    let burden = "'*word* '.repeat(4e6)";
    drop_made(
        &page,
        &[
            ("one.md", burden),
            ("long.txt", "'word '.repeat(12e6)"),
            ("two.md", burden),
            ("good.md", "'# Good\\n\\nWords of a person.'"),
        ],
    );
    let too_much = "It needs more memory than a page may use.";
    see_outcomes(
        &page,
        &[
            ("one.md", too_much),
            ("long.txt", "It is larger than 32 MB"),
            ("two.md", too_much),
            ("good.md", "Words of a person."),
        ],
    );
    add(&page, 1);
    page.wait("it is open", || page.text().contains("Words of a person."));
    page.mark("of a person", "1");
    page.see_saved();
    // The article's own links are gone with it.
    check(&page, &own[..1]);
}

#[test]
fn a_hostile_annotation_file_is_words() {
    let page = Visit::default().after(WATCH).open();
    let own = markup(&page);
    page.import(&file());
    page.see("the list", |page| page.list().len(), WORDS.len());
    page.wait("the words are seen", || {
        let notes: Vec<String> = page.list().into_iter().map(|entry| entry.note).collect();
        WORDS
            .iter()
            .all(|words| notes.iter().any(|note| note == words))
    });
    page.press_times(WORDS.len(), "j");
    page.hover(PASSAGE);
    page.settle();
    check(&page, &own);
    page.reload();
    page.see("the list", |page| page.list().len(), WORDS.len());
    check(&page, &own);
    // It goes out as it came in: words.
    let exported: Value = serde_json::from_str(&page.download().text).unwrap();
    let items = exported["first"]["items"].as_array().unwrap();
    assert_eq!(items.len(), WORDS.len());
}

#[test]
fn a_hostile_text_is_words() {
    let page = Visit::default().after(WATCH).open();
    let own = markup(&page);
    compare(&page, &WORDS.join("\n\n"));
    replace(&page);
    let text = page.text();
    for words in WORDS {
        assert!(text.contains(words), "{text}");
    }
    page.mark("javascript:window.fooled", "1");
    page.see_saved();
    check(&page, &own);
    page.reload();
    assert!(page.text().contains(WORDS[1]));
    check(&page, &own);
}

/// A file with a mark that has so many tags, and a note of so many bytes on lines of its own.
fn long(tags: usize, note: usize) -> String {
    let tags = (0..tags).map(|number| {
        json!({ "type": "TextualBody", "purpose": "tagging", "value": format!("Theme {number}") })
    });
    let line = "A line of a note that never ends.\n";
    let note = json!({ "type": "TextualBody", "value": line.repeat(note / line.len()) });
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "https://elsewhere.example/long",
        "type": "Annotation",
        "body": tags.chain([note]).collect::<Vec<_>>(),
        "target": {
            "source": "https://elsewhere.example/article",
            "selector": { "type": "TextQuoteSelector", "exact": PASSAGE },
        },
    })
    .to_string()
}

#[test]
fn of_thousands_of_tags_and_a_note_without_end_the_first_are_shown_and_all_are_kept() {
    let page = open();
    page.import(&long(3_000, 1_000_000));
    for is_opened_again in [false, true] {
        if is_opened_again {
            page.reload();
        }
        page.see("the list", |page| page.list().len(), 1_usize);
        let entry = page.list().remove(0);
        assert_eq!(entry.themes.len(), 12);
        assert!(entry.note.len() < 1_000 && entry.note.ends_with('…'));
        assert!(entry.note.contains("ends.\nA line"), "its lines stay lines");
        let panel: String = page.script("return document.querySelector('.panel').textContent;");
        assert!(panel.contains("and 2,988 more"), "{panel}");
        assert!(panel.contains("and 2,991 more themes"), "{panel}");
        page.hover(PASSAGE);
        page.wait("the tooltip tells of some", || {
            let told = page.tooltip().unwrap_or_default();
            told.contains("Theme 11 and 2,988 more") && told.len() < 2_000
        });
        let margin: String = page
            .script("return document.querySelector('.gutter button').getAttribute('aria-label');");
        assert!(margin.ends_with("Theme 11 and 2,988 more"), "{margin}");
        let drawn: usize = page.script("return document.querySelectorAll('*').length;");
        assert!(drawn < 1_000, "{drawn} elements");
    }
    // Any theme can be chosen, and what is printed is not nested without end.
    page.select("scores of civilians");
    page.menu_of_bar("Theme 57");
    page.see_status("Tagged Theme 57");
    page.press("Ctrl+z");
    page.wait_until_printable();
    let deepest: usize = page.script(
        "dispatchEvent(new Event('beforeprint'));
         let deepest = 0;
         for (let line of document.querySelectorAll('.printed .line')) {
           let depth = 0;
           for (; line.classList.contains('line'); line = line.parentElement) depth += 1;
           deepest = Math.max(deepest, depth);
         }
         dispatchEvent(new Event('afterprint'));
         return deepest;",
    );
    assert!((12..=24).contains(&deepest), "{deepest} lines");
    let exported: Value = serde_json::from_str(&page.download().text).unwrap();
    let bodies = exported["first"]["items"][0]["body"].as_array().unwrap();
    assert_eq!(bodies.len(), 3_001);
    assert!(bodies[3_000]["value"].as_str().unwrap().len() > 999_000);
}
