//! What a journal comes to, as the records of one transaction.

use std::borrow::Cow;
use std::sync::Arc;

use super::restore::replay;
use super::{Failure, Progress, Question, Request, Response, stub};
use crate::document::DocumentId;
use crate::journal;
use crate::project::{Edit, Head, Project, TransactionId};
use crate::restore;
use crate::time::Timestamp;

/// Asks for a snapshot of a file of journal records, which the worker answers with as records.
#[must_use]
pub fn ask_for_snapshot() -> Question {
    Question::new(Request::Snapshot, [], Timestamp(0))
}

/// A journal of which something is missing is for the page itself to tell of, and stays as it is.
pub(super) fn answer(file: &str, tell: &dyn Fn(Progress)) -> Result<Response, Failure> {
    let texts = journal::records(file).filter(|record| record.contains("\ndo text\n"));
    let edits = texts.filter_map(|record| journal::read(&record).ok());
    let mut documents: Vec<DocumentId> = Vec::new();
    for edit in edits.flat_map(|transaction| transaction.edits) {
        if let Edit::Document(id, _) = edit
            && !documents.contains(&id)
        {
            documents.push(id);
        }
    }
    // What they said at first does not matter.
    let documents: Vec<_> = documents.into_iter().map(|id| Arc::new(stub(id))).collect();
    let mut then = Project::new(documents.clone());
    let replayed = replay(&mut then, file, &|_| ())?;
    let (0, false, Some(last)) = (replayed.unread, replayed.incomplete, replayed.last) else {
        return Err(Failure::refused("Some of the journal is missing."));
    };
    let edits = restore::snapshot(&Project::new(documents), &then);
    let head = Head::of_nobody(TransactionId::default(), Timestamp(0));
    let mut after = None;
    for (part, range) in journal::parts(edits.len()) {
        let mut edits = edits[range].iter().map(Cow::Borrowed);
        let (record, sum) = journal::write_part(&head, part, after.as_ref(), &mut edits);
        after = Some(sum);
        tell(Progress::Records(record));
    }
    Ok(Response::Snapshot(last.digits().into()))
}
