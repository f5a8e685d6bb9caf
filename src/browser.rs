//! Wrappers of web APIs. What they know of the program beside text and layout is what a worker is
//! asked, never a project.

pub mod clipboard;
pub mod clock;
pub mod database;
pub mod element;
pub mod entries;
pub mod fetch;
pub mod file;
pub mod finder;
pub mod folder;
pub mod gzip;
pub mod highlight;
pub mod memory;
pub mod object;
pub mod offline;
pub mod pointer;
pub mod reader;
pub mod room;
pub mod selection;
pub mod sender;
pub mod shared;
pub mod storage;
mod under_way;
pub mod words;
pub mod worker;

use std::sync::atomic::{AtomicBool, Ordering};

use gloo::timers::future::TimeoutFuture;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Document, HtmlElement, ResizeObserver, Window};

use crate::layout::Area;
use crate::text::clause;

/// The window. The program runs in pages only, and a page has one.
#[must_use]
#[allow(clippy::expect_used)]
pub fn window() -> Window {
    web_sys::window().expect("a page has a window")
}

/// Takes the query out of the page's address: what it asked for is being done.
pub fn forget_query() {
    #[wasm_bindgen::prelude::wasm_bindgen]
    extern "C" {
        type History;
        #[wasm_bindgen(method, catch, js_name = replaceState)]
        fn replace_state(
            this: &History,
            state: &JsValue,
            title: &str,
            address: &str,
        ) -> Result<(), JsValue>;
    }
    let path = window().location().pathname().unwrap_or_default();
    let history: History = object::field(&window(), "history").unchecked_into();
    // Where it is refused, a reload does it once more.
    // What start.js keeps there stays.
    let state = object::field(&history, "state");
    let _ = history.replace_state(&state, "", &path);
}

/// The page's document. A window has one for as long as its page is shown.
#[must_use]
#[allow(clippy::expect_used)]
pub fn document() -> Document {
    window().document().expect("a page has a document")
}

/// Makes room for what the program shows: takes the first screen away that came with the page.
pub fn clear() {
    if let Some(body) = document().body() {
        body.set_text_content(None);
    }
}

/// Has the screen be drawn by the sheet as well that nothing on it needs before the program runs. In
/// the page in one file it is there with the other.
pub fn use_later_style() {
    let sheet = document().query_selector("[href='./later.css']");
    if let Some(sheet) = sheet.ok().flatten() {
        element::attribute(&sheet, "media", "all");
    }
}

/// Whether the page was left with something else in it than its first screen, as
/// `src/boot/start.js` noted then.
#[must_use]
pub fn was_left_elsewhere() -> bool {
    let page = document().document_element();
    page.is_some_and(|page| page.class_name() == "elsewhere")
}

/// What the page's first script says under a name, if it has run.
fn early(name: &str) -> Option<JsValue> {
    let early = js_sys::Reflect::get(&window(), &"early".into()).ok()?;
    js_sys::Reflect::get(&early, &name.into()).ok()
}

/// Takes what the page's first script has begun: see `index.html`. It is not kept for longer
/// there than it is needed.
fn take_early(name: &str) -> Result<JsValue, JsValue> {
    let early = js_sys::Reflect::get(&window(), &"early".into())?;
    let Some(early) = early.dyn_ref::<js_sys::Object>() else {
        return Err(crate::words::saving::NOT_BEGUN.into());
    };
    let taken = js_sys::Reflect::get(early, &name.into())?;
    js_sys::Reflect::delete_property(early, &name.into())?;
    Ok(taken)
}

/// The program has failed: what it holds may be half changed.
static HAS_FAILED: AtomicBool = AtomicBool::new(false);

/// Whether the program has failed. It writes nothing then: timers and answers may still reach it.
#[must_use]
pub fn has_failed() -> bool {
    HAS_FAILED.load(Ordering::Relaxed)
}

/// Has the page know what the program said when it failed; `src/boot/failed.js` shows it.
pub fn tell_of_panics() {
    std::panic::set_hook(Box::new(|info| {
        HAS_FAILED.store(true, Ordering::Relaxed);
        // It takes any property.
        let page = js_sys::global();
        let _ = js_sys::Reflect::set(&page, &"panicked".into(), &info.to_string().into());
    }));
}

/// Says, in a page that could not be started, why.
pub fn complain(words: &str) {
    if let Some(body) = document().body() {
        let alert = element::words("p", "", words);
        element::attribute(&alert, "role", "alert");
        element::append(&body, &alert);
    }
}

/// Whether this is a machine of Apple's, whose keyboards have Command and Option.
#[must_use]
pub fn is_mac() -> bool {
    let platform = window().navigator().platform().unwrap_or_default();
    ["Mac", "iPad", "iPhone"]
        .iter()
        .any(|own| platform.starts_with(own))
}

