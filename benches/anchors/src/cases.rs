//! What happens to a text between the marking and the finding.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::chance::Chance;
use crate::edits::{Edited, Edits};
use crate::texts::Vocabulary;

/// One thing that happens to a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Nothing.
    Untouched,
    /// Text is put before the passages.
    Before,
    /// This percentage of the words of each passage is edited.
    Words(u32),
    /// The words around each passage are other ones.
    Context,
    /// Typography changes throughout: quotation marks, dashes, NFD, CRLF, double spaces.
    Typography,
    /// One paragraph in five stands elsewhere.
    Moved,
    /// Each passage is deleted: every second alone, the others with their whole paragraphs.
    Deleted,
    /// Each passage is deleted, and something like it stands elsewhere.
    Lookalike,
    /// Passages of one to three words, with text put before them.
    Short,
}

impl Case {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Untouched,
        Self::Before,
        Self::Words(5),
        Self::Words(15),
        Self::Words(30),
        Self::Context,
        Self::Typography,
        Self::Moved,
        Self::Deleted,
        Self::Lookalike,
        Self::Short,
    ];

    /// What it is called in a table.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Untouched => "a untouched".into(),
            Self::Before => "b text put before".into(),
            Self::Words(percent) => format!("c {percent} % of words edited"),
            Self::Context => "d context changed".into(),
            Self::Typography => "e typography changed".into(),
            Self::Moved => "f paragraphs moved".into(),
            Self::Deleted => "g deleted".into(),
            Self::Lookalike => "h deleted, lookalike".into(),
            Self::Short => "i 1 to 3 words".into(),
        }
    }

    /// Whether the passages are gone, so that finding one is wrong.
    #[must_use]
    pub fn deletes(self) -> bool {
        matches!(self, Self::Deleted | Self::Lookalike)
    }
}

/// A text after a case, and where each passage is in it now.
#[derive(Debug)]
pub struct Changed {
    /// The text.
    pub text: String,
    /// For each passage its bytes, where it is still there.
    pub places: Vec<Option<Range<usize>>>,
}

/// Passages of a text, in order and apart from each other. All begin and end with a word.
#[must_use]
pub fn passages(text: &str, case: Case, most: usize, chance: &mut Chance) -> Vec<Range<usize>> {
    let words = words(text);
    let groups = groups(text);
    let mut passages: Vec<Range<usize>> = Vec::new();
    // Spread over the whole text, with room for context between.
    let room = text.len() / most.max(1);
    let mut from = 40;
    loop {
        from += chance.below(room.saturating_sub(400).max(1));
        let first = words.partition_point(|word| word.start < from);
        if first >= words.len() {
            return passages;
        }
        let end = match case {
            Case::Short => first + chance.between(1, 3),
            _ => {
                let wanted = match chance.below(10) {
                    0..3 => chance.between(20, 40),
                    3..9 => chance.between(40, 300),
                    _ => chance.between(300, 1_200),
                };
                words.partition_point(|word| word.end < words[first].start + wanted) + 1
            }
        };
        let Some(last) = words
            .get(end.saturating_sub(1))
            .filter(|_| end <= words.len())
        else {
            return passages;
        };
        let passage = words[first].start..last.end;
        // What is moved must lie in one piece.
        let group = groups.partition_point(|group| group.end < passage.start);
        let is_inside = groups
            .get(group)
            .is_some_and(|group| passage.end <= group.end && group.start <= passage.start);
        if case != Case::Moved || is_inside {
            passages.push(passage.clone());
        }
        from = passage.end + 120;
        if passages.len() == most || from >= text.len() {
            return passages;
        }
    }
}

/// Every run of letters and digits.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        match words.last_mut() {
            Some(word) if word.end == at => word.end = at + c.len_utf8(),
            _ => words.push(at..at + c.len_utf8()),
        }
    }
    words
}

/// Paragraphs, or so many short ones in a row that they are as long as one.
fn groups(text: &str) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for block in blocks(text) {
        match groups.last_mut() {
            Some(group) if group.len() < 400 => group.end = block.end,
            _ => groups.push(block),
        }
    }
    groups
}

/// The paragraphs of a text.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    text.split('\n')
        .map(|block| {
            let range = start..start + block.len();
            start = range.end + 1;
            range
        })
        .collect()
}

