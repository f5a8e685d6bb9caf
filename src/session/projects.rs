//! The projects that there are in this browser. Each has a database of its own, which is the truth;
//! an index lists them: what is not in it yet comes into it when it is opened.

use std::sync::Arc;

use uuid::Uuid;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

use super::records::Stored;
use super::{Session, copying};
use crate::articles;
use crate::browser::database::{self, Database, Objects};
use crate::browser::memory;
use crate::browser::object::{field, number, object};
use crate::browser::storage::{self, JOURNAL, TEXTS};
use crate::browser::{clock, fetch};
use crate::document::{Document, Version, article};
use crate::journal::beginning::{self, Alone};
use crate::journal::texts;
use crate::library::Titles;
use crate::project::Edit;
use crate::restore;
use crate::sample;
use crate::time::Timestamp;
use crate::words;

/// The index's database. Its `projects` bear, by the names of their databases, what an [`Entry`] has.
const NAME: &str = "themark projects";
const PROJECTS: &str = "projects";
const STORES: [(&str, bool); 1] = [(PROJECTS, false)];

/// By this name the page's first script knows which project a window has, and which was opened last.
const OPEN: &str = "project";

/// By this name it knows that a project was left at another place than the first screen.
const ELSEWHERE: &str = "elsewhere";

/// Lines that are put into a new journal in one transaction.
const BATCH: usize = 100;

/// A project as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name of its database.
    pub database: String,
    /// What a person calls it; empty until they have given it a name.
    pub title: String,
    /// When it was first listed.
    pub made: Timestamp,
    /// When it was last opened.
    pub opened: Timestamp,
    /// How many documents and marks it had when it was last looked at.
    pub counts: Counts,
    /// When it was put into the bin; nothing where it is not.
    pub deleted: Option<Timestamp>,
    /// Whether it is the sample, which is thrown away without a bin.
    pub is_sample: bool,
}

/// How much there is in a project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Documents that are not deleted.
    pub documents: usize,
    /// Marks that are not deleted.
    pub marks: usize,
}

impl Entry {
    fn new(database: String, at: Timestamp) -> Self {
        Self {
            database,
            title: String::new(),
            made: at,
            opened: at,
            counts: Counts::default(),
            deleted: None,
            is_sample: false,
        }
    }

    fn of(database: String, value: &JsValue) -> Self {
        let count = |name| usize::try_from(number(value, name)).unwrap_or_default();
        let deleted = field(value, "deleted").as_f64();
        Self {
            database,
            title: field(value, "title").as_string().unwrap_or_default(),
            made: Timestamp(number(value, "made")),
            opened: Timestamp(number(value, "opened")),
            counts: Counts {
                documents: count("documents"),
                marks: count("marks"),
            },
            deleted: deleted.map(|at| Timestamp(at as i64)),
            is_sample: field(value, "sample").is_truthy(),
        }
    }

    fn value(&self) -> JsValue {
        let time = |at: Timestamp| JsValue::from(at.0 as f64);
        object(&[
            ("title", self.title.as_str().into()),
            ("made", time(self.made)),
            ("opened", time(self.opened)),
            ("documents", JsValue::from(self.counts.documents as f64)),
            ("marks", JsValue::from(self.counts.marks as f64)),
            ("deleted", self.deleted.map_or(JsValue::UNDEFINED, time)),
            ("sample", self.is_sample.into()),
        ])
        .into()
    }

    /// What it is called; a project that nobody has given a name is called something, too.
    #[must_use]
    pub fn shown_title(&self) -> String {
        if self.title.is_empty() {
            words::projects::UNNAMED.into()
        } else {
            self.title.clone()
        }
    }

    /// Whether it is the one that this page has open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.database == storage::name()
    }
}

