//! Which dialogs there are, and what each is about.

use std::sync::Arc;

use crate::codebook::ThemeId;
use crate::document::DocumentId;
use crate::job::Preview;
use crate::replace::NewVersion;
use crate::session::Base;

/// Which dialog is open; one at a time.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Dialog {
    #[default]
    None,
    Keys,
    /// How the text is to look.
    Look,
    /// Everything that can be done or gone to.
    Palette,
    /// The projects in this browser.
    Projects,
    /// What brings texts in; the files are beside it ([`super::page::Page::brought`]).
    Texts,
    /// Marks as files of several formats.
    Export,
    /// What is said about a document.
    Document(DocumentId),
    /// The folder that documents are to lie in.
    Move(Vec<DocumentId>),
    /// The name of a folder.
    Folder(Arc<str>),
    /// All documents and their fields.
    Table,
    /// A theme's name, colour and place.
    Theme(ThemeId),
    /// With the version that a person was shown before and did not go back to.
    History(Option<Version>),
    /// With the version that the file is of, where it came from the history.
    Import(Offer, Option<Version>),
    /// With the new version, where one was read already.
    Replace(Option<NewVersion>),
}

/// What a file turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Offer {
    /// It can be taken in: its name, what that would do, and what that is based on.
    Plan(String, Preview, Base),
    /// It can't: its name and why.
    Refused(String, Vec<String>),
}

/// A version that can be gone back to: a moment by the number of its last record, a copy by its key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Version {
    Moment(i64),
    Copy(i64),
}

impl Version {
    /// By that its button is found again.
    pub(super) fn name(self) -> String {
        match self {
            Self::Moment(number) => number.to_string(),
            Self::Copy(key) => format!("copy {key}"),
        }
    }
}
