//! Footnotes: defined anywhere in a file, numbered as the text refers to them, read once it has ended.

use std::collections::{HashMap, VecDeque};

use pulldown_cmark::{Event, Tag, TagEnd};

/// What the footnotes say.
#[derive(Default)]
pub(super) struct Footnotes<'a> {
    /// Those whose definitions have begun, one inside of the other.
    begun: Vec<(String, Vec<Event<'a>>)>,
    /// Label and definition, in the order of the file; nothing of one that was given out.
    defined: Vec<(String, Option<Vec<Event<'a>>>)>,
    /// Where among these a label was first defined.
    places: HashMap<String, usize>,
    /// All up to here were given out.
    next: usize,
    /// How many were given out to which nothing refers.
    pub(super) unreferred: usize,
}

impl<'a> Footnotes<'a> {
    /// Takes an event of a definition, and gives back one of the text.
    pub(super) fn take(&mut self, event: Event<'a>) -> Option<Event<'a>> {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                self.begun.push((folded(&label), Vec::new()));
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                if let Some((label, events)) = self.begun.pop() {
                    let place = self.defined.len();
                    self.places.entry(label.clone()).or_insert(place);
                    self.defined.push((label, Some(events)));
                }
            }
            event => match self.begun.last_mut() {
                Some((_, events)) => events.push(event),
                None => return Some(event),
            },
        }
        None
    }

    /// The number of the next footnote, and what it says: in the order of the numbers, and then those
    /// that have none.
    pub(super) fn next(&mut self, numbers: &mut Numbers) -> Option<(u32, Vec<Event<'a>>)> {
        if let Some((label, number)) = numbers.to_read.pop_front() {
            let place = self.places.get(&label);
            let defined = place.and_then(|place| self.defined.get_mut(*place));
            let events = defined.and_then(|(_, events)| events.take());
            return Some((number, events.unwrap_or_default()));
        }
        while let Some((label, events)) = self.defined.get_mut(self.next) {
            self.next += 1;
            if let Some(events) = events.take() {
                self.unreferred += 1;
                return Some((numbers.give(std::mem::take(label)), events));
            }
        }
        None
    }
}

/// The numbers of footnotes.
#[derive(Default)]
pub(super) struct Numbers {
    given: HashMap<String, u32>,
    last: u32,
    /// Those of footnotes that were referred to and have not been read.
    to_read: VecDeque<(String, u32)>,
}

impl Numbers {
    /// The number by which a label is referred to.
    pub(super) fn of(&mut self, label: &str) -> u32 {
        let label = folded(label);
        if let Some(number) = self.given.get(&label) {
            return *number;
        }
        let number = self.give(label.clone());
        self.to_read.push_back((label, number));
        number
    }

    /// Gives out a number. A label keeps its first.
    fn give(&mut self, label: String) -> u32 {
        self.last = self.last.saturating_add(1);
        self.given.entry(label).or_insert(self.last);
        self.last
    }
}

/// A label, as those that differ only in capital letters are the same.
fn folded(label: &str) -> String {
    label.to_uppercase().to_lowercase()
}
