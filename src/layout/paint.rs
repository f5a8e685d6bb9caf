//! How marks look: a tint behind the text and a line under it for each theme.
//!
//! The tint tells themes apart by colour; the line tells them apart by its style,
//! so that colour is never the only cue. Where marks overlap, the tints mix and the
//! lines lie below each other, one lane each, so every overlap can be seen.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::segments;
use crate::annotation::AnnotationId;
use crate::codebook::{Codebook, Colour, Scheme, ThemeId};
use crate::project::{Mark, Project};
use crate::text::{Span, Utf8};

/// Lines that fit between two lines of text. Deeper overlaps share the last lane;
/// the panel and the reader's marks still list each of them.
const LANES: u8 = 3;

/// Themes named in one tint. A mix of more can't be told apart by eye.
const MIXED: usize = 4;

/// Themes that there are rules for before a mark bears them: those with a key of their own.
const USUAL: usize = 9;

/// Of these, the first ones for which there are rules for where marks of them meet.
const PAIRED: usize = 4;

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
    /// The selected mark.
    Selected,
    /// A mark that was just jumped to.
    Flash,
}

/// The spans to paint in each way.
pub type Strokes = BTreeMap<Paint, Vec<Span>>;

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
            Self::Selected => "selected".into(),
            Self::Flash => "flash".into(),
        }
    }

    /// Which of two paints on one word lies above: the higher.
    #[must_use]
    pub fn rank(&self) -> u8 {
        match self {
            Self::Tint(..) => 0,
            Self::Line(..) => 1,
            Self::Selected => 2,
            Self::Flash => 3,
        }
    }

    fn declarations(&self, colours: &[Colour], scheme: Scheme) -> String {
        let colour = |theme: usize| colours.get(theme).copied().unwrap_or(UNTHEMED);
        match self {
            Self::Tint(themes, depth) => {
                let mixed = themes
                    .iter()
                    .enumerate()
                    .map(|(at, theme)| (at, colour(*theme)))
                    .reduce(|(_, all), (at, next)| (at, next.mixed(all, 1.0 / (at as f64 + 1.0))))
                    .map_or(UNTHEMED, |(_, mixed)| mixed);
                let strength = 0.18 + 0.12 * f64::from(*depth);
                format!(
                    "background-color:{};color:{}",
                    mixed.behind_text(scheme, strength),
                    scheme.ink()
                )
            }
            Self::Line(theme, lane) => {
                let style = theme.map_or("solid", line_style);
                let line = theme.map_or(UNTHEMED, colour).as_line(scheme);
                format!(
                    "{};text-underline-offset:{}px;text-decoration-skip-ink:none",
                    decoration("underline", style, line),
                    3 + 4 * lane
                )
            }
            Self::Selected => {
                let ink = scheme.ink();
                format!(
                    "{};text-underline-offset:2px",
                    decoration("underline overline", "solid", ink)
                )
            }
            Self::Flash => {
                let (ink, paper) = (scheme.ink(), scheme.paper());
                format!("background-color:{ink};color:{paper}")
            }
        }
    }
}

/// Lines 2 px thick, in CSS. WebKit 2.50 knows no shorthand for that.
fn decoration(lines: &str, style: &str, colour: Colour) -> String {
    format!(
        "text-decoration-line:{lines};text-decoration-style:{style};\
         text-decoration-color:{colour};text-decoration-thickness:2px"
    )
}

/// The rules for the paints seen so far. An engine that is given others styles the whole page
/// anew, so they only ever grow, as long as the themes look as they did.
#[derive(Debug)]
pub struct Styles {
    /// Whether an element's highlights look as those of the element around it.
    inherited: bool,
    colours: Vec<Colour>,
    paints: Vec<Paint>,
}

impl Styles {
    /// No rules yet.
    #[must_use]
    pub fn new(inherited: bool) -> Self {
        Self {
            inherited,
            colours: Vec::new(),
            paints: Vec::new(),
        }
    }

