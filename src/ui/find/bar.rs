//! The bar above the text: what is looked for, and the way from hit to hit.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::super::elements::{effect, live, part, press, tagged};
use super::everywhere;
use super::state::Find;
use crate::browser;
use crate::find::Query;
use crate::keys::{Command, Way, tip};
use crate::words;

/// The bar.
pub(super) fn drawn(find: Find) -> AnyView {
    let finding = find.finding;
    effect(move || {
        if find.field.get().is_some() {
            untrack(|| find.enter());
        }
    });
    let input = move |event| {
        let words = event_target_value(&event);
        let query = finding.query.get_untracked();
        find.look_for(Query { words, ..query });
    };
    let step = move |sign: &'static str, name: &'static str, way: Way| {
        let key = tip(Command::Hit(way), browser::is_mac()).unwrap_or_default();
        let title = words::find::with_key(name, &key);
        view! {
            <button class="icon" aria-label=name title=title on:click=press(move || find.go(way))>
                <span aria-hidden="true">{sign}</span>
            </button>
        }
        .into_any()
    };
    let lists = live(move || find.lists.get().to_string());
    let problem = live(move || finding.here.with(|here| here.problem.clone()));
    view! {
        <div
            class="find"
            role="search"
            aria-label=words::find::OPEN
            on:keydown=move |event| keyed(find, &event)
            on:mousedown=|event| spare_the_focus(&event)
        >
            <input
                node_ref=find.field
                type="text"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                enterkeyhint="search"
                maxlength="2000"
                aria-label=words::find::FIELD
                placeholder=words::find::FIELD
                title=words::find::HINT
                aria-invalid=live(move || (!problem.with(String::is_empty)).to_string())
                aria-describedby="find-said"
                prop:value=live(move || finding.query.with(|query| query.words.clone()))
                on:input=input
            />
            <p id="find-said" role="status">{live(move || said(find))}</p>
            {part(move || find.current.get().map(|_| tagged("small", words::find::SHORT_HINT)))}
            {step("↑", words::find::BEFORE, Way::Back)}
            {step("↓", words::find::NEXT, Way::On)}
            {toggle(find, words::find::CASE_SIGN, words::find::CASE, |query| &mut query.case)}
            {toggle(find, words::find::WHOLE_SIGN, words::find::WHOLE, |query| &mut query.whole)}
            {toggle(find, ".*", words::find::EXPRESSION, |query| &mut query.expression)}
            <button aria-pressed=lists on:click=press(move || find.list(!find.lists.get_untracked()))>
                {words::find::EVERYWHERE}
            </button>
            <button class="icon" aria-label=words::common::CLOSE title=words::find::HINT on:click=press(move || find.close())>
                <span aria-hidden="true">"✕"</span>
            </button>
        </div>
    }
    .into_any()
}

/// A button that says how words are looked for.
fn toggle(
    find: Find,
    sign: &'static str,
    name: &'static str,
    field: fn(&mut Query) -> &mut bool,
) -> AnyView {
    let query = find.finding.query;
    let pressed = live(move || field(&mut query.get()).to_string());
    let act = press(move || {
        let mut now = query.get_untracked();
        let own = field(&mut now);
        *own = !*own;
        find.look_for(now);
    });
    view! {
        <button class="icon" aria-label=name title=name aria-pressed=pressed on:click=act>
            <span aria-hidden="true">{sign}</span>
        </button>
    }
    .into_any()
}

/// How many hits there are and which one is at, or why there is none.
fn said(find: Find) -> String {
    let current = find.current.get();
    let is_blank = find.finding.query.with(Query::is_blank);
    if is_blank || !find.is_here() {
        return String::new();
    }
    find.finding
        .here
        .with(|here| match (current, here.spans.len()) {
            _ if !here.problem.is_empty() => here.problem.clone(),
            (_, 0) => words::find::NONE.into(),
            (Some(at), count) => words::find::at(at, count, here.is_cut),
            (None, count) => words::find::hits(count, here.is_cut),
        })
}

/// A press of a button leaves the focus where it is: in the field, or in the text.
fn spare_the_focus(event: &web_sys::MouseEvent) {
    let target = event
        .target()
        .and_then(|own| own.dyn_into::<Element>().ok());
    if target.is_some_and(|own| own.closest("button").is_ok_and(|button| button.is_some())) {
        event.prevent_default();
    }
}

fn keyed(find: Find, event: &KeyboardEvent) {
    if event.is_composing() {
        return;
    }
    let way = if event.shift_key() {
        Way::Back
    } else {
        Way::On
    };
    let in_field = super::super::keys::in_field(event);
    let is_held = event.ctrl_key() || event.meta_key();
    match event.key().as_str() {
        "Escape" => find.close(),
        "Enter" if in_field => find.go(way),
        "F3" => find.go(way),
        "g" | "G" if is_held => find.go(way),
        "ArrowDown" if in_field && everywhere::enter() => {}
        _ => return,
    }
    event.prevent_default();
}
