//! What taking a project back to what a file of journal records says would do.

use std::sync::Arc;

use super::{
    Failure, Progress, Proposal, Question, Request, Response, Saying, between, documents_of,
    records_of, tell_records,
};
use crate::codebook::Codebook;
use crate::document::{Document, Record, VersionId};
use crate::journal;
use crate::project::{Change, Edit, OnDocument, Project};
use crate::restore;
use crate::text::Digest;
use crate::time::Timestamp;

/// Asks it; the documents are those that the project began with.
#[must_use]
pub fn ask_to_restore(project: &Project, began: &[Arc<Document>], at: Timestamp) -> Question {
    let first: Vec<Record> = began.iter().map(|document| document.record()).collect();
    let own = project.documents().map(|record| &**record);
    let records = documents_of(first.iter())
        .chain(documents_of(own))
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
    let mut now = Project::with_codebook([], Codebook::default());
    now.apply(own);
    let mut then = Project::new([]);
    then.apply(began);
    let known = |project: &Project| -> Vec<VersionId> {
        let documents = project.documents();
        documents.map(|record| record.version.clone()).collect()
    };
    let known = [known(&now), known(&then)].concat();
    let progress = |percent: u8| tell(Progress::Percent(between(0, 80, percent)));
    let replayed = replay(&mut then, file, &progress)?;
    let mut plan = restore::plan(&now, &then);
    plan.incomplete = replayed.incomplete;
    // A text that is nowhere can't be brought back.
    let mut texts: Vec<Saying> = Vec::new();
    let mut unread = replayed.unread;
    let (mut named, mut missing) = (known, Vec::new());
    plan.edits.retain(|edit| {
        let Some(id) = edit.version() else {
            // Nor its headline.
            let is_title =
                |own| matches!(edit, Edit::Document(id, OnDocument::Title(_)) if id == own);
            return !missing.iter().any(is_title);
        };
        if !named.contains(id) {
            let Some(version) = then.version(id) else {
                unread += 1;
                if let Edit::Document(id, _) = edit {
                    missing.push(*id);
                }
                return false;
            };
            texts.push(Saying::of(version));
            named.push(id.clone());
        }
        true
    });
    plan.texts -= missing.len();
    plan.unread = unread;
    tell_records(&plan.edits, at, tell);
    let count = plan.back.count + plan.changed.count;
    let proposal = Proposal::of(count, plan.told(), Vec::new());
    Ok(Response::Proposal(proposal, texts))
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
        let journal::Taken {
            torn,
            texts,
            record,
        } = reader.take(&line);
        for text in texts {
            // The file may be anybody's: what it says of a text is not taken on trust.
            if Digest::of(text.text.text()) == text.digest {
                project.read(text);
            }
        }
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