    /// Takes paints in. The rules for all, where they are others than before.
    pub fn take_in<'a>(
        &mut self,
        paints: impl Iterator<Item = &'a Paint>,
        codebook: &Codebook,
    ) -> Option<String> {
        let before = self.paints.len();
        let colours: Vec<Colour> = codebook.themes().map(|theme| theme.colour).collect();
        let recoloured = colours != self.colours;
        if recoloured || before == 0 {
            self.paints = vec![Paint::Selected, Paint::Flash];
            for theme in 0..colours.len().min(USUAL) {
                let lines = (0..LANES).map(|lane| Paint::Line(Some(theme), lane));
                self.paints.extend(lines);
                self.paints.push(Paint::Tint(vec![theme], 1));
            }
            self.paint_meetings(colours.len().min(PAIRED));
            self.colours = colours;
        }
        for paint in paints {
            if !self.paints.contains(paint) {
                self.paints.push(paint.clone());
            }
        }
        (recoloured || self.paints.len() != before).then(|| self.sheet())
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

    /// The rules in light and dark. Where highlights are inherited they are the article's, else
    /// each block's: rules for any element would be tried on every one of the page.
    fn sheet(&self) -> String {
        let element = if self.inherited {
            "article"
        } else {
            "[data-block]"
        };
        let rules = |scheme: Scheme| {
            let mut rules = String::new();
            for paint in &self.paints {
                let declarations = paint.declarations(&self.colours, scheme);
                // Writing to a string cannot fail.
                let _ = write!(
                    rules,
                    "{element}::highlight({}){{{declarations}}}",
                    paint.name()
                );
            }
            rules
        };
        format!(
            "{}@media (prefers-color-scheme:dark){{{}}}",
            rules(Scheme::Light),
            rules(Scheme::Dark)
        )
    }
}

/// What to paint of the marks that touch a window, clipped to it. `marks` come in
/// text order.
#[must_use]
pub fn strokes(
    project: &Project,
    marks: &[Mark],
    window: Span,
    selected: Option<AnnotationId>,
) -> Strokes {
    let tagged = |id: &AnnotationId, theme: ThemeId| {
        project
            .live(*id)
            .is_some_and(|placed| placed.annotation.themes.contains(&theme))
    };
    // The numbers of the themes that any of some marks bears, in order.
    let themes_of = |some: &[usize]| -> Vec<usize> {
        let themes = project.codebook().themes().enumerate();
        themes
            .filter(|(_, theme)| some.iter().any(|mark| tagged(&marks[*mark].id, theme.id)))
            .map(|(number, _)| number)
            .collect()
    };

    let mut strokes = Strokes::new();
    for segment in segments(marks, window) {
        let mut themes = themes_of(&segment.marks);
        themes.truncate(MIXED);
        let depth = segment.marks.len().min(MIXED) as u8;
        strokes
            .entry(Paint::Tint(themes, depth))
            .or_default()
            .push(segment.span);
    }
    let mut lanes = [Utf8(0); LANES as usize];
    for (number, mark) in marks.iter().enumerate() {
        let span = mark.span.intersection(window);
        if span.is_empty() {
            continue;
        }
        let mut themes: Vec<Option<usize>> = themes_of(&[number]).into_iter().map(Some).collect();
        if themes.is_empty() {
            themes.push(None);
        }
        for theme in themes {
            let lane = take_lane(&mut lanes, span);
            strokes
                .entry(Paint::Line(theme, lane))
                .or_default()
                .push(span);
        }
        if selected == Some(mark.id) {
            strokes.entry(Paint::Selected).or_default().push(span);
        }
    }
    strokes
}

/// The first lane in which nothing lies at a span's start, busy from now on until its end; where
/// there is none, the last. Of each lane it is known until where it is busy; spans come in text
/// order.
pub(super) fn take_lane(lanes: &mut [Utf8], span: Span) -> u8 {
    let free = lanes
        .iter()
        .position(|busy_until| *busy_until <= span.start);
    let lane = free.unwrap_or(lanes.len() - 1);
    lanes[lane] = lanes[lane].max(span.end);
    lane as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::project;

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
            assert_eq!(sheet.matches(&rule).count(), 2, "{name} in light and dark");
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
}
