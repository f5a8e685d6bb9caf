//! How the page is to look: what a person has chosen about the text, and how wide the panes are.
//!
//! What is kept is the very style that the page's first script gives the page, before anything is
//! drawn; what the style sheet has by itself is kept as nothing.

/// Under which names the browser keeps what was chosen, and how wide the panes are: the page's first
/// script reads both.
pub const LOOK: &str = "look";
/// See [`LOOK`].
pub const PANES: &str = "panes";

/// What can be chosen about the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// How large its letters are.
    Size,
    /// How wide its column is.
    Width,
    /// How far its lines are apart.
    Spacing,
    /// With serifs or without.
    Face,
    /// Light, dark, or as the system.
    Colours,
}

impl Aspect {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::Size,
        Self::Width,
        Self::Spacing,
        Self::Face,
        Self::Colours,
    ];

    /// What can be chosen, each in CSS; the empty one is what the style sheet has by itself.
    #[must_use]
    pub fn choices(self) -> &'static [&'static str] {
        match self {
            Self::Size => &[
                "--size:.85",
                "",
                "--size:1.15",
                "--size:1.3",
                "--size:1.5",
                "--size:1.75",
                "--size:2",
            ],
            Self::Width => &["--measure:50ch", "", "--measure:85ch", "--measure:none"],
            // Closer, and the lines under marks that overlap would reach the next line.
            Self::Spacing => &["--leading:1.55", "", "--leading:2.05"],
            Self::Face => &["", "--face:var(--sans)"],
            Self::Colours => &["", "color-scheme:light", SEPIA, "color-scheme:dark"],
        }
    }

    /// Which choice is no choice.
    #[must_use]
    pub fn usual(self) -> usize {
        let mut choices = self.choices().iter();
        choices.position(|css| css.is_empty()).unwrap_or_default()
    }
}

/// Brown on cream, for eyes that white tires. `src/codebook/colour.rs` knows its
/// paper as well.
const SEPIA: &str = concat!(
    "color-scheme:light;--paper:#f8efdc;--ink:#2e2318;--panel:#efe4cb;--line:#80735c;",
    "--hairline:#d9cbad;--quiet:#5d5140;--accent:#1f4a8f;--warning:#fbe3a6",
);

/// The number of the choice that was made of each aspect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look([usize; 5]);

impl Default for Look {
    fn default() -> Self {
        Self(Aspect::ALL.map(Aspect::usual))
    }
}

impl Look {
    /// Reads what is kept. What is no choice of these days counts as none.
    #[must_use]
    pub fn read(css: &str) -> Self {
        let css = format!(";{css};");
        Self(Aspect::ALL.map(|aspect| {
            let choices = aspect.choices().iter().enumerate();
            let there = choices
                .filter(|(_, own)| !own.is_empty() && css.contains(&format!(";{own};")))
                // One may go further than another.
                .max_by_key(|(_, own)| own.len());
            there.map_or(aspect.usual(), |(at, _)| at)
        }))
    }

    /// What is kept.
    #[must_use]
    pub fn css(self) -> String {
        let chosen = Aspect::ALL.map(|aspect| aspect.choices()[self.of(aspect)]);
        let chosen: Vec<&str> = chosen.into_iter().filter(|css| !css.is_empty()).collect();
        chosen.join(";")
    }

    /// The number of an aspect's choice.
    #[must_use]
    pub fn of(self, aspect: Aspect) -> usize {
        self.0[aspect as usize]
    }

    /// The same with another choice; one that is not there changes nothing.
    #[must_use]
    pub fn with(mut self, aspect: Aspect, choice: usize) -> Self {
        if choice < aspect.choices().len() {
            self.0[aspect as usize] = choice;
        }
        self
    }
}

/// A pane beside the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pane {
    /// Documents and themes.
    Left,
    /// Marks.
    Right,
}

impl Pane {
    /// How wide it may be made, in CSS pixels.
    #[must_use]
    pub fn range(self) -> (u32, u32) {
        match self {
            Self::Left => (160, 480),
            Self::Right => (220, 640),
        }
    }
}

/// How wide the panes are where a person has said so, in CSS pixels, and whether the left one is
/// folded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Panes {
    /// Documents and themes.
    pub left: Option<u32>,
    /// Marks.
    pub right: Option<u32>,
    /// The left one is not shown.
    pub is_folded: bool,
}

/// In what is kept, that the left pane is folded.
const FOLDED: &str = "--left-pane:none";

impl Panes {
    /// Reads what is kept.
    #[must_use]
    pub fn read(css: &str) -> Self {
        let width = |name: &str| {
            let own = css.split(';').find_map(|own| own.strip_prefix(name));
            own?.strip_suffix("px")?.parse().ok()
        };
        Self {
            left: width("--left:"),
            right: width("--right:"),
            is_folded: is_folded(css),
        }
    }

