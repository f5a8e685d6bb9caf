//! What is printed: the text whole with a line under every mark, a legend, and at the end
//! what was written on the marks.
//!
//! Paper is not scrolled and not clicked. So all marks are there, however far they are from
//! what is on the screen; the lines have more lanes, for which a block makes room where it
//! needs them; and a note is found by its number.

use std::iter::Peekable;
use std::sync::Arc;

use super::paint::{UNTHEMED, take_lane};
use super::{Segment, line_style, segments};
use crate::annotation::Annotation;
use crate::codebook::{Colour, Scheme};
use crate::document::{Document, Inline, InlineKind};
use crate::project::{Mark, Placed, Project};
use crate::query::{self, Place};
use crate::text::{Span, Utf8, clip_before};

/// Lines that lie below each other at most; deeper overlaps share the last lane.
const LANES: usize = 12;
const LAST: usize = LANES - 1;

/// Lines under one piece at most. An element has one line, so they are nested so deep; and no eye
/// tells apart what shares the last lane.
const LINES: usize = 2 * LANES;

/// Themes that are named beside a mark's note at most.
const THEMES: usize = 40;

/// Length at which a passage that is named beside its note is cut, in bytes.
const WORDS_BYTES: usize = 90;

/// Length at which a printed note is cut, in characters: some three pages.
const NOTE_CHARACTERS: usize = 10_000;

/// A document with its marks, to be printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The lines that are drawn, in the order of their themes, those of no theme last.
    pub legend: Vec<Entry>,
    /// The document's blocks, each under its number.
    pub blocks: Vec<PrintBlock>,
    /// Whether somewhere so many lines overlap that some share a lane.
    pub is_crowded: bool,
    /// What was written on the marks; the first of them is number 1.
    pub notes: Vec<Listed>,
    /// The marks that have no sure place in the text.
    pub unplaced: Vec<Listed>,
}

/// What the legend says of one kind of line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The number of the theme, from 0; nothing for marks without one.
    pub theme: Option<usize>,
    /// How many are in the text.
    pub count: usize,
}

/// A block's text in pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrintBlock {
    /// The pieces in order. Joined, they are the block's text.
    pub pieces: Vec<Piece>,
    /// How many lanes it needs below each of its lines of text.
    pub lanes: usize,
}

/// A stretch of a block that looks the same all along.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// Where in the text.
    pub span: Span,
    /// As what it stands out, what is around the others first.
    pub stands: Vec<InlineKind>,
    /// The numbers of footnotes that are referred to behind it.
    pub references: Vec<u32>,
    /// The lines under it, the highest first.
    pub lines: Vec<Line>,
    /// The numbers, from 1, of the notes on marks that end with it.
    pub notes: Vec<usize>,
}

/// A line under words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// The lane it lies in, from 0.
    pub lane: u8,
    /// The number of the theme it stands for; nothing for a mark without one.
    pub theme: Option<usize>,
}

/// A mark as it is listed at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its passage, or what it quoted; of many words the first.
    pub words: String,
    /// Where it is.
    pub place: Place,
    /// The numbers of its themes; of many the first.
    pub themes: Vec<usize>,
    /// How many of its themes are left out.
    pub more_themes: usize,
    /// What was written on it; of much the beginning.
    pub note: Arc<str>,
    /// How many characters of that are left out.
    pub left_out: usize,
}

impl Line {
    /// How it is drawn on white paper in its theme's colour, in CSS. How high a lane is
    /// `style/print.css` says, since a block's line height follows from it there. WebKit 2.50 knows
    /// no shorthand for the rest.
    #[must_use]
    pub fn declarations(self, colour: Option<Colour>) -> String {
        let colour = colour.unwrap_or(UNTHEMED).as_line(Scheme::Light);
        let style = self.theme.map_or("solid", line_style);
        // Without colours, what has no theme is still thinner than the first theme's; what
        // consists of more than one stroke is drawn with finer ones. Firefox draws whole pixels.
        let thickness = match (self.theme, style) {
            (None, _) | (_, "double") => "1px",
            (_, "wavy") => "1.25px",
            _ => "2px",
        };
        format!(
            "text-decoration-style:{style};text-decoration-color:{colour};\
             text-decoration-thickness:{thickness};\
             text-underline-offset:calc(.15em + {}*var(--lane))",
            self.lane
        )
    }
}

