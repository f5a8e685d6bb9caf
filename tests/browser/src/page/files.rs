//! Files that leave the page and files that come in.

use std::fs;
use std::path::PathBuf;

use serde::de::IgnoredAny;
use serde_json::json;
use thirtyfour::By;

use super::Page;
use crate::export::Export;

/// A file that was downloaded.
#[derive(Clone, Debug)]
pub struct Download {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
}

impl Page {
    /// Clicks "Download JSON", which is in the menu where there is little room, and reads the
    /// file that arrives.
    #[track_caller]
    pub fn download(&self) -> Download {
        self.downloaded_by(|| {
            if self.has("button", "Download JSON") {
                self.click("Download JSON");
            } else {
                self.menu("Download JSON");
            }
        })
    }

    /// The file that arrives after something was done.
    ///
    /// # Panics
    /// When none arrives.
    #[track_caller]
    pub fn downloaded_by(&self, act: impl FnOnce()) -> Download {
        for file in self.arrived() {
            fs::remove_file(file).expect("an earlier download to remove");
        }
        act();
        self.wait("a file is downloaded", || !self.arrived().is_empty());
        let file = self.arrived().swap_remove(0);
        Download {
            name: file.file_name().unwrap().to_string_lossy().into_owned(),
            text: fs::read_to_string(&file).expect("a downloaded text"),
        }
    }

    /// The file of another kind that arrives after something was done: its name and what it holds.
    ///
    /// # Panics
    /// When none arrives.
    #[track_caller]
    pub fn file_downloaded_by(&self, end: &str, act: impl FnOnce()) -> (String, Vec<u8>) {
        let arrived = || -> Vec<PathBuf> {
            let files = fs::read_dir(self.downloads()).expect("the folder of downloads");
            let files = files.map(|file| file.expect("a file").path());
            files
                .filter(|file| file.to_string_lossy().ends_with(end))
                .collect()
        };
        for file in arrived() {
            fs::remove_file(file).expect("an earlier download to remove");
        }
        act();
        // Some engines write it under its own name from the start.
        let size = std::cell::Cell::new(0);
        self.wait("a file is downloaded", || {
            let now = arrived()
                .first()
                .map_or(0, |file| fs::metadata(file).map_or(0, |file| file.len()));
            now > 0 && size.replace(now) == now
        });
        let file = arrived().swap_remove(0);
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        (name.into_owned(), fs::read(&file).expect("a download"))
    }

    /// Downloads the annotations, checked against the text that is open.
    #[track_caller]
    pub fn export(&self) -> Export {
        Export::read(&self.download().text, &self.text())
    }

    /// The downloaded files that are complete.
    fn arrived(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.downloads()).expect("the folder of downloads");
        let files: Vec<PathBuf> = entries
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.is_file())
            .collect();
        let partial = |file: &PathBuf| {
            let name = file.to_string_lossy();
            [".crdownload", ".part", ".wkdownload", ".tmp"]
                .iter()
                .any(|end| name.ends_with(end))
                || name.contains(".com.google.Chrome")
                || name.contains(".org.chromium")
        };
        // Firefox makes an empty file of the final name first, WebKit writes to it bit by bit.
        let whole = |file: &PathBuf| {
            let text = fs::read_to_string(file).unwrap_or_default();
            let is_json = file.extension().is_some_and(|end| end == "json");
            !text.is_empty() && (!is_json || serde_json::from_str::<IgnoredAny>(&text).is_ok())
        };
        if files.iter().any(partial) {
            return Vec::new();
        }
        files.into_iter().filter(whole).collect()
    }

    /// Chooses a file for the button "Import".
    ///
    /// # Panics
    /// When the file can't be made or chosen.
    #[track_caller]
    pub fn choose(&self, name: &str, bytes: impl AsRef<[u8]>) {
        self.choose_for("Annotation file", name, bytes);
    }

    /// Chooses a file where a file of that kind is asked for.
    ///
    /// # Panics
    /// When the file can't be made or chosen.
    #[track_caller]
    pub fn choose_for(&self, kind: &str, name: &str, bytes: impl AsRef<[u8]>) {
        let file = self.downloads().with_file_name(name);
        fs::write(&file, bytes).expect("a file to choose");
        let input = format!("input[type=file][aria-label='{kind}']");
        let input = self.run(self.web().find(By::Css(input)));
        self.run(input.send_keys(file.to_string_lossy().as_ref()));
    }

    /// Drops a file on the page.
    pub fn drop_file(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let _: Option<()> = self.ask("drop", json!([name, bytes.as_ref()]));
    }

    /// Imports a file and says yes to what the page proposes.
    #[track_caller]
    pub fn import(&self, text: &str) {
        self.choose("some.annotations.json", text);
        self.see_dialog("Import annotations");
        self.click_in("dialog", "Import annotations", "Add to article");
        self.see_status("Imported");
    }

    /// Chooses a file of which everything is here already, and sees the page say so.
    #[track_caller]
    pub fn import_nothing_new(&self, text: &str) {
        self.choose("known.annotations.json", text);
        let lines = self.see_dialog("Import annotations");
        assert!(
            lines[0].contains("brings nothing that is not here already"),
            "{lines:?}"
        );
        self.click_in("dialog", "Import annotations", "Close");
    }
}
