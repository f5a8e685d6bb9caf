//! What several tests share: a small project and arbitrary edits of it.

use std::ops::Range;
use std::sync::Arc;

use proptest::prelude::*;
use uuid::Uuid;

use crate::anchor::Finder;
use crate::annotation::{Annotation, AnnotationId, Known, Target};
use crate::codebook::{Codebook, Colour, Order, Theme, ThemeId};
use crate::document::{Document, DocumentId, Record, Version, article, plain};
use crate::project::{
    AuthorId, Edit, OnAnnotation, OnDocument, OnTheme, Project, Stamp, TransactionId,
};
use crate::text::{Span, Utf8, passage};
use crate::time::Timestamp;

/// A document in several scripts, small enough to read in a failing test.
pub(crate) fn document() -> Arc<Document> {
    let file = "---\nid: 00000000-0000-8000-8000-0000000000d0\nname: small\nlanguage: en\n\
        source: https://example.org/small\n---\n\n# A small text\n\n\
        The quick brown fox 😀 jumps over the lazy dog.\n\n\
        Cafe\u{301} noir, 中文-简体 and العربية: the quick end.\n";
    Arc::new(article::read(file).unwrap())
}

/// Its text, or another version of it.
pub(crate) fn other_version(number: usize) -> Version {
    match number {
        0 => document().version(),
        1 => plain::read("A small text\n\nOnce a quick brown fox 😀 jumped over it."),
        _ => plain::read("Something else\nentirely, and the quick end."),
    }
}

/// The document with another text.
pub(crate) fn saying(version: &Version) -> Document {
    Document::of(document().record.clone(), version)
}

/// What names a version of the document's text.
pub(crate) fn says(number: usize) -> Edit {
    let version = OnDocument::Version(Box::new(other_version(number).id()));
    Edit::Document(document().id(), version)
}

/// A project with that document, in which each version has been read.
pub(crate) fn project() -> Project {
    let mut project = Project::new([document()]);
    for number in 1..3 {
        project.read(other_version(number));
    }
    project
}

/// A project of documents with these titles and fields, added one after the other.
pub(crate) fn library(documents: &[(&str, &[(&str, &str)])]) -> Project {
    let mut project = Project::new([]);
    for (at, (title, fields)) in documents.iter().enumerate() {
        let record = Record {
            // UUIDv7, of a ms each.
            id: DocumentId(Uuid::from_u128((at as u128 + 1) << 80 | 7 << 76)),
            title: (*title).into(),
            version: other_version(1).id(),
            fields: fields
                .iter()
                .map(|(name, value)| ((*name).into(), (*value).into()))
                .collect(),
            ..Record::clone(&document().record)
        };
        project.apply(&[Edit::AddDocument(Box::new(record))]);
    }
    project
}

/// An annotation on a passage of the document.
pub(crate) fn annotation(id: u128, span: Span) -> Annotation {
    let id = AnnotationId(Uuid::from_u128(id));
    Annotation::new(id, Target::on(&document(), span), Timestamp(1))
}

/// What a transaction is given at a time, which it is named after.
pub(crate) fn stamp(at: i64) -> Stamp {
    Stamp {
        id: TransactionId(Uuid::from_u128(at as u128)),
        author: AuthorId(Uuid::from_u128(7)),
        at: Timestamp(at),
    }
}

/// The span of the first occurrence of some words in the document.
pub(crate) fn span_of(words: &str) -> Span {
    let document = document();
    let start = document.text.text().find(words).unwrap();
    Span::between(start, start + words.len())
}

