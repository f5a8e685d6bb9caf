//! The CSS Custom Highlight API: named ranges, painted without touching the DOM.
//!
//! Bound by hand, since web-sys has it behind an unstable flag only.

use std::collections::BTreeMap;

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{CssStyleSheet, Range};

#[wasm_bindgen]
extern "C" {
    type Highlight;
    #[wasm_bindgen(constructor)]
    fn new() -> Highlight;
    #[wasm_bindgen(method)]
    fn add(this: &Highlight, range: &Range);
    #[wasm_bindgen(method)]
    fn clear(this: &Highlight);
    #[wasm_bindgen(method, setter)]
    fn set_priority(this: &Highlight, priority: i32);

    type Registry;
    #[wasm_bindgen(method)]
    fn set(this: &Registry, name: &str, highlight: &Highlight);
    #[wasm_bindgen(method)]
    fn delete(this: &Registry, name: &str);

    #[wasm_bindgen(thread_local_v2, js_namespace = CSS, js_name = highlights)]
    static HIGHLIGHTS: Registry;
}

/// The highlights this page has registered, and the rules that colour them. Dropping
/// it takes them all away.
pub struct Painter {
    registered: BTreeMap<String, Highlight>,
    sheet: CssStyleSheet,
    rules: String,
}

impl Painter {
    /// A painter, where the engine has the API.
    #[must_use]
    pub fn new() -> Option<Self> {
        let has = |object: &JsValue, key: &str| Reflect::has(object, &key.into()).unwrap_or(false);
        let window = super::window();
        let css = Reflect::get(&window, &"CSS".into()).ok()?;
        if !has(&window, "Highlight") || !has(&css, "highlights") {
            return None;
        }
        // A constructed sheet, because the page's policy forbids inline styles.
        let sheet = CssStyleSheet::new().ok()?;
        let document = super::document();
        let adopted = Array::from(&document.adopted_style_sheets());
        adopted.push(&sheet);
        document.set_adopted_style_sheets(&adopted);
        Some(Self {
            registered: BTreeMap::new(),
            sheet,
            rules: String::new(),
        })
    }

    /// Sets the rules that say how each name is painted.
    pub fn style(&mut self, rules: String) {
        if rules != self.rules {
            // Rules of our own making always parse; a rule an engine does not know it
            // leaves out by itself.
            let _ = self.sheet.replace_sync(&rules);
            self.rules = rules;
        }
    }

    /// Registers exactly these ranges under these names, in place of all before.
    pub fn show(&mut self, highlights: impl IntoIterator<Item = (String, i32, Vec<Range>)>) {
        let mut gone = std::mem::take(&mut self.registered);
        for (name, priority, ranges) in highlights {
            let highlight = gone.remove(&name).unwrap_or_else(|| {
                let highlight = Highlight::new();
                highlight.set_priority(priority);
                HIGHLIGHTS.with(|registry| registry.set(&name, &highlight));
                highlight
            });
            highlight.clear();
            for range in &ranges {
                highlight.add(range);
            }
            self.registered.insert(name, highlight);
        }
        for name in gone.keys() {
            HIGHLIGHTS.with(|registry| registry.delete(name));
        }
    }
}

impl Drop for Painter {
    fn drop(&mut self) {
        self.show([]);
        self.style(String::new());
    }
}
