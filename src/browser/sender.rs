//! Another page that has opened this one to send what it shows: one message is taken of it.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Window};

use super::object::field;

/// What this page says to the other one as soon as it listens.
const READY: &str = "themark-listens";

/// What the bookmark runs in the page that is sent.
const SCRIPT: &str = include_str!("../boot/bookmark.js");

/// Largest page that is taken, in UTF-16 units.
const LARGEST: u32 = 64_000_000;

/// What another page has sent.
#[derive(Clone, Debug)]
pub struct Message {
    /// Which page it is, as the browser says.
    pub origin: String,
    /// All of it, as HTML.
    pub page: String,
    /// What was selected in it, as HTML; empty for nothing.
    pub part: String,
    /// What it is called.
    pub title: String,
    /// Its address.
    pub address: String,
}

/// Listens to the page that has opened this one, tells it so, and gives its first message to `act`;
/// whether there is such a page.
pub fn listen(act: impl FnOnce(Message) + 'static) -> bool {
    let window = super::window();
    let opener = window.opener().ok().filter(JsValue::is_object);
    let Some(opener) = opener else { return false };
    let act = RefCell::new(Some(act));
    let listener: Rc<RefCell<Option<EventListener>>> = Rc::default();
    let own = listener.clone();
    let from = opener.clone();
    let heard = move |event: &web_sys::Event| {
        let Some(event) = event.dyn_ref::<MessageEvent>() else {
            return;
        };
        let is_its = field(event, "source") == from;
        let Some(message) = is_its.then(|| understood(event)).flatten() else {
            return;
        };
        // Just this one.
        if let Some(act) = act.take() {
            act(message);
        }
        if let Some(listener) = own.take() {
            // It is the one that is running: it ends as soon as that has.
            wasm_bindgen_futures::spawn_local(async move { drop(listener) });
        }
    };
    *listener.borrow_mut() = Some(EventListener::new(&window, "message", heard));
    // It lives in its own closure until it has heard one.
    std::mem::forget(listener);
    // That this page listens is no secret. One that is gone does not hear it.
    let _ = opener
        .unchecked_ref::<Window>()
        .post_message(&READY.into(), "*");
    true
}

/// A message that is one; nothing for what any other script may send.
fn understood(event: &MessageEvent) -> Option<Message> {
    let data = event.data();
    let named = |name: &str| {
        let value: js_sys::JsString = field(&data, name).dyn_into().ok()?;
        (value.length() <= LARGEST).then(|| String::from(value))
    };
    let page = named("page").filter(|page| !page.trim().is_empty())?;
    Some(Message {
        origin: event.origin(),
        page,
        part: named("part").unwrap_or_default(),
        title: named("title").unwrap_or_default(),
        address: named("address").unwrap_or_default(),
    })
}

/// The address of the bookmark that sends a page. `receiver` is the address of this page at which it
/// listens.
#[must_use]
pub fn bookmark(receiver: &str) -> String {
    let lines = SCRIPT.lines().map(str::trim);
    let lines = lines.filter(|line| !line.starts_with("//"));
    // An address has no quotation marks in it.
    let script: Vec<String> = lines
        .map(|line| line.replace("RECEIVER", receiver))
        .collect();
    let script = js_sys::encode_uri_component(&script.join("\n"));
    format!("javascript:{}", String::from(script))
}
