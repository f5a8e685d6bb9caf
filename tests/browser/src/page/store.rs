//! What the page has stored, looked at and changed behind its back.

use serde_json::{Value, json};

use super::Page;

impl Page {
    /// The lines that the store's journal holds, in order.
    #[must_use]
    pub fn journal(&self) -> Vec<String> {
        self.with_store("journal.getAll()", json!(null))
    }

    /// Puts a line behind the others.
    pub fn add_to_journal(&self, line: &str) {
        let _: Value = self.with_store("journal.add(given)", json!(line));
    }

    /// Takes the line with a number away, from 0.
    pub fn take_from_journal(&self, number: usize) {
        let keys: Vec<f64> = self.with_store("journal.getAllKeys()", json!(null));
        let _: Value = self.with_store("journal.delete(given)", json!(keys[number]));
    }

    /// The answer to a request of `journal`, `view` or, where there are any, `texts`, `given` a
    /// value.
    #[track_caller]
    pub fn with_store<T: serde::de::DeserializeOwned>(&self, request: &str, given: Value) -> T {
        let script = format!(
            "const [given] = arguments;
             const opened = indexedDB.open('themark');
             opened.onsuccess = () => {{
               const changes = opened.result.transaction(opened.result.objectStoreNames, 'readwrite');
               const [journal, texts, view] = ['journal', 'texts', 'view'].map(
                 (name) => [...opened.result.objectStoreNames].includes(name) && changes.objectStore(name),
               );
               const request = {request};
               changes.oncomplete = () => {{ opened.result.close(); done(request.result ?? null); }};
             }};"
        );
        self.ask_later(&script, vec![given])
    }
}