/// Any edits, of a handful of records so that they meet.
pub(crate) fn edits(
    project: &Project,
    count: Range<usize>,
) -> impl Strategy<Value = Vec<Edit>> + use<> {
    let themes: Vec<ThemeId> = project.codebook().themes().map(|theme| theme.id).collect();
    let theme = prop_oneof![
        proptest::sample::select(themes),
        (0..2_u128).prop_map(|id| ThemeId(Uuid::from_u128(0xface + id)))
    ];
    let id = (0..4_u128).prop_map(|id| AnnotationId(Uuid::from_u128(0xa0 + id)));
    let at = (0..5_i64).prop_map(Timestamp);
    let words = proptest::sample::select(vec!["", "a note", "line\nbreak \"quoted\" 😀"]);
    let span = (0_usize..200, 0_usize..200).prop_filter_map("a passage", |(a, b)| {
        let document = document();
        let text = document.text.text();
        let floor = |mut at: usize| {
            at %= text.len() + 1;
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            Utf8::from(at)
        };
        passage(text, Span::between(floor(a), floor(b)))
    });
    let created =
        (0..4_u128, span.clone(), any::<bool>(), at.clone()).prop_map(|(id, span, deleted, at)| {
            let mut annotation = annotation(0xa0 + id, span);
            annotation.deleted = deleted;
            annotation.created = at;
            annotation.iri = (id == 0).then(|| "https://example.org/a".into());
            Edit::AddAnnotation(Arc::new(annotation))
        });
    let known = proptest::sample::select(vec![
        None,
        Some(Known::AbsentFrom as fn(_) -> _),
        Some(Known::DoubtedIn as fn(_) -> _),
    ]);
    let field = prop_oneof![
        4 => (theme.clone(), any::<bool>()).prop_map(|(theme, on)| OnAnnotation::Tag(theme, on)),
        1 => words.clone().prop_map(|note| OnAnnotation::Note(note.into())),
        1 => (span, known).prop_map(|(span, known)| {
            let mut target = Target::on(&document(), span);
            target.known = known.map(|known| Box::new(known(document().digest.clone())));
            OnAnnotation::Target(Box::new(target))
        }),
        1 => words.clone().prop_map(|name| OnAnnotation::Creator((!name.is_empty()).then(|| name.into()))),
        1 => at.prop_map(OnAnnotation::Modified),
        1 => any::<bool>().prop_map(OnAnnotation::Deleted),
    ];
    let order = || {
        (0..3_usize).prop_map(|count| {
            (0..count).fold(Order::between(None, None), |order, _| {
                Order::between(Some(&order), None)
            })
        })
    };
    let added = (0..2_u128, words.clone(), order()).prop_map(|(id, name, order)| {
        Edit::AddTheme(Theme {
            id: ThemeId(Uuid::from_u128(0xface + id)),
            name: name.into(),
            colour: Colour(1, 2, 3),
            order,
            deleted: false,
        })
    });
    let on_theme = prop_oneof![
        words.prop_map(|name| OnTheme::Name(name.into())),
        any::<(u8, u8, u8)>()
            .prop_map(|(red, green, blue)| OnTheme::Colour(Colour(red, green, blue))),
        order().prop_map(OnTheme::Order),
        any::<bool>().prop_map(OnTheme::Deleted),
    ];
    let text = prop_oneof![
        3 => (0..3_usize).prop_map(says),
        1 => (0..3_usize, any::<bool>()).prop_map(|(number, deleted)| {
            Edit::AddDocument(Box::new(Record {
                id: DocumentId(Uuid::from_u128(0xd1)),
                version: other_version(number).id(),
                fields: [("Author".into(), "Anna\nCarla".into())].into_iter().collect(),
                deleted,
                ..Record::clone(&document().record)
            }))
        }),
        1 => (0..2_u128, any::<bool>()).prop_map(|(id, deleted)| {
            let id = if id == 0 { document().id() } else { DocumentId(Uuid::from_u128(0xd1)) };
            Edit::Document(id, OnDocument::Deleted(deleted))
        }),
        1 => (proptest::sample::select(vec!["", "Anna\nand Berik 😀"]), any::<bool>()).prop_map(|(value, is_author)| {
            let name = if is_author { "Author" } else { "A field" };
            Edit::Document(document().id(), OnDocument::Field(name.into(), value.into()))
        }),
        1 => proptest::sample::select(vec!["", "Another title"]).prop_map(|title| {
            Edit::Document(document().id(), OnDocument::Title(title.into()))
        }),
    ];
    let edit = prop_oneof![
        2 => text,
        3 => created,
        6 => (id, field).prop_map(|(id, field)| Edit::Annotation(id, field)),
        1 => added,
        1 => (theme, on_theme).prop_map(|(theme, field)| Edit::Theme(theme, field)),
    ];
    proptest::collection::vec(edit, count)
}

/// The first codebook's theme of a name.
pub(crate) fn theme(name: &str) -> ThemeId {
    Codebook::first().named(name).unwrap().id
}

/// Looks for every passage that does not stand where it says.
pub(crate) fn resolve_all(project: &mut Project) {
    let document = project.document(document().id()).unwrap().clone();
    let finder = Finder::new(&document.text, &document.digest);
    project.resolve_all(document.id(), &finder);
}
