//! Every moment of the project, latest first: those with a name first, however long ago they were.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use super::super::attempt::{Attempt, Drawing, named, read};
use super::super::dialog::Version;
use super::super::elements::{button, effect, escape, part, press, tagged};
use super::super::focus::focus_first;
use super::super::page::Page;
use super::elements::{dated, file_name, go_back, lead_back, show_restoration};
use crate::browser::{self, clock, database, focus};
use crate::journal::moments::{Moment, Row, Rows, opening};
use crate::session::Session;
use crate::session::records::Stored;
use crate::words;

/// Rows that are shown at first, and with each press for more.
const ROWS_AT_ONCE: usize = 40;

/// Moments that are read for these rows, at most: those of a long run stand in one row.
const MOST_MOMENTS: usize = 400;

/// The names of moments stand in `view` under this and the moment's number.
const NAME: &str = "name ";

/// Length of the longest name, in characters.
const LONGEST_NAME: usize = 200;

/// What the list is drawn from.
#[derive(Clone, Copy)]
struct List {
    session: Session,
    page: Page,
    stored: StoredValue<Option<Rc<Stored>>, LocalStorage>,
    rows: StoredValue<Rows, LocalStorage>,
    /// Before which record to go on, and whether there is one.
    before: StoredValue<Option<i64>>,
    is_over: StoredValue<bool>,
    names: StoredValue<BTreeMap<i64, String>>,
    /// Rows that are shown.
    shown: RwSignal<Vec<Row>>,
    /// Whether there are earlier ones.
    has_more: RwSignal<bool>,
    /// The number of the last record: the moment of that is now.
    last: StoredValue<Option<i64>>,
}

/// The moments, with what can be done about them.
#[component]
pub(super) fn Versions(session: Session, page: Page, version: Option<Version>) -> impl IntoView {
    let list = List {
        session,
        page,
        stored: StoredValue::new_local(None),
        rows: StoredValue::new_local(Rows::default()),
        before: StoredValue::new(None),
        is_over: StoredValue::new(false),
        names: StoredValue::new(BTreeMap::new()),
        shown: RwSignal::new(Vec::new()),
        has_more: RwSignal::new(false),
        last: StoredValue::new(None),
    };
    view! {
        <div class="past">
            {read(async move {
                let above = list.begin(version).await?;
                Ok(Box::new(move || {
                    lead_back(version);
                    list.drawn(above)
                }) as Drawing)
            })}
        </div>
    }
}

impl List {
    /// Reads the names and the first moments, as far as a version that somebody comes back to; gives
    /// those that stand above the list.
    async fn begin(self, version: Option<Version>) -> Result<Vec<Moment>, String> {
        let Some(stored) = Stored::open().await?.map(Rc::new) else {
            return Ok(Vec::new());
        };
        let names = names(&stored).await?;
        self.rows
            .try_set_value(Rows::new(names.keys().copied().collect()));
        self.names.try_set_value(names.clone());
        self.stored.try_set_value(Some(stored.clone()));
        let newest = stored.newest().await?;
        self.last.try_set_value(newest.map(|(number, _)| number));
        self.read_on().await?;
        let last = self.shown.try_with_untracked(|shown| {
            let last = shown.last()?.moments().last()?;
            Some(last.number)
        });
        let mut above = Vec::new();
        for number in names.keys().rev() {
            if last.flatten().is_some_and(|last| *number < last) {
                above.extend(stored.moment(*number).await?);
            }
        }
        let numbers = above.iter().map(|moment: &Moment| moment.number).collect();
        self.rows.try_update_value(|rows| rows.leave_out(numbers));
        // One of them may be all that there is behind what is shown.
        self.look_for_more().await?;
        if let Some(Version::Moment(number)) = version
            && !above.iter().any(|moment| moment.number == number)
        {
            self.read_to(number).await?;
        }
        Ok(above)
    }

    /// Reads until there are enough rows for another press, or nothing is left to read.
    async fn fill(self, enough: usize) -> Result<(), String> {
        let Some(stored) = self.stored.try_get_value().flatten() else {
            return Ok(());
        };
        let mut read = 0;
        while self.ready() < enough
            && read < MOST_MOMENTS
            && !self.is_over.try_get_value().unwrap_or(true)
        {
            let before = self.before.try_get_value().flatten();
            match stored.moment_before(before).await? {
                Some((moment, before)) => {
                    read += 1;
                    self.before.try_set_value(Some(before));
                    self.rows.try_update_value(|rows| rows.take(moment));
                }
                None => {
                    self.is_over.try_set_value(true);
                    self.rows.try_update_value(Rows::end);
                }
            }
        }
        if self.ready() == 0 && read == MOST_MOMENTS {
            // A run that is longer than what is read at once is shown as far as it was read.
            self.rows.try_update_value(Rows::end);
        }
        Ok(())
    }

    fn ready(self) -> usize {
        self.rows.try_with_value(Rows::ready).unwrap_or_default()
    }

