//! What workers are at: how far they are, and a way to stop them.

use leptos::prelude::*;

use super::elements::{live, part, press};
use super::focus::keep_focus;
use crate::browser;
use crate::session::{Session, Work};
use crate::words;

/// What is shown of it in the page.
pub(super) fn in_page(session: Session) -> AnyView {
    view! { <Progress session in_dialog=false /> }.into_any()
}

/// A bar and a button for each, while there is something to wait for. The comparison of two
/// texts and files that are written or hold projects are shown in their dialogs, everything else in
/// the page.
#[component]
pub(super) fn Progress(session: Session, in_dialog: bool) -> impl IntoView {
    let of_dialogs = [
        words::work::COMPARING,
        words::export::WRITING,
        words::projects::READING,
        words::projects::WRITING,
    ];
    let shown = move |work: &Work| of_dialogs.contains(&work.what) == in_dialog;
    // Drawn anew only when other work is done: a button that has the focus keeps it.
    let all = Memo::new(move |_| {
        let all = session.work.get();
        let all = all.iter().filter(|work| shown(work));
        all.map(|work| (work.id, work.what)).collect::<Vec<_>>()
    });
    let one = move |(id, what): (u32, &'static str)| {
        let percent = live(move || {
            session.work.with(|all| {
                let own = all.iter().find(|work| work.id == id);
                own.map_or(100, |work| work.percent).to_string()
            })
        });
        let stop = press(move || {
            let before = browser::focused();
            let all = session.work.get_untracked();
            if let Some(own) = all.iter().find(|work| work.id == id) {
                own.stop();
            }
            keep_focus(before);
        });
        view! {
            <div class="work" role="group" aria-label=what>
                <span>{what} "…"</span>
                <progress aria-label=what max="100" value=percent></progress>
                <button type="button" autofocus=in_dialog on:click=stop>{words::work::STOP}</button>
            </div>
        }
        .into_any()
    };
    part(move || {
        let all: Vec<AnyView> = all.get().into_iter().map(one).collect();
        (!all.is_empty()).then(|| view! { <div class="works">{all}</div> }.into_any())
    })
}
