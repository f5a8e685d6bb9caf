//! The panel: every mark in text order. However many there are, only the rows near what is
//! seen of the list stand in the page.

mod reviews;
mod row;
pub(super) mod scope;
mod scroll;

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use self::reviews::Reviews;
use self::row::Card;
use self::scroll::Scroll;
use super::elements::{Piece, button, effect, live, part, press, tagged};
use super::focus::focus_first;
use super::later::line_instead;
use super::page::Later;
use super::page::Page;
use super::rows::Rows;
use super::theme::colours;
use crate::codebook::{Theme, ThemeId};
use crate::layout::line_style;
use crate::project::Filter;
use crate::query::Row;
use crate::session::{Saving, Scope, Session};
use crate::words;

/// The region "Annotations".
#[component]
pub(super) fn Annotations(session: Session, page: Page) -> impl IntoView {
    let body = NodeRef::<html::Div>::new();
    let list = NodeRef::<html::Ol>::new();
    let rows = StoredValue::new_local(Rows::<Card>::default());
    let mut reviews = Reviews::default();
    let mut drawn_in = session.themes.get_untracked();
    effect(move || {
        let Some(list) = list.get() else { return };
        let themes = session.themes.get();
        let lit = [session.subject.get().mark(), page.attaching.get()];
        let noting = page.note.on.get();
        page.note.hold();
        rows.update_value(|rows| {
            // A theme that looks different does so in every row.
            if !Arc::ptr_eq(&drawn_in, &themes) {
                rows.clear();
                drawn_in = themes;
            }
            let draw = |card: &Card| row::draw(session, card);
            let cards = session
                .list
                .with(|all| row::cards(session, &all.rows, noting));
            rows.show(&list, &cards, &draw);
            row::set_current(&list, rows, lit[0]);
            reviews.show(session, page, rows, lit);
        });
        page.note.follow();
        rows.with_value(|rows| page.note.show_in(rows, |card| card.row.id));
    });
    let pressed: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| {
        let target = event
            .target()
            .map(|target| target.unchecked_into::<Element>());
        let is_on = |selector: &str| {
            let target = target.as_ref();
            target.is_some_and(|target| matches!(target.closest(selector), Ok(Some(_))))
        };
        let card = rows.with_value(|rows| rows.hit(&event).cloned());
        let Some(Card { row, .. }) = card.filter(|_| is_on(".entry")) else {
            return;
        };
        choose(session, page, &row);
        let is_open = session.open_now() == row.document;
        if is_on(".note") && is_open {
            page.note.open(row.id, false);
        }
    });
    let scroll = Scroll::new(session, body, list);
    scroll.follow();
    let count = live(move || {
        let (listed, all) = session.list.with(|list| (list.count, list.counts.all));
        is_known(session).then(|| {
            if listed == all {
                all.to_string()
            } else {
                words::list::some_of(listed, all)
            }
        })
    });
    // On a phone the panel is a sheet below the text, closed at first.
    let open = page.sheet;
    // The focus would be nowhere once what has it is gone.
    let shut = move || {
        if open.get_untracked() {
            open.set(false);
            focus_first(".foot [aria-controls]");
        }
    };
    let close = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            shut();
        }
    };
    let search = view! {
        <input
            type="search"
            aria-label=words::list::SEARCH_LABEL
            placeholder=words::list::SEARCH
            prop:value=live(move || session.search.get())
            on:input=move |event| session.search_for(event_target_value(&event))
        />
    }
    .into_any();
    view! {
        <section class="panel" class:open=open aria-labelledby="annotations-heading" on:keydown=close>
            <header>
                <h2 id="annotations-heading" tabindex="-1">{words::list::HEADING}</h2>
                <span class="count">{count}</span>
                {page.later.unasked(
                    move |later| (later.scope)(session),
                    |_| view! { <span class="scope">{words::list::IN_DOCUMENT}</span> }.into_any(),
                )}
                <button
                    class="sheet-toggle"
                    on:click=press(shut)
                >
                    {words::list::HIDE_LIST}
                </button>
            </header>
            // In view whatever the list is scrolled to.
            <div class="tools">
                {search}
                <Filters session />
                <div role="alert">{rescue(page)}</div>
            </div>
            <div
                class="body"
                id="annotations-body"
                node_ref=body
                on:scroll=move |_| scroll.scrolled()
            >
                <ol node_ref=list on:click=pressed></ol>
                <Empty session />
            </div>
        </section>
    }
}

/// What is offered for notes whose marks are gone.
fn rescue(page: Page) -> Piece {
    part(move || {
        let gone = page.note.gone.get();
        let is_any = !gone.is_empty();
        let draw = move |later: Later| (later.rescue)(page.note, gone.clone());
        let instead = move |is_missing| line_instead(page.later, is_missing);
        is_any.then(|| page.later.view(draw, instead))
    })
}

