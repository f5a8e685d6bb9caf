//! Undo and redo over transactions.
//!
//! A step is taken back by writing the old values as new edits, and only into
//! fields that still bear the step's own value: what someone else has written
//! since stays.

use std::sync::Arc;

use crate::project::{Change, Edit, Head, OnDocument, Origin, TransactionId};

/// Something that was done, as undo needs to know it.
#[derive(Clone, Debug)]
pub struct Step {
    /// The transaction that did it.
    pub id: TransactionId,
    /// What it does, in words.
    pub label: Arc<str>,
    /// What it changed; never nothing.
    pub changes: Arc<Vec<Change>>,
}

/// What can be undone and redone, latest last.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
}

impl History {
    /// Takes note of what a transaction changed. A person's ends what could be redone, a reversal
    /// takes what it reverses out; and what changed nothing is no step. `said` are the edits of a
    /// reversal that does not name what it reverses, as none did in earlier versions of the journal:
    /// those tell it.
    pub fn record(&mut self, head: &Head, changes: Arc<Vec<Change>>, said: &[Edit]) {
        let (from, to) = match head.origin {
            Origin::Person => {
                self.undone.clear();
                (None, &mut self.done)
            }
            Origin::Undo => (Some(&mut self.done), &mut self.undone),
            Origin::Redo => (Some(&mut self.undone), &mut self.done),
        };
        if let Some(from) = from {
            let reversed = from.iter().rposition(|step| match head.undoes {
                Some(id) => step.id == id,
                None => step.label == head.label && step.is_reversed_by(said),
            });
            // It need not be the last: another window has its own steps. Nor need it be there, where
            // it could not be read.
            match reversed {
                Some(at) => drop(from.remove(at)),
                None if head.undoes.is_none() => return,
                None => {}
            }
        }
        if !changes.is_empty() {
            to.push(Step {
                id: head.id,
                label: head.label.clone(),
                changes,
            });
        }
    }

    /// The changes of a step are others now: something was done before them. Where none is
    /// left, neither is the step.
    pub fn refresh(&mut self, id: TransactionId, changes: &Arc<Vec<Change>>) {
        for steps in [&mut self.done, &mut self.undone] {
            if let Some(at) = steps.iter().rposition(|step| step.id == id) {
                if changes.is_empty() {
                    steps.remove(at);
                } else {
                    steps[at].changes = changes.clone();
                }
            }
        }
    }

    /// What undo or redo would reverse.
    #[must_use]
    pub fn next(&self, origin: Origin) -> Option<&Step> {
        if origin == Origin::Undo {
            self.done.last()
        } else {
            self.undone.last()
        }
    }

    /// What undo would take back, in words.
    #[must_use]
    pub fn undo_label(&self) -> Option<&Arc<str>> {
        self.done.last().map(|step| &step.label)
    }

    /// What redo would do again, in words.
    #[must_use]
    pub fn redo_label(&self) -> Option<&Arc<str>> {
        self.undone.last().map(|step| &step.label)
    }
}

