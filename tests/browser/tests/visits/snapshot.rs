//! The snapshot of the journal that a visit begins with.

use std::borrow::Cow;
use std::io::Read as _;
use std::sync::Arc;
use std::time::Duration;

use browser_tests::server::BLANK;
use browser_tests::{Page, Visit};
use serde_json::{Value, json};
use themark::annotation::{Annotation, AnnotationId, Target};
use themark::document::Document;
use themark::journal::{self, Part, Sum};
use themark::project::{Edit, Head, OnAnnotation, Project, TransactionId};
use themark::text::Span;
use themark::time::Timestamp;

use crate::resting::{close, look, said};
use crate::windows::bundled;

/// How many records the journal begins with: more than a new snapshot waits for.
const RECORDS: usize = 2_600;

/// How many of them stay out of it.
const LAST: usize = 500;

/// Notes how many records of the journal the page begins with, each time that it asks for some.
const COUNT: &str = "
    window.read = [];
    let begins;
    const { getAll } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.getAll = function (...words) {
      const request = getAll.apply(this, words);
      begins ??= this.transaction;
      if (this.name === 'journal' && begins === this.transaction) {
        request.addEventListener('success', () => window.read.push(request.result.length));
      }
      return request;
    };";

/// Has the snapshot not be readable where local storage says so.
const FAIL: &str = "
    const given = IDBObjectStore.prototype.get;
    IDBObjectStore.prototype.get = function (...words) {
      const request = given.apply(this, words);
      if (this.name !== 'view' || words[0] !== 0 || !localStorage.getItem('fails')) return request;
      const failing = {};
      request.onsuccess = () => failing.onerror(new Event('error'));
      return failing;
    };";

/// A journal of marks, of which each third gets a theme and each fifth is deleted again. Some of them
/// are on the other article.
fn lines(document: &Arc<Document>) -> Vec<String> {
    let theme = Project::new([document.clone()])
        .codebook()
        .themes()
        .next()
        .unwrap()
        .id;
    let other = themark::articles::all()[1].clone();
    // Of one byte a character.
    let plain = document.text.text().find("Violent unrest").unwrap();
    let mut last = None;
    let id = |number: usize| {
        let id = format!("00000000-0000-7000-8000-{:012x}", number + 1);
        AnnotationId(id.parse().unwrap())
    };
    let line = |number: usize| {
        let edit = match number % 15 {
            3 | 6 | 9 => Edit::Annotation(id(number - 1), OnAnnotation::Tag(theme, true)),
            5 | 10 => Edit::Annotation(id(number - 1), OnAnnotation::Deleted(true)),
            _ => {
                let (document, start) = if number % 15 == 14 {
                    (&other, 0)
                } else {
                    (document, plain + number % 60)
                };
                let span = Span::between(start, start + 10);
                added(document, id(number), span, Timestamp(1_600_000_000_000))
            }
        };
        let at = Timestamp(1_600_000_000_000 + number as i64);
        let head = Head {
            label: format!("step {number}").into(),
            ..Head::of_nobody(TransactionId(at.name([1; 10])), at)
        };
        record(&head, Part::WHOLE, &edit, &mut last)
    };
    (0..RECORDS).map(line).collect()
}

/// A mark that is made.
fn added(document: &Document, id: AnnotationId, span: Span, at: Timestamp) -> Edit {
    let target = Target::on(document, span);
    Edit::AddAnnotation(Arc::new(Annotation::new(id, target, at)))
}

/// A record of one edit, to stand behind the last.
fn record(head: &Head, part: Part, edit: &Edit, last: &mut Option<Sum>) -> String {
    let mut edits = std::iter::once(Cow::Borrowed(edit));
    let (record, sum) = journal::write_part(head, part, last.as_ref(), &mut edits);
    *last = Some(sum);
    record
}

/// How many parts the import has.
const PARTS: usize = 20;

