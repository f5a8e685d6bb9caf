//! How safe it is.

use leptos::prelude::*;

use super::super::attempt::{Attempt, Drawing, read};
use super::super::elements::{button, part};
use super::super::focus::focus_first;
use crate::browser::room;
use crate::words::{self, count::size};

/// What can be said of that, and to have the browser promise to keep everything.
#[component]
pub(super) fn Safety() -> impl IntoView {
    let asked = RwSignal::new(None);
    view! {
        <div class="past">
            {part(move || {
                let asked_before = asked.get();
                Some(read(async move {
                    let (words, can_ask) = told().await;
                    Ok(Box::new(move || drawn(words, can_ask, asked, asked_before)) as Drawing)
                }))
            })}
        </div>
    }
}

/// What there is to say, and whether the browser can be asked for more.
async fn told() -> (String, bool) {
    let promised = room::is_promised().await;
    let mut words = vec![words::history::safety::KEPT_HERE.to_owned()];
    words.push(
        if promised == Some(true) {
            words::history::safety::PROMISED
        } else {
            words::history::safety::NOT_PROMISED
        }
        .into(),
    );
    if let Some(room) = room::estimate().await {
        let (used, all) = (size(room.used), size(room.all));
        words.push(words::history::safety::used(&used, &all));
    }
    (words.join(" "), promised == Some(false))
}

fn drawn(
    words: String,
    can_ask: bool,
    asked: RwSignal<Option<bool>>,
    before: Option<bool>,
) -> AnyView {
    let attempt = Attempt::new();
    let ask = move || {
        attempt.make(async move {
            let agreed = room::persist().await;
            asked.try_set(Some(agreed));
            Ok(())
        });
    };
    let answer = before.map(|agreed| {
        // What was pressed may be gone.
        request_animation_frame(|| focus_first("dialog .past p"));
        let words = if agreed {
            words::history::safety::AGREED
        } else {
            words::history::safety::DECLINED
        };
        view! { <p role="status">{words.to_owned()}</p> }
    });
    view! {
        <p tabindex="-1">{words}</p>
        {can_ask.then(|| button("", words::history::safety::ASK, ask))}
        {answer}
        {attempt.view()}
    }
    .into_any()
}