/// What is said of a list that shows nothing, or not all, and the way on.
#[component]
fn Empty(session: Session) -> impl IntoView {
    let show_all = move || {
        session.search_for(String::new());
        session.list_only(Filter::All);
    };
    part(move || {
        if !is_known(session) {
            return None;
        }
        let (all, listed) = session.list.with(|list| (list.counts.all, list.count));
        let is_search = session.search.with(|words| !words.is_empty());
        let filter = session.filter.get();
        let words = match filter {
            _ if all == 0 => words::list::NOTHING_MARKED.into(),
            _ if listed > 0 => {
                let words = hidden(all - listed, is_search)?;
                return Some(view! { <div class="empty">{tagged("p", words)}</div> }.into_any());
            }
            _ if is_search => words::list::NOTHING_FOUND.into(),
            Filter::Review if session.scope.get() == Scope::All => {
                words::list::NOTHING_TO_REVIEW_READ.into()
            }
            Filter::Review => words::list::NOTHING_TO_REVIEW.into(),
            Filter::Untagged => words::list::ALL_TAGGED.into(),
            Filter::Theme(id) => no_mark(session, id),
            _ => String::new(),
        };
        let way_on = (all > 0).then(|| button("", words::list::SHOW_ALL, show_all));
        Some(view! { <div class="empty">{tagged("p", words)} {way_on}</div> }.into_any())
    })
}

fn hidden(count: usize, is_search: bool) -> Option<String> {
    (count > 0).then(|| {
        if is_search {
            words::list::more_without_search(count)
        } else {
            words::list::more_under_all(count)
        }
    })
}

/// No mark bears a theme: what to do about it.
fn no_mark(session: Session, id: ThemeId) -> String {
    session.themes.with(|themes| {
        let number = themes.iter().position(|theme| theme.id == id);
        number.map_or_else(String::new, |number| {
            let digit = (number < 9).then_some(number + 1);
            words::list::no_mark(&themes[number].name, digit)
        })
    })
}

/// Whether the annotations have been read: until then they are not said to be none.
fn is_known(session: Session) -> bool {
    !session.saving.with(Saving::is_loading)
}

/// One button a theme, in its colour and with its line, and the number of its annotations.
#[component]
fn Filters(session: Session) -> impl IntoView {
    let button = move |filter: Filter, name: AnyView, count: Signal<usize>| {
        view! {
            <button
                class="filter"
                aria-pressed=live(move || (session.filter.get() == filter).to_string())
                on:click=press(move || session.list_only(filter))
            >
                {name}
                " "
                <span class="count">{live(move || is_known(session).then(|| count.get()))}</span>
            </button>
        }
        .into_any()
    };
    let plain = |name: &'static str| view! { <span>{name}</span> }.into_any();
    let of_theme = move |theme: &Theme| {
        let id = theme.id;
        let number = session.with(|project| project.codebook().position(id));
        let number = number.unwrap_or_default();
        let [tint, line] = colours(theme);
        let name = view! {
            <span
                class=format!("theme-name line-{}", line_style(number))
                style:--tint=tint.1
                style:--mark=line.1
            >
                {theme.name.to_string()}
            </span>
        };
        let count = live(move || {
            session.list.with(|list| {
                let own = list.counts.themes.iter().find(|(theme, _)| *theme == id);
                own.map_or(0, |(_, count)| *count)
            })
        });
        button(Filter::Theme(id), name.into_any(), count)
    };
    view! {
        <div class="filters" role="group" aria-label=words::list::FILTERS>
            {button(
                Filter::All,
                plain(words::list::ALL),
                live(move || session.list.with(|list| list.counts.all)),
            )}
            {part(move || {
                let themes = session.offered.get();
                let buttons = themes.iter().map(|theme| of_theme(theme)).collect_view();
                Some(buttons.into_any())
            })}
            {part(move || {
                let more = session.list.with(|list| list.counts.more_themes);
                let more = words::count::more_themes(more)?;
                Some(tagged("span", more))
            })}
            {part(move || {
                // Only while there is something to review, or it is being looked at.
                let review = live(move || session.list.with(|list| list.counts.review));
                let shown = review.get() > 0 || session.filter.get() == Filter::Review;
                shown.then(|| button(Filter::Review, plain(words::list::REVIEW), review))
            })}
            {button(
                Filter::Untagged,
                plain(words::list::UNTAGGED),
                live(move || session.list.with(|list| list.counts.untagged)),
            )}
        </div>
    }
}

fn choose(session: Session, page: Page, row: &Row) {
    page.attaching.set(None);
    let open = session.open_now();
    if row.document != open {
        let (document, id) = (row.document, row.id);
        page.later.run_or_say(session, move |later| {
            (later.go_to_mark)(session, page, document, id)
        });
        return;
    }
    session.choose(Some(row.id));
    page.jump.set(Some(row.id));
    if !row.place.may_be_said() {
        page.show_article();
    }
}
