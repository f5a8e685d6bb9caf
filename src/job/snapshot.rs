//! What a journal comes to, as the records of one transaction.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::restore::replay;
use super::{Failure, Progress, Question, Request, Response, beginning};
use crate::document::{Document, DocumentId, Saying, Version};
use crate::journal;
use crate::project::{Edit, Head, Project, TransactionId};
use crate::restore;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What a snapshot is made of. Its lines come before it: those that are about all documents, then
/// those of the marks of each. What belongs together is a transaction; these can be read in any
/// order, so that the document which is open has its marks before the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The checksum of the last record of the journal that is in it.
    pub sum: String,
    /// The number of lines that are about all documents.
    pub common: u32,
    /// The number of lines of the marks of each document, in order.
    pub marks: Vec<(DocumentId, u32)>,
    /// The texts that are or were in the journal.
    pub(super) texts: Vec<Saying>,
}

impl Snapshot {
    /// The texts that are or were in the journal: those of an earlier version stand in its records.
    ///
    /// # Errors
    /// When they can't be understood.
    pub fn texts(&self) -> Result<Vec<Version>, Failure> {
        super::versions(self.texts.clone())
    }
}

/// Asks for a snapshot of a file of journal records, which the worker answers with as records; the
/// documents are those with which it begins.
#[must_use]
pub fn ask_for_snapshot(began: &[Arc<Document>]) -> Question {
    Question::new(Request::Snapshot, beginning(began), Timestamp(0))
}

/// A journal of which something is missing is for the page itself to tell of, and stays as it is.
pub(super) fn answer(
    file: &str,
    began: &[Edit],
    tell: &dyn Fn(Progress),
) -> Result<Response, Failure> {
    let mut then = Project::new([]);
    then.apply(began);
    let replayed = replay(&mut then, file, &|_| ())?;
    let (0, false, Some(last)) = (replayed.unread, replayed.incomplete, replayed.last) else {
        return Err(Failure::refused("Some of the journal is missing."));
    };
    let (mut common, mut marks) = (Vec::new(), BTreeMap::<DocumentId, Vec<Edit>>::new());
    for edit in restore::snapshot(&Project::new([]), &then) {
        match &edit {
            Edit::AddAnnotation(own) => marks.entry(own.target.document).or_default().push(edit),
            _ => common.push(edit),
        }
    }
    let common = tell_transaction(&common, tell);
    let marks = marks
        .into_iter()
        .map(|(document, edits)| (document, tell_transaction(&edits, tell)))
        .collect();
    Ok(Response::Snapshot(Snapshot {
        sum: last.digits().into(),
        common,
        marks,
        texts: then.versions().map(Saying::of).collect(),
    }))
}

/// Tells edits as a transaction that stands behind nothing; the number of its lines.
fn tell_transaction(edits: &[Edit], tell: &dyn Fn(Progress)) -> u32 {
    let head = Head::of_nobody(TransactionId::default(), Timestamp(0));
    let mut lines = 0;
    for (record, _) in journal::write_parts(&head, edits, None) {
        lines += 1;
        tell(Progress::Records(record));
    }
    lines
}
