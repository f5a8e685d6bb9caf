//! The annotations whose passage or note holds some words.

use std::ops::Range;

use crate::annotation::AnnotationId;
use crate::document::DocumentId;
use crate::project::{Filter, Mark, Marks, Placed, Project};
use crate::text::{Span, Utf8};

/// What was found among some of a document's annotations. Looking costs as much as their
/// passages, overlaps read once, and the document's notes; [`Found::refresh`] keeps it true at
/// the cost of what has changed.
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
        // The first place in a passage, and up to where it was looked for: the next passage
        // begins there or later, so nothing is read twice, however many there are and however
        // they overlap.
        let (mut next, mut read) = (None, Utf8(0));
        let in_passage = |mark: &Mark| {
            let Span { start, end } = mark.span;
            if next.is_none_or(|place: Span| place.start < start) {
                let unread = read.max(start)..end;
                next = found.words.first_in(text, unread);
                read = next.map_or(read.max(end), |place| Utf8(place.start.0 + 1));
            }
            next.is_some_and(|place| place.end <= end)
        };
        let marks = project.index(document, filter);
        found.marks = Marks::in_order(marks.iter().filter(in_passage).collect());
        // What has no place stands last.
        let nowhere = marks.before(Mark::new(AnnotationId::default(), None))..usize::MAX;
        let noted = project.index(document, Filter::Noted).iter();
        for mark in noted.chain(marks.numbered(nowhere)) {
            if let Some(placed) = project.live(mark.id)
                && found.may_hold(project, placed)
                && found.words.said_of(placed)
            {
                found.marks.insert(mark);
            }
        }
        found
    }

    /// The document that was looked through.
    #[must_use]
    pub fn document(&self) -> DocumentId {
        self.document
    }

    /// What was found, in text order.
    #[must_use]
    pub fn marks(&self) -> &Marks {
        &self.marks
    }

    /// Looks anew at one annotation after it has changed. It must be told of every place that
    /// it has left.
    pub fn refresh(&mut self, project: &Project, stood: Mark) {
        self.marks.remove(stood);
        let placed = project.live(stood.id);
        let Some(placed) = placed.filter(|placed| self.may_hold(project, placed)) else {
            return;
        };
        let text = project
            .document(self.document)
            .map_or("", |own| own.text.text());
        let in_passage = placed
            .span()
            .is_some_and(|span| self.words.are_in(span.of(text)));
        if in_passage || self.words.said_of(placed) {
            self.marks.insert(placed.mark());
        }
    }

    /// Whether an annotation is among those that are looked at.
    fn may_hold(&self, project: &Project, placed: &Placed) -> bool {
        placed.annotation.target.document == self.document && project.matches(self.filter, placed)
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
        let annotation = &placed.annotation;
        let quote = || annotation.target.selectors.quote.as_ref();
        self.are_in(&annotation.note)
            || placed.span().is_none() && quote().is_some_and(|quote| self.are_in(quote.exact()))
    }

    fn are_in(&self, text: &str) -> bool {
        self.first_in(text, Utf8(0)..Utf8::from(text.len()))
            .is_some()
    }

    /// The first place that begins within some bytes.
    fn first_in(&self, text: &str, within: Range<Utf8>) -> Option<Span> {
        self.0.first()?;
        // Most bytes are passed over without a look at the letters: two of them tell enough.
        let plain = |number: usize| {
            let byte = self.0.get(number).and_then(|own| u8::try_from(*own).ok());
            byte.filter(u8::is_ascii_graphic)
        };
        let (first, second) = (plain(0), plain(1));
        let is = |at: usize, own: u8| {
            let byte = text.as_bytes().get(at);
            byte.is_some_and(|byte| byte.to_ascii_lowercase() == own)
        };
        let may_be = |at: &usize| match first {
            Some(own) => is(*at, own) && second.is_none_or(|own| is(*at + 1, own)),
            None => text.is_char_boundary(*at),
        };
        let end = text.len().min(within.end.0 as usize);
        let mut starts = (within.start.0 as usize..end).filter(may_be);
        starts.find_map(|at| self.at(text, at))
    }

    /// The place that begins at a byte, if they stand there.
    fn at(&self, text: &str, start: usize) -> Option<Span> {
        let mut letters = text[start..].chars();
        let stand = |own: &char| letters.next().is_some_and(|letter| fold(letter) == *own);
        if !self.0.iter().all(stand) {
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
    use crate::anchor::{Candidate, Resolution};
    use crate::project::{Applied, Edit, Mark};
    use crate::testing::{document, edits, project};
    use proptest::prelude::*;

    fn plainly(project: &Project, filter: Filter, words: &str) -> Vec<Mark> {
        let text = document();
        let holds = |mark: &Mark| {
            let placed = project.live(mark.id).unwrap();
            let row = crate::query::row(project, placed);
            let said = format!("{}\u{0}{}", row.quote, row.note_opening).to_lowercase();
            said.replace('\n', " ").contains(words)
        };
        let marks = project.index(text.id(), filter).iter();
        marks.filter(holds).collect()
    }

    fn apply(project: &mut Project, edits: Vec<Edit>) -> Applied {
        project.apply(&edits)
    }

    proptest! {
        #[test]
        fn it_finds_what_each_row_says(
            before in edits(&project(), 0..24),
            after in proptest::collection::vec(edits(&project(), 1..3), 0..6),
            words in proptest::sample::select(vec!["the", "k b", "العربية", "note", "e", "text the quick"]),
            sure: bool,
        ) {
            let mut project = project();
            apply(&mut project, before);
            let theme = project.codebook().themes().next().unwrap().id;
            for filter in [Filter::All, Filter::Untagged, Filter::Review, Filter::Theme(theme)] {
                let mut project = project.clone();
                let mut found = Found::new(&project, document().id(), filter, words);
                let marks = |found: &Found| found.marks().iter().collect::<Vec<_>>();
                prop_assert_eq!(marks(&found), plainly(&project, filter, words));
                let mut done = Vec::new();
                for edits in &after {
                    let applied = apply(&mut project, edits.clone());
                    let touched = &applied.touched;
                    // It is looked for anew then.
                    if touched.codebook || !touched.documents.is_empty() {
                        done.clear();
                        break;
                    }
                    for stood in &touched.annotations {
                        found.refresh(&project, *stood);
                    }
                    let unresolved = project.unresolved(document().id());
                    for id in unresolved.map(|own| own.id).collect::<Vec<_>>() {
                        let span = Span::between(Utf8(0), Utf8(9));
                        let place = Candidate { span, score: 90 };
                        let place = if sure {
                            Resolution::Moved(place)
                        } else {
                            Resolution::Uncertain(vec![place])
                        };
                        if let Some(stood) = project.resolve(id, place) {
                            found.refresh(&project, stood);
                        }
                    }
                    prop_assert_eq!(marks(&found), plainly(&project, filter, words));
                    done.push(applied.changes);
                }
                for changes in done.iter().rev() {
                    for stood in project.take_back(changes).touched.annotations {
                        found.refresh(&project, stood);
                    }
                    prop_assert_eq!(marks(&found), plainly(&project, filter, words));
                }
            }
        }
    }

    #[test]
    fn capitals_and_line_breaks_make_no_difference() {
        assert!(Words::new(" QUICK  Br").are_in("a Quick\u{a0}\nbrown"));
        assert!(!Words::new("").are_in("text"));
        let within = |from, until| {
            let place = Words::new("ÄB").first_in("äb Äb ab", Utf8(from)..Utf8(until));
            place.map(|place| place.start.0)
        };
        assert_eq!(
            [within(0, 1), within(1, 99), within(4, 5)],
            [Some(0), Some(4), Some(4)]
        );
        assert_eq!([within(1, 4), within(5, 99), within(99, 100)], [None; 3]);
    }

    #[test]
    fn capitals_are_those_of_the_standard_library() {
        for letter in CAPITALS.iter().flat_map(|(first, last, _)| *first..=*last) {
            let letter = char::from_u32(letter).unwrap();
            assert_eq!(Some(fold(letter)), letter.to_lowercase().next(), "{letter}");
        }
    }
}
