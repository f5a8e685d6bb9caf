//! The project's documents: which there are, which is open, and what a person does with them.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Replacement, Session};
use crate::annotation::{Annotation, AnnotationId, Target};
use crate::browser::clock;
use crate::document::{Document, DocumentId, Fields, Record, Version};
use crate::engine::Event;
use crate::library;
use crate::marking::Marking;
use crate::project::{Edit, OnDocument};
use crate::reading::{Note, Reading};
use crate::text;
use crate::time::Timestamp;
use crate::words;

impl Session {
    /// What a document is called; nothing where there is none.
    #[must_use]
    pub fn title_of(&self, id: DocumentId) -> Arc<str> {
        let title = self.with(|project| Some(project.record(id)?.title.clone()));
        title.unwrap_or_default()
    }

    /// The document that is open, for what is done once and follows nothing.
    #[must_use]
    pub fn open_now(&self) -> DocumentId {
        self.document.with_untracked(|shown| shown.id())
    }

    /// Whether no document is open, since there is none. It follows from [`Session::document`].
    #[must_use]
    pub fn has_none_open(&self) -> bool {
        self.document
            .with(|shown| shown.id() == DocumentId::default())
    }

    /// The same, for what is done once and follows nothing.
    #[must_use]
    pub fn has_none_open_now(&self) -> bool {
        self.open_now() == DocumentId::default()
    }

    /// Whether a document is there, and not in the bin.
    #[must_use]
    pub fn has_document(&self, id: DocumentId) -> bool {
        self.with(|project| project.record(id).is_some_and(|own| !own.deleted))
    }

    /// Opens the document that is listed so many places behind the open one.
    pub fn open_beside(&self, by: isize) {
        let open = self.open_now();
        let listed = self.library();
        let next = library::beside(&listed, open, by).filter(|next| *next != open);
        let Some(next) = next else {
            self.say(words::library::NO_OTHER);
            return;
        };
        self.open(next);
        self.say(&words::library::opened(&self.title_of(next)));
    }

    /// Adds documents and puts other versions of texts in their places, as one step; the first of them,
    /// which is to be opened then. Where nothing comes, the one that is there already is opened.
    pub fn bring(
        &self,
        readings: Vec<(String, Reading)>,
        replacements: &[Replacement],
        there: Option<DocumentId>,
    ) -> Option<DocumentId> {
        if !self.may_change() {
            return None;
        }
        if readings.is_empty() && replacements.is_empty() {
            if let Some(there) = there {
                self.open(there);
                self.say(&words::library::opened(&self.title_of(there)));
            }
            return None;
        }
        // All documents before any mark: a long change is done in batches.
        let (mut edits, mut marks): (Vec<Edit>, Vec<Edit>) = (Vec::new(), Vec::new());
        let mut first = None;
        let count = readings.len();
        let mut last_title = String::new();
        // Those that come together are told apart as well.
        let mut titles = self.with(library::Titles::of);
        for (file, reading) in readings {
            let title = titles.take(&title_of(&file, &reading));
            let id = DocumentId(clock::name());
            first.get_or_insert(id);
            let record = Arc::new(record(id, &file, &title, &reading));
            last_title = title;
            edits.push(Edit::AddDocument(Box::new(Record::clone(&record))));
            let document = Document::of(record, &reading.version);
            let notes = reading.notes.iter();
            let own = notes.filter_map(|note| mark_of(&document, note));
            marks.extend(own.map(Edit::AddAnnotation));
            self.handle(Event::Text(reading.version));
        }
        edits.extend(marks);
        for planned in replacements {
            edits.extend(self.replacing(planned));
        }
        let label = match count {
            0 => words::steps::REPLACE.into(),
            _ => words::steps::open_texts(count),
        };
        let said = match (count, replacements) {
            (_, []) => words::library::added(count, &last_title),
            (0, [only]) => words::library::replaced(1, &self.title_of(only.document)),
            (0, all) => words::library::replaced(all.len(), ""),
            (_, all) => words::library::brought(count, all.len()),
        };
        self.make(&label, edits, said);
        let replaced = replacements.first().map(|planned| planned.document);
        first.or(replaced)
    }

    /// Gives a document a title and fields, as one step; an empty value takes a field away.
    pub fn describe_document(&self, id: DocumentId, title: &str, fields: &[(String, String)]) {
        let Some(before) = self.with(|project| project.record(id).cloned()) else {
            return;
        };
        let title = text::one_line(title);
        let mut edits = Vec::new();
        if !title.is_empty() && title != *before.title {
            edits.push(Edit::Document(id, OnDocument::Title(title.as_str().into())));
        }
        for (name, value) in fields {
            let field = match library::field(name, value) {
                Some((name, value)) => OnDocument::Field(name, value),
                None => OnDocument::Field(name.trim().into(), Arc::default()),
            };
            if field.now(&before) != field {
                edits.push(Edit::Document(id, field));
            }
        }
        if !edits.is_empty() && self.dispatch(words::steps::FIELD, edits) {
            self.say_done(&words::library::described(if title.is_empty() {
                &before.title
            } else {
                &title
            }));
        }
    }

    /// Puts a document into the bin; undo brings it back. Its marks stay on it.
    pub fn delete_document(&self, id: DocumentId) {
        if !self.may_change() {
            return;
        }
        let title = self.title_of(id);
        if self.open_now() == id {
            let listed = self.library();
            if let Some(next) = library::beside(&listed, id, 1).filter(|next| *next != id) {
                self.open(next);
            }
        }
        let field = OnDocument::Deleted(true);
        if self.dispatch(
            words::steps::DELETE_DOCUMENT,
            vec![Edit::Document(id, field)],
        ) {
            self.say_done(&words::library::deleted(&title));
        }
    }

