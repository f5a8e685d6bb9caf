//! The code bar "Tag selection", at the foot of the text: what the next key is about, the themes,
//! and what was done last. It covers nothing and its place is kept, so that nothing jumps.

use std::sync::Arc;

use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::dialog::Dialog;
use super::elements::{effect, live, part, press};
use super::focus::{focus_text, keep_focus};
use super::menu::{Item, Menu};
use super::page::Page;
use super::review::AttachHere;
use super::theme::{colours, described};
use crate::browser::element::attribute;
use crate::browser::{self, area, document, focus, focused, media};
use crate::codebook::{Theme, ThemeId};
use crate::keys::{Command, tip};
use crate::layout::line_style;
use crate::marking::Subject;
use crate::query;
use crate::session::Session;
use crate::text::one_line;
use crate::words;

/// Themes with a digit of their own. Others are in the bar's menu.
const DIGITS: usize = 9;

/// Themes that the menu lists at most: so many are found by scrolling it.
const LISTED: usize = 300;

/// Time for which the bar shows what was done last, in ms.
const OUTCOME_MS: u32 = 5_000;

/// The bar.
#[component]
pub(super) fn CodeBar(session: Session, page: Page) -> impl IntoView {
    keep_fresh(session, page);
    let steps = page.steps;
    // Asked once: what is said here is said anew while the page may have failed.
    let has_keys = !media("(pointer: coarse)");
    // Where the list is a sheet, the bar takes the place of its head: of an open one only while
    // words are selected.
    let is_active = live(move || {
        let subject = session.subject.get();
        subject.passage().is_some() || subject.chosen().is_some() && !page.sheet.get()
    });
    let has_mark = live(move || session.subject.get().mark().is_none().to_string());
    let has_none = live(move || (session.subject.get() == Subject::Nothing).to_string());
    let is_mac = browser::is_mac();
    let titled = |words: &str, command| match tip(command, is_mac) {
        Some(keys) => format!("{words} ({keys})"),
        None => words.to_string(),
    };
    view! {
        <div
            class="code-bar"
            class:active=is_active
            class:attaching=live(move || page.attaching.get().is_some())
            role="toolbar"
            aria-label=words::code_bar::LABEL
            // A press must not take the selection away from the text.
            on:mousedown=|event| event.prevent_default()
            on:keydown=|event| rove(&event)
        >
            <p class="about" dir="auto">{live(move || about(session, page, steps.get(), has_keys))}</p>
            <Outcome session page tabindex="-1" sign="↶" />
            <AttachHere session page />
            <Themes session page />
            <button
                class="note-button"
                tabindex="-1"
                title=titled(words::code_bar::WRITE_NOTE, Command::Note)
                aria-disabled=has_none
                on:click=press(move || page.note.open_for_subject())
            >
                <span>{words::code_bar::NOTE}</span>
                <kbd aria-hidden="true">"N"</kbd>
            </button>
            <button
                class="icon delete"
                tabindex="-1"
                aria-label=words::code_bar::DELETE
                title=titled(words::code_bar::DELETE_MARK, Command::Delete)
                aria-disabled=has_mark
                on:click=press(move || take_away(session, page))
            >
                <span aria-hidden="true">"⌫"</span>
            </button>
            <Menu
                label=words::code_bar::MORE
                class="icon"
                sign="⋮"
                tabindex="-1"
                items=Box::new(move || items(session, page))
            />
        </div>
    }
}

/// Deletes the mark that keys are about.
fn take_away(session: Session, page: Page) {
    let before = focused();
    // What is written on it is deleted with it, and comes back with it.
    if page.note.give_way() {
        session.delete_current();
    }
    keep_focus(before);
}

/// Says for how long what was done last is shown.
fn keep_fresh(session: Session, page: Page) {
    let timer = StoredValue::new_local(None);
    effect(move || {
        let is_fresh = session.said.with(|said| !said.words.is_empty());
        page.fresh.set(is_fresh);
        let end = is_fresh.then(|| Timeout::new(OUTCOME_MS, move || page.fresh.set(false)));
        timer.set_value(end);
    });
}

