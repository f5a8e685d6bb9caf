//! The store's own format: a transaction as a few lines of text.
//!
//! ```text
//! v 6
//! id 017e4e7c-1c00-7a3b-8c4d-5e6f708192a3
//! author 017e4e7b-31a0-7f00-91a2-b3c4d5e6f701
//! at 1642000000000
//! by person
//! what tag Energy
//! after 8c2f05d1e6a9b374
//!
//! do tag
//! id 01900000-0000-7000-8000-000000000001
//! tagged yes
//! theme 5b0d7c10-3f5e-8a01-9b1c-9a52e0c40002
//!
//! end 51d7a0c96be3f248
//! ```
//!
//! A name, a space, the words to the end of the line; line breaks in them and the
//! backslash are escaped. An empty line ends a block: first what concerns all, then a
//! block an edit. It reads at a glance, and the page needs no reader of JSON for it.
//! A record names the version it was written in; a reader refuses what is newer than
//! itself. One without its last line was cut off. From version 4 on, and for ever, the last
//! line bears the checksum of all before it, and `after` that of the record before: so damage
//! to a record is found, and that one is missing. From version 5 on a transaction has an `id`,
//! which all of its records bear, an `author`, and, where it takes another back, that one's id in
//! `undoes`. What a document says stands beside the journal, which names it: see [`texts`].

pub mod beginning;
pub mod copies;
pub mod moments;
mod reader;
mod replay;
pub mod snapshot;
pub mod texts;

pub use reader::{Reader, Taken};
pub use replay::{Replayed, replay};

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use uuid::Uuid;

use crate::anchor::{Quote, Selectors};
use crate::annotation::{Annotation, AnnotationId, Known, Target, add_sorted};
use crate::codebook::{Colour, Order, Theme, ThemeId};
use crate::document::{self, DocumentId, Licence, Version, VersionId};
use crate::project::{
    AuthorId, Edit, Head, OnAnnotation, OnDocument, OnTheme, Origin, Transaction, TransactionId,
};
use crate::text::{CodePoint, Digest, Span};
use crate::time::Timestamp;

/// The version this program writes. 2 added the edit `text` and a target's `doubted-in`,
/// 3 the line `part`, 4 checksums; all that is in one is in the next. 5 added the lines `id`,
/// `author` and `undoes` and edits of documents, and names texts in place of the edit `text`. 6
/// added the fields of documents.
const VERSION: u32 = 6;

/// The first version with checksums.
const SUMMED: u32 = 4;

/// The first version in which a transaction has an id.
const NAMED: u32 = 5;

/// The checksum of a record: of its UTF-8 bytes up to where it stands, in 16 lowercase
/// hexadecimal digits.
///
/// It begins with the number of bytes. Each eight of them, little-endian, the last filled up
/// with zeros, are a word: `sum = ((sum ^ word) * FACTOR) <<< TURN` in 64 bits. Each step can be
/// undone, so damage to one word always shows; the turn takes what is high in a word down to
/// where the next product spreads it. It is simple because all of a journal goes through it
/// before its marks are shown, as soon as the program has arrived: what a compiler makes fast
/// only in time is slow there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum(Arc<str>);

impl Sum {
    /// One that was borne elsewhere.
    #[must_use]
    pub fn from_digits(digits: &str) -> Self {
        Self(digits.into())
    }

    /// Its 16 digits.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0
    }

    fn of(body: &str) -> Self {
        const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
        const TURN: u32 = 29;
        let step = |sum: u64, word: [u8; 8]| {
            let product = (sum ^ u64::from_le_bytes(word)).wrapping_mul(FACTOR);
            product.rotate_left(TURN)
        };
        let (words, rest) = body.as_bytes().as_chunks();
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        let sum = words
            .iter()
            .fold(body.len() as u64, |sum, word| step(sum, *word));
        let sum = step(step(sum, last), [0; 8]);
        let mut digits = String::new();
        for byte in sum.to_be_bytes() {
            // Writing to a string cannot fail.
            let _ = write!(digits, "{byte:02x}");
        }
        Self(digits.into())
    }
}

/// The checksum that a record bears, if it is right; none was borne before version 4.
#[must_use]
pub fn sum_of(record: &str) -> Option<Sum> {
    let (body, digits) = record.split_at_checked(record.len().checked_sub(16)?)?;
    let sum = Sum::of(body);
    (body.ends_with(SUM) && *sum.0 == *digits).then_some(sum)
}

