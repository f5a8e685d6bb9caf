//! What the worker is asked to do and what it answers, as plain strings: readers
//! that are big or seldom used stay out of the page's own program.

use std::borrow::Cow;
use std::cell::Cell;
use std::sync::Arc;

use uuid::Uuid;

use crate::anchor::{Candidate, Finder, Resolution};
use crate::annotation::{Annotation, AnnotationId};
use crate::codebook::{Codebook, Theme};
use crate::document::{Document, DocumentId, Version, plain};
use crate::format::sniff::{Kind, sniff};
use crate::format::w3c;
use crate::import::{self, Plan};
use crate::journal;
use crate::project::{Change, Edit, OnDocument, Origin, Project};
use crate::replace::{self, Fate, ToldChange, ToldMark};
use crate::restore;
use crate::text::{Digest, Span, TextIndex, Utf8};
use crate::time::Timestamp;

/// The first word of a question and of an answer.
const READ: &str = "read";
const SEEK: &str = "seek";
const REPLACE: &str = "replace";
const RESTORE: &str = "restore";
const SNAPSHOT: &str = "snapshot";
const REFUSED: &str = "refused";
const BROKEN: &str = "broken";

/// Records that travel together: so many are written and read within a few milliseconds.
const BATCH: usize = 400;

/// Why what was asked for did not come about.
#[derive(Clone, Debug, PartialEq, Eq)]
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
        Self::Broken(format!(
            "Themark and its worker do not understand each other ({what}). Reload the page and try again."
        ))
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
}

/// What the worker is asked: words, and the records that it is about. They travel as
/// transactions of the journal, which both sides can read anyway, a batch at a time so that
/// no task is long.
#[derive(Clone, Debug)]
pub struct Question {
    /// What is asked. A file that it is about comes beside these.
    pub words: Vec<String>,
    records: std::vec::IntoIter<Edit>,
    at: Timestamp,
}

impl Question {
    fn new(words: Vec<String>, records: impl IntoIterator<Item = Edit>, at: Timestamp) -> Self {
        Self {
            words,
            records: records.into_iter().collect::<Vec<_>>().into_iter(),
            at,
        }
    }

    /// The next records, written; nothing behind the last.
    pub fn next_batch(&mut self) -> Option<String> {
        let batch: Vec<Edit> = self.records.by_ref().take(BATCH).collect();
        (!batch.is_empty()).then(|| written(&batch, self.at))
    }
}

/// A file that a question is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its name.
    pub name: String,
    /// All that it holds.
    pub bytes: Vec<u8>,
}

impl Given {
    /// The text that its bytes are.
    ///
    /// # Errors
    /// When they are none, in a sentence with its name.
    pub fn text(self) -> Result<String, String> {
        let Self { name, bytes } = self;
        String::from_utf8(bytes).map_err(|_| {
            format!("“{name}” is not a text file in UTF-8. Save it as UTF-8 and try again.")
        })
    }
}

/// What taking a file in would do, and what there is to say of that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// All of it, as one step.
    pub edits: Vec<Edit>,
    /// How many annotations would be new or otherwise.
    pub count: usize,
    /// What is said first, behind the file's name.
    pub intro: String,
    /// What would happen and what of the file can't be taken over, in lines.
    pub lines: Vec<String>,
}

/// What the worker says before its last words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// How far it is, in percent.
    Percent(u8),
    /// Some of the records that the answer is about.
    Records(String),
}

/// What the worker has answered.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// Its last words.
    pub words: Vec<String>,
    edits: Vec<Edit>,
    /// Records came that could not be read.
    broken: bool,
}

impl Answer {
    /// Takes in records that came.
    pub fn hear(&mut self, records: &str) {
        match journal::read(records) {
            Ok(transaction) => self.edits.extend(transaction.edits),
            Err(_) => self.broken = true,
        }
    }
}

/// All that a project holds of themes and annotations, what is in the bin as well.
fn held(project: &Project) -> impl Iterator<Item = Edit> {
    let themes = project.codebook().all();
    let themes = themes.map(|theme| Edit::AddTheme(Theme::clone(theme)));
    themes.chain(project.records().cloned().map(Edit::AddAnnotation))
}

/// What a document says.
fn text_of(document: &Document) -> Edit {
    Edit::Document(document.id, OnDocument::Text(Box::new(document.version())))
}

