//! IndexedDB for what goes on beside the program's own saving (`storage`): databases that are opened
//! for a while. What is under way is taken back where the page is left: in WebKit that is put by as
//! it is, and nobody else could write then. A worker would be put by before it hears of it, so none
//! has to do with databases.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    IdbCursorWithValue, IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbRequest,
    IdbTransaction, IdbTransactionMode,
};

use super::failed;
use super::storage::succeeded;
use super::under_way::UnderWay;
use crate::words;

/// A database that is open until it is dropped.
pub struct Database {
    own: IdbDatabase,
    /// Called where it has to be closed for another.
    _close: Closure<dyn FnMut()>,
}

/// The number of a value: those that a store gives by itself rise from 1.
pub type Key = i64;

/// A store of a database, in a transaction of its own: who has one must not wait for anything else.
pub struct Objects {
    store: IdbObjectStore,
    transaction: IdbTransaction,
}

thread_local! {
    static UNDER_WAY: UnderWay = UnderWay::default();
    /// How often the page was left, and whether it is now.
    static TIMES_LEFT: Cell<u32> = const { Cell::new(0) };
    static IS_LEFT: Cell<bool> = const { Cell::new(false) };
}

/// Takes back what is under way whenever the page is left, as long as it lasts.
pub fn follow_page() {
    let leave = |_: &web_sys::Event| {
        // Nor is anything begun then: what was asked may still be on its way.
        IS_LEFT.set(true);
        TIMES_LEFT.set(TIMES_LEFT.get() + 1);
        UNDER_WAY.with(UnderWay::take_back);
    };
    EventListener::new(&super::window(), "pagehide", leave).forget();
    EventListener::new(&super::window(), "pageshow", |_| IS_LEFT.set(false)).forget();
}

/// What comes of work with databases. What goes wrong because the page is left is no failure: that
/// never ends.
///
/// # Errors
/// Those of the work.
pub async fn unless_left<T>(work: impl Future<Output = Result<T, String>>) -> Result<T, String> {
    let before = TIMES_LEFT.get();
    let outcome = work.await;
    if outcome.is_err() && TIMES_LEFT.get() != before {
        std::future::pending::<()>().await;
    }
    outcome
}

fn factory() -> Result<IdbFactory, String> {
    let factory = super::window().indexed_db().map_err(failed)?;
    factory.ok_or_else(|| words::saving::NO_DATA.into())
}

/// Deletes a database, with all that is in it.
///
/// # Errors
/// When the browser refuses, with its reason.
pub async fn delete(name: &str) -> Result<(), String> {
    let request = factory()?.delete_database(name).map_err(failed)?;
    succeeded(&request).await.map(|_| ())
}

impl Database {
    /// Opens a database; nothing where there is none.
    ///
    /// # Errors
    /// When what is there can't be opened, with the browser's reason.
    pub async fn open(name: &str) -> Result<Option<Self>, String> {
        let request = factory()?.open(name).map_err(failed)?;
        let is_missing = Rc::new(Cell::new(false));
        let (asked, missing) = (request.clone(), is_missing.clone());
        let upgrade = Closure::once(move || {
            missing.set(true);
            if let Some(transaction) = asked.transaction() {
                // To make one is not for who only looks.
                let _ = transaction.abort();
            }
        });
        request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        match succeeded(&request).await {
            Ok(database) => Ok(Some(Self::of(database))),
            Err(_) if is_missing.get() => Ok(None),
            Err(reason) => Err(reason),
        }
    }

    /// Opens a database, and makes it with some stores where there is none; a store that numbers
    /// its values by itself is marked so.
    ///
    /// # Errors
    /// When the browser refuses, with its reason.
    pub async fn make(name: &str, stores: &'static [(&str, bool)]) -> Result<Self, String> {
        let request = factory()?.open(name).map_err(failed)?;
        let asked = request.clone();
        let upgrade = Closure::once(move || {
            let Ok(database) = asked.result().map(JsCast::unchecked_into::<IdbDatabase>) else {
                return;
            };
            if let Some(transaction) = asked.transaction() {
                UNDER_WAY.with(|all| all.add(&transaction));
            }
            for (store, is_numbered) in stores {
                let keys = web_sys::IdbObjectStoreParameters::new();
                keys.set_auto_increment(*is_numbered);
                // A failure here aborts the upgrade, and opening fails with it.
                let _ = database.create_object_store_with_optional_parameters(store, &keys);
            }
        });
        request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        succeeded(&request).await.map(Self::of)
    }

    fn of(database: JsValue) -> Self {
        let own: IdbDatabase = database.unchecked_into();
        // Neither a newer program nor who deletes it must wait for this one.
        let closing = own.clone();
        let close = Closure::new(move || closing.close());
        own.set_onversionchange(Some(close.as_ref().unchecked_ref()));
        Self { own, _close: close }
    }

    /// A store, to read only.
    ///
    /// # Errors
    /// When the browser refuses, with its reason.
    pub fn read(&self, store: &str) -> Result<Objects, String> {
        self.begin(store, IdbTransactionMode::Readonly)
    }

    /// Changes a store, all or nothing. When it returns that is on the disk, as far as the browser
    /// can tell.
    ///
    /// # Errors
    /// When nothing was changed, with the reason.
    pub async fn write(
        &self,
        store: &str,
        change: impl AsyncFnOnce(&Objects) -> Result<(), String>,
    ) -> Result<(), String> {
        let objects = self.begin(store, IdbTransactionMode::Readwrite)?;
        let transaction = &objects.transaction;
        let done = JsFuture::from(super::settled(|resolve, reject| {
            transaction.set_oncomplete(Some(resolve));
            transaction.set_onabort(Some(reject));
        }));
        if let Err(reason) = change(&objects).await {
            // What failed may have ended it.
            let _ = transaction.abort();
            return Err(reason);
        }
        // The reason is on the transaction, not on the event.
        done.await.map(|_| ()).map_err(|event| {
            let error = transaction.error();
            failed(error.map_or(event, Into::into))
        })
    }

