//! How marks look: a tint behind the text and a line under it for each theme.
//!
//! The tint tells themes apart by colour; the line tells them apart by its style,
//! so that colour is never the only cue. Where marks overlap, the tints mix and the
//! lines lie below each other, one lane each, so every overlap can be seen.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::segments;
use crate::annotation::AnnotationId;
use crate::codebook::{Codebook, Colour, Scheme};
use crate::project::{Mark, Project};
use crate::text::{Span, Utf8};

/// Lines that fit between two lines of text. Deeper overlaps share the last lane;
/// the panel and the reader's marks still list each of them.
const LANES: u8 = 3;

/// Lines over one word. More share a lane than can be told apart, and a file may bring thousands.
const DEEPEST: usize = 12;

/// Themes named in one tint, and themes of one mark that have a line. A mix of more can't be told
/// apart by eye.
const MIXED: usize = 4;

/// Themes that there are rules for before a mark bears them: those with a key of their own.
const USUAL: usize = 9;

/// Of these, the first ones for which there are rules for where marks of them meet.
const PAIRED: usize = 4;

/// Paints that there are rules for, beyond those that are painted and those that there always are:
/// with thousands of themes, whoever scrolls meets ever others.
const KEPT: usize = 200;

/// What a mark without any theme is painted in.
pub(super) const UNTHEMED: Colour = Colour(0x8a, 0x8a, 0x8a);

/// Line styles by the theme's number, the first theme's first.
const LINES: [&str; 5] = ["solid", "dashed", "dotted", "wavy", "double"];

/// One way to paint; all ranges painted alike share a registered highlight.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Paint {
    /// Behind the text: the themes by number, and how many marks lie there (up to 4).
    Tint(Vec<usize>, u8),
    /// Under the text: one theme (none for an untagged mark), in a lane.
    Line(Option<usize>, u8),
    /// A hit of what is looked for.
    Found,
    /// The hit that a person is at.
    Current,
    /// The selected mark.
    Selected,
    /// The selected passage, where the page's own selection does not show it.
    Passage,
    /// A mark that was just jumped to.
    Flash,
}

/// The spans to paint in each way.
pub type Highlights = BTreeMap<Paint, Vec<Span>>;

/// How the line of the theme with a number (from 0) is drawn, as CSS names it.
#[must_use]
pub fn line_style(number: usize) -> &'static str {
    LINES[number % LINES.len()]
}

