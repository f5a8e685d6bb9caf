//! Ways in: the same text again, new versions from files, one door for whatever comes, folders, and a
//! reader that is stopped.

use browser_tests::{Engine, Page, Visit, open, page};
use serde_json::json;

use crate::library::{WORD, add, begin};
use crate::offline::kept;

const HEADING: &str = "Open texts";
const FILES: &str = "Text files";

const FIRST: &str = "# Rise\n\nThe prices rose overnight.\n\nNobody had been told.";
const SECOND: &str = "# Rise\n\nA new beginning.\n\nThe **prices rose** overnight.";

fn documents(page: &Page) -> usize {
    page.script("return document.querySelectorAll('.documents .document').length;")
}

/// What the lines of the dialog say.
fn lines(page: &Page) -> Vec<String> {
    page.script(
        "return [...document.querySelectorAll('.brought > li')].map((own) => own.innerText);",
    )
}

/// Waits until some line says something.
#[track_caller]
fn see_line(page: &Page, words: &str) {
    page.wait(words, || {
        lines(page).iter().any(|line| line.contains(words))
    });
}

#[track_caller]
fn see_button(page: &Page, name: &str) {
    page.wait(name, || {
        let buttons = page.buttons_in("dialog", HEADING);
        buttons.iter().any(|own| own == name)
    });
}

/// Opens a document in Markdown, called `rise.md`, and marks some words of it.
fn open_first(page: &Page) {
    begin(page);
    page.choose_for(FILES, "rise.md", FIRST);
    add(page, 1);
    page.wait("it is open", || page.text().contains("overnight"));
    page.mark("prices rose", "1");
    page.see_saved();
}

/// Takes another of what may be done with a line.
fn choose(page: &Page, line: usize, way: usize) {
    let select = format!(".brought > li:nth-child({}) select", line + 1);
    page.put(&select, &way.to_string(), "change");
}

/// Drops files on the page: their names and what they hold.
fn drop_all(page: &Page, files: &[(&str, &[u8])]) {
    let files: Vec<_> = files
        .iter()
        .map(|(name, bytes)| json!([name, bytes]))
        .collect();
    let _: bool = page.ask_later(
        "const data = new DataTransfer();
         for (const [name, bytes] of arguments[0]) {
           data.items.add(new File([new Uint8Array(bytes)], name));
         }
         document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
         done(true);",
        vec![json!(files)],
    );
}

#[test]
fn a_text_that_is_here_already_is_opened_and_not_added_again() {
    let page = open();
    begin(&page);
    page.choose_for(FILES, "a.docx", WORD);
    add(&page, 1);
    page.see("the documents", documents, 3_usize);
    let title: String = page.script("return document.querySelector('.bar .article').textContent;");
    page.press("Alt+PageDown");
    begin(&page);
    page.choose_for(FILES, "copy of a.docx", WORD);
    page.choose_for(FILES, "b.docx", WORD);
    see_line(&page, &format!("This text is here already, as “{title}”."));
    see_button(&page, "Open the document");
    assert_eq!(page.violations(), Vec::<String>::new());
    // It may be added all the same, but then once.
    choose(&page, 0, 1);
    see_button(&page, "Add 1 document");
    choose(&page, 0, 0);
    page.click_in("dialog", HEADING, "Open the document");
    page.wait("the dialog is closed", || page.dialog().is_none());
    page.see_status(&format!("Opened “{title}”"));
    assert_eq!(documents(&page), 3);
    // Of the same text twice in one go the first is taken.
    begin(&page);
    page.choose_for(FILES, "one.md", "# One\n\nMore.");
    page.choose_for(FILES, "two.md", "# One\n\nMore.");
    see_line(&page, "the same text as “one.md” in this list");
    add(&page, 1);
    page.see("the documents", documents, 4_usize);
}

#[test]
fn another_text_under_the_same_name_comes_as_a_new_version_with_its_marks() {
    let page = open();
    open_first(&page);
    begin(&page);
    page.choose_for(FILES, "rise.md", SECOND);
    page.choose_for(FILES, "other.md", "# Other\n\nWords.");
    see_line(&page, "under the same name");
    // What is there is not changed but by a person's choice.
    see_button(&page, "Add 2 documents");
    choose(&page, 0, 1);
    see_line(&page, "Of its marks: 1 kept.");
    see_button(&page, "Bring in all 2");
    assert_eq!(page.violations(), Vec::<String>::new());
    page.click_in("dialog", HEADING, "Bring in all 2");
    page.wait("the dialog is closed", || page.dialog().is_none());
    page.see("the documents", documents, 4_usize);
    page.see_status("Added 1 document, and 1 new version of others");
    page.press("Ctrl+z");
    page.see("the documents", documents, 3_usize);
    page.press("Ctrl+y");
    page.see("the documents", documents, 4_usize);
    let _: bool = page.script(
        "[...document.querySelectorAll('.documents .document')].find((own) => own.textContent.startsWith('Rise')).click();
         return true;",
    );
    page.wait("its new version is open", || {
        page.text().contains("A new beginning.")
    });
    page.see("the list", Page::listed, ["prices rose [Sovereignty]"]);
    assert!(page.holds("document.querySelector('article strong').textContent === 'prices rose'"));
}

