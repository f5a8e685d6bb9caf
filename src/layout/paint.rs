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

/// What a mark without any theme is painted in.
const UNTHEMED: Colour = Colour(0x8a, 0x8a, 0x8a);

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
    pub fn priority(&self) -> i32 {
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
                    "text-decoration:underline {style} {line} 2px;\
                     text-underline-offset:{}px;text-decoration-skip-ink:none",
                    3 + 4 * lane
                )
            }
            Self::Selected => {
                let ink = scheme.ink();
                format!(
                    "text-decoration:underline overline solid {ink} 2px;text-underline-offset:2px"
                )
            }
            Self::Flash => {
                let (ink, paper) = (scheme.ink(), scheme.paper());
                format!("background-color:{ink};color:{paper}")
            }
        }
    }
}

/// The rules for a set of paints, in light and dark.
#[must_use]
pub fn stylesheet<'a>(
    paints: impl Iterator<Item = &'a Paint> + Clone,
    codebook: &Codebook,
) -> String {
    let colours: Vec<Colour> = codebook.themes().map(|theme| theme.colour).collect();
    let rules = |scheme: Scheme| {
        let mut rules = String::new();
        for paint in paints.clone() {
            let declarations = paint.declarations(&colours, scheme);
            // Writing to a string cannot fail.
            let _ = write!(rules, "::highlight({}){{{declarations}}}", paint.name());
        }
        rules
    };
    format!(
        "{}@media (prefers-color-scheme:dark){{{}}}",
        rules(Scheme::Light),
        rules(Scheme::Dark)
    )
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
    let themes_of = |ids: &[AnnotationId]| -> Vec<usize> {
        let themes = project.codebook().themes().enumerate();
        themes
            .filter(|(_, theme)| ids.iter().any(|id| tagged(id, theme.id)))
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
    for mark in marks {
        let span = mark.span.intersection(window);
        if span.is_empty() {
            continue;
        }
        let mut themes: Vec<Option<usize>> = themes_of(&[mark.id]).into_iter().map(Some).collect();
        if themes.is_empty() {
            themes.push(None);
        }
        for theme in themes {
            let lane = lanes
                .iter()
                .position(|busy_until| *busy_until <= span.start)
                .unwrap_or(lanes.len() - 1);
            lanes[lane] = lanes[lane].max(span.end);
            strokes
                .entry(Paint::Line(theme, lane as u8))
                .or_default()
                .push(span);
        }
        if selected == Some(mark.id) {
            strokes.entry(Paint::Selected).or_default().push(span);
        }
    }
    strokes
}
