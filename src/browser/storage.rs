//! IndexedDB: a journal of lines, appended to and never rewritten, a snapshot of what the
//! older of them come to, and a few values about the view.
//!
//! Several pages may have it open. Each appends in a transaction that reads first what the
//! others have appended, and browsers run such transactions one after the other, whichever page
//! they are from: so all pages have the same lines in the same order, and one that freezes or
//! dies holds nobody up.

use std::cell::Cell;
use std::collections::VecDeque;
use std::pin::Pin;
use std::rc::Rc;

use js_sys::{Array, Function, Promise};
use uuid::Uuid;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    BroadcastChannel, IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction,
};

use super::failed;
use super::object::object;
use super::under_way::UnderWay;
use crate::words;

/// A project's database, of which [`name`] says the name. A change of its shape raises [`SHAPE`] and
/// says here what changed:
/// 1: `journal` (lines by number), `view` (values by name); 2: the journal's records have
/// checksums from here on, and a program that writes others must no longer open it; 3: `texts`
/// (what documents say or said, by the names of versions), which the journal only names from here
/// on. The page's first script opens and reads it by the same names, before the program runs. The
/// snapshot stands in `view` at numbers, from 0 on, and at -1 up to where one was tried: who does
/// not know of it goes through all of the journal.
const SHAPE: u32 = 3;
/// The store of the journal's lines.
pub const JOURNAL: &str = "journal";
/// The store of what documents say or said.
pub const TEXTS: &str = "texts";
/// The store of what is remembered of the view, and of the snapshot.
pub const VIEW: &str = "view";

/// The database of the project with which every browser begins: the articles that come with the
/// program are in it from the start. Those of others have its name, a hyphen and a UUID; they begin
/// with nothing but what their journals say.
pub const FIRST: &str = "themark";

thread_local! {
    /// The page's first script has chosen it: this window's own, whatever others open meanwhile.
    static NAME: String = super::early("project")
        .and_then(|name| name.as_string())
        .unwrap_or_else(|| FIRST.into());
}

/// The name of the database of the project that this page has open.
#[must_use]
pub fn name() -> String {
    NAME.with(Clone::clone)
}

/// The name of the database of a new project.
#[must_use]
pub fn new_name(id: Uuid) -> String {
    format!("{FIRST}-{id}")
}

/// Under what something is remembered beside the project's database, by a name.
#[must_use]
pub fn key_of_project(name: &str) -> String {
    key_of(&self::name(), name)
}

/// The same beside a project's database.
#[must_use]
pub fn key_of(database: &str, name: &str) -> String {
    match database {
        FIRST => name.into(),
        own => format!("{name} of {own}"),
    }
}

/// Lines or texts that the browser has been handed and has not yet taken in, at most.
const AHEAD: usize = 2;

/// Lines of the journal. They become this program's own one by one: its memory never shrinks
/// again.
#[derive(Clone)]
pub struct Lines {
    read: Array,
    /// A promise of the others, or a function that asks for them.
    rest: Option<JsValue>,
    /// Why the rest could not be read, with the browser's reason.
    pub failure: Option<String>,
}

impl Lines {
    fn new(read: Array) -> Self {
        Self::with_rest(read, None)
    }

    fn with_rest(read: Array, rest: Option<JsValue>) -> Self {
        Self {
            read,
            rest,
            failure: None,
        }
    }

    /// How many have been read.
    #[must_use]
    pub fn len(&self) -> usize {
        self.read.length() as usize
    }

    /// Whether none have.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The one with a number, from 0. Something that is not a line is handed on as an empty one,
    /// which no reader takes for a record: it is counted as damaged, not passed over.
    #[must_use]
    pub fn get(&self, number: usize) -> String {
        let line = self.read.get(number as u32);
        line.as_string().unwrap_or_default()
    }

    /// Whether there are others that nobody has asked for yet.
    #[must_use]
    pub fn has_others(&self) -> bool {
        self.rest.as_ref().is_some_and(JsValue::is_function)
    }

    /// Those that have been read, without others.
    #[must_use]
    pub fn there(&self) -> Self {
        Self::new(self.read.clone())
    }

    /// Reads the others, or waits for them; whether there were any to wait for.
    pub async fn more(&mut self) -> bool {
        let Some(rest) = self.rest.take() else {
            return false;
        };
        let asked = match rest.dyn_ref::<Function>() {
            Some(ask) => ask.call0(&JsValue::NULL),
            None => Ok(rest),
        };
        let rest = match asked {
            Ok(rest) => JsFuture::from(Promise::resolve(&rest)).await,
            Err(error) => Err(error),
        };
        match rest {
            Ok(rest) => self.read = self.read.concat(rest.unchecked_ref::<Array>()),
            Err(error) => self.failure = Some(super::reason(&error)),
        }
        true
    }
}

