//! The project file `.themark`: all of a project in one archive, in plain JSON that other programs can
//! read. `docs/format.md` describes it.
//!
//! | file | what it holds |
//! |---|---|
//! | `mimetype` | [`MEDIA_TYPE`]; it comes first and is stored, so that the kind of file shows at once |
//! | `journal.txt` | the journal's records as they stand; where it is missing there is no history |
//! | `project.json` | documents, themes and annotations, with what is in the bin |
//! | `texts/….json` | what a document says or said, named after its version |
//!
//! Two files of one project differ in `generated` only. Where there is a journal it is the truth, and
//! `project.json` says for others what it comes to.

mod texts;
mod wire;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::archive::{self, Archive, Fault, Limits};
use crate::codebook::{Codebook, Theme};
use crate::document::{Document, Record, Version, VersionId};
use crate::journal::{self, Sum};
use crate::project::{Edit, Head, OnDocument, OnTheme, Project, TransactionId};
use crate::restore;
use crate::text::Digest;
use crate::time::Timestamp;
use crate::words::{project_file as words, steps};

/// The media type, which stands in the file.
pub const MEDIA_TYPE: &str = "application/vnd.themark.project+zip";

/// What the name of a project file ends with.
pub const EXTENSION: &str = ".themark";

const MIMETYPE: &str = "mimetype";
const PROJECT: &str = "project.json";
const JOURNAL: &str = "journal.txt";

/// What is read of a file: a project of 200 long documents and 100,000 marks is within it, and a
/// worker's memory can hold it.
const LIMITS: Limits = Limits {
    of_one: 128 << 20,
    in_all: 256 << 20,
};

/// Titles that are named in a sentence.
const NAMED: usize = 3;

/// What a file is made of.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'a> {
    /// What a person calls the project.
    pub title: &'a str,
    /// When the file is made.
    pub generated: Timestamp,
    /// The project.
    pub project: &'a Project,
    /// The texts that its documents name and, where the history comes along, those that it names. What
    /// the project has read of its documents need not be among them.
    pub texts: &'a [Version],
    /// The journal's records, a blank line between two, where the history is to come along. Records of
    /// texts may stand among them.
    pub journal: Option<&'a str>,
}

/// A file that was written.
#[derive(Clone, Debug)]
pub struct Written {
    /// All of it.
    pub bytes: Vec<u8>,
    /// What is missing in it, in sentences.
    pub warnings: Vec<String>,
}

/// What a file holds.
#[derive(Clone, Debug)]
pub struct Read {
    /// What a person called the project.
    pub title: String,
    /// When the file was made.
    pub generated: Timestamp,
    /// Whether it holds the history.
    pub has_history: bool,
    /// How many documents are not in the bin.
    pub documents: usize,
    /// How many annotations are not in the bin.
    pub annotations: usize,
    /// What documents say or said, to be kept beside the journal.
    pub texts: Vec<Version>,
    /// The records of a new project's journal, in order.
    pub records: Vec<String>,
    /// What is missing or was left out, in sentences.
    pub warnings: Vec<String>,
}

/// Writes a project.
///
/// # Errors
/// A sentence where it is larger than what [`read()`] reads.
pub fn write(parts: &Parts<'_>) -> Result<Written, String> {
    let project = parts.project;
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let own = project
        .documents()
        .filter_map(|own| project.version(&own.version));
    let mut all: BTreeMap<String, Version> = own.map(named).collect();
    let named_now: Vec<String> = project
        .documents()
        .map(|own| texts::path(&own.version))
        .collect();
    let has_history = parts.journal.is_some();
    let given = parts.texts.iter().map(named);
    all.extend(given.filter(|(path, _)| has_history || named_now.contains(path)));
    if let Some(journal) = parts.journal {
        let (lines, told) = journal::texts::divided(journal);
        all.extend(told.iter().map(named));
        files.insert(JOURNAL.into(), joined(&lines).into_bytes());
    }
    let missing = without_text(project, |id| all.contains_key(&texts::path(id)));
    files.insert(
        PROJECT.into(),
        wire::write(project, parts.title, parts.generated, has_history),
    );
    for (path, version) in all {
        files.insert(path, texts::write(&version));
    }
    let lengths = files.values().map(Vec::len);
    if lengths.clone().any(|length| length > LIMITS.of_one)
        || lengths.sum::<usize>() > LIMITS.in_all
    {
        return Err(words::TOO_LARGE_TO_WRITE.into());
    }
    let first = (MIMETYPE, MEDIA_TYPE.as_bytes());
    let others = files.iter().map(|(name, bytes)| (&**name, &**bytes));
    let files: Vec<(&str, &[u8])> = std::iter::once(first).chain(others).collect();
    let bytes = archive::write(&files).map_err(|_| words::TOO_LARGE_TO_WRITE)?;
    Ok(Written {
        bytes,
        warnings: missing.into_iter().collect(),
    })
}