/// What the next key is about, or how to begin, with so many of the first steps made.
fn about(session: Session, page: Page, steps: Option<usize>, has_keys: bool) -> String {
    let is_attaching = page.attaching.get().is_some();
    match session.subject.get() {
        Subject::Passage(span) => {
            let words = session
                .document
                .with_untracked(|document| query::opening(span.of(document.text.text())));
            let words = one_line(&words);
            if is_attaching {
                words::code_bar::attach_to(&words)
            } else {
                words::code_bar::tag(&words)
            }
        }
        // What was done stands in its place for some time.
        _ if page.fresh.get() => String::new(),
        Subject::Nothing if is_attaching => words::code_bar::SELECT_PASSAGE.into(),
        // Of the last it is said what it is about.
        Subject::Nothing | Subject::Made(_) if steps.is_some() => {
            words::code_bar::steps(steps.unwrap_or_default(), themes(session), has_keys)
        }
        Subject::Made(id) | Subject::Chosen(id) => {
            session.marks.track();
            let row = session.with(|project| Some(query::row(project, project.live(id)?)));
            row.map(|row| words::common::quoted(&one_line(&row.quote)))
                .unwrap_or_default()
        }
        Subject::Nothing => {
            let themes = themes(session);
            if has_keys {
                words::code_bar::press(themes)
            } else {
                words::code_bar::CHOOSE_THEME.into()
            }
        }
    }
}

/// How many themes have a digit.
fn themes(session: Session) -> usize {
    session.themes.with(|themes| themes.len()).min(DIGITS)
}

/// What was done last, for some time, and a button that takes it back.
#[component]
pub(super) fn Outcome(
    session: Session,
    page: Page,
    /// Whether `Tab` reaches its button: in a toolbar it does not.
    tabindex: &'static str,
    /// What is seen on its button: beside themes there is no room for a word.
    sign: &'static str,
) -> impl IntoView {
    part(move || {
        let said = session.said.get();
        // A selection that lives has the place for itself.
        let is_over = session.subject.get().passage().is_some();
        if !page.fresh.get() || is_over || said.words.is_empty() {
            return None;
        }
        let undo = said.is_change.then(|| {
            let name = words::code_bar::undo(&said.words);
            let act = press(move || {
                // A note that is saved by that is what the next undo takes back.
                if page.note.give_way() && session.said.with_untracked(|said| said.is_change) {
                    session.undo();
                }
                keep_focus(None);
            });
            view! { <button tabindex=tabindex aria-label=name title=words::common::UNDO on:click=act>{sign}</button> }
        });
        Some(
            view! { <p class="outcome"><span aria-hidden="true">{said.words}</span> {undo}</p> }
                .into_any(),
        )
    })
}

/// The themes that what the next key is about bears already.
fn borne(session: Session) -> Option<Vec<ThemeId>> {
    session.marks.track();
    let id = match session.subject.get() {
        Subject::Passage(span) => session.marked(span, None)?,
        subject => subject.mark()?,
    };
    session.with(|project| Some(project.live(id)?.annotation.themes.clone()))
}

/// A button for each of the first themes.
#[component]
fn Themes(session: Session, page: Page) -> impl IntoView {
    let borne = Memo::new(move |_| borne(session));
    let has_none = live(move || (session.subject.get() == Subject::Nothing).to_string());
    let button = move |number: usize, theme: &Arc<Theme>| {
        let id = theme.id;
        let [tint, line] = colours(theme);
        let pressed = live(move || {
            let own = borne.get()?;
            Some(own.contains(&id).to_string())
        });
        view! {
            <button
                class=format!("theme line-{}", line_style(number))
                style:--tint=tint.1
                style:--mark=line.1
                tabindex=if number == 0 { "0" } else { "-1" }
                title=described(theme, number)
                aria-pressed=pressed
                aria-disabled=has_none
                on:click=press(move || session.tag(id))
            >
                <kbd aria-hidden="true">{number + 1}</kbd>
                <span>{theme.name.to_string()}</span>
            </button>
        }
    };
    part(move || {
        // While a passage is being chosen for a mark there is nothing else to do with it.
        if page.attaching.get().is_some() {
            return None;
        }
        let buttons = session.themes.with(|themes| {
            let first = themes.iter().take(DIGITS).enumerate();
            first
                .map(|(number, theme)| button(number, theme))
                .collect_view()
        });
        Some(view! { <div class="themes">{buttons}</div> }.into_any())
    })
}

