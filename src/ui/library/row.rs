//! The rows of the documents: folders, and what lies in them.

use std::sync::Arc;

use leptos::prelude::*;
use web_sys::Element;

use super::super::focus::button_in;
use super::super::rows::Rows;
use super::elements::counted;
use crate::browser::element::{append, attribute, element, words as holding};
use crate::document::DocumentId;
use crate::library::Listed;
use crate::words;

/// A row of the documents.
#[derive(Clone, PartialEq)]
pub(super) enum Row {
    /// A folder, how many of those that are listed lie in it, and whether they are not shown.
    Folder(Arc<str>, usize, bool),
    Document(Listed),
}

impl Row {
    /// The folder that it is, or that it lies in.
    pub(super) fn folder(&self) -> &Arc<str> {
        match self {
            Self::Folder(name, ..) => name,
            Self::Document(own) => &own.folder,
        }
    }

    /// The document that it is.
    pub(super) fn id(&self) -> Option<DocumentId> {
        match self {
            Self::Folder(..) => None,
            Self::Document(own) => Some(own.id),
        }
    }
}

/// The rows that are drawn.
pub(super) type Drawn = StoredValue<Rows<Row>, LocalStorage>;

/// The rows, with a row for each folder before what lies in it; so many at most.
pub(super) fn in_folders(
    documents: &[Listed],
    is_folded: &dyn Fn(&Arc<str>) -> bool,
    most: usize,
) -> Vec<Row> {
    let mut rows = Vec::new();
    for own in documents.chunk_by(|a, b| a.folder == b.folder) {
        let folder = &own[0].folder;
        let is_folded = !folder.is_empty() && is_folded(folder);
        if !folder.is_empty() {
            rows.push(Row::Folder(folder.clone(), own.len(), is_folded));
        }
        if !is_folded {
            let room = most.saturating_sub(rows.len());
            rows.extend(own.iter().take(room).cloned().map(Row::Document));
        }
        if rows.len() >= most {
            break;
        }
    }
    rows
}

/// The documents that are seen once all rows are drawn, in their order.
pub(super) fn seen(documents: &[Listed], is_folded: &dyn Fn(&Arc<str>) -> bool) -> Vec<DocumentId> {
    let seen = documents
        .iter()
        .filter(|own| own.folder.is_empty() || !is_folded(&own.folder));
    seen.map(|own| own.id).collect()
}

/// Draws one, as a row of a tree grid: several can be chosen in that, and it may hold buttons.
pub(super) fn draw(row: &Row) -> Element {
    let item = element("div", "");
    attribute(&item, "role", "row");
    let cell = |own: &Element| {
        attribute(own, "role", "gridcell");
        append(&item, own);
    };
    let pressed = |own: &Element| {
        attribute(own, "tabindex", "-1");
        cell(own);
    };
    match row {
        Row::Folder(name, count, is_folded) => {
            let is_open = (!is_folded).to_string();
            item.set_class_name("folder");
            attribute(&item, "aria-level", "1");
            attribute(&item, "aria-expanded", &is_open);
            let fold = holding("button", "fold", name);
            attribute(&fold, "aria-expanded", &is_open);
            pressed(&fold);
            cell(&holding("span", "count", &count.to_string()));
            let about = holding("button", "about-folder", "✎");
            let label = words::library::about_folder(name);
            attribute(&about, "aria-label", &label);
            attribute(&about, "title", &label);
            pressed(&about);
        }
        Row::Document(own) => {
            let is_inside = !own.folder.is_empty();
            if is_inside {
                item.set_class_name("inside");
            }
            attribute(&item, "aria-level", if is_inside { "2" } else { "1" });
            let button = element("button", "document");
            attribute(&button, "data-document", &own.id.0.to_string());
            // Of a long one the row shows the beginning.
            attribute(&button, "title", &own.title);
            append(&button, &holding("span", "", &own.title));
            pressed(&button);
        }
    }
    item
}

/// Says of a row whether its document is chosen.
pub(super) fn set_chosen(row: &Element, is_chosen: bool) {
    let said = is_chosen.to_string();
    if row.get_attribute("aria-selected").as_deref() == Some(&said) {
        return;
    }
    attribute(row, "aria-selected", &said);
    if let Some(button) = row.first_element_child() {
        attribute(&button, "aria-selected", &said);
    }
}

/// Says how many marks a row's document bears, where that is not said yet.
pub(super) fn count(row: &Element, marks: usize) {
    let said = marks.to_string();
    if row.get_attribute("data-marks").as_deref() == Some(&said) {
        return;
    }
    attribute(row, "data-marks", &said);
    if let Ok(Some(before)) = row.query_selector(".count") {
        before.remove();
    }
    if let Some(button) = row.first_element_child().filter(|_| marks > 0) {
        append(&button, &counted(marks));
    }
}

/// Has `Tab` come to one row alone: to one that is named, or where none is, to the one it came to before
/// and else to the first. The arrow keys go on from there.
pub(super) fn stop_at(rows: &Rows<Row>, named: Option<&Element>) {
    let all = rows.all();
    let buttons = || all.iter().filter_map(|(_, row)| button_in(row));
    let named = named
        .and_then(button_in)
        .or_else(|| buttons().find(|own| own.tab_index() == 0))
        .or_else(|| buttons().next());
    for button in buttons() {
        button.set_tab_index(if Some(&button) == named.as_ref() {
            0
        } else {
            -1
        });
    }
}

/// Says of a row whether its document is the open one.
pub(super) fn set_current(row: &Element, is_open: bool) {
    let Some(button) = row.first_element_child() else {
        return;
    };
    if is_open {
        attribute(&button, "aria-current", "page");
    } else {
        // A name of ARIA's is not refused.
        let _ = button.remove_attribute("aria-current");
    }
}
