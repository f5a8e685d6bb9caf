//! When each document was last opened, and where one was in it.

use uuid::Uuid;

use crate::document::DocumentId;
use crate::time::Timestamp;

/// Documents of which that is known, at most: those that were opened last.
const MOST: usize = 500;

/// The visit to a document.
#[derive(Clone)]
struct Visit {
    document: DocumentId,
    opened: Timestamp,
    /// As the reader writes it; empty at the top.
    place: String,
}

/// The last visit to each document, the latest first.
#[derive(Clone, Default)]
pub struct Visits(Vec<Visit>);

impl Visits {
    /// Reads what is kept: a line a document. One that can't be read is passed over.
    #[must_use]
    pub fn read(kept: &str) -> Self {
        let visit = |line: &str| {
            let mut parts = line.splitn(3, ' ');
            Some(Visit {
                document: DocumentId(Uuid::try_parse(parts.next()?).ok()?),
                opened: Timestamp(parts.next()?.parse().ok()?),
                place: parts.next()?.to_owned(),
            })
        };
        Self(kept.lines().filter_map(visit).take(MOST).collect())
    }

    /// What is kept.
    #[must_use]
    pub fn write(&self) -> String {
        let mut kept = String::new();
        for Visit {
            document,
            opened,
            place,
        } in &self.0
        {
            kept.push_str(&format!("{} {} {place}\n", document.0, opened.0));
        }
        kept
    }

    /// A document is opened.
    pub fn open(&mut self, document: DocumentId, now: Timestamp) {
        let before = self.0.iter().position(|own| own.document == document);
        let place = before.map(|at| self.0.remove(at).place);
        let visit = Visit {
            document,
            opened: now,
            place: place.unwrap_or_default(),
        };
        self.0.insert(0, visit);
        self.0.truncate(MOST);
    }

    /// A document is left at a place. It is known, unless it was never opened.
    pub fn leave(&mut self, document: DocumentId, place: &str) {
        let mut all = self.0.iter_mut();
        if let Some(own) = all.find(|own| own.document == document) {
            own.place = place.replace('\n', " ");
        }
    }

    /// Forgets the documents that are not there any more.
    pub fn keep(&mut self, is_there: impl Fn(DocumentId) -> bool) {
        self.0.retain(|own| is_there(own.document));
    }

    /// Where one was in a document.
    #[must_use]
    pub fn place(&self, document: DocumentId) -> Option<&str> {
        self.of(document).map(|own| &*own.place)
    }

    /// When a document was last opened.
    #[must_use]
    pub fn opened(&self, document: DocumentId) -> Option<Timestamp> {
        self.of(document).map(|own| own.opened)
    }

    fn of(&self, document: DocumentId) -> Option<&Visit> {
        self.0.iter().find(|own| own.document == document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u128) -> DocumentId {
        DocumentId(Uuid::from_u128(number))
    }

    #[test]
    fn each_document_has_its_own_place_and_time_also_after_a_reload() {
        let mut visits = Visits::default();
        visits.leave(id(1), "9 9");
        assert_eq!(visits.place(id(1)), None, "never opened");
        visits.open(id(1), Timestamp(10));
        visits.open(id(2), Timestamp(20));
        visits.leave(id(1), "3 500000");
        visits.leave(id(2), "7 -20");
        visits.open(id(1), Timestamp(30));
        let read = Visits::read(&visits.write());
        for visits in [&visits, &read] {
            assert_eq!(visits.place(id(1)), Some("3 500000"));
            assert_eq!(visits.opened(id(1)), Some(Timestamp(30)));
            assert_eq!(visits.place(id(2)), Some("7 -20"));
            assert_eq!(visits.opened(id(2)), Some(Timestamp(20)));
            assert_eq!(visits.opened(id(3)), None);
        }
        assert_eq!(read.write(), visits.write());
    }

    #[test]
    fn those_that_are_gone_and_the_oldest_are_forgotten() {
        let mut visits = Visits::default();
        for number in 0..MOST as u128 + 20 {
            visits.open(id(number), Timestamp(1));
        }
        assert_eq!(visits.write().lines().count(), MOST);
        assert_eq!(visits.opened(id(19)), None);
        visits.keep(|own| own == id(30) || own == id(40));
        assert_eq!(visits.write().lines().count(), 2);
    }

    #[test]
    fn what_cannot_be_read_is_passed_over() {
        let good = format!("{} 5 2 0", id(7).0);
        let kept = format!("nonsense\n\n{} x 1\n{good}\n{} 1", id(8).0, id(9).0);
        assert_eq!(Visits::read(&kept).write(), format!("{good}\n"));
    }
}