/// Which of several records that make one transaction, since a long one is not written at
/// once. They stand in the journal one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// From 1.
    pub number: usize,
    /// Of how many.
    pub of: usize,
}

impl Part {
    /// The only one.
    pub const WHOLE: Self = Self { number: 1, of: 1 };

    /// Whether the transaction ends with it.
    #[must_use]
    pub fn is_last(self) -> bool {
        self.number == self.of
    }
}

/// Edits in a part. Chromium keeps a value of over 64 KiB in a file of its own, which is asked for
/// only once the value itself has come: a page that is opened waits for both. An added mark takes
/// some 600 characters, of which each may be two bytes.
const SMALL: usize = 40;

/// Edits in a part of very many: files are read side by side, and all else one after the other,
/// which takes longer from so much on.
const LARGE: usize = 400;
const MANY: usize = 4_000;

/// The parts of a transaction of so many edits, and which edits each bears.
pub fn parts(edits: usize) -> impl Iterator<Item = (Part, Range<usize>)> {
    let size = if edits < MANY { SMALL } else { LARGE };
    // One without edits is a record as well: it may take another out of the history.
    let of = edits.div_ceil(size).max(1);
    (1..=of).map(move |number| {
        let range = (number - 1) * size..(number * size).min(edits);
        (Part { number, of }, range)
    })
}

/// Why a record can't be read.
#[derive(Debug, PartialEq, Eq)]
pub enum Error {
    /// A later version of the program wrote it.
    Newer(u32),
    /// It is not a record, or not a whole one.
    Damaged,
}

/// What a line of the journal says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The transaction, or a part of it.
    pub transaction: Transaction,
    /// Which part.
    pub part: Part,
    /// The texts that its edits name, of a version that had them in the journal.
    pub texts: Vec<Version>,
    /// Its checksum.
    pub sum: Option<Sum>,
    /// That of the record before.
    pub after: Option<Sum>,
    version: u32,
}

/// Writes a transaction.
#[must_use]
pub fn write(transaction: &Transaction) -> String {
    let mut edits = transaction.edits.iter().map(Cow::Borrowed);
    write_part(&transaction.head, Part::WHOLE, None, &mut edits).0
}

/// Writes a part of a transaction, to stand behind the record with a checksum, and gives
/// its own.
pub fn write_part(
    head: &Head,
    part: Part,
    after: Option<&Sum>,
    edits: &mut dyn Iterator<Item = Cow<'_, Edit>>,
) -> (String, Sum) {
    let by = ORIGINS
        .iter()
        .find(|(_, origin)| *origin == head.origin)
        .map_or("", |(name, _)| name);
    let (author, undoes) = (
        head.author.map(|id| id.0.to_string()),
        head.undoes.map(|id| id.0.to_string()),
    );
    let mut record = String::new();
    for (name, words) in [
        ("v", Some(&*VERSION.to_string())),
        ("id", Some(&*head.id.0.to_string())),
        ("author", author.as_deref()),
        ("at", Some(&*head.at.0.to_string())),
        ("by", Some(by)),
        ("undoes", undoes.as_deref()),
        ("what", Some(&*head.label)),
    ] {
        if let Some(words) = words {
            write_line(&mut record, name, words);
        }
    }
    if part != Part::WHOLE {
        write_line(&mut record, "part", &format!("{} {}", part.number, part.of));
    }
    if let Some(Sum(after)) = after {
        write_line(&mut record, "after", after);
    }
    for edit in edits {
        record.push('\n');
        Fields::from_edit(&edit).write(&mut record);
    }
    seal(record)
}

/// Writes a transaction that is all there, in its parts, each to stand behind the one before and the
/// first behind a record with a checksum; with the checksum of each.
pub fn write_parts<'a>(
    head: &'a Head,
    edits: &'a [Edit],
    mut after: Option<Sum>,
) -> impl Iterator<Item = (String, Sum)> + 'a {
    parts(edits.len()).map(move |(part, range)| {
        let mut edits = edits[range].iter().map(Cow::Borrowed);
        let (record, sum) = write_part(head, part, after.as_ref(), &mut edits);
        after = Some(sum.clone());
        (record, sum)
    })
}

/// Ends a record with its checksum, and gives that.
fn seal(mut record: String) -> (String, Sum) {
    // The last line has its line feed already.
    record.push_str(&SUM[1..]);
    let sum = Sum::of(&record);
    record.push_str(&sum.0);
    (record, sum)
}

