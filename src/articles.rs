//! The articles that come with the program.

use std::sync::Arc;

use crate::document::{Document, article};

/// Their sources, the one to open first at the top.
const SOURCES: [&str; 2] = [
    include_str!("../articles/kazakhstan.article"),
    include_str!("../articles/scripts.article"),
];

/// All of them. A source that does not read is left out; a test sees to it that
/// none is.
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
}