/// What else can be done with what is selected.
fn items(session: Session, page: Page) -> Vec<Item> {
    let subject = session.subject.get_untracked();
    let own = subject.mark();
    let span = subject
        .passage()
        .or_else(|| session.with(|project| project.live(own?)?.span()));
    let mut items = Vec::new();
    if let Some(span) = span {
        let words = match session.marked(span, None) {
            Some(_) => words::code_bar::SECOND_MARK,
            None => words::code_bar::MARK_WITHOUT_THEME,
        };
        items.push(Item::new(words, move || {
            session.mark(span, None);
        }));
    }
    if subject != Subject::Nothing {
        let seen = seen();
        let (others, left_out) = session.themes.with_untracked(|themes| {
            let is_seen = |number: usize| seen.get(number) == Some(&true);
            let others = themes
                .iter()
                .enumerate()
                .filter(|(number, _)| !is_seen(*number));
            let mut others: Vec<_> = others.map(|(_, theme)| theme.clone()).collect();
            let left_out = others.len().saturating_sub(LISTED);
            others.truncate(LISTED);
            (others, left_out)
        });
        for theme in others {
            let id = theme.id;
            items.push(Item::new(&*theme.name, move || session.tag(id)));
        }
        if let Some(said) = words::code_bar::not_listed(left_out) {
            items.push(Item::new(said.clone(), move || session.say(&said)));
        }
    }
    if own.is_some() {
        items.push(Item {
            key: tip(Command::Delete, browser::is_mac()),
            ..Item::new(words::code_bar::DELETE_MARK, move || {
                take_away(session, page)
            })
        });
    }
    let keys = move || page.dialog.set(Dialog::Keys);
    items.push(Item {
        key: tip(Command::Keys, browser::is_mac()),
        ..Item::new(words::common::KEYS, keys)
    });
    items
}

/// Of each theme that has a button, whether there is room for all of that.
fn seen() -> Vec<bool> {
    let strip = document().query_selector(".code-bar .themes");
    let Some(strip) = strip.ok().flatten() else {
        return Vec::new();
    };
    let room = area(&strip);
    let buttons = std::iter::successors(strip.first_element_child(), |own| {
        own.next_element_sibling()
    });
    let is_seen = |own| {
        let own = area(&own);
        room.left - 1.0 <= own.left && own.right <= room.right + 1.0
    };
    buttons.map(is_seen).collect()
}

/// Left and right go from button to button, as in every toolbar (ARIA Authoring Practices,
/// "Toolbar Pattern"); back by Shift and Tab it is the text that the bar is about.
fn rove(event: &KeyboardEvent) {
    // WebKitGTK has no name for the key that Shift makes of Tab.
    if event.code() == "Tab" && event.shift_key() {
        event.prevent_default();
        focus_text();
        return;
    }
    let by = match event.key().as_str() {
        "ArrowRight" => 1,
        "ArrowLeft" => -1,
        _ => return,
    };
    let buttons = ".code-bar button:not([role=menuitem])";
    let Some(buttons) = document().query_selector_all(buttons).ok() else {
        return;
    };
    let buttons: Vec<HtmlElement> = (0..buttons.length())
        .filter_map(|at| buttons.get(at)?.dyn_into::<HtmlElement>().ok())
        .filter(|button| button.offset_width() > 0)
        .collect();
    let own = focused();
    let here = buttons
        .iter()
        .position(|button| Some(button) == own.as_ref());
    let next = here.and_then(|here| here.checked_add_signed(by));
    if let Some(next) = next.and_then(|next| buttons.get(next)) {
        event.prevent_default();
        // The bar is one stop for Tab: where it was left.
        for button in &buttons {
            attribute(button, "tabindex", "-1");
        }
        attribute(next, "tabindex", "0");
        focus(next);
    }
}

/// Takes the focus to the bar's first button, if it is to be seen; whether it is.
pub(super) fn enter() -> bool {
    let first = document().query_selector(".code-bar button").ok().flatten();
    let first = first.and_then(|first| first.dyn_into::<HtmlElement>().ok());
    let first = first.filter(|first| first.offset_width() > 0);
    if let Some(first) = &first {
        focus(first);
    }
    first.is_some()
}
