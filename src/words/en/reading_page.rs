//! Reading a saved page: what was decided about it.

use super::count::{of, written};

/// What a name of a page's site stands behind.
pub const SITE: &str = "Site";

pub const NO_ARTICLE: &str = "No article was found in the page. This is all of it.";
pub const CUT: &str = "The page is not well formed and grew too large. Its end was left out.";

/// Words of the page that are not in the article, and how many links are among them.
pub fn left_out(words: usize, links: usize) -> String {
    let words = of(words, "word", "words");
    match links {
        0 => format!("Left out as no part of the article: {words}."),
        links => format!(
            "Left out as no part of the article: {words}, among them {}.",
            of(links, "link", "links")
        ),
    }
}

/// Lines that look as if they were no part of the article.
pub fn kept_lines(lines: usize) -> String {
    format!(
        "{} short lines inside the article were kept that a reading view would drop.",
        written(lines)
    )
}

/// Why a page that was saved with all that belongs to it can't be read.
pub mod mhtml {
    pub const NO_PAGE: &str =
        "There is no page in this file. Open the page in a browser and save it again, as HTML.";
    pub const NO_PARTS: &str =
        "This is no saved page: it does not say how it is divided. Save the page again, as HTML.";
}
