//! Running the cases and counting what came of them.

use std::ops::Range;

use std::sync::Arc;

use themark::anchor::{Finder, Resolution, Selectors, describe};
use themark::annotation::{Annotation, AnnotationId, Target};
use themark::document::{BlockKind, Document, DocumentId, Fields, Record, Version};
use themark::project::{Edit, Project};
use themark::replace::{self, NewVersion};
use themark::text::{CodePoint, Digest, Span, TextIndex};
use themark::time::Timestamp;

use crate::baseline::{self, Wanted};
use crate::cases::{self, Case, Changed};
use crate::chance::Chance;
use crate::texts::Vocabulary;

/// What came of the passages of one case, in numbers of passages.
#[derive(Clone, Copy, Debug, Default)]
pub struct Outcomes {
    /// Sure, and at least half of the true place.
    pub right: usize,
    /// Of these, with both ends exact.
    pub ends: usize,
    /// Sure, and elsewhere; or sure where there is no true place.
    pub wrong: usize,
    /// Uncertain, the true place among the candidates.
    pub offered: usize,
    /// Uncertain, and it is not; or there is none.
    pub misled: usize,
    /// Lost.
    pub lost: usize,
}

impl Outcomes {
    /// All passages.
    #[must_use]
    pub fn total(&self) -> usize {
        self.right + self.wrong + self.offered + self.misled + self.lost
    }

    /// Adds another text's.
    pub fn add(&mut self, other: &Self) {
        self.right += other.right;
        self.ends += other.ends;
        self.wrong += other.wrong;
        self.offered += other.offered;
        self.misled += other.misled;
        self.lost += other.lost;
    }

    fn count(&mut self, truth: Option<&Range<usize>>, found: &Found) {
        let hits = |range: &Range<usize>| truth.is_some_and(|truth| same_place(truth, range));
        match found {
            Found::Sure(range) if hits(range) => {
                self.right += 1;
                self.ends += usize::from(truth == Some(range));
            }
            Found::Sure(_) => self.wrong += 1,
            Found::Unsure(ranges) if ranges.iter().any(hits) => self.offered += 1,
            Found::Unsure(_) => self.misled += 1,
            Found::Lost => self.lost += 1,
        }
    }
}

/// Half of the longer one lies in both.
fn same_place(a: &Range<usize>, b: &Range<usize>) -> bool {
    let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    shared * 2 >= a.len().max(b.len())
}

enum Found {
    Sure(Range<usize>),
    Unsure(Vec<Range<usize>>),
    Lost,
}

/// A case made ready: passages described on one text, to be found in another.
#[derive(Debug)]
pub struct Trial {
    case: Case,
    selectors: Vec<Selectors>,
    changed: Changed,
    /// The length of each passage in code points.
    lengths: Vec<usize>,
}

/// How long a quote has to be to count, in code points.
#[derive(Clone, Copy, Debug)]
pub struct AtLeast(pub usize);

impl Trial {
    /// Marks passages of a text, `most` at most, and does to it what the case says.
    #[must_use]
    pub fn new(
        text: &str,
        case: Case,
        most: usize,
        hostile: bool,
        vocabulary: &Vocabulary,
        seed: u64,
    ) -> Self {
        let mut chance = Chance::new(seed);
        let passages = cases::passages(text, case, most, &mut chance);
        let (index, digest) = (TextIndex::new(text), Digest::of(text));
        let selectors = passages
            .iter()
            .map(|passage| describe(&index, &digest, Span::between(passage.start, passage.end)))
            .collect();
        let mut changed = cases::change(text, &passages, case, vocabulary, &mut chance);
        if hostile {
            changed = cases::make_hostile(changed, &mut chance);
        }
        Self {
            case,
            selectors,
            changed,
            lengths: passages
                .iter()
                .map(|passage| text[passage.clone()].chars().count())
                .collect(),
        }
    }

    /// The case.
    #[must_use]
    pub fn case(&self) -> Case {
        self.case
    }

    /// How many passages there are.
    #[must_use]
    pub fn passages(&self) -> usize {
        self.selectors.len()
    }

    /// The text to find them in.
    #[must_use]
    pub fn index(&self) -> (TextIndex, Digest) {
        (
            TextIndex::new(self.changed.text.as_str()),
            Digest::of(&self.changed.text),
        )
    }

    /// Finds every passage.
    #[must_use]
    pub fn find(&self, finder: &Finder<'_>) -> Vec<Resolution> {
        finder.resolve_all(&self.selectors)
    }

