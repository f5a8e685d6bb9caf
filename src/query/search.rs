//! The annotations whose passage or note holds some words.

use crate::annotation::AnnotationId;
use crate::document::DocumentId;
use crate::project::{Filter, Mark, Marks, Placed, Project};
use crate::text::{Span, Utf8};

/// What was found among some of a document's annotations. Looking costs as much as the
/// document and the annotations; [`Found::renew`] keeps it true at the cost of what was found.
#[derive(Clone, Debug)]
pub struct Found {
    document: DocumentId,
    filter: Filter,
    words: Words,
    marks: Marks,
}

impl Found {
    /// Looks for words; capitals and the kind of white space make no difference.
    #[must_use]
    pub fn new(project: &Project, document: DocumentId, filter: Filter, words: &str) -> Self {
        let mut found = Self {
            document,
            filter,
            words: Words::new(words),
            marks: Marks::default(),
        };
        let text = project.document(document).map_or("", |own| own.text.text());
        // The text is searched once, not each passage by itself: these overlap, and there
        // may be a hundred thousand of them.
        let places = found.words.all_in(text);
        let mut next = 0;
        let in_passage = |mark: &Mark| {
            while places
                .get(next)
                .is_some_and(|place| place.start < mark.span.start)
            {
                next += 1;
            }
            places
                .get(next)
                .is_some_and(|place| place.end <= mark.span.end)
        };
        let marks = project.shelf(document, filter).iter();
        found.marks = Marks::in_order(marks.filter(in_passage).collect());
        // One record after the other: looking each mark's up would take much longer.
        for placed in project.placed() {
            if found.words.said_of(placed) && found.may_hold(project, placed) {
                found.marks.insert(placed.mark());
            }
        }
        found
    }

    /// What was found, in text order.
    #[must_use]
    pub fn marks(&self) -> &Marks {
        &self.marks
    }

    /// Looks anew at one annotation, after it has changed.
    pub fn renew(&mut self, project: &Project, id: AnnotationId) {
        // It may have stood elsewhere, which nobody remembers.
        let before = self.marks.iter().find(|mark| mark.id == id);
        if let Some(mark) = before {
            self.marks.remove(mark);
        }
        let Some(placed) = project.live(id) else {
            return;
        };
        let text = project
            .document(self.document)
            .map_or("", |own| own.text.text());
        let in_passage = placed
            .span()
            .is_some_and(|span| self.words.first_in(span.of(text)).is_some());
        if (in_passage || self.words.said_of(placed)) && self.may_hold(project, placed) {
            self.marks.insert(placed.mark());
        }
    }

    /// Whether an annotation is among those that are looked at.
    fn may_hold(&self, project: &Project, placed: &Placed) -> bool {
        placed.annotation.target.document == self.document && project.is_on(self.filter, placed)
    }
}

/// Words to look for, folded.
#[derive(Clone, Debug)]
struct Words(Vec<char>);

impl Words {
    fn new(words: &str) -> Self {
        Self(words.trim().chars().map(fold).collect())
    }

    /// Whether a note holds them, or the quote of what has no place here.
    fn said_of(&self, placed: &Placed) -> bool {
        // What most of them have not is asked first: all are asked, and each step to
        // another record takes its time.
        let annotation = &placed.annotation;
        if !annotation.note.is_empty() && self.first_in(&annotation.note).is_some() {
            return true;
        }
        let quote = || annotation.target.selectors.quote.as_ref();
        placed.span().is_none()
            && quote().is_some_and(|quote| self.first_in(quote.exact()).is_some())
    }

    fn first_in(&self, text: &str) -> Option<Span> {
        let mut places = text.char_indices().map(|(at, _)| at);
        places.find_map(|at| self.at(text, at))
    }

    fn all_in(&self, text: &str) -> Vec<Span> {
        let mut found = Vec::new();
        let Some(first) = self.0.first() else {
            return found;
        };
        // Most bytes are passed over without a look at the letter.
        let byte = u8::try_from(*first).ok().filter(u8::is_ascii_graphic);
        for (at, own) in text.bytes().enumerate() {
            let may_be = match byte {
                Some(byte) => own.to_ascii_lowercase() == byte,
                None => text.is_char_boundary(at),
            };
            if may_be {
                found.extend(self.at(text, at));
            }
        }
        found
    }

