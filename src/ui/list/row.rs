//! One row of the list.

use web_sys::Element;

use super::super::rows::Rows;
use super::super::theme::chip;
use crate::annotation::AnnotationId;
use crate::browser::clock;
use crate::browser::element::{append, attribute, element, words};
use crate::query::{Place, Row};
use crate::session::Session;
use crate::text::more;

/// Draws it.
pub(super) fn draw(session: Session, row: &Row) -> Element {
    let entry = element("button", "entry");
    let quote = match &*row.quote {
        "" => "(no quoted words)",
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
    if let Some(more) = more(row.more_themes, "") {
        append(&chips, &words("span", "", &more));
    }
    append(&entry, &chips);
    if !row.note_opening.is_empty() {
        append(&entry, &words("span", "note", &row.note_opening));
    }
    if let Some(unplaced) = unplaced(row.place) {
        append(&entry, &words("span", "unplaced", unplaced));
    }
    let created = words("time", "", &clock::shown(row.created));
    attribute(&created, "datetime", &row.created.to_string());
    append(&entry, &created);
    let item = element("li", "");
    attribute(&item, "data-id", &row.id.0.to_string());
    append(&item, &entry);
    item
}

/// Says which is the selected one.
pub(super) fn set_current(list: &Element, rows: &Rows<Row>, id: Option<AnnotationId>) {
    const CURRENT: &str = "aria-current";
    if let Ok(Some(before)) = list.query_selector("[aria-current]") {
        // A name of ARIA's is not refused.
        let _ = before.remove_attribute(CURRENT);
    }
    let mut rows = rows.all().iter();
    let row = rows.find(|(row, _)| Some(row.id) == id);
    if let Some(entry) = row.and_then(|(_, element)| element.first_element_child()) {
        attribute(&entry, CURRENT, "true");
    }
}

/// Why it has no place in the text.
fn unplaced(place: Place) -> Option<&'static str> {
    Some(match place {
        Place::At(_) => return None,
        Place::GivenUp => "Kept, though not in this text.",
        Place::Unsought => "Still to be looked for.",
        Place::Uncertain => "Not placed: it is not sure where these words stand in this text.",
        Place::Lost => "Not placed: these words are not in this text.",
    })
}
