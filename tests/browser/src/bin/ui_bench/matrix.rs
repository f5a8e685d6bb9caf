//! Which texts with how many marks are measured in which engine.

use browser_tests::Engine;

use crate::figure::Figures;
use crate::material::Size;

/// A text with marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) size: Size,
    pub(crate) marks: usize,
}

/// What was measured on one text, or with one file.
pub(crate) struct Measured {
    /// What that is called.
    pub(crate) name: String,
    pub(crate) product: Figures,
    /// Those of another build, where it is measured beside one.
    pub(crate) other: Option<Figures>,
    pub(crate) floor: Figures,
    /// What the floor is called.
    pub(crate) beside: &'static str,
}

/// The floor where it is the page written by hand.
pub(crate) const FLOOR: &str = "the floor";

impl Cell {
    const fn new(size: Size, marks: usize) -> Self {
        Self { size, marks }
    }

    /// Whether how it is loaded is judged.
    pub(crate) fn has_to_load_quickly(self) -> bool {
        self == SMALL || self == MIDDLE
    }

    /// What it is called.
    pub(crate) fn name(self) -> String {
        let size = match self.size {
            Size::Article => "the article".to_owned(),
            Size::Bytes(bytes) if bytes < 1_000_000 => format!("{} kB", bytes / 1_000),
            Size::Bytes(bytes) => format!("{:.1} MB", bytes as f64 / 1e6),
        };
        format!("{size}, {} marks", thousands(self.marks))
    }
}

/// A number as people write it.
pub(crate) fn thousands(number: usize) -> String {
    match number / 1_000 {
        0 => number.to_string(),
        thousands => format!("{thousands},{:03}", number % 1_000),
    }
}

const SMALL: Cell = Cell::new(Size::Article, 100);
const LARGE: Cell = Cell::new(Size::Bytes(3_300_000), 10_000);
const LARGE_FULL: Cell = Cell::new(Size::Bytes(3_300_000), 100_000);
const MIDDLE: Cell = Cell::new(Size::Bytes(700_000), 1_000);

/// What is measured in an engine, the small first. More marks than a text has room for
/// make no sense: 7 kB have some 1,200 words, 700 kB some 120,000.
pub(crate) fn cells(engine: Engine, quick: bool) -> Vec<Cell> {
    match engine {
        _ if quick => vec![SMALL, MIDDLE, LARGE_FULL],
        Engine::Chromium => vec![
            SMALL,
            MIDDLE,
            Cell::new(Size::Bytes(700_000), 10_000),
            LARGE,
            LARGE_FULL,
            Cell::new(Size::Bytes(10_000_000), 1_000),
            Cell::new(Size::Bytes(10_000_000), 100_000),
        ],
        Engine::Firefox => vec![SMALL, LARGE],
        Engine::Webkit => vec![SMALL, LARGE_FULL],
    }
}
