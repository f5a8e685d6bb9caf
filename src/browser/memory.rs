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

/// Remembers nothing any more beside a project's database, which is not the first.
pub fn forget_project(own: &str) {
    let Some(storage) = storage() else { return };

    let end = format!(" of {own}");
    let names = (0..storage.length().unwrap_or_default()).filter_map(|at| storage.key(at).ok()?);
    let names: Vec<String> = names.filter(|name| name.ends_with(&end)).collect();
    for name in names {
        let _ = storage.remove_item(&name);
    }
}

/// What this window alone remembers, over a reload, under a name.
#[must_use]
pub fn window_remembered(name: &str) -> Option<String> {
    window_storage()?.get_item(name).ok().flatten()
}

/// Has this window remember something, or nothing any more.
pub fn remember_in_window(name: &str, value: Option<&str>) {
    if let Some(storage) = window_storage() {
        let _ = match value {
            Some(value) => storage.set_item(name, value),
            None => storage.remove_item(name),
        };
    }
}

fn window_storage() -> Option<web_sys::Storage> {
    super::window().session_storage().ok().flatten()
}
