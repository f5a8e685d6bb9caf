//! IndexedDB: a journal of lines, appended to and never rewritten, and a few values
//! about the view.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbOpenDbRequest, IdbRequest, IdbTransaction};

/// The database. A change of its shape raises [`SHAPE`] and says here what changed:
/// 1: `journal` (lines by number), `view` (values by name).
const NAME: &str = "themark";
const SHAPE: u32 = 1;
const JOURNAL: &str = "journal";
const VIEW: &str = "view";

/// The two modes of a transaction.
const READ: &str = "readonly";
const WRITE: &str = "readwrite";

/// The page's own storage.
#[derive(Clone)]
pub struct Store(IdbDatabase);

impl Store {
    /// Opens the store, or makes it.
    ///
    /// # Errors
    /// When the browser refuses, with its reason.
    pub async fn open() -> Result<Self, String> {
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
        let database: IdbDatabase = opened(&request).await?.unchecked_into();
        // Another tab with a newer program must not wait for this one for ever.
        let close = {
            let database = database.clone();
            Closure::<dyn FnMut()>::new(move || database.close())
        };
        database.set_onversionchange(Some(close.as_ref().unchecked_ref()));
        close.forget();
        Ok(Self(database))
    }

    /// Every line of the journal, in order. They become this program's own one by one: its
    /// memory never shrinks again.
    ///
    /// # Errors
    /// When it can't be read, with the browser's reason.
    pub async fn lines(&self) -> Result<impl Iterator<Item = String> + use<>, String> {
        let transaction = self.begin(JOURNAL, READ)?;
        let request = transaction
            .object_store(JOURNAL)
            .and_then(|store| store.get_all())
            .map_err(|error| super::reason(&error))?;
        let values: Array = succeeded(&request).await?.unchecked_into();
        // Something that is not a line is handed on as an empty one, which no reader
        // takes for a record: it is counted as damaged, not passed over.
        let numbers = 0..values.length();
        Ok(numbers.map(move |at| values.get(at).as_string().unwrap_or_default()))
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
        let asked = names.map(|name| store.as_ref()?.get(&name.into()).ok());
        let mut values = [const { None }; N];
        for (value, asked) in values.iter_mut().zip(asked) {
            if let Some(asked) = asked {
                *value = succeeded(&asked)
                    .await
                    .ok()
                    .and_then(|value| value.as_string());
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

async fn succeeded(request: &IdbRequest) -> Result<JsValue, String> {
    JsFuture::from(super::settled(|resolve, reject| {
        request.set_onsuccess(Some(resolve));
        request.set_onerror(Some(reject));
    }))
    .await
    .and_then(|_| request.result())
    .map_err(|error| failure(request, &error))
}

async fn opened(request: &IdbOpenDbRequest) -> Result<JsValue, String> {
    JsFuture::from(super::settled(|resolve, reject| {
        request.set_onsuccess(Some(resolve));
        request.set_onerror(Some(reject));
        request.set_onblocked(Some(reject));
    }))
    .await
    .and_then(|_| request.result())
    .map_err(|error| failure(request, &error))
}

/// A request's own error where it has one, else what was thrown.
fn failure(request: &IdbRequest, thrown: &JsValue) -> String {
    match request.error() {
        Ok(Some(exception)) => super::reason(&exception),
        _ => super::reason(thrown),
    }
}
