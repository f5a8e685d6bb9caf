//! The sample project: what somebody looks at who wants to see a project before they have one. Two
//! articles and two interviews, six themes, twenty marks, one of which is to be looked at.

use std::sync::Arc;

use uuid::Uuid;

use crate::annotation::{Annotation, AnnotationId, Target};
use crate::codebook::{Codebook, Colour, OFFERED, Theme, ThemeId};
use crate::document::{Document, Record, Version};
use crate::library;
use crate::project::Edit;
use crate::text::Span;
use crate::time::Timestamp;

/// Themes that it has beside those with which every project begins: name and colour.
const THEMES: [(&str, Colour); 3] = [
    ("Protest", OFFERED[3]),
    ("Russia and China", OFFERED[4]),
    ("Everyday life", OFFERED[7]),
];

/// A mark: the number of its document, the passage, which stands there once, the numbers of its themes
/// from 1, and its note.
type Mark = (usize, &'static str, &'static [usize], &'static str);

/// The folder in which the interviews lie.
const FOLDER: &str = "Interviews";

const MARKS: [Mark; 19] = [
    (0, "sparked by rising gas prices", &[2], ""),
    (
        0,
        "call in Russian troops to quell protests",
        &[1, 4, 5],
        "The same event in both interviews: Anna heard of it on the radio, Berik was ashamed.",
    ),
    (0, "growing counterterrorism cooperation", &[3], ""),
    (
        0,
        "substantial U.S. investment in the country’s energy sector",
        &[2],
        "",
    ),
    (
        0,
        "seeks productive relationships not only with Russia but with China",
        &[1, 5],
        "",
    ),
    (0, "maintaining their sovereignty", &[1], ""),
    (
        0,
        "Kazakhstan has played an important counterterrorism role",
        &[3],
        "",
    ),
    (
        0,
        "energy cooperation between Kazakhstan and China",
        &[2, 5],
        "",
    ),
    (0, "including raw uranium", &[2], ""),
    (
        0,
        "that seems to be a major reason for unrest",
        &[4],
        "Who gains, not what it costs. Compare Berik: “who earns from it”.",
    ),
    (1, "a flag 🇰🇿 is two", &[], "Offsets count code points."),
    (1, "ويجب أن تبقى العلامة على الكلمة نفسها", &[], ""),
    (2, "they have doubled the price of gas", &[2], ""),
    (
        2,
        "The man at the pump was as angry as we were.",
        &[6, 4],
        "",
    ),
    (
        2,
        "if somebody makes mistakes here, at least they are our own mistakes",
        &[1],
        "In vivo: “our own mistakes”.",
    ),
    (
        2,
        "when a word is used for everybody, it means nobody",
        &[3],
        "",
    ),
    (
        3,
        "everybody has a pipe to us, and we have a price list",
        &[2, 5],
        "",
    ),
    (3, "It was us, with our tea.", &[3, 4, 6], ""),
    (3, "you have to ask him to leave", &[1, 5], ""),
];

/// The mark that was made on an earlier version of a text: in which document, what it said then, and
/// what stands there now.
const OUTDATED: (usize, &str, &str) = (
    2,
    "We had stood in line for gas before the sun was up, my neighbour and I",
    "We queued for gas from half past four that morning, my neighbour and I",
);

/// The edits with which the sample's journal begins: the articles that come with the program, then
/// the interviews. Names for what is new come from `name`.
#[must_use]
pub fn edits(
    documents: &[Arc<Document>],
    mut name: impl FnMut() -> Uuid,
    at: Timestamp,
) -> Vec<Edit> {
    let mut edits = Vec::new();
    let interviews = documents.len().saturating_sub(2);
    for (number, document) in documents.iter().enumerate() {
        let mut record = Record::clone(&document.record);
        if number >= interviews {
            record.fields.set(&library::FOLDER.into(), &FOLDER.into());
        }
        edits.push(Edit::AddDocument(Box::new(record)));
    }
    let mut codebook = Codebook::first();
    for (theme, colour) in THEMES {
        let theme = Theme {
            id: ThemeId(name()),
            name: theme.into(),
            colour,
            order: codebook.next_order(),
            deleted: false,
        };
        codebook.put(theme.clone());
        edits.push(Edit::AddTheme(theme));
    }
    let mut add = |target: Target, themes: &[usize], note: &str| {
        let themes = themes
            .iter()
            .filter_map(|number| codebook.numbered(number.checked_sub(1)?));
        let mut themes: Vec<ThemeId> = themes.map(|theme| theme.id).collect();
        themes.sort();
        let annotation = Annotation {
            themes,
            note: note.into(),
            ..Annotation::new(AnnotationId(name()), target, at)
        };
        edits.push(Edit::AddAnnotation(Arc::new(annotation)));
    };
    for (number, quote, themes, note) in MARKS {
        let Some(document) = documents.get(number) else {
            continue;
        };
        if let Some(span) = span_of(document, quote) {
            add(Target::on(document, span), themes, note);
        }
    }
    let (number, then, now) = OUTDATED;
    if let Some(document) = documents.get(number) {
        let before = before(document, now, then);
        if let Some(span) = span_of(&before, then) {
            add(Target::on(&before, span), &[6], "");
        }
    }
    edits
}

fn span_of(document: &Document, quote: &str) -> Option<Span> {
    let start = document.text.text().find(quote)?;
    Some(Span::between(start, start + quote.len()))
}

/// A document as it was when some of its words were others.
fn before(document: &Document, now: &str, then: &str) -> Document {
    let blocks = document.version();
    let parts: Vec<_> = blocks
        .parts()
        .map(|(kind, words)| (kind, words.replace(now, then)))
        .collect();
    let version = Version::new(parts.iter().map(|(kind, words)| (*kind, &**words)));
    let record = Record {
        version: version.id(),
        ..Record::clone(&document.record)
    };
    Document::of(Arc::new(record), &version)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anchor::Finder;
    use crate::anchor::Resolution;
    use crate::articles;
    use crate::document::article;
    use crate::project::{Filter, Project};

    const INTERVIEWS: [&str; 2] = [
        include_str!("../articles/anna.article"),
        include_str!("../articles/berik.article"),
    ];

    fn documents() -> Vec<Arc<Document>> {
        let interviews = INTERVIEWS.map(|source| Arc::new(article::read(source).unwrap()));
        articles::all().into_iter().chain(interviews).collect()
    }

    #[test]
    fn it_has_four_documents_six_themes_and_twenty_marks_of_which_one_is_to_be_looked_at() {
        let documents = documents();
        let mut names = 1_u128..;
        let name = || Uuid::from_u128(names.next().unwrap());
        let edits = edits(&documents, name, Timestamp(1));
        let mut project = Project::new([]);
        project.apply(&edits);
        for document in &documents {
            project.read(document.version());
        }
        for document in &documents {
            project.resolve_all(
                document.id(),
                &Finder::new(&document.text, &document.digest),
            );
        }
        assert_eq!(project.live_documents().count(), 4);
        assert_eq!(project.codebook().count(), 6);
        let placed: Vec<_> = project.placed().collect();
        assert_eq!(placed.len(), 20);
        // Numbers of themes count from 1.
        let gas = placed.iter().find(|own| {
            let quote = own.annotation.target.selectors.quote.as_ref();
            quote.is_some_and(|quote| quote.exact() == MARKS[0].1)
        });
        let themes = &gas.unwrap().annotation.themes;
        assert_eq!(themes, &[project.codebook().named("Energy").unwrap().id]);
        let sure = placed.iter().filter(|own| own.span().is_some()).count();
        assert_eq!(sure, 19);
        let unsure = placed.iter().find(|own| own.span().is_none()).unwrap();
        let Some(Resolution::Uncertain(places)) = &unsure.place else {
            panic!("{:?}", unsure.place);
        };
        let stands = places[0].span.of(documents[OUTDATED.0].text.text());
        assert!(stands.contains("queued for gas"), "{stands}");
        for document in &documents {
            assert!(!project.index(document.id(), Filter::All).is_empty());
        }
    }

    #[test]
    fn each_passage_stands_there_once() {
        let documents = documents();
        for (number, quote, ..) in MARKS {
            let text = documents[number].text.text();
            assert_eq!(text.matches(quote).count(), 1, "{quote}");
        }
        assert!(documents[OUTDATED.0].text.text().contains(OUTDATED.2));
    }
}
