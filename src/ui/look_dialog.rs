//! How the text is to look: its size, its column, its lines, its letters, its colours. What is chosen
//! is seen behind the dialog at once.

use leptos::prelude::*;

use super::dialog::Dialog;
use super::elements::{button, live, press};
use super::modal::Modal;
use super::page::Page;
use super::panes::keep;
use crate::browser::memory;
use crate::look::{Aspect, LOOK, Look};
use crate::words;

/// The dialog.
#[component]
pub(super) fn LookDialog(page: Page) -> impl IntoView {
    let look = RwSignal::new(Look::read(&memory::remembered(LOOK).unwrap_or_default()));
    let rows: Vec<AnyView> = Aspect::ALL.map(|aspect| row(look, aspect)).into();
    let reset = move || set(look, Look::default());
    view! {
        <Modal page heading=words::look::HEADING>
            <div class="look">{rows}</div>
            <div class="actions">
                {button("", words::look::RESET, reset)}
                {button("main", words::common::CLOSE, move || page.dialog.set(Dialog::None))}
            </div>
        </Modal>
    }
}

fn set(look: RwSignal<Look>, chosen: Look) {
    look.set(chosen);
    keep(LOOK, &chosen.css());
}

fn row(look: RwSignal<Look>, aspect: Aspect) -> AnyView {
    let name = match aspect {
        Aspect::Size => words::look::SIZE,
        Aspect::Width => words::look::WIDTH,
        Aspect::Spacing => words::look::SPACING,
        Aspect::Face => words::look::FACE,
        Aspect::Colours => words::look::COLOURS,
    };
    let choices: &[&str] = match aspect {
        Aspect::Size => return size(look, name),
        Aspect::Width => &words::look::WIDTHS,
        Aspect::Spacing => &words::look::SPACINGS,
        Aspect::Face => &words::look::FACES,
        Aspect::Colours => &words::look::SCHEMES,
    };
    let one = |(at, words): (usize, &&'static str)| {
        let is_chosen = live(move || (look.get().of(aspect) == at).to_string());
        let choose = move || set(look, look.get_untracked().with(aspect, at));
        view! {
            <button type="button" class="filter" aria-pressed=is_chosen on:click=press(choose)>{*words}</button>
        }
        .into_any()
    };
    let choices: Vec<AnyView> = choices.iter().enumerate().map(one).collect();
    view! {
        <span aria-hidden="true">{name}</span>
        <div class="filters" role="group" aria-label=name>{choices}</div>
    }
    .into_any()
}

/// The size, in steps.
fn size(look: RwSignal<Look>, name: &'static str) -> AnyView {
    let at = move || look.get().of(Aspect::Size);
    let last = words::look::SIZES.len() - 1;
    let step = |name: &'static str, sign: &'static str, end: usize, by: isize| {
        let go = move || {
            let look_now = look.get_untracked();
            let next = look_now.of(Aspect::Size).saturating_add_signed(by);
            set(look, look_now.with(Aspect::Size, next));
        };
        view! {
            <button
                type="button"
                class="filter"
                aria-label=name
                title=name
                aria-disabled=live(move || (at() == end).to_string())
                on:click=press(go)
            >
                <span aria-hidden="true">{sign}</span>
            </button>
        }
        .into_any()
    };
    let smaller = step(words::look::SMALLER, "−", 0, -1);
    let larger = step(words::look::LARGER, "+", last, 1);
    view! {
        <span aria-hidden="true">{name}</span>
        <div class="filters" role="group" aria-label=name>
            {smaller}
            <output>{live(move || words::look::SIZES[at().min(last)])}</output>
            {larger}
        </div>
    }
    .into_any()
}
