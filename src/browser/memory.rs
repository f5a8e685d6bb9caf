//! What the browser remembers beside its databases, which may be what fails. It is read before the
//! program runs, or is not worth a database.

fn storage() -> Option<web_sys::Storage> {
    super::window().local_storage().ok().flatten()
}

/// What is remembered under a name.
#[must_use]
pub fn remembered(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// Remembers something under a name. Where that fails it is said again with the next visit.
pub fn remember(name: &str, value: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(name, value);
    }
}

/// Remembers nothing any more under a name.
pub fn forget(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(name);
    }
}