impl Paint {
    /// The name of its highlight, an identifier of CSS.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Tint(themes, depth) => {
                let mut name = format!("tint-{depth}");
                for theme in themes {
                    // Writing to a string cannot fail.
                    let _ = write!(name, "-{theme}");
                }
                name
            }
            Self::Line(Some(theme), lane) => format!("line-{theme}-{lane}"),
            Self::Line(None, lane) => format!("line-none-{lane}"),
            Self::Found => "found".into(),
            Self::Current => "current".into(),
            Self::Selected => "selected".into(),
            Self::Passage => "passage".into(),
            Self::Flash => "flash".into(),
        }
    }

    /// Which of two paints on one word lies above: the higher.
    #[must_use]
    pub fn rank(&self) -> u8 {
        match self {
            Self::Tint(..) => 0,
            Self::Line(..) => 1,
            Self::Found => 2,
            Self::Current => 3,
            Self::Selected => 4,
            Self::Passage => 5,
            Self::Flash => 6,
        }
    }

    /// The numbers of the themes it shows.
    fn themes(&self) -> &[usize] {
        match self {
            Self::Tint(themes, _) => themes,
            Self::Line(theme, _) => theme.as_slice(),
            Self::Found | Self::Current | Self::Selected | Self::Passage | Self::Flash => &[],
        }
    }

    fn declarations(&self, colours: &[(usize, Colour)]) -> String {
        let colour = |theme: usize| {
            let own = colours.binary_search_by_key(&theme, |(own, _)| *own);
            own.map_or(UNTHEMED, |at| colours[at].1)
        };
        match self {
            Self::Tint(themes, depth) => {
                let mixed = themes
                    .iter()
                    .enumerate()
                    .map(|(at, theme)| (at, colour(*theme)))
                    .reduce(|(_, all), (at, next)| (at, next.mixed(all, 1.0 / (at as f64 + 1.0))))
                    .map_or(UNTHEMED, |(_, mixed)| mixed);
                format!(
                    "background-color:{};color:{}",
                    Scheme::either(
                        |scheme| mixed.behind_text(scheme, strength(themes.len(), *depth))
                    ),
                    Scheme::either(Scheme::ink)
                )
            }
            Self::Line(theme, lane) => {
                let style = theme.map_or("solid", line_style);
                let line = theme.map_or(UNTHEMED, colour);
                let line = Scheme::either(|scheme| line.as_line(scheme));
                format!(
                    "{};text-underline-offset:{}px;text-decoration-skip-ink:none",
                    decoration("underline", style, &line),
                    3 + 4 * lane
                )
            }
            // Marks have no line above them, so that it is seen on these as well.
            Self::Found => decoration("overline", "solid", &Scheme::either(Scheme::accent)),
            Self::Current => {
                let accent = Scheme::either(Scheme::accent);
                decoration("overline underline", "double", &accent)
            }
            Self::Selected => {
                let ink = Scheme::either(Scheme::ink);
                format!(
                    "{};text-underline-offset:2px",
                    decoration("underline overline", "solid", &ink)
                )
            }
            Self::Passage => "background-color:Highlight;color:HighlightText".into(),
            Self::Flash => {
                let (ink, paper) = (Scheme::either(Scheme::ink), Scheme::either(Scheme::paper));
                format!("background-color:{ink};color:{paper}")
            }
        }
    }
}

/// How strong a tint is: of one theme the stronger the more marks lie there; where themes meet
/// the paler the more they are, since their colours mix to mud. The lines tell which they are.
fn strength(themes: usize, depth: u8) -> f64 {
    match themes {
        0 | 1 => 0.24 + 0.06 * f64::from(depth),
        themes => 0.28 / (themes as f64).sqrt(),
    }
}

/// Lines 2 px thick, in CSS. WebKit 2.50 knows no shorthand for that.
fn decoration(lines: &str, style: &str, colour: &str) -> String {
    format!(
        "text-decoration-line:{lines};text-decoration-style:{style};\
         text-decoration-color:{colour};text-decoration-thickness:2px"
    )
}

/// The rules for the paints seen so far. An engine that is given others styles the whole page
/// anew, so they only grow, as long as the themes look as they did and there are not too many.
/// What they cost has nothing to do with how many themes there are.
#[derive(Debug)]
pub struct Styles {
    /// Whether an element's highlights look as those of the element around it.
    inherited: bool,
    paints: Vec<Paint>,
    /// Of these, how many there always are.
    usual: usize,
    /// The colours of the themes that they show, in the order of these.
    colours: Vec<(usize, Colour)>,
    /// How many themes there are, of those with a key of their own.
    keyed: usize,
}

impl Styles {
    /// No rules yet.
    #[must_use]
    pub fn new(inherited: bool) -> Self {
        Self {
            inherited,
            paints: Vec::new(),
            usual: 0,
            colours: Vec::new(),
            keyed: 0,
        }
    }

