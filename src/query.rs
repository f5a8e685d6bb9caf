//! What the panel lists: rows of plain values, filtered, in text order.

mod search;

pub use search::Found;

use std::ops::Range;
use std::sync::Arc;

use crate::anchor::{Candidate, Resolution};
use crate::annotation::AnnotationId;
use crate::codebook::{Codebook, ThemeId};
use crate::document::DocumentId;
use crate::project::{Filter, Mark, Marks, Placed, Project};
use crate::text::{self, Span, Utf8, clip_after, clip_before};
use crate::time::Timestamp;
use crate::words;

/// One annotation as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which.
    pub id: AnnotationId,
    /// The document that it is on.
    pub document: DocumentId,
    /// Where its passage is.
    pub place: Place,
    /// The words of the passage, or those it was made on where it has no sure place; of
    /// many the first.
    pub quote: Arc<str>,
    /// Its themes, in the codebook's order; of many the first [`SHOWN`].
    pub themes: Vec<ThemeId>,
    /// How many themes it has besides.
    pub more_themes: usize,
    /// The first words of its note, empty for none. Who writes a note takes all of it, from the
    /// record.
    pub note_opening: Arc<str>,
    /// When it was made.
    pub created: Timestamp,
}

/// Themes of a mark that are named, and themes by which a list can be filtered, at most: more are
/// not read, and a file may bring thousands.
pub const SHOWN: usize = 12;

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
    Unresolved,
    /// In a text that has not been read.
    Unread,
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
    /// By theme, in the codebook's order. Of more themes than [`SHOWN`], those that are borne
    /// come before the others.
    pub themes: Vec<(ThemeId, usize)>,
    /// How many themes are in use besides.
    pub more_themes: usize,
}

/// Counts the annotations of some documents. For each it costs as much as there are themes until
/// enough are found that are borne.
#[must_use]
pub fn counts(project: &Project, documents: &[DocumentId]) -> Counts {
    let count = |filter| {
        let counts = documents
            .iter()
            .map(|own| project.index(*own, filter).len());
        counts.sum()
    };
    let codebook = project.codebook();
    let counted = || {
        let themes = codebook.themes();
        themes.map(|theme| (theme.id, count(Filter::Theme(theme.id))))
    };
    let is_borne = |(_, count): &(ThemeId, usize)| *count > 0;
    let borne = counted().filter(is_borne).take(SHOWN).count();
    // What room these leave is for the first of the others.
    let mut room = SHOWN - borne;
    let mut themes = Vec::new();
    for theme in counted() {
        if themes.len() == SHOWN {
            break;
        }
        if is_borne(&theme) {
            themes.push(theme);
        } else if room > 0 {
            room -= 1;
            themes.push(theme);
        }
    }
    Counts {
        all: count(Filter::All),
        untagged: count(Filter::Untagged),
        review: count(Filter::Review),
        more_themes: codebook.count() - themes.len(),
        themes,
    }
}

/// Some rows of a list, by their numbers from 0.
#[must_use]
pub fn rows(project: &Project, list: &Marks, numbers: Range<usize>) -> Vec<Row> {
    let row = |mark: Mark| Some(row(project, project.live(mark.id)?));
    list.numbered(numbers).into_iter().filter_map(row).collect()
}

/// Marks of documents, one document after the other.
#[derive(Clone, Debug)]
pub struct Shelf<'a> {
    project: &'a Project,
    parts: Vec<(DocumentId, &'a Marks)>,
}