#[test]
fn a_new_version_is_read_from_a_rich_file_and_its_blocks_are_kept() {
    const VERSION: &str = "New version of this text";
    let page = open();
    open_first(&page);
    let replace = |name: &str, bytes: &[u8]| {
        page.menu("New version of this text…");
        page.see_dialog(VERSION);
        page.choose_for("Text file", name, bytes);
    };
    replace(
        "page.html",
        b"<!doctype html><body><h2>Rise</h2><ul><li>The <em>prices rose</em> overnight, again.</ul>",
    );
    page.wait("it says what becomes of the mark", || {
        let said = page.see_dialog(VERSION).concat();
        said.contains("1 kept in their places")
    });
    assert_eq!(page.violations(), Vec::<String>::new());
    page.click_in("dialog", VERSION, "Replace text");
    page.wait("the dialog is closed", || page.dialog().is_none());
    page.wait("it is a list's item", || {
        page.holds("document.querySelector('article li em')?.textContent === 'prices rose'")
    });
    page.see("the list", Page::listed, ["prices rose [Sovereignty]"]);
    page.press("Ctrl+z");
    page.wait("it is as it was", || {
        page.text().contains("Nobody had been told.")
    });
    replace("scan.pdf", b"%PDF-1.4");
    page.wait("it says why not", || {
        page.see_dialog(VERSION).concat().contains("It is a PDF")
    });
}

#[test]
fn a_drop_of_many_kinds_is_one_preview_and_the_good_ones_come_in() {
    let page = open();
    page.mark("sparked by rising gas prices", "1");
    page.see_saved();
    let file = page.download().text;
    page.press("Ctrl+z");
    page.see("the list", Page::listed, [""; 0]);
    let journal = page.journal().join("\n\n");
    drop_all(
        &page,
        &[
            ("rise.md", FIRST.as_bytes()),
            ("annotations.json", file.as_bytes()),
            ("none.json", b"{}"),
            ("saved.journal.txt", journal.as_bytes()),
            ("study.themark", b"PK\x03\x04\x14\0project.json"),
            ("scan.pdf", b"%PDF-1.4"),
        ],
    );
    see_line(&page, "It is a PDF");
    see_button(&page, "Bring in all 2");
    for words in [
        "Annotations, for the open document “Why the US cares",
        "1 new",
        "It is JSON, but holds no annotations",
        "it comes in alone",
        "it becomes one of its own, beside the open one",
    ] {
        see_line(&page, words);
    }
    assert_eq!(page.violations(), Vec::<String>::new());
    page.click_in("dialog", HEADING, "Bring in all 2");
    page.wait("the new one is open", || page.text().contains("overnight"));
    page.press("Alt+PageDown");
    page.wait("the one they are for is open", || {
        page.text().contains("sparked by rising gas prices")
    });
    page.see(
        "the list",
        Page::listed,
        ["sparked by rising gas prices [Sovereignty]"],
    );
    // A journal shows by itself what it would do.
    drop_all(
        &page,
        &[("a.txt", b"Words."), ("j.txt", journal.as_bytes())],
    );
    see_line(&page, "it comes in alone");
    page.click_in("dialog", HEADING, "See what it would do…");
    page.see_dialog("Restore this version");
    page.press("Escape");
    page.wait("it is closed", || page.dialog().is_none());
    // A project that comes alone is read where projects are; this one is none.
    drop_all(&page, &[("study.themark", b"PK\x03\x04\x14\0project.json")]);
    page.see_dialog("Projects");
    page.wait("it says why it is none", || !page.alerts().is_empty());
}

#[test]
fn what_is_chosen_for_an_import_is_told_by_what_it_holds() {
    let page = open();
    page.choose("interview.json.txt", "Anna: Yes.");
    page.see_dialog(HEADING);
    see_line(&page, "Anna: Yes.");
    page.press("Escape");
    page.wait("it is closed", || page.dialog().is_none());
    page.mark("sparked by rising gas prices", "1");
    page.see_saved();
    let file = page.download().text;
    page.press("Ctrl+z");
    begin(&page);
    page.choose_for(FILES, "marks.txt", &file);
    see_line(&page, "1 new");
    page.click_in("dialog", HEADING, "Bring in all 1");
    page.see(
        "the list",
        Page::listed,
        ["sparked by rising gas prices [Sovereignty]"],
    );
}

