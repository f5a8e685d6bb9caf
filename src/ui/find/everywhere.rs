//! The list of hits in all documents, beside the text. It stays while one goes through it: up and down
//! take the next hit into view and select it, so that a digit tags it from here.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, MouseEvent};

use super::super::elements::{effect, live, press};
use super::super::rows::Rows;
use super::state::Find;
use crate::browser;
use crate::browser::element::{append, attribute, element, show, words as holding};
use crate::find::{Hit, Query};
use crate::session::finding::Group;
use crate::words;

/// What is at each button that leads to a hit: its number in its document.
const NUMBER: &str = "data-hit";

/// Hits of a document, as they are drawn: once.
#[derive(Clone)]
struct Drawn(Arc<Group>);

impl PartialEq for Drawn {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// The list.
pub(super) fn drawn(find: Find) -> AnyView {
    let finding = find.finding;
    let list = NodeRef::<html::Ul>::new();
    let rows = StoredValue::new_local(Rows::<Drawn>::default());
    effect(move || {
        let Some(list) = list.get() else { return };
        let groups: Vec<Drawn> = finding
            .everywhere
            .with(|all| all.groups.iter().cloned().map(Drawn).collect());
        rows.update_value(|rows| rows.show(&list, &groups, &draw));
    });
    let marked = StoredValue::new_local(None::<Element>);
    effect(move || {
        finding.everywhere.track();
        let now = find.current.get().and_then(|number| {
            let open = find.session.document.with(|open| open.id());
            rows.with_value(|rows| {
                let mut groups = rows.all().iter();
                let (_, group) = groups.find(|(own, _)| own.0.document == open)?;
                let button = group.query_selector(&format!("[{NUMBER}=\"{number}\"]"));
                button.ok().flatten()
            })
        });
        marked.update_value(|marked| {
            if let Some(before) = marked.take() {
                let _ = before.remove_attribute("aria-current");
            }
            if let Some(now) = &now {
                attribute(now, "aria-current", "true");
                show(now);
            }
            *marked = now;
        });
    });
    let go = move |event: &Event, button: &Element| {
        let group = rows.with_value(|rows| rows.hit(event).cloned());
        let number = button
            .get_attribute(NUMBER)
            .and_then(|own| own.parse().ok());
        if let Some((group, number)) = group.zip(number) {
            find.go_to(group.0.document, number);
        }
    };
    let pressed = move |event: MouseEvent| {
        if let Some(button) = hit(&event) {
            go(&event, &button);
        }
    };
    let keyed = move |event: KeyboardEvent| {
        let is_held = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
        let key = event.key();
        if key == "Escape" {
            find.close();
        } else if is_held || !walk(&key) {
            return;
        } else if let Some(button) = browser::focused() {
            let group = rows.with_value(|rows| {
                let mut all = rows.all().iter();
                let own = all.find(|(_, element)| element.contains(Some(&button)));
                own.map(|(group, _)| group.0.document)
            });
            let number = button
                .get_attribute(NUMBER)
                .and_then(|own| own.parse().ok());
            if let Some((document, number)) = group.zip(number) {
                find.go_to(document, number);
            }
        }
        event.prevent_default();
    };
    let said = live(move || {
        if finding.query.with(Query::is_blank) {
            return words::find::TYPE_ABOVE.into();
        }
        finding.everywhere.with(|all| {
            if !all.problem.is_empty() {
                // The bar says it already where it is about what is looked for.
                let is_said = finding.here.with(|here| here.problem == all.problem);
                return if is_said {
                    String::new()
                } else {
                    all.problem.clone()
                };
            }
            let found = words::find::found(all.count, all.is_cut, all.groups.len());
            if all.looked < all.documents {
                words::find::looking(&found, all.looked, all.documents)
            } else {
                found
            }
        })
    });
    let unread = live(move || {
        finding
            .everywhere
            .with(|all| words::find::unread(&all.unread))
    });
    view! {
        <section class="hits" aria-label=words::find::LIST on:keydown=keyed>
            <header>
                <h2>{words::find::LIST}</h2>
                <button class="icon" aria-label=words::find::CLOSE_LIST title=words::find::CLOSE_LIST on:click=press(move || find.list(false))>
                    <span aria-hidden="true">"✕"</span>
                </button>
            </header>
            <p role="status">{said}</p>
            <p class="empty">{unread}</p>
            <ul node_ref=list on:click=pressed></ul>
            <p class="help">{words::find::LIST_HINT}</p>
        </section>
    }
    .into_any()
}

/// The button of a hit in which something has happened.
fn hit(event: &Event) -> Option<Element> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(&format!("[{NUMBER}]")).ok().flatten()
}

fn draw(group: &Drawn) -> Element {
    let group = &*group.0;
    let item = element("li", "");
    let heading = holding("h3", "", &group.title);
    let count = words::find::count(group.found.count, group.found.is_cut);
    append(&heading, &holding("span", "count", &count));
    append(&item, &heading);
    let hits = element("ol", "");
    append(&item, &hits);
    for (number, hit) in group.found.hits.iter().enumerate() {
        let button = button(number);
        write(&button, hit, &group.title);
        add(&hits, &button);
    }
    let listed = group.found.hits.len();
    if let Some(more) = words::count::more(group.found.count - listed) {
        let button = button(listed);
        button.set_text_content(Some(&more));
        add(&hits, &button);
    }
    item
}

fn button(number: usize) -> Element {
    let button = element("button", "");
    attribute(&button, NUMBER, &number.to_string());
    attribute(&button, "dir", "auto");
    button
}

fn add(hits: &Element, button: &Element) {
    let item = element("li", "");
    append(&item, button);
    append(hits, &item);
}

/// Writes a hit among its words. A heading that says no more than the title stands there already.
fn write(button: &Element, hit: &Hit, title: &str) {
    let says_more = !title.starts_with(hit.heading.trim_end_matches('…'));
    if says_more {
        append(button, &holding("small", "", &hit.heading));
    }
    // Words are not refused.
    let _ = button.append_with_str_1(&hit.before);
    let mark = element("mark", "");
    mark.set_text_content(Some(&hit.words));
    append(button, &mark);
    let _ = button.append_with_str_1(&hit.after);
}

/// The buttons of all hits.
fn buttons() -> Vec<HtmlElement> {
    let all = browser::document().query_selector_all(".hits [data-hit]");
    let Ok(all) = all else {
        return Vec::new();
    };
    let all = (0..all.length()).filter_map(|at| all.get(at)?.dyn_into().ok());
    all.collect()
}

/// Takes the focus to the hit that one is at, or the first; whether there is one.
pub(super) fn enter() -> bool {
    let all = buttons();
    let current = all.iter().find(|own| own.has_attribute("aria-current"));
    let first = current.or(all.first());
    if let Some(first) = first {
        browser::focus(first);
    }
    first.is_some()
}

/// Takes the focus to another hit as a key says; whether it does.
fn walk(key: &str) -> bool {
    let all = buttons();
    let focused = browser::focused();
    let here = all.iter().position(|own| Some(own) == focused.as_ref());
    let Some(here) = here else {
        return false;
    };
    let next = match key {
        "ArrowDown" => Some(here + 1),
        "ArrowUp" => here.checked_sub(1),
        "Home" => Some(0),
        "End" => all.len().checked_sub(1),
        _ => None,
    };
    let next = next.and_then(|next| all.get(next));
    let Some(next) = next else {
        return false;
    };
    browser::focus(next);
    show(next);
    true
}
