//! What taking a file of annotations into a document would do.

use std::cell::Cell;

use super::{
    Contents, Failure, Mirror, Preview, Progress, Question, Request, Response, Scope, Text,
    between, tell_records,
};
use crate::anchor::Finder;
use crate::document::Document;
use crate::format::sniff::{Kind, sniff};
use crate::format::{Destination, Format, Refused};
use crate::import::{self, Plan};
use crate::project::Project;
use crate::time::Timestamp;
use crate::words;

/// Asks it.
#[must_use]
pub fn ask_to_import(project: &Project, document: &Document, at: Timestamp) -> Question {
    let text = Text::of(document);
    Question::new(Request::Import { document: text, at }, [], at)
        .with_text(document)
        .of(project)
}

pub(super) fn answer(
    mirror: &Mirror,
    document: Text,
    file: Contents,
    at: Timestamp,
    tell: &dyn Fn(Progress),
) -> Result<Response, Failure> {
    let (format, file) = annotations(file)?;
    let document = mirror.document(document)?;
    let mut project = mirror.project([document.clone()], Scope::All);
    // The file is read, then what is here already is looked for, then what comes.
    let stretch = Cell::new((0, 40));
    let progress = |percent: u8| {
        let (from, to) = stretch.get();
        tell(Progress::Percent(between(from, to, percent)));
    };
    let onto = Destination {
        codebook: project.codebook(),
        document: document.id(),
        at,
    };
    let read = format.read(&file, &onto, &progress);
    let mut read = read.map_err(|Refused(problems)| Failure::Refused(problems))?;
    let finder = Finder::new(&document.text, &document.digest).with_progress(&progress);
    stretch.set((40, 70));
    project.resolve_all(document.id(), &finder);
    stretch.set((70, 100));
    let reworded = import::describe_anew(&mut read.annotations, &finder, &document.record.source);
    let plan = import::plan(&project, &document, read.annotations, &read.themes);
    let plan = Plan { reworded, ..plan };
    tell_records(&plan.edits, at, tell);
    let count = plan.new + plan.changed;
    let preview = Preview::of(count, plan.preview(), read.warnings);
    Ok(Response::Preview(preview, Vec::new()))
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
