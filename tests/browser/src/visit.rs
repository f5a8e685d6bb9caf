//! How a visit begins.

use std::path::PathBuf;
use std::time::Duration;

use crate::page::Page;

/// What is settled before the page is opened.
#[derive(Clone, Debug)]
pub struct Visit {
    /// Width and height of the page, in CSS pixels.
    pub size: (u32, u32),
    /// Whether the system prefers dark colours.
    pub dark: bool,
    /// A script that runs before the page's own, after the one that watches for errors.
    pub before: String,
    /// What the file of the first article holds, where that is another one.
    pub article: Option<String>,
    /// The folder of the built page, where that is another than the one that is tested.
    pub dist: Option<PathBuf>,
    /// How long the page may take for what is asked of it.
    pub patience: Duration,
    /// Whether the browser is started for this visit, and ends with it: where it is measured, or
    /// killed.
    pub alone: bool,
}

impl Default for Visit {
    fn default() -> Self {
        Self {
            size: (1280, 800),
            dark: false,
            before: String::new(),
            article: None,
            dist: None,
            // Generous, because other tests keep the machine busy.
            patience: Duration::from_secs(30),
            alone: false,
        }
    }
}

impl Visit {
    /// On a screen as small as a phone's.
    #[must_use]
    pub fn on_a_phone(self) -> Self {
        Self {
            size: (390, 844),
            ..self
        }
    }

    /// Where the system prefers dark colours.
    #[must_use]
    pub fn in_the_dark(self) -> Self {
        Self { dark: true, ..self }
    }

    /// With a script that runs before the page's own.
    #[must_use]
    pub fn after(self, before: &str) -> Self {
        Self {
            before: before.into(),
            ..self
        }
    }

    /// In a browser that is started for it and ends with it.
    #[must_use]
    pub fn alone(self) -> Self {
        Self {
            alone: true,
            ..self
        }
    }

    /// With another article in the place of the first.
    #[must_use]
    pub fn with_article(self, source: String) -> Self {
        Self {
            article: Some(source),
            ..self
        }
    }

    /// Opens the page.
    ///
    /// # Panics
    /// When that does not succeed.
    #[must_use]
    pub fn open(self) -> Page {
        Page::open(self)
    }
}

/// Opens the page as most people would.
///
/// # Panics
/// When that does not succeed.
#[must_use]
pub fn open() -> Page {
    Visit::default().open()
}
