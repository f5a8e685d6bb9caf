//! What the panel lists: rows of plain values, filtered, in text order.

mod search;

pub use search::Found;

use std::ops::Range;
use std::sync::Arc;

use crate::anchor::{Candidate, Resolution};
use crate::annotation::AnnotationId;
use crate::codebook::ThemeId;
use crate::document::DocumentId;
use crate::project::{Filter, Mark, Marks, Placed, Project};
use crate::text::{self, Span, Utf8, clip_after, clip_before};
use crate::time::Timestamp;

/// One annotation as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which.
    pub id: AnnotationId,
    /// Where its passage is.
    pub place: Place,
    /// The words of the passage, or those it was made on where it has no sure place; of
    /// many the first.
    pub quote: Arc<str>,
    /// Its themes, in the codebook's order.
    pub themes: Vec<ThemeId>,
    /// Its note, empty for none.
    pub note: Arc<str>,
    /// When it was made.
    pub created: Timestamp,
}

/// Where a row's passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Here.
    At(Span),
    /// It may be in several places.
    Uncertain,
    /// Nowhere in this text.
    Lost,
    /// Nowhere, as a person has said.
    GivenUp,
    /// It is still to be looked for.
    Unsought,
}

impl Place {
    /// Whether a person may say where it is, or has said that it is nowhere.
    #[must_use]
    pub fn may_be_said(self) -> bool {
        matches!(self, Self::Uncertain | Self::Lost | Self::GivenUp)
    }
}

/// How many annotations a document has, in all and by theme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All of them.
    pub all: usize,
    /// Those without a theme.
    pub untagged: usize,
    /// Those of which a person has to say where they are.
    pub review: usize,
    /// By theme, in the codebook's order.
    pub themes: Vec<(ThemeId, usize)>,
}

/// Counts a document's annotations.
#[must_use]
pub fn counts(project: &Project, document: DocumentId) -> Counts {
    let count = |filter| project.shelf(document, filter).len();
    let themes = project.codebook().themes();
    Counts {
        all: count(Filter::All),
        untagged: count(Filter::Untagged),
        review: count(Filter::Review),
        themes: themes
            .map(|theme| (theme.id, count(Filter::Theme(theme.id))))
            .collect(),
    }
}

/// Some rows of a list, by their numbers from 0.
#[must_use]
pub fn rows(project: &Project, list: &Marks, numbers: Range<usize>) -> Vec<Row> {
    let row = |mark: Mark| Some(row(project, project.live(mark.id)?));
    list.numbered(numbers).into_iter().filter_map(row).collect()
}

/// All rows of some annotations of a document, for tests.
#[cfg(test)]
pub(crate) fn all_rows(project: &Project, document: DocumentId, filter: Filter) -> Vec<Row> {
    rows(project, project.shelf(document, filter), 0..usize::MAX)
}

fn place(project: &Project, placed: &Placed) -> Place {
    match &placed.place {
        Some(Resolution::Exact(span)) => Place::At(*span),
        Some(Resolution::Moved(found)) => Place::At(found.span),
        Some(Resolution::Uncertain(_)) => Place::Uncertain,
        Some(Resolution::Lost) if project.is_given_up(&placed.annotation) => Place::GivenUp,
        Some(Resolution::Lost) => Place::Lost,
        None => Place::Unsought,
    }
}

/// A place that an annotation may stand at, to choose by: its words between the words
/// around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The place.
    pub span: Span,
    /// What stands before it, the words, what stands after it.
    pub words: [Arc<str>; 3],
    /// Of what was described, how much stands there, in percent.
    pub score: u8,
}

/// Bytes of the text shown before and after a choice.
const AROUND: u32 = 48;