/// What stands before a checksum.
fn body(record: &str) -> Option<&str> {
    record
        .get(..record.len().checked_sub(16)?)?
        .strip_suffix(SUM)
}

/// The version that a record names.
fn version(record: &str) -> Option<u32> {
    record.strip_prefix("v ")?.lines().next()?.parse().ok()
}

/// Whether a later version of the program wrote a record.
#[must_use]
pub fn is_newer(record: &str) -> bool {
    version(record) > Some(VERSION) && sum_of(record).is_some()
}

/// Reads what [`write()`] wrote.
///
/// # Errors
/// When the record is of a newer version, or damaged.
pub fn read(record: &str) -> Result<Transaction, Error> {
    read_part(record).map(|record| record.transaction)
}

/// Reads what [`write_part`] wrote.
///
/// # Errors
/// When the record is of a newer version, or damaged.
pub fn read_part(record: &str) -> Result<Record, Error> {
    // The version first: a newer record may have any other shape.
    let version = version(record).ok_or(Error::Damaged)?;
    let sum = sum_of(record);
    if sum.is_some() != (version >= SUMMED) {
        return Err(Error::Damaged);
    }
    if version > VERSION {
        return Err(Error::Newer(version));
    }
    let read = || {
        let mut head = None;
        let (mut edits, mut texts) = (Vec::new(), Vec::new());
        let mut block = Fields::default();
        let mut text = None;
        let body = match sum {
            Some(_) => body(record)?,
            None => record.strip_suffix(END)?,
        };
        // Behind the last block as well an empty line ends it.
        for line in body.split('\n').chain([""]) {
            if !line.is_empty() {
                block.read(line)?;
            } else if head.is_none() {
                head = Some(std::mem::take(&mut block));
            } else {
                if version < NAMED && block.get("do") == Some("text") {
                    // Earlier versions had texts in the journal.
                    let text = block.divided()?;
                    edits.extend(Edit::replacing(DocumentId(block.uuid("id")?), &text, true));
                    texts.push(text);
                } else {
                    edits.push(block.edit(&mut text)?);
                }
                block.0.clear();
            }
        }
        let block = head?;
        block.origin()?;
        Some(Record {
            transaction: Transaction {
                head: block.head(record, version)?,
                edits,
            },
            part: block.part()?,
            texts,
            sum: sum.clone(),
            after: block.some_text("after").map(Sum),
            version,
        })
    };
    read().ok_or(Error::Damaged)
}

/// Reads what a record says beside its edits, whatever those are and whether they can be read.
#[must_use]
pub fn read_head(record: &str) -> Option<(Head, Part)> {
    let lines = record.split('\n').take_while(|line| !line.is_empty());
    let fields = lines.filter_map(|line| line.split_once(' '));
    let words = |words| unescaped(words).unwrap_or(Cow::Borrowed(words));
    let block = Fields(fields.map(|(name, said)| (name, words(said))).collect());
    Some((block.head(record, version(record)?)?, block.part()?))
}

/// The records of a file that holds some, a blank line between two: what the page offers for
/// download when it can't go on, its backups, its versions.
pub fn records(file: &str) -> impl Iterator<Item = String> {
    // A block of a record begins with another name.
    let mut rest = file.trim().split("\n\nv ");
    let first = rest.next().unwrap_or_default().to_owned();
    std::iter::once(first).chain(rest.map(|rest| format!("v {rest}")))
}

/// How a whole record ends: an empty line, which no field holds, and this word.
const END: &str = "\n\nend";

/// The same before a checksum.
const SUM: &str = "\n\nend ";

fn write_line(record: &mut String, name: &str, words: &str) {
    record.push_str(name);
    record.push(' ');
    let mut rest = words;
    // All three are characters of one byte.
    let special = |byte: u8| matches!(byte, b'\\' | b'\n' | b'\r');
    while let Some(at) = rest.bytes().position(special) {
        record.push_str(&rest[..at]);
        record.push_str(match rest.as_bytes()[at] {
            b'\n' => "\\n",
            b'\r' => "\\r",
            _ => "\\\\",
        });
        rest = &rest[at + 1..];
    }
    record.push_str(rest);
    record.push('\n');
}

fn unescaped(words: &str) -> Option<Cow<'_, str>> {
    // Most words have nothing to unescape.
    if !words.contains('\\') {
        return Some(words.into());
    }
    let mut text = String::with_capacity(words.len());
    let mut characters = words.chars();
    while let Some(character) = characters.next() {
        text.push(match character {
            '\\' => match characters.next()? {
                'n' => '\n',
                'r' => '\r',
                '\\' => '\\',
                _ => return None,
            },
            other => other,
        });
    }
    Some(text.into())
}

