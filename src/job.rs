//! What the worker is asked to do and what it answers: readers that are big or seldom used stay
//! out of the page's own program. One job a file.
//!
//! A question and an answer are values that travel as bytes; the records that they are about travel
//! as transactions of the journal, which both sides can read anyway, a batch at a time so that no
//! task is long.

mod export;
mod find;
mod import;
mod mirror;
mod project;
mod replace;
mod resolve;
mod restore;
mod snapshot;

pub use export::{Exported, ask_to_export, exported};
pub use find::{Found, ask_to_find, found};
pub use import::{Texts, ask_to_import, texts_lacking};
pub use mirror::{Mirror, Sent};
pub use project::{ProjectContents, ProjectFile, ask_for_project_file, ask_to_read_project};
pub use replace::{NewText, ask_to_replace};
pub use resolve::ask_to_resolve;
pub use restore::ask_to_restore;
pub use snapshot::{Snapshot, ask_for_snapshot};

use std::borrow::Cow;
use std::sync::Arc;

use mirror::{Scope, Update};
use serde::{Deserialize, Serialize};

use crate::anchor::Resolution;
use crate::annotation::AnnotationId;
use crate::codebook::Theme;
use crate::document::{Document, DocumentId, Fields, Record, Saying, Version, VersionId};
use crate::find::Query;
use crate::format::Format;
use crate::journal;
use crate::project::{Edit, Head, Project, TransactionId};
use crate::replace::Plan;
use crate::time::Timestamp;
use crate::words;

/// Records that travel together: so many are written and read within a few milliseconds.
const BATCH: usize = 400;

/// Records that are looked at together, whether the worker has them.
const LOOKED_AT: usize = 8_000;

/// What is asked. A file that it is about comes beside it, and so do records.
#[derive(Clone, Debug, Serialize, Deserialize)]
enum Request {
    /// What taking a file of annotations in would do while a document is open. It is about all themes
    /// and annotations; the records are all documents.
    Import {
        document: Text,
        without: Vec<VersionId>,
        at: Timestamp,
    },
    /// What putting another version in the place of a document's text would do. It is about its
    /// annotations.
    Replace {
        document: Text,
        new: NewText,
        at: Timestamp,
    },
    /// What taking the project back to what a journal says would do. It is about all themes and
    /// annotations; the records are so many documents with which each journal begins, then those
    /// of the project.
    Restore { began: usize, at: Timestamp },
    /// Where annotations stand in a text. The records are these.
    Resolve(Text),
    /// What a journal comes to, as records. The records are the documents with which it begins.
    Snapshot,
    /// A journal as a project file. The records are the documents with which it begins.
    WriteProject {
        title: String,
        with_history: bool,
        at: Timestamp,
    },
    /// What a project file holds.
    ReadProject { at: Timestamp },
    /// Documents' annotations as a file of a format. It is about all themes and annotations; the
    /// records are these documents.
    Export {
        format: Format,
        documents: Vec<DocumentId>,
        at: Timestamp,
    },
    /// Where something is found in texts.
    Find {
        query: Query,
        texts: Vec<VersionId>,
        listed: Option<usize>,
        forget: bool,
    },
}

impl Request {
    /// What of the project it is about.
    fn scope(&self) -> Scope {
        match self {
            Self::Import { .. } | Self::Restore { .. } | Self::Export { .. } => Scope::All,
            Self::Replace { document, .. } => Scope::Document(document.document),
            Self::Resolve(_)
            | Self::Snapshot
            | Self::WriteProject { .. }
            | Self::ReadProject { .. }
            | Self::Find { .. } => Scope::Nothing,
        }
    }
}

/// What is answered. Edits come before it, as records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Response {
    /// To [`Request::Import`] and [`Request::Restore`]; with the texts that the edits name.
    Preview(Preview, Vec<Saying>),
    /// To [`Request::Import`]: the texts without which it can't be told.
    Lacking(Vec<VersionId>),
    /// To [`Request::Replace`]; with the text, where it is another.
    Replacement(Plan, Option<Saying>),
    /// To [`Request::Resolve`]: in the order in which they were asked for.
    Places(Vec<(AnnotationId, Resolution)>),
    /// To [`Request::Snapshot`].
    Snapshot(Snapshot),
    /// To [`Request::WriteProject`].
    ProjectFile(ProjectFile),
    /// To [`Request::ReadProject`].
    Project(ProjectContents),
    /// To [`Request::Export`].
    Export(Exported),
    /// To [`Request::Find`]: text by text, in the order in which they were named.
    Found(Vec<Option<Found>>),
}

/// Why what was asked for did not come about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    /// A person has stopped it.
    Stopped,
    /// It can't be done with what was given; the problems, in sentences.
    Refused(Vec<String>),
    /// The program or its worker is at fault; a sentence.
    Broken(String),
}

impl Failure {
    /// It can't be done, for one reason.
    #[must_use]
    pub fn refused(problem: impl Into<String>) -> Self {
        Self::Refused(vec![problem.into()])
    }

    /// The other side of the worker says something that this one does not understand.
    fn garbled(what: &str) -> Self {
        Self::Broken(words::worker::garbled(what))
    }

    /// Why, in sentences; nothing where a person has stopped it.
    #[must_use]
    pub fn sentences(self) -> Option<Vec<String>> {
        match self {
            Self::Stopped => None,
            Self::Refused(problems) => Some(problems),
            Self::Broken(reason) => Some(vec![reason]),
        }
    }

    /// The same as one text.
    #[must_use]
    pub fn words(self) -> Option<String> {
        Some(self.sentences()?.join(" "))
    }
}

fn version(saying: Saying) -> Result<Version, Failure> {
    let version = saying.version();
    version.ok_or_else(|| Failure::garbled(words::worker::TEXT))
}

fn versions(all: Vec<Saying>) -> Result<Vec<Version>, Failure> {
    all.into_iter().map(version).collect()
}

/// A document, as far as a job has to know it, with the name of what it says: that is sent besides,
/// unless the worker has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Text {
    document: DocumentId,
    title: Arc<str>,
    source: Arc<str>,
    says: VersionId,
}

impl Text {
    fn of(document: &Document) -> Self {
        Self {
            document: document.id(),
            title: document.record.title.clone(),
            source: document.record.source.clone(),
            says: document.record.version.clone(),
        }
    }

    fn record(self) -> Record {
        Record {
            id: self.document,
            name: "".into(),
            title: self.title,
            language: "".into(),
            source: self.source,
            licence: None,
            fields: Fields::default(),
            version: self.says,
            deleted: false,
        }
    }
}

/// What the worker is asked, and the records that it is about.
#[derive(Clone, Debug)]
pub struct Question {
    request: Request,
    themes: Vec<Theme>,
    /// The text that it is about, with its name.
    text: Option<(VersionId, Version)>,
    /// Other texts that it is about, as records.
    texts: Vec<String>,
    records: std::vec::IntoIter<Edit>,
    at: Timestamp,
}