impl<'a> Shelf<'a> {
    /// Those of some documents, in this order.
    #[must_use]
    pub fn new(project: &'a Project, parts: Vec<(DocumentId, &'a Marks)>) -> Self {
        Self { project, parts }
    }

    /// The marks of each document.
    pub fn parts(&self) -> impl Iterator<Item = &'a Marks> {
        self.parts.iter().map(|(_, marks)| *marks)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parts.iter().map(|(_, marks)| marks.len()).sum()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Some of them as rows, by their numbers from 0.
    #[must_use]
    pub fn rows(&self, numbers: Range<usize>) -> Vec<Row> {
        let (mut found, mut before) = (Vec::new(), 0);
        for (_, marks) in &self.parts {
            let end = before + marks.len();
            if end > numbers.start && before < numbers.end {
                let own = numbers.start.saturating_sub(before)..numbers.end - before;
                found.extend(rows(self.project, marks, own));
            }
            before = end;
        }
        found
    }

    /// The number of an annotation, if it is there.
    #[must_use]
    pub fn number_of(&self, id: AnnotationId) -> Option<usize> {
        let mark = self.project.mark(id)?;
        let document = self.project.live(id)?.annotation.target.document;
        let at = self.parts.iter().position(|(own, _)| *own == document)?;
        let (_, marks) = self.parts[at];
        let number = marks.before(mark);
        let before = self.parts[..at].iter().map(|(_, marks)| marks.len());
        let is_there = marks.numbered(number..number + 1) == [mark];
        is_there.then(|| before.sum::<usize>() + number)
    }
}

/// All rows of some annotations of a document, for tests.
#[cfg(test)]
pub(crate) fn all_rows(project: &Project, document: DocumentId, filter: Filter) -> Vec<Row> {
    rows(project, project.index(document, filter), 0..usize::MAX)
}

