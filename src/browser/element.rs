//! Elements made by hand: what there may be thousands of, or what comes and goes.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// A new element. `name` is one of HTML's, `class` may be empty.
#[must_use]
#[allow(clippy::expect_used)]
pub fn element(name: &str, class: &str) -> Element {
    let element = super::document().create_element(name);
    let element = element.expect("a name of HTML's is not refused");
    if !class.is_empty() {
        element.set_class_name(class);
    }
    element
}

/// A new element that holds words, which run in their own direction.
#[must_use]
pub fn words(name: &str, class: &str, words: &str) -> Element {
    let element = element(name, class);
    attribute(&element, "dir", "auto");
    element.set_text_content(Some(words));
    element
}

/// Sets an attribute of one of the names of HTML's or ARIA's, which is not refused.
pub fn attribute(element: &Element, name: &str, value: &str) {
    let _ = element.set_attribute(name, value);
}

/// Gives an element style rules of its own, and no others. Not by an attribute in the markup,
/// which the page's policy forbids.
pub fn style(element: &Element, rules: &str) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        element.style().set_css_text(rules);
    }
}

/// How large the letters of an element are, in CSS pixels.
#[must_use]
pub fn font_size(element: &Element) -> f64 {
    let style = super::window().get_computed_style(element).ok().flatten();
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    // As all browsers have it where a page says nothing.
    const USUAL: f64 = 16.0;
    let size = size.map(|size| js_sys::Number::parse_float(&size));
    size.filter(|size| *size > 0.0).unwrap_or(USUAL)
}

/// Scrolls no more than has to be for an element to be seen.
pub fn show(element: &Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Puts a new element at another's end, which is not refused.
pub fn append(parent: &Element, child: &Element) {
    let _ = parent.append_child(child);
}