    /// Shows the next rows; gives the number of the first.
    async fn read_on(self) -> Result<Option<i64>, String> {
        self.fill(ROWS_AT_ONCE + 1).await?;
        let mut next = Vec::new();
        self.rows.try_update_value(|rows| {
            next.extend(std::iter::from_fn(|| rows.pop()).take(ROWS_AT_ONCE));
        });
        let first = next.first().map(|row| row.latest().number);
        self.shown.try_update(|shown| shown.append(&mut next));
        self.look_for_more().await?;
        Ok(first)
    }

    /// Shows as many rows as there are before a moment has one, with a button of its own.
    async fn read_to(self, number: i64) -> Result<(), String> {
        let row_of = |shown: &Vec<Row>| {
            let holds = |row: &&Row| row.moments().iter().any(|moment| moment.number == number);
            shown.iter().find(holds).map(|row| row.latest().number)
        };
        loop {
            let row = self.shown.try_with_untracked(row_of).flatten();
            if let Some(row) = row {
                if row != number {
                    self.show_each(row);
                }
                return Ok(());
            }
            if self.has_more.try_get_untracked() != Some(true) {
                return Ok(());
            }
            self.read_on().await?;
        }
    }

    async fn look_for_more(self) -> Result<(), String> {
        self.fill(1).await?;
        self.has_more.try_set(self.ready() > 0);
        Ok(())
    }

    fn drawn(self, above: Vec<Moment>) -> AnyView {
        if self.shown.with_untracked(Vec::is_empty) {
            return tagged("p", words::history::versions::NOTHING_CHANGED);
        }
        let named = (!above.is_empty()).then(|| {
            let rows: Vec<AnyView> = above
                .into_iter()
                .map(|moment| self.row(&Row::of(moment)))
                .collect();
            view! {
                {tagged("h4", words::history::versions::NAMED_BEFORE)}
                <ol class="moments">{rows}</ol>
                {tagged("h4", words::history::versions::LATEST)}
            }
        });
        let attempt = Attempt::new();
        let more = move || {
            attempt.make(async move {
                if let Some(first) = self.read_on().await? {
                    lead_to(first);
                }
                Ok(())
            });
        };
        view! {
            {tagged("p", words::history::versions::INTRO)}
            {named}
            <ol class="moments">
                <For
                    each=move || self.shown.get()
                    key=|row| (row.latest().number, row.moments().len())
                    children=move |row| self.row(&row)
                />
            </ol>
            {part(move || {
                let has_more = self.has_more.get();
                has_more.then(|| button("", words::history::versions::SHOW_EARLIER, more))
            })}
            {attempt.view()}
        }
        .into_any()
    }

    /// A row of the list: when, what, its name, and what can be done with it.
    fn row(self, row: &Row) -> AnyView {
        let moment = row.latest();
        let (number, what) = (moment.number, row.summary());
        let count = row.moments().len();
        let written = if row.since() == moment.at {
            clock::shown(moment.at)
        } else {
            clock::range(row.since(), moment.at)
        };
        let name = self.names.with_value(|names| names.get(&number).cloned());
        let name = RwSignal::new(name.unwrap_or_default());
        let is_now = self.last.get_value() == Some(number);
        let going = (!is_now).then(|| {
            let told = words::history::versions::go_back(&written, &what);
            self.going(number, told, name, what.clone(), clock::stamp(moment.at))
        });
        let whole = (count > 1).then(|| {
            let told = words::history::versions::show_each(&written, &what);
            let open = move || self.open(number);
            named(words::history::versions::SHOW_EACH, told, open)
        });
        view! {
            <li data-number=number.to_string()>
                {part(move || {
                    let name = name.get();
                    (!name.is_empty()).then(|| view! { <strong>{name}</strong> }.into_any())
                })}
                {dated(moment.at, written.clone(), &what)}
                <span class="acts">
                    {whole}
                    {naming(self, number, name, [written, what])}
                    {going.unwrap_or_else(|| tagged("span", words::history::versions::NOW))}
                </span>
                {self.about(row).map(|about| tagged("q", about))}
                {self.elsewhere(moment).map(|title| {
                    tagged("small", words::history::versions::in_document(&title))
                })}
            </li>
        }
        .into_any()
    }

    /// What a row is about, in the document's words or a person's; nothing for many marks.
    fn about(self, row: &Row) -> Option<String> {
        let moment = row.latest();
        let is_one = |other: &Moment| other.annotation == moment.annotation;
        if !row.moments().iter().all(is_one) {
            return None;
        }
        let quoted = |id| {
            self.session.with(|project| {
                let own = project.annotation(id)?;
                let quote = own.annotation.target.selectors.quote.as_ref()?;
                Some(opening(quote.exact()))
            })
        };
        moment.words.clone().or_else(|| quoted(moment.annotation?))
    }

    /// The title of the document that a moment is about, where that is not the open one.
    fn elsewhere(self, moment: &Moment) -> Option<Arc<str>> {
        let open = self.session.open_now();
        self.session.with(|project| {
            let own = project.annotation(moment.annotation?)?;
            let document = own.annotation.target.document;
            let title = project.record(document)?.title.clone();
            (document != open).then_some(title)
        })
    }

