//! What the worker is asked to do and what it answers, as plain strings: readers
//! that are big or seldom used stay out of the page's own program.

use std::sync::Arc;

use uuid::Uuid;

use crate::annotation::Annotation;
use crate::codebook::{Codebook, Theme};
use crate::document::DocumentId;
use crate::format::{journal, w3c};
use crate::project::{Edit, Origin, Transaction};
use crate::time::Timestamp;

/// Asks for the annotations of a file, and which of the themes here its tags mean.
#[must_use]
pub fn ask(file: String, codebook: &Codebook, document: DocumentId, at: Timestamp) -> Vec<String> {
    let themes = codebook
        .themes()
        .map(|theme| Edit::AddTheme(Theme::clone(theme)));
    vec![
        file,
        records(themes.collect(), at),
        document.0.to_string(),
        at.0.to_string(),
    ]
}

/// Records travel as a transaction of the journal, which both sides can read anyway.
fn records(edits: Vec<Edit>, at: Timestamp) -> String {
    journal::write(&Transaction {
        label: "".into(),
        edits,
        origin: Origin::Person,
        at,
    })
}

/// What a file says: its records and what can't be taken over of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// The annotations.
    pub annotations: Vec<Annotation>,
    /// The themes they name.
    pub themes: Vec<Theme>,
    /// What was left out, in sentences.
    pub warnings: Vec<String>,
}

/// The first word of an answer.
const READ: &str = "read";
const REFUSED: &str = "refused";

/// Does what [`ask`] asked. Runs in the worker.
#[must_use]
pub fn answer(question: &[String]) -> Vec<String> {
    let [file, themes, document, at] = question else {
        return vec![REFUSED.into()];
    };
    let document = DocumentId(Uuid::try_parse(document).unwrap_or_default());
    let at = Timestamp(at.parse().unwrap_or_default());
    let mut codebook = Codebook::default();
    for edit in journal::read(themes)
        .map(|themes| themes.edits)
        .unwrap_or_default()
    {
        if let Edit::AddTheme(theme) = edit {
            codebook.put(theme);
        }
    }
    match w3c::read(file, &codebook, document, at) {
        Err(w3c::Refused(reasons)) => [REFUSED.into()].into_iter().chain(reasons).collect(),
        Ok(said) => {
            let themes = said.themes.into_iter().map(Edit::AddTheme);
            let annotations = said
                .annotations
                .into_iter()
                .map(|annotation| Edit::AddAnnotation(Arc::new(annotation)));
            [
                READ.into(),
                records(themes.chain(annotations).collect(), at),
            ]
            .into_iter()
            .chain(said.warnings)
            .collect()
        }
    }
}

/// Reads an answer.
///
/// # Errors
/// When the file was refused, with the sentences that say why.
pub fn understand(answer: Vec<String>) -> Result<Read, Vec<String>> {
    let mut words = answer.into_iter();
    let transaction = match (words.next().as_deref(), words.next()) {
        (Some(READ), Some(line)) => journal::read(&line),
        (_, first) => return Err(first.into_iter().chain(words).collect()),
    };
    let transaction = transaction
        .map_err(|_| vec!["The file was read, but its records were not.".to_string()])?;
    let mut read = Read {
        warnings: words.collect(),
        ..Read::default()
    };
    for edit in transaction.edits {
        match edit {
            Edit::AddTheme(theme) => read.themes.push(theme),
            Edit::AddAnnotation(annotation) => {
                read.annotations.push(Arc::unwrap_or_clone(annotation))
            }
            Edit::Annotation(..) | Edit::Theme(..) => {}
        }
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_says_what_the_file_says() {
        let file = include_str!("../tests/fixtures/recogito/annotations.w3c.json");
        let (document, at, codebook) = (
            DocumentId(Uuid::from_u128(7)),
            Timestamp(5),
            Codebook::first(),
        );
        let read = understand(answer(&ask(file.into(), &codebook, document, at))).unwrap();
        let said = w3c::read(file, &codebook, document, at).unwrap();
        assert_eq!(read.annotations, said.annotations);
        assert_eq!(read.themes, said.themes);
        assert_eq!(read.warnings, said.warnings);
    }

    #[test]
    fn a_refusal_keeps_every_reason() {
        let file = r#"{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation"}"#;
        let (document, codebook) = (DocumentId(Uuid::nil()), Codebook::first());
        let w3c::Refused(reasons) = w3c::read(file, &codebook, document, Timestamp(0)).unwrap_err();
        assert!(reasons.len() > 1);
        let answer = answer(&ask(file.into(), &codebook, document, Timestamp(0)));
        assert_eq!(understand(answer), Err(reasons));
    }
}
