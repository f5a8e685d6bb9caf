//! What taking a file of annotations in would do.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{
    Contents, Failure, Mirror, Preview, Progress, Question, Request, Response, Scope, Text, added,
    between, received, tell_records,
};
use crate::anchor::Finder;
use crate::codebook::Codebook;
use crate::document::{Document, DocumentId, Record, VersionId};
use crate::format::sniff::{Kind, sniff};
use crate::format::{Destination, Format, Refused, Said};
use crate::import::{self, Planner};
use crate::project::{Edit, Project};
use crate::routing::{self, Routed};
use crate::time::Timestamp;
use crate::words;

/// What other documents than the open one say.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// As records of texts.
    pub texts: Vec<String>,
    /// What can't be read of it.
    pub without: Vec<VersionId>,
}

/// Asks it, where a document is open. Annotations of other documents go into these; what they say has
/// to come along, as records of texts: which of them are needed is the answer until all are there
/// ([`texts_lacking`]).
#[must_use]
pub fn ask_to_import(
    project: &Project,
    document: &Document,
    sent: Texts,
    at: Timestamp,
) -> Question {
    let Texts { texts, without } = sent;
    let request = Request::Import {
        document: Text::of(document),
        without,
        at,
    };
    let records = project.live_documents();
    let records: Vec<Edit> = records.map(|own| added(Record::clone(own))).collect();
    let question = Question::new(request, records, at)
        .with_text(document)
        .of(project);
    Question { texts, ..question }
}

/// The texts without which an import can't be planned; none where it was.
#[must_use]
pub fn texts_lacking(answer: &[u8]) -> Vec<VersionId> {
    match received(answer) {
        Some(Ok::<_, Failure>(Response::Lacking(texts))) => texts,
        _ => Vec::new(),
    }
}

pub(super) fn answer(
    mirror: &mut Mirror,
    records: &[Edit],
    (document, without, at): (Text, &[VersionId], Timestamp),
    file: Contents,
    tell: &dyn Fn(Progress),
) -> Result<Response, Failure> {
    let (format, file) = annotations(file)?;
    let open = mirror.document(document)?;
    // The file is read, then, document by document, what is here already is looked for, then what
    // comes.
    let stretch = Cell::new((0, 40));
    let progress = |percent: u8| {
        let (from, to) = stretch.get();
        tell(Progress::Percent(between(from, to, percent)));
    };
    let listed = listed(records);
    let own = mirror.project([open.clone()], Scope::All);
    let onto = Destination {
        codebook: own.codebook(),
        document: open.id(),
        at,
    };
    let read = format.read(&file, &onto, &progress);
    let read = read.map_err(|Refused(problems)| Failure::Refused(problems))?;
    let Said {
        annotations,
        texts,
        themes,
        warnings,
    } = read;
    let routed = routing::route(&listed, open.id(), annotations, &texts, without);
    let documents = match documents(mirror, &listed, &open, &routed) {
        Ok(documents) => documents,
        Err(lacking) => return Ok(Response::Lacking(lacking)),
    };
    let mut project = mirror.project(documents.values().cloned(), Scope::All);
    let Routed {
        mut parts,
        left,
        unread,
    } = routed;
    let (count, mut reworded) = (parts.len(), 0);
    let share = |number: usize, of_it: usize| 40 + (60 * (2 * number + of_it) / (2 * count)) as u8;
    for (number, (id, annotations)) in parts.iter_mut().enumerate() {
        let document = &documents[id];
        let finder = Finder::new(&document.text, &document.digest).with_progress(&progress);
        stretch.set((share(number, 0), share(number, 1)));
        project.resolve_all(*id, &finder);
        stretch.set((share(number, 1), share(number, 2)));
        reworded += import::describe_anew(annotations, &finder, &document.record.source);
    }
    let mut planner = Planner::new(&project, &themes);
    let mut into = Vec::new();
    let planned = |planner: &Planner<'_>| planner.plan.new + planner.plan.changed;
    for (id, annotations) in parts {
        let (before, document) = (planned(&planner), &documents[&id]);
        planner.add(document, annotations);
        match planned(&planner) - before {
            0 => {}
            count => into.push((id, document.record.title.clone(), count)),
        }
    }
    let mut plan = planner.plan;
    plan.reworded = reworded;
    plan.left = left;
    plan.unread = unread;
    let concerned: Vec<DocumentId> = into.iter().map(|(id, ..)| *id).collect();
    if concerned.iter().any(|id| *id != open.id()) {
        let titled = into.into_iter().map(|(_, title, count)| (title, count));
        plan.into = titled.collect();
    }
    tell_records(&plan.edits, at, tell);
    let count = plan.new + plan.changed;
    let preview = Preview {
        documents: concerned,
        ..Preview::of(count, plan.preview(), warnings)
    };
    Ok(Response::Preview(preview, Vec::new()))
}

/// The documents of a project, without what they say.
fn listed(records: &[Edit]) -> Project {
    let mut project = Project::with_codebook([], Codebook::default());
    project.apply(records);
    project
}

/// The documents into which annotations go, and the open one; or the texts that are missing. Those that
/// were sent are let go.
fn documents(
    mirror: &mut Mirror,
    listed: &Project,
    open: &Arc<Document>,
    routed: &Routed,
) -> Result<BTreeMap<DocumentId, Arc<Document>>, Vec<VersionId>> {
    let mut documents = BTreeMap::from([(open.id(), open.clone())]);
    let mut lacking = Vec::new();
    let others = routed.parts.keys().filter(|id| **id != open.id());
    for record in others.filter_map(|id| listed.record(*id)) {
        match mirror.said(&record.version) {
            Some(version) => {
                let document = Arc::new(Document::of(record.clone(), version));
                documents.insert(record.id, document);
            }
            None if lacking.contains(&record.version) => {}
            None => lacking.push(record.version.clone()),
        }
    }
    mirror.forget_all();
    if lacking.is_empty() {
        Ok(documents)
    } else {
        Err(lacking)
    }
}

/// The text of a file that may hold annotations, and its format.
///
/// # Errors
/// When it is of another kind: sentences that say which, and what can be read.
fn annotations(file: Contents) -> Result<(Format, String), Failure> {
    if let Some(format) = Format::sniff(&file.name, &file.bytes) {
        let text = file.text().map_err(Failure::refused)?;
        return Ok((format, text));
    }
    let kind = sniff(&file.name, &file.bytes);
    let way = match kind {
        Kind::Journal => {
            return Err(Failure::refused(words::import::JOURNALS_NAME));
        }
        Kind::Utf16 => words::import::SAVE_AS_UTF8,
        _ => words::import::BY_OPENING,
    };
    Err(Failure::Refused(vec![
        words::import::it_is(kind.words()),
        words::import::READS.into(),
        way.into(),
    ]))
}
