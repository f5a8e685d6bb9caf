//! Which of the listed documents are chosen, by the rules of any list of files.

use std::collections::BTreeSet;

use crate::document::DocumentId;

/// The documents that are chosen, and from which one to which a range is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    ids: BTreeSet<DocumentId>,
    from: Option<DocumentId>,
    to: Option<DocumentId>,
}

impl Chosen {
    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// How many are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether one is.
    #[must_use]
    pub fn has(&self, id: DocumentId) -> bool {
        self.ids.contains(&id)
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> Vec<DocumentId> {
        self.ids.iter().copied().collect()
    }

    /// What an act on one of the documents is about: all that are chosen, or, where none are, that one.
    #[must_use]
    pub fn or(&self, id: DocumentId) -> Vec<DocumentId> {
        if self.is_empty() {
            vec![id]
        } else {
            self.all()
        }
    }

    /// Chooses one besides, or no longer. The next range begins there.
    pub fn toggle(&mut self, id: DocumentId) {
        if !self.ids.remove(&id) {
            self.ids.insert(id);
        }
        (self.from, self.to) = (Some(id), Some(id));
    }

    /// Chooses all from where the range begins to one, and nothing else. Where none has begun it begins
    /// at `start`; `listed` are the documents in the order in which they are seen.
    pub fn reach(&mut self, listed: &[DocumentId], start: DocumentId, to: DocumentId) {
        let place = |id: DocumentId| listed.iter().position(|own| *own == id);
        let Some(end) = place(to) else { return };
        let (from, begin) = [self.from, Some(start)]
            .into_iter()
            .flatten()
            .find_map(|id| Some((id, place(id)?)))
            .unwrap_or((to, end));
        (self.from, self.to) = (Some(from), Some(to));
        self.ids = listed[begin.min(end)..=begin.max(end)]
            .iter()
            .copied()
            .collect();
    }

    /// The same step by step, from the one that is gone from: where that is not the range's end, it
    /// begins there.
    pub fn extend(&mut self, listed: &[DocumentId], at: DocumentId, to: DocumentId) {
        if self.to != Some(at) {
            self.from = Some(at);
        }
        self.reach(listed, at, to);
    }

    /// Chooses all that are listed.
    pub fn take(&mut self, listed: &[DocumentId]) {
        self.ids = listed.iter().copied().collect();
    }

    /// Lets go of those that are not listed any more: what is not seen is not acted on. Whether any
    /// were.
    pub fn keep(&mut self, listed: &[DocumentId]) -> bool {
        let before = self.len();
        if before > 0 {
            let listed: BTreeSet<DocumentId> = listed.iter().copied().collect();
            self.ids.retain(|id| listed.contains(id));
        }
        self.len() < before
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id(number: u128) -> DocumentId {
        DocumentId(Uuid::from_u128(number))
    }

    fn listed() -> Vec<DocumentId> {
        [5, 3, 1, 2, 4].map(id).to_vec()
    }

    #[track_caller]
    fn check(chosen: &Chosen, expected: &[u128]) {
        let expected: BTreeSet<DocumentId> = expected.iter().map(|own| id(*own)).collect();
        assert_eq!(chosen.ids, expected);
    }

    #[test]
    fn a_range_goes_from_where_it_began_as_the_documents_are_seen() {
        let mut chosen = Chosen::default();
        chosen.reach(&listed(), id(3), id(2));
        check(&chosen, &[3, 1, 2]);
        // On the other side of where it began, and shorter.
        chosen.reach(&listed(), id(2), id(5));
        check(&chosen, &[5, 3]);
        chosen.toggle(id(4));
        check(&chosen, &[5, 3, 4]);
        chosen.reach(&listed(), id(3), id(2));
        check(&chosen, &[2, 4]);
    }

    #[test]
    fn step_by_step_a_range_goes_on_or_begins_anew() {
        let mut chosen = Chosen::default();
        chosen.toggle(id(5));
        chosen.extend(&listed(), id(3), id(1));
        check(&chosen, &[3, 1]);
        chosen.extend(&listed(), id(1), id(2));
        check(&chosen, &[3, 1, 2]);
        chosen.extend(&listed(), id(2), id(1));
        check(&chosen, &[3, 1]);
    }

    #[test]
    fn a_range_whose_beginning_is_not_seen_begins_elsewhere() {
        let mut chosen = Chosen::default();
        chosen.toggle(id(9));
        chosen.reach(&listed(), id(1), id(2));
        check(&chosen, &[1, 2]);
        let mut chosen = Chosen::default();
        chosen.reach(&listed(), id(9), id(2));
        check(&chosen, &[2]);
        chosen.reach(&listed(), id(9), id(8));
        check(&chosen, &[2]);
    }

    #[test]
    fn what_is_not_seen_is_let_go_of() {
        let mut chosen = Chosen::default();
        assert_eq!(chosen.or(id(7)), [id(7)]);
        chosen.take(&listed());
        assert!(!chosen.keep(&listed()));
        assert!(chosen.keep(&listed()[..2]));
        check(&chosen, &[5, 3]);
        assert_eq!(chosen.or(id(7)), [id(3), id(5)]);
        chosen.toggle(id(3));
        chosen.toggle(id(5));
        assert!(chosen.is_empty());
    }
}