    /// Takes paints in. The rules for all, where they are others than before.
    pub fn take_in<'a>(
        &mut self,
        paints: impl Iterator<Item = &'a Paint>,
        codebook: &Codebook,
    ) -> Option<String> {
        let colour = |theme: usize| codebook.numbered(theme).map(|theme| theme.colour);
        let looks_otherwise = |(theme, old): &(usize, Colour)| colour(*theme) != Some(*old);
        let keyed = codebook.count().min(USUAL);
        let renewed = self.paints.is_empty()
            || keyed != self.keyed
            || self.colours.iter().any(looks_otherwise);
        if renewed {
            self.keyed = keyed;
            self.paints = vec![Paint::Found, Paint::Current];
            self.paints
                .extend([Paint::Selected, Paint::Passage, Paint::Flash]);
            for theme in 0..keyed {
                let lines = (0..LANES).map(|lane| Paint::Line(Some(theme), lane));
                self.paints.extend(lines);
                self.paints.push(Paint::Tint(vec![theme], 1));
            }
            self.paint_meetings(keyed.min(PAIRED));
            self.usual = self.paints.len();
        }
        let before = self.paints.len();
        let paints: Vec<&Paint> = paints.collect();
        let mut new = Vec::new();
        for paint in &paints {
            if !self.paints.contains(paint) {
                new.push(Paint::clone(paint));
            }
        }
        if !renewed && new.is_empty() {
            return None;
        }
        if before + new.len() > self.usual + KEPT {
            // Those that are painted stay.
            let mut extra = self.paints.split_off(self.usual);
            extra.retain(|paint| paints.contains(&paint));
            self.paints.append(&mut extra);
        }
        self.paints.append(&mut new);
        self.colours.clear();
        for theme in self.paints.iter().flat_map(Paint::themes) {
            let place = self.colours.binary_search_by_key(theme, |(own, _)| *own);
            if let (Err(at), Some(own)) = (place, colour(*theme)) {
                self.colours.insert(at, (*theme, own));
            }
        }
        Some(self.sheet())
    }

    /// Takes in how marks of the first themes look where they meet. Where every block costs as
    /// many styles as there are rules, these are but two marks of one theme each.
    fn paint_meetings(&mut self, themes: usize) {
        for some in 1..1_usize << themes {
            let themes: Vec<usize> = (0..themes).filter(|theme| some >> theme & 1 == 1).collect();
            for depth in 1..=MIXED {
                let is_usual = depth == 2 && themes.len() <= 2;
                let paint = Paint::Tint(themes.clone(), depth as u8);
                if (self.inherited || is_usual) && !self.paints.contains(&paint) {
                    self.paints.push(paint);
                }
            }
        }
    }

    /// The rules. Where highlights are inherited they are the article's, else
    /// each block's: rules for any element would be tried on every one of the page.
    fn sheet(&self) -> String {
        let element = if self.inherited {
            "article"
        } else {
            "[data-block]"
        };
        let mut rules = String::new();
        for paint in &self.paints {
            let declarations = paint.declarations(&self.colours);
            // Writing to a string cannot fail.
            let _ = write!(
                rules,
                "{element}::highlight({}){{{declarations}}}",
                paint.name()
            );
        }
        rules
    }
}

/// Hits that are painted at once, at most: what is registered costs time with every change.
const MOST_FOUND: usize = 1_000;

/// Adds what to paint of hits, which come in text order, in a window.
pub fn paint_found(
    highlights: &mut Highlights,
    found: &[Span],
    current: Option<Span>,
    window: Span,
) {
    let first = found.partition_point(|hit| hit.end <= window.start);
    let seen = found[first..].iter().take(MOST_FOUND);
    let seen = seen.take_while(|hit| hit.start < window.end);
    let seen: Vec<Span> = seen.map(|hit| hit.intersection(window)).collect();
    let current = current.map(|hit| hit.intersection(window));
    if let Some(current) = current.filter(|hit| !hit.is_empty()) {
        highlights.insert(Paint::Current, vec![current]);
    }
    if !seen.is_empty() {
        highlights.insert(Paint::Found, seen);
    }
}