    /// Puts the changed text in the place of the text it was made of, and says where the
    /// passages are then: the two texts are known, so they are aligned.
    #[must_use]
    pub fn replace(&self, text: &str) -> Vec<Resolution> {
        let version = |text| Version::new([(BlockKind::Paragraph, text)]);
        let changed = version(text);
        let document = Arc::new(Document::of(
            Arc::new(Record {
                id: DocumentId::default(),
                name: "".into(),
                title: "".into(),
                language: "".into(),
                source: "".into(),
                licence: None,
                fields: Fields::default(),
                version: changed.id(),
                deleted: false,
            }),
            &changed,
        ));
        let id = |number: u64| {
            let mut random = [0; 10];
            random[2..].copy_from_slice(&number.to_be_bytes());
            AnnotationId(Timestamp(0).name(random))
        };
        let mark = |(number, selectors): (u64, &Selectors)| {
            let target = Target {
                document: document.id(),
                source: None,
                selectors: Arc::new(selectors.clone()),
                known: None,
            };
            let annotation = Annotation::new(id(number), target, Timestamp(0));
            Edit::AddAnnotation(Arc::new(annotation))
        };
        let mut project = Project::new([document.clone()]);
        let marks: Vec<Edit> = (0..).zip(&self.selectors).map(mark).collect();
        project.apply(&marks);
        let plan = replace::plan(
            &project,
            &document,
            &NewVersion {
                version: version(&self.changed.text),
                is_plain: true,
            },
            Timestamp(0),
            &|_| (),
        );
        if let Some(version) = plan.version {
            project.read(version);
        }
        project.apply(&plan.edits);
        let (index, digest) = self.index();
        project.resolve_all(document.id(), &Finder::new(&index, &digest));
        (0..self.selectors.len() as u64)
            .map(|number| {
                let placed = project
                    .live(id(number))
                    .and_then(|placed| placed.place.clone());
                placed.unwrap_or(Resolution::Lost)
            })
            .collect()
    }

    /// Counts what was found of the passages that are long enough.
    #[must_use]
    pub fn judge(&self, found: &[Resolution], at_least: AtLeast) -> Outcomes {
        let range = |span: &Span| span.start.index()..span.end.index();
        let found = found.iter().map(|found| match found {
            Resolution::Exact(span) => Found::Sure(range(span)),
            Resolution::Moved(place) => Found::Sure(range(&place.span)),
            Resolution::Uncertain(places) => {
                Found::Unsure(places.iter().map(|place| range(&place.span)).collect())
            }
            Resolution::Lost => Found::Lost,
        });
        self.count(found, at_least)
    }

    fn count(&self, found: impl Iterator<Item = Found>, AtLeast(length): AtLeast) -> Outcomes {
        let mut outcomes = Outcomes::default();
        for (at, found) in found.enumerate() {
            if self.lengths[at] >= length {
                outcomes.count(self.changed.places[at].as_ref(), &found);
            }
        }
        outcomes
    }

    /// How many quotes stand at their positions: the least that must be done to know.
    #[must_use]
    pub fn compare(&self, index: &TextIndex) -> usize {
        let stands = |selectors: &&Selectors| {
            let (Some(quote), Some(points)) = (&selectors.quote, selectors.position) else {
                return false;
            };
            index
                .span_from_code_points(points)
                .is_some_and(|span| span.of(index.text()) == quote.exact())
        };
        self.selectors.iter().filter(stands).count()
    }

    /// The first `most` passages as the baseline knows them.
    #[must_use]
    pub fn wanted(&self, most: usize) -> Vec<Wanted> {
        let chars = |words: &str| words.chars().collect::<Vec<char>>();
        // Every so many, so that short and long ones and all parts of the text take part.
        let step = self.selectors.len().div_ceil(most).max(1);
        self.selectors
            .iter()
            .step_by(step)
            .filter_map(|selectors| {
                let quote = selectors.quote.as_ref()?;
                Some(Wanted {
                    exact: chars(quote.exact()),
                    prefix: chars(quote.prefix()),
                    suffix: chars(quote.suffix()),
                    position: selectors.position.map_or(0, |points| points.start.index()),
                })
            })
            .collect()
    }

    /// What the baseline makes of the passages it is given, by [`Trial::wanted`].
    #[must_use]
    pub fn judge_baseline(&self, found: &[Option<Range<usize>>], at_least: AtLeast) -> Outcomes {
        let (index, _) = self.index();
        let byte = |point: usize| {
            index
                .from_code_point(CodePoint::from(point))
                .map_or(0, |at| at.index())
        };
        let step = self.selectors.len().div_ceil(found.len().max(1)).max(1);
        let mut outcomes = Outcomes::default();
        for (at, found) in found.iter().enumerate() {
            let at = at * step;
            if self.lengths[at] >= at_least.0 {
                let found = found.as_ref().map_or(Found::Lost, |range| {
                    Found::Sure(byte(range.start)..byte(range.end))
                });
                outcomes.count(self.changed.places[at].as_ref(), &found);
            }
        }
        outcomes
    }

    /// Runs the baseline.
    #[must_use]
    pub fn find_by_baseline(&self, wanted: &[Wanted]) -> Vec<Option<Range<usize>>> {
        let text: Vec<char> = self.changed.text.chars().collect();
        wanted
            .iter()
            .map(|wanted| baseline::best(wanted, &text))
            .collect()
    }
}
