//! Whether a text that comes is in the project already: recognised by what it says, by where it is
//! from, or by what its file is called.

use crate::document::{DocumentId, Record};
use crate::library::{self, SOURCE};
use crate::project::Project;
use crate::text::Digest;

/// What is known of a text that comes.
#[derive(Clone, Copy, Debug)]
pub struct Coming<'a> {
    /// SHA-256 of its canonical text.
    pub digest: &'a Digest,
    /// What its file is called, without folders and ending; empty for what has none.
    pub file: &'a str,
    /// The address that it is from; empty where that is not known.
    pub address: &'a str,
}

/// What a text that comes is to the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recognition {
    /// Nothing is known of it.
    New,
    /// This document says just that.
    Same(DocumentId),
    /// This document is from the same address, or of a file of the same name, and says something else.
    Version(DocumentId),
}

/// Recognises a text. Of several documents that say the same, or are from one address, the one that was
/// added last counts, of the same file before all others; a name tells only where one document has it.
/// It costs as much as there are documents.
#[must_use]
pub fn recognize(project: &Project, coming: Coming<'_>) -> Recognition {
    let name = (!coming.file.is_empty()).then(|| library::name(coming.file));
    let is_named = |own: &Record| name.as_deref() == Some(&*own.name);
    let is_from = |own: &Record| {
        let sources = [Some(&own.source), own.fields.get(SOURCE)];
        !coming.address.is_empty()
            && sources
                .into_iter()
                .flatten()
                .any(|own| **own == *coming.address)
    };
    let same = project
        .live_documents()
        .filter(|own| own.version.text == *coming.digest);
    if let Some(own) = same.max_by_key(|own| (is_from(own), is_named(own), own.id)) {
        return Recognition::Same(own.id);
    }
    let from = project.live_documents().filter(|own| is_from(own));
    if let Some(own) = from.max_by_key(|own| own.id) {
        return Recognition::Version(own.id);
    }
    // Files of one name come from many folders: which of several it is a version of nobody knows.
    let mut named = project.live_documents().filter(|own| is_named(own));
    match (named.next(), named.next()) {
        (Some(own), None) => Recognition::Version(own.id),
        _ => Recognition::New,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Version, plain};
    use crate::project::{Edit, OnDocument};
    use crate::testing::document;
    use uuid::Uuid;

    fn other_version(number: usize) -> Version {
        plain::read(&format!("Text number {number}"))
    }

    fn id(number: u128) -> DocumentId {
        DocumentId(Uuid::from_u128(number))
    }

    /// A project with documents: for each its number, what it says, its file and its address.
    fn project(all: &[(u128, usize, &str, &str)]) -> Project {
        let mut project = Project::new([]);
        for (number, says, file, address) in all {
            let mut record = Record::clone(&document().record);
            record.id = id(*number);
            record.version = other_version(*says).id();
            record.name = library::name(file).into();
            record.source = (*address).into();
            project.apply(&[Edit::AddDocument(Box::new(record))]);
        }
        project
    }

    fn recognized(project: &Project, says: &Version, file: &str, address: &str) -> Recognition {
        let digest = &says.digest;
        recognize(
            project,
            Coming {
                digest,
                file,
                address,
            },
        )
    }

    const PAGE: &str = "https://example.org/a";

    #[test]
    fn what_says_the_same_is_the_same_whatever_it_is_called() {
        let project = project(&[
            (1, 1, "Interview 1", ""),
            (2, 1, "Copy", ""),
            (3, 2, "B", ""),
        ]);
        let check = |says: usize, file: &str, expect: Recognition| {
            let says = other_version(says);
            assert_eq!(recognized(&project, &says, file, ""), expect, "{file}");
        };
        check(1, "interview_1", Recognition::Same(id(1)));
        check(1, "Another", Recognition::Same(id(2)));
        check(1, "", Recognition::Same(id(2)));
        check(3, "Another", Recognition::New);
    }

    #[test]
    fn another_text_of_the_same_name_or_source_is_a_version_and_one_in_the_bin_is_none() {
        let mut project = project(&[
            (1, 1, "interview-1", ""),
            (2, 2, "interview 1", ""),
            (3, 3, "page", PAGE),
        ]);
        let other = other_version(9);
        let by_name = recognized(&project, &other, "Interview 1", "");
        assert_eq!(by_name, Recognition::New, "two have that name");
        // Where it is from says more than a name does.
        let by_source = recognized(&project, &other, "Interview 1", PAGE);
        assert_eq!(by_source, Recognition::Version(id(3)));
        project.apply(&[Edit::Document(id(2), OnDocument::Deleted(true))]);
        let by_name = recognized(&project, &other, "Interview 1", "");
        assert_eq!(by_name, Recognition::Version(id(1)));
        // What was pasted has no file.
        assert_eq!(recognized(&project, &other, "", ""), Recognition::New);
        let says = other_version(2);
        assert_eq!(recognized(&project, &says, "", ""), Recognition::New);
    }

    #[test]
    fn a_source_that_a_person_has_written_counts_as_well() {
        let mut project = project(&[(1, 1, "a", "urn:uuid:1")]);
        let field = OnDocument::Field(SOURCE.into(), PAGE.into());
        project.apply(&[Edit::Document(id(1), field)]);
        let found = recognized(&project, &other_version(2), "b", PAGE);
        assert_eq!(found, Recognition::Version(id(1)));
    }
}
