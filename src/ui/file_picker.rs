//! Choosing a file.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

use super::elements::press;

/// The kinds of files that come in: texts, annotations, journals, projects.
pub(super) const ANYTHING: &str = ".txt,.text,.md,.markdown,.html,.htm,.xhtml,.mhtml,.mht,.docx,.odt,.fodt,.json,.jsonld,.themark,text/*,application/json,application/ld+json";

/// The kinds of those that are texts.
pub(super) const TEXTS: &str =
    ".txt,.text,.md,.markdown,.html,.htm,.xhtml,.mhtml,.mht,.docx,.odt,.fodt,text/*";

/// A field that nobody sees; clicking it by `input` lets a person choose a file, which `take` is
/// given.
#[component]
pub(super) fn FileInput(
    input: NodeRef<html::Input>,
    /// What file is wanted.
    label: &'static str,
    /// The kinds of files to offer, as in HTML's attribute of that name.
    accept: &'static str,
    #[prop(into)] take: Callback<(File,)>,
) -> impl IntoView {
    let chosen = move |event: web_sys::Event| {
        let Some(input) = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
        else {
            return;
        };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            take.run((file,));
        }
        // So that choosing the same file again is a change again.
        input.set_value("");
    };
    view! {
        <input node_ref=input type="file" hidden aria-label=label accept=accept on:change=chosen />
    }
}

/// A button that lets a person choose a file.
#[component]
pub(super) fn FilePicker(
    /// What file is wanted, for who can't see the button.
    label: &'static str,
    /// The kinds of files to offer.
    accept: &'static str,
    /// What the button says.
    words: &'static str,
    /// What it says at length.
    title: &'static str,
    #[prop(into)] take: Callback<(File,)>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let open = press(move || {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    });
    view! {
        <FileInput input label accept take />
        <button type="button" title=title on:click=open>{words}</button>
    }
}