#[test]
fn a_folder_is_walked_and_its_name_becomes_the_documents_folder() {
    let page = open();
    // No engine lets a driver drag a folder in.
    let _: bool = page.script(
        "const file = (name, words) => ({
           name, isDirectory: false, file: (taken) => taken(new File([words], name)),
         });
         const folder = (name, ...parts) => ({
           name, isDirectory: true,
           createReader: () => {
             // Some at a time, then none.
             const rest = [...parts];
             return { readEntries: (taken) => taken(rest.splice(0, 1)) };
           },
         });
         const broken = { name: 'gone.txt', isDirectory: false, file: (_, failed) => failed(new Error('gone')) };
         const own = folder('Interviews', file('a.txt', 'Anna: Yes.'), file('.hidden', 'no'), broken,
           folder('Round 2', file('b.md', '# Berik'), file('c.pdf', '%PDF-1.4')));
         const items = [{ webkitGetAsEntry: () => own }];
         const drop = new DragEvent('drop', { bubbles: true, cancelable: true });
         Object.defineProperty(drop, 'dataTransfer', { value: { types: ['Files'], files: null, items } });
         document.body.dispatchEvent(drop);
         return true;",
    );
    page.see_dialog(HEADING);
    see_line(&page, "It is a PDF");
    page.wait("it says what was left", || {
        let left: Vec<String> = page.script(
            "return [...document.querySelectorAll('dialog details li')].map((own) => own.textContent);",
        );
        left.iter().any(|line| line.starts_with("Interviews/.hidden is hidden"))
            && left.iter().any(|line| line.starts_with("Interviews/gone.txt can’t be read"))
    });
    assert_eq!(page.violations(), Vec::<String>::new());
    add(&page, 2);
    page.see("the documents", documents, 4_usize);
    let folders: Vec<String> = page.script(
        "return [...document.querySelectorAll('.documents .fold')].map((own) => own.textContent);",
    );
    assert_eq!(folders, ["Interviews", "Interviews/Round 2"]);
}

#[test]
fn a_reader_that_is_under_way_is_stopped_and_the_others_go_on() {
    let page = open();
    page.server.withhold(Some("/reader_bg.wasm"));
    begin(&page);
    page.choose_for(FILES, "a.docx", WORD);
    see_line(&page, "Reading…");
    page.choose_for(FILES, "b.md", FIRST);
    see_line(&page, "Waits for its turn.");
    see_button(&page, "Stop reading");
    assert_eq!(page.violations(), Vec::<String>::new());
    page.server.withhold(None);
    let _: bool = page
        .script("document.querySelector('.brought > li:first-child button').click(); return true;");
    see_line(&page, "Stopped; it was not read.");
    see_button(&page, "Add 1 document");
    page.click_in("dialog", HEADING, "Try again");
    add(&page, 2);
    page.see("the documents", documents, 4_usize);
}

#[test]
fn of_two_texts_that_may_be_a_new_version_of_one_document_one_is() {
    let page = open();
    open_first(&page);
    begin(&page);
    page.choose_for(FILES, "rise.md", SECOND);
    page.choose_for(FILES, "rise.txt", "The prices rose overnight.");
    see_button(&page, "Add 2 documents");
    page.click_in("dialog", HEADING, "Take all 2 known ones as new versions");
    see_button(&page, "Bring in all 2");
    choose(&page, 1, 1);
    page.wait("the other one is added", || {
        page.holds("document.querySelector('.brought select').value === '0'")
    });
    choose(&page, 0, 0);
    see_button(&page, "Bring in all 2");
    page.press("Escape");
    page.wait("it is closed", || page.dialog().is_none());
    page.see("the documents", documents, 3_usize);
}

#[test]
fn files_that_the_system_opens_with_the_page_are_shown_together() {
    let launch = "Object.defineProperty(window, 'launchQueue', {
        value: { setConsumer: (consumer) => { window.launch = consumer; } },
      });";
    let page = Visit::default().after(launch).open();
    page.wait("files are taken", || {
        page.holds("window.launch !== undefined")
    });
    let _: bool = page.script(
        "const handle = (name, words) => ({ getFile: async () => new File([words], name) });
         window.launch({ files: [handle('a.md', '# A'), handle('b.html', '<html><body><p>Bb bb.')] });
         return true;",
    );
    page.see_dialog(HEADING);
    add(&page, 2);
    page.see("the documents", documents, 4_usize);
}

