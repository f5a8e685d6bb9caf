//! The CSS Custom Highlight API: named ranges, painted without touching the DOM.
//!
//! Bound by hand, since web-sys has it behind an unstable flag only.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{CssStyleSheet, Range};

use super::object::{field, has};
use crate::text::Span;

#[wasm_bindgen]
extern "C" {
    type Highlight;
    #[wasm_bindgen(constructor)]
    fn new() -> Highlight;
    #[wasm_bindgen(method)]
    fn add(this: &Highlight, range: &StaticRange);
    #[wasm_bindgen(method)]
    fn delete(this: &Highlight, range: &StaticRange);
    #[wasm_bindgen(method)]
    fn clear(this: &Highlight);

    /// A range that the page does not keep up to date: nothing inside a block ever changes.
    type StaticRange;
    // What it asks for are properties that every range has.
    #[wasm_bindgen(constructor)]
    fn new(like: &Range) -> StaticRange;

    type Registry;
    #[wasm_bindgen(method)]
    fn set(this: &Registry, name: &str, highlight: &Highlight);
    #[wasm_bindgen(method)]
    fn delete(this: &Registry, name: &str);

    #[wasm_bindgen(thread_local_v2, js_namespace = CSS, js_name = highlights)]
    static HIGHLIGHTS: Registry;
}

/// What is to be painted alike: a name, which of two names on one word lies above (that of the
/// higher rank), and where.
pub type Paint = (String, u8, Vec<Span>);

/// One name, and its ranges in the order of the text.
struct Registered {
    name: String,
    highlight: Highlight,
    ranges: Vec<(Span, StaticRange)>,
}

impl Registered {
    fn new(name: String) -> Self {
        Self {
            name,
            highlight: Highlight::new(),
            ranges: Vec::new(),
        }
    }
}

/// Whether the engine has the API.
#[must_use]
pub fn is_known() -> bool {
    let window = super::window();
    has(&window, "Highlight") && has(&field(&window, "CSS"), "highlights")
}

/// The highlights this page has registered, and the rules that colour them. Dropping
/// it takes them all away.
pub struct Painter {
    registered: Vec<Registered>,
    sheet: CssStyleSheet,
    inherits: bool,
}

impl Painter {
    /// A painter, where the engine has the API.
    #[must_use]
    pub fn new() -> Option<Self> {
        // A constructed sheet, because the page's policy forbids inline styles.
        let sheet = is_known().then(CssStyleSheet::new)?.ok()?;
        let document = super::document();
        let adopted = Array::from(&document.adopted_style_sheets());
        adopted.push(&sheet);
        document.set_adopted_style_sheets(&adopted);
        Some(Self {
            registered: Vec::new(),
            inherits: super::take_early("inherits").is_ok_and(|told| told.is_truthy()),
            sheet,
        })
    }

    /// Whether an element's highlights look as those of the element around it, where no rule
    /// says otherwise: not every engine's way. The page's first script has tried it.
    #[must_use]
    pub fn inherits(&self) -> bool {
        self.inherits
    }

    /// Sets the rules that say how each name is painted.
    pub fn style(&self, rules: &str) {
        // Rules of our own making always parse; a rule an engine does not know it
        // leaves out by itself.
        let _ = self.sheet.replace_sync(rules);
    }

    /// Registers exactly these spans under these names, which come from the lowest rank to the
    /// highest, in place of all before. Ranges that are registered already stay; `range` finds
    /// the others in the page.
    ///
    /// The ranks are kept by the order of registering alone, in which the later lies above:
    /// WebKitGTK 2.50 ends where a name comes behind one of higher priority.
    pub fn show(&mut self, wanted: Vec<Paint>, range: &dyn Fn(Span) -> Option<Range>) {
        debug_assert!(wanted.is_sorted_by_key(|(_, rank, _)| *rank), "{wanted:?}");
        let mut gone = std::mem::take(&mut self.registered);
        // The rank from which on names have to be registered behind new ones.
        let mut above = u8::MAX;
        for (name, rank, spans) in wanted {
            let known = gone.iter().position(|known| known.name == name);
            if known.is_none() {
                above = above.min(rank);
            }
            let mut own = match known {
                Some(known) => gone.swap_remove(known),
                None => Registered::new(name),
            };
            if known.is_none() || rank > above {
                HIGHLIGHTS.with(|registry| {
                    registry.delete(&own.name);
                    registry.set(&own.name, &own.highlight);
                });
            }
            let mut before = std::mem::take(&mut own.ranges);
            for span in spans {
                // Both are in the order of the text, so it is mostly the first.
                let same = before.iter().position(|(other, _)| *other == span);
                if let Some(same) = same {
                    own.ranges.push(before.remove(same));
                } else if let Some(range) = range(span) {
                    let range = StaticRange::new(&range);
                    own.highlight.add(&range);
                    own.ranges.push((span, range));
                }
            }
            for (_, range) in &before {
                own.highlight.delete(range);
            }
            self.registered.push(own);
        }
        for known in &gone {
            // WebKitGTK 2.50 paints nothing anew where a name goes, but where a range does.
            known.highlight.clear();
            HIGHLIGHTS.with(|registry| registry.delete(&known.name));
        }
    }

    /// Takes all away, for one, when the page they are in is drawn anew.
    pub fn clear(&mut self) {
        self.show(Vec::new(), &|_| None);
    }
}

impl Drop for Painter {
    fn drop(&mut self) {
        self.clear();
        self.style("");
    }
}
