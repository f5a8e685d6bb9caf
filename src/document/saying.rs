//! A version as it travels to a worker and back.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Version;
use crate::text::Digest;

/// What a document says, with what is known of it already: to make its digest anew would take as long
/// as reading a file of the size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Saying {
    digest: Digest,
    layout: String,
    text: Arc<str>,
}

impl Saying {
    /// What a version is.
    #[must_use]
    pub fn of(version: &Version) -> Self {
        Self {
            digest: version.digest.clone(),
            layout: version.layout(),
            text: version.text.shared(),
        }
    }

    /// About how long it is as it travels, in bytes.
    pub(crate) fn len(&self) -> usize {
        self.layout.len() + self.text.len()
    }

    /// The version; nothing where the text can't be divided so.
    #[must_use]
    pub fn version(self) -> Option<Version> {
        Version::divided(&self.layout, self.text, self.digest)
    }
}