/// The places an annotation may stand at, likeliest first.
#[must_use]
pub fn choices(project: &Project, placed: &Placed) -> Vec<Choice> {
    let document = project.document(placed.annotation.target.document);
    let (Some(document), Some(Resolution::Uncertain(candidates))) = (document, &placed.place)
    else {
        return Vec::new();
    };
    let text = document.text.text();
    let choice = |candidate: &Candidate| {
        let Span { start, end } = candidate.span;
        let before = clip_after(text, floor(text, start.0.saturating_sub(AROUND)));
        let after = clip_before(text, floor(text, end.0.saturating_add(AROUND)));
        let words = [
            Span {
                start: before,
                end: start,
            },
            candidate.span,
            Span {
                start: end,
                end: after,
            },
        ];
        Choice {
            span: candidate.span,
            words: words.map(|span| opening(span.of(text))),
            score: candidate.score,
        }
    };
    candidates.iter().map(choice).collect()
}

/// The border of a character at or before a byte.
fn floor(text: &str, at: u32) -> Utf8 {
    Utf8::from(text.floor_char_boundary(at as usize))
}

/// One annotation as a row.
#[must_use]
pub fn row(project: &Project, placed: &Placed) -> Row {
    let annotation = &placed.annotation;
    let text = project
        .document(annotation.target.document)
        .map_or("", |document| document.text.text());
    let place = place(project, placed);
    let quote = match place {
        Place::At(span) => opening(span.of(text)),
        _ => annotation
            .target
            .selectors
            .quote
            .as_ref()
            .map_or_else(Arc::default, |quote| opening(quote.exact())),
    };
    Row {
        id: annotation.id,
        place,
        quote,
        themes: project
            .codebook()
            .themes()
            .map(|theme| theme.id)
            .filter(|theme| annotation.themes.contains(theme))
            .collect(),
        note: annotation.note.clone(),
        created: annotation.created,
    }
}

/// Bytes of a passage that a row shows: more than anybody reads in a list.
const OPENING: usize = 600;

/// The first words of a passage, which may be all of a text.
#[must_use]
pub fn opening(words: &str) -> Arc<str> {
    text::opening(words, OPENING).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anchor::{Quote, Selectors};
    use crate::annotation::Known;
    use crate::project::{Edit, OnAnnotation, Origin, Transaction};
    use crate::testing::{annotation, document, project, seek, span_of};

    /// A project with one annotation on words that were described without context.
    fn quoting(words: &str) -> (Project, AnnotationId) {
        let mut annotation = annotation(1, span_of("fox"));
        annotation.target.selectors = Arc::new(Selectors {
            quote: Some(Quote::new("", words, "")),
            ..Selectors::default()
        });
        let id = annotation.id;
        let mut project = project();
        apply(&mut project, Edit::AddAnnotation(Arc::new(annotation)));
        seek(&mut project);
        (project, id)
    }

    fn apply(project: &mut Project, edit: Edit) {
        project.apply(&Transaction {
            label: "".into(),
            edits: vec![edit],
            origin: Origin::Person,
            at: Timestamp(2),
        });
        project.check().unwrap();
    }

    #[test]
    fn choices_stand_between_whole_words_of_the_text() {
        let (project, id) = quoting("quick");
        let choices = choices(&project, project.live(id).unwrap());
        assert_eq!(choices.len(), 2);
        let text = document().text.text().to_string();
        for choice in choices {
            assert_eq!(&*choice.words[1], "quick");
            assert!(text.contains(&choice.words.concat()), "{choice:?}");
        }
    }

    #[test]
    fn review_holds_what_a_person_has_to_place_until_it_is_given_up() {
        let (mut project, id) = quoting("no such words");
        let review = |project: &Project| {
            (
                counts(project, document().id).review,
                all_rows(project, document().id, Filter::Review).len(),
                row(project, project.live(id).unwrap()).place,
            )
        };
        assert_eq!(review(&project), (1, 1, Place::Lost));
        let mut target = project.live(id).unwrap().annotation.target.clone();
        target.known = Some(Box::new(Known::AbsentFrom(document().digest.clone())));
        apply(
            &mut project,
            Edit::Annotation(id, OnAnnotation::Target(Box::new(target))),
        );
        assert_eq!(review(&project), (0, 0, Place::GivenUp));
        assert_eq!(all_rows(&project, document().id, Filter::All).len(), 1);
    }
}