/// The pages' own storage.
#[derive(Clone)]
pub struct Store {
    database: IdbDatabase,
    /// The number that the browser gave the last line this page knows; they rise from 1.
    last: Rc<Cell<f64>>,
    /// How many lines it knows whose numbers it does not: those it began with. To ask for these
    /// as well would hold up the marks.
    unnumbered: Rc<Cell<u32>>,
    /// It had to be closed.
    closed: Rc<Cell<bool>>,
    under_way: UnderWay,
    /// Tells the other pages that there are more.
    channel: Option<BroadcastChannel>,
}

/// A transaction of the journal, which lasts until nothing more is asked of it: whoever has one
/// must not wait for anything else.
pub struct JournalTransaction<'a> {
    store: &'a Store,
    transaction: IdbTransaction,
    journal: IdbObjectStore,
    done: JsFuture,
    /// The lines that other pages have appended since this one last looked.
    pub others: Lines,
    last: f64,
}

impl Store {
    /// Opens the store, or makes it; what it holds is still being read.
    ///
    /// # Errors
    /// When the browser refuses, with its reason.
    pub async fn open() -> Result<(Self, Promise), String> {
        let (database, stored) = match begun().await {
            Some(begun) => begun,
            None => {
                let database = made(&name()).await?;
                let stored = early("read", &database).map_err(failed)?;
                (database, stored.unchecked_into())
            }
        };
        // Another tab with a newer program must not wait for this one for ever.
        let closed = Rc::new(Cell::new(false));
        let close = {
            let (database, closed) = (database.clone(), closed.clone());
            Closure::<dyn FnMut()>::new(move || {
                database.close();
                closed.set(true);
            })
        };
        database.set_onversionchange(Some(close.as_ref().unchecked_ref()));
        close.forget();
        let store = Self {
            database,
            last: Rc::default(),
            unnumbered: Rc::default(),
            closed,
            under_way: UnderWay::default(),
            // Where there is none, pages see each other's changes when they make their own.
            channel: BroadcastChannel::new(&name()).ok(),
        };
        Ok((store, stored))
    }

    /// Gives it up, unused.
    pub fn close(&self) {
        self.database.close();
    }

    /// Takes note that all of the journal that was read is known now.
    pub fn take(&self, stored: &StoreContents) {
        self.last.set(stored.after);
        self.unnumbered.set(stored.lines.read.length());
    }

    /// Has the page begin anew, without a snapshot that can't be read.
    pub fn begin_without_snapshot(&self) {
        // The page's first script has it, or there would be no snapshot.
        let _ = early("begin", &self.database);
    }

    /// Calls back whenever another page has appended lines, for as long as this page lasts.
    pub fn listen(&self, act: impl FnMut() + 'static) {
        if let Some(channel) = &self.channel {
            let act = Closure::<dyn FnMut()>::new(act);
            channel.set_onmessage(Some(act.as_ref().unchecked_ref()));
            act.forget();
        }
    }

    /// Tells the other pages that there are more lines, while their transaction still lasts: what
    /// they ask waits for its end, and they hear of lines that are the last this page lives to write.
    fn tell(&self) {
        if let Some(channel) = &self.channel {
            // It says nothing but that; only what can't be copied can't be sent.
            let _ = channel.post_message(&JsValue::NULL);
        }
    }

    /// Takes back what is under way, before the page is left. Where something was, or the page still
    /// `waits` for an answer, it begins anew when it comes back, for in Firefox it never hears how
    /// that ended.
    pub fn leave(&self, waits: bool) {
        if self.under_way.take_back() || waits {
            // It stands there once, and once is enough.
            let _ = early("leave", &self.database);
        }
    }

