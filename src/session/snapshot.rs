//! Keeps a snapshot of what the journal comes to, so that a visit need not go through all that was
//! ever done. The journal itself stays, and each snapshot is made of all of it, in the worker.

use std::sync::Arc;

use js_sys::Array;
use wasm_bindgen::JsValue;

use super::records::Stored;
use crate::browser::database::{self, Key, Objects, key};
use crate::browser::memory;
use crate::browser::object::{number, object};
use crate::browser::storage;
use crate::browser::worker;
use crate::document::{Document, Version};
use crate::job;
use crate::journal::snapshot::{End, RECORDS_PER_SNAPSHOT};

/// Attempts before some of the journal is passed over: a visit may end meanwhile.
const TRIES: i64 = 2;

/// Where it stands in `view` up to which record one was tried, and how often beyond that; and where
/// the snapshot stands: what goes with it, and from the next number on its lines.
const TRIED: Key = -1;
const SNAPSHOT: Key = 0;

/// By this name the page's first script knows where the snapshot ends.
const NOTED: &str = "snapshot";

/// Makes a new one where it is time for that; the documents are those with which a journal begins.
///
/// # Errors
/// Why there is none, in the browser's words or the worker's.
pub async fn refresh(began: &[Arc<Document>]) -> Result<(), String> {
    let Some(stored) = Stored::open().await? else {
        return Ok(());
    };
    let tried = stored.view()?.get(&key(TRIED)).await?;
    let (up_to, tries) = (number(&tried, "upTo"), number(&tried, "tries"));
    let behind = database::behind(up_to)?;
    let keys = stored.journal()?.keys(&behind, u32::MAX).await?;
    let numbers: Vec<Key> = keys.iter().map(|key| database::key_of(&key)).collect();
    let Some(newest) = numbers
        .last()
        .filter(|_| numbers.len() >= RECORDS_PER_SNAPSHOT)
    else {
        return Ok(());
    };
    let done = note(*newest, 0);
    let next = if tries < TRIES {
        note(up_to, tries + 1)
    } else {
        done.clone()
    };
    let tell = |tried: JsValue| async move |view: &Objects| view.put(&key(TRIED), &tried).await;
    stored.change_view(tell(next)).await?;
    if tries >= TRIES {
        return Ok(());
    }
    let Some(after) = end(&stored, &numbers).await? else {
        return stored.change_view(tell(done)).await;
    };
    let made = make(&stored, began, after).await;
    let made = match made {
        Ok(made) => made,
        Err(reason) => {
            stored.change_view(tell(done)).await?;
            return Err(reason);
        }
    };
    // Before what names them.
    let first = began.iter().map(|document| document.version());
    let texts: Vec<Version> = made.texts.iter().cloned().chain(first).collect();
    stored.add_texts(&texts).await?;
    let keep = async |view: &Objects| {
        view.put(&key(TRIED), &done).await?;
        // Another window may have been quicker, with no less of it.
        if number(&view.get(&key(SNAPSHOT)).await?, "after") >= after {
            return Ok(());
        }
        view.delete(&database::from(SNAPSHOT)?.into()).await?;
        let head = head(after, &made.snapshot);
        view.put(&key(SNAPSHOT), &head).await?;
        // All at once would keep the page busy.
        for (number, line) in made.lines.iter().enumerate() {
            let at = SNAPSHOT + 1 + number as Key;
            view.put(&key(at), &line).await?;
        }
        // The page's first script reads from there, if that holds.
        memory::remember(&storage::key_of_project(NOTED), &after.to_string());
        Ok(())
    };
    stored.change_view(keep).await
}

/// The last record that belongs into it; nothing where there is none.
async fn end(stored: &Stored, numbers: &[Key]) -> Result<Option<Key>, String> {
    let mut end = End::default();
    for pair in numbers.windows(2).rev() {
        let record = stored.journal()?.get(&key(pair[1])).await?;
        if end.is_before(&record.as_string().unwrap_or_default()) {
            return Ok(Some(pair[0]));
        }
    }
    Ok(None)
}

/// A snapshot. Its lines stay out of the program's memory, which never shrinks again.
struct Made {
    lines: Array,
    snapshot: job::Snapshot,
    texts: Vec<Version>,
}

/// What goes with a snapshot: the number and the checksum of the last record in it; how many lines
/// it has, up to which number they are about all documents, and from where to where they are about
/// the marks of each.
fn head(after: Key, snapshot: &job::Snapshot) -> JsValue {
    let first = Key::from(snapshot.common);
    let mut last = first;
    let mut documents = Vec::new();
    for (document, lines) in &snapshot.marks {
        let from = last + 1;
        last += Key::from(*lines);
        documents.push((document.0.to_string(), Array::of2(&key(from), &key(last))));
    }
    let documents: Vec<(&str, JsValue)> = documents
        .iter()
        .map(|(document, lines)| (document.as_str(), lines.into()))
        .collect();
    object(&[
        ("after", key(after)),
        ("sum", snapshot.sum.as_str().into()),
        ("lines", key(last)),
        ("first", key(first)),
        ("documents", object(&documents).into()),
    ])
    .into()
}

/// Has the worker make one of the records up to one.
async fn make(stored: &Stored, began: &[Arc<Document>], after: Key) -> Result<Made, String> {
    let journal = stored.file("journal.txt", after).await?;
    let lines = Array::new();
    let mut hear = |line: String| {
        lines.push(&line.into());
    };
    let answer = worker::ask(
        job::ask_for_snapshot(began),
        Some(journal),
        &|_, _| (),
        &mut hear,
    )
    .await;
    let snapshot = answer.and_then(|bytes| job::snapshot(&bytes));
    let with_texts = snapshot.and_then(|snapshot| Ok((snapshot.texts()?, snapshot)));
    let (texts, snapshot) =
        with_texts.map_err(|failure| failure.words().unwrap_or_else(|| "it was stopped".into()))?;
    Ok(Made {
        lines,
        snapshot,
        texts,
    })
}

/// Up to which record one was tried, and how often beyond that.
fn note(up_to: Key, tries: i64) -> JsValue {
    object(&[("upTo", key(up_to)), ("tries", key(tries))]).into()
}
