//! The state rule of marking: which passage or which mark the next key is about, and what the
//! pointer is doing to it. Views show this and nothing else, so that what is shown as selected
//! is what would be marked, and a key never reaches a mark that nobody is looking at.
//!
//! - A press in the text begins a new selection, whatever was selected before.
//! - A selected passage comes before a mark. A mark is *chosen* on purpose: by a click on it or
//!   on its entry in the list, by a key that goes from mark to mark. One that was *just made* is
//!   what keys are about until the next press or the next move of the caret.
//! - Only a chosen mark has handles.
//! - A theme that is asked for while the pointer is still down waits for the release.

use crate::annotation::AnnotationId;
use crate::codebook::ThemeId;
use crate::text::{Span, Utf8};

/// What keys are about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Subject {
    /// Nothing.
    #[default]
    Nothing,
    /// A passage that is selected.
    Passage(Span),
    /// A mark that was just made, or just tagged by selecting its passage again.
    Made(AnnotationId),
    /// A mark that a person has chosen.
    Chosen(AnnotationId),
}

impl Subject {
    /// The selected passage.
    #[must_use]
    pub fn passage(self) -> Option<Span> {
        match self {
            Self::Passage(span) => Some(span),
            _ => None,
        }
    }

    /// The mark, whether it was just made or chosen.
    #[must_use]
    pub fn mark(self) -> Option<AnnotationId> {
        match self {
            Self::Made(id) | Self::Chosen(id) => Some(id),
            _ => None,
        }
    }

    /// The mark, if it was chosen.
    #[must_use]
    pub fn chosen(self) -> Option<AnnotationId> {
        match self {
            Self::Chosen(id) => Some(id),
            _ => None,
        }
    }
}

/// What the pointer is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gesture {
    /// Nothing that concerns the text.
    #[default]
    Resting,
    /// It selects text. A theme that is asked for meanwhile is applied at the release.
    Selecting(Option<ThemeId>),
    /// It drags an end of a chosen mark.
    Resizing(Resize),
}

/// A drag of one end of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resize {
    /// The mark.
    pub mark: AnnotationId,
    /// The end that stays.
    pub fixed: Utf8,
    /// What the mark would span if the drag ended now.
    pub wanted: Span,
}

/// The page's own selection, as far as it lies in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The passage it stands for: nothing for a caret, and where there is only white space.
    pub passage: Option<Span>,
    /// The end that moves; nothing where the selection is not in the text.
    pub caret: Option<Utf8>,
}

/// What a theme's key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// It marks a passage.
    Mark(Span),
    /// It tags a mark, or takes the tag away.
    Toggle(AnnotationId),
    /// It is applied when the pointer is released.
    Wait,
    /// It has nothing to act on.
    Nothing,
}

/// The state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marking {
    /// What keys are about.
    pub subject: Subject,
    /// What the pointer is doing.
    pub gesture: Gesture,
    /// The page's selection as it was seen last: engines tell of each change once more, later.
    seen: Selection,
}

impl Marking {
    /// A pointer goes down in the text.
    pub fn press(&mut self) {
        self.subject = Subject::Nothing;
        self.gesture = Gesture::Selecting(None);
    }

    /// A pointer goes down anywhere else, but for what is about the subject itself.
    pub fn press_elsewhere(&mut self) {
        if let Subject::Made(_) = self.subject {
            self.subject = Subject::Nothing;
        }
    }

    /// The pointer is released or lost, with this selected by then. A theme that was asked for
    /// meanwhile is to be applied now.
    pub fn release(&mut self, selection: Selection) -> Option<ThemeId> {
        let Gesture::Selecting(theme) = self.gesture else {
            return None;
        };
        self.gesture = Gesture::Resting;
        self.seen = Selection::default();
        self.select(selection);
        theme
    }

    /// The page's selection is this: by the pointer, by the system's handles, by keys.
    pub fn select(&mut self, selection: Selection) {
        let before = std::mem::replace(&mut self.seen, selection);
        if self.gesture != Gesture::Resting || before == selection {
            return;
        }
        match selection.passage {
            Some(span) => self.subject = Subject::Passage(span),
            None => match self.subject {
                Subject::Passage(_) => self.subject = Subject::Nothing,
                // The caret has moved.
                Subject::Made(_) if before.passage.is_none() => self.subject = Subject::Nothing,
                _ => {}
            },
        }
    }

    /// The page's selection was changed to show the subject, by the page itself.
    pub fn shown(&mut self, selection: Selection) {
        self.seen = selection;
    }