/// What to paint of the marks that touch a window, clipped to it. `marks` come in
/// text order.
#[must_use]
pub fn highlights(
    project: &Project,
    marks: &[Mark],
    window: Span,
    selected: Option<AnnotationId>,
) -> Highlights {
    // The first themes that each mark bears, by their numbers. They are asked for once, however
    // many pieces a mark is in.
    let codebook = project.codebook();
    let first = |mark: &Mark| {
        let placed = project.live(mark.id);
        let themes = placed.map_or(&[][..], |placed| &placed.annotation.themes);
        codebook.first_numbers(themes, MIXED)
    };
    let borne: Vec<Vec<usize>> = marks.iter().map(first).collect();

    let mut highlights = Highlights::new();
    for segment in segments(marks, window) {
        let mut themes = Vec::new();
        for theme in segment.marks.iter().flat_map(|number| &borne[*number]) {
            if let Err(at) = themes.binary_search(theme) {
                themes.insert(at, *theme);
                themes.truncate(MIXED);
            }
        }
        let depth = segment.marks.len().min(MIXED) as u8;
        highlights
            .entry(Paint::Tint(themes, depth))
            .or_default()
            .push(segment.span);
    }
    // Those from the last on share its place.
    let mut lanes = [Utf8(0); DEEPEST];
    for (mark, borne) in marks.iter().zip(&borne) {
        let span = mark.span.intersection(window);
        if span.is_empty() {
            continue;
        }
        let mut themes: Vec<Option<usize>> = borne.iter().copied().map(Some).collect();
        if themes.is_empty() {
            themes.push(None);
        }
        for theme in themes {
            if let Some(lane) = take_lane(&mut lanes, span) {
                highlights
                    .entry(Paint::Line(theme, (LANES - 1).min(lane)))
                    .or_default()
                    .push(span);
            }
        }
        if selected == Some(mark.id) {
            highlights.entry(Paint::Selected).or_default().push(span);
        }
    }
    highlights
}