    fn begin(&self, store: &str, mode: IdbTransactionMode) -> Result<Objects, String> {
        if IS_LEFT.get() {
            return Err(words::saving::PAGE_LEFT.into());
        }
        if super::has_failed() {
            return Err(words::saving::PROGRAM_FAILED.into());
        }
        let transaction = self.own.transaction_with_str_and_mode(store, mode);
        let transaction = transaction.map_err(failed)?;
        UNDER_WAY.with(|all| all.add(&transaction));
        let store = transaction.object_store(store).map_err(failed)?;
        Ok(Objects { store, transaction })
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.own.set_onversionchange(None);
        self.own.close();
    }
}

/// What a request brings.
async fn brought(request: Result<IdbRequest, JsValue>) -> Result<JsValue, String> {
    succeeded(&request.map_err(failed)?).await
}

impl Objects {
    /// The value of a key; undefined where there is none.
    ///
    /// # Errors
    /// Here and below: when the browser can't, with its reason.
    pub async fn get(&self, key: &JsValue) -> Result<JsValue, String> {
        brought(self.store.get(key)).await
    }

    /// The values in a range, so many at most.
    ///
    /// # Errors
    /// As above.
    pub async fn values(&self, range: &IdbKeyRange, most: u32) -> Result<Array, String> {
        let asked = self.store.get_all_with_key_and_limit(range, most);
        Ok(brought(asked).await?.unchecked_into())
    }

    /// The keys in a range, so many at most.
    ///
    /// # Errors
    /// As above.
    pub async fn keys(&self, range: &IdbKeyRange, most: u32) -> Result<Array, String> {
        let asked = self.store.get_all_keys_with_key_and_limit(range, most);
        Ok(brought(asked).await?.unchecked_into())
    }

    /// The first key and value.
    ///
    /// # Errors
    /// As above.
    pub async fn first(&self) -> Result<Option<(Key, JsValue)>, String> {
        at(brought(self.store.open_cursor()).await?)
    }

    /// The last key before another, and its value; the very last before nothing. One at a time:
    /// values may be large.
    ///
    /// # Errors
    /// As above.
    pub async fn last_before(&self, before: Option<Key>) -> Result<Option<(Key, JsValue)>, String> {
        let range = match before {
            Some(before) => IdbKeyRange::upper_bound_with_open(&key(before), true)
                .map_err(failed)?
                .into(),
            None => JsValue::NULL,
        };
        let previous = web_sys::IdbCursorDirection::Prev;
        let asked = self
            .store
            .open_cursor_with_range_and_direction(&range, previous);
        at(brought(asked).await?)
    }

    /// Puts a value at a key.
    ///
    /// # Errors
    /// As above.
    pub async fn put(&self, key: &JsValue, value: &JsValue) -> Result<(), String> {
        brought(self.store.put_with_key(value, key)).await?;
        Ok(())
    }

    /// Puts a value behind all others.
    ///
    /// # Errors
    /// As above.
    pub async fn add(&self, value: &JsValue) -> Result<(), String> {
        brought(self.store.add(value)).await?;
        Ok(())
    }

    /// Deletes what is at a key or in a range.
    ///
    /// # Errors
    /// As above.
    pub async fn delete(&self, keys: &JsValue) -> Result<(), String> {
        brought(self.store.delete(keys)).await?;
        Ok(())
    }
}

/// Where a cursor stands.
fn at(cursor: JsValue) -> Result<Option<(Key, JsValue)>, String> {
    let Ok(cursor) = cursor.dyn_into::<IdbCursorWithValue>() else {
        return Ok(None);
    };
    let key = cursor.key().map_err(failed)?;
    Ok(Some((key_of(&key), cursor.value().map_err(failed)?)))
}

/// A key as the browser has it.
#[must_use]
pub fn key(number: Key) -> JsValue {
    (number as f64).into()
}

/// The key that a number is; 0 for what is none.
#[must_use]
pub fn key_of(value: &JsValue) -> Key {
    value.as_f64().unwrap_or_default() as Key
}

/// The keys behind one and up to another.
///
/// # Errors
/// When the one is not before the other.
pub fn between(after: Key, last: Key) -> Result<IdbKeyRange, String> {
    range(&key(after), &key(last), [true, false])
}

/// The keys behind one.
///
/// # Errors
/// Never, for a number.
pub fn behind(after: Key) -> Result<IdbKeyRange, String> {
    IdbKeyRange::lower_bound_with_open(&key(after), true).map_err(failed)
}

/// The keys from one on: names come behind all numbers.
///
/// # Errors
/// Never, for a number.
pub fn from(first: Key) -> Result<IdbKeyRange, String> {
    range(&key(first), &"".into(), [false, true])
}

/// The names that begin so.
///
/// # Errors
/// Never.
pub fn names(beginning: &str) -> Result<IdbKeyRange, String> {
    let last = format!("{beginning}\u{ffff}");
    range(&beginning.into(), &last.into(), [false, false])
}

fn range(
    first: &JsValue,
    last: &JsValue,
    [without_first, without_last]: [bool; 2],
) -> Result<IdbKeyRange, String> {
    IdbKeyRange::bound_with_lower_open_and_upper_open(first, last, without_first, without_last)
        .map_err(failed)
}
