//! A theme: its name, its colour, its place, and its end.

use leptos::html;
use leptos::prelude::*;

use super::dialog::Dialog;
use super::elements::{button, live, name_field, press, tagged};
use super::modal::Modal;
use super::page::Page;
use crate::codebook::{Colour, OFFERED, ThemeId};
use crate::session::Session;
use crate::words;

/// The dialog.
#[component]
pub(super) fn ThemeDialog(session: Session, page: Page, id: ThemeId) -> impl IntoView {
    let own = session.with(|project| project.codebook().get(id).cloned());
    let name = own
        .as_ref()
        .map(|own| own.name.to_string())
        .unwrap_or_default();
    let colour = RwSignal::new(own.map_or(OFFERED[0], |own| own.colour));
    let wrong = RwSignal::new(String::new());
    let field = NodeRef::<html::Input>::new();
    let close = move || page.dialog.set(Dialog::None);
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let name = field
            .get_untracked()
            .map(|field| field.value())
            .unwrap_or_default();
        match session.change_theme(id, &name, colour.get_untracked()) {
            Ok(()) => close(),
            Err(reason) => wrong.set(reason),
        }
    };
    let offered: Vec<AnyView> = OFFERED
        .iter()
        .enumerate()
        .map(|(number, own)| {
            let own = *own;
            view! {
                <button
                    type="button"
                    class="swatch"
                    aria-label=words::themes::colour(number + 1)
                    aria-pressed=live(move || (colour.get() == own).to_string())
                    style:background=own.to_string()
                    on:click=press(move || colour.set(own))
                ></button>
            }
            .into_any()
        })
        .collect();
    let chosen = move |event| {
        if let Some(own) = Colour::parse(&event_target_value(&event)) {
            colour.set(own);
        }
    };
    let delete = move || {
        close();
        session.delete_theme(id);
    };
    view! {
        <Modal page heading=words::themes::HEADING>
            <form class="fields" on:submit=save>
                {name_field(words::themes::NAME, field, name)}
                <p class="wrong" role="alert">{wrong}</p>
                <div class="swatches" role="group" aria-label=words::themes::COLOUR>
                    {offered}
                    <input
                        type="color"
                        aria-label=words::themes::OWN_COLOUR
                        title=words::themes::OWN_COLOUR
                        prop:value=live(move || colour.get().to_string())
                        on:input=chosen
                    />
                </div>
                <p>
                    {button("", words::themes::UP, move || session.move_theme(id, -1))}
                    " "
                    {button("", words::themes::DOWN, move || session.move_theme(id, 1))}
                </p>
                {tagged("p", words::themes::loses(session.marks_with(id)))}
                <div class="actions">
                    {button("", words::themes::DELETE, delete)}
                    {button("", words::common::CANCEL, close)}
                    <button type="submit" class="main">{words::themes::SAVE}</button>
                </div>
            </form>
        </Modal>
    }
}