/// Asks what taking a file into a document would do.
#[must_use]
pub fn ask_to_read(project: &Project, document: &Document, at: Timestamp) -> Question {
    let words = vec![
        READ.into(),
        document.text.text().into(),
        document.digest.to_string(),
        document.id.0.to_string(),
        document.source.to_string(),
        at.0.to_string(),
    ];
    Question::new(words, held(project), at)
}

/// Asks what putting a plain text in the place of a document's text would do.
#[must_use]
pub fn ask_to_replace(
    file: String,
    project: &Project,
    document: &Document,
    at: Timestamp,
) -> Question {
    let own = project
        .annotations(document.id)
        .map(|placed| Edit::AddAnnotation(placed.annotation.clone()));
    let words = vec![
        REPLACE.into(),
        document.id.0.to_string(),
        at.0.to_string(),
        file,
    ];
    Question::new(words, std::iter::once(text_of(document)).chain(own), at)
}

/// Asks what taking a project back to what a file of journal records says would do; the
/// documents are those it began with.
#[must_use]
pub fn ask_to_restore(project: &Project, began: &[Arc<Document>], at: Timestamp) -> Question {
    let changed =
        |document: &&Arc<Document>| !began.iter().any(|began| Arc::ptr_eq(began, document));
    let documents = began.iter().chain(project.documents().filter(changed));
    let records = documents
        .map(|document| text_of(document))
        .chain(held(project));
    let words = vec![RESTORE.into(), began.len().to_string(), at.0.to_string()];
    Question::new(words, records, at)
}

/// Asks where annotations stand in a text.
#[must_use]
pub fn ask_to_seek(document: &Document, annotations: &[Arc<Annotation>]) -> Question {
    let words = vec![
        SEEK.into(),
        document.text.text().into(),
        document.digest.to_string(),
        document.id.0.to_string(),
    ];
    let records = annotations.iter().cloned().map(Edit::AddAnnotation);
    Question::new(words, records, Timestamp(0))
}

/// Asks for a snapshot of a file of journal records, which the worker answers with as records.
#[must_use]
pub fn ask_for_snapshot() -> Question {
    Question::new(vec![SNAPSHOT.into()], [], Timestamp(0))
}

/// Understands the last words of the answer to [`ask_for_snapshot`]: the checksum of the last record
/// that the snapshot holds.
///
/// # Errors
/// When there is none.
pub fn understand_snapshot(words: Vec<String>) -> Result<String, Failure> {
    match &words[..] {
        [kind, sum] if kind == SNAPSHOT => Ok(sum.clone()),
        _ => Err(failure(words)),
    }
}

/// That of records which are no change of anybody's.
fn head(at: Timestamp) -> journal::Head {
    journal::Head {
        label: "".into(),
        origin: Origin::Person,
        at,
    }
}

fn written(edits: &[Edit], at: Timestamp) -> String {
    let mut edits = edits.iter().map(Cow::Borrowed);
    journal::write_part(&head(at), journal::Part::WHOLE, None, &mut edits).0
}

/// Does what was asked, and tells meanwhile how far it is and what it has found. Runs in
/// the worker; `records` are the batches of the question, `file` is what it is about.
#[must_use]
pub fn answer(
    words: &[String],
    file: Option<Given>,
    records: &[String],
    tell: &dyn Fn(Told),
) -> Vec<String> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let progress = |percent| tell(Told::Percent(percent));
    let text = |file: Given| file.text().map_err(Failure::refused);
    let outcome = match (words.as_slice(), file) {
        ([READ, own, digest, document, source, at], Some(file)) => {
            let document = known(own, digest, document, source);
            annotations(file).and_then(|file| read(document?, &file, records, at, tell))
        }
        ([SEEK, own, digest, document], None) => known(own, digest, document, "")
            .and_then(|document| seek(&document, records, &progress)),
        ([REPLACE, document, at, file], None) => replacement(file, records, document, at, tell),
        ([RESTORE, count, at], Some(file)) => {
            text(file).and_then(|file| restoration(&file, records, count, at, tell))
        }
        ([SNAPSHOT], Some(file)) => text(file).and_then(|file| snapshot(&file, tell)),
        _ => Err(Failure::garbled("a question")),
    };
    outcome.unwrap_or_else(no_answer)
}