/// All projects, those in the bin as well, the one that was opened last first. The open one is among
/// them, whether it was listed or not.
///
/// # Errors
/// Why they can't be read, in the browser's words.
pub async fn list(now: Timestamp) -> Result<Vec<Entry>, String> {
    let index = Database::make(NAME, &STORES).await?;
    let projects = index.read(PROJECTS)?;
    let all = database::names("")?;
    let names = projects.keys(&all, u32::MAX).await?;
    let values = projects.values(&all, u32::MAX).await?;
    let entries = names.iter().zip(values.iter());
    let mut entries: Vec<Entry> = entries
        .map(|(name, value)| Entry::of(name.as_string().unwrap_or_default(), &value))
        .collect();
    if !entries.iter().any(Entry::is_open) {
        entries.push(Entry::new(storage::name(), now));
    }
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.opened));
    Ok(entries)
}

/// Changes what is listed of a project, and gives what that is then. One that is not listed yet comes
/// into the index.
///
/// # Errors
/// Why that can't be kept, in the browser's words.
pub async fn change(
    name: &str,
    at: Timestamp,
    change: impl FnOnce(&mut Entry),
) -> Result<Entry, String> {
    let index = Database::make(NAME, &STORES).await?;
    let mut changed = Entry::new(name.to_owned(), at);
    let note = async |projects: &Objects| {
        let key = JsValue::from(name);
        let before = projects.get(&key).await?;
        if !before.is_undefined() {
            changed = Entry::of(name.to_owned(), &before);
        }
        change(&mut changed);
        projects.put(&key, &changed.value()).await
    };
    index.write(PROJECTS, note).await?;
    Ok(changed)
}

/// Puts a project into the bin. The windows that have it open are told.
///
/// # Errors
/// Why that can't be kept, in the browser's words.
pub async fn put_by(name: &str, at: Timestamp) -> Result<(), String> {
    // Only what is thrown away has no bin.
    let put_by = |entry: &mut Entry| {
        entry.deleted = Some(at);
        entry.is_sample = false;
    };
    change(name, at, put_by).await?;
    tell(name);
    Ok(())
}

/// Throws the sample away: it is erased once no window has it open. They are told.
///
/// # Errors
/// Why that can't be kept, in the browser's words.
pub async fn throw_away(name: &str, at: Timestamp) -> Result<(), String> {
    change(name, at, |entry| entry.deleted = Some(at)).await?;
    tell(name);
    Ok(())
}

/// Takes a project out of the bin.
///
/// # Errors
/// Why that can't be kept, in the browser's words.
pub async fn put_back(name: &str, at: Timestamp) -> Result<(), String> {
    change(name, at, |entry| entry.deleted = None)
        .await
        .map(|_| ())
}

/// Deletes a project for good, with its copies and all that is remembered beside it.
///
/// # Errors
/// When some of it is still there, with the browser's reason.
pub async fn erase(name: &str) -> Result<(), String> {
    tell(name);
    database::delete(name).await?;
    database::delete(&copying::name_of(name)).await?;
    memory::forget_project(name);
    if memory::remembered(OPEN).as_deref() == Some(name) {
        memory::forget(OPEN);
    }
    let index = Database::make(NAME, &STORES).await?;
    let forget = async |projects: &Objects| projects.delete(&name.into()).await;
    index.write(PROJECTS, forget).await
}

impl Session {
    /// Makes a project without documents, with the themes of the open one or with none, and gives the
    /// name of its database.
    ///
    /// # Errors
    /// When it was not made, with the browser's reason.
    pub async fn new_project(&self, title: String, with_themes: bool) -> Result<String, String> {
        let edits = self.with(|project| restore::themes(with_themes.then_some(project)));
        let now = clock::now();
        let made = Made {
            title,
            lines: beginning::lines(&edits, now),
            ..Made::default()
        };
        make(made, clock::name(), now).await
    }

