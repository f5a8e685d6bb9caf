//! What putting a plain text in the place of a document's text would do.

use std::sync::Arc;

use super::{Failure, Progress, Question, Request, Response, Saying, Text, tell_records};
use crate::anchor::Finder;
use crate::codebook::Codebook;
use crate::document::{Document, plain};
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
    let document = Text::of(document);
    Question::new(Request::Replace { document, file, at }, own, at)
}

pub(super) fn answer(
    document: Text,
    file: &str,
    own: &[Edit],
    at: Timestamp,
    tell: &dyn Fn(Progress),
) -> Result<Response, Failure> {
    let version = plain::read(file);
    if version.blocks.is_empty() {
        return Err(Failure::refused("There are no words in it."));
    }
    let document = Arc::new(document.document()?);
    let mut project = Project::with_codebook([document.clone()], Codebook::default());
    project.apply(own);
    project.resolve_all(document.id, &Finder::new(&document.text, &document.digest));
    let progress = |percent| tell(Progress::Percent(percent));
    let plan = replace::plan(&project, &document, &version, at, &progress);
    tell_records(&plan.edits, at, tell);
    let text = plan.version.as_ref().map(Saying::of);
    let edits = Vec::new();
    Ok(Response::Replacement(Plan { edits, ..plan }, text))
}
