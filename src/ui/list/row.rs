//! One row of the list, as a card.

use std::sync::Arc;

use leptos::prelude::GetUntracked;
use web_sys::Element;

use super::super::rows::Rows;
use super::super::theme::chip;
use crate::annotation::AnnotationId;
use crate::browser::clock;
use crate::browser::element::{append, attribute, element, words};
use crate::query::{Place, Row};
use crate::session::{Scope, Session};
use crate::words;

/// A row as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ui) struct Card {
    pub(in crate::ui) row: Row,
    /// The title of its document, where the row above is of another one and all documents are listed.
    title: Option<Arc<str>>,
    /// The day it was made, where the row above is of another one.
    day: Option<String>,
    /// Its note is being written, so the field stands where the note would.
    is_noting: bool,
}

/// The cards of rows that follow each other. `noting` is the one whose note is being written.
pub(super) fn cards(session: Session, rows: &[Row], noting: Option<AnnotationId>) -> Vec<Card> {
    let mut above = String::new();
    let mut document = None;
    let is_of_all = session.scope.get_untracked() == Scope::All;
    let card = |row: &Row| {
        let is_next = document.replace(row.document) != Some(row.document);
        let title = (is_of_all && is_next).then(|| session.title_of(row.document));
        let day = clock::day(row.created);
        let is_other = day != above;
        above.clone_from(&day);
        let is_noting = noting == Some(row.id);
        let mut row = row.clone();
        if is_noting {
            row.note_opening = "".into();
        }
        Card {
            row,
            title,
            day: is_other.then_some(day),
            is_noting,
        }
    };
    rows.iter().map(card).collect()
}

/// Length up to which a quote stands in one line with its themes, in bytes.
const SHORT_BYTES: usize = 28;

/// Draws one.
pub(super) fn draw(session: Session, card: &Card) -> Element {
    let row = &card.row;
    let is_short = row.quote.len() <= SHORT_BYTES && row.note_opening.is_empty();
    let class = if is_short { "entry short" } else { "entry" };
    let entry = element("button", class);
    let quote = match &*row.quote {
        "" => words::list::NO_QUOTE,
        quote => quote,
    };
    append(&entry, &words("q", "", quote));
    let chips = element("span", "chips");
    session.with(|project| {
        let codebook = project.codebook();
        for id in &row.themes {
            if let Some((number, theme)) = codebook.position(*id).zip(codebook.get(*id)) {
                append(&chips, &chip(theme, number));
            }
        }
    });
    if let Some(more) = words::count::more(row.more_themes) {
        append(&chips, &words("span", "", &more));
    }
    append(&entry, &chips);
    if !row.note_opening.is_empty() {
        append(&entry, &words("span", "note", &row.note_opening));
    }
    if let Some(unplaced) = unplaced(row.place) {
        append(&entry, &words("span", "unplaced", unplaced));
    }
    if let Some(day) = &card.day {
        let created = words("time", "", day);
        attribute(&created, "datetime", &row.created.to_string());
        attribute(&created, "title", &clock::shown(row.created));
        append(&entry, &created);
    }
    let item = element("li", if card.is_noting { "noting" } else { "" });
    attribute(&item, "data-id", &row.id.0.to_string());
    if let Some(title) = &card.title {
        append(&item, &words("h3", "", title));
    }
    append(&item, &entry);
    item
}

/// Says which is the selected one.
pub(super) fn set_current(list: &Element, rows: &Rows<Card>, id: Option<AnnotationId>) {
    const CURRENT: &str = "aria-current";
    if let Ok(Some(before)) = list.query_selector("[aria-current]") {
        // A name of ARIA's is not refused.
        let _ = before.remove_attribute(CURRENT);
    }
    let mut rows = rows.all().iter();
    let row = rows.find(|(card, _)| Some(card.row.id) == id);
    let entry = row.map(|(_, element)| element.query_selector(".entry"));
    if let Some(Ok(Some(entry))) = entry {
        attribute(&entry, CURRENT, "true");
    }
}

/// Why it has no place in the text.
fn unplaced(place: Place) -> Option<&'static str> {
    Some(match place {
        Place::At(_) | Place::Unread => return None,
        Place::GivenUp => words::list::GIVEN_UP,
        Place::Unresolved => words::list::UNRESOLVED,
        Place::Uncertain => words::list::UNCERTAIN,
        Place::Lost => words::list::LOST,
    })
}
