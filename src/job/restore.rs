//! What taking a project back to what a file of journal records says would do.

use std::sync::Arc;

use super::{
    Failure, Mirror, Preview, Progress, Question, Request, Response, Scope, added, beginning,
    between, tell_records,
};
use crate::codebook::Codebook;
use crate::document::{Document, DocumentId, Record, Saying, VersionId};
use crate::journal::{self, Replayed};
use crate::project::{Edit, OnDocument, Project};
use crate::restore::{self, Plan};
use crate::time::Timestamp;
use crate::words;

/// Asks it; the documents are those that the project began with.
#[must_use]
pub fn ask_to_restore(project: &Project, began: &[Arc<Document>], at: Timestamp) -> Question {
    let own = project
        .documents()
        .map(|record| added(Record::clone(record)));
    let records = beginning(began).chain(own);
    let began = began.len();
    Question::new(Request::Restore { began, at }, records, at).of(project)
}

pub(super) fn answer(
    mirror: &Mirror,
    file: &str,
    documents: &[Edit],
    began: usize,
    at: Timestamp,
    tell: &dyn Fn(Progress),
) -> Result<Response, Failure> {
    let (began, own) = documents
        .split_at_checked(began)
        .ok_or_else(|| Failure::garbled(words::worker::FEWER_DOCUMENTS))?;
    let mut now = Project::with_codebook([], Codebook::default());
    now.apply(own);
    now.apply(&mirror.edits(Scope::All));
    let mut then = Project::new([]);
    then.apply(began);
    let known = |project: &Project| -> Vec<VersionId> {
        let documents = project.documents();
        documents.map(|record| record.version.clone()).collect()
    };
    let known = [known(&now), known(&then)].concat();
    let progress = |percent: u8| tell(Progress::Percent(between(0, 80, percent)));
    let replayed = replay(&mut then, file, &progress)?;
    let plan = Plan {
        unread: replayed.unread,
        incomplete: replayed.incomplete,
        ..restore::plan(&now, &then)
    };
    let (plan, texts) = with_texts(plan, &known, &then);
    tell_records(&plan.edits, at, tell);
    let count = plan.back.count + plan.changed.count;
    let preview = Preview::of(count, plan.preview(), Vec::new());
    Ok(Response::Preview(preview, texts))
}

/// What a file of journal records says; why it says nothing.
pub(super) fn replay(
    project: &mut Project,
    file: &str,
    progress: &dyn Fn(u8),
) -> Result<Replayed, Failure> {
    let replayed = journal::replay(project, file, progress);
    if replayed.is_newer {
        return Err(Failure::refused(words::restore::NEWER));
    }
    if replayed.read == 0 {
        return Err(Failure::refused(words::restore::NO_RECORDS));
    }
    Ok(replayed)
}

/// A plan, and the texts that its edits name and nobody has yet. What names one that is nowhere is
/// left out: it can't be brought back, nor is its headline.
fn with_texts(mut plan: Plan, known: &[VersionId], then: &Project) -> (Plan, Vec<Saying>) {
    let is_missing = |id: &VersionId| !known.contains(id) && then.version(id).is_none();
    let mut missing: Vec<DocumentId> = Vec::new();
    plan.edits.retain(|edit| match edit {
        Edit::AddDocument(record) if is_missing(&record.version) => {
            plan.unread += 1;
            false
        }
        Edit::Document(id, OnDocument::Version(version)) if is_missing(version) => {
            plan.unread += 1;
            plan.texts -= 1;
            missing.push(*id);
            false
        }
        Edit::Document(id, OnDocument::Title(_)) => !missing.contains(id),
        _ => true,
    });
    let mut named: Vec<&VersionId> = Vec::new();
    for id in plan.edits.iter().filter_map(Edit::version) {
        if !known.contains(id) && !named.contains(&id) {
            named.push(id);
        }
    }
    let texts = named.into_iter().filter_map(|id| then.version(id));
    let texts = texts.map(Saying::of).collect();
    (plan, texts)
}