/// Reads a project, as what is to be kept of it in a store of its own. `began` are the documents with
/// which every journal here begins; what is otherwise in the file than it would be with these is told
/// in one more step, made by nobody `at` a time. Where the file has no history, that step is all of it.
/// `progress` is told how much has been read, in percent.
///
/// # Errors
/// A sentence where it is none, damaged, locked, larger than may be read, or of a later version of the
/// program. Nothing of it is taken then.
pub fn read(
    bytes: &[u8],
    began: &[Arc<Document>],
    at: Timestamp,
    progress: &dyn Fn(u8),
) -> Result<Read, String> {
    read_within(bytes, LIMITS, began, at, progress)
}

fn read_within(
    bytes: &[u8],
    limits: Limits,
    began: &[Arc<Document>],
    at: Timestamp,
    progress: &dyn Fn(u8),
) -> Result<Read, String> {
    let mut archive = Archive::open_within(bytes, limits).map_err(sentence)?;
    let names: Vec<String> = archive.names().map(str::to_owned).collect();
    let mut part = |name: &str| archive.read(name).map_err(sentence);
    let said = wire::read(PROJECT, &part(PROJECT)?.ok_or(words::FOREIGN)?)?;
    let then = said.project;
    let (mut texts, mut others) = (Vec::new(), 0);
    for (number, name) in names.iter().enumerate() {
        progress((50 * number / names.len()) as u8);
        if let Some(id) = texts::id(name) {
            texts.push(texts::read(name, &part(name)?.unwrap_or_default(), &id)?);
        } else if ![MIMETYPE, PROJECT, JOURNAL].contains(&&**name) && !name.ends_with('/') {
            others += 1;
        }
    }
    let mut now = Project::new(began.iter().cloned());
    let mut warnings = Vec::new();
    let (mut records, mut last) = (Vec::new(), None);
    let history = part(JOURNAL)?;
    let has_history = history.is_some();
    if let Some(history) = history {
        let history = String::from_utf8(history).map_err(|_| words::DAMAGED)?;
        let (lines, told) = journal::texts::divided(&history);
        let is_right = |text: &Version| Digest::of(text.text.text()) == text.digest;
        texts.extend(told.into_iter().filter(is_right));
        let progress = |percent: u8| progress(50 + percent / 2);
        (records, last) = replayed(&mut now, lines, &mut warnings, &progress)?;
    }
    let edits = if has_history {
        beside_history(&now, &then, began)
    } else {
        let edits = restore::snapshot(&now, &then);
        edits.into_iter().chain(of_others(&then, began)).collect()
    };
    if !edits.is_empty() || !has_history {
        records.extend(lines(&edits, at, last));
        now.apply(&edits);
    }
    if said.has_history && !has_history {
        warnings.push(words::NO_HISTORY.into());
    }
    if has_history && !wire::is_same(&now, &then) {
        warnings.push(words::OTHER_STATE.into());
    }
    for text in &texts {
        now.read(text.clone());
    }
    warnings.extend(without_text(&now, |id| now.version(id).is_some()));
    if others > 0 {
        warnings.push(words::others(others));
    }
    Ok(Read {
        title: said.title,
        generated: said.generated,
        has_history,
        documents: now.live_documents().count(),
        annotations: now.records().filter(|own| !own.deleted).count(),
        texts,
        records,
        warnings,
    })
}