    /// The name of the sample's database; it is made where there is none.
    ///
    /// # Errors
    /// When it was not made, in a sentence or with the browser's reason.
    pub async fn sample(&self) -> Result<String, String> {
        let now = clock::now();
        let all = list(now).await?;
        let mut there = all
            .iter()
            .filter(|own| own.is_sample && own.deleted.is_none());
        if let Some(there) = there.next() {
            return Ok(there.database.clone());
        }
        let addresses = articles::FILES.into_iter().chain(articles::INTERVIEWS);
        let documents = fetched(addresses).await?;
        let edits = sample::edits(&documents, clock::name, now);
        let made = Made {
            title: words::projects::SAMPLE.into(),
            lines: beginning::lines(&edits, now),
            texts: documents.iter().map(|own| own.version()).collect(),
            is_sample: true,
        };
        make(made, clock::name(), now).await
    }
}

/// What a new project is made of.
#[derive(Clone, Default)]
pub struct Made {
    /// What a person calls it.
    pub title: String,
    /// The lines of its journal.
    pub lines: Vec<String>,
    /// The texts that these name.
    pub texts: Vec<Version>,
    /// Whether it is the sample.
    pub is_sample: bool,
}

/// Makes a project, and gives the name of its database. It is listed once all of it is there.
///
/// # Errors
/// When it was not made, with the browser's reason.
pub async fn make(made: Made, id: Uuid, at: Timestamp) -> Result<String, String> {
    let name = storage::new_name(id);
    let title = free_title(&made.title, at).await?;
    let filled = async {
        let new = New::make(&name).await?;
        new.put_versions(&made.texts).await?;
        new.add(made.lines).await?;
        new.list(&title, made.is_sample, at).await
    };
    whole_or_none(&name, filled.await).await
}

/// A title that no project was given that is not in the bin: this, or this with a number behind it.
async fn free_title(title: &str, at: Timestamp) -> Result<String, String> {
    let all = list(at).await?.into_iter();
    let given = all.filter(|own| own.deleted.is_none() && !own.title.is_empty());
    let mut titles = Titles::beside(given.map(|own| own.title));
    Ok(if title.is_empty() {
        String::new()
    } else {
        titles.take(title)
    })
}

/// The name of a project that was made; of one that was not, nothing is left.
async fn whole_or_none(name: &str, filled: Result<(), String>) -> Result<String, String> {
    if filled.is_err() {
        // What can't be deleted either is in nobody's way but the room's.
        let _ = database::delete(name).await;
    }
    filled.map(|()| name.to_owned())
}

/// Documents from beside the page, by their addresses.
///
/// # Errors
/// Why one can't be had, in a sentence.
pub async fn fetched(addresses: impl Iterator<Item = &str>) -> Result<Vec<Arc<Document>>, String> {
    let mut documents = Vec::new();
    for address in addresses {
        let read = article::read(&fetch::text(address).await?);
        documents.push(Arc::new(read.map_err(|error| error.to_string())?));
    }
    Ok(documents)
}

/// The documents with which a project's journal begins.
///
/// # Errors
/// When they can't be had, in a sentence.
pub async fn began(name: &str) -> Result<Vec<Arc<Document>>, String> {
    if name == storage::FIRST {
        fetched(articles::FILES.into_iter()).await
    } else {
        Ok(Vec::new())
    }
}

/// Makes a copy of a project, with its history, under another title. The name of the copy's database.
///
/// # Errors
/// When it was not made, with the browser's reason.
pub async fn duplicate(
    original: &Entry,
    title: &str,
    id: Uuid,
    at: Timestamp,
) -> Result<String, String> {
    let name = storage::new_name(id);
    let title = free_title(title, at).await?;
    let filled = copy(&name, original, &title, at).await;
    whole_or_none(&name, filled).await
}