impl Question {
    /// A question that brings the records that it needs.
    fn new(request: Request, records: impl IntoIterator<Item = Edit>, at: Timestamp) -> Self {
        Self {
            request,
            themes: Vec::new(),
            text: None,
            texts: Vec::new(),
            records: records.into_iter().collect::<Vec<_>>().into_iter(),
            at,
        }
    }

    /// The same about a document's text.
    fn with_text(self, document: &Document) -> Self {
        Self {
            text: Some((document.record.version.clone(), document.version())),
            ..self
        }
    }

    /// The same with what a project holds of what it is about, what is in the bin as well.
    fn of(self, project: &Project) -> Self {
        let scope = self.request.scope();
        let own = project.records().filter(|record| scope.holds(record));
        let annotations = own.cloned().map(Edit::AddAnnotation);
        let themes = project.codebook().all();
        Self {
            themes: themes.map(|theme| Theme::clone(theme)).collect(),
            records: self
                .records
                .chain(annotations)
                .collect::<Vec<_>>()
                .into_iter(),
            ..self
        }
    }

    /// Begins to send it to a worker.
    pub fn begin(&mut self, sent: &mut Sent) {
        if sent.begin(self.request.scope(), &self.themes) {
            let themes = std::mem::take(&mut self.themes).into_iter();
            let records = std::mem::take(&mut self.records);
            let all: Vec<Edit> = themes.map(Edit::AddTheme).chain(records).collect();
            self.records = all.into_iter();
        }
    }

    /// The next records that the worker has not got, written; nothing behind the last. It may be
    /// empty, where many were looked at that the worker has.
    pub fn next_batch(&mut self, sent: &mut Sent) -> Option<String> {
        if let Some(text) = self.texts.pop() {
            return Some(text);
        }
        if self.records.len() == 0 {
            return None;
        }
        let is_own = self.request.scope() == Scope::Nothing;
        let some = self.records.by_ref().take(LOOKED_AT);
        let needed = some.filter(|record| is_own || sent.needs(record));
        let batch: Vec<Edit> = needed.take(BATCH).collect();
        Some(if batch.is_empty() {
            String::new()
        } else {
            written(&batch, self.at)
        })
    }

    /// What is asked, to be sent behind the records.
    #[must_use]
    pub fn bytes(&self, sent: &mut Sent) -> Vec<u8> {
        let update = sent.update(self.request.scope(), self.text.as_ref());
        self::sent(&(&self.request, update))
    }
}

/// A file that a question is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// Its name.
    pub name: String,
    /// All that it holds.
    pub bytes: Vec<u8>,
}

impl Contents {
    /// The text that its bytes are.
    ///
    /// # Errors
    /// When they are none, in a sentence with its name.
    pub fn text(self) -> Result<String, String> {
        let Self { name, bytes } = self;
        String::from_utf8(bytes).map_err(|_| words::file::not_utf8(&name))
    }
}

/// What taking a file in would do, and what there is to say of that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// All of it, as one step.
    #[serde(skip)]
    pub edits: Vec<Edit>,
    /// The texts that the edits name, where they are not those that are there.
    #[serde(skip)]
    pub texts: Vec<Version>,
    /// The documents into which annotations would go; of a journal none are named.
    pub documents: Vec<DocumentId>,
    /// How many annotations would be new or otherwise.
    pub count: usize,
    /// What is said first, with `{}` for the file's name.
    pub intro: String,
    /// What would happen and what of the file can't be taken over, in lines.
    pub lines: Vec<String>,
}

/// What the worker says before its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// How far it is, in percent.
    Percent(u8),
    /// Some of the records that the answer is about.
    Records(String),
}

/// Records that have come ahead of what they are about.
#[derive(Debug, Default)]
struct Heard {
    edits: Vec<Edit>,
    /// Some can't be read.
    is_broken: bool,
}

impl Heard {
    fn hear(&mut self, records: &str) {
        match journal::read(records) {
            Ok(transaction) => self.edits.extend(transaction.edits),
            Err(_) => self.is_broken = true,
        }
    }

    /// All of them; from then on none has come.
    fn take(&mut self) -> Result<Vec<Edit>, Failure> {
        let Self { edits, is_broken } = std::mem::take(self);
        if is_broken {
            return Err(Failure::garbled(words::worker::RECORDS));
        }
        Ok(edits)
    }
}

/// What the worker has answered.
#[derive(Debug, Default)]
pub struct Answer(Heard);

impl Answer {
    /// Takes in records that came.
    pub fn hear(&mut self, records: &str) {
        self.0.hear(records);
    }

    /// The answer to [`ask_to_import`] or [`ask_to_restore`], as the worker sent it.
    ///
    /// # Errors
    /// When the file was refused, or the answer can't be understood.
    pub fn preview(mut self, bytes: &[u8]) -> Result<Preview, Failure> {
        match response(bytes)? {
            Response::Preview(preview, texts) => Ok(Preview {
                edits: self.0.take()?,
                texts: versions(texts)?,
                ..preview
            }),
            _ => Err(Failure::garbled(words::worker::ANSWER)),
        }
    }

    /// The answer to [`ask_to_replace`].
    ///
    /// # Errors
    /// When the text was refused, or the answer can't be understood.
    pub fn replacement(mut self, bytes: &[u8]) -> Result<Plan, Failure> {
        match response(bytes)? {
            Response::Replacement(plan, text) => Ok(Plan {
                edits: self.0.take()?,
                version: text.map(version).transpose()?,
                ..plan
            }),
            _ => Err(Failure::garbled(words::worker::ANSWER)),
        }
    }
}

/// The answer to [`ask_to_resolve`]: where each of the annotations was found, in the order in which
/// they were asked for.
///
/// # Errors
/// When it can't be understood.
pub fn places(bytes: &[u8]) -> Result<Vec<(AnnotationId, Resolution)>, Failure> {
    match response(bytes)? {
        Response::Places(places) => Ok(places),
        _ => Err(Failure::garbled(words::worker::ANSWER)),
    }
}

/// The answer to [`ask_for_snapshot`].
///
/// # Errors
/// When there is none.
pub fn snapshot(bytes: &[u8]) -> Result<Snapshot, Failure> {
    match response(bytes)? {
        Response::Snapshot(snapshot) => Ok(snapshot),
        _ => Err(Failure::garbled(words::worker::ANSWER)),
    }
}

/// The answer to [`ask_for_project_file`].
///
/// # Errors
/// When there is none.
pub fn project_file(bytes: &[u8]) -> Result<ProjectFile, Failure> {
    match response(bytes)? {
        Response::ProjectFile(file) => Ok(file),
        _ => Err(Failure::garbled(words::worker::ANSWER)),
    }
}

