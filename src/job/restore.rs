//! What taking a project back to what a file of journal records says would do.

use std::sync::Arc;

use super::{
    Failure, Progress, Proposal, Question, Request, Response, between, records_of, stub,
    tell_records, text_of,
};
use crate::codebook::Codebook;
use crate::document::{Document, Version};
use crate::journal;
use crate::project::{Change, Edit, OnDocument, Project};
use crate::restore::{self, Plan};
use crate::time::Timestamp;

/// Asks it; the documents are those that the project began with.
#[must_use]
pub fn ask_to_restore(project: &Project, began: &[Arc<Document>], at: Timestamp) -> Question {
    let changed =
        |document: &&Arc<Document>| !began.iter().any(|began| Arc::ptr_eq(began, document));
    let documents = began.iter().chain(project.documents().filter(changed));
    let records = documents
        .map(|document| text_of(document))
        .chain(records_of(project));
    let began = began.len();
    Question::new(Request::Restore { began, at }, records, at)
}

pub(super) fn answer(
    file: &str,
    own: &[Edit],
    began: usize,
    at: Timestamp,
    tell: &dyn Fn(Progress),
) -> Result<Response, Failure> {
    let (began, own) = own
        .split_at_checked(began)
        .ok_or_else(|| Failure::garbled("fewer documents than there should be"))?;
    let document = |edit: &Edit| match edit {
        Edit::Document(id, OnDocument::Text(version)) => {
            Ok(Arc::new(stub(*id).with(Version::clone(version))))
        }
        _ => Err(Failure::garbled("no document where one should be")),
    };
    let documents: Vec<Arc<Document>> = began.iter().map(document).collect::<Result<_, _>>()?;
    let mut now = Project::with_codebook(documents.clone(), Codebook::default());
    now.apply(own);
    let mut then = Project::new(documents);
    let progress = |percent| tell(Progress::Percent(between(0, 80, percent)));
    let Replayed {
        unread, incomplete, ..
    } = replay(&mut then, file, &progress)?;
    let plan = restore::plan(&now, &then);
    let plan = Plan {
        unread,
        incomplete,
        ..plan
    };
    tell_records(&plan.edits, at, tell);
    let count = plan.back.count + plan.changed.count;
    Ok(Response::Proposal(Proposal::of(
        count,
        plan.told(),
        Vec::new(),
    )))
}

/// What a file of journal records came to.
pub(super) struct Replayed {
    /// How many of them can't be read.
    pub(super) unread: usize,
    /// Some are missing.
    pub(super) incomplete: bool,
    /// The checksum of the last one.
    pub(super) last: Option<journal::Sum>,
}

/// Has a project go through what a file of journal records says, as the page itself would, and
/// tells how much of it has been read, in percent.
pub(super) fn replay(
    project: &mut Project,
    file: &str,
    progress: &dyn Fn(u8),
) -> Result<Replayed, Failure> {
    let mut reader = journal::Reader::default();
    let mut begun: Vec<Change> = Vec::new();
    let mut read = 0;
    let (mut done, mut told) = (0, 0);
    for line in journal::records(file) {
        done += line.len();
        let percent = (100 * done as u64 / file.len().max(1) as u64) as u8;
        if percent > told {
            told = percent;
            progress(percent);
        }
        let journal::Taken { torn, record } = reader.take(&line);
        if torn {
            project.withdraw(&std::mem::take(&mut begun));
        }
        if let Some(journal::Record {
            transaction, part, ..
        }) = record
        {
            read += 1;
            begun.extend(project.apply(&transaction.edits).changes);
            if part.is_last() {
                begun.clear();
            }
        }
    }
    if reader.end() {
        project.withdraw(&begun);
    }
    if reader.is_newer() {
        return Err(Failure::refused(
            "A newer version of Themark wrote it; reload the page to get that.",
        ));
    }
    if read == 0 {
        return Err(Failure::refused(
            "It holds no records of Themark’s journal.",
        ));
    }
    Ok(Replayed {
        unread: reader.left_out().len(),
        incomplete: reader.gaps() > 0,
        last: reader.last().cloned(),
    })
}
