//! What the worker is asked to do and what it answers, as plain strings: readers
//! that are big or seldom used stay out of the page's own program.

use std::sync::Arc;

use uuid::Uuid;

use crate::anchor::{Candidate, Finder, Resolution, Selectors};
use crate::annotation::{Annotation, AnnotationId};
use crate::codebook::{Codebook, Theme};
use crate::document::{Document, DocumentId};
use crate::format::{journal, w3c};
use crate::import;
use crate::project::{Edit, Origin, Transaction};
use crate::text::{Digest, Span, TextIndex, Utf8};
use crate::time::Timestamp;

/// The first word of a question and of an answer.
const READ: &str = "read";
const SEEK: &str = "seek";
const REFUSED: &str = "refused";

/// Asks for the annotations of a file: which of the themes here its tags mean, and where
/// in a document they stand.
#[must_use]
pub fn ask_to_read(
    file: String,
    codebook: &Codebook,
    document: &Document,
    at: Timestamp,
) -> Vec<String> {
    let themes = codebook
        .themes()
        .map(|theme| Edit::AddTheme(Theme::clone(theme)));
    vec![
        READ.into(),
        document.text.text().into(),
        file,
        records(themes.collect(), at),
        document.id.0.to_string(),
        document.source.to_string(),
        at.0.to_string(),
    ]
}

/// Asks where annotations stand in a text.
#[must_use]
pub fn ask_to_seek(document: &Document, annotations: Vec<Arc<Annotation>>) -> Vec<String> {
    let annotations = annotations.into_iter().map(Edit::AddAnnotation).collect();
    vec![
        SEEK.into(),
        document.text.text().into(),
        records(annotations, Timestamp(0)),
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
    /// The annotations. Those that were found are described anew, on the document.
    pub annotations: Vec<Annotation>,
    /// The themes they name.
    pub themes: Vec<Theme>,
    /// What was left out, in sentences.
    pub warnings: Vec<String>,
}

/// Does what was asked. Runs in the worker.
#[must_use]
pub fn answer(question: &[String]) -> Vec<String> {
    let words: Vec<&str> = question.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        [READ, text, file, themes, document, source, at] => {
            read(text, file, themes, document, source, at)
        }
        [SEEK, text, annotations] => Ok(seek(text, annotations)),
        _ => Err(Vec::new()),
    };
    outcome.unwrap_or_else(|reasons| [REFUSED.into()].into_iter().chain(reasons).collect())
}

fn read(
    text: &str,
    file: &str,
    themes: &str,
    document: &str,
    source: &str,
    at: &str,
) -> Result<Vec<String>, Vec<String>> {
    let document = DocumentId(Uuid::try_parse(document).unwrap_or_default());
    let at = Timestamp(at.parse().unwrap_or_default());
    let mut codebook = Codebook::default();
    for edit in edits(themes) {
        if let Edit::AddTheme(theme) = edit {
            codebook.put(theme);
        }
    }
    let mut said =
        w3c::read(file, &codebook, document, at).map_err(|w3c::Refused(reasons)| reasons)?;
    let (index, digest) = (TextIndex::new(text), Digest::of(text));
    import::settle(&mut said.annotations, &Finder::new(&index, digest), source);
    let themes = said.themes.into_iter().map(Edit::AddTheme);
    let annotations = said
        .annotations
        .into_iter()
        .map(|annotation| Edit::AddAnnotation(Arc::new(annotation)));
    let records = records(themes.chain(annotations).collect(), at);
    Ok([READ.into(), records]
        .into_iter()
        .chain(said.warnings)
        .collect())
}