/// The first lane in which nothing lies at a span's start, busy from now on until its end, if
/// there is one. Of each lane it is known until where it is busy; spans come in text order.
pub(super) fn take_lane(lanes: &mut [Utf8], span: Span) -> Option<u8> {
    let (busy_until, lane) = lanes
        .iter_mut()
        .zip(0..)
        .find(|(busy_until, _)| **busy_until <= span.start)?;
    *busy_until = span.end;
    Some(lane)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    use crate::annotation::Annotation;
    use crate::codebook::{Theme, ThemeId};
    use crate::project::Edit;
    use crate::testing::{annotation, document, project, span_of};

    #[test]
    fn rules_grow_and_stay_until_the_themes_look_otherwise() {
        let mut codebook = project().codebook().clone();
        let mut styles = Styles::new(false);
        let one = Paint::Tint(vec![0], 1);
        let mixed = Paint::Tint(vec![0, 1, 2], 3);
        let sheet = styles.take_in([&one].into_iter(), &codebook).unwrap();
        for name in [
            "tint-1-0",
            "tint-2-1",
            "tint-2-1-2",
            "line-2-2",
            "selected",
            "flash",
        ] {
            let rule = format!("::highlight({name})");
            assert_eq!(sheet.matches(&rule).count(), 1, "{name}");
        }
        let mut inherited = Styles::new(true);
        let all = inherited.take_in([&one].into_iter(), &codebook).unwrap();
        assert!(all.contains("article::highlight(tint-1-0-2)") && !all.contains("data-block"));
        assert_eq!(inherited.take_in([&mixed].into_iter(), &codebook), None);
        // Tagging and selecting, the next paints are there already.
        let next = [&one, &Paint::Line(Some(1), 0), &Paint::Selected];
        assert_eq!(styles.take_in(next.into_iter(), &codebook), None);
        let more = styles.take_in([&mixed].into_iter(), &codebook).unwrap();
        assert!(more.contains("tint-3-0-1-2") && more.contains("tint-1-0"));
        // What is no longer painted keeps its rule.
        assert_eq!(styles.take_in([&one].into_iter(), &codebook), None);
        let mut theme = codebook.themes().next().unwrap().as_ref().clone();
        theme.colour = Colour(1, 2, 3);
        codebook.put(theme);
        let other = styles.take_in([&one].into_iter(), &codebook).unwrap();
        assert!(!other.contains("tint-3-0-1-2"));
    }

    #[test]
    fn hits_are_painted_where_they_are_seen_and_the_one_that_one_is_at_above_the_others() {
        let span = |start: usize, end: usize| Span::between(start, end);
        let hits: Vec<Span> = (0..5_000).map(|at| span(10 * at, 10 * at + 5)).collect();
        let painted = |current, window| {
            let mut highlights = Highlights::new();
            paint_found(&mut highlights, &hits, current, window);
            highlights
        };
        let some = painted(Some(hits[2]), span(13, 32));
        let expected = [
            (Paint::Found, vec![span(13, 15), span(20, 25), span(30, 32)]),
            (Paint::Current, vec![span(20, 25)]),
        ];
        assert_eq!(some, Highlights::from(expected));
        assert!(some.keys().is_sorted_by_key(|paint| paint.rank()));
        assert!(painted(Some(hits[0]), span(5, 10)).is_empty());
        let all = painted(None, span(0, 50_000));
        assert_eq!(all[&Paint::Found].len(), MOST_FOUND);
        assert!(!all.contains_key(&Paint::Current));
    }

    /// Themes that are there besides the first three.
    fn many(count: usize) -> Vec<Theme> {
        let mut codebook = project().codebook().clone();
        let theme = |number: usize| {
            let theme = Theme {
                id: ThemeId(uuid::Uuid::from_u128(number as u128)),
                name: "".into(),
                colour: Colour(number as u8, 2, 3),
                order: codebook.next_order(),
                deleted: false,
            };
            codebook.put(theme.clone());
            theme
        };
        (1..=count).map(theme).collect()
    }

    #[test]
    fn however_many_themes_are_met_there_are_rules_for_some() {
        let mut codebook = project().codebook().clone();
        for theme in many(3_000) {
            codebook.put(theme);
        }
        let mut styles = Styles::new(true);
        let mut longest = 0;
        for theme in 0..3_000 {
            let painted = [Paint::Tint(vec![theme], 1), Paint::Line(Some(theme), 0)];
            if let Some(sheet) = styles.take_in(painted.iter(), &codebook) {
                longest = longest.max(sheet.matches("::highlight").count());
                for paint in &painted {
                    assert!(sheet.contains(&format!("highlight({})", paint.name())));
                }
                assert!(sheet.contains("highlight(tint-1-0)"), "what is usual stays");
            }
        }
        assert!((KEPT..3 * KEPT / 2).contains(&longest), "{longest} rules");
        // What is painted has its rules, however much it is.
        let painted: Vec<Paint> = (0..1_000)
            .map(|theme| Paint::Line(Some(theme), 1))
            .collect();
        let sheet = styles.take_in(painted.iter(), &codebook).unwrap();
        assert!(painted.iter().all(|paint| sheet.contains(&paint.name())));
    }

    #[test]
    fn of_many_themes_on_a_word_some_are_painted() {
        let mut project = project();
        let themes = many(3_000);
        let ids: Vec<ThemeId> = themes.iter().map(|theme| theme.id).collect();
        project.apply(&themes.into_iter().map(Edit::AddTheme).collect::<Vec<_>>());
        let span = span_of("quick");
        let mut mark = annotation(1, span);
        mark.themes = ids[..1_000].to_vec();
        let own = (2..).zip(&ids).map(|(id, theme)| Annotation {
            themes: vec![*theme],
            ..annotation(id, span)
        });
        let marks: Vec<Annotation> = std::iter::once(mark).chain(own).collect();
        let marks: Vec<Edit> = marks
            .into_iter()
            .map(|mark| Edit::AddAnnotation(Arc::new(mark)))
            .collect();
        project.apply(&marks);
        let document = document().id();
        let marks: Vec<Mark> = project.marks_in(document, span).collect();
        assert_eq!(marks.len(), 3_001);
        let painted = highlights(&project, &marks, span, None);
        let names: Vec<String> = painted.keys().map(Paint::name).collect();
        assert_eq!(
            names[..4],
            ["tint-4-3-4-5-6", "line-3-0", "line-3-2", "line-4-1"]
        );
        assert_eq!(painted.values().map(Vec::len).sum::<usize>(), 1 + DEEPEST);
    }
}
