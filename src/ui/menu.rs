//! A menu on a button: what is seldom wanted, each with its key.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::elements::{effect, live, part, press};
use crate::browser::{self, area, px};

/// A line of a menu.
pub(super) struct Item {
    /// What it says.
    pub(super) words: String,
    /// Its key, for the eye; none where it has none.
    pub(super) key: Option<String>,
    /// What it does, once the menu is closed.
    pub(super) act: Box<dyn Fn()>,
}

impl Item {
    /// A line without a key.
    pub(super) fn new(words: impl Into<String>, act: impl Fn() + 'static) -> Self {
        Self {
            words: words.into(),
            key: None,
            act: Box::new(act),
        }
    }
}

/// The button, and the menu while it is open. Its lines are made when it is opened.
#[component]
pub(super) fn Menu(
    /// What the button is called, for who can't see its sign.
    label: &'static str,
    /// The classes of the button.
    class: &'static str,
    /// The sign on it.
    sign: &'static str,
    /// Whether `Tab` reaches the button: in a toolbar it does not.
    #[prop(default = "0")]
    tabindex: &'static str,
    items: Box<dyn Fn() -> Vec<Item>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let button = NodeRef::<html::Button>::new();
    let menu = NodeRef::<html::Div>::new();
    let own = NodeRef::<html::Span>::new();
    let items = StoredValue::new_local(items);
    // Drawn where there is room for it, and entered at its first line.
    effect(move || {
        let Some((menu, button)) = menu.get().zip(button.get_untracked()) else {
            return;
        };
        // Over everything: what it lies in may cut off what goes beyond it. One that is in the page and
        // not shown yet can be shown.
        let _ = menu.show_popover();
        place(&menu, &button);
        if let Some(first) = lines(&menu).first() {
            browser::focus(first);
        }
    });
    let close = move || {
        open.set(false);
        if let Some(button) = button.get_untracked() {
            browser::focus(&button);
        }
    };
    let outside = window_event_listener(leptos::ev::pointerdown, move |event| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let is_own = own
            .get_untracked()
            .is_some_and(|own| own.contains(target.as_ref()));
        if open.get_untracked() && !is_own {
            open.set(false);
        }
    });
    on_cleanup(move || outside.remove());
    let keys = move |event: KeyboardEvent| {
        let Some(menu) = menu.get_untracked().filter(|_| open.get_untracked()) else {
            return;
        };
        // The focus goes on from the button, as if the menu had not been there. WebKitGTK has no
        // name for the key that Shift makes of Tab.
        if event.code() == "Tab" {
            close();
            return;
        }
        match event.key().as_str() {
            // Nothing lies beside, not for a toolbar around it either.
            "ArrowLeft" | "ArrowRight" => {}
            "Escape" => close(),
            "ArrowDown" => step(&menu, 1),
            "ArrowUp" => step(&menu, -1),
            "Home" => step(&menu, isize::MIN),
            "End" => step(&menu, isize::MAX),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let line = move |item: Item| {
        let Item { words, key, act } = item;
        let act = press(move || {
            close();
            act();
        });
        view! {
            <button role="menuitem" tabindex="-1" on:click=act>
                <span>{words}</span>
                {key.map(|key| view! { <kbd aria-hidden="true">{key}</kbd> })}
            </button>
        }
        .into_any()
    };
    view! {
        <span node_ref=own class="menu" on:keydown=keys>
            <button
                node_ref=button
                class=class
                tabindex=tabindex
                aria-label=label
                title=label
                aria-haspopup="menu"
                aria-expanded=live(move || open.get().to_string())
                on:click=press(move || open.update(|open| *open = !*open))
            >
                <span aria-hidden="true">{sign}</span>
            </button>
            {part(move || {
                open.get().then(|| {
                    let lines: Vec<AnyView> = items.with_value(|items| items()).into_iter().map(line).collect();
                    view! {
                        <div node_ref=menu class="menu-lines" popover="manual" role="menu" aria-label=label>
                            {lines}
                        </div>
                    }
                    .into_any()
                })
            })}
        </span>
    }
}

/// Whether a menu is open: its keys are its own.
pub(super) fn is_open() -> bool {
    let open = browser::document().query_selector("[role=menu]");
    // One in a pane that was folded meanwhile is there and not seen.
    open.is_ok_and(|menu| menu.is_some_and(|menu| area(&menu).width() > 0.0))
}

/// Puts an open menu below its button, or above it where there is more room.
fn place(menu: &HtmlElement, button: &Element) {
    let Some(window) = browser::document().document_element() else {
        return;
    };
    let (own, by) = (area(menu), area(button));
    let (width, height) = (
        f64::from(window.client_width()),
        f64::from(window.client_height()),
    );
    let left = by.left.min(width - own.width() - 8.0).max(8.0);
    let top = if by.bottom + own.height() + 8.0 <= height {
        by.bottom + 4.0
    } else {
        (by.top - own.height() - 4.0).max(8.0)
    };
    browser::element::style(menu, &format!("left:{};top:{}", px(left), px(top)));
}

fn lines(menu: &Element) -> Vec<HtmlElement> {
    let mut lines = Vec::new();
    let mut next = menu.first_element_child();
    while let Some(line) = next {
        next = line.next_element_sibling();
        lines.extend(line.dyn_into::<HtmlElement>());
    }
    lines
}

/// Goes so many lines on, round and round; with the least and the most number to the first and
/// the last.
fn step(menu: &Element, by: isize) {
    let lines = lines(menu);
    let last = lines.len().saturating_sub(1);
    let focused = browser::focused();
    let here = lines.iter().position(|line| Some(line) == focused.as_ref());
    let next = match (by, here) {
        (isize::MIN, _) | (1, None) => 0,
        (isize::MAX, _) | (_, None) => last,
        (1, Some(here)) => {
            if here == last {
                0
            } else {
                here + 1
            }
        }
        (_, Some(here)) => here.checked_sub(1).unwrap_or(last),
    };
    if let Some(line) = lines.get(next) {
        browser::focus(line);
    }
}