/// The text of a file that may hold annotations.
///
/// # Errors
/// When it is of another kind: sentences that say which, and what can be read.
fn annotations(file: Given) -> Result<String, Failure> {
    const READS: &str = "Import reads annotation files: Web Annotation JSON, as Themark downloads \
         them, and Themark’s own journals.";
    let kind = sniff(&file.name, &file.bytes);
    let way = match kind {
        Kind::Json => return file.text().map_err(Failure::refused),
        Kind::Journal => {
            return Err(Failure::refused(
                "It is a journal of Themark, but not named like one: give it a name that ends in \
                 “.journal.txt”, and import it again.",
            ));
        }
        Kind::Utf16 => "Save it in UTF-8 and try again.",
        Kind::Text | Kind::Other(_) => "A text goes in by “Replace text…”.",
    };
    Err(Failure::Refused(vec![
        format!("It is {}.", kind.words()),
        READS.into(),
        way.into(),
    ]))
}

/// The answer that says why there is no other.
#[must_use]
pub fn no_answer(failure: Failure) -> Vec<String> {
    let kind = match failure {
        Failure::Refused(_) => REFUSED,
        Failure::Stopped | Failure::Broken(_) => BROKEN,
    };
    let sentences = failure.sentences().unwrap_or_default();
    [kind.into()].into_iter().chain(sentences).collect()
}

/// What an answer says that is no answer to what was asked.
fn failure(words: Vec<String>) -> Failure {
    let mut words = words.into_iter();
    match words.next().as_deref() {
        Some(REFUSED) => Failure::Refused(words.collect()),
        Some(BROKEN) => Failure::Broken(words.collect::<Vec<_>>().join(" ")),
        _ => Failure::garbled("an answer"),
    }
}

/// A number or a time that stands for one.
fn parsed<T: std::str::FromStr>(word: Option<&str>) -> Result<T, Failure> {
    let parsed = word.and_then(|word| word.parse().ok());
    parsed.ok_or_else(|| Failure::garbled("a number"))
}

/// Sends the records of an answer ahead of its last words.
fn tell_records(edits: &[Edit], at: Timestamp, tell: &dyn Fn(Told)) {
    for batch in edits.chunks(BATCH) {
        tell(Told::Records(written(batch, at)));
    }
}

fn read(
    document: Document,
    file: &str,
    own: &[String],
    at: &str,
    tell: &dyn Fn(Told),
) -> Result<Vec<String>, Failure> {
    let at = Timestamp(parsed(Some(at))?);
    let document = Arc::new(document);
    let mut project = Project::with_codebook([document.clone()], Codebook::default());
    project.apply_edits(&recorded(own)?);
    // The file is read, then what is here already is looked for, then what comes.
    let stretch = Cell::new((0, 40));
    let progress = |percent: u8| {
        let (from, to) = stretch.get();
        tell(Told::Percent(between(from, to, percent)));
    };
    let said = w3c::read_telling(file, project.codebook(), document.id, at, &progress);
    let mut said = said.map_err(|w3c::Refused(problems)| Failure::Refused(problems))?;
    let finder = Finder::new(&document.text, &document.digest).with_progress(&progress);
    stretch.set((40, 70));
    project.seek(document.id, &finder);
    stretch.set((70, 100));
    let reworded = import::settle(&mut said.annotations, &finder, &document.source);
    let plan = import::plan(&project, &document, said.annotations, &said.themes);
    let plan = Plan { reworded, ..plan };
    tell_records(&plan.edits, at, tell);
    Ok(proposal(
        plan.new + plan.changed,
        plan.told(),
        said.warnings,
    ))
}

/// How far all of it is, in percent, where one stretch of the way is so far.
fn between(from: u8, to: u8, percent: u8) -> u8 {
    from + (u16::from(to - from) * u16::from(percent.min(100)) / 100) as u8
}

/// A document with a text and its digest, which the page knows: to make it anew would take
/// as long as reading a file of the size.
fn known(text: &str, digest: &str, id: &str, source: &str) -> Result<Document, Failure> {
    let version = Version {
        blocks: Arc::default(),
        text: TextIndex::new(text),
        digest: Digest::parse(digest).ok_or_else(|| Failure::garbled("a digest"))?,
    };
    Ok(Document {
        source: source.into(),
        ..bare(id)?.with(version)
    })
}

