//! Folders that a person drops on the page or chooses: what stands in them, a piece at a time.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, File};

use super::object::{field, number};
use crate::walk::{BOUNDS, Entry, Place, Step, Walk, Why};

// By hand: no standard has these, so web-sys has them behind names of their own.
#[wasm_bindgen]
extern "C" {
    type Item;
    #[wasm_bindgen(method, catch, js_name = webkitGetAsEntry)]
    fn entry(this: &Item) -> Result<JsValue, JsValue>;

    /// A file or a folder of the person's.
    #[derive(Clone, Debug)]
    pub type Given;
    #[wasm_bindgen(method, getter)]
    fn name(this: &Given) -> String;
    #[wasm_bindgen(method, getter, js_name = isDirectory)]
    fn is_folder(this: &Given) -> bool;
    #[wasm_bindgen(method, catch, js_name = createReader)]
    fn reader(this: &Given) -> Result<FolderReader, JsValue>;
    #[wasm_bindgen(method)]
    fn file(this: &Given, taken: &Function, failed: &Function);

    type FolderReader;
    #[wasm_bindgen(method, js_name = readEntries)]
    fn read(this: &FolderReader, taken: &Function, failed: &Function);
}

/// A file of a folder, and the folders that it lies in, as one name.
pub type InFolder = (File, String);

/// What a walk through folders has come to.
#[derive(Debug, Default)]
pub struct Walked {
    /// The files.
    pub files: Vec<InFolder>,
    /// What was left, by its path, with why.
    pub left: Vec<(String, Why)>,
    /// How much was left beside that.
    pub more: usize,
}

/// What was dropped, where a folder is among it; it is there only while the drop is being told.
#[must_use]
pub fn dropped(transfer: &DataTransfer) -> Vec<Given> {
    let items = field(transfer, "items");
    let item = |at| Reflect::get_u32(&items, at).ok();
    let count = u32::try_from(number(&items, "length")).unwrap_or_default();
    let items = (0..count).filter_map(item);
    // A browser that knows no folders has no such method.
    let given = items.filter_map(|item| item.unchecked_ref::<Item>().entry().ok());
    let given = given.filter(JsValue::is_object);
    let given: Vec<Given> = given.map(JsCast::unchecked_into).collect();
    if given.iter().any(Given::is_folder) {
        given
    } else {
        Vec::new()
    }
}

/// Walks through what was dropped. `tell` is told how many files have been found.
pub async fn walk(given: Vec<Given>, tell: impl Fn(usize)) -> Walked {
    let mut walk = Walk::new(BOUNDS);
    walk.found(&[], given.into_iter().map(entry));
    let mut files = Vec::new();
    while let Some(step) = walk.next_step() {
        match step {
            Step::Look(place) => {
                if let Err(error) = look(&mut walk, &place).await {
                    walk.leave(&place, Why::Unreadable(super::reason(&error)));
                }
            }
            Step::Take(place) => match taken(&place.held).await {
                Ok(file) if walk.takes(&place, file.size() as u64) => {
                    files.push((file, place.folder()));
                    tell(files.len());
                }
                Ok(_) => {}
                Err(error) => walk.leave(&place, Why::Unreadable(super::reason(&error))),
            },
        }
    }
    ended(walk, files)
}

/// Has the same done with files of a folder that was chosen: they come all at once.
#[must_use]
pub fn chosen(files: Vec<File>) -> Walked {
    let mut walk = Walk::new(BOUNDS);
    for file in files {
        let path = field(&file, "webkitRelativePath").as_string();
        let path = path.filter(|path| !path.is_empty());
        let path = path.unwrap_or_else(|| file.name());
        let mut folders: Vec<String> = path.split('/').map(str::to_owned).collect();
        let name = folders.pop().unwrap_or_default();
        let file = Entry {
            name,
            is_folder: false,
            held: file,
        };
        walk.found(&folders, [file]);
    }
    let mut taken = Vec::new();
    while let Some(Step::Take(place)) = walk.next_step() {
        if walk.takes(&place, place.held.size() as u64) {
            taken.push((place.held.clone(), place.folder()));
        }
    }
    ended(walk, taken)
}

fn ended<T>(walk: Walk<T>, files: Vec<InFolder>) -> Walked {
    let Walk { left, more, .. } = walk;
    Walked { files, left, more }
}

fn entry(given: Given) -> Entry<Given> {
    Entry {
        name: given.name(),
        is_folder: given.is_folder(),
        held: given,
    }
}

/// Finds out what stands in a folder.
async fn look(walk: &mut Walk<Given>, place: &Place<Given>) -> Result<(), JsValue> {
    let mut folders = place.folders.clone();
    folders.push(place.name.clone());
    let reader = place.held.reader()?;
    loop {
        // Some at a time, until there are none.
        let some = super::settled(|resolve, reject| reader.read(resolve, reject));
        let some: Array = JsFuture::from(some).await?.unchecked_into();
        if some.length() == 0 {
            return Ok(());
        }
        let some = some.iter().map(|own| entry(own.unchecked_into()));
        walk.found(&folders, some);
    }
}

async fn taken(given: &Given) -> Result<File, JsValue> {
    let file = super::settled(|resolve, reject| given.file(resolve, reject));
    Ok(JsFuture::from(file).await?.unchecked_into())
}
