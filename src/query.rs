//! What the panel lists: rows of plain values, filtered, in text order.

use std::sync::Arc;

use crate::anchor::Resolution;
use crate::annotation::AnnotationId;
use crate::codebook::ThemeId;
use crate::document::DocumentId;
use crate::project::{Placed, Project};
use crate::text::Span;
use crate::time::Timestamp;

/// One annotation as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which.
    pub id: AnnotationId,
    /// Where its passage is.
    pub place: Place,
    /// The words of the passage, or those it was made on where it has no sure place.
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
    /// It is still to be looked for.
    Unsought,
}

/// Which annotations to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// All of them.
    #[default]
    All,
    /// Those tagged with a theme.
    Theme(ThemeId),
    /// Those tagged with none.
    Untagged,
}

impl Filter {
    fn passes(self, project: &Project, placed: &Placed) -> bool {
        let themes = &placed.annotation.themes;
        match self {
            Self::All => true,
            Self::Theme(theme) => themes.contains(&theme),
            Self::Untagged => !themes
                .iter()
                .any(|theme| project.codebook().position(*theme).is_some()),
        }
    }
}

/// How many annotations a document has, in all and by theme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All of them.
    pub all: usize,
    /// Those without a theme.
    pub untagged: usize,
    /// By theme, in the codebook's order.
    pub themes: Vec<(ThemeId, usize)>,
}

/// Counts a document's annotations.
#[must_use]
pub fn counts(project: &Project, document: DocumentId) -> Counts {
    let (mut all, mut untagged) = (0, 0);
    for placed in project.annotations(document) {
        all += 1;
        untagged += usize::from(Filter::Untagged.passes(project, placed));
    }
    Counts {
        all,
        untagged,
        themes: project
            .codebook()
            .themes()
            .map(|theme| (theme.id, project.count(document, theme.id)))
            .collect(),
    }
}

/// The rows of a document that pass a filter: text order, then those without a
/// sure place.
#[must_use]
pub fn rows(project: &Project, document: DocumentId, filter: Filter) -> Vec<Arc<Row>> {
    project
        .annotations(document)
        .filter(|placed| filter.passes(project, placed))
        .map(|placed| Arc::new(row(project, placed)))
        .collect()
}

/// One annotation as a row.
#[must_use]
pub fn row(project: &Project, placed: &Placed) -> Row {
    let annotation = &placed.annotation;
    let text = project
        .document(annotation.target.document)
        .map_or("", |document| document.text.text());
    let place = match &placed.place {
        Some(Resolution::Exact(span)) => Place::At(*span),
        Some(Resolution::Moved(found)) => Place::At(found.span),
        Some(Resolution::Uncertain(_)) => Place::Uncertain,
        Some(Resolution::Lost) => Place::Lost,
        None => Place::Unsought,
    };
    let quote = match place {
        Place::At(span) => span.of(text).into(),
        Place::Uncertain | Place::Lost | Place::Unsought => annotation
            .target
            .selectors
            .quote
            .as_ref()
            .map_or_else(Arc::default, |quote| Arc::from(&*quote.exact)),
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