/// A document with its marks, to be printed.
#[must_use]
pub fn sheet(project: &Project, document: &Document) -> Sheet {
    let text = document.text.text();
    let whole = Span::between(0, text.len());
    let marks: Vec<Mark> = project.marks_in(document.id(), whole).collect();
    let mut sheet = Sheet::default();
    let lines = sheet.lines(project, &marks);
    let segments = segments(&marks, whole);
    for block in document.blocks.iter() {
        let (mut printed, is_crowded) = self::block(block.span, &segments, &lines);
        printed.divide(block.span, &document.inlines);
        sheet.blocks.push(printed);
        sheet.is_crowded |= is_crowded;
    }
    sheet.note(project, document, &marks);
    for placed in project.annotations(document.id()) {
        if placed.span().is_none() {
            sheet.unplaced.push(listed(project, placed));
        }
    }
    sheet
}

impl Sheet {
    /// Gives each mark its lines, one a theme, each in one lane from the mark's start to its end;
    /// and counts them for the legend.
    fn lines(&mut self, project: &Project, marks: &[Mark]) -> Vec<Vec<Line>> {
        let mut counts = vec![0; project.codebook().themes().count()];
        let mut untagged = 0;
        let mut lanes = [Utf8(0); LANES];
        let mut lines = Vec::new();
        for mark in marks {
            let mut own = Vec::new();
            let mut draw = |theme| {
                let lane = take_lane(&mut lanes, mark.span).unwrap_or_else(|| {
                    self.is_crowded = true;
                    lanes[LAST] = lanes[LAST].max(mark.span.end);
                    LAST as u8
                });
                own.push(Line { lane, theme });
            };
            let placed = project.live(mark.id);
            let themes = placed.map(|placed| themes(project, &placed.annotation));
            let themes = themes.unwrap_or_default();
            if themes.is_empty() {
                untagged += 1;
                draw(None);
            }
            for theme in &themes {
                counts[*theme] += 1;
            }
            for theme in themes.into_iter().take(LINES) {
                draw(Some(theme));
            }
            lines.push(own);
        }
        for (theme, count) in counts.into_iter().enumerate() {
            self.enter(Some(theme), count);
        }
        self.enter(None, untagged);
        lines
    }

    /// Puts a kind of line into the legend, if there is any.
    fn enter(&mut self, theme: Option<usize>, count: usize) {
        if count > 0 {
            self.legend.push(Entry { theme, count });
        }
    }

    /// Numbers the notes in the order in which who reads on meets the ends of their marks.
    fn note(&mut self, project: &Project, document: &Document, marks: &[Mark]) {
        let mut noted = Vec::new();
        for mark in marks {
            // Behind its last words; one over nothing but the end of a line is noted there.
            let mut blocks = document.blocks_in(mark.span).rev();
            let block = blocks.find(|block| !self.blocks[*block].pieces.is_empty());
            let block = block.or_else(|| document.block_at(mark.span.start));
            let placed = project.live(mark.id);
            let placed = placed.filter(|placed| !placed.annotation.note.is_empty());
            if let Some((block, placed)) = block.zip(placed) {
                let place = (block, mark.span.end);
                // Behind it stand only those that end farther: few.
                let at = noted.partition_point(|(other, _, _)| *other <= place);
                noted.insert(at, (place, *mark, placed));
            }
        }
        for (number, ((block, _), mark, placed)) in (1..).zip(noted) {
            self.blocks[block].note(mark.span, number);
            self.notes.push(listed(project, placed));
        }
    }
}

/// The numbers of an annotation's themes that are in use, in order.
fn themes(project: &Project, annotation: &Annotation) -> Vec<usize> {
    project.codebook().numbers(&annotation.themes)
}