    /// What is kept.
    #[must_use]
    pub fn css(self) -> String {
        let width = |name: &str, own: Option<u32>| own.map(|own| format!("{name}:{own}px"));
        let parts = [
            width("--left", self.left),
            width("--right", self.right),
            self.is_folded.then(|| FOLDED.to_owned()),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(";")
    }

    /// How wide a pane is.
    #[must_use]
    pub fn width(self, pane: Pane) -> Option<u32> {
        match pane {
            Pane::Left => self.left,
            Pane::Right => self.right,
        }
    }

    /// The same with another width of a pane, as far as that goes; none for its usual one.
    #[must_use]
    pub fn with(mut self, pane: Pane, width: Option<u32>) -> Self {
        let (least, most) = pane.range();
        let width = width.map(|width| width.clamp(least, most));
        match pane {
            Pane::Left => self.left = width,
            Pane::Right => self.right = width,
        }
        self
    }
}

/// Whether the left pane is folded, by what is kept.
#[must_use]
pub fn is_folded(css: &str) -> bool {
    css.contains(FOLDED)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::{Colour, LINE_CONTRAST, Scheme, TEXT_CONTRAST, contrast};

    const SHEET: &str = include_str!("../style/themark.css");

    #[test]
    fn every_choice_is_read_as_it_was_kept_beside_any_other() {
        for aspect in Aspect::ALL {
            for choice in 0..aspect.choices().len() {
                for other in Aspect::ALL.into_iter().filter(|other| *other != aspect) {
                    for beside in 0..other.choices().len() {
                        let look = Look::default().with(aspect, choice).with(other, beside);
                        assert_eq!(Look::read(&look.css()), look, "{}", look.css());
                    }
                }
            }
        }
        assert_eq!(Look::default().css(), "");
        assert_eq!(Look::default().with(Aspect::Face, 9), Look::default());
    }

    #[test]
    fn every_choice_has_a_name() {
        use crate::words::look as names;
        let named = [
            names::SIZES.len(),
            names::WIDTHS.len(),
            names::SPACINGS.len(),
            names::FACES.len(),
            names::SCHEMES.len(),
        ];
        assert_eq!(named, Aspect::ALL.map(|aspect| aspect.choices().len()));
    }

    #[test]
    fn what_is_no_choice_is_none() {
        for css in [
            "",
            "--size:9",
            "--size:.855",
            "nonsense",
            ";;",
            "--face:x;--measure:",
        ] {
            assert_eq!(Look::read(css), Look::default(), "{css}");
        }
    }

    #[test]
    fn the_style_sheet_goes_by_every_property() {
        let mut all: Vec<&str> = Aspect::ALL
            .iter()
            .flat_map(|own| own.choices())
            .copied()
            .collect();
        all.extend(["--left:1px", "--right:1px", FOLDED]);
        for css in all
            .iter()
            .flat_map(|css| css.split(';'))
            .filter(|css| !css.is_empty())
        {
            let (name, _) = css.split_once(':').unwrap();
            let is_read = SHEET.contains(&format!("var({name}")) || name == "color-scheme";
            assert!(is_read, "{name}");
        }
    }

    #[test]
    fn on_sepia_everything_can_be_read() {
        let colour = |name: &str| {
            let own = SEPIA
                .split(';')
                .find_map(|css| css.trim().strip_prefix(&format!("--{name}:")));
            Colour::parse(own.unwrap()).unwrap()
        };
        assert_eq!(colour("paper"), Scheme::SEPIA_PAPER);
        for page in ["paper", "panel", "warning"] {
            for words in ["ink", "quiet", "accent"] {
                let ratio = contrast(colour(page), colour(words));
                assert!(ratio >= TEXT_CONTRAST, "{words} on {page}: {ratio}");
            }
            let ratio = contrast(colour(page), colour("line"));
            assert!(ratio >= LINE_CONTRAST, "line on {page}: {ratio}");
        }
    }

    #[test]
    fn panes_are_as_wide_as_they_were_made_within_bounds() {
        let panes = Panes::default()
            .with(Pane::Left, Some(5_000))
            .with(Pane::Right, Some(1));
        assert_eq!((panes.left, panes.right), (Some(480), Some(220)));
        let folded = Panes {
            is_folded: true,
            ..panes
        };
        assert_eq!(folded.css(), "--left:480px;--right:220px;--left-pane:none");
        assert_eq!(Panes::read(&folded.css()), folded);
        assert_eq!(folded.with(Pane::Left, None).width(Pane::Left), None);
        assert_eq!(Panes::read("--left:wide;--right:"), Panes::default());
        assert_eq!(Panes::default().css(), "");
    }
}
