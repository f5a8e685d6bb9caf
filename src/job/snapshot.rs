//! What a journal comes to, as the records of one transaction.

use std::borrow::Cow;
use std::sync::Arc;

use super::restore::replay;
use super::{Failure, Progress, Question, Request, Response, Saying, beginning};
use crate::document::Document;
use crate::journal;
use crate::project::{Edit, Head, Project, TransactionId};
use crate::restore;
use crate::time::Timestamp;

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
    let edits = restore::snapshot(&Project::new([]), &then);
    let head = Head::of_nobody(TransactionId::default(), Timestamp(0));
    let mut after = None;
    for (part, range) in journal::parts(edits.len()) {
        let mut edits = edits[range].iter().map(Cow::Borrowed);
        let (record, sum) = journal::write_part(&head, part, after.as_ref(), &mut edits);
        after = Some(sum);
        tell(Progress::Records(record));
    }
    let texts = then.versions().map(Saying::of).collect();
    Ok(Response::Snapshot(last.digits().into(), texts))
}
