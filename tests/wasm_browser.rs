//! The wrappers of web APIs, in a real browser.
#![cfg(target_arch = "wasm32")]
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "a test says what it wants by failing"
)]

use std::cell::Cell;
use std::rc::Rc;

use themark::browser::database::{self, Database, Objects};
use themark::browser::gzip::{self, Packing};
use themark::browser::highlight::Painter;
use themark::browser::selection::{self, Blocks, Place, Section};
use themark::browser::storage::{Lines, Store, StoreContents};
use themark::browser::{document, file, worker};
use themark::session::projects;
use themark::text::{Span, TextIndex, Utf8, Utf16};
use themark::time::Timestamp;
use themark::{articles, job};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, Text};

wasm_bindgen_test_configure!(run_in_browser);

/// An article with two blocks, the first in three text nodes, one of them empty.
fn article() -> (Element, Blocks) {
    let article = document().create_element("article").unwrap();
    let fill = |article: &Element| {
        article.set_inner_html("<p data-block=0>One 😀 two three</p> <p data-block=1>Four</p>");
    };
    let blocks = Blocks::new(vec![Section::new(0, article.clone(), 100, Box::new(fill))]);
    assert!(
        !article.has_child_nodes(),
        "they are drawn when they are needed"
    );
    assert!(blocks.get(1).is_some() && blocks.get(2).is_none());
    let first: Text = article
        .first_child()
        .unwrap()
        .first_child()
        .unwrap()
        .unchecked_into();
    first.split_text(7).unwrap().split_text(0).unwrap();
    document().body().unwrap().append_child(&article).unwrap();
    (article, blocks)
}

fn place(block: usize, offset: u32) -> Place {
    Place {
        block,
        offset: Utf16(offset),
    }
}

#[wasm_bindgen_test]
fn places_survive_the_way_through_the_page_even_where_text_nodes_are_split() {
    let (article, blocks) = article();
    for at in [
        place(0, 0),
        place(0, 4),
        place(0, 7),
        place(0, 8),
        place(0, 16),
        place(1, 0),
        place(1, 4),
    ] {
        let (node, offset) = blocks.point_of(at).unwrap();
        assert_eq!(blocks.place_of(&node, offset), Some(at));
    }
    // Between the blocks and outside of them.
    assert_eq!(blocks.place_of(&article, 0), Some(place(0, 0)));
    assert_eq!(blocks.place_of(&article, 1), Some(place(0, 16)));
    assert_eq!(blocks.place_of(&article, 3), Some(place(1, 4)));
    article.remove();
}

#[wasm_bindgen_test]
fn a_range_over_split_nodes_and_two_blocks_has_the_text_between() {
    let (article, blocks) = article();
    let range = blocks.range(place(0, 7), place(1, 2)).unwrap();
    assert_eq!(String::from(range.to_string()), "two three Fo");
    selection::select(&blocks, place(0, 7), place(0, 10));
    let ends = selection::ends_in(&article, &blocks);
    assert_eq!(ends, Some((place(0, 7), place(0, 10))));
    selection::clear();
    assert_eq!(selection::ends_in(&article, &blocks), None);
    article.remove();
}

#[wasm_bindgen_test]
fn the_painter_registers_what_it_is_given_and_takes_it_away_again() {
    let registered = || -> u32 {
        js_sys::eval("CSS.highlights.size")
            .unwrap()
            .as_f64()
            .unwrap() as u32
    };
    let (article, blocks) = article();
    let asked = std::cell::Cell::new(0);
    let range = |span: Span| {
        asked.set(asked.get() + 1);
        blocks.range(place(0, span.start.0), place(0, span.end.0))
    };
    let spans = |starts: &[u32]| {
        let span = |start: &u32| Span::between(Utf8(*start), Utf8(start + 2));
        starts.iter().map(span).collect::<Vec<_>>()
    };
    let mut painter = Painter::new().unwrap();
    painter.show(
        vec![
            ("one".into(), 0, spans(&[0])),
            ("two".into(), 1, spans(&[0, 8])),
        ],
        &range,
    );
    assert_eq!((registered(), asked.get()), (2, 3));
    painter.show(vec![("two".into(), 1, spans(&[10, 8]))], &range);
    // What stays is not looked for again.
    assert_eq!((registered(), asked.get()), (1, 4));
    let ranges = js_sys::eval("CSS.highlights.get('two').size").unwrap();
    assert_eq!(ranges.as_f64(), Some(2.0));
    drop(painter);
    assert_eq!(registered(), 0);
    article.remove();
}

