//! The live marks of one document, in text order, found by place.

use crate::annotation::AnnotationId;
use crate::text::{Span, Utf8};

/// Marks in a run. A lookup skips a run at a time, so this trades the length of
/// the table of runs against the marks looked at in vain in one run.
const RUN: usize = 64;

/// Where one annotation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The passage.
    pub span: Span,
    /// Whose it is.
    pub id: AnnotationId,
}

impl Mark {
    /// Text order: earlier start first, of equal starts the longer first, so that
    /// what encloses comes before what is enclosed.
    fn key(self) -> (Utf8, std::cmp::Reverse<Utf8>, AnnotationId) {
        (self.span.start, std::cmp::Reverse(self.span.end), self.id)
    }
}

/// Marks sorted in text order, in runs that know how far their longest mark
/// reaches. Finding the marks in a window costs one look at each run before the window's
/// end, and the marks of those that reach into it; adding or taking away one costs a run.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    runs: Vec<Run>,
}

#[derive(Clone, Debug)]
struct Run {
    marks: Vec<Mark>,
    reach: Utf8,
}

impl Run {
    fn new(marks: Vec<Mark>) -> Self {
        let reach = marks.iter().map(|mark| mark.span.end).max();
        Self {
            reach: reach.unwrap_or_default(),
            marks,
        }
    }
}

impl Marks {
    /// All of them, in text order.
    pub fn iter(&self) -> impl Iterator<Item = Mark> {
        self.runs.iter().flat_map(|run| run.marks.iter().copied())
    }

    /// Those that share at least one byte with a span, in text order.
    pub fn touching(&self, span: Span) -> impl Iterator<Item = Mark> {
        self.runs
            .iter()
            .take_while(move |run| {
                run.marks
                    .first()
                    .is_some_and(|mark| mark.span.start < span.end)
            })
            .filter(move |run| run.reach > span.start)
            .flat_map(|run| run.marks.iter().copied())
            .filter(move |mark| mark.span.overlaps(span))
    }

    /// Adds a mark; twice is once.
    pub(super) fn insert(&mut self, mark: Mark) {
        let Some(at) = self.run_of(mark) else {
            self.runs.push(Run::new(vec![mark]));
            return;
        };
        let run = &mut self.runs[at];
        let Err(place) = run
            .marks
            .binary_search_by_key(&mark.key(), |mark| mark.key())
        else {
            return;
        };
        run.marks.insert(place, mark);
        run.reach = run.reach.max(mark.span.end);
        if run.marks.len() > RUN {
            let behind = run.marks.split_off(RUN / 2);
            *run = Run::new(std::mem::take(&mut run.marks));
            self.runs.insert(at + 1, Run::new(behind));
        }
    }

    /// Takes a mark away, if it is there.
    pub(super) fn remove(&mut self, mark: Mark) {
        let Some(at) = self.run_of(mark) else { return };
        let run = &mut self.runs[at];
        if let Ok(place) = run
            .marks
            .binary_search_by_key(&mark.key(), |mark| mark.key())
        {
            run.marks.remove(place);
            *run = Run::new(std::mem::take(&mut run.marks));
        }
        if run.marks.is_empty() {
            self.runs.remove(at);
        }
    }

    /// The run a mark belongs to: the last that does not begin behind it.
    fn run_of(&self, mark: Mark) -> Option<usize> {
        let behind = self.runs.partition_point(|run| {
            run.marks
                .first()
                .is_some_and(|first| first.key() <= mark.key())
        });
        (!self.runs.is_empty()).then(|| behind.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn mark(start: u32, length: u32, id: u128) -> Mark {
        Mark {
            span: Span::between(Utf8(start), Utf8(start + length)),
            id: AnnotationId(Uuid::from_u128(id)),
        }
    }

    proptest! {
        /// The plain list that this replaces is the model.
        #[test]
        fn it_finds_what_a_plain_list_finds(
            steps in proptest::collection::vec((any::<bool>(), 0_u32..300, 1_u32..40, 0_u128..4), 1..600),
            window in (0_u32..300, 0_u32..60),
        ) {
            let (mut marks, mut model) = (Marks::default(), Vec::<Mark>::new());
            for (add, start, length, id) in steps {
                let mark = mark(start, length, id);
                model.retain(|other| *other != mark);
                if add {
                    marks.insert(mark);
                    model.push(mark);
                } else {
                    marks.remove(mark);
                }
            }
            model.sort_by_key(|mark| mark.key());
            prop_assert_eq!(marks.iter().collect::<Vec<_>>(), model.clone());
            let window = Span::between(Utf8(window.0), Utf8(window.0 + window.1));
            let found: Vec<Mark> = marks.touching(window).collect();
            let expected: Vec<Mark> =
                model.into_iter().filter(|mark| mark.span.overlaps(window)).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
