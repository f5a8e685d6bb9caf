//! Undo and redo over transactions.
//!
//! A step is taken back by writing the old values as new edits, and only into
//! fields that still bear the step's own value: what someone else has written
//! since stays.

use std::sync::Arc;

use crate::project::{Change, Edit, Origin};

/// Something that was done, as undo needs to know it.
#[derive(Clone, Debug)]
struct Step {
    label: Arc<str>,
    changes: Arc<Vec<Change>>,
}

/// What can be undone and redone, latest last.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
}

impl History {
    /// Takes note of the changes that edits made, of just those edits unless others are named.
    /// A person's new step ends what could be redone; a step that changed nothing is none.
    pub fn record(
        &mut self,
        label: &Arc<str>,
        origin: Origin,
        changes: Arc<Vec<Change>>,
        edits: Option<&[Edit]>,
    ) {
        let step = Step {
            label: label.clone(),
            changes,
        };
        let (from, to) = match origin {
            Origin::Person => {
                if !step.changes.is_empty() {
                    self.done.push(step);
                    self.undone.clear();
                }
                return;
            }
            Origin::Undo => (&mut self.done, &mut self.undone),
            Origin::Redo => (&mut self.undone, &mut self.done),
        };
        if take_out(from, &step, edits) {
            to.push(step);
        }
    }

    /// The changes of a step are others now: something was done before them. Where none is
    /// left, neither is the step.
    pub fn renew(&mut self, before: &Arc<Vec<Change>>, now: &Arc<Vec<Change>>) {
        for steps in [&mut self.done, &mut self.undone] {
            if let Some(at) = steps
                .iter()
                .rposition(|step| Arc::ptr_eq(&step.changes, before))
            {
                if now.is_empty() {
                    steps.remove(at);
                } else {
                    steps[at].changes = now.clone();
                }
            }
        }
    }

