//! Keeps a copy of the journal for each of the last days on which something changed, in a database
//! of its own, and in a folder where a person has chosen one.

use wasm_bindgen::JsValue;
use web_sys::Blob;

use super::records::Stored;
use crate::browser::database::{self, Database, Key, Objects};
use crate::browser::folder::Folder;
use crate::browser::gzip::{self, Packing};
use crate::browser::object::{field, number, object};
use crate::browser::{clock, file, storage};
use crate::journal::copies::{Copy, Place, lost, outdated};
use crate::time::Timestamp;
use crate::words;

/// What stands behind the name of a project's database in that of its copies. There `copies` bear
/// what a [`Copy`] has, `bytes` and whether they are `packed`; `settings` say by name which folder gets them too, how that went, and of which work that is gone
/// nobody needs to be told any more.
const SUFFIX: &str = " copies";
const COPIES: &str = "copies";
const SETTINGS: &str = "settings";
const STORES: [(&str, bool); 2] = [(COPIES, true), (SETTINGS, false)];
const FOLDER: &str = "folder";
const MIRRORED: &str = "mirrored";

/// When annotations were last downloaded, as it is remembered with the view.
const DOWNLOADED: &str = super::view::DOWNLOADED;

/// The name of the database of a project's copies.
pub(super) fn name_of(project: &str) -> String {
    format!("{project}{SUFFIX}")
}

/// The copies, for as long as somebody looks at them.
pub struct Copies(Database);

/// What there is to say of the journal and its copies: as much as was found before something
/// failed.
#[derive(Debug, Default)]
pub struct Found {
    /// When the journal was begun, if it was.
    pub first: Option<Timestamp>,
    /// When it was last written to, if that could be read.
    pub last: Option<Timestamp>,
    /// When annotations were last downloaded, if they were.
    pub downloaded: Option<Timestamp>,
    /// The newest copy of work that is gone.
    pub lost: Option<Copy>,
}

/// How the folder got its copies.
#[derive(Clone, Debug, Default)]
pub struct Mirrored {
    /// When the copy was made that it has.
    of: Option<Timestamp>,
    /// When it was written there.
    pub at: Option<Timestamp>,
    /// Why the newest could not be.
    pub failed: Option<String>,
}

/// A copy in a list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The number by which it can be had.
    pub key: Key,
    /// What it is.
    pub copy: Copy,
    /// Its size in bytes.
    pub size: i64,
}

/// Finds out what there is, and copies what is not copied yet.
///
/// # Errors
/// Why no copy could be kept, in the browser's words.
pub async fn look_after(found: &mut Found, at: Timestamp) -> Result<(), String> {
    let stored = Stored::open().await?;
    let copies = Copies::open().await?;
    copies.refresh(stored.as_ref(), found, at).await?;
    copies.mirror().await
}

/// What a value of the store is, without what is in it.
fn copy_of(value: &JsValue) -> Copy {
    Copy {
        first: Timestamp(number(value, "first")),
        last: number(value, "last"),
        day: field(value, "day").as_string().unwrap_or_default(),
        at: Timestamp(number(value, "at")),
    }
}

fn time(at: Timestamp) -> JsValue {
    (at.0 as f64).into()
}

/// A time that may not be told.
fn some_time(object: &JsValue, name: &str) -> Option<Timestamp> {
    let told = field(object, name).as_f64()?;
    Some(Timestamp(told as i64))
}

/// All that are kept, newest first, and how large each is. They are read one at a time: they are
/// large.
async fn all(copies: &Objects) -> Result<Vec<Listed>, String> {
    let mut all = Vec::new();
    let mut before = None;
    while let Some((key, value)) = copies.last_before(before).await? {
        before = Some(key);
        all.push(Listed {
            key,
            copy: copy_of(&value),
            size: number(&field(&value, "bytes"), "byteLength"),
        });
    }
    Ok(all)
}