    /// The place that begins at a byte, if they stand there.
    fn at(&self, text: &str, start: usize) -> Option<Span> {
        let mut letters = text[start..].chars();
        let stand = |own: &char| letters.next().is_some_and(|letter| fold(letter) == *own);
        if self.0.is_empty() || !self.0.iter().all(stand) {
            return None;
        }
        let end = text.len() - letters.as_str().len();
        Some(Span::between(Utf8::from(start), Utf8::from(end)))
    }
}

/// Capitals and how far behind each its small letter stands; 0 where the two take turns.
/// Beside ASCII these are the scripts that have both: Latin, Greek, Cyrillic, Armenian.
/// The standard library's table would be a twentieth of the page's program.
const CAPITALS: [(u32, u32, u32); 18] = [
    (0xc0, 0xd6, 32),
    (0xd8, 0xde, 32),
    (0x100, 0x12f, 0),
    (0x132, 0x137, 0),
    (0x139, 0x148, 0),
    (0x14a, 0x177, 0),
    (0x179, 0x17e, 0),
    (0x386, 0x386, 38),
    (0x388, 0x38a, 37),
    (0x38e, 0x38f, 63),
    (0x391, 0x3a1, 32),
    (0x3a3, 0x3ab, 32),
    (0x400, 0x40f, 80),
    (0x410, 0x42f, 32),
    (0x460, 0x481, 0),
    (0x48a, 0x4bf, 0),
    (0x531, 0x556, 48),
    (0x1e00, 0x1e95, 0),
];

/// One letter for those that differ in their case only, one space for all white space.
fn fold(letter: char) -> char {
    if letter.is_ascii() {
        return match letter {
            '\t' | '\n' | '\r' => ' ',
            _ => letter.to_ascii_lowercase(),
        };
    }
    if letter.is_whitespace() {
        return ' ';
    }
    let code = u32::from(letter);
    for (first, last, behind) in CAPITALS {
        if (first..=last).contains(&code) {
            let is_small = behind == 0 && (code - first) % 2 == 1;
            let behind = behind.max(1);
            return char::from_u32(code + behind)
                .filter(|_| !is_small)
                .unwrap_or(letter);
        }
    }
    letter
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Mark, Origin, Transaction};
    use crate::testing::{document, edits, project};
    use crate::time::Timestamp;
    use proptest::prelude::*;

    fn plainly(project: &Project, filter: Filter, words: &str) -> Vec<Mark> {
        let text = document();
        let holds = |mark: &Mark| {
            let placed = project.live(mark.id).unwrap();
            let row = crate::query::row(project, placed);
            let said = format!("{}\u{0}{}", row.quote, row.note).to_lowercase();
            said.replace('\n', " ").contains(words)
        };
        let marks = project.shelf(text.id, filter).iter();
        marks.filter(holds).collect()
    }

    proptest! {
        #[test]
        fn it_finds_what_each_row_says(
            before in edits(&project(), 0..24),
            after in proptest::collection::vec(edits(&project(), 1..3), 0..6),
            words in proptest::sample::select(vec!["the", "k b", "العربية", "note", "e", "text the quick"]),
        ) {
            let apply = |project: &mut Project, edits| project.apply(&Transaction {
                label: "".into(), edits, origin: Origin::Person, at: Timestamp(1),
            });
            let mut project = project();
            apply(&mut project, before);
            for filter in [Filter::All, Filter::Untagged] {
                let mut project = project.clone();
                let mut found = Found::new(&project, document().id, filter, words);
                prop_assert_eq!(found.marks().iter().collect::<Vec<_>>(), plainly(&project, filter, words));
                for edits in &after {
                    let touched = apply(&mut project, edits.clone()).touched;
                    if touched.codebook || !touched.documents.is_empty() {
                        break;
                    }
                    for id in touched.annotations {
                        found.renew(&project, id);
                    }
                    prop_assert_eq!(found.marks().iter().collect::<Vec<_>>(), plainly(&project, filter, words));
                }
            }
        }
    }

    #[test]
    fn capitals_and_line_breaks_make_no_difference() {
        assert!(
            Words::new(" QUICK  Br")
                .first_in("a Quick\u{a0}\nbrown")
                .is_some()
        );
        assert!(Words::new("").all_in("text").is_empty());
        assert_eq!(Words::new("ÄB").all_in("äb Äb ab").len(), 2);
    }

    #[test]
    fn capitals_are_those_of_the_standard_library() {
        for letter in CAPITALS.iter().flat_map(|(first, last, _)| *first..=*last) {
            let letter = char::from_u32(letter).unwrap();
            assert_eq!(Some(fold(letter)), letter.to_lowercase().next(), "{letter}");
        }
    }
}