/// The id of a transaction that has none, as none had before version 5: it follows from the
/// checksum of its last record, for the history of every page that reads it. It stands there twice,
/// so that what a UUID needs some bits for is lost nowhere.
fn named_by(record: &str) -> TransactionId {
    let sum = sum_of(record).unwrap_or_else(|| Sum::of(record));
    let number = u64::from_str_radix(&sum.0, 16).unwrap_or_default();
    let mut bytes = [0; 16];
    for half in bytes.chunks_mut(8) {
        half.copy_from_slice(&number.to_be_bytes());
    }
    TransactionId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

/// A block as names and words.
#[derive(Default)]
struct Fields<'a>(Vec<(&'a str, Cow<'a, str>)>);

const ORIGINS: [(&str, Origin); 3] = [
    ("person", Origin::Person),
    ("undo", Origin::Undo),
    ("redo", Origin::Redo),
];

impl<'a> Fields<'a> {
    /// Takes a line in.
    fn read(&mut self, line: &'a str) -> Option<()> {
        let (name, words) = line.split_once(' ')?;
        self.0.push((name, unescaped(words)?));
        Some(())
    }

    fn new(edit: &'a str, id: Uuid) -> Self {
        Self::default().with("do", edit).with("id", id.to_string())
    }

    /// Puts a field where its name belongs: a record's lines are in the order of names.
    fn with(mut self, name: &'a str, words: impl Into<Cow<'a, str>>) -> Self {
        let at = self.0.partition_point(|(other, _)| *other < name);
        self.0.insert(at, (name, words.into()));
        self
    }

    /// Leaves a field out that has nothing to say.
    fn with_some(self, name: &'a str, words: Option<&'a str>) -> Self {
        match words {
            Some(words) => self.with(name, words),
            None => self,
        }
    }

    /// Writes a line a field.
    fn write(self, record: &mut String) {
        for (name, words) in &self.0 {
            write_line(record, name, words);
        }
    }

    fn get(&self, name: &str) -> Option<&str> {
        let field = self.0.iter().find(|(own, _)| *own == name)?;
        Some(&field.1)
    }

    fn text(&self, name: &str) -> Arc<str> {
        // What is empty is shared.
        self.get(name).map_or_else(Arc::default, Into::into)
    }

    fn some_text(&self, name: &str) -> Option<Arc<str>> {
        self.get(name).map(Into::into)
    }

    fn uuid(&self, name: &str) -> Option<Uuid> {
        Uuid::try_parse(self.get(name)?).ok()
    }

    fn time(&self, name: &str) -> Option<Timestamp> {
        self.get(name)?.parse().ok().map(Timestamp)
    }

    fn origin(&self) -> Option<Origin> {
        let by = self.get("by")?;
        let origin = ORIGINS.iter().find(|(name, _)| *name == by);
        origin.map(|(_, origin)| *origin)
    }

    /// What a record says in its first block. One of a later version may come from elsewhere: it
    /// is called a person's.
    fn head(&self, record: &str, version: u32) -> Option<Head> {
        let id = if version < NAMED {
            named_by(record)
        } else {
            TransactionId(self.uuid("id")?)
        };
        let some_uuid = |name| match self.get(name) {
            Some(_) => self.uuid(name).map(Some),
            None => Some(None),
        };
        Some(Head {
            id,
            author: some_uuid("author")?.map(AuthorId),
            label: self.get("what")?.into(),
            origin: self.origin().unwrap_or(Origin::Person),
            at: self.time("at")?,
            undoes: some_uuid("undoes")?.map(TransactionId),
        })
    }

    fn part(&self) -> Option<Part> {
        let Some(words) = self.get("part") else {
            return Some(Part::WHOLE);
        };
        let (number, of) = words.split_once(' ')?;
        let (number, of) = (number.parse().ok()?, of.parse().ok()?);
        (1..=of).contains(&number).then_some(Part { number, of })
    }

    fn is(&self, name: &str) -> bool {
        self.get(name) == Some("yes")
    }

    fn from_edit(edit: &'a Edit) -> Self {
        let yes = |yes: bool| if yes { "yes" } else { "no" };
        match edit {
            Edit::AddAnnotation(annotation) => Self::from_annotation(annotation),
            Edit::AddTheme(theme) => Self::new("add-theme", theme.id.0)
                .with("name", &*theme.name)
                .with("colour", theme.colour.to_string())
                .with("order", theme.order.as_str())
                .with_some("deleted", theme.deleted.then_some("yes")),
            Edit::Annotation(AnnotationId(id), field) => match field {
                OnAnnotation::Tag(ThemeId(theme), tagged) => Self::new("tag", *id)
                    .with("theme", theme.to_string())
                    .with("tagged", yes(*tagged)),
                OnAnnotation::Note(note) => Self::new("note", *id).with("note", &**note),
                OnAnnotation::Target(target) => Self::new("target", *id).with_target(target),
                OnAnnotation::Creator(creator) => {
                    Self::new("creator", *id).with_some("creator", creator.as_deref())
                }
                OnAnnotation::Modified(at) => {
                    Self::new("modified", *id).with("at", at.0.to_string())
                }
                OnAnnotation::Deleted(deleted) => {
                    Self::new("delete", *id).with("deleted", yes(*deleted))
                }
            },
            Edit::Theme(ThemeId(id), field) => match field {
                OnTheme::Name(name) => Self::new("theme-name", *id).with("name", &**name),
                OnTheme::Colour(colour) => {
                    Self::new("theme-colour", *id).with("colour", colour.to_string())
                }
                OnTheme::Order(order) => {
                    Self::new("theme-order", *id).with("order", order.as_str())
                }
                OnTheme::Deleted(deleted) => {
                    Self::new("theme-delete", *id).with("deleted", yes(*deleted))
                }
            },
            Edit::AddDocument(record) => Self::from_document(record),
            Edit::Document(DocumentId(id), field) => match field {
                OnDocument::Title(title) => {
                    Self::new("document-title", *id).with("title", &**title)
                }
                OnDocument::Field(name, value) => Self::new("document-field", *id)
                    .with("name", &**name)
                    .with("value", &**value),
                OnDocument::Version(version) => Self::new("version", *id).with_version(version),
                OnDocument::Deleted(deleted) => {
                    Self::new("document-delete", *id).with("deleted", yes(*deleted))
                }
            },
        }
    }

    /// What a block says. `text` is the digest of the text that the marks before were made
    /// on: it is most often the same, and is shared then.
    fn edit(&self, text: &mut Option<Digest>) -> Option<Edit> {
        let id = self.uuid("id")?;
        let on = |field| Some(Edit::Annotation(AnnotationId(id), field));
        let on_theme = |field| Some(Edit::Theme(ThemeId(id), field));
        let on_document = |field| Some(Edit::Document(DocumentId(id), field));
        match self.get("do")? {
            "add" => Some(Edit::AddAnnotation(Arc::new(
                self.annotation(AnnotationId(id), text)?,
            ))),
            "tag" => on(OnAnnotation::Tag(
                ThemeId(self.uuid("theme")?),
                self.is("tagged"),
            )),
            "note" => on(OnAnnotation::Note(self.text("note"))),
            "target" => on(OnAnnotation::Target(Box::new(self.target(text)?))),
            "creator" => on(OnAnnotation::Creator(self.some_text("creator"))),
            "modified" => on(OnAnnotation::Modified(self.time("at")?)),
            "delete" => on(OnAnnotation::Deleted(self.is("deleted"))),
            "add-theme" => Some(Edit::AddTheme(Theme {
                id: ThemeId(id),
                name: self.text("name"),
                colour: Colour::parse(self.get("colour")?)?,
                order: Order::parse(self.get("order")?)?,
                deleted: self.is("deleted"),
            })),
            "theme-name" => on_theme(OnTheme::Name(self.text("name"))),
            "theme-colour" => on_theme(OnTheme::Colour(Colour::parse(self.get("colour")?)?)),
            "theme-order" => on_theme(OnTheme::Order(Order::parse(self.get("order")?)?)),
            "theme-delete" => on_theme(OnTheme::Deleted(self.is("deleted"))),
            "add-document" => Some(Edit::AddDocument(Box::new(self.document(DocumentId(id))?))),
            "document-title" => on_document(OnDocument::Title(self.text("title"))),
            "document-field" => {
                let name = self.some_text("name")?;
                let is_one = document::Fields::is_name(&name);
                is_one.then(|| on_document(OnDocument::Field(name, self.text("value"))))?
            }
            "version" => on_document(OnDocument::Version(Box::new(self.version()?))),
            "document-delete" => on_document(OnDocument::Deleted(self.is("deleted"))),
            _ => None,
        }
    }

    fn with_version(self, version: &VersionId) -> Self {
        self.with("sha256", version.text.to_string())
            .with("blocks", version.blocks.to_string())
    }

    /// A line a field, name and value with a tab between them; a value's own lines follow with a tab
    /// before each.
    fn with_fields(self, fields: &document::Fields) -> Self {
        if fields.is_empty() {
            return self;
        }
        let lines = fields.iter();
        let lines: Vec<String> = lines
            .map(|(name, value)| format!("{name}\t{}", value.replace('\n', "\n\t")))
            .collect();
        self.with("fields", lines.join("\n"))
    }

    fn fields(&self) -> Option<document::Fields> {
        let mut fields: Vec<(Arc<str>, String)> = Vec::new();
        for line in self
            .get("fields")
            .into_iter()
            .flat_map(|all| all.split('\n'))
        {
            match line.split_once('\t')? {
                ("", more) => {
                    let (_, value) = fields.last_mut()?;
                    value.push('\n');
                    value.push_str(more);
                }
                (name, value) => fields.push((name.into(), value.into())),
            }
        }
        let fields = fields.into_iter();
        Some(fields.map(|(name, value)| (name, value.into())).collect())
    }

    fn version(&self) -> Option<VersionId> {
        Some(VersionId {
            text: Digest::parse(self.get("sha256")?)?,
            blocks: self.uuid("blocks")?,
        })
    }

    /// A text, divided into its blocks.
    fn divided(&self) -> Option<Version> {
        let text: Arc<str> = self.get("text")?.into();
        let digest = Digest::of(&text);
        Version::divided(self.get("blocks")?, text, digest)
    }

    fn from_document(record: &'a document::Record) -> Self {
        let licence = record.licence.as_ref();
        Self::new("add-document", record.id.0)
            .with("name", &*record.name)
            .with("title", &*record.title)
            .with("language", &*record.language)
            .with("source", &*record.source)
            .with_some("licence", licence.map(|licence| &*licence.name))
            .with_some("licence-address", licence.map(|licence| &*licence.address))
            .with_fields(&record.fields)
            .with_version(&record.version)
            .with_some("deleted", record.deleted.then_some("yes"))
    }

    fn document(&self, id: DocumentId) -> Option<document::Record> {
        let licence = self.some_text("licence").map(|name| Licence {
            name,
            address: self.text("licence-address"),
        });
        Some(document::Record {
            id,
            name: self.text("name"),
            title: self.text("title"),
            language: self.text("language"),
            source: self.text("source"),
            licence,
            fields: self.fields()?,
            version: self.version()?,
            deleted: self.is("deleted"),
        })
    }

    fn from_annotation(annotation: &'a Annotation) -> Self {
        let themes: Vec<String> = annotation
            .themes
            .iter()
            .map(|theme| theme.0.to_string())
            .collect();
        let note = Some(&*annotation.note).filter(|note| !note.is_empty());
        Self::new("add", annotation.id.0)
            .with_some("iri", annotation.iri.as_deref())
            .with_target(&annotation.target)
            .with("themes", themes.join(" "))
            .with_some("note", note)
            .with_some("creator", annotation.creator.as_deref())
            .with("created", annotation.created.0.to_string())
            .with("modified", annotation.modified.0.to_string())
            .with_some("deleted", annotation.deleted.then_some("yes"))
    }

    fn annotation(&self, id: AnnotationId, text: &mut Option<Digest>) -> Option<Annotation> {
        let mut themes = Vec::new();
        for theme in self.get("themes")?.split(' ').filter(|id| !id.is_empty()) {
            add_sorted(&mut themes, ThemeId(Uuid::try_parse(theme).ok()?));
        }
        Some(Annotation {
            id,
            iri: self.some_text("iri"),
            target: self.target(text)?,
            themes,
            note: self.text("note"),
            creator: self.some_text("creator"),
            created: self.time("created")?,
            modified: self.time("modified")?,
            deleted: self.is("deleted"),
        })
    }

    fn with_target(self, target: &'a Target) -> Self {
        let Selectors {
            quote,
            position,
            digest,
        } = &*target.selectors;
        let mut fields = self
            .with("document", target.document.0.to_string())
            .with_some("source", target.source.as_deref());
        fields = match target.known.as_deref() {
            Some(Known::AbsentFrom(text)) => fields.with("absent-from", text.to_string()),
            Some(Known::DoubtedIn(text)) => fields.with("doubted-in", text.to_string()),
            None => fields,
        };
        if let Some(quote) = quote {
            fields = fields
                .with("exact", quote.exact())
                .with("prefix", quote.prefix())
                .with("suffix", quote.suffix());
        }
        if let Some(Span { start, end }) = position {
            fields = fields
                .with("start", start.0.to_string())
                .with("end", end.0.to_string());
        }
        match digest {
            Some(digest) => fields.with("sha256", digest.to_string()),
            None => fields,
        }
    }

    fn target(&self, text: &mut Option<Digest>) -> Option<Target> {
        let around = |name| self.get(name).unwrap_or_default();
        let exact = self.get("exact");
        let quote = exact.map(|exact| Quote::new(around("prefix"), exact, around("suffix")));
        let position = match (self.get("start"), self.get("end")) {
            (Some(start), Some(end)) => Some(Span::between(
                CodePoint(start.parse().ok()?),
                CodePoint(end.parse().ok()?),
            )),
            _ => None,
        };
        let digest = match self.get("sha256") {
            Some(hex) => {
                let digest = Digest::parse(hex)?;
                if text.as_ref() != Some(&digest) {
                    *text = Some(digest);
                }
                text.clone()
            }
            None => None,
        };
        let known = |name| self.get(name).and_then(Digest::parse);
        Some(Target {
            document: DocumentId(self.uuid("document")?),
            source: self.some_text("source"),
            selectors: Arc::new(Selectors {
                quote,
                position,
                digest,
            }),
            known: known("absent-from")
                .map(Known::AbsentFrom)
                .or_else(|| known("doubted-in").map(Known::DoubtedIn))
                .map(Box::new),
        })
    }
}

/// A record with its checksum, whatever it says.
#[cfg(test)]
pub(crate) fn sealed(body: &str) -> String {
    seal(format!("{body}\n")).0
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::testing::{edits, project, stamp};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_transaction_reads_as_it_was_written(edits in edits(&project(), 0..12)) {
            for origin in [Origin::Person, Origin::Undo, Origin::Redo] {
                let undoes = (origin != Origin::Person).then(|| TransactionId(Uuid::from_u128(6)));
                let head = Head { origin, undoes, ..Head::new(stamp(7), "tag Energy") };
                let transaction = Transaction { head, edits: edits.clone() };
                prop_assert_eq!(read(&write(&transaction)), Ok(transaction));
            }
        }
    }

    #[test]
    fn parts_bear_all_edits_in_order_and_few_make_small_ones() {
        for (edits, of) in [(0, 1), (1, 1), (40, 1), (41, 2), (3_999, 100), (4_000, 10)] {
            let parts: Vec<_> = parts(edits).collect();
            assert_eq!(parts.len(), of);
            let mut end = 0;
            for (at, (part, range)) in parts.into_iter().enumerate() {
                assert_eq!((part, range.start), (Part { number: at + 1, of }, end));
                end = range.end;
            }
            assert_eq!(end, edits);
        }
    }

    #[test]
    fn a_part_says_which_it_is() {
        let head = Head::new(stamp(7), "import of 2 annotations");
        let id = AnnotationId(Uuid::from_u128(1));
        let edit = Edit::Annotation(id, OnAnnotation::Deleted(true));
        let part = Part { number: 2, of: 3 };
        let (record, sum) = write_part(
            &head,
            part,
            None,
            &mut std::iter::once(Cow::Borrowed(&edit)),
        );
        let read = read_part(&record).unwrap();
        assert_eq!((read.transaction.edits, read.part), (vec![edit], part));
        assert_eq!((read.sum, read.after), (Some(sum), None));
        for wrong in ["0 3", "4 3", "3", "x 3"] {
            let record = record.replace("part 2 3", &format!("part {wrong}"));
            let record = summed(&record[..record.len() - 16]);
            assert_eq!(read_part(&record), Err(Error::Damaged), "{wrong}");
        }
    }

    /// Stores written by earlier versions have to open for ever: these records are
    /// what each version wrote, and are never changed.
    const STORED: [&str; 6] = [
        include_str!("../tests/fixtures/journal-v1.txt"),
        include_str!("../tests/fixtures/journal-v2.txt"),
        include_str!("../tests/fixtures/journal-v3.txt"),
        include_str!("../tests/fixtures/journal-v4.txt"),
        include_str!("../tests/fixtures/journal-v5.txt"),
        include_str!("../tests/fixtures/journal-v6.txt"),
    ];

    pub(super) fn records() -> impl Iterator<Item = &'static str> {
        STORED.into_iter().flat_map(|stored| {
            // No other line begins so.
            let begins = stored.match_indices("\nv ").map(|(at, _)| at + 1);
            let begins: Vec<usize> = std::iter::once(0).chain(begins).collect();
            let ends = begins.clone().into_iter().skip(1).chain([stored.len()]);
            begins
                .into_iter()
                .zip(ends)
                .map(|(from, to)| stored[from..to].trim_end())
        })
    }

    /// A record with its checksum, whatever it says.
    fn summed(body: &str) -> String {
        [body, &Sum::of(body).0].concat()
    }

    /// What a record says of its edits.
    fn blocks(record: &str) -> &str {
        let (_, blocks) = record.split_once("\n\n").unwrap();
        blocks.rsplit_once("end").unwrap().0
    }

    #[test]
    fn every_version_reads() {
        assert_eq!(records().count(), 17);
        for record in records() {
            let read = read_part(record).unwrap();
            let Transaction { head, edits } = &read.transaction;
            let mut edits = edits.iter().map(Cow::Borrowed);
            let (now, _) = write_part(head, read.part, read.after.as_ref(), &mut edits);
            // Only what stands before the edits is another, of earlier versions, and that texts are
            // named.
            if read.texts.is_empty() {
                assert_eq!(blocks(&now), blocks(record));
            }
            assert_eq!(now == record, read.version == VERSION);
            assert_eq!(read_part(&now).unwrap().transaction, read.transaction);
            assert_eq!(read_head(record), Some((head.clone(), read.part)));
        }
    }

    #[test]
    fn what_names_no_transaction_gets_the_same_name_each_time_and_no_other_has_it() {
        let names = || records().map(|record| read_head(record).unwrap().0.id);
        assert!(names().eq(names()));
        let mut all: Vec<_> = names().collect();
        all.sort();
        all.dedup();
        // Two records of one are among them.
        assert_eq!(all.len(), records().count() - 1);
    }

    #[test]
    fn a_newer_record_is_named_as_such() {
        let body = "v 9\nshape unknown\n\nend ";
        assert_eq!(read(&summed(body)), Err(Error::Newer(9)));
        assert_eq!(read(body), Err(Error::Damaged));
    }

    #[test]
    fn a_damaged_record_is_no_transaction() {
        for whole in records() {
            for cut in (0..whole.len()).filter(|cut| whole.is_char_boundary(*cut)) {
                assert_eq!(read(&whole[..cut]), Err(Error::Damaged), "{cut}");
            }
        }
        for edit in [
            "do theme-order\nid 00000000-0000-0000-0000-000000000000\norder ",
            "do something\nid 00000000-0000-0000-0000-000000000000",
            "do note\nid nobody\nnote ",
            "do document-field\nid 00000000-0000-0000-0000-000000000000\nname \nvalue 1",
            "do document-field\nid 00000000-0000-0000-0000-000000000000\nname a\tb\nvalue 1",
            "do note\nid 00000000-0000-0000-0000-000000000000\nnote \\x",
            "do text\nid 00000000-0000-0000-0000-000000000000\nblocks text 3\ntext four",
            "do text\nid 00000000-0000-0000-0000-000000000000\nblocks text 4 text 1\ntext four",
            "do text\nid 00000000-0000-0000-0000-000000000000\nblocks text 1\ntext é",
            "do text\nid 00000000-0000-0000-0000-000000000000\nblocks word 4\ntext four",
        ] {
            for version in [1, VERSION] {
                let id = Uuid::from_u128(1);
                let record =
                    format!("v {version}\nid {id}\nat 0\nby person\nwhat \n\n{edit}\n\nend");
                let record = if version < SUMMED {
                    record
                } else {
                    summed(&(record + " "))
                };
                assert_eq!(read(&record), Err(Error::Damaged), "{record}");
            }
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(record in any::<String>()) {
            let _ = read(&record);
            let _ = read(&format!("v 1\nat 0\nby undo\nwhat \n\n{record}\n\nend"));
            let _ = read(&summed(&format!("v 4\nat 0\nby undo\nwhat \n\n{record}\n\nend ")));
            let id = Uuid::from_u128(1);
            let _ = read(&summed(&format!("v 6\nid {id}\nat 0\nby undo\nwhat \n\n{record}\n\nend ")));
        }
    }
}
