//! What each engine's driver is asked for.

use std::path::Path;

use serde_json::{Value, json};
use thirtyfour::Capabilities;

use crate::settings::{self, Engine};
use crate::visit::Visit;

/// The capabilities for a visit whose profile and downloads are in a folder.
#[must_use]
pub(crate) fn capabilities(engine: Engine, visit: &Visit, folder: &Path) -> Capabilities {
    let wanted = match engine {
        Engine::Chromium => chromium(folder),
        Engine::Firefox => firefox(visit, folder),
        Engine::Webkit => webkit(),
    };
    match wanted {
        Value::Object(members) => members
            .into_iter()
            .collect::<serde_json::Map<_, _>>()
            .into(),
        _ => Capabilities::default(),
    }
}

/// Where downloads arrive.
#[must_use]
pub(crate) fn downloads(folder: &Path) -> std::path::PathBuf {
    folder.join("downloads")
}

fn chromium(folder: &Path) -> Value {
    json!({
        "browserName": "chrome",
        "goog:chromeOptions": {
            "binary": settings::browser(),
            "args": [
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                // Without these, Chromium makes no request of its own.
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--force-color-profile=srgb",
                "--window-size=1280,800",
                format!("--user-data-dir={}", folder.join("profile").display()),
            ],
            "prefs": {
                "download.default_directory": downloads(folder),
                "download.prompt_for_download": false,
            },
        },
    })
}

fn firefox(visit: &Visit, folder: &Path) -> Value {
    json!({
        "browserName": "firefox",
        "moz:firefoxOptions": {
            "binary": settings::browser(),
            "args": ["-headless", "-profile", folder.join("profile")],
            "prefs": {
                "ui.systemUsesDarkTheme": i32::from(visit.dark),
                "browser.download.folderList": 2,
                "browser.download.dir": downloads(folder),
                // The panel that tells of a download would take the focus from the page, in
                // the middle of whatever is done there.
                "browser.download.alwaysOpenPanel": false,
                "browser.download.always_ask_before_handling_new_types": false,
                "browser.helperApps.neverAsk.saveToDisk": "application/ld+json,application/json",
                // As for people; drivers let all files share a store.
                "security.fileuri.strict_origin_policy": true,
                // Tests restart the browser in the middle of things.
                "browser.sessionstore.resume_from_crash": false,
                "toolkit.startup.max_resumed_crashes": -1,
            },
        },
    })
}

fn webkit() -> Value {
    json!({
        "browserName": "MiniBrowser",
        "webkitgtk:browserOptions": {
            "binary": settings::browser(),
            "args": ["--automation"],
        },
    })
}