/// A document of which nothing is known but its id: a job needs little else.
fn bare(id: &str) -> Result<Document, Failure> {
    let id = Uuid::try_parse(id).map_err(|_| Failure::garbled("an id"))?;
    Ok(stub(DocumentId(id)))
}

fn stub(id: DocumentId) -> Document {
    let empty = Version::new([]);
    Document {
        id,
        name: "".into(),
        title: "".into(),
        language: "".into(),
        source: "".into(),
        licence: None,
        blocks: empty.blocks,
        text: empty.text,
        digest: empty.digest,
    }
}

fn replacement(
    file: &str,
    own: &[String],
    document: &str,
    at: &str,
    tell: &dyn Fn(Told),
) -> Result<Vec<String>, Failure> {
    let version = plain::read(file);
    if version.blocks.is_empty() {
        return Err(Failure::refused("There are no words in it."));
    }
    let bare = bare(document)?;
    let mut project = Project::with_codebook([Arc::new(bare.clone())], Codebook::default());
    let at = Timestamp(parsed(Some(at))?);
    project.apply_edits(&recorded(own)?);
    // It was put there two lines above.
    let document = project.document(bare.id).cloned().unwrap_or(Arc::new(bare));
    project.seek(document.id, &Finder::new(&document.text, &document.digest));
    let progress = |percent| tell(Told::Percent(percent));
    let plan = replace::plan(&project, &document, &version, at, &progress);
    let counts = [
        plan.kept,
        plan.reworded,
        plan.moved,
        plan.found,
        plan.uncertain,
        plan.lost,
        plan.all_changes,
        plan.marks.len(),
    ];
    let counts = counts.map(|count| count.to_string()).join(" ");
    let marks = plan
        .marks
        .iter()
        .flat_map(|mark| [mark.fate.name(), &mark.old, &mark.new]);
    let changes = plan
        .changes
        .iter()
        .flat_map(|change| [&*change.before, &change.old, &change.new, &change.after]);
    let told = marks.chain(changes).map(str::to_owned);
    tell_records(&plan.edits, at, tell);
    Ok([REPLACE.into(), counts].into_iter().chain(told).collect())
}

fn restoration(
    file: &str,
    own: &[String],
    count: &str,
    at: &str,
    tell: &dyn Fn(Told),
) -> Result<Vec<String>, Failure> {
    let own = recorded(own)?;
    let (began, own) = own
        .split_at_checked(parsed(Some(count))?)
        .ok_or_else(|| Failure::garbled("fewer documents than there should be"))?;
    let document = |edit: &Edit| match edit {
        Edit::Document(id, OnDocument::Text(version)) => {
            Ok(Arc::new(stub(*id).with(Version::clone(version))))
        }
        _ => Err(Failure::garbled("no document where one should be")),
    };
    let documents: Vec<Arc<Document>> = began.iter().map(document).collect::<Result<_, _>>()?;
    let mut now = Project::with_codebook(documents.clone(), Codebook::default());
    now.apply_edits(own);
    let mut then = Project::new(documents);
    let progress = |percent| tell(Told::Percent(between(0, 80, percent)));
    let Replayed {
        unread, incomplete, ..
    } = replay(&mut then, file, &progress)?;
    let plan = restore::plan(&now, &then);
    let plan = restore::Plan {
        unread,
        incomplete,
        ..plan
    };
    tell_records(&plan.edits, Timestamp(parsed(Some(at))?), tell);
    Ok(proposal(
        plan.back.count + plan.changed.count,
        plan.told(),
        Vec::new(),
    ))
}

/// The words of a [`Proposal`].
fn proposal(count: usize, told: (&str, Vec<String>), warnings: Vec<String>) -> Vec<String> {
    let (intro, lines) = told;
    [READ.into(), count.to_string(), intro.into()]
        .into_iter()
        .chain(lines)
        .chain(warnings)
        .collect()
}

/// What a journal comes to, as the records of one transaction; then the checksum of its last
/// record. One of which something is missing is for the page itself to tell of, and stays as
/// it is.
fn snapshot(file: &str, tell: &dyn Fn(Told)) -> Result<Vec<String>, Failure> {
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
    let head = head(Timestamp(0));
    let mut after = None;
    for (part, range) in journal::parts(edits.len()) {
        let mut edits = edits[range].iter().map(Cow::Borrowed);
        let (record, sum) = journal::write_part(&head, part, after.as_ref(), &mut edits);
        after = Some(sum);
        tell(Told::Records(record));
    }
    Ok(vec![SNAPSHOT.into(), last.digits().into()])
}

