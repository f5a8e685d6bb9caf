//! IndexedDB: a journal of lines, appended to and never rewritten, and a few values
//! about the view.

use std::collections::VecDeque;
use std::pin::Pin;

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbOpenDbRequest, IdbRequest, IdbTransaction};

/// The database. A change of its shape raises [`SHAPE`] and says here what changed:
/// 1: `journal` (lines by number), `view` (values by name). The page's first script opens
/// and reads it by the same names, before the program runs.
const NAME: &str = "themark";
const SHAPE: u32 = 1;
const JOURNAL: &str = "journal";
const VIEW: &str = "view";

/// How many lines the browser has been handed and has not yet taken in.
const AHEAD: usize = 2;

/// Lines, each read when its turn comes.
pub type Lines = Box<dyn Iterator<Item = String>>;

/// The page's own storage.
#[derive(Clone)]
pub struct Store(IdbDatabase);

impl Store {
    /// Opens the store, or makes it; what it holds is still being read.
    ///
    /// # Errors
    /// When the browser refuses, with its reason.
    pub async fn open() -> Result<(Self, Promise), String> {
        let (database, held) = match begun().await {
            Some(begun) => begun,
            None => {
                let database = made().await?;
                let held = read(&database).map_err(|error| super::reason(&error))?;
                (database, held)
            }
        };
        // Another tab with a newer program must not wait for this one for ever.
        let close = {
            let database = database.clone();
            Closure::<dyn FnMut()>::new(move || database.close())
        };
        database.set_onversionchange(Some(close.as_ref().unchecked_ref()));
        close.forget();
        Ok((Self(database), held))
    }

    /// Appends lines, all or none. When it returns they are on the disk, as far as
    /// the browser can tell. Each is handed over in a task of its own, as one before is taken
    /// in, [`AHEAD`] of them at a time so that the browser has the next one when it is done with
    /// one: a transaction ends when nothing more is asked of it.
    ///
    /// # Errors
    /// When they were not kept, with the browser's reason.
    pub async fn append(&self, lines: &mut dyn Iterator<Item = String>) -> Result<(), String> {
        let transaction = self.begin(JOURNAL)?;
        let done = super::settled(|resolve, reject| {
            transaction.set_oncomplete(Some(resolve));
            transaction.set_onabort(Some(reject));
        });
        let store = transaction
            .object_store(JOURNAL)
            .map_err(|error| super::reason(&error))?;
        let mut refused = None;
        let mut asked = VecDeque::new();
        for line in lines {
            match store.add(&line.into()) {
                Ok(added) => asked.push_back(succeeded(&added)),
                Err(error) => {
                    refused = Some(error);
                    break;
                }
            }
            // Where one fails, the whole transaction does, and says why.
            if asked.len() > AHEAD
                && let Some(added) = asked.pop_front()
                && added.await.is_err()
            {
                break;
            }
        }
        if refused.is_some() {
            // What was added before is taken back; an abort of a transaction that is
            // over already changes nothing.
            let _ = transaction.abort();
        }
        match (JsFuture::from(done).await, refused) {
            (_, Some(error)) => Err(super::reason(&error)),
            (Ok(_), None) => Ok(()),
            // The reason is on the transaction, not on the event.
            (Err(event), None) => Err(super::reason(
                &transaction.error().map_or(event, Into::into),
            )),
        }
    }

    /// Keeps values about the view, by name. They are a convenience: losing them loses no work.
    #[allow(deprecated, reason = "web-sys says so, no standard does")]
    pub fn remember(&self, values: &[(&str, &str)]) {
        let _ = self.begin(VIEW).map(|transaction| {
            let store = transaction.object_store(VIEW)?;
            for (name, value) in values {
                store.put_with_key(&(*value).into(), &(*name).into())?;
            }
            // By itself it would end once they are in, and the page may be gone then.
            transaction.commit()
        });
    }

    /// Begins to write: only the page's first script reads.
    fn begin(&self, store: &str) -> Result<IdbTransaction, String> {
        let options = js_sys::Object::new();
        // Strict: complete means flushed to the disk, not handed to the system.
        // Setting a property of a plain object of one's own cannot fail.
        let _ = Reflect::set(&options, &"durability".into(), &"strict".into());
        self.0
            .unchecked_ref::<Database>()
            .transaction(store, "readwrite", &options)
            .map_err(|error| super::reason(&error))
    }
}

/// What a store held when it was opened.
pub struct Held {
    lines: Array,
    names: Array,
    values: Array,
}

