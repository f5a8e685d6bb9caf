//! What a person is shown of a journal: its moments, latest first, of which those that belong to
//! one sitting stand in one row.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use super::{Part, read_head, read_part};
use crate::annotation::AnnotationId;
use crate::project::{Edit, OnAnnotation, Origin};
use crate::text;
use crate::time::Timestamp;
use crate::words;

/// The moment right after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The number of the change's last record, by which the store knows it.
    pub number: i64,
    /// When the change was made.
    pub at: Timestamp,
    /// Where the change comes from.
    pub origin: Origin,
    /// The change in words: "tag Energy".
    pub label: Arc<str>,
    /// The record's part of the change: the last of so many.
    part: Part,
    /// The one annotation that the change is about, if it is about one only.
    pub annotation: Option<AnnotationId>,
    /// The first words of what was quoted or noted, if the change is that.
    pub words: Option<String>,
    /// Whether the change makes or tags one mark and does nothing else.
    marks: bool,
}

/// The most bytes of a passage or a note that are shown.
const OPENING: usize = 80;

impl Moment {
    /// What a record says; nothing where it is not the last of a change. One whose edits can't be
    /// read is a moment all the same.
    #[must_use]
    pub fn of(number: i64, record: &str) -> Option<Self> {
        let (head, part) = read_head(record)?;
        if !part.is_last() {
            return None;
        }
        // The edits of a long change stand in its other records as well.
        let edits = match read_part(record) {
            Ok(record) if part == Part::WHOLE => record.transaction.edits,
            _ => Vec::new(),
        };
        let is_date = |edit: &&Edit| matches!(edit, Edit::Annotation(_, OnAnnotation::Modified(_)));
        let edits: Vec<&Edit> = edits.iter().filter(|edit| !is_date(edit)).collect();
        let mut moment = Self {
            number,
            at: head.at,
            origin: head.origin,
            label: head.label,
            part,
            annotation: None,
            words: None,
            marks: false,
        };
        if let [edit] = edits[..] {
            moment.tell(edit);
        }
        Some(moment)
    }

    /// Takes note of the only edit of the change.
    fn tell(&mut self, edit: &Edit) {
        let (id, words, marks) = match edit {
            Edit::AddAnnotation(added) => {
                let quote = added.target.selectors.quote.as_ref();
                (added.id, quote.map(|quote| quote.exact()), true)
            }
            Edit::Annotation(id, OnAnnotation::Note(note)) => (*id, Some(&**note), false),
            Edit::Annotation(id, OnAnnotation::Tag(..)) => (*id, None, true),
            Edit::Annotation(id, _) => (*id, None, false),
            _ => return,
        };
        self.annotation = Some(id);
        self.words = words.map(opening);
        self.marks = marks;
    }

    /// The number of the first record of the change, as far as its last one can tell.
    #[must_use]
    pub fn first(&self) -> i64 {
        self.number.saturating_sub(self.part.of as i64 - 1)
    }

    /// Whether a record is the first of the same change: where one of its records is missing, what
    /// stands there is another's.
    #[must_use]
    pub fn begins_with(&self, record: &str) -> bool {
        let first = Part {
            number: 1,
            ..self.part
        };
        read_head(record).is_some_and(|(_, part)| part == first)
    }
}

/// The first words of a passage or a note, on one line.
#[must_use]
pub fn opening(words: &str) -> String {
    text::opening(words, OPENING).replace(['\n', '\r'], " ")
}

/// Moments that stand in one row, latest first; never none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row(Vec<Moment>);

/// The fewest marks whose making and tagging stands in one row.
const RUN: usize = 3;

/// Longest pause within one sitting, in ms.
const PAUSE_MS: i64 = 10 * 60_000;

impl Row {
    /// A row of one moment.
    #[must_use]
    pub fn of(moment: Moment) -> Self {
        Self(vec![moment])
    }

    /// Its moments, latest first.
    #[must_use]
    pub fn moments(&self) -> &[Moment] {
        &self.0
    }

    /// The latest of its moments: going back to the row is going back to that.
    #[must_use]
    pub fn latest(&self) -> &Moment {
        // None is made without a moment.
        &self.0[0]
    }

    /// When its first moment was.
    #[must_use]
    pub fn since(&self) -> Timestamp {
        self.0.last().map_or(self.latest().at, |first| first.at)
    }