#[test]
fn what_another_program_shares_is_shown_and_kept_by_nothing_before_a_press() {
    // Elsewhere nothing is shared with pages.
    if !page::in_one_of(&[Engine::Chromium]) {
        return;
    }
    let Some(page) = kept() else { return };
    let before = page.journal().len();
    page.server.add(
        "/form.html",
        *b"<!doctype html><title>Another program</title>",
    );
    page.go("/form.html");
    let asked = page.server.asked().len();
    let _: bool = page.script(
        "const form = document.createElement('form');
         Object.assign(form, { action: './?share', method: 'post', enctype: 'multipart/form-data' });
         const put = (name, value) => Object.assign(form.appendChild(document.createElement('input')), { name, value });
         put('title', 'A talk');
         put('text', 'Anna: Yes.');
         put('url', 'https://example.org/talk');
         const files = new DataTransfer();
         files.items.add(new File(['# Shared\\n\\nWords.'], 'shared.md'));
         const input = form.appendChild(document.createElement('input'));
         Object.assign(input, { type: 'file', name: 'files', files: files.files });
         document.body.append(form);
         form.submit();
         return true;",
    );
    page.wait("the page is there", || {
        page.holds("!!document.querySelector('.bar')")
    });
    page.wait_until_loaded();
    page.see_dialog(HEADING);
    see_line(&page, "shared.md");
    see_line(&page, "A talk");
    see_line(&page, "Sent by another program");
    see_button(&page, "Add 2 documents");
    let (keys, address): (Vec<String>, String) = page.ask_later(
        "caches.keys().then((keys) => done([keys, location.search]));",
        vec![],
    );
    assert!(!keys.contains(&"shared".to_owned()), "{keys:?}");
    assert_eq!(address, "");
    assert_eq!(page.journal().len(), before);
    // What was shared went to no server.
    let asked = page.server.asked().split_off(asked);
    assert!(
        !asked.iter().any(|path| path.contains("shared/")),
        "{asked:?}"
    );
    add(&page, 2);
    page.see("the documents", documents, 4_usize);
}

#[test]
fn a_page_of_another_origin_is_sent_by_the_bookmark_and_previewed() {
    // In WebKit, as its driver runs it, the page that is opened was not seen to be sent anything.
    if page::in_one_of(&[Engine::Webkit]) {
        return;
    }
    let page = open();
    begin(&page);
    // In the page itself it does nothing.
    let link: String = page.script(
        "const link = document.querySelector('.bookmark a');
         document.querySelector('.bookmark').open = true;
         link.click();
         return link.href;",
    );
    let shown: String = page.script("return document.querySelector('.bookmark textarea').value;");
    assert_eq!(link, shown);
    page.see_status("here it does nothing");
    assert_eq!(page.violations(), Vec::<String>::new());
    let before = page.journal().len();
    let own = page.window();
    page.server.add(
        "/other.html",
        "<!doctype html><meta charset=utf-8><title>A talk – page</title><main><h1>A talk</h1>\
         <p>Anna said that the <b>prices</b> were it, and that nobody had been told of them before.\
         <script>window.ran = 1</script><img src=x onerror='window.ran = 1'></main>"
            .as_bytes(),
    );
    let other = page.server.origin().replace("127.0.0.1", "localhost");
    page.go_to(&format!("{other}/other.html"));
    let run = |page: &Page| {
        let _: bool = page.ask_later(
            "const link = arguments[0];
             (0, eval)(decodeURIComponent(link.slice('javascript:'.length)));
             done(true);",
            vec![json!(link)],
        );
    };
    run(&page);
    page.wait("it has opened a window", || page.windows().len() == 2);
    let sender = page.window();
    let receiver = page
        .windows()
        .into_iter()
        .find(|window| *window != sender)
        .unwrap();
    page.turn_to(&receiver);
    page.wait_until_loaded();
    page.see_dialog(HEADING);
    see_line(&page, &format!("Sent by {other}"));
    see_line(&page, "A talk – page");
    see_button(&page, "Add 1 document");
    assert_eq!(page.violations(), Vec::<String>::new());
    assert_eq!(page.journal().len(), before);
    // It takes just one.
    page.turn_to(&sender);
    let _: bool = page.script("return true;");
    page.turn_to(&receiver);
    assert_eq!(lines(&page).len(), 1);
    add(&page, 1);
    page.wait("it is open", || page.text().contains("Anna said"));
    let ran: bool = page.script("return 'ran' in window || location.search !== '';");
    assert!(!ran);
    page.turn_to(&receiver);
    let _ = own;
}
