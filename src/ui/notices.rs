//! What is told while the page rests, and waits for an answer. It stands below everything else: what
//! comes there moves nothing that somebody reads.

use leptos::html;
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use wasm_bindgen::JsCast;

use super::elements::{button, live, tag};
use super::focus::focus_text;
use crate::browser;

/// The notices that are shown.
#[derive(Clone, Copy)]
pub(super) struct Notices {
    /// In the page before anything stands in it: else it would not be read out.
    pub(super) place: NodeRef<html::Div>,
    shown: StoredValue<Vec<(&'static str, UnmountHandle<AnyViewState>)>, LocalStorage>,
}

/// Something to be told, by a name that it has once.
pub(super) struct Notice {
    pub(super) name: &'static str,
    pub(super) words: String,
    /// What can be done about it.
    pub(super) acts: Vec<Act>,
}

/// A button of a notice.
pub(super) struct Act {
    pub(super) label: &'static str,
    /// What it does; it may change the words of a notice that stays.
    pub(super) act: Box<dyn Fn(RwSignal<String>)>,
    /// Whether the notice stays.
    pub(super) stays: bool,
}

impl Act {
    /// One after which the notice goes.
    pub(super) fn new(label: &'static str, act: impl Fn() + 'static) -> Self {
        Self {
            label,
            act: Box::new(move |_| act()),
            stays: false,
        }
    }
}

impl Notices {
    pub(super) fn new() -> Self {
        Self {
            place: NodeRef::new(),
            shown: StoredValue::new_local(Vec::new()),
        }
    }

    /// Tells something, unless that stands there.
    pub(super) fn tell(self, notice: Notice) {
        let Notice { name, words, acts } = notice;
        let is_shown = self
            .shown
            .with_value(|shown| shown.iter().any(|(own, _)| *own == name));
        let Some(place) = self.place.get_untracked().filter(|_| !is_shown) else {
            return;
        };
        let draw = move || {
            let words = RwSignal::new(words);
            let buttons = acts.into_iter().map(|Act { label, act, stays }| {
                button("", label, move || {
                    act(words);
                    if !stays {
                        self.dismiss(name);
                        focus_text();
                    }
                })
            });
            let mut children = vec![tag("p", vec![live(move || words.get()).into_any()])];
            children.extend(buttons);
            view! { <div class="banner" id=name>{children}</div> }.into_any()
        };
        let handle = mount_to(place.unchecked_into(), draw);
        self.shown.update_value(|shown| shown.push((name, handle)));
    }

    /// Takes away what is not true any more.
    pub(super) fn dismiss(self, name: &str) {
        let had_focus = browser::focused()
            .and_then(|element| element.closest(&format!("#{name}")).ok().flatten())
            .is_some();
        self.shown
            .update_value(|shown| shown.retain(|(own, _)| *own != name));
        if had_focus {
            focus_text();
        }
    }
}
