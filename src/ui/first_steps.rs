//! The three steps of a first visit, in the code bar: each ticks itself off, and then they are gone for
//! good.

use leptos::prelude::*;

use super::elements::effect;
use crate::annotation::Annotation;
use crate::browser::memory;
use crate::session::Session;

/// By this name it is remembered that they are gone.
const GONE: &str = "first-steps";

/// How many there are: to select words, to tag them, to write a note.
const ALL: usize = 3;

/// Marks that are looked at. Who has made more than that needs no steps, with or without a note.
const FEW: usize = 12;

/// How many have been made; nothing once they are gone.
pub(super) fn first_steps(session: Session) -> Signal<Option<usize>> {
    let made = RwSignal::new(memory::remembered(GONE).is_none().then_some(0));
    effect(move || {
        let Some(before) = made.get_untracked() else {
            return;
        };
        session.marks.track();
        let has_selected = session.subject.get().passage().is_some();
        let now = session.with(|project| {
            let few: Vec<&Annotation> = project.records().take(FEW).map(|own| &**own).collect();
            let any = |is: fn(&Annotation) -> bool| few.iter().any(|own| is(own));
            if few.len() == FEW || any(|own| !own.note.is_empty()) {
                ALL
            } else if any(|own| !own.themes.is_empty()) {
                2
            } else {
                usize::from(has_selected)
            }
        });
        if now == ALL {
            memory::remember(GONE, "1");
            made.set(None);
        } else if now > before {
            made.set(Some(now));
        }
    });
    made.into()
}