/// Has the browser ask what to print, and how.
pub fn print() {
    // Where printing is forbidden, the browser says so.
    let _ = window().print();
}

/// Whether a media query holds now.
#[must_use]
pub fn media(query: &str) -> bool {
    window()
        .match_media(query)
        .ok()
        .flatten()
        .is_some_and(|list| list.matches())
}

/// Where an element stands in the viewport.
#[must_use]
pub fn area(element: &web_sys::Element) -> Area {
    rect(&element.get_bounding_client_rect())
}

/// A length as CSS writes it, in whole pixels: nothing here needs finer, and writing
/// fractions would bring their whole arithmetic along.
#[must_use]
pub fn px(length: f64) -> String {
    format!("{}px", length.round() as i32)
}

fn rect(rect: &web_sys::DomRect) -> Area {
    Area {
        left: rect.left(),
        top: rect.top(),
        right: rect.right(),
        bottom: rect.bottom(),
    }
}

/// Calls back when an element changes its size, until it is dropped.
pub struct SizeWatch {
    observer: ResizeObserver,
    _act: Closure<dyn FnMut()>,
}

impl SizeWatch {
    /// Watches an element; calls once soon after the start, too.
    #[must_use]
    pub fn new(element: &web_sys::Element, act: impl FnMut() + 'static) -> Option<Self> {
        let act = Closure::<dyn FnMut()>::new(act);
        let observer = ResizeObserver::new(act.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self {
            observer,
            _act: act,
        })
    }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Moves the keyboard focus without scrolling.
pub fn focus(element: &HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    // An element that can't take the focus leaves it where it is.
    let _ = element.focus_with_options(&options);
}

/// The element that has the focus. Where none has, engines name the body, which is none.
#[must_use]
pub fn focused() -> Option<HtmlElement> {
    let active = document().active_element();
    active
        .filter(|element| element.tag_name() != "BODY")?
        .dyn_into()
        .ok()
}

/// What an engine says of a failure, in its own words, to stand inside a sentence.
fn reason(error: &JsValue) -> String {
    let words = error
        .dyn_ref::<web_sys::DomException>()
        .map(|exception| format!("{}: {}", exception.name(), exception.message()))
        .or_else(|| error.as_string())
        // So that of what is thrown here, and that of the event by which a worker's failure is heard of.
        .or_else(|| object::field(error, "message").as_string());
    match clause(&words.unwrap_or_default()) {
        "" => crate::words::saving::UNKNOWN.into(),
        reason => reason.into(),
    }
}

/// The same, of what was thrown.
fn failed(error: JsValue) -> String {
    reason(&error)
}

/// Lets the page do what is waiting, then goes on. A timer of no time would do that as well,
/// but from the fifth in a row on it waits for 4 ms.
pub async fn pause() {
    let came = settled(|resolve, _| {
        // A channel can always be made.
        if let Ok(channel) = web_sys::MessageChannel::new() {
            channel.port1().set_onmessage(Some(resolve));
            let port = channel.port2();
            // A number can always be sent. It comes, though its port is closed; one that
            // stays open, some engines keep as long as the page.
            let _ = port.post_message(&0.into());
            port.close();
        }
    });
    let _ = wasm_bindgen_futures::JsFuture::from(came).await;
}

/// Waits until the page rests; one that never seems to is not waited for.
pub async fn rest() {
    const LONGEST: u32 = 10_000;
    // WebKit can't tell.
    if !object::has(&window(), "requestIdleCallback") {
        TimeoutFuture::new(1_000).await;
        return;
    }
    let rests = settled(|resolve, _| {
        let options = web_sys::IdleRequestOptions::new();
        options.set_timeout(LONGEST);
        // It is never refused.
        let _ = window().request_idle_callback_with_options(resolve, &options);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(rests).await;
}

/// Whether the page came from a server, which the page in one file did not.
#[must_use]
pub fn is_hosted() -> bool {
    let protocol = window().location().protocol();
    protocol.is_ok_and(|protocol| protocol.starts_with("http"))
}

/// Waits until what has been changed is seen, if the page is.
pub async fn painted() {
    if document().hidden() {
        return;
    }
    let frame = settled(|resolve, _| {
        // A page that is seen has frames.
        let _ = window().request_animation_frame(resolve);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(frame).await;
    // That was just before it is painted.
    pause().await;
}

/// A promise whose two ends are handed to event handlers.
pub(crate) fn settled(attach: impl Fn(&js_sys::Function, &js_sys::Function)) -> Promise {
    Promise::new(&mut |resolve, reject| attach(&resolve, &reject))
}