    /// Begins a transaction of the journal, to write or to read only.
    ///
    /// # Errors
    /// When the browser refuses, with its reason.
    pub async fn begin(&self, writes: bool) -> Result<JournalTransaction<'_>, String> {
        if super::has_failed() {
            return Err(words::saving::PROGRAM_FAILED.into());
        }
        let stores: &[&str] = if writes {
            &[JOURNAL, TEXTS]
        } else {
            &[JOURNAL]
        };
        let transaction = self.transaction(stores, writes)?;
        let done = JsFuture::from(super::settled(|resolve, reject| {
            transaction.set_oncomplete(Some(resolve));
            transaction.set_onabort(Some(reject));
        }));
        let journal = transaction.object_store(JOURNAL).map_err(failed)?;
        let after = |last: f64| IdbKeyRange::lower_bound_with_open(&last.into(), true);
        let asked = after(self.last.get()).and_then(|after| journal.get_all_keys_with_key(&after));
        let keys: Array = succeeded(&asked.map_err(failed)?).await?.unchecked_into();
        if let Some(known) = self.unnumbered.take().checked_sub(1) {
            self.last.set(keys.get(known).as_f64().unwrap_or_default());
        }
        let asked = after(self.last.get()).and_then(|after| journal.get_all_with_key(&after));
        let lines: Array = succeeded(&asked.map_err(failed)?).await?.unchecked_into();
        let last = keys.pop().as_f64().unwrap_or(self.last.get());
        Ok(JournalTransaction {
            store: self,
            transaction,
            journal,
            done,
            others: Lines::new(lines),
            last,
        })
    }

    /// Keeps values about the view, by name. They are a convenience: losing them loses no work.
    #[allow(deprecated, reason = "web-sys says so, no standard does")]
    pub fn remember(&self, values: &[(&str, &str)]) {
        let _ = self.transaction(&[VIEW], true).map(|transaction| {
            let store = transaction.object_store(VIEW)?;
            for (name, value) in values {
                store.put_with_key(&(*value).into(), &(*name).into())?;
            }
            // By itself it would end once they are in, and the page may be gone then.
            transaction.commit()
        });
    }

    /// What a document says or said, by the name of the version; nothing where it is not there.
    ///
    /// # Errors
    /// When the browser refuses, with its reason.
    pub async fn text(&self, name: &str) -> Result<Option<String>, String> {
        let transaction = self.transaction(&[TEXTS], false)?;
        let texts = transaction.object_store(TEXTS).map_err(failed)?;
        let asked = texts.get(&name.into()).map_err(failed)?;
        Ok(succeeded(&asked).await?.as_string())
    }

    fn transaction(&self, stores: &[&str], writes: bool) -> Result<IdbTransaction, String> {
        if self.closed.get() {
            return Err(words::saving::CLOSED.into());
        }
        // Strict: complete means flushed to the disk, not handed to the system.
        let options = object(&[("durability", "strict".into())]);
        let mode = if writes { "readwrite" } else { "readonly" };
        let stores: Array = stores.iter().map(|name| JsValue::from(*name)).collect();
        let transaction = self
            .database
            .unchecked_ref::<Database>()
            .transaction(&stores, mode, &options);
        let transaction = transaction.map_err(failed)?;
        self.under_way.add(&transaction);
        Ok(transaction)
    }
}

impl JournalTransaction<'_> {
    /// Takes note that the others' lines are known now.
    pub fn take(&self) {
        self.store.last.set(self.last);
    }

    /// Appends lines behind the others', with texts by the names of their versions, all or none.
    /// When it returns they are on the disk, as far as the browser can tell, and the others' count
    /// as known. Each of them is handed over in a task of its own, as one before is taken in,
    /// [`AHEAD`] of them at a time so that the browser has the next one when it is done with one.
    ///
    /// # Errors
    /// When they were not kept, with the browser's reason; the others' don't count as known then.
    #[allow(deprecated, reason = "web-sys says so, no standard does")]
    pub async fn append(
        self,
        texts: &mut dyn Iterator<Item = (String, String)>,
        lines: &mut dyn Iterator<Item = String>,
    ) -> Result<(), String> {
        // A text that is there already is the same.
        let keep = |(name, text): (String, String)| {
            let kept = self.transaction.object_store(TEXTS)?;
            kept.put_with_key(&text.into(), &name.into())
        };
        let add = |line: String| self.journal.add(&line.into());
        // Where one fails, the whole transaction does by itself, and says why.
        let (mut refused, mut is_well) = (None, true);
        let mut last = None;
        let mut asked = VecDeque::new();
        for handed in texts.map(keep).chain(lines.map(add)) {
            match handed {
                Ok(added) => {
                    asked.push_back(succeeded(&added));
                    last = Some(added);
                }
                Err(error) => {
                    refused = Some(error);
                    break;
                }
            }
            if asked.len() > AHEAD
                && let Some(added) = asked.pop_front()
            {
                is_well = added.await.is_ok();
                if !is_well {
                    break;
                }
            }
        }
        while is_well
            && refused.is_none()
            && let Some(added) = asked.pop_front()
        {
            is_well = added.await.is_ok();
        }
        // Either changes nothing where the transaction is over already.
        let _ = match refused {
            // What was added before is taken back.
            Some(_) => self.transaction.abort(),
            // The browser needs nothing more of this page. Not before all is in: what fails in a
            // transaction that is being committed fails alone.
            None if is_well => {
                self.store.tell();
                self.transaction.commit()
            }
            None => Ok(()),
        };
        match (self.done.await, refused) {
            (_, Some(error)) => Err(super::reason(&error)),
            (Ok(_), None) => {
                // A text has no number.
                let number = last.and_then(|added| added.result().ok()?.as_f64());
                self.store.last.set(number.unwrap_or(self.last));
                Ok(())
            }
            // The reason is on the transaction, not on the event.
            (Err(event), None) => Err(super::reason(
                &self.transaction.error().map_or(event, Into::into),
            )),
        }
    }
}