    /// What was done, in words: "15 marks", "Undid 2 changes", "Tag Energy".
    #[must_use]
    pub fn summary(&self) -> String {
        let latest = self.latest();
        match (latest.origin, self.0.len()) {
            (Origin::Person, 1) => words::history::did(&latest.label),
            (Origin::Undo, 1) => words::history::undid(&latest.label),
            (Origin::Redo, 1) => words::history::redid(&latest.label),
            (Origin::Undo, count) => words::history::undid_changes(count),
            (Origin::Redo, count) => words::history::redid_changes(count),
            (Origin::Person, _) if latest.marks => words::history::marks(marks(&self.0)),
            (Origin::Person, count) => words::history::in_steps(&latest.label, count),
        }
    }
}

/// How many marks some moments are about.
fn marks(moments: &[Moment]) -> usize {
    let mut marks = HashSet::new();
    marks.extend(moments.iter().map(|moment| moment.annotation));
    marks.len()
}

/// Puts moments into rows. Those of a run of undoing or of redoing stand together, and within one
/// sitting those of marking and tagging, and those of one thing that is done to one mark step by step.
/// One that has a name stands by itself.
#[derive(Debug, Default)]
pub struct Rows {
    named: Vec<i64>,
    elsewhere: Vec<i64>,
    run: Vec<Moment>,
    done: VecDeque<Row>,
}

impl Rows {
    /// Rows in which some moments stand by themselves, by their numbers.
    #[must_use]
    pub fn new(named: Vec<i64>) -> Self {
        Self {
            named,
            ..Self::default()
        }
    }

    /// Leaves out moments with a name that stand elsewhere, by their numbers.
    pub fn leave_out(&mut self, numbers: Vec<i64>) {
        self.done
            .retain(|row| !numbers.contains(&row.latest().number));
        self.run.retain(|moment| !numbers.contains(&moment.number));
        self.elsewhere = numbers;
    }

    /// Takes the next moment in, which was before all others.
    pub fn take(&mut self, moment: Moment) {
        if self.elsewhere.contains(&moment.number) {
            return;
        }
        let goes_on = self
            .run
            .last()
            .is_some_and(|later| self.belong_together(later, &moment));
        if !goes_on {
            self.end();
        }
        self.run.push(moment);
    }

    /// There is no other moment.
    pub fn end(&mut self) {
        let run = std::mem::take(&mut self.run);
        let is_marking = run
            .first()
            .is_some_and(|latest| latest.marks && latest.origin == Origin::Person);
        if is_marking && marks(&run) < RUN {
            self.done.extend(run.into_iter().map(Row::of));
        } else if !run.is_empty() {
            self.done.push_back(Row(run));
        }
    }

    /// The next row that is whole.
    pub fn pop(&mut self) -> Option<Row> {
        self.done.pop_front()
    }

    /// How many rows are whole.
    #[must_use]
    pub fn ready(&self) -> usize {
        self.done.len()
    }

