//! The browser is killed at any moment of the work.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use browser_tests::{Engine, Visit, page, settings};
use themark::annotation::{Annotation, AnnotationId, Target};
use themark::document::Document;
use themark::format::w3c;
use themark::project::{Edit, Project};
use themark::text::Span;
use themark::time::Timestamp;

use crate::windows::{WORK, bundled, items, replayed, said};

/// How often it is killed, where THEMARK_KILLS does not say: at each kind of work once, and
/// more often where there is time.
const KILLS: usize = 3;
const MANY_KILLS: usize = 9;

/// How many annotations a file brings: so many that a change is written in several lines.
const MANY: usize = 1_000;

/// Tells the server, whenever the page says that all is saved, how many lines were given to
/// the store by then and how many annotations the page lists.
const TELL: &str = "
    let given = 0;
    const put = IDBObjectStore.prototype.add;
    IDBObjectStore.prototype.add = function (line) {
      given += this.name === 'journal';
      return put.call(this, line);
    };
    addEventListener('DOMContentLoaded', () => {
      new MutationObserver(() => {
        const words = (selector) => document.querySelector(selector)?.textContent ?? '';
        if (window.run === undefined || !words('[role=status]').endsWith('Saved')) return;
        const count = words('.panel > header .count') || 0;
        fetch(`/saved-${window.run}-${given}-${count}`, { keepalive: true }).catch(() => {});
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });";

/// A file of annotations that no other has.
fn file(document: &Arc<Document>, round: usize) -> String {
    let text = document.text.text();
    let mut project = Project::new([document.clone()]);
    for number in 0..MANY {
        let mut start = number * (text.len() - 40) / MANY;
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = start + 20;
        while !text.is_char_boundary(end) {
            end += 1;
        }
        let id = format!("{round:08x}-0000-7000-8000-{number:012x}");
        let annotation = Annotation::new(
            AnnotationId(id.parse().unwrap()),
            Target::on(document, Span::between(start, end)),
            Timestamp(0),
        );
        project.apply(&[Edit::AddAnnotation(Arc::new(annotation))]);
    }
    w3c::write(&project, document, Timestamp(0))
}

#[test]
fn what_was_called_saved_is_there_however_often_the_browser_is_killed() {
    if !page::in_one_of(&[Engine::Chromium, Engine::Firefox]) {
        return;
    }
    let usual = if settings::is_thorough() {
        MANY_KILLS
    } else {
        KILLS
    };
    let kills = std::env::var("THEMARK_KILLS").map_or(usual, |kills| kills.parse().unwrap());
    let mut page = Visit::default().after(&[WORK, TELL].concat()).open();
    let document = bundled(&page);
    let mut chance = 0x2545_f491_u32;
    let mut promises = 0;
    for round in 0..kills {
        let before = page.journal().len();
        let _: bool = page.script(&format!("window.run = {round}; return true;"));
        if round % 3 == 2 {
            page.choose("many.json", file(&document, round));
            page.see_dialog("Import annotations");
            page.click_in("dialog", "Import annotations", "Add to article");
        } else {
            let _: bool = page.script(&format!("window.work({round}, 100000); return true;"));
        }
        chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let most = if round % 3 == 2 { 500 } else { 1_500 };
        thread::sleep(Duration::from_millis(u64::from((chance >> 8) % most)));
        page.kill_and_start_again();

        let journal = page.journal();
        let told = said(&journal, &document);
        assert_eq!(
            items(&page.download().text),
            told,
            "round {round}: the export"
        );
        let prefix = format!("/saved-{round}-");
        for asked in page.server.asked() {
            let Some((given, count)) = asked
                .strip_prefix(&prefix)
                .and_then(|rest| rest.split_once('-'))
            else {
                continue;
            };
            let lines = before + given.parse::<usize>().unwrap();
            assert!(
                journal.len() >= lines,
                "round {round}: {} lines of {lines}",
                journal.len()
            );
            let count: usize = count.parse().unwrap();
            assert_eq!(
                replayed(&journal[..lines], &document)
                    .annotations(document.id())
                    .count(),
                count,
                "round {round}: {asked}"
            );
            promises += 1;
        }
    }
    println!("{promises} times it was said that all is saved");
    assert!(promises > kills, "{promises}");
}