/// Does to a text what a case says.
#[must_use]
pub fn change(
    text: &str,
    passages: &[Range<usize>],
    case: Case,
    vocabulary: &Vocabulary,
    chance: &mut Chance,
) -> Changed {
    let mut edits = Edits::default();
    match case {
        Case::Untouched => {}
        Case::Before | Case::Short => {
            edits.replace(0..0, invented(vocabulary, chance, 60) + "\n");
            for block in blocks(text) {
                let inside = |passage: &Range<usize>| {
                    passage.start <= block.start && block.start < passage.end
                };
                if chance.happens(0.05) && !passages.iter().any(inside) {
                    edits.replace(
                        block.start..block.start,
                        invented(vocabulary, chance, 25) + "\n",
                    );
                }
            }
        }
        Case::Words(percent) => {
            for passage in passages {
                edit_words(
                    text,
                    passage,
                    f64::from(percent) / 100.0,
                    vocabulary,
                    chance,
                    &mut edits,
                );
            }
        }
        Case::Context => {
            for passage in passages {
                for side in [
                    around(text, passage.start, -40)..passage.start,
                    passage.end..around(text, passage.end, 40),
                ] {
                    for word in words(&text[side.clone()]) {
                        edits.replace(
                            side.start + word.start..side.start + word.end,
                            vocabulary.word(chance),
                        );
                    }
                }
            }
        }
        Case::Typography => return typography(text, passages),
        Case::Moved => return moved(text, passages, chance),
        Case::Deleted | Case::Lookalike => {
            for (at, passage) in passages.iter().enumerate() {
                if at % 2 == 0 {
                    edits.replace(passage.clone(), "");
                } else {
                    let start = text[..passage.start].rfind('\n').map_or(0, |at| at + 1);
                    let end = text[passage.end..]
                        .find('\n')
                        .map_or(text.len(), |at| passage.end + at);
                    edits.replace(start..end, invented(vocabulary, chance, 20));
                }
            }
            if case == Case::Lookalike {
                lookalikes(text, passages, vocabulary, chance, &mut edits);
            }
            let edited = edits.apply(text);
            return Changed {
                text: edited.text,
                places: vec![None; passages.len()],
            };
        }
    }
    followed(edits.apply(text), passages)
}

fn followed(edited: Edited, passages: &[Range<usize>]) -> Changed {
    let places = passages
        .iter()
        .map(|passage| edited.passage(passage))
        .collect();
    Changed {
        text: edited.text,
        places,
    }
}

/// A place some bytes on or back, on a character's border.
fn around(text: &str, at: usize, by: isize) -> usize {
    let mut place = at.saturating_add_signed(by).min(text.len());
    while !text.is_char_boundary(place) {
        place = place.saturating_add_signed(by.signum());
    }
    place
}

fn invented(vocabulary: &Vocabulary, chance: &mut Chance, words: usize) -> String {
    let words: Vec<&str> = (0..words).map(|_| vocabulary.word(chance)).collect();
    words.join(" ") + "."
}

/// Edits a share of a passage's words, one at least: of five, three are replaced, one is
/// deleted, one gets a word after it.
fn edit_words(
    text: &str,
    passage: &Range<usize>,
    share: f64,
    vocabulary: &Vocabulary,
    chance: &mut Chance,
    edits: &mut Edits,
) {
    let words = words(&text[passage.clone()]);
    let sure = chance.below(words.len());
    for (at, word) in words.iter().enumerate() {
        if at != sure && !chance.happens(share) {
            continue;
        }
        let word = passage.start + word.start..passage.start + word.end;
        match chance.below(5) {
            0 if words.len() > 1 => edits.replace(word, ""),
            1 if at + 1 < words.len() => {
                edits.replace(word.end..word.end, format!(" {}", vocabulary.word(chance)))
            }
            _ => edits.replace(word, vocabulary.word(chance)),
        }
    }
}

/// Copies of the passages, as they were or with some words edited, in other paragraphs.
fn lookalikes(
    text: &str,
    passages: &[Range<usize>],
    vocabulary: &Vocabulary,
    chance: &mut Chance,
    edits: &mut Edits,
) {
    // Where nothing is deleted.
    let free: Vec<Range<usize>> = blocks(text)
        .into_iter()
        .filter(|block| {
            passages
                .iter()
                .all(|passage| passage.end < block.start || block.end < passage.start)
        })
        .collect();
    if free.is_empty() {
        return;
    }
    for passage in passages {
        let quote = &text[passage.clone()];
        let share = *chance.one_of(&[0.0, 0.05, 0.15]);
        let mut own = Edits::default();
        if share > 0.0 {
            edit_words(
                quote,
                &(0..quote.len()),
                share,
                vocabulary,
                chance,
                &mut own,
            );
        }
        let copy = own.apply(quote).text;
        let block = chance.one_of(&free);
        edits.replace(block.end..block.end, format!(" {copy}"));
    }
}

