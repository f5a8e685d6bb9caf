//! The panel: every mark in text order. However many there are, only the rows near what is
//! seen of the list stand in the page.

mod scroll;

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use self::scroll::Scroll;
use super::review::Review;
use super::theme::Chip;
use super::{Page, live, part, press};
use crate::annotation::AnnotationId;
use crate::browser::clock;
use crate::codebook::ThemeId;
use crate::project::Filter;
use crate::query::{Place, Row};
use crate::session::{Saving, Session};

/// The region "Annotations".
#[component]
pub(super) fn Annotations(session: Session, page: Page) -> impl IntoView {
    // On a phone the panel is a sheet from below, closed at first.
    let open = RwSignal::new(false);
    let body = NodeRef::<html::Div>::new();
    let list = NodeRef::<html::Ol>::new();
    let scroll = Scroll::new(session, body, list);
    scroll.follow();
    let empty = live(move || {
        if !is_known(session) {
            return String::new();
        }
        let all = session.list.with(|list| list.counts.all);
        let listed = session.list.with(|list| list.count);
        let is_review = session.filter.get() == Filter::Review;
        if is_review && listed == 0 {
            "Nothing is left to review.".to_string()
        } else if session.search.with(|words| !words.is_empty()) && listed == 0 {
            "No annotation holds these words.".to_string()
        } else if all > listed {
            format!("{} more under “All”", all - listed)
        } else if all == 0 {
            "Nothing is marked yet. Select some text, then choose a theme.".to_string()
        } else {
            String::new()
        }
    });
    let count = live(move || is_known(session).then(|| session.list.with(|list| list.counts.all)));
    let close = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            open.set(false);
        }
    };
    let search = view! {
        <input
            type="search"
            aria-label="Search annotations"
            placeholder="Search"
            prop:value=live(move || session.search.get())
            on:input=move |event| session.search_for(event_target_value(&event))
        />
    }
    .into_any();
    view! {
        <section class="panel" class:open=open aria-labelledby="annotations-heading" on:keydown=close>
            <header>
                <h2 id="annotations-heading">"Annotations"</h2>
                <span class="count">{count}</span>
                <button
                    class="sheet-toggle"
                    aria-expanded=live(move || open.get().to_string())
                    aria-controls="annotations-body"
                    on:click=press(move || open.update(|open| *open = !*open))
                >
                    {live(move || if open.get() { "Hide list" } else { "Show list" })}
                </button>
            </header>
            <div class="body" id="annotations-body" node_ref=body on:scroll=move |_| scroll.scrolled()>
                {search}
                <Filters session />
                <ol node_ref=list>
                    <For
                        each=move || session.list.with(|list| list.rows.clone())
                        key=|listed| (listed.row.id, listed.revision)
                        let:listed
                    >
                        <Item session page row=listed.row />
                    </For>
                </ol>
                <p class="empty">{empty}</p>
            </div>
        </section>
    }
}

/// Whether the annotations have been read: until then they are not said to be none.
fn is_known(session: Session) -> bool {
    session
        .saving
        .with(|saving| !matches!(saving, Saving::Loading))
}

/// One button a theme, with the number of its annotations.
#[component]
fn Filters(session: Session) -> impl IntoView {
    let button = move |filter: Filter, name: String, count: Signal<usize>| {
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
    };
    let of_theme = move |theme: ThemeId| {
        live(move || {
            session.list.with(|list| {
                let own = list.counts.themes.iter().find(|(id, _)| *id == theme);
                own.map_or(0, |(_, count)| *count)
            })
        })
    };
    view! {
        <div class="filters" role="group" aria-label="Show">
            {button(Filter::All, "All".into(), live(move || session.list.with(|list| list.counts.all)))}
            {part(move || {
                let themes = session.themes.get();
                let buttons = themes
                    .iter()
                    .map(|theme| button(Filter::Theme(theme.id), theme.name.to_string(), of_theme(theme.id)))
                    .collect_view();
                Some(buttons.into_any())
            })}
            {part(move || {
                // Only while there is something to review, or it is being looked at.
                let review = live(move || session.list.with(|list| list.counts.review));
                let shown = review.get() > 0 || session.filter.get() == Filter::Review;
                shown.then(|| button(Filter::Review, "Review".into(), review).into_any())
            })}
            {button(
                Filter::Untagged,
                "Untagged".into(),
                live(move || session.list.with(|list| list.counts.untagged)),
            )}
        </div>
    }
}

/// One annotation.
#[component]
fn Item(session: Session, page: Page, row: Arc<Row>) -> impl IntoView {
    let id = row.id;
    let themes = session.themes.get_untracked();
    let chips = row
        .themes
        .iter()
        .filter_map(|theme| {
            let number = themes.iter().position(|other| other.id == *theme)?;
            Some(view! { <Chip theme=themes[number].as_ref().clone() number /> })
        })
        .collect_view();
    let unplaced = match row.place {
        Place::At(_) => None,
        Place::GivenUp => Some("Kept, though not in this text."),
        Place::Unsought => Some("Still to be looked for."),
        Place::Uncertain => {
            Some("Not placed: it is not sure where these words stand in this text.")
        }
        Place::Lost => Some("Not placed: these words are not in this text."),
    };
    let quote = if row.quote.is_empty() {
        "(no quoted words)".to_string()
    } else {
        row.quote.to_string()
    };
    let given_up = row.place == Place::GivenUp;
    let is_open = row.place.is_open() || given_up;
    // All rows ask for the selection, and they are few.
    let is_current = live(move || (session.selected.get() == Some(id)).then_some("true"));
    view! {
        <li data-id=id.0.to_string()>
            <button
                class="entry"
                aria-current=is_current
                on:click=press(move || choose(session, page, id, is_open))
            >
                <q dir="auto">{quote}</q>
                <span class="chips">{chips}</span>
                {(!row.note.is_empty())
                    .then(|| view! { <span class="note" dir="auto">{row.note.to_string()}</span> })}
                {unplaced.map(|words| view! { <span class="unplaced">{words}</span> })}
                <time datetime=row.created.to_string()>{clock::shown(row.created)}</time>
            </button>
            // A row without it follows nothing that seldom changes: that would remember all
            // rows that ever were.
            {is_open.then(|| part(move || {
                let current = is_current.get().is_some() || page.attaching.get() == Some(id);
                current.then(|| view! { <Review session page id given_up /> }.into_any())
            }))}
        </li>
    }
}

fn choose(session: Session, page: Page, id: AnnotationId, is_open: bool) {
    page.attaching.set(None);
    session.say("");
    session.passage.set(None);
    session.select(Some(id));
    page.jump.set(Some(id));
    if !is_open {
        show_article();
    }
}

/// On a phone the list would lie over the article.
pub(super) fn show_article() {
    if let Some(element) = crate::browser::focused()
        && let Ok(Some(panel)) = element.closest(".panel.open")
        && crate::browser::media("(max-width: 47.5rem)")
        && let Ok(Some(toggle)) = panel.query_selector(".sheet-toggle")
    {
        toggle.unchecked_into::<web_sys::HtmlElement>().click();
    }
}
