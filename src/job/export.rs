//! Documents' annotations as a file of some format.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    Failure, Mirror, Progress, Question, Request, Response, Scope, added, between, response,
};
use crate::anchor::Finder;
use crate::codebook::Codebook;
use crate::document::{DocumentId, Record};
use crate::format::{Bundle, Format, Losses};
use crate::journal;
use crate::project::{Filter, Project};
use crate::time::Timestamp;
use crate::words;

/// A file that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exported {
    /// All of it.
    pub bytes: Vec<u8>,
    /// What it can't hold.
    pub losses: Losses,
    /// How many annotations are in it.
    pub count: usize,
}

/// Asks it of documents, in the order in which they are to be written. The file beside the question
/// has what they say, as records of texts: all passages are looked for that do not stand where they
/// say.
#[must_use]
pub fn ask_to_export(
    project: &Project,
    format: Format,
    documents: &[DocumentId],
    at: Timestamp,
) -> Question {
    let records = documents.iter().filter_map(|id| project.record(*id));
    let records = records.map(|own| added(Record::clone(own)));
    let request = Request::Export {
        format,
        documents: documents.to_vec(),
        at,
    };
    Question::new(request, records.collect::<Vec<_>>(), at).of(project)
}

/// The answer to [`ask_to_export`].
///
/// # Errors
/// When there is none.
pub fn exported(bytes: &[u8]) -> Result<Exported, Failure> {
    match response(bytes)? {
        Response::Export(exported) => Ok(exported),
        _ => Err(Failure::garbled(words::worker::ANSWER)),
    }
}

pub(super) fn answer(
    mirror: &Mirror,
    records: &[crate::project::Edit],
    texts: &str,
    (format, documents, at): (Format, &[DocumentId], Timestamp),
    tell: &dyn Fn(Progress),
) -> Response {
    let mut project = Project::with_codebook([], Codebook::default());
    project.apply(records);
    // Texts before annotations: each of these is placed once then.
    for text in journal::records(texts).filter_map(|text| journal::texts::read(&text)) {
        project.read(text);
    }
    project.apply(&mirror.edits(Scope::All));
    let mut count = 0;
    for (number, id) in documents.iter().enumerate() {
        count += project.index(*id, Filter::All).len();
        tell(Progress::Percent(between(
            0,
            90,
            (100 * number / documents.len()) as u8,
        )));
        let document = project.document(*id).map(Arc::clone);
        if let Some(document) = document
            && !project.index(*id, Filter::Unresolved).is_empty()
        {
            let finder = Finder::new(&document.text, &document.digest);
            project.resolve_all(*id, &finder);
        }
    }
    let written = format.write(&Bundle {
        project: &project,
        documents,
        generated: at,
    });
    Response::Export(Exported {
        bytes: written.bytes,
        losses: written.losses,
        count,
    })
}