    /// A caret is moved by a key.
    pub fn move_caret(&mut self) {
        self.turn_to(Subject::Nothing);
    }

    /// A mark is chosen, or none.
    pub fn choose(&mut self, mark: Option<AnnotationId>) {
        self.turn_to(mark.map_or(Subject::Nothing, Subject::Chosen));
    }

    /// A mark was made of the selected passage, or was there and is tagged.
    pub fn made(&mut self, mark: AnnotationId) {
        self.turn_to(Subject::Made(mark));
    }

    /// Keys are about something else. The drag of an end of what was chosen is over, and moves
    /// nothing.
    fn turn_to(&mut self, subject: Subject) {
        self.subject = subject;
        if let Gesture::Resizing(resize) = self.gesture
            && subject != Subject::Chosen(resize.mark)
        {
            self.gesture = Gesture::Resting;
        }
    }

    /// An end of the chosen mark is taken hold of; `fixed` is the other end.
    pub fn press_handle(&mut self, fixed: Utf8, span: Span) {
        if let Subject::Chosen(mark) = self.subject {
            self.gesture = Gesture::Resizing(Resize {
                mark,
                fixed,
                wanted: span,
            });
        }
    }

    /// The end that is dragged goes elsewhere.
    pub fn resize(&mut self, span: Span) {
        if let Gesture::Resizing(resize) = &mut self.gesture {
            resize.wanted = span;
        }
    }

    /// The end is let go of: which mark is to span what.
    pub fn release_handle(&mut self) -> Option<(AnnotationId, Span)> {
        let Gesture::Resizing(Resize { mark, wanted, .. }) = self.gesture else {
            return None;
        };
        self.gesture = Gesture::Resting;
        Some((mark, wanted))
    }

    /// The drag of an end is called off: the mark stays as it is. Whether there was one.
    pub fn cancel_handle(&mut self) -> bool {
        self.release_handle().is_some()
    }

    /// A theme is asked for, by its key or its button.
    pub fn tag(&mut self, theme: ThemeId) -> Act {
        match (&mut self.gesture, self.subject) {
            (Gesture::Selecting(asked), _) => {
                *asked = Some(theme);
                Act::Wait
            }
            (_, Subject::Passage(span)) => Act::Mark(span),
            (_, Subject::Made(id) | Subject::Chosen(id)) => Act::Toggle(id),
            (_, Subject::Nothing) => Act::Nothing,
        }
    }

    /// Some marks are there no longer, or have no place any more.
    pub fn keep_marks(&mut self, is_there: impl Fn(AnnotationId) -> bool) {
        if self.subject.mark().is_some_and(|id| !is_there(id)) {
            self.subject = Subject::Nothing;
        }
        if let Gesture::Resizing(Resize { mark, .. }) = self.gesture
            && !is_there(mark)
        {
            self.gesture = Gesture::Resting;
        }
    }