/// One word for each annotation: its id, how it was found, and its places.
fn seek(text: &str, annotations: &str) -> Vec<String> {
    let (index, digest) = (TextIndex::new(text), Digest::of(text));
    let finder = Finder::new(&index, digest);
    let sought: Vec<Arc<Annotation>> = edits(annotations)
        .into_iter()
        .filter_map(|edit| match edit {
            Edit::AddAnnotation(annotation) => Some(annotation),
            _ => None,
        })
        .collect();
    let selectors: Vec<&Selectors> = sought
        .iter()
        .map(|annotation| &*annotation.target.selectors)
        .collect();
    let found = finder.resolve_all(&selectors);
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
    [SEEK.to_string()]
        .into_iter()
        .chain(sought.iter().zip(found).map(line))
        .collect()
}

fn edits(records: &str) -> Vec<Edit> {
    journal::read(records)
        .map(|records| records.edits)
        .unwrap_or_default()
}

/// Understands the answer to [`ask_to_read`].
///
/// # Errors
/// When the file was refused, with the sentences that say why.
pub fn understand_read(answer: Vec<String>) -> Result<Read, Vec<String>> {
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
                read.annotations.push(Arc::unwrap_or_clone(annotation));
            }
            Edit::Annotation(..) | Edit::Theme(..) => {}
        }
    }
    Ok(read)
}

/// Understands the answer to [`ask_to_seek`].
#[must_use]
pub fn understand_sought(answer: &[String]) -> Vec<(AnnotationId, Resolution)> {
    answer.iter().filter_map(|line| found(line)).collect()
}

fn found(line: &str) -> Option<(AnnotationId, Resolution)> {
    let mut words = line.split(' ');
    let id = AnnotationId(Uuid::try_parse(words.next()?).ok()?);
    let word = words.next()?;
    let numbers: Vec<u32> = words.map_while(|number| number.parse().ok()).collect();
    let (places, _) = numbers.as_chunks();
    let mut places = places.iter().map(|[start, end, score]| Candidate {
        span: Span::between(Utf8(*start), Utf8(*end)),
        score: u8::try_from(*score).unwrap_or(0),
    });
    let place = match word {
        "exact" => Resolution::Exact(places.next()?.span),
        "moved" => Resolution::Moved(places.next()?),
        "uncertain" => Resolution::Uncertain(places.collect()),
        _ => Resolution::Lost,
    };
    Some((id, place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anchor::Quote;
    use crate::testing::{annotation, document, span_of};

    #[test]
    fn an_answer_says_what_the_file_says() {
        let file = include_str!("../tests/fixtures/recogito/annotations.w3c.json");
        let (at, codebook) = (Timestamp(5), Codebook::first());
        let question = ask_to_read(file.into(), &codebook, &document(), at);
        let read = understand_read(answer(&question)).unwrap();
        let said = w3c::read(file, &codebook, document().id, at).unwrap();
        assert_eq!(read.annotations, said.annotations);
        assert_eq!(read.themes, said.themes);
        assert_eq!(read.warnings, said.warnings);
    }

    #[test]
    fn a_refusal_keeps_every_reason() {
        let file = r#"{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation"}"#;
        let codebook = Codebook::first();
        let w3c::Refused(reasons) =
            w3c::read(file, &codebook, document().id, Timestamp(0)).unwrap_err();
        assert!(reasons.len() > 1);
        let question = ask_to_read(file.into(), &codebook, &document(), Timestamp(0));
        assert_eq!(understand_read(answer(&question)), Err(reasons));
    }

    #[test]
    fn what_is_sought_comes_back_as_it_was_found() {
        let document = document();
        let finder = Finder::new(&document.text, document.digest);
        let mut annotations = vec![
            annotation(1, span_of("fox")),
            annotation(2, span_of("quick")),
        ];
        for (exact, prefix) in [("quick", "x"), ("cat", "no ")] {
            let mut other = annotation(annotations.len() as u128 + 1, span_of("fox"));
            other.target.selectors = Arc::new(Selectors {
                quote: Some(Quote {
                    exact: exact.into(),
                    prefix: prefix.into(),
                    suffix: "".into(),
                }),
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
        let question = ask_to_seek(&document, annotations.into_iter().map(Arc::new).collect());
        assert_eq!(understand_sought(&answer(&question)), expected);
    }
}
