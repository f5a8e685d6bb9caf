//! What can be done about an annotation without a sure place, in the row that it is about.

use leptos::mount::{UnmountHandle, mount_to};
use leptos::tachys::view::any_view::AnyViewState;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::super::later::line_instead;
use super::super::page::{Later, Page};
use super::super::rows::Rows;
use super::row::Card;
use crate::annotation::AnnotationId;
use crate::query::{Place, Row};
use crate::session::Session;

/// What is shown of this, each in the row that it is about.
#[derive(Default)]
pub(super) struct Reviews(Vec<(Element, UnmountHandle<AnyViewState>)>);

impl Reviews {
    /// Shows it in the rows of these annotations, where they have no sure place, and in no
    /// others.
    pub(super) fn show(
        &mut self,
        session: Session,
        page: Page,
        rows: &Rows<Card>,
        of: [Option<AnnotationId>; 2],
    ) {
        let wanted = |row: &Row| row.place.may_be_said() && of.contains(&Some(row.id));
        let wanted = || rows.all().iter().filter(|(card, _)| wanted(&card.row));
        self.0
            .retain(|(before, _)| wanted().any(|(_, element)| element == before));
        for (Card { row, .. }, element) in wanted() {
            if self.0.iter().all(|(before, _)| before != element) {
                let (id, given_up) = (row.id, row.place == Place::GivenUp);
                let draw = move |later: Later| (later.review)(session, page, id, given_up);
                let instead = move |is_missing| line_instead(page.later, is_missing);
                let shown = mount_to(element.clone().unchecked_into(), move || {
                    page.later.view(draw, instead)
                });
                self.0.push((element.clone(), shown));
            }
        }
    }
}
