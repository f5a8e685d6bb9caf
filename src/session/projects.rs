//! The index of the projects that there are in this browser. Each has a database of its own, which
//! is the truth: what is not in the index yet comes into it when it is opened.

use wasm_bindgen::JsValue;

use crate::browser::database::{self, Database, Objects};
use crate::browser::object::{field, number, object};
use crate::browser::storage;
use crate::time::Timestamp;

/// The index's database. Its `projects` bear, by the names of their databases, what an [`Entry`] has.
const NAME: &str = "themark projects";
const PROJECTS: &str = "projects";
const STORES: [(&str, bool); 1] = [(PROJECTS, false)];

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
}

impl Entry {
    fn of(database: String, value: &JsValue) -> Self {
        Self {
            database,
            title: field(value, "title").as_string().unwrap_or_default(),
            made: Timestamp(number(value, "made")),
            opened: Timestamp(number(value, "opened")),
        }
    }

    fn value(&self) -> JsValue {
        let time = |at: Timestamp| JsValue::from(at.0 as f64);
        object(&[
            ("title", self.title.as_str().into()),
            ("made", time(self.made)),
            ("opened", time(self.opened)),
        ])
        .into()
    }
}

/// All projects, the one that was opened last first.
///
/// # Errors
/// Why they can't be read, in the browser's words.
pub async fn list() -> Result<Vec<Entry>, String> {
    let index = Database::make(NAME, &STORES).await?;
    let projects = index.read(PROJECTS)?;
    let all = database::names("")?;
    let names = projects.keys(&all, u32::MAX).await?;
    let values = projects.values(&all, u32::MAX).await?;
    let entries = names.iter().zip(values.iter());
    let mut entries: Vec<Entry> = entries
        .map(|(name, value)| Entry::of(name.as_string().unwrap_or_default(), &value))
        .collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.opened));
    Ok(entries)
}

/// Takes note that the project is open, at a time.
///
/// # Errors
/// Why that can't be kept, in the browser's words.
pub async fn note_opened(at: Timestamp) -> Result<(), String> {
    let index = Database::make(NAME, &STORES).await?;
    let note = async |projects: &Objects| {
        let name = storage::name();
        let key = JsValue::from(&name);
        let before = projects.get(&key).await?;
        let made = Entry {
            database: name.clone(),
            title: String::new(),
            made: at,
            opened: at,
        };
        let entry = if before.is_undefined() {
            made
        } else {
            Entry {
                opened: at,
                ..Entry::of(name, &before)
            }
        };
        projects.put(&key, &entry.value()).await
    };
    index.write(PROJECTS, note).await
}