/// An import of a mark a part, to stand behind other lines.
fn import(document: &Arc<Document>, mut last: Option<Sum>) -> Vec<String> {
    let at = Timestamp(1_700_000_000_000);
    let head = Head {
        label: "import".into(),
        ..Head::of_nobody(TransactionId(at.name([2; 10])), at)
    };
    let line = |number: usize| {
        let id = format!("00000000-0000-7000-9000-{number:012x}");
        let id = AnnotationId(id.parse().unwrap());
        let edit = added(document, id, Span::between(number, number + 9), at);
        record(&head, Part { number, of: PARTS }, &edit, &mut last)
    };
    (1..=PARTS).map(line).collect()
}

/// Does something with the store while no page is at it.
fn meanwhile(page: &Page, request: &str, given: Value) -> Value {
    page.go(BLANK);
    let answer = page.with_store(request, given);
    page.go("/");
    // It may begin anew meanwhile.
    page.wait("it is loaded", || {
        page.holds("/Saved/.test(document.querySelector('[role=status]')?.textContent)")
    });
    answer
}

/// Where the snapshot stands in `view`.
const ALL: &str = "IDBKeyRange.bound(0, '', false, true)";

/// The last record that the snapshot holds, where there is one.
fn snapshot(page: &Page) -> Option<u64> {
    let kept: Value = page.with_store("view.get(0)", json!(null));
    kept["after"].as_u64()
}

/// How many records of the journal the page has begun with, and before that how many in vain.
fn read(page: &Page) -> Vec<usize> {
    let asked: Vec<usize> = page.script("return window.read;");
    // The first few come by themselves, and where they are not the right ones no others with them.
    let (vain, parts) = asked.split_at(asked.len() % 2);
    [vain, &[parts.iter().sum()]].concat()
}

/// How many come by themselves.
const FIRST: usize = 8;

#[test]
fn a_long_journal_is_begun_with_its_snapshot_and_nothing_is_lost_with_that() {
    let visit = Visit {
        // The page has to come to rest first, and other visits keep the machine busy.
        patience: Duration::from_secs(60),
        ..Visit::default()
    };
    let page = visit.after(&[COUNT, FAIL].concat()).open();
    let lines = lines(&bundled(&page));
    let put = "given.map((line) => journal.add(line)).at(-1)";
    meanwhile(&page, put, json!(lines));
    assert_eq!(read(&page), [RECORDS]);
    let before = page.export();
    assert!(before.marks.len() > 1_000);
    page.wait("there is a snapshot", || snapshot(&page).is_some());
    assert_eq!(snapshot(&page), Some((RECORDS - LAST) as u64));
    // With what it names: a later program may come with other texts.
    let texts: Vec<String> = page.with_store("texts.getAllKeys()", json!(null));
    assert_eq!(texts.len(), 2);

    page.reload();
    assert_eq!(read(&page), [LAST]);
    assert_eq!(page.export().marks, before.marks);
    assert_eq!(page.alerts(), Vec::<String>::new());
    // Undo goes back into what is behind it, and what is done stands behind that.
    page.press("Ctrl+z");
    page.see_status(&format!("Undid step {}", RECORDS - 1));
    page.see_saved();
    let after = page.export();
    page.reload();
    assert_eq!(read(&page), [LAST + 1]);
    assert_eq!(page.export().marks, after.marks);
    assert_eq!(page.alerts(), Vec::<String>::new());

    // A damaged one is of no use, and of no harm.
    let kept = meanwhile(&page, &format!("view.getAll({ALL})"), json!(null));
    assert!(kept.as_array().is_some_and(|lines| lines.len() >= 3));
    for damage in [
        "view.put(given[1].replace(/[0-9a-f]{12}$/, '000000000000'), 1)",
        "view.delete(2)",
        "view.delete(given.length - 1)",
        "view.put({ ...given[0], sum: 'f'.repeat(16) }, 0)",
    ] {
        meanwhile(&page, damage, kept.clone());
        page.wait("it has begun anew", || {
            page.holds(&format!(
                "window.read?.at(-2) + window.read?.at(-1) > {RECORDS}"
            ))
        });
        page.wait_until_loaded();
        // Where the journal goes on behind a snapshot was noted, and is not true any more.
        assert_eq!(read(&page), [FIRST, RECORDS + 1], "{damage}");
        assert_eq!(page.export().marks, after.marks, "{damage}");
        assert_eq!(page.alerts(), Vec::<String>::new(), "{damage}");
        let again = "given.map((line, number) => view.put(line, number)).at(-1)";
        meanwhile(&page, again, kept.clone());
    }

    // Nor is one that can't be read.
    let _: bool = page.script("localStorage.setItem('fails', '1'); return true;");
    page.reload();
    assert_eq!(read(&page), [FIRST, RECORDS + 1]);
    assert_eq!(page.export().marks, after.marks);
    assert_eq!(page.alerts(), Vec::<String>::new());
}

