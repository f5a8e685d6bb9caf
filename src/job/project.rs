//! A project as a file, and a file as what a new project is made of.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Contents, Failure, Progress, Question, Request, Response, beginning, versions};
use crate::document::{Document, Saying, Version};
use crate::format::project::{self, Parts};
use crate::journal::beginning::Alone;
use crate::journal::{self, texts};
use crate::project::{Edit, Project};
use crate::time::Timestamp;
use crate::words;

/// A project file that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectFile {
    /// All of it.
    pub bytes: Vec<u8>,
    /// What is missing in it, in sentences.
    pub warnings: Vec<String>,
}

/// What a project file holds. The records of its journal come before it, one by one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProjectContents {
    /// What the project is called.
    pub title: String,
    /// Whether its history is there.
    pub has_history: bool,
    /// Documents that are not in the bin.
    pub documents: usize,
    /// Marks that are not in the bin.
    pub marks: usize,
    /// What is missing or was left out, in sentences.
    pub warnings: Vec<String>,
    pub(super) texts: Vec<Saying>,
}

impl ProjectContents {
    /// What its documents say or said.
    ///
    /// # Errors
    /// When that can't be understood.
    pub fn texts(&self) -> Result<Vec<Version>, Failure> {
        versions(self.texts.clone())
    }
}

/// Asks for the project file of a journal, which is in a file with its texts before it; the documents
/// are those with which it begins.
#[must_use]
pub fn ask_for_project_file(
    title: &str,
    began: &[Arc<Document>],
    with_history: bool,
    at: Timestamp,
) -> Question {
    let request = Request::WriteProject {
        title: title.into(),
        with_history,
        at,
    };
    Question::new(request, beginning(began), at)
}

/// Asks what a project file holds. What it says itself of how it came to be is nobody's change here, at
/// a time.
#[must_use]
pub fn ask_to_read_project(at: Timestamp) -> Question {
    Question::new(Request::ReadProject { at }, [], at)
}

pub(super) fn write(
    file: &str,
    began: &[Edit],
    title: &str,
    with_history: bool,
    at: Timestamp,
    tell: &dyn Fn(Progress),
) -> Result<Response, Failure> {
    let (mut lines, mut all) = texts::divided(file);
    if !began.is_empty() {
        let mut alone = Alone::new(began.to_vec());
        let mut rewritten = Vec::new();
        for line in lines {
            let own = alone.take(line);
            rewritten.extend(own.lines);
            all.extend(own.texts);
        }
        rewritten.extend(alone.end(at));
        lines = rewritten;
    }
    let journal = lines.join("\n\n");
    let mut project = Project::new([]);
    for text in &all {
        project.read(text.clone());
    }
    let progress = |percent| tell(Progress::Percent(percent));
    if journal::replay(&mut project, &journal, &progress).is_newer {
        return Err(Failure::refused(words::restore::NEWER));
    }
    let written = project::write(&Parts {
        title,
        generated: at,
        project: &project,
        texts: &all,
        journal: with_history.then_some(&journal),
    });
    let written = written.map_err(Failure::refused)?;
    Ok(Response::ProjectFile(ProjectFile {
        bytes: written.bytes,
        warnings: written.warnings,
    }))
}