    /// Another text is shown: no passage and no drag is about that. A mark that was chosen in
    /// another version stays chosen.
    pub fn change_text(&mut self) {
        self.gesture = Gesture::Resting;
        self.seen = Selection::default();
        if let Subject::Passage(_) | Subject::Made(_) = self.subject {
            self.subject = Subject::Nothing;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use uuid::Uuid;

    fn mark(id: u128) -> AnnotationId {
        AnnotationId(Uuid::from_u128(id))
    }

    fn theme(number: u128) -> ThemeId {
        ThemeId(Uuid::from_u128(number))
    }

    fn span(start: u32, end: u32) -> Span {
        Span::between(Utf8(start), Utf8(end))
    }

    fn selected(start: u32, end: u32) -> Selection {
        Selection {
            passage: (start != end).then(|| span(start, end)),
            caret: Some(Utf8(end)),
        }
    }

    #[test]
    fn a_theme_marks_what_is_selected_before_it_concerns_any_mark() {
        let mut marking = Marking::default();
        assert_eq!(marking.tag(theme(1)), Act::Nothing);
        marking.choose(Some(mark(7)));
        assert_eq!(marking.tag(theme(1)), Act::Toggle(mark(7)));
        marking.select(selected(3, 9));
        assert_eq!(marking.tag(theme(1)), Act::Mark(span(3, 9)));
        marking.made(mark(8));
        assert_eq!(marking.tag(theme(2)), Act::Toggle(mark(8)));
    }

    #[test]
    fn what_was_just_made_is_so_until_the_next_press_or_move() {
        let made = || {
            let mut marking = Marking::default();
            marking.select(selected(3, 9));
            marking.made(mark(8));
            marking.shown(selected(9, 9));
            marking
        };
        // The engine tells once more of what the page did itself.
        let mut marking = made();
        marking.select(selected(9, 9));
        assert_eq!(marking.subject, Subject::Made(mark(8)));
        marking.select(selected(10, 10));
        assert_eq!(marking.subject, Subject::Nothing);
        let mut marking = made();
        marking.press_elsewhere();
        assert_eq!(marking.subject, Subject::Nothing);
        let mut marking = made();
        marking.press();
        assert_eq!(marking.subject, Subject::Nothing);
    }

    #[test]
    fn a_chosen_mark_stays_chosen_while_something_else_is_pressed() {
        let mut marking = Marking::default();
        marking.choose(Some(mark(7)));
        marking.press_elsewhere();
        assert_eq!(marking.subject.chosen(), Some(mark(7)));
        marking.press();
        assert_eq!(marking.subject, Subject::Nothing);
    }

    #[test]
    fn a_theme_that_is_asked_for_during_a_drag_waits_for_its_end() {
        let mut marking = Marking::default();
        marking.press();
        marking.select(selected(3, 5));
        assert_eq!(marking.tag(theme(1)), Act::Wait);
        marking.select(selected(3, 8));
        assert_eq!(marking.release(selected(3, 9)), Some(theme(1)));
        assert_eq!(marking.tag(theme(1)), Act::Mark(span(3, 9)));
        assert_eq!(marking.release(selected(3, 9)), None);
    }

    #[test]
    fn only_a_chosen_mark_can_be_resized() {
        let mut marking = Marking::default();
        marking.made(mark(8));
        marking.press_handle(Utf8(3), span(3, 9));
        assert_eq!(marking.release_handle(), None);
        marking.choose(Some(mark(8)));
        marking.press_handle(Utf8(3), span(3, 9));
        marking.resize(span(3, 12));
        assert_eq!(marking.release_handle(), Some((mark(8), span(3, 12))));
        assert_eq!(marking.gesture, Gesture::Resting);
    }

    #[test]
    fn a_drag_of_an_end_that_is_called_off_moves_nothing() {
        let dragged = || {
            let mut marking = Marking::default();
            marking.choose(Some(mark(8)));
            marking.press_handle(Utf8(3), span(3, 9));
            marking.resize(span(3, 12));
            marking
        };
        let mut marking = dragged();
        assert!(marking.cancel_handle());
        assert_eq!(marking.subject, Subject::Chosen(mark(8)));
        assert_eq!(marking.release_handle(), None);
        assert!(!marking.cancel_handle());
        let mut marking = dragged();
        marking.choose(None);
        assert_eq!(marking.release_handle(), None);
    }

    #[test]
    fn a_mark_that_another_window_deletes_is_let_go_of() {
        let mut marking = Marking::default();
        marking.choose(Some(mark(7)));
        marking.press_handle(Utf8(3), span(3, 9));
        marking.keep_marks(|id| id != mark(7));
        assert_eq!(marking, Marking::default());
    }

    /// What a person and the world may do, in any order.
    #[derive(Clone, Copy, Debug)]
    enum Deed {
        Press(u32),
        Move(u32),
        Release,
        PressElsewhere,
        /// A click beside the text that makes the engine drop its selection.
        DropSelection,
        /// The engine tells what has become of the selection by now.
        Reported,
        Caret(u32),
        Extend(u32),
        ClickOnMark(usize),
        /// An end of the chosen mark is taken hold of, and which stays.
        PressHandle(bool),
        CallOff,
        Escape,
        Digit(u128),
        OtherWindowDeletes(usize),
        OtherWindowReplacesText,
    }

    /// The page as an engine keeps it, and the marks.
    #[derive(Default)]
    struct World {
        marking: Marking,
        anchor: u32,
        focus: u32,
        is_down: bool,
        marks: BTreeMap<AnnotationId, (Span, Vec<ThemeId>)>,
        /// How many there ever were.
        made: u128,
    }

    impl World {
        fn selection(&self) -> Selection {
            Selection {
                passage: (self.anchor != self.focus).then(|| span(self.anchor, self.focus)),
                caret: Some(Utf8(self.focus)),
            }
        }

        fn caret(&mut self, at: u32) {
            (self.anchor, self.focus) = (at, at);
        }

        fn dragged(&self) -> Option<Resize> {
            match self.marking.gesture {
                Gesture::Resizing(resize) => Some(resize),
                Gesture::Resting | Gesture::Selecting(_) => None,
            }
        }

        /// As the views do: a selection that is nothing's subject is not left standing.
        fn show(&mut self) {
            if self.marking.gesture == Gesture::Resting
                && self.marking.subject.passage().is_none()
                && self.anchor != self.focus
            {
                self.caret(self.anchor.max(self.focus));
                self.marking.shown(self.selection());
            }
        }

        fn apply(&mut self, theme: ThemeId, act: Act) {
            match act {
                Act::Mark(span) => {
                    self.made += 1;
                    let id = mark(self.made);
                    self.marks.insert(id, (span, vec![theme]));
                    self.marking.made(id);
                }
                Act::Toggle(id) => {
                    let (_, themes) = self.marks.get_mut(&id).expect("a mark that is there");
                    themes.push(theme);
                }
                Act::Wait | Act::Nothing => {}
            }
        }

        fn nth(&self, number: usize) -> Option<AnnotationId> {
            let number = number.checked_rem(self.marks.len())?;
            self.marks.keys().nth(number).copied()
        }

        fn does(&mut self, deed: Deed) {
            match deed {
                Deed::Press(at) if self.dragged().is_none() => {
                    self.is_down = true;
                    self.caret(at);
                    self.marking.press();
                }
                Deed::PressHandle(is_start) if !self.is_down => {
                    let chosen = self.marking.subject.chosen();
                    if let Some((own, _)) = chosen.and_then(|id| self.marks.get(&id)) {
                        let fixed = if is_start { own.start } else { own.end };
                        self.marking.press_handle(fixed, *own);
                    }
                }
                Deed::Move(at) if self.dragged().is_some() => {
                    let fixed = self.dragged().expect("what is dragged").fixed.0;
                    if at != fixed {
                        self.marking.resize(span(at.min(fixed), at.max(fixed)));
                        (self.anchor, self.focus) = (fixed, at);
                    }
                }
                Deed::Release if self.dragged().is_some() => {
                    if let Some((id, span)) = self.marking.release_handle() {
                        self.caret(self.focus);
                        self.marks.get_mut(&id).expect("a mark that is there").0 = span;
                    }
                }
                Deed::CallOff => {
                    self.marking.cancel_handle();
                }
                Deed::Move(at) if self.is_down => self.focus = at,
                Deed::Release if self.is_down => {
                    self.is_down = false;
                    let selection = self.selection();
                    if let Some(theme) = self.marking.release(selection) {
                        let act = self.marking.tag(theme);
                        self.apply(theme, act);
                    }
                }
                Deed::PressElsewhere if !self.is_down => self.marking.press_elsewhere(),
                Deed::DropSelection if !self.is_down => {
                    self.marking.press_elsewhere();
                    self.caret(self.anchor);
                }
                Deed::Reported => self.marking.select(self.selection()),
                Deed::Caret(at) if !self.is_down => {
                    self.caret(at);
                    self.marking.move_caret();
                    self.marking.select(self.selection());
                }
                Deed::Extend(at) if !self.is_down => {
                    self.focus = at;
                    self.marking.select(self.selection());
                }
                Deed::ClickOnMark(number) if !self.is_down && self.dragged().is_none() => {
                    self.does(Deed::Press(5));
                    self.does(Deed::Release);
                    self.marking.choose(self.nth(number));
                }
                Deed::Escape if !self.is_down => self.marking.choose(None),
                Deed::Digit(number) => {
                    // Whatever the engine has not told yet.
                    self.marking.select(self.selection());
                    let act = self.marking.tag(theme(number));
                    self.apply(theme(number), act);
                }
                Deed::OtherWindowDeletes(number) => {
                    if let Some(id) = self.nth(number) {
                        self.marks.remove(&id);
                        let marks = &self.marks;
                        self.marking.keep_marks(|id| marks.contains_key(&id));
                    }
                }
                Deed::OtherWindowReplacesText => {
                    self.is_down = false;
                    self.caret(0);
                    self.marking.change_text();
                }
                _ => {}
            }
            self.show();
        }
    }

    fn deed() -> impl Strategy<Value = Deed> {
        prop_oneof![
            4 => (0..99_u32).prop_map(Deed::Press),
            6 => (0..99_u32).prop_map(Deed::Move),
            4 => Just(Deed::Release),
            1 => Just(Deed::PressElsewhere),
            1 => Just(Deed::DropSelection),
            3 => Just(Deed::Reported),
            2 => (0..99_u32).prop_map(Deed::Caret),
            2 => (0..99_u32).prop_map(Deed::Extend),
            2 => (0..9_usize).prop_map(Deed::ClickOnMark),
            2 => any::<bool>().prop_map(Deed::PressHandle),
            1 => Just(Deed::CallOff),
            1 => Just(Deed::Escape),
            6 => (1..4_u128).prop_map(Deed::Digit),
            1 => (0..9_usize).prop_map(Deed::OtherWindowDeletes),
            1 => Just(Deed::OtherWindowReplacesText),
        ]
    }

    proptest! {
        /// A digit changes what is shown: the selected passage becomes a mark, else the mark
        /// that is shown as chosen or just made changes, and no other ever does.
        #[test]
        fn a_digit_touches_nothing_but_what_is_shown(deeds in proptest::collection::vec(deed(), 1..60)) {
            let mut world = World::default();
            for deed in deeds {
                let before = world.marks.clone();
                let is_down = world.is_down;
                let is_dragged = world.dragged().is_some();
                // What the eye sees: the engine's selection, else the mark that stands out.
                let seen = world.selection().passage;
                let shown = world.marking.subject.mark();
                world.does(deed);
                let Deed::Digit(number) = deed else { continue };
                let fresh: Vec<_> = world.marks.iter().filter(|(id, _)| !before.contains_key(id)).collect();
                let changed: Vec<_> =
                    before.iter().filter(|(id, old)| world.marks.get(id) != Some(old)).map(|(id, _)| *id).collect();
                if is_down {
                    prop_assert!(fresh.is_empty() && changed.is_empty());
                } else if let Some(passage) = seen.filter(|_| !is_dragged) {
                    prop_assert_eq!(fresh.len(), 1);
                    prop_assert_eq!(fresh[0].1, &(passage, vec![theme(number)]));
                    prop_assert!(changed.is_empty());
                } else {
                    prop_assert!(fresh.is_empty());
                    prop_assert_eq!(changed, shown.into_iter().collect::<Vec<_>>());
                }
            }
        }

        /// What is shown as selected is what would be marked, once the engine has told.
        #[test]
        fn what_is_selected_is_the_subject(deeds in proptest::collection::vec(deed(), 1..60)) {
            let mut world = World::default();
            for deed in deeds {
                world.does(deed);
                world.does(Deed::Reported);
                // While an end is dragged the selection shows what its mark would be.
                if !world.is_down && world.dragged().is_none() {
                    prop_assert_eq!(world.marking.subject.passage(), world.selection().passage);
                }
                let is_there = |id| world.marks.contains_key(&id);
                prop_assert!(world.marking.subject.mark().is_none_or(is_there));
            }
        }

        /// A handle moves an end of the mark that is shown as chosen, to where the pointer was,
        /// and nothing else moves any mark.
        #[test]
        fn only_a_handle_of_the_chosen_mark_moves_an_end(deeds in proptest::collection::vec(deed(), 1..60)) {
            let mut world = World::default();
            for deed in deeds {
                let before = world.marks.clone();
                let (dragged, chosen) = (world.dragged(), world.marking.subject.chosen());
                world.does(deed);
                for (id, (old, _)) in before {
                    let Some((now, _)) = world.marks.get(&id) else { continue };
                    if *now != old {
                        let drag = dragged.filter(|drag| drag.mark == id).expect("a drag of this mark");
                        prop_assert!(matches!(deed, Deed::Release));
                        prop_assert_eq!(chosen, Some(id));
                        prop_assert_eq!(drag.wanted, *now);
                        prop_assert!([now.start, now.end].contains(&drag.fixed));
                    }
                }
            }
        }

        /// A drag that a theme was asked for in marks all of it, from the press to the release.
        #[test]
        fn a_theme_asked_for_in_a_drag_marks_all_of_it(
            before in proptest::collection::vec(deed(), 0..20), from in 0..40_u32, to in 50..99_u32,
        ) {
            let mut world = World::default();
            for deed in before {
                world.does(deed);
            }
            for deed in [Deed::CallOff, Deed::Release, Deed::Press(from), Deed::Move(to - 5), Deed::Reported, Deed::Digit(2)] {
                world.does(deed);
            }
            let count = world.marks.len();
            world.does(Deed::Move(to));
            world.does(Deed::Release);
            prop_assert_eq!(world.marks.len(), count + 1);
            let is_it = |(own, themes): &(Span, Vec<ThemeId>)| *own == span(from, to) && *themes == [theme(2)];
            prop_assert!(world.marks.values().any(is_it));
        }
    }
}