fn pairs(all: Vec<Listed>) -> Vec<(Key, Copy)> {
    all.into_iter().map(|own| (own.key, own.copy)).collect()
}

/// That a person knows of work that is gone.
fn known(first: Timestamp) -> String {
    format!("known {}", first.0)
}

impl Copies {
    /// Opens the copies, or makes room for them.
    ///
    /// # Errors
    /// Here and below: the browser's reason.
    pub async fn open() -> Result<Self, String> {
        Database::make(&name_of(&storage::name()), &STORES)
            .await
            .map(Self)
    }

    async fn setting(&self, name: &str) -> Result<JsValue, String> {
        self.0.read(SETTINGS)?.get(&name.into()).await
    }

    async fn set(&self, name: &str, value: JsValue) -> Result<(), String> {
        let put = async |settings: &Objects| settings.put(&name.into(), &value).await;
        self.0.write(SETTINGS, put).await
    }

    /// Takes note that a person knows of work that is gone.
    ///
    /// # Errors
    /// As above.
    pub async fn know(&self, first: Timestamp) -> Result<(), String> {
        self.set(&known(first), JsValue::TRUE).await
    }

    /// All that are kept, newest first.
    ///
    /// # Errors
    /// As above.
    pub async fn list(&self) -> Result<Vec<Listed>, String> {
        all(&self.0.read(COPIES)?).await
    }

    /// What is in one, whole or not at all.
    ///
    /// # Errors
    /// Why it can't be had, to stand inside a sentence.
    pub async fn contents(&self, key: Key) -> Result<Blob, String> {
        let copy = self.0.read(COPIES)?.get(&database::key(key)).await?;
        if copy.is_undefined() {
            return Err(words::history::copies::MADE_ROOM.into());
        }
        // What engines say of that means something else to a person: “Failed to fetch”.
        let unpacked = unpacked(&copy).await;
        unpacked.map_err(|_| words::history::copies::DAMAGED.into())
    }

    async fn refresh(
        &self,
        stored: Option<&Stored>,
        found: &mut Found,
        at: Timestamp,
    ) -> Result<(), String> {
        if let Some(stored) = stored {
            found.first = stored.begun().await?;
        }
        let kept = pairs(self.list().await?);
        let mut known_ones = Vec::new();
        for (_, copy) in &kept {
            if !known_ones.contains(&copy.first)
                && self.setting(&known(copy.first)).await?.is_truthy()
            {
                known_ones.push(copy.first);
            }
        }
        found.lost = lost(&kept, found.first, &|first| known_ones.contains(&first)).cloned();
        let (Some(stored), Some(first)) = (stored, found.first) else {
            return Ok(());
        };
        let Some((last, written)) = stored.newest().await? else {
            return Ok(());
        };
        let downloaded = stored.view()?.get(&DOWNLOADED.into()).await?;
        let downloaded = downloaded.as_string().and_then(|at| at.parse().ok());
        found.downloaded = downloaded.map(Timestamp);
        found.last = Some(written);
        let made = Copy {
            first,
            last,
            day: clock::date(at),
            at,
        };
        if made.is_due(kept.first().map(|(_, copy)| copy)) {
            let (bytes, is_packed) = packed(stored, last).await?;
            self.keep(&made, &bytes, is_packed).await?;
        }
        Ok(())
    }

    /// Puts a copy where it belongs. Other windows may be at the same, so what is there is asked
    /// only now, where none of them can come between.
    async fn keep(&self, made: &Copy, bytes: &JsValue, is_packed: bool) -> Result<(), String> {
        let value: JsValue = object(&[
            ("first", time(made.first)),
            ("last", database::key(made.last)),
            ("day", made.day.as_str().into()),
            ("at", time(made.at)),
            ("bytes", bytes.clone()),
            ("packed", is_packed.into()),
        ])
        .into();
        let keep = async |copies: &Objects| {
            let newest = copies.last_before(None).await?;
            let newest = newest.map(|(key, value)| (key, copy_of(&value)));
            match (made.place(newest.as_ref().map(|(_, copy)| copy)), newest) {
                (Place::Nowhere, _) => return Ok(()),
                (Place::Newest, Some((key, _))) => copies.put(&database::key(key), &value).await?,
                _ => copies.add(&value).await?,
            }
            for key in outdated(&pairs(all(copies).await?), made.first) {
                copies.delete(&database::key(key)).await?;
            }
            Ok(())
        };
        self.0.write(COPIES, keep).await
    }