fn place(project: &Project, placed: &Placed) -> Place {
    match &placed.place {
        Some(Resolution::Exact(span)) => Place::At(*span),
        Some(Resolution::Moved(found)) => Place::At(found.span),
        Some(Resolution::Uncertain(_)) => Place::Uncertain,
        Some(Resolution::Lost) if project.is_given_up(&placed.annotation) => Place::GivenUp,
        Some(Resolution::Lost) => Place::Lost,
        None if project
            .document(placed.annotation.target.document)
            .is_none() =>
        {
            Place::Unread
        }
        None => Place::Unresolved,
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
const AROUND_BYTES: u32 = 48;

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
        let before = clip_after(text, floor(text, start.0.saturating_sub(AROUND_BYTES)));
        let after = clip_before(text, floor(text, end.0.saturating_add(AROUND_BYTES)));
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
    let codebook = project.codebook();
    let numbers = codebook.first_numbers(&annotation.themes, SHOWN);
    let themes = numbers
        .iter()
        .filter_map(|number| codebook.numbered(*number));
    let is_in_use = |theme: &&ThemeId| codebook.is_in_use(**theme);
    let borne = annotation.themes.iter().filter(is_in_use).count();
    Row {
        id: annotation.id,
        document: annotation.target.document,
        place,
        quote,
        themes: themes.map(|theme| theme.id).collect(),
        more_themes: borne - numbers.len(),
        note_opening: opening(&annotation.note),
        created: annotation.created,
    }
}

/// The names of a row's themes, and how many it has besides; nothing where it has none.
#[must_use]
pub fn names(codebook: &Codebook, row: &Row) -> Option<String> {
    let themes = row.themes.iter().filter_map(|theme| codebook.get(*theme));
    let names: Vec<&str> = themes.map(|theme| &*theme.name).collect();
    (!row.themes.is_empty()).then(|| words::count::names(&names, row.more_themes))
}

/// Bytes of a passage or a note that a row shows: more than anybody reads in a list.
const OPENING_BYTES: usize = 600;

/// The first words of a passage, which may be all of a text, or of a note, with its lines.
#[must_use]
pub fn opening(words: &str) -> Arc<str> {
    text::opening(words, OPENING_BYTES).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anchor::{Quote, Selectors};
    use crate::annotation::Known;
    use crate::codebook::{Colour, Theme};
    use crate::project::{Edit, OnAnnotation};
    use crate::testing::{annotation, document, project, resolve_all, span_of};

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
        resolve_all(&mut project);
        (project, id)
    }

    fn apply(project: &mut Project, edit: Edit) {
        project.apply(&[edit]);
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
                counts(project, &[document().id()]).review,
                all_rows(project, document().id(), Filter::Review).len(),
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
        assert_eq!(all_rows(&project, document().id(), Filter::All).len(), 1);
    }

    #[test]
    fn marks_of_documents_stand_one_document_after_the_other() {
        let mut project = project();
        let mut record = crate::document::Record::clone(&document().record);
        record.id = DocumentId(uuid::Uuid::from_u128(0xd1));
        let other = record.id;
        // Its text has not been read.
        record.version = crate::document::plain::read("Nobody has read this.").id();
        apply(&mut project, Edit::AddDocument(Box::new(record)));
        for id in 1..=5 {
            let mut mark = annotation(id, span_of("fox"));
            if id % 2 == 0 {
                mark.target.document = other;
            }
            apply(&mut project, Edit::AddAnnotation(Arc::new(mark)));
        }
        let both = [other, document().id()];
        let marks = |id| (id, project.index(id, Filter::All));
        let shelf = Shelf::new(&project, both.map(marks).to_vec());
        let numbers = |rows: Vec<Row>| {
            rows.iter()
                .map(|row| row.id.0.as_u128())
                .collect::<Vec<_>>()
        };
        assert_eq!(shelf.len(), 5);
        assert_eq!(numbers(shelf.rows(0..9)), [2, 4, 1, 3, 5]);
        assert_eq!(numbers(shelf.rows(1..3)), [4, 1]);
        assert_eq!(numbers(shelf.rows(3..4)), [3]);
        for (number, row) in shelf.rows(0..9).iter().enumerate() {
            assert_eq!(shelf.number_of(row.id), Some(number));
        }
        let unread = &shelf.rows(0..1)[0];
        assert_eq!((&*unread.quote, unread.place), ("fox", Place::Unread));
        assert_eq!(counts(&project, &both).all, 5);
        // One that is listed alone has its own numbers, and no others.
        let alone = Shelf::new(&project, vec![marks(document().id())]);
        assert_eq!(alone.number_of(unread.id), None);
        assert_eq!(numbers(alone.rows(0..9)), [1, 3, 5]);
    }

    #[test]
    fn of_many_themes_the_first_are_named_and_counted() {
        let mut project = project();
        let mut mark = annotation(1, span_of("fox"));
        let mut themes: Vec<ThemeId> = Vec::new();
        for number in 0..20 {
            let id = ThemeId(uuid::Uuid::from_u128(100 - number));
            let order = project.codebook().next_order();
            let (name, colour) = (format!("Theme {number}").into(), Colour(1, 2, 3));
            let theme = Theme {
                id,
                name,
                colour,
                order,
                deleted: false,
            };
            apply(&mut project, Edit::AddTheme(theme));
            themes.push(id);
        }
        // The last of all, and more than are named.
        mark.themes = themes[6..].iter().rev().copied().collect();
        let id = mark.id;
        apply(&mut project, Edit::AddAnnotation(Arc::new(mark)));
        let named = row(&project, project.live(id).unwrap());
        assert_eq!((&*named.themes, named.more_themes), (&themes[6..18], 2));
        let names = names(project.codebook(), &named).unwrap();
        assert!(
            names.starts_with("Theme 6, Theme 7, ") && names.ends_with(", Theme 17 and 2 more")
        );
        let counted = |project: &Project| {
            let counts = counts(project, &[document().id()]);
            let borne = counts.themes.iter().filter(|(_, count)| *count > 0);
            (counts.themes.len(), borne.count(), counts.more_themes)
        };
        assert_eq!(counted(&project), (12, 12, 11));
        for theme in &themes[9..] {
            apply(
                &mut project,
                Edit::Annotation(id, OnAnnotation::Tag(*theme, false)),
            );
        }
        // Those that are borne, and as many of the first as there is room for, in order.
        assert_eq!(counted(&project), (12, 3, 11));
        let counts = counts(&project, &[document().id()]).themes;
        let numbers = counts
            .iter()
            .map(|(id, _)| project.codebook().position(*id));
        assert!(numbers.eq((0..12).map(Some)), "{counts:?}");
    }

    #[test]
    fn a_row_shows_the_beginning_of_a_note_with_its_lines() {
        let mut project = project();
        let mut mark = annotation(1, span_of("fox"));
        mark.note = "one\n\ntwo words ".repeat(100_000).into();
        let (id, note) = (mark.id, mark.note.clone());
        apply(&mut project, Edit::AddAnnotation(Arc::new(mark)));
        let placed = project.live(id).unwrap();
        let shown = row(&project, placed).note_opening;
        assert!(shown.len() < 700 && shown.ends_with('…') && shown.starts_with("one\n\ntwo"));
        assert_eq!(placed.annotation.note, note);
    }
}