/// Opens the store as the page does, its first script before it.
async fn opened() -> (Store, StoreContents) {
    let page = include_str!("../index.html");
    let (_, script) = page.split_once("<script>").unwrap();
    let (script, _) = script.split_once("</script>").unwrap();
    // A variable would end with what is evaluated here.
    js_sys::eval(&script.replace("var early", "window.early")).unwrap();
    let (store, contents) = Store::open().await.unwrap();
    (store, StoreContents::of(contents).await.unwrap())
}

fn texts(lines: &Lines) -> Vec<String> {
    (0..lines.len()).map(|number| lines.get(number)).collect()
}

async fn append(store: &Store, lines: &[&str]) -> Vec<String> {
    let transaction = store.begin(true).await.unwrap();
    let others = texts(&transaction.others);
    // Each with a text of its own.
    let mut texts = lines
        .iter()
        .map(|line| (format!("name of {line}"), format!("text of {line}")));
    let mut lines = lines.iter().map(ToString::to_string);
    transaction.append(&mut texts, &mut lines).await.unwrap();
    others
}

#[wasm_bindgen_test]
async fn lines_are_kept_in_order_and_a_new_connection_reads_them() {
    let (store, contents) = opened().await;
    store.take(&contents);
    let before = contents.lines.len();
    assert_eq!(append(&store, &["one", "two"]).await, [""; 0]);
    assert_eq!(append(&store, &["three"]).await, [""; 0]);
    assert_eq!(
        store.text("name of one").await.unwrap().as_deref(),
        Some("text of one")
    );
    assert_eq!(store.text("nothing").await, Ok(None));
    store.remember(&[("place", "7"), ("way", "up"), ("text", "name of three")]);
    // By what was begun before the program, for who has been here.
    js_sys::eval("localStorage.setItem('elsewhere', '')").unwrap();
    let (_, contents) = opened().await;
    assert_eq!(contents.text.as_deref(), Some("text of three"));
    let [place, way, nothing] = ["place", "way", "nothing"].map(|name| contents.remembered(name));
    assert_eq!(
        (place.as_deref(), way.as_deref(), nothing),
        (Some("7"), Some("up"), None)
    );
    assert_eq!(texts(&contents.lines)[before..], ["one", "two", "three"]);
}

#[wasm_bindgen_test]
async fn each_connection_is_told_what_the_others_have_appended() {
    let (store, contents) = opened().await;
    store.take(&contents);
    let (other, contents) = opened().await;
    other.take(&contents);
    let heard = Rc::new(Cell::new(0));
    let hearing = heard.clone();
    other.listen(move || hearing.set(hearing.get() + 1));
    append(&store, &["one", "two"]).await;
    assert_eq!(append(&other, &["three"]).await, ["one", "two"]);
    // What was only looked at is still unknown.
    for _ in 0..2 {
        let transaction = store.begin(false).await.unwrap();
        assert_eq!(texts(&transaction.others), ["three"]);
    }
    store.begin(false).await.unwrap().take();
    assert!(store.begin(false).await.unwrap().others.is_empty());
    assert_eq!(append(&store, &["four"]).await, [""; 0]);
    assert_eq!(append(&other, &["five"]).await, ["four"]);
    assert_eq!(heard.get(), 2);
}

#[wasm_bindgen_test]
async fn a_worker_that_is_not_there_is_an_error_in_words() {
    let question = job::ask_to_resolve(&articles::all()[0], &[]);
    let asked = worker::ask(question, None, &|_, _| (), &mut |_| ()).await;
    let is_told = matches!(
        &asked,
        Err(job::Failure::Broken(reason)) if reason.contains("could not be loaded")
    );
    assert!(is_told, "{asked:?}");
}