impl Held {
    /// Waits until it has been read.
    ///
    /// # Errors
    /// When it can't be, with the browser's reason.
    pub async fn of(read: Promise) -> Result<Self, String> {
        let all = JsFuture::from(read).await;
        let all: Array = all.map_err(|error| super::reason(&error))?.unchecked_into();
        let array = |at| all.get(at).unchecked_into();
        Ok(Self {
            lines: array(0),
            names: array(1),
            values: array(2),
        })
    }

    /// The value about the view that is kept under a name.
    #[must_use]
    pub fn remembered(&self, name: &str) -> Option<String> {
        let at = self.names.index_of(&name.into(), 0);
        self.values.get(u32::try_from(at).ok()?).as_string()
    }

    /// Every line of the journal, in order. They become this program's own one by one: its
    /// memory never shrinks again. Something that is not a line is handed on as an empty one,
    /// which no reader takes for a record: it is counted as damaged, not passed over.
    #[must_use]
    pub fn lines(self) -> Lines {
        let numbers = 0..self.lines.length();
        let line = move |at| self.lines.get(at).as_string().unwrap_or_default();
        Box::new(numbers.map(line))
    }
}

/// The database that the page began to open and to read before the program ran, if that came
/// to this one.
async fn begun() -> Option<(IdbDatabase, Promise)> {
    let promise: Promise = super::take_early("store").ok()?.dyn_into().ok()?;
    let opened: Array = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    let database: IdbDatabase = opened.get(0).unchecked_into();
    let held = opened.get(1).unchecked_into();
    if database.version() == f64::from(SHAPE) {
        return Some((database, held));
    }
    // It is in the way of one of the right shape, until it has been read.
    let _ = JsFuture::from(held).await;
    database.close();
    None
}

/// Has the page read all of a database.
fn read(database: &IdbDatabase) -> Result<Promise, JsValue> {
    let read: Function = super::take_early("read")?.dyn_into()?;
    Ok(read.call1(&JsValue::NULL, database)?.unchecked_into())
}

/// The database, made if there is none.
async fn made() -> Result<IdbDatabase, String> {
    // Private windows of some browsers have no factory at all, or throw.
    let factory = super::window()
        .indexed_db()
        .map_err(|error| super::reason(&error))?
        .ok_or("this browser window keeps no data")?;
    let request = factory
        .open_with_u32(NAME, SHAPE)
        .map_err(|error| super::reason(&error))?;
    let upgrade = {
        let request = request.clone();
        Closure::once(move || {
            if let Ok(database) = request.result().map(JsCast::unchecked_into::<IdbDatabase>) {
                let keys = web_sys::IdbObjectStoreParameters::new();
                keys.set_auto_increment(true);
                // A failure here aborts the upgrade, and opening fails with it.
                let _ = database.create_object_store_with_optional_parameters(JOURNAL, &keys);
                let _ = database.create_object_store(VIEW);
            }
        })
    };
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    Ok(succeeded(&request).await?.unchecked_into())
}

// By hand: web-sys has the options of a transaction behind an unstable flag only.
#[wasm_bindgen]
extern "C" {
    type Database;
    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &Database,
        store: &str,
        mode: &str,
        options: &js_sys::Object,
    ) -> Result<IdbTransaction, JsValue>;
}

/// Asks the browser not to clear the store when room is short; whether it agreed.
pub async fn persist() -> bool {
    let Ok(asked) = super::window().navigator().storage().persist() else {
        return false;
    };
    JsFuture::from(asked)
        .await
        .is_ok_and(|agreed| agreed.is_truthy())
}

/// What a request brings. It is listened to from now on, not only once it is awaited.
fn succeeded(request: &IdbRequest) -> Pin<Box<dyn Future<Output = Result<JsValue, String>>>> {
    let settled = JsFuture::from(super::settled(|resolve, reject| {
        request.set_onsuccess(Some(resolve));
        request.set_onerror(Some(reject));
        if let Some(open) = request.dyn_ref::<IdbOpenDbRequest>() {
            open.set_onblocked(Some(reject));
        }
    }));
    let request = request.clone();
    Box::pin(async move {
        settled
            .await
            .and_then(|_| request.result())
            .map_err(|error| failure(&request, &error))
    })
}

/// A request's own error where it has one, else what was thrown.
fn failure(request: &IdbRequest, thrown: &JsValue) -> String {
    match request.error() {
        Ok(Some(exception)) => super::reason(&exception),
        _ => super::reason(thrown),
    }
}
