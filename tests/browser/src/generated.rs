//! Articles and annotations that are made up, for measuring and for visits.

use std::sync::Arc;

use themark::annotation::{Annotation, AnnotationId, Target};
use themark::codebook::ThemeId;
use themark::document::Document;
use themark::format::w3c;
use themark::project::{Edit, Project};
use themark::text::Span;
use themark::time::Timestamp;

/// The address of a generated article.
pub const SOURCE: &str = "https://example.org/generated";

/// The head of an article's file: it takes the place of the first bundled one.
#[must_use]
pub fn front() -> String {
    format!(
        "---\nid: 0b6f6c1e-7a52-8d7e-9c41-5d2f0f3a9e10\nname: generated\nsource: {SOURCE}\n---\n\n"
    )
}

/// The file of an article with a text: a headline, and a paragraph a line.
#[must_use]
pub fn source(text: &str) -> String {
    format!("{}# {}\n", front(), text.replace('\n', "\n\n"))
}

/// A file with annotations on passages of a document, tagged with themes.
#[must_use]
pub fn annotations(
    document: &Arc<Document>,
    passages: impl Iterator<Item = (Span, Vec<ThemeId>)>,
) -> String {
    let mut project = Project::new([document.clone()]);
    let at = Timestamp(1_600_000_000_000);
    let annotation = |(number, (span, themes)): (u64, (Span, Vec<ThemeId>))| {
        let mut random = [0; 10];
        random[..8].copy_from_slice(&number.to_be_bytes());
        let id = AnnotationId(at.name(random));
        Edit::AddAnnotation(Arc::new(Annotation {
            themes,
            ..Annotation::new(id, Target::on(document, span), at)
        }))
    };
    let edits: Vec<Edit> = (0..).zip(passages).map(annotation).collect();
    project.apply(&edits);
    w3c::write(&project, document, at)
}
