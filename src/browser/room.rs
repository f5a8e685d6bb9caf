//! How much room the browser gives the page, and whether it has promised to keep what is there.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{StorageEstimate, StorageManager};

use super::object::field;

/// Room in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// What is used.
    pub used: i64,
    /// All that the browser gives.
    pub all: i64,
}

fn storage() -> Option<StorageManager> {
    let navigator = super::window().navigator();
    // Pages that are not secure have none, whatever the type says.
    field(&navigator, "storage").dyn_into().ok()
}

/// How much room there is, where the browser tells.
pub async fn estimate() -> Option<Room> {
    let asked = storage()?.estimate().ok()?;
    let told: StorageEstimate = JsFuture::from(asked).await.ok()?.unchecked_into();
    let used = told.get_usage()? as i64;
    let all = told.get_quota()? as i64;
    (all > 0).then_some(Room { used, all })
}

/// Whether the browser has promised not to clear what is there; nothing where it can't promise.
pub async fn is_promised() -> Option<bool> {
    let asked = storage()?.persisted().ok()?;
    let told = JsFuture::from(asked).await.ok()?;
    Some(told.is_truthy())
}

/// Asks the browser not to clear what is there when room is short; whether it agreed.
pub async fn persist() -> bool {
    let Some(asked) = storage().and_then(|storage| storage.persist().ok()) else {
        return false;
    };
    JsFuture::from(asked)
        .await
        .is_ok_and(|agreed| agreed.is_truthy())
}