/// What a store held when it was opened.
pub struct StoreContents {
    /// What the journal says up to a place, as transactions in any order: first what is about all
    /// documents and about the one that was open when the page was left, then the others, which are
    /// still being read. Empty where there is no snapshot.
    pub snapshot: Lines,
    /// How many lines that should be, where it says so.
    snapshot_lines: Option<usize>,
    /// The checksum of the last line before that place.
    pub sum: Option<String>,
    /// What the document said that was open when the page was left, if it is in the store.
    pub text: Option<String>,
    /// The lines behind it, in order: the first, and the others are still being read.
    pub lines: Lines,
    after: f64,
    names: Array,
    values: Array,
}

impl StoreContents {
    /// Waits until it has been read, but for the rest of the lines.
    ///
    /// # Errors
    /// When it can't be, with the browser's reason.
    pub async fn of(read: Promise) -> Result<Self, String> {
        let all = JsFuture::from(read).await;
        let all: Array = all.map_err(failed)?.unchecked_into();
        let array = |at| all.get(at).unchecked_into();
        let some = |value: JsValue| value.is_truthy().then_some(value);
        Ok(Self {
            lines: Lines::with_rest(array(0), some(all.get(6))),
            names: array(1),
            values: array(2),
            snapshot: Lines::with_rest(array(3), some(all.get(8))),
            snapshot_lines: all.get(9).as_f64().map(|number| number as usize),
            after: all.get(4).as_f64().unwrap_or_default(),
            sum: all.get(5).as_string(),
            text: all.get(7).as_string(),
        })
    }

    /// Whether the snapshot, once all of it has been read, is not whole.
    #[must_use]
    pub fn lacks_snapshot(&self) -> bool {
        let lines = self.snapshot.len();
        self.snapshot.failure.is_some() || self.snapshot_lines.is_some_and(|all| all != lines)
    }

    /// The value about the view that is kept under a name.
    #[must_use]
    pub fn remembered(&self, name: &str) -> Option<String> {
        let at = self.names.index_of(&name.into(), 0);
        self.values.get(u32::try_from(at).ok()?).as_string()
    }
}

/// The database that the page began to open and to read before the program ran, if that came
/// to this one.
async fn begun() -> Option<(IdbDatabase, Promise)> {
    let promise: Promise = super::take_early("store").ok()?.dyn_into().ok()?;
    let opened: Array = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    let database: IdbDatabase = opened.get(0).unchecked_into();
    if database.version() == f64::from(SHAPE) && database.name() == name() {
        return Some((database, opened.get(1).unchecked_into()));
    }
    // It is in the way of one of the right shape, or of another project; one that is being read
    // closes after that.
    database.close();
    None
}

/// Calls a function of the page's first script, which stands there for once.
fn early(name: &str, database: &IdbDatabase) -> Result<JsValue, JsValue> {
    let function: Function = super::take_early(name)?.dyn_into()?;
    function.call1(&JsValue::NULL, database)
}

/// Makes a project's database, with nothing in it.
///
/// # Errors
/// When the browser refuses, with its reason.
pub async fn make(name: &str) -> Result<(), String> {
    made(name).await?.close();
    Ok(())
}

/// The database, made if there is none.
async fn made(name: &str) -> Result<IdbDatabase, String> {
    // Private windows of some browsers have no factory at all, or throw.
    let factory = super::window()
        .indexed_db()
        .map_err(failed)?
        .ok_or(words::saving::NO_DATA)?;
    let request = factory.open_with_u32(name, SHAPE).map_err(failed)?;
    let upgrade = {
        let request = request.clone();
        Closure::once(move || {
            if let Ok(database) = request.result().map(JsCast::unchecked_into::<IdbDatabase>) {
                let keys = web_sys::IdbObjectStoreParameters::new();
                keys.set_auto_increment(true);
                // A failure here aborts the upgrade, and opening fails with it; what is there
                // already stays.
                let _ = database.create_object_store_with_optional_parameters(JOURNAL, &keys);
                let _ = database.create_object_store(VIEW);
                let _ = database.create_object_store(TEXTS);
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
        stores: &Array,
        mode: &str,
        options: &js_sys::Object,
    ) -> Result<IdbTransaction, JsValue>;
}

/// What a request brings. It is listened to from now on, not only once it is awaited.
pub(super) fn succeeded(
    request: &IdbRequest,
) -> Pin<Box<dyn Future<Output = Result<JsValue, String>>>> {
    let settled = JsFuture::from(super::settled(|resolve, reject| {
        request.set_onsuccess(Some(resolve));
        request.set_onerror(Some(reject));
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
