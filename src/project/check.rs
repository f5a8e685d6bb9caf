//! What must hold of every project, whatever was done to it.

use super::{Marks, Project};
use crate::anchor::Resolution;

impl Project {
    /// The first invariant that is broken, in words. Tests call it after every
    /// transaction; it costs as much as the whole project, so no interaction does.
    ///
    /// # Errors
    /// When a derived table disagrees with the records, or a record is out of shape.
    pub fn check(&self) -> Result<(), String> {
        let mut fresh = Self {
            documents: self.documents.clone(),
            codebook: self.codebook.clone(),
            ..Self::default()
        };
        for (id, placed) in &self.annotations {
            let annotation = &placed.annotation;
            if annotation.id != *id {
                return Err(format!("{id:?} is filed under another id"));
            }
            if !annotation.themes.is_sorted_by(|a, b| a < b) {
                return Err(format!("{id:?} has themes out of order or twice"));
            }
            let held = self.held(annotation);
            let exact = matches!(placed.place, Some(Resolution::Exact(_)));
            if (held.is_some() || exact) && placed.place != held {
                return Err(format!("{id:?} stands where its selectors do not say"));
            }
            fresh.enter(placed);
        }
        for (document, marks) in &self.marks {
            let expected = fresh.marks.get(document);
            if !marks.iter().eq(expected.into_iter().flat_map(Marks::iter)) {
                return Err(format!("the marks of {document:?} are not its annotations"));
            }
        }
        if fresh
            .marks
            .keys()
            .any(|document| !self.marks.contains_key(document))
        {
            return Err("a document's marks are missing".into());
        }
        let themes = self.counts.keys().chain(fresh.counts.keys());
        for (document, theme) in themes {
            if self.count(*document, *theme) != fresh.count(*document, *theme) {
                return Err(format!("the count of {theme:?} is off"));
            }
        }
        Ok(())
    }
}