    /// The folder that gets copies too, and how that went.
    ///
    /// # Errors
    /// As above.
    pub async fn folder(&self) -> Result<Option<(Folder, Mirrored)>, String> {
        let Some(folder) = Folder::from_handle(self.setting(FOLDER).await?) else {
            return Ok(None);
        };
        let told = self.setting(MIRRORED).await?;
        let mirrored = Mirrored {
            of: some_time(&told, "of"),
            at: some_time(&told, "at"),
            failed: field(&told, "failed").as_string(),
        };
        Ok(Some((folder, mirrored)))
    }

    /// Has another folder get copies, or none.
    ///
    /// # Errors
    /// As above.
    pub async fn choose(&self, folder: Option<&Folder>) -> Result<(), String> {
        self.set(MIRRORED, JsValue::UNDEFINED).await?;
        let value = folder.map_or(JsValue::UNDEFINED, |folder| folder.value().clone());
        self.set(FOLDER, value).await
    }

    /// Writes the newest copy into the folder that a person has chosen, unless it is there, and
    /// takes note how that went.
    ///
    /// # Errors
    /// As above; that it could not be written there is none.
    pub async fn mirror(&self) -> Result<(), String> {
        let Some((folder, before)) = self.folder().await? else {
            return Ok(());
        };
        let newest = self.0.read(COPIES)?.last_before(None).await?;
        let Some((_, newest)) = newest else {
            return Ok(());
        };
        let copy = copy_of(&newest);
        if before.of == Some(copy.at) || !folder.is_allowed().await {
            return Ok(());
        }
        // A name that bears the journal's begin: copies of another journal, which may be all that
        // is left of it, are not overwritten.
        let name = format!("themark.{}.{}.journal.txt", copy.day, base_36(copy.first.0));
        let write = async {
            let contents = unpacked(&newest).await?;
            folder.write(&name, &contents).await
        };
        let mut told = vec![
            ("of", before.of.map_or(JsValue::UNDEFINED, time)),
            ("at", before.at.map_or(JsValue::UNDEFINED, time)),
        ];
        match write.await {
            Ok(()) => {
                told = vec![("of", time(copy.at)), ("at", time(clock::now()))];
            }
            Err(reason) => told.push(("failed", reason.into())),
        }
        self.set(MIRRORED, object(&told).into()).await
    }
}

/// A whole number in letters and digits.
fn base_36(number: i64) -> String {
    let written = js_sys::Number::from(number as f64).to_string_with_radix(36);
    // 36 is a base that it knows.
    written.map(String::from).unwrap_or_default()
}

/// All records up to one, packed where this browser can; and whether they are.
async fn packed(stored: &Stored, last: Key) -> Result<(JsValue, bool), String> {
    if !gzip::is_known() {
        let whole = stored.file("", last).await?;
        return Ok((file::bytes(&whole).await?, false));
    }
    let mut records = stored.up_to(last).await?;
    let packing = Packing::begin()?;
    while let Some(piece) = records.next().await? {
        packing.write(&piece).await?;
    }
    Ok((packing.end().await?.into(), true))
}

/// The records of a copy as they were.
async fn unpacked(copy: &JsValue) -> Result<Blob, String> {
    let bytes = file::of_bytes(&field(copy, "bytes"))?;
    if field(copy, "packed").is_truthy() {
        gzip::unpacked(&bytes).await
    } else {
        Ok(bytes)
    }
}