/// The answer to [`ask_to_read_project`].
///
/// # Errors
/// When the file was refused, or the answer can't be understood.
pub fn project_contents(bytes: &[u8]) -> Result<ProjectContents, Failure> {
    match response(bytes)? {
        Response::Project(contents) => Ok(contents),
        _ => Err(Failure::garbled(words::worker::ANSWER)),
    }
}

fn response(bytes: &[u8]) -> Result<Response, Failure> {
    let outcome: Option<Result<Response, Failure>> = received(bytes);
    outcome.ok_or_else(|| Failure::garbled(words::worker::ANSWER))?
}

/// Stands before each message. It is another one whenever what is asked or answered is: a page and a
/// worker of different builds must not take each other's messages for something else.
const PROTOCOL: u8 = 9;

/// A value as a message.
fn sent(value: &impl Serialize) -> Vec<u8> {
    // What can't be written arrives as what can't be read, and is said to be that.
    postcard::to_allocvec(&(PROTOCOL, value)).unwrap_or_default()
}

/// The value of a message; nothing where it is none, or not just one.
fn received<T: for<'a> Deserialize<'a>>(bytes: &[u8]) -> Option<T> {
    let ((protocol, value), rest) = postcard::take_from_bytes::<(u8, T)>(bytes).ok()?;
    (protocol == PROTOCOL && rest.is_empty()).then_some(value)
}

/// Whether the worker did what it was asked. Where not, it may not have taken over all that it was
/// sent.
#[must_use]
pub fn is_answered(answer: &[u8]) -> bool {
    // Behind the protocol stands which variant it is.
    matches!(answer, [PROTOCOL, 0, ..])
}

/// The answer where there is no other, since something has failed.
#[must_use]
pub fn no_answer(failure: Failure) -> Vec<u8> {
    sent(&Err::<Response, _>(failure))
}

/// Does what was asked, and tells meanwhile how far it is and what it has found. Runs in the worker,
/// whose mirror has heard the records of the question; `file` is what it is about.
#[must_use]
pub fn answer(
    mirror: &mut Mirror,
    question: &[u8],
    file: Option<Contents>,
    tell: &dyn Fn(Progress),
) -> Vec<u8> {
    let asked: Option<(Request, Update)> = received(question);
    let asked = asked.ok_or_else(|| Failure::garbled(words::worker::QUESTION));
    let outcome = asked.and_then(|(request, update)| {
        let text = |file: Contents| file.text().map_err(Failure::refused);
        let own = mirror.update(update, request.scope())?;
        match (request, file) {
            (
                Request::Import {
                    document,
                    without,
                    at,
                },
                Some(file),
            ) => import::answer(mirror, &own, (document, &without, at), file, tell),
            (Request::Replace { document, new, at }, None) => {
                replace::answer(mirror, document, new, at, tell)
            }
            (Request::Restore { began, at }, Some(file)) => {
                restore::answer(mirror, &text(file)?, &own, began, at, tell)
            }
            (Request::Resolve(document), None) => resolve::answer(mirror, document, own, tell),
            (Request::Snapshot, Some(file)) => snapshot::answer(&text(file)?, &own, tell),
            (
                Request::WriteProject {
                    title,
                    with_history,
                    at,
                },
                Some(file),
            ) => project::write(&text(file)?, &own, &title, with_history, at, tell),
            (Request::ReadProject { at }, Some(file)) => project::read(&file, at, tell),
            (
                Request::Export {
                    format,
                    documents,
                    at,
                },
                Some(file),
            ) => {
                let asked = (format, &*documents, at);
                Ok(export::answer(mirror, &own, &text(file)?, asked, tell))
            }
            (
                Request::Find {
                    query,
                    texts,
                    listed,
                    forget,
                },
                None,
            ) => find::answer(mirror, &query, &texts, listed, forget),
            _ => Err(Failure::garbled(words::worker::QUESTION)),
        }
    });
    sent(&outcome)
}

/// The documents with which a journal begins, as they are added.
fn beginning(began: &[Arc<Document>]) -> impl Iterator<Item = Edit> {
    began
        .iter()
        .map(|document| added(Record::clone(&document.record)))
}

fn added(record: Record) -> Edit {
    Edit::AddDocument(Box::new(record))
}

impl Preview {
    /// Whether annotations would go into a document and no other.
    #[must_use]
    pub fn is_for(&self, document: DocumentId) -> bool {
        self.documents.iter().all(|own| *own == document)
    }

    /// One without its edits: they are sent ahead.
    fn of(count: usize, preview: (&str, Vec<String>), warnings: Vec<String>) -> Self {
        let (intro, lines) = preview;
        Self {
            edits: Vec::new(),
            texts: Vec::new(),
            documents: Vec::new(),
            count,
            intro: intro.into(),
            lines: [lines, warnings].concat(),
        }
    }
}

fn written(edits: &[Edit], at: Timestamp) -> String {
    let mut edits = edits.iter().map(Cow::Borrowed);
    let head = Head::of_nobody(TransactionId::default(), at);
    journal::write_part(&head, journal::Part::WHOLE, None, &mut edits).0
}

/// Sends the records of an answer ahead of it.
fn tell_records(edits: &[Edit], at: Timestamp, tell: &dyn Fn(Progress)) {
    for batch in edits.chunks(BATCH) {
        tell(Progress::Records(written(batch, at)));
    }
}

