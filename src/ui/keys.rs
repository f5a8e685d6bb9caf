//! Keys, wherever the focus is: what the table asks for is done here.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::dialog::Dialog;
use super::focus::{focus_text, keep_focus};
use super::page::{Ask, Later, Page};
use super::reader::{ReaderContext, caret, paging, resize};
use super::review::attach_here;
use super::{code_bar, menu, modal};
use crate::browser::{self, selection};
use crate::keys::{self, Command, Focus, Motion, Press, Side, Way};
use crate::marking::Subject;
use crate::session::Session;
use crate::words;

/// Listens for as long as the page lives.
pub(super) fn listen(session: Session, page: Page, reader: ReaderContext) {
    let is_mac = browser::is_mac();
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        let press = press_of(&event);
        let is_command = is_command(&event);
        if leaves_the_page(&press, is_mac, in_field(&event)) {
            event.prevent_default();
        }
        if !is_command || page.note.is_opening() {
            return;
        }
        let before = browser::focused();
        let focus = focus_of(reader, before.as_ref());
        // Whatever the engine has not told yet: a key may come sooner than the next frame.
        reader.take_selection();
        let has_chosen = session.subject.get_untracked().chosen().is_some();
        let single = page.single_keys.get_untracked();
        let asked = keys::command(&press, is_mac, focus, has_chosen, single);
        if asked.is_some_and(|(command, extend)| act(session, page, reader, focus, command, extend))
        {
            event.prevent_default();
            // What had the focus may go with the act: a list entry, or a button.
            if before.is_some() {
                keep_focus(before);
            }
        }
    });
    on_cleanup(move || handle.remove());
}

/// A key as the table knows it.
fn press_of(event: &KeyboardEvent) -> Press {
    Press {
        key: event.key(),
        code: event.code(),
        control: event.ctrl_key(),
        command: event.meta_key(),
        alt: event.alt_key(),
        shift: event.shift_key(),
    }
}

/// Alt with a sideways arrow goes to the page before, or the one after: from a field as well, so
/// that what is written there would be left. On a Mac it is Command, which in a field moves the
/// caret.
fn leaves_the_page(press: &Press, is_mac: bool, in_field: bool) -> bool {
    let is_held = if is_mac {
        press.command && !in_field
    } else {
        press.alt
    };
    is_held && matches!(press.key.as_str(), "ArrowLeft" | "ArrowRight")
}

/// Whether a key is meant for the page as a whole.
fn is_command(event: &KeyboardEvent) -> bool {
    let is_taken = event.default_prevented() || event.is_composing();
    !(is_taken || in_field(event) || modal::is_open() || menu::is_open())
}

/// Typing into a field is not a command.
pub(super) fn in_field(event: &web_sys::Event) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|element| element.matches("input, textarea, select").unwrap_or(false))
}

fn focus_of(reader: ReaderContext, focused: Option<&HtmlElement>) -> Focus {
    match focused {
        None => Focus::Nothing,
        Some(focused) if reader.is_article(focused) => Focus::Text,
        Some(_) => Focus::Control,
    }
}

/// Carries out what a key asks for; whether there was anything to do.
fn act(
    session: Session,
    page: Page,
    reader: ReaderContext,
    focus: Focus,
    command: Command,
    extend: bool,
) -> bool {
    let in_text = focus == Focus::Text;
    match command {
        Command::Move(motion) if in_text => caret::go(reader, motion, extend),
        Command::Move(motion) => return !extend && scroll(reader, motion),
        Command::Heading(way) => caret::go_to_heading(reader, way),
        Command::Sentence(way) => caret::select_sentence(reader, way),
        Command::Paragraph(way) => caret::select_paragraph(reader, way),
        Command::SelectAll => caret::select_all(reader),
        Command::Enter => return attach_here(session, page) || in_text && caret::enter(reader),
        Command::Overlapping(way) => {
            let goes_on = || way == Way::On && session.subject.get_untracked() != Subject::Nothing;
            return in_text && (caret::cycle(reader, way) || goes_on() && code_bar::enter());
        }
        Command::Tag(number) => return tag(session, page, number),
        Command::Note if page.attaching.get_untracked().is_some() => {
            session.say(words::review::ENTER_OR_ESCAPE);
        }
        Command::Note => page.note.open_for_subject(),
        Command::Resize(end, side, step) => {
            let resize = move |later: Later| (later.resize)(reader, end, side, step);
            page.later.run_or_say(session, resize);
        }
        Command::Delete => return session.delete_current(),
        Command::Escape => escape(session, page, reader),
        Command::Page(way) => paging::page(reader, way),
        Command::Mark(way) => return step(session, page, way.by()),
        Command::Document(way) => {
            let open = move |later: Later| (later.open_beside)(session, way.by());
            page.later.run_or_say(session, open);
        }
        Command::Palette => page.open(Dialog::Palette),
        Command::Find => page.look_for(session, Ask::Open),
        Command::Hit(way) => page.look_for(session, Ask::Go(way)),
        Command::Undo => session.undo(),
        Command::Redo => session.redo(),
        Command::Keys => page.dialog.set(Dialog::Keys),
    }
    true
}

/// Where nothing has the focus, what moves the caret in the text scrolls it instead, unless the
/// pointer rests on the list, which engines scroll themselves.
fn scroll(reader: ReaderContext, motion: Motion) -> bool {
    let on_list = browser::document().query_selector(".panel:hover");
    if matches!(on_list, Ok(Some(_))) {
        return false;
    }
    match motion {
        Motion::Line(way) => paging::line(reader, way),
        Motion::LineEnd(way) | Motion::TextEnd(way) => paging::scroll_to_end(reader, way),
        Motion::Character(Side::Left | Side::Right) | Motion::Word(_) | Motion::Paragraph(_) => {
            return false;
        }
    }
    true
}

/// Tags by a theme's number; whether there is such a theme.
fn tag(session: Session, page: Page, number: usize) -> bool {
    let Some(theme) = session.theme_numbered(number) else {
        return false;
    };
    if page.attaching.get_untracked().is_some() {
        session.say(words::review::ENTER_OR_ESCAPE);
    } else {
        session.tag(theme);
    }
    true
}

fn escape(session: Session, page: Page, reader: ReaderContext) {
    if resize::cancel(reader) {
        return;
    }
    if page.attaching.get_untracked().is_some() {
        page.attaching.set(None);
        session.say(words::review::NOTHING_ATTACHED);
    }
    selection::collapse();
    session.choose(None);
    // The bar has nothing to be about any more.
    let in_bar = browser::focused().and_then(|focused| focused.closest(".code-bar").ok()?);
    if in_bar.is_some() {
        focus_text();
    }
}

/// Goes to the next listed mark, or the one before; from none to the first or last.
fn step(session: Session, page: Page, by: isize) -> bool {
    let Some(row) = session.next_row(by) else {
        return false;
    };
    session.choose(Some(row.id));
    session.say(&words::common::quoted(&row.quote));
    page.jump.set(Some(row.id));
    true
}