/// A page that is left may be put by as it is.
#[test]
fn a_page_that_is_left_while_the_journal_is_copied_holds_up_no_other() {
    let visit = Visit {
        patience: Duration::from_secs(60),
        ..Visit::default()
    };
    let page = visit
        .after(
            "window.did = { copied: 0, looked: 0, taken: 0 };
             for (const way of ['get', 'getAllKeys']) {
               const own = IDBObjectStore.prototype[way];
               IDBObjectStore.prototype[way] = function (...words) {
                 // It notes first what it tries.
                 const isSnapshot = window.did.looked > 0 || (this.name === 'view' && words[0] === -1);
                 if (way === 'get') window.did.looked += isSnapshot;
                 // As many records as it likes at a time.
                 else if (words.length === 2) window.did[isSnapshot ? 'taken' : 'copied'] += 1;
                 return own.apply(this, words);
               };
             }",
        )
        .open();
    let lines = lines(&bundled(&page));
    let put = "given.map((line) => journal.add(line)).at(-1)";
    meanwhile(&page, put, json!(lines));
    for (at, passage) in [
        ("copied > 2", "a major reason for unrest"),
        ("looked > 100", "sparked by rising gas prices"),
        ("taken > 2", "country’s energy sector"),
    ] {
        page.wait("it is at it", || page.holds(&format!("window.did.{at}")));
        page.go(BLANK);
        page.go("/");
        page.wait_until_loaded();
        page.mark(passage, "1");
        page.see_saved();
        let forget = "view.delete(IDBKeyRange.upperBound('', true))";
        meanwhile(&page, forget, json!(null));
    }
}

#[test]
fn a_store_with_a_snapshot_of_each_version_opens_and_goes_on() {
    let page = Visit::default().after(COUNT).open();
    let kept: Value =
        serde_json::from_str(include_str!("../../../fixtures/snapshot-v4.json")).unwrap();
    let put = "[
        ...given.journal.map((line) => journal.add(line)),
        ...given.snapshot.map((line, number) => view.put(line, number)),
      ].at(-1)";
    meanwhile(&page, put, kept);
    let all = [
        "sparked by rising gas prices [Sovereignty, Energy]",
        "crackdown [Energy]",
    ];
    assert_eq!(page.listed(), all);
    // It was not this page that made it.
    assert_eq!(read(&page), [5, 1]);
    assert_eq!(page.alerts(), Vec::<String>::new());
    page.press("j");
    page.press("Delete");
    page.see_saved();
    page.reload();
    assert_eq!(read(&page), [2]);
    assert_eq!(page.listed().len(), 1);
    assert_eq!(page.alerts(), Vec::<String>::new());
}

/// What the program of 634a8dc had stored after a text was replaced, a moment was named, two thousand
/// changes were made and one was undone: journal, snapshot, view and copies, each with its key.
const STORE: &[u8] = include_bytes!("../../../fixtures/store-634a8dc.json.gz");

