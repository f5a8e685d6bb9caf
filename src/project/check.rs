//! What must hold of every project, whatever was done to it.

use super::Project;
use crate::anchor::Resolution;

impl Project {
    /// The first invariant that is broken, in words. Tests call it after every
    /// transaction; it costs as much as the whole project, so no interaction does.
    ///
    /// # Errors
    /// When a derived table disagrees with the records, or a record is out of shape.
    pub fn check(&self) -> Result<(), String> {
        let mut fresh = Self {
            codebook: self.codebook.clone(),
            versions: self.versions.clone(),
            ..Self::default()
        };
        for entry in self.documents.values() {
            fresh.put_document(entry.record.clone());
        }
        for (id, placed) in &self.annotations {
            let Some(placed) = placed else { continue };
            let annotation = &placed.annotation;
            if annotation.id != *id {
                return Err(format!("{id:?} is filed under another id"));
            }
            if !annotation.themes.is_sorted_by(|a, b| a < b) {
                return Err(format!("{id:?} has themes out of order or twice"));
            }
            let held = self.place_if_exact(annotation);
            let exact = matches!(placed.place, Some(Resolution::Exact(_)));
            if (held.is_some() || exact) && placed.place != held {
                return Err(format!("{id:?} stands where its selectors do not say"));
            }
            fresh.insert_into_indexes(placed);
        }
        for (document, entry) in self.documents.iter().chain(&fresh.documents) {
            for (filter, _) in &entry.indexes {
                let own = self.index(*document, *filter).iter();
                if !own.eq(fresh.index(*document, *filter).iter()) {
                    return Err(format!("{filter:?} of {document:?} is off"));
                }
            }
        }
        Ok(())
    }
}