/// Why an archive can't be read.
fn sentence(fault: Fault) -> String {
    let words = match fault {
        Fault::NoArchive | Fault::OldWord => words::NO_ARCHIVE,
        Fault::Damaged => words::DAMAGED,
        Fault::Locked => words::LOCKED,
        Fault::Zip64 | Fault::TooLarge => words::TOO_LARGE,
        Fault::PackedOtherwise => words::PACKED_OTHERWISE,
    };
    words.into()
}

/// A value as JSON that people can read.
fn json(value: &impl serde::Serialize) -> Vec<u8> {
    // Names and strings only, so there is nothing that can't be written.
    let mut json = serde_json::to_vec_pretty(value).unwrap_or_default();
    json.push(b'\n');
    json
}

fn named(version: &Version) -> (String, Version) {
    (texts::path(&version.id()), version.clone())
}

/// Records as a file.
fn joined(lines: &[String]) -> String {
    let mut file = lines.join("\n\n");
    if !file.is_empty() {
        file.push('\n');
    }
    file
}

/// Has a project go through records; these again, and the checksum of the last.
fn replayed(
    now: &mut Project,
    lines: Vec<String>,
    warnings: &mut Vec<String>,
    progress: &dyn Fn(u8),
) -> Result<(Vec<String>, Option<Sum>), String> {
    if lines.is_empty() {
        return Ok((lines, None));
    }
    let replayed = journal::replay(now, &joined(&lines), progress);
    if replayed.is_newer {
        return Err(words::NEWER.into());
    }
    if replayed.unread > 0 {
        warnings.push(words::unread(replayed.unread));
    }
    if replayed.incomplete {
        warnings.push(words::INCOMPLETE.into());
    }
    Ok((lines, replayed.last))
}

/// What a history takes for granted: documents and themes with which it began, and that projects here
/// do not begin with; the others go to the bin.
fn beside_history(now: &Project, then: &Project, began: &[Arc<Document>]) -> Vec<Edit> {
    let documents = then.documents().filter(|own| now.record(own.id).is_none());
    let documents = documents.map(|own| Edit::AddDocument(Box::new(Record::clone(own))));
    let themes = then.codebook().all();
    let themes = themes.filter(|own| now.codebook().get(own.id).is_none());
    let themes = themes.map(|own| Edit::AddTheme(Theme::clone(own)));
    documents
        .chain(themes)
        .chain(of_others(then, began))
        .collect()
}

/// Puts into the bin what projects here begin with, and another does not know.
fn of_others(then: &Project, began: &[Arc<Document>]) -> impl Iterator<Item = Edit> {
    let documents = began.iter().map(|own| own.id());
    let documents: Vec<_> = documents.filter(|id| then.record(*id).is_none()).collect();
    let first = Codebook::first();
    let themes = first.themes().map(|own| own.id);
    let themes: Vec<_> = themes
        .filter(|id| then.codebook().get(*id).is_none())
        .collect();
    let gone = |id| Edit::Document(id, OnDocument::Deleted(true));
    let untagged = |id| Edit::Theme(id, OnTheme::Deleted(true));
    let documents = documents.into_iter().map(gone);
    documents.chain(themes.into_iter().map(untagged))
}

/// A step as the records of a journal.
fn lines(edits: &[Edit], at: Timestamp, after: Option<Sum>) -> Vec<String> {
    // It is nobody's step here, and can't be taken back.
    let head = Head {
        label: steps::PROJECT_FILE.into(),
        ..Head::of_nobody(TransactionId::default(), at)
    };
    let records = journal::write_parts(&head, edits, after);
    records.map(|(record, _)| record).collect()
}

/// Says which documents have no text.
fn without_text(project: &Project, is_there: impl Fn(&VersionId) -> bool) -> Option<String> {
    let missing = project.live_documents();
    let missing = missing.filter(|own| !is_there(&own.version));
    let titles: Vec<&str> = missing.map(|own| &*own.title).collect();
    let shown = titles.len().min(NAMED);
    (shown > 0).then(|| words::no_text(&titles[..shown], titles.len() - shown))
}

#[cfg(test)]
mod tests;
