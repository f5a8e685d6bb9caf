//! Changes of many records: an import, its undo. They are made in strokes, so that the page
//! goes on answering; meanwhile no other change is made, and it can be stopped.

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use leptos::task::spawn_local;

use super::{STROKE, Session};
use crate::browser;
use crate::project::{Applied, Change, Edit, Origin, Project, Touched};

/// What is to be done.
pub(super) enum Task {
    /// Edits to make.
    Make(Vec<Edit>),
    /// Changes to take back.
    TakeBack(Arc<Vec<Change>>),
    /// Changes to take out as if they had not been made.
    Withdraw(Arc<Vec<Change>>),
}

impl Task {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Make(edits) => edits.len(),
            Self::TakeBack(changes) | Self::Withdraw(changes) => changes.len(),
        }
    }

    /// Does what follows after so many.
    fn go_on(&self, project: &mut Project, done: usize) -> Applied {
        let end = (done + STROKE).min(self.len());
        match self {
            Self::Make(edits) => project.apply_edits(&edits[done..end]),
            Self::TakeBack(changes) => project.take_back(last(changes, done, end)),
            Self::Withdraw(changes) => Applied {
                changes: Vec::new(),
                touched: project.withdraw(last(changes, done, end)),
            },
        }
    }
}

/// Those from the end on: the last was made last.
fn last(changes: &[Change], done: usize, end: usize) -> &[Change] {
    let count = changes.len();
    &changes[count - end..count - done]
}

impl Session {
    /// Does all of a task, with pauses in a long one.
    pub(super) fn go_through(self, task: Task) -> Pin<Box<dyn Future<Output = Applied>>> {
        Box::pin(async move {
            let mut all = Applied::default();
            for done in (0..task.len()).step_by(STROKE) {
                if done > 0 {
                    browser::pause().await;
                }
                all.add(self.alter(|project| task.go_on(project, done)));
            }
            all
        })
    }

    /// Carries out a long task; `then` is called when all of it is done.
    pub(super) fn carry_out(
        self,
        task: Task,
        label: Arc<str>,
        origin: Origin,
        then: Box<dyn FnOnce(&Touched)>,
    ) {
        let session = self;
        self.update(|state| state.carrying = true);
        self.tell_saved();
        let stopped = Rc::new(Cell::new(false));
        let stop = stopped.clone();
        let what = match origin {
            Origin::Person => "Making changes",
            Origin::Undo => "Undoing",
            Origin::Redo => "Redoing",
        };
        let id = self.begin_work(what, Rc::new(move || stop.set(true)));
        spawn_local(async move {
            let mut all = Applied::default();
            all.changes.reserve_exact(task.len());
            for done in (0..task.len()).step_by(STROKE) {
                if stopped.get() {
                    break;
                }
                all.add(session.alter(|project| task.go_on(project, done)));
                session.tell_work(id, done * 100 / task.len());
                browser::pause().await;
            }
            let is_stopped = stopped.get();
            if is_stopped {
                // Nothing of it was saved, so nothing of it may stay.
                let changes = std::mem::take(&mut all.changes);
                session.go_through(Task::Withdraw(changes.into())).await;
            }
            session.end_work(id);
            session.update(|state| state.carrying = false);
            if is_stopped {
                session.publish(&all.touched);
                session.tell_saved();
                session.say("Stopped; nothing was changed");
            } else {
                then(&session.keep(label, origin, all));
            }
        });
    }
}