/// What a file of journal records came to.
struct Replayed {
    /// How many of them can't be read.
    unread: usize,
    /// Some are missing.
    incomplete: bool,
    /// The checksum of the last one.
    last: Option<journal::Sum>,
}

/// Has a project go through what a file of journal records says, as the page itself would, and
/// tells how much of it has been read, in percent.
fn replay(project: &mut Project, file: &str, progress: &dyn Fn(u8)) -> Result<Replayed, Failure> {
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
        let journal::Taken { torn, record } = reader.take(&line);
        if torn {
            project.withdraw(&std::mem::take(&mut begun));
        }
        if let Some(journal::Record {
            transaction, part, ..
        }) = record
        {
            read += 1;
            begun.extend(project.apply(&transaction).changes);
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

/// One word for each annotation: its id, how it was found, and its places.
fn seek(
    document: &Document,
    annotations: &[String],
    progress: &dyn Fn(u8),
) -> Result<Vec<String>, Failure> {
    let finder = Finder::new(&document.text, &document.digest).with_progress(progress);
    let annotation = |edit| match edit {
        Edit::AddAnnotation(annotation) => Ok(annotation),
        _ => Err(Failure::garbled("no annotation where one should be")),
    };
    let sought: Vec<Arc<Annotation>> = recorded(annotations)?
        .into_iter()
        .map(annotation)
        .collect::<Result<_, _>>()?;
    let selectors = sought
        .iter()
        .map(|annotation| &*annotation.target.selectors);
    let found = finder.resolve_all(selectors);
    let line = |(annotation, found): (&Arc<Annotation>, Resolution)| {
        let (word, places) = match found {
            Resolution::Exact(span) => ("exact", vec![Candidate { span, score: 100 }]),
            Resolution::Moved(place) => ("moved", vec![place]),
            Resolution::Uncertain(places) => ("uncertain", places),
            Resolution::Lost => ("lost", Vec::new()),
        };
        let mut line = format!("{} {word}", annotation.id.0);
        for Candidate { span, score } in places {
            line += &format!(" {} {} {score}", span.start.0, span.end.0);
        }
        line
    };
    Ok([SEEK.to_string()]
        .into_iter()
        .chain(sought.iter().zip(found).map(line))
        .collect())
}

/// What [`Question::next_batch`] wrote.
fn recorded(records: &[String]) -> Result<Vec<Edit>, Failure> {
    let mut edits = Vec::new();
    for batch in records {
        let batch = journal::read(batch).map_err(|_| Failure::garbled("some records"))?;
        edits.extend(batch.edits);
    }
    Ok(edits)
}

/// Understands the answer to [`ask_to_read`] and to [`ask_to_restore`].
///
/// # Errors
/// When the file was refused, or the answer can't be understood.
pub fn understand_read(answer: Answer) -> Result<Proposal, Failure> {
    let (edits, mut words) = planned(READ, answer)?;
    let count = parsed(words.next().as_deref())?;
    let intro = words.next().ok_or_else(|| Failure::garbled("a line"))?;
    let lines = words.collect();
    Ok(Proposal {
        edits,
        count,
        intro,
        lines,
    })
}

/// Understands the answer to [`ask_to_replace`].
///
/// # Errors
/// When the text was refused, or the answer can't be understood.
pub fn understand_replaced(answer: Answer) -> Result<replace::Plan, Failure> {
    let (edits, mut words) = planned(REPLACE, answer)?;
    let counts = words.next().unwrap_or_default();
    let mut counts = counts.split(' ');
    let mut next = || parsed(counts.next());
    let mut plan = replace::Plan {
        edits,
        kept: next()?,
        reworded: next()?,
        moved: next()?,
        found: next()?,
        uncertain: next()?,
        lost: next()?,
        all_changes: next()?,
        ..replace::Plan::default()
    };
    let marks = next()?;
    let lacks = || Failure::garbled("a line");
    let mut word = || words.next().map(Arc::from);
    for _ in 0..marks {
        let name: Arc<str> = word().ok_or_else(lacks)?;
        plan.marks.push(ToldMark {
            fate: Fate::named(&name).ok_or_else(lacks)?,
            old: word().ok_or_else(lacks)?,
            new: word().ok_or_else(lacks)?,
        });
    }
    while let Some(before) = word() {
        plan.changes.push(ToldChange {
            before,
            old: word().ok_or_else(lacks)?,
            new: word().ok_or_else(lacks)?,
            after: word().ok_or_else(lacks)?,
        });
    }
    Ok(plan)
}

/// The edits of an answer, and the words behind the first.
fn planned(to: &str, answer: Answer) -> Result<(Vec<Edit>, std::vec::IntoIter<String>), Failure> {
    match answer.words.first() {
        Some(first) if first != to => Err(failure(answer.words)),
        Some(_) if !answer.broken => {
            let mut words = answer.words.into_iter();
            words.next();
            Ok((answer.edits, words))
        }
        _ => Err(Failure::garbled("an answer")),
    }
}

/// Understands the answer to [`ask_to_seek`]: where each of the annotations was found, in the order
/// in which they were asked for.
///
/// # Errors
/// When it can't be understood.
pub fn understand_sought(answer: Vec<String>) -> Result<Vec<(AnnotationId, Resolution)>, Failure> {
    match answer.first() {
        Some(first) if first == SEEK => {
            let found = answer[1..].iter().map(|line| found(line));
            let found: Option<_> = found.collect();
            found.ok_or_else(|| Failure::garbled("a place"))
        }
        _ => Err(failure(answer)),
    }
}

fn found(line: &str) -> Option<(AnnotationId, Resolution)> {
    let mut words = line.split(' ');
    let id = AnnotationId(Uuid::try_parse(words.next()?).ok()?);
    let word = words.next()?;
    let numbers: Vec<u32> = words
        .map(|number| number.parse().ok())
        .collect::<Option<_>>()?;
    let (places, []) = numbers.as_chunks() else {
        return None;
    };
    let place = |[start, end, score]: &[u32; 3]| {
        let span = Span::between(Utf8(*start), Utf8(*end));
        let score = u8::try_from(*score).ok()?;
        Some(Candidate { span, score })
    };
    let mut places: Vec<Candidate> = places.iter().map(place).collect::<Option<_>>()?;
    let place = match word {
        "exact" => Resolution::Exact(places.pop()?.span),
        "moved" => Resolution::Moved(places.pop()?),
        "uncertain" => Resolution::Uncertain(places),
        "lost" => Resolution::Lost,
        _ => return None,
    };
    Some((id, place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anchor::{Quote, Selectors};
    use crate::project::{OnAnnotation, OnTheme, Transaction};
    use crate::testing::{annotation, document, project, span_of};

    fn given(name: &str, text: &str) -> Given {
        Given {
            name: name.into(),
            bytes: text.into(),
        }
    }

    /// What the worker answers to a question, and to a file where it is about one.
    fn answered(mut question: Question, file: Option<&str>) -> Answer {
        let words = std::mem::take(&mut question.words);
        let file = file.map(|text| given("some.json", text));
        let batches: Vec<String> = std::iter::from_fn(|| question.next_batch()).collect();
        let heard = std::cell::RefCell::new(Answer::default());
        let tell = |told| {
            if let Told::Records(records) = told {
                heard.borrow_mut().hear(&records);
            }
        };
        let words = answer(&words, file, &batches, &tell);
        Answer {
            words,
            ..heard.into_inner()
        }
    }

    #[test]
    fn an_answer_plans_what_the_page_would_plan() {
        let file = include_str!("../tests/fixtures/recogito/annotations.w3c.json");
        let (at, mut project, document) = (Timestamp(5), project(), document());
        // One of them is here already, with another note.
        let said = w3c::read(file, project.codebook(), document.id, at).unwrap();
        let mut own = said.annotations[0].clone();
        own.note = "mine".into();
        project.apply(&Transaction {
            label: "".into(),
            edits: vec![Edit::AddAnnotation(Arc::new(own))],
            origin: Origin::Person,
            at,
        });
        let question = ask_to_read(&project, &document, at);
        let proposal = understand_read(answered(question, Some(file))).unwrap();
        crate::testing::seek(&mut project);
        let plan = import::plan(&project, &document, said.annotations, &said.themes);
        assert_eq!((plan.new, plan.changed, plan.unplaced), (4, 1, 5));
        let (intro, lines) = plan.told();
        let expected = Proposal {
            edits: plan.edits,
            count: 5,
            intro: intro.into(),
            lines: [lines, said.warnings].concat(),
        };
        assert_eq!(proposal, expected);
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
        for (mut question, file) in [
            (ask_to_read(&project(), &document(), at), annotations),
            (ask_to_restore(&project(), &[document()], at), records),
        ] {
            let words = std::mem::take(&mut question.words);
            let batches: Vec<String> = std::iter::from_fn(|| question.next_batch()).collect();
            let percents = std::cell::RefCell::new(Vec::new());
            let tell = |told| {
                if let Told::Percent(percent) = told {
                    percents.borrow_mut().push(percent);
                }
            };
            let answer = answer(&words, Some(given("some.json", &file)), &batches, &tell);
            assert_eq!(answer[0], READ);
            let percents = percents.into_inner();
            assert!(percents.is_sorted(), "{percents:?}");
            let early = percents.iter().filter(|percent| **percent <= 40);
            assert!(early.count() >= 30, "{percents:?}");
        }
    }

    #[test]
    fn a_file_of_another_kind_is_called_what_it_is() {
        let asked = |name: &str, bytes: &[u8]| {
            let mut question = ask_to_read(&project(), &document(), Timestamp(0));
            let (name, bytes) = (name.to_owned(), bytes.to_owned());
            let words = std::mem::take(&mut question.words);
            let words = answer(&words, Some(Given { name, bytes }), &[], &|_| ());
            understand_read(Answer {
                words,
                ..Answer::default()
            })
            .unwrap_err()
            .sentences()
            .unwrap()
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
            assert!(all.contains("Web Annotation JSON") && all.contains("“Replace text…”"));
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
            w3c::read(file, project.codebook(), document().id, Timestamp(0)).unwrap_err();
        assert!(reasons.len() > 1);
        let question = ask_to_read(&project, &document(), Timestamp(0));
        assert_eq!(
            understand_read(answered(question, Some(file))),
            Err(Failure::Refused(reasons))
        );
    }

    /// A journal of some steps.
    fn journal_of(steps: &[Vec<Edit>]) -> Vec<String> {
        let mut last = None;
        let line = |edits: &Vec<Edit>| {
            let head = journal::Head {
                label: "step".into(),
                origin: Origin::Person,
                at: Timestamp(0),
            };
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
                Edit::Document(
                    document().id,
                    OnDocument::Text(Box::new(crate::testing::other_version(1))),
                ),
                Edit::AddAnnotation(Arc::new(annotation(2, span_of("lazy dog")))),
            ],
            vec![Edit::Annotation(mark.id, OnAnnotation::Deleted(true))],
        ];
        let lines = journal_of(&steps);
        for edits in &steps {
            project.apply_edits(edits);
        }
        let asked = |lines: &[String]| {
            let question = ask_to_restore(&project, &began, Timestamp(0));
            understand_read(answered(question, Some(&lines.join("\n\n"))))
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
        back.apply_edits(&plan.edits);
        assert_eq!(*back.live(mark.id).unwrap().annotation, *mark);
        assert_eq!(
            back.document(document().id).unwrap().digest,
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
    fn a_snapshot_and_what_came_since_are_all_of_the_journal() {
        let marks: Vec<Edit> = (1..=1_000)
            .map(|id| Edit::AddAnnotation(Arc::new(annotation(id, span_of("fox")))))
            .collect();
        let on = |id, field| Edit::Annotation(AnnotationId(Uuid::from_u128(id)), field);
        let theme = project().codebook().themes().next().unwrap().id;
        let text = |number| OnDocument::Text(Box::new(crate::testing::other_version(number)));
        let steps = [
            vec![],
            marks,
            vec![
                on(1, OnAnnotation::Tag(theme, true)),
                on(2, OnAnnotation::Deleted(true)),
                Edit::Theme(theme, OnTheme::Name("Other".into())),
            ],
            vec![Edit::Document(document().id, text(1))],
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
                project.apply(&record.transaction);
            }
            assert!(!reader.end() && reader.gaps() == 0);
        };
        let mut all = project();
        play(&mut all, &mut journal::Reader::default(), &lines);
        for at in 1..=lines.len() {
            let file = given("journal.txt", &lines[..at].join("\n\n"));
            let told = std::cell::RefCell::new(Vec::new());
            let tell = |what| match what {
                Told::Records(records) => told.borrow_mut().push(records),
                Told::Percent(_) => {}
            };
            let answer = answer(&[SNAPSHOT.to_owned()], Some(file), &[], &tell);
            let sum = understand_snapshot(answer).unwrap();
            let snapshot = told.into_inner();
            assert!(at == 1 || snapshot.len() >= 3);
            let (mut is, mut reader) = (project(), journal::Reader::default());
            play(&mut is, &mut reader, &snapshot);
            reader.wrote(journal::Sum::told(&sum));
            play(&mut is, &mut reader, &lines[at..]);
            assert!(is.placed().eq(all.placed()), "at {at}");
            assert!(is.codebook().all().eq(all.codebook().all()), "at {at}");
            let digest =
                |project: &Project| project.document(document().id).unwrap().digest.clone();
            assert_eq!(digest(&is), digest(&all), "at {at}");
        }
        // The page itself tells of what is missing or damaged.
        let missing = [&lines[..2], &lines[3..]].concat();
        let damaged = [&lines[..2], &[lines[2].replace("Other", "Otter")]].concat();
        for lines in [missing, damaged] {
            let file = given("journal.txt", &lines.join("\n\n"));
            let answer = answer(&[SNAPSHOT.to_owned()], Some(file), &[], &|_| ());
            let refused = understand_snapshot(answer).unwrap_err();
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
        project.apply_edits(&marks);
        let file = "A small text\r\n\r\nThe quick red fox 😀 jumps over the dog.";
        let question = ask_to_replace(file.into(), &project, &document, Timestamp(4));
        let planned = understand_replaced(answered(question, None)).unwrap();
        let expected = replace::plan(
            &project,
            &document,
            &plain::read(file),
            Timestamp(4),
            &|_| (),
        );
        assert!(expected.marks.len() == 2 && !expected.changes.is_empty());
        assert_eq!(planned, expected);
    }

    #[test]
    fn what_is_not_understood_is_no_answer_and_nothing_that_a_person_has_stopped() {
        let is_broken = |failure: &Failure| matches!(failure, Failure::Broken(_));
        // A question that there is not, one of which something is missing, records that are none.
        let asked = |words: &[&str], records: &[&str]| {
            let strings = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
            let (words, records): (Vec<String>, Vec<String>) = (strings(words), strings(records));
            answer(&words, None, &records, &|_| ())
        };
        let id = document().id.0.to_string();
        let digest = document().digest.to_string();
        for (words, records) in [
            (vec!["dance"], vec![]),
            (vec![REPLACE, &id, "soon", "a text"], vec![]),
            (vec![REPLACE, "nobody", "4", "a text"], vec![]),
            (vec![REPLACE, &id, "4", "a text"], vec!["v 4\nno record"]),
            (vec![SEEK, "a text", "no digest", &id], vec![]),
            (vec![SEEK, "a text", &digest, &id], vec!["no record"]),
        ] {
            let answer = Answer {
                words: asked(&words, &records),
                ..Answer::default()
            };
            assert!(
                is_broken(&understand_replaced(answer).unwrap_err()),
                "{words:?}"
            );
        }
        // Answers of which something is missing, or that are to something else.
        let answer = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        for words in [&[][..], &[READ], &[READ, "many", "It says:"], &[SEEK]] {
            let words = answer(words);
            let answer = Answer {
                words,
                ..Answer::default()
            };
            assert!(is_broken(&understand_read(answer).unwrap_err()));
        }
        let lost = format!("{id} lost");
        assert_eq!(understand_sought(answer(&[SEEK, &lost])).unwrap().len(), 1);
        for line in [
            "lost",
            &id,
            &format!("{id} exact"),
            &format!("{id} moved 1 2"),
            &format!("{id} gone"),
        ] {
            assert!(
                is_broken(&understand_sought(answer(&[SEEK, line])).unwrap_err()),
                "{line}"
            );
        }
    }

    #[test]
    fn a_text_without_words_is_refused() {
        let question = ask_to_replace(" \n".into(), &project(), &document(), Timestamp(4));
        let refused = understand_replaced(answered(question, None));
        assert_eq!(refused, Err(Failure::refused("There are no words in it.")));
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
        let question = ask_to_seek(&document, &annotations);
        let found = understand_sought(answered(question, None).words);
        assert_eq!(found, Ok(expected));
    }
}