#[test]
fn a_store_with_all_that_an_earlier_program_kept_opens_with_its_history() {
    let page = Visit::default().after(COUNT).open();
    let mut stored = String::new();
    flate2::read::GzDecoder::new(STORE)
        .read_to_string(&mut stored)
        .unwrap();
    let stored: Value = serde_json::from_str(&stored).unwrap();
    page.go(BLANK);
    let filled: bool = page.ask_later(
        "const [stored] = arguments;
         const fill = (name, version, stores) => new Promise((resolve) => {
           indexedDB.deleteDatabase(name);
           const request = indexedDB.open(name, version);
           request.onupgradeneeded = () => {
             for (const [store, autoIncrement, values] of stores) {
               const objects = request.result.createObjectStore(store, { autoIncrement });
               for (const [key, value] of values) objects.put(value, key);
             }
           };
           request.onsuccess = () => { request.result.close(); resolve(); };
         });
         const bytes = (words) => Uint8Array.from(atob(words), (letter) => letter.charCodeAt(0)).buffer;
         const copies = stored.copies.copies.map(([key, copy]) => [key, { ...copy, bytes: bytes(copy.bytes) }]);
         Promise.all([
           fill('themark', 2, [['journal', true, stored.themark.journal], ['view', false, stored.themark.view]]),
           fill('themark copies', 1, [['copies', true, copies], ['settings', false, stored.copies.settings]]),
         ]).then(() => done(true));",
        vec![stored],
    );
    assert!(filled);
    page.go("/");
    page.wait_until_loaded();
    let listed = |crackdown: &str| {
        let many = "deaths of many scores of civilians [Energy]";
        let all = [
            "sparked by rising gas prices [Sovereignty]",
            crackdown,
            many,
        ];
        all.map(str::to_owned)
    };
    let both = "crackdown [Energy, Counterterrorism]";
    assert_eq!(page.listed(), listed(both));
    // What is behind the snapshot: that there is one was not noted in this browser.
    assert_eq!(read(&page), [FIRST, 500]);
    assert_eq!(page.alerts(), Vec::<String>::new());
    // An undo of that program can be done again, and what it had done before can be undone.
    page.press("Ctrl+Shift+z");
    page.see_status("Redid untag Energy");
    assert_eq!(page.listed(), listed("crackdown [Counterterrorism]"));
    page.press("Ctrl+z");
    page.see_status("Undid untag Energy");
    page.press("Ctrl+z");
    page.see_status("Undid tag Energy");
    page.see_saved();
    page.reload();
    assert_eq!(page.listed(), listed("crackdown [Counterterrorism]"));
    page.press("Ctrl+Shift+z");
    page.see_status("Redid tag Energy");
    page.see_saved();
    page.press("Ctrl+Shift+z");
    page.see_status("Redid untag Energy");
    // Its moments, and the name that one has; its copies.
    look(&page);
    page.wait("what is stored is told", || {
        let told = said(&page);
        told.contains("Before the end") && told.contains("Daily copies")
    });
    close(&page);
    assert_eq!(page.alerts(), Vec::<String>::new());
}

#[test]
fn what_can_be_read_of_a_journal_is_shown_and_the_rest_is_told_of_and_left() {
    let page = Visit::default()
        .after(
            "const { getAll } = IDBObjectStore.prototype;
             IDBObjectStore.prototype.getAll = function (...words) {
               const request = getAll.apply(this, words);
               const isRest = this.name === 'journal' && words[0].lower > 0;
               if (isRest && localStorage.getItem('fails')) {
                 request.addEventListener('success', (event) => {
                   event.stopImmediatePropagation();
                   this.transaction.abort();
                 });
               }
               return request;
             };",
        )
        .open();
    let document = bundled(&page);
    let mut lines = lines(&document);
    lines.truncate(4);
    lines.extend(import(&document, journal::sum_of(&lines[3])));
    let put = "given.map((line) => journal.add(line)).at(-1)";
    meanwhile(&page, put, json!(lines));
    let all = page.export().marks;
    assert_eq!(all.len(), 3 + PARTS);
    let _: bool = page.script("localStorage.setItem('fails', '1'); return true;");
    page.reload();
    page.see_alert(&["Nothing is saved", "only some of what is stored", "reload"]);
    // What is cut off in the middle of a change is not damaged, and none of it is shown.
    assert_eq!(page.alerts().len(), 1, "{:?}", page.alerts());
    assert_eq!(page.export().marks.len(), 3);
    page.mark("sparked by rising gas prices", "1");
    page.see_status("Not saved");

    // Nor is anything lost with a place of the snapshot that is none.
    let _: bool = page.script(
        "localStorage.removeItem('fails');
         localStorage.setItem('snapshot', 'another page’s');
         return true;",
    );
    page.reload();
    assert_eq!(page.export().marks, all);
    assert_eq!(page.alerts(), Vec::<String>::new());
}
