//! Changes of many records, some of them a step: the page goes on answering in between.

use std::sync::Arc;

use crate::project::{Applied, Change, Edit, Mark, Project, Touched};

/// What is to be done.
#[derive(Clone, Debug)]
pub(super) enum Task {
    /// Edits to make.
    Make(Vec<Edit>),
    /// Changes to take back.
    TakeBack(Arc<Vec<Change>>),
    /// Changes to take out as if they had not been made.
    Withdraw(Arc<Vec<Change>>),
}

/// A task, and what has been done of it.
#[derive(Clone, Debug)]
pub(super) struct Batch {
    task: Task,
    done: usize,
    applied: Applied,
}

impl Task {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Make(edits) => edits.len(),
            Self::TakeBack(changes) | Self::Withdraw(changes) => changes.len(),
        }
    }

    /// Does the part of it from a number up to another.
    fn apply(&self, project: &mut Project, from: usize, to: usize) -> Applied {
        match self {
            Self::Make(edits) => project.apply(&edits[from..to]),
            Self::TakeBack(changes) => project.take_back(last(changes, from, to)),
            Self::Withdraw(changes) => Applied {
                changes: Vec::new(),
                touched: project.withdraw(last(changes, from, to)),
            },
        }
    }
}

/// Changes by their number from the end on: the last was made last.
fn last(changes: &[Change], from: usize, to: usize) -> &[Change] {
    let count = changes.len();
    &changes[count - to..count - from]
}

impl Batch {
    pub(super) fn new(task: Task) -> Self {
        let mut applied = Applied::default();
        if !matches!(task, Task::Withdraw(_)) {
            applied.changes.reserve_exact(task.len());
        }
        Self {
            task,
            done: 0,
            applied,
        }
    }

    /// Changes to be taken out.
    pub(super) fn withdraw(changes: impl Into<Arc<Vec<Change>>>) -> Self {
        Self::new(Task::Withdraw(changes.into()))
    }

    pub(super) fn is_done(&self) -> bool {
        self.done == self.task.len()
    }

    /// How much of it is done, in percent.
    pub(super) fn percent(&self) -> usize {
        self.done * 100 / self.task.len().max(1)
    }

    /// Does so many of it; the annotations that it touched, and where they stood.
    pub(super) fn step(&mut self, project: &mut Project, size: usize) -> Vec<Mark> {
        let to = (self.done + size).min(self.task.len());
        let Applied { changes, touched } = self.task.apply(project, self.done, to);
        self.done = to;
        self.applied.changes.extend(changes);
        self.applied.touched.summarise(touched)
    }

    /// What has been done.
    pub(super) fn applied(self) -> Applied {
        self.applied
    }

    /// What takes all out again that has been done.
    pub(super) fn taken_out(&mut self) -> Self {
        let Applied { changes, touched } = std::mem::take(&mut self.applied);
        let mut batch = Self::withdraw(changes);
        batch.applied.touched = touched;
        batch
    }
}

impl Touched {
    /// Takes in what has to be shown besides, of the annotations one only: how many were touched
    /// says nothing to who shows it. Gives all of them back.
    pub(super) fn summarise(&mut self, mut other: Self) -> Vec<Mark> {
        let annotations = std::mem::take(&mut other.annotations);
        if self.annotations.is_empty() {
            self.annotations.extend(annotations.first());
        }
        self.add(other);
        annotations
    }
}
