//! A line of the list of what came: what it is, and what is to be done with it.

use leptos::prelude::*;

use super::line::{Known, Line, Stage, State, Text, Way};
use super::queue::Bringing;
use crate::document::DocumentId;
use crate::reading::encoding::ENCODINGS;
use crate::reading::{Asked, Choice};
use crate::replace::Plan;
use crate::text;
use crate::ui::dialog::Dialog;
use crate::ui::elements::{button, part, tag, tagged};
use crate::ui::{import, projects, replace};
use crate::words;

/// Beginning of a text that is shown, in bytes at most.
const SHOWN_BYTES: usize = 280;

/// What came, a line each.
pub(super) fn list(bringing: Bringing) -> Option<AnyView> {
    let lines = bringing.lines.get();
    let drawn = lines.into_iter().map(|line| {
        let piece = part(move || Some(tag("div", parts(bringing, &line))));
        view! { <li>{piece}</li> }.into_any()
    });
    let drawn: Vec<AnyView> = drawn.collect();
    (!drawn.is_empty()).then(|| view! { <ul class="brought">{drawn}</ul> }.into_any())
}

/// What was left of a folder, folded.
pub(super) fn left(bringing: Bringing) -> Option<AnyView> {
    let left = bringing.left.get();
    if left.is_empty() {
        return None;
    }
    let line = |(path, why): &(String, String)| tagged("li", format!("{path} {why}"));
    let lines: Vec<AnyView> = left.iter().map(line).collect();
    let all = vec![
        tagged("summary", words::texts::left(left.len())),
        tag("ul", lines),
    ];
    Some(view! { <details class="left">{all}</details> }.into_any())
}

fn parts(bringing: Bringing, line: &Line) -> Vec<AnyView> {
    let State {
        asked,
        stage,
        takes_notes,
    } = line.state.get();
    let mut parts = vec![tagged("strong", line.name())];
    if !line.folder.is_empty() {
        parts.push(tagged("small", &*line.folder));
    }
    if let Some(sent) = &line.sent {
        parts.push(tagged("p", words::texts::sent(&sent.origin)));
    }
    match &stage {
        Stage::Waiting => parts.push(waiting(bringing, line, false)),
        Stage::Reading => parts.push(waiting(bringing, line, true)),
        Stage::Refused(reason) => {
            parts.push(view! { <p class="wrong">{reason.clone()}</p> }.into_any());
        }
        Stage::Stopped => {
            let own = line.clone();
            let again = move || bringing.read_as(&own, |_| ());
            parts.push(tagged("p", words::texts::STOPPED));
            parts.push(button("", words::common::TRY_AGAIN, again));
        }
        Stage::Annotations(preview, _) => {
            let open = bringing.session.open_now();
            // Where they go into others the preview says into which.
            if preview.is_for(open) {
                let title = bringing.session.title_of(open);
                parts.push(tagged("p", words::texts::annotations(&title)));
            }
            parts.extend(import::drawn(&line.name(), preview));
        }
        Stage::Journal => {
            let own = line.clone();
            let alone = move || {
                bringing.page.dialog.set(Dialog::None);
                import::take(bringing.session, bringing.page, own.as_file(), true);
            };
            parts.push(tagged("p", words::texts::JOURNAL));
            parts.push(button("", words::texts::SEE_ALONE, alone));
        }
        Stage::Project => {
            let own = line.clone();
            let alone = move || projects::show_file(bringing.page, own.as_file());
            parts.push(tagged("p", words::texts::PROJECT));
            parts.push(button("", words::texts::SEE_ALONE, alone));
        }
        Stage::Text(read) => of_text(bringing, line, &asked, read, takes_notes, &mut parts),
    }
    parts
}

/// It is being read, or is to be; and what stops that.
fn waiting(bringing: Bringing, line: &Line, is_reading: bool) -> AnyView {
    let own = line.clone();
    let stop = button("", words::work::STOP, move || bringing.stop(&own));
    if is_reading {
        let name = words::texts::READING;
        view! { <div class="work"><span>{name}</span><progress aria-label=name></progress>{stop}</div> }
            .into_any()
    } else {
        view! { <div class="work"><span>{words::texts::WAITING}</span>{stop}</div> }.into_any()
    }
}

fn of_text(
    bringing: Bringing,
    line: &Line,
    asked: &Asked,
    read: &Text,
    takes_notes: bool,
    parts: &mut Vec<AnyView>,
) {
    let reading = &read.reading;
    let counted = words::texts::counted(read.words, reading.version.blocks.len());
    parts.push(tagged("small", counted));
    for remark in &reading.remarks {
        parts.push(tagged("p", remark.as_str()));
    }
    parts.extend(known(bringing, line, read));
    parts.extend(choice(bringing, line, asked, &reading.choice));
    if !reading.notes.is_empty() && read.way == Way::Add {
        parts.push(notes(line, reading.notes.len(), takes_notes));
    }
    let words = reading.version.text.text();
    parts.push(tagged("blockquote", text::opening(words, SHOWN_BYTES)));
}