#[wasm_bindgen_test]
async fn a_database_changes_all_or_nothing_and_is_walked_from_its_end() {
    const NAME: &str = "tried";
    assert!(Database::open(NAME).await.unwrap().is_none());
    let made = Database::make(NAME, &[("numbered", true), ("named", false)]).await;
    let database = made.unwrap();
    let fill = async |store: &Objects| {
        for word in ["one", "two", "three"] {
            store.add(&word.into()).await?;
        }
        Ok(())
    };
    database.write("numbered", fill).await.unwrap();
    let fail = async |store: &Objects| {
        store.add(&"four".into()).await?;
        Err("no".to_owned())
    };
    let failed = database.write("numbered", fail).await;
    assert_eq!(failed, Err("no".to_owned()));
    let store = database.read("numbered").unwrap();
    let mut walked = Vec::new();
    let mut before = None;
    while let Some((key, value)) = store.last_before(before).await.unwrap() {
        before = Some(key);
        walked.push((key, value.as_string().unwrap()));
    }
    let words = [(3, "three"), (2, "two"), (1, "one")];
    assert_eq!(walked, words.map(|(key, word)| (key, word.to_owned())));
    let range = database::between(1, 3).unwrap();
    assert_eq!(store.values(&range, 9).await.unwrap().length(), 2);
    assert_eq!(store.keys(&range, 1).await.unwrap().length(), 1);
    drop(store);
    let name = async |store: &Objects| {
        store.put(&"name 1".into(), &"first".into()).await?;
        store.put(&database::key(-1), &"tried".into()).await
    };
    database.write("named", name).await.unwrap();
    let named = database.read("named").unwrap();
    let names = database::names("name ").unwrap();
    assert_eq!(named.keys(&names, 9).await.unwrap().length(), 1);
    assert!(named.get(&"name 2".into()).await.unwrap().is_undefined());
    drop((named, database));
    assert!(Database::open(NAME).await.unwrap().is_some());
}

#[wasm_bindgen_test]
async fn a_project_is_listed_with_when_it_was_first_and_last_opened() {
    let mut expected = projects::Entry {
        database: "themark".into(),
        title: String::new(),
        made: Timestamp(2),
        opened: Timestamp(2),
        counts: projects::Counts::default(),
        deleted: None,
        is_sample: false,
    };
    // The open one is there before it is listed.
    let listed = projects::list(Timestamp(2)).await.unwrap();
    assert_eq!(listed, [expected.clone()]);
    for at in [Timestamp(3), Timestamp(5)] {
        let opened = |entry: &mut projects::Entry| entry.opened = at;
        projects::change("themark", at, opened).await.unwrap();
    }
    expected.made = Timestamp(3);
    expected.opened = Timestamp(5);
    let listed = projects::list(Timestamp(9)).await.unwrap();
    assert_eq!(listed, [expected]);
}

#[wasm_bindgen_test]
async fn what_is_packed_is_unpacked_as_it_was_and_damage_is_told() {
    let packing = Packing::begin().unwrap();
    for piece in ["One 😀 ", "two ", &"three ".repeat(50_000)] {
        packing.write(piece).await.unwrap();
    }
    let packed: wasm_bindgen::JsValue = packing.end().await.unwrap().into();
    let packed = file::of_bytes(&packed).unwrap();
    assert!(packed.size() < 10_000.0);
    let whole = gzip::unpacked(&packed).await.unwrap();
    let bytes = js_sys::Uint8Array::new(&file::bytes(&whole).await.unwrap()).to_vec();
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.starts_with("One 😀 two three ") && text.len() == 300_013);
    let damaged = packed
        .slice_with_i32_and_f64(0, packed.size() / 2.0)
        .unwrap();
    assert!(gzip::unpacked(&damaged).await.is_err());
}

/// 32-bit offsets are the page's own; natively they are 64 bits wide.
#[wasm_bindgen_test]
fn offsets_convert_in_the_browser_as_they_do_elsewhere() {
    let index = TextIndex::new("a😀é".repeat(500));
    let end = index.to_utf16(index.end());
    assert_eq!(end, Utf16(2000));
    assert_eq!(index.from_utf16(end), Some(index.end()));
}
