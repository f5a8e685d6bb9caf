//! The journal as its store has it, read beside the program's own saving: piece by piece, since the
//! page is at other things, too.

use futures::future::join_all;
use js_sys::{Array, ArrayIntoIter};
use wasm_bindgen::JsValue;
use web_sys::File;

use crate::browser::database::{self, Database, Key, Objects};
use crate::browser::file;
use crate::browser::storage::{self, JOURNAL, TEXTS, VIEW};
use crate::document::Version;
use crate::journal::{moments::Moment, read_head, texts};
use crate::time::Timestamp;

/// Records that are read at a time, at most.
const BATCH: usize = 200;

/// Size of what is read at a time, about, in bytes.
const BATCH_BYTES: usize = 200_000;

/// The project's database, for as long as somebody looks into it.
pub struct Stored(Database);

impl Stored {
    /// Opens it; nothing where there is none: to make it is for the program's own saving.
    ///
    /// # Errors
    /// Here and below: why it can't be read, in the browser's words.
    pub async fn open() -> Result<Option<Self>, String> {
        Self::open_project(&storage::name()).await
    }

    /// Opens another project's, by its name.
    ///
    /// # Errors
    /// As above.
    pub async fn open_project(name: &str) -> Result<Option<Self>, String> {
        Ok(Database::open(name).await?.map(Self))
    }

    pub(super) fn journal(&self) -> Result<Objects, String> {
        self.0.read(JOURNAL)
    }

    /// The store of what is remembered of the view.
    ///
    /// # Errors
    /// As above.
    pub fn view(&self) -> Result<Objects, String> {
        self.0.read(VIEW)
    }

    /// Changes what is remembered of the view, all or nothing.
    ///
    /// # Errors
    /// When nothing was changed, in the browser's words.
    pub async fn change_view(
        &self,
        change: impl AsyncFnOnce(&Objects) -> Result<(), String>,
    ) -> Result<(), String> {
        self.0.write(VIEW, change).await
    }

    /// When the journal was begun: by that its copies are known. Nothing where it is empty.
    ///
    /// # Errors
    /// As above.
    pub async fn begun(&self) -> Result<Option<Timestamp>, String> {
        let first = self.journal()?.first().await?;
        Ok(first.map(|(_, record)| written_at(&record)))
    }

    /// The number of the last record and when it was written; nothing where there is none.
    ///
    /// # Errors
    /// As above.
    pub async fn newest(&self) -> Result<Option<(Key, Timestamp)>, String> {
        let newest = self.journal()?.last_before(None).await?;
        Ok(newest.map(|(number, record)| (number, written_at(&record))))
    }

    /// The records up to one as a file, the way the program reads it.
    ///
    /// # Errors
    /// As above.
    pub async fn file(&self, name: &str, last: Key) -> Result<File, String> {
        let pieces = Array::new();
        let mut records = self.up_to(last).await?;
        while let Some(piece) = records.next().await? {
            pieces.push(&file::piece(&piece)?.into());
        }
        file::of(name, &pieces)
    }