    /// What undo or redo would reverse: its name and its changes.
    #[must_use]
    pub fn next(&self, origin: Origin) -> Option<(Arc<str>, Arc<Vec<Change>>)> {
        let from = if origin == Origin::Undo {
            &self.done
        } else {
            &self.undone
        };
        let step = from.last()?;
        Some((step.label.clone(), step.changes.clone()))
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

/// Takes the latest step out that the edits of another reversed; whether there is one. It need
/// not be the last: another tab has its own steps, and one may not have been readable.
fn take_out(steps: &mut Vec<Step>, by: &Step, edits: Option<&[Edit]>) -> bool {
    let reversed = |step: &Step| {
        let mut inverses = step.changes.iter().rev().map(Change::was);
        let mut is_there = |edit: &Edit| inverses.any(|inverse| *inverse == *edit);
        step.label == by.label
            && match edits {
                Some(edits) => edits.iter().all(is_there),
                None => by.changes.iter().all(|change| is_there(&change.now())),
            }
    };
    let at = steps.iter().rposition(reversed);
    at.map(|at| steps.remove(at)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::w3c;
    use crate::journal;
    use crate::project::{Applied, OnAnnotation, Project, Touched, Transaction};
    use crate::testing::{annotation, document, edits, project, span_of, theme};
    use crate::time::Timestamp;
    use proptest::prelude::*;

    /// As the page does it.
    impl History {
        /// Takes note of a transaction that was applied, and gives back what it touched.
        pub(crate) fn note(&mut self, transaction: &Transaction, applied: Applied) -> Touched {
            let changes = Arc::new(applied.changes);
            let Transaction { label, origin, .. } = transaction;
            self.record(label, *origin, changes, Some(&transaction.edits));
            applied.touched
        }

        /// Takes the last step back, and gives what that was as a transaction.
        pub(crate) fn undo(
            &mut self,
            project: &mut Project,
            at: Timestamp,
        ) -> Option<(Transaction, Touched)> {
            self.reverse(Origin::Undo, project, at)
        }

        /// Does the last undone step again.
        pub(crate) fn redo(
            &mut self,
            project: &mut Project,
            at: Timestamp,
        ) -> Option<(Transaction, Touched)> {
            self.reverse(Origin::Redo, project, at)
        }

        /// Takes the last step back, or does the last undone one again: as the origin says.
        fn reverse(
            &mut self,
            origin: Origin,
            project: &mut Project,
            at: Timestamp,
        ) -> Option<(Transaction, Touched)> {
            let (label, changes) = self.next(origin)?;
            let applied = project.take_back(&changes);
            let transaction = Transaction {
                label,
                edits: applied
                    .changes
                    .iter()
                    .map(|change| change.now().into_owned())
                    .collect(),
                origin,
                at,
            };
            let touched = self.note(&transaction, applied);
            Some((transaction, touched))
        }
    }

    fn step(edits: Vec<Edit>) -> Transaction {
        Transaction {
            label: "step".into(),
            edits,
            origin: Origin::Person,
            at: Timestamp(0),
        }
    }

    fn export(project: &Project) -> String {
        project.check().unwrap();
        let document = project.document(document().id).unwrap();
        w3c::write(project, document, Timestamp(0))
    }

    proptest! {
        #[test]
        fn undoing_everything_and_redoing_it_gives_back_every_export(
            steps in proptest::collection::vec(edits(&project(), 1..6), 1..8),
        ) {
            let (mut project, mut history) = (project(), History::default());
            let mut exports = vec![export(&project)];
            for edits in steps {
                let transaction = step(edits);
                let applied = project.apply(&transaction);
                let changed = !applied.changes.is_empty();
                history.note(&transaction, applied);
                if changed {
                    exports.push(export(&project));
                }
            }
            for expected in exports.iter().rev().skip(1) {
                prop_assert!(history.undo(&mut project, Timestamp(1)).is_some());
                prop_assert_eq!(&export(&project), expected);
            }
            prop_assert!(history.undo(&mut project, Timestamp(1)).is_none());
            for expected in exports.iter().skip(1) {
                prop_assert!(history.redo(&mut project, Timestamp(2)).is_some());
                prop_assert_eq!(&export(&project), expected);
            }
            prop_assert!(history.redo(&mut project, Timestamp(2)).is_none());
        }

        /// What a reload does: the journal's lines bring back the project, and the
        /// history with it.
        #[test]
        fn a_replayed_journal_can_be_undone_as_if_nothing_had_happened(
            steps in proptest::collection::vec((edits(&project(), 1..5), 0..4), 1..12),
        ) {
            let (mut project, mut history) = (project(), History::default());
            let (mut again, mut replayed) = (project.clone(), History::default());
            for (edits, kind) in steps {
                let done = match kind {
                    0 => history.undo(&mut project, Timestamp(1)),
                    1 => history.redo(&mut project, Timestamp(1)),
                    _ => {
                        let transaction = step(edits);
                        let applied = project.apply(&transaction);
                        let touched = history.note(&transaction, applied);
                        Some((transaction, touched))
                    }
                };
                if let Some((transaction, _)) = done {
                    let read = journal::read(&journal::write(&transaction)).unwrap();
                    let applied = again.apply(&read);
                    replayed.note(&read, applied);
                }
            }
            prop_assert_eq!(export(&again), export(&project));
            while history.undo(&mut project, Timestamp(2)).is_some() {
                prop_assert!(replayed.undo(&mut again, Timestamp(2)).is_some());
                prop_assert_eq!(export(&again), export(&project));
            }
        }
    }

    #[test]
    fn undo_leaves_what_someone_else_has_written_since() {
        let (mut project, mut history) = (project(), History::default());
        let record = annotation(1, span_of("fox"));
        let id = record.id;
        project.apply(&step(vec![Edit::AddAnnotation(Arc::new(record))]));
        let mine = step(vec![
            Edit::Annotation(id, OnAnnotation::Note("mine".into())),
            Edit::Annotation(id, OnAnnotation::Tag(theme("Energy"), true)),
        ]);
        let applied = project.apply(&mine);
        history.note(&mine, applied);
        project.apply(&step(vec![Edit::Annotation(
            id,
            OnAnnotation::Note("theirs".into()),
        )]));
        history.undo(&mut project, Timestamp(1)).unwrap();
        let placed = project.live(id).unwrap();
        assert_eq!(&*placed.annotation.note, "theirs");
        assert!(placed.annotation.themes.is_empty());
    }

    #[test]
    fn a_reversal_in_the_journal_takes_out_what_it_reversed_and_nothing_else() {
        let add = |id| {
            step(vec![Edit::AddAnnotation(Arc::new(annotation(
                id,
                span_of("fox"),
            )))])
        };
        // Two tabs: one adds, the other adds, the first undoes.
        let (mut project, mut first) = (project(), History::default());
        let one = add(1);
        let applied = project.apply(&one);
        first.note(&one, applied);
        project.apply(&add(2));
        let (undone, _) = first.undo(&mut project, Timestamp(1)).unwrap();

        let (mut again, mut replayed) = (crate::testing::project(), History::default());
        for transaction in [&one, &add(2), &undone] {
            let applied = again.apply(transaction);
            replayed.note(transaction, applied);
        }
        replayed.undo(&mut again, Timestamp(2)).unwrap();
        assert_eq!(again.annotations(document().id).count(), 0);

        // The step that was undone could not be read.
        let (mut again, mut replayed) = (crate::testing::project(), History::default());
        for transaction in [&add(2), &undone] {
            let applied = again.apply(transaction);
            replayed.note(transaction, applied);
        }
        assert!(replayed.redo_label().is_none());
        replayed.undo(&mut again, Timestamp(2)).unwrap();
        assert_eq!(again.annotations(document().id).count(), 0);
    }

    #[test]
    fn a_step_that_others_came_before_is_undone_to_what_they_did() {
        let note = |words: &str, id| Edit::Annotation(id, OnAnnotation::Note(words.into()));
        for theirs in ["theirs", "mine"] {
            let (mut project, mut history) = (project(), History::default());
            let record = annotation(1, span_of("fox"));
            let id = record.id;
            project.apply(&step(vec![Edit::AddAnnotation(Arc::new(record))]));
            let own = Arc::new(project.apply(&step(vec![note("mine", id)])).changes);
            history.record(&"note".into(), Origin::Person, own.clone(), None);

            project.withdraw(&own);
            project.apply(&step(vec![note(theirs, id)]));
            let again = Arc::new(project.apply(&step(vec![note("mine", id)])).changes);
            history.renew(&own, &again);
            if theirs == "mine" {
                // Nothing of it is left to undo.
                assert!(history.undo_label().is_none());
            } else {
                history.undo(&mut project, Timestamp(1)).unwrap();
                assert_eq!(&*project.live(id).unwrap().annotation.note, "theirs");
                assert!(history.redo_label().is_some());
            }
        }
    }

    #[test]
    fn a_new_step_ends_what_could_be_redone() {
        let (mut project, mut history) = (project(), History::default());
        for id in 1..3 {
            let transaction = step(vec![Edit::AddAnnotation(Arc::new(annotation(
                id,
                span_of("fox"),
            )))]);
            let applied = project.apply(&transaction);
            history.note(&transaction, applied);
            if id == 1 {
                history.undo(&mut project, Timestamp(1)).unwrap();
                assert!(history.redo_label().is_some());
            }
        }
        assert!(history.redo_label().is_none());
    }
}
