//! The panel: every mark in text order. However many there are, only the rows near what is
//! seen of the list stand in the page.

mod row;
mod scroll;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use self::scroll::Scroll;
use super::review::Reviews;
use super::rows::Rows;
use super::{Page, effect, live, part, press, tagged};
use crate::codebook::ThemeId;
use crate::project::Filter;
use crate::query::Row;
use crate::session::{Saving, Session};
use crate::text::more;

/// The region "Annotations".
#[component]
pub(super) fn Annotations(session: Session, page: Page) -> impl IntoView {
    // On a phone the panel is a sheet from below, closed at first.
    let open = RwSignal::new(false);
    let body = NodeRef::<html::Div>::new();
    let list = NodeRef::<html::Ol>::new();
    let rows = StoredValue::new_local(Rows::<Row>::default());
    let mut reviews = Reviews::default();
    let mut drawn_in = Vec::new();
    effect(move || {
        let Some(list) = list.get() else { return };
        let themes = session.themes.get();
        let lit = [session.selected.get(), page.attaching.get()];
        rows.update_value(|rows| {
            // A theme that looks different does so in every row.
            if drawn_in != themes {
                rows.clear();
                drawn_in = themes;
            }
            let draw = |row: &Row| row::draw(session, row);
            session.list.with(|all| rows.show(&list, &all.rows, &draw));
            row::set_current(&list, rows, lit[0]);
            reviews.show(session, page, rows, lit);
        });
    });
    let pressed: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| {
        let target = event
            .target()
            .map(|target| target.unchecked_into::<Element>());
        let on_entry = target.is_some_and(|target| matches!(target.closest(".entry"), Ok(Some(_))));
        let row = rows.with_value(|rows| rows.hit(&event).cloned());
        if let Some(row) = row.filter(|_| on_entry) {
            choose(session, page, &row);
        }
    });
    let scroll = Scroll::new(session, body, list);
    scroll.follow();
    let empty = live(move || {
        if !is_known(session) {
            return String::new();
        }
        let all = session.list.with(|list| list.counts.all);
        let listed = session.list.with(|list| list.count);
        let is_search = session.search.with(|words| !words.is_empty());
        let is_review = session.filter.get() == Filter::Review;
        if is_review && listed == 0 {
            "Nothing is left to review.".to_string()
        } else if is_search && listed == 0 {
            "No annotation holds these words.".to_string()
        } else if all > listed {
            let place = if is_search {
                "without the search"
            } else {
                "under “All”"
            };
            format!("{} more {place}", all - listed)
        } else if all == 0 {
            "Nothing is marked yet. Select some text, then choose a theme.".to_string()
        } else {
            String::new()
        }
    });
    let count = live(move || {
        let (listed, all) = session.list.with(|list| (list.count, list.counts.all));
        is_known(session).then(|| {
            if listed == all {
                all.to_string()
            } else {
                format!("{listed} of {all}")
            }
        })
    });
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
                <ol node_ref=list on:click=pressed></ol>
                <p class="empty">{empty}</p>
            </div>
        </section>
    }
}

/// Whether the annotations have been read: until then they are not said to be none.
fn is_known(session: Session) -> bool {
    !session.saving.with(Saving::is_loading)
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
                let themes = session.offered.get();
                let buttons = themes
                    .iter()
                    .map(|theme| button(Filter::Theme(theme.id), theme.name.to_string(), of_theme(theme.id)))
                    .collect_view();
                Some(buttons.into_any())
            })}
            {part(move || {
                let more = more(session.list.with(|list| list.counts.more_themes), "theme")?;
                Some(tagged("span", more))
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

fn choose(session: Session, page: Page, row: &Row) {
    page.attaching.set(None);
    session.say("");
    session.passage.set(None);
    session.select(Some(row.id));
    page.jump.set(Some(row.id));
    if !row.place.may_be_said() {
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