    fn belong_together(&self, later: &Moment, earlier: &Moment) -> bool {
        let has_name = |moment: &Moment| self.named.contains(&moment.number);
        let is_one_thing = if later.marks || earlier.marks {
            later.marks && earlier.marks
        } else {
            later.annotation.is_some()
                && later.annotation == earlier.annotation
                && later.label == earlier.label
        };
        let is_one_sitting = later.at.0.abs_diff(earlier.at.0) <= PAUSE_MS.unsigned_abs();
        !has_name(later)
            && !has_name(earlier)
            && later.origin == earlier.origin
            && (later.origin != Origin::Person || is_one_thing && is_one_sitting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::write_part;
    use crate::project::Head;
    use crate::testing::{annotation, edits, project, span_of, stamp, theme};
    use proptest::prelude::*;
    use std::borrow::Cow;

    const MINUTE: i64 = 60_000;

    /// A record of a change.
    fn record(label: &str, origin: Origin, at: i64, part: Part, edits: &[Edit]) -> String {
        let head = Head {
            origin,
            ..Head::new(stamp(at), label)
        };
        let mut edits = edits.iter().map(Cow::Borrowed);
        write_part(&head, part, None, &mut edits).0
    }

    fn marked(id: u128) -> Edit {
        Edit::AddAnnotation(Arc::new(annotation(id, span_of("quick brown fox"))))
    }

    fn tagged(id: u128) -> Vec<Edit> {
        let id = annotation(id, span_of("fox")).id;
        vec![
            Edit::Annotation(id, OnAnnotation::Tag(theme("Energy"), true)),
            Edit::Annotation(id, OnAnnotation::Modified(Timestamp(3))),
        ]
    }

    /// Moments from records, latest first as they are read.
    fn summaries(records: &[String], named: &[i64]) -> Vec<(String, usize)> {
        let mut rows = Rows::new(named.to_vec());
        for (number, record) in records.iter().enumerate().rev() {
            if let Some(moment) = Moment::of(number as i64 + 1, record) {
                rows.take(moment);
            }
        }
        rows.end();
        std::iter::from_fn(|| rows.pop())
            .map(|row| (row.summary(), row.moments().len()))
            .collect()
    }

    #[test]
    fn a_run_of_marking_is_one_row_that_counts_marks() {
        let whole = |label: &str, at, edits: &[Edit]| {
            record(label, Origin::Person, at * MINUTE, Part::WHOLE, edits)
        };
        let mut records = vec![whole(
            "note",
            0,
            &[Edit::Annotation(
                annotation(1, span_of("fox")).id,
                OnAnnotation::Note("mine\nand theirs".into()),
            )],
        )];
        for id in 1..=15 {
            records.push(whole("tag Energy", id, &[marked(id as u128)]));
        }
        records.push(whole("tag Energy", 16, &tagged(15)));
        let rows = summaries(&records, &[]);
        assert_eq!(rows, [("15 marks".into(), 16), ("Note".into(), 1)]);
        // One that has a name stands by itself, and what is around it as it may.
        let rows = summaries(&records, &[15]);
        let expected = [
            ("Tag Energy", 1),
            ("Tag Energy", 1),
            ("Tag Energy", 1),
            ("13 marks", 13),
            ("Note", 1),
        ];
        assert_eq!(
            rows,
            expected.map(|(words, count)| (words.to_owned(), count))
        );
        // After a pause another run begins; two are no run.
        let apart =
            [1, 2, 3, 14, 15, 16, 27, 28].map(|at| whole("tag Energy", at, &[marked(at as u128)]));
        let rows = summaries(&apart, &[]);
        let expected = [
            ("Tag Energy", 1),
            ("Tag Energy", 1),
            ("3 marks", 3),
            ("3 marks", 3),
        ];
        assert_eq!(
            rows,
            expected.map(|(words, count)| (words.to_owned(), count))
        );
        // Nor is one mark that is tagged three times.
        let one = [1, 2, 3].map(|at| whole("tag Energy", at, &tagged(1)));
        assert_eq!(
            summaries(&one, &[]),
            [1, 2, 3].map(|_| ("Tag Energy".into(), 1))
        );
    }

    #[test]
    fn what_is_done_to_one_mark_step_by_step_is_one_row() {
        let note = |id, at: i64| {
            let id = annotation(id, span_of("fox")).id;
            let note = Edit::Annotation(id, OnAnnotation::Note(at.to_string().into()));
            record("note", Origin::Person, at * MINUTE, Part::WHOLE, &[note])
        };
        let records = [note(1, 0), note(1, 1), note(1, 2), note(2, 3), note(2, 20)];
        let expected = [("Note", 1), ("Note", 1), ("Note, in 3 steps", 3)];
        assert_eq!(
            summaries(&records, &[]),
            expected.map(|(words, count)| (words.to_owned(), count))
        );
    }

    #[test]
    fn one_that_stands_elsewhere_is_left_out_whether_it_was_met_or_not() {
        let step = |number| {
            let record = record("step", Origin::Person, 0, Part::WHOLE, &[]);
            Moment::of(number, &record).unwrap()
        };
        let mut rows = Rows::new(vec![1, 3, 4]);
        for number in [5, 4, 3] {
            rows.take(step(number));
        }
        rows.leave_out(vec![1, 3, 4]);
        for number in [2, 1] {
            rows.take(step(number));
        }
        rows.end();
        let numbers = std::iter::from_fn(|| rows.pop()).map(|row| row.latest().number);
        assert_eq!(numbers.collect::<Vec<_>>(), [5, 2]);
    }

    #[test]
    fn a_run_of_undoing_is_one_row_and_not_that_of_redoing() {
        let by = |origin| record("tag Energy", origin, 0, Part::WHOLE, &tagged(1));
        let records = [Origin::Person, Origin::Undo, Origin::Undo, Origin::Redo].map(by);
        let expected = [
            ("Redid tag Energy", 1),
            ("Undid 2 changes", 2),
            ("Tag Energy", 1),
        ];
        assert_eq!(
            summaries(&records, &[]),
            expected.map(|(words, count)| (words.to_owned(), count))
        );
    }

    #[test]
    fn a_moment_says_what_it_is_about() {
        let of = |edits: &[Edit]| {
            let moment = Moment::of(7, &record("step", Origin::Person, 0, Part::WHOLE, edits));
            let moment = moment.unwrap();
            (moment.annotation.is_some(), moment.words)
        };
        let id = annotation(1, span_of("fox")).id;
        let note = |words: &str| [Edit::Annotation(id, OnAnnotation::Note(words.into()))];
        assert_eq!(of(&[marked(1)]), (true, Some("quick brown fox".into())));
        assert_eq!(of(&note("a\nb")), (true, Some("a b".into())));
        assert_eq!(of(&tagged(1)), (true, None));
        assert_eq!(of(&[marked(1), marked(2)]), (false, None));
        assert_eq!(of(&[]), (false, None));
        let long = of(&note(&"word ".repeat(40))).1.unwrap();
        assert!(long.ends_with('…') && long.len() < 90, "{long}");
    }

    #[test]
    fn a_long_change_is_known_by_its_last_record_and_told_from_what_stands_before() {
        let part = |number| Part { number, of: 3 };
        let records = [1, 2, 3].map(|number| {
            record(
                "import",
                Origin::Person,
                0,
                part(number),
                &[marked(number as u128)],
            )
        });
        assert_eq!(Moment::of(8, &records[1]), None);
        let moment = Moment::of(9, &records[2]).unwrap();
        assert_eq!((moment.first(), moment.annotation), (7, None));
        assert!(moment.begins_with(&records[0]));
        assert!(!moment.begins_with(&records[1]));
        let other = record("tag", Origin::Person, 0, Part::WHOLE, &tagged(1));
        assert!(!moment.begins_with(&other));
        // What is damaged is a moment as long as its beginning says so.
        let damaged = other.replace("tagged yes", "tagged maybe");
        assert_eq!(Moment::of(1, &damaged).unwrap().annotation, None);
        assert_eq!(Moment::of(1, "words"), None);
        // One of a later version is a moment as well, whatever it comes from.
        let newer = other
            .replace("by person", "by machine")
            .replace("what tag", "what \\tag");
        let moment = Moment::of(1, &newer).unwrap();
        assert_eq!((moment.origin, &*moment.label), (Origin::Person, "\\tag"));
        // A number that can't be is no reason to fail.
        assert_eq!(Moment::of(1, &records[2]).unwrap().first(), -1);
    }

    proptest! {
        /// Nothing is shown twice, left out, or out of order, whatever is grouped.
        #[test]
        fn rows_hold_each_moment_once_and_in_order(
            steps in proptest::collection::vec(
                (edits(&project(), 0..3), 0..3_usize, 0..20 * MINUTE),
                0..40,
            ),
            named in proptest::collection::vec(1..40_i64, 0..5),
        ) {
            let origins = [Origin::Person, Origin::Undo, Origin::Redo];
            let mut rows = Rows::new(named.to_vec());
            let mut expected = Vec::new();
            let mut at = 0;
            for (number, (edits, origin, pause)) in steps.into_iter().enumerate() {
                at -= pause;
                let record = record("step", origins[origin], at, Part::WHOLE, &edits);
                let moment = Moment::of(40 - number as i64, &record).unwrap();
                expected.push(moment.clone());
                rows.take(moment);
            }
            rows.end();
            prop_assert!(expected.is_empty() == (rows.ready() == 0));
            let rows: Vec<Row> = std::iter::from_fn(|| rows.pop()).collect();
            let all: Vec<Moment> = rows.iter().flat_map(|row| row.moments().to_vec()).collect();
            prop_assert_eq!(all, expected);
            for row in rows {
                let together = row.moments();
                let has_name = |moment: &Moment| named.contains(&moment.number);
                prop_assert!(together.len() == 1 || !together.iter().any(has_name));
                prop_assert!(together.iter().all(|moment| moment.origin == row.latest().origin));
                prop_assert!(row.since() <= row.latest().at);
            }
        }

        #[test]
        fn nothing_panics(record in any::<String>(), number in any::<i64>()) {
            let moment = Moment::of(number, &format!("v 4\nat 0\nby person\nwhat \n{record}"));
            if let Some(moment) = moment {
                let _ = (moment.first(), moment.begins_with(&record), Row::of(moment).summary());
            }
        }
    }
}
