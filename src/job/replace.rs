//! What putting a plain text in the place of a document's text would do.

use super::{Failure, Mirror, Progress, Question, Request, Response, Scope, Text, tell_records};
use crate::anchor::Finder;
use crate::document::{Document, Saying, plain};
use crate::project::Project;
use crate::replace::{self, Plan};
use crate::time::Timestamp;
use crate::words;

/// Asks it.
#[must_use]
pub fn ask_to_replace(
    file: String,
    project: &Project,
    document: &Document,
    at: Timestamp,
) -> Question {
    let request = Request::Replace {
        document: Text::of(document),
        file,
        at,
    };
    Question::new(request, [], at)
        .with_text(document)
        .of(project)
}

pub(super) fn answer(
    mirror: &Mirror,
    document: Text,
    file: &str,
    at: Timestamp,
    tell: &dyn Fn(Progress),
) -> Result<Response, Failure> {
    let version = plain::read(file);
    if version.blocks.is_empty() {
        return Err(Failure::refused(words::replace::NO_WORDS));
    }
    let document = mirror.document(document)?;
    let mut project = mirror.project([document.clone()], Scope::Document(document.id()));
    project.resolve_all(
        document.id(),
        &Finder::new(&document.text, &document.digest),
    );
    let progress = |percent| tell(Progress::Percent(percent));
    let plan = replace::plan(&project, &document, &version, at, &progress);
    tell_records(&plan.edits, at, tell);
    let text = plan.version.as_ref().map(Saying::of);
    let edits = Vec::new();
    Ok(Response::Replacement(Plan { edits, ..plan }, text))
}
