//! What putting another version in the place of a document's text would do.

use serde::{Deserialize, Serialize};

use super::{Failure, Mirror, Progress, Question, Request, Response, Scope, Text, tell_records};
use crate::anchor::Finder;
use crate::document::{Document, Saying};
use crate::project::Project;
use crate::replace::{self, NewVersion, Plan};
use crate::time::Timestamp;
use crate::words;

/// Another version of a text, as it is sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum NewText {
    /// A plain text, as it was written or pasted.
    Words(String),
    /// What was read of a file, and whether that is plain text.
    Read(Saying, bool),
}

impl NewText {
    /// What was read of a file.
    #[must_use]
    pub fn of(new: &NewVersion) -> Self {
        Self::Read(Saying::of(&new.version), new.is_plain)
    }

    fn version(self) -> Result<NewVersion, Failure> {
        Ok(match self {
            Self::Words(words) => NewVersion::plain(&words),
            Self::Read(saying, is_plain) => NewVersion {
                version: super::version(saying)?,
                is_plain,
            },
        })
    }
}

/// Asks it.
#[must_use]
pub fn ask_to_replace(
    new: NewText,
    project: &Project,
    document: &Document,
    at: Timestamp,
) -> Question {
    let request = Request::Replace {
        document: Text::of(document),
        new,
        at,
    };
    Question::new(request, [], at)
        .with_text(document)
        .of(project)
}

pub(super) fn answer(
    mirror: &Mirror,
    document: Text,
    new: NewText,
    at: Timestamp,
    tell: &dyn Fn(Progress),
) -> Result<Response, Failure> {
    let new = new.version()?;
    if new.version.blocks.is_empty() {
        return Err(Failure::refused(words::replace::NO_WORDS));
    }
    let document = mirror.document(document)?;
    let mut project = mirror.project([document.clone()], Scope::Document(document.id()));
    project.resolve_all(
        document.id(),
        &Finder::new(&document.text, &document.digest),
    );
    let progress = |percent| tell(Progress::Percent(percent));
    let plan = replace::plan(&project, &document, &new, at, &progress);
    tell_records(&plan.edits, at, tell);
    let text = plan.version.as_ref().map(Saying::of);
    let edits = Vec::new();
    Ok(Response::Replacement(Plan { edits, ..plan }, text))
}