/// A block in pieces, and whether somewhere in it there are more lines than are drawn. `segments`
/// are those of the whole text, `lines` those of each mark.
fn block(block: Span, segments: &[Segment], lines: &[Vec<Line>]) -> (PrintBlock, bool) {
    let mut is_crowded = false;
    let mut printed = PrintBlock::default();
    let mut plain = block.start;
    let first = segments.partition_point(|segment| segment.span.end <= block.start);
    for segment in &segments[first..] {
        let span = segment.span.intersection(block);
        if span.is_empty() {
            break;
        }
        printed.push(Span::between(plain, span.start), Vec::new());
        let mut under = Vec::new();
        for line in segment.marks.iter().flat_map(|mark| &lines[*mark]) {
            // What looks alike in the same place is drawn once.
            if let Err(at) = under.binary_search(line) {
                under.insert(at, *line);
                is_crowded |= under.len() > LINES;
                under.truncate(LINES);
            }
        }
        printed.push(span, under);
        plain = span.end;
    }
    printed.push(Span::between(plain, block.end), Vec::new());
    (printed, is_crowded)
}

impl PrintBlock {
    /// Puts a piece at the end, if there is anything in it.
    fn push(&mut self, span: Span, lines: Vec<Line>) {
        let deepest = lines.last().map_or(0, |line| usize::from(line.lane) + 1);
        self.lanes = self.lanes.max(deepest);
        if !span.is_empty() {
            self.pieces.push(Piece {
                span,
                lines,
                ..Piece::default()
            });
        }
    }

    /// Divides the pieces where something in the block begins or ends to stand out, or a footnote is
    /// referred to. `inlines` are those of the whole text.
    fn divide(&mut self, block: Span, inlines: &[Inline]) {
        let first = inlines.partition_point(|own| own.span.start < block.start);
        let mut rest = inlines[first..]
            .iter()
            .take_while(|own| own.span.start <= block.end)
            .peekable();
        let mut around: Vec<&Inline> = Vec::new();
        for piece in std::mem::take(&mut self.pieces) {
            let mut at = piece.span.start;
            while at < piece.span.end {
                self.begin(at, &mut rest, &mut around);
                let ends = around.iter().map(|own| own.span.end);
                let next = rest.peek().map(|own| own.span.start);
                let stop = ends.chain(next).fold(piece.span.end, Utf8::min);
                self.pieces.push(Piece {
                    span: Span::between(at, stop),
                    stands: around.iter().map(|own| own.kind.clone()).collect(),
                    lines: piece.lines.clone(),
                    ..Piece::default()
                });
                at = stop;
            }
        }
        self.begin(block.end, &mut rest, &mut around);
    }

    /// Takes what begins at a place to what is `around` the words behind it, and from that what ends
    /// there. A reference goes to the words before it.
    fn begin<'a>(
        &mut self,
        at: Utf8,
        rest: &mut Peekable<impl Iterator<Item = &'a Inline>>,
        around: &mut Vec<&'a Inline>,
    ) {
        around.retain(|own| own.span.end > at);
        while let Some(own) = rest.next_if(|own| own.span.start <= at) {
            if let InlineKind::Reference(number) = own.kind {
                if self.pieces.is_empty() {
                    self.pieces.push(Piece {
                        span: Span::between(at, at),
                        ..Piece::default()
                    });
                }
                if let Some(last) = self.pieces.last_mut() {
                    last.references.push(number);
                }
            } else if own.span.end > at {
                around.push(own);
            }
        }
    }

    /// Puts a note's number where a mark that ends in this block does.
    fn note(&mut self, mark: Span, number: usize) {
        let behind = self
            .pieces
            .partition_point(|piece| piece.span.start < mark.end);
        match self.pieces.get_mut(behind.saturating_sub(1)) {
            Some(piece) => piece.notes.push(number),
            // A block without words.
            None => self.pieces.push(Piece {
                span: Span::between(mark.start, mark.start),
                notes: vec![number],
                ..Piece::default()
            }),
        }
    }
}

/// A mark as it is listed.
fn listed(project: &Project, placed: &Placed) -> Listed {
    let row = query::row(project, placed);
    let (note, left_out) = beginning(&placed.annotation.note, NOTE_CHARACTERS);
    let mut themes = themes(project, &placed.annotation);
    let more_themes = themes.len().saturating_sub(THEMES);
    themes.truncate(THEMES);
    Listed {
        // With a place, the passage can be found above.
        words: match row.place {
            Place::At(_) => first_words(&row.quote, WORDS_BYTES),
            _ => row.quote.to_string(),
        },
        place: row.place,
        themes,
        more_themes,
        note,
        left_out,
    }
}