    /// Adds a copy of a document with copies of its marks, and opens it.
    pub fn duplicate_document(&self, id: DocumentId) {
        let copied = self.with(|project| {
            let own = project.record(id)?;
            let own_id = DocumentId(clock::name());
            let title = library::free_title(project, &own.title);
            let copy = Record {
                id: own_id,
                name: library::name(&title).into(),
                source: source_of(&own.source, own_id),
                title: title.into(),
                ..Record::clone(own)
            };
            let marks = project.annotations(id).map(|placed| Annotation {
                id: AnnotationId(clock::name()),
                target: Target {
                    document: copy.id,
                    ..placed.annotation.target.clone()
                },
                iri: None,
                ..Annotation::clone(&placed.annotation)
            });
            let marks: Vec<Edit> = marks
                .map(|own| Edit::AddAnnotation(Arc::new(own)))
                .collect();
            Some((copy, marks))
        });
        let Some((copy, marks)) = copied.filter(|_| self.may_change()) else {
            return;
        };
        let (id, title) = (copy.id, copy.title.clone());
        let mut edits = vec![Edit::AddDocument(Box::new(copy))];
        edits.extend(marks);
        let said = words::library::added(1, &title);
        self.make(words::steps::DUPLICATE, edits, said);
        self.open(id);
    }

    /// Has another document be the open one where that is not there any more, or none has been there.
    pub(super) fn keep_one_open(&self) {
        let open = self.wanted();
        if self.has_document(open) {
            return;
        }
        let next = self.with(|project| {
            let mut after = project.live_documents().filter(|own| own.id > open);
            let next = after.next().or_else(|| project.live_documents().next());
            next.map(|own| own.id)
        });
        match next {
            Some(next) => {
                self.show(next);
                self.remember_view();
            }
            None if open != DocumentId::default() => {
                self.update(|state| state.wanted = Some(DocumentId::default()));
                self.update_marking(Marking::change_text);
                self.document.set(Arc::new(nothing()));
                self.wake();
            }
            None => {}
        }
    }
}

/// In the place of a document where there is none: nothing can be marked in it.
pub(super) fn nothing() -> Document {
    let version = Version::new([]);
    let record = Record {
        id: DocumentId::default(),
        name: Arc::default(),
        title: Arc::default(),
        language: words::LANGUAGE.into(),
        source: Arc::default(),
        licence: None,
        fields: Fields::default(),
        version: version.id(),
        deleted: true,
    };
    Document::of(Arc::new(record), &version)
}

/// Beginning of a text that has no other title, in bytes at most.
const TITLE_BYTES: usize = 60;

/// What a document is called that a file brings: as the file says, as its headline does, or as the
/// file is called; where that has no name, as it begins.
fn title_of(file: &str, reading: &Reading) -> String {
    let own = Some(reading.about.title.trim()).filter(|title| !title.is_empty());
    let title = own.or(reading.version.headline());
    let first = reading.version.parts().next().map(|(_, words)| words);
    let first = text::opening(first.unwrap_or_default(), TITLE_BYTES);
    let named = if file.is_empty() { &first } else { file };
    let title = title.unwrap_or(named);
    let line = text::one_line(title);
    if line.is_empty() {
        words::library::UNTITLED.into()
    } else {
        line
    }
}

/// What annotations name as the source of a document: the address that it is from, else its own name.
fn source_of(address: &str, id: DocumentId) -> Arc<str> {
    let is_address = address.starts_with("https:") || address.starts_with("http:");
    if is_address {
        address.into()
    } else {
        format!("urn:uuid:{}", id.0).into()
    }
}

/// The mark that a comment of a file becomes, on what it is about; where that is a place and no words, on
/// the paragraph there.
fn mark_of(document: &Document, note: &Note) -> Option<Arc<Annotation>> {
    let text = document.text.text();
    let around = || {
        let block = document.block_at(note.span.start)?;
        text::passage(text, document.blocks[block].span)
    };
    let span = text::passage(text, note.span).or_else(around)?;
    let id = AnnotationId(clock::name());
    Some(Arc::new(Annotation {
        note: note.text.trim().into(),
        creator: Some(note.author.trim())
            .filter(|author| !author.is_empty())
            .map(Into::into),
        ..Annotation::new(
            id,
            Target::on(document, span),
            Timestamp::parse(&note.date).unwrap_or(clock::now()),
        )
    }))
}

fn record(id: DocumentId, file: &str, title: &str, reading: &Reading) -> Record {
    let about = &reading.about;
    let known = [
        (library::AUTHOR, &about.author),
        (library::DATE, &about.date),
        (library::SOURCE, &about.source),
    ];
    let known = known
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.clone()));
    let fields = known.chain(about.others.iter().cloned());
    let fields = fields.filter_map(|(name, value)| library::field(&name, &value));
    Record {
        id,
        name: library::name(if file.is_empty() { title } else { file }).into(),
        title: title.into(),
        language: if about.language.is_empty() {
            "und".into()
        } else {
            about.language.as_str().into()
        },
        source: source_of(&about.source, id),
        licence: None,
        fields: fields.collect(),
        version: reading.version.id(),
        deleted: false,
    }
}
