//! IndexedDB: a journal of lines, appended to and never rewritten, and a few values
//! about the view.

use std::pin::Pin;

use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbOpenDbRequest, IdbRequest, IdbTransaction};

/// The database. A change of its shape raises [`SHAPE`] and says here what changed:
/// 1: `journal` (lines by number), `view` (values by name). `style/first.js` opens it by the
/// same name before the program runs.
const NAME: &str = "themark";
const SHAPE: u32 = 1;
const JOURNAL: &str = "journal";
const VIEW: &str = "view";

/// The two modes of a transaction.
const READ: &str = "readonly";
const WRITE: &str = "readwrite";

/// Lines, each read when its turn comes.
pub type Lines = Box<dyn Iterator<Item = String>>;

/// The page's own storage.
#[derive(Clone)]
pub struct Store(IdbDatabase);

impl Store {
    /// Opens the store, or makes it.
    ///
    /// # Errors
    /// When the browser refuses, with its reason.
    pub async fn open() -> Result<Self, String> {
        let database = match begun().await {
            Some(database) => database,
            None => made().await?,
        };
        // Another tab with a newer program must not wait for this one for ever.
        let close = {
            let database = database.clone();
            Closure::<dyn FnMut()>::new(move || database.close())
        };
        database.set_onversionchange(Some(close.as_ref().unchecked_ref()));
        close.forget();
        Ok(Self(database))
    }

    /// Every line of the journal, in order. They are asked for before they are waited for, and
    /// become this program's own one by one: its memory never shrinks again.
    ///
    /// # Errors
    /// When it can't be read, with the browser's reason.
    pub fn lines(&self) -> impl Future<Output = Result<Lines, String>> + use<> {
        let asked = self.begin(JOURNAL, READ).and_then(|transaction| {
            transaction
                .object_store(JOURNAL)
                .and_then(|store| store.get_all())
                .map_err(|error| super::reason(&error))
        });
        let asked = asked.map(|request| succeeded(&request));
        async move {
            let values: Array = asked?.await?.unchecked_into();
            // Something that is not a line is handed on as an empty one, which no reader
            // takes for a record: it is counted as damaged, not passed over.
            let numbers = 0..values.length();
            let line = move |at| values.get(at).as_string().unwrap_or_default();
            Ok(Box::new(numbers.map(line)) as Lines)
        }
    }

    /// Appends lines, all or none. When it returns they are on the disk, as far as
    /// the browser can tell. Each is handed over in a task of its own, as the one before is
    /// taken in: a transaction ends when nothing more is asked of it.
    ///
    /// # Errors
    /// When they were not kept, with the browser's reason.
    pub async fn append(&self, lines: &mut dyn Iterator<Item = String>) -> Result<(), String> {
        let transaction = self.begin(JOURNAL, WRITE)?;
        let done = super::settled(|resolve, reject| {
            transaction.set_oncomplete(Some(resolve));
            transaction.set_onabort(Some(reject));
        });
        let store = transaction
            .object_store(JOURNAL)
            .map_err(|error| super::reason(&error))?;
        let mut refused = None;
        for line in lines {
            match store.add(&line.into()) {
                // Where it fails, the whole transaction does, and says why.
                Ok(added) => {
                    if succeeded(&added).await.is_err() {
                        break;
                    }
                }
                Err(error) => {
                    refused = Some(error);
                    break;
                }
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

    /// Keeps a value about the view. It is a convenience: losing it loses no work.
    pub fn remember(&self, name: &str, value: &str) {
        let _ = self.begin(VIEW, WRITE).map(|transaction| {
            transaction
                .object_store(VIEW)
                .and_then(|store| store.put_with_key(&value.into(), &name.into()))
        });
    }

    /// The values kept under names. They are asked for together: each answer takes a turn.
    pub async fn remembered<const N: usize>(&self, names: [&str; N]) -> [Option<String>; N] {
        let transaction = self.begin(VIEW, READ).ok();
        let store = transaction.and_then(|transaction| transaction.object_store(VIEW).ok());
        let asked = names.map(|name| Some(succeeded(&store.as_ref()?.get(&name.into()).ok()?)));
        let mut values = [const { None }; N];
        for (value, asked) in values.iter_mut().zip(asked) {
            if let Some(asked) = asked {
                *value = asked.await.ok().and_then(|value| value.as_string());
            }
        }
        values
    }

    fn begin(&self, store: &str, mode: &str) -> Result<IdbTransaction, String> {
        let options = js_sys::Object::new();
        // Strict: complete means flushed to the disk, not handed to the system.
        // Setting a property of a plain object of one's own cannot fail.
        let _ = js_sys::Reflect::set(&options, &"durability".into(), &"strict".into());
        self.0
            .unchecked_ref::<Database>()
            .transaction(store, mode, &options)
            .map_err(|error| super::reason(&error))
    }
}

/// The database that the page began to open before the program ran, if that came to this one.
async fn begun() -> Option<IdbDatabase> {
    // A variable that is not there is nothing, too.
    let promise = js_sys::Reflect::get(&super::window(), &"store".into()).ok()?;
    let opened = JsFuture::from(promise.dyn_into::<js_sys::Promise>().ok()?).await;
    let database = opened.ok()?.dyn_into::<IdbDatabase>().ok()?;
    if database.version() == f64::from(SHAPE) {
        return Some(database);
    }
    // It is in the way of one of the right shape.
    database.close();
    None
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
    let settled = super::settled(|resolve, reject| {
        request.set_onsuccess(Some(resolve));
        request.set_onerror(Some(reject));
        if let Some(open) = request.dyn_ref::<IdbOpenDbRequest>() {
            open.set_onblocked(Some(reject));
        }
    });
    let request = request.clone();
    Box::pin(async move {
        let settled = JsFuture::from(settled).await;
        settled
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