async fn copy(name: &str, original: &Entry, title: &str, at: Timestamp) -> Result<(), String> {
    let new = New::make(name).await?;
    let is_first = original.database == storage::FIRST;
    let began = began(&original.database).await?;
    let mut alone = Alone::new(added(&began));
    let mut own_texts: Vec<Version> = began.iter().map(|document| document.version()).collect();
    if let Some(stored) = Stored::open_project(&original.database).await? {
        for name in stored.names_of_texts().await? {
            let text = stored.text(&name).await?;
            let text = text.zip(name.as_string()).map(|(text, name)| (name, text));
            new.put_texts(text.into_iter()).await?;
        }
        let last = stored.newest().await?.map_or(0, |(last, _)| last);
        let mut records = stored.up_to(last).await?;
        while let Some(read) = records.lines().await? {
            let mut lines = Vec::new();
            for record in read {
                if is_first {
                    let rewritten = alone.take(record);
                    lines.extend(rewritten.lines);
                    own_texts.extend(rewritten.texts);
                } else {
                    lines.push(record);
                }
            }
            new.add(lines).await?;
        }
    }
    if is_first {
        new.add(alone.end(at)).await?;
    }
    new.put_versions(&own_texts).await?;
    new.list(title, false, at).await?;
    let counted = |entry: &mut Entry| entry.counts = original.counts;
    change(name, at, counted).await.map(|_| ())
}

/// The edits that bring the documents with which the first project's journal begins.
fn added(began: &[Arc<Document>]) -> Vec<Edit> {
    let added = began
        .iter()
        .map(|document| Edit::AddDocument(Box::new(document.record.as_ref().clone())));
    added.collect()
}

/// The database of a project that is being made.
struct New {
    name: String,
    database: Database,
}

impl New {
    async fn make(name: &str) -> Result<Self, String> {
        storage::make(name).await?;
        let database = Database::open(name).await?;
        Ok(Self {
            name: name.to_owned(),
            // It was made just now.
            database: database.ok_or_else(|| words::saving::NO_DATA.to_owned())?,
        })
    }

    async fn put_versions(&self, all: &[Version]) -> Result<(), String> {
        let written = |version: &Version| (version.id().to_string(), texts::write(version));
        self.put_texts(all.iter().map(written)).await
    }

    async fn put_texts(&self, all: impl Iterator<Item = (String, String)>) -> Result<(), String> {
        let put = async |texts: &Objects| {
            for (name, text) in all {
                texts.put(&name.into(), &text.into()).await?;
            }
            Ok(())
        };
        self.database.write(TEXTS, put).await
    }

    async fn add(&self, lines: Vec<String>) -> Result<(), String> {
        for some in lines.chunks(BATCH) {
            let add = async |journal: &Objects| {
                for line in some {
                    journal.add(&line.into()).await?;
                }
                Ok(())
            };
            self.database.write(JOURNAL, add).await?;
        }
        Ok(())
    }

    async fn list(&self, title: &str, is_sample: bool, at: Timestamp) -> Result<(), String> {
        // Its text is not the one that the page itself shows first.
        memory::remember(&storage::key_of(&self.name, ELSEWHERE), "1");
        let note = |entry: &mut Entry| {
            entry.title = title.to_owned();
            entry.is_sample = is_sample;
        };
        change(&self.name, at, note).await.map(|_| ())
    }
}

/// Has this window open a project: the page begins anew with that.
pub fn go_to(name: &str) {
    memory::remember_in_window(OPEN, Some(name));
    memory::remember(OPEN, name);
    // Where it can't, it stays with the one that is open.
    let _ = crate::browser::window().location().reload();
}

/// Tells other windows that a project was put by.
fn tell(name: &str) {
    if let Ok(channel) = BroadcastChannel::new(NAME) {
        // A name can be sent.
        let _ = channel.post_message(&name.into());
        channel.close();
    }
}

/// Calls back once the open project was put by in another window, for as long as the page lasts.
pub fn when_put_by(act: impl Fn() + 'static) {
    let Ok(channel) = BroadcastChannel::new(NAME) else {
        return;
    };
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if event.data().as_string() == Some(storage::name()) {
            act();
        }
    });
    channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
    // It is heard as long as it is there.
    std::mem::forget(channel);
}
