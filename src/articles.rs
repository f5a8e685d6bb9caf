//! The articles that come with the program: files beside the page, so that the program
//! itself stays small.

use std::sync::Arc;

use crate::document::{Document, article};

/// Their addresses from the page, the one to open first at the top.
pub const FILES: [&str; 2] = ["articles/kazakhstan.article", "articles/scripts.article"];

/// The addresses of those that the sample project has besides.
pub const INTERVIEWS: [&str; 2] = ["articles/anna.article", "articles/berik.article"];

/// Their sources, as they were when this was built.
const SOURCES: [&str; 2] = [
    include_str!("../articles/kazakhstan.article"),
    include_str!("../articles/scripts.article"),
];

/// All of them, without a page to fetch them from. A source that does not read is left
/// out; a test sees to it that none is.
#[must_use]
pub fn all() -> Vec<Arc<Document>> {
    SOURCES
        .iter()
        .filter_map(|source| article::read(source).ok())
        .map(Arc::new)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bundled_article_reads() {
        assert_eq!(all().len(), SOURCES.len());
        for source in SOURCES {
            article::read(source).unwrap();
        }
    }

    #[test]
    fn the_page_fetches_just_these() {
        for (file, source) in FILES.into_iter().zip(SOURCES) {
            let beside = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
            assert_eq!(std::fs::read_to_string(beside).unwrap(), source);
        }
    }
}