pub(super) fn read(
    file: &Contents,
    at: Timestamp,
    tell: &dyn Fn(Progress),
) -> Result<Response, Failure> {
    let progress = |percent| tell(Progress::Percent(percent));
    let read = project::read(&file.bytes, &[], at, &progress).map_err(Failure::refused)?;
    for record in read.records {
        tell(Progress::Records(record));
    }
    Ok(Response::Project(ProjectContents {
        title: read.title,
        has_history: read.has_history,
        documents: read.documents,
        marks: read.annotations,
        warnings: read.warnings,
        texts: read.texts.iter().map(Saying::of).collect(),
    }))
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::journal::Reader;
    use crate::project::{Head, OnDocument, Transaction};
    use crate::testing::{annotation, document, other_version, says, span_of, stamp};

    fn stored(texts: &[Version], records: &[String]) -> String {
        let texts = texts.iter().map(texts::write);
        let all: Vec<String> = texts.chain(records.iter().cloned()).collect();
        all.join("\n\n")
    }

    fn written(file: &str, began: &[Edit], with_history: bool) -> ProjectFile {
        let written = write(file, began, "Study", with_history, Timestamp(7), &|_| ());
        match written.unwrap() {
            Response::ProjectFile(file) => file,
            other => panic!("{other:?}"),
        }
    }

    fn taken(file: &ProjectFile) -> (ProjectContents, Vec<String>) {
        let file = Contents {
            name: "study.themark".into(),
            bytes: file.bytes.clone(),
        };
        let records = RefCell::new(Vec::new());
        let percents = RefCell::new(Vec::new());
        let tell = |told| match told {
            Progress::Records(record) => records.borrow_mut().push(record),
            Progress::Percent(percent) => percents.borrow_mut().push(percent),
        };
        let Response::Project(contents) = read(&file, Timestamp(9), &tell).unwrap() else {
            panic!("another answer");
        };
        let percents = percents.into_inner();
        assert!(percents.is_sorted() && percents.len() > 2 && percents.last() <= Some(&100));
        (contents, records.into_inner())
    }

    /// The first project's journal: its document is not in it, but what was done to it is.
    fn first() -> (String, Vec<Edit>) {
        let began: Vec<Edit> = beginning(&[document()]).collect();
        let steps = [
            vec![Edit::AddAnnotation(Arc::new(annotation(1, span_of("fox"))))],
            vec![Edit::Document(
                document().id(),
                OnDocument::Title("Mine".into()),
            )],
            vec![says(1)],
        ];
        let mut after = None;
        let records: Vec<String> = steps
            .into_iter()
            .zip(1..)
            .map(|(edits, at)| {
                let step = Transaction {
                    head: Head::new(stamp(at), "step"),
                    edits,
                };
                let mut edits = step.edits.iter().map(std::borrow::Cow::Borrowed);
                let whole = journal::Part::WHOLE;
                let (line, sum) =
                    journal::write_part(&step.head, whole, after.as_ref(), &mut edits);
                after = Some(sum);
                line
            })
            .collect();
        let texts = [document().version(), other_version(1)];
        (stored(&texts, &records), began)
    }

    #[test]
    fn a_project_that_goes_out_and_comes_in_goes_out_the_same_once_more() {
        let (file, began) = first();
        for with_history in [true, false] {
            let once = written(&file, &began, with_history);
            assert_eq!(once.warnings, [""; 0]);
            let (contents, records) = taken(&once);
            assert_eq!(contents.warnings, [""; 0]);
            assert_eq!(
                (contents.documents, contents.marks, contents.has_history),
                (1, 1, with_history)
            );
            // It stands alone: what its journal relied on is in it.
            let file = stored(&contents.texts().unwrap(), &records);
            let mut project = Project::new([]);
            let replayed = journal::replay(&mut project, &file, &|_| ());
            assert_eq!((replayed.unread, replayed.incomplete), (0, false));
            let own = project.record(document().id()).unwrap();
            assert_eq!((&*own.title, own.deleted), ("Mine", false));
            let again = written(&file, &[], with_history);
            assert_eq!(again.bytes, once.bytes);
        }
    }

    #[test]
    fn the_history_goes_along_where_it_is_wanted() {
        let (file, began) = first();
        let steps = |with_history| {
            let (_, records) = taken(&written(&file, &began, with_history));
            let mut reader = Reader::default();
            let read = records.iter().filter_map(|line| reader.take(line).record);
            read.map(|own| own.transaction.head.label.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(steps(true), [words::steps::BEGIN, "step", "step", "step"]);
        assert_eq!(steps(false), [words::steps::PROJECT_FILE]);
    }

    #[test]
    fn a_project_in_which_nothing_was_done_goes_out_too() {
        let began: Vec<Edit> = beginning(&[document()]).collect();
        let file = stored(&[document().version()], &[]);
        let (contents, records) = taken(&written(&file, &began, true));
        assert_eq!((contents.documents, records.len()), (1, 1));
    }
}