    /// The button that goes back to a moment, and what goes wrong with that.
    fn going(
        self,
        number: i64,
        told: String,
        name: RwSignal<String>,
        what: String,
        stamp: String,
    ) -> AnyView {
        let attempt = Attempt::new();
        let version = Version::Moment(number);
        let back = move || {
            let called = file_name(&[&name.get_untracked(), &what, &stamp]);
            attempt.make(async move {
                let Some(stored) = self.stored.try_get_value().flatten() else {
                    return Ok(());
                };
                let file = stored.file(&called, number).await?;
                show_restoration(self.session, self.page, attempt, file, version);
                Ok(())
            });
        };
        view! {
            {go_back(version, told, back)}
            {attempt.view()}
        }
        .into_any()
    }

    /// Shows each moment of a row in a row of its own, and takes the focus to the first.
    fn open(self, number: i64) {
        self.show_each(number);
        lead_to(number);
    }

    fn show_each(self, number: i64) {
        self.shown.try_update(|shown| {
            let Some(at) = shown.iter().position(|row| row.latest().number == number) else {
                return;
            };
            let each: Vec<Row> = shown[at].moments().iter().cloned().map(Row::of).collect();
            shown.splice(at..=at, each);
        });
    }
}

/// Takes the focus to a row, once it is drawn; unless a person has taken it elsewhere by then.
fn lead_to(number: i64) {
    let before = browser::focused();
    request_animation_frame(move || {
        let now = browser::focused();
        if now.is_none() || now == before {
            focus_first(&format!("dialog li[data-number=\"{number}\"] button"));
        }
    });
}

/// The names of moments by their numbers.
async fn names(stored: &Stored) -> Result<BTreeMap<i64, String>, String> {
    let view = stored.view()?;
    let range = database::names(NAME)?;
    let keys = view.keys(&range, u32::MAX).await?;
    let values = view.values(&range, u32::MAX).await?;
    let mut names = BTreeMap::new();
    for (key, value) in keys.iter().zip(values.iter()) {
        let key = key.as_string().unwrap_or_default();
        let number = key
            .strip_prefix(NAME)
            .and_then(|number| number.parse().ok());
        if let (Some(number), Some(name)) = (number, value.as_string()) {
            names.insert(number, name);
        }
    }
    Ok(names)
}

/// Gives a moment a name, or takes it. `told` is when it was and what was done.
fn naming(list: List, number: i64, name: RwSignal<String>, told: [String; 2]) -> AnyView {
    let is_open = RwSignal::new(false);
    let button_of = NodeRef::<html::Button>::new();
    // The field gives the focus back to the button, which is drawn anew.
    let is_left = StoredValue::new(false);
    effect(move || {
        if let Some(button) = button_of.get().filter(|_| is_left.get_value()) {
            focus(&button);
        }
    });
    let over = move || {
        is_left.set_value(true);
        is_open.set(false);
    };
    part(move || {
        let [when, what] = &told;
        Some(if is_open.get() {
            form(
                list,
                number,
                name,
                words::history::versions::name_of(when, what),
                over,
            )
        } else {
            let label = words::history::versions::name(when, what);
            let act = press(move || is_open.set(true));
            view! {
                <button type="button" node_ref=button_of aria-label=label on:click=act>
                    {words::history::versions::NAME}
                </button>
            }
            .into_any()
        })
    })
    .into_any()
}

fn form(
    list: List,
    number: i64,
    name: RwSignal<String>,
    label: String,
    over: impl Fn() + Copy + 'static,
) -> AnyView {
    let field = NodeRef::<html::Input>::new();
    effect(move || {
        if let Some(field) = field.get() {
            focus(&field);
        }
    });
    let attempt = Attempt::new();
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(field) = field.get_untracked() else {
            return;
        };
        let words = field.value().trim().to_owned();
        attempt.make(async move {
            let Some(stored) = list.stored.try_get_value().flatten() else {
                return Ok(());
            };
            let key = format!("{NAME}{number}");
            let written = words.clone();
            let change = async |view: &database::Objects| {
                if written.is_empty() {
                    view.delete(&key.as_str().into()).await
                } else {
                    view.put(&key.as_str().into(), &written.as_str().into())
                        .await
                }
            };
            stored.change_view(change).await?;
            list.names
                .try_update_value(|names| names.insert(number, words.clone()));
            // The dialog may be gone by then.
            if name.try_set(words).is_none() {
                over();
            }
            Ok(())
        });
    };
    view! {
        <form on:submit=save on:keydown=escape(over)>
            <input
                node_ref=field
                maxlength=LONGEST_NAME.to_string()
                aria-label=label
                prop:value=name.get_untracked()
            />
            <button type="submit">{words::history::versions::SAVE_NAME}</button>
            {button("", words::common::CANCEL, over)}
            {attempt.view()}
        </form>
    }
    .into_any()
}