/// The first words of a passage, up to so many bytes.
fn first_words(passage: &str, most: usize) -> String {
    if passage.len() <= most {
        return passage.into();
    }
    let end = Utf8::from(passage.floor_char_boundary(most));
    let (first, rest) = passage.split_at(clip_before(passage, end).index());
    let whole = match first.rsplit_once(char::is_whitespace) {
        // Not every script parts its words: little must not be left of it.
        Some((whole, _)) if !rest.starts_with(char::is_whitespace) && 3 * whole.len() > most => {
            whole
        }
        _ => first,
    };
    format!("{}…", whole.trim_end())
}

/// The beginning of a note, up to so many characters, and how many are left out.
fn beginning(note: &Arc<str>, most: usize) -> (Arc<str>, usize) {
    let Some((end, _)) = note.char_indices().nth(most) else {
        return (note.clone(), 0);
    };
    let (first, rest) = note.split_at(clip_before(note, Utf8::from(end)).index());
    (first.into(), rest.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anchor::{Quote, Selectors};
    use crate::annotation::Target;
    use crate::codebook::{Theme, ThemeId};
    use crate::document::{BlockKind, Builder, Version};
    use crate::project::Edit;
    use crate::testing::{annotation, document, project, resolve_all, span_of, theme};
    use proptest::prelude::*;

    /// A mark: its passage, its themes, its note.
    type Given<'a> = (Span, &'a [&'a str], &'a str);

    fn add(project: &mut Project, annotation: Annotation) {
        project.apply(&[Edit::AddAnnotation(Arc::new(annotation))]);
    }

    fn marked(marks: &[Given<'_>]) -> Project {
        let mut project = project();
        for ((span, themes, note), id) in marks.iter().zip(1..) {
            let mut annotation = annotation(id, *span);
            annotation.themes = themes.iter().map(|name| theme(name)).collect();
            annotation.note = (*note).into();
            add(&mut project, annotation);
        }
        project
    }

    /// The sheet of a project, and its blocks: a piece with lines as `[words|theme/lane …]`,
    /// each theme by its first letter, and the notes behind it.
    fn printed(project: &Project) -> (Sheet, Vec<String>) {
        let document = project.document(document().id()).unwrap();
        let sheet = sheet(project, document);
        let line = |line: &Line| {
            let name = line.theme.map_or('-', |number| ['S', 'E', 'C'][number]);
            format!("{name}/{}", line.lane)
        };
        let piece = |piece: &Piece| {
            let words = piece.span.of(document.text.text());
            let lines: Vec<String> = piece.lines.iter().map(line).collect();
            let notes: String = piece.notes.iter().map(|note| format!("^{note}")).collect();
            match lines.join(" ") {
                lines if lines.is_empty() => format!("{words}{notes}"),
                lines => format!("[{words}|{lines}]{notes}"),
            }
        };
        let blocks = sheet.blocks.iter();
        let blocks = blocks.map(|block| block.pieces.iter().map(piece).collect());
        let blocks = blocks.collect();
        (sheet, blocks)
    }

    #[test]
    fn every_mark_has_its_lines_and_its_number() {
        let of = span_of;
        let table: &[(&[Given<'_>], [&str; 3])] = &[
            (
                &[],
                [
                    "A small text",
                    "The quick brown fox 😀 jumps over the lazy dog.",
                    "Cafe\u{301} noir, 中文-简体 and العربية: the quick end.",
                ],
            ),
            (
                &[
                    (of("small text"), &["Energy"], ""),
                    (of("brown fox 😀 jumps"), &["Sovereignty"], "later"),
                    (of("fox"), &["Counterterrorism", "Energy"], "sooner"),
                    (of("lazy dog."), &[], "last"),
                ],
                [
                    "A [small text|E/0]",
                    "The quick [brown |S/0][fox|S/0 E/1 C/2]^1[ 😀 jumps|S/0]^2 over the [lazy dog.|-/0]^3",
                    "Cafe\u{301} noir, 中文-简体 and العربية: the quick end.",
                ],
            ),
            // Over the ends of blocks; two notes in one place.
            (
                &[
                    (of("text\nThe quick"), &["Energy"], "one"),
                    (of("quick"), &["Energy"], "two"),
                    (of("dog.\n"), &[], "three"),
                ],
                [
                    "A small [text|E/0]",
                    "[The |E/0][quick|E/0 E/1]^1^2 brown fox 😀 jumps over the lazy [dog.|-/0]^3",
                    "Cafe\u{301} noir, 中文-简体 and العربية: the quick end.",
                ],
            ),
        ];
        for (marks, expect) in table {
            assert_eq!(printed(&marked(marks)).1, *expect);
        }
    }

    #[test]
    fn what_stands_out_does_so_under_lines_as_well_and_references_follow_their_words() {
        use InlineKind::{Emphasis, Strong, Superscript};
        let mut builder = Builder::default();
        builder.words("A ");
        builder.start(Emphasis);
        builder.words("stressed and ");
        builder.start(Strong);
        builder.words("strong");
        builder.end();
        builder.end();
        builder.refer(1);
        builder.words(" word, m");
        builder.start(Superscript);
        builder.words("2");
        builder.end();
        builder.refer(2);
        builder.begin(BlockKind::Paragraph);
        builder.refer(3);
        builder.words("End");
        let document = Arc::new(crate::testing::saying(&builder.finish()));
        let text = document.text.text();
        let mut project = Project::new([document.clone()]);
        let mut marked = annotation(1, span_of("fox"));
        let start = text.find("and").unwrap();
        let span = Span::between(start, text.find(" word").unwrap());
        marked.target = Target::on(&document, span);
        marked.note = "why".into();
        add(&mut project, marked);
        let sheet = sheet(&project, &document);
        let piece = |piece: &Piece| {
            let stands: String = piece
                .stands
                .iter()
                .map(|kind| match kind {
                    Emphasis => '/',
                    Strong => '*',
                    _ => '^',
                })
                .collect();
            let words = piece.span.of(text);
            let line = if piece.lines.is_empty() { "" } else { "_" };
            let references = piece.references.iter().map(|own| format!("({own})"));
            let notes = piece.notes.iter().map(|own| format!("[{own}]"));
            let behind: String = references.chain(notes).collect();
            format!("{line}{stands}{words}{behind}")
        };
        let blocks = sheet.blocks.iter();
        let pieces = blocks.map(|block| block.pieces.iter().map(piece).collect::<Vec<_>>());
        assert_eq!(
            pieces.collect::<Vec<_>>(),
            [
                vec![
                    "A ",
                    "/stressed ",
                    "_/and ",
                    "_/*strong(1)[1]",
                    " word, m",
                    "^2(2)"
                ],
                vec!["(3)", "End"],
            ]
        );
    }

    #[test]
    fn the_legend_counts_what_is_drawn_and_a_block_has_room_for_it() {
        let (sheet, _) = printed(&marked(&[
            (span_of("small"), &[], ""),
            (span_of("fox"), &["Counterterrorism", "Sovereignty"], ""),
            (span_of("brown fox"), &["Sovereignty"], ""),
        ]));
        let entries = [(Some(0), 2), (Some(2), 1), (None, 1)];
        let entries = entries.map(|(theme, count)| Entry { theme, count });
        assert_eq!(sheet.legend, entries);
        let lanes = sheet.blocks.iter().map(|block| block.lanes);
        assert_eq!(lanes.collect::<Vec<_>>(), [1, 3, 0]);
        assert!(sheet.notes.is_empty() && sheet.unplaced.is_empty());
    }

    #[test]
    fn lines_that_find_no_lane_share_the_last_and_that_is_said() {
        let both: Given<'_> = (span_of("fox"), &["Sovereignty", "Energy"], "");
        let (sheet, _) = printed(&marked(&[both; LANES / 2]));
        assert!(!sheet.is_crowded);
        let (sheet, blocks) = printed(&marked(&[both; LANES / 2 + 1]));
        assert!(sheet.is_crowded);
        assert_eq!(sheet.blocks[1].lanes, LANES);
        assert!(blocks[1].contains("S/10 S/11 E/11]") || blocks[1].contains("S/10 E/11 S/11]"));
    }

    #[test]
    fn of_thousands_of_themes_on_one_mark_the_first_have_lines_and_names() {
        let mut project = project();
        let mut tagged = annotation(1, span_of("fox"));
        tagged.note = "Why?".into();
        for number in 0..3_000 {
            let own = Theme {
                id: ThemeId(uuid::Uuid::from_u128(1_000 + number)),
                name: format!("Theme {number}").into(),
                order: project.codebook().next_order(),
                ..project.codebook().themes().next().unwrap().as_ref().clone()
            };
            tagged.themes.push(own.id);
            project.apply(&[Edit::AddTheme(own)]);
        }
        add(&mut project, tagged);
        let sheet = sheet(&project, project.document(document().id()).unwrap());
        assert_eq!(sheet.legend.len(), 3_000);
        assert!(sheet.is_crowded);
        let lines = sheet.blocks[1].pieces.iter().map(|piece| piece.lines.len());
        assert_eq!(lines.max(), Some(LINES));
        assert_eq!(sheet.notes[0].themes.len(), THEMES);
        assert_eq!(sheet.notes[0].more_themes, 3_000 - THEMES);
    }

    #[test]
    fn a_theme_that_is_no_longer_in_use_has_no_line() {
        let mut project = marked(&[(span_of("fox"), &[], "")]);
        let mut unknown = annotation(2, span_of("dog"));
        unknown.themes = vec![ThemeId(uuid::Uuid::from_u128(7))];
        add(&mut project, unknown);
        let entry = Entry {
            theme: None,
            count: 2,
        };
        assert_eq!(printed(&project).0.legend, [entry]);
    }

    #[test]
    fn a_note_is_listed_with_the_first_words_of_its_passage() {
        let (sheet, _) = printed(&marked(&[
            (span_of("quick"), &["Energy"], "short"),
            (Span::between(0, document().text.text().len()), &[], "long"),
        ]));
        let listed = |listed: &Listed| (listed.words.clone(), listed.note.to_string());
        let notes: Vec<_> = sheet.notes.iter().map(listed).collect();
        let first = "A small text\nThe quick brown fox 😀 jumps over the lazy dog.\nCafe\u{301} noir, 中文-简体…";
        assert_eq!(notes[0], ("quick".into(), "short".into()));
        assert_eq!(notes[1], (first.into(), "long".into()));
        assert_eq!(sheet.notes[0].themes, [1]);
    }

    #[test]
    fn first_words_are_whole_where_a_script_parts_them() {
        for (passage, expect) in [
            ("twelve bytes", "twelve bytes"),
            ("three words more", "three words…"),
            ("three wordsmore", "three…"),
            ("three words. more", "three words.…"),
            ("antidisestablishment", "antidisestab…"),
            ("to antidisestablishment", "to antidises…"),
            ("中文没有空格", "中文没有…"),
            ("eleven byte\u{301}s", "eleven…"),
        ] {
            assert_eq!(first_words(passage, 12), expect);
        }
    }

    #[test]
    fn of_a_long_note_it_is_said_how_much_is_left_out() {
        for (note, expect) in [
            ("1234", ("1234", 0)),
            ("12345", ("1234", 1)),
            ("123e\u{301}5", ("123", 3)),
            ("中文没有空格", ("中文没有", 2)),
        ] {
            let (first, left_out) = beginning(&note.into(), 4);
            assert_eq!((&*first, left_out), expect);
        }
    }

    #[test]
    fn what_has_no_sure_place_is_listed_and_has_no_line() {
        let mut project = project();
        for (id, words) in [(1, "quick"), (2, "no such words")] {
            let mut annotation = annotation(id, span_of("fox"));
            annotation.note = "a note".into();
            annotation.target.selectors = Arc::new(Selectors {
                quote: Some(Quote::new("", words, "")),
                ..Selectors::default()
            });
            add(&mut project, annotation);
        }
        resolve_all(&mut project);
        let (sheet, blocks) = printed(&project);
        let unplaced = sheet.unplaced.iter();
        let unplaced: Vec<_> = unplaced.map(|one| (&*one.words, one.place)).collect();
        let expect = [("quick", Place::Uncertain), ("no such words", Place::Lost)];
        assert_eq!(unplaced, expect);
        assert!(sheet.legend.is_empty() && sheet.notes.is_empty());
        assert!(blocks.iter().all(|block| !block.contains('|')));
    }

    #[test]
    fn lines_differ_without_colours() {
        let plain = |theme: Option<usize>| {
            let colour = theme.map(|theme| Colour(theme as u8, 0, 0));
            let drawn = Line { lane: 0, theme }.declarations(colour);
            let (before, rest) = drawn.split_once('#').unwrap();
            format!("{before}{}", &rest[6..])
        };
        let mut all: Vec<String> = (0..5).map(Some).chain([None]).map(plain).collect();
        assert_eq!(
            all[1],
            "text-decoration-style:dashed;text-decoration-color:;text-decoration-thickness:2px;\
             text-underline-offset:calc(.15em + 0*var(--lane))"
        );
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 6);
    }

    proptest! {
        #[test]
        fn the_text_is_whole_and_each_mark_has_its_line_from_start_to_end(
            words in proptest::collection::vec("[a-c]{0,6}", 1..5),
            given in proptest::collection::vec(
                (0_usize..30, 1_usize..12, proptest::sample::subsequence(vec!["Sovereignty", "Energy", "Counterterrorism"], 0..3), any::<bool>()),
                0..20,
            ),
        ) {
            let blocks = words.iter().map(|words| (BlockKind::Paragraph, &**words));
            let text = Arc::new(crate::testing::saying(&Version::new(blocks)));
            let length = text.text.text().len();
            let mut project = Project::new([text.clone()]);
            for ((start, some, names, is_noted), id) in given.iter().zip(1..) {
                if *start >= length {
                    continue;
                }
                let mut annotation = annotation(id, span_of("fox"));
                let span = Span::between(*start, (start + some).min(length));
                annotation.target = Target::on(&text, span);
                annotation.themes = names.iter().map(|name| theme(name)).collect();
                annotation.note = if *is_noted { "a note".into() } else { "".into() };
                add(&mut project, annotation);
            }
            let sheet = sheet(&project, &text);

            prop_assert_eq!(sheet.blocks.len(), text.blocks.len());
            for (printed, block) in sheet.blocks.iter().zip(text.blocks.iter()) {
                let joined: String = printed.pieces.iter().map(|piece| piece.span.of(text.text.text())).collect();
                prop_assert_eq!(joined, block.span.of(text.text.text()));
                let lanes = printed.pieces.iter().flat_map(|piece| &piece.lines);
                prop_assert_eq!(printed.lanes, lanes.map(|line| usize::from(line.lane) + 1).max().unwrap_or(0));
            }
            let pieces: Vec<&Piece> = sheet.blocks.iter().flat_map(|block| &block.pieces).collect();
            let mut borne = std::collections::BTreeSet::new();
            let mut notes = Vec::new();
            for placed in project.annotations(text.id()) {
                let mark = placed.span().unwrap();
                let own = pieces.iter().filter(|piece| !piece.span.intersection(mark).is_empty());
                let own: Vec<&&Piece> = own.collect();
                // No piece is half under it, and one lane bears its line all along.
                prop_assert!(own.iter().all(|piece| piece.span.intersection(mark) == piece.span));
                let numbers = themes(&project, &placed.annotation);
                let kinds: Vec<Option<usize>> = if numbers.is_empty() { vec![None] } else { numbers.into_iter().map(Some).collect() };
                for theme in kinds {
                    let in_lane = |lane: &u8| own.iter().all(|piece| piece.lines.contains(&Line { lane: *lane, theme }));
                    prop_assert!((0..LANES as u8).any(|lane| in_lane(&lane)));
                    borne.extend(own.iter().map(|piece| (piece.span, theme)));
                }
                if !placed.annotation.note.is_empty() {
                    notes.push(mark.end);
                }
            }
            // Nothing is under a line of a theme that no mark over it bears.
            for piece in &pieces {
                prop_assert!(piece.lines.iter().all(|line| borne.contains(&(piece.span, line.theme))));
            }
            // The numbers ascend, each once, and each stands at the end of a mark.
            notes.sort();
            let numbers: Vec<usize> = pieces.iter().flat_map(|piece| piece.notes.clone()).collect();
            prop_assert_eq!(numbers, (1..=notes.len()).collect::<Vec<_>>());
            prop_assert_eq!(sheet.notes.len(), notes.len());
        }
    }
}
