//! Where annotations stand in a text.

use std::sync::Arc;

use super::{Failure, Mirror, Progress, Question, Request, Response, Text};
use crate::anchor::Finder;
use crate::annotation::Annotation;
use crate::document::Document;
use crate::project::Edit;
use crate::time::Timestamp;
use crate::words;

/// Asks it.
#[must_use]
pub fn ask_to_resolve(document: &Document, annotations: &[Arc<Annotation>]) -> Question {
    let records = annotations.iter().cloned().map(Edit::AddAnnotation);
    let request = Request::Resolve(Text::of(document));
    Question::new(request, records, Timestamp(0)).with_text(document)
}

pub(super) fn answer(
    mirror: &Mirror,
    document: Text,
    records: Vec<Edit>,
    tell: &dyn Fn(Progress),
) -> Result<Response, Failure> {
    let document = mirror.document(document)?;
    let progress = |percent| tell(Progress::Percent(percent));
    let finder = Finder::new(&document.text, &document.digest).with_progress(&progress);
    let annotation = |edit| match edit {
        Edit::AddAnnotation(annotation) => Ok(annotation),
        _ => Err(Failure::garbled(words::worker::NO_ANNOTATION)),
    };
    let asked: Result<Vec<Arc<Annotation>>, _> = records.into_iter().map(annotation).collect();
    let asked = asked?;
    let selectors = asked.iter().map(|annotation| &*annotation.target.selectors);
    let found = finder.resolve_all(selectors);
    let ids = asked.iter().map(|annotation| annotation.id);
    Ok(Response::Places(ids.zip(found).collect()))
}