/// What is known of a text, and what may be done with it.
fn known(bringing: Bringing, line: &Line, read: &Text) -> Vec<AnyView> {
    let title = |id: DocumentId| bringing.session.title_of(id);
    let another = (Way::Add, words::texts::ANOTHER.to_owned());
    let (said, ways) = match &read.known {
        Known::New => return Vec::new(),
        Known::Same(id) => {
            let that = (Way::Leave, words::texts::OPEN_THAT.into());
            (words::texts::same(&title(*id)), [that, another])
        }
        Known::Above(name) => {
            let leave = (Way::Leave, words::texts::LEAVE.into());
            (words::texts::above(name), [leave, another])
        }
        Known::Version(id) => {
            let title = title(*id);
            let version = (Way::Version, words::texts::as_version(&title));
            (words::texts::version(&title), [another, version])
        }
    };
    let [first, second] = ways;
    let (own, chosen) = (line.clone(), read.way);
    let both = [first.0, second.0];
    let choose = move |event| {
        let at = usize::from(event_target_value(&event) == "1");
        bringing.choose(&own, both[at]);
    };
    let option = |at: &'static str, (way, words): (Way, String)| {
        view! { <option value=at selected={way == chosen}>{words}</option> }.into_any()
    };
    let options = vec![option("0", first), option("1", second)];
    let select = view! {
        <select aria-label=words::texts::WHAT on:change=choose>{options}</select>
    };
    let mut parts = vec![
        tagged("p", said),
        view! { <label class="choice">{select}</label> }.into_any(),
    ];
    if read.way == Way::Version {
        match &read.plan {
            None => parts.push(tagged("p", words::texts::COMPARING)),
            Some(Err(reason)) => {
                parts.push(view! { <p class="wrong">{reason.clone()}</p> }.into_any());
            }
            Some(Ok(planned)) => parts.extend(fates(&planned.plan)),
        }
    }
    parts
}

/// What becomes of the marks, in a line; and at length, folded.
fn fates(plan: &Plan) -> Vec<AnyView> {
    let all = plan.kept + plan.moved + plan.found + plan.uncertain + plan.lost;
    if plan.edits.is_empty() || all == 0 {
        return vec![tagged("p", words::texts::NO_MARKS)];
    }
    let moved = plan.moved + plan.found;
    let said = words::texts::marks(plan.kept, moved, plan.uncertain, plan.lost);
    let mut folded = vec![tagged("summary", words::texts::FATES)];
    folded.extend(replace::preview(plan));
    vec![tagged("p", said), tag("details", folded)]
}

/// What else it may be read as.
fn choice(bringing: Bringing, line: &Line, asked: &Asked, choice: &Choice) -> Option<AnyView> {
    let own = line.clone();
    match choice {
        Choice::Encoding(label) => Some(encodings(bringing, line, label)),
        Choice::Whole => {
            let whole = move || bringing.read_as(&own, |asked| asked.whole = true);
            Some(button("", words::texts::WHOLE_PAGE, whole))
        }
        Choice::None if asked.whole => {
            let main = move || bringing.read_as(&own, |asked| asked.whole = false);
            Some(button("", words::texts::MAIN_ONLY, main))
        }
        Choice::None if !asked.encoding.is_empty() => {
            Some(encodings(bringing, line, &asked.encoding))
        }
        Choice::None => None,
    }
}

/// Whether comments are wanted.
fn notes(line: &Line, count: usize, is_wanted: bool) -> AnyView {
    let line = line.clone();
    let change = move |event| {
        let is_wanted = event_target_checked(&event);
        line.state.update(|state| state.takes_notes = is_wanted);
    };
    view! {
        <label class="choice">
            <input type="checkbox" prop:checked=is_wanted on:change=change />
            {words::texts::comments(count)}
        </label>
    }
    .into_any()
}

fn encodings(bringing: Bringing, line: &Line, own: &str) -> AnyView {
    let option = |(label, name): &(&'static str, &'static str)| {
        let (label, name) = (*label, *name);
        let is_own = label.eq_ignore_ascii_case(own);
        view! { <option value=label selected=is_own>{name}</option> }.into_any()
    };
    let options: Vec<AnyView> = ENCODINGS.iter().map(option).collect();
    let line = line.clone();
    let chosen = move |event| {
        let label = event_target_value(&event);
        bringing.read_as(&line, |asked| asked.encoding = label);
    };
    view! {
        <label class="choice">
            {words::texts::ENCODING}
            <select on:change=chosen>{options}</select>
        </label>
    }
    .into_any()
}
