//! What everything on the page is made of: closures of one type a kind, and plain elements.

use leptos::html::custom;
use leptos::prelude::*;

use crate::text::one_line;
use crate::words;

// Every closure has a type of its own, and the framework compiles a copy of itself for
// each type it meets. These give all closures of a kind one type; without them
// the page's program is a quarter larger.

/// A value that follows from signals.
pub(super) fn live<T: Send + Sync + 'static>(
    read: impl Fn() -> T + Send + Sync + 'static,
) -> Signal<T> {
    Signal::derive(read)
}

/// What is done whenever signals it reads have changed, and once at the start.
pub(super) fn effect(act: impl FnMut() + 'static) {
    let mut act: Box<dyn FnMut()> = Box::new(act);
    Effect::new(move |_: Option<()>| act());
}

/// What is done whenever something that follows from signals holds no longer.
pub(super) fn ended(holds: impl Fn() -> bool + 'static, act: impl Fn() + 'static) {
    let mut before = false;
    effect(move || {
        let now = holds();
        if std::mem::replace(&mut before, now) && !now {
            act();
        }
    });
}

/// A piece of the page that follows from signals; nothing where there is none.
pub(super) fn part(view: impl FnMut() -> Option<AnyView> + Send + 'static) -> Piece {
    Box::new(view)
}

pub(super) type Piece = Box<dyn FnMut() -> Option<AnyView> + Send>;

/// A still piece of the page: an element whose text runs in its own direction. In `view!`
/// each kind of element has a type of its own.
pub(super) fn tag(name: &'static str, children: Vec<AnyView>) -> AnyView {
    custom(name).attr("dir", "auto").child(children).into_any()
}

/// One that holds nothing but words.
pub(super) fn tagged(name: &'static str, words: impl Into<String>) -> AnyView {
    tag(name, vec![words.into().into_any()])
}

/// A list item of words, each in an element or, where that has no name, in none.
pub(super) fn line(parts: &[(&'static str, &str)]) -> AnyView {
    let mut pieces = Vec::new();
    for (name, words) in parts.iter().filter(|(_, words)| !words.is_empty()) {
        pieces.push(if name.is_empty() {
            words.to_string().into_any()
        } else {
            tagged(name, *words)
        });
    }
    tag("li", pieces)
}

/// Puts a line for a number and what it counts, if it is not none.
pub(super) fn count(lines: &mut Vec<AnyView>, count: usize, what: &str) {
    if count > 0 {
        lines.push(line(&[
            ("strong", &count.to_string()),
            ("", " "),
            ("", what),
        ]));
    }
}

/// A button with nothing special about it but its class.
pub(super) fn button(
    class: &'static str,
    words: &'static str,
    act: impl Fn() + 'static,
) -> AnyView {
    view! { <button type="button" class=class on:click=press(act)>{words}</button> }.into_any()
}

/// A name that is written in a dialog, from what it was on.
pub(super) fn name_field(
    label: &'static str,
    field: NodeRef<leptos::html::Input>,
    was: String,
) -> AnyView {
    view! {
        <label class="field">
            <span>{label}</span>
            <input node_ref=field type="text" dir="auto" maxlength="200" autofocus prop:value=was />
        </label>
    }
    .into_any()
}

/// What is written in the field of a name, and where that is nothing, words that say so beside it: the
/// field takes the focus then.
pub(super) fn name_in(
    field: NodeRef<leptos::html::Input>,
    wrong: RwSignal<&'static str>,
) -> Option<String> {
    let field = field.get_untracked()?;
    let name = one_line(&field.value());
    if name.is_empty() {
        wrong.set(words::common::NAME_MISSING);
        crate::browser::focus(&field);
        return None;
    }
    wrong.set("");
    Some(name)
}

/// Where it is said that a name is missing.
pub(super) fn missing(wrong: RwSignal<&'static str>) -> AnyView {
    view! { <p class="wrong" role="alert">{wrong}</p> }.into_any()
}

/// What Escape does in a field of a dialog: it leaves the field, not the dialog.
pub(super) fn escape(over: impl Fn() + 'static) -> Box<dyn FnMut(web_sys::KeyboardEvent)> {
    Box::new(move |event| {
        if event.key() == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            over();
        }
    })
}

/// A button for what is not done twice: the second press of a double click does nothing, since what
/// it would be about is another thing by then.
pub(super) fn button_once(words: &'static str, act: impl Fn() + 'static) -> AnyView {
    view! { <button type="button" on:click=press_once(act)>{words}</button> }.into_any()
}

/// What a press of such a button does.
pub(super) fn press_once(act: impl Fn() + 'static) -> Box<dyn FnMut(web_sys::MouseEvent)> {
    Box::new(move |event| {
        if event.detail() < 2 {
            act();
        }
    })
}

/// What a press of a button does.
pub(super) fn press(act: impl Fn() + 'static) -> Box<dyn FnMut(web_sys::MouseEvent)> {
    Box::new(move |_| act())
}
