//! What putting a plain text in the place of a document's text would do.

use std::sync::Arc;

use super::{Failure, Progress, Question, Request, Response, stub, tell_records, text_of};
use crate::anchor::Finder;
use crate::codebook::Codebook;
use crate::document::{Document, DocumentId, plain};
use crate::project::{Edit, Project};
use crate::replace::{self, Plan};
use crate::time::Timestamp;

/// Asks it.
#[must_use]
pub fn ask_to_replace(
    file: String,
    project: &Project,
    document: &Document,
    at: Timestamp,
) -> Question {
    let own = project
        .annotations(document.id)
        .map(|placed| Edit::AddAnnotation(placed.annotation.clone()));
    let records = std::iter::once(text_of(document)).chain(own);
    let document = document.id;
    Question::new(Request::Replace { document, file, at }, records, at)
}

pub(super) fn answer(
    document: DocumentId,
    file: &str,
    own: &[Edit],
    at: Timestamp,
    tell: &dyn Fn(Progress),
) -> Result<Response, Failure> {
    let version = plain::read(file);
    if version.blocks.is_empty() {
        return Err(Failure::refused("There are no words in it."));
    }
    let mut project = Project::with_codebook([Arc::new(stub(document))], Codebook::default());
    project.apply(own);
    let Some(document) = project.document(document).cloned() else {
        return Err(Failure::garbled("no document"));
    };
    project.seek(document.id, &Finder::new(&document.text, &document.digest));
    let progress = |percent| tell(Progress::Percent(percent));
    let plan = replace::plan(&project, &document, &version, at, &progress);
    tell_records(&plan.edits, at, tell);
    Ok(Response::Replacement(Plan {
        edits: Vec::new(),
        ..plan
    }))
}
