//! The caret position under a point, which engines name differently.

use js_sys::{Function, Reflect};
use wasm_bindgen::JsCast;
use web_sys::{CaretPosition, Node, Range};

/// The text position nearest to a point of the viewport, in pixels.
#[must_use]
pub fn caret_at(x: f64, y: f64) -> Option<(Node, u32)> {
    let document = super::document();
    let method = |name: &str| {
        Reflect::get(&document, &name.into())
            .ok()?
            .dyn_into::<Function>()
            .ok()
    };
    let call = |method: Function| method.call2(&document, &x.into(), &y.into()).ok();
    // The standard's name first; WebKit had only the other one for long.
    if let Some(found) = method("caretPositionFromPoint").and_then(call) {
        let position = found.dyn_into::<CaretPosition>().ok()?;
        return Some((position.offset_node()?, position.offset()));
    }
    let range: Range = method("caretRangeFromPoint")
        .and_then(call)?
        .dyn_into()
        .ok()?;
    Some((range.start_container().ok()?, range.start_offset().ok()?))
}
