//! A paste: where the cells come from, and what they would change.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use super::super::elements::{button, effect, part, tagged};
use super::super::focus::focus_first;
use super::desk::{Desk, Pasted, back};
use crate::browser;
use crate::library::Plan;
use crate::words;

/// The field to paste into, for who has no key for that.
pub(super) fn field(desk: Desk) -> AnyView {
    let field = NodeRef::<html::Textarea>::new();
    let go_on = move || {
        if let Some(field) = field.get_untracked() {
            desk.paste(&field.value());
        }
    };
    view! {
        <h3>{words::table::PASTE_HEADING}</h3>
        {tagged("p", words::table::PASTE_INTRO)}
        <textarea node_ref=field rows="6" dir="auto" autofocus aria-label=words::table::PASTE_FIELD></textarea>
        <div class="actions">
            {button("", words::common::CANCEL, back(desk))}
            {button("main", words::table::PASTE_GO_ON, go_on)}
        </div>
    }
    .into_any()
}

/// What a paste would do, and what of it has no place. Where another window changes the documents
/// meanwhile it is planned anew, and said so.
pub(super) fn preview(desk: Desk, pasted: &Arc<Pasted>) -> AnyView {
    let pasted = pasted.clone();
    let plan = Memo::new(move |_| Arc::new(desk.plan(&pasted)));
    let first = plan.get_untracked();
    effect(move || {
        desk.planned.set(Arc::new(plan.with(|plan| plan.cells())));
        // The button that had the focus may be drawn anew.
        request_animation_frame(|| {
            if browser::focused().is_none() {
                focus_first(".aside .actions button");
            }
        });
    });
    let shown = part(move || {
        let plan = plan.get();
        Some(planned(desk, &plan, plan != first))
    });
    view! {
        <h3>{words::table::PASTE_HEADING}</h3>
        {shown}
    }
    .into_any()
}

fn planned(desk: Desk, plan: &Arc<Plan>, is_anew: bool) -> AnyView {
    let count = plan.edits.len();
    let mut lines = vec![if count == 0 {
        words::table::CHANGES_NOTHING.to_owned()
    } else {
        words::table::changes(count, plan.documents)
    }];
    if is_anew {
        lines.insert(0, words::table::PLANNED_ANEW.into());
    }
    let mut say = |is_so: bool, words: &dyn Fn() -> String| {
        if is_so {
            lines.push(words());
        }
    };
    say(plan.has_head, &|| words::table::HAS_HEAD.into());
    say(true, &|| {
        let by = if plan.is_by_title {
            words::table::BY_TITLE
        } else {
            words::table::BY_PLACE
        };
        by.into()
    });
    say(plan.emptied > 0, &|| words::table::emptied(plan.emptied));
    say(plan.same > 0, &|| words::table::same(plan.same));
    say(plan.untitled > 0, &|| words::table::untitled(plan.untitled));
    say(plan.outside > 0, &|| words::table::outside(plan.outside));
    let new: Vec<String> = plan.new_columns.iter().map(ToString::to_string).collect();
    let nameless = |name: &String| {
        if name.is_empty() {
            words::table::NAMELESS.into()
        } else {
            name.clone()
        }
    };
    let passed_over: Vec<String> = plan.passed_over.iter().map(nameless).collect();
    let not_found: Vec<String> = plan.not_found.iter().map(nameless).collect();
    for (heading, names) in [
        (words::table::NEW_COLUMNS, &new),
        (words::table::NOT_FOUND, &not_found),
        (words::table::AMBIGUOUS, &plan.ambiguous),
        (words::table::REPEATED, &plan.repeated),
        (words::table::PASSED_OVER, &passed_over),
    ] {
        if !names.is_empty() {
            lines.push(format!("{heading}{}", names.join("; ")));
        }
    }
    let lines: Vec<AnyView> = lines.into_iter().map(|own| tagged("li", own)).collect();
    let plan = plan.clone();
    let paste = move || {
        desk.leave();
        desk.session.paste_cells(&plan);
    };
    let change = (count > 0).then(|| {
        view! {
            <button type="button" class="main" autofocus on:click=move |_| paste()>
                {words::table::change(count)}
            </button>
        }
        .into_any()
    });
    view! {
        <ul class="told" tabindex="0" role=is_anew.then_some("alert")>{lines}</ul>
        <div class="actions">
            {button("", words::common::CANCEL, back(desk))}
            {change}
        </div>
    }
    .into_any()
}