impl Step {
    /// Whether some edits take it back. A headline came with its text then, and was no edit.
    fn is_reversed_by(&self, edits: &[Edit]) -> bool {
        let is_edit = |edit: &&Edit| !matches!(edit, Edit::Document(_, OnDocument::Title(_)));
        let mut inverses = self.changes.iter().rev().map(Change::was);
        let mut said = edits.iter().filter(is_edit);
        said.all(|edit| inverses.any(|inverse| *inverse == *edit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::AnnotationId;
    use crate::project::{OnAnnotation, Project};
    use crate::testing::{annotation, project, span_of, stamp};

    fn mark(id: u128) -> Edit {
        Edit::AddAnnotation(Arc::new(annotation(id, span_of("fox"))))
    }

    fn note(words: &str) -> Edit {
        let id = AnnotationId(uuid::Uuid::from_u128(1));
        Edit::Annotation(id, OnAnnotation::Note(words.into()))
    }

    fn step(number: i64) -> Head {
        Head::new(stamp(number), "step")
    }

    /// The head of a reversal: with a number it says what it reverses, without one it is of an
    /// earlier version.
    fn reversal(origin: Origin, undoes: Option<i64>, number: i64) -> Head {
        Head {
            origin,
            undoes: undoes.map(|undoes| stamp(undoes).id),
            ..step(number)
        }
    }

    /// Does something, and takes note of it.
    fn make(project: &mut Project, history: &mut History, head: &Head, edits: &[Edit]) {
        let changes = project.apply(edits).changes;
        history.record(head, Arc::new(changes), edits);
    }

    fn next(history: &History, origin: Origin) -> Option<TransactionId> {
        history.next(origin).map(|step| step.id)
    }

    #[test]
    fn a_reversal_takes_out_what_it_reversed_and_nothing_else() {
        let gone = |id| {
            let id = AnnotationId(uuid::Uuid::from_u128(id));
            Edit::Annotation(id, OnAnnotation::Deleted(true))
        };
        for undoes in [None, Some(1)] {
            // Two windows: one adds, the other adds, the first undoes.
            let (mut project, mut history) = (project(), History::default());
            make(&mut project, &mut history, &step(1), &[mark(1)]);
            make(&mut project, &mut history, &step(2), &[mark(2)]);
            let undo = reversal(Origin::Undo, undoes, 3);
            make(&mut project, &mut history, &undo, &[gone(1)]);
            assert_eq!(next(&history, Origin::Undo), Some(stamp(2).id));
            assert_eq!(next(&history, Origin::Redo), Some(stamp(3).id));

            // The step that was undone could not be read.
            let (mut project, mut history) = (crate::testing::project(), History::default());
            make(&mut project, &mut history, &step(2), &[mark(2)]);
            make(&mut project, &mut history, &undo, &[gone(1)]);
            assert_eq!(next(&history, Origin::Undo), Some(stamp(2).id));
            assert_eq!(next(&history, Origin::Redo), None);
        }
    }

    #[test]
    fn of_two_steps_that_are_alike_the_one_that_is_named_is_taken_out() {
        let (mut project, mut history) = (project(), History::default());
        make(&mut project, &mut history, &step(1), &[mark(1)]);
        for (number, words) in [(2, "a"), (3, ""), (4, "a"), (5, "")] {
            make(&mut project, &mut history, &step(number), &[note(words)]);
        }
        let undo = reversal(Origin::Undo, Some(2), 6);
        make(&mut project, &mut history, &undo, &[]);
        assert_eq!(
            history
                .done
                .iter()
                .filter(|own| own.id == stamp(4).id)
                .count(),
            1
        );
        assert!(history.done.iter().all(|own| own.id != stamp(2).id));
    }

    #[test]
    fn a_step_that_others_came_before_is_undone_to_what_they_did() {
        for theirs in ["theirs", "mine"] {
            let (mut project, mut history) = (project(), History::default());
            project.apply(&[mark(1)]);
            let own = Arc::new(project.apply(&[note("mine")]).changes);
            history.record(&step(1), own.clone(), &[]);

            project.withdraw(&own);
            project.apply(&[note(theirs)]);
            let again = Arc::new(project.apply(&[note("mine")]).changes);
            history.refresh(stamp(1).id, &again);
            let Some(step) = history.next(Origin::Undo) else {
                // Nothing of it is left to undo.
                assert_eq!(theirs, "mine");
                continue;
            };
            project.take_back(&step.changes);
            let placed = project.records().next().unwrap();
            assert_eq!(&*placed.note, "theirs");
        }
    }

    #[test]
    fn a_new_step_ends_what_could_be_redone_even_where_nothing_is_left_of_it() {
        for edits in [vec![mark(2)], Vec::new()] {
            let (mut project, mut history) = (project(), History::default());
            make(&mut project, &mut history, &step(1), &[mark(1)]);
            let undo = reversal(Origin::Undo, Some(1), 2);
            make(&mut project, &mut history, &undo, &[note("gone")]);
            assert!(history.redo_label().is_some());
            make(&mut project, &mut history, &step(3), &edits);
            assert!(history.redo_label().is_none());
            assert_eq!(history.undo_label().is_some(), !edits.is_empty());
        }
    }
}
