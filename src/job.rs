//! What the worker is asked to do and what it answers, as plain strings: readers
//! that are big or seldom used stay out of the page's own program.

use std::sync::Arc;

use uuid::Uuid;

use crate::anchor::{Candidate, Finder, Resolution};
use crate::annotation::{Annotation, AnnotationId};
use crate::codebook::{Codebook, Theme};
use crate::document::{Document, DocumentId};
use crate::format::{journal, w3c};
use crate::import::{self, Plan};
use crate::project::{Edit, Origin, Project, Transaction};
use crate::text::{Digest, Span, TextIndex, Utf8};
use crate::time::Timestamp;

/// The first word of a question and of an answer.
const READ: &str = "read";
const SEEK: &str = "seek";
const REFUSED: &str = "refused";

/// Asks what taking a file into a document would do.
#[must_use]
pub fn ask_to_read(
    file: String,
    project: &Project,
    document: &Document,
    at: Timestamp,
) -> Vec<String> {
    let themes = project
        .codebook()
        .all()
        .map(|theme| Edit::AddTheme(Theme::clone(theme)));
    let annotations = project.records().cloned().map(Edit::AddAnnotation);
    vec![
        READ.into(),
        document.text.text().into(),
        file,
        records(themes.chain(annotations).collect(), at),
        document.id.0.to_string(),
        document.source.to_string(),
        at.0.to_string(),
    ]
}

/// Asks where annotations stand in a text.
#[must_use]
pub fn ask_to_seek(document: &Document, annotations: &[Arc<Annotation>]) -> Vec<String> {
    let annotations = annotations
        .iter()
        .cloned()
        .map(Edit::AddAnnotation)
        .collect();
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

/// Does what was asked. Runs in the worker.
#[must_use]
pub fn answer(question: &[String]) -> Vec<String> {
    let words: Vec<&str> = question.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        [READ, text, file, own, document, source, at] => {
            read(text, file, own, document, source, at)
        }
        [SEEK, text, annotations] => Ok(seek(text, annotations)),
        _ => Err(Vec::new()),
    };
    outcome.unwrap_or_else(|reasons| [REFUSED.into()].into_iter().chain(reasons).collect())
}

fn read(
    text: &str,
    file: &str,
    own: &str,
    document: &str,
    source: &str,
    at: &str,
) -> Result<Vec<String>, Vec<String>> {
    let document = DocumentId(Uuid::try_parse(document).unwrap_or_default());
    let at = Timestamp(at.parse().unwrap_or_default());
    // Of the document only what an import asks for.
    let document = Arc::new(Document {
        id: document,
        name: "".into(),
        title: "".into(),
        language: "".into(),
        source: source.into(),
        licence: None,
        blocks: Arc::default(),
        text: TextIndex::new(text),
        digest: Digest::of(text),
    });
    let mut project = Project::with_codebook([document.clone()], Codebook::default());
    project.apply(&Transaction {
        label: "".into(),
        edits: edits(own),
        origin: Origin::Person,
        at,
    });
    let mut said = w3c::read(file, project.codebook(), document.id, at)
        .map_err(|w3c::Refused(reasons)| reasons)?;
    let finder = Finder::new(&document.text, document.digest);
    project.seek(document.id, &finder);
    import::settle(&mut said.annotations, &finder, source);
    let plan = import::plan(&project, &document, said.annotations, &said.themes);
    let counts = [
        plan.new,
        plan.changed,
        plan.same,
        plan.on_other,
        plan.unplaced,
        plan.elsewhere,
    ];
    let counts = counts.map(|count| count.to_string()).join(" ");
    Ok([READ.into(), records(plan.edits, at), counts]
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

/// Understands the answer to [`ask_to_read`]: the plan, and in sentences what of the file
/// can't be taken over.
///
/// # Errors
/// When the file was refused, with the sentences that say why.
pub fn understand_read(answer: Vec<String>) -> Result<(Plan, Vec<String>), Vec<String>> {
    let mut words = answer.into_iter();
    let transaction = match (words.next().as_deref(), words.next()) {
        (Some(READ), Some(line)) => journal::read(&line),
        (_, first) => return Err(first.into_iter().chain(words).collect()),
    };
    let transaction = transaction
        .map_err(|_| vec!["The file was read, but its records were not.".to_string()])?;
    let counts = words.next().unwrap_or_default();
    let mut counts = counts.split(' ').map_while(|count| count.parse().ok());
    let mut next = || counts.next().unwrap_or(0);
    let plan = Plan {
        edits: transaction.edits,
        new: next(),
        changed: next(),
        same: next(),
        on_other: next(),
        unplaced: next(),
        elsewhere: next(),
    };
    Ok((plan, words.collect()))
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
    use crate::anchor::{Quote, Selectors};
    use crate::testing::{annotation, document, project, span_of};

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
        let question = ask_to_read(file.into(), &project, &document, at);
        let (plan, warnings) = understand_read(answer(&question)).unwrap();
        crate::testing::seek(&mut project);
        let expected = import::plan(&project, &document, said.annotations, &said.themes);
        assert_eq!(plan, expected);
        assert_eq!((plan.new, plan.changed, plan.unplaced), (4, 1, 5));
        assert_eq!(warnings, said.warnings);
    }

    #[test]
    fn a_refusal_keeps_every_reason() {
        let file = r#"{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation"}"#;
        let project = project();
        let w3c::Refused(reasons) =
            w3c::read(file, project.codebook(), document().id, Timestamp(0)).unwrap_err();
        assert!(reasons.len() > 1);
        let question = ask_to_read(file.into(), &project, &document(), Timestamp(0));
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
        let annotations: Vec<_> = annotations.into_iter().map(Arc::new).collect();
        let question = ask_to_seek(&document, &annotations);
        assert_eq!(understand_sought(&answer(&question)), expected);
    }
}