/// How far all of it is, in percent, where one stretch of the way is so far.
fn between(from: u8, to: u8, percent: u8) -> u8 {
    from + (u16::from(to - from) * u16::from(percent.min(100)) / 100) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anchor::{Finder, Quote, Selectors};
    use crate::document::plain;
    use crate::format::w3c;
    use crate::project::{OnAnnotation, OnTheme};
    use crate::replace::NewVersion;
    use crate::testing::{annotation, document, project, span_of};
    use crate::{import, replace};
    use uuid::Uuid;

    fn contents(name: &str, text: &str) -> Contents {
        Contents {
            name: name.into(),
            bytes: text.into(),
        }
    }

    /// What the worker answers to a question, and to a file where it is about one; and what it has
    /// said before.
    fn answered(question: Question, file: Option<&str>) -> (Answer, Vec<u8>) {
        answered_of(question, file.map(|text| contents("some.json", text)))
    }

    fn answered_of(question: Question, file: Option<Contents>) -> (Answer, Vec<u8>) {
        Living::default().answers(question, file)
    }

    /// A worker that lives on, as the page and the worker know it.
    #[derive(Default)]
    struct Living {
        sent: Sent,
        mirror: Mirror,
        /// Records that went to it for the last question.
        batches: Vec<String>,
    }

    impl Living {
        /// Has it hear a question; what is asked.
        fn hears(&mut self, mut question: Question) -> Vec<u8> {
            question.begin(&mut self.sent);
            let batches = std::iter::from_fn(|| question.next_batch(&mut self.sent));
            self.batches = batches.filter(|batch| !batch.is_empty()).collect();
            for batch in &self.batches {
                self.mirror.hear(batch);
            }
            question.bytes(&mut self.sent)
        }

        fn answers(&mut self, question: Question, file: Option<Contents>) -> (Answer, Vec<u8>) {
            let question = self.hears(question);
            let heard = std::cell::RefCell::new(Answer::default());
            let tell = |what| {
                if let Progress::Records(records) = what {
                    heard.borrow_mut().hear(&records);
                }
            };
            let bytes = answer(&mut self.mirror, &question, file, &tell);
            (heard.into_inner(), bytes)
        }
    }

    fn previewed(question: Question, file: Option<&str>) -> Result<Preview, Failure> {
        let (answer, bytes) = answered(question, file);
        answer.preview(&bytes)
    }

    #[test]
    fn an_answer_plans_what_the_page_would_plan() {
        let file = include_str!("../tests/fixtures/recogito/annotations.w3c.json");
        let (at, mut project, document) = (Timestamp(5), project(), document());
        // One of them is here already, with another note.
        let said = w3c::read(file, project.codebook(), document.id(), at).unwrap();
        let mut own = said.annotations[0].clone();
        own.note = "mine".into();
        project.apply(&[Edit::AddAnnotation(Arc::new(own))]);
        let question = ask_to_import(&project, &document, Texts::default(), at);
        let preview = previewed(question, Some(file)).unwrap();
        crate::testing::resolve_all(&mut project);
        let plan = import::plan(&project, &document, said.annotations, &said.themes);
        assert_eq!((plan.new, plan.changed, plan.unplaced), (4, 1, 5));
        let (intro, lines) = plan.preview();
        let expected = Preview {
            edits: plan.edits,
            texts: Vec::new(),
            documents: vec![document.id()],
            count: 5,
            intro: intro.into(),
            lines: [lines, said.warnings].concat(),
        };
        assert_eq!(preview, expected);
    }

    #[test]
    fn documents_are_exported_with_the_places_that_are_found() {
        let mut project = project();
        let mut record = Record::clone(&document().record);
        record.id = DocumentId(Uuid::from_u128(0xd1));
        record.version = crate::testing::other_version(1).id();
        let other = record.id;
        let mut moved = annotation(2, span_of("quick brown fox"));
        moved.target.document = other;
        project.apply(&[
            Edit::AddDocument(Box::new(record)),
            Edit::AddAnnotation(Arc::new(annotation(1, span_of("fox")))),
            Edit::AddAnnotation(Arc::new(moved)),
        ]);
        let all = [other, document().id()];
        let texts =
            [0, 1].map(|number| journal::texts::write(&crate::testing::other_version(number)));
        let mut worker = Living::default();
        let mut export = |format, documents: &[DocumentId], texts: &str| {
            let question = ask_to_export(&project, format, documents, Timestamp(5));
            let (_, bytes) = worker.answers(question, Some(contents("texts", texts)));
            let exported = exported(&bytes).unwrap();
            let text = String::from_utf8(exported.bytes).unwrap();
            (text, exported.count)
        };
        let (table, count) = export(Format::Csv, &all, &texts.join("\n\n"));
        assert_eq!(count, 2);
        let rows: Vec<&str> = table.split("\r\n").collect();
        assert!(
            rows[1].contains(",quick brown fox,") && rows[1].contains(",,,uncertain,"),
            "{table}"
        );
        assert!(
            rows[2].contains(",fox,") && rows[2].contains(",29,32,exact,"),
            "{table}"
        );
        // What one's own file says is what the page would write.
        let (json, count) = export(Format::W3c, &all[1..], &texts[0]);
        assert_eq!(count, 1);
        assert_eq!(json, w3c::write(&project, &document(), Timestamp(5)));
        // A text that nobody has hides no mark; it says what it says itself.
        let (table, _) = export(Format::Csv, &all, "");
        assert!(
            table.contains(",quick brown fox,") && table.contains(",unsought,"),
            "{table}"
        );
        assert!(table.contains(",29,32,exact,"), "{table}");
    }

    /// A project of some documents without marks; each has an id, an address and a version.
    fn shelf(documents: &[(u128, &str, &Version)]) -> Project {
        let mut project = project();
        for (id, source, version) in documents {
            let mut record = Record::clone(&document().record);
            record.id = DocumentId(Uuid::from_u128(*id));
            record.title = format!("Document {id}").into();
            record.source = (*source).into();
            record.version = version.id();
            project.apply(&[added(record)]);
        }
        project
    }

    /// Has a file be taken in while the small document is open; texts come when they are lacking.
    fn taken(project: &Project, file: &str, texts: &[&Version]) -> Result<Preview, Failure> {
        let mut worker = Living::default();
        let mut sent = Texts::default();
        for _ in 0..2 {
            let question = ask_to_import(project, &document(), sent, Timestamp(7));
            let (answer, bytes) = worker.answers(question, Some(contents("some.json", file)));
            let lacking = texts_lacking(&bytes);
            if lacking.is_empty() {
                return answer.preview(&bytes);
            }
            let (there, missing) = lacking
                .into_iter()
                .partition(|own| texts.iter().any(|text| text.id() == *own));
            let there: Vec<VersionId> = there;
            let there = texts.iter().filter(|text| there.contains(&text.id()));
            sent = Texts {
                texts: there.map(|text| journal::texts::write(text)).collect(),
                without: missing,
            };
        }
        panic!("it is never content");
    }

    #[test]
    fn annotations_go_into_the_documents_that_they_are_on() {
        let (one, other) = (document().version(), crate::testing::other_version(1));
        // Two from one address, which say the same, and one that says something else.
        let address = "https://example.org/same";
        let shelves = [
            (1, address, &one),
            (2, address, &one),
            (3, "urn:x:3", &other),
        ];
        let full = || {
            let mut full = shelf(&shelves);
            for id in 1..=3 {
                let mut own = annotation(id, span_of("fox"));
                own.target.document = DocumentId(Uuid::from_u128(id));
                full.apply(&[Edit::AddAnnotation(Arc::new(own))]);
            }
            full
        };
        let all = [1, 2, 3].map(|id| DocumentId(Uuid::from_u128(id)));
        let texts = [&one, &other].map(journal::texts::write).join("\n\n");
        let question = ask_to_export(&full(), Format::W3c, &all, Timestamp(5));
        let (_, bytes) = Living::default().answers(question, Some(contents("texts", &texts)));
        let file = String::from_utf8(exported(&bytes).unwrap().bytes).unwrap();

        let mut empty = shelf(&shelves);
        let preview = taken(&empty, &file, &[&one, &other]).unwrap();
        assert_eq!((preview.count, &*preview.documents), (3, &all[..]));
        assert_eq!(
            preview.lines,
            [
                "3 new",
                "1 unplaced: their words are not found for sure in this text; they are kept and listed",
                "1 into “Document 1”",
                "1 into “Document 2”",
                "1 into “Document 3”",
            ]
        );
        empty.apply(&preview.edits);
        for (number, id) in (1..).zip(all) {
            let own: Vec<_> = empty
                .annotations(id)
                .map(|own| own.annotation.id.0)
                .collect();
            assert_eq!(own, [Uuid::from_u128(number)]);
        }
        let again = taken(&empty, &file, &[&one, &other]).unwrap();
        assert_eq!((again.edits.len(), again.count), (0, 0));

        // A text that can't be read keeps none of the others from being taken.
        let preview = taken(&shelf(&shelves), &file, &[&one]).unwrap();
        assert_eq!(preview.documents, all[..2]);
        assert!(
            preview
                .lines
                .contains(&"1 left out: the text of “Document 3” can’t be read here; import the file again once it can".to_owned())
        );
        // Where nothing is, that is said first.
        let mut none = Project::with_codebook([document()], crate::codebook::Codebook::first());
        none.apply(&[crate::testing::says(2)]);
        let preview = taken(&none, &file, &[]).unwrap();
        assert_eq!(preview.intro, crate::words::import::NONE_OF_IT);
        assert_eq!((preview.edits.len(), preview.lines.len()), (0, 3));

        // What is on a document that is not here is left out, and which that is is said.
        let fewer = shelf(&shelves[..2]);
        let preview = taken(&fewer, &file, &[&one, &other]).unwrap();
        assert_eq!(preview.documents, all[..2]);
        assert_eq!(
            preview.lines[2..],
            [
                "1 into “Document 2”",
                "1 left out: “Document 3” is not in this project"
            ]
        );
    }

    #[test]
    fn a_file_on_one_text_goes_into_the_document_that_says_just_that() {
        let (one, other) = (document().version(), crate::testing::other_version(1));
        let mut full = shelf(&[(3, "https://example.org/three", &other)]);
        full.read(other.clone());
        let id = DocumentId(Uuid::from_u128(3));
        let mut own = annotation(1, span_of("fox"));
        own.target.document = id;
        full.apply(&[Edit::AddAnnotation(Arc::new(own))]);
        let file = w3c::write(&full, full.document(id).unwrap(), Timestamp(0));
        let into = |project: &Project| taken(project, &file, &[&one, &other]).unwrap();
        // It has another name there, and another address.
        let elsewhere = shelf(&[(9, "https://example.org/nine", &other)]);
        let preview = into(&elsewhere);
        assert_eq!(preview.documents, [DocumentId(Uuid::from_u128(9))]);
        assert!(preview.lines.contains(&"1 into “Document 9”".to_owned()));
        // Of two that say the same it goes into the one that it names.
        let twice = shelf(&[(2, "urn:x:2", &other), (3, "urn:x:3", &other)]);
        assert_eq!(into(&twice).documents, [id]);
        // Where no document is it, the open one is meant.
        let preview = into(&project());
        assert_eq!(preview.documents, [document().id()]);
        assert!(!preview.lines.iter().any(|line| line.contains("into")));
    }

    #[test]
    fn of_several_pages_those_that_are_not_here_are_left_out() {
        let pages = [
            "https://example.org/small",
            "https://example.org/p1",
            "https://example.org/p2",
        ];
        let item = |(number, page): (usize, &&str)| {
            serde_json::json!({
                "@context": "http://www.w3.org/ns/anno.jsonld",
                "id": format!("urn:x:{number}"),
                "type": "Annotation",
                "target": {
                    "source": page,
                    "selector": { "type": "TextQuoteSelector", "exact": "fox" },
                },
            })
        };
        let file = |pages: &[&str]| {
            serde_json::Value::from_iter(pages.iter().enumerate().map(item)).to_string()
        };
        let one = document().version();
        let here = shelf(&[(1, pages[1], &one)]);
        let preview = taken(&here, &file(&pages), &[&one]).unwrap();
        assert_eq!(preview.count, 2);
        let left = format!("1 left out: “{}” is not in this project", pages[2]);
        assert!(preview.lines.contains(&left), "{:?}", preview.lines);
        // An only page may be what the open document is of.
        let preview = taken(&here, &file(&pages[2..]), &[]).unwrap();
        assert_eq!(preview.documents, [document().id()]);
    }

    #[test]
    fn how_far_it_is_is_told_while_a_file_is_read() {
        let fixture = include_str!("../tests/fixtures/recogito/annotations.w3c.json");
        let items = fixture.trim().trim_start_matches('[').trim_end_matches(']');
        let annotations = format!("[{}]", vec![items; 200].join(","));
        let at = Timestamp(0);
        let marks = (1..=500).map(|id| {
            vec![Edit::AddAnnotation(Arc::new(annotation(
                id,
                span_of("fox"),
            )))]
        });
        let records = journal_of(&marks.collect::<Vec<_>>()).join("\n\n");
        for (question, file) in [
            (
                ask_to_import(&project(), &document(), Texts::default(), at),
                annotations,
            ),
            (ask_to_restore(&project(), &[document()], at), records),
        ] {
            let mut worker = Living::default();
            let question = worker.hears(question);
            let percents = std::cell::RefCell::new(Vec::new());
            let tell = |told| {
                if let Progress::Percent(percent) = told {
                    percents.borrow_mut().push(percent);
                }
            };
            let file = Some(contents("some.json", &file));
            let answer = answer(&mut worker.mirror, &question, file, &tell);
            assert!(response(&answer).is_ok());
            let percents = percents.into_inner();
            assert!(percents.is_sorted(), "{percents:?}");
            let early = percents.iter().filter(|percent| **percent <= 40);
            assert!(early.count() >= 30, "{percents:?}");
        }
    }

    #[test]
    fn a_file_of_another_kind_is_called_what_it_is() {
        let asked = |name: &str, bytes: &[u8]| {
            let question = ask_to_import(&project(), &document(), Texts::default(), Timestamp(0));
            let (name, bytes) = (name.to_owned(), bytes.to_owned());
            let (answer, bytes) = answered_of(question, Some(Contents { name, bytes }));
            answer.preview(&bytes).unwrap_err().sentences().unwrap()
        };
        for (name, bytes, first) in [
            ("interview.pdf", &b"%PDF-1.7"[..], "It is a PDF."),
            ("interview.txt", b"Anna: Yes.", "It is plain text."),
            // No complaint of its encoding comes first.
            ("interview.txt", b"Gespr\xe4ch", "It is plain text."),
            ("scan.png", b"\x89PNG\r\n\x1a\n", "It is an image."),
        ] {
            let told = asked(name, bytes);
            assert_eq!(told[0], first, "{name}");
            let all = told.join(" ");
            assert!(all.contains("Web Annotation JSON") && all.contains("“Open texts…”"));
        }
        let latin = asked("a.json", b"{\"label\": \"Gespr\xe4ch\"}");
        assert!(latin[0].contains("“a.json” is not a text file in UTF-8"));
        let utf16 = asked("a.txt", b"\xff\xfeA\0");
        assert!(utf16[0].contains("UTF-16") && utf16[2].contains("Save it in UTF-8"));
        assert!(asked("copy.txt", b"v 4\nat 0\nby person")[0].contains("“.journal.txt”"));
    }

    #[test]
    fn a_refusal_keeps_every_reason() {
        let file = r#"{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation"}"#;
        let project = project();
        let w3c::Refused(reasons) =
            w3c::read(file, project.codebook(), document().id(), Timestamp(0)).unwrap_err();
        assert!(reasons.len() > 1);
        let question = ask_to_import(&project, &document(), Texts::default(), Timestamp(0));
        assert_eq!(
            previewed(question, Some(file)),
            Err(Failure::Refused(reasons))
        );
    }

    /// A journal of some steps.
    fn journal_of(steps: &[Vec<Edit>]) -> Vec<String> {
        let mut last = None;
        let line = |edits: &Vec<Edit>| {
            let head = Head::new(crate::testing::stamp(0), "step");
            let mut edits = edits.iter().map(Cow::Borrowed);
            let (line, sum) =
                journal::write_part(&head, journal::Part::WHOLE, last.as_ref(), &mut edits);
            last = Some(sum);
            line
        };
        steps.iter().map(line).collect()
    }

    #[test]
    fn a_project_goes_back_to_what_a_journal_says() {
        let (mut project, began) = (project(), [document()]);
        let mark = Arc::new(annotation(1, span_of("quick brown fox")));
        let theme = project.codebook().themes().next().unwrap().id;
        let steps = [
            vec![Edit::AddAnnotation(mark.clone())],
            vec![
                Edit::Annotation(mark.id, OnAnnotation::Tag(theme, true)),
                crate::testing::says(1),
                Edit::AddAnnotation(Arc::new(annotation(2, span_of("lazy dog")))),
            ],
            vec![Edit::Annotation(mark.id, OnAnnotation::Deleted(true))],
        ];
        let lines = journal_of(&steps);
        for edits in &steps {
            project.apply(edits);
        }
        let asked = |lines: &[String]| {
            let question = ask_to_restore(&project, &began, Timestamp(0));
            previewed(question, Some(&lines.join("\n\n")))
        };
        let plan = asked(&lines[..1]).unwrap();
        let lines_of = [
            "1 mark then, 1 now",
            "1 would come back: “\u{2068}quick brown fox\u{2069}”",
            "1 made since would go: “\u{2068}lazy dog\u{2069}”",
            "1 of the texts would be changed back",
        ];
        assert_eq!(
            (plan.count, &*plan.lines),
            (1, &lines_of.map(str::to_owned)[..])
        );
        let mut back = project.clone();
        back.apply(&plan.edits);
        assert_eq!(*back.live(mark.id).unwrap().annotation, *mark);
        assert_eq!(
            back.document(document().id()).unwrap().digest,
            document().digest
        );
        assert_eq!(asked(&lines).unwrap().edits, []);
        // What is damaged or missing is left out, and said.
        let damaged = [lines[0].clone(), lines[1].replace("tag", "tug")];
        let missing = [lines[0].clone(), lines[2].clone()];
        for (file, says) in [
            (
                &damaged,
                "1 of its records can’t be read; what they did is left out",
            ),
            (
                &missing,
                "Records are missing in its middle; what they did is left out.",
            ),
        ] {
            assert_eq!(asked(file).unwrap().lines.last().unwrap(), says);
        }
        let refused = asked(&["a text".to_owned()]).unwrap_err();
        assert!(
            matches!(refused, Failure::Refused(problems) if problems[0].contains("no records"))
        );
    }

    #[test]
    fn a_text_comes_back_with_a_file_unless_it_is_not_what_it_is_called() {
        let began = [document()];
        let project = Project::new([document()]);
        let lines = journal_of(&[vec![crate::testing::says(1)]]);
        let version = crate::testing::other_version(1);
        let asked = |text: &Version| {
            let file = [journal::texts::write(text), lines[0].clone()].join("\n\n");
            let question = ask_to_restore(&project, &began, Timestamp(0));
            previewed(question, Some(&file)).unwrap()
        };
        let preview = asked(&version);
        assert_eq!(&*preview.texts, std::slice::from_ref(&version));
        assert_eq!(preview.edits, [crate::testing::says(1)]);
        let forged = Version {
            digest: version.digest.clone(),
            ..plain::read("A small text\n\nOnce a quick brown fox 😀 jumped over me.")
        };
        assert_eq!(forged.layout(), version.layout());
        let preview = asked(&forged);
        assert_eq!((preview.texts, preview.edits), (Vec::new(), Vec::new()));
        assert!(
            preview
                .lines
                .iter()
                .any(|line| line.contains("1 of its records"))
        );
    }

    #[test]
    fn a_snapshot_and_what_came_since_are_all_of_the_journal() {
        // Some of them on another document.
        let other = Record {
            id: DocumentId(Uuid::from_u128(77)),
            ..Record::clone(&document().record)
        };
        let mark = |id| {
            let mut mark = annotation(id, span_of("fox"));
            if id % 10 == 0 {
                mark.target.document = other.id;
            }
            Edit::AddAnnotation(Arc::new(mark))
        };
        let marks = std::iter::once(added(other.clone())).chain((1..=1_000).map(mark));
        let on = |id, field| Edit::Annotation(AnnotationId(Uuid::from_u128(id)), field);
        let theme = project().codebook().themes().next().unwrap().id;
        let steps = [
            vec![],
            marks.collect(),
            vec![
                on(1, OnAnnotation::Tag(theme, true)),
                on(2, OnAnnotation::Deleted(true)),
                Edit::Theme(theme, OnTheme::Name("Other".into())),
            ],
            vec![crate::testing::says(1)],
            // What is in the bin by then comes out of it.
            vec![
                on(2, OnAnnotation::Deleted(false)),
                on(3, OnAnnotation::Note("later".into())),
            ],
        ];
        let lines = journal_of(&steps);
        let play = |project: &mut Project, reader: &mut journal::Reader, lines: &[String]| {
            for line in lines {
                let record = reader.take(line).record.unwrap();
                project.apply(&record.transaction.edits);
            }
            assert!(!reader.end() && reader.gaps() == 0);
        };
        let mut all = project();
        play(&mut all, &mut journal::Reader::default(), &lines);
        for at in 1..=lines.len() {
            let text = journal::texts::write(&crate::testing::other_version(1));
            let file = [&[text], &lines[..at]].concat().join("\n\n");
            let file = contents("journal.txt", &file);
            let told = std::cell::RefCell::new(Vec::new());
            let tell = |what| match what {
                Progress::Records(records) => told.borrow_mut().push(records),
                Progress::Percent(_) => {}
            };
            let mut worker = Living::default();
            let question = worker.hears(ask_for_snapshot(&[document()]));
            let answer = answer(&mut worker.mirror, &question, Some(file), &tell);
            let made = super::snapshot(&answer).unwrap();
            assert_eq!(made.texts().unwrap(), [crate::testing::other_version(1)]);
            let snapshot = told.into_inner();
            assert!(at == 1 || snapshot.len() >= 3);
            // The marks of each document stand together, and may be read in any order.
            let mut rest = &snapshot[..];
            let mut pieces = Vec::new();
            for lines in [made.common]
                .into_iter()
                .chain(made.marks.iter().map(|own| own.1))
            {
                let (piece, others) = rest.split_at(lines as usize);
                pieces.push(piece.to_vec());
                rest = others;
            }
            assert!(rest.is_empty() && pieces.len() == if at == 1 { 1 } else { 3 });
            for _ in 1..pieces.len() {
                pieces[1..].rotate_left(1);
                let (mut is, mut reader) = (project(), journal::Reader::default());
                reader.begin_snapshot();
                play(&mut is, &mut reader, &pieces.concat());
                reader.wrote(journal::Sum::from_digits(&made.sum));
                play(&mut is, &mut reader, &lines[at..]);
                assert!(is.placed().eq(all.placed()), "at {at}");
            }
            let (mut is, mut reader) = (project(), journal::Reader::default());
            reader.begin_snapshot();
            play(&mut is, &mut reader, &snapshot);
            reader.wrote(journal::Sum::from_digits(&made.sum));
            play(&mut is, &mut reader, &lines[at..]);
            assert!(is.placed().eq(all.placed()), "at {at}");
            assert!(is.codebook().all().eq(all.codebook().all()), "at {at}");
            let digest =
                |project: &Project| project.document(document().id()).unwrap().digest.clone();
            assert_eq!(digest(&is), digest(&all), "at {at}");
        }
        // The page itself tells of what is missing or damaged.
        let missing = [&lines[..2], &lines[3..]].concat();
        let damaged = [&lines[..2], &[lines[2].replace("Other", "Otter")]].concat();
        for lines in [missing, damaged] {
            let file = contents("journal.txt", &lines.join("\n\n"));
            let (_, answer) = answered_of(ask_for_snapshot(&[document()]), Some(file));
            let refused = super::snapshot(&answer).unwrap_err();
            assert!(
                matches!(refused, Failure::Refused(problems) if problems[0].contains("missing"))
            );
        }
    }

    #[test]
    fn a_replacement_is_planned_as_the_page_would_plan_it() {
        let (mut project, document) = (project(), document());
        let marks = [(1, "quick brown fox"), (2, "lazy dog")];
        let marks =
            marks.map(|(id, words)| Edit::AddAnnotation(Arc::new(annotation(id, span_of(words)))));
        project.apply(&marks);
        let file = "A small text\r\n\r\nThe quick red fox 😀 jumps over the dog.";
        let question = ask_to_replace(
            NewText::Words(file.into()),
            &project,
            &document,
            Timestamp(4),
        );
        let (answer, bytes) = answered(question, None);
        let planned = answer.replacement(&bytes).unwrap();
        let expected = replace::plan(
            &project,
            &document,
            &NewVersion::plain(file),
            Timestamp(4),
            &|_| (),
        );
        assert!(expected.marks.len() == 2 && !expected.changes.is_empty());
        assert_eq!(planned, expected);
        // What was read of a file comes as it was read.
        let new = NewVersion {
            version: plain::read("# Not a heading\n\nThe quick brown fox."),
            is_plain: false,
        };
        let question = ask_to_replace(NewText::of(&new), &project, &document, Timestamp(4));
        let (answer, bytes) = answered(question, None);
        let planned = answer.replacement(&bytes).unwrap();
        assert_eq!(planned.version, Some(new.version));
    }

    #[test]
    fn what_is_not_understood_is_no_answer_and_nothing_that_a_person_has_stopped() {
        let is_broken = |failure: Failure| matches!(failure, Failure::Broken(_));
        let resolve = Living::default().hears(ask_to_resolve(&document(), &[]));
        let replace = |file: &str| {
            let question = ask_to_replace(
                NewText::Words(file.into()),
                &project(),
                &document(),
                Timestamp(4),
            );
            Living::default().hears(question)
        };
        let cut = resolve[..resolve.len() - 1].to_vec();
        let longer = [&*resolve, &[0]].concat();
        let other = [&[PROTOCOL + 1], &resolve[1..]].concat();
        for (question, record) in [
            // A question that there is not, one that is cut off, one with something behind it, one
            // of another build; records that are none, others than they should be.
            (vec![PROTOCOL, 99], None),
            (Vec::new(), None),
            (cut, None),
            (longer, None),
            (other, None),
            (replace("a text"), Some("v 4\nno record".to_owned())),
            (
                resolve.clone(),
                Some(written(&[crate::testing::says(0)], Timestamp(0))),
            ),
        ] {
            let mut mirror = Mirror::default();
            if let Some(record) = &record {
                mirror.hear(record);
            }
            let bytes = answer(&mut mirror, &question, None, &|_| ());
            assert!(!is_answered(&bytes));
            assert!(is_broken(response(&bytes).unwrap_err()));
        }
        assert!(!is_answered(&no_answer(Failure::refused("It is none."))));
        // An answer that is cut off, one to something else, and one whose records can't be read.
        let (answer, bytes) = answered(ask_to_resolve(&document(), &[]), None);
        assert!(is_broken(answer.preview(&bytes).unwrap_err()));
        assert!(is_broken(places(&bytes[..bytes.len() - 1]).unwrap_err()));
        assert!(is_broken(places(&[&*bytes, &[0]].concat()).unwrap_err()));
        assert_eq!(places(&bytes), Ok(Vec::new()));
        assert!(is_answered(&bytes));
        let question = ask_to_replace(
            NewText::Words("a text".into()),
            &project(),
            &document(),
            Timestamp(4),
        );
        let (mut answer, bytes) = answered(question, None);
        answer.hear("no record");
        assert!(is_broken(answer.replacement(&bytes).unwrap_err()));
    }

    #[test]
    fn a_worker_that_lives_on_is_sent_what_is_otherwise_and_answers_as_a_fresh_one_would() {
        let file = include_str!("../tests/fixtures/recogito/annotations.w3c.json");
        let (mut project, document) = (project(), document());
        let marks = (1..=1_000)
            .map(|id| Edit::AddAnnotation(Arc::new(annotation(id, span_of("fox")))))
            .collect::<Vec<_>>();
        let added = project.apply(&marks);
        let theme = project.codebook().themes().next().unwrap().id;
        let on = |id, field| Edit::Annotation(AnnotationId(Uuid::from_u128(id)), field);
        let came = w3c::read(file, project.codebook(), document.id(), Timestamp(5)).unwrap();
        let came = Edit::AddAnnotation(Arc::new(came.annotations[0].clone()));
        let mut living = Living::default();
        // What is done, and how many batches that is for the worker: the first time all of it.
        type Act<'a> = Box<dyn Fn(&mut Project) + 'a>;
        let acts: [(Act<'_>, usize); 7] = [
            (Box::new(|_| ()), 3),
            (Box::new(|_| ()), 0),
            (
                Box::new(|project| drop(project.apply(std::slice::from_ref(&came)))),
                1,
            ),
            (
                Box::new(|project| drop(project.apply(&[on(3, OnAnnotation::Deleted(true))]))),
                1,
            ),
            (
                Box::new(|project| {
                    drop(project.apply(&[Edit::Theme(theme, OnTheme::Name("Other".into()))]))
                }),
                1,
            ),
            (
                Box::new(|project| drop(project.withdraw(&added.changes[10..20]))),
                0,
            ),
            (Box::new(|_| ()), 0),
        ];
        for (at, (act, batches)) in acts.into_iter().enumerate() {
            act(&mut project);
            let journal = journal_of(std::slice::from_ref(&marks)).join("\n\n");
            let text = "A small text\n\nThe quick red fox 😀 jumps over the dog.";
            type Ask<'a> = Box<dyn Fn() -> Question + 'a>;
            let asked: [(Ask<'_>, Option<String>); 3] = [
                (
                    Box::new(|| ask_to_import(&project, &document, Texts::default(), Timestamp(9))),
                    Some(file.into()),
                ),
                (
                    Box::new(|| {
                        ask_to_replace(
                            NewText::Words(text.into()),
                            &project,
                            &document,
                            Timestamp(9),
                        )
                    }),
                    None,
                ),
                (
                    Box::new(|| {
                        ask_to_restore(&project, std::slice::from_ref(&document), Timestamp(9))
                    }),
                    Some(journal),
                ),
            ];
            for (number, (ask, file)) in asked.iter().enumerate() {
                let file = file.as_ref().map(|file| contents("some.json", file));
                let (heard, bytes) = living.answers(ask(), file.clone());
                let (fresh, expected) = Living::default().answers(ask(), file);
                assert_eq!(bytes, expected, "{at} {number}");
                assert_eq!(heard.0.edits, fresh.0.edits, "{at} {number}");
                // The documents are sent with each import and each restoration.
                let sent = living.batches.len();
                let expected = [usize::max(batches, 1), 0, 1][number];
                assert_eq!(sent, expected, "{at} {number}");
            }
        }
        assert_eq!(
            living.mirror.edits(Scope::All).len(),
            project.records().count() + 3
        );
    }

    #[test]
    fn a_text_without_words_is_refused() {
        let question = ask_to_replace(
            NewText::Words(" \n".into()),
            &project(),
            &document(),
            Timestamp(4),
        );
        let (answer, bytes) = answered(question, None);
        let refused = answer.replacement(&bytes);
        assert_eq!(refused, Err(Failure::refused("There are no words in it.")));
    }

    #[test]
    fn texts_are_looked_through_as_often_as_asked_until_they_are_forgotten() {
        let (one, other) = (document().version(), crate::testing::other_version(1));
        let query = Query {
            words: "QUICK".into(),
            ..Query::default()
        };
        let mut living = Living::default();
        for version in [&one, &other] {
            living.mirror.hear(&journal::texts::write(version));
        }
        let texts = vec![one.id(), crate::testing::other_version(2).id(), other.id()];
        let ask = |living: &mut Living, listed, forget| {
            let question = ask_to_find(&query, texts.clone(), listed, forget);
            found(&living.answers(question, None).1).unwrap()
        };
        let all = ask(&mut living, None, false);
        let counts = |all: &[Option<Found>]| -> Vec<Option<usize>> {
            let count = |own: &Option<Found>| own.as_ref().map(|own| own.count);
            all.iter().map(count).collect()
        };
        assert_eq!(counts(&all), [Some(2), None, Some(1)]);
        let first = all[0].as_ref().unwrap();
        assert!(first.hits.is_empty() && first.spans[0] == span_of("quick"));
        let listed = ask(&mut living, Some(1), true);
        assert_eq!(counts(&listed), counts(&all));
        let first = listed[0].as_ref().unwrap();
        assert!(first.spans.is_empty() && first.hits.len() == 1);
        assert_eq!(first.hits[0].heading, "A small text");
        assert_eq!(counts(&ask(&mut living, None, false)), [None; 3]);
        // A query that is none, and a text that is damaged on its way.
        let wrong = Query {
            words: "(".into(),
            expression: true,
            ..query.clone()
        };
        let (_, answer) = living.answers(ask_to_find(&wrong, vec![], None, false), None);
        let refused = found(&answer).unwrap_err();
        assert!(matches!(refused, Failure::Refused(said) if said[0].contains("not closed")));
        let record = journal::texts::write(&one).replace("quick", "quack");
        living.mirror.hear(&record);
        assert_eq!(counts(&ask(&mut living, None, false)), [None; 3]);
    }

    #[test]
    fn what_is_sought_comes_back_as_it_was_found() {
        let document = document();
        let finder = Finder::new(&document.text, &document.digest);
        let mut annotations = vec![
            annotation(1, span_of("fox")),
            annotation(2, span_of("quick")),
        ];
        for (exact, prefix) in [("quick", "x"), ("cat", "no ")] {
            let mut other = annotation(annotations.len() as u128 + 1, span_of("fox"));
            other.target.selectors = Arc::new(Selectors {
                quote: Some(Quote::new(prefix, exact, "")),
                ..Selectors::default()
            });
            annotations.push(other);
        }
        let expected: Vec<_> = annotations
            .iter()
            .map(|annotation| (annotation.id, finder.resolve(&annotation.target.selectors)))
            .collect();
        assert!(matches!(expected[2].1, Resolution::Uncertain(ref places) if places.len() == 2));
        assert_eq!(expected[3].1, Resolution::Lost);
        let annotations: Vec<_> = annotations.into_iter().map(Arc::new).collect();
        let question = ask_to_resolve(&document, &annotations);
        let (_, bytes) = answered(question, None);
        let found = places(&bytes);
        assert_eq!(found, Ok(expected));
    }
}