    /// All texts, and the records up to one.
    ///
    /// # Errors
    /// As above.
    pub async fn up_to(&self, last: Key) -> Result<Records<'_>, String> {
        let names = self.names_of_texts().await?;
        Ok(Records {
            stored: self,
            texts: names.into_iter(),
            after: 0,
            last,
            some: 1,
        })
    }

    /// The names of the texts.
    ///
    /// # Errors
    /// As above.
    pub async fn names_of_texts(&self) -> Result<Array, String> {
        self.texts()?.keys(&database::names("")?, u32::MAX).await
    }

    /// A text by its name, as it is written; nothing where it is not there.
    ///
    /// # Errors
    /// As above.
    pub async fn text(&self, name: &JsValue) -> Result<Option<String>, String> {
        Ok(self.texts()?.get(name).await?.as_string())
    }

    fn texts(&self) -> Result<Objects, String> {
        self.0.read(TEXTS)
    }

    /// The texts of some names, in their order, as they are kept; undefined for one that is not.
    ///
    /// # Errors
    /// As above, where none can be read.
    pub async fn texts_named(&self, names: &[String]) -> Result<Vec<JsValue>, String> {
        let texts = self.texts()?;
        let keys: Vec<JsValue> = names.iter().map(JsValue::from).collect();
        // All are asked for before the first comes.
        let read = join_all(keys.iter().map(|key| texts.get(key))).await;
        let read = read.into_iter().map(Result::unwrap_or_default);
        Ok(read.collect())
    }

    /// Keeps texts that are not kept yet.
    ///
    /// # Errors
    /// When none was kept, in the browser's words.
    pub async fn add_texts(&self, versions: &[Version]) -> Result<(), String> {
        let kept = self.names_of_texts().await?;
        let names = versions
            .iter()
            .map(|version| JsValue::from(version.id().to_string()));
        let missing: Vec<(JsValue, &Version)> = names
            .zip(versions)
            .filter(|(name, _)| !kept.includes(name, 0))
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        let add = async |texts: &Objects| {
            for (name, version) in missing {
                texts.put(&name, &texts::write(version).into()).await?;
            }
            Ok(())
        };
        self.0.write(TEXTS, add).await
    }

    /// The moment of a change by the number of its last record; nothing where that is none.
    ///
    /// # Errors
    /// As above.
    pub async fn moment(&self, number: Key) -> Result<Option<Moment>, String> {
        let record = self.journal()?.get(&database::key(number)).await?;
        Ok(record
            .as_string()
            .and_then(|record| Moment::of(number, &record)))
    }

    /// The last moment before a record, and the number before which to go on. Of a change that
    /// stands in many records only the last and the first are read.
    ///
    /// # Errors
    /// As above.
    pub async fn moment_before(
        &self,
        mut before: Option<Key>,
    ) -> Result<Option<(Moment, Key)>, String> {
        loop {
            let Some((number, record)) = self.journal()?.last_before(before).await? else {
                return Ok(None);
            };
            let record = record.as_string().unwrap_or_default();
            before = Some(number);
            let Some(moment) = Moment::of(number, &record) else {
                continue;
            };
            let first = moment.first();
            if first < number {
                let record = self
                    .journal()?
                    .get(&database::key(first))
                    .await?
                    .as_string();
                if record.is_some_and(|record| moment.begins_with(&record)) {
                    return Ok(Some((moment, first)));
                }
            }
            return Ok(Some((moment, number)));
        }
    }
}

/// When a record was written; 0 where it does not say.
fn written_at(record: &JsValue) -> Timestamp {
    let record = record.as_string().unwrap_or_default();
    read_head(&record).map_or(Timestamp(0), |(head, _)| head.at)
}

/// Records that are read piece by piece.
pub struct Records<'a> {
    stored: &'a Stored,
    /// The names of the texts that come before them.
    texts: ArrayIntoIter,
    after: Key,
    last: Key,
    /// How many are read next.
    some: usize,
}

impl Records<'_> {
    /// The next records, without texts; nothing behind the last.
    ///
    /// # Errors
    /// Why they can't be read, in the browser's words.
    pub async fn lines(&mut self) -> Result<Option<Vec<String>>, String> {
        if self.after >= self.last {
            return Ok(None);
        }
        let journal = self.stored.journal()?;
        let range = database::between(self.after, self.last)?;
        let keys = journal.keys(&range, self.some as u32).await?;
        let records = journal.values(&range, self.some as u32).await?;
        if keys.length() == 0 {
            return Ok(None);
        }
        self.after = database::key_of(&keys.pop());
        let lines: Vec<String> = records
            .iter()
            .map(|record| record.as_string().unwrap_or_default())
            .collect();
        let length = lines.iter().map(String::len).sum::<usize>() / lines.len().max(1);
        self.some = (BATCH_BYTES / length.max(1)).clamp(1, BATCH.min(2 * self.some));
        Ok(Some(lines))
    }

    /// The next of them as a piece of a file, the way the program reads it; nothing behind the last.
    ///
    /// # Errors
    /// Why they can't be read, in the browser's words.
    pub async fn next(&mut self) -> Result<Option<String>, String> {
        for name in self.texts.by_ref() {
            // One that can't be read is told of where it is wanted; the others are not lost with it.
            if let Ok(Some(text)) = self.stored.text(&name).await {
                return Ok(Some(text + "\n\n"));
            }
        }
        let Some(lines) = self.lines().await? else {
            return Ok(None);
        };
        let mut piece = String::new();
        for line in lines {
            piece += &line;
            piece += "\n\n";
        }
        Ok(Some(piece))
    }
}
