//! The palette: everything that can be done or gone to, found by typing.

use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use web_sys::{KeyboardEvent, MouseEvent};

use super::dialog::Dialog;
use super::elements::{effect, live};
use super::modal::Modal;
use super::page::{Ask, Page};
use super::print;
use super::rows::Rows;
use crate::browser;
use crate::browser::element::{append, attribute, element, words as holding};
use crate::keys::{Command, tip};
use crate::palette;
use crate::project::Filter;
use crate::query;
use crate::session::Session;
use crate::words;

/// Lines that are shown, at most.
const MOST: usize = 50;

/// Marks that are looked through, at most: the list's own search has all of them.
const MARKS: usize = 2_000;

/// A line: what it says, what kind it is or its key, and what it does.
struct Entry {
    name: String,
    beside: String,
    act: Rc<dyn Fn()>,
}

/// A line as it is drawn: the number of its entry, what it says, and whether it is the current one.
#[derive(Clone, PartialEq)]
struct Line {
    number: usize,
    name: String,
    beside: String,
    is_current: bool,
}

/// The dialog.
#[component]
pub(super) fn PaletteDialog(session: Session, page: Page) -> impl IntoView {
    let entries = StoredValue::new_local(entries(session, page));
    let typed = RwSignal::new(String::new());
    let current = RwSignal::new(0_usize);
    let list = NodeRef::<html::Ul>::new();
    let rows = StoredValue::new_local(Rows::<Line>::default());
    let found = Memo::new(move |_| {
        let typed = typed.get();
        entries.with_value(|all| palette::best(&typed, all.iter().map(|own| &*own.name), MOST))
    });
    effect(move || {
        let (found, current) = (found.get(), current.get());
        let Some(list) = list.get() else { return };
        let lines: Vec<Line> = entries.with_value(|all| {
            let numbered = found.iter().enumerate();
            numbered
                .map(|(at, number)| Line {
                    number: *number,
                    name: all[*number].name.clone(),
                    beside: all[*number].beside.clone(),
                    is_current: at == current,
                })
                .collect()
        });
        rows.update_value(|rows| {
            rows.show(&list, &lines, &draw);
            let shown = rows.all().iter().find(|(line, _)| line.is_current);
            if let Some((_, element)) = shown {
                browser::element::show(element);
            }
        });
    });
    let run = move |number: usize| {
        let act = entries.with_value(|all| all.get(number).map(|own| own.act.clone()));
        page.dialog.set(Dialog::None);
        if let Some(act) = act {
            // The focus is given back with the next frame; what is done goes by it.
            request_animation_frame(move || request_animation_frame(move || act()));
        }
    };
    let keyed = move |event: KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        let count = found.with_untracked(Vec::len);
        let at = current.get_untracked();
        match event.key().as_str() {
            "ArrowDown" if count > 0 => current.set((at + 1) % count),
            "ArrowUp" if count > 0 => current.set((at + count - 1) % count),
            "Enter" => {
                if let Some(number) = found.with_untracked(|found| found.get(at).copied()) {
                    run(number);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let pressed = move |event: MouseEvent| {
        if let Some(line) = rows.with_value(|rows| rows.hit(&event).cloned()) {
            run(line.number);
        }
    };
    let input = move |event| {
        typed.set(event_target_value(&event));
        current.set(0);
    };
    view! {
        <Modal page heading=words::palette::HEADING>
            <input
                type="text"
                role="combobox"
                autofocus
                autocomplete="off"
                aria-label=words::palette::FIELD
                placeholder=words::palette::FIELD
                aria-expanded="true"
                aria-controls="palette-lines"
                aria-activedescendant=live(move || {
                    let number = found.with(|found| found.get(current.get()).copied())?;
                    Some(format!("palette-{number}"))
                })
                on:input=input
                on:keydown=keyed
            />
            <ul id="palette-lines" class="palette" role="listbox" aria-label=words::palette::HEADING node_ref=list on:click=pressed></ul>
            <p class="empty" role="status">{live(move || found.with(Vec::is_empty).then_some(words::palette::NOTHING))}</p>
        </Modal>
    }
}

fn draw(line: &Line) -> web_sys::Element {
    let item = element("li", "");
    attribute(&item, "role", "option");
    attribute(&item, "id", &format!("palette-{}", line.number));
    attribute(&item, "aria-selected", &line.is_current.to_string());
    append(&item, &holding("span", "", &line.name));
    append(&item, &holding("small", "", &line.beside));
    item
}

/// All there is: commands first, then documents, themes, and marks of the open document.
fn entries(session: Session, page: Page) -> Vec<Entry> {
    let is_mac = browser::is_mac();
    let mut all: Vec<Entry> = Vec::new();
    let mut add =
        |name: String, beside: String, act: Rc<dyn Fn()>| all.push(Entry { name, beside, act });
    let key = |command: Command| tip(command, is_mac).unwrap_or_default();
    let mut command = |name: &str, key: String, act: Rc<dyn Fn()>| add(name.into(), key, act);
    let open = |dialog: fn() -> Dialog| -> Rc<dyn Fn()> { Rc::new(move || page.open(dialog())) };
    command(
        words::library::OPEN_TEXTS,
        String::new(),
        open(|| Dialog::Texts),
    );
    command(
        words::common::DOWNLOAD_JSON,
        String::new(),
        Rc::new(move || session.download()),
    );
    command(words::export::MENU, String::new(), open(|| Dialog::Export));
    command(
        words::common::UNDO,
        key(Command::Undo),
        Rc::new(move || session.undo()),
    );
    command(
        words::common::REDO,
        key(Command::Redo),
        Rc::new(move || session.redo()),
    );
    command(
        words::palette::NEXT_DOCUMENT,
        key(Command::Document(crate::keys::Way::On)),
        Rc::new(move || {
            session.open_beside(1);
        }),
    );
    command(
        words::palette::DOCUMENT_BEFORE,
        key(Command::Document(crate::keys::Way::Back)),
        Rc::new(move || {
            session.open_beside(-1);
        }),
    );
    command(
        words::find::OPEN,
        key(Command::Find),
        Rc::new(move || page.look_for(session, Ask::Open)),
    );
    command(
        words::find::OPEN_EVERYWHERE,
        String::new(),
        Rc::new(move || page.look_for(session, Ask::Everywhere)),
    );
    command(
        words::palette::LIBRARY,
        String::new(),
        Rc::new(move || page.library.update(|open| *open = !*open)),
    );
    command(words::table::OPEN, String::new(), open(|| Dialog::Table));
    command(
        words::projects::MENU,
        String::new(),
        open(|| Dialog::Projects),
    );
    command(
        words::bar::REPLACE,
        String::new(),
        open(|| Dialog::Replace(None)),
    );
    command(
        words::bar::HISTORY,
        String::new(),
        open(|| Dialog::History(None)),
    );
    command(
        words::bar::PRINT,
        String::new(),
        Rc::new(move || print::print(session, page)),
    );
    command(words::look::MENU, String::new(), open(|| Dialog::Look));
    command(
        words::common::KEYS,
        key(Command::Keys),
        open(|| Dialog::Keys),
    );
    let shown = session.open_now();
    if !session.has_none_open_now() {
        command(
            words::library::ABOUT,
            String::new(),
            Rc::new(move || page.open(Dialog::Document(shown))),
        );
        command(
            words::library::MOVE,
            String::new(),
            Rc::new(move || page.open(Dialog::Move(vec![shown]))),
        );
        command(
            words::library::DUPLICATE,
            String::new(),
            Rc::new(move || session.duplicate_document(shown)),
        );
        command(
            words::palette::DELETE_DOCUMENT,
            String::new(),
            Rc::new(move || session.delete_document(shown)),
        );
    }
    for own in session.library().iter() {
        let id = own.id;
        add(
            own.title.to_string(),
            words::palette::DOCUMENT.into(),
            Rc::new(move || session.open(id)),
        );
    }
    for (theme, number) in session.themes.get_untracked().iter().zip(1..) {
        let id = theme.id;
        let beside = words::palette::theme((number < 10).then_some(number));
        add(
            theme.name.to_string(),
            beside,
            Rc::new(move || page.open(Dialog::Theme(id))),
        );
    }
    let rows: Vec<query::Row> = session.with(|project| {
        let marks = project.index(shown, Filter::All).iter();
        let placed = marks.filter_map(|mark| project.live(mark.id)).take(MARKS);
        placed.map(|own| query::row(project, own)).collect()
    });
    for row in rows {
        let id = row.id;
        let jump = move || {
            session.choose(Some(id));
            page.jump.set(Some(id));
        };
        add(
            row.quote.to_string(),
            words::palette::MARK.into(),
            Rc::new(jump),
        );
    }
    all
}