/// Each character as another publisher writes it.
fn typography(text: &str, passages: &[Range<usize>]) -> Changed {
    let mut edits = Edits::default();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let range = at..at + c.len_utf8();
        match c {
            '"' if before.is_whitespace() => edits.replace(range, "\u{201c}"),
            '"' => edits.replace(range, "\u{201d}"),
            '\'' => edits.replace(range, "\u{2019}"),
            '-' => edits.replace(range, "\u{2013}"),
            '\u{201c}' | '\u{201d}' => edits.replace(range, "\""),
            '\u{2018}' | '\u{2019}' => edits.replace(range, "'"),
            '\u{2013}' => edits.replace(range, "-"),
            '\n' => edits.replace(range, "\r\n"),
            ' ' if before == '.' => edits.replace(range, "  "),
            'i' if before == 'f' => {}
            c if !c.is_ascii() => {
                edits.replace(range, std::iter::once(c).nfd().collect::<String>())
            }
            _ => {}
        }
        if text[at..].starts_with("fi") {
            edits.replace(at..at + 2, "\u{fb01}");
        }
        before = c;
    }
    followed(edits.apply(text), passages)
}

/// One paragraph in five changes places with another such.
fn moved(text: &str, passages: &[Range<usize>], chance: &mut Chance) -> Changed {
    let blocks = groups(text);
    let mut order: Vec<usize> = (0..blocks.len()).collect();
    let movers: Vec<usize> = order
        .iter()
        .copied()
        .filter(|_| chance.happens(0.2))
        .collect();
    let mut places = movers.clone();
    for at in (1..places.len()).rev() {
        places.swap(at, chance.below(at + 1));
    }
    for (place, block) in places.iter().zip(&movers) {
        order[*place] = *block;
    }
    let mut new = String::with_capacity(text.len());
    let mut starts = vec![0; blocks.len()];
    for (at, block) in order.iter().enumerate() {
        if at > 0 {
            new.push('\n');
        }
        starts[*block] = new.len();
        new.push_str(&text[blocks[*block].clone()]);
    }
    let places = passages
        .iter()
        .map(|passage| {
            let block = blocks.partition_point(|block| block.end < passage.start);
            let start = starts[block] + passage.start - blocks[block].start;
            Some(start..start + passage.len())
        })
        .collect();
    Changed { text: new, places }
}

/// What a hostile publisher does besides: line endings, decomposed letters, paragraphs
/// split and joined, emoji and right-to-left words between the words around the passages.
#[must_use]
pub fn make_hostile(changed: Changed, chance: &mut Chance) -> Changed {
    const STRANGE: [&str; 5] = [
        "👩\u{200d}🔬 ",
        "🇰🇿 ",
        "שלום ",
        "العربية ",
        "e\u{301}\u{323} ",
    ];
    let mut edits = Edits::default();
    let inside = |at: usize| {
        let next = changed.places.iter().flatten();
        next.clone()
            .any(|place| place.start <= at + 1 && at < place.end)
    };
    let text = &changed.text;
    for (at, c) in text.char_indices() {
        let range = at..at + c.len_utf8();
        match c {
            '\n' if chance.happens(0.3) => edits.replace(range, " "),
            '\n' => edits.replace(range, "\r\n"),
            ' ' if text[..at].ends_with('.') && chance.happens(0.2) => edits.replace(range, "\r\n"),
            ' ' if chance.happens(0.02) && !inside(at) => {
                edits.replace(range.end..range.end, *chance.one_of(&STRANGE));
            }
            c if !c.is_ascii() => {
                edits.replace(range, std::iter::once(c).nfd().collect::<String>())
            }
            _ => {}
        }
    }
    let edited = edits.apply(text);
    let places = changed
        .places
        .iter()
        .map(|place| edited.passage(place.as_ref()?))
        .collect();
    Changed {
        text: edited.text,
        places,
    }
}
